"""Which fields of a record a person wrote last: a list does not overwrite them without being asked."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.models import Batch, JournalEntry, JournalValue
from app.usecases.tables import column_name

_LINES = {
    "status": ("ngo_status", "status"),
    "activities": ("ngo_activity", "activity_code"),
    "marks": ("ngo_mark", "mark"),
    "codes": ("need_code", "service_code"),
}
"""Fields that are kept in lines: the table and column of those."""


def edited_by_hand(
    session: Session, register: str, id: int, keys: Collection[str], empty: Collection[str] = ()
) -> dict[str, str]:
    """Those of the fields whose kept value was typed: field key -> who and when («Тихонова, 05.10.2026»).

    empty: those of the fields that hold nothing; they count when a person took away what was there.
    """
    wanted: dict[tuple[str, str], str] = {}
    for key in keys:
        wanted[_LINES.get(key, (register, column_name(register, key)))] = key
    itself = and_(JournalEntry.table_name == register, JournalEntry.record_id == str(id))
    its_line = and_(JournalEntry.owner_table == register, JournalEntry.owner_id == str(id))
    query = (
        select(JournalEntry.table_name, JournalValue.field, Batch.kind, Batch.actor, Batch.at,
               JournalValue.before)
        .join(JournalValue, JournalValue.entry_id == JournalEntry.id)
        .join(Batch, Batch.id == JournalEntry.batch_id)
        .where(or_(itself, its_line), JournalValue.field.in_({field for _, field in wanted}))
        .order_by(JournalEntry.id.desc())
    )
    last: dict[str, str] = {}
    seen: set[str] = set()
    for table, field, kind, actor, at, before in session.execute(query):
        name = wanted.get((table, field), "")
        if not name or name in seen:
            continue
        seen.add(name)
        if kind == "edit" and (name not in empty or before):
            last[name] = f"{actor}, {at:%d.%m.%Y}"
    return last
