"""Bars: one series, the last or first in accent, the figure at each bar; a bar is read out as a row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.russian import integer
from app.ui.russian_qt import font
from app.ui.theme import colour


class _Bars(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[tuple[str, int]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_rows(self, rows: Sequence[tuple[str, int]]) -> None:
        self.rows = rows
        self.setAccessibleDescription("; ".join(f"{name}: {count}" for name, count in rows))
        self.update()

    def paint_nothing(self, painter: QPainter) -> None:
        """Where there is nothing to count yet."""
        painter.setFont(font(13))
        painter.setPen(colour("muted"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), "Данных пока нет")

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 60)


class Columns(_Bars):
    """Upright bars of a time: the last one is now."""

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if any(count for _, count in self.rows):
            self._paint(painter)
        else:
            self.paint_nothing(painter)
        painter.end()

    def _paint(self, painter: QPainter) -> None:
        step = self.width() / len(self.rows)
        floor, ceiling = self.height() - 26, 22
        most = max((count for _, count in self.rows), default=0) or 1
        painter.setPen(colour("line"))
        painter.drawLine(0, floor, self.width(), floor)
        for place, (name, count) in enumerate(self.rows):
            last = place == len(self.rows) - 1
            height = (floor - ceiling) * count / most
            bar = QRectF(place * step + step * 0.15, floor - height, step * 0.7, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent" if last else "bar"))
            painter.drawRoundedRect(bar, 2, 2)
            painter.setFont(font(13, bold=last))
            painter.setPen(colour("text"))
            over = QRectF(place * step, bar.top() - 20, step, 18)
            painter.drawText(over, int(Qt.AlignmentFlag.AlignCenter), integer(count))
            painter.setPen(colour("text" if last else "text2"))
            painter.drawText(QRectF(place * step, floor + 4, step, 20), int(Qt.AlignmentFlag.AlignCenter), name)


class Rows(_Bars):
    """Lying bars of a ranking: the first one is the largest."""

    LABEL, ROW = 128, 28

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.rows:
            self.paint_nothing(painter)
        shown = self.rows[: max(1, self.height() // self.ROW)]
        most = max((count for _, count in shown), default=0) or 1
        room = self.width() - self.LABEL - 44
        for place, (name, count) in enumerate(shown):
            top = place * self.ROW
            painter.setFont(font(13))
            painter.setPen(colour("text2"))
            text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, self.LABEL - 8)
            painter.drawText(QRectF(0, top, self.LABEL, self.ROW), int(Qt.AlignmentFlag.AlignVCenter), text)
            bar = QRectF(self.LABEL, top + 5, max(2.0, room * count / most), 18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent" if place == 0 else "bar"))
            painter.drawRoundedRect(bar, 2, 2)
            painter.setFont(font(13, bold=place == 0))
            painter.setPen(colour("text"))
            beside = QRectF(bar.right() + 7, top, 44, self.ROW)
            painter.drawText(beside, int(Qt.AlignmentFlag.AlignVCenter), integer(count))
        painter.end()
