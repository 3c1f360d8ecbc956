"""Cells tinted by the ramp: a figure, a triangle for a hole, «·» for no need; their legend."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import icons
from app.ui.region.shown_figures import Told
from app.ui.region.tile_map import ground_of, ink_of
from app.ui.russian_qt import font
from app.ui.theme import colour

RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def paint_step(
    painter: QPainter, rect: QRect, told: Told, *, hole: str, beside: str = "", current: bool = False
) -> None:
    """One cell.  hole: `none` on amber, `old` with a triangle on its step.  beside: small words at its left."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5)
    ink = ink_of(told.step)
    if hole == "none":
        painter.setBrush(colour("warn_soft"))
        painter.setPen(QPen(colour("warn_line"), 1))
        painter.drawRoundedRect(box, 3, 3)
        ink = colour("warn")
    elif told.step:
        painter.setBrush(ground_of(told.step))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, 3, 3)
    if hole:
        triangle = icons.pixmap("warning", ink.name(), 13)
        painter.drawPixmap(int(box.left()) + 3, int(box.center().y()) - 6, triangle)
    painter.setPen(ink)
    figures = told.text[:1].isdigit()
    painter.setFont(font(13 if figures or len(told.text) < 3 else 12, bold=hole == "none"))
    if figures:
        painter.drawText(box.adjusted(0, 0, -6, 0), RIGHT, told.text)
    else:
        words = painter.fontMetrics().elidedText(told.text, Qt.TextElideMode.ElideRight, int(box.width()) - 6)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
    if beside and figures:
        taken = painter.fontMetrics().horizontalAdvance(told.text) + 9
        painter.setFont(font(12))
        left = box.adjusted(18 if hole else 6, 0, -taken, 0)
        if painter.fontMetrics().horizontalAdvance(beside) <= left.width():
            painter.drawText(left, LEFT, beside)
    if current:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("text" if told.step == 5 and hole != "none" else "accent"), 2))
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 3, 3)
    painter.restore()


class Legend(QWidget):
    """The five steps in words, then what the triangle and the dot mean."""

    def __init__(self) -> None:
        super().__init__()
        self._unit, self._tail = "", ""
        self._steps: tuple[str, ...] = ()
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, unit: str, steps: tuple[str, ...], tail: str = "") -> None:
        self._unit, self._steps, self._tail = unit, steps, tail
        told = "; ".join(f"ступень {place}: {words}" for place, words in enumerate(steps, 1) if words)
        self.setAccessibleName(f"Обозначения: {unit}. {told}. {tail}")
        self.setToolTip(f"{unit}: {', '.join(filter(None, steps))}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 24)

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(12))
        metrics, left, middle = painter.fontMetrics(), 0, int(Qt.AlignmentFlag.AlignVCenter)
        steps = [words for words in self._steps if words]
        whole = metrics.horizontalAdvance(self._unit) + 12 + sum(
            metrics.horizontalAdvance(words) + 34 for words in steps
        )
        painter.setPen(colour("text2"))
        if whole <= self.width():
            painter.drawText(QRect(0, 0, self.width(), self.height()), middle, self._unit)
            left = metrics.horizontalAdvance(self._unit) + 12
        for place, words in enumerate(self._steps, 1):
            if not words:
                continue
            painter.setBrush(ground_of(place))
            painter.setPen(QPen(colour("field"), 1) if place <= 2 else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(left + 0.5, 4.5, 15, 15), 3, 3)
            painter.setPen(colour("text2"))
            painter.drawText(QRect(left + 22, 0, self.width(), self.height()), middle, words)
            left += 34 + metrics.horizontalAdvance(words)
        if self._tail and left + 20 + metrics.horizontalAdvance(self._tail) <= self.width():
            painter.drawPixmap(left + 2, 5, icons.pixmap("warning", "warn", 14))
            painter.drawText(QRect(left + 22, 0, self.width(), self.height()), middle, self._tail)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
