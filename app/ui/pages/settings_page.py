"""Settings: the unit and its signers, terms and thresholds, dictionaries, calendar, opening balances, copies."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields as fields_of
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import AppError, Deed, InvalidRecord
from app.core.fields import Field, Kind
from app.core.roles import Right
from app.core.settings import Settings
from app.ui.desk import Desk
from app.ui.editor_of import editor_of
from app.ui.editors import width_of
from app.ui.field_text import FieldText
from app.ui.form_row import FormLine, FormRow
from app.ui.page import Page, Window
from app.ui.widgets import Button, Card, ElidingLabel, label, row, scrolled, separator, shortcut
from app.usecases import setup

UNIT = (
    ("Подразделение", (
        Field("administration", "Администрация", Kind.TEXT, required=True, width=60,
              help="Полное имя: им подписан отчёт."),
        Field("address", "Адрес администрации", Kind.TEXT, width=60,
              help="Стоит в согласии на обработку персональных данных и в актах."),
        Field("name", "Подразделение (строка 701)", Kind.TEXT, width=60),
        Field("act", "Правовой акт (702)", Kind.TEXT, width=60, help="Постановление, дата и №."),
        Field("staff", "Штат (703)", Kind.TEXT, width=30), Field("council", "Совет НКО (704)", Kind.TEXT, width=40),
        Field("site_section", "Раздел сайта (705)", Kind.TEXT, width=50),
        Field("site_updated_on", "Сайт обновлён", Kind.DATE),
    )),
    ("Кому и кто подписывает", (
        Field("addressee", "Кому отчёт", Kind.TEXT, width=60),
        Field("head_post", "Руководитель: должность", Kind.TEXT, width=40),
        Field("head_name", "Руководитель: имя", Kind.TEXT, width=30, help="Фамилия И. О."),
        Field("executor_post", "Исполнитель: должность", Kind.TEXT, width=40),
        Field("executor_name", "Исполнитель: имя", Kind.TEXT, width=26),
        Field("executor_phone", "Служебный телефон", Kind.PHONE),
    )),
)  # fmt: skip
TERMS = (
    ("Сроки", (("due_day", "Отчёт сдают, день месяца"), ("register_days", "Реестр: рабочих дней"),
               ("need_days", "Старая потребность, дней"), ("duplication_days", "Повтор услуги, дней"),
               ("appeal_days", "Ответ на обращение, дней"), ("verify_days", "Проверка НКО, дней"))),
    ("Муниципальный этап гранта", (("grant_limit", "Предел одного гранта, ₽"), ("contest_limit", "На район, ₽"))),
    ("Пороги контролей", (
        ("plan_deviation", "17: отклонение от плана, %"), ("noise_units", "Не замечать, единиц"),
        ("noise_money", "Не замечать, ₽"), ("stock_change", "42: за квартал, %"), ("year_change", "42: за год, %"),
        ("watched_rows", "42: строки"), ("unevidenced_share", "23: без подтверждения, %"),
        ("unevidenced_count", "23: и больше, услуг"), ("consultation_hours", "20: часов в консультации"),
        ("outlier_times", "47: во сколько раз больше"))),
    ("Копии файла", (("copy_minutes", "Через минут изменений"), ("copy_days", "По одной в день, дней"),
                     ("copy_weeks", "По одной в неделю, недель"), ("copy_months", "По одной в месяц, месяцев"))),
    ("Бумага и документы", (("binding_margin", "Поле 30 мм для подшивки"),
                            ("document_limit", "Предел документа, МБ"))),
)  # fmt: skip
REGION_UNIT = (
    ("Комитет", (
        Field("administration", "Комитет", Kind.TEXT, required=True, width=60,
              help="Полное имя: стоит на квитанциях, замечаниях, письмах и сводном отчёте."),
        Field("name", "Отдел", Kind.TEXT, width=60), Field("address", "Адрес", Kind.TEXT, width=60),
    )),
    ("Кто подписывает", UNIT[1][1][1:]),
)  # fmt: skip
REGION_TERMS = tuple(
    (title, tuple((key, words) for key, words in items if key not in (
        "register_days", "appeal_days", "verify_days", "document_limit")))
    for title, items in TERMS if title in ("Сроки", "Копии файла", "Бумага и документы")
)  # fmt: skip
"""What a region's file goes by: its boards, coverage and duplicates, its copies and papers."""
TYPED = ("unit", "terms", "opening")
"""Tabs that are typed into directly."""
_KINDS = {"int": Kind.COUNT, "Decimal": Kind.MONEY, "str": Kind.TEXT, "bool": Kind.FLAG}


