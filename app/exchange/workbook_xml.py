"""What calamine does not tell of an .xlsx: its defined names and which of its cells are formulas.

Read from the parts of the archive, which `limits.check_archive` has unpacked and counted before.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from app.exchange.limits import MEGABYTE, broken

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MAX_PART = 64 * MEGABYTE
_ADDRESS = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::.*)?")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")  # else the sheet need not be parsed
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Address:
    """A cell: sheet, row and column from 1."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True)
class Parts:
    """names: defined name -> its cell, None where it was deleted; formulas: sheet -> (row, column)."""

    names: Mapping[str, Address | None] = field(default_factory=dict)
    formulas: Mapping[str, frozenset[tuple[int, int]]] = field(default_factory=dict)


def read_parts(path: Path) -> Parts:
    """Names and formulas of an .xlsx; AppError when its parts are not what they should be."""
    try:
        with zipfile.ZipFile(path) as archive:
            book = _tree(archive, "xl/workbook.xml")
            return Parts(_names(book), dict(_formulas(archive, book)))
    except (KeyError, ValueError, ElementTree.ParseError, zipfile.BadZipFile) as fault:
        raise broken(path.name) from fault


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    if archive.getinfo(part).file_size > _MAX_PART:
        raise ValueError(part)
    with archive.open(part) as stream:
        return ElementTree.parse(stream).getroot()


def _names(book: ElementTree.Element) -> dict[str, Address | None]:
    found: dict[str, Address | None] = {}
    for one in book.iter(f"{_MAIN}definedName"):
        name, text = one.get("name", ""), (one.text or "").strip()
        if one.get("localSheetId") is None:
            found[name] = address_of(text)
    return found


def address_of(text: str) -> Address | None:
    """`'2 Поддержка'!$E$14` -> its cell; None for `#REF!` and whatever is no single place."""
    place = _ADDRESS.fullmatch(text)
    if place is None:
        return None
    sheet = place[1].replace("''", "'") if place[1] else place[2]
    return Address(sheet, int(place[4]), column_number(place[3]))


def column_number(letters: str) -> int:
    """A -> 1, AA -> 27."""
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found


def _formulas(
    archive: zipfile.ZipFile, book: ElementTree.Element
) -> Iterator[tuple[str, frozenset[tuple[int, int]]]]:
    targets = {
        one.get("Id"): one.get("Target", "") for one in _tree(archive, "xl/_rels/workbook.xml.rels")
    }
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in archive.namelist():
            yield sheet.get("name", ""), frozenset(_formula_cells(archive, part))


def _formula_cells(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int]]:
    if archive.getinfo(part).file_size > _MAX_PART:
        raise ValueError(part)
    content = archive.read(part)
    if _FORMULA.search(content) is None:
        return
    with BytesIO(content) as stream:
        for _, element in ElementTree.iterparse(stream):
            if element.tag == f"{_MAIN}c":
                place = _PLACE.fullmatch(element.get("r", ""))
                if place is not None and element.find(f"{_MAIN}f") is not None:
                    yield int(place[2]), column_number(place[1])
            if element.tag in (f"{_MAIN}c", f"{_MAIN}row"):
                element.clear()
