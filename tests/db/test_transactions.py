"""Transactions of a district's file: whole or not at all, one view of one moment, from any thread."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.core.clock import Clock
from app.models import Batch, FrozenReturn, Ngo, NgoInterval
from app.models.database import Database
from app.models.journal import chain_head
from app.usecases.region_picture import readers, reading
from tests.db.conftest import ACCOUNT, CLERK, DAY
from tests.db.rows import interval, ngo


def count(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Ngo)) or 0


def test_a_write_is_kept_and_another_process_sees_it(database: Database) -> None:
    with database.write("edit", "Внесена НКО") as session:
        session.add(ngo())
    with sqlite3.connect(database.path) as other:
        assert other.execute("SELECT name FROM ngo").fetchall() == [("АНО «Свет»",)]
    other.close()


def test_a_write_that_breaks_leaves_nothing(database: Database) -> None:
    def break_off() -> None:
        with database.write("edit", "Внесена НКО") as session:
            session.add(ngo())
            session.flush()
            raise InterruptedError

    with pytest.raises(InterruptedError):
        break_off()
    assert count(database) == 0
    with database.read() as session:
        assert not session.scalars(select(Batch).where(Batch.title == "Внесена НКО")).all()


def test_a_write_of_nothing_makes_no_batch(database: Database) -> None:
    with database.write("edit", "Ничего") as session:
        session.scalar(select(func.count()).select_from(Ngo))
    with database.read() as session:
        assert [batch.title for batch in session.scalars(select(Batch))] == ["Создан файл учёта"]


def test_a_batch_tells_who_and_when_and_may_be_named_at_the_end(database: Database) -> None:
    with database.write("import", "Загрузка НКО") as session:
        session.add(ngo())
        session.flush()
        session.info["title"] = "Загрузка НКО: новых 1"
    with database.read() as session:
        batch = session.scalars(select(Batch).order_by(Batch.id.desc())).first()
        assert batch is not None
        assert (batch.kind, batch.title, batch.actor, batch.account) == (
            "import", "Загрузка НКО: новых 1", CLERK, ACCOUNT
        )  # fmt: skip
        assert batch.at.date() == DAY


def test_a_read_sees_one_moment(database: Database) -> None:
    """Written between two SELECTs of a read, a row is not there for the second one."""
    with database.read() as session:
        before = session.scalar(select(func.count()).select_from(Ngo))
        with database.write("edit", "Внесена НКО") as writer:
            writer.add(ngo())
        assert session.scalar(select(func.count()).select_from(Ngo)) == before == 0
    assert count(database) == 1


def test_a_read_refuses_a_flush_and_any_statement_that_writes(database: Database) -> None:
    with database.read() as session:
        session.add(ngo())
        with pytest.raises(RuntimeError, match="only reads"):
            session.flush()
    with database.read() as session, pytest.raises(DBAPIError, match="readonly"):
        session.execute(text("DELETE FROM setting"))
    assert count(database) == 0


def test_the_write_lock_is_taken_at_once(database: Database) -> None:
    """No second writer can come between what a write reads and what it writes."""
    other = sqlite3.connect(database.path, isolation_level=None, timeout=0)
    try:
        with database.write("edit", "Пусто"), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    finally:
        other.close()


@pytest.mark.parametrize(
    ("pragma", "value"), [("foreign_keys", 1), ("journal_mode", "wal"), ("synchronous", 2), ("busy_timeout", 10000)]
)
def test_the_file_is_opened_safely(database: Database, pragma: str, value: object) -> None:
    for opened in (database.read(), database.write("edit", "Пусто")):
        with opened as session:
            assert session.connection().exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_what_is_read_after_the_file_was_closed_leaves_it_again(database: Database) -> None:
    """A picture in memory fetches what lies behind a figure; nothing stays beside the file that others may move."""
    log = database.path.with_name(f"{database.path.name}-wal")
    with database.read() as session:
        engine = readers(session)
        assert log.exists()
    database.close()
    assert not log.exists()
    for _ in range(2):
        with reading(engine) as later:
            assert later.scalar(select(func.count()).select_from(Batch)) == 1
            assert log.exists()
        assert not log.exists()


def test_sessions_may_be_opened_from_several_threads(database: Database) -> None:
    def add(number: int) -> int:
        with database.write("edit", f"НКО {number}") as session:
            session.add(ngo(f"АНО «Свет {number}»"))
        return count(database)

    with ThreadPoolExecutor(4) as pool:
        seen = list(pool.map(add, range(12)))
    assert max(seen) == count(database) == 12


def test_a_key_is_given_to_a_new_record_and_stays(database: Database) -> None:
    with database.write("edit", "Внесена НКО") as session:
        given = ngo("АНО «Луч»", uuid="00000000-0000-4000-8000-000000000001")
        made = ngo("АНО «Свет»")
        session.add_all([given, made])
        session.flush()
        assert given.uuid == "00000000-0000-4000-8000-000000000001"
        assert len(made.uuid) == 36


def test_the_same_clock_makes_the_same_keys(tmp_path: Path) -> None:
    def keys(name: str) -> list[str]:
        with Database.create(tmp_path / name, clock=Clock.fixed(DAY, 7), actor="а", account="б") as made:
            with made.write("demo", "Ряд") as session:
                session.add_all([ngo("АНО «Свет»"), ngo("АНО «Луч»")])
            with made.read() as session:
                return list(session.scalars(select(Ngo.uuid).order_by(Ngo.id)))

    assert keys("1.db") == keys("2.db")


@pytest.mark.parametrize("statement", [insert(Ngo), update(Ngo).values(note="x"), delete(NgoInterval)])
def test_a_bulk_statement_is_refused(database: Database, statement: object) -> None:
    with pytest.raises(RuntimeError, match="bypass the journal"), database.write("edit", "Мимо журнала") as session:
        session.execute(statement)  # type: ignore[call-overload]


def test_a_record_is_never_deleted_a_line_may_be(database: Database) -> None:
    with database.write("edit", "Внесена НКО") as session:
        session.add(kept := ngo())
        session.flush()
        session.add(interval(kept.id))
    with pytest.raises(RuntimeError, match="never deleted"), database.write("edit", "Удаление") as session:
        session.delete(session.get_one(Ngo, 1))
    with database.write("edit", "Удаление") as session:
        session.delete(session.get_one(NgoInterval, 1))
    with database.write("edit", "Снова") as session:
        session.add(line := interval(1))
        session.flush()
        assert line.id == 2  # the key of a deleted line is not given again
    assert count(database) == 1


def test_rows_that_others_need_cannot_go(database: Database) -> None:
    with database.write("edit", "Внесена НКО") as session:
        session.add(kept := ngo())
        session.flush()
        session.add(interval(kept.id))
    with pytest.raises(IntegrityError), database.write("edit", "Битая ссылка") as session:
        session.add(interval(404))


GUARDED = {
    "UPDATE frozen_return SET reason = 'иначе'": "never changed",
    "DELETE FROM frozen_return": "never deleted",
    "UPDATE journal SET actor = 'другой'": "not rewritten",
    "DELETE FROM journal WHERE id = 1": "not cut",
    "UPDATE journal_value SET after = 'другое' WHERE entry_id = 1": "never changed",
    "UPDATE journal_value SET after_digest = NULL, after = NULL, after_salt = NULL": "never changed",
    "DELETE FROM journal_value": "not cut",
    "UPDATE batch SET actor = 'другой'": "who and when",
    "DELETE FROM batch": "not cut",
    "REPLACE INTO frozen_return SELECT * FROM frozen_return": "never replaced",
    "REPLACE INTO journal SELECT * FROM journal WHERE id = 1": "not rewritten",
    "REPLACE INTO journal_value SELECT * FROM journal_value WHERE entry_id = 1": "not rewritten",
    "REPLACE INTO batch SELECT * FROM batch WHERE id = 1": "who and when",
    "REPLACE INTO ngo SELECT * FROM ngo": "never replaced",
    "UPDATE OR REPLACE ngo SET id = 2": "keeps its key",
    "UPDATE ngo SET uuid = 'другой'": "keeps its key",
    "DELETE FROM ngo": "archived",
    "DELETE FROM support WHERE 1": "archived",
}


@pytest.mark.parametrize("statement", GUARDED)
def test_sql_itself_guards_what_must_stay(database: Database, statement: str) -> None:
    """Any program that opens the file is refused, not this one alone."""
    with database.write("return", "Утверждён отчёт") as session:
        session.add(kept := ngo())
        session.flush()
        session.add(frozen(database))
    if "support" in statement:
        with database.write("edit", "Мера") as session:
            session.execute(text(SUPPORT))
    other = sqlite3.connect(database.path)
    try:
        with pytest.raises(sqlite3.IntegrityError, match=GUARDED[statement]):
            other.execute(statement)
    finally:
        other.close()
    assert kept.id == 1


SUPPORT = """
INSERT INTO support (uuid, ngo_id, form, decision_no, decision_on, account, before_records, purpose, amount, local,
  oblast, federal, other, objects, object_name, area, publications, consultations, hours, people, cases, note)
