"""Another database could take this one's place: schema and queries are plain enough for PostgreSQL.

What SQLite alone understands stands in `app/models/sqlite_only.py`, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql import ClauseElement

from app.core.periods import Quarter
from app.models import Base
from app.models.journal import chain_head, last_entry_at, verify
from app.usecases import history, quarter_returns, registers, setup
from app.usecases.undoing import undo_batch
from tests.factories import District

ROOT = Path(__file__).resolve().parents[2]
ONLY_SQLITE = re.compile(
    r"\b(GLOB|PRAGMA|ROWID|SQLITE_\w+|IFNULL|GROUP_CONCAT|INSTR|STRFTIME|JULIANDAY|DATETIME\(|TOTAL\(|REPLACE INTO"
    r"|INSERT OR|AUTOINCREMENT|WITHOUT ROWID|MATCH|NOCASE|PRINTF|UNIXEPOCH|JSON_EACH|TYPEOF)\b|(?<!\w)IS NOT 1\b",
    re.IGNORECASE,
)
REGISTERS = (
    "ngo", "support", "service", "need", "partner", "agreement", "offer", "request", "practice", "centre", "package",
    "event", "programme", "grant_contest", "grant_application",
)  # fmt: skip
DICTIONARIES = ("legal_form", "activity", "service_code", "need_category", "settlement", "territory")


def for_postgresql(statement: Any) -> str:
    return str(statement.compile(dialect=postgresql.dialect()))


@pytest.mark.parametrize("name", Base.metadata.tables)
def test_the_schema_compiles_for_postgresql(name: str) -> None:
    table = Base.metadata.tables[name]
    for statement in (CreateTable(table), *(CreateIndex(index) for index in table.indexes)):
        assert not ONLY_SQLITE.search(for_postgresql(statement))


@contextmanager
def executed() -> Iterator[list[ClauseElement]]:
    """Every statement that goes to a database meanwhile."""
    seen: list[ClauseElement] = []

    def note(_: Any, statement: Any, *__: Any) -> None:
        if isinstance(statement, ClauseElement):
            seen.append(statement)

    event.listen(Engine, "before_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_execute", note)


def common_work(district: District) -> None:
    """What a day asks of the file: registers in every order, cards, dictionaries, the return, history, undo."""
    ngo = district.ngo("АНО «Свет»", sonko=True)
    district.at("2026-08-12").support(ngo, amount="50 000")
    with district.database.read() as session:
        for register in REGISTERS:
            ids = registers.find(session, register)
            registers.find(session, register, search="свет", descending=True, archived=True)
            registers.suggest(session, register, "свет")
            registers.rows(session, register, ids)
            for id in ids[:1]:
                registers.card(session, register, id)
        for dictionary in DICTIONARIES:
            registers.choices(session, dictionary)
        quarter_returns.draft(session, Quarter(2026, 3))
        history.record_history(session, "ngo", ngo)
        latest = history.recent_changes(session)[0].id
        verify(session)
        (chain_head(session), last_entry_at(session))
        (setup.unit(session), setup.settings(session), setup.work_calendar(session), setup.territories(session))
    with district.database.write("undo", "Отмена") as session:
        undo_batch(session, latest)


def test_every_query_of_common_work_compiles_for_postgresql(tmp_path: Path) -> None:
    with executed() as seen, District(tmp_path) as district:
        common_work(district)
    texts = {for_postgresql(statement) for statement in seen}
    assert len(texts) > 60
    assert [text for text in texts if ONLY_SQLITE.search(text)] == []


def test_a_word_of_sqlite_would_be_found() -> None:
    words = ("SELECT group_concat(x)", "INSERT OR REPLACE INTO t", "SELECT ifnull(a, 1)", "a MATCH 'x'", "PRAGMA x")
    for text in words:
        assert ONLY_SQLITE.search(text), text
    assert not ONLY_SQLITE.search("SELECT ngo.id, coalesce(ngo.name, '') FROM ngo WHERE ngo.folded LIKE '%x%'")


def test_sqlite_is_named_in_few_places() -> None:
    """The driver and PRAGMA: where a file is copied, opened, read raw; nowhere in a use case."""
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "app").rglob("*.py")
        if re.search(r"\bimport sqlite3\b|PRAGMA|exec_driver_sql|CREATE TRIGGER", path.read_text(encoding="utf-8"))
    }
    assert found <= {
        "app/models/sqlite_only.py",
        "app/models/copying.py",  # the online backup is SQLite's own
        "app/models/database.py",  # its errors
        "app/models/migrations/__init__.py",  # keys off around a migration
        "app/models/migrations/versions/0001_first.py",
    }
