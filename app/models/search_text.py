"""What each record says, folded into words, in one table: what search reads in every register.

It is derived from the records and not journalled; `search_state` tells up to which entry of the journal it
follows them.  SQLite finds in it by the full-text index of `sqlite_search`, another database by LIKE.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Index,
    Integer,
    String,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType

from app.models.base import Base

SPAN = 2**40
"""Places of one register, live or archived: a shelf of 10 bits, an id of 30."""
SHELF = 2**30
SHELVES = SPAN // SHELF
"""NGOs stand on shelves in the order of their names, so that the first of very many are found without sorting all."""

SEARCH_TEXT = Table(
    "search_text",
    Base.metadata,
    Column("place", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("record_id", Integer, nullable=False),
    Column("words", String, nullable=False),  # between blanks, also before the first and after the last
    Index("ix_search_text_record_id", "record_id", "place"),
)
SEARCH_STATE = Table(
    "search_state",
    Base.metadata,
    Column("version", String, primary_key=True),  # of the way in which words are made
    Column("entry_id", Integer, nullable=False),  # the last entry of the journal that is in the words
    Column("shelves", String, nullable=False),  # JSON: the first name of each shelf but the first
)


@dataclass(frozen=True, slots=True)
class Term:
    """One word to find: its beginning, or the whole of it."""

    text: str
    begins: bool = True


Sought = tuple[tuple[tuple[Term, ...], ...], ...]
"""What is sought: of every group one alternative, and of an alternative all terms."""


def first_place(register: str, *, archived: bool = False) -> int:
    """Where the records of a register begin; what lies in the archive has places of its own."""
    return ((zlib.crc32(register.encode()) & 0xFFFFF) * 2 + archived) * SPAN


class Says(FunctionElement[Any]):
    """Does the record of this id say what is sought?  Clauses: id, match of SQLite, first and last place, its LIKE.

    Its type is left open: of a Boolean, SQLAlchemy asks SQLite whether it equals 1, and no index answers that.
    """

    type = NullType()
    inherit_cache = True
    name = "says"


@compiles(Says)
def _says_by_like(element: Says, compiler: SQLCompiler, **kw: Any) -> str:
    id, _, _, _, portable = element.clauses
    return f"{compiler.process(id, **kw)} IN {compiler.process(portable, **kw)}"


def says(id: ColumnElement[int], register: str, sought: Sought, *, archived: bool = False) -> ColumnElement[bool]:
    """The condition that a record says what is sought."""
    first = first_place(register, archived=archived)
    place = SEARCH_TEXT.c.place
    portable = select(SEARCH_TEXT.c.record_id).where(place.between(first, first + SPAN - 1), holds(sought))
    return Says(
        id, bindparam("match", match(sought), unique=True), bindparam("first", first, BigInteger(), unique=True),
        bindparam("last", first + SPAN - 1, BigInteger(), unique=True), portable.scalar_subquery(),
    )  # fmt: skip


def holds(sought: Sought) -> ColumnElement[bool]:
    """The same of a row of `search_text` in the words of any database; on many rows it is slow."""
    words = SEARCH_TEXT.c.words

    def held(term: Term) -> ColumnElement[bool]:
        return words.contains(f" {term.text}" if term.begins else f" {term.text} ", autoescape=True)

    return and_(True, *(or_(*(and_(*map(held, terms)) for terms in group)) for group in sought))


def match(sought: Sought) -> str:
    """What is sought as a query of FTS5.  Every word is quoted: its own syntax in a typed word would raise."""
    groups = []
    for group in sought:
        told = (" AND ".join(f'"{t.text}"*' if t.begins else f'"{t.text}"' for t in terms) for terms in group)
        groups.append(" OR ".join(f"({words})" for words in told))
    return " AND ".join(f"({words})" for words in groups)


def count(session: Session, register: str, sought: Sought, *, archived: bool = False) -> int:
    """How many records of the register say it."""
    first = first_place(register, archived=archived)
    if session.get_bind().dialect.name == "sqlite":
        from app.models import sqlite_search

        return sqlite_search.count(session.connection(), match(sought), first, first + SPAN - 1)
    place = SEARCH_TEXT.c.place
    query = select(func.count()).where(place.between(first, first + SPAN - 1), holds(sought))
    return session.scalar(query) or 0


def counts(session: Session, registers: Iterable[str], sought: Sought) -> Mapping[str, int]:
    """How many records of each register say it, those of the archive aside; registers without any are left out."""
    if session.get_bind().dialect.name == "sqlite":
        from app.models import sqlite_search

        found = sqlite_search.counts(session.connection(), match(sought), SPAN)
    else:
        found = dict(session.execute(counting(sought)).all())
    told = {register: found.get(first_place(register) // SPAN, 0) for register in registers}
    return {register: number for register, number in told.items() if number}


def counting(sought: Sought) -> Any:
    """The counts of all registers in the words of any database."""
    room = SEARCH_TEXT.c.place // SPAN
    return select(room, func.count()).where(holds(sought)).group_by(room)


def some(session: Session, register: str, sought: Sought, most: int) -> list[int]:
    """Ids of so many records at most that say it, in no order that means anything."""
    first = first_place(register)
    place = SEARCH_TEXT.c.place
    if session.get_bind().dialect.name == "sqlite":
        from app.models import sqlite_search

        places = sqlite_search.some_places(session.connection(), match(sought), first, first + SPAN - 1, most)
    else:
        query = select(place).where(place.between(first, first + SPAN - 1), holds(sought)).order_by(place)
        places = list(session.scalars(query.limit(most)))
    return [place % SHELF for place in places]


def first_met(
    session: Session, register: str, sought: Sought, most: int, *, archived: bool = False
) -> list[int] | None:
    """Ids on the first shelves that hold so many which say it, a few more; None where no index stands in that order."""
    if session.get_bind().dialect.name != "sqlite":
        return None
    from app.models import sqlite_search

    first = first_place(register, archived=archived)
    places = sqlite_search.first_places(session.connection(), match(sought), first, first + SPAN - 1, most, SHELF)
    return [place % SHELF for place in places]


@dataclass(frozen=True, slots=True)
class State:
    """version: of the way the words are made; entry_id: the last entry of the journal in them; shelves: first names."""

    version: str
    entry_id: int
    shelves: tuple[str, ...] = ()

    def shelf_of(self, name: str) -> int:
        return bisect_right(self.shelves, name)


def state(session: Session) -> State | None:
    found = session.execute(select(*SEARCH_STATE.c)).first()
    return None if found is None else State(found.version, found.entry_id, tuple(json.loads(found.shelves)))


def settle(session: Session, state: State) -> None:
    """Note up to where the words follow the journal."""
    connection = session.connection()
    connection.execute(delete(SEARCH_STATE))
    row = {"version": state.version, "entry_id": state.entry_id}
    connection.execute(insert(SEARCH_STATE).values(shelves=json.dumps(state.shelves, ensure_ascii=False), **row))


def held(session: Session, register: str, ids: Iterable[int]) -> dict[int, str]:
    """Place -> words of those records of the register, of the archive too."""
    place, first = SEARCH_TEXT.c.place, first_place(register)
    query = select(place, SEARCH_TEXT.c.words).where(
        SEARCH_TEXT.c.record_id.in_(list(ids)), place.between(first, first + 2 * SPAN - 1)
    )
    return dict(session.execute(query).all())


def put(session: Session, wanted: Mapping[int, str], instead: Mapping[int, str]) -> None:
    """Write words in the place of those that are held; what does not change is not written."""
    connection, place = session.connection(), SEARCH_TEXT.c.place
    for gone in instead.keys() - wanted.keys():
        connection.execute(delete(SEARCH_TEXT).where(place == gone))
    new = [{"place": p, "record_id": p % SHELF, "words": wanted[p]} for p in sorted(wanted.keys() - instead.keys())]
    if new:
        connection.execute(insert(SEARCH_TEXT), new)
    for other in sorted(wanted.keys() & instead.keys()):
        if wanted[other] != instead[other]:
            connection.execute(update(SEARCH_TEXT).where(place == other).values(words=wanted[other]))


def clear(session: Session) -> None:
    """Take out all words, and what an index of them may hold beside."""
    connection = session.connection()
    connection.execute(delete(SEARCH_TEXT))
    if connection.dialect.name == "sqlite":
        from app.models import sqlite_search

        sqlite_search.make_anew(connection)


def sweep(session: Session) -> None:
    """Leave nothing of words that were taken out (152-ФЗ)."""
    if session.get_bind().dialect.name == "sqlite":
        from app.models import sqlite_search

        sqlite_search.sweep(session.connection())


def fits(session: Session, path: Path) -> bool:
    """Does the index hold the words, and no others?"""
    from app.models import sqlite_search

    return session.get_bind().dialect.name != "sqlite" or sqlite_search.fits(path)
