"""Cells typed over in a workbook as it lies on the disk: a hand that needs no office program.

openpyxl takes seconds to open and save a whole form; here one cell of the sheet's XML is put in
place of another, as any program might have written it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

_SHEET = re.compile(r'<sheet [^>]*?name="([^"]+)"[^>]*?r:id="([^"]+)"|<sheet [^>]*?r:id="([^"]+)"[^>]*?name="([^"]+)"')
_TARGET = re.compile(r"<Relationship [^>]*>")
_ZERO = date(1899, 12, 30)


class Formula(str):
    """A formula with no value kept: what a program leaves that does not compute."""


def typed_over(xlsx: bytes, cells: Mapping[str, Any]) -> bytes:
    """The workbook with other values at places («2 Поддержка!E14»); None empties a cell."""
    parts = parts_of(xlsx)
    by_sheet: dict[str, dict[str, Any]] = {}
    for place, value in cells.items():
        sheet, _, ref = place.rpartition("!")
        by_sheet.setdefault(sheet, {})[ref] = value
    for sheet, values in by_sheet.items():
        name = sheet_parts(parts)[sheet]
        xml = parts[name].decode("utf-8")
        for ref, value in values.items():
            xml = _put(xml, ref, value)
        parts[name] = xml.encode("utf-8")
    return packed(parts)


def without_name(xlsx: bytes, *names: str) -> bytes:
    """The workbook after the cells of these names were deleted: a program leaves #REF! of them."""
    parts = parts_of(xlsx)
    xml = parts["xl/workbook.xml"].decode("utf-8")
    for name in names:
        xml, count = re.subn(rf'(<definedName name="{re.escape(name)}"[^>]*>)[^<]*', r"\1#REF!", xml)
        assert count == 1, name
    return packed(parts | {"xl/workbook.xml": xml.encode("utf-8")})


def nameless(xlsx: bytes) -> bytes:
    """The workbook as a program writes it that keeps no names of cells."""
    parts = parts_of(xlsx)
    xml = re.sub(r"<definedNames>.*?</definedNames>", "", parts["xl/workbook.xml"].decode("utf-8"), flags=re.DOTALL)
    return packed(parts | {"xl/workbook.xml": xml.encode("utf-8")})


def row_taken_out(xlsx: bytes, sheet: str, row: int) -> bytes:
    """The sheet with a row cut out and the rows below moved up, names left where they were."""
    return _rows_moved(xlsx, sheet, row, -1)


def row_put_in(xlsx: bytes, sheet: str, row: int) -> bytes:
    """The sheet with an empty row put in above a row, names left where they were."""
    return _rows_moved(xlsx, sheet, row, 1)


def _rows_moved(xlsx: bytes, sheet: str, row: int, step: int) -> bytes:
    parts = parts_of(xlsx)
    name = sheet_parts(parts)[sheet]
    xml = parts[name].decode("utf-8")
    if step < 0:
        xml = re.sub(rf'<row r="{row}"[^>]*?(?:/>|>.*?</row>)', "", xml, flags=re.DOTALL)
    first = row if step > 0 else row + 1

    def moved(found: re.Match[str]) -> str:
        number = int(found[2])
        return f"{found[1]}{number + step if number >= first else number}{found[3]}"

    xml = re.sub(r'(<row r=")(\d+)(")', moved, xml)
    xml = re.sub(r'(<c r="[A-Z]+)(\d+)(")', moved, xml)
    xml = re.sub(r"<mergeCells.*?</mergeCells>", "", xml, flags=re.DOTALL)
    return packed(parts | {name: xml.encode("utf-8")})


def without_sheet(xlsx: bytes, sheet: str) -> bytes:
    """The workbook without one of its sheets; the others keep their places."""
    parts = parts_of(xlsx)
    name = sheet_parts(parts)[sheet]
    xml = re.sub(rf'<sheet [^>]*name="{re.escape(sheet)}"[^>]*/>', "", parts["xl/workbook.xml"].decode("utf-8"))
    xml = re.sub(rf"<definedName [^>]*>'{re.escape(sheet)}'![^<]*</definedName>", "", xml)
    del parts[name]
    return packed(parts | {"xl/workbook.xml": xml.encode("utf-8")})


def renamed_sheet(xlsx: bytes, sheet: str, name: str) -> bytes:
    """The workbook with a sheet under another name, as an office program does it: its cells' names follow."""
    parts = parts_of(xlsx)
    xml = parts["xl/workbook.xml"].decode("utf-8")
    xml = xml.replace(f'name="{sheet}"', f'name="{name}"').replace(f"'{sheet}'!", f"'{name}'!")
    return packed(parts | {"xl/workbook.xml": xml.encode("utf-8")})


def parts_of(xlsx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(xlsx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Name of a sheet -> its part of the archive."""
    targets = {}
    for relation in _TARGET.findall(parts["xl/_rels/workbook.xml.rels"].decode("utf-8")):
        id, target = re.search(r'Id="([^"]+)"', relation), re.search(r'Target="([^"]+)"', relation)
        assert id is not None
        assert target is not None
        targets[id[1]] = target[1].lstrip("/") if target[1].startswith("/") else f"xl/{target[1]}"
    book = parts["xl/workbook.xml"].decode("utf-8")
    return {name or other: targets[id or rid] for name, id, rid, other in _SHEET.findall(book)}


def _put(xml: str, ref: str, value: Any) -> str:
    found = re.search(rf'<c r="{ref}"([^>]*?)(/>|>.*?</c>)', xml, flags=re.DOTALL)
    if found is None:
        return _new_cell(xml, ref, value)
    style = re.search(r' s="\d+"', found[1])
    return xml[: found.start()] + _cell(ref, style[0] if style else "", value) + xml[found.end() :]


def _new_cell(xml: str, ref: str, value: Any) -> str:
    """A cell where the sheet had none yet."""
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", ref).groups()  # type: ignore[union-attr]
    found = re.search(rf'<row r="{row}"[^>]*?(/>|>.*?</row>)', xml, flags=re.DOTALL)
    cell = _cell(ref, "", value)
    if found is None:
        rows = [(int(n), m) for m in re.finditer(r'<row r="(\d+)"', xml) if (n := m[1])]
        later = next((m.start() for number, m in rows if number > int(row)), xml.index("</sheetData>"))
        return f'{xml[:later]}<row r="{row}">{cell}</row>{xml[later:]}'
    body = found[0]
    if body.endswith("/>"):
        body = body[:-2] + f">{cell}</row>"
    else:
        keys = [(m.start(), (len(m[1]), m[1])) for m in re.finditer(rf'<c r="([A-Z]+){row}"', body)]
        at = next((start for start, key in keys if key > (len(letters), letters)), body.rindex("</row>"))
        body = body[:at] + cell + body[at:]
    return xml[: found.start()] + body + xml[found.end() :]


def _cell(ref: str, style: str, value: Any) -> str:
    if value is None:
        return f'<c r="{ref}"{style}/>'
    if isinstance(value, Formula):
        return f'<c r="{ref}"{style}><f>{escape(value)}</f></c>'
    if isinstance(value, str):
        return f'<c r="{ref}"{style} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if isinstance(value, date):
        value = (value - _ZERO).days
    return f'<c r="{ref}"{style}><v>{value}</v></c>'