VALUES ('k', 1, '218', '1', '2026-07-01', '2026-Q3', 0, '', 0, 0, 0, 0, 0, 0, '', 0, 0, 0, 0, 0, 1, '')
"""


def frozen(database: Database) -> FrozenReturn:
    from app.core.periods import Quarter
    from app.returns.codec import fingerprint

    data = '{"figures":{}}'
    with database.read() as session:
        envelope = json.dumps({"journal_head": chain_head(session)})
    return FrozenReturn(
        quarter=Quarter(2026, 3), oktmo="41609000", correction=0, form_version="2026.1",
        frozen_at=database.clock.now(), frozen_by=database.actor, data=data, sha256=fingerprint(data),
        envelope=envelope, pdf=b"%PDF", xlsx=b"PK",
    )  # fmt: skip


def test_money_and_quarters_lie_in_columns_as_agreed(database: Database) -> None:
    with database.write("edit", "Мера") as session:
        session.add(ngo())
        session.flush()
        session.add(interval(1))
        session.execute(text(SUPPORT.replace("'', 0, 0,", "'', 100050, 0,", 1)))
    with sqlite3.connect(database.path) as other:
        assert other.execute("SELECT amount, account FROM support").fetchone() == (100050, "2026-Q3")
        assert other.execute("SELECT taken_account, taken_on FROM ngo_interval").fetchone() == ("2026-Q1", "2026-01-12")
    other.close()
