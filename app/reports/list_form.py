"""A blank list of services, needs or NGOs: headings that our import knows, drop-downs, checks of what is typed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.core.fields import Field, Kind
from app.core.text import NBSP
from app.reports.blank_cells import cell_rule, list_rule, write_choices
from app.reports.xlsx_cells import DATE_FORMAT, Looks, number_format, put_text, settled
from app.reports.xlsx_place import height_of, lines_needed
from app.returns.hand_form import EntryKind

LINES = 3_000
REQUIRED = f"{NBSP}*"
_ENTRIES = {
    Kind.DATE: EntryKind.DAY,
    Kind.MONEY: EntryKind.AMOUNT,
    Kind.AMOUNT: EntryKind.AMOUNT,
    Kind.COUNT: EntryKind.WHOLE,
    Kind.YEAR: EntryKind.WHOLE,
    Kind.OGRN: EntryKind.OGRN,
    Kind.INN: EntryKind.INN,
    Kind.KPP: EntryKind.KPP,
}
_FORMATS = {
    Kind.DATE: DATE_FORMAT,
    Kind.MONEY: number_format(2),
    Kind.AMOUNT: number_format(2),
    Kind.COUNT: number_format(0),
    Kind.YEAR: "0",
}


@dataclass(frozen=True, slots=True)
class AskedColumn:
    """A column of a blank list: its heading, kind, width in signs, and what is said when a cell is chosen.

    choices: the name of its drop-down list; loose: what is not in it may be typed all the same.
    """

    title: str
    kind: Kind
    width: float
    required: bool = False
    choices: str = ""
    help: str = ""
    loose: bool = False

    @classmethod
    def of(
        cls, spec: Field, choices: Container[str], required: bool | None = None, help: str = ""
    ) -> AskedColumn:
        """A field of a register as a column.  choices: the drop-down lists there are."""
        asked = spec.required if required is None else required
        named = spec.dictionary if spec.kind is Kind.CHOICE and spec.dictionary in choices else ""
        return cls(spec.title, spec.kind, spec.width, asked, named, help or spec.help)


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A list on a sheet of its own.  rows: what stands in it already."""

    title: str
    columns: Sequence[AskedColumn]
    rows: Sequence[Sequence[Any]] = ()


def list_form_xlsx(
    title: str, columns: Sequence[AskedColumn], choices: Mapping[str, Mapping[str, str]],
    rows: Iterable[Sequence[Any]] = (), more: Sequence[ListSheet] = (),
) -> bytes:  # fmt: skip
    """The empty list, the same bytes for the same columns; one sheet, and the choices on a hidden one.

    choices: name of a drop-down list -> code -> what stands in it.  rows: what stands in the list already.
    more: lists that stand beside it.
    """
    work = Workbook()
    work.remove(work.worksheets[0])
    asked = (ListSheet(title, columns, tuple(rows)), *more)
    sheets = [work.create_sheet(one.title) for one in asked]
    used = {column.choices for one in asked for column in one.columns if column.choices}
    ranges = write_choices(work, {name: choices[name] for name in choices if name in used})
    looks = Looks()
    for sheet, one in zip(sheets, asked, strict=True):
        _fill(sheet, one, ranges, looks)
    made_on = date(2024, 1, 1)
    work.properties.created = datetime(made_on.year, made_on.month, made_on.day)
    work.properties.title, work.properties.creator, work.properties.language = title, None, "ru-RU"
    buffer = BytesIO()
    work.save(buffer)
    return settled(buffer.getvalue(), made_on)


def _fill(sheet: Worksheet, asked: ListSheet, ranges: Mapping[str, str], looks: Looks) -> None:
    columns = asked.columns
    height = 1
    for number, column in enumerate(columns, 1):
        height = max(height, _put_column(sheet, number, column, ranges, looks))
    sheet.row_dimensions[1].height = height_of(height)
    for at, row in enumerate(asked.rows, 2):
        for number, (column, value) in enumerate(zip(columns, row, strict=True), 1):
            _put(sheet.cell(at, number), column, value)
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{LINES + 1}"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0


def _put_column(
    sheet: Worksheet, number: int, column: AskedColumn, ranges: Mapping[str, str], looks: Looks
) -> int:
    """Heading, width, format and checks of a column.  Returns the lines its heading takes."""
    letter = get_column_letter(number)
    head = sheet.cell(1, number)
    assert isinstance(head, SheetCell)
    words = column.title + (REQUIRED if column.required else "")
    put_text(head, words)
    looks.head(head)
    room = max(column.width, max(len(word) for word in words.split()) * 1.1 + 4)
    dimension = sheet.column_dimensions[letter]
    dimension.width = round(room, 2)
    dimension.number_format = _FORMATS.get(column.kind, "@" if column.kind is not Kind.NOTE else "General")
    cells = f"{letter}2:{letter}{LINES + 1}"
    rule = _rule(column, f"{letter}2", ranges)
    if rule is not None:
        if column.help:
            rule.promptTitle, rule.prompt, rule.showInputMessage = column.title[:32], column.help[:255], True
        rule.showErrorMessage, rule.errorTitle = True, "Проверьте значение"
        rule.add(cells)
        sheet.add_data_validation(rule)
    return lines_needed(words, room)


def _put(cell: Any, column: AskedColumn, value: Any) -> None:
    """What stands in a cell already; figures and dates as such, all else as text."""
    if isinstance(value, Decimal | int | date):
        cell.value = value
    elif value:
        put_text(cell, str(value))
    if column.kind in _FORMATS:
        cell.number_format = _FORMATS[column.kind]


def _rule(column: AskedColumn, first: str, ranges: Mapping[str, str]) -> DataValidation | None:
    if column.choices:
        rule = list_rule(ranges[column.choices])
        if column.loose:
            rule.errorStyle, rule.error = "warning", "Этого в списке нет. Оставить, как вписано?"
        return rule
    if column.kind in _ENTRIES:
        return cell_rule(_ENTRIES[column.kind], first)
    # Of words nothing is checked; the rule only carries the word of help.
    return DataValidation(allow_blank=True) if column.help else None
