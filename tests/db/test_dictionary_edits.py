"""Dictionaries edited in the program: what is wrong is told at its field, codes stay, chain and map follow."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.core.errors import AppError, InvalidRecord
from app.models.database import Database
from app.usecases.dictionary_entries import ADDED, EDITED, calendar_days, entries, save_entry
from app.usecases.dictionary_links import need_map, replace_territory, save_answers
from app.usecases.setup import chain, territory_on
from app.usecases.titles import choices

LAST = date(2026, 9, 30)


@pytest.mark.parametrize("key", EDITED)
def test_an_entry_saved_as_it_is_changes_nothing(database: Database, key: str) -> None:
    with database.write("settings", "Справочник") as session:
        for entry in entries(session, key)[:30]:
            save_entry(session, key, entry.code, entry.title, entry.valid_from, entry.valid_to)
        assert session.info["batch"] is None


@pytest.mark.parametrize("key", ADDED)
def test_a_code_of_the_districts_own_is_chosen_from_then_on(database: Database, key: str) -> None:
    code = "41609999" if key == "settlement" else "Я1"
    with database.write("settings", "Справочник") as session:
        save_entry(session, key, code, "Своё", None, None)
    with database.read() as session:
        assert "Своё" in {entry.title for entry in entries(session, key)}
        assert code in {choice.code for choice in choices(session, key)}


def test_a_service_of_the_districts_own_has_its_unit_and_evidence(database: Database) -> None:
    more = {"unit": "чел.", "evidence": "рег. списки", "hours_required": True}
    with database.write("settings", "Каталог") as session:
        save_entry(session, "service_code", "О9", "Слёт", None, None, more)
        save_entry(session, "service_code", "О9", "Слёт добровольцев", None, None)
    with database.read() as session:
        (kept,) = (entry for entry in entries(session, "service_code") if entry.code == "О9")
    assert kept.more == more
    with pytest.raises(InvalidRecord) as told, database.write("settings", "Каталог") as session:
        save_entry(session, "service_code", "О9", "Слёт", None, None, {"unit": "", "evidence": "фото"})
    assert list(told.value.faults) == ["unit"]


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
        ("legal_form", "99999", "Форма", (None, None), "code"),
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
