"""Lists of the blank form on their sheets: headings, empty lines to be filled, drop-downs and checks."""

from __future__ import annotations

from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.reports.blank_cells import At, Checks, open_cell
from app.reports.xlsx_cells import Looks, put_text
from app.reports.xlsx_place import height_of, lines_needed
from app.returns.cell_names import cell_name
from app.returns.hand_form import FIGURES, EntryKind
from app.returns.hand_lists import HandList

REQUIRED = "\u00a0*"
_TEXTS = (EntryKind.TEXT, EntryKind.NOTE, EntryKind.CHOICE, EntryKind.YES_NO)
_AS_TEXT = frozenset({"row", "code", "number", "evidence_no", "decision_no", "needs", "codes", "activities"})
"""Columns of numbers that are names: as text, so that «007» and «211.1» stay what they are."""


def put_list(
    work: Workbook, sheet: Worksheet, one: HandList, row: int, column: int, looks: Looks, checks: Checks,
    names: dict[str, str],
) -> int:  # fmt: skip
    """A list whose heading stands in the row, from the column on.  Returns the row of its first line."""
    height = 1
    for number, spec in enumerate(one.columns):
        cell = cell_at(sheet, row, column + number)
        title = spec.title + (REQUIRED if spec.required else "")
        put_text(cell, title)
        looks.head(cell)
        height = max(height, lines_needed(title, spec.room))
        letter = get_column_letter(column + number)
        sheet.column_dimensions[letter].width = round(max(spec.room, _longest_word(title)), 2)
    sheet.row_dimensions[row].height = max(height_of(height), sheet.row_dimensions[row].height or 0)
    first = row + 1
    names[cell_name(one.anchor)] = f"{quote_sheetname(sheet.title)}!${get_column_letter(column)}${first}"
    for line in range(one.lines):
        for number, spec in enumerate(one.columns):
            cell = cell_at(sheet, first + line, column + number)
            as_text = spec.key in _AS_TEXT and spec.kind in _TEXTS
            cell.number_format = "@" if as_text else "General"
            _look(cell, spec.kind, as_text, looks)
            checks.add(At(sheet.title, first + line, column + number), spec.kind, spec.choices)
    return first


def _longest_word(title: str) -> float:
    return max(len(word) for word in title.split()) * 1.15 + 1.5


def _look(cell: SheetCell, kind: EntryKind, as_text: bool, looks: Looks) -> None:
    def make(one: SheetCell) -> None:
        looks.body(one, "right" if kind in FIGURES else "left")
        open_cell(one, kind)
        # A line is a line: words that find no room are read where they are typed, and lie over no neighbour.
        one.alignment = Alignment(horizontal=one.alignment.horizontal, vertical="top")
        if as_text:
            one.number_format = "@"

    looks.give(cell, ("open", kind, as_text), make)


def cell_at(sheet: Worksheet, row: int, column: int) -> SheetCell:
    found = sheet.cell(row, column)
    assert isinstance(found, SheetCell)
    return found


def say(sheet: Worksheet, row: int, words: str, looks: Looks, size: float = 9, bold: bool = False) -> None:
    """Words in the first column that run over the others."""
    cell = cell_at(sheet, row, 1)
    put_text(cell, words)
    looks.words(cell, size=size, bold=bold)
