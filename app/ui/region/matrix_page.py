"""«Матрица»: district × need category or service code, with demand, coverage, services and centres in each cell."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.core.russian import integer, percents
from app.region.coverage import Kind
from app.region.sums import added
from app.ui.desk import Desk
from app.ui.page import Window
from app.ui.region import opened_spots
from app.ui.region.commission_deed import CommissionDeed
from app.ui.region.matrix_grid import MODES, WHOLE, MatrixGrid
from app.ui.region.opened import NOTHING, Opened
from app.ui.region.opened_rows import Table
from app.ui.region.picture import Picture
from app.ui.region.picture_page import NARROW, PicturePage
from app.ui.region.ramp_cells import Legend
from app.ui.region.shown_figures import COVERAGE_LEGEND
from app.ui.widgets import Button, Card, ElidingLabel, row, separator, shortcut

HINT = "3/7 2ц 43 — покрыто из нуждающихся, центров, % · Стрелки — ячейка · Enter — записи · Ctrl+E — выгрузить"
SHORT: dict[Kind, str] = {"category": "Категории", "code": "Коды услуг"}
KINDS: dict[Kind, str] = {"category": "Категории потребностей", "code": "Услуги по кодам"}


class MatrixPage(PicturePage):
    """The matrix."""

    key = "matrix"

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Покрытие потребностей", desk, window)
        self.kind: Kind = "category"
        self.mode = "all"
        self.commission = CommissionDeed(self)
        self.header.add("export", Button("Excel", "file-xls", key="Ctrl+E", act=self.window_.guarded(self.export)))
        self.header.add("commission", self.commission.button())
        self.kinds: dict[Kind, Button] = {}
        for kind, word in KINDS.items():
            self.kinds[kind] = Button(word, kind="pill", act=partial(self.show_kind, kind))
            self.controls.addWidget(self.kinds[kind])
        self.modes: dict[str, Button] = {}
        for mode, word in MODES.items():
            self.modes[mode] = Button(word, kind="pill", act=partial(self.show_mode, mode))
        self.legend = Legend()
        self.body.setSpacing(4)  # so that eighteen districts and their sum stand on a screen of 1366×768
        self.lines.setSpacing(4)
        line = row(*self.modes.values(), 8, self.legend, spacing=6)
        line.setStretch(len(self.modes) + 1, 1)
        self.lines.addLayout(line)
        self.grid = MatrixGrid()
        self.grid.moved.connect(self._moved)
        self.grid.opened.connect(self._open)
        self.told = ElidingLabel("", 13)
        self.records = Button("Записи", kind="link", key="Enter", act=self._open_here)
        sheet = Card(margin=1, spacing=0)
        sheet.rows.addWidget(self.grid, 1)
        sheet.rows.addWidget(separator())
        foot = row(self.told, self.records, margins=(16, 0, 8, 0))
        foot.setStretch(0, 1)
        sheet.rows.addLayout(foot)
        self.lines.addWidget(sheet, 1)
        shortcut(self.work, "Ctrl+E", self.window_.guarded(self.export))
        self.hint = HINT
        self._name_pills()
        self.no_picture()

    # --- what is shown

    def show_picture(self, picture: Picture) -> None:
        self.header.show_only("export", "commission")
        for button in self.kinds.values():
            button.show()
        oktmo, kind, code = self.pictures.chosen
        if code:
            self.kind = kind
        self._fill(picture, oktmo, code)
        self.say_hint(HINT)

    def _fill(self, picture: Picture, oktmo: str, code: str) -> None:
        self.grid.show_matrix(picture, self.kind, self.mode)
        self.grid.go_to(oktmo, code)
        self._name_pills()
        self.legend.say("покрыто, %", COVERAGE_LEGEND, "нет услуг или ждут > 90 дней")

    def show_kind(self, kind: Kind) -> None:
        """Categories of needs or codes of services."""
        self.kind = kind
        if self.shown is not None and not self.shown.is_empty:
            self._fill(self.shown, self.pictures.chosen[0], "")
            self.grid.setFocus()

    def show_mode(self, mode: str) -> None:
        """All four figures of a cell, or one of them."""
        self.mode = mode
        if self.shown is not None and not self.shown.is_empty:
            oktmo, _, code = self.pictures.chosen
            self._fill(self.shown, oktmo, code)
            self.grid.setFocus()

    def _name_pills(self) -> None:
        for kind, button in self.kinds.items():
            button.say((SHORT if self.width() < NARROW else KINDS)[kind])
            button.set_kind("pill-on" if kind == self.kind else "pill")
            button.setAccessibleName(f"{KINDS[kind]}: {'показано' if kind == self.kind else 'показать'}")
        for mode, button in self.modes.items():
            button.set_kind("pill-on" if mode == self.mode else "pill")
            button.setAccessibleName(f"{MODES[mode]}: {'показано' if mode == self.mode else 'показать'}")

    def no_picture(self) -> None:
        self.header.show_only()
        for button in self.kinds.values():
            button.hide()

    def _moved(self, row_: int, column: int) -> None:
        self.told.setText(self.grid.model_.words(row_, column))
        oktmo, code = self.grid.model_.place(row_, column)
        self.pictures.chosen = (oktmo or self.pictures.chosen[0], self.kind, code or self.pictures.chosen[2])

    # --- the way down

    def _open_here(self) -> None:
        here = self.grid.currentIndex()
        if here.isValid():
            self._open(here.row(), here.column())

    def _open(self, row_: int, column: int) -> None:
        """A cell opens its needs and services; a sum the district or the column it was added of."""
        picture = self.shown
        if picture is None or picture.is_empty:
            return
        oktmo, code = self.grid.model_.place(row_, column)
        if oktmo and code:
            self.open_down(opened_spots.of_spot(picture, oktmo, self.kind, code))
        elif oktmo:
            self.open_down(opened_spots.of_district(picture, oktmo, self.kind))
        elif code:
            self.open_down(opened_spots.of_column(picture, self.kind, code))
        else:
            self.open_down(opened_matrix(picture, self.kind))

    def export(self) -> None:
        """The whole matrix as a table; Ctrl+E again writes it."""
        if self.shown is not None and not self.shown.is_empty:
            self.open_down(opened_matrix(self.shown, self.kind))

    def focus_work(self) -> None:
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_pills()

    def panes(self) -> list[QWidget]:
        return [self.kinds[self.kind], self.modes[self.mode], self.grid, self.opened.back]


def opened_matrix(picture: Picture, kind: Kind) -> Opened:
    """The matrix as a list: a line a district and column, with all its figures."""
    rows: list[tuple[str, ...]] = []
    deeper: dict[int, Callable[[], Opened]] = {}
    for one in picture.districts:
        for code, _ in picture.heads(kind):
            spot = picture.coverage.spot(one.oktmo, kind, code)
            if spot is None:
                continue
            deeper[len(rows)] = partial(opened_spots.of_spot, picture, one.oktmo, kind, code)
            title = opened_spots.title_of(picture, kind, code)
            rows.append((picture.name(one.oktmo), title[:1].upper() + title[1:],
                         *opened_spots.spot_figures(picture, spot)))  # fmt: skip
    total = added(picture.spots(kind))
    head = "Категория" if kind == "category" else "Услуга"
    told = (
        f"{WHOLE}, {picture.quarter.title}: покрыто {integer(total.covered)} из {integer(total.demand)} "
        "нуждающихся НКО "
        f"({percents(total.percent) if total.percent is not None else NOTHING}), сложено по районам и столбцам."
    )
    columns = (("Район", 190), (head, 220), *opened_spots.SPOT_HEADS)
    return Opened("Матрица покрытия", told, (Table("Матрица", columns, tuple(rows), 1, (2, 3, 4, 5)),), deeper)
