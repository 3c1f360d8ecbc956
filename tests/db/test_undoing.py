"""Undo of a batch: everything back or a sentence why not; undo of the undo brings it again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from app.core.errors import AppError
from app.models import AgreementParty, Batch, Ngo, NgoActivity, NgoInterval, Partner, PartnerAgreement, Setting, Support
from app.models.database import Database
from app.models.journal import erase, verify
from app.models.search_text import SPAN
from app.usecases.history import recent_changes, record_history
from app.usecases.setup import save_settings
from app.usecases.undoing import undo_batch
from tests.db.rows import FIRST, interval, ngo
from tests.db.test_transactions import frozen

JOURNAL = ("batch", "journal", "journal_value", "sqlite_sequence")


def state(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every kept table, as it lies in the file; archived records left out."""
    found = {}
    with closing(sqlite3.connect(path)) as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if table in JOURNAL or (table.startswith("search_") and table != "search_text"):
                continue  # search follows the journal
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            live = " WHERE archived_on IS NULL" if "archived_on" in columns else ""
            if table == "search_text":
                live = f" WHERE place / {SPAN} % 2 = 0"
            found[table] = sorted(connection.execute(f"SELECT * FROM {table}{live}").fetchall(), key=repr)
    connection.close()
    return found


def last(database: Database) -> int:
    with database.read() as session:
        return recent_changes(session, 1)[0].id


def undo(database: Database, batch: int | None = None) -> None:
    batch = last(database) if batch is None else batch
    with database.write("undo", "Отмена") as session:
        undo_batch(session, batch)
    with database.read() as session:
        assert verify(session) == []


@pytest.fixture
def kept(database: Database) -> Database:
    """One NGO with an interval and a kind of activity."""
    with database.write("edit", "Внесена НКО") as session:
        session.add(ngo(ogrn="1037739010891"))
        session.flush()
        session.add_all([interval(1), NgoActivity(ngo_id=1, activity_code="8", account=FIRST)])
    return database


def edit(database: Database) -> None:
    with database.write("edit", "Правка НКО") as session:
        row = session.get_one(Ngo, 1)
        row.name, row.verified_on, row.primary_here = "АНО «Луч»", date(2026, 10, 1), False
        # The same kind of activity on a line of its own: the unique key must not stand in the way of the undo.
        session.delete(session.get_one(NgoActivity, 1))
        session.flush()
        session.add(NgoActivity(ngo_id=1, activity_code="8", account=FIRST.next))
        row.note = "дважды"
        session.flush()
        row.note = "трижды"


def load(database: Database) -> None:
    with database.write("import", "Загрузка НКО: новых 40") as session:
        session.get_one(Ngo, 1).phone = "8 (813) 00-00"
        rows = [ngo(f"АНО «{n}»", ogrn=f"{n:013}") for n in range(40)]
        session.add_all(rows)
        session.flush()
        session.add_all(interval(row.id) for row in rows)
        first = rows[0].id
        session.add(Support(ngo_id=first, form="218", decision_no="1", decision_on=date(2026, 7, 1), account=FIRST))


def change_settings(database: Database) -> None:
    with database.write("settings", "Настройки") as session:
        save_settings(session, {"due_day": 12})


@pytest.mark.parametrize("change", [edit, load, change_settings])
def test_undo_gives_back_every_row_and_its_undo_brings_the_change_again(kept: Database, change: object) -> None:
    before = state(kept.path)
    change(kept)  # type: ignore[operator]
    batch, after = last(kept), state(kept.path)
    assert after != before
    undo(kept)
    assert state(kept.path) == before
    undo(kept)  # of the undo
    assert state(kept.path) == after
    undo(kept, batch)  # and the change itself once more
    assert state(kept.path) == before


def test_an_undone_import_leaves_its_records_archived_with_the_reason(kept: Database) -> None:
    load(kept)
    undo(kept)
    with kept.read() as session:
        left = session.scalars(select(Ngo).where(Ngo.id > 1)).all()
        assert len(left) == 40
        assert {row.archive_reason for row in left} == {"отменён импорт от 06.10.2026"}
        assert {row.archived_on for row in left} == {date(2026, 10, 6)}
        assert session.scalars(select(NgoInterval).where(NgoInterval.ngo_id > 1)).all() == []


def test_the_list_of_changes_tells_what_was_undone(kept: Database) -> None:
    load(kept)
    undo(kept)
    with kept.read() as session:
        undoing, loaded, first, setup = recent_changes(session, 10)
    assert (undoing.kind, undoing.updated, undoing.deleted, undoing.undone_by) == ("undo", 42, 40, None)
    assert (loaded.title, loaded.undone_by) == ("Загрузка НКО: новых 40", undoing.id)
    assert (loaded.inserted, loaded.updated) == (81, 1)
    assert (first.inserted, setup.kind) == (3, "settings")
    undo(kept)
    with kept.read() as session:
        assert [row.undone_by for row in recent_changes(session, 10)][:3] == [None, undoing.id + 1, None]


