"""The journal, written in one place: at flush, for every insert, update and delete of a kept row.

An entry says who, when, which row; its values lie beside, each with a salt and a digest
SHA-256(salt + value).  The entry's hash covers the entry before it, its own facts and the digests:
a value may be erased (personal data) while the chain still verifies, and cannot be changed unseen.
See docs/adr on what the chain proves and what it does not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Table, event, insert, inspect, or_, select, update
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction
from sqlalchemy.orm.attributes import get_history, instance_dict
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE

from app.models.admission import admit_tables
from app.models.base import Base, Line
from app.models.dictionary import Activity, LegalForm, NeedCategory, ServiceCode
from app.models.journal_tables import Batch, JournalEntry, JournalValue
from app.models.journal_text import Shape, shape_of
from app.models.ngo import NotDuplicate
from app.models.territory import CalendarDay, Setting, Territory

_OWN = (Batch, JournalEntry, JournalValue)
DELETABLE = (Setting, CalendarDay, NotDuplicate)
"""What may be deleted at any time beside lines of records."""
DICTIONARY_ENTRIES = (Activity, LegalForm, NeedCategory, ServiceCode, Territory)
"""What goes only when the batch that brought it is undone: otherwise an entry ends by its last day."""
_ENTRIES = Base.metadata.tables[JournalEntry.__tablename__]
_VALUES = Base.metadata.tables[JournalValue.__tablename__]
_MOST_SENTENCES = 20

Change = tuple[str, str | None, str | None]
"""A field of one write: its name, before and after as kept text."""


class JournalledSession(Session):
    """A session whose every write is journalled.

    info: clock, actor, account, kind and title of the batch, batch (once there is one), writable.
    """


@event.listens_for(JournalledSession, "do_orm_execute")
def _refuse_bypass(state: ORMExecuteState) -> None:
    """A bulk INSERT, UPDATE or DELETE would be written without a trace."""
    if state.is_insert or state.is_update or state.is_delete:
        raise RuntimeError("Rows are written as objects: a bulk statement would bypass the journal.")


@event.listens_for(JournalledSession, "before_flush")
def _prepare(session: Session, _: UOWTransaction, __: object) -> None:
    """Refuse what must not be written, give new records their keys, make the batch."""
    new, dirty, deleted = _kept(session.new), _changed(session), _kept(session.deleted)
    if not (new or dirty or deleted):
        return
    info = session.info
    if not info["writable"]:
        raise RuntimeError("This session only reads: open Database.write to change anything.")
    admit_tables(session, {row.__tablename__ for row in (*new, *dirty, *deleted)})
    for row in deleted:
        undone = DICTIONARY_ENTRIES if info["kind"] == "undo" else ()
        if not isinstance(row, (Line, *DELETABLE, *undone)):
            raise RuntimeError(f"A {type(row).__name__} is archived, never deleted.")
    for row in new:
        if hasattr(row, "uuid") and not row.uuid:
            row.uuid = info["clock"].new_uuid()
    info["unseen"] = {id(row): olds for row in dirty if (olds := _unseen(session, row))}
    batch = info["batch"]
    if batch is None or batch not in session:  # or it went with a savepoint that was rolled back
        info["batch"] = Batch(
            kind=info["kind"], title=info["title"], at=info["clock"].now(), actor=info["actor"], account=info["account"]
        )
        session.add(info["batch"])


@event.listens_for(JournalledSession, "after_flush")
def _journal(session: Session, _: UOWTransaction) -> None:
    """Write the entries of this flush, in an order that does not depend on chance."""
    unseen: dict[int, dict[str, Any]] = session.info.pop("unseen", {})
    writes = [
        *(("insert", row, _inserted(row)) for row in _in_order(_kept(session.new))),
        *(("update", row, _updated(row, unseen.get(id(row), {}))) for row in _in_order(_changed(session))),
        *(("delete", row, _deleted(row)) for row in _in_order(_kept(session.deleted))),
    ]
    writes = [write for write in writes if write[2] or write[0] != "update"]
    if writes:
        _append(session, writes)


def _append(session: Session, writes: Sequence[tuple[str, Base, list[Change]]]) -> None:
    info = session.info
    clock, batch = info["clock"], info["batch"]
    at = clock.now()
    connection = session.connection()
    number, previous = connection.execute(
        select(_ENTRIES.c.id, _ENTRIES.c.hash).order_by(_ENTRIES.c.id.desc()).limit(1)
    ).first() or (0, "")
    entries: list[dict[str, Any]] = []
    values: list[dict[str, Any]] = []
    for op, row, changes in writes:
        number += 1
        shape = shape_of(type(row))
        owner_table, owner_id = shape.owner(row)
        entry = {
            "id": number,
            "batch_id": batch.id,
            "at": at,
            "actor": info["actor"],
            "account": info["account"],
            "op": op,
            "table_name": shape.table,
            "record_id": shape.record_id(row),
            "owner_table": owner_table,
            "owner_id": owner_id,
            "previous_hash": previous,
        }
        digests = []
        for field, before, after in sorted(changes):
            before_salt, before_digest = _sealed(clock.salt, before)
            after_salt, after_digest = _sealed(clock.salt, after)
            digests.append((field, before_digest, after_digest))
            values.append(
                {
                    "entry_id": number,
                    "field": field,
                    "before": before,
                    "before_salt": before_salt,
                    "before_digest": before_digest,
                    "after": after,
                    "after_salt": after_salt,
                    "after_digest": after_digest,
                }
            )
        entry["hash"] = previous = _hash(entry, digests)
        entries.append(entry)
    connection.execute(insert(_ENTRIES), entries)
    if values:
        connection.execute(insert(_VALUES), values)


def settle_title(session: Session) -> None:
    """Give the batch the title that `session.info["title"]` has by now."""
    batch = session.info["batch"]
    if batch is not None and batch in session and batch.title != session.info["title"]:
        batch.title = session.info["title"]
        session.flush()


def chain_head(session: Session) -> str:
    """The hash of the last entry, '' for an empty journal: what a return prints as its anchor."""
    return session.scalar(select(_ENTRIES.c.hash).order_by(_ENTRIES.c.id.desc()).limit(1)) or ""


def chain_root(session: Session) -> str:
    """The hash of the first entry: it tells one file and its copies from another's; '' for an empty journal."""
    return session.scalar(select(_ENTRIES.c.hash).order_by(_ENTRIES.c.id).limit(1)) or ""


