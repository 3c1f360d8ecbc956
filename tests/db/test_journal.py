"""The journal: every write is in it, its chain tells any change of it, and personal data can be erased."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import inspect, select

from app.core.periods import Quarter
from app.models import Base, Batch, Contact, JournalEntry, JournalValue, Ngo, NgoInterval, ProgrammeExecution
from app.models.database import Database
from app.models.journal import chain_head, erase, verify
from app.models.journal_text import class_of, shape_of
from tests.db.conftest import ACCOUNT, CLERK
from tests.db.rows import interval, ngo
from tests.db.test_transactions import frozen

ROOT = Path(__file__).resolve().parents[2]


def last_batch(database: Database) -> list[tuple[str, str, str, dict[str, tuple[str | None, str | None]]]]:
    """Entries of the latest batch: op, table, owner, changed fields."""
    with database.read() as session:
        batch = session.scalars(select(Batch.id).order_by(Batch.id.desc())).first()
        entries = session.scalars(select(JournalEntry).where(JournalEntry.batch_id == batch).order_by(JournalEntry.id))
        found = []
        for entry in entries:
            assert (entry.actor, entry.account) == (CLERK, ACCOUNT)
            values = session.scalars(select(JournalValue).where(JournalValue.entry_id == entry.id))
            changes = {value.field: (value.before, value.after) for value in values}
            row, owner = f"{entry.table_name} {entry.record_id}", f"{entry.owner_table} {entry.owner_id}"
            found.append((entry.op, row, owner, changes))
        return found


def test_an_insert_an_update_and_a_delete(database: Database) -> None:
    with database.write("edit", "Внесена НКО") as session:
        session.add(kept := ngo(ogrn="1037739010891", verified_on=date(2026, 10, 1)))
        session.flush()
        session.add(interval(kept.id))
    record, line = last_batch(database)
    assert record[:3] == ("insert", "ngo 1", " ")
    assert record[3].items() >= {
        "name": (None, "АНО «Свет»"), "ogrn": (None, "1037739010891"), "verified_on": (None, "2026-10-01"),
        "primary_here": (None, "1"), "kind": (None, "legal"),
    }.items()  # fmt: skip
    assert "note" not in record[3]  # what is empty is no change
    assert line[:3] == ("insert", "ngo_interval 1", "ngo 1")
    assert line[3]["taken_account"] == (None, "2026-Q1")

    with database.write("edit", "Правка") as session:
        session.get_one(Ngo, 1).name = "АНО «Луч»"
        session.get_one(NgoInterval, 1).before_records = True
    assert last_batch(database) == [
        ("update", "ngo 1", " ", {"name": ("АНО «Свет»", "АНО «Луч»")}),
        ("update", "ngo_interval 1", "ngo 1", {"before_records": ("0", "1")}),
    ]
    with database.write("edit", "Удаление") as session:
        session.delete(session.get_one(NgoInterval, 1))
    ((op, place, owner, changes),) = last_batch(database)
    assert (op, place, owner) == ("delete", "ngo_interval 1", "ngo 1")
    assert changes["taken_on"] == ("2026-01-12", None)


def test_money_is_journalled_in_roubles(database: Database) -> None:
    with database.write("edit", "Программа") as session:
        from app.models import Programme

        session.add(Programme(title="Программа", act="пост. № 1", starts_on=date(2026, 1, 1)))
        session.flush()
        session.add(ProgrammeExecution(programme_id=1, account=Quarter(2026, 1), local=Decimal("1000.5")))
    assert last_batch(database)[1][3]["local"] == (None, "1000.50")


def test_a_value_set_anew_without_being_read_has_its_before(database: Database) -> None:
    with database.write("edit", "Внесена НКО") as session:
        session.add(ngo(note="прежде"))
    with database.write("edit", "Правка") as session:
        row = session.get_one(Ngo, 1)
        session.expire(row)
        row.note = "теперь"
    assert last_batch(database)[0][3] == {"note": ("прежде", "теперь")}


def test_a_value_set_to_what_it_was_is_no_change(database: Database) -> None:
    with database.write("edit", "Внесена НКО") as session:
        session.add(ngo(note="так"))
    before = last_batch(database)
    with database.write("edit", "Правка") as session:
        session.get_one(Ngo, 1).note = "так"
    assert last_batch(database) == before


def test_of_a_frozen_return_the_journal_keeps_hashes_and_not_the_bytes(database: Database) -> None:
    with database.write("return", "Утверждён отчёт") as session:
        session.add(kept := frozen(database))
    ((_, place, _, changes),) = last_batch(database)
    assert place == "frozen_return 1"
    assert {"quarter", "oktmo", "correction", "sha256", "envelope"} <= set(changes)
    assert "data" not in changes
    for paper in ("pdf", "xlsx"):
        assert changes[paper] == (None, hashlib.sha256(getattr(kept, paper)).hexdigest())


def test_every_kept_table_is_journalled_and_reads_back(database: Database) -> None:
    """Each kept value is written as text and read back to what it was."""
    for mapper in Base.registry.mappers:
        table = mapper.class_.__tablename__
        if table in ("batch", "journal", "journal_value", "frozen_return", "return_event"):
            continue
        if table in ("template_file", "document_blob", "received_return", "received_file", "region_answer",
                     "consolidated_return"):
            continue
        shape = shape_of(mapper.class_)
        assert class_of(table) is mapper.class_
        assert {field.name for field in shape.fields} == {column.name for column in inspect(mapper.class_).columns}
    with database.read() as session:  # what a new district has, of a dozen kinds
        entries = session.scalars(select(JournalEntry)).all()
        assert {entry.table_name for entry in entries} >= {"territory", "settlement", "calendar_day", "unit"}
        for entry in entries:
            kept = class_of(entry.table_name)
            shape = shape_of(kept)
            key = next(field for field in shape.fields if field.key == shape.primary[0])
            row = session.get_one(kept, key.value(entry.record_id))
            for value in session.scalars(select(JournalValue).where(JournalValue.entry_id == entry.id)):
                field = next(field for field in shape.fields if field.name == value.field)
                if entry.op == "insert" and entry.table_name != "territory":  # territories are marked own later
                    assert field.value(value.after) == getattr(row, field.key)


# --- the chain ----------------------------------------------------------------------------------


def faults(database: Database) -> list[str]:
    with database.read() as session:
        return verify(session)


def spoil(database: Database, *statements: str) -> None:
    """What a person with another program could do who first takes the guards away."""
    with sqlite3.connect(database.path) as other:
        for (name,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            other.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert other.execute(statement).rowcount > 0
    other.close()


def test_a_sound_chain_verifies_and_its_head_moves(database: Database) -> None:
    with database.read() as session:
        head = chain_head(session)
    with database.write("edit", "Внесена НКО") as session:
        session.add(ngo())
    with database.read() as session:
        assert chain_head(session) != head
    assert re.fullmatch("[0-9a-f]{64}", head)
    assert faults(database) == []


NAME = "entry_id = 5 AND field = 'name'"
CHANGED = "запись №\u00a05 от 06.10.2026: изменена после внесения"
SPOILED = {
    f"UPDATE journal_value SET after = 'другое' WHERE {NAME}": ["изменено значение поля «name»"],
    f"UPDATE journal_value SET after_digest = 'a' WHERE {NAME}": ["изменено значение", CHANGED],
    f"DELETE FROM journal_value WHERE {NAME}": [CHANGED],
    f"UPDATE journal_value SET after = NULL WHERE {NAME}": ["изменено значение поля «name»"],  # its salt left behind
    "UPDATE journal SET actor = 'другой' WHERE id = 5": [CHANGED],
    "UPDATE journal SET batch_id = 2 WHERE id = 5": [CHANGED],
    "UPDATE journal SET at = '2026-10-05 06:00:01.000000' WHERE id = 5": ["изменена после внесения"],
}


@pytest.mark.parametrize("statement", SPOILED)
def test_what_was_changed_in_the_journal_is_told(database: Database, statement: str) -> None:
    with database.write("edit", "Внесена НКО") as session:
        session.add(ngo())
    spoil(database, statement)
    told = faults(database)
    assert len(told) == len(SPOILED[statement]), told
    for sentence, words in zip(told, SPOILED[statement], strict=True):
        assert words in sentence


def test_an_entry_taken_out_is_told(database: Database) -> None:
    spoil(database, "DELETE FROM journal_value WHERE entry_id = 5", "DELETE FROM journal WHERE id = 5")
    (told,) = faults(database)
    assert "запись №\u00a06" in told
    assert "перед ней недостаёт записей" in told


def test_personal_data_is_erased_and_the_chain_still_verifies(database: Database) -> None:
    with database.write("edit", "Внесена НКО") as session:
        session.add(ngo())
        session.flush()
        session.add(Contact(ngo_id=1, name="Сидорова Анна Петровна", phone="+7 900 000-00-00", basis="согласие"))
    with database.write("edit", "Правка контакта") as session:
        session.get_one(Contact, 1).name = "Сидорова-Лаптева Анна Петровна"
    with database.read() as session:
        head = chain_head(session)
    with database.write("edit", "Обезличен контакт") as session:
        contact = session.get_one(Contact, 1)
        contact.name, contact.phone = "обезличено", ""
        assert erase(session, "contact", 1, ("name", "phone")) == 5
    assert faults(database) == []
    with database.read() as session:
        assert chain_head(session) != head  # the erasure is itself an entry
        kept = session.scalars(select(JournalValue).where(JournalValue.field.in_(("name", "phone", "basis")))).all()
        texts = {text for value in kept for text in (value.before, value.after) if text}
        assert "согласие" in texts
    database.close()
    content = database.path.read_bytes()
    assert "согласие".encode() in content
    for erased in ("Сидорова", "Лаптева", "900 000"):
        assert erased.encode() not in content


def test_five_thousand_ngos_are_journalled_in_seconds(database: Database) -> None:
    begun = time.perf_counter()
    with database.write("import", "Загрузка НКО") as session:
        session.add_all(ngo(f"АНО «{n}»", ogrn=f"{n:013}", address="п. Дальний, ул. Лесная, 1") for n in range(5000))
        session.flush()
        session.add_all(interval(n + 1) for n in range(5000))
    assert time.perf_counter() - begun < 20  # two on an idle machine
    with database.read() as session:
        batch = session.scalars(select(Batch.id).order_by(Batch.id.desc())).first()
        assert len(session.scalars(select(JournalEntry.id).where(JournalEntry.batch_id == batch)).all()) == 10000


# --- nothing goes by it -------------------------------------------------------------------------

BYPASS = re.compile(
    r"\b(execute|scalars?)\(\s*(sqlalchemy\.)?(insert|update|delete)\("
    r"|\.bulk_(save|insert|update)|\.exec_driver_sql\(|\bimport .*\b(insert|update|delete|text)\b"
)


def test_no_use_case_writes_by_statement() -> None:
    """The session refuses bulk statements; nor does any use case name them, nor SQL as text."""
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted((ROOT / "app" / "usecases").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if BYPASS.search(line) and ("sqlalchemy" in line or "import" not in line)
    ]
    assert found == []
    assert BYPASS.search("session.execute(update(Ngo))")
    assert BYPASS.search("from sqlalchemy import delete, select")
