"""A copy of the whole file that is carried away holds every contact person, so it is noted like an export."""

from __future__ import annotations

from pathlib import Path

from app.models.database import Database
from app.usecases.contacts import Standing, contacts
from app.usecases.personal_exports import KIND, note_export


def note_copy(database: Database, path: Path, what: str = "файл учёта целиком") -> int:
    """Journal, before it is made, that a copy with people in it is taken by hand; returns how many, 0 for none.

    Copies that the program makes by itself beside the file are no export: they stay with the unit.
    """
    with database.read() as session:
        people = sum(row.standing is not Standing.ERASED for row in contacts(session))
    if people:
        with database.write(KIND, "Выгрузка") as session:
            note_export(session, what, people, f"копия «{path.name}»")
    return people
