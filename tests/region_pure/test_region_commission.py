"""«Справка для комиссии по субсидиям»: figures, sentences and the rows behind them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.region.checks import RegionCase, run_region_checks
from app.region.commission import NO_MONEY, account_of_centre, account_of_district
from app.region.contracts import Agreement, Contracts, HeldCentre
from app.region.coverage import coverage
from app.reports.commission_paper import commission_pdf
from app.returns.records import Centre
from tests.region_pure.districts import MAP, NORTH, SOUTH, consolidated, returned, worked
from tests.region_pure.test_region_coverage import PREMISES
from tests.region_pure.test_region_papers import words
from tests.returns.test_worked_example import NEED_7, X, Y

CENTRES = (
    Centre(X, "centre-x", "Центр Икс", plans={(2026, "К4"): Decimal(2), (2026, "О1"): Decimal(10)}),
    Centre(Y, "centre-y", "Центр Игрек"),
)
WHOLE = consolidated(returned(worked(centres=CENTRES, needs=(NEED_7, PREMISES))))
FOUND = coverage(WHOLE, answers=MAP)
REPORTED = run_region_checks(RegionCase(WHOLE, {ret.head.oktmo: ret for _, ret in WHOLE.returns}))


def test_a_centre_is_told_by_its_figures() -> None:
    account = account_of_centre(WHOLE, FOUND, "centre-x", REPORTED)
    assert (account.name, account.districts) == ("Центр Икс", (NORTH,))
    assert [figure.value for figure in (account.records, account.cases, account.ngos)] == [3, 5, 3]
    assert account.wait.value == 35
    assert account.reasons == (
        "К\u00a0этому дню прошло 75\u00a0% года; план на это время выполнен по 1 из 2\u00a0позиций.",
        "Ниже половины плана на это время: О1, Северный район (1 из\u00a010).",
        "Без подтверждения 0 из 3\u00a0услуг (0,0\u00a0%).",
        "Дублирование за квартал: 1\u00a0случай, из них обосновано 0.",
        NO_MONEY,
    )


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "told"),
    [
        (date(2026, 1, 1), date(2026, 6, 30), "№\u00a05 закончилось 30.06.2026."),
        (date(2026, 10, 1), date(2026, 12, 31), "№\u00a05 начинается 01.10.2026."),
        (date(2026, 1, 1), date(2026, 7, 1), ""),
    ],
)
def test_a_centre_without_an_agreement_in_force_is_named_first(starts_on: date, ends_on: date, told: str) -> None:
    held = HeldCentre(1, "Центр Икс", (), (Agreement("5", starts_on, ends_on, Decimal(500)),))
    account = account_of_centre(WHOLE, FOUND, "centre-x", contracts=Contracts((held,)))
    said = [one for one in account.reasons if one.startswith("Соглашения, которое действует")]
    assert said == ([f"Соглашения, которое действует в\u00a0квартале, нет: {told}"] if told else [])


def test_a_district_is_told_by_its_needs() -> None:
    account = account_of_district(WHOLE, FOUND, NORTH)
    assert account.centres == ("centre-x", "centre-y")
    assert account.reasons[:2] == (
        "Потребности есть в\u00a02\u00a0категориях; покрыты менее чем наполовину: 1 — помещение (0,0\u00a0%).",
        "Не закрыто: 1\u00a0категория потребностей; самая тяжёлая — помещение: НКО 1, дней 149, вес 298.",
    )
    missing = account_of_district(WHOLE, FOUND, SOUTH)
    assert (missing.spots, missing.holes, missing.centres) == ((), (), ())


def test_a_district_s_paper_does_not_name_the_district_in_every_plan() -> None:
    told = next(one for one in account_of_district(WHOLE, FOUND, NORTH).reasons if one.startswith("Ниже половины"))
    assert told == "Ниже половины плана на это время: О1 (1 из\u00a010)."


def test_what_there_is_none_of_is_told_in_a_sentence_and_has_no_chapter() -> None:
    """A heading over «не найдено» takes the room by which a page more is begun."""
    bare = consolidated(returned(worked(centres=[replace(one, plans={}) for one in CENTRES], needs=())))
    found = coverage(bare, answers=MAP)
    account = account_of_district(bare, found, NORTH)
    told = words(commission_pdf((account,), bare, found, made_on=date(2026, 11, 2)))
    for sentence, chapter, held in (
        ("Незакрытых потребностей нет.", "Незакрытые потребности", account.holes),
        ("Планов услуг в отчётах районов нет.", "Обещано центрами и сделано", account.promises),
        ("Дублирования за квартал не найдено.", "Дублирование и записи за ним", account.duplicates),
    ):
        assert (sentence in told) == (not held), sentence
        assert (chapter in told) == bool(held), chapter
    assert not account.holes
    assert not account.promises


def test_the_paper_shows_the_rows_behind() -> None:
    accounts = (account_of_centre(WHOLE, FOUND, "centre-x"), account_of_district(WHOLE, FOUND, NORTH))
    told = words(commission_pdf(accounts, WHOLE, FOUND, made_on=date(2026, 11, 2)))
    assert told.count("СПРАВКА ДЛЯ КОМИССИИ ПО СУБСИДИЯМ") == 2
    assert "А Северный район: 12.09.2026, К4, Центр Икс; журнал № 2" in told
    assert NO_MONEY in told
    assert "№ 8, Б, с 04.05.2026, приоритет высокий, открыта" in told
