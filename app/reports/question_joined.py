"""Answers of all districts joined into one workbook: the table with its sums, the lists counted, who is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.core.russian import day, plural
from app.reports.question_sheet import width_of
from app.reports.xlsx_cells import DATE_FORMAT, Looks, number_format, put_text, settled
from app.reports.xlsx_place import height_of, lines_needed
from app.returns.question import AskedQuestion, ColumnKind, Value, heading

_PLACE_WIDTH = 34.0


@dataclass(frozen=True, slots=True)
class PlaceRows:
    """The lines of a district and the day its answer came; None and no lines while it has not."""

    oktmo: str
    name: str
    rows: Sequence[Sequence[Value]]
    came_on: date | None


def joined_xlsx(
    question: AskedQuestion, places: Sequence[PlaceRows], sums: Sequence[int | Decimal | None], made_on: date
) -> bytes:
    """«Ответы», «Сводка» where columns have lists, «Не ответили» where somebody is missing.  Values only."""
    work = Workbook()
    work.remove(work.worksheets[0])
    looks = Looks()
    answered = [place for place in places if place.came_on is not None]
    missing = [place for place in places if place.came_on is None]
    _answers(work.create_sheet("Ответы"), question, answered, sums, len(places), made_on, looks)
    if any(column.choices for column in question.columns):
        _counted(work.create_sheet("Сводка"), question, answered, looks)
    if missing:
        _missing(work.create_sheet("Не ответили"), question, missing, looks)
    work.properties.title, work.properties.creator, work.properties.language = question.title, None, "ru-RU"
    buffer = BytesIO()
    work.save(buffer)
    return settled(buffer.getvalue(), made_on)


def _answers(
    sheet: Worksheet, question: AskedQuestion, answered: Sequence[PlaceRows], sums: Sequence[int | Decimal | None],
    expected: int, made_on: date, looks: Looks,
) -> None:  # fmt: skip
    widths = [_PLACE_WIDTH, *(width_of(column) for column in question.columns), 13.0]
    counts = f"Ответили {len(answered)} из {plural(expected, 'района', 'районов', 'районов')} на {day(made_on)}."
    head = _opened(sheet, (question.title, counts), widths, looks)
    titles = ["Район", *(heading(column).removesuffix("*").rstrip() for column in question.columns), "Получен"]
    _heading(sheet, head, titles, widths, looks)
    row = head
    for place in answered:
        for values in place.rows:
            row += 1
            _line(sheet, row, [place.name, *values, place.came_on], question, widths, looks)
    row += 1
    _line(sheet, row, ["Итого", *sums, None], question, widths, looks, bold=True)
    sheet.freeze_panes = f"B{head + 1}"
    if row > head + 1:
        sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(widths))}{row - 1}"
    sheet.print_title_rows = f"{head}:{head}"


def _counted(sheet: Worksheet, question: AskedQuestion, answered: Sequence[PlaceRows], looks: Looks) -> None:
    widths = [_PLACE_WIDTH, 26.0, 12.0, 12.0]
    head = _opened(sheet, ("Сколько раз выбрано каждое значение",), widths, looks)
    _heading(sheet, head, ["Графа", "Значение", "Строк", "Районов"], widths, looks)
    row = head
    for at, column in enumerate(question.columns):
        for choice in column.choices:
            row += 1
            lines = sum(values[at] == choice for place in answered for values in place.rows)
            districts = sum(any(values[at] == choice for values in place.rows) for place in answered)
            _line(sheet, row, [column.title, choice, lines, districts], None, widths, looks)


def _missing(sheet: Worksheet, question: AskedQuestion, missing: Sequence[PlaceRows], looks: Looks) -> None:
    widths = [_PLACE_WIDTH + 8, 14.0]
    head = _opened(sheet, (f"Не ответили, срок {day(question.due_on)}",), widths, looks)
    _heading(sheet, head, ["Район", "ОКТМО"], widths, looks)
    for row, place in enumerate(missing, head + 1):
        _line(sheet, row, [place.name, place.oktmo], None, widths, looks)


def _opened(sheet: Worksheet, words: Sequence[str], widths: Sequence[float], looks: Looks) -> int:
    """Widths, page and the words above the table; returns the row of its heading."""
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    for row, text in enumerate(words, 1):
        cell: Any = sheet.cell(row, 1)
        put_text(cell, text)
        size = 13.0 if row == 1 else 10.0
        looks.words(cell, size=size, bold=row == 1, wrap=True)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(widths))
        sheet.row_dimensions[row].height = height_of(lines_needed(text, sum(widths) * 10 / size), size) + 2
    return len(words) + 2


def _heading(sheet: Worksheet, row: int, titles: Sequence[str], widths: Sequence[float], looks: Looks) -> None:
    for number, title in enumerate(titles, 1):
        cell: Any = sheet.cell(row, number)
        put_text(cell, title)
        looks.head(cell)
    lines = max(lines_needed(title, width) for title, width in zip(titles, widths, strict=True))
    sheet.row_dimensions[row].height = height_of(lines)


def _line(
    sheet: Worksheet, row: int, values: Sequence[Value | datetime], question: AskedQuestion | None,
    widths: Sequence[float], looks: Looks, *, bold: bool = False,
) -> None:  # fmt: skip
    lines = 1
    for number, value in enumerate(values, 1):
        cell: Any = sheet.cell(row, number)
        align = "left"
        if isinstance(value, str):
            put_text(cell, value)
            lines = max(lines, lines_needed(value, widths[number - 1]))
        elif isinstance(value, date):
            cell.value, cell.number_format = value, DATE_FORMAT
        elif value is not None:
            column = question.columns[number - 2] if question is not None else None
            money = column is not None and column.kind is ColumnKind.MONEY
            cell.value, align = value, "right"
            cell.number_format = number_format(2 if money else 0)
        looks.body(cell, align, bold=bold)
    sheet.row_dimensions[row].height = height_of(lines)
