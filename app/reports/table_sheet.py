"""A plain table as a workbook: exports of registers, and rows of a list that could not be taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from app.core.fields import Kind
from app.core.progress import SILENT, Progress
from app.core.russian import day
from app.core.values import show
from app.reports.xlsx_cells import DATE_FORMAT, Looks, number_format, put_text, settled
from app.reports.xlsx_place import WIDEST, WIDEST_SIGN, height_of, lines_needed

LAST_ROW = 1_048_576
MOST_LINES = 12  # of a row: a list is looked through, not read
STEP = 2_000  # rows between two reports of progress
_PLACES = {Kind.MONEY: 2, Kind.AMOUNT: 2, Kind.COUNT: 0}
_BAD_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.  kind says how its values are written; width in signs."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 20


def table_xlsx(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    *,
    marks: Mapping[tuple[int, int], str] | None = None,
    made_on: date = date(2024, 1, 1),
    progress: Progress = SILENT,
) -> bytes:
    """One sheet with a head, a filter and frozen first row; values only.

    marks: (row, column) from 0 -> a note: the cell is tinted and the note stands in its comment.
    A value that is not of its column's kind (a wrong cell of a list) is written as its words.
    made_on: the day in the properties of the file.  Cancelled is raised from `progress`.
    """
    noted = marks or {}
    work = Workbook(write_only=True)
    sheet: Any = work.create_sheet(_sheet_name(title))
    looks = Looks()
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    rooms = [min(max(column.width, 6), WIDEST) for column in columns]
    for number, room in enumerate(rooms, 1):
        sheet.column_dimensions[get_column_letter(number)].width = room
    _set_height(sheet, 1, [column.title for column in columns], rooms)
    sheet.append([_head(sheet, looks, column.title) for column in columns])
    last = 1
    for index, row in enumerate(rows):
        if index % STEP == 0:
            progress.step(index, 0, "Записано строк")
        cells = [
            _cell(sheet, looks, column.kind, value, noted.get((index, number)))
            for number, (column, value) in enumerate(zip(columns, row, strict=True))
        ]
        last += 1
        _set_height(sheet, last, [cell.value for cell in cells], rooms)
        sheet.append(cells)
    if columns:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    work.properties.title, work.properties.language = title, "ru-RU"
    work.properties.created = work.properties.modified = datetime(made_on.year, made_on.month, made_on.day)
    buffer = BytesIO()
    work.save(buffer)
    return settled(buffer.getvalue(), made_on)


def _sheet_name(title: str) -> str:
    """As much of the title as a sheet's name takes."""
    return " ".join(title.translate(_BAD_IN_NAMES).split()).strip("'")[:31] or "Таблица"


def _set_height(sheet: Any, number: int, values: Sequence[Any], rooms: Sequence[float]) -> None:
    """A row whose words need several lines is made so tall, to a limit; others keep the usual height."""
    lines = 1
    for value, room in zip(values, rooms, strict=True):
        if isinstance(value, str) and (len(value) * WIDEST_SIGN > room or "\n" in value):
            lines = max(lines, lines_needed(value, room))
    if lines > 1:
        sheet.row_dimensions[number].height = height_of(min(lines, MOST_LINES))


def _head(sheet: Any, looks: Looks, title: str) -> Any:
    cell = WriteOnlyCell(sheet)
    put_text(cell, title)
    looks.head(cell)
    return cell


def _cell(sheet: Any, looks: Looks, kind: Kind, value: Any, note: str | None) -> Any:
    cell = WriteOnlyCell(sheet)
    align = "left"
    if isinstance(value, datetime):
        value = value.date()
    if value is None:
        pass
    elif kind in _PLACES and isinstance(value, int | Decimal) and not isinstance(value, bool):
        cell.value, align = value, "right"
        cell.number_format = number_format(_PLACES[kind])
    elif kind is Kind.YEAR and isinstance(value, int):
        cell.value, align = value, "right"
    elif kind is Kind.DATE and isinstance(value, date):
        cell.value = value
        cell.number_format = DATE_FORMAT
    else:
        put_text(cell, _words(kind, value))
    looks.body(cell, align, marked=note is not None)
    if note:
        cell.comment = Comment(note, "Куратор НКО", height=80, width=320)
    return cell


def _words(kind: Kind, value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return str(value) if isinstance(value, int | float | Decimal) else show(kind, value)
