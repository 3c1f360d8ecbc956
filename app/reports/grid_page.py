"""A grid as a table of a page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from app.reports.blocks import Content, Grid, GroupRow, shown

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
