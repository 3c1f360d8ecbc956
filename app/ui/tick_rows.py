"""Lines of a list with ticks, painted by tokens: in the dark theme Fusion's own boxes cannot be seen."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui import icons
from app.ui.theme import colour

BOX, LEFT, GAP = 16, 4, 8


class TickRows(QStyledItemDelegate):
    """A box where an item has a tick, and its words, cut with «…»."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect = option.rect
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour("select"))
        left = rect.left() + LEFT
        ticked = index.data(Qt.ItemDataRole.CheckStateRole)
        if ticked is not None:
            on = Qt.CheckState(ticked) == Qt.CheckState.Checked
            box = QRectF(left + 0.5, rect.center().y() - BOX / 2 + 0.5, BOX - 1, BOX - 1)
            pen = painter.pen()
            pen.setColor(colour("accent" if on else "field"))
            painter.setPen(pen)
            painter.setBrush(colour("accent" if on else "surface"))
            painter.drawRoundedRect(box, 3, 3)
            if on:
                painter.drawPixmap(left + 2, rect.center().y() - 6, icons.pixmap("check", "on_accent", 12))
            left += BOX + GAP
        painter.setPen(colour("text"))
        room = rect.adjusted(left - rect.left(), 0, -6, 0)
        shown = painter.fontMetrics().elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()
