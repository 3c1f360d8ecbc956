"""What a package of this program is by its name, and which packages lie in a folder or on a stick."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from app.core.errors import AppError, reason_of

NAME = "kurator-nko"
LIST = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.sig"
NEWS = "CHANGELOG.md"
VERSION = "program/VERSION"
SCRIPT = "install.sh"
MOST_ENTRIES = 5_000
"""Of a folder that is looked through: a stick with more is told to name the package's own folder."""
_VERSION = re.compile(r"(?<![\w.])(\d{1,4}(?:\.\d{1,4}){1,3})(?![\w.]*\d)")
_GLIBC = re.compile(r"glibc(\d+)\.(\d+)")
_MACHINES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64"}


class Shape(Enum):
    """What is handed over; the value says it to a person."""

    ARCHIVE = "архив .tar.xz"
    FOLDER = "распакованная папка"
    DEB = "пакет .deb"
    RPM = "пакет .rpm"
    SETUP = "установщик Windows"


_ENDINGS = {".tar.xz": Shape.ARCHIVE, ".deb": Shape.DEB, ".rpm": Shape.RPM, ".exe": Shape.SETUP}


@dataclass(frozen=True, slots=True)
class Package:
    """path: a file, or an unpacked folder.  version: «0.2.0».  machine: «x86_64» or '' if the name does not tell.

    glibc: the oldest that it starts with, None if the name does not tell.
    """

    path: Path
    shape: Shape
    version: str
    machine: str = ""
    glibc: tuple[int, int] | None = None

    @property
    def order(self) -> tuple[int, ...]:
        return order_of(self.version)


def order_of(version: str) -> tuple[int, ...]:
    """What versions are compared by: «0.10.0» is newer than «0.9».  ValueError for what is no version."""
    numbers = [int(part) for part in version.split(".")]
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def named(path: Path) -> Package | None:
    """The package that a file or a folder is; None for anything else."""
    name = path.name
    folder = path / VERSION
    try:
        if folder.is_file():
            version = folder.read_text(encoding="utf-8")[:40].strip()
            return _package(path, Shape.FOLDER, version, name) if _VERSION.fullmatch(version) else None
        if not name.startswith(NAME) or not path.is_file():
            return None
    except (OSError, UnicodeError):
        return None
    ending = next((ending for ending in _ENDINGS if name.endswith(ending)), None)
    if ending is None:
        return None
    told = _VERSION.search(_GLIBC.sub("", name.removesuffix(ending).removeprefix(NAME)).replace("_", "-"))
    return _package(path, _ENDINGS[ending], told[1], name) if told is not None else None


def _package(path: Path, shape: Shape, version: str, name: str) -> Package:
    glibc = _GLIBC.search(name)
    machine = next((known for word, known in _MACHINES.items() if word in name), "")
    return Package(path, shape, version, machine, (int(glibc[1]), int(glibc[2])) if glibc else None)


def packages_in(place: Path) -> tuple[Package, ...]:
    """The packages that a person may mean by a file, an unpacked folder, or a folder with packages in it or one below.

    AppError where the place is not there or cannot be read; an empty tuple where there is none.
    """
    try:
        if place.is_file():
            beside = named(place.parent) if place.name in (SCRIPT, LIST, NEWS) else None
            one = beside or named(place)
            return (one,) if one is not None else ()
        if not place.is_dir():
            raise AppError(f"«{place}» нет на месте.", "Проверьте, вставлен ли носитель, и выберите снова.")
        whole = named(place)
        return (whole,) if whole is not None else tuple(_below(place))
    except OSError as fault:
        raise AppError(f"«{place}» не читается: {reason_of(fault)}.",
                       "Проверьте, вставлен ли носитель, и выберите снова.") from fault  # fmt: skip


def _below(place: Path) -> Iterator[Package]:
    seen = 0
    for level in (_entries(place), *(_entries(folder) for folder in _entries(place) if folder.is_dir())):
        for path in level:
            seen += 1
            if seen > MOST_ENTRIES:
                raise AppError(f"В «{place}» слишком много файлов, чтобы искать среди них.",
                               "Выберите сам пакет или папку, где он лежит.")  # fmt: skip
            found = named(path)
            if found is not None:
                yield found


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(Path(entry.path) for entry in os.scandir(folder))
    except PermissionError:  # a folder of the system on the stick
        return []
