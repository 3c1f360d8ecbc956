"""A grid on a sheet: its head (frozen, repeated in print), inner headings, rows as tall as their words."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.utils import get_column_letter

from app.reports.blocks import Cell, Column, Content, Grid, GroupRow, Line, bare, shown
from app.reports.xlsx_cells import put_text, put_value
from app.reports.xlsx_place import SOFT_HYPHEN, WIDEST, Place, lines_needed, signs

MM_PER_SIGN = 1.85
REST = 48  # signs in a column that takes the rest of a page, at least
LONGEST_WORD = 22  # a column of words grows for one so long
LINES, WORDY = 4, 40  # a column of words grows so that its longest text takes so many lines, to so many signs
NUMBER_SIZE = 8
NO_ROWS = "Записей нет."


def measure_grid(grid: Grid, place: Place) -> None:
    """Widths of the columns: as on paper, wider for figures and long words."""
    if not grid.rows:
        return
    lines = [row for row in grid.rows if isinstance(row, Line)]
    for number, column in enumerate(grid.columns, 1):
        if not grid.headless:
            place.widen(number, max(signs(word) for word in _title(column).split() or [""]) + 2)
        contents = [line.cells[number - 1] for line in lines]
        place.widen(number, column.width / MM_PER_SIGN if column.width else REST)
        place.widen(number, max((_least(content, column) for content in contents), default=0.0))


def _least(content: Content, column: Column) -> float:
    """Signs a cell cannot do without: its figure, its longest word; all its words where there is room."""
    if column.align == "right":
        return len(shown(content)) + 2
    value = bare(content)
    if not isinstance(value, str):
        return 0.0
    if not column.width and len(value) > REST // 2:
        return min(signs(value) + 2, WIDEST)
    word = min(max((len(word) for word in value.split()), default=0), LONGEST_WORD) + 2
    return max(word, min(signs(value) / LINES + 2, WORDY))


def put_grid(grid: Grid, place: Place) -> None:
    """Writes the grid at the place and moves the place under it."""
    if not grid.rows:
        place.words(grid.empty or NO_ROWS)
        place.row += 2
        return
    first = place.row
    if not grid.headless:
        _put_head(grid, place)
        if grid.pinned and not place.frozen:
            place.frozen = True
            place.sheet.print_title_rows = f"{first}:{place.row - 1}"
            place.sheet.freeze_panes = f"{get_column_letter(grid.pinned + 1)}{place.row}"
    for row in grid.rows:
        if isinstance(row, GroupRow):
            _put_group(row, len(grid.columns), place)
        else:
            _put_line(row, grid, place)
        place.row += 1
    if grid.note:
        place.words(grid.note, size=9)
        place.row += 1
    place.row += 1


# --- the head ---------------------------------------------------------------------------------


def _title(column: Column) -> str:
    return column.title.replace(SOFT_HYPHEN, "").replace("\n", " ")


def _put_head(grid: Grid, place: Place) -> None:
    """Upper headings, where there are some, then headings, then numbers."""
    columns = grid.columns
    shared: list[tuple[int, int, int, int]] = []
    if any(column.over for column in columns):
        shared = list(_put_uppers(columns, place))
        place.row += 1
    for number, column in enumerate(columns, 1):
        cell = place.cell(number)
        if column.over or not shared:
            put_text(cell, _title(column))
            place.fit(lines_needed(_title(column), place.room(number)))
        place.looks.head(cell)
    for top, left, bottom, right in shared:
        place.sheet.merge_cells(None, top, left, bottom, right)
    place.row += 1
    if grid.numbered:
        for number in range(1, len(columns) + 1):
            cell = place.cell(number)
            put_value(cell, number)
            place.looks.head(cell, NUMBER_SIZE)
        place.row += 1


def _put_uppers(columns: tuple[Column, ...], place: Place) -> Iterator[tuple[int, int, int, int]]:
    """Neighbours under one upper heading share it; a column under none takes both rows.  What is to be merged."""
    row = place.row
    start = 0
    while start < len(columns):
        over = columns[start].over
        end = start
        while over and end + 1 < len(columns) and columns[end + 1].over == over:
            end += 1
        for number in range(start, end + 1):
            place.looks.head(place.cell(number + 1))
        put_text(place.cell(start + 1), over or _title(columns[start]))
        if over:
            yield row, start + 1, row, end + 1
            place.fit(lines_needed(over, place.room(start + 1, end + 1)))
        else:
            yield row, start + 1, row + 1, start + 1
            place.row += 1  # the lower of the two rows takes what the upper one cannot hold
            place.fit(max(1, lines_needed(_title(columns[start]), place.room(start + 1)) - 1))
            place.row -= 1
        start = end + 1


# --- the rows ---------------------------------------------------------------------------------


def _put_group(row: GroupRow, across: int, place: Place) -> None:
    for number in range(1, across + 1):
        cell = place.cell(number)
        if number == 1:
            put_text(cell, row.title)
        place.looks.group(cell)
    place.fit(lines_needed(row.title, place.room(1, across) / 1.1))
    if across > 1:
        place.sheet.merge_cells(None, place.row, 1, place.row, across)


def _put_line(row: Line, grid: Grid, place: Place) -> None:
    most = 1
    for number, (content, column) in enumerate(zip(row.cells, grid.columns, strict=True), 1):
        cell = place.cell(number)
        value = bare(content)
        places, indent = (content.places, content.indent) if isinstance(content, Cell) else (0, 0)
        if isinstance(value, str):
            value = value.replace(SOFT_HYPHEN, "")
            if column.align == "left":
                most = max(most, lines_needed(value, place.room(number) / (1.1 if row.bold else 1) - indent))
        put_value(cell, value, places)
        place.looks.body(cell, column.align, indent, row.bold)
        if isinstance(content, Cell):
            if content.signed:
                cell.number_format = f"+{cell.number_format};-{cell.number_format};{cell.number_format}"
            if content.name:
                place.name(cell, content.name)
    place.fit(most)
