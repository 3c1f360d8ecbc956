"""How this program was put on this computer, what of the computer a package asks for, and whether one fits."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from app import __version__
from app.core.errors import AppError, Deed
from app.exchange.program_names import Package, Shape, order_of
from app.usecases.portable import portable_folder, program_folder


class Kind(Enum):
    """Who put the program where it is; the value says it to a person."""

    FOLDER = "для вас одного, без прав администратора"
    PORTABLE = "на носителе, файл учёта рядом"
    DEB = "администратором, пакет .deb"
    RPM = "администратором, пакет .rpm"
    SETUP = "установщиком Windows"
    SOURCE = "запущена из исходного текста"


TAKEN = {Kind.FOLDER: (Shape.ARCHIVE, Shape.FOLDER), Kind.PORTABLE: (Shape.ARCHIVE, Shape.FOLDER),
         Kind.DEB: (Shape.DEB,), Kind.RPM: (Shape.RPM,), Kind.SETUP: (Shape.SETUP,), Kind.SOURCE: ()}  # fmt: skip
"""By what each kind is updated; on Windows a stick too by setup.exe."""
_OLDER = "Более старая программа поверх новой не ставится: она не прочла бы файл учёта."


@dataclass(frozen=True, slots=True)
class Installation:
    """folder: where the program lies, None when it runs from its source.  writable: by this person.

    glibc: of this computer, None where there is none.  manager: the command that installs a package of the system.
    """

    kind: Kind
    version: str
    folder: Path | None = None
    writable: bool = True
    windows: bool = False
    machine: str = ""
    glibc: tuple[int, int] | None = None
    manager: str = ""


def installation() -> Installation:
    """What runs now."""
    folder = program_folder()
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    kind = _kind(folder)
    manager = {Kind.DEB: "apt install", Kind.RPM: "dnf install" if shutil.which("dnf") else "apt-get install"}
    return Installation(kind, __version__, folder, folder is None or os.access(folder.parent, os.W_OK),
                        sys.platform == "win32", machine, _glibc(), manager.get(kind, ""))  # fmt: skip


def _kind(folder: Path | None) -> Kind:
    if folder is None:
        return Kind.SOURCE
    if portable_folder() is not None:
        return Kind.PORTABLE
    if sys.platform == "win32":
        return Kind.SETUP
    if (folder / "uninstall.sh").is_file():  # install.sh puts it there
        return Kind.FOLDER
    return Kind.DEB if Path("/var/lib/dpkg/info/kurator-nko.list").is_file() else Kind.RPM


def _glibc() -> tuple[int, int] | None:
    try:
        told = os.confstr("CS_GNU_LIBC_VERSION") or ""
        major, _, minor = told.removeprefix("glibc ").partition(".")
        return int(major), int(minor.partition(".")[0])
    except (AttributeError, ValueError, OSError):
        return None


def choose(packages: tuple[Package, ...], here: Installation, place: Path) -> Package:
    """The newest of the packages that fits this computer and this kind of installation.

    AppError: none fits (why is said of the newest), or it is not newer than what runs.
    """
    if here.kind is Kind.SOURCE:
        raise AppError("Программа запущена из исходного текста: она обновляется вместе с ним.",
                       "«Обновить из файла» — для установленной программы.")  # fmt: skip
    if not packages:
        raise AppError(f"В «{place.name or place}» нет пакета программы.",
                       "Выберите папку или файл kurator-nko-… с новой версией.", Deed.AGAIN)  # fmt: skip
    fitting = [package for package in packages if not misfit(package, here)]
    if not fitting:
        newest = max(packages, key=lambda package: package.order)
        raise AppError(misfit(newest, here), "Ничего не изменено.")
    chosen = max(fitting, key=lambda package: (package.order, package.glibc or (0, 0)))
    if chosen.order == order_of(here.version):
        raise AppError(f"Версия {chosen.version} уже установлена.", "Более новой здесь нет; обновлять нечего.")
    if chosen.order < order_of(here.version):
        raise AppError(f"Здесь версия {chosen.version}, а установлена {here.version}, она новее.",
                       f"{_OLDER} Ничего не изменено.")  # fmt: skip
    return chosen


def misfit(package: Package, here: Installation) -> str:
    """Why a package is not for this computer or this kind of installation; '' if it is."""
    windows = package.shape is Shape.SETUP
    if windows != here.windows:
        return f"«{package.path.name}» — для {'Windows' if windows else 'Linux'}, а здесь другая система."
    if package.machine and here.machine and package.machine != here.machine:
        return f"«{package.path.name}» — для процессора {package.machine}, а здесь {here.machine}."
    if package.glibc is not None and here.glibc is not None and package.glibc > here.glibc:
        wanted, found = (f"{major}.{minor}" for major, minor in (package.glibc, here.glibc))
        return (f"«{package.path.name}» — для системы новее этой: ему нужна glibc {wanted}, а здесь {found}."
                " Нужна сборка для старых систем.")  # fmt: skip
    taken = TAKEN[Kind.SETUP] if here.windows else TAKEN[here.kind]
    if package.shape not in taken:
        wanted = " или ".join(shape.value for shape in taken)
        return (f"«{package.path.name}» — {package.shape.value}, а программа поставлена иначе ({here.kind.value}):"
                f" ей нужен другой: {wanted}.")  # fmt: skip
    return ""
