"""A sheet of a template as a grid of texts: letters above, numbers at the side, marks tinted, faults red."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPolygon
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from app.reports.template_book import column_letters, column_number, letters_of, row_of
from app.reports.template_view import CellView, SheetView
from app.ui.russian_qt import font
from app.ui.table_view import Cells, Head, Table
from app.ui.theme import colour

ROW, NUMBERS = 28, 44
LEAST, WIDEST = 64, 320  # px of a column
NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
MIDDLE = Qt.AlignmentFlag.AlignCenter
EMPTY = SheetView("", 0, 0, {}, (), (), {})


class TemplateModel(QAbstractTableModel):
    """One sheet; rows and columns of the model count from 0, those of the sheet from 1."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = EMPTY
        self.anchors: Mapping[tuple[int, int], tuple[int, int]] = {}

    def show_sheet(self, sheet: SheetView) -> None:
        self.beginResetModel()
        self.sheet = sheet
        self.anchors = {
            (row + down, column + across): (row, column)
            for row, column, rows, columns in sheet.spans
            for down in range(rows)
            for across in range(columns)
        }
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self.sheet.rows

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self.sheet.columns

    def cell(self, index: Index) -> CellView:
        """The cell of an index; a merged area is its first cell."""
        place = index.row() + 1, index.column() + 1
        place = self.anchors.get(place, place)
        return self.sheet.cells.get(place) or CellView(*place, "")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return ". ".join(part for part in (f"{cell.address}: {cell.text}", cell.fault) if part)
        return int(LEFT) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return column_letters(section + 1) if orientation == Qt.Orientation.Horizontal else str(section + 1)
        return int(MIDDLE) if role == Qt.ItemDataRole.TextAlignmentRole else None


class TemplateCells(Cells):
    """Marks on a soft ground, unknown ones red with a corner, the current cell in a ring."""

    def paint(self, painter: QPainter, option, index) -> None:
        cell: CellView = index.model().cell(index)
        rect: QRect = option.rect
        painter.save()
        ground = "err_soft" if cell.fault else "soft" if cell.marked else "surface"
        painter.fillRect(rect, colour(ground))
        if cell.fault:
            corner = rect.topLeft()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("err_line"))
            painter.drawPolygon(QPolygon([corner, corner + QPoint(9, 0), corner + QPoint(0, 9)]))
        painter.setFont(font(13))
        formula = cell.text.startswith("=")
        ink = "err" if cell.fault else "accent_text" if cell.marked else "text2" if formula else "text"
        painter.setPen(colour(ink))
        box = rect.adjusted(6, 0, -6, 0)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        words = painter.fontMetrics().elidedText(cell.text.replace("\n", " "), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, flags, words)
        painter.setPen(colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if self.parent().cell.address == cell.address:
            pen = painter.pen()
            pen.setColor(colour("accent"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()


class RowNumbers(QHeaderView):
    """Numbers of rows; one that repeats over a list is tinted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(ROW)
        self.setMinimumSectionSize(ROW)

    def sizeHint(self) -> QSize:
        return QSize(NUMBERS, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        repeats = section + 1 in self.model().sheet.lists
        painter.save()
        painter.fillRect(rect, colour("soft" if repeats else "raised"))
        painter.setFont(font(13, bold=repeats))
        painter.setPen(colour("accent_text" if repeats else "text2"))
        painter.drawText(rect, int(MIDDLE), f"{section + 1} ×" if repeats else str(section + 1))
        painter.setPen(colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.restore()


class TemplateGrid(Table):
    """pointed: Enter or a double click on a cell; edited: F2; cleared: Delete; moved: another cell is current."""

    pointed = Signal()
    edited = Signal()
    cleared = Signal()
    moved = Signal()

    def __init__(self) -> None:
        super().__init__(row_height=ROW)
        self.model_ = TemplateModel()
        self.setItemDelegate(TemplateCells(self))
        head = Head(self)
        head.setSectionsClickable(False)
        head.setDefaultAlignment(MIDDLE)
        self.setHorizontalHeader(head)
        self.setVerticalHeader(RowNumbers(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setModel(self.model_)
        self.setAccessibleName("Ячейки шаблона")
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.doubleClicked.connect(lambda _index: self.pointed.emit())

    def show_sheet(self, sheet: SheetView, address: str = "") -> None:
        """Show a sheet; address: the cell that is to be current, else the first one with words."""
        same = bool(address) and sheet.name == self.model_.sheet.name
        left, top = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.model_.show_sheet(sheet)
        self.clearSpans()
        for row, column, rows, columns in sheet.spans:
            self.setSpan(row - 1, column - 1, rows, columns)
        for column, width in enumerate(sheet.widths):
            self.setColumnWidth(column, max(LEAST, min(width, WIDEST)))
        if same:  # what she looks at stays where it is
            self.horizontalScrollBar().setValue(left)
            self.verticalScrollBar().setValue(top)
        if address:
            self.choose_cell(row_of(address), column_number(letters_of(address)))
            return
        row, column = next(iter(sheet.cells), (1, 1))
        self.setCurrentIndex(self.model_.index(row - 1, column - 1))
        self.scrollToTop()
        self.horizontalScrollBar().setValue(0)

    def _spread(self) -> None:
        """Columns are as wide as in the form, whatever room there is."""

    def choose_cell(self, row: int, column: int) -> None:
        """Make a cell current, by its row and column in the sheet."""
        index = self.model_.index(row - 1, column - 1)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    @property
    def cell(self) -> CellView:
        index = self.currentIndex()
        return self.model_.cell(index) if index.isValid() else CellView(1, 1, "")

    @property
    def list_key(self) -> str:
        """The list over which the current row repeats, '' for none."""
        return self.model_.sheet.lists.get(self.cell.row, "")

    def _current_changed(self) -> None:
        self.viewport().update()
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.pointed.emit()
            case Qt.Key.Key_F2:
                self.edited.emit()
            case Qt.Key.Key_Delete:
                self.cleared.emit()
            case _:
                QAbstractItemView.keyPressEvent(self, event)
