"""`import`: a list into the records, or only what it would change."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.core.clock import Clock
from app.core.russian import integer
from app.models.database import Database
from app.usecases.importing import Counts, preview, rejects_xlsx, write
from app.usecases.places import write_file

REGISTER = {"ngos": "ngo", "support": "support", "services": "service", "needs": "need"}
SAID = (
    ("new", "новых"),
    ("changed", "изменённых"),
    ("same", "без изменений"),
    ("doubtful", "сомнительных"),
    ("rejected", "с ошибками"),
    ("repaired", "исправлено при чтении"),
)


def import_list(path: Path, clock: Clock, options: argparse.Namespace) -> tuple[int, dict[str, Any], str]:
    """Exit 1 when rows were doubtful or rejected; the first five counts add up to the rows of the file."""
    register = REGISTER[options.what]
    database = Database.open(path, clock=clock)
    try:
        if options.dry_run:
            with database.read() as session:
                seen = preview(session, register, options.file)
                counts = seen.counts
        else:
            with database.write("import", f"Импорт: {options.file.name}") as session:
                seen = preview(session, register, options.file)
                counts = write(session, seen, accept_doubtful=options.accept_doubtful)
        if options.rejects is not None and counts.rejected:
            write_file(options.rejects, rejects_xlsx(seen))
    finally:
        database.close()
    return (1 if counts.doubtful or counts.rejected else 0), _told(counts), _text(counts, dry_run=options.dry_run)


def _told(counts: Counts) -> dict[str, Any]:
    return {key: getattr(counts, key) for key, _ in SAID}


def _text(counts: Counts, *, dry_run: bool) -> str:
    parts = ", ".join(f"{word} {integer(getattr(counts, key))}" for key, word in SAID)
    return f"{'Было бы записано' if dry_run else 'Записано'}: {parts}."
