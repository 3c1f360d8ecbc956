"""The canvas of reportlab as the writers need it: grey fills, rules, lines of words in a box."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from app.reports.blocks import Align
from app.reports.typeface import BOLD, REGULAR, printable, width

SIDE, ABOVE, BELOW = 4.0, 2.6, 3.8  # padding of a cell, points
LEADING = 1.2


class Pen:
    """Draws a page; all words go into one text object, written when the page is closed."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self._words: PDFTextObject = canvas.beginText()
        self._font: tuple[str, float] = ("", 0.0)
        self._grey = 0.0

    def word(self, x: float, baseline: float, text: str, size: float, bold: bool = False, grey: float = 0.0) -> None:
        """One line at a point; text is drawn as it is."""
        if not text:
            return
        font = (BOLD if bold else REGULAR, size)
        if font != self._font:
            self._words.setFont(*font)
            self._font = font
        if grey != self._grey:
            self._words.setFillGray(grey)
            self._grey = grey
        self._words.setTextOrigin(x, baseline)
        self._words.textOut(text)

    def line(
        self, x: float, baseline: float, room: float, text: str, size: float, align: Align,
        bold: bool = False, grey: float = 0.0,
    ) -> None:  # fmt: skip
        """A line placed in a room of some width."""
        text = printable(text)
        if align != "left":
            free = room - width(text, size, bold)
            x += free if align == "right" else free / 2
        self.word(x, baseline, text, size, bold, grey)

    def lines(
        self, lines: Sequence[str], x: float, top: float, room: float, height: float, size: float, align: Align,
        bold: bool = False, middle: bool = True,
    ) -> None:  # fmt: skip
        """Lines in a cell with its paddings, in the middle of its height or from its top."""
        leading = size * LEADING
        free = height - ABOVE - BELOW - len(lines) * leading
        y = top - ABOVE - (free / 2 if middle or free < 0 else 0) - size  # a tight row has less above and below
        for text in lines:
            if align == "left":
                self.word(x + SIDE, y, text, size, bold)
            else:
                self.line(x + SIDE, y, room - 2 * SIDE, text, size, align, bold)
            y -= leading

    def fill(self, x: float, y: float, room: float, height: float, grey: float) -> None:
        self.canvas.setFillGray(grey)
        self.canvas.rect(x, y, room, height, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def horizontal(self, x: float, end: float, y: float, weight: float) -> None:
        self.canvas.setLineWidth(weight)
        self.canvas.line(x, y, end, y)

    def verticals(self, xs: Sequence[float], top: float, bottom: float, weight: float) -> None:
        if top - bottom > 0.01:
            self.canvas.setLineWidth(weight)
            self.canvas.lines([(x, top, x, bottom) for x in xs])

    def frame(self, x: float, y: float, room: float, height: float, weight: float) -> None:
        self.canvas.setLineWidth(weight)
        self.canvas.rect(x, y, room, height, stroke=1, fill=0)

    def close(self) -> None:
        """Writes the words of the page over what was drawn."""
        self.canvas.drawText(self._words)
