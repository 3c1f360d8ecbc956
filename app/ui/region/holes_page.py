"""«Незакрытые потребности»: holes by weight, with the weight explained NGO by NGO."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.russian import day, in_sentence, integer, plural
from app.core.text import NBSP
from app.records.choices import PRIORITIES
from app.region.holes import Hole
from app.region.later import OneByOne
from app.ui.desk import Desk
from app.ui.page import Window
from app.ui.pages.choice_pill import ChoicePill
from app.ui.pages.plain_table import PlainTable
from app.ui.region import opened_spots
from app.ui.region.commission_deed import CommissionDeed
from app.ui.region.notes_panel import Group, NotesPanel
from app.ui.region.notes_panel import Note as PanelNote
from app.ui.region.opened import Opened
from app.ui.region.opened_rows import Table
from app.ui.region.opened_view import ask_to_save
from app.ui.region.picture import Picture
from app.ui.region.picture_page import PicturePage
from app.ui.widgets import Button, Card, ElidingLabel, label, row, separator, shortcut

HINT = "Стрелки — строка · Enter — потребности и услуги · Ctrl+E — выгрузить · Alt+←, Alt+→ — квартал"
COLUMNS = (("№", 44), ("Район", 160), ("Категория", 196), ("Почему", 190), ("НКО", 52), ("Дней", 56),
           ("Высоких", 76), ("Коды", 70), ("Вес", 70))  # fmt: skip
LEAST = [36, 164, 196, 156, 44, 50, 68, 58, 48]
HIGH, HIGH_UNDER = 6, 900
"""The column that a narrow window leaves to the explanation of the weight."""
RIGHT = (0, 4, 5, 6, 8)
SHOWN = 1_000  # lines; the workbook has all
PANEL_UNDER = 1100
WEIGHT_NOTE = (
    "По каждой НКО: приоритет потребности (высокий — 2, обычный — 1), умноженный на дни, сколько она открыта; "
    "сложено по НКО. Если район прислал числа без списка, вес — наименьший возможный."
)


class HolesPage(PicturePage):
    """Holes ranked by weight."""

    key = "holes"
    lists = True

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Незакрытые потребности", desk, window)
        self.commission = CommissionDeed(self)
        self.header.add("export", Button("Excel", "file-xls", key="Ctrl+E", act=self.window_.guarded(self.export)))
        self.header.add("commission", self.commission.button())
        self.rows_: Sequence[Hole] = ()
        self.district = ChoicePill("Район", self._districts)
        self.category = ChoicePill("Категория", self._categories)
        self.district.chosen.connect(self._filter)
        self.category.chosen.connect(self._filter)
        self.only_none = Button("Только без услуг", kind="pill", act=self._toggle)
        self.count = label("", 13, tone="muted")
        line = row(self.district, self.category, self.only_none, self.count, None)
        self.lines.addLayout(line)
        self.table = PlainTable(COLUMNS, 3, RIGHT)
        self.table.setAccessibleName("Незакрытые потребности по весу")
        self.table.lay_columns([width for _, width in COLUMNS], 3, LEAST)
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._chosen)
        self.told = ElidingLabel("", 13)
        self.records = Button("Записи", kind="link", key="Enter", act=lambda: self._open(self.table.row))
        sheet = Card(margin=1, spacing=0)
        sheet.rows.addWidget(self.table, 1)
        sheet.rows.addWidget(separator())
        foot = row(self.told, self.records, margins=(16, 2, 8, 2))
        foot.setStretch(0, 1)
        sheet.rows.addLayout(foot)
        self.notes = NotesPanel()
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(sheet, 1)
        both.addWidget(self.notes)
        self.lines.addLayout(both, 1)
        shortcut(self.work, "Ctrl+E", self.window_.guarded(self.export))
        self.hint = HINT
        self.no_picture()

    # --- what is shown

    def _districts(self) -> dict[str, str]:
        picture = self.shown
        if picture is None:
            return {}
        return {one.oktmo: picture.name(one.oktmo) for one in picture.districts if picture.holes(one.oktmo)}

    def _categories(self) -> dict[str, str]:
        return dict(self.shown.coverage.categories) if self.shown is not None else {}

    def show_picture(self, picture: Picture) -> None:
        self.header.show_only("export", "commission")
        self._filter()
        self.say_hint(HINT)

    def no_picture(self) -> None:
        self.header.show_only()

    def _toggle(self) -> None:
        self.only_none.set_kind("pill" if self.only_none.property("kind") == "pill-on" else "pill-on")
        self._filter()

    def _filter(self) -> None:
        picture = self.shown
        if picture is None or picture.is_empty:
            return
        only = self.only_none.property("kind") == "pill-on"
        self.only_none.setAccessibleName(f"Только без услуг: {'включено' if only else 'выключено'}")
        held = self.rows_[self.table.row].key if 0 <= self.table.row < len(self.rows_) else ""
        held_by = self._fitting(picture)
        fitting, self.rows_ = len(held_by), held_by[:SHOWN]
        self.table.show_rows(self._lines(picture, self.rows_, is_whole=held_by is picture.coverage.holes))
        whole = len(picture.coverage.holes)
        self.count.setText(
            plural(whole, "незакрытая", "незакрытые", "незакрытых")
            if fitting == whole
            else f"{integer(fitting)} из {integer(whole)}"
        )
        if fitting > SHOWN:
            self.count.setText(f"{self.count.text()}, показаны первые {integer(SHOWN)}")
        at = next((place for place, hole in enumerate(self.rows_) if hole.key == held), 0) if held else 0
        self.table.choose(at)
        if not self.rows_:
            self._show_none(picture)

    def _fitting(self, picture: Picture) -> Sequence[Hole]:
        """What the filters let through."""
        only = self.only_none.property("kind") == "pill-on"
        if not only and self.district.code is None and self.category.code is None:
            return picture.coverage.holes
        held = picture.holes(str(self.district.code or ""), str(self.category.code or ""))
        return [hole for hole in held if not only or hole.flagged]

    @staticmethod
    def _lines(
        picture: Picture, holes: Sequence[Hole], *, is_whole: bool, in_full: bool = False
    ) -> Sequence[tuple[str, ...]]:
        """Each is made when it is shown.  is_whole: these are the first of all; in_full: the reason in full."""
        why = opened_spots.why_words if in_full else opened_spots.brief_why
        places: Sequence[int] = range(1, len(holes) + 1)
        if not is_whole:
            among_all = {hole.key: place for place, hole in enumerate(picture.coverage.holes, 1)}
            places = [among_all[hole.key] for hole in holes]
        return OneByOne(range(len(holes)), lambda at: hole_row(picture, holes[at], places[at], why(holes[at])))

    def _show_none(self, picture: Picture) -> None:
        nothing = not picture.coverage.holes
        self.told.setText(f"{'Незакрытых' if nothing else 'По этим фильтрам незакрытых'} потребностей нет.")
        self.records.setEnabled(False)
        self.notes.say("ok", "Незакрытых нет", picture.quarter.title if nothing else "по этим фильтрам")
        self.notes.show_groups([Group("Как считается вес", "", (PanelNote("Вес", WEIGHT_NOTE),))])

    def _chosen(self, place: int) -> None:
        picture = self.shown
        if picture is None or not 0 <= place < len(self.rows_):
            return
        hole = self.rows_[place]
        self.records.setEnabled(True)
        self.pictures.chosen = (hole.oktmo, "category", hole.category)
        title = in_sentence(hole.title)
        self.told.setText(f"{picture.name(hole.oktmo)}, {title}. {opened_spots.weight_words(picture, hole)}")
        self.table.setAccessibleDescription(self.told.text())
        least = "не меньше " if hole.estimated else ""
        self.notes.say("warn", f"Вес {least}{integer(hole.weight)}", f"{picture.brief(hole.oktmo)}, {title}")
        parts = tuple(
            PanelNote(
                name, f"№{NBSP}{need.number}, с {day(need.opened_on)}, приоритет {PRIORITIES[need.priority]}",
                f"{priority} × {integer(days)} = {integer(product)}", act=partial(self._open, place),
            )
            for name, need, priority, days, product in opened_spots.weight_rows(picture, hole)
        )  # fmt: skip
        answering = ", ".join(hole.codes) or "—"
        why = PanelNote("Почему не закрыта", f"{opened_spots.why_words(hole)}. Отвечают: {answering}.")
        groups = [Group("Из чего вес", "важность × дни", parts)] if parts else []
        if hole.estimated:
            least_of = PanelNote("Наименьший возможный", opened_spots.weight_words(picture, hole))
            groups = [Group("Из чего вес", "", (least_of,))]
        self.notes.show_groups([*groups, Group("Почему", "", (why, PanelNote("Как считается вес", WEIGHT_NOTE)))])

    # --- the way down

    def _open(self, place: int) -> None:
        if self.shown is not None and 0 <= place < len(self.rows_):
            self.open_down(opened_spots.of_hole(self.shown, self.rows_[place]))

    def listed(self) -> Opened | None:
        """What the table shows, for a workbook."""
        picture = self.shown
        if picture is None:
            return None
        fitting = self._fitting(picture)
        rows = self._lines(picture, fitting, is_whole=fitting is picture.coverage.holes, in_full=True)
        table = Table("Незакрытые потребности", COLUMNS, rows, 3, RIGHT)
        return Opened(f"Незакрытые потребности, {picture.quarter.title}", WEIGHT_NOTE, (table,))

    def export(self) -> None:
        opened = self.listed()
        if opened is None or not self.rows_:
            self.window_.notify("Выгружать нечего: в таблице нет ни одной строки.")
            return
        ask_to_save(self, self.desk, self.window_, opened)

    def focus_work(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self, **where: object) -> None:
        """oktmo: of the district whose holes are shown alone."""
        super().enter(**where)
        if oktmo := where.get("oktmo"):
            self.district.choose(oktmo)

    def panes(self) -> list[QWidget]:
        return [self.district, self.table, *self.notes.views[:1], self.opened.back]

    def next_finding(self, step: int) -> None:
        self.notes.walk(step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.notes.setVisible(self.width() >= PANEL_UNDER)
        self.table.setColumnHidden(HIGH, self.width() < HIGH_UNDER)


def hole_row(picture: Picture, hole: Hole, place: int, why: str) -> tuple[str, ...]:
    """A line of the table.  place: by weight, among all."""
    weight = f"≥{NBSP}{integer(hole.weight)}" if hole.estimated else integer(hole.weight)
    return (
        integer(place), picture.brief(hole.oktmo), hole.title, why, integer(hole.ngos),
        integer(hole.days), integer(hole.high) if hole.high else "—", " ".join(hole.codes) or "—", weight,
    )  # fmt: skip
