"""«Карта»: the oblast as tiles with a figure in each, the heaviest holes, and the chosen district beside them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.russian import integer, plural
from app.region.coverage import Kind
from app.region.sums import added
from app.ui.desk import Desk
from app.ui.page import Window
from app.ui.pages.plain_table import PlainTable
from app.ui.region import opened_spots
from app.ui.region.commission_deed import CommissionDeed
from app.ui.region.measure_chooser import MeasureChooser
from app.ui.region.picture import Picture
from app.ui.region.picture_page import NARROW, PicturePage
from app.ui.region.ramp_cells import Legend
from app.ui.region.shown_figures import Measure, coverage_told, measure_of, spot_words
from app.ui.region.spot_table import SpotTable
from app.ui.region.tile_map import TileMap
from app.ui.region.tile_places import placed
from app.ui.widgets import Button, Card, ElidingLabel, label, row, separator, shortcut

HINT = "Стрелки — район · Enter — потребности и услуги · Ctrl+E — выгрузить · Alt+←, Alt+→ — квартал"
MOST = 60
"""Territories that a map of tiles has room for."""
LOW = 600  # px of a page under which the list of holes is left out
HOLES = 6


class TilesPage(PicturePage):
    """The map of tiles."""

    key = "tiles"

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Покрытие потребностей", desk, window)
        self.commission = CommissionDeed(self)
        self.header.add("commission", self.commission.button())
        self.chooser = MeasureChooser()
        self.chooser.chosen.connect(self._measure_chosen)
        self.controls.addWidget(self.chooser)
        self.map = TileMap()
        self.map.chosen.connect(self._district_chosen)
        self.map.opened.connect(self.open_district)
        self.legend = Legend()
        self.title = ElidingLabel("", 15, bold=True)
        self.whole_told = label("", 13, tone="muted")
        left = Card(margin=16, spacing=8)
        head = row(self.title, self.whole_told)
        head.setStretch(0, 1)
        left.rows.addLayout(head)
        left.rows.addWidget(self.map, 7)
        self.too_many = label("", 14, tone="text2", wrap=True)
        self.to_matrix = Button("Открыть матрицу", "table", act=lambda: self.window_.open("matrix"))
        self.instead = QWidget()
        self.instead.setLayout(column := QVBoxLayout())
        column.setContentsMargins(0, 24, 0, 24)
        column.addWidget(self.too_many)
        column.addLayout(row(self.to_matrix, None))
        column.addStretch(1)
        left.rows.addWidget(self.instead, 7)
        left.rows.addWidget(self.legend)
        self.list_ = QWidget()
        self.holes = PlainTable((("№", 40), ("Район", 168), ("Категория", 120), ("Почему", 126), ("Вес", 60)), 2, (4,))
        self.holes.setAccessibleName("Незакрытые потребности по весу")
        self.holes.horizontalHeader().hide()
        self.holes.verticalHeader().setMinimumSectionSize(28)
        self.holes.verticalHeader().setDefaultSectionSize(28)
        self.holes.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.holes.opened.connect(self._open_hole)
        self.all_holes = Button("Все", kind="link", act=lambda: self.window_.open("holes"))
        self.holes_told = label("НКО × важность × дни", 13, tone="muted")
        left.rows.addWidget(self.list_, 4)
        inner = Card(margin=0, spacing=4)
        inner.setProperty("card", "")
        line = row(label("Незакрытые по весу", 15, bold=True), self.holes_told, None, self.all_holes)
        inner.rows.addWidget(separator())
        inner.rows.addLayout(line)
        inner.rows.addWidget(self.holes, 1)
        place = row(inner)
        place.setStretch(0, 1)
        self.list_.setLayout(place)
        # It goes where it finds no room, so the least size of the page does not count it.
        self.list_.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.district = ElidingLabel("", 15, bold=True)
        self.district_told = ElidingLabel("", 13, tone="text2")
        self.district_of = ElidingLabel("", 13, tone="text2")
        self.table = SpotTable()
        self.table.opened.connect(self._open_spot)
        self.table.chosen.connect(self._spot_chosen)
        self.spot_told = ElidingLabel("", 13)
        self.records = Button("Записи", kind="link", key="Enter", act=lambda: self._open_spot(self.table.row))
        right = Card(margin=1, spacing=0)
        names = QVBoxLayout()
        names.setContentsMargins(16, 10, 16, 8)
        names.setSpacing(2)
        names.addWidget(self.district)
        names.addWidget(self.district_told)
        names.addWidget(self.district_of)
        right.rows.addLayout(names)
        right.rows.addWidget(self.table, 1)
        right.rows.addWidget(separator())
        foot = row(self.spot_told, self.records, margins=(16, 4, 8, 4))
        foot.setStretch(0, 1)
        foot.setAlignment(self.records, Qt.AlignmentFlag.AlignRight)
        right.rows.addLayout(foot)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(left, 0)
        both.addWidget(right, 1)
        self.left = left
        self.lines.addLayout(both, 1)
        self.hint = HINT
        shortcut(self.work, "Ctrl+E", self.window_.guarded(self.export))
        self.no_picture()

    @property
    def kind(self) -> Kind:
        """What the district beside the map is shown by: codes where the map shows one."""
        return "code" if self.chooser.measure.startswith("code:") else "category"

    # --- what is shown

    def show_picture(self, picture: Picture) -> None:
        self.header.show_only("commission")
        many = len(picture.districts) > MOST
        for part in (self.map, self.legend, self.chooser):
            part.setVisible(not many)
        self.instead.setVisible(many)
        chosen = self.pictures.chosen[0]
        if many:
            self._show_many(picture, chosen)
        else:
            self.chooser.picture = picture
            self.map.lay(placed(picture.districts), {one.oktmo: picture.name(one.oktmo) for one in picture.districts})
            self.map.choose(chosen if chosen in self.map.tiles else self.map.current)
            self._show_measure(picture)
        shown = picture.coverage.holes[:HOLES]
        self.holes.show_rows(
            [(str(place), picture.brief(hole.oktmo), hole.title, f"{integer(hole.ngos)} НКО, {_days(hole.days)}",
              integer(hole.weight)) for place, hole in enumerate(shown, 1)]
        )  # fmt: skip
        self.all_holes.say(f"Все {integer(len(picture.coverage.holes))}" if picture.is_found else "Собираются")
        self.say_hint(HINT)

    def _show_many(self, picture: Picture, chosen: str) -> None:
        """A map of tiles is of one oblast; of all Russia the matrix has every territory."""
        count = plural(len(picture.districts), "территория", "территории", "территорий")
        self.title.setText("Карта")
        self.whole_told.setText(count)
        self.too_many.setText(
            f"Карта плитками рисуется до {MOST} территорий, а здесь их {integer(len(picture.districts))}. "
            "Покрытие каждой — в матрице; справа — территория, выбранная там."
        )
        known = {one.oktmo for one in picture.districts}
        self.map.current = chosen if chosen in known else picture.whole.reported[0]
        self._show_district(picture, self.map.current)

    def _show_measure(self, picture: Picture) -> None:
        measure: Measure = measure_of(picture, self.chooser.measure)
        self.chooser.measure = measure.key
        self.chooser.show_title(measure.title)
        self.title.setText(measure.title)
        count = plural(len(picture.districts), "территория", "территории", "территорий")
        self.whole_told.setText(count)
        holes = {one.oktmo: len(picture.holes(one.oktmo)) for one in picture.districts}
        self.map.tell(dict(measure.told), holes, measure.title)
        self.legend.say(measure.unit, measure.legend, "не закрыто категорий")
        self._show_district(picture, self.map.current)

    def _show_district(self, picture: Picture, oktmo: str) -> None:
        self.district.setText(picture.name(oktmo))
        if oktmo in picture.reported:
            total = coverage_told(added(picture.spots(self.kind, oktmo=oktmo)))
            count = len(picture.holes(oktmo))
            share, _, counted = total.words.partition(": ")  # in two lines, so that a small window cuts neither
            self.district_told.setText(share + (f"; не закрыто: {count}" if count else ""))
            self.district_of.setText(counted)
        else:
            self.district_told.setText(f"отчёта за {picture.quarter.title} нет")
            self.district_of.setText("")
        self.table.show_district(picture, oktmo, self.kind)
        code = self.pictures.chosen[2]
        rows = self.table.spots.codes
        self.table.choose(rows.index(code) if code in rows else 0)

    def no_picture(self) -> None:
        self.header.show_only()
        self.chooser.hide()

    def _measure_chosen(self) -> None:
        if self.shown is not None and not self.shown.is_empty:
            self._show_measure(self.shown)

    def _district_chosen(self, oktmo: str) -> None:
        if self.shown is not None and not self.shown.is_empty:
            self._show_district(self.shown, oktmo)
        self.pictures.chosen = (oktmo, self.kind, self.pictures.chosen[2])

    def _spot_chosen(self, place: int) -> None:
        picture, code = self.shown, self.table.code_at(place)
        if picture is None or not code:
            self.spot_told.setText("")
            return
        spot = picture.coverage.spot(self.map.current, self.kind, code)
        title = opened_spots.title_of(picture, self.kind, code)
        self.spot_told.setText(f"{title[:1].upper()}{title[1:]}: {spot_words(picture, spot)}")
        self.pictures.chosen = (self.map.current, self.kind, code)

    # --- the way down

    def open_district(self, oktmo: str) -> None:
        """Enter on a tile: its needs and services, by the category or code that the map shows, else by all."""
        picture = self.shown
        if picture is None:
            return
        name, _, code = self.chooser.measure.partition(":")
        if name in ("category", "code") and code and oktmo in picture.reported:
            self.open_down(opened_spots.of_spot(picture, oktmo, self.kind, code))
        else:
            self.open_down(opened_spots.of_district(picture, oktmo, self.kind))
        self._from: QWidget = self.map

    def _open_spot(self, place: int) -> None:
        picture, code = self.shown, self.table.code_at(place)
        if picture is not None and code:
            self._from = self.table
            self.open_down(opened_spots.of_spot(picture, self.map.current, self.kind, code))

    def _open_hole(self, place: int) -> None:
        picture = self.shown
        if picture is not None and 0 <= place < len(picture.coverage.holes):
            self._from = self.holes
            self.open_down(opened_spots.of_hole(picture, picture.coverage.holes[place]))

    def export(self) -> None:
        """The figures of the map as a table: it opens, and Ctrl+E again writes it."""
        if self.shown is not None and not self.shown.is_empty:
            self.open_down(opened_map(self.shown, measure_of(self.shown, self.chooser.measure), self.kind))

    def focus_work(self) -> None:
        came = getattr(self, "_from", self.map)
        if isinstance(came, TileMap):
            came.take_focus()
        else:
            came.setFocus(Qt.FocusReason.OtherFocusReason)
        self._from = self.map

    def panes(self) -> list[QWidget]:
        tile = self.map.tiles.get(self.map.current)
        return [pane for pane in (self.chooser, tile, self.holes, self.table, self.opened.back) if pane is not None]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list_.setVisible(self.height() >= LOW)
        self.spot_told.setVisible(self.width() >= NARROW)
        self.left.setFixedWidth(max(self.left.minimumSizeHint().width(), min(620, int(self.width() * 0.49))))


def _days(count: int) -> str:
    return plural(count, "день", "дня", "дней")


def opened_map(picture: Picture, measure: Measure, kind: Kind):
    """The map as a table: what a screen reader and Excel take."""
    from app.ui.region.opened import Opened
    from app.ui.region.opened_rows import Table

    rows, deeper = [], {}
    for place, one in enumerate(picture.districts):
        told = measure.told.get(one.oktmo)
        deeper[place] = lambda oktmo=one.oktmo: opened_spots.of_district(picture, oktmo, kind)
        rows.append((picture.name(one.oktmo), told.text if told else "—", told.words if told else "нет отчёта",
                     integer(len(picture.holes(one.oktmo)))))  # fmt: skip
    heads = (("Район", 240), (measure.unit, 220), ("Что это", 420), ("Не закрыто категорий", 160))
    return Opened(measure.title, picture.quarter.title, (Table("Районы", heads, tuple(rows), 2, (1, 3)),), deeper)
