"""Where things lie: the database and the log of this person, and files that are written whole or not at all."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, TypeVar

from platformdirs import user_data_path, user_log_path

from app.core.account_file import ENDING
from app.core.errors import AppError, Deed, reason_of
from app.usecases.portable import portable_folder

T = TypeVar("T")
NAME = "kurator-nko"


def default_database() -> Path:
    """The file that is opened when none is named: this person's own, or beside the program on a stick."""
    folder = portable_folder() or user_data_path(NAME, appauthor=False)
    named, before = folder / f"учёт{ENDING}", folder / "kurator.db"
    return before if before.is_file() and not named.exists() else named


def make_folder(folder: Path) -> None:
    """Make the folder of a file of accounts; the one by default is nobody else's to look into.  OSError."""
    if not folder.is_dir() and folder == default_database().parent:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)


def log_file() -> Path:
    """Where faults of the program are told."""
    portable = portable_folder()
    return (portable / "log" if portable is not None else user_log_path(NAME, appauthor=False)) / "kurator.log"


def keep_log() -> None:
    """A log of faults without values, 1 MB and one before it; without it where it cannot be written."""
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        keeper = RotatingFileHandler(path, "a", 2**20, 1, encoding="utf-8", delay=True)
    except OSError:
        return
    keeper.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    log = logging.getLogger("app")
    log.addHandler(keeper)
    log.setLevel(logging.INFO)


def look_at_folder(folder: Path) -> None:
    """Whether files can be written into the folder, which may not be there yet; it is left as it was.

    AppError if they cannot: said before anything is done that these files are the end of.
    """
    if folder.exists() and not folder.is_dir():
        raise AppError(f"«{folder}» — файл, а нужна папка.", "Укажите папку: новую или ту, что уже есть.")
    present = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    probe = present / f".проба-{os.getpid()}"
    try:
        probe.touch()
        probe.unlink()
    except OSError as fault:
        raise AppError(
            f"В папку «{folder}» нельзя записать: {reason_of(fault)}.", "Укажите другую, например в «Документах».",
            Deed.FOLDER, about=present,
        ) from fault


def write_file(path: Path, content: bytes) -> Path:
    """Writes a file whole: under another name, synced, then renamed.  AppError when that cannot be done."""
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as fault:
        part.unlink(missing_ok=True) if part.parent.is_dir() else None
        raise AppError(
            f"Файл «{path.name}» не записан: {reason_of(fault)}.",
            "Выберите другую папку или освободите место; если файл открыт в другой программе, закройте его.",
            Deed.FOLDER, about=path.parent,
        ) from fault
    return path


def with_file(session: Any, act: Callable[..., tuple[T, bytes]], path: Path, *args: Any) -> T:
    """What `act(session, *args)` made beside the bytes of its file: kept and lying at path, or neither."""
    found, content = act(session, *args)
    write_file(path, content)
    return found
