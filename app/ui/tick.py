"""A tick with its words, painted by the tokens: in the dark theme Fusion's own box cannot be seen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QCheckBox

from app.ui import icons
from app.ui.russian_qt import font
from app.ui.theme import colour

_BOX, _GAP, _ROOM = 18, 8, 5


class Tick(QCheckBox):
    """The whole of it is pressed by the mouse and by the space bar, as Qt has it."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setFont(font(14))

    def sizeHint(self) -> QSize:
        return QSize(_BOX + _GAP + self.fontMetrics().horizontalAdvance(self.text()) + 2 * _ROOM, 28)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, _pos) -> bool:
        return True

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, enabled = self.isChecked(), self.isEnabled()
        top = round((self.height() - _BOX) / 2)
        painter.setPen(QPen(colour("accent" if on and enabled else "field"), 1.2))
        painter.setBrush(colour("raised" if not enabled else "accent" if on else "surface"))
        painter.drawRoundedRect(QRectF(1, top + 0.5, _BOX - 1, _BOX - 1), 3, 3)
        if on:
            painter.drawPixmap(3, top + 2, icons.pixmap("check", "on_accent" if enabled else "muted", 14))
        painter.setPen(colour("text" if enabled else "muted"))
        box = QRectF(_BOX + _GAP, 0, self.width() - _BOX - _GAP, self.height())
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), words)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent"), 2))
            width = min(self.fontMetrics().horizontalAdvance(words) + 2 * _ROOM, box.width() + _ROOM - 1)
            painter.drawRoundedRect(QRectF(box.left() - _ROOM, 1, width, self.height() - 2), 4, 4)
        painter.end()
