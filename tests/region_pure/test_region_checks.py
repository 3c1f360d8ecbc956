"""Checks 43–46: each finds what it is for, and nothing in sound districts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.region.checks import CHECKS, SUBJECTS, RegionCase, RegionFinding, run_region_checks, unchecked
from app.region.consolidate import consolidate
from app.region.contracts import Agreement, Contracts, HeldCentre, HeldPlan, PackageNeed
from app.region.expected import District
from app.returns.records import Centre
from app.returns.snapshot import QuarterReturn
from tests.region_pure.districts import (
    EAST,
    EXPECTED,
    NORTH,
    Q2,
    Q3,
    SOUTH,
    empty,
    placed,
    returned,
    with_set,
    without_sets,
    worked,
)
from tests.returns.test_worked_example import SERVICES, A, X, Y, service

DISTRICTS = EXPECTED[:2]


def found(
    *returns: QuarterReturn,
    expected: tuple[District, ...] = DISTRICTS,
    earlier: Mapping[object, Mapping[str, QuarterReturn]] | None = None,
) -> tuple[RegionFinding, ...]:
    given = {ret.head.oktmo: ret for ret in returns}
    whole = consolidate(Q3, given, expected, earlier)  # type: ignore[arg-type]
    return run_region_checks(RegionCase(whole, given))


def told(findings: tuple[RegionFinding, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.check, one.severity.value, one.districts) for one in findings]


def at_home(oktmo: str, **other: object) -> QuarterReturn:
    """A district of its own: other NGOs, other centres, other numbers."""
    records = placed(worked(**other), oktmo, oktmo)
    own = tuple(replace(one, ogrn=one.ogrn and f"{oktmo}{one.id:05d}") for one in records.ngos)
    return returned(replace(records, ngos=own), oktmo)


def test_sound_districts_are_told_nothing() -> None:
    assert found(at_home(NORTH), at_home(SOUTH)) == ()


def test_every_rule_stands_in_a_subject_and_says_what_it_is_for() -> None:
    assert len(SUBJECTS) == 4
    assert {rule.code for rule in CHECKS} == {"43", "44", "45", "46"}
    assert all(rule.title and rule.basis and rule.body.__module__.startswith("app.region.checks") for rule in CHECKS)


def test_43_a_missing_district_is_an_error_and_its_year_is_told() -> None:
    south = at_home(SOUTH)
    earlier = {Q2: {SOUTH: replace(south, head=replace(south.head, quarter=Q2))}}
    [finding] = found(at_home(NORTH), earlier=earlier)
    assert told((finding,)) == [("43", "error", (SOUTH,))]
    assert finding.text == (
        "Южный район: принятого отчёта за III\u00a0квартал 2026\u00a0г. нет. "
        "С\u00a0начала года учтён последний принятый: II\u00a0квартал 2026\u00a0г."
    )


def test_43_a_return_of_an_unknown_territory_is_an_error() -> None:
    [finding] = found(at_home(NORTH), at_home(SOUTH), at_home("99999999"))
    assert told((finding,)) == [("43", "error", ("99999999",))]


def test_43_one_chain_reports_once() -> None:
    okrug = District(SOUTH, "Округ", (EAST,))
    [finding] = found(at_home(NORTH), at_home(SOUTH), at_home(EAST), expected=(EXPECTED[0], okrug))
    assert told((finding,)) == [("43", "error", (SOUTH, EAST))]


def test_43_a_return_of_another_quarter_is_an_error() -> None:
    other = at_home(SOUTH)
    [finding] = found(at_home(NORTH), replace(other, head=replace(other.head, quarter=Q2)))
    assert (finding.check, finding.rule) == ("43", "returns_are_of_the_quarter")


def test_43_a_number_without_its_set_is_named_once_a_row() -> None:
    [finding] = found(at_home(NORTH), without_sets(at_home(SOUTH), ["302"]))
    assert told((finding,)) == [("43", "warning", (SOUTH,))]
    assert finding.text == (
        "Строка 302: прислана без состава (Южный район), за квартал от 3 до 6; с\u00a0начала года от 3 до 6."
    )


def shared(kpp: str, there: str, primary: str = "") -> tuple[RegionFinding, ...]:
    north, south = at_home(NORTH), at_home(SOUTH)
    card = replace(north.annex_e[0], ogrn="1024700000009", kpp=kpp)
    twin = replace(south.annex_e[0], ogrn="1024700000009", kpp=there, primary=primary)
    north, south = (
        replace(
            ret,
            annex_e=(row, *ret.annex_e[1:]),
            entities=tuple(
                replace(one, number="1024700000009") if one.uuid == row.key else one for one in ret.entities
            ),
        )
        for ret, row in ((north, card), (south, twin))
    )
    return found(north, south)


@pytest.mark.parametrize("there", ["470001001", ""])
def test_44_one_ngo_on_primary_record_twice(there: str) -> None:
    [finding] = shared("470001001", there)
    assert told((finding,)) == [("44", "warning", (NORTH, SOUTH))]
    assert "ОГРН\u00a01024700000009" in finding.text
    assert len(finding.records) == 2


def test_44_a_branch_and_one_who_works_there_are_no_second_record() -> None:
    assert shared("470001001", "470002001") == ()
    assert shared("470001001", "470001001", primary="Северный район") == ()


def claimed(kind: str, first: str, second: str, day: int = 1, recipient: int = A) -> tuple[RegionFinding, ...]:
    services = (
        replace(service(1, X, "О1", date(2026, 9, 1), A), evidence_kind=kind, evidence_no=first),
        replace(service(2, Y, "К4", date(2026, 9, day), recipient), evidence_kind=kind, evidence_no=second),
    )
    return found(at_home(NORTH, services=services), at_home(SOUTH))


def test_44_one_evidence_of_two_centres() -> None:
    [finding] = claimed("акт", "12/К", "12/к")
    assert told((finding,)) == [("44", "warning", (NORTH,))]
    assert "Центр Икс, Центр Игрек" in finding.text
    assert [key for _, key in finding.records] == [f"{NORTH}-service-1", f"{NORTH}-service-2"]


def test_44_a_journal_number_another_day_or_another_recipient_say_nothing() -> None:
    assert claimed("журнал", "12", "12") == ()
    assert claimed("акт", "12", "12", day=2) == ()
    assert claimed("акт", "12", "12", recipient=2) == ()
    assert claimed("акт", "12", "13") == ()
    assert len(claimed("журнал", "Ж-12/26", "Ж-12/26")) == 1


def test_46_a_district_without_services() -> None:
    quiet = at_home(SOUTH, services=(), needs=())
    assert told(found(at_home(NORTH), quiet)) == [("46", "warning", (SOUTH,))]


def test_46_a_centre_that_took_a_district_and_did_nothing_there() -> None:
    centres = (
        Centre(X, "centre-x", "Центр Икс", plans={(2026, "К4"): Decimal(5), (2026, "О1"): Decimal(2)}),
        Centre(Y, "centre-y", "Центр Игрек", plans={(2026, "К4"): Decimal(5), (2026, "О1"): Decimal(2)}),
    )
    services = tuple(one for one in SERVICES if one.centre_id == X)
    [finding] = found(at_home(NORTH, centres=centres, services=services, needs=()), at_home(SOUTH))
    assert told((finding,)) == [("46", "warning", (NORTH,))]
    assert finding.text == "Центр Игрек: на Северный район есть план (О1, К4), а услуг с\u00a0начала года нет."


def test_bare_numbers_of_an_empty_district_are_nothing() -> None:
    findings = found(at_home(NORTH), with_set(empty(SOUTH), "210", []))
    assert told(findings) == [("46", "warning", (SOUTH,))]


# --- 45: what the region itself keeps ---------------------------------------------------------

YEAR_2026 = (date(2026, 1, 1), date(2026, 12, 31))
WINNER = HeldCentre(1, "Центр Икс", ("1037739010891",), (Agreement("5", *YEAR_2026, Decimal(500), "Отбор 2026"),))
PLAN = HeldPlan(1, NORTH, "К4", Decimal(12), Decimal(24000))
NEED = PackageNeed("Старт", ("К4",), NORTH, Decimal(12))


def of_45(contracts: Contracts) -> list[tuple[str, str]]:
    north = at_home(NORTH)
    case = RegionCase(consolidate(Q3, {NORTH: north}, DISTRICTS[:1]), {NORTH: north}, contracts)
    return [(one.severity.value, one.text) for one in run_region_checks(case) if one.check == "45"]


def test_45_packages_shared_out_among_winners_are_told_nothing() -> None:
    assert of_45(Contracts((WINNER,), (PLAN,), (NEED,))) == []


def test_45_an_uneven_package_is_a_warning_before_agreements_are_made_and_an_error_after() -> None:
    more = replace(NEED, volume=Decimal(20))
    [(severity, text)] = of_45(Contracts((WINNER,), (PLAN,), (more,)))
    assert (severity, "по комплексам («Старт») нужно 20, в\u00a0планах центров 12" in text) == ("error", True)
    found = of_45(Contracts((replace(WINNER, agreements=()),), (PLAN,), (more,)))
    assert sorted(severity for severity, _ in found) == ["error", "warning"]
    assert any("соглашения нет" in text for _, text in found)


@pytest.mark.parametrize(
    ("agreement", "why"),
    [
        (Agreement("5", *YEAR_2026, Decimal(0)), "не указан отбор"),
        (Agreement("5", date(2026, 1, 1), date(2026, 6, 30), Decimal(0), "Отбор"), "квартале не действует"),
    ],
)
def test_45_a_centre_with_plans_is_a_winner_with_a_valid_agreement(agreement: Agreement, why: str) -> None:
    [(severity, text)] = of_45(Contracts((replace(WINNER, agreements=(agreement,)),), (PLAN,), (NEED,)))
    assert severity == "error"
    assert why in text


def test_45_without_plans_or_packages_says_what_was_not_looked_at() -> None:
    whole = consolidate(Q3, {}, DISTRICTS)
    for contracts, told in (
        (Contracts(), "не проверялось: планов центров на 2026 год"),
        (Contracts((WINNER,), (PLAN,)), "не проверялось: комплексов на 2026 год"),
    ):
        [sentence] = unchecked(RegionCase(whole, {}, contracts))
        assert told in sentence
    assert unchecked(RegionCase(whole, {}, Contracts((WINNER,), (PLAN,), (NEED,)))) == ()


def test_46_a_plan_that_the_region_alone_keeps_asks_for_services_too() -> None:
    north = at_home(NORTH)
    stranger = HeldCentre(2, "Центр Дальний", ("1231600019705",))
    contracts = Contracts((stranger,), (replace(PLAN, centre=2),))
    case = RegionCase(consolidate(Q3, {NORTH: north}, DISTRICTS[:1]), {NORTH: north}, contracts)
    [finding] = [one for one in run_region_checks(case) if one.check == "46"]
    assert "Центр Дальний: на Северный район есть план (К4)" in finding.text
