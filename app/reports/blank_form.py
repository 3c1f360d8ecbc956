"""The blank form: a version of the return as an empty workbook, for a district without the program.

The same sheets in the same order and the same names of cells as in the file of the program; cells to
be filled are open and tinted, sums are formulas for the eye, the rest is locked without a password.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from app.core.periods import Quarter
from app.core.text import NBSP
from app.reports.blank_cells import (
    At,
    Checks,
    computed_cell,
    open_cell,
    percent_formula,
    protect,
    put_asked,
    put_marks,
    sum_formula,
)
from app.reports.blank_lists import put_list
from app.reports.blank_marks import marks_of
from app.reports.blank_words import HOW_TO, LISTS_SHEET, PROTOCOL_WORDS, how_to_sheet, look_at_lists
from app.reports.blocks import (
    Block,
    Book,
    Cell,
    Column,
    Contents,
    ContentsLine,
    Grid,
    Heading,
    Line,
    Sheet,
    Space,
    Text,
    Turn,
)
from app.reports.file_names import FORM_NAME
from app.reports.return_sheet import section_sheets
from app.reports.xlsx import filled_book, saved_book
from app.reports.xlsx_cells import Looks, put_text
from app.returns.cell_names import cell_name
from app.returns.form import ANNEX_TITLES
from app.returns.hand_form import HEAD, HEAD_TITLES, EntryKind, HandForm
from app.returns.hand_lists import ON_RECORD, PRACTICES, REGISTER, SIDE_BY_SIDE, HandList
from app.returns.snapshot import Head, NeedFigures, NeedLine, QuarterReturn, ServiceFigures, ServiceLine
from app.returns.sums import percent_cells

LEGEND = (
    f"Голубые ячейки заполняются, жёлтые обязательны, серые считаются сами. Розовая с{NBSP}красным{NBSP}— "
    "соотношение не сходится, перечень под таблицей."
)
TITLE_LEGEND = "Голубые ячейки заполняются, жёлтые обязательны. Подробно, на одной странице:"
LIST_LEGEND = "Одна строка — одна запись. Графы со звёздочкой обязательны, если строка начата; пустые строки оставьте."
YEAR_AGO = "За те же месяцы прошлого года"
_SIGNATURES = tuple(entry.cell for entry in HEAD if "signer" in entry.cell or "executor" in entry.cell)
_NO_QUARTER = Quarter(2024, 1)
_LISTS_ROW = 5  # the heading of the lists on «Списки»
_DAY = date(2024, 1, 1)


def blank_form_xlsx(form: HandForm) -> bytes:
    """The blank form, the same bytes for the same form and dictionaries."""
    work, book, _ = _made(form)
    return saved_book(work, book)


def blank_layout(form: HandForm) -> dict[str, tuple[str, int, int]]:
    """Where each cell and list of the blank form stands: sheet, row, column from 1."""
    places = _made(form)[2]
    return {name: (at.sheet, at.row, at.column) for name, at in places.items()}


def _made(form: HandForm) -> tuple[Workbook, Book, dict[str, At]]:
    book = _book(form)
    work, names = filled_book(book)
    looks, checks = Looks(), Checks(form.words.choices)
    _put_annex_heads(work, looks)
    _put_lists(work, looks, checks, names)
    places = _places(form, names)
    _fill(work, form, places, checks)
    _widen(work, form, places)
    _finish(work, form, places)
    checks.write(work)
    for sheet in work.worksheets:
        protect(sheet)
    for cell, at in places.items():
        address = f"{quote_sheetname(at.sheet)}!${get_column_letter(at.column)}${at.row}"
        work.defined_names[cell_name(cell)] = DefinedName(cell_name(cell), attr_text=address)
    work.security = WorkbookProtection(lockStructure=True)
    work.calculation.fullCalcOnLoad = True
    work.move_sheet("_data", len(work.sheetnames))
    return work, book, places


# --- the sheets -------------------------------------------------------------------------------


def _book(form: HandForm) -> Book:
    sheets = [_title(form), *_sections(form), *_annexes(), Sheet(LISTS_SHEET, (Turn(True),))]
    sheets.append(how_to_sheet(form))
    contents = Contents(tuple(ContentsLine("", sheet.name, sheet.name) for sheet in sheets[1:]))
    sheets[0] = Sheet(sheets[0].name, (*sheets[0].blocks, Heading("Листы", level=2), contents))
    return Book(
        title=f"{FORM_NAME} · версия {form.form.version} · пустая форма",
        sheets=tuple(sheets),
        made_on=max(form.form.valid_from, _DAY),
        hidden=(("form", FORM_NAME), ("form_version", form.form.version), ("blank", "1")),
    )


def _title(form: HandForm) -> Sheet:
    def grid(cells: Iterable[str]) -> Grid:
        rows = tuple(Line((HEAD_TITLES[cell], Cell(None, name=cell))) for cell in cells)
        return Grid((Column("Что", 96), Column("Значение", 120)), rows, headless=True, numbered=False)

    facts = [entry.cell for entry in HEAD if entry.cell not in _SIGNATURES]
    return Sheet(
        "Титул",
        (
            Text(f"Форма {FORM_NAME}, версия {form.form.version}", size=9, align="right"),
            Text("ОТЧЁТ", size=16, bold=True, align="center"),
            Text(form.form.title, size=13, bold=True, align="center"),
            Text("за квартал (нарастающим итогом с начала года)", align="center"),
            Text(TITLE_LEGEND, size=9),
            Contents((ContentsLine("", HOW_TO, HOW_TO),)),
            grid(facts),
            Heading("Подписи", level=2),
            grid(_SIGNATURES),
            Text(f"Подпись ____________________     М.П.     «___» ____________ 20___{NBSP}г.", size=10),
            Space(1),
        ),
    )


def _sections(form: HandForm) -> Iterator[Sheet]:
    """The sections as the program writes them, of a return in which nothing stands."""
    for sheet in section_sheets(_nothing(form), form.form):
        yield Sheet(sheet.name, tuple(_without_period(block) for block in sheet.blocks))


def _without_period(block: Block) -> Block:
    """Column 9 without the months of a certain year; notes that speak of filled forms alone go."""
    if not isinstance(block, Grid) or len(block.columns) != 10 or block.columns[0].title != "Код строки":
        return block
    columns = list(block.columns)
    columns[8] = replace(columns[8], title=YEAR_AGO)
    return replace(block, columns=tuple(columns))


def _nothing(form: HandForm) -> QuarterReturn:
    words = form.words
    figures, needs = ServiceFigures(), NeedFigures()
    return QuarterReturn(
        head=Head(form.form.version, "", "", "", _NO_QUARTER, 0, "", "", "", "", {}),
        rows={},
        activities=dict.fromkeys(words.activities, 0),
        activity_titles=words.activities,
        services=tuple(
            ServiceLine(line.removeprefix("3.").removesuffix("."), "", "", "", "", Decimal(0), figures, figures)
            for line in form.lines
        ),
        needs=tuple(NeedLine(one.code, one.title, needs, needs) for one in words.categories),
        members={},
        entities=(),
    )


def _annexes() -> Iterator[Sheet]:
    """Empty so far: their words run over the columns of lists that come later."""
    for name in _ANNEX_SHEETS.values():
        yield Sheet(name, (Turn(True),))


_ANNEX_SHEETS = {
    "А": "А Реестр",
    "Б": "Б Потребности",
    "В": "В Практики",
    "Г": "Г Протокол",
    "Д": "Д Журнал услуг",
    "Е": "Е Список НКО",
}
_ELSEWHERE = {"Б": look_at_lists("потребности"), "Г": PROTOCOL_WORDS, "Д": look_at_lists("услуги")}
_OWN_SHEETS: Mapping[str, HandList] = {"А Реестр": REGISTER, "В Практики": PRACTICES, "Е Список НКО": ON_RECORD}


def _put_annex_heads(work: Workbook, looks: Looks) -> None:
    for letter, name in _ANNEX_SHEETS.items():
        _say(work[name], 1, f"Приложение {letter}. {ANNEX_TITLES[letter]}", looks, size=13, bold=True)
        if letter in _ELSEWHERE:
            _say(work[name], 3, _ELSEWHERE[letter], looks, size=10)
            _link(_cell(work[name], 5, 1), f"Перейти на лист «{LISTS_SHEET}»", LISTS_SHEET, "A1", looks)


def _put_lists(work: Workbook, looks: Looks, checks: Checks, names: dict[str, str]) -> None:
    for name, one in _OWN_SHEETS.items():
        sheet = work[name]
        _say(sheet, 2, LIST_LEGEND, looks)
        first = put_list(work, sheet, one, 3, 1, looks, checks, names)
        sheet.freeze_panes = f"{'B' if one is not REGISTER else 'A'}{first}"
        sheet.print_title_rows = "3:3"
    sheet = work[LISTS_SHEET]
    _say(sheet, 1, "Списки к отчёту", looks, size=13, bold=True)
    _say(sheet, 2, LIST_LEGEND, looks)
    column = 1
    for one in SIDE_BY_SIDE:
        cell = _cell(sheet, _LISTS_ROW - 1, column)
        put_text(cell, one.title)
        looks.words(cell, size=11, bold=True)
        put_list(work, sheet, one, _LISTS_ROW, column, looks, checks, names)
        at, words = _LIST_LINKS[one.key]
        _link(_cell(sheet, 3, at), words, LISTS_SHEET, cell.coordinate, looks)
        column += len(one.columns) + 1
        sheet.column_dimensions[get_column_letter(column - 1)].width = 3
    sheet.freeze_panes = f"A{_LISTS_ROW + 1}"
    sheet.print_title_rows = f"{_LISTS_ROW}:{_LISTS_ROW}"


_LIST_LINKS = {"members": (1, "1. Организации"), "services": (4, "2. Услуги"), "needs": (7, "3. Потребности")}
"""Links above the lists: column and words."""


def _link(cell: SheetCell, words: str, sheet: str, ref: str, looks: Looks) -> None:
    put_text(cell, words)
    looks.link(cell)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(sheet)}!{ref}")


def _say(sheet: Worksheet, row: int, words: str, looks: Looks, size: float = 9, bold: bool = False) -> None:
    """Words in the first column that run over the others."""
    cell = _cell(sheet, row, 1)
    put_text(cell, words)
    looks.words(cell, size=size, bold=bold)


def _cell(sheet: Worksheet, row: int, column: int) -> SheetCell:
    found = sheet.cell(row, column)
    assert isinstance(found, SheetCell)
    return found


# --- the cells --------------------------------------------------------------------------------


def _places(form: HandForm, names: Mapping[str, str]) -> dict[str, At]:
    """Cell of the form -> where it stands; centre and code of a line of table 3 stand before its figures."""
    found: dict[str, At] = {}
    for cell in (*form.entries, *(one.anchor for one in (*_OWN_SHEETS.values(), *SIDE_BY_SIDE))):
        address = names.get(cell_name(cell))
        if address is not None:
            sheet, _, ref = address.rpartition("!")
            letters, row = coordinate_from_string(ref.replace("$", ""))
            found[cell] = At(sheet.strip("'"), row, column_index_from_string(letters))
    for line in form.lines:
        plan = found[f"{line}.plan.quarter"]
        found[f"{line}.centre"] = replace(plan, column=1)
        found[f"{line}.code"] = replace(plan, column=2)
    return found


def _fill(work: Workbook, form: HandForm, places: Mapping[str, At], checks: Checks) -> None:
    """Cells to be filled are opened, sums and percents become formulas."""
    for cell, entry in form.entries.items():
        at = places[cell]
        target = _cell(work[at.sheet], at.row, at.column)
        if not entry.formula:
            open_cell(target, entry.kind)
            if entry.kind in (EntryKind.NOTE, EntryKind.TEXT, EntryKind.CHOICE, EntryKind.DAY):
                target.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
            checks.add(at, entry.kind, entry.choices)
    for total in form.sums:
        at = places[total.total]
        kind = form.entries[total.total].kind
        computed_cell(_cell(work[at.sheet], at.row, at.column), sum_formula(total, places), kind)
    for cell in percent_cells(form.form):
        code, at = cell.rpartition(".")[0], places[cell]
        formula = percent_formula(places[f"{code}.year"], places[f"{code}.plan"])
        computed_cell(_cell(work[at.sheet], at.row, at.column), formula, EntryKind.DAYS)
    _fill_service_words(work, form, places)
    for prefix in ("3.", "4."):
        _fill_totals(work, form, places, prefix)


_ROOM = {EntryKind.AMOUNT: 16, EntryKind.SIGNED: 16, EntryKind.WHOLE: 11, EntryKind.NOTE: 40, EntryKind.TEXT: 34}
"""Signs that a cell to be filled has room for."""


def _widen(work: Workbook, form: HandForm, places: Mapping[str, At]) -> None:
    """Columns that are empty so far are wide enough for what will stand in them."""
    for cell, entry in form.entries.items():
        at = places[cell]
        dimension = work[at.sheet].column_dimensions[get_column_letter(at.column)]
        dimension.width = max(dimension.width, _ROOM.get(entry.kind, 0))


def _fill_service_words(work: Workbook, form: HandForm, places: Mapping[str, At]) -> None:
    """Name and unit of a service by its code; on the sheet of the year, centre and code of the quarter."""
    kinds = form.words.catalogue
    codes = [kind.code for kind in kinds]
    titles, units = [kind.title for kind in kinds], [kind.unit for kind in kinds]
    for line in form.lines:
        code = places[f"{line}.code"]
        for period in ("quarter", "year"):
            at = places[f"{line}.plan.{period}"]
            sheet = work[at.sheet]
            seen = code.seen_from(at.sheet)
            for column, what in ((3, titles), (4, units)):
                cell = _cell(sheet, at.row, column)
                cell.value = f'=IF({seen}="","",{_chosen(seen, codes, what)})'
            if period == "year":
                for column, name in ((1, "centre"), (2, "code")):
                    part = places[f"{line}.{name}"].seen_from(at.sheet)
                    computed_cell(_cell(sheet, at.row, column), f'=IF({part}="","",{part})')


def _chosen(cell: str, codes: Sequence[str], words: Sequence[str]) -> str:
    """A word by a code: the catalogue stands in the formula itself, as two arrays."""
    left, right = (";".join('"' + word.replace('"', '""') + '"' for word in one) for one in (codes, words))
    return f'IFERROR(INDEX({{{right}}},MATCH({cell},{{{left}}},0)),"нет в каталоге")'


def _fill_totals(work: Workbook, form: HandForm, places: Mapping[str, At], prefix: str) -> None:
    """«Всего» under tables 3 and 4: what may be summed, as the file of the program does."""
    table = [cell for cell in form.entries if cell.startswith(prefix) and cell.endswith((".quarter", ".year"))]
    columns: dict[tuple[str, int], list[int]] = {}
    for cell in table:
        at = places[cell]
        columns.setdefault((at.sheet, at.column), []).append(at.row)
    for (title, column), rows in columns.items():
        total = _cell(work[title], max(rows) + 1, column)
        letter = get_column_letter(column)
        if isinstance(total.value, (int, float, Decimal)):
            computed_cell(total, f"=SUM({letter}{min(rows)}:{letter}{max(rows)})")
        elif total.value is None:
            put_text(total, "×")


def _finish(work: Workbook, form: HandForm, places: Mapping[str, At]) -> None:
    """Marks with their legend, amber for what must be filled."""
    looks = Looks()
    legends = put_marks(work, marks_of(form), places)
    asked: dict[str, list[str]] = {}
    for cell, entry in form.entries.items():
        if entry.required and not entry.formula:
            asked.setdefault(places[cell].sheet, []).append(places[cell].ref)
    for title, cells in asked.items():
        put_asked(work[title], cells)
    filled = {places[cell].sheet for cell in form.entries} - {"Титул"}
    for sheet in work.worksheets:
        if sheet.title in filled:
            _say(sheet, 2, LEGEND, looks)
        if sheet.title in legends:
            row = sheet.max_row + 1
            for number, words in enumerate(("Что отмечается на этом листе:", *legends[sheet.title])):
                _say(sheet, row + number, words, looks)
