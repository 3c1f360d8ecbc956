"""Which backups still hold a person who was erased from the file, and until when each of them lives."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.core.russian import day
from app.usecases.backup import FOLDER

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class HoldingCopy:
    """A backup with the person still in it.

    until: the day by which it is thinned out, None where only a hand removes it.
    """

    name: str
    made_on: date | None
    until: date | None

    @property
    def told(self) -> str:
        """«исчезнет не позднее 27.02.2027», or that a hand has to remove it."""
        return f"исчезнет не позднее {day(self.until)}" if self.until else "сама не исчезнет: удалите её вручную"


def copies_holding(database: Path, uuids: Collection[str]) -> tuple[HoldingCopy, ...]:
    """The backups of this file that hold any of these contacts, the newest first; one that cannot be read does."""
    found = [
        HoldingCopy(path.name, made, until)
        for path, made, until in _lying(database)
        if _holds(path, uuids, unread=path.stem.startswith(database.stem))
    ]
    return tuple(sorted(found, key=lambda copy: (copy.made_on or date.min, copy.name), reverse=True))


def as_text(copies: Collection[HoldingCopy]) -> str:
    """How an act keeps them."""
    rows = [[c.name, c.made_on and c.made_on.isoformat(), c.until and c.until.isoformat()] for c in copies]
    return json.dumps(rows, ensure_ascii=False)


def from_text(text: str) -> tuple[HoldingCopy, ...]:
    def read(day: str | None) -> date | None:
        return date.fromisoformat(day) if day else None

    return tuple(HoldingCopy(name, read(made), read(until)) for name, made, until in json.loads(text))


def _lying(database: Path) -> Iterator[tuple[Path, date | None, date | None]]:
    """Backups by name: path, day, and the last day they live."""
    folder = database.parent / FOLDER
    for path in sorted(folder.glob(f"*{database.suffix}")) if folder.is_dir() else ():
        found = _DAY.search(path.stem)
        yield path, date.fromisoformat(found[0]) if found else None, None


def _holds(path: Path, uuids: Collection[str], *, unread: bool) -> bool:
    """Raw SQL over a file nobody writes.  unread: the answer where it cannot be read, or is of another schema."""
    marks = ", ".join("?" * len(uuids))
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            kept = connection.execute(
                f"SELECT 1 FROM contact WHERE erased_on IS NULL AND uuid IN ({marks})", tuple(uuids)
            ).fetchone()
            return kept is not None or _journal_holds(connection, uuids)
        finally:
            connection.close()
    except (sqlite3.Error, OSError):
        return unread


def _journal_holds(connection: sqlite3.Connection, uuids: Collection[str]) -> bool:
    """Rows of the journal are found by the key that was written with the contact."""
    marks = ", ".join("?" * len(uuids))
    keys = connection.execute(
        "SELECT DISTINCT j.record_id FROM journal j JOIN journal_value v ON v.entry_id = j.id"
        f" WHERE j.table_name = 'contact' AND v.field = 'uuid' AND coalesce(v.after, v.before) IN ({marks})",
        tuple(uuids),
    ).fetchall()
    return any(
        connection.execute(
            "SELECT 1 FROM journal j JOIN journal_value v ON v.entry_id = j.id WHERE j.table_name = 'contact'"
            " AND j.record_id = ? AND v.field IN ('name', 'phone', 'email')"
            " AND coalesce(v.before, v.after) IS NOT NULL",
            key,
        ).fetchone()
        for key in keys
    )
