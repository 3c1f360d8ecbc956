"""The grid of a return: heads of two lines with the number row, computed cells white, typed ones tinted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPolygon
from PySide6.QtWidgets import QAbstractItemView

from app.ui.pages.return_sheets import Cell, Sheet
from app.ui.russian_qt import font
from app.ui.table_view import LINE, Cells, Head, Table, in_lines
from app.ui.theme import colour

ROW, MOST_LINES = 28, 4
"""Px of a row of one line; a name has no more than four."""
HEAD, NUMBERS = 44, 20
NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class SheetModel(QAbstractTableModel):
    """One sheet.  found: cell name -> tone of the finding that names it."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet("", (), ())
        self.found: dict[str, str] = {}

    def show_sheet(self, sheet: Sheet, found: dict[str, str]) -> None:
        self.beginResetModel()
        self.sheet, self.found = sheet, found
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.sheet.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.sheet.columns)

    def cell(self, row: int, column: int) -> Cell:
        cells = self.sheet.lines[row].cells
        return cells[column] if column < len(cells) else Cell()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.cell(index.row(), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell.text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if cell.right else LEFT
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.sheet.columns):
            return None
        column = self.sheet.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.right else LEFT
        return None


class GridCells(Cells):
    """Vertical lines, tints of typed and found cells, the ring of the current one."""

    def paint(self, painter: QPainter, option, index) -> None:
        model: SheetModel = index.model()
        line = model.sheet.lines[index.row()]
        rect = option.rect
        painter.save()
        if line.head:
            painter.fillRect(rect, colour("raised"))
            if index.column() == 0:
                painter.setFont(font(13, bold=True))
                painter.setPen(colour("text"))
                whole = QRect(rect.left() + 8, rect.top(), self.parent().viewport().width() - 16, rect.height())
                painter.setClipping(False)
                painter.drawText(whole, int(LEFT), line.cells[0].text)
        else:
            self._paint_cell(painter, rect, index, model)
        painter.setPen(colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if not line.head:
            painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.restore()

    def _paint_cell(self, painter: QPainter, rect: QRect, index, model: SheetModel) -> None:
        cell = model.cell(index.row(), index.column())
        tone = model.found.get(cell.name, "") if cell.name else ""
        painter.fillRect(rect, colour(f"{tone}_soft" if tone else "edit" if cell.typed else "surface"))
        if tone:
            corner = rect.topLeft()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(f"{tone}_line"))
            painter.drawPolygon(QPolygon([corner, corner + QPoint(9, 0), corner + QPoint(0, 9)]))
        painter.setFont(font(14))
        strong = cell.right or index.column() == model.sheet.fill
        painter.setPen(colour("muted" if cell.text == "×" else "text" if strong else "text2"))
        box = rect.adjusted(8 + 12 * cell.indent, 0, -8, 0)
        if rect.height() > ROW and index.column() == model.sheet.fill:
            shown = "\n".join(in_lines(cell.text, painter.fontMetrics(), box.width(), MOST_LINES))
        else:
            shown = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(RIGHT if cell.right else LEFT), shown)
        if self.parent().currentIndex() == index:
            pen = painter.pen()
            pen.setColor(colour("accent"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))


class GridHead(Head):
    """Two lines of words and, under them, the numbers of the columns."""

    def __init__(self, parent) -> None:
        super().__init__(parent, HEAD)
        self.numbered = False

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEAD + (NUMBERS if self.numbered else 0))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        upper = QRect(rect.left(), rect.top(), rect.width(), HEAD)
        super().paintSection(painter, upper, section)
        painter.save()
        painter.setPen(colour("line"))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if self.numbered:
            lower = QRect(rect.left(), upper.bottom(), rect.width(), NUMBERS)
            painter.fillRect(lower, colour("raised"))
            painter.setFont(font(12))
            painter.setPen(colour("text2"))
            painter.drawText(lower, int(Qt.AlignmentFlag.AlignCenter), str(section + 1))
            painter.setPen(colour("line"))
            painter.drawRect(lower.adjusted(-1, 0, -1, 0))
        painter.restore()


class ReturnGrid(Table):
    """The cells of one sheet.  asked(name): Enter on a cell; moved(name): another cell is current."""

    asked = Signal(str)
    moved = Signal(str)
    typed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(row_height=ROW, head_height=HEAD)
        self.model_ = SheetModel()
        self.setItemDelegate(GridCells(self))
        self.head = GridHead(self)
        self.head.setSectionsClickable(False)
        self.setHorizontalHeader(self.head)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setModel(self.model_)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.doubleClicked.connect(lambda _index: self._ask())

    def show_sheet(self, sheet: Sheet, found: dict[str, str]) -> None:
        self.model_.show_sheet(sheet, found)
        self.head.numbered = sheet.numbered
        self.lay_columns([column.width for column in sheet.columns], sheet.fill)
        self.clearSpans()
        for row, line in enumerate(sheet.lines):
            if line.head and len(sheet.columns) > 1:
                self.setSpan(row, 0, 1, len(sheet.columns))
        self.updateGeometries()
        self.scrollToTop()

    def _spread(self) -> None:
        """A row whose name needs more lines of its column gets them."""
        super()._spread()
        metrics, fill = QFontMetrics(font(14)), self.model_.sheet.fill
        for row, line in enumerate(self.model_.sheet.lines):
            name = line.cells[fill] if fill < len(line.cells) and not line.head else Cell()
            room = self.columnWidth(fill) - 16 - 12 * name.indent
            height = ROW + LINE * (len(in_lines(name.text, metrics, room, MOST_LINES)) - 1)
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)

    def go_to(self, name: str) -> bool:
        """Make a cell current; a row's code alone names its figure of the quarter."""
        place = self.model_.sheet.place(name) or self.model_.sheet.place(f"{name}.quarter")
        if place is None:
            return False
        self.setCurrentIndex(self.model_.index(*place))
        self.updateGeometries()
        self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.EnsureVisible)  # names stay in sight
        middle = self.visualRect(self.currentIndex()).center().y() - self.viewport().height() // 2
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + middle)
        return True

    def go_to_first(self, *, typed_first: bool) -> None:
        """A found cell, else the first typed one, else the first figure (LOOK, «focus goes»)."""
        cells = [c.name for line in self.model_.sheet.lines for c in line.cells if "." in c.name]
        found = [name for name in cells if name in self.model_.found]
        typed = [c.name for line in self.model_.sheet.lines for c in line.cells if c.typed and "." in c.name]
        for name in (found or (typed_first and typed) or cells)[:1]:
            self.go_to(name)
        if not found:
            self.scrollToTop()
            self.horizontalScrollBar().setValue(0)

    @property
    def cell(self) -> Cell:
        index = self.currentIndex()
        return self.model_.cell(index.row(), index.column()) if index.isValid() else Cell()

    def _current_changed(self) -> None:
        self.viewport().update()
        self.moved.emit(self.cell.name)

    def _ask(self) -> None:
        if self.cell.name:
            self.asked.emit(self.cell.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._ask()
        elif self.cell.typed and event.text().isprintable() and event.text() and not event.modifiers():
            self.typed.emit(self.cell.name, event.text())
        else:
            QAbstractItemView.keyPressEvent(self, event)
