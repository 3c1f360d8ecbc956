"""Blocks to XLSX: one sheet a list of blocks, values only, cells of the return by name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import singledispatch
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.core.progress import SILENT, Progress
from app.reports.blocks import (
    Book,
    Cell,
    Contents,
    Facts,
    Grid,
    GroupRow,
    Heading,
    Letterhead,
    Line,
    PageBreak,
    Seal,
    Sheet,
    Signatures,
    Space,
    Text,
    Turn,
    bare,
    shown,
)
from app.reports.cell_words import cell_name
from app.reports.xlsx_cells import Looks, put_text, put_value, settled, units

DRAFT = "ЧЕРНОВИК"
HIDDEN = "_data"
PIECE = 32_000
MM_PER_SIGN = 1.95
REST = 48  # signs in a column that takes the rest of a page
WIDEST = 70
LONGEST_WORD = 22  # a column of words grows for one so long
INCH = 25.4
SOFT_HYPHEN = "\u00ad"


class Place:
    """Where the next block goes on a sheet."""

    def __init__(self, sheet: Worksheet, looks: Looks, names: dict[str, str]) -> None:
        self.sheet = sheet
        self.looks = looks
        self.names = names  # defined name -> address
        self.row = 1
        self.frozen = False
        self._widths: dict[int, float] = {}

    def cell(self, column: int) -> SheetCell:
        found = self.sheet.cell(self.row, column)
        assert isinstance(found, SheetCell)
        return found

    def words(self, text: str, column: int = 1, size: float = 10, bold: bool = False) -> None:
        """A line of words that runs on over the empty cells at its right."""
        cell = self.cell(column)
        put_text(cell, text.replace(SOFT_HYPHEN, ""))
        self.looks.words(cell, size, bold)

    def widen(self, column: int, signs: float) -> None:
        wider = max(self._widths.get(column, 0), min(signs, WIDEST))
        self._widths[column] = wider
        self.sheet.column_dimensions[get_column_letter(column)].width = wider

    def name(self, cell: SheetCell, called: str) -> None:
        """Two cells of one name cannot be: the first keeps it."""
        address = f"{quote_sheetname(self.sheet.title)}!${cell.column_letter}${cell.row}"
        self.names.setdefault(cell_name(called), address)


def write_book(book: Book, progress: Progress = SILENT) -> bytes:
    """The workbook, the same bytes for the same blocks.  Cancelled is raised from `progress`."""
    work = Workbook()
    work.remove(work.worksheets[0])
    looks = Looks()
    names: dict[str, str] = {}
    for number, sheet in enumerate(book.sheets):
        progress.step(number, len(book.sheets), "Записано листов")
        _write_sheet(work.create_sheet(sheet.name), sheet, book, looks, names)
    for called, address in names.items():
        work.defined_names[called] = DefinedName(called, attr_text=address)
    _write_hidden(work, book.hidden)
    properties = work.properties
    properties.title, properties.creator, properties.language = book.title, book.author or None, "ru-RU"
    properties.created = properties.modified = datetime(book.made_on.year, book.made_on.month, book.made_on.day)
    buffer = BytesIO()
    work.save(buffer)
    return settled(buffer.getvalue(), book.made_on)


def _write_sheet(target: Worksheet, sheet: Sheet, book: Book, looks: Looks, names: dict[str, str]) -> None:
    place = Place(target, looks, names)
    setup = target.page_setup
    setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight = 9, "portrait", 1, 0
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = target.page_margins
    margins.left, margins.right, margins.top, margins.bottom = (side / INCH for side in (20, 10, 20, 20))
    margins.header = margins.footer = 10 / INCH
    said = " · ".join(part for part in (book.title, DRAFT if book.draft else "") if part).replace("&", "&&")
    footer = HeaderFooterItem()
    footer.left.text, footer.right.text = said, "&P из &N"
    target.oddFooter = footer
    if book.draft:
        place.words(DRAFT, bold=True)
        place.row += 1
    for block in sheet.blocks:
        put(block, place)


def _write_hidden(work: Workbook, lines: Iterable[tuple[str, str]]) -> None:
    """The sheet that a program reads: key and text a row, long texts in numbered pieces."""
    found = list(lines)
    if not found:
        return
    sheet = work.create_sheet(HIDDEN)
    sheet.sheet_state = "veryHidden"
    row = 0
    for key, text in found:
        cut = in_pieces(text) if units(text) >= PIECE else [text]
        for number, piece in enumerate(cut, 1):
            row += 1
            for column, words in ((1, key if len(cut) == 1 else f"{key}.{number}"), (2, piece)):
                cell = sheet.cell(row, column)
                assert isinstance(cell, SheetCell)
                put_text(cell, words)


def in_pieces(text: str) -> list[str]:
    """The text in pieces under 32,000 characters, however a workbook counts them."""
    # Half as many letters: a sign outside the first plane counts twice; and room for `_x005F_`.
    step = PIECE // 2 - 1_000
    return [text[start : start + step] for start in range(0, len(text), step)]


# --- one block each ---------------------------------------------------------------------------


@singledispatch
def put(block: object, place: Place) -> None:
    """Writes a block at the place and moves the place under it."""
    raise TypeError(f"no way to write {type(block).__name__} on a sheet")


@put.register
def _(block: Heading, place: Place) -> None:
    place.words(block.text, size=13 if block.level == 1 else 11, bold=True)
    place.row += 2


@put.register
def _(block: Text, place: Place) -> None:
    for line in block.text.split("\n"):
        place.words(line, size=min(block.size, 14), bold=block.bold)
        place.row += 1


@put.register
def _(block: Space, place: Place) -> None:
    place.row += 1


@put.register
def _(block: Letterhead, place: Place) -> None:
    for line in (*block.corner, *block.sender, block.unit, block.registration, block.addressee):
        if line:
            place.words(line)
            place.row += 1
    place.row += 1


@put.register
def _(block: Facts, place: Place) -> None:
    for fact in block.facts:
        place.words(fact.label)
        place.words(fact.value, column=2, bold=True)
        place.widen(1, len(fact.label) + 2)
        place.row += 1
    place.row += 1


@put.register
def _(block: Contents, place: Place) -> None:
    for line in block.lines:
        place.words(line.number)
        place.words(line.title, column=2)
        place.row += 1
    place.row += 1


@put.register
def _(block: Signatures, place: Place) -> None:
    for number, signature in enumerate(block.signatures):
        for line in (signature.post, signature.name, f"Служебный телефон: {signature.phone}" * bool(signature.phone)):
            if line:
                place.words(line.replace("\n", " "))
                place.row += 1
        if number == 0:
            place.words(f"М.П.    «___» ____________ {block.year}\u00a0г.")
            place.row += 1
        place.row += 1


@put.register
def _(block: Seal, place: Place) -> None:
    for line in (*block.lines, block.payload):
        for part in line.split("\n"):
            if part:
                place.words(part)
                place.row += 1


@put.register
def _(block: PageBreak, place: Place) -> None:
    if place.row > 1:
        place.sheet.row_breaks.append(Break(id=place.row - 1))


@put.register
def _(block: Turn, place: Place) -> None:
    place.sheet.page_setup.orientation = "landscape" if block.landscape else "portrait"


@put.register
def _(block: Grid, place: Place) -> None:
    if not block.rows:
        place.words(block.empty or "Записей нет.")
        place.row += 2
        return
    first = place.row
    if not block.headless:
        _put_head(block, place)
        if block.pinned and not place.frozen:
            place.frozen = True
            place.sheet.print_title_rows = f"{first}:{place.row - 1}"
            place.sheet.freeze_panes = f"{get_column_letter(block.pinned + 1)}{place.row}"
    for number, column in enumerate(block.columns, 1):
        place.widen(number, column.width / MM_PER_SIGN if column.width else REST)
    for row in block.rows:
        if isinstance(row, GroupRow):
            _put_group(row, len(block.columns), place)
        else:
            _put_line(row, block, place)
        place.row += 1
    if block.note:
        place.words(block.note, size=9)
        place.row += 1
    place.row += 1


def _put_head(grid: Grid, place: Place) -> None:
    columns = grid.columns
    uppers = any(column.over for column in columns)
    if uppers:
        for number, column in enumerate(columns, 1):
            cell = place.cell(number)
            put_text(cell, column.over)
            place.looks.head(cell)
        place.row += 1
    for number, column in enumerate(columns, 1):
        cell = place.cell(number)
        title = column.title.replace(SOFT_HYPHEN, "").replace("\n", " ")
        put_text(cell, title)
        place.looks.head(cell)
        place.widen(number, max(len(word) for word in title.split() or [""]) + 2)
    if uppers:
        _merge_uppers(grid, place)
    place.row += 1
    if grid.numbered:
        for number in range(1, len(columns) + 1):
            cell = place.cell(number)
            put_value(cell, number)
            place.looks.head(cell, 8)
        place.row += 1


def _merge_uppers(grid: Grid, place: Place) -> None:
    """Neighbours under one upper heading share it; a column under none takes both rows."""
    columns, sheet = grid.columns, place.sheet
    start = 0
    while start < len(columns):
        over = columns[start].over
        end = start
        while over and end + 1 < len(columns) and columns[end + 1].over == over:
            end += 1
        if over:
            sheet.merge_cells(None, place.row - 1, start + 1, place.row - 1, end + 1)
        else:
            title = str(place.cell(start + 1).value or "")
            place.cell(start + 1).value = None
            place.row -= 1
            put_text(place.cell(start + 1), title)
            place.row += 1
            sheet.merge_cells(None, place.row - 1, start + 1, place.row, start + 1)
        start = end + 1


def _put_group(row: GroupRow, across: int, place: Place) -> None:
    for number in range(1, across + 1):
        cell = place.cell(number)
        if number == 1:
            put_text(cell, row.title)
        place.looks.group(cell)


def _put_line(row: Line, grid: Grid, place: Place) -> None:
    for number, (content, column) in enumerate(zip(row.cells, grid.columns, strict=True), 1):
        cell = place.cell(number)
        value = bare(content)
        places = content.places if isinstance(content, Cell) else 0
        put_value(cell, value.replace(SOFT_HYPHEN, "") if isinstance(value, str) else value, places)
        indent = content.indent if isinstance(content, Cell) else 0
        place.looks.body(cell, column.align, indent, row.bold)
        if isinstance(content, Cell) and content.signed:
            cell.number_format = f"+{cell.number_format};-{cell.number_format};{cell.number_format}"
        if column.align == "right":
            place.widen(number, len(shown(content)) + 2)
        elif isinstance(value, str):
            place.widen(number, min(max((len(word) for word in value.split()), default=0), LONGEST_WORD) + 2)
        if isinstance(content, Cell) and content.name:
            place.name(cell, content.name)
