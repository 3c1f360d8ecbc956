"""Copies of the open file: two places, checked, thinned, and told when something is amiss."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.core.clock import FixedClock
from app.core.errors import AppError, Deed
from app.models import copying
from app.models.copy_names import CopyName, Why, read_name
from app.models.database import Database
from app.usecases import copies, copy_list
from app.usecases.backup import check_database
from app.usecases.copies import CopyWatch, make_copy, make_point, name_second_place, remove_copy, state
from app.usecases.copy_list import LIST, copies_of, first_place, keep_list, kept_list
from app.usecases.setup import create_district, save_settings
from tests.db.rows import ngo


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder that stands for a stick; it can be pulled out."""
    return tmp_path / "флешка"


def change(database: Database, name: str = "АНО «Свет»") -> None:
    with database.write("edit", "Внесена НКО") as session:
        session.add(ngo(name))


def test_a_copy_lies_in_both_places_and_each_is_checked(database: Database, stick: Path) -> None:
    assert name_second_place(database, stick).startswith("Второе место на том же диске")
    change(database)
    made = make_copy(database, Why.CLOSING)
    assert made.trouble is None
    assert made.second is not None
    assert made.first.path.parent == first_place(database.path)
    assert made.second.path.parent == stick
    rows = copies_of(database.path)
    assert {(row.second, row.sound, row.head) for row in rows} == {(False, True, copies.head_of(database)),
                                                                   (True, True, copies.head_of(database))}  # fmt: skip
    assert {row.why_text for row in rows} == {"закрытие"}
    for row in rows:
        with Database.open(row.path) as copy:
            assert check_database(copy).sound


def test_a_stick_that_is_not_there_loses_no_copy_and_is_told_with_days(
    database: Database, stick: Path, clock: FixedClock
) -> None:
    name_second_place(database, stick)
    make_copy(database, Why.CLOSING)
    shutil.rmtree(stick)
    clock.set_day(date(2026, 10, 11))
    made = make_copy(database, Why.CLOSING)
    assert made.second is None
    assert made.trouble is not None
    assert made.trouble.deed is Deed.COPIES
    assert state(database).reminder == "Диск со вторыми копиями не подключён: последняя копия там 5\u00a0дней назад."
    stick.mkdir()
    assert make_copy(database, Why.CLOSING).trouble is None


def test_what_is_amiss_with_the_copies_is_told(database: Database, stick: Path, monkeypatch: pytest.MonkeyPatch,
                                               clock: FixedClock) -> None:  # fmt: skip
    assert state(database).reminder == "Проверенной копии файла ещё нет."
    make_copy(database, Why.OPENING)
    assert state(database).reminder.startswith("Копии только рядом с файлом")
    name_second_place(database, stick)
    assert state(database).reminder.startswith("Второе место на том же диске")
    monkeypatch.setattr(copies, "same_disk", lambda one, other: False)
    assert state(database).reminder == ""
    clock.set_day(date(2026, 10, 26))
    assert state(database).reminder == "", "a copy that holds everything does not grow old"
    change(database)
    assert state(database).reminder == "Последней копии файла 20\u00a0дней."
    monkeypatch.setattr(copies, "_SPARE_COPIES", 1 << 40)
    assert "скоро копии не поместятся" in state(database).reminder


def test_two_folders_of_one_disk_are_one_disk(tmp_path: Path) -> None:
    assert copies.same_disk(tmp_path, tmp_path.parent)
    assert not copies.same_disk(tmp_path, Path("/proc"))
    assert not copies.same_disk(tmp_path, tmp_path / "нет")


def test_the_second_place_is_another_place(database: Database) -> None:
    for folder in (first_place(database.path), database.path.parent):
        with pytest.raises(AppError, match="уже лежит сам файл"):
            name_second_place(database, folder)
    afile = database.path.parent / "письмо.txt"
    afile.write_text("", encoding="utf-8")
    with pytest.raises(AppError, match="нужна папка"):
        name_second_place(database, afile)


def test_files_of_others_are_neither_listed_nor_thinned(database: Database, clock: FixedClock, tmp_path: Path) -> None:
    folder = first_place(database.path)
    make_copy(database, Why.CLOSING)
    stem = database.path.stem
    other = tmp_path / "сосед.db"
    create_district(other, "41615000").close()
    strange = [folder / f"{stem} 2024-01-0{n} 10-00-00 закрытие.db" for n in (1, 2, 3)]
    for path in strange:
        shutil.copy(other, path)
    notes = folder / "заметки.db"
    notes.write_text("чужое", encoding="utf-8")
    letter = folder / f"{stem} 2024-01-04 10-00-00 закрытие.db"
    letter.write_text("не база", encoding="utf-8")
    assert {row.path for row in copies_of(database.path)}.isdisjoint({*strange, notes})
    clock.set_day(date(2027, 3, 1))
    make_copy(database, Why.CLOSING)
    assert all(path.exists() for path in (*strange, notes))


