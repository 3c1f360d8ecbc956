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
from app.usecases import (
    backup,
    documents,
    history,
    importing,
    ngo_history,
    ngo_passport,
    ngo_story,
    opening,
    overview,
    quarter_returns,
    recipients,
    registers,
    return_calendar,
    return_compare,
    return_life,
    setup,
    states,
    support,
    year_summary,
)
from app.usecases.undoing import undo_batch
from tests.factories import District
from tests.returns.test_freezing import SIGNERS

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
        history.changes(session, actor="Куратор", register="ngo", text="правка", first=last_entry_at(session))
        (history.actors(session), history.written_by(session, 2))
        latest = history.recent_changes(session)[0].id
        verify(session)
        (chain_head(session), last_entry_at(session))
        (setup.unit(session), setup.settings(session), setup.work_calendar(session), setup.territories(session))
    with district.database.write("undo", "Отмена") as session:
        undo_batch(session, latest)


def work_of_a_card(district: District) -> None:
    """What the page of an NGO asks: its story and passport, documents, former states."""
    ngo = district.ngo("АНО «Свет»")
    district.need(ngo)
    district.practice(ngo)
    with district.database.write("edit", "Документ") as session:
        (scan,) = documents.attach(session, "ngo", ngo, [documents.NewFile("скан.pdf", b"%PDF")])
    with district.database.read() as session:
        story = ngo_story.story(session, ngo)
        ngo_story.told(session, story.moments)
        ngo_passport.passport_paper(session, ngo)
        (documents.content_of(session, scan), documents.totals(session), documents.document_faults(session))
        first = states.states_of(session, "ngo", ngo)[-1].batch_id
        states.state_card(session, "ngo", ngo, first)
    district.write(states.restore_state, "ngo", ngo, first)
    district.write(documents.erase_content, scan)


def work_of_a_quarter(district: District) -> None:
    """What a quarter asks: a list taken in, balances, the return and its life, the register, what is told of a year."""
    quarter = Quarter(2026, 2)
    listed = district.database.path.with_name("Список.csv")
    listed.write_text("Наименование;ИНН\nФонд «Заря»;\nАНО «Свет»;\n", encoding="utf-8")
    district.write(opening.save_opening, Quarter(2026, 1), {"101.year": 0}, bare=["101.year"])
    with district.database.write("import", "Список") as session:
        importing.write(session, importing.preview(session, "ngo", listed), accept_doubtful="all")
    district.write(setup.save_unit, SIGNERS)
    ngo = district.ngo("АНО «Маяк»", address="г. Выборг")
    money = district.support(ngo, day="2026-06-01")
    district.write(support.enter_in_register, money)
    district.write(quarter_returns.freeze, quarter, kind="return")
    district.at("2026-07-08").write(return_life.send, quarter, "почтой", on=district.clock.today())
    district.write(return_life.send_back, quarter, on=district.clock.today(), text="Нет гранта")
    district.write(quarter_returns.freeze, quarter, reason="Учтён грант", kind="return")
    with district.database.read() as session:
        version = return_compare.Version
        return_compare.compare(session, version(quarter, 0), version(quarter, 1))
        return_life.lives(session)
        return_calendar.calendar_of_year(session, 2026)
        year_summary.year_summary(session, 2026)
        recipients.register_of_recipients(session)
        recipients.federal_file(session)
        ngo_history.history_paper(session, card=ngo)
        overview.overview(session)
    assert backup.check_database(district.database).sound


def test_every_query_compiles_for_postgresql(tmp_path: Path) -> None:
    (tmp_path / "quarter").mkdir()
    with executed() as seen:
        with District(tmp_path) as district:
            common_work(district)
            work_of_a_card(district)
        with District(tmp_path / "quarter") as district:
            work_of_a_quarter(district)
    texts = {for_postgresql(statement) for statement in seen}
    assert len(texts) > 150
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
