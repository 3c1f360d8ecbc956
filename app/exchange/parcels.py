"""What was handed in for the intake, file by file: folders, archives and letters opened, nothing trusted.

Members of an archive are unpacked under names of our own making into a folder that is thrown away: what they are
called inside («../../окно.xlsx») is only told.  A container inside a container is opened once, no deeper; size,
unpacked size and number of members are counted as they are read, whatever the headers say.
"""

from __future__ import annotations

import email.policy
import hashlib
import os
import re
import shutil
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage, Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from app.core.errors import AppError, reason_of
from app.core.value_text import plausibility
from app.exchange.limits import MAX_BYTES, MEGABYTE, OLE

MAX_CONTAINER = 200 * MEGABYTE
MAX_UNPACKED = 200 * MEGABYTE  # of one container with all that lies in it
MAX_MEMBERS = 1_000
MAX_FILES = 20_000
MAX_PARTS = 300  # of a letter, bodies and pictures among them
NESTED = 1
_CHUNK = MEGABYTE
_HEADER = re.compile(rb"^(?:Received|Return-Path|From|To|Subject|Date|MIME-Version|Message-ID|Delivered-To|X-[\w-]+):",
                     re.IGNORECASE)  # fmt: skip
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
_OF_OFFICE = ("[Content_Types].xml", "content.xml", "mimetype")
_OFFICE_ENDINGS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".docx"})
_PASSED_OVER = re.compile(r"^(?:~\$|\.|Thumbs\.db$|desktop\.ini$|__MACOSX)", re.IGNORECASE)
_PAGES = ("cp1251", "cp866", "koi8-r")
"""What a name without Unicode is written in: Windows, an old archive, a letter."""
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]")


@dataclass(frozen=True, slots=True)
class Parcel:
    """One file.  name: as it is called; inside: the archive or letter it lies in, ''; fault: why it is not read.

    path: where its bytes lie until the next one is asked for.  size: bytes.  sha256: of the bytes, or, of a file that
    is not read, of its name and size.  at: when the letter it lies in came, UTC; None where nothing tells it.
    """

    name: str
    path: Path
    inside: str
    size: int
    sha256: str
    fault: AppError | None = None
    at: datetime | None = None


def parcels(paths: Iterable[Path], room: Path) -> Iterator[Parcel]:
    """Every file of these paths in a steady order; room: an empty folder for what is unpacked.

    AppError when a path is not there.  A fault of one file stands in its parcel and stops nothing.
    """
    opened = _Opened(room)
    for path, name in _files(paths):
        opened.unpacked = 0
        opened.at = None
        yield from opened.file(path, name, "", NESTED + 1)


def count_files(paths: Iterable[Path]) -> int:
    """How many files there are, archives and letters as one each.  AppError when a path is not there or too many."""
    count = sum(1 for _ in _files(paths))
    if count > MAX_FILES:
        raise AppError(f"В папке больше {MAX_FILES} файлов.", "Укажите папку, где лежат только отчёты.")
    return count


