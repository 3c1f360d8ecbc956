"""`backup`: a copy of the file by hand, or the one that is made before another version of the program is installed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app import __version__
from app.cli.opening import opened
from app.core.clock import Clock
from app.usecases import backup as writing

Outcome = tuple[int, dict[str, Any], str]
NOTHING = "Файла учёта ещё нет: копировать нечего."


def backup(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """A checked copy; exit 1 when faults were found in it."""
    if options.before_update:
        return _before_update(path if hasattr(options, "db") else None, clock)
    from app.usecases.personal_copies import note_copy

    database = opened(path, clock, region=None)
    try:
        note_copy(database, options.out)
        copy = writing.backup(database, options.out)
    finally:
        database.close()
    return _told(options.out, copy.size, copy.faults)


def _before_update(path: Path | None, clock: Clock) -> Outcome:
    """The file named, else the one that was open last; where there is none, all is done."""
    from app.models.copy_names import Why
    from app.usecases.copies import make_copy
    from app.usecases.last_file import last_database

    path = path or last_database()
    if path is None:
        return 0, {"file": "", "bytes": 0, "faults": [], "found": 0}, NOTHING
    database = opened(path, clock, region=None)
    try:
        made = make_copy(database, Why.UPGRADE, f"с {__version__}")
    finally:
        database.close()
    return _told(made.first.path, made.first.size, made.first.faults)


def _told(path: Path, size: int, faults: tuple[str, ...]) -> Outcome:
    told = {"file": str(path), "bytes": size, "faults": list(faults), "found": len(faults)}
    return (1 if faults else 0), told, "\n".join((f"Копия записана: {path}", *faults))
