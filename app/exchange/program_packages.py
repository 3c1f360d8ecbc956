"""A package of this program, read as what a stranger may have made: nothing of it runs, nothing leaves its folder."""

from __future__ import annotations

import hashlib
import io
import lzma
import os
import posixpath
import stat
import tarfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from app.core.errors import AppError, reason_of
from app.core.progress import SILENT, Progress
from app.exchange.hash_lists import AGAIN, LARGEST, PIECE, digest_of, hashes_of, read_small, readable, safe_name
from app.exchange.program_names import LIST, NEWS, SCRIPT, SIGNATURE, VERSION, Package, Shape

MOST_FILES = 20_000
MOST_BYTES = 2**30
"""Unpacked; the program has a thousand files and 200 MB."""
_LONGEST_HEAD = 64 * 1024
_MEMORY = 256 * 2**20  # of the decompressor: xz -9 asks for 65
PROGRAM = "program/kurator-nko"
_WANTED = (PROGRAM, VERSION, SCRIPT)
_STRANGE = "В пакете лежит то, чего в нём не бывает: «{}»."
_APART = (LIST, SIGNATURE)  # they vouch for the others
_KEPT = (*_APART, NEWS, VERSION)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a package was seen to hold.

    files: name -> SHA-256, as the list says and as it is.  links: name -> name of the file it leads to.  size: bytes
    unpacked, or of the one file.  listed: the list itself; signature: of the list, None without one; news: the text
    of CHANGELOG.md, '' without one.
    """

    size: int
    listed: bytes
    signature: bytes | None
    news: str
    files: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Member:
    """name: below the package's own folder.  link: what it leads to as it is written, '' for a file."""

    name: str
    size: int
    executable: bool
    link: str
    read: Callable[[], Iterator[bytes]]


def examine(package: Package, progress: Progress = SILENT) -> Contents:
    """Read the whole package and hold it against its hash list.  AppError names what is wrong; nothing is written."""
    if package.shape in (Shape.DEB, Shape.RPM, Shape.SETUP):
        return _examine_file(package)
    if package.shape is Shape.ARCHIVE:
        _hold_against_list_beside(package.path)
    return _take(package, progress, None)


def unpack(package: Package, contents: Contents, target: Path, progress: Progress = SILENT) -> None:
    """Write what was examined into a new folder, each file held against its hash once more.

    AppError if the package is another by now or there is no room; what was written by then is the caller's to remove.
    """
    try:
        target.mkdir(mode=0o700, parents=True)
        again = _take(package, progress, target)
        for name, leads_to in again.links.items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to(os.path.relpath(leads_to, posixpath.dirname(name)))
    except FileExistsError as fault:
        raise AppError(f"Папка «{target}» уже есть.", "Уберите её и повторите.") from fault
    except OSError as fault:
        raise AppError(f"Пакет не распакован в «{target.parent}»: {reason_of(fault)}.",
                       "Освободите место и повторите. Установленная программа не тронута.") from fault  # fmt: skip
    if (again.listed, dict(again.files)) != (contents.listed, dict(contents.files)):
        raise AppError("Пакет изменился, пока его проверяли.", AGAIN)


def _examine_file(package: Package) -> Contents:
    path = package.path
    beside = {name: read_small(path.parent / name) for name in (LIST, SIGNATURE, NEWS)}
    listed = beside[LIST]
    if listed is None:
        raise AppError(f"Рядом с «{path.name}» нет списка {LIST}: проверить, цел ли пакет, нечем.",
                       f"Скопируйте вместе с ним {LIST}. Ничего не изменено.")  # fmt: skip
    hashes = hashes_of(listed)
    _same(path, hashes)
    news = beside[NEWS] or b""
    if hashes.get(NEWS) != hashlib.sha256(news).hexdigest():
        news = b""
    return Contents(path.stat().st_size, listed, beside[SIGNATURE], news.decode("utf-8", "replace"),
                    {path.name: hashes[path.name]})  # fmt: skip


