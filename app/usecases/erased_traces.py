"""Where else a person is named in the file: notes that are put right, titles of changes, what a curator must see to.

Looked for by the full name, telephone and e-mail as they were ever kept of her; a surname alone in a note is not found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import String, or_, select
from sqlalchemy.orm import Session

from app.core.fields import Kind
from app.core.russian import day, in_sentence
from app.models import Appeal, Base, Batch, Contact, Document, JournalEntry, JournalValue
from app.models.journal import erase_texts
from app.models.journal_text import class_of, shape_of
from app.records import LINES, REGISTERS
from app.usecases.titles import titles

MASK = "[обезличено]"
_SHORT = 5  # signs: what is shorter says nothing of who it is
_TELLING = ("name", "phone", "email")
_FREE_NAMES = frozenset({"note", "text", "topic", "archive_reason", "content", "sender"})
_NOT_LOOKED_AT = frozenset({
    "journal", "journal_value", "batch", "erasure", "erasure_act", "frozen_return", "received_return",
    "consolidated_return", "unit",
})  # fmt: skip
_STAY = frozenset({
    "return_event", "personal_export", "template_file", "received_file", "region_answer", "issued_package", "question",
    "question_answer",
})  # fmt: skip
"""Insert-only: what stands there is told, never changed."""
_OFFICIAL = frozenset({
    "director", "verified_by", "made_by", "added_by", "by", "actor", "folded", "folded_name", "uuid",
})  # fmt: skip
"""Public by ЕГРЮЛ, or names of those who work here: no concern of a contact's erasing."""


@dataclass(frozen=True, slots=True)
class Mention:
    """The same words in another record, which a person has to look at.  register and record: what to open."""

    told: str
    register: str
    record: int


def texts_of(session: Session, contact_ids: Collection[int]) -> tuple[str, ...]:
    """Names, telephones and addresses that were ever kept of these contacts, the longest first."""
    found: set[str] = set()
    for contact in session.scalars(select(Contact).where(Contact.id.in_(contact_ids), Contact.erased_on.is_(None))):
        found |= {getattr(contact, key) for key in _TELLING}
    kept = (
        select(JournalValue.before, JournalValue.after)
        .join(JournalEntry, JournalEntry.id == JournalValue.entry_id)
        .where(JournalEntry.table_name == Contact.__tablename__, JournalValue.field.in_(_TELLING))
        .where(JournalEntry.record_id.in_([str(id) for id in contact_ids]))
    )
    for before, after in session.execute(kept):
        found |= {before or "", after or ""}
    return tuple(sorted((text for text in found if len(text) >= _SHORT), key=lambda text: (-len(text), text)))


def texts_of_appeal(session: Session, appeal_id: int) -> tuple[str, ...]:
    """How the applicant of an appeal was ever called in it, the longest first."""
    appeal = session.get(Appeal, appeal_id)
    found = {appeal.sender} if appeal is not None else set()
    kept = (
        select(JournalValue.before, JournalValue.after)
        .join(JournalEntry, JournalEntry.id == JournalValue.entry_id)
        .where(JournalEntry.table_name == Appeal.__tablename__, JournalEntry.record_id == str(appeal_id))
        .where(JournalValue.field == "sender")
    )
    for before, after in session.execute(kept):
        found |= {before or "", after or ""}
    return tuple(sorted((text for text in found if len(text) >= _SHORT), key=lambda text: (-len(text), text)))


def mask(session: Session, texts: Collection[str]) -> int:
    """Put `MASK` in the place of the texts in notes, saved searches and titles of changes; returns rows changed.

    The former values of those notes go from the journal too.
    """
    if not texts:
        return 0
    changed = 0
    for table, columns in _free().items():
        for row in _rows_with(session, table, columns, texts):
            for name in columns:
                held = getattr(row, name)
                put = _masked(held, texts) if held else held
                if put != held:
                    setattr(row, name, put)
                    changed += 1
    for batch in session.scalars(select(Batch).where(_holds(Batch.title, texts))):
        batch.title = _masked(batch.title, texts)
    session.flush()
    erase_texts(session, [(table, name) for table, columns in _free().items() for name in columns], texts)
    return changed


