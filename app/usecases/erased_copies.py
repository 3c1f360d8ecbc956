"""Which backups still hold a person who was erased from the file, and until when each of them lives."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.core.russian import day
from app.core.thinning import Thinning
from app.models import sqlite_only
from app.models.copy_names import CANDIDATE
from app.usecases.copy_list import CopyRow, copies_of
from app.usecases.erased_again import holds_data


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


def copies_holding(
    database: Path, uuids: Collection[str], rule: Thinning, register: str = "contact"
) -> tuple[HoldingCopy, ...]:
    """The copies of this file in its places that hold any of these persons of a register, the newest first.

    One that cannot be read counts as holding.  rule: by which the program thins copies out.
    """
    found = (row for row in copies_of(_own(database)) if _holds(row.path, uuids, register))
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


def _holds(path: Path, uuids: Collection[str], register: str) -> bool:
    """A file that nobody writes is asked; what cannot be read, or is of another schema, may hold anything."""
    try:
        engine = sqlite_only.read_engine_of(path.absolute())
        try:
            with Session(engine) as session:
                return any(holds_data(session, uuid, register) for uuid in uuids)
        finally:
            engine.dispose()
    except (DatabaseError, OSError):
        return True