def _same(path: Path, hashes: Mapping[str, str]) -> None:
    if path.name not in hashes:
        raise AppError(f"В списке {LIST} рядом нет файла «{path.name}»: список от другого пакета.", AGAIN)
    try:
        found = digest_of(path)
    except OSError as fault:
        raise AppError(f"«{path.name}» не читается: {reason_of(fault)}.", AGAIN) from fault
    if found != hashes[path.name]:
        raise AppError(f"Файл «{path.name}» испорчен: контрольная сумма не та, что в {LIST}.", AGAIN)


def _hold_against_list_beside(path: Path) -> None:
    """An archive has its list inside; one that lies beside and names it is asked too."""
    listed = read_small(path.parent / LIST)
    if listed is not None and path.name in (hashes := hashes_of(listed)):
        _same(path, hashes)


# --- every file of an archive or a folder ---------------------------------------------------------


def _take(package: Package, progress: Progress, target: Path | None) -> Contents:
    """Read everything once, writing the files into the target if there is one, and judge it at the end."""
    members = _in_archive(package.path) if package.shape is Shape.ARCHIVE else _in_folder(package.path)
    files: dict[str, str] = {}
    links: dict[str, str] = {}
    kept: dict[str, bytes] = {}
    size = 0
    try:
        for number, member in enumerate(members):
            if number >= MOST_FILES:
                raise AppError(f"В пакете больше {MOST_FILES} файлов: это не пакет программы.", AGAIN)
            if not safe_name(member.name) or member.name in files or member.name in links:
                raise AppError(_STRANGE.format(readable(member.name)), AGAIN)
            if member.link:
                links[member.name] = member.link
                continue
            if size + member.size > MOST_BYTES or (member.name in _KEPT and member.size > LARGEST):
                raise AppError("Пакет в распакованном виде слишком велик: это не пакет программы.", AGAIN)
            files[member.name], body = _copy(member, None if target is None else target / member.name)
            if member.name in _KEPT:
                kept[member.name] = body
            size += member.size
            progress.step(size // PIECE, 0, "Проверено, МБ")
    except (tarfile.TarError, lzma.LZMAError, EOFError, UnicodeError) as fault:
        raise AppError(f"Архив «{package.path.name}» повреждён или скопирован не целиком.", AGAIN) from fault
    except OSError as fault:
        if target is not None:
            raise
        raise AppError(f"«{package.path.name}» не читается: {reason_of(fault)}.", AGAIN) from fault
    led = {name: _leads_to(name, link, files, links) for name, link in links.items()}
    _judge(package, files, led, kept)
    return Contents(size, kept[LIST], kept.get(SIGNATURE), kept.get(NEWS, b"").decode("utf-8", "replace"), files, led)


def _copy(member: _Member, target: Path | None) -> tuple[str, bytes]:
    """The hash of a file, and its bytes if it is one of the few that are read here."""
    made, body, whole = hashlib.sha256(), b"", 0
    out = None
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
        out = os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o700 if member.executable else 0o600),
                        "wb")  # fmt: skip
    try:
        for piece in member.read():
            whole += len(piece)
            if whole > member.size:  # it grows while it is read
                raise EOFError
            made.update(piece)
            if out is not None:
                out.write(piece)
            if member.name in _KEPT:
                body += piece
    finally:
        if out is not None:
            out.close()
    if whole != member.size:
        raise EOFError
    if target is not None:
        target.chmod(0o755 if member.executable else 0o644)
    return made.hexdigest(), body


def _leads_to(name: str, link: str, files: Mapping[str, str], links: Mapping[str, str]) -> str:
    """The file of the package that a link leads to.  AppError for one that leads anywhere else."""
    found = posixpath.normpath(posixpath.join(posixpath.dirname(name), link))
    parents = {posixpath.join(*name.split("/")[:depth]) for depth in range(1, name.count("/") + 1)}
    if posixpath.isabs(link) or found not in files or parents & set(links) or not safe_name(found):
        raise AppError(f"Ссылка «{readable(name)}» ведёт из пакета наружу или в никуда.", AGAIN)
    return found