class ValuesForm(QWidget):
    """A plain form of groups of fields with one «Сохранить» under it."""

    def __init__(
        self,
        groups: Sequence[tuple[str, Sequence[Field]]],
        desk: Desk,
        read: Callable[[], Mapping[str, Any]],
        keep: Callable[[dict[str, Any]], object],
    ) -> None:
        super().__init__()
        self._read, self._keep = read, keep
        self.rows: dict[str, FormRow] = {}
        words = FieldText(desk)
        card = Card(margin=20, spacing=4)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(4)
        for title, fields in groups:
            column.addWidget(label(title, 15, bold=True))
            for line_fields in _in_lines(fields):
                line = FormLine()
                for field in line_fields:
                    made = FormRow(field, editor_of(field, desk, words))
                    if len(field.title) * 8 > made.minimumWidth() == made.maximumWidth():
                        made.setFixedWidth(min(260, len(field.title) * 8))
                    self.rows[field.key] = made
                    line.add(made, width_of(field) if made.minimumWidth() != made.maximumWidth() else 0)
                column.addWidget(line.finish())
        column.addStretch(1)
        card.rows.addWidget(scrolled(inner), 1)
        self.save_button = Button("Сохранить", kind="primary", key="Ctrl+S", act=self.save)
        card.rows.addWidget(separator())
        self.notice = ElidingLabel("", 13, tone="err")  # why nothing was kept, where no field is to blame
        foot = row(self.save_button, self.notice, margins=(0, 12, 0, 0), spacing=16)
        foot.setStretch(1, 1)
        card.rows.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)

    def fill(self) -> None:
        values = self._read()
        for key, made in self.rows.items():
            made.editor.fill(values.get(key))
            made.show_fault("")
        self.notice.setText("")

    def save(self) -> bool:
        """Keep the values; False if a fault stands at a field."""
        values: dict[str, Any] = {}
        faults: dict[str, str] = {}
        for key, made in self.rows.items():
            values[key], fault = made.read()
            if fault:
                faults[key] = fault
        if not faults:
            try:
                self._keep(values)
            except InvalidRecord as invalid:
                faults = invalid.faults
            except AppError as refused:
                self.notice.setText(str(refused))
                return False
        first = next((made for key, made in self.rows.items() if key in faults), None)
        if first is not None:  # before the faults are shown: a field that is left looks at itself alone
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        for key, made in self.rows.items():
            made.show_fault(faults.get(key, ""))
        return not faults


LINE = 740  # px of a line of settings: what a window of 910 px has


def _in_lines(fields: Sequence[Field]) -> list[list[Field]]:
    lines: list[list[Field]] = []
    room = 0
    for field in fields:
        width = max(width_of(field), min(260, len(field.title) * 8)) + 16
        if width > room:
            lines.append([])
            room = LINE
        lines[-1].append(field)
        room -= width
    return lines


def term_fields(*, region: bool = False) -> list[tuple[str, list[Field]]]:
    """The settings as fields of their kinds; those that mean something in a file of this role."""
    kinds = {spec.name: str(spec.type) for spec in fields_of(Settings)}

    def field(key: str, words: str) -> Field:
        return Field(key, words, _KINDS[kinds[key]], width=30, required=kinds[key] != "bool")

    terms = REGION_TERMS if region else TERMS
    return [(title, [field(key, words) for key, words in items]) for title, items in terms]


