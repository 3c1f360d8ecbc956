"""Lists as curators have them, made on the spot: workbooks of three formats and texts."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]


def xlsx(path: Path, sheets: dict[str, Rows] | Rows, merges: Sequence[str] = ()) -> Path:
    """An .xlsx of one sheet (rows) or of several (by name); merges are of the first sheet."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    named = sheets if isinstance(sheets, dict) else {"Лист1": sheets}
    for number, (name, rows) in enumerate(named.items()):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for merged in merges if number == 0 else ():
            sheet.merge_cells(merged)
    book.save(path)
    return path


def ods(path: Path, rows: Rows) -> Path:
    """An OpenDocument sheet as LibreOffice writes it, empty trailing cells repeated."""
    body = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}"
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        for row in rows
    )
    tail = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Лист1">{body}{tail}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest'
            ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


def _ods_cell(value: Any) -> str:
    if value in (None, ""):
        return "<table:table-cell/>"
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    if isinstance(value, (date, datetime)):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def xls(path: Path, rows: Rows) -> Path:
    """A BIFF8 workbook in its OLE container: labels and numbers on one sheet."""
    cells = b"".join(_xls_cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row))
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + cells + _record(0x0A, b"")
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    name = "Лист1"
    bound_size = 4 + 8 + len(name) * 2
    offset = len(start) + bound_size + 4
    bound = _record(0x85, struct.pack("<IBBBB", offset, 0, 0, len(name), 1) + name.encode("utf-16-le"))
    return _ole(path, start + bound + _record(0x0A, b"") + sheet, "Workbook")


def encrypted_xlsx(path: Path) -> Path:
    """What Excel writes when a password is set: an OLE file with an encrypted package."""
    return _ole(path, b"\x00" * 5000, "EncryptedPackage")


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _xls_cell(row: int, column: int, value: Any) -> bytes:
    if value in (None, ""):
        return b""
    if isinstance(value, (int, float)):
        return _record(0x203, struct.pack("<HHHd", row, column, 0, float(value)))
    text = str(value)
    return _record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def _ole(path: Path, stream: bytes, name: str) -> Path:
    """A compound file of one stream of at least 4,096 bytes."""
    size = max(len(stream), 4096)
    data = stream.ljust(-(-size // 512) * 512, b"\0")
    count = len(data) // 512
    fats = 1 + (count + 2) // 128
    chain = [0xFFFFFFFE] + [i + 2 for i in range(count - 1)] + [0xFFFFFFFE]
    chain += [0xFFFFFFFD] * fats
    chain += [0xFFFFFFFF] * (fats * 128 - len(chain))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, fats, 0, 0,
        4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    )  # fmt: skip
    difat = [count + 1 + i for i in range(fats)] + [0xFFFFFFFF] * (109 - fats)
    header += struct.pack("<109I", *difat)

    def entry(title: str, kind: int, child: int, first: int, length: int) -> bytes:
        raw = (title + "\0").encode("utf-16-le") if title else b""
        return raw.ljust(64, b"\0") + struct.pack(
            "<HBBIII16sIQQIQ", len(raw), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child, b"", 0, 0, 0, first, length
        )

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(name, 2, 0xFFFFFFFF, 1, size)
    directory += entry("", 0, 0xFFFFFFFF, 0, 0) * 2
    path.write_bytes(header + directory + data + struct.pack(f"<{len(chain)}I", *chain))
    return path


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    """A text file in the encoding, ends of lines as given."""
    path.write_bytes(content.encode(encoding))
    return path
