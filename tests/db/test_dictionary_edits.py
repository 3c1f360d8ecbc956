"""Dictionaries edited in the program: what is wrong is told at its field, codes stay, chain and map follow."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import AppError, InvalidRecord
from app.models.database import Database
from app.usecases.dictionary_entries import ADDED, EDITED, calendar_days, entries, save_entry
from app.usecases.dictionary_links import need_map, replace_territory, save_answers
from app.usecases.registers import for_open_quarters
from app.usecases.setup import chain, territory_on
from app.usecases.titles import choices
from tests.factories import District

LAST = date(2026, 9, 30)


@pytest.mark.parametrize("key", EDITED)
def test_an_entry_saved_as_it_is_changes_nothing(database: Database, key: str) -> None:
    with database.write("settings", "Справочник") as session:
        for entry in entries(session, key)[:30]:
            save_entry(session, key, entry.code, entry.title, entry.valid_from, entry.valid_to)
        assert session.info["batch"] is None


OWN_CODES = dict.fromkeys(ADDED, "Я1") | {"legal_form": "70500", "settlement": "41609999"}


@pytest.mark.parametrize("key", ADDED)
def test_a_code_of_the_districts_own_is_chosen_from_then_on(database: Database, key: str) -> None:
    with database.write("settings", "Справочник") as session:
        save_entry(session, key, OWN_CODES[key], "Своё", None, None)
    with database.read() as session:
        assert "Своё" in {entry.title for entry in entries(session, key)}
        assert OWN_CODES[key] in {choice.code for choice in choices(session, key)}


@pytest.mark.parametrize(
    ("key", "code", "more"),
    [
        ("activity", "18", {"origin": "oblast"}),
        ("service_code", "К1", {"unit": "консультация, ч", "evidence": "договор", "hours_required": True}),
        ("legal_form", "70400", {"short": "Ф", "row": "116", "may_be_sonko": False, "hidden": True}),
    ],
)
def test_origin_unit_evidence_and_row_are_edited(
    database: Database, key: str, code: str, more: dict[str, Any]
) -> None:
    with database.write("settings", "Справочник") as session:
        save_entry(session, key, code, "Название", None, None, more)
    with database.read() as session:
        (entry,) = (entry for entry in entries(session, key) if entry.code == code)
        assert entry.more == more
    with pytest.raises(InvalidRecord) as told, database.write("settings", "Справочник") as session:
        save_entry(session, key, code, "Название", None, None, dict.fromkeys(more, ""))
    assert set(told.value.faults) <= {"origin", "unit", "evidence", "row"}


@pytest.mark.parametrize(("dictionary", "field"), [("activity", "activities"), ("need_category", "category_code")])
def test_what_is_chosen_holds_on_the_day_of_the_record(tmp_path: Path, dictionary: str, field: str) -> None:
    """The day of the record decides, not the day on which it is typed."""
    with District(tmp_path, today="2026-10-06") as district:
        code = {"activity": "1", "need_category": "legal"}[dictionary]
        district.write(save_entry, dictionary, code, "Прежнее", None, LAST)
        ngo = district.ngo()
        with pytest.raises(InvalidRecord, match=r"На 06\.10\.2026 «Прежнее» не выбирают"):
            district.ngo(activities=("1",)) if field == "activities" else district.need(ngo, "legal")
        if field == "category_code":
            assert district.need(ngo, "legal", day=LAST)
            assert "legal" in {choice.code for choice in district.read(for_open_quarters, dictionary)}


def test_answers_that_ended_are_not_filled_in(tmp_path: Path) -> None:
    with District(tmp_path, today="2026-10-06") as district:
        district.write(save_entry, "service_code", "С2", "Сопровождение", None, LAST)
        ngo = district.ngo()
        assert district.card("need", district.need(ngo, "legal")).values["codes"] == ("К2",)
        assert district.card("need", district.need(ngo, "legal", day=LAST)).values["codes"] == ("К2", "С2")


def test_an_entry_that_ended_is_no_longer_chosen_and_stays(database: Database) -> None:
    with database.write("settings", "Услуга") as session:
        save_entry(session, "service_code", "М1", "Методика", None, LAST)
    with database.read() as session:
        assert "М1" not in {choice.code for choice in choices(session, "service_code")}
        assert "М1" in {choice.code for choice in choices(session, "service_code", on=LAST)}
        assert "М1" in {entry.code for entry in entries(session, "service_code")}


@pytest.mark.parametrize(
    ("key", "code", "title", "days", "field"),
    [
        ("activity", "1", " ", (None, None), "title"),
        ("activity", "1", "Вид", (date(2026, 2, 1), date(2026, 1, 1)), "valid_to"),
        ("legal_form", "9999", "Форма", (None, None), "code"),
        ("settlement", "41612999", "Поселение чужого района", (None, None), "code"),
        ("service_code", "слишком длинный", "Услуга", (None, None), "code"),
    ],
)
def test_a_wrong_entry_is_told_at_its_field(
    database: Database, key: str, code: str, title: str, days: tuple[date | None, date | None], field: str
) -> None:
    with pytest.raises(InvalidRecord) as told, database.write("settings", "Справочник") as session:
        save_entry(session, key, code, title, *days)
    assert list(told.value.faults) == [field]


def test_the_days_of_a_year(database: Database) -> None:
    with database.read() as session:
        days = calendar_days(session, 2024)
    assert (date(2024, 12, 28), True, "Рабочая суббота") in days
    assert {day.year for day, _, _ in days} == {2024}


# --- the map of needs ---------------------------------------------------------------------------


def test_the_map_of_the_field(database: Database) -> None:
    with database.read() as session:
        found = need_map(session)
    assert found["finance"] == ("К4", "С3")
    assert found["training"] == ("О1", "О2")
    assert len(found) == 11


def test_the_map_is_edited_and_what_stays_is_not_touched(database: Database) -> None:
    with database.write("settings", "Карта потребностей") as session:
        save_answers(session, "legal", ("К2", "К1", "К1"))
        assert need_map(session)["legal"] == ("К2", "К1")
        save_answers(session, "finance", ())
        assert need_map(session)["finance"] == ()
    with pytest.raises(InvalidRecord, match="Я9"), database.write("settings", "Карта") as session:
        save_answers(session, "legal", ("К2", "Я9"))
    with pytest.raises(AppError, match="Категории"), database.write("settings", "Карта") as session:
        save_answers(session, "нет", ("К2",))


# --- the chain of territories -------------------------------------------------------------------

OKRUG: dict[str, Any] = {
    "code": "41509000",
    "name": "Волховский муниципальный округ",
    "name_genitive": "Волховского муниципального округа",
    "kind": "municipal_okrug",
    "since": date(2027, 1, 1),
}


def test_a_district_that_becomes_an_okrug_keeps_its_file(database: Database) -> None:
    with database.write("settings", "Округ") as session:
        replace_territory(session, "41609000", **OKRUG)
    with database.read() as session:
        assert [row.code for row in chain(session)] == ["41609000", "41509000"]
        assert territory_on(session, date(2026, 12, 31)).code == "41609000"
        assert territory_on(session, date(2027, 1, 1)).name == "Волховский муниципальный округ"
    with database.write("settings", "Округ, дата исправлена") as session:
        replace_territory(session, "41609000", **{**OKRUG, "since": date(2027, 2, 1)})
        assert territory_on(session, date(2027, 1, 31)).code == "41609000"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"code": "4150900"}, "8 цифр"),
        ({"code": "41609000"}, "свой код"),
        ({"name": " "}, "название"),
        ({"name_genitive": ""}, "родительном"),
        ({"kind": "село"}, "вид"),
        ({"since": date(2005, 1, 1)}, "01.01.2006"),
    ],
)
def test_a_wrong_successor_is_told_at_its_field(database: Database, wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidRecord) as told, database.write("settings", "Округ") as session:
        replace_territory(session, "41609000", **{**OKRUG, **wrong})
    assert list(told.value.faults) == list(wrong)
    assert sentence in told.value.faults[next(iter(wrong))]


def test_a_second_successor_is_refused(database: Database) -> None:
    with pytest.raises(InvalidRecord, match="преемник: 41518000"), database.write("settings", "Округ") as session:
        replace_territory(session, "41618000", **OKRUG)
    with pytest.raises(AppError, match="нет в справочнике"), database.write("settings", "Округ") as session:
        replace_territory(session, "47000000", **OKRUG)