def test_a_year_of_work_leaves_few_copies_and_every_point(database: Database, clock: FixedClock) -> None:
    made = make_point(database, "Перед сверкой: «2026/3»")
    assert made.first.about == "Перед сверкой «2026 3»"
    template = made.first.path
    first = datetime(2026, 10, 7, 9)
    for number in range(0, 300, 3):  # as if a copy had been made each day: the bytes do not matter here
        for hour in (0, 4, 8):
            at = first + timedelta(days=number, hours=hour)
            shutil.copy(template, CopyName(at, Why.CHANGES).beside(database.path, template.parent))
    clock.set_day(date(2027, 8, 1))
    made = make_copy(database, Why.CLOSING)
    rows = [row for row in copies_of(database.path) if row.why.thinned]
    assert made.thinned == 301 - len(rows)
    assert 20 < len(rows) < 35
    assert template.exists()
    assert [row.why for row in copies_of(database.path) if not row.why.thinned] == [Why.POINT]


def test_the_settings_say_how_long(database: Database, clock: FixedClock) -> None:
    with database.write("settings", "Настройки") as session:
        save_settings(session, {"copy_days": 1, "copy_weeks": 1, "copy_months": 1})
    for day in (date(2026, 10, 6), date(2026, 10, 20), date(2026, 11, 27)):
        clock.set_day(day)
        make_copy(database, Why.CLOSING)
    assert [row.at.date() for row in copies_of(database.path)] == [date(2026, 11, 27)]


def test_the_only_sound_copy_is_not_removed_by_hand(database: Database) -> None:
    row = make_copy(database, Why.HAND).first
    with pytest.raises(AppError, match="единственная"):
        remove_copy(database, row)
    point = make_point(database, "Сверка").first
    remove_copy(database, row)
    assert [kept.path for kept in copies_of(database.path)] == [point.path]
    with pytest.raises(AppError, match="уже есть"):
        make_point(database, "сверка")
    with pytest.raises(AppError, match="нет названия"):
        make_point(database, " /// ")


def test_a_copy_that_was_spoiled_is_found(database: Database) -> None:
    row = make_copy(database, Why.HAND).first
    content = bytearray(row.path.read_bytes())
    content[4096 * 3 : 4096 * 40] = b"\xa5" * (4096 * 37)
    row.path.write_bytes(content)
    (listed,) = copies_of(database.path)
    checked = copies.check_copy(listed, database.clock)
    assert checked.faults
    assert not checked.sound
    assert copies_of(database.path)[0].faults == checked.faults, "and it is remembered"


def test_a_copy_that_was_changed_since_is_not_checked(database: Database) -> None:
    row = make_copy(database, Why.HAND).first
    assert copies_of(database.path)[0].sound
    row.path.write_bytes(row.path.read_bytes() + b"\0" * 4096)
    assert copies_of(database.path)[0].checked_at is None
    (first_place(database.path) / LIST).write_text("{", encoding="utf-8")
    assert len(copies_of(database.path)) == 1, "without the list the copies are there"


def test_without_room_it_is_told_and_nothing_is_there(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "_SPARE", 1 << 60)
    with pytest.raises(AppError, match="не хватает места") as told:
        make_copy(database, Why.CLOSING)
    assert (told.value.deed, told.value.about) == (Deed.FOLDER, first_place(database.path))
    assert copies_of(database.path) == ()


def test_a_copy_is_due_after_half_an_hour_of_change(database: Database) -> None:
    make_copy(database, Why.OPENING)
    watch = CopyWatch(copies.head_of(database))
    now = datetime(2026, 10, 6, 10)
    assert not watch.is_due(copies.head_of(database), now, 30)
    assert not watch.is_due(copies.head_of(database), now + timedelta(hours=5), 30), "no change, no copy"
    change(database)
    since = now + timedelta(hours=6)
    assert not watch.is_due(copies.head_of(database), since, 30)
    change(database, "АНО «Второе»")
    assert not watch.is_due(copies.head_of(database), since + timedelta(minutes=29), 30)
    assert watch.is_due(copies.head_of(database), since + timedelta(minutes=30), 30)
    watch.copied(copies.head_of(database))
    assert not watch.is_due(copies.head_of(database), since + timedelta(minutes=90), 30)
    change(database, "АНО «Третье»")
    assert not watch.is_due(copies.head_of(database), since + timedelta(minutes=91), 30)
    assert not watch.is_due(copies.head_of(database), since, 30), "a clock that was set back counts anew"
    assert copies.copy_is_due(database)
    make_copy(database, Why.CLOSING)
    assert not copies.copy_is_due(database)


def test_names_tell_when_and_why(path: Path) -> None:
    at = datetime(2026, 11, 27, 14, 30, 5)
    for why in Why:
        for about in ("", "Перед сверкой №\u00a02"):
            name = CopyName(at, why, about)
            assert read_name(name.beside(path, path.parent), path) == name
    for stray in ("район 2026-11-27.db", f"{path.stem} 2026-13-27 14-30-05 закрытие.db", "x.txt"):
        assert read_name(path.parent / stray, path) is None


def test_a_list_that_cannot_be_written_costs_a_check_and_no_copy(database: Database) -> None:
    folder = first_place(database.path)
    (folder / LIST).mkdir(parents=True)
    keep_list(folder, {"second": "x"})
    assert kept_list(folder) == {}
    make_copy(database, Why.HAND)
    (row,) = copies_of(database.path)
    assert not row.sound
    assert copy_list.second_place(database.path) is None
