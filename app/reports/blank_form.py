"""The blank form: a version of the return as an empty workbook, for a district without the program.

The same sheets in the same order and the same names of cells as in the file of the program; cells to
be filled are open and tinted, sums are formulas for the eye, the rest is locked without a password.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from openpyxl.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.hyperlink import Hyperlink

from app.core.periods import Quarter
from app.core.text import NBSP
from app.reports.blank_cells import (
    At,
    Checks,
    protect,
)
from app.reports.blank_filling import fill_cells, mark_cells, places_of, widen
from app.reports.blank_lists import cell_at, put_list, say
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
from app.returns.hand_form import HEAD, HEAD_TITLES, HandForm
from app.returns.hand_lists import ON_RECORD, PRACTICES, REGISTER, SIDE_BY_SIDE, HandList
from app.returns.snapshot import Head, NeedFigures, NeedLine, QuarterReturn, ServiceFigures, ServiceLine

TITLE_LEGEND = "Голубые ячейки заполняются, жёлтые обязательны. Подробно, на одной странице:"
LIST_LEGEND = "Одна строка — одна запись. Графы со звёздочкой обязательны, если строка начата; пустые строки оставьте."
YEAR_AGO = "За те же месяцы прошлого года"
_SIGNATURES = tuple(entry.cell for entry in HEAD if "signer" in entry.cell or "executor" in entry.cell)
_NO_QUARTER = Quarter(2024, 1)
_LISTS_ROW = 5  # the heading of the lists on «Списки»
_DAY = date(2024, 1, 1)


def blank_form_xlsx(form: HandForm) -> bytes:
    """The blank form, the same bytes for the same form and dictionaries."""
    work, book, _ = opened_blank(form)
    return saved_book(work, book)


def blank_layout(form: HandForm) -> dict[str, tuple[str, int, int]]:
    """Where each cell and list of the blank form stands: sheet, row, column from 1."""
    places = opened_blank(form)[2]
    return {name: (at.sheet, at.row, at.column) for name, at in places.items()}


def opened_blank(form: HandForm) -> tuple[Workbook, Book, dict[str, At]]:
    """The empty workbook before it is saved, its blocks, and where its cells stand."""
    book = _book(form)
    work, names = filled_book(book)
    looks, checks = Looks(), Checks(form.words.choices)
    _put_annex_heads(work, looks)
    _put_lists(work, looks, checks, names)
    places = places_of(form, names)
    fill_cells(work, form, places, checks)
    widen(work, form, places)
    mark_cells(work, form, places)
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
        say(work[name], 1, f"Приложение {letter}. {ANNEX_TITLES[letter]}", looks, size=13, bold=True)
        if letter in _ELSEWHERE:
            say(work[name], 3, _ELSEWHERE[letter], looks, size=10)
            _link(cell_at(work[name], 5, 1), f"Перейти на лист «{LISTS_SHEET}»", LISTS_SHEET, "A1", looks)


def _put_lists(work: Workbook, looks: Looks, checks: Checks, names: dict[str, str]) -> None:
    for name, one in _OWN_SHEETS.items():
        sheet = work[name]
        say(sheet, 2, LIST_LEGEND, looks)
        first = put_list(work, sheet, one, 3, 1, looks, checks, names)
        sheet.freeze_panes = f"{'B' if one is not REGISTER else 'A'}{first}"
        sheet.print_title_rows = "3:3"
    sheet = work[LISTS_SHEET]
    say(sheet, 1, "Списки к отчёту", looks, size=13, bold=True)
    say(sheet, 2, LIST_LEGEND, looks)
    column = 1
    for one in SIDE_BY_SIDE:
        cell = cell_at(sheet, _LISTS_ROW - 1, column)
        put_text(cell, one.title)
        looks.words(cell, size=11, bold=True)
        put_list(work, sheet, one, _LISTS_ROW, column, looks, checks, names)
        at, words = _LIST_LINKS[one.key]
        _link(cell_at(sheet, 3, at), words, LISTS_SHEET, cell.coordinate, looks)
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