def _judge(package: Package, files: Mapping[str, str], links: Mapping[str, str], kept: Mapping[str, bytes]) -> None:
    if LIST not in files:
        raise AppError(f"В пакете нет списка {LIST}: проверить, цел ли он, нечем.", AGAIN)
    listed = hashes_of(kept[LIST])
    held = {**{name: files[leads_to] for name, leads_to in links.items()}, **files}
    for name in (*_WANTED, *sorted(listed)):
        if name not in held:
            raise AppError(f"В пакете не хватает файла «{readable(name)}».", AGAIN)
    for name in sorted(held):
        if name in _APART:
            continue
        if name not in listed:
            raise AppError(f"В пакете лишний файл «{readable(name)}»: его нет в списке {LIST}.", AGAIN)
        if held[name] != listed[name]:
            raise AppError(f"Файл «{readable(name)}» испорчен: контрольная сумма не та, что в {LIST}.", AGAIN)
    inside = kept[VERSION].decode("utf-8", "replace").strip()
    if inside != package.version:
        told = readable(inside)
        raise AppError(f"По имени это версия {package.version}, а внутри — {told}: пакет переименован.", AGAIN)


def _in_folder(folder: Path) -> Iterator[_Member]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted([*names, *(one for one in folders if os.path.islink(os.path.join(place, one)))]):
            path = Path(place, name)
            about = path.lstat()
            told = path.relative_to(folder).as_posix()
            if stat.S_ISLNK(about.st_mode):
                yield _Member(told, 0, False, os.readlink(path), lambda: iter(()))
            elif stat.S_ISREG(about.st_mode):
                runs = bool(about.st_mode & 0o100) or told in (PROGRAM, SCRIPT)  # a stick may know no such mark
                yield _Member(told, about.st_size, runs, "", lambda path=path: _pieces(path.open("rb")))  # type: ignore[misc]
            else:
                raise AppError(_STRANGE.format(readable(told)), AGAIN)


def _in_archive(path: Path) -> Iterator[_Member]:
    root = ""
    with path.open("rb") as packed, tarfile.open(fileobj=_Unpacked(packed), mode="r|", tarinfo=_Header) as archive:
        for one in archive:
            top, _, name = one.name.removesuffix("/").partition("/")
            root = root or top
            if top != root or top in ("", ".", "..") or (name and not safe_name(name)):
                raise AppError(_STRANGE.format(readable(one.name)), AGAIN)
            if one.isdir():
                continue
            if one.issym() and name:
                yield _Member(name, 0, False, one.linkname or ".", lambda: iter(()))
            elif one.isreg() and name and not one.issparse():
                yield _Member(name, one.size, bool(one.mode & 0o100), "", lambda one=one: _of_archive(archive, one))  # type: ignore[misc]
            else:
                raise AppError(_STRANGE.format(readable(one.name)), AGAIN)


def _of_archive(archive: tarfile.TarFile, one: tarfile.TarInfo) -> Iterator[bytes]:
    file = archive.extractfile(one)
    assert file is not None
    return _pieces(file)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


class _Header(tarfile.TarInfo):
    """A member's head; long names and the like are read into memory whole, so that they have a limit too."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type not in (*tarfile.REGULAR_TYPES, tarfile.DIRTYPE, tarfile.SYMTYPE) and self.size > _LONGEST_HEAD:
            raise tarfile.ReadError("a head too long")
        made: tarfile.TarInfo = super()._proc_member(archive)  # type: ignore[misc]  # tarfile names it for subclasses
        return made


class _Unpacked(io.RawIOBase):
    """An .xz as its contents, to a limit: what unpacks into terabytes is given up at a gigabyte."""

    def __init__(self, packed: io.BufferedReader) -> None:
        self._packed, self._given = packed, 0
        self._xz = lzma.LZMADecompressor(memlimit=_MEMORY)

    def read(self, size: int = -1) -> bytes:
        found = b""
        while not found and not self._xz.eof:
            fed = self._packed.read(PIECE) if self._xz.needs_input else b""
            if not fed and self._xz.needs_input:
                raise EOFError
            found = self._xz.decompress(fed, PIECE if size < 0 else size)
        self._given += len(found)
        if self._given > MOST_BYTES + MOST_FILES * 2_048:
            raise AppError("Пакет в распакованном виде слишком велик: это не пакет программы.", AGAIN)
        return found
