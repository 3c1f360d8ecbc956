"""A chart for the screen: reportlab lays out scale, bars and axis as a vector drawing; the window writes the words.

The same library draws the bars of papers (`pdf_bars`).  SVG stays sharp on every screen, and each bar's place comes
back with it, so that a bar can be a button.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.graphics import renderSVG
from reportlab.graphics.charts.barcharts import HorizontalBarChart, VerticalBarChart
from reportlab.graphics.shapes import Drawing, Group, Rect
from reportlab.lib.colors import HexColor

BAR = 0.7  # part of its step
ROUND = 2.0
_CLIP = re.compile(r"<clipPath.*?</clipPath>", re.DOTALL)
"""Qt draws the content of a clip path as a black box; nothing lies beyond these edges."""


@dataclass(frozen=True, slots=True)
class Inks:
    """Colours as #RRGGBB: of a bar, of the one that is meant, of the axis."""

    bar: str
    meant: str
    axis: str


@dataclass(frozen=True, slots=True)
class Box:
    """Where a bar lies, in pixels from the left upper corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """The drawing, and a box for each figure in their order."""

    svg: str
    boxes: tuple[Box, ...]


def columns(figures: Sequence[int], meant: int, inks: Inks, width: float, height: float) -> Drawn:
    """Upright bars from left to right over an axis at the foot."""
    chart: Any = VerticalBarChart()
    chart.data = [[float(figure) for figure in figures]]
    return _drawn(chart, figures, list(range(len(figures))), meant, inks, width, height)


def rows(figures: Sequence[int], meant: int, inks: Inks, width: float, height: float) -> Drawn:
    """Lying bars, the first one above, without an axis."""
    chart: Any = HorizontalBarChart()
    order = list(reversed(range(len(figures))))  # categories go upwards
    chart.data = [[float(figures[place]) for place in order]]
    chart.categoryAxis.visible = 0
    return _drawn(chart, figures, order, meant, inks, width, height)


def _drawn(
    chart: Any, figures: Sequence[int], order: list[int], meant: int, inks: Inks, width: float, height: float
) -> Drawn:
    chart.x = chart.y = 0
    chart.width, chart.height = width, height
    chart.useAbsolute = 0
    chart.barWidth, chart.groupSpacing, chart.barSpacing = BAR, 1 - BAR, 0
    chart.valueAxis.valueMin, chart.valueAxis.valueMax = 0, float(max([1, *figures]))
    chart.valueAxis.visible = 0
    axis = chart.categoryAxis
    axis.visibleTicks = axis.visibleLabels = 0
    axis.strokeWidth, axis.strokeColor = 1, HexColor(inks.axis)
    chart.bars.strokeWidth, chart.bars.strokeColor = 0, None
    for place, number in enumerate(order):
        chart.bars[0, place].fillColor = HexColor(inks.meant if number == meant else inks.bar)
        chart.bars[0, place].strokeColor = None
    group = chart.draw()
    boxes = {number: Box(0, height, 0, 0) for number in order}  # of a 0 nothing is drawn
    for number, bar in zip((number for number in order if figures[number]), _bars(group), strict=True):
        bar.rx = bar.ry = ROUND if min(bar.width, bar.height) > 2 * ROUND else 0
        boxes[number] = Box(bar.x, height - bar.y - bar.height, bar.width, bar.height)
    drawing = Drawing(width, height)
    drawing.add(group)
    svg = _CLIP.sub("", str(renderSVG.drawToString(drawing)))
    return Drawn(svg, tuple(boxes[number] for number in range(len(figures))))


def _bars(group: Group) -> Iterator[Rect]:
    """The bars of a drawn chart, in the order of its figures."""
    for shape in group.contents:
        if isinstance(shape, Group):
            yield from _bars(shape)
        elif isinstance(shape, Rect) and shape.fillColor is not None:
            yield shape
