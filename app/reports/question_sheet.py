"""The blank table of a question for one district: drop-downs, checks of figures, all but the cells protected."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.core.russian import day
from app.reports.blank_cells import cell_rule, list_rule, open_cell, write_choices
from app.reports.xlsx_cells import BOXED, Looks, put_text, settled
from app.reports.xlsx_place import height_of, lines_needed
from app.returns.hand_form import EntryKind
from app.returns.question import LINES, MARK_SHEET, AskedQuestion, ColumnKind, QuestionColumn, heading

SHEET = "Вопрос"
_SPAN = 4  # columns that the words above the table take at least
_WIDTHS = {ColumnKind.TEXT: 36.0, ColumnKind.CHOICE: 26.0}
_KINDS = {
    ColumnKind.TEXT: EntryKind.TEXT,
    ColumnKind.NUMBER: EntryKind.WHOLE,
    ColumnKind.MONEY: EntryKind.AMOUNT,
    ColumnKind.DATE: EntryKind.DAY,
    ColumnKind.CHOICE: EntryKind.CHOICE,
}


def question_xlsx(question: AskedQuestion, oktmo: str, name: str) -> bytes:
    """The table for the district of that code and name; the same bytes for the same question and district."""
    work = Workbook()
    work.remove(work.worksheets[0])
    sheet: Worksheet = work.create_sheet(SHEET)
    looks = Looks()
    for number, column in enumerate(question.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width_of(column)
    for number in range(len(question.columns) + 1, _SPAN + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 18
    head = _words_above(sheet, question, f"{name}, ОКТМО {oktmo}", looks)
    _table(work, sheet, question, head, looks)
    mark = work.create_sheet(MARK_SHEET)
    mark.sheet_state = "hidden"
    for row, (key, value) in enumerate((("question", question.key), ("oktmo", oktmo)), 1):
        put_text(mark.cell(row, 1), key)
        put_text(mark.cell(row, 2), value)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    work.properties.title, work.properties.creator, work.properties.language = question.title, None, "ru-RU"
    buffer = BytesIO()
    work.save(buffer)
    return settled(buffer.getvalue(), date(2024, 1, 1))


def width_of(column: QuestionColumn) -> float:
    """Signs that a column takes: by its kind, and so wide that no word of its title is broken."""
    words = max((len(word) for word in column.title.split()), default=0) * 1.15 + 3
    return round(min(max(_WIDTHS.get(column.kind, 16.0), words), 50.0), 2)


def _words_above(sheet: Worksheet, question: AskedQuestion, whose: str, looks: Looks) -> int:
    """What stands over the table; returns the row of its heading."""
    last = max(len(question.columns), _SPAN)
    room = sum(sheet.column_dimensions[get_column_letter(number)].width for number in range(1, last + 1))
    told = [
        (question.title, 13.0, True),
        (whose, 10.0, False),
        (f"Ответ ждём до {day(question.due_on)}. Впишите его в голубые ячейки: строк сколько нужно.", 10.0, False),
    ]
    if question.explanation:
        told.insert(1, (question.explanation, 10.0, False))
    for row, (text, size, bold) in enumerate(told, 1):
        cell = sheet.cell(row, 1)
        put_text(cell, text)  # type: ignore[arg-type]
        looks.words(cell, size=size, bold=bold, wrap=True)  # type: ignore[arg-type]
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
        sheet.row_dimensions[row].height = height_of(lines_needed(text, room * 10 / size), size) + 2
    return len(told) + 2


def _table(work: Workbook, sheet: Worksheet, question: AskedQuestion, head: int, looks: Looks) -> None:
    lists = {str(number): dict.fromkeys(column.choices) for number, column in enumerate(question.columns, 1)}
    ranges = write_choices(work, {
        name: {one: one for one in choices} for name, choices in lists.items() if choices
    })  # fmt: skip
    lines = 1
    for number, column in enumerate(question.columns, 1):
        cell = sheet.cell(head, number)
        title = heading(column)
        put_text(cell, title)  # type: ignore[arg-type]
        looks.head(cell)  # type: ignore[arg-type]
        lines = max(lines, lines_needed(title, width_of(column)))
        letter = get_column_letter(number)
        kind = _KINDS[column.kind]
        for row in range(head + 1, head + LINES + 1):
            one = sheet.cell(row, number)
            open_cell(one, kind)  # type: ignore[arg-type]
            one.border = BOXED
            one.alignment = Alignment(vertical="top", wrap_text=column.kind is ColumnKind.TEXT)
        cells = f"{letter}{head + 1}:{letter}{head + LINES}"
        rule = (
            list_rule(ranges[str(number)]) if column.choices
            else cell_rule(kind, f"{letter}{head + 1}") if column.kind is not ColumnKind.TEXT else None
        )  # fmt: skip
        if rule is not None:
            rule.showErrorMessage, rule.errorTitle = True, "Проверьте значение"
            rule.add(cells)
            sheet.add_data_validation(rule)
    sheet.row_dimensions[head].height = height_of(lines)

