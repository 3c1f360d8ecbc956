"""A grid on paper: widths, heights of rows, and the drawing of what falls on a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm

from app.reports.blocks import Cell, Column, Grid, GroupRow, Line, shown
from app.reports.pen import ABOVE, BELOW, LEADING, SIDE, Pen
from app.reports.typeface import longest_word, width, wrap

RULE, HAIR = 0.75, 0.35
HEAD_GREY, GROUP_GREY = 0.93, 0.97
INDENT = 9.0
NUMBER_SIZE = 8.0
LEAST_REST = 32 * mm  # under this a column that takes the rest is no column
SMALLEST, LEAST = 6.5, 5.0  # type where words have room, and where figures leave them little
LEAST_WORDS = 14 * mm
CONTINUED = " (продолжение)"
MIDDLE = 7  # up to so many lines a row is read along its middle, a taller one from the top


@dataclass(slots=True)
class Row:
    """A row laid out: lines of each cell; `spanned` for an inner heading."""

    lines: tuple[tuple[str, ...], ...]
    indents: tuple[int, ...]
    height: float
    bold: bool = False
    spanned: bool = False


class GridLayout:
    """A grid measured for a width; draws any run of its rows under its head.

    size: of type, in points.  tallest: no row is taller, in points.  pad: part of the usual space above
    and below the words of a row.  leads: by row, the inner heading repeated where a page begins with it.
    """

    def __init__(self, grid: Grid, room: float, size: float, tallest: float, pad: float = 1.0) -> None:
        self.grid = grid
        self._pad = (ABOVE + BELOW) * pad
        self.size, self.widths = _fitted(grid, room, size)
        self.room = sum(self.widths)
        self._number_size = min(NUMBER_SIZE, self.size + 1)
        self._heads = [] if grid.headless else list(self._head_rows())
        self.head_height = sum(row.height for row in self._heads)
        groups = [row for row in grid.rows if isinstance(row, GroupRow)]
        tallest -= self.head_height + max((self._group(row, CONTINUED).height for row in groups), default=0.0)
        self.rows: list[Row] = []
        self.leads: list[Row | None] = []
        lead = None
        for row in grid.rows:
            parts = list(self._laid(row, tallest))
            after_group = bool(self.rows) and self.rows[-1].spanned
            self.rows += parts
            if isinstance(row, GroupRow):
                lead = self._group(row, CONTINUED)
            self.leads += [None if index == 0 and (after_group or parts[0].spanned) else lead
                           for index in range(len(parts))]  # fmt: skip

    def draw(self, pen: Pen, x: float, top: float, first: int, last: int) -> None:
        """Head and rows first…last (both included) with the top edge at y = top."""
        lead = self.leads[first]
        rows = [*([lead] if lead else []), *self.rows[first : last + 1]]
        heights = [row.height for row in rows]
        bottom = top - self.head_height - sum(heights)
        edges = self._edges(x)
        y = top - self.head_height
        if self._heads:
            pen.fill(x, y, self.room, self.head_height, HEAD_GREY)
        for row in rows:
            if row.spanned:
                pen.fill(x, y - row.height, self.room, row.height, GROUP_GREY)
            y -= row.height
        self._draw_head(pen, x, top, edges)
        y = start = top - self.head_height
        for row in rows:
            self._draw_row(pen, row, x, y, edges)
            if row.spanned:
                pen.verticals(edges[1:-1], start, y, HAIR)
                start = y - row.height
            y -= row.height
            if y > bottom + 0.01:
                pen.horizontal(x, x + self.room, y, HAIR)
        pen.verticals(edges[1:-1], start, bottom, HAIR)
        pen.frame(x, bottom, self.room, top - bottom, RULE)

    def _edges(self, x: float) -> list[float]:
        edges = [x]
        for column in self.widths:
            edges.append(edges[-1] + column)
        return edges

    # --- the head -----------------------------------------------------------------------------

    def _head_rows(self) -> Iterator[Row]:
        """Upper headings (if any), headings, numbers; lines of a heading under none stand in the middle."""
        columns = self.grid.columns
        size, above = self.size, 0.0
        if any(column.over for column in columns):
            uppers = tuple(
                wrap(column.over, size, self._span(index) - 2 * SIDE) if self._opens(index) else ()
                for index, column in enumerate(columns)
            )
            above = self._height(uppers, size)
            yield Row(uppers, (), above)
        titles = tuple(
            wrap(column.title, size, room - 2 * SIDE) for column, room in zip(columns, self.widths, strict=True)
        )
        lower = tuple(lines for lines, column in zip(titles, columns, strict=True) if column.over or not above)
        yield Row(titles, (), max(self._height(lower, size), self._height(titles, size) - above))
        if self.grid.numbered:
            numbers = tuple((str(number),) for number in range(1, len(columns) + 1))
            yield Row(numbers, (), self._number_size * LEADING + 4)

    def _opens(self, index: int) -> bool:
        """Whether a column begins an upper heading, or stands under none."""
        columns = self.grid.columns
        return index == 0 or not columns[index].over or columns[index].over != columns[index - 1].over

    def _span(self, index: int) -> float:
        """Width of the upper heading that begins at a column; of its own column elsewhere."""
        over = self.grid.columns[index].over
        end = index + 1
        while over and end < len(self.widths) and self.grid.columns[end].over == over:
            end += 1
        return sum(self.widths[index:end])

    def _draw_head(self, pen: Pen, x: float, top: float, edges: list[float]) -> None:
        if not self._heads:
            return
        columns = self.grid.columns
        titles = self._heads[-2] if self.grid.numbered else self._heads[-1]
        upper = self._heads[0] if any(column.over for column in columns) else None
        body = top - (upper.height if upper else 0)
        for index, column in enumerate(columns):
            starts = self._opens(index)
            start, own = (top if starts else body), self.widths[index]
            if upper is not None and column.over:
                if starts:
                    span = self._span(index)
                    self._head(pen, upper.lines[index], edges[index], top, span, upper.height)
                    pen.horizontal(edges[index], edges[index] + span, body, HAIR)
                self._head(pen, titles.lines[index], edges[index], body, own, titles.height)
            else:
                height = titles.height + (upper.height if upper else 0)
                self._head(pen, titles.lines[index], edges[index], top, own, height)
            if index:
                pen.verticals([edges[index]], start, top - self.head_height, HAIR)
        if self.grid.numbered:
            numbers = self._heads[-1]
            y = body - titles.height
            pen.horizontal(x, x + self.room, y, HAIR)
            for index, lines in enumerate(numbers.lines):
                self._head(pen, lines, edges[index], y, self.widths[index], numbers.height, self._number_size)
        pen.horizontal(x, x + self.room, top - self.head_height, RULE)

    def _head(
        self, pen: Pen, lines: tuple[str, ...], x: float, top: float, room: float, height: float, size: float = 0
    ) -> None:
        pen.lines(lines, x, top, room, height, size or self.size, "center")

    # --- the rows -----------------------------------------------------------------------------

    def _type_size(self, column: Column) -> float:
        return self.size - 0.5 if column.small else self.size

    def _laid(self, row: GroupRow | Line, tallest: float) -> Iterator[Row]:
        """The row; in several parts, one under another, only where no page could hold it whole."""
        if isinstance(row, GroupRow):
            yield self._group(row)
            return
        indents = tuple(cell.indent if isinstance(cell, Cell) else 0 for cell in row.cells)
        lines = tuple(
            wrap(shown(cell), self._type_size(column), room - 2 * SIDE - indent * INDENT, row.bold)
            for cell, column, room, indent in zip(row.cells, self.grid.columns, self.widths, indents, strict=True)
        )
        most = max(1, int((tallest - self._pad) / (self.size * LEADING)))
        for start in range(0, max(map(len, lines)), most):
            part = tuple(cell[start : start + most] for cell in lines)
            yield Row(part, indents, self._height(part, self.size), bold=row.bold)

    def _group(self, row: GroupRow, ending: str = "") -> Row:
        title = (wrap(row.title + ending, self.size, self.room - 2 * SIDE, True),)
        return Row(title, (0,), self._height(title, self.size), bold=True, spanned=True)

    def _height(self, cells: Sequence[tuple[str, ...]], size: float) -> float:
        return max([1, *(len(lines) for lines in cells)]) * size * LEADING + self._pad

    def _draw_row(self, pen: Pen, row: Row, x: float, y: float, edges: list[float]) -> None:
        if row.spanned:
            pen.lines(row.lines[0], x, y, self.room, row.height, self.size, "left", bold=True)
            return
        middle = max(map(len, row.lines)) <= MIDDLE
        for index, column in enumerate(self.grid.columns):
            pen.lines(
                row.lines[index],
                edges[index] + row.indents[index] * INDENT,
                y,
                self.widths[index] - row.indents[index] * INDENT,
                row.height,
                self._type_size(column),
                column.align,
                bold=row.bold,
                middle=middle,
            )


def _fitted(grid: Grid, room: float, size: float) -> tuple[float, list[float]]:
    """(type size, widths): figures are never broken, so their columns grow and, at need, the type shrinks."""
    while True:
        widths = _widths(grid, room, size) if size >= SMALLEST else _squeezed(grid, room, size)
        if widths is not None:
            return size, widths
        if size <= LEAST:
            bare = [column.width * mm or LEAST_REST for column in grid.columns]
            return size, [one * room / sum(bare) for one in bare]
        size -= 0.5


def _squeezed(grid: Grid, room: float, size: float) -> list[float] | None:
    """Columns of figures as wide as they must be, of words as narrow as they may; None where that is not enough."""
    columns = range(len(grid.columns))
    needed = {index: _needed(grid, index, size) for index in columns if grid.columns[index].align == "right"}
    words = [index for index in columns if index not in needed]
    least = {index: min(grid.columns[index].width * mm or LEAST_WORDS, LEAST_WORDS) for index in words}
    left = room - sum(needed.values()) - sum(least.values())
    if left < 0:
        return None
    more = left / len(words) if words else 0.0
    return [needed[index] if index in needed else least[index] + more for index in columns]


def _widths(grid: Grid, room: float, size: float) -> list[float] | None:
    """Widths of the columns at a type size, or None where they do not fit."""
    least = [max(column.width * mm, _needed(grid, index, size)) for index, column in enumerate(grid.columns)]
    rest = [index for index, column in enumerate(grid.columns) if not column.width]
    left = room - sum(one for index, one in enumerate(least) if index not in rest)
    if not rest:
        return [one * room / sum(least) for one in least] if sum(least) <= room + 0.01 else None
    share = left / len(rest)
    if share < LEAST_REST or any(least[index] > share for index in rest):
        return None
    return [share if index in rest else one for index, one in enumerate(least)]


def _needed(grid: Grid, index: int, size: float) -> float:
    """Points a column cannot do without: its longest word in the head, its widest figure."""
    column = grid.columns[index]
    head = 0.0 if grid.headless else longest_word(column.title, size)
    texts = {(shown(row.cells[index]), row.bold) for row in grid.rows if isinstance(row, Line)}
    if column.align != "right":
        # Words are broken at need, so a column grows for a long one, but not beyond reason.
        wide = max((longest_word(text, size, bold) for text, bold in texts if len(text) < 100), default=0.0)
        return max(head + 2 * SIDE, min(wide + 2 * SIDE + 0.1, 1.3 * column.width * mm))
    return max([head, *(width(text, size, bold) for text, bold in texts if len(text) <= 30)]) + 2 * SIDE + 0.1
