"""A table as this program draws it: own head, alternate rows, chosen row with a bar at its left."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from app.ui import icons
from app.ui.field_text import NOTHING, found_span
from app.ui.russian_qt import font
from app.ui.theme import colour

ROW, HEAD, PADDING, LINE, LEAST = 32, 32, 8, 18, 40
"""Px of a row, of the head, at either side of a text, of each further line of one, and of the narrowest column."""
MARKED = int(Qt.ItemDataRole.UserRole) + 1
"""The role by which a model says that a row is marked."""
CENTRE = int(Qt.AlignmentFlag.AlignVCenter)


def in_lines(text: str, metrics: QFontMetrics, width: int, most: int = 2) -> list[str]:
    """The text in lines of that width; what the last of them does not hold is cut with «…»."""
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and metrics.horizontalAdvance(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    held, rest = lines[: most - 1], " ".join(lines[most - 1 :])
    return [*held, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)] if rest else held


class Cells(QStyledItemDelegate):
    """Paints a cell; `sought` is tinted and underlined where it is found."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sought = ""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        self.paint_ground(painter, option.rect, index, chosen)
        self.paint_text(painter, option.rect, index, chosen)
        painter.restore()

    def paint_ground(self, painter: QPainter, rect: QRect, index, chosen: bool) -> None:
        marked = bool(index.data(MARKED))
        ground = "select" if chosen or marked else "alt" if index.row() % 2 else "surface"
        painter.fillRect(rect, colour(ground))
        if chosen and index.column() == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colour("accent"))
        if marked and index.column() == 0:
            mark = icons.pixmap("check", "accent_text", 16)
            painter.drawPixmap(rect.right() - 22, rect.center().y() - 8, mark)

    def paint_chips(self, painter: QPainter, rect: QRect, words: list[str], chosen: bool) -> None:
        """Marks as small labels; those that find no room are a tooltip."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(13))
        left = rect.left() + PADDING - 2
        for word in words:
            width = painter.fontMetrics().horizontalAdvance(word) + 12
            if left + width > rect.right() - 2:
                painter.setPen(colour("muted"))
                painter.drawText(QRect(left, rect.top(), 20, rect.height()), CENTRE, "…")
                break
            ground, ink = {"СОНКО": ("soft", "accent_text"), "ИОПУ": ("ok_soft", "ok")}.get(word, ("raised", "text2"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("surface" if chosen else ground))
            painter.drawRoundedRect(QRect(left, rect.center().y() - 9, width, 20), 4, 4)
            painter.setPen(colour(ink))
            painter.drawText(QRect(left + 6, rect.top(), width, rect.height()), CENTRE, word)
            left += width + 4

    def paint_text(self, painter: QPainter, rect: QRect, index, chosen: bool) -> None:
        words = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(words, list) and words:
            self.paint_chips(painter, rect, words, chosen)
            return
        text = str(index.data() or "").replace("\n", " ")
        flags = int(index.data(Qt.ItemDataRole.TextAlignmentRole) or CENTRE)
        box = rect.adjusted(PADDING, 0, -PADDING, 0)
        if index.column() == 0 and index.data(MARKED):
            box.setRight(box.right() - 20)
        painter.setFont(font(14))
        metrics = painter.fontMetrics()
        if not text:
            painter.setPen(colour("text2" if chosen else "muted"))
            painter.drawText(box, flags, NOTHING)
            return
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        span = found_span(shown, self.sought) if self.sought and not flags & int(Qt.AlignmentFlag.AlignRight) else None
        if span:
            start, length = span
            left = box.left() + metrics.horizontalAdvance(shown[:start])
            width = metrics.horizontalAdvance(shown[start : start + length])
            mark = QRect(left, box.center().y() - 10, width, 20)
            painter.fillRect(mark, colour("warn_soft"))
            painter.fillRect(QRect(left, mark.bottom(), width, 2), colour("warn_line"))
        painter.setPen(colour("text" if index.column() == 0 or chosen else "text2"))
        if flags & int(Qt.AlignmentFlag.AlignRight):
            painter.setPen(colour("text"))
        painter.drawText(box, flags, shown)

    def helpEvent(self, event, view, option, index) -> bool:
        """The whole text as a tooltip where the cell cuts it."""
        if event is not None and event.type() == QEvent.Type.ToolTip:
            text = str(index.data() or "")
            whole = str(index.data(Qt.ItemDataRole.ToolTipRole) or text)
            cut = view.fontMetrics().horizontalAdvance(text) > option.rect.width() - 2 * PADDING
            QToolTip.showText(event.globalPos(), whole if cut or whole != text else "", view)
            return True
        return super().helpEvent(event, view, option, index)


class Head(QHeaderView):
    """The painted head: aligned like its column, the sort arrow after the word."""

    def __init__(self, parent: QWidget, height: int = HEAD) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._height = height
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(LEAST)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, colour("raised"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour("line"))
        model = self.model()
        text = str(model.headerData(section, self.orientation()) or "")
        flags = int(model.headerData(section, self.orientation(), Qt.ItemDataRole.TextAlignmentRole) or CENTRE)
        sorted_ = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        box = rect.adjusted(PADDING, 0, -PADDING - (18 if sorted_ else 0), 0)
        painter.setFont(font(13, bold=True))
        painter.setPen(colour("text2"))
        wrap = int(Qt.TextFlag.TextWordWrap) if self._height > HEAD else 0
        shown = text if wrap else painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, flags | wrap, shown)
        if sorted_:
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            left = box.left() + painter.fontMetrics().horizontalAdvance(shown) + 4
            if flags & int(Qt.AlignmentFlag.AlignRight):
                left = box.right() + 4
            arrow = icons.pixmap("caret-up" if up else "caret-down", "text2", 12)
            painter.drawPixmap(left, rect.center().y() - 6, arrow)
        painter.restore()


class Table(QTableView):
    """Rows of fixed height; Enter opens, the row above the first goes back to the search."""

    opened = Signal(int)
    stepped_out = Signal()
    chosen = Signal(int)
    sized = Signal(int, int)  # a column was given a width by hand

    def __init__(self, row_height: int = ROW, head_height: int = HEAD, name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.cells = Cells(self)
        self.setItemDelegate(self.cells)
        self.setHorizontalHeader(Head(self, head_height))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.verticalHeader().setMinimumSectionSize(row_height)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self._widths: list[int] = []
        self._least: list[int] = []
        self._fill = 0
        self._spreading = False
        self.horizontalHeader().sectionResized.connect(self._resized)

    def setModel(self, model) -> None:
        super().setModel(model)
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.chosen.emit(now.row()))

    def lay_columns(self, widths: list[int], fill: int, least: list[int] | None = None) -> None:
        """Widths in px; column `fill` takes what is left (-1: none does); where room lacks, columns shrink to least."""
        self._widths, self._fill, self._least = list(widths), fill, list(least or widths)
        self._spread()

    def _spread(self) -> None:
        if not self._widths:
            return
        hidden = {c for c in range(len(self._widths)) if self.isColumnHidden(c)}
        shown = [c for c in range(len(self._widths)) if c not in hidden]
        rest = self.viewport().width() - sum(self._widths[c] for c in shown)
        give = sum(self._widths[c] - self._least[c] for c in shown)
        share = min(1.0, -rest / give) if rest < 0 and give else 0.0
        self._spreading = True
        for column, (width, least) in enumerate(zip(self._widths, self._least, strict=True)):
            if column in hidden:
                continue
            taken = ceil((width - least) * share)
            self.setColumnWidth(column, width - taken + (max(0, rest) if column == self._fill else 0))
        self._spreading = False

    def _resized(self, column: int, old: int, new: int) -> None:
        """The edge of a head was dragged: that width stays, whatever room there is."""
        if self._spreading or not (old and new) or column >= len(self._widths):
            return
        self._widths[column] = self._least[column] = new
        if column == self._fill:
            self._fill = -1
        self.sized.emit(column, new)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._spread()

    def setColumnHidden(self, column: int, hide: bool) -> None:
        super().setColumnHidden(column, hide)
        self._spread()

    def choose(self, row: int) -> None:
        if 0 <= row < self.model().rowCount():
            self.setCurrentIndex(self.model().index(row, 0))
            self.scrollTo(self.currentIndex())

    @property
    def row(self) -> int:
        return self.currentIndex().row()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.row >= 0:
            self.opened.emit(self.row)
        elif event.key() == Qt.Key.Key_Up and self.row <= 0:
            self.stepped_out.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()
            self.horizontalHeader().viewport().update()