def _files(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        if path.is_dir():
            for folder, folders, names in os.walk(path):  # links to folders are not followed
                folders[:] = sorted(one for one in folders if not _PASSED_OVER.match(one))
                for name in sorted(names):
                    if not _PASSED_OVER.match(name):
                        yield Path(folder) / name, readable_name(name)
        elif path.exists():
            yield path, readable_name(path.name)
        else:
            raise AppError(f"«{path}» не найдено.", "Проверьте путь: нужна папка, файл, архив или письмо.")


class _Opened:
    """One walk over files, with the room for what is unpacked and what was unpacked of the present one."""

    def __init__(self, room: Path) -> None:
        self._room = room
        self._number = 0
        self.at: datetime | None = None  # when the letter that is open came
        self.unpacked = 0

    def file(self, path: Path, name: str, inside: str, depth: int) -> Iterator[Parcel]:
        """The parcels of one file: itself, or what lies in it."""
        try:
            yield from self._sorted(path, name, inside, depth)
        except OSError as fault:
            yield self._refused(path, name, inside, f"Файл «{name}» не читается: {reason_of(fault)}.")

    def _sorted(self, path: Path, name: str, inside: str, depth: int) -> Iterator[Parcel]:
        if not path.is_file():
            yield self._refused(path, name, inside, f"«{name}» — не файл.")
            return
        size = path.stat().st_size
        if size > MAX_CONTAINER:
            yield self._refused(path, name, inside, f"Файл «{name}» больше {MAX_CONTAINER // MEGABYTE} МБ.")
            return
        if readable_name(path.name) != path.name:  # whoever reads it names it by its path
            path = Path(shutil.copyfile(path, self._place(name)))
        with path.open("rb") as file:
            start = file.read(4096)
        if _is_archive(path, start):
            yield from self._inside(path, name, inside, depth, "Архив", self._members(path, name))
        elif _is_letter(name, start):
            yield from self._inside(path, name, inside, depth, "Письмо", self._attachments(path, name))
        elif size > MAX_BYTES:
            told = f"Файл «{name}» больше {MAX_BYTES // MEGABYTE} МБ: отчёт столько не занимает."
            yield self._refused(path, name, inside, told)
        else:
            yield self._whole(path, name, inside, start)

    def _whole(self, path: Path, name: str, inside: str, start: bytes) -> Parcel:
        found = Parcel(name, path, inside, path.stat().st_size, _digest(path), at=self.at)
        if not start:
            return replace(found, fault=AppError(f"Файл «{name}» пуст.", "Попросите прислать его ещё раз."))
        if start.startswith(OLE) and name.lower().endswith(".msg"):
            hint = "Сохраните вложения или само письмо как .eml и примите их."
            return replace(found, fault=AppError(f"«{name}» — письмо Outlook.", hint))
        if start.startswith((b"MZ", b"\x7fELF")):
            return replace(found, fault=AppError(f"«{name}» — программа, а не отчёт.", "Не открывайте её."))
        return found

    def _refused(self, path: Path, name: str, inside: str, told: str) -> Parcel:
        size = path.stat().st_size if path.is_file() else 0
        digest = hashlib.sha256(f"{name}\0{size}".encode("utf-8", "replace")).hexdigest()
        return Parcel(name, path, inside, size, digest, AppError(told, "Попросите прислать отчёт отдельным файлом."))

    # --- containers -----------------------------------------------------------------------------

    def _inside(
        self, path: Path, name: str, inside: str, depth: int, what: str, members: Iterator[tuple[str, Path]]
    ) -> Iterator[Parcel]:
        if depth <= 0:
            told = f"{what} «{name}» лежит внутри двух других: так глубоко не открывается."
            yield self._refused(path, name, inside, told)
            return
        found = 0
        try:
            for member, unpacked in members:
                found += 1
                yield from self.file(unpacked, member, name, depth - 1)
                unpacked.unlink(missing_ok=True)
        except AppError as fault:
            refused = self._refused(path, name, inside, fault.message)
            yield replace(refused, fault=fault)
            return
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, LookupError,
                RecursionError):  # fmt: skip
            yield self._refused(path, name, inside, f"{what} «{name}» не открывается: повреждено или закрыто паролем.")
            return
        if not found:
            yield self._refused(path, name, inside, f"{what} «{name}»: файлов внутри нет.")

    def _members(self, path: Path, name: str) -> Iterator[tuple[str, Path]]:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if not one.is_dir() and not _passed_over(_name_in(one))]
            if len(members) > MAX_MEMBERS:
                raise AppError(f"В архиве «{name}» больше {MAX_MEMBERS} файлов.", "Разделите его на части.")
            if any(member.flag_bits & 1 for member in members):
                raise AppError(f"Архив «{name}» закрыт паролем.", "Снимите пароль и пришлите архив снова.")
            if sum(member.file_size for member in members) > MAX_UNPACKED:
                raise self._bomb(name)
            for member in members:
                plain = _last_part(_name_in(member))
                with archive.open(member) as stream:
                    target = self._place(plain)
                    with target.open("wb") as out:
                        while chunk := stream.read(_CHUNK):
                            self._count(len(chunk), name)
                            out.write(chunk)
                yield plain, target

    def _attachments(self, path: Path, name: str) -> Iterator[tuple[str, Path]]:
        if path.stat().st_size > MAX_BYTES:
            raise AppError(f"Письмо «{name}» больше {MAX_BYTES // MEGABYTE} МБ.", "Сохраните вложения отдельно.")
        content = path.read_bytes()
        if len(_BOUNDARY.findall(content)) > MAX_PARTS:
            raise AppError(f"В письме «{name}» слишком много частей.", "Сохраните вложения отдельно.")
        letter = BytesParser(policy=email.policy.default).parsebytes(content)
        outer, self.at = self.at, _came_at(content) or self.at
        for number, part in enumerate(letter.walk()):
            if number > MAX_PARTS:
                raise AppError(f"В письме «{name}» слишком много частей.", "Сохраните вложения отдельно.")
            plain = _attached_name(part)
            if not plain:
                continue
            attached = part.get_payload(decode=True)
            if not isinstance(attached, bytes):
                continue
            self._count(len(attached), name)
            target = self._place(plain)
            target.write_bytes(attached)
            yield plain, target
        self.at = outer

    def _place(self, name: str) -> Path:
        """A path of our own for a member: a numbered folder, and its name without what a name must not hold."""
        self._number += 1
        folder = self._room / str(self._number)
        folder.mkdir()
        stem, dot, ending = _UNSAFE.sub("_", name).rpartition(".")
        return folder / f"{stem[:60] or 'файл'}{dot}{ending[:10]}"

    def _count(self, size: int, name: str) -> None:
        self.unpacked += size
        if self.unpacked > MAX_UNPACKED:
            raise self._bomb(name)

    def _bomb(self, name: str) -> AppError:
        told = f"«{name}» в распакованном виде больше {MAX_UNPACKED // MEGABYTE} МБ."
        return AppError(told, "Разделите его на части.")


