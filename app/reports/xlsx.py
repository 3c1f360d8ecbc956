"""Blocks to XLSX: one sheet a list of blocks, values only, cells of the return by name."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from functools import singledispatch
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.utils import quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.core.cell_text import seal_of
from app.core.progress import SILENT, Progress
from app.reports.blocks import (
    Bars,
    Block,
    Book,
    Contents,
    Facts,
    Grid,
    Heading,
    Letterhead,
    PageBreak,
    Seal,
    Sheet,
    Signature,
    Signatures,
    Space,
    Text,
    Turn,
)
from app.reports.xlsx_bars import measure_bars, put_bars
from app.reports.xlsx_cells import Looks, put_text, settled, units
from app.reports.xlsx_grid import measure_grid, put_grid
from app.reports.xlsx_place import Place, signs

DRAFT = "ЧЕРНОВИК"
HIDDEN = "_data"
PIECE = 32_000
SMALL = 8
INCH = 25.4


def write_book(book: Book, progress: Progress = SILENT) -> bytes:
    """The workbook, the same bytes for the same blocks.  Cancelled is raised from `progress`."""
    return saved_book(filled_book(book, progress)[0], book)


def filled_book(book: Book, progress: Progress = SILENT) -> tuple[Workbook, dict[str, str]]:
    """The workbook before it is saved, and where its named cells stand: defined name -> address."""
    work = Workbook()
    work.remove(work.worksheets[0])
    looks = Looks()
    names: dict[str, str] = {}
    sheets = frozenset(sheet.name for sheet in book.sheets)
    for number, sheet in enumerate(book.sheets):
        progress.step(number, len(book.sheets), "Записано листов")
        _write_sheet(Place(work.create_sheet(sheet.name), looks, names, sheets), sheet, book)
    for called, address in names.items():
        work.defined_names[called] = DefinedName(called, attr_text=address)
    seals = (("sheets", _seals(work)),) if book.sealed else ()
    _write_hidden(work, (*book.hidden, *seals))
    return work, names


def _seals(work: Workbook) -> str:
    """Sheet -> hash of its words, as JSON."""
    found = {sheet.title: seal_of(sheet.iter_rows(values_only=True)) for sheet in work.worksheets}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def saved_book(work: Workbook, book: Book) -> bytes:
    """The bytes of a workbook, with the times of the book."""
    properties = work.properties
    properties.title, properties.creator, properties.language = book.title, book.author or None, "ru-RU"
    properties.created = properties.modified = datetime(book.made_on.year, book.made_on.month, book.made_on.day)
    buffer = BytesIO()
    work.save(buffer)
    return settled(buffer.getvalue(), book.made_on)


def _write_sheet(place: Place, sheet: Sheet, book: Book) -> None:
    _set_up(place.sheet, book)
    _measure(sheet.blocks, place)
    if book.draft:
        place.words(DRAFT, bold=True)
        place.row += 1
    for block in sheet.blocks:
        put(block, place)


def _measure(blocks: Iterable[Block], place: Place) -> None:
    """Widths first: how tall a row is depends on them."""
    for block in blocks:
        if isinstance(block, Grid):
            measure_grid(block, place)
            place.across = max(place.across, len(block.columns))
        elif isinstance(block, Bars):
            measure_bars(block, place)
        elif isinstance(block, Facts):
            place.widen(1, max(signs(fact.label) for fact in block.facts) + 1)
            place.across = max(place.across, 2)
    place.settle_widths()


def _set_up(target: Worksheet, book: Book) -> None:
    """Paper, margins and the foot of a sheet when it is printed."""
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
    place.row += 2 if block.level == 1 else 1


@put.register
def _(block: Text, place: Place) -> None:
    for line in block.text.split("\n"):
        place.words(line, size=min(block.size, 16), bold=block.bold, align=block.align)
        place.row += 1


@put.register
def _(block: Space, place: Place) -> None:
    place.row += 1


@put.register
def _(block: Letterhead, place: Place) -> None:
    """Sender at the left, addressee at the right, the form in the corner."""
    half = max(place.across // 3, 1)
    place.words(", ".join(block.corner), align="right", size=9)
    place.row += 1
    place.words("\n".join(block.sender), 1, half, size=11)
    if place.across > half + 1:
        place.words(block.addressee, half + 2 if place.across > half + 2 else half + 1, size=11)
    else:
        place.row += 1
        place.words(block.addressee)
    place.row += 1
    for line in (block.unit, block.registration):
        if line:
            place.words(line, 1, half)
            place.row += 1
    place.row += 1


@put.register
def _(block: Facts, place: Place) -> None:
    for fact in block.facts:
        place.words(fact.label, 1, 1, ruled=True)
        place.words(fact.value, 2, bold=True, ruled=True)
        place.row += 1
    place.row += 1


@put.register
def _(block: Contents, place: Place) -> None:
    """Lines that lead to the sheets they name."""
    for line in block.lines:
        place.words(" ".join(part for part in (line.number, line.title) if part))
        if line.anchor in place.sheets:
            cell = place.cell(1)
            place.looks.link(cell)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(line.anchor)}!A1")
        place.row += 1
    place.row += 1


@put.register
def _(block: Signatures, place: Place) -> None:
    for number, signature in enumerate(block.signatures):
        _put_signature(signature, place)
        if number == 0:
            place.words(f"{'М.П.    ' if block.stamp else ''}«___» ____________ {block.year}\u00a0г.")
            place.row += 1
        if signature.phone:
            place.words(f"Служебный телефон: {signature.phone}")
            place.row += 1
        place.row += 1


def _put_signature(signature: Signature, place: Place) -> None:
    """Post, a line for the hand, the name; under each other where the sheet is narrow."""
    if place.across < 5:
        for line in (signature.post.replace("\n", " "), signature.name):
            if line:
                place.words(line)
                place.row += 1
        return
    hand, name = place.across - 3, place.across - 1
    place.words(signature.post, 1, hand - 1)
    place.words("", hand, hand + 1, ruled=True)
    place.words(signature.name or "____________________", name, align="center")
    place.row += 1
    place.words("(подпись)", hand, hand + 1, size=SMALL, align="center")
    place.words("(расшифровка подписи)", name, size=SMALL, align="center")
    place.row += 1


@put.register
def _(block: Seal, place: Place) -> None:
    for line in (*block.lines, block.payload):
        for part in line.split("\n"):
            if part:
                place.words(part, size=9)
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
    put_grid(block, place)


@put.register
def _(block: Bars, place: Place) -> None:
    put_bars(block, place)
