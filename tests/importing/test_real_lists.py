"""Real open lists: every row imported, repaired or reported; none lost, none invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import AppError
from app.usecases.importing import Outcome
from tests.importing.conftest import Desk, told

# file, register, constants for the whole list -> new, changed, same, doubtful, rejected; repaired
COUNTS: list[tuple[str, str, dict[str, Any], tuple[int, int, int, int, int], int]] = [
    ("ngo_lenobl_egrul_2022.csv", "ngo", {}, (16, 0, 0, 5, 0), 21),
    ("ngo_spb_egrul_2022.csv", "ngo", {}, (179, 0, 0, 58, 0), 237),
    ("ngo_lenobl_minjust_2013.tsv", "ngo", {}, (22, 0, 0, 3, 0), 13),
    ("grants_with_inn_2009.csv", "ngo", {}, (113, 0, 0, 0, 1), 114),
    ("grants_with_inn_2009.csv", "support", {}, (0, 0, 0, 0, 114), 114),
    ("grants_with_inn_2009.csv", "support", {"decision_on": date(2009, 6, 1), "form": "211"}, (0, 0, 0, 113, 1), 114),
    ("grants_messy_2009_2012.xlsx", "ngo", {}, (215, 5, 74, 15, 8), 33),
    ("grants_messy_2009_2012.xlsx", "support", {}, (0, 0, 0, 0, 317), 62),
    ("grants_messy_2009_2012.xlsx", "support", {"decision_on": date(2012, 6, 1)}, (0, 0, 0, 309, 8), 62),
]


@pytest.mark.parametrize(("name", "register", "constants", "counts", "repaired"), COUNTS)
def test_a_real_list(
    desk: Desk, shared_data: Path, name: str, register: str, constants: dict[str, Any],
    counts: tuple[int, int, int, int, int], repaired: int,
) -> None:  # fmt: skip
    taken = desk.taken(register, shared_data / name, constants=constants)
    assert told(taken) == counts
    assert taken.repaired == repaired
    assert len(desk.all(register)) == taken.new
    new, changed, same, doubtful, rejected = counts
    again = desk.seen(register, shared_data / name, constants=constants)
    assert told(again.counts) == (0, 0, new + changed + same, doubtful, rejected)


def test_all_closed_organisations_of_a_real_list_may_be_accepted(desk: Desk, shared_data: Path) -> None:
    path = shared_data / "ngo_spb_egrul_2022.csv"
    assert told(desk.taken("ngo", path, accept="all")) == (237, 0, 0, 0, 0)
    assert told(desk.seen("ngo", path).counts) == (0, 0, 237, 0, 0)
    assert not any(card["primary_here"] for card in desk.all("ngo"))


def test_organisations_of_all_districts_are_taken(desk: Desk, shared_data: Path) -> None:
    desk.taken("ngo", shared_data / "ngo_lenobl_egrul_2022.csv", accept="all")
    here = [card for card in desk.all("ngo") if card["primary_here"]]
    assert (len(here), len(desk.all("ngo"))) == (7, 21)


def test_home_is_where_the_address_says(desk: Desk, shared_data: Path) -> None:
    """A street may bear the name of the next district: «г. Всеволожск, Колтушское шоссе»."""
    desk.taken("ngo", shared_data / "ngo_lenobl_minjust_2013.tsv", accept="all")
    cards = {card["address"]: card for card in desk.all("ngo")}
    here = [address for address, card in cards.items() if card["primary_here"]]
    assert len(here) == 6
    assert all("Всеволожск" in text or "Сертолово" in text for text in here)
    (koltushskoe,) = [card for address, card in cards.items() if "Колтушское шоссе" in address]
    assert koltushskoe["settlement"] == "41612101"


def test_all_of_a_list_accepted_twice_changes_nothing(desk: Desk, shared_data: Path) -> None:
    """Names that differ from sheet to sheet: the last word stays, and the second time says nothing new."""
    path = shared_data / "grants_messy_2009_2012.xlsx"
    once = desk.taken("ngo", path, accept="all")
    kept = desk.all("ngo")
    again = desk.taken("ngo", path, accept="all")
    assert (again.new, again.changed, again.same, again.doubtful) == (0, 0, once.rows - once.rejected, 0)
    assert desk.all("ngo") == kept
    assert not any(card["name"].startswith(("Официальный сайт", "«Региональный центр")) for card in kept)


def test_wrong_check_digit_and_full_stop(desk: Desk, shared_data: Path) -> None:
    preview = desk.seen("ngo", shared_data / "grants_with_inn_2009.csv")
    (wrong,) = [row for row in preview.rows if row.outcome is Outcome.REJECTED]
    assert wrong.number == 60
    assert "Контрольная цифра ИНН" in wrong.faults[0].text
    assert preview.rows[92].values["inn"] == "0606001468"
    assert any("посторонние знаки" in text for text in preview.rows[92].repairs)


def test_sheets_that_are_no_lists_are_told_so(desk: Desk, shared_data: Path) -> None:
    preview = desk.seen("support", shared_data / "grants_messy_2009_2012.xlsx")
    assert {table.sheet for table in preview.tables if table.refusal} == {"справка", "сводка"}
    lists = {table.sheet: table.rows for table in preview.tables if not table.refusal}
    assert lists == {"2009": 82, "2010": 74, "2011": 87, "2012": 74}
    fragments = [row for row in preview.rows if "продолжение ячейки" in row.faults[0].text]
    assert len(fragments) == 8


def test_a_list_of_municipalities_is_no_list_of_organisations(desk: Desk, shared_data: Path) -> None:
    with pytest.raises(AppError, match="не найден список"):
        desk.seen("ngo", shared_data / "oktmo_lenobl_2019.csv")
    assert desk.all("ngo") == []


def test_every_cell_of_a_real_list_is_seen(desk: Desk, shared_data: Path) -> None:
    """A recount by other means: rows of the file by Python's csv, names as they stand in the base."""
    import csv

    path = shared_data / "ngo_spb_egrul_2022.csv"
    desk.taken("ngo", path, accept="all")
    with path.open(encoding="utf-8", newline="") as file:
        listed = {row["ogrn"].removesuffix(".0") for row in csv.DictReader(file)}
    assert {card["ogrn"] for card in desk.all("ngo")} == listed


def test_a_real_list_of_grants_leaves_no_card_that_is_not_told(desk: Desk, shared_data: Path) -> None:
    """Money asks for the ОГРН, which the list lacks: not one row is written, and not one card comes of it."""
    constants = {"decision_on": date(2026, 8, 12)}
    taken = desk.taken("support", shared_data / "grants_with_inn_2009.csv", accept="all", constants=constants)
    assert (told(taken), taken.created) == ((0, 0, 0, 0, 114), 0)
    assert desk.all("ngo") == []
