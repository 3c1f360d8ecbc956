"""Which backups still hold a person who was erased from the file, and until when each of them lives."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from app.core.russian import day
from app.core.thinning import Thinning
from app.models.copy_names import CANDIDATE
from app.usecases.copy_list import CopyRow, copies_of


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


def copies_holding(database: Path, uuids: Collection[str], rule: Thinning) -> tuple[HoldingCopy, ...]:
    """The copies of this file in its places that hold any of these contacts, the newest first.

    One that cannot be read counts as holding.  rule: by which the program thins copies out.
    """
    found = (row for row in copies_of(_own(database)) if _holds(row.path, uuids))
    return tuple(HoldingCopy(row.path.name, row.at.date(), _until(row, rule)) for row in found)


def _own(database: Path) -> Path:
    """The file itself, while it is made ready beside it under another name (`restoring`)."""
    return database.with_name(database.stem.removesuffix(CANDIDATE) + database.suffix)


def _until(row: CopyRow, rule: Thinning) -> date | None:
    """The day by which thinning takes it, whichever others there are; None for what only a hand removes."""
    return (row.at + rule.longest).date() + timedelta(days=1) if row.why.thinned else None


def as_text(copies: Collection[HoldingCopy]) -> str:
    """How an act keeps them."""
    rows = [[c.name, c.made_on and c.made_on.isoformat(), c.until and c.until.isoformat()] for c in copies]
    return json.dumps(rows, ensure_ascii=False)


def from_text(text: str) -> tuple[HoldingCopy, ...]:
    def read(day: str | None) -> date | None:
        return date.fromisoformat(day) if day else None

    return tuple(HoldingCopy(name, read(made), read(until)) for name, made, until in json.loads(text))


def _holds(path: Path, uuids: Collection[str]) -> bool:
    """Raw SQL over a file nobody writes; what cannot be read, or is of another schema, may hold anything."""
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
        return True


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
