"""A grid as a table of a page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from app.reports.blocks import Bars, Content, Grid, GroupRow, shown

WIDEST = 240  # pixels of the longest bar
_CLASSES = {"right": ' class="n"', "center": ' class="c"', "left": ""}


def grid_html(grid: Grid) -> Iterator[str]:
    """The table with its note, or the sentence in place of one without rows."""
    if not grid.rows and grid.empty:
        yield f"<p>{escape(grid.empty)}</p>\n"
        return
    yield '<div class="wide"><table><thead><tr>'
    yield "".join(f'<th scope="col"{_CLASSES[one.align]}>{escape(one.title)}</th>' for one in grid.columns)
    yield "</tr></thead><tbody>\n"
    for row in grid.rows:
        if isinstance(row, GroupRow):
            yield f'<tr><th colspan="{len(grid.columns)}">{escape(row.title)}</th></tr>\n'
            continue
        cells = zip(row.cells, grid.columns, strict=True)
        yield f"<tr>{''.join(_cell(cell, _CLASSES[column.align], bold=row.bold) for cell, column in cells)}</tr>\n"
    yield "</tbody></table></div>\n"
    if grid.note:
        yield f"<p>{escape(grid.note)}</p>\n"


def _cell(content: Content, align: str, *, bold: bool) -> str:
    words = escape(shown(content)).replace("\n", "<br>")
    return f"<td{align}>{f'<strong>{words}</strong>' if bold else words}</td>"


def bars_html(block: Bars) -> Iterator[str]:
    """A chart as a table with lying bars: a screen reader meets figures, and it copies as a table."""
    most = max((value for _, value in block.bars if value is not None), default=0)
    yield f'<table class="bars"><caption><strong>{escape(block.title)}</strong>, {escape(block.unit)}</caption>'
    yield "<tbody>\n"
    for place, (label, value) in enumerate(block.bars):
        width = int(WIDEST * max(value or 0, 0) / most) if most else 0
        kind = "bar part" if place in block.part else "bar"
        drawn = f'<span class="{kind}" style="width:{width}px"></span> ' if value else ""
        yield f"<tr><td>{escape(label)}</td><td>{drawn}{escape(block.told(place))}</td></tr>\n"
    yield "</tbody></table>\n"
