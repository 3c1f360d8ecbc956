"""One of a few ways, painted by the tokens: Fusion's own circle is lost on a dark ground and shows no focus."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QRadioButton

from app.ui.russian_qt import font
from app.ui.theme import colour

_CIRCLE, _GAP = 18, 8


class Radio(QRadioButton):
    """A circle and words; arrows go among those of one parent, as Qt has it."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setFont(font(14))
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        return QSize(_CIRCLE + _GAP + self.fontMetrics().horizontalAdvance(self.text()) + 10, 28)

    def hitButton(self, _pos) -> bool:
        return True

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(_CIRCLE / 2 + 1, self.height() / 2)
        enabled = self.isEnabled()
        ring = "accent" if self.isChecked() and enabled else "field"
        painter.setPen(QPen(colour(ring), 2 if self.isChecked() else 1.2))
        painter.setBrush(colour("surface" if enabled else "raised"))
        painter.drawEllipse(middle, _CIRCLE / 2 - 1, _CIRCLE / 2 - 1)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent" if enabled else "field"))
            painter.drawEllipse(middle, 4, 4)
        painter.setPen(colour("text" if enabled else "muted"))
        painter.setFont(self.font())
        box = QRectF(_CIRCLE + _GAP, 0, self.width() - _CIRCLE - _GAP, self.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent"), 2))
            words = self.fontMetrics().horizontalAdvance(self.text())
            painter.drawRoundedRect(QRectF(box.left() - 5, 1, words + 10, self.height() - 2), 4, 4)
        painter.end()
