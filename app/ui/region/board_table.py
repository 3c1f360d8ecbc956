"""The board itself: districts × quarters or years, one cell at a time under the arrows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QWidget

from app.core.periods import Quarter
from app.core.russian import day, percents
from app.region.completeness import Completeness
from app.ui import icons
from app.ui.region.board_words import Look, look, year_look
from app.ui.region.intake_words import district, short_quarter
from app.ui.russian_qt import font
from app.ui.table_view import CENTRE, PADDING, Cells, Table
from app.ui.theme import colour
from app.usecases.region_calls import Call
from app.usecases.region_grid import GridPlace, GridRow

NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
ROW, LOW_ROW = 28, 24
NAME_WIDTH, LATEST, OTHER, FILLED, CALLED = 164, 118, 92, 84, 92
Column = Quarter | int


class BoardModel(QAbstractTableModel):
    """A row a district: its name, a place for each quarter (or year), how full the return is, the last call."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[GridRow] = ()
        self.columns: Sequence[Column] = ()
        self.filled: Mapping[str, Completeness] = {}
        self.calls: Mapping[tuple[str, Quarter], Call] = {}
        self.quarter: Quarter | None = None  # whose fullness and calls are shown
        self._looks: dict[tuple[int, int], Look] = {}

    def show(
        self, rows: Sequence[GridRow], columns: Sequence[Column], calls: Mapping[tuple[str, Quarter], Call]
    ) -> None:
        self.beginResetModel()
        self.rows, self.columns, self.calls = rows, columns, calls
        self._looks.clear()
        self.endResetModel()

    def show_filled(self, quarter: Quarter | None, filled: Mapping[str, Completeness]) -> None:
        self.quarter, self.filled = quarter, filled
        column = len(self.columns) + 1
        self.dataChanged.emit(self.index(0, column), self.index(max(0, self.rowCount() - 1), column + 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, column, column + 1)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns) + 3

    def column_at(self, column: int) -> Column | None:
        """The quarter or year of a column; None for the others."""
        return self.columns[column - 1] if 1 <= column <= len(self.columns) else None

    def place_at(self, row: int, quarter: Quarter | None) -> GridPlace | None:
        if not 0 <= row < len(self.rows):
            return None
        return next((place for place in self.rows[row].places if place.quarter == quarter), None)

    def look_at(self, row: int, column: int) -> Look | None:
        """What a cell of a quarter or a year shows."""
        which = self.column_at(column)
        if which is None:
            return None
        if (row, column) not in self._looks:
            place = self.place_at(row, which) if isinstance(which, Quarter) else None
            one = self.rows[row]
            self._looks[row, column] = (
                look(one, place) if place is not None else year_look(one, which if isinstance(which, int) else 0)
            )
        return self._looks[row, column]

    def _code(self, row: int) -> str:
        place = self.place_at(row, self.quarter)
        return place.oktmo if place is not None else ""

    def filled_at(self, row: int) -> str:
        found = self.filled.get(self._code(row))
        return "" if found is None or found.percent is None else percents(found.percent)

    def _call(self, row: int) -> Call | None:
        return self.calls.get((self._code(row), self.quarter)) if self.quarter is not None else None

    def called_at(self, row: int) -> str:
        call = self._call(row)
        return f"{call.on:%d.%m}" if call is not None else ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column == len(self.columns) + 1:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if column == 0:
            return district(self.rows[row].name)
        found = self.look_at(row, column)
        if found is not None:
            return found.text if role == Qt.ItemDataRole.DisplayRole else found.said
        return self._beside(row, column, role)

    def _beside(self, row: int, column: int, role: int) -> str:
        """How full the return is, and the last call."""
        named = district(self.rows[row].name)
        if column == len(self.columns) + 1:
            text = self.filled_at(row)
            return text if role == Qt.ItemDataRole.DisplayRole else f"{named}: заполнено {text or 'нечего считать'}"
        text, call = self.called_at(row), self._call(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        return f"{named}: звонок {day(call.on)}, {call.whom}: {call.said}" if call else f"{named}: звонков нет"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == len(self.columns) + 1 else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        which = self.column_at(section)
        if which is not None:
            return short_quarter(which) if isinstance(which, Quarter) else f"{which}\u00a0год"
        return "Территория" if section == 0 else "Заполнено" if section == len(self.columns) + 1 else "Звонок"


class BoardCells(Cells):
    """The place as an icon and a word; only what needs work has a tint; the current one has a ring."""

    def paint(self, painter: QPainter, option: Any, index: Any) -> None:
        table = self.parent()
        model: BoardModel = index.model()
        current = table.currentIndex()
        in_row = current.row() == index.row()
        found = model.look_at(index.row(), index.column())
        painter.save()
        ground = found.tint if found is not None and found.tint else "select" if in_row else ""
        painter.fillRect(option.rect, colour(ground or ("alt" if index.row() % 2 else "surface")))
        if in_row and index.column() == 0:
            painter.fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), colour("accent"))
        if found is not None:
            self._paint_place(painter, option.rect, found)
        else:
            self.paint_text(painter, option.rect, index, in_row)
        if current == index and index.column():
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
        painter.restore()

    @staticmethod
    def _paint_place(painter: QPainter, rect: QRect, found: Look) -> None:
        left = rect.left() + PADDING
        if found.icon:
            painter.drawPixmap(left, rect.center().y() - 7, icons.pixmap(found.icon, found.tone, 16))
            left += 22
        urgent = found.tint == "err_soft"
        painter.setFont(font(14, bold=urgent))
        painter.setPen(colour(found.tone if found.tint else "text2"))
        room = rect.right() - left - 2
        shown = painter.fontMetrics().elidedText(found.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, rect.top(), room, rect.height()), CENTRE, shown)


