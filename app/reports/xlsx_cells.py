"""What goes into a cell of a workbook, and how the file is made the same each time.

Text is never a formula, figures are numbers with the formats of the office program's own language,
and the archive is packed again with fixed times, for openpyxl alone never gives the same bytes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from copy import copy
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from app.reports.blocks import Value

FONT = "Arial"  # or its twin Liberation Sans, in every office program
LONGEST = 32_767  # UTF-16 units in a cell
CUT = "… [обрезано: в ячейку входит 32 767 знаков]"
DATE_FORMAT = "DD\\.MM\\.YYYY"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)

THIN = Side(style="thin", color="FF999999")
BOXED = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
RULED = Border(bottom=THIN)
LINK = "FF1D5FA7"
HEAD_FILL = PatternFill("solid", fgColor="FFEDEDED")
GROUP_FILL = PatternFill("solid", fgColor="FFF7F7F7")
MARK_FILL = PatternFill("solid", fgColor="FFFCEAE8")


def number_format(places: int) -> str:
    """`# ##0,00` as the file writes it: signs of the format are English, shown by the program's language."""
    return "#,##0" + ("." + "0" * places if places else "")


def units(text: str) -> int:
    """Length as a workbook counts it."""
    return len(text.encode("utf-16-le", "replace")) // 2


def kept_text(text: str) -> str:
    """The text as a cell can hold it: no control characters, breaks as \\n, not over the limit.

    `_x0041_` in a text is written so that it is read back as it is.
    """
    if text.isascii() and text.isprintable() and len(text) < 8_000 and "_x" not in text:
        return text
    text = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _LOOKS_ESCAPED.sub("_x005F_", _NOT_XML.sub("\ufffd", text))
    if units(text) <= LONGEST:
        return text
    room = LONGEST - len(CUT)
    cut = text[:room]
    while units(cut) > room:
        cut = cut[: len(cut) - max(1, (units(cut) - room) // 2)]
    return cut + CUT


def put_text(cell: SheetCell, text: str) -> None:
    """A string and nothing else, whatever it begins with."""
    cell.value = kept_text(text)
    cell.data_type = "s"
    if text[:1] in ("=", "+", "-", "@", "\t", "\r"):
        cell.quotePrefix = True  # so that it stays text when a person edits the cell


def put_value(cell: SheetCell, value: Value, places: int = 0) -> None:
    """A figure as a number, a day as a date, text as text, nothing as an empty cell."""
    if value is None:
        return
    if isinstance(value, str):
        put_text(cell, value)
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = DATE_FORMAT
    else:
        cell.value = round(Decimal(value), places) if places else value
        cell.number_format = number_format(places)


class Looks:
    """Styles made once and copied by reference: assigning them anew is most of openpyxl's time."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Any, ...], Any] = {}

    def give(self, cell: SheetCell, key: tuple[Any, ...], make: Callable[[SheetCell], None]) -> None:
        """The style of a key; the format of numbers and the mark of text are the cell's own."""
        full = (*key, cell.number_format, bool(cell.quotePrefix))
        if full in self._kept:
            cell._style = copy(self._kept[full])  # type: ignore[attr-defined]
        else:
            make(cell)
            self._kept[full] = copy(cell._style)  # type: ignore[attr-defined]

    def words(
        self, cell: SheetCell, size: float = 10, bold: bool = False, align: str = "left", wrap: bool = False,
        ruled: bool = False,
    ) -> None:  # fmt: skip
        def make(one: SheetCell) -> None:
            one.font = Font(name=FONT, size=size, bold=bold)
            one.alignment = Alignment(horizontal=align, vertical="top", wrap_text=wrap)
            if ruled:
                one.border = RULED

        self.give(cell, ("words", size, bold, align, wrap, ruled), make)

    def link(self, cell: SheetCell) -> None:
        def make(one: SheetCell) -> None:
            one.font = Font(name=FONT, size=10, color=LINK, underline="single")
            one.alignment = Alignment(vertical="top")

        self.give(cell, ("link",), make)

    def head(self, cell: SheetCell, size: float = 10) -> None:
        def make(one: SheetCell) -> None:
            one.font = Font(name=FONT, size=size)
            one.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            one.fill, one.border = HEAD_FILL, BOXED

        self.give(cell, ("head", size), make)

    def group(self, cell: SheetCell) -> None:
        def make(one: SheetCell) -> None:
            one.font = Font(name=FONT, size=10, bold=True)
            one.fill, one.border = GROUP_FILL, BOXED

        self.give(cell, ("group",), make)

    def body(self, cell: SheetCell, align: str, indent: int = 0, bold: bool = False, marked: bool = False) -> None:
        def make(one: SheetCell) -> None:
            one.font = Font(name=FONT, size=10, bold=bold)
            one.alignment = Alignment(horizontal=align, vertical="top", wrap_text=align == "left", indent=indent)
            one.border = BOXED
            if marked:
                one.fill = MARK_FILL

        self.give(cell, ("body", align, indent, bold, marked), make)


def settled(raw: bytes, made_on: date) -> bytes:
    """The same workbook with fixed times: `dcterms:modified` is made_on, entries in order of names."""
    stamp = rb"\g<1>" + f"{made_on:%Y-%m-%d}T00:00:00Z".encode() + rb"\g<2>"
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(stamp, content)
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same on Windows and Linux
            new.writestr(entry, content)
    return packed.getvalue()
