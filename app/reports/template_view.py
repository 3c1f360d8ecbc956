"""A template as a page shows it, and what is typed into it there: texts of cells with their marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.errors import AppError
from app.reports.template_book import Book, Sheet, column_letters, column_number, foreign, letters_of, row_of
from app.reports.template_cells import Run, cell_at, put_text, runs_of, shown_in
from app.reports.template_rows import Fault
from app.reports.template_scan import growth_faults, scan_marks
from app.returns.marks import MARK, Lexicon

MOST_ROWS, MOST_COLUMNS = 400, 60
_SPARE = 3  # empty rows and columns after the last filled ones
_PIXELS = 7  # of a sign of width
_ADDRESS = re.compile(r"[A-Z]{1,3}\d{1,7}")


@dataclass(frozen=True, slots=True)
class CellView:
    """row and column count from 1.  fault: why its mark cannot be filled."""

    row: int
    column: int
    text: str
    fault: str = ""

    @property
    def address(self) -> str:
        return f"{column_letters(self.column)}{self.row}"

    @property
    def marked(self) -> bool:
        return bool(MARK.search(self.text)) and not self.text.startswith("=")


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet: cells by (row, column), widths in px, merged areas as (row, column, rows, columns).

    lists: row -> the list it repeats over.
    """

    name: str
    rows: int
    columns: int
    cells: Mapping[tuple[int, int], CellView]
    widths: Sequence[int]
    spans: Sequence[tuple[int, int, int, int]]
    lists: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A template with its faults, also those that belong to no cell."""

    sheets: tuple[SheetView, ...]
    faults: tuple[Fault, ...]
    marks: int


def template_view(content: bytes, lexicon: Lexicon, name: str = "Шаблон") -> TemplateView:
    """The template for the screen.  AppError when it is no workbook."""
    book = Book(content, name)
    with foreign(name):
        scan = scan_marks(book, lexicon)
        faults = (*scan.faults, *growth_faults(Book(content, name), scan))
        at = {fault.place.partition(":")[0]: fault.text for fault in reversed(faults)}  # an area at its first cell
        lists = {sheet: {row: spec.key for row, spec in rows.items()} for sheet, rows in scan.repeats.items()}
        sheets = tuple(_view(sheet, book, at, lists.get(sheet.name, {})) for sheet in book.sheets)
    return TemplateView(sheets, faults, scan.marks)


def _view(sheet: Sheet, book: Book, faults: Mapping[str, str], lists: Mapping[int, str]) -> SheetView:
    cells = {}
    for cell in sheet.cells():
        address = cell.attrs["r"]
        place = row_of(address), column_number(letters_of(address))
        text = shown_in(cell, book)
        if text and place[0] <= MOST_ROWS and place[1] <= MOST_COLUMNS:
            cells[place] = CellView(*place, text, faults.get(f"{sheet.name}!{address}", ""))
    for place_, fault in faults.items():  # a fault may be where nothing is written
        name, _, address = place_.rpartition("!")
        if name == sheet.name and _ADDRESS.fullmatch(address):
            place = row_of(address), column_number(letters_of(address))
            cells.setdefault(place, CellView(*place, "", fault))
    rows = min(MOST_ROWS, max((row for row, _ in cells), default=0) + _SPARE)
    columns = min(MOST_COLUMNS, max((column for _, column in cells), default=5) + _SPARE)
    spans = []
    for area in sheet.merges:
        start, _, end = area.partition(":")
        top, left = row_of(start), column_number(letters_of(start))
        bottom, right = min(row_of(end or start), rows), min(column_number(letters_of(end or start)), columns)
        if bottom >= top and right >= left and (bottom, right) != (top, left):
            spans.append((top, left, bottom - top + 1, right - left + 1))
    return SheetView(sheet.name, rows, columns, cells, _widths(sheet, columns), spans, lists)


def _widths(sheet: Sheet, columns: int) -> list[int]:
    about = sheet.root.first("sheetFormatPr")
    usual = float(about.attrs.get("defaultColWidth", "8.43")) if about is not None else 8.43
    widths = [usual] * columns
    for one in sheet.root.first("cols") or ():
        for column in range(int(one.attrs.get("min", "1")), min(int(one.attrs.get("max", "1")), columns) + 1):
            widths[column - 1] = float(one.attrs.get("width", usual))
    return [int(width * _PIXELS + 5) for width in widths]


def with_text(content: bytes, sheet: str, address: str, text: str, today: date, *, add: bool = False) -> bytes:
    """The template with another text in a cell, or with it added to what stands there.

    AppError when the cell has a formula: a mark would take its place unseen.
    """
    book = Book(content)
    with foreign(book.name):
        cell = cell_at(book.sheet(sheet), address)
        if cell.first("f") is not None:
            raise AppError(f"В ячейке {address} формула.", "Выберите другую ячейку или уберите формулу в Excel.")
        runs = runs_of(cell, book) if add else []
        if add and not runs and cell.first("v") is not None:
            runs = [Run(None, shown_in(cell, book))]
        if runs:
            last = runs[-1]
            between = "" if last.text.endswith((" ", "\u00a0")) or not last.text else " "
            runs[-1] = Run(last.look, last.text + between + text)
        else:
            runs = [Run(None, text)]
        put_text(cell, runs, book)
        return book.content(today)
