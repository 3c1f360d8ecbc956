"""The full-text index of SQLite over `search_text`: the second place, after `sqlite_only`, that knows SQLite alone.

FTS5 keeps no text of its own here (`content`): triggers hand it every change of `search_text`, within the same
transaction, so it cannot lag behind; `detail=none` and indexes of the first three letters make typing quick.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from app.models.search_text import Says

INDEX = "search_index"
_OUT = f"INSERT INTO {INDEX} ({INDEX}, rowid, words) VALUES ('delete', OLD.place, OLD.words);"
_IN = f"INSERT INTO {INDEX} (rowid, words) VALUES (NEW.place, NEW.words);"
STATEMENTS = (
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5 (words, content='search_text', content_rowid='place',"
    " prefix='1 2 3', detail=none, tokenize='unicode61 remove_diacritics 0')",
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
        f"{id} IN (SELECT rowid - {first} FROM {INDEX} WHERE {INDEX} MATCH {match}"
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


def sweep_words(connection: Connection) -> None:
    """Take what was deleted out of the index itself, which else keeps it until it is next put in order (152-ФЗ)."""
    connection.exec_driver_sql(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('optimize')")


def made_anew(connection: Connection) -> None:
    """Build the index from `search_text`, whatever there was."""
    connection.exec_driver_sql(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('rebuild')")


def index_fits(path: Path, wait: float = 10) -> bool:
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