def consents_of(session: Session, ngo_id: int, given_on: date | None) -> str:
    """Signed consents kept beside the card, of that day or, without one, of any: to be destroyed by hand.

    Told by number and day: the name of a file may be the person's.
    """
    d = Document
    kept = session.scalars(
        select(d)
        .where(d.register == "ngo", d.record_id == ngo_id, d.kind == "consent", d.archived_on.is_(None))
        .order_by(d.id)
    ).all()
    its = [one for one in kept if given_on is not None and one.dated_on == given_on] or kept
    told = (f"документ №\u00a0{one.id}{f' от {day(one.dated_on)}' if one.dated_on else ''}" for one in its)
    return ", ".join(told)


def mentions(session: Session, texts: Collection[str], but: Collection[int]) -> tuple[Mention, ...]:
    """Other places that say the same and are left alone: a service telephone, the same person under another NGO.

    but: contacts that are being erased themselves.
    """
    return tuple(dict.fromkeys(_mentions(session, texts, but))) if texts else ()


def _mentions(session: Session, texts: Collection[str], but: Collection[int]) -> Iterator[Mention]:
    for table, columns in _told().items():
        for row in _rows_with(session, table, columns, texts):
            if table == Contact.__tablename__ and row.id in but:
                continue
            for name in columns:
                held = getattr(row, name)
                if held and any(text in held for text in texts):
                    yield _mention(session, table, row, name)


def _mention(session: Session, table: str, row: Any, name: str) -> Mention:
    register, record, title = table, getattr(row, "id", 0), _FIELDS.get((table, name), name)
    owner, key = shape_of(class_of(table)).owner(row)
    if owner in REGISTERS:
        register, record = owner, int(key)
        title = f"{in_sentence(_LINES[table])}, {in_sentence(title)}" if table in _LINES else title
    if isinstance(row, Document):
        register, record, title = row.register, row.record_id, "название документа"
    if register not in REGISTERS:
        return Mention(f"Таблица «{table}»: {title}", "", 0)
    called = titles(session, register, [record]).get(record, f"№\u00a0{record}")
    return Mention(f"{REGISTERS[register].title}, {called}: {in_sentence(title)}", register, record)


def _rows_with(session: Session, table: str, columns: Collection[str], texts: Collection[str]) -> Iterator[Any]:
    kept = class_of(table)
    held = or_(*(_holds(getattr(kept, name), texts) for name in columns))
    yield from session.scalars(select(kept).where(held).order_by(*kept.__table__.primary_key)).all()


def _holds(column: Any, texts: Collection[str]) -> Any:
    return or_(*(column.contains(text, autoescape=True) for text in texts))


def _masked(held: str, texts: Collection[str]) -> str:
    for text in texts:
        held = held.replace(text, MASK)
    return held


@cache
def _free() -> dict[str, tuple[str, ...]]:
    """Table -> columns where a person writes what she likes."""
    return _columns(lambda table, name: table not in _STAY and _is_free(table, name))


@cache
def _told() -> dict[str, tuple[str, ...]]:
    """Table -> columns of texts that mean something by themselves."""
    return _columns(lambda table, name: table in _STAY or not _is_free(table, name))


def _columns(wanted: Any) -> dict[str, tuple[str, ...]]:
    found = {}
    kept = {mapper.local_table for mapper in Base.registry.mappers}  # not what is derived from them
    for table in Base.metadata.sorted_tables:
        if table.name in _NOT_LOOKED_AT or table not in kept:
            continue
        names = tuple(
            column.name
            for column in table.columns
            if isinstance(column.type, String) and not column.foreign_keys and not column.primary_key
            and column.name not in _OFFICIAL and wanted(table.name, column.name)
        )  # fmt: skip
        if names:
            found[table.name] = names
    return found


def _is_free(table: str, name: str) -> bool:
    return (table, name) in _NOTES or name in _FREE_NAMES or (table, name) == ("saved_view", "name")


_NOTES = {(key, field.key) for key, kind in REGISTERS.items() for field in kind.fields if field.kind is Kind.NOTE} | {
    (line.key, field.key) for lines in LINES.values() for line in lines for field in line.fields
    if field.kind is Kind.NOTE
}  # fmt: skip
_FIELDS = {(key, field.key): field.title for key, kind in REGISTERS.items() for field in kind.fields} | {
    (line.key, field.key): field.title for lines in LINES.values() for line in lines for field in line.fields
}
_LINES = {line.key: line.title_one for lines in LINES.values() for line in lines}
