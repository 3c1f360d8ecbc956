"""Do the rows hold what the journal says was written last?  What was changed past the program shows here."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.core.text import NBSP
from app.models import Base, Batch, JournalEntry, JournalValue
from app.models.journal_text import Shape, class_of, shape_of
from app.records import LINES, REGISTERS

_MOST_SENTENCES = 20
_UNSEEN = {Batch.__tablename__, JournalEntry.__tablename__, JournalValue.__tablename__}
_ERASED = object()

State = dict[str, dict[str, object]]
"""Key of a row -> field -> its text, None, or `_ERASED`."""

_TITLES = {key: kind.title for key, kind in REGISTERS.items()} | {
    line.key: f"{REGISTERS[key].title}, {line.title.lower()}" for key, lines in LINES.items() for line in lines
}

_WORDS = {key: {f.key: f.title for f in kind.fields} for key, kind in REGISTERS.items()} | {
    line.key: {f.key: f.title for f in line.fields} for lines in LINES.values() for line in lines
}


def rows_changed_past_journal(session: Session) -> list[str]:
    """Sentences on rows that were changed, added or taken out by another program; empty if there are none."""
    kept = sorted(mapper.class_.__tablename__ for mapper in Base.registry.mappers)
    told = (sentence for table in kept if table not in _UNSEEN for sentence in _differences(session, table))
    return list(islice(told, _MOST_SENTENCES))


def _differences(session: Session, table: str) -> Iterator[str]:
    shape, expected = shape_of(class_of(table)), _last_written(session, table)
    title = _TITLES.get(table, f"Таблица «{table}»")
    for key, held in _held(session, table, shape):
        place = f"{title}, запись №{NBSP}{key}"
        known = expected.pop(key, None)
        if known is None:
            yield f"{place}: внесена помимо программы."
            continue
        fields = [name for name, text in held.items() if not _same(known.get(name), text)]
        if fields:
            words = _WORDS.get(table, {})
            names = ", ".join(f"«{words.get(name, name)}»" for name in fields)
            yield f"{place}: изменено помимо программы: {names}."
    for key in expected:
        yield f"{title}, запись №{NBSP}{key}: удалена помимо программы."


def _same(written: object, held: str | None) -> bool:
    return written is _ERASED or (written or None) == (held or None)  # an empty text is journalled as none


def _last_written(session: Session, table: str) -> State:
    """What the journal says each row of a table holds; deleted ones are not in it."""
    e, v = JournalEntry, JournalValue
    query = (
        select(e.record_id, e.op, v.field, v.after, v.after_digest)
        .join(v, v.entry_id == e.id)
        .where(e.table_name == table)
        .order_by(e.id)
    )
    found: State = {}
    for key, op, field, after, digest in session.connection().execution_options(yield_per=2000).execute(query):
        if op == "delete":
            found.pop(key, None)
        else:
            found.setdefault(key, {})[field] = _ERASED if after is None and digest is not None else after
    return found


def _held(session: Session, table: str, shape: Shape) -> Iterator[tuple[str, dict[str, str | None]]]:
    """Key and texts of every row that is there."""
    columns = inspect(class_of(table)).columns
    query = select(*(columns[field.key].label(field.name) for field in shape.fields))
    writers = {field.name: field.text for field in shape.fields}
    names = [field.name for key in shape.primary for field in shape.fields if field.key == key]
    for row in session.connection().execution_options(yield_per=200).execute(query):
        values: Any = row._mapping
        texts = {name: write(values[name]) for name, write in writers.items()}
        yield "/".join(texts[name] or "" for name in names), texts