def holds_entry(session: Session, hash: str) -> bool:
    """Whether an entry has this hash; an empty journal's '' is held by every one."""
    return not hash or session.scalar(select(_ENTRIES.c.id).where(_ENTRIES.c.hash == hash).limit(1)) is not None


def last_entry_at(session: Session) -> datetime | None:
    """When the last entry was written (UTC)."""
    return session.scalar(select(_ENTRIES.c.at).order_by(_ENTRIES.c.id.desc()).limit(1))


def erase(session: Session, table: str, id: int | str, fields: Iterable[str]) -> int:
    """Erase the kept values of these fields of one row, before and after, with their salts.

    Returns how many writes lost a value.  The digests stay, so the chain verifies.  The record itself
    is changed first, in the ordinary way; nothing of it can be undone afterwards.
    """
    entries = select(_ENTRIES.c.id).where(_ENTRIES.c.table_name == table, _ENTRIES.c.record_id == str(id))
    return _erase(session, _VALUES.c.entry_id.in_(entries), _VALUES.c.field.in_(list(fields)))


def erase_texts(session: Session, fields: Iterable[tuple[str, str]], texts: Iterable[str]) -> int:
    """Erase the kept values of those fields (table, field) that hold any of the texts, in whichever row."""
    wanted = list(texts)
    columns = (_VALUES.c.before, _VALUES.c.after)
    holds = or_(*(column.contains(text, autoescape=True) for column in columns for text in wanted))
    erased = 0
    for table, field in fields if wanted else ():
        entries = select(_ENTRIES.c.id).where(_ENTRIES.c.table_name == table)
        erased += _erase(session, _VALUES.c.field == field, holds, _VALUES.c.entry_id.in_(entries))
    return erased


def _erase(session: Session, *which: Any) -> int:
    """session.info["erased"]: the file is swept once this is committed (Database.write)."""
    session.flush()
    session.info["erased"] = True
    erased = session.connection().execute(
        update(_VALUES).where(*which).values(before=None, before_salt=None, after=None, after_salt=None)
    )
    return erased.rowcount


