"""A chart on a sheet: its figures in cells at the left, beside them the office program's own bar chart."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.utils import get_column_letter

from app.reports.blocks import Bars, Cell, shown
from app.reports.xlsx_cells import number_format, put_text, put_value
from app.reports.xlsx_place import Place, lines_needed, signs

LABEL, FIGURE = 1, 2  # columns
CHART_AT = 4
PLAIN, MEANT = "BFBFBF", "6B6B6B"
CM_A_ROW = 0.53  # of the usual height
LEAST_ROWS, WIDTH = 9, 17.0  # rows of a chart; centimetres across
WIDEST_LABEL = 44


def measure_bars(block: Bars, place: Place) -> None:
    """Labels and figures whole."""
    longest = max((signs(_named(block, at, label)) for at, (label, _) in enumerate(block.bars)), default=0.0)
    place.widen(LABEL, min(longest + 2, WIDEST_LABEL))
    place.widen(FIGURE, max((len(shown(Cell(value, block.places))) for _, value in block.bars), default=0) + 3)
    place.across = max(place.across, CHART_AT)


def put_bars(block: Bars, place: Place) -> None:
    """Writes figures and chart at the place and moves the place under both."""
    place.words(f"{block.title}, {block.unit}" if block.unit else block.title, bold=True)
    place.row += 1
    first = place.row
    for number, (label, value) in enumerate(block.bars):
        bold = number == block.highlighted
        cell = place.cell(LABEL)
        put_text(cell, _named(block, number, label))
        place.looks.body(cell, "left", bold=bold)
        place.fit(lines_needed(label, place.room(LABEL)))
        cell = place.cell(FIGURE)
        put_value(cell, value, block.places)
        place.looks.body(cell, "right", bold=bold)
        place.row += 1
    rows = max(place.row - first, LEAST_ROWS)
    if block.bars:
        chart = _chart(block, place, first)
        chart.height = rows * CM_A_ROW
        place.sheet.add_chart(chart, f"{get_column_letter(CHART_AT)}{first}")
        place.row = first + rows
    place.row += 1


def _named(block: Bars, place: int, label: str) -> str:
    """A note stands with the name: the figure is a number that an office program counts with."""
    note = block.notes.get(place)
    return f"{label} ({note})" if note else label


def _chart(block: Bars, place: Place, first: int) -> Any:
    chart: Any = BarChart()
    chart.type, chart.style = "bar", 1
    chart.width = WIDTH
    chart.legend = None
    chart.gapWidth = 50
    last = first + len(block.bars) - 1
    chart.add_data(Reference(place.sheet, min_col=FIGURE, min_row=first, max_row=last), titles_from_data=False)
    chart.set_categories(Reference(place.sheet, min_col=LABEL, min_row=first, max_row=last))
    # Without `delete=False` office programs leave the axes out, and the bars have no names.
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"  # the first bar on top, as in the cells
    if all(value is None or value >= 0 for _, value in block.bars):
        chart.y_axis.scaling.min = 0  # else an office program may begin where the least bar ends
    chart.x_axis.tickLblPos = "low"  # not over a bar below nought
    chart.y_axis.majorGridlines = None
    chart.y_axis.crosses = "max"
    chart.y_axis.number_format = ";;;"  # the figure stands at its bar, so the scale says nothing
    series = chart.series[0]
    series.graphicalProperties = _filled(PLAIN)
    if block.highlighted is not None:
        series.dPt.append(DataPoint(idx=block.highlighted, spPr=_filled(MEANT)))
    series.dPt += [DataPoint(idx=place, spPr=_hatched(PLAIN)) for place in sorted(block.part)]
    labels = DataLabelList()
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    labels.numFmt = number_format(block.places)
    series.dLbls = labels
    return chart


def _hatched(colour: str) -> GraphicalProperties:
    look = GraphicalProperties()
    look.pattFill = PatternFillProperties(prst="wdUpDiag", fgClr=_rgb(colour), bgClr=_rgb("FFFFFF"))
    look.line = LineProperties(noFill=True)
    return look


def _rgb(colour: str) -> ColorChoice:
    return ColorChoice(srgbClr=colour)  # type: ignore[arg-type]  # the stub asks for its own class


def _filled(colour: str) -> GraphicalProperties:
    look = GraphicalProperties(solidFill=colour)
    look.line = LineProperties(noFill=True)
    return look
