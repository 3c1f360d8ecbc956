"""What a file must not be: too large, a bomb, locked by a password, or no table at all."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from app.core.errors import AppError
from app.core.progress import Progress
from app.core.russian import integer

MEGABYTE = 1024 * 1024
MAX_BYTES = 50 * MEGABYTE
MAX_UNPACKED = 200 * MEGABYTE
MAX_ROWS = 300_000
MAX_COLUMNS = 200
MAX_CELLS = 30_000_000  # between the first and the last filled cell: blank ones take memory too

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP = b"PK\x03\x04"
_SPLIT_OR_SAVE = "Разделите список на части или оставьте в нём только нужные строки."
_SAVE_AGAIN = "Откройте файл в Excel или LibreOffice и сохраните заново как .xlsx, затем повторите."
# Cells with content beyond the limits: reading one alone would take memory for all before it.
_PLACE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,4})(\d{1,9})"[^>]*?(/?)>')
_FAR = re.compile(rb'\br="(?:[A-Z]{3,4}\d|[H-Z][A-Z]\d|G[S-Z]\d|[A-Z]{1,4}(?:[3-9]\d{5}|\d{7,})")')
_REPEATED = re.compile(rb"number-(columns|rows)-repeated=\"(\d{3,})\"")


def broken(name: str) -> AppError:
    return AppError(f"Файл «{name}» повреждён или это не таблица.", _SAVE_AGAIN)


def encrypted(name: str) -> AppError:
    return AppError(f"Файл «{name}» закрыт паролем.", "Снимите пароль в программе, где файл создан, и повторите.")


def too_many_rows() -> AppError:
    return AppError(f"В списке больше {integer(MAX_ROWS)} строк.", _SPLIT_OR_SAVE)


def too_many_columns() -> AppError:
    return AppError(f"В списке больше {MAX_COLUMNS} граф.", "Оставьте в списке только нужные графы и повторите.")


def read_bytes(path: Path) -> bytes:
    """The file whole; AppError when it is absent, unreadable, empty or larger than 50 MB."""
    name = path.name
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise AppError(f"«{name}» — это папка, а не файл.", "Выберите файл со списком.")
        if size > MAX_BYTES:
            raise AppError(f"Файл «{name}» больше {MAX_BYTES // MEGABYTE} МБ.", _SPLIT_OR_SAVE)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise AppError(f"Файла «{name}» нет.", "Проверьте, не перенесён ли он, и выберите снова.") from error
    except OSError as error:
        hint = "Закройте его в других программах и проверьте права на чтение."
        raise AppError(f"Файл «{name}» не читается.", hint) from error
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise AppError(f"Файл «{name}» пуст.", "Выберите файл со списком.")
    return data


def check_archive(path: Path, progress: Progress) -> str:
    """Is the zip a workbook within the limits?  Returns 'xlsx' or 'ods'; AppError otherwise.

    Every member is unpacked and counted: a header may lie about the size.
    """
    name = path.name
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            names = {m.filename for m in members}
            if any(m.flag_bits & 1 for m in members) or "EncryptedPackage" in names:
                raise encrypted(name)
            if sum(m.file_size for m in members) > MAX_UNPACKED:
                raise _bomb(name)
            kind = _kind_of(names, name)
            if kind == "ods" and b"encryption-data" in _start_of(archive, "META-INF/manifest.xml"):
                raise encrypted(name)
            total = 0
            for done, member in enumerate(members):
                progress.step(done, len(members), "Файл проверяется")
                total = _unpack(archive, member, total, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise broken(name) from error
    return kind


def _kind_of(names: set[str], name: str) -> str:
    if "content.xml" in names:
        return "ods"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise AppError(f"Двоичная книга «{name}» (.xlsb) не поддерживается.", _SAVE_AGAIN)
    raise AppError(f"«{name}» — архив или документ, а не таблица.", "Выберите файл .xlsx, .xls, .ods, .csv или .tsv.")


def _start_of(archive: zipfile.ZipFile, member: str) -> bytes:
    if member not in archive.namelist():
        return b""
    with archive.open(member) as stream:
        return stream.read(MEGABYTE)


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, total: int, name: str) -> int:
    sheet = member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml")
    content = member.filename == "content.xml"
    tail = b""
    with archive.open(member) as stream:
        while chunk := stream.read(4 * MEGABYTE):
            total += len(chunk)
            if total > MAX_UNPACKED:
                raise _bomb(name)
            if sheet:
                _check_places(tail + chunk)
            elif content:
                _check_repeats(tail + chunk)
            tail = chunk[-300:]
    return total


def _bomb(name: str) -> AppError:
    limit = MAX_UNPACKED // MEGABYTE
    return AppError(f"Файл «{name}» в распакованном виде больше {limit} МБ.", _SPLIT_OR_SAVE)


def _check_places(xml: bytes) -> None:
    """Refuse cells with content beyond the limits; empty formatted ones do no harm."""
    for far in _FAR.finditer(xml):
        start = xml.rfind(b"<", 0, far.start())
        found = _PLACE.match(xml, max(start, 0))
        if not found or found[3]:
            continue
        if int(found[2]) > MAX_ROWS + 100:
            raise too_many_rows()
        if len(found[1]) > 2 or (found[1] >= b"GS" and len(found[1]) == 2):
            raise too_many_columns()


def _check_repeats(xml: bytes) -> None:
    """Refuse content of OpenDocument repeated beyond the limits; empty trailing cells repeat without harm."""
    for found in _REPEATED.finditer(xml):
        start, end = xml.rfind(b"<", 0, found.start()), xml.find(b">", found.end())
        if end < 0:
            continue
        tag = xml[start : end + 1]
        columns = found[1] == b"columns"
        if int(found[2]) <= (MAX_COLUMNS if columns else MAX_ROWS):
            continue
        if tag.startswith((b"<table:table-column", b"<table:table-row")):
            row = xml[end : xml.find(b"</table:table-row>", end)]
            if b"value-type" in row and tag.startswith(b"<table:table-row"):
                raise too_many_rows()
        elif b"value-type" in tag:
            raise too_many_columns()
