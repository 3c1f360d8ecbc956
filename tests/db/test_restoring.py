"""Going back to a copy: today's state stands aside, the copy takes the place in one step, a crash loses nothing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from app.core.clock import Clock
from app.core.errors import AppError, Deed
from app.models import Batch, Ngo, Setting, sqlite_only
from app.models.copy_names import Why
from app.models.database import Database
from app.usecases.backup import check_database
from app.usecases.copies import copy_is_due, head_of, make_copy, make_point, state
from app.usecases.copy_list import CopyRow, copies_of
from app.usecases.moving import NOTE as MOVE_NOTE
from app.usecases.moving import move_here
from app.usecases.restoring import NOTE, loss_of, make_ready, put_back, restore, restore_closed
from app.usecases.setup import create_district
from tests.db.conftest import CLERK
from tests.db.killing import Scenario, run_and_kill
from tests.db.rows import ngo
from tests.db.test_journal import spoil
from tests.db.test_transactions import frozen


def names(database: Database) -> set[str]:
    with database.read() as session:
        return set(session.scalars(select(Ngo.name)))


def add(database: Database, *given: str) -> None:
    for name in given:
        with database.write("edit", f"Внесена {name}") as session:
            session.add(ngo(name))


@pytest.fixture
def row(database: Database) -> CopyRow:
    """A copy with one NGO; the file has a second by now."""
    add(database, "АНО «Было»")
    made = make_copy(database, Why.CLOSING).first
    add(database, "АНО «Стало»")
    return made


def test_the_copy_takes_the_place_and_today_stands_aside(database: Database, row: CopyRow) -> None:
    ready = restore(database, row.path, row.at)
    with Database.open(database.path) as back:
        assert names(back) == {"АНО «Было»"}
        assert check_database(back).sound
        with back.read() as session:
            last = session.scalars(select(Batch).order_by(Batch.id.desc())).first()
            kept = session.get(Setting, NOTE)
        assert last is not None
        assert (last.kind, last.actor) == ("restore", CLERK)
        assert last.title == f"Файл восстановлен из копии от {row.at:%d.%m.%Y %H:%M}"
        assert kept is not None
        assert ready.aside.name in kept.value
        add(back, "АНО «Дальше»")
    with Database.open(ready.aside) as aside:
        assert names(aside) == {"АНО «Было»", "АНО «Стало»"}
    (listed,) = [found for found in copies_of(database.path) if found.why is Why.RESTORING]
    assert listed.path == ready.aside
    assert row.path.exists()


def test_and_back_again(database: Database, row: CopyRow) -> None:
    first = restore(database, row.path, row.at)
    with Database.open(database.path) as back:
        second = restore(back, first.aside, row.at)
    with Database.open(database.path) as there:
        assert names(there) == {"АНО «Было»", "АНО «Стало»"}
        assert check_database(there).sound
    assert second.aside.exists()


def test_what_will_be_taken_out_is_told_before(database: Database, row: CopyRow) -> None:
    with database.write("return", "Утверждён отчёт") as session:
        session.add(frozen(database))
    with database.read() as session:
        loss = loss_of(session, row)
    assert loss is not None
    assert loss.writes == 2
    assert [title.replace("\u00a0", " ") for title in loss.returns] == ["III квартал 2026 г."]


def test_a_copy_of_another_district_or_a_spoiled_one_is_refused(
    database: Database, row: CopyRow, tmp_path: Path
) -> None:
    other = tmp_path / "сосед.db"
    create_district(other, "41615000").close()
    with pytest.raises(AppError, match="копия другого файла"):
        make_ready(database, other, row.at)
    content = bytearray(row.path.read_bytes())
    content[4096 * 3 : 4096 * 40] = b"\xa5" * (4096 * 37)
    row.path.write_bytes(content)
    with pytest.raises(AppError, match="не годится"):
        make_ready(database, row.path, row.at)
    assert names(database) == {"АНО «Было»", "АНО «Стало»"}
    assert [found.why for found in copies_of(database.path)] == [Why.CLOSING], "nothing was put aside for nothing"


def test_a_file_whose_journal_was_spoiled_can_still_go_back_and_move(database: Database, tmp_path: Path) -> None:
    """Somebody changed it past the program: every copy has the same fault, and none of them is lost for it."""
    add(database, "АНО «Было»")
    spoil(database, "UPDATE journal SET actor = 'другой' WHERE id = 7")
    row = make_copy(database, Why.CLOSING).first
    assert row.faults
    assert not row.sound
    assert state(database).reminder == "Журнал файла не сходится: нажмите «Проверить файл»."
    assert not copy_is_due(database), "it holds all that is in the file"
    add(database, "АНО «Стало»")
    restore(database, row.path, row.at)
    with Database.open(database.path) as back:
        assert names(back) == {"АНО «Было»"}
        assert any("изменена после внесения" in fault for fault in check_database(back).faults)
    moved = move_here(database.path, tmp_path / "Документы")
    with Database.open(moved.path) as there:
        assert names(there) == {"АНО «Было»"}


def test_between_the_steps_the_file_is_the_former_one(database: Database, row: CopyRow) -> None:
    ready = make_ready(database, row.path, row.at)
    assert names(database) == {"АНО «Было»", "АНО «Стало»"}
    add(database, "АНО «Ещё»")  # and it goes on being written
    assert put_back(database, ready) == database.path
    with Database.open(database.path) as back:
        assert names(back) == {"АНО «Было»"}
    left = {path.name for path in database.path.parent.iterdir()}
    assert left == {database.path.name, "копии"}


def test_a_file_that_somebody_reads_is_not_replaced(
    database: Database, row: CopyRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = make_ready(database, row.path, row.at)
    monkeypatch.setattr(sqlite_only, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(database.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM ngo").fetchone()
        with pytest.raises(AppError, match="занят другой программой"):
            put_back(database, ready)
    with Database.open(database.path) as still:
        assert names(still) == {"АНО «Было»", "АНО «Стало»"}


def test_a_damaged_file_is_replaced_by_the_last_sound_copy(database: Database, row: CopyRow) -> None:
    database.close()
    broken = b"SQLite format 3\0" + b"\xa5" * 40_000
    database.path.write_bytes(broken)
    with pytest.raises(AppError, match="повреждён") as told:
        Database.open(database.path)
    assert (told.value.deed, told.value.about) == (Deed.RESTORE, database.path)
    (listed,) = copies_of(database.path)
    ready = restore_closed(database.path, [listed], clock=Clock(), actor=CLERK)
    assert ready.aside.read_bytes() == broken
    with Database.open(database.path) as back:
        assert names(back) == {"АНО «Было»"}
        assert check_database(back).sound


def test_a_point_outlives_the_restore_of_an_older_copy(database: Database, row: CopyRow) -> None:
    point = make_point(database, "Сверка").first
    restore(database, row.path, row.at)
    with Database.open(database.path) as back:
        make_copy(back, Why.CLOSING)
        assert point.path in {found.path for found in copies_of(back.path)}
        restore(back, point.path, point.at)
    with Database.open(database.path) as there:
        assert names(there) == {"АНО «Было»", "АНО «Стало»"}


# --- killed in the middle -----------------------------------------------------------------------


def _going_back(database: Database) -> Iterator[str]:
    """An NGO, a copy, another NGO, back to the copy; over and over.  The word: both names."""
    number = 0
    while True:
        number += 1
        add(database, f"АНО «{number}»")
        row = make_copy(database, Why.CLOSING).first
        add(database, f"АНО «{number} потом»")
        yield f"written {number}"
        path = database.path
        restore(database, row.path, row.at)
        database = Database.open(path)
        yield f"restored {number}"


def _going_back_faults(database: Database, words: Sequence[str]) -> list[str]:
    """Whatever was acknowledged is in the file, or in a copy that was put aside by a restore."""
    restored = max((int(word.split()[1]) for word in words if word.startswith("restored")), default=0)
    here = names(database)
    aside: set[str] = set()
    for row in copies_of(database.path):
        if row.why is Why.RESTORING:
            with Database.open(row.path) as copy:
                aside |= names(copy)
                if not check_database(copy).sound:
                    aside.add(f"unsound: {row.path.name}")
    faults = [word for word in aside if word.startswith("unsound")]
    for word in words:
        number = int(word.split()[1])
        if word.startswith("written") and f"АНО «{number} потом»" not in here | aside:
            faults.append(f"lost: {number} потом")
    faults += [f"came back: {n} потом" for n in range(1, restored + 1) if f"АНО «{n} потом»" in here]
    faults += [f"lost: {n}" for n in range(1, restored + 1) if f"АНО «{n}»" not in here]
    shutil.rmtree(database.path.parent / "копии")
    return faults


GOING_BACK = Scenario(_going_back, _going_back_faults)


@pytest.mark.long
def test_a_kill_in_the_middle_of_a_restore_loses_nothing(new_district: Path, path: Path,
                                                        scale: Callable[[int], int]) -> None:  # fmt: skip
    random = Random("restore")
    for number in range(scale(20)):
        fresh = path.with_name(f"район {number}.db")
        shutil.copy(new_district, fresh)
        outcome = run_and_kill(fresh, "tests.db.test_restoring:GOING_BACK", random)
        assert outcome.faults == ()


# --- moving -------------------------------------------------------------------------------------


def test_a_file_of_a_cloud_folder_is_moved_to_this_computer(new_district: Path, tmp_path: Path) -> None:
    cloud, home = tmp_path / "Яндекс.Диск", tmp_path / "Документы"
    cloud.mkdir()
    source = cloud / "район.db"
    shutil.copy(new_district, source)
    with pytest.raises(AppError, match="облачная программа") as told:
        Database.open(source)
    assert (told.value.deed, told.value.about) == (Deed.MOVE, source)
    with pytest.raises(AppError, match="облачная программа"):
        move_here(source, cloud / "глубже")
    moved = move_here(source, home)
    assert moved.path == home / "район.db"
    assert moved.former is not None
    assert moved.former.read_bytes()[:15] == b"SQLite format 3"
    assert {path.name for path in cloud.iterdir()} == {moved.former.name, MOVE_NOTE}
    note = (cloud / MOVE_NOTE).read_text(encoding="utf-8-sig")
    assert str(moved.path) in note
    with Database.open(moved.path) as opened:
        assert check_database(opened).sound
        assert head_of(opened)
    shutil.copy(new_district, source)
    assert move_here(source, home).path == home / "район 2.db", "nothing is written over"


def test_a_damaged_file_is_not_moved(new_district: Path, tmp_path: Path) -> None:
    source = tmp_path / "район.db"
    content = bytearray(new_district.read_bytes())
    content[4096 * 3 : 4096 * 60] = b"\xa5" * (4096 * 57)
    source.write_bytes(content)
    with pytest.raises(AppError, match="повреждён"):
        move_here(source, tmp_path / "Документы")
    assert source.exists()
    assert not list((tmp_path / "Документы").iterdir())
