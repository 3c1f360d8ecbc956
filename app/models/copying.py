"""A copy of a database made while it may be in use: whole, checked, on the disk, or not there at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from app.core.errors import AppError, Deed, reason_of
from app.models import sqlite_only

_SPARE = 4 * 2**20  # bytes beyond the size of the copy


def copy_checked(source: Path, target: Path, examine: Callable[[Path], None] = lambda copy: None) -> None:
    """Copy the database to the target by SQLite's online backup in one step.

    One step, because a stepped one beside a writer may never end.  It is written under another name,
    checked, brought to the disk and renamed, so that whatever bears the name of a copy is a sound one.
    examine: looks into the finished copy before it gets its name.
    AppError if there is no room, or the source is damaged.
    """
    part = target.with_name(target.name + ".part")
    try:
        if shutil.disk_usage(target.parent).free < size_on_disk(source) + _SPARE:
            raise AppError(
                f"Для резервной копии не хватает места в папке «{target.parent}».",
                "Освободите место или сохраните копию на другой диск.",
                Deed.FOLDER,
                about=target.parent,
            )
        remove_database(part)
        _copy(source, part)
        examine(part)
        flush_to_disk(part)
        os.replace(part, target)
        flush_to_disk(target.parent)
    except sqlite3.Error as fault:
        raise sqlite_only.refusal(fault, target) or sqlite_only.damaged(source) from fault
    except OSError as fault:
        raise AppError(
            f"Резервная копия «{target.name}» не записана: {reason_of(fault)}.",
            "Выберите другую папку или диск и повторите. База не изменена.",
            Deed.COPIES,
        ) from fault
    finally:
        remove_database(part)


def _copy(source: Path, part: Path) -> None:
    reader = sqlite3.connect(source, timeout=sqlite_only.BUSY_SECONDS)
    writer = sqlite3.connect(part, timeout=sqlite_only.BUSY_SECONDS)
    try:
        reader.backup(writer)
        # A single file that can be carried on a stick: no write-ahead log beside it.
        writer.execute("PRAGMA journal_mode = DELETE")
        found = writer.execute("PRAGMA integrity_check(1)").fetchone()
        if found != ("ok",):
            raise sqlite_only.damaged(source)
    finally:
        writer.close()
        reader.close()


def put_in_place(candidate: Path, path: Path) -> None:
    """Give a finished, closed file the name of another, in one step; AppError with both as they were if it fails.

    The other's log must be folded away: SQLite would play it into the newcomer.
    """
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise AppError(f"Файл «{path.name}» ещё занят другой программой.",
                       "Закройте её и повторите. Ничего не изменено.", Deed.AGAIN)  # fmt: skip
    try:
        for ending in ("-wal", "-shm", "-journal"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        flush_to_disk(candidate)
        os.replace(candidate, path)
        flush_to_disk(path.parent)
    except OSError as fault:
        raise AppError(f"Файл «{path.name}» не заменён: {reason_of(fault)}.",
                       "Закройте программы, которые его читают, и повторите. Ничего не изменено.",
                       Deed.AGAIN) from fault  # fmt: skip


def size_on_disk(path: Path) -> int:
    """Bytes of the database with its write-ahead log."""
    parts = (path, path.with_name(path.name + "-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())


def flush_to_disk(path: Path) -> None:
    """Wait until the file (or the folder's list of files) is on the disk itself."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_database(path: Path) -> None:
    """Remove a file with whatever SQLite keeps beside it; absent ones are no error."""
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
