"""The record of what left the file with personal data in it: who, when, what, how many people, where to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.russian import plural
from app.models import PersonalExport

KIND = "export"
"""The kind of the batch: `desk.write(KIND, …, undoable=False)`; what went out cannot be taken back."""


@dataclass(frozen=True, slots=True)
class ExportRow:
    """made_at: UTC.  people: how many persons' data went out.  where: a file, the clipboard, a letter."""

    id: int
    made_at: datetime
    made_by: str
    what: str
    people: int
    where: str


def note_export(session: Session, what: str, people: int, where: str) -> int:
    """Journal that personal data of so many people left the file; returns the row's id.

    what: «Ветеранские организации: контактные лица».  where: «Excel, файл „список.xlsx“», «буфер обмена».
    The batch is called by what it notes.
    """
    noted = PersonalExport(
        made_at=session.info["clock"].now(), made_by=session.info["actor"], what=what, people=people, place=where
    )
    session.add(noted)
    session.info["title"] = f"Выгрузка: {what} — {plural(people, 'человек', 'человека', 'человек')}, {where}"
    session.flush()
    return noted.id


def exports(session: Session, limit: int = 200) -> tuple[ExportRow, ...]:
    """What left the file, the latest first."""
    query = select(PersonalExport).order_by(PersonalExport.id.desc()).limit(limit)
    return tuple(
        ExportRow(one.id, one.made_at, one.made_by, one.what, one.people, one.place) for one in session.scalars(query)
    )
