"""What a workbook that comes from outside may not hold: macros, links to other files, entities, heaps of parts.

None of it would be run or followed here; a file with it is refused all the same, since a person may open it next.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from app.core.errors import AppError
from app.exchange.limits import MEGABYTE, ZIP

MAX_UNPACKED = 60 * MEGABYTE  # of a return: the largest honest one is far below
MAX_PARTS = 500
_PLACE = rb'\br="(?:[A-Z]{0,4}(?:[5-9]\d{4}|\d{6,})|(?:[B-Z][A-Z]|[A-Z]{3,4})\d{1,9})"'
_FAR = re.compile(_PLACE)
_FAR_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?" + _PLACE + rb"[^>]*?(?<!/)>")
"""Cells with content below row 50,000 or right of AZ: one takes memory for all before it; empty ones do no harm."""
_PROLOG = 64 * 1024  # bytes of a part in which a document type may stand
_TYPES = "[Content_Types].xml"
_NEEDED = re.compile(rb'PartName="/(xl/(?:styles|sharedStrings|workbook|worksheets/[^"/]+)\.xml)"')
"""Parts without which cells are read otherwise than they were written."""
_SHEET_NAMES = frozenset({
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
})  # fmt: skip
_SAVE = "Откройте файл, сохраните его заново как обычную книгу .xlsx и пришлите её."


def refuse_dangers(path: Path, name: str) -> None:
    """AppError when the workbook holds what a return never does; what is no zip is left to its reader."""
    with path.open("rb") as file:
        if not file.read(4).startswith(ZIP):
            return
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MAX_PARTS or sum(member.file_size for member in members) > MAX_UNPACKED:
                raise AppError(f"Файл «{name}» в распакованном виде слишком велик для отчёта.", _SAVE)
            for member in members:
                _refuse_part(archive, member, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as fault:
        raise AppError(f"Файл «{name}» повреждён или закрыт паролем.", "Попросите прислать его ещё раз.") from fault


def _refuse_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> None:
    part = member.filename.lower()
    if "vbaproject" in part or part.startswith(("xl/macrosheets/", "xl/activex/")) or "basic/" in part:
        raise AppError(f"В файле «{name}» есть макросы: он не открывается.", _SAVE)
    if part.startswith(("xl/externallinks/", "xl/embeddings/")) or part == "xl/connections.xml":
        raise AppError(f"В файле «{name}» есть связи с другими файлами: по ним программа не ходит.", _SAVE)
    if part.endswith((".xml", ".rels", ".vml")):
        is_sheet = part.startswith("xl/worksheets/")
        with archive.open(member) as stream:
            content = stream.read(MAX_UNPACKED if is_sheet else _PROLOG)
        start = content[:_PROLOG]
        if is_sheet and _FAR.search(content) and _FAR_CELL.search(content):
            told = f"В файле «{name}» есть ячейки правее AZ или ниже 50\u00a0000-й строки: в отчёте их не бывает."
            raise AppError(told, _SAVE)
        if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
            raise AppError(f"В файле «{name}» есть определения сущностей XML: так книги Excel не пишут.", _SAVE)


def refuse_broken(path: Path, name: str) -> None:
    """AppError when a part of the workbook is no sound XML, or the list of its parts is missing.

    The reader of cells is lenient: of a sheet cut in the middle it gives what stands before the cut. The figures of a
    form filled by hand have no hash to be held against, so a form that no office program opens is not read either.
    """
    if not zipfile.is_zipfile(path):
        return  # an old .xls: its reader has no other
    with zipfile.ZipFile(path) as archive:
        held = set(archive.namelist())
        if _TYPES not in held and any(part.startswith("xl/") for part in held):
            told = f"Файл «{name}» повреждён: в нём нет части «{_TYPES}», без неё книга Excel не открывается."
            raise AppError(told, "Попросите прислать его ещё раз.")
        named = set(_NEEDED.findall(archive.read(_TYPES))) if _TYPES in held else set()
        if gone := sorted(part.decode() for part in named if part.decode() not in held):
            told = f"Файл «{name}» повреждён: в нём нет части «{gone[0]}», без неё ячейки читаются не так."
            raise AppError(told, "Попросите прислать его ещё раз.")
        for member in archive.infolist():
            if member.filename.lower().endswith((".xml", ".rels")):
                is_sheet = member.filename.startswith("xl/worksheets/sheet")
                with archive.open(member) as stream:
                    try:
                        _sound(of_sheet=is_sheet).ParseFile(stream)
                    except ExpatError as fault:
                        told = f"Файл «{name}» повреждён: часть «{member.filename}» не дописана или испорчена."
                        raise AppError(told, "Попросите прислать его ещё раз.") from fault


def _sound(*, of_sheet: bool = False) -> XMLParserType:
    """A parser that only looks whether XML is sound; a document type is refused whatever its encoding.

    of_sheet: its words are those of a sheet of a workbook: another reader finds no cells under another name.
    """
    parser = ParserCreate(namespace_separator=" ")

    def begin(element: str, _attributes: object) -> None:
        parser.StartElementHandler = None
        if element.rpartition(" ")[0] not in _SHEET_NAMES:
            raise ExpatError("no sheet of a workbook")

    if of_sheet:
        parser.StartElementHandler = begin

    def refuse(*_: object) -> None:
        raise ExpatError("document type")

    parser.StartDoctypeDeclHandler = refuse
    return parser