class SettingsPage(Page):
    """Tabs at the top; each is made when first opened."""

    registers = frozenset({"settings"})

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Настройки", desk, window)
        from app.ui.pages.people_panel import PeoplePanel
        from app.ui.pages.settings_copies import CopiesPanel
        from app.ui.pages.settings_dictionaries import DictionariesPanel
        from app.ui.pages.settings_lists import CalendarPanel, LookPanel
        from app.ui.pages.settings_opening import OpeningPanel

        self.makers: dict[str, tuple[str, Callable[[], QWidget]]] = {
            "unit": ("Комитет" if window.plan.region else "Подразделение", self._unit),
            "terms": ("Сроки" if window.plan.region else "Сроки и пороги", self._terms),
            "dictionaries": ("Справочники", lambda: DictionariesPanel(desk, window)),
            "calendar": ("Календарь", lambda: CalendarPanel(desk, window)),
            "opening": ("Начальные остатки", lambda: OpeningPanel(desk, window)),
            "people": ("Люди", lambda: PeoplePanel(desk, window)),
            "copies": ("Файл и копии", lambda: CopiesPanel(desk, window)),
            "look": ("Имя и вид", lambda: LookPanel(desk, window)),
        }
        if window.plan.region:
            del self.makers["opening"]
        self.switch = self.header.add("switch", Button("Сменить", "user", act=window.guarded(window.switch)))
        self.switch.setAccessibleName("Сменить того, кто работает")
        self.tabs = {key: Button(title, kind="tab") for key, (title, _) in self.makers.items()}
        for key, button in self.tabs.items():
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, key=key: self.show_tab(key))
        strip = QHBoxLayout()
        strip.setSpacing(8)
        for button in self.tabs.values():
            strip.addWidget(button)
        strip.addStretch(1)
        if window.plan.region:  # a district has it on its first page
            self.history = Button("История изменений", "clock", kind="link", act=lambda: window.open("history"))
            strip.addWidget(self.history)
        self.body.setSpacing(12)
        self.body.addLayout(strip)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.panels: dict[str, Any] = {}
        self.tab = "unit"
        shortcut(self, "Ctrl+S", window.guarded(self.save))

    def _unit(self) -> QWidget:
        def keep(values: dict[str, Any]) -> None:
            self.desk.write("settings", "Настройки: подразделение", setup.save_unit, values, changed={"settings"})
            self.window_.notify("Подразделение и подписи сохранены.")

        groups = REGION_UNIT if self.window_.plan.region else UNIT
        return ValuesForm(groups, self.desk, lambda: self.desk.read(setup.unit), keep)

    def _terms(self) -> QWidget:
        def read() -> dict[str, Any]:
            chosen = self.desk.read(setup.settings)
            return {spec.name: getattr(chosen, spec.name) for spec in fields_of(Settings)}

        def keep(values: dict[str, Any]) -> None:
            self.desk.write("settings", "Настройки: сроки и пороги", setup.save_settings, values, changed={"settings"})
            self.window_.notify("Сроки и пороги сохранены.")

        return ValuesForm(term_fields(region=self.window_.plan.region), self.desk, read, keep)

    def show_tab(self, key: str) -> QWidget:
        if key not in self.panels:
            self.panels[key] = self.makers[key][1]()
            self.stack.addWidget(self.panels[key])
        self.tab = key
        for name, button in self.tabs.items():
            button.setChecked(name == key)
        panel = self.panels[key]
        if hasattr(panel, "fill"):
            panel.fill()
        self._lock(key, panel)
        self.stack.setCurrentWidget(panel)
        self._hint_of_tab()
        return panel

    def _lock(self, key: str, panel: QWidget) -> None:
        """Who may not change the settings reads them: nothing is typed that would be refused at the end."""
        if key in TYPED:
            refused = self.desk.why_not(Right.SETTLE) is not None
            for field in panel.findChildren(QWidget):
                if isinstance(field, (QLineEdit, QPlainTextEdit, QComboBox, QCheckBox)):
                    field.setEnabled(not refused)

    def _hint_of_tab(self) -> None:
        panel = self.panels.get(self.tab)  # on the other tabs a row is opened by Enter and kept by its dialog
        saved = "Ctrl+S — сохранить" if hasattr(panel, "save") else "Enter — изменить"
        self.say_hint(getattr(panel, "hint", "") or f"{saved} · изменения видны в «Истории изменений»")

    def save(self) -> None:
        panel = self.panels.get(self.tab)
        if panel is not None and hasattr(panel, "save"):
            panel.save()

    def refresh(self) -> None:
        self.show_tab(self.tab)
        refused = self.desk.why_not(Right.SETTLE)
        self.header.fact.setText(refused.message if refused is not None else self.desk.database.path.name)
        self.switch.setVisible(refused is not None and refused.deed is Deed.SWITCH)
        self._hint_of_tab()

    def enter(self, **where: object) -> None:
        if isinstance(where.get("tab"), str):
            self.show_tab(str(where["tab"]))
        self.tabs[self.tab].setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> list[QWidget]:
        return [self.tabs[self.tab], self.stack.currentWidget() or self]

