"""Rows of «Найти всё»: heads with counts, records with the found piece tinted, what a record is about beside it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate

from app.ui import icons
from app.ui.field_text import found_span
from app.ui.russian_qt import font
from app.ui.theme import colour

FOUND = int(Qt.ItemDataRole.UserRole) + 1
ROW, HEAD, SIDE = 34, 28, 12
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Found:
    """One row.  A head has its count as the hint; key: the shortcut of a command."""

    title: str
    hint: str
    icon: str = ""
    head: bool = False
    key: str = ""


class FoundRows(QStyledItemDelegate):
    """Paints them; `line` holds what is sought."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line

    def sizeHint(self, option, index) -> QSize:
        return QSize(200, HEAD if index.data(FOUND).head else ROW)

    def paint(self, painter: QPainter, option, index) -> None:
        found: Found = index.data(FOUND)
        painter.save()
        if found.head:
            self._paint_head(painter, option.rect, found)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.fillRect(option.rect, colour("select" if chosen else "surface"))
            self._paint_record(painter, option.rect.adjusted(SIDE, 0, -SIDE, 0), found, chosen=chosen)
        painter.restore()

    def _paint_head(self, painter: QPainter, rect: QRect, found: Found) -> None:
        painter.fillRect(rect, colour("raised"))
        box = rect.adjusted(SIDE, 0, -SIDE, 0)
        painter.setFont(font(13, bold=True))
        painter.setPen(colour("text2"))
        painter.drawText(box, MIDDLE, found.title)
        painter.setFont(font(13))
        painter.drawText(box, MIDDLE | int(Qt.AlignmentFlag.AlignRight), found.hint)

    def _paint_record(self, painter: QPainter, box: QRect, found: Found, *, chosen: bool) -> None:
        key = found.key or ("Enter" if chosen else "")
        if key:
            painter.setFont(font(13))
            painter.setPen(colour("text2" if chosen else "muted"))
            painter.drawText(box, MIDDLE | int(Qt.AlignmentFlag.AlignRight), key)
            box.setRight(box.right() - painter.fontMetrics().horizontalAdvance(key) - 16)
        painter.drawPixmap(box.left(), box.center().y() - 9, icons.pixmap(found.icon, "text2", 20))
        box.setLeft(box.left() + 32)
        left = self._paint_sought(painter, box, found.title, size=14, tone="text", least=120 if found.hint else 0)
        box.setLeft(left + 8)
        if box.width() > 40:
            self._paint_sought(painter, box, found.hint, size=13, tone="text2" if chosen else "muted", least=0)

    def _paint_sought(self, painter: QPainter, box: QRect, text: str, *, size: int, tone: str, least: int) -> int:
        """The text with the sought piece bold on a tint; returns where it ends.  least: px left to what follows."""
        painter.setFont(font(size))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width() - least)
        start, length = found_span(shown, self._line.text()) or (0, 0)
        left = box.left()
        for piece, sought in ((shown[:start], False), (shown[start : start + length], True),
                              (shown[start + length :], False)):  # fmt: skip
            painter.setFont(font(size, bold=sought))
            width = painter.fontMetrics().horizontalAdvance(piece)
            if sought and piece:
                mark = QRect(left, box.center().y() - 10, width, 20)
                painter.fillRect(mark, colour("warn_soft"))
                painter.fillRect(QRect(left, mark.bottom(), width, 2), colour("warn_line"))
            painter.setPen(colour("text" if sought else tone))
            painter.drawText(QRect(left, box.top(), width + 2, box.height()), MIDDLE, piece)
            left += width
        return left
