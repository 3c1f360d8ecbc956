"""Cells tinted by the ramp: a figure, a triangle for a hole, «·» for no need; their legend."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import icons
from app.ui.region.shown_figures import Told
from app.ui.region.tile_map import ground_of, ink_of
from app.ui.russian_qt import font
from app.ui.theme import colour

RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
HIGH, LINE, MARK, GAP = 24, 18, 22, 12
"""Of a legend: px of it, of each of its two lines, of a mark before its words, and between two of them."""
UNIT, TAIL = 0, 6


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
    """The five steps in words, then what the triangle means; in two lines where one has no room for it."""

    def __init__(self) -> None:
        super().__init__()
        self._unit, self._tail = "", ""
        self._steps: tuple[str, ...] = ()
        self.setFixedHeight(HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, unit: str, steps: tuple[str, ...], tail: str = "") -> None:
        self._unit, self._steps, self._tail = unit, steps, tail
        told = "; ".join(f"ступень {place}: {words}" for place, words in enumerate(steps, 1) if words)
        self.setAccessibleName(f"Обозначения: {unit}. {told}. {tail}")
        self.setToolTip(f"{unit}: {', '.join(filter(None, steps))}")
        self._lay()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, HIGH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def _lay(self) -> None:
        """As high as its lines; only when that changes, so that a page is not laid out over and over."""
        high = HIGH if len(self.lines) < 2 else 2 * LINE
        if self.height() != high:
            self.setFixedHeight(high)

    @property
    def lines(self) -> list[list[tuple[int, str]]]:
        """What is written, line by line: (step 1…5, words); UNIT for what is counted, TAIL for the triangle."""
        steps = [(place, words) for place, words in enumerate(self._steps, 1) if words]
        unit, tail = [(UNIT, self._unit)] * bool(self._unit), [(TAIL, self._tail)] * bool(self._tail)
        if self._long([*unit, *steps, *tail]) <= self.width():
            return [[*unit, *steps, *tail]]
        if self._long([*unit, *steps]) <= self.width():
            return [[*unit, *steps], tail] if tail else [[*unit, *steps]]
        return [steps, [*unit, *tail]]

    def _long(self, pieces: list[tuple[int, str]]) -> int:
        return sum(self._wide(*piece) for piece in pieces) - GAP

    def _wide(self, step: int, words: str) -> int:
        return QFontMetrics(font(12)).horizontalAdvance(words) + GAP + (0 if step == UNIT else MARK)

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(12))
        lines = self.lines
        high = self.height() // len(lines)
        for number, pieces in enumerate(lines):
            line, left = QRect(0, number * high, self.width(), high), 0
            for step, words in pieces:
                self._paint_piece(painter, line.adjusted(left, 0, 0, 0), step, words)
                left += self._wide(step, words)
        painter.end()

    def _paint_piece(self, painter: QPainter, rect: QRect, step: int, words: str) -> None:
        middle = rect.center().y()
        if step == TAIL:
            painter.drawPixmap(rect.left() + 2, middle - 7, icons.pixmap("warning", "warn", 14))
        elif step != UNIT:
            painter.setBrush(ground_of(step))
            painter.setPen(QPen(colour("field"), 1) if step <= 2 else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(rect.left() + 0.5, middle - 7.5, 15, 15), 3, 3)
        painter.setPen(colour("text2"))
        painter.drawText(rect.adjusted(0 if step == UNIT else MARK, 0, 0, 0), LEFT, words)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