def _is_archive(path: Path, start: bytes) -> bool:
    """A zip that is no workbook and no document, nor called one."""
    if not start.startswith((b"PK\x03\x04", b"PK\x05\x06")) or path.suffix.lower() in _OFFICE_ENDINGS:
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not any(name in _OF_OFFICE for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return path.suffix.lower() == ".zip"


def _is_letter(name: str, start: bytes) -> bool:
    return name.lower().endswith(".eml") or bool(_HEADER.match(start))


def _name_in(member: zipfile.ZipInfo) -> str:
    """Windows archives write Russian names in cp866 and say nothing of it."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("cp866")
    except UnicodeError:
        return member.filename


def readable_name(name: str) -> str:
    """A name as it can be kept and printed.

    A disk written without Unicode gives bytes, which are read as Russian; what is not seen (a line break, a sign
    that turns the text round) becomes «_».
    """
    if any("\udc80" <= sign <= "\udcff" for sign in name):
        raw = name.encode("utf-8", "surrogateescape")
        name = max((raw.decode(page, "replace") for page in _PAGES), key=plausibility)
    return "".join("_" if unicodedata.category(sign) in _INVISIBLE else sign for sign in name)


def _last_part(name: str) -> str:
    return readable_name(re.split(r"[/\\]", name)[-1]) or "файл"


def _passed_over(name: str) -> bool:
    return any(_PASSED_OVER.match(part) for part in re.split(r"[/\\]", name) if part not in (".", ".."))


def _came_at(content: bytes) -> datetime | None:
    """When a letter came, UTC: by our own server, whose mark stands on top, else by the sender's clock."""
    heads = BytesHeaderParser().parsebytes(content)
    told = str(heads.get("Received") or "").rpartition(";")[2].strip() or str(heads.get("Date") or "")
    try:
        at = parsedate_to_datetime(told)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0, tzinfo=None)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _attached_name(part: Message | EmailMessage) -> str:
    """The name of an attachment; '' for a body, a part of parts, or a picture of a signature."""
    if part.is_multipart():
        return ""
    name = part.get_filename()
    shown = part.get_content_disposition() == "inline" or part.get("Content-ID") is not None
    if not name or (shown and part.get_content_maintype() == "image"):
        return ""
    return _last_part(str(name))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
