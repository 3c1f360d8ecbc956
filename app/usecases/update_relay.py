"""What is run when the program closes for an update, how the outcome is kept, and what the next start tells of it.

A program cannot replace its own files while it is open.  A shell waits for it: a word on a pipe says that it closes in
order, the end of the pipe that it is gone.  One that dies, or stays open, changes nothing.
"""

from __future__ import annotations

import codecs
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any, NoReturn

from app import __version__
from app.core.errors import AppError, Deed, reason_of
from app.usecases.places import log_file, write_file
from app.usecases.portable import PROGRAM_FOLDER, program_folder

TICKET, LOG, CODE = "update.json", "update.log", "update.code"
CLOSED = b"closed\n"
MARK = "kurator-nko-update"
"""The name of the shell that waits, among the processes."""
_NEWEST_LOG = 4_000
"""Characters of what the installer said that are shown."""
_FORGOTTEN = 24 * 3600  # s; making ready takes less, whatever the disk


@dataclass(frozen=True, slots=True)
class Relay:
    """What is run.  words: the command; environment: of it, whole.  package: what it installs from."""

    words: tuple[str, ...]
    environment: Mapping[str, str]
    package: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the last update.  done: the new version runs.  told: what the installer said.  news: lines."""

    before: str
    after: str
    at: datetime
    done: bool
    told: str
    news: tuple[str, ...]


def told_folder() -> Path:
    """Where the outcome is told: beside the log."""
    return log_file().parent


def relay_on_linux(package: Path, folder: Path, *, portable: bool, window: bool, done: str = "") -> Relay:
    """install.sh of the unpacked package over the program in the folder.

    window: wait until the program has closed and start the new one; else at once, in its place.  done: what is printed
    then, '' for what install.sh says.
    """
    script = resources.files("resources").joinpath("update", "relay.sh").read_text(encoding="utf-8")
    how = (*(["--portable"] if portable else []), "--at", str(folder))
    start = str(folder / "kurator-nko") if window else ""
    words = ("/bin/sh", "-c", script, MARK, "да" if window else "нет", str(package),
             str(told_folder()), start, done, *how)  # fmt: skip
    return Relay(words, clean(os.environ), package)


def relay_on_windows(setup: Path, script: Path, folder: Path, *, portable: bool) -> Relay:
    """The installer, silent, over the program in the folder; the file of accounts was copied already.

    Paths go by the environment: a script's code page knows no Russian.  The folder comes last and bare, as NSIS wants.
    """
    how = f"/S /NOBACKUP {'/PORTABLE ' if portable else ''}/D={folder}"
    paths = {"KURATOR_SETUP": str(setup), "KURATOR_HOW": how, "KURATOR_TOLD": str(told_folder()),
             "KURATOR_START": str(folder / "kurator-nko.exe")}  # fmt: skip
    return Relay(("cmd.exe", "/d", "/c", str(script)), {**clean(os.environ), **paths}, setup.parent)


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without what a frozen program adds for itself: its libraries are not those of another program."""
    kept = {name: value for name, value in environment.items()
            if not name.startswith(("_PYI_", "_MEIPASS")) and name != PROGRAM_FOLDER}  # fmt: skip
    before = kept.pop("LD_LIBRARY_PATH_ORIG", None)
    if getattr(sys, "frozen", False):
        kept.pop("LD_LIBRARY_PATH", None)
        kept["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    if before is not None:
        kept["LD_LIBRARY_PATH"] = before
    return kept


class Waiting:
    """The relay that waits for this program.  `go` when it closes in order; `leave` calls it off."""

    def __init__(self, relay: Relay) -> None:
        reading, self._writing = os.pipe()
        flags = 0x08000000 if sys.platform == "win32" else 0  # CREATE_NO_WINDOW
        try:
            self.process = subprocess.Popen(
                relay.words, stdin=reading, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env=dict(relay.environment), cwd=str(relay.package.parent), start_new_session=True, creationflags=flags,
            )  # fmt: skip
        except OSError as fault:
            os.close(self._writing)
            raise AppError(f"Обновление не запущено: {reason_of(fault)}.", "Ничего не изменено.") from fault
        finally:
            os.close(reading)

    def go(self) -> None:
        """The program closes: what waits goes on as soon as it is gone.  The pipe stays open until then."""
        with suppress(OSError):
            os.write(self._writing, CLOSED)

    def leave(self) -> None:
        """Nothing will be installed; what was made ready is removed."""
        os.close(self._writing)
        self.process.wait(timeout=60)


def become(relay: Relay) -> NoReturn:
    """Let the relay take the place of this process: a command ends with its code.  Never returns on Linux."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(relay.words[0], list(relay.words), dict(relay.environment))


# --- what is kept for the next start ------------------------------------------------------------


def keep_ticket(after: str, news: tuple[str, ...], at: datetime, relay: int = 0) -> None:
    """What is about to be done, so that the next start can tell how it ended.  AppError if it cannot be written.

    relay: the process that waits, 0 for this one, whose place it takes.
    """
    folder = told_folder()
    for name in (CODE, LOG):
        with suppress(OSError):
            (folder / name).unlink(missing_ok=True)
    about = {"before": __version__, "after": after, "at": at.isoformat(timespec="seconds"), "news": list(news),
             "folder": str(program_folder() or ""), "relay": relay or os.getpid()}  # fmt: skip
    write_file(folder / TICKET, json.dumps(about, ensure_ascii=False).encode())


def take_outcome() -> Outcome | None:
    """What became of the update since the last start, told once; None where there was none."""
    folder = told_folder()
    about = _ticket(folder)
    if about is None:
        _clear_forgotten()
        return None
    if _at_work(about["relay"]):
        return None
    done = __version__ == about["after"]
    code = _text(folder / CODE).strip()
    told = _text(folder / LOG).strip()[-_NEWEST_LOG:]
    if not done and not code:
        told = f"{told}\nУстановка прервана: компьютер выключился или программу остановили.".strip()
    with suppress(OSError):
        (folder / TICKET).unlink(missing_ok=True)
    clear_stage()
    return Outcome(about["before"], about["after"], about["at"], done, told, tuple(about["news"]))


def _ticket(folder: Path) -> dict[str, Any] | None:
    """None without one, and for one that is of another installation of this person."""
    try:
        about = json.loads((folder / TICKET).read_text(encoding="utf-8"))
        found = {"before": str(about["before"]), "after": str(about["after"]), "news": [str(x) for x in about["news"]],
                 "relay": int(about["relay"]), "at": datetime.fromisoformat(about["at"])}  # fmt: skip
        return found if about["folder"] == str(program_folder() or "") else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _at_work(relay: int) -> bool:
    """Whether the installer is still running: a window that was opened meanwhile tells nothing of it yet."""
    try:
        return MARK.encode() in Path(f"/proc/{relay}/cmdline").read_bytes()
    except OSError:
        return False


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError:
        return ""
    wide = content.startswith(codecs.BOM_UTF16_LE)  # of the installer for Windows
    return content.decode("utf-16" if wide else "utf-8", errors="replace")


def stage() -> Path:
    """Where a package is unpacked: beside the program, for it is run from there, or in the person's own folder."""
    folder = program_folder()
    if folder is None or sys.platform == "win32":
        return told_folder() / "update"
    return folder.with_name(f"{folder.name}.update")


def _clear_forgotten() -> None:
    """A program that was killed while it made ready has told nobody; a window that does so now is not disturbed."""
    with suppress(OSError, AppError):
        if time.time() - stage().stat().st_mtime > _FORGOTTEN:
            clear_stage()


def clear_stage() -> None:
    """Remove what an update that was cut short has left.  AppError if that cannot be done."""
    place = stage()
    if not place.exists():
        return
    try:
        shutil.rmtree(place)
    except OSError as fault:
        raise AppError(f"Папка «{place}» от прошлого обновления не убрана: {reason_of(fault)}.", "Уберите её сами.",
                       Deed.FOLDER, about=place.parent) from fault  # fmt: skip
