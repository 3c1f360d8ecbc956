"""Keeping `search_text` in step with the records: what each of them says, and when it is said anew.

Every write is journalled, so the journal tells which records changed since the words were made.  They follow
within the same transaction, before it is committed and before anything is sought in it: no reader ever sees
words that are behind their records.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from app.models import SEARCH_TEXT, Contact, JournalEntry, JournalValue, Ngo, search_text
from app.models.database import Database
from app.models.journal import JournalledSession
from app.models.search_text import SHELF, SHELVES, State, first_place
from app.records import LINES, REGISTERS
from app.usecases.record_words import CONTACT, DIRECTOR, ById, naming_columns, words_of
from app.usecases.tables import DICTIONARIES, LINE_MODELS, MODELS, column, column_name, has_column, links_to

_DECLARED = repr([(key, [(f.key, str(f.kind)) for f in kind.fields]) for key, kind in REGISTERS.items()])
VERSION = f"1-{zlib.crc32(_DECLARED.encode()):08x}"
"""Of the way in which words are made, with the declarations: another has all made anew at the next opening."""
_AT_ONCE = 2000  # ids in one query
_LINES = {line.key for lines in LINES.values() for line in lines}
_MOST_FAULTS = 5
_ROOM, _MANY = 100, 5000  # names on a shelf at least; new ones at once from which the shelves are made anew


@event.listens_for(JournalledSession, "before_commit")
def _before_commit(session: Session) -> None:
    if not session.info.get("writable") or session.in_nested_transaction():
        return  # within a savepoint nobody reads yet: the words of all it wrote are made once, with the whole
    session.flush()
    follow(session)
    if "erased" in session.info:
        search_text.sweep(session)


def follow(session: Session) -> None:
    """Bring the words up to the last entry of the journal; nothing in a session that only reads."""
    if not session.info.get("writable"):
        return
    last = session.scalar(select(func.max(JournalEntry.id))) or 0
    state = search_text.state(session)
    if state is None or state.version != VERSION or state.entry_id > last:
        make_anew(session)
    elif state.entry_id < last:
        touched = _touched(session, state.entry_id)
        if len(touched.get("ngo", ())) > max(_MANY, _ROOM * len(state.shelves)):
            make_anew(session)  # so many names do not fit on the shelves there are
            return
        for register, ids in touched.items():
            for part in _parts(ids):
                wanted = _rows(register, words_of(session, register, part), state)
                search_text.put(session, wanted, search_text.held(session, register, part))
        search_text.settle(session, State(VERSION, last, state.shelves))


def keep_up(database: Database) -> None:
    """At opening: words that are missing, or of an older program, are made anew."""
    with database.read() as session:
        last = session.scalar(select(func.max(JournalEntry.id))) or 0
        state = search_text.state(session)
    if state is None or (state.version, state.entry_id) != (VERSION, last):
        with database.write("settings", "Указатель для поиска") as session:
            follow(session)


def make_anew(session: Session) -> None:
    """Say everything of every record again, whatever stands there."""
    search_text.clear(session)
    names = sorted(session.scalars(select(Ngo.called)))
    step = max(_ROOM, -(-len(names) // SHELVES))
    last = session.scalar(select(func.max(JournalEntry.id))) or 0
    state = State(VERSION, last, tuple(dict.fromkeys(names[step::step])))
    for register in (*REGISTERS, DIRECTOR, CONTACT):
        for ids in _all_ids(session, register):
            search_text.put(session, _rows(register, words_of(session, register, ids), state), {})
    search_text.settle(session, state)


def faults(session: Session, database: Database) -> list[str]:
    """What search would not find, or would find wrongly, in Russian; empty if the index fits the records."""
    found: list[str] = []
    seen = 0
    state = search_text.state(session) or State("", 0)
    for register in (*REGISTERS, DIRECTOR, CONTACT):
        title = REGISTERS[register].title if register in REGISTERS else "Люди"
        for ids in _all_ids(session, register):
            wanted = _rows(register, words_of(session, register, ids), state)
            held = search_text.held(session, register, ids)
            seen += len(held)
            wrong = [place % SHELF for place in wanted.keys() | held.keys() if wanted.get(place) != held.get(place)]
            found += [f"{title}: поиск не знает записи №\u00a0{id} такой, какова она." for id in sorted(set(wrong))]
            if len(found) >= _MOST_FAULTS:
                return found[:_MOST_FAULTS]
    if seen != session.scalar(select(func.count()).select_from(SEARCH_TEXT)):
        found.append("Поиск знает записи, которых нет.")
    if not search_text.fits(session, database.path):
        found.append("Указатель для поиска не сходится со словами записей.")
    return found


# --- what was touched

Touched = dict[str, set[int]]


def _touched(session: Session, since: int) -> Touched:
    """Register -> records whose words may be others: changed themselves, or naming what is called otherwise now."""
    found: Touched = defaultdict(set)
    renamed: Touched = defaultdict(set)
    entries: dict[tuple[str, str], list[str]] = defaultdict(list)
    e, v = JournalEntry, JournalValue
    query = select(e.op, e.table_name, e.record_id, e.owner_table, e.owner_id).where(e.id > since)
    for op, table, record, owner_table, owner in session.execute(query.distinct()):
        if table in MODELS:
            found[table].add(int(record))
        elif table in _LINES and owner_table in MODELS:
            found[owner_table].add(int(owner))
            if table == CONTACT:
                found[CONTACT].add(int(record))
        elif op == "update" and table in DICTIONARIES:
            entries[table, op].append(record)
    named = {table: naming_columns(table) for table in MODELS if links_to(table)}
    told = (
        select(e.table_name, e.record_id, v.field).join(v, v.entry_id == e.id)
        .where(e.id > since, e.op == "update", e.table_name.in_(named))
    )  # fmt: skip
    for table, record, field in session.execute(told.distinct()):
        if field in named[table]:
            renamed[table].add(int(record))
    for table, ids in renamed.items():
        _add_naming(session, found, table, ids)
    for (table, _), codes in entries.items():
        _add_coded(session, found, table, codes)
    if found.get("ngo"):
        found[DIRECTOR] |= found["ngo"]
        for part in _parts(found["ngo"]):
            found[CONTACT] |= set(session.scalars(select(Contact.id).where(Contact.ngo_id.in_(part))))
    return found


def _add_naming(session: Session, found: Touched, register: str, renamed: set[int]) -> None:
    for key, places in links_to(register).items():
        for _, line, field in places:
            for ids in _parts(renamed):
                if line is None:
                    query = select(MODELS[key].id).where(column(MODELS[key], field).in_(ids))
                else:
                    lines = LINE_MODELS[line.key]
                    query = select(column(lines, line.parent_column)).where(column(lines, field).in_(ids))
                found[key] |= set(session.scalars(query))


def _add_coded(session: Session, found: Touched, dictionary: str, codes: Collection[str]) -> None:
    """Records that hold an entry of a dictionary whose title may be another now."""
    for key, record_type in REGISTERS.items():
        for field in record_type.fields:
            name = column_name(key, field.key)
            if field.dictionary == dictionary and has_column(MODELS[key], name):
                kept = column(MODELS[key], name)
                wanted: list[Any] = [int(code) for code in codes] if name != field.key else list(codes)
                found[key] |= set(session.scalars(select(MODELS[key].id).where(kept.in_(wanted))))


# --- where it stands


def _rows(register: str, told: ById, state: State) -> dict[int, str]:
    """Place -> words."""
    first = {archived: first_place(register, archived=archived) for archived in (False, True)}
    return {
        first[one.archived] + (state.shelf_of(one.called) * SHELF if one.called else 0) + id: one.words
        for id, one in told.items() if one.words
    }  # fmt: skip


def _all_ids(session: Session, register: str) -> Iterator[list[int]]:
    model: Any = {DIRECTOR: Ngo, CONTACT: Contact}.get(register) or MODELS[register]
    yield from _parts(session.scalars(select(model.id).order_by(model.id)))


def _parts(ids: Iterable[int]) -> Iterator[list[int]]:
    wanted = list(ids)
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]
