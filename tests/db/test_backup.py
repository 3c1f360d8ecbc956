"""Backups are whole, checked and few; the check of a file finds what is wrong with it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.core.errors import AppError
from app.models import Contact, JournalEntry, Ngo, copying
from app.models.database import Database
from app.models.journal import erase, verify
from app.usecases.backup import backup, check_database
from app.usecases.setup import create_district, save_settings
from tests.db.rows import interval, ngo
from tests.db.test_journal import spoil
from tests.db.test_transactions import frozen


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_copy_opens_and_holds_all_that_was_written(database: Database, tmp_path: Path) -> None:
    out = tmp_path / "флешка"
    out.mkdir()
    with database.write("edit", "Внесена НКО") as session:
        session.add(ngo())
    made = backup(database, out / "копия.db")
    assert (made.faults, made.size) == ((), (out / "копия.db").stat().st_size)
    assert names(out) == ["копия.db"]  # one file that can be carried away
    with Database.open(out / "копия.db") as copy:
        assert check_database(copy).sound
        assert check_database(copy).journal_head == made.journal_head == check_database(database).journal_head
        with copy.read() as session:
            assert session.scalar(select(func.count()).select_from(Ngo)) == 1


def test_a_copy_made_beside_a_writer_is_of_one_moment(database: Database, tmp_path: Path) -> None:
    with database.write("edit", "Две") as session:
        session.add_all([ngo("АНО «А»"), ngo("АНО «Б»")])
        session.flush()
        backup(database, tmp_path / "копия.db")
    with Database.open(tmp_path / "копия.db") as copy, copy.read() as session:
        assert session.scalar(select(func.count()).select_from(Ngo)) == 0


def test_an_older_copy_is_replaced_and_nothing_else_is(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "копия.db"
    backup(database, target)
    with database.write("edit", "Внесена НКО") as session:
        session.add(ngo())
    backup(database, target)
    with Database.open(target) as copy, copy.read() as session:
        assert session.scalar(select(func.count()).select_from(Ngo)) == 1
        with pytest.raises(AppError, match="уже открыт"):  # a copy that is being looked at
            backup(database, target)
    other = tmp_path / "соседний район.db"
    create_district(other, "41615000").close()
    before = other.read_bytes()
    with pytest.raises(AppError, match="не копия этой базы"):
        backup(database, other)
    assert other.read_bytes() == before
    report = tmp_path / "отчёт.xlsx"
    report.write_bytes(b"PK")
    with pytest.raises(AppError, match="это не копия базы"):
        backup(database, report)
    assert report.read_bytes() == b"PK"
    with pytest.raises(AppError, match="заменить саму базу"):
        backup(database, database.path)
    with pytest.raises(AppError, match="Папки"):
        backup(database, tmp_path / "нет" / "копия.db")


def test_without_room_there_is_no_copy(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = names(tmp_path)
    monkeypatch.setattr(copying, "_SPARE", 1 << 60)
    with pytest.raises(AppError, match="не хватает места"):
        backup(database, tmp_path / "копия.db")
    assert names(tmp_path) == before


def test_a_copy_of_a_damaged_file_is_refused(database: Database, tmp_path: Path) -> None:
    database.close()
    with closing(sqlite3.connect(database.path)) as connection:  # a page that nobody reads when the file is opened
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'settlement'").fetchone()
    content = bytearray(database.path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xa5" * size
    database.path.write_bytes(content)
    with Database.open(database.path) as damaged, pytest.raises(AppError, match="повреждён"):
        backup(damaged, tmp_path / "копия.db")
    assert not (tmp_path / "копия.db").exists()


# --- the check ----------------------------------------------------------------------------------


@pytest.fixture
def full(database: Database) -> Database:
    with database.write("edit", "Внесена НКО") as session:
        session.add(ngo())
        session.flush()
        session.add(interval(1))
        save_settings(session, {"due_day": 12})
    with database.write("return", "Утверждён отчёт") as session:
        session.add(frozen(database))
    return database


def test_a_sound_file(full: Database) -> None:
    found = check_database(full)
    assert found.sound
    assert found.frozen_returns == 1
    assert found.entries > 300


WRONG = {
    "UPDATE frozen_return SET data = '{\"figures\":{\"101\":1}}'": "данные не сходятся со своим хешем",
    f"UPDATE frozen_return SET data = '{{}}', sha256 = '{'0' * 64}'": "хеш не тот, что записан в журнале",
    "UPDATE frozen_return SET pdf = x'00'": "PDF не тот, что напечатан при утверждении",
    "UPDATE frozen_return SET xlsx = x'00'": "файл Excel не тот, что записан при утверждении",
    "DELETE FROM frozen_return": "Утверждённых отчётов недостаёт: 1",
    "UPDATE ngo_interval SET ngo_id = 404": "ссылается на то, чего нет в «ngo»",
    "UPDATE journal SET actor = 'другой' WHERE id = 7": "изменена после внесения",
    "UPDATE ngo SET note = 'вписано'": "НКО, запись №\u00a01: изменено помимо программы: «Примечание».",
    "UPDATE ngo_interval SET before_records = 1": "НКО, сроки учёта, запись №\u00a01: изменено помимо программы",
    "UPDATE setting SET value = '1'": "Таблица «setting», запись №\u00a0due_day: изменено помимо программы: «value».",
    "DELETE FROM ngo_interval": "НКО, сроки учёта, запись №\u00a01: удалена помимо программы.",
    "INSERT INTO setting VALUES ('grant_limit', '1.00')": "запись №\u00a0grant_limit: внесена помимо программы.",
    "UPDATE frozen_return SET envelope = '{}'": "изменено помимо программы: «envelope».",
}


@pytest.mark.parametrize("statement", WRONG)
def test_what_is_wrong_is_found(full: Database, statement: str) -> None:
    spoil(full, statement)
    faults = check_database(full).faults
    assert any(WRONG[statement] in sentence for sentence in faults), faults
    # … and the guards that had to be taken away for it are missed.
    assert any("TRIGGER frozen_return_no_update" in sentence for sentence in faults)


def cut_after(full: Database, entry: int) -> None:
    """The journal ends with this entry, as if nothing had been written since."""
    spoil(full, f"DELETE FROM journal_value WHERE entry_id > {entry}", f"DELETE FROM journal WHERE id > {entry}")


def test_a_journal_whose_tail_was_cut_is_told_by_the_rows_and_by_the_return(full: Database) -> None:
    """The chain itself still verifies; what it no longer tells of is there."""
    with full.read() as session:
        last = session.scalars(select(JournalEntry.id).order_by(JournalEntry.id.desc())).first() or 0
        assert verify(session) == []
    cut_after(full, last - 1)
    with full.read() as session:
        assert verify(session) == []
    faults = check_database(full).faults
    assert "Таблица «frozen_return», запись №\u00a01: внесена помимо программы." in faults
    assert not any("журнал урезан" in sentence for sentence in faults)
    cut_after(full, last - 2)  # the head that the return prints goes too
    told = "в журнале нет записи, на которой он утверждён: журнал урезан или переписан."
    assert any(told in sentence for sentence in check_database(full).faults)


def test_an_erased_value_is_no_change(full: Database) -> None:
    with full.write("edit", "Обезличен контакт") as session:
        session.add(contact := Contact(ngo_id=1, name="Сидорова Анна Петровна", basis="согласие"))
        session.flush()
        contact.name = "обезличено"
        erase(session, "contact", contact.id, ("name",))
    assert check_database(full).sound


def test_a_foreign_table_in_the_file_is_told(full: Database) -> None:
    with sqlite3.connect(full.path) as other:
        other.execute("CREATE TABLE extra (id INTEGER)")
    other.close()
    assert check_database(full).faults == ("Устройство базы не такое, каким его делает программа: TABLE extra.",)


def test_a_file_carried_over_as_it_lies_is_sound(full: Database, tmp_path: Path) -> None:
    full.close()
    moved = Path(shutil.copy(full.path, tmp_path / "перенесена.db"))
    with Database.open(moved) as opened:
        assert check_database(opened).sound


@pytest.mark.parametrize("table", ["need", "journal", "frozen_return"])
def test_a_table_that_is_gone_is_a_finding_and_no_crash(full: Database, table: str) -> None:
    with sqlite3.connect(full.path) as other:
        other.execute("PRAGMA foreign_keys = OFF")
        other.execute(f"DROP TABLE {table}")
    other.close()
    faults = check_database(full).faults
    assert f"Устройство базы не такое, каким его делает программа: TABLE {table}." in faults
    assert faults[-1] == "Содержимое сверить не с чем: части базы нет. Возьмите последнюю копию файла."
