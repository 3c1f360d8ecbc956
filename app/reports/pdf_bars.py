"""A chart on paper: reportlab draws the bars, our pen the words, so that they copy in order, figure after label."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.charts.barcharts import HorizontalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color
from reportlab.lib.units import mm

from app.reports.blocks import Bars
from app.reports.pages import Draw, Strip
from app.reports.pen import Pen
from app.reports.typeface import REGULAR, width, wrap

TITLE, SIZE, UNIT = 10.5, 9.5, 9.0
LEADING = 1.2
ROW = 15.0  # points of a line at least
WIDEST_LABEL = 80 * mm
GAP = 6.0  # between label and bar, bar and figure
PLAIN, MEANT = 0.76, 0.42  # greys that differ on any printer
BAR = 0.62  # part of its line
HATCH = 4.0  # points between strokes
AT_ONCE, TOGETHER = 8, 24  # bars in one drawing; so many stand on one page


def bars_strips(block: Bars, room: float) -> list[Strip]:
    """The title with its unit, then the bars in drawings of one scale; up to 24 of them stay together."""
    labels = [wrap(label, SIZE, WIDEST_LABEL) for label, _ in block.bars]
    figures = [block.told(place) for place in range(len(block.bars))]
    aside = max((width(line, SIZE) for lines in labels for line in lines), default=0.0) + GAP
    beyond = max((width(figure, SIZE, bold=True) for figure in figures), default=0.0) + GAP
    line = max([ROW, *(len(lines) * SIZE * LEADING + 3 for lines in labels)])
    strips = _title(block, room)
    for start in range(0, len(block.bars), AT_ONCE):
        rows = range(start, min(start + AT_ONCE, len(block.bars)))
        draw = _drawing(block, rows, labels, figures, aside, room - aside - beyond, line)
        ends = rows.stop == len(block.bars)
        tied = not ends and len(block.bars) <= TOGETHER
        strips.append(Strip(len(rows) * line + (2 if ends else 0), draw, keep=tied))
    return strips


def _title(block: Bars, room: float) -> list[Strip]:
    """«Исполнено на поддержку», and beside it «₽, по кварталам»; under it where the line is full."""
    lines = wrap(block.title, TITLE, room, True)
    beside = width(lines[-1], TITLE, True) + 8
    fits = beside + width(block.unit, UNIT) <= room
    strips: list[Strip] = []
    for number, text in enumerate(lines):
        ends = number == len(lines) - 1 and fits
        strips.append(Strip(TITLE * LEADING, _words(text, block.unit if ends else "", beside, room), keep=True))
    if not fits:
        strips.append(Strip(UNIT * LEADING, _words("", block.unit, 0.0, room), keep=True))
    strips.append(Strip(3, gap=True, keep=True))
    return strips


def _words(title: str, unit: str, beside: float, room: float) -> Draw:
    def draw(pen: Pen, x: float, top: float) -> None:
        pen.line(x, top - TITLE, room, title, TITLE, "left", bold=True)
        pen.line(x + beside, top - TITLE, room, unit, UNIT, "left", grey=0.3)

    return draw


def _drawing(
    block: Bars, rows: range, labels: Sequence[tuple[str, ...]], figures: Sequence[str], aside: float, room: float,
    line: float,
) -> Draw:  # fmt: skip
    """aside: points before the bars; room: of the longest bar; line: height of each."""
    low, high = _scale(block)

    def draw(pen: Pen, x: float, top: float) -> None:
        chart = _chart(block, rows, room, line, low, high)
        # Its first font is set on the page even where the drawing has no words.
        drawing = Drawing(room, chart.height, initialFontName=REGULAR)
        drawing.add(chart)
        renderPDF.draw(drawing, pen.canvas, x + aside, top - chart.height, showBoundary=0)
        for number, row in enumerate(rows):
            middle = top - (number + 0.5) * line
            lines = labels[row]
            first = middle + (len(lines) / 2 - 1) * SIZE * LEADING + 0.25 * SIZE
            for index, text in enumerate(lines):
                pen.line(x, first - index * SIZE * LEADING, aside - GAP, text, SIZE, "left")
            ends = x + aside + float((max(Decimal(block.bars[row][1] or 0), Decimal(0)) - low) / (high - low)) * room
            bold = row == block.highlighted
            if row in block.part:
                _hatch(pen, x + aside, middle - BAR * line / 2, ends - x - aside, BAR * line)
            pen.line(ends + GAP, middle - 0.33 * SIZE, room, figures[row], SIZE, "left", bold=bold)

    return draw


def _hatch(pen: Pen, left: float, foot: float, wide: float, high: float) -> None:
    """White strokes over a bar: it differs on any printer, in black and white too."""
    if wide <= 0:
        return
    canvas = pen.canvas
    canvas.saveState()
    edge = canvas.beginPath()
    edge.rect(left, foot, wide, high)
    canvas.clipPath(edge, stroke=0, fill=0)
    canvas.setStrokeColorRGB(1, 1, 1)
    canvas.setLineWidth(1.2)
    at = left - high
    while at < left + wide:
        canvas.line(at, foot, at + high, foot + high)
        at += HATCH
    canvas.restoreState()


def _scale(block: Bars) -> tuple[Decimal, Decimal]:
    """From nought (or the least figure below it) to the greatest: a bar that begins elsewhere lies."""
    values = [Decimal(value) for _, value in block.bars if value is not None]
    low, high = min([Decimal(0), *values]), max([Decimal(0), *values])
    return (low, high) if high > low else (low, low + 1)


def _chart(block: Bars, rows: range, room: float, line: float, low: Decimal, high: Decimal) -> Any:
    chart: Any = HorizontalBarChart()  # the stubs take its lengths for whole numbers
    chart.x = chart.y = 0
    chart.width, chart.height = room, line * len(rows)
    # Categories go upwards; what has no figure has a bar of no length.
    chart.data = [[float(block.bars[row][1] or 0) for row in reversed(rows)]]
    chart.useAbsolute = 0
    chart.barWidth, chart.groupSpacing, chart.barSpacing = BAR, 1 - BAR, 0
    chart.valueAxis.valueMin, chart.valueAxis.valueMax = float(low), float(high)
    chart.valueAxis.visible = 0
    axis = chart.categoryAxis
    axis.visibleTicks = axis.visibleLabels = 0
    axis.strokeWidth, axis.strokeColor = 0.5, _grey(0)
    chart.bars.strokeWidth = 0
    chart.bars.strokeColor = None
    chart.bars[0].fillColor = _grey(PLAIN)
    for place, row in enumerate(reversed(rows)):
        chart.bars[0, place].fillColor = _grey(MEANT if row == block.highlighted else PLAIN)
        chart.bars[0, place].strokeColor = None
    return chart


def _grey(part: float) -> Color:
    return Color(part, part, part)
