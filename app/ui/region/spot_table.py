"""A district over the columns of the matrix: demand, covered, percent on the ramp, served, centres."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter

from app.core.russian import integer
from app.region.coverage import Kind, Spot
from app.region.sums import added
from app.ui.region.opened_spots import title_of
from app.ui.region.picture import Picture
from app.ui.region.ramp_cells import paint_step
from app.ui.region.shown_figures import HOLE_WORDS, NO_RETURN, coverage_told, spot_words
from app.ui.short_words import short_centre
from app.ui.table_view import Cells, Table

NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
HEADS = ("", "Нуждаются", "Покрыто", "%", "Получили", "Центры")
WIDTHS = (194, 82, 67, 58, 73, 140)
PERCENT, CENTRES = 3, 5
ROOM = 470  # px under which only the title and the percent stand
HIGH = 28


class _Spots(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.picture: Picture | None = None
        self.oktmo = ""
        self.kind: Kind = "category"
        self.codes: tuple[str, ...] = ()

    def show_district(self, picture: Picture, oktmo: str, kind: Kind) -> None:
        self.beginResetModel()
        self.picture, self.oktmo, self.kind = picture, oktmo, kind
        self.codes = tuple(code for code, _ in picture.heads(kind))
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.codes)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def spot(self, row: int) -> Spot | None:
        assert self.picture is not None
        return self.picture.coverage.spot(self.oktmo, self.kind, self.codes[row])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if index.column() in (0, CENTRES) else RIGHT
        if self.picture is None:
            return None
        spot = self.spot(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), index.column(), spot)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            title = self._text(index.row(), 0, spot)
            hole = HOLE_WORDS[self.picture.hole_of(spot)] if spot is not None else ""
            return f"{title}{hole}: {spot_words(self.picture, spot)}"
        return None

    def _text(self, row: int, column: int, spot: Spot | None) -> str:
        assert self.picture is not None
        if column == 0:
            title = title_of(self.picture, self.kind, self.codes[row])
            return title[:1].upper() + title[1:]
        if spot is None:
            return NO_RETURN if column == PERCENT else ""
        match column:
            case 1:
                return "" if spot.demand.value is None else integer(int(spot.demand.value))
            case 2:
                return "" if spot.covered is None else integer(spot.covered)
            case 3:
                return coverage_told(added([spot])).text
            case 4:
                return "" if spot.served.value is None else integer(int(spot.served.value))
        return ", ".join(short_centre(self.picture.centre(one)) for one in spot.centres)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return ("Категория" if self.kind == "category" else "Услуга") if section == 0 else HEADS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if section in (0, CENTRES) else RIGHT
        return None


class _Painted(Cells):
    def paint(self, painter: QPainter, option, index) -> None:
        if index.column() != PERCENT:
            super().paint(painter, option, index)
            return
        chosen = self.parent().currentIndex().row() == index.row()
        painter.save()
        self.paint_ground(painter, option.rect, index, chosen)
        painter.restore()
        model: _Spots = index.model()
        spot = model.spot(index.row())
        if model.picture is not None and spot is not None:
            paint_step(painter, option.rect, coverage_told(added([spot])), hole=model.picture.hole_of(spot))


class SpotTable(Table):
    """opened(row): Enter on a spot."""

    def __init__(self) -> None:
        super().__init__(row_height=HIGH, name="Потребности района")
        self.spots = _Spots()
        self.setItemDelegate(_Painted(self))
        self.setModel(self.spots)
        self.lay_columns(list(WIDTHS), CENTRES, [120, 82, 67, 58, 73, 60])

    def show_district(self, picture: Picture, oktmo: str, kind: Kind) -> None:
        self.spots.show_district(picture, oktmo, kind)
        self.setAccessibleName(f"{picture.name(oktmo)}: потребности и услуги")
        self._fit()

    def _fit(self) -> None:
        narrow = self.viewport().width() < ROOM
        self._fill = 0 if narrow else CENTRES  # names of centres are the longest, where they stand
        for column in (1, 2, 4, CENTRES):
            if self.isColumnHidden(column) != narrow:
                self.setColumnHidden(column, narrow)

    def resizeEvent(self, event) -> None:
        self._fit()
        super().resizeEvent(event)

    def code_at(self, row: int) -> str:
        return self.spots.codes[row] if 0 <= row < len(self.spots.codes) else ""
