"""«Проверить обновление из файла»: what lies there, whether it fits and is whole, and making ready to install it.

Nothing is taken from a network.  Until the program has closed nothing of it is touched: the file of accounts is
copied, the package is unpacked beside, and the new program opens a copy of the file there.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from importlib import resources
from pathlib import Path

from app.core.errors import AppError, Deed, reason_of
from app.core.progress import SILENT, Progress
from app.exchange import signatures
from app.exchange.hash_lists import AGAIN, digest_of
from app.exchange.program_names import LIST, SIGNATURE, Package, Shape, order_of, packages_in
from app.exchange.program_packages import Contents, examine, unpack
from app.models.copy_names import Why
from app.models.copying import size_on_disk
from app.models.database import Database
from app.models.side_room import side_room
from app.usecases.backup import check_database
from app.usecases.copies import Made, make_copy
from app.usecases.installation import Installation, Kind, choose, installation
from app.usecases.update_relay import Relay, clean, clear_stage, relay_on_linux, relay_on_windows, stage

PATIENCE = 3600  # s for the new program to open a copy of a large file
_OURS = "Программа и файл остались прежними. Передайте это сообщение тому, от кого пакет."
_SPARE = 64 * 2**20
_SECTION = re.compile(r"##\s+\[?v?(\d+(?:\.\d+)+|Unreleased)\]?", re.IGNORECASE)
_MARKS = re.compile(r"\*\*|`|\[([^\]]*)\]\([^)]*\)")
_MOST_NEWS, _LONGEST = 60, 500  # lines, and signs of a line


class Trust(Enum):
    """What the signature of the hash list says; the value says it to a person."""

    NONE = "подписи нет: сертификата ещё нет"
    UNKNOWN = "подпись есть, но проверить её нечем: ключа в этой программе ещё нет"
    RIGHT = "подпись верна"


@dataclass(frozen=True, slots=True)
class Found:
    """A newer package that fits and is whole.  news: lines of its CHANGELOG.  command: what an administrator types
    where this person may not install, else ''.
    """

    here: Installation
    package: Package
    contents: Contents
    trust: Trust
    news: tuple[str, ...]
    command: str = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """All is made ready.  copy: of the file of accounts, None where there is no file yet."""

    found: Found
    relay: Relay
    copy: Made | None


def release_key() -> bytes | None:
    """The public key that releases are signed with; None as long as there is no certificate."""
    kept = resources.files("resources").joinpath("update", "key.pem")
    return signatures.public_key(kept.read_text(encoding="ascii")) if kept.is_file() else None


def look(
    place: Path, progress: Progress = SILENT, *, here: Installation | None = None,
    key: Callable[[], bytes | None] = release_key,
) -> Found:  # fmt: skip
    """The newest package in a file, a folder or on a stick, read whole.

    AppError says why none will do: no package, of another system, not newer, damaged, with a wrong signature.
    """
    here = here or installation()
    package = choose(packages_in(place.absolute()), here, place)
    contents = examine(package, progress)
    news = _news(contents.news, here.version, package.version)
    return Found(here, package, contents, trust(contents, key()), news, _command(package, here))


def trust(contents: Contents, key: bytes | None) -> Trust:
    """key: of the releases, None while there is none.  AppError where there is one and the signature is not its."""
    if key is None:
        return Trust.NONE if contents.signature is None else Trust.UNKNOWN
    if contents.signature is None:
        raise AppError(f"Пакет не подписан: рядом с {LIST} нет {SIGNATURE}.", f"Настоящие пакеты подписаны. {AGAIN}")
    if not signatures.is_right(key, contents.listed, contents.signature):
        raise AppError("Подпись пакета неверна: его сделал или изменил кто-то другой.",
                       "Не ставьте его. Возьмите пакет там, где берёте обновления всегда.")  # fmt: skip
    return Trust.RIGHT


def _command(package: Package, here: Installation) -> str:
    path = str(package.path).replace("'", "'\\''")
    if here.kind in (Kind.DEB, Kind.RPM):
        return f"sudo {here.manager} '{path}'"
    if here.folder is not None and not here.writable and not here.windows:
        if package.shape is Shape.FOLDER:
            return f"sudo sh '{path}/install.sh' --at '{here.folder}'"
        unpacked = package.path.name.removesuffix(".tar.xz")
        return f"cd $(mktemp -d) && tar -xJf '{path}' && sudo sh '{unpacked}/install.sh' --at '{here.folder}'"
    return ""


def _news(text: str, before: str, after: str) -> tuple[str, ...]:
    """What is new since the version before: heads and items of CHANGELOG.md, each a line, without its marks."""
    lines: list[str] = []
    wanted = False
    for line in text.splitlines():
        if line.startswith("## "):
            section = _SECTION.match(line)
            wanted = section is not None and _is_new(section[1], before, after)
        elif not wanted:
            continue
        elif line.startswith(("#", "- ", "* ")) or not line.strip():
            lines.append(f"• {line[2:].strip()}" if line.startswith(("- ", "* ")) else line.strip("# "))
        elif lines:
            lines[-1] = f"{lines[-1]} {line.strip()}".strip()
    return tuple(_MARKS.sub(lambda mark: mark[1] or "", line)[:_LONGEST] for line in lines if line)[:_MOST_NEWS]


def _is_new(section: str, before: str, after: str) -> bool:
    if section.lower() == "unreleased":
        return True
    return order_of(before) < order_of(section) <= order_of(after)


# --- making ready ---------------------------------------------------------------------------------


def make_ready(
    found: Found, database: Database | None, progress: Progress = SILENT, *, window: bool, done: str = ""
) -> Ready:
    """Copy the file of accounts, unpack the package, let the new program open a copy; nothing is installed yet.

    database: the open file, None where there is none.  window: the relay waits for this program and starts the new
    one.  AppError says what failed; what was made ready is removed and the program is as it was.
    """
    here, package = found.here, found.package
    if found.command or here.folder is None:
        raise AppError("Эту программу обновляет администратор.", f"Команда для него: {found.command}")
    clear_stage()
    place = stage()
    _look_for_room(place.parent, found, database)
    copy = None
    if database is not None:
        copy = make_copy(database, Why.UPGRADE, f"программы {here.version} до {package.version}", progress=progress)
    try:
        if package.shape is Shape.SETUP:
            relay = _windows(found, place)
        else:
            unpack(package, found.contents, place, progress)
            if database is not None and copy is not None:
                _rehearse(place / "program" / "kurator-nko", database, copy.first.path)
            relay = relay_on_linux(place, here.folder, portable=here.kind is Kind.PORTABLE, window=window, done=done)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return Ready(found, relay, copy)


def _windows(found: Found, place: Path) -> Relay:
    assert found.here.folder is not None
    try:
        place.mkdir(parents=True)
        setup = place / "setup.exe"
        shutil.copyfile(found.package.path, setup)
        script = place / "relay.cmd"
        script.write_bytes(resources.files("resources").joinpath("update", "relay.cmd").read_bytes())
    except OSError as fault:
        raise AppError(f"Установщик не скопирован: {reason_of(fault)}.", "Освободите место и повторите.",
                       Deed.FOLDER, about=place.parent) from fault  # fmt: skip
    if digest_of(setup) != found.contents.files[found.package.path.name]:
        raise AppError("Пакет изменился, пока его проверяли.", AGAIN)
    return relay_on_windows(setup, script, found.here.folder, portable=found.here.kind is Kind.PORTABLE)


def _look_for_room(place: Path, found: Found, database: Database | None) -> None:
    """The package is unpacked, and install.sh lays it once more beside the program."""
    wanted = found.contents.size * 2 + _SPARE
    if database is not None:
        wanted += size_on_disk(database.path) * 3
    present = next(folder for folder in (place, *place.parents) if folder.exists())
    free = shutil.disk_usage(present).free
    if free < wanted:
        raise AppError(f"Для обновления нужно {wanted // 2**20}\u00a0МБ, а на диске с программой свободно"
                       f" {free // 2**20}\u00a0МБ.", "Освободите место и повторите. Ничего не изменено.",
                       Deed.FOLDER, about=present)  # fmt: skip


def _rehearse(program: Path, database: Database, copy: Path) -> None:
    """The new program, not installed yet, brings a copy of the file to its own kind and looks at it.

    AppError if the new program does not start, does not open the copy, or finds faults in it where this one finds none.
    """
    try:
        with side_room(database.path, "проба обновления") as folder:
            trial = folder / f"проба{database.path.suffix}"
            shutil.copyfile(copy, trial)
            told = subprocess.run([str(program), "--db", str(trial), "check"], env=clean(os.environ), check=False,
                                  capture_output=True, text=True, encoding="utf-8", errors="replace",
                                  stdin=subprocess.DEVNULL, timeout=PATIENCE)  # fmt: skip
    except subprocess.TimeoutExpired as fault:
        raise AppError("Новая программа слишком долго открывает копию вашего файла.", _OURS) from fault
    except OSError as fault:
        raise AppError(f"Новая программа здесь не запускается: {reason_of(fault)}.", _OURS) from fault
    if told.returncode == 1 and check_database(database).faults:  # they are in the file itself, and known
        return
    if told.returncode != 0:
        said = " ".join((told.stdout + told.stderr).split())[-600:]
        raise AppError(f"Новая программа не приняла копию вашего файла: {said or f'код {told.returncode}'}", _OURS)


def moment() -> datetime:
    """Local time of this computer: of the ticket, which is no record of the file."""
    return datetime.now().replace(microsecond=0)
