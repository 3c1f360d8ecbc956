"""Dictionaries edited in the program: what is wrong is told at its field, codes stay, the map follows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import inspect

from app.core.errors import AppError, InvalidRecord
from app.models.database import Database
from app.usecases.dictionary_entries import DICTIONARY_TYPES, entries, save_entry
from app.usecases.setup import chain
from app.usecases.titles import choices
from app.usecases.undoing import undo_batch

OWN = {"id", "own"}


@pytest.mark.parametrize("key", DICTIONARY_TYPES)
def test_each_field_has_its_column_and_each_column_its_field(key: str) -> None:
    kind = DICTIONARY_TYPES[key]
    columns = {column.name for column in inspect(kind.kept).columns} - OWN
    assert {field.key for field in kind.fields} - {"services"} == columns


@pytest.mark.parametrize("key", DICTIONARY_TYPES)
def test_what_ships_is_without_fault_when_saved_again(database: Database, key: str) -> None:
    kind = DICTIONARY_TYPES[key]
    with database.write("settings", "Справочник") as session:
        listed = entries(session, key)
        for values in listed[:30]:
            save_entry(session, key, values, code=values[kind.code])
        assert session.info["batch"] is None  # nothing changed, nothing journalled
    assert len(listed) > 10


def test_a_new_service_is_chosen_and_answers_a_category(database: Database) -> None:
    with database.write("settings", "Услуга") as session:
        new = {"code": "К5", "title": "Консультация  по кадрам", "unit": "конс.", "evidence": "журнал", "sort": 5}
        assert save_entry(session, "service_code", new) == "К5"
        save_entry(session, "need_category", {"services": ("К2", "К5")}, code="legal")
    with database.read() as session:
        assert "Консультация по кадрам" in {e["title"] for e in entries(session, "service_code")}
        assert "К5" in {choice.code for choice in choices(session, "service_code")}
        (legal,) = [e for e in entries(session, "need_category") if e["code"] == "legal"]
        assert legal["services"] == ("К2", "К5")
        assert legal["title"] == "Юридическая"
    with database.write("undo", "Отмена") as session, pytest.raises(AppError, match="справочники"):
        undo_batch(session, 2)


def test_what_is_not_named_of_a_new_entry_is_empty(database: Database) -> None:
    with database.write("settings", "Форма") as session:
        save_entry(session, "legal_form", {"code": "20299", "title": "Новая форма", "row": "111"})
        (new,) = [entry for entry in entries(session, "legal_form") if entry["code"] == "20299"]
    assert (new["short"], new["warning"], new["may_be_sonko"], new["hidden"]) == ("", "", True, False)


def test_an_entry_that_ended_is_no_longer_chosen_and_stays(database: Database) -> None:
    with database.write("settings", "Услуга") as session:
        save_entry(session, "service_code", {"valid_to": date(2026, 9, 30)}, code="М1")
    with database.read() as session:
        assert "М1" not in {choice.code for choice in choices(session, "service_code")}
        assert "М1" in {entry["code"] for entry in entries(session, "service_code")}


def test_a_district_that_becomes_an_okrug_is_entered_by_hand(database: Database) -> None:
    with database.write("settings", "Округ") as session:
        okrug = {
            "code": "41509000", "name": "Волховский муниципальный округ", "kind": "municipal_okrug",
            "name_genitive": "Волховского муниципального округа", "valid_from": date(2027, 1, 1),
        }  # fmt: skip
        save_entry(session, "territory", okrug)
        ended = {"valid_to": date(2026, 12, 31), "successor_code": "41509000"}
        save_entry(session, "territory", ended, code="41609000")
    with database.read() as session:
        assert [row.code for row in chain(session)] == ["41609000", "41509000"]


WRONG: list[tuple[str, str | None, dict[str, Any], str, str]] = [
    ("legal_form", None, {"code": "7140", "title": "х", "row": "113"}, "code", "5 цифр"),
    ("legal_form", None, {"code": "71400", "title": "х", "row": "113"}, "code", "уже есть"),
    ("legal_form", "71400", {"row": "117"}, "row", "из списка"),
    ("legal_form", "71400", {"code": "71401"}, "code", "Код не меняется"),
    ("activity", "1", {"title": " "}, "title", "Заполните поле «Название»"),
    ("activity", "1", {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)}, "valid_to", "раньше первого"),
    ("need_category", "legal", {"services": ("Я9",)}, "services", "Таких услуг нет: Я9"),
    ("settlement", "41609101", {"territory_code": "41999000"}, "territory_code", "нет в справочнике"),
    ("territory", "41609000", {"successor_code": "41609000"}, "successor_code", "самой себя"),
]


@pytest.mark.parametrize(("dictionary", "code", "values", "field", "sentence"), WRONG)
def test_what_is_wrong_is_told_at_its_field(
    database: Database, dictionary: str, code: str | None, values: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(InvalidRecord) as told, database.write("settings", "Справочник") as session:
        save_entry(session, dictionary, values, code=code)
    assert list(told.value.faults) == [field]
    assert sentence in told.value.faults[field]


def test_an_unknown_code_is_told(database: Database) -> None:
    with pytest.raises(AppError, match="нет кода Я9"), database.write("settings", "Справочник") as session:
        save_entry(session, "service_code", {"title": "х"}, code="Я9")
