"""The full-text index of SQLite over `search_text`: the second place, after `sqlite_only`, that knows SQLite alone.

FTS5 keeps no text of its own here (`content`): triggers hand it every change of `search_text`, within the same
transaction, so it cannot lag behind; `detail=none` and indexes of the first one to six letters make typing quick.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from app.models.search_text import SHELF, Says

INDEX = "search_index"
_OUT = f"INSERT INTO {INDEX} ({INDEX}, rowid, words) VALUES ('delete', OLD.place, OLD.words);"
_IN = f"INSERT INTO {INDEX} (rowid, words) VALUES (NEW.place, NEW.words);"
STATEMENTS = (
    (
        f"CREATE VIRTUAL TABLE {INDEX} USING fts5 (words, content='search_text', content_rowid='place',"
        " prefix='1 2 3 4 5 6', detail=none, tokenize='unicode61 remove_diacritics 0')"
    ),
    f"CREATE TRIGGER search_text_in AFTER INSERT ON search_text BEGIN {_IN} END",
    f"CREATE TRIGGER search_text_anew AFTER UPDATE ON search_text BEGIN {_OUT} {_IN} END",
    f"CREATE TRIGGER search_text_out AFTER DELETE ON search_text BEGIN {_OUT} END",
)
"""What a new file has beside its tables; the index makes tables of its own (`search_index_…`)."""


@compiles(Says, "sqlite")
def _says_by_index(element: Says, compiler: SQLCompiler, **kw: Any) -> str:
    id, match, first, last, _ = (compiler.process(clause, **kw) if place < 4 else ""
                                 for place, clause in enumerate(element.clauses))  # fmt: skip
    return (
        f"{id} IN (SELECT rowid & {SHELF - 1} FROM {INDEX} WHERE {INDEX} MATCH {match}"
        f" AND rowid BETWEEN {first} AND {last})"
    )


def count(connection: Connection, match: str, first: int, last: int) -> int:
    """Rows of the places from first to last that match."""
    query = f"SELECT count(*) FROM {INDEX} WHERE {INDEX} MATCH ? AND rowid BETWEEN ? AND ?"
    return int(connection.exec_driver_sql(query, (match, first, last)).scalar_one())


def counts(connection: Connection, match: str, span: int) -> dict[int, int]:
    """Number of a span of places -> rows in it that match."""
    query = f"SELECT rowid / {span}, count(*) FROM {INDEX} WHERE {INDEX} MATCH ? GROUP BY 1"
    return {int(room): int(number) for room, number in connection.exec_driver_sql(query, (match,))}


def some_places(connection: Connection, match: str, first: int, last: int, most: int) -> list[int]:
    """The first of the places that match."""
    query = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid LIMIT ?"
    return [row[0] for row in connection.exec_driver_sql(query, (match, first, last, most))]


def first_places(connection: Connection, match: str, first: int, last: int, most: int, shelf: int) -> list[int]:
    """The places that match from the first on, through the shelf on which so many are reached."""
    begun = some_places(connection, match, first, last, 4 * most)
    if len(begun) < 4 * most:
        return begun
    whole = begun[-1] // shelf * shelf  # the last shelf may be cut short
    if begun[most] < whole:
        return [place for place in begun if place < whole]
    return begun + some_places(connection, match, begun[-1] + 1, whole + shelf - 1, -1)


def sweep(connection: Connection) -> None:
    """Take what was deleted out of the index itself, which else keeps it until it is next put in order (152-ФЗ)."""
    connection.exec_driver_sql(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('optimize')")


def make_anew(connection: Connection) -> None:
    """Build the index from `search_text`, whatever there was."""
    connection.exec_driver_sql(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('rebuild')")


def fits(path: Path, wait: float = 10) -> bool:
    """Does the index hold the words of `search_text` and no others?  Looks through a connection of its own."""
    connection = sqlite3.connect(path, timeout=wait, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")  # the question is asked as an INSERT; it writes nothing
        connection.execute(f"INSERT INTO {INDEX} ({INDEX}, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError:
        return False
    finally:
        if connection.in_transaction:
            connection.rollback()
        connection.close()
    return True