def test_changes_of_one_record_are_undone_from_the_last_to_the_first(kept: Database) -> None:
    states = [state(kept.path)]
    for number in range(3):
        with kept.write("edit", f"Правка {number}") as session:
            session.get_one(Ngo, 1).note = f"правка {number}"
        states.append(state(kept.path))
    first = last(kept) - 2
    for number in (2, 1, 0):
        undo(kept, first + number)
        assert state(kept.path) == states[number]


# --- refused ------------------------------------------------------------------------------------


def refused(database: Database, batch: int, words: str) -> None:
    before = state(database.path)
    with pytest.raises(AppError, match=words) as told:
        undo(database, batch)
    assert told.value.hint
    assert state(database.path) == before


def test_a_later_change_of_the_same_record_stands_in_the_way(kept: Database) -> None:
    edit(kept)
    batch = last(kept)
    with kept.write("edit", "Правка телефона") as session:
        session.get_one(Ngo, 1).phone = "8 (813) 00-00"
    refused(kept, batch, "меняли и позже: «Правка телефона», 06.10.2026, Иванова И. И.")
    undo(kept)
    undo(kept, batch)  # it went, so nothing stands in the way


def test_a_later_line_of_an_imported_record_stands_in_the_way(kept: Database) -> None:
    load(kept)
    batch = last(kept)
    with kept.write("edit", "Вид деятельности") as session:
        session.add(NgoActivity(ngo_id=5, activity_code="8", account=FIRST))
    refused(kept, batch, "«Вид деятельности»")


def test_a_later_record_that_points_to_an_imported_one_stands_in_the_way(kept: Database) -> None:
    load(kept)
    batch = last(kept)
    with kept.write("edit", "Соглашение") as session:
        session.add(Partner(kind="company", name="ООО «Опора»"))
        session.flush()
        session.add(PartnerAgreement(partner_id=1, number="1", starts_on=date(2026, 9, 1), account=FIRST))
        session.flush()
        session.add(AgreementParty(agreement_id=1, ngo_id=7))
    refused(kept, batch, "уже ссылаются другие")


def test_rows_that_hold_something_else_by_now_stand_in_the_way(kept: Database) -> None:
    """Two edits undone one after the other: the undo of the later one cannot be undone alone."""
    for number in (1, 2):
        with kept.write("edit", f"Правка {number}") as session:
            session.get_one(Ngo, 1).note = f"правка {number}"
    second = last(kept)
    undo(kept, second)
    undo_of_second = last(kept)
    undo(kept, second - 1)
    refused(kept, undo_of_second, "с тех пор изменились")


def test_twice_is_refused(kept: Database) -> None:
    edit(kept)
    batch = last(kept)
    undo(kept)
    refused(kept, batch, "уже отменено.*отмените саму отмену")


def test_a_frozen_return_is_not_undone(kept: Database) -> None:
    with kept.write("return", "Утверждён отчёт") as session:
        session.add(frozen(kept))
    refused(kept, last(kept), "Утверждённый отчёт не отменяется")


def test_the_making_of_the_file_is_not_undone(kept: Database) -> None:
    refused(kept, 1, "заполнило справочники")
    refused(kept, 404, "в журнале нет")


def test_what_was_erased_cannot_come_back(kept: Database) -> None:
    with kept.write("edit", "Правка") as session:
        session.get_one(Ngo, 1).director = "Сидорова А. П."
    with kept.write("edit", "Правка руководителя") as session:
        session.get_one(Ngo, 1).director = ""
        session.flush()
        erase(session, "ngo", 1, ["director"])
    refused(kept, last(kept), "обезличены")


# --- the history of a record --------------------------------------------------------------------


def test_the_history_of_a_record_with_its_lines(kept: Database) -> None:
    edit(kept)
    with kept.read() as session:
        changes = record_history(session, "ngo", 1)
    told = [(c.op, c.table, c.field, c.before, c.after) for c in changes]
    assert told[0][:2] == ("update", "ngo")
    assert ("update", "ngo", "name", "АНО «Свет»", "АНО «Луч»") in told
    assert ("delete", "ngo_activity", "activity_code", "8", None) in told
    assert ("insert", "ngo_interval", "taken_on", None, "2026-01-12") in told
    assert {(c.actor, c.account, c.batch_title) for c in changes} == {
        ("Иванова И. И.", "ivanova", "Правка НКО"), ("Иванова И. И.", "ivanova", "Внесена НКО")
    }  # fmt: skip
    assert [c.entry_id for c in changes] == sorted((c.entry_id for c in changes), reverse=True)


def test_an_erased_value_is_told_as_erased(kept: Database) -> None:
    with kept.write("edit", "Обезличено") as session:
        session.get_one(Ngo, 1).director = "Сидорова А. П."
        erase(session, "ngo", 1, ["director"])
    with kept.read() as session:
        (change,) = [c for c in record_history(session, "ngo", 1) if c.field == "director"]
        assert (change.before, change.after, change.erased) == (None, None, True)
        assert session.scalars(select(Setting)).all() == []
        assert session.scalars(select(Batch.title).order_by(Batch.id.desc())).first() == "Обезличено"
