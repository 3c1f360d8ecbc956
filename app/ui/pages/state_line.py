"""The states of a return from left to right: done ones ticked, the current in bold with a ring."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import icons
from app.ui.russian_qt import font
from app.ui.theme import colour


class StateLine(QWidget):
    """steps in order; `now` is the current one, those before it are done.  warned: the current one is amber."""

    def __init__(self, steps: tuple[str, ...]) -> None:
        super().__init__()
        self._steps = steps
        self.now = 0
        self.warned = False
        self.setFixedHeight(28)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def show_step(self, now: int) -> None:
        self.now = now
        self.setAccessibleName(f"Состояние: {self._steps[min(now, len(self._steps) - 1)]}")
        self.update()

    def show_steps(self, steps: tuple[str, ...], now: int, *, warned: bool = False) -> None:
        """Other words for the steps, and where they are."""
        self._steps, self.warned = steps, warned
        self.updateGeometry()
        self.show_step(now)

    def sizeHint(self) -> QSize:
        self.setFont(font(14, bold=True))
        words = sum(self.fontMetrics().horizontalAdvance(step) + 56 for step in self._steps)
        return QSize(words, 28)

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 1.0
        for place, step in enumerate(self._steps):
            done, current = place < self.now, place == self.now
            ring = QRectF(left, 4, 20, 20)
            pen = painter.pen()
            warned = current and self.warned
            pen.setColor(colour("warn_line" if warned else "accent" if done or current else "field"))
            pen.setWidthF(2 if current else 1.5)
            painter.setPen(pen)
            painter.setBrush(colour("accent" if done else "warn_soft" if warned else "soft" if current else "ground"))
            painter.drawEllipse(ring)
            if done:
                painter.drawPixmap(int(left + 4), 8, icons.pixmap("check", "on_accent", 12))
            else:
                painter.setFont(font(12, bold=True))
                painter.setPen(colour("warn" if warned else "accent_text" if current else "muted"))
                painter.drawText(ring, int(Qt.AlignmentFlag.AlignCenter), str(place + 1))
            painter.setFont(font(14, bold=current))
            painter.setPen(colour("warn" if warned else "text" if current else "text2"))
            width = painter.fontMetrics().horizontalAdvance(step)
            words = QRectF(left + 27, 0, width + 4, 28)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), step)
            left = words.right() + 2
            if place < len(self._steps) - 1:
                painter.setPen(colour("accent" if done else "line"))
                painter.drawLine(int(left), 14, int(left + 14), 14)
                left += 20
        painter.end()