def verify(session: Session) -> list[str]:
    """What does not fit in the journal, in Russian; empty if the whole chain verifies."""
    found: list[str] = []
    previous = ""
    in_order = select(_VALUES).order_by(_VALUES.c.entry_id, _VALUES.c.field)
    values = groupby(_stream(session, in_order), lambda value: value.entry_id)
    ahead = next(values, None)
    for row in _stream(session, select(_ENTRIES).order_by(_ENTRIES.c.id)):
        place = f"Журнал, запись №\u00a0{row.id} от {row.at:%d.%m.%Y}"
        digests = []
        while ahead is not None and ahead[0] < row.id:
            found.append(f"Журнал: есть значения записи №\u00a0{ahead[0]}, а самой её нет.")
            ahead = next(values, None)
        if ahead is not None and ahead[0] == row.id:
            for value in ahead[1]:
                digests.append((value.field, value.before_digest, value.after_digest))
                if not (
                    _fits(value.before, value.before_salt, value.before_digest)
                    and _fits(value.after, value.after_salt, value.after_digest)
                ):
                    found.append(f"{place}: изменено значение поля «{value.field}».")
            ahead = next(values, None)
        if row.previous_hash != previous:
            found.append(f"{place}: перед ней недостаёт записей.")
        entry = row._asdict()
        if entry.pop("hash") != _hash(entry, sorted(digests)):
            found.append(f"{place}: изменена после внесения.")
        previous = row.hash
        if len(found) >= _MOST_SENTENCES:
            break
    return found


def _stream(session: Session, query: Any) -> Iterator[Any]:
    return iter(session.connection().execution_options(yield_per=2000).execute(query))


def _sealed(salt: Any, value: str | None) -> tuple[str | None, str | None]:
    if value is None:
        return None, None
    grain = salt()
    return grain, hashlib.sha256((grain + value).encode()).hexdigest()


def _fits(value: str | None, salt: str | None, digest: str | None) -> bool:
    if value is None:  # absent, or erased
        return salt is None
    return salt is not None and digest == hashlib.sha256((salt + value).encode()).hexdigest()


def _hash(entry: dict[str, Any], digests: Sequence[tuple[str, str | None, str | None]]) -> str:
    facts = [
        *(entry[key] for key in ("previous_hash", "id", "batch_id")),
        entry["at"].isoformat(),
        *(entry[key] for key in ("actor", "account", "op", "table_name", "record_id", "owner_table", "owner_id")),
        digests,
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _kept(rows: Iterable[Any]) -> list[Base]:
    return [row for row in rows if not isinstance(row, _OWN)]


def _changed(session: Session) -> list[Base]:
    return [row for row in _kept(session.dirty) if session.is_modified(row)]


def _in_order(rows: list[Base]) -> list[Base]:
    """By table, then by key: sets of the session have no order of their own."""
    places = {table: place for place, table in enumerate(Base.metadata.tables)}
    return sorted(rows, key=lambda row: (places[row.__tablename__], inspect(row).mapper.primary_key_from_instance(row)))


def _inserted(row: Base) -> list[Change]:
    kept = instance_dict(row)
    texts = ((field.name, field.text(kept.get(field.key))) for field in shape_of(type(row)).fields)
    return [(name, None, text) for name, text in texts if text]  # what is empty was always so


def _updated(row: Base, unseen: dict[str, Any]) -> list[Change]:
    changes = []
    for field, old, new in _history(row, shape_of(type(row))):
        before, after = field.text(unseen.get(field.key, old)), field.text(new)
        if before != after:
            changes.append((field.name, before, after))
    return changes


def _deleted(row: Base) -> list[Change]:
    kept = instance_dict(row)
    olds = {field.key: old for field, old, _ in _history(row, shape_of(type(row)))}
    texts = ((f.name, f.text(olds.get(f.key, kept.get(f.key)))) for f in shape_of(type(row)).fields)
    return [(name, text, None) for name, text in texts if text]


def _history(row: Base, shape: Shape) -> Iterator[tuple[Any, Any, Any]]:
    """Fields that were set anew, with what they held and hold."""
    for field in shape.fields:
        history = get_history(row, field.key, PASSIVE_NO_INITIALIZE)
        if history.added or history.deleted:
            yield field, history.deleted[0] if history.deleted else None, history.added[0] if history.added else None


def _unseen(session: Session, row: Base) -> dict[str, Any]:
    """Former values of fields that were set anew without having been read: asked of the database."""
    shape = shape_of(type(row))
    keys = [
        field.key
        for field in shape.fields
        if (history := get_history(row, field.key, PASSIVE_NO_INITIALIZE)).added and not history.deleted
    ]
    if not keys:
        return {}
    state = inspect(row)
    table = state.mapper.local_table
    assert isinstance(table, Table)
    columns = [state.mapper.columns[key] for key in keys]
    where = [column == value for column, value in zip(table.primary_key, state.identity or (), strict=True)]
    old = session.connection().execute(select(*columns).where(*where)).one()
    return dict(zip(keys, old, strict=True))
