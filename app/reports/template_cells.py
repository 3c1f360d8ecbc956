"""Cells of a template: the text that stands in one, and the value that is put in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from app.core.russian import amount, day
from app.reports.template_book import Book, Sheet, column_number, letters_of, row_of
from app.reports.template_xml import Node
from app.reports.xlsx_cells import kept_text
from app.returns.marks import MARK

_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text in one look; look is None where it is that of the cell."""

    look: Node | None
    text: str


def runs_of(cell: Node, book: Book) -> list[Run]:
    """The text of a cell in pieces; empty for a cell without text."""
    kind = cell.attrs.get("t")
    holder: Node | None = None
    value = cell.first("v")
    if kind == "s" and value is not None and value.text.strip().isdigit():
        place = int(value.text)
        holder = book.shared[place] if place < len(book.shared) else None
    elif kind == "inlineStr":
        holder = cell.first("is")
    elif kind == "str" and cell.first("f") is None and value is not None:
        return [Run(None, value.text)]
    if holder is None:
        return []
    found = []
    for node in holder:
        if node.local == "t":
            found.append(Run(None, node.text))
        elif node.local == "r":
            words = node.first("t")
            found.append(Run(node.first("rPr"), words.text if words is not None else ""))
    return found


def text_of(cell: Node, book: Book) -> str:
    """The text of a cell, '' for figures, formulas and empty ones."""
    return "".join(run.text for run in runs_of(cell, book))


def shown_in(cell: Node, book: Book) -> str:
    """What a person sees in a cell of a template: text, figure, day, or its formula."""
    formula = cell.first("f")
    if formula is not None:
        return f"={formula.text}" if formula.text else "=…"
    value, kind = cell.first("v"), cell.attrs.get("t", "n")
    if kind in ("s", "inlineStr", "str"):
        return text_of(cell, book)
    if value is None or not value.text:
        return ""
    if kind == "b":
        return "ИСТИНА" if value.text == "1" else "ЛОЖЬ"
    if kind == "e":
        return value.text
    try:
        if book.styles.shows_days(cell.attrs.get("s", "")):
            return day(from_excel(float(value.text), MAC_EPOCH if book.since_1904 else WINDOWS_EPOCH))
        return amount(Decimal(value.text))
    except (ValueError, ArithmeticError, AttributeError):
        return value.text


def with_marks(runs: Iterable[Run], words: Callable[[str], str]) -> list[Run]:
    """The text with each mark replaced by its words; a mark that lies over several looks takes the first."""
    pieces = list(runs)
    whole = "".join(run.text for run in pieces)
    found: list[Run] = []
    start = 0
    spans = [(one.start(), one.end(), words(one[1])) for one in MARK.finditer(whole)]
    for run in pieces:
        end = start + len(run.text)
        text, place = "", start
        for left, right, said in spans:
            if left >= end or right <= start:
                continue
            text += whole[place : max(left, place)]
            if left >= start:
                text += said
            place = min(right, end)
        text += whole[place:end]
        found.append(Run(run.look, text))
        start = end
    return found


def put_figure(cell: Node, value: Decimal | int) -> None:
    """A number in the cell's own format."""
    _empty(cell)
    cell.children = [cell.make("v", format(Decimal(value).normalize(), "f"))]


def put_day(cell: Node, value: date, book: Book) -> None:
    """A day in a format of days; elsewhere a number would be no day to anybody, so its text."""
    if book.styles.shows_days(cell.attrs.get("s", "")):
        _empty(cell)
        first = date(1904, 1, 1) if book.since_1904 else date(1899, 12, 30)
        cell.children = [cell.make("v", str((value - first).days))]
    else:
        put_text(cell, [Run(None, day(value))], book)


def put_text(cell: Node, runs: Iterable[Run], book: Book) -> None:
    """A text and nothing else, whatever it begins with."""
    pieces = [Run(run.look, kept_text(run.text)) for run in runs if run.text]
    _empty(cell)
    if not pieces:
        return
    cell.attrs["t"] = "inlineStr"
    if pieces[0].text.startswith(_FORMULA_LIKE):
        cell.attrs["s"] = book.styles.as_text(cell.attrs.get("s", ""))
    holder = cell.make("is")
    for run in pieces:
        words = cell.make("t", run.text)
        words.attrs["xml:space"] = "preserve"
        if run.look is None and len(pieces) == 1:
            holder.children.append(words)
        else:
            piece = cell.make("r")
            piece.children = [*([run.look.copy()] if run.look is not None else []), words]
            holder.children.append(piece)
    cell.children = [holder]


def _empty(cell: Node) -> None:
    cell.children = []
    for name in ("t", "cm", "vm"):
        cell.attrs.pop(name, None)


def cell_at(sheet: Sheet, address: str) -> Node:
    """The cell of an address, made where the sheet has none, in the look of its row or column."""
    number, column = row_of(address), column_number(letters_of(address))
    row = next((row for row in sheet.rows() if int(row.attrs["r"]) == number), None)
    if row is None:
        row = sheet.data.make("row", r=str(number))
        place = sum(1 for one in sheet.rows() if int(one.attrs["r"]) < number)
        sheet.data.children = list(sheet.rows())
        sheet.data.children.insert(place, row)
    cells = list(row.all("c"))
    known = next((cell for cell in cells if cell.attrs["r"] == address), None)
    if known is not None:
        return known
    made = row.make("c", r=address)
    style = row.attrs.get("s") if row.attrs.get("customFormat") == "1" else _column_style(sheet, column)
    if style:
        made.attrs["s"] = style
    place = sum(1 for cell in cells if column_number(letters_of(cell.attrs["r"])) < column)
    row.children = [*cells[:place], made, *cells[place:]]
    row.attrs.pop("spans", None)
    return made


def _column_style(sheet: Sheet, column: int) -> str | None:
    columns = sheet.root.first("cols")
    for one in columns or ():
        if int(one.attrs.get("min", "0")) <= column <= int(one.attrs.get("max", "0")):
            return one.attrs.get("style")
    return None
