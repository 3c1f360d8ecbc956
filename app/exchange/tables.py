"""A list as it lies in a file: a sheet with its heading and rows, each with the place it stands at."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.core.text import fold

Cell = str | int | float | bool | object
"""What a spreadsheet or a text file holds in one place: '' when empty, dates as dates."""

HEADING_ROWS = 30
"""The heading is looked for in so many rows from the top."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row.  number: as the spreadsheet counts it, from 1; for text files the row of the table.

    rest: it holds only the rest of a text whose other cells are merged with the row above.
    """

    number: int
    cells: tuple[Cell, ...]
    rest: bool = False


@dataclass(frozen=True)
class RawTable:
    """One sheet (or text file) with what stands above its rows told apart.

    heading: one text a column, '' where there is none; two lines are joined.  heading_row: its number,
    None when the list has no heading.  skipped: (row number, why) of what is no record: title lines,
    a heading that is repeated, totals.  reread: the heading had been read in a wrong encoding.
    """

    source: str
    sheet: str
    heading: tuple[str, ...]
    heading_row: int | None
    rows: Sequence[RawRow]
    skipped: tuple[tuple[int, str], ...] = ()
    titles: tuple[str, ...] = field(default=())
    reread: bool = False

    @cached_property
    def width(self) -> int:
        return max(len(self.heading), max((len(row.cells) for row in self.rows), default=0))

    @property
    def place(self) -> str:
        """«список.xlsx, лист «2009»»."""
        return f"{self.source}, лист «{self.sheet}»" if self.sheet else self.source

    @cached_property
    def signature(self) -> str:
        """What lists of the same shape share: under it a person's choice of columns is remembered."""
        shape = "|".join(fold(text) for text in self.heading) if self.heading_row else f"без шапки|{self.width}"
        return hashlib.sha256(shape.encode()).hexdigest()[:16]

    def column_title(self, column: int) -> str:
        """The heading of a column, or its letter."""
        text = self.heading[column] if column < len(self.heading) else ""
        return text or f"графа {letters(column)}"


def letters(column: int) -> str:
    """0 -> A, 26 -> AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def cell_ref(row: int, column: int) -> str:
    """«C5»: the place of a cell as a spreadsheet names it."""
    return f"{letters(column)}{row}"


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip("\u00a0\u200b\ufeff \t\r\n"))