class BoardTable(Table):
    """Arrows walk it cell by cell.  moved: the current cell is another."""

    moved = Signal()

    def __init__(self) -> None:
        super().__init__(row_height=ROW, name="Доска отчётов: районы и периоды")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setMinimumWidth(320)
        self.cells = BoardCells(self)
        self.setItemDelegate(self.cells)

    def setModel(self, model: Any) -> None:
        super().setModel(model)
        self.selectionModel().currentChanged.connect(self._moved)

    def _moved(self, *_: object) -> None:
        self.viewport().update()  # the whole row has its ground
        self.moved.emit()

    def choose_cell(self, row: int, column: int) -> None:
        model = self.model()
        if 0 <= row < model.rowCount():
            self.setCurrentIndex(model.index(row, max(0, min(column, model.columnCount() - 1))))
            self.scrollTo(self.currentIndex())

    def lay(self, number: int, latest: int) -> None:
        """Columns of so many periods; `latest` is the one that is wider."""
        periods = [LATEST if column == latest else OTHER for column in range(1, number + 1)]
        least = [110 if column == latest else 84 for column in range(1, number + 1)]
        self.lay_columns([NAME_WIDTH, *periods, FILLED, CALLED], 0, [130, *least, 78, 70])

    def set_row_height(self, height: int) -> None:
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)


class BoardTotals(QWidget):
    """The bold line under the board: each total under its column."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._table = table
        self._words, self._told = "", dict[int, str]()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(32)
        table.horizontalHeader().sectionResized.connect(lambda *_: self.update())

    def show_totals(self, words: str, told: Mapping[int, str]) -> None:
        self._words, self._told = words, dict(told)
        self.setAccessibleName(" · ".join((words, *self._told.values())))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 32)

    def paintEvent(self, _event: Any) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, colour("line"))
        painter.setFont(font(14, bold=True))
        painter.setPen(colour("text"))
        last = max(self._told, default=0)
        for column, text in {0: self._words, **self._told}.items():
            left, width = self._table.columnViewportPosition(column), self._table.columnWidth(column)
            side = Qt.AlignmentFlag.AlignRight if column == last and column else Qt.AlignmentFlag.AlignLeft
            box = QRect(left + PADDING, 0, width - 2 * PADDING, self.height())
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width() + PADDING)
            painter.drawText(box.adjusted(0, 0, PADDING if side == Qt.AlignmentFlag.AlignLeft else 0, 0),
                             int(side | Qt.AlignmentFlag.AlignVCenter), shown)  # fmt: skip
        painter.end()


