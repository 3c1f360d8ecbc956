"""«Планы центров»: what each centre is to do where and for what money; from a table, and by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from app.core.russian import amount, day, decimal, integer, plural, roubles
from app.ui.desk import Desk
from app.ui.empty_state import EmptyState
from app.ui.page import Page, Window
from app.ui.pages.choice_pill import ChoicePill
from app.ui.pages.plain_table import PlainTable
from app.ui.region.intake_words import district
from app.ui.region.plan_dialogs import CHANGED, ask_centre, ask_plan
from app.ui.region.plan_preview import PlanPreviewPanel
from app.ui.region.taking_keys import take_folder_by_key
from app.ui.short_words import short_name, short_place
from app.ui.tabs import tab_strip
from app.ui.widgets import Button, Card, label, row, shortcut
from app.usecases import region_plans as held
from app.usecases.places import write_file
from app.usecases.region_plan_blank import blank_plans
from app.usecases.region_plan_packages import HeldPackage, packages, remove_packages
from app.usecases.region_plan_table import PlanPreview
from app.usecases.region_plans import HeldAgreement, HeldPlan, PlannedCentre

TABLES = "Таблица (*.xlsx *.ods *.xls *.csv *.tsv *.txt);;Все файлы (*)"
BOOK = "Книга Excel (*.xlsx);;Все файлы (*)"
PLANS, CENTRES, PACKAGES = "plans", "centres", "packages"
WIDTHS = {
    PLANS: ([260, 160, 56, 200, 84, 84, 120, 124], 3, [236, 150, 44, 70, 56, 62, 100, 106]),
    CENTRES: ([250, 122, 250, 108, 108, 108, 64, 70], 0, [150, 122, 150, 100, 100, 92, 58, 62]),
    PACKAGES: ([240, 110, 190, 90, 360], 4, [140, 80, 150, 70, 180]),
}
"""Widths of columns, which of them takes what is left, and how narrow each may be."""
SPARED = {PLANS: 3, CENTRES: 1}
SPARED_UNDER = 900
"""The column that a narrow window leaves to the form of the row: title of the service (its code stands), ОГРН."""


class PlansPage(Page):
    """Two tables, plans and centres, of one year; a table on its way in takes their place until it is taken."""

    registers = CHANGED

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Планы центров", desk, window)
        self.plans: tuple[HeldPlan, ...] = ()
        self.shown: list[HeldPlan] = []
        self.centres: tuple[PlannedCentre, ...] = ()
        self.packages: tuple[HeldPackage, ...] = ()
        self.folder = Path.home()
        self.tab = PLANS
        guarded = window.guarded
        blank = Button("Таблица для заполнения", "file-xls", act=guarded(self.ask_blank))
        self.blank_button = self.header.add("blank", blank)
        take = Button("Принять таблицу", "upload-simple", key="Ctrl+O", act=guarded(self.ask_table))
        self.take_button = self.header.add("take", take)
        add = Button("Добавить план", "plus", kind="primary", key="Ctrl+N", act=guarded(self.add))
        self.add_button = self.header.add("add", add)
        self._make_tables()
        self._lay_out()
        shortcut(self, "Ctrl+N", guarded(self.add))
        shortcut(self, "Ctrl+O", guarded(self.ask_table))
        take_folder_by_key(self, window)
        shortcut(self, "Ctrl+Return", guarded(self._write_table))
        for table in self.tables.values():
            shortcut(table, "F2", guarded(self.edit))
        shortcut(self.tables[PLANS], "Delete", guarded(self.remove))
        shortcut(self.tables[PACKAGES], "Delete", guarded(self.remove_package))

    def _make_tables(self) -> None:
        self.tables = {
            PLANS: PlainTable(_headed(PLANS, "Центр", "Район", "Код", "Услуга", "Объём", "Единица", "Деньги, ₽",
                                      "За единицу, ₽"), right=(4, 6, 7)),
            CENTRES: PlainTable(_headed(CENTRES, "Центр", "ОГРН", "Соглашения", "Субсидия, ₽", "В планах, ₽",
                                        "Остаток, ₽", "Планов", "Районов"), right=(3, 4, 5, 6, 7)),
            PACKAGES: PlainTable(_headed(PACKAGES, "Комплекс", "Услуги", "Район", "Нужно", "В планах центров"),
                                 right=(3,)),
        }  # fmt: skip
        self.tables[PACKAGES].setAccessibleName("Комплексы по районам рядом с планами центров")
        self.tables[PLANS].setAccessibleName("Планы по центрам, районам и услугам")
        self.tables[CENTRES].setAccessibleName("Центры и их деньги")
        for table in self.tables.values():
            table.opened.connect(lambda _line: self.window_.guarded(self.edit)())
        self.tables[PLANS].lay_columns(*WIDTHS[PLANS])
        self.tables[CENTRES].lay_columns(*WIDTHS[CENTRES])
        self.tables[PACKAGES].lay_columns(*WIDTHS[PACKAGES])
        self.tabs = {
            PLANS: Button("Планы", kind="tab", act=lambda: self.show_tab(PLANS)),
            CENTRES: Button("Центры", kind="tab", act=lambda: self.show_tab(CENTRES)),
            PACKAGES: Button("Комплексы", kind="tab", act=lambda: self.show_tab(PACKAGES)),
        }
        for button in self.tabs.values():
            button.setCheckable(True)
        self.year = ChoicePill("Год", self._years)
        self.year.choose(self.desk.clock.today().year)
        self.centre = ChoicePill("Центр", lambda: {one.id: short_name(one.name) for one in self.centres})
        self.district = ChoicePill("Район", self._districts)
        self.year.chosen.connect(self._another_year)
        for pill in (self.centre, self.district):
            pill.chosen.connect(self._show_plans)
        self.sum = label("", 13, tone="muted")

    def _lay_out(self) -> None:
        self.empty = EmptyState()
        self.empty.primary.clicked.connect(lambda *_: self.window_.guarded(self.ask_blank)())
        self.empty.second.clicked.connect(lambda *_: self.window_.guarded(self.ask_table)())
        self.empty.manual.clicked.connect(lambda *_: self.window_.open("help", page="plans"))
        self.preview = PlanPreviewPanel(self.desk, self.window_, self._left)
        sheet = Card(margin=1, spacing=0)
        self.sheets = QStackedWidget()
        for table in self.tables.values():
            self.sheets.addWidget(table)
        sheet.rows.addWidget(self.sheets)
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.strip = row(*self.tabs.values(), None, self.year, self.centre, self.district, spacing=8)
        column.addLayout(self.strip)
        column.addWidget(sheet, 1)
        column.addWidget(self.sum)
        self.stack = QStackedWidget()
        for part in (self.empty, work, self.preview):
            self.stack.addWidget(part)
        self.body.setSpacing(8)
        self.body.addLayout(tab_strip("plans", self.window_))
        self.body.addWidget(self.stack, 1)

    # --- what is shown

    @property
    def year_shown(self) -> int:
        return self.year.code if isinstance(self.year.code, int) else self.desk.clock.today().year

    def _years(self) -> dict[int, str]:
        return {year: str(year) for year in self.desk.read(held.years)}

    def _districts(self) -> dict[str, str]:
        found = {plan.territory: short_place(plan.territory_name) for plan in self.plans}
        return dict(sorted(found.items(), key=lambda pair: pair[1]))

    def _another_year(self) -> None:
        if self.year.code is None:  # the cross of the pill leads back to this year
            self.year.choose(self.desk.clock.today().year)
            return
        self.refresh()

    def refresh(self) -> None:
        year = self.year_shown
        self.plans = self.desk.read(held.plans, year)
        self.centres = self.desk.read(held.centres, year)
        self.packages = tuple(sorted(self.desk.read(packages, year), key=lambda one: not one.uneven))
        self.tabs[PLANS].say(f"Планы\u00a0{integer(len(self.plans))}")
        self.tabs[CENTRES].say(f"Центры\u00a0{integer(len(self.centres))}")
        uneven = any(one.uneven for one in self.packages)
        self.tabs[PACKAGES].say(f"Комплексы\u00a0{integer(len(self.packages))}", "warning" if uneven else "")
        money = sum((one.money for one in self.centres), Decimal(0))
        subsidy = sum((one.subsidy for one in self.centres), Decimal(0))
        told = f"{year}: {roubles(money)} из {roubles(subsidy)} субсидий" if self.centres else f"{year}: планов нет"
        self.header.fact.setText(told)
        self._show_plans()
        self._show_centres()
        self.tables[PACKAGES].show_rows([
            (one.name, " ".join(one.codes), district(one.territory_name), amount(one.volume), _beside_plans(one))
            for one in self.packages
        ])  # fmt: skip
        self.tables[PACKAGES].choose(0)
        self.show_tab(self.tab)

    def _show_plans(self) -> None:
        self.shown = [
            one for one in self.plans
            if self.centre.code in (None, one.centre_id) and self.district.code in (None, one.territory)
        ]  # fmt: skip
        former = self.tables[PLANS].row
        self.tables[PLANS].show_rows([
            (short_name(one.centre), district(one.territory_name), one.service, one.service_title,
             amount(one.volume), one.unit, decimal(one.money) if one.money else "",
             decimal(one.unit_cost) if one.unit_cost is not None else "") for one in self.shown
        ])  # fmt: skip
        self.tables[PLANS].choose(min(max(former, 0), len(self.shown) - 1))
        self._tell_sum()

    def _show_centres(self) -> None:
        former = self.tables[CENTRES].row
        self.tables[CENTRES].show_rows([
            (short_name(one.name), one.ogrn, "; ".join(map(self._agreed, one.agreements)) or "нет",
             decimal(one.subsidy), decimal(one.money), decimal(one.unspent), integer(one.plans), integer(one.districts))
            for one in self.centres
        ])  # fmt: skip
        self.tables[CENTRES].choose(min(max(former, 0), len(self.centres) - 1))

    def _agreed(self, one: HeldAgreement) -> str:
        """«№ 12-С по 31.12.2026», or when it ended: whose subsidy is over is seen in the list."""
        over = one.ends_on < self.desk.clock.today()
        return f"№\u00a0{one.number} {'закончилось' if over else 'по'} {day(one.ends_on)}"

    def _tell_sum(self) -> None:
        if self.tab == CENTRES:
            over = [short_name(one.name) for one in self.centres if one.unspent < 0]
            self.sum.setText(f"В планах больше, чем субсидия: {'; '.join(over)}." if over else "")
            self.sum.setVisible(bool(over))
            return
        if self.tab == PACKAGES:
            some = "Столько раз нужна в районе каждая услуга комплекса: столько же её должно быть в планах."
            none = "Комплексов нет: впишите их на листе «Комплексы» таблицы для заполнения и примите её."
            self.sum.setText(some if self.packages else none)
            self.sum.show()
            return
        money = sum((one.money for one in self.shown), Decimal(0))
        told = plural(len(self.shown), "план", "плана", "планов")
        self.sum.setText(f"Показано: {told}, {roubles(money)}.")
        self.sum.setVisible(bool(self.plans))

    def show_tab(self, tab: str) -> None:
        self.tab = tab
        for key, button in self.tabs.items():
            button.setChecked(key == tab)
        self.sheets.setCurrentWidget(self.tables[tab])
        for pill in (self.centre, self.district):
            pill.setVisible(tab == PLANS and bool(self.plans))
        self.add_button.say("Добавить центр" if tab == CENTRES else "Добавить план")
        if self.preview.preview is not None:
            return
        self.stack.setCurrentIndex(1 if self.plans or self.centres or self.packages else 0)
        self._offer()
        self._tell_sum()
        if not (self.plans or self.centres or self.packages):
            self.empty.say(
                "table", f"Планов на {self.year_shown} год ещё нет",
                "Запишите таблицу: центры, районы и услуги в ней уже стоят, как их назвали отчёты. Впишите объёмы, "
                "деньги и соглашения и примите её здесь: программа покажет, что изменится.",
                "Записать таблицу", "Принять таблицу",
            )  # fmt: skip
            self.empty.second.key = "Ctrl+O"
            self.empty.second.say("Принять таблицу")
        deeds = {PLANS: "Enter или F2 — изменить · Delete — убрать план", CENTRES: "Enter или F2 — изменить",
                 PACKAGES: "Delete — убрать комплекс района"}[tab]  # fmt: skip
        more = "" if tab == PACKAGES else " · Ctrl+N — добавить"
        self.say_hint(f"{deeds}{more} · Ctrl+O — принять таблицу")

    def _offer(self) -> None:
        previewing = self.stack.currentIndex() == 2
        empty = self.stack.currentIndex() == 0
        self.blank_button.setVisible(not previewing and not empty)
        self.take_button.setVisible(not previewing and not empty)
        self.add_button.setVisible(not previewing and self.tab != PACKAGES)
        self.header.back.setVisible(previewing)
        self.foot = self.preview.bar.height() if previewing else 0

    # --- by hand

    def add(self) -> None:
        if self.stack.currentIndex() == 2 or self.tab == PACKAGES:  # комплексы come by the table
            return
        if self.tab == CENTRES or not self.centres:
            ask_centre(self.desk, self.window_)
            return
        given = {"centre_id": str(self.centre.code)} if self.centre.code is not None else {}
        if self.district.code is not None:
            given["territory_code"] = str(self.district.code)
        ask_plan(self.desk, self.window_, self.year_shown, given=given)

    def edit(self) -> None:
        line = self.tables[self.tab].row
        if self.tab == PLANS and 0 <= line < len(self.shown):
            ask_plan(self.desk, self.window_, self.year_shown, self.shown[line])
        elif self.tab == CENTRES and 0 <= line < len(self.centres):
            ask_centre(self.desk, self.window_, self.centres[line])

    def remove_package(self) -> None:
        """Undoable, so it is not asked."""
        line = self.tables[PACKAGES].row
        if 0 <= line < len(self.packages):
            one = self.packages[line]
            title = f"Убран комплекс: {one.name}, {short_place(one.territory_name)}"
            self.desk.write(held.KIND, title, remove_packages, [one.id], changed=CHANGED)

    def remove(self) -> None:
        """Undoable, so it is not asked."""
        line = self.tables[PLANS].row
        if 0 <= line < len(self.shown):
            one = self.shown[line]
            title = f"Убран план: {one.centre}, {short_place(one.territory_name)}, {one.service}"
            self.desk.write(held.KIND, title, held.remove_plans, [one.id], changed=CHANGED)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for key, column in SPARED.items():
            self.tables[key].setColumnHidden(column, self.width() < SPARED_UNDER)

    # --- tables

    def ask_blank(self) -> None:
        name = f"Планы_центров_{self.year_shown}.xlsx"
        path, _ = QFileDialog.getSaveFileName(self, "Таблица для заполнения", str(self.folder / name), BOOK)
        if path:
            self.save_blank(Path(path))

    def save_blank(self, path: Path) -> None:
        """Returns are read for it, which takes longer than a click."""
        self.folder = path.parent

        def done(content: bytes) -> None:
            write_file(path, content)
            self.window_.notify(f"Таблица записана: {path.name}. Впишите планы и примите её здесь (Ctrl+O).")

        self.desk.read_later(
            "Составляется таблица планов", blank_plans, self.year_shown, done=self.window_.guarded(done),
            failed=self.window_.tell,
        )  # fmt: skip

    def ask_table(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Принять таблицу", str(self.folder), TABLES)
        if path:
            self.read_table(Path(path))

    def read_table(self, path: Path) -> None:
        """Show what the table would change."""
        if self.preview.busy:
            return
        self.folder = path.parent
        self.preview.read(path, self._show_preview)

    def _show_preview(self) -> None:
        self.stack.setCurrentIndex(2)
        self._offer()
        self.say_hint("Ctrl+Enter — принять · Esc — отменить")
        self.preview.focus_first()

    def _write_table(self) -> None:
        if self.stack.currentIndex() == 2:
            self.preview.write()

    def _left(self, made: PlanPreview | None) -> None:
        self.preview.preview = None
        if made is not None and self.year.code not in (years := {one.year for one in made.rows if one.year}) and years:
            self.year.choose(max(years))
        self.show_tab(self.tab)
        self.panes()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        if made is not None:
            rest = f" Не записано: {integer(made.counts.rejected)}." if made.counts.rejected else ""
            self.window_.notify(
                f"Планы приняты: новых {integer(made.counts.new)}, изменено {integer(made.counts.changed)}.{rest}"
            )

    # --- keys

    def enter(self, **where: object) -> None:
        path = where.get("path")
        if isinstance(path, Path):
            self.window_.guarded(self.read_table)(path)
        elif where.get("ask") == "table":
            self.window_.guarded(self.ask_table)()
        self.panes()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def step_back(self) -> bool:
        if self.stack.currentIndex() == 2:
            self._left(None)
            return True
        filtered = [pill for pill in (self.centre, self.district) if pill.code is not None]
        for pill in filtered:
            pill.choose(None)
        return bool(filtered)

    def panes(self) -> list[QWidget]:
        parts: tuple[list[QWidget], ...] = (
            [self.empty.primary], [self.tables[self.tab]], [self.preview.table, self.preview.write_button],
        )  # fmt: skip
        return parts[self.stack.currentIndex()]


def _beside_plans(one: HeldPackage) -> str:
    """«сходится», or «К1: 8, не хватает 4»."""
    told = []
    for code in one.uneven:
        planned = one.planned.get(code, Decimal(0))
        less, more = one.volume - planned, planned - one.volume
        word = f"не хватает {amount(less)}" if less > 0 else f"больше на {amount(more)}"
        told.append(f"{code}: {amount(planned)}, {word}")
    return "; ".join(told) or "сходится"


def _headed(table: str, *heads: str) -> list[tuple[str, int]]:
    return list(zip(heads, WIDTHS[table][0], strict=True))
