"""Missing districts, chains of codes, «без состава», the way back from a figure, and what is read out of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.core.periods import Quarter
from app.region.consolidate import consolidate
from app.region.expected import District
from app.region.lineage import behind
from app.region.measures import changes, outliers, per_thousand, shares
from app.returns.build import build
from app.returns.records import Centre
from app.returns.snapshot import Average, Entity, Members, QuarterReturn
from tests.region_pure.districts import (
    EAST,
    EXPECTED,
    NORTH,
    Q2,
    Q3,
    SOUTH,
    consolidated,
    empty,
    placed,
    returned,
    sound,
    with_set,
    without_sets,
    worked,
)
from tests.returns import examples
from tests.returns.test_worked_example import A, service


def figured(ret: QuarterReturn, code: str, quarter: int, year: int | None = None) -> QuarterReturn:
    row = replace(ret.rows[code], quarter=Decimal(quarter), year=Decimal(quarter if year is None else year))
    return replace(ret, rows={**ret.rows, code: row})


def at(ret: QuarterReturn, oktmo: str, quarter: Quarter = Q3) -> QuarterReturn:
    return replace(ret, head=replace(ret.head, oktmo=oktmo, quarter=quarter))


def test_a_missing_district_is_named_and_its_year_is_kept_from_its_latest_return() -> None:
    north = figured(empty(NORTH), "301", 4, 10)
    south = at(figured(figured(empty(SOUTH), "301", 3, 7), "101", 5), SOUTH, Q2)
    whole = consolidate(Q3, {NORTH: north}, EXPECTED, {Q2: {SOUTH: south}})
    assert [one.oktmo for one in whole.missing] == [EAST, SOUTH]
    assert whole.held_over == {SOUTH: Q2}
    assert whole["301.quarter"].value == 4
    assert whole["301.year"].value == 17
    assert whole["101.year"].value == 0, "a state on a day of the past is no state on this one"
    assert [(part.oktmo, part.quarter, part.value) for part in whole["301.year"].parts] == [
        (NORTH, Q3, 10), (SOUTH, Q2, 7),
    ]  # fmt: skip


def test_a_district_of_a_new_code_goes_on_with_the_returns_of_the_former() -> None:
    okrug = District("41518000", "Гатчинский муниципальный округ", ("41618000", "41619000"))
    former = {
        "41618000": at(figured(empty("41618000"), "301", 2), "41618000", Q2),
        "41619000": at(figured(empty("41619000"), "301", 3), "41619000", Q2),
    }
    missing = consolidate(Q3, {}, (okrug,), {Q2: former})
    assert missing["301.year"].value == 5, "several predecessors: their sum"
    own = {"41518000": at(figured(empty("41518000"), "301", 1, 6), "41518000")}
    assert consolidate(Q3, own, (okrug,), {Q2: former})["301.year"].value == 6
    both = consolidate(Q3, {**own, "41618000": at(former["41618000"], "41618000")}, (okrug,))
    assert (both["301.quarter"].value, both.unexpected) == (1, ())


def test_a_return_of_nobody_expected_enters_no_figure() -> None:
    whole = consolidated(figured(empty(NORTH), "301", 4), figured(empty("99999999"), "301", 9), expected=EXPECTED)
    assert (whole.unexpected, whole["301.quarter"].value) == (("99999999",), 4)


def test_uniques_are_joined_by_number_first_and_by_uuid_then() -> None:
    numbered, bare = "1024700000001", {"a": ""}
    north = with_set(empty(NORTH), "302", ["a", "b"], numbers={"a": numbered})
    south = with_set(empty(SOUTH), "302", ["x", "c"], numbers={"x": numbered})
    assert consolidated(north, south)["302.quarter"].value == 3
    # The same card without its number in another return is the same one.
    east = with_set(empty(EAST), "302", ["a"], numbers=bare)
    assert consolidated(north, south, east)["302.quarter"].value == 3


def test_an_inn_is_the_ogrn_that_annexes_tell_of_it() -> None:
    ret = sound(NORTH)
    row = next(row for row in ret.annex_a if row.inn and row.ogrn)
    by_inn = with_set(empty(SOUTH), "302", ["hand"], numbers={"hand": row.inn})
    north = with_set(ret, "302", [row.ngo], numbers={row.ngo: row.ogrn})
    assert consolidated(north, by_inn)["302.quarter"].value == 1


def test_a_number_without_its_set_makes_an_interval() -> None:
    known = with_set(empty(NORTH), "302", ["a", "b", "c"])
    hand = without_sets(with_set(empty(SOUTH), "302", ["c", "d", "e", "f"]), ["302"])
    also = without_sets(with_set(empty(EAST), "302", ["g"]), ["302"])
    figure = consolidated(known, hand, also)["302.quarter"]
    assert (figure.value, figure.upper, figure.bare) == (4, 8, (EAST, SOUTH))
    alone = consolidated(hand)["302.quarter"]
    assert (alone.value, alone.upper, alone.is_interval) == (4, 4, True)
    nothing = consolidated(known, without_sets(empty(SOUTH), ["302"]))["302.quarter"]
    assert (nothing.value, nothing.upper) == (3, None), "nought needs no set"


def test_an_opening_number_without_its_set_makes_an_interval_of_the_year() -> None:
    ret = with_set(empty(NORTH), "210", ["a"])
    ret = replace(
        ret,
        rows={**ret.rows, "210": replace(ret.rows["210"], year=Decimal(5), year_upper=Decimal(6))},
        members={**ret.members, "210": Members(("a",), ("a",), 5)},
    )
    whole = consolidated(ret, with_set(empty(SOUTH), "210", ["b", "c"]))
    assert whole["210.quarter"].value == 3
    assert (whole["210.year"].value, whole["210.year"].upper) == (5, 8)


def test_means_are_made_of_numerators_and_denominators() -> None:
    def waiting(oktmo: str, total: int, links: int) -> QuarterReturn:
        ret = returned(worked(), oktmo)
        return replace(ret, services=tuple(
            replace(line, quarter=replace(line.quarter, wait=Average(Decimal(total), links))) for line in ret.services
        ))  # fmt: skip

    whole = consolidated(waiting(NORTH, 10, 1), waiting(SOUTH, 20, 4))
    figure = whole["3.centre-x.К4.wait.quarter"]
    assert (figure.value, figure.average) == (Decimal("6.0"), Average(Decimal(30), 5))


def test_one_centre_in_two_districts_is_one_line() -> None:
    one, other = sound(NORTH), sound(SOUTH, "юг")
    whole = consolidated(one, other)
    assert len(whole.services) == len(one.services)
    line = next(line for line in whole.services if line.code == "К4" and line.centre_name == "Центр «Икс»")
    assert line.centre.isdigit()
    figure = whole[f"{line.key}.records.quarter"]
    assert {part.cell for part in figure.parts} == {
        "3.centre-1.К4.records.quarter", "3.юг-centre-1.К4.records.quarter",
    }  # fmt: skip
    assert whole["303.quarter"].value == one["303"].quarter


@pytest.mark.parametrize(
    ("cell", "annex", "count"),
    [
        ("211.2.quarter", "А", "211.2"), ("212.2.quarter", "А", "212.2"), ("232.quarter", "А", "232"),
        ("301.quarter", "Д", "301"), ("101.quarter", "Е", "101"), ("102.quarter", "Е", "102"),
        ("106.quarter", "Е", "106"), ("107.quarter", "Е", "107"),
    ],
)  # fmt: skip
def test_a_figure_opens_districts_their_cells_and_annex_rows(cell: str, annex: str, count: str) -> None:
    one, other = sound(NORTH), sound(SOUTH, "юг")
    opened = behind(consolidated(one, other), cell)
    assert [(each.part.oktmo, each.part.cell, each.annex) for each in opened] == [
        (NORTH, cell, annex), (SOUTH, cell, annex),
    ]  # fmt: skip
    assert [len(each.rows) for each in opened] == [one[count].quarter, other[count].quarter]


@pytest.mark.parametrize("column", ["end", "closed_centre", "closed_other", "withdrawn", "over_90", "high", "opened"])
def test_needs_lie_behind_table_4(column: str) -> None:
    ret = sound(NORTH)
    whole = consolidated(ret)
    for line in ret.needs:
        [opened] = behind(whole, f"{line.key}.{column}.quarter")
        assert len(opened.rows) == getattr(line.quarter, column), line.key


def test_the_year_opens_the_annexes_of_all_its_quarters() -> None:
    records = replace(examples.sound_records(), frozen={})
    second, third = (build(placed(records, NORTH), quarter).ret for quarter in (Q2, Q3))
    whole = consolidate(Q3, {NORTH: third}, EXPECTED[:1], {Q2: {NORTH: second}})
    [opened] = behind(whole, "301.year")
    assert len(opened.rows) == (second["301"].quarter or 0) + (third["301"].quarter or 0)
    [line] = [line for line in whole.services if line.centre_name == "Центр «Икс»" and line.code == "К1"]
    [opened] = behind(whole, f"{line.key}.records.year")
    assert len(opened.rows) == whole[f"{line.key}.records.year"].value == 3


def test_what_no_annex_holds_ends_at_the_districts_cell() -> None:
    [opened] = behind(consolidated(sound(NORTH)), "217.3.quarter")
    assert (opened.annex, opened.rows, opened.part.value) == ("", (), Decimal("40000.00"))


# --- changes, shares, rates, who stands out -----------------------------------------------------


def test_changes_compare_like_with_like() -> None:
    before = {oktmo: at(figured(empty(oktmo), "301", count), oktmo, Q2) for oktmo, count in ((NORTH, 4), (SOUTH, 50))}
    now = {oktmo: figured(empty(oktmo), "301", count) for oktmo, count in ((NORTH, 5), (EAST, 80))}
    given = {Q2: before, Q3: now}
    told = changes(Q3, Q2, given, EXPECTED)
    change = told.cells["301.quarter"]
    assert (change.now.value, change.then.value, change.difference, change.percent) == (5, 4, 1, Decimal("25.0"))
    assert (told.compared, told.left_out) == ((NORTH,), (SOUTH, EAST))


def test_an_interval_is_not_compared() -> None:
    hand = without_sets(with_set(empty(NORTH), "302", ["a"]), ["302"])
    told = changes(Q3, Q2, {Q3: {NORTH: hand}, Q2: {NORTH: at(empty(NORTH), NORTH, Q2)}}, EXPECTED)
    assert (told.cells["302.quarter"].difference, told.cells["302.quarter"].percent) == (None, None)


def test_shares_add_up_and_rates_are_per_thousand_ngos() -> None:
    north = figured(figured(empty(NORTH), "301", 30), "101", 40)
    south = figured(figured(empty(SOUTH), "301", 10), "101", 160)
    whole = consolidated(north, south)
    assert shares(whole, "301.quarter") == {NORTH: Decimal("75.0"), SOUTH: Decimal("25.0")}
    assert shares(whole, "302.quarter") == {}
    rates = per_thousand(whole, "301.quarter")
    assert rates.region == Decimal("200.0")
    assert rates.districts == {NORTH: Decimal("750.0"), SOUTH: Decimal("62.5")}


def test_a_district_far_from_the_middle_is_named_with_its_figures() -> None:
    codes = [f"4160{n}000" for n in range(5)]
    returns = [
        figured(figured(empty(code), "301", 100 if place == 4 else 10 + place), "101", 100)
        for place, code in enumerate(codes)
    ]
    whole = consolidated(*returns)
    [outlier] = outliers(whole, "301.quarter")
    assert (outlier.oktmo, outlier.rate, outlier.middle) == (codes[4], 1000, Decimal("120.0"))
    assert outlier.text.endswith("на 1\u00a0000 НКО 1\u00a0000,0, более чем втрое больше середины районов (120,0).")
    assert outliers(consolidated(*returns[1:]), "301.quarter") == (), "four districts have no middle to speak of"


def test_a_body_that_registers_stays_one_over_the_quarters() -> None:
    before = at(with_set(empty(NORTH), "302", ["body"]), NORTH, Q2)
    now = with_set(empty(NORTH), "302", ["body"], numbers={"body": "1024700000001"})
    other = with_set(empty(SOUTH), "302", ["theirs"], numbers={"theirs": "1024700000001"})
    whole = consolidate(Q3, {NORTH: now, SOUTH: other}, EXPECTED, {Q2: {NORTH: before}})
    assert whole["302.quarter"].value == 1
    assert whole.keys.of("body") == "1024700000001"


def test_a_centre_and_its_ngo_share_a_number_and_are_told_apart() -> None:
    number = "1204700005014"
    centres = (Centre(1, "centre-x", "Центр Икс", number), Centre(2, "centre-y", "Центр Игрек"))
    ret = returned(worked(services=(service(1, 1, "К4", date(2026, 9, 1), A),), centres=centres))
    whole = consolidated(replace(ret, entities=(*ret.entities, Entity("own-card", "ngo", number, "АНО «Икс»"))))
    assert [line.centre_name for line in whole.services] == ["Центр Икс"]
    assert (whole.keys.name(number, "centre"), whole.keys.name(number)) == ("Центр Икс", "АНО «Икс»")
