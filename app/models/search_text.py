"""What each record says, folded into words, in one table: what search reads in every register.

It is derived from the records and not journalled; `search_state` tells up to which entry of the journal it
follows them.  SQLite finds in it by the full-text index of `sqlite_search`, another database by LIKE.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Integer,
    String,
    Table,
    and_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from app.models.base import Base

SPAN = 2**40
"""Places of one register: more than it will ever have records."""

SEARCH_TEXT = Table(
    "search_text",
    Base.metadata,
    Column("place", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("words", String, nullable=False),  # between blanks, also before the first and after the last
)
SEARCH_STATE = Table(
    "search_state",
    Base.metadata,
    Column("version", String, primary_key=True),  # of the way in which words are made
    Column("entry_id", Integer, nullable=False),  # the last entry of the journal that is in the words
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


class Says(FunctionElement[bool]):
    """Does the record of this id say what is sought?  Clauses: id, match of SQLite, first and last place, its LIKE."""

    type = Boolean()
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
    portable = select(place - first).where(place.between(first, first + SPAN - 1), holds(sought)).scalar_subquery()
    return Says(
        id, bindparam("match", match(sought), unique=True), bindparam("first", first, BigInteger(), unique=True),
        bindparam("last", first + SPAN - 1, BigInteger(), unique=True), portable,
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
