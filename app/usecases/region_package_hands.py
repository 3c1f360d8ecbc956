"""Who wrote last what a комплект would change: the region and the program, or a person by hand.

The journal knows.  A batch that was undone, and its undo, left nothing and are passed over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.roles import PROGRAM
from app.core.russian import day
from app.models import Batch, JournalEntry, JournalValue

KIND = "region"
"""The kind of the batch that takes a комплект in."""
_BY_PROGRAM = ("Создан файл учёта", "Справочники этой версии программы")
_TABLES = (
    "territory", "legal_form", "activity", "service_code", "need_category", "need_category_service", "setting",
    "calendar_day", "centre_plan",
)  # fmt: skip
_WHOLE = ""


@dataclass(frozen=True, slots=True)
class Writer:
    """The last write: kind of its batch, when (UTC) and by whom."""

    kind: str
    title: str
    at: datetime
    actor: str

    @property
    def is_person(self) -> bool:
        return self.kind not in (KIND, PROGRAM) and not (self.kind == "settings" and self.title in _BY_PROGRAM)


@dataclass(frozen=True, slots=True)
class Hands:
    """Last writers of rows: (table, key) -> field -> writer; '' is whoever made the row or took it away."""

    writers: dict[tuple[str, str], dict[str, Writer]] = field(default_factory=dict)

    def last(self, table: str, key: str, name: str = _WHOLE) -> Writer | None:
        known = self.writers.get((table, key), {})
        return known.get(name) or known.get(_WHOLE)

    def by_person(self, table: str, key: str, *names: str) -> str:
        """«изменено вручную 05.10.2026, Тихонова А. С.» if a person wrote one of the fields last, or ''."""
        for name in names or (_WHOLE,):
            writer = self.last(table, key, name)
            if writer is not None and writer.is_person:
                return f"изменено вручную {day(writer.at.date())}, {writer.actor}"
        return ""


def hands(session: Session) -> Hands:
    """Who wrote last each row and field that a комплект may change."""
    query = (
        select(
            JournalEntry.table_name, JournalEntry.record_id, JournalEntry.owner_id, JournalEntry.op,
            JournalValue.field, Batch.kind, Batch.title, Batch.at, Batch.actor,
        )
        .join(Batch, Batch.id == JournalEntry.batch_id)
        .join(JournalValue, JournalValue.entry_id == JournalEntry.id)
        .where(JournalEntry.table_name.in_(_TABLES), Batch.undone_by_id.is_(None), Batch.kind != "undo")
        .order_by(JournalEntry.id)
    )  # fmt: skip
    found = Hands()
    for table, record, owner, op, name, kind, title, at, actor in session.execute(query):
        writer = Writer(kind, title, at, actor)
        if table == "need_category_service":  # the map of a category is one thing, whichever link was touched
            table, record, op, name = "need_category", owner, "update", "services"
        if op == "update":
            found.writers.setdefault((table, record), {})[name] = writer
        else:
            found.writers[table, record] = {_WHOLE: writer}
    return found
