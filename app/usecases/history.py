"""What was changed, when and by whom: the history of a record, and the latest changes of the district."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.core.text import fold
from app.models import Batch, JournalEntry, JournalValue
from app.records import LINES, REGISTERS


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one write.

    at: UTC.  op: insert, update, delete.  table and row_id: of the record itself or of a line of it.
    before, after: kept text, None where there was none; erased: there was one, erased since (152-ФЗ).
    """

    entry_id: int
    batch_id: int
    batch_kind: str
    batch_title: str
    at: datetime
    actor: str
    account: str
    op: str
    table: str
    row_id: str
    field: str
    before: str | None
    after: str | None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class BatchRow:
    """Writes that belong together, with counts of rows.  undone_by: the batch that undid it, or None."""

    id: int
    kind: str
    title: str
    at: datetime
    actor: str
    account: str
    inserted: int
    updated: int
    deleted: int
    undone_by: int | None


def record_history(session: Session, register: str, id: int | str) -> tuple[Change, ...]:
    """Every change of a record and of its lines, the newest first; fields of one write by name."""
    itself = and_(JournalEntry.table_name == register, JournalEntry.record_id == str(id))
    its_line = and_(JournalEntry.owner_table == register, JournalEntry.owner_id == str(id))
    query = (
        select(JournalEntry, JournalValue, Batch.kind, Batch.title)
        .join(Batch, Batch.id == JournalEntry.batch_id)
        .join(JournalValue, JournalValue.entry_id == JournalEntry.id)
        .where(or_(itself, its_line), JournalValue.field != "id")
        .order_by(JournalEntry.id.desc(), JournalValue.field)
    )
    return tuple(
        Change(
            entry_id=entry.id,
            batch_id=entry.batch_id,
            batch_kind=kind,
            batch_title=title,
            at=entry.at,
            actor=entry.actor,
            account=entry.account,
            op=entry.op,
            table=entry.table_name,
            row_id=entry.record_id,
            field=value.field,
            before=value.before,
            after=value.after,
            erased=is_erased(value),
        )
        for entry, value, kind, title in session.execute(query)
    )


def is_erased(value: JournalValue) -> bool:
    """Was a value kept here once and then erased?"""
    return (value.before is None and value.before_digest is not None) or (
        value.after is None and value.after_digest is not None
    )


def recent_changes(session: Session, limit: int = 50) -> tuple[BatchRow, ...]:
    """The latest batches, the newest first."""
    return changes(session, limit=limit)


def changes(
    session: Session, *, actor: str = "", register: str = "", first: datetime | None = None,
    last: datetime | None = None, text: str = "", limit: int = 50,
) -> tuple[BatchRow, ...]:  # fmt: skip
    """Batches that fit, the newest first.

    actor: who did it.  register: only what wrote its records or their lines.  first, last: moments (UTC), the last
    one not among them.  text: words that the title holds, case, ё and quotes aside.
    """
    query = select(Batch).order_by(Batch.id.desc())
    if actor:
        query = query.where(Batch.actor == actor)
    if first is not None:
        query = query.where(Batch.at >= first)
    if last is not None:
        query = query.where(Batch.at < last)
    if register:
        tables = (register, *(line.key for line in LINES[register]))
        wrote = select(JournalEntry.id).where(
            JournalEntry.batch_id == Batch.id, JournalEntry.table_name.in_(tables)
        )
        query = query.where(wrote.exists())
    words = fold(text).split()
    if words:  # titles are few beside entries: read and folded here, as the database knows neither case nor ё
        titled = session.execute(query.with_only_columns(Batch.id, Batch.title))
        ids = [id for id, title in titled if all(word in fold(title) for word in words)][:limit]
        query = select(Batch).where(Batch.id.in_(ids)).order_by(Batch.id.desc())
    return _counted(session, session.scalars(query.limit(limit)).all())


def _counted(session: Session, batches: Sequence[Batch]) -> tuple[BatchRow, ...]:
    query = (
        select(JournalEntry.batch_id, JournalEntry.op, func.count())
        .where(JournalEntry.batch_id.in_([batch.id for batch in batches]))
        .group_by(JournalEntry.batch_id, JournalEntry.op)
    )
    counts = {(batch_id, op): count for batch_id, op, count in session.execute(query)}
    return tuple(
        BatchRow(
            id=batch.id,
            kind=batch.kind,
            title=batch.title,
            at=batch.at,
            actor=batch.actor,
            account=batch.account,
            inserted=counts.get((batch.id, "insert"), 0),
            updated=counts.get((batch.id, "update"), 0),
            deleted=counts.get((batch.id, "delete"), 0),
            undone_by=batch.undone_by_id,
        )
        for batch in batches
    )


def actors(session: Session) -> tuple[str, ...]:
    """Who ever wrote anything, by name."""
    return tuple(sorted(session.scalars(select(Batch.actor).distinct())))


def written_by(session: Session, batch_id: int) -> dict[str, list[int]]:
    """Register -> ids of the records that a batch wrote, themselves or lines of theirs; others are left out."""
    e = JournalEntry
    query = select(e.table_name, e.record_id, e.owner_table, e.owner_id).where(e.batch_id == batch_id).distinct()
    found: dict[str, set[int]] = {}
    for table, id, owner, owner_id in session.execute(query):
        register, record = (owner, owner_id) if owner else (table, id)
        if register in REGISTERS and record.isdigit():
            found.setdefault(register, set()).add(int(record))
    return {register: sorted(found[register]) for register in REGISTERS if register in found}
