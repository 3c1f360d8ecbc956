"""What holds of any districts: splitting, order, uniques between the largest and the sum, coverage, intervals."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.periods import Quarter
from app.region.coverage import coverage
from app.region.expected import District
from app.region.measures import adds_up
from app.returns.build import build
from app.returns.form import RowKind
from app.returns.records import Records
from app.returns.snapshot import QuarterReturn
from tests.region_pure.districts import (
    EAST,
    EXPECTED,
    MAP,
    NORTH,
    Q3,
    SOUTH,
    consolidated,
    empty,
    placed,
    sound,
    with_set,
    without_sets,
)
from tests.returns.test_properties import districts

UNIQUE = ("210", "211.1", "213.1", "302", "504")
PEOPLE = tuple(f"ngo-{n}" for n in range(8))
CODES = (NORTH, SOUTH, EAST)
few = settings(max_examples=60)
BASE = empty(NORTH)
"""A return with nothing in it, to be given sets."""

people = st.sets(st.sampled_from(PEOPLE))
numbers = st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from([f"102470000000{n}" for n in range(5)]))


def based(oktmo: str) -> QuarterReturn:
    return replace(BASE, head=replace(BASE.head, oktmo=oktmo))


def halves(records: Records, parts: list[int]) -> tuple[Records, Records]:
    """The records shared out between two districts: each supports, services, needs, agreements of its own.

    Cards, centres and partners stand in both: what adds up is what is done, and stocks of the register are
    shared by the intervals of the cards.
    """
    def share(rows: tuple[Any, ...], which: int) -> tuple[Any, ...]:
        return tuple(one for one in rows if parts[one.id % len(parts)] == which)

    def half(which: int) -> Records:
        cards = tuple(
            one if parts[one.id % len(parts)] == which else replace(one, intervals=()) for one in records.ngos
        )
        shared = {
            register: share(getattr(records, register), which)
            for register in ("supports", "services", "needs", "partnerships", "executions", "events", "practices")
        }
        return replace(records, ngos=cards, frozen={}, **shared)

    return half(0), half(1)


@few
@given(districts(), st.lists(st.integers(0, 1), min_size=5, max_size=5))
def test_districts_split_give_the_same_additive_totals_and_uniques(records: Records, parts: list[int]) -> None:
    whole = consolidated(build(placed(replace(records, frozen={}), NORTH), Q3).ret)
    one, other = halves(records, parts)
    split = consolidated(build(placed(one, NORTH), Q3).ret, build(placed(other, SOUTH), Q3).ret)
    compared = 0
    for spec in whole.form.rows:
        # 304 and 305 look at all services of a body, 215.2 at an event: a district split in two sees less of them.
        if spec.kind is RowKind.TEXT or spec.measure in ("202", "215.2", "215.5", "304", "305"):
            continue
        for period in ("quarter", "year"):
            cell = f"{spec.measure}.{period}"
            assert split[cell].value == whole[cell].value, cell
            compared += 1
    assert compared > 80
    for cell in set(whole.cells) | set(split.cells):
        if cell.startswith(("3.", "4.")) and ".unserved." not in cell and ".plan." not in cell:
            assert (split[cell].value or 0) == (whole[cell].value or 0), cell


@settings(max_examples=15)
@given(districts(), districts())
def test_districts_that_became_one_give_the_same_totals(north: Records, south: Records) -> None:
    """The returns of two predecessors stand for their successor: every figure is what it was, in one place."""
    returns = (build(placed(replace(north, frozen={}), NORTH), Q3).ret,
               build(placed(replace(south, frozen={}), SOUTH, "юг"), Q3).ret)  # fmt: skip
    apart = consolidated(*returns)
    merged = consolidated(*returns, expected=(District(EAST, "Округ", (NORTH, SOUTH)),))
    assert merged.missing == ()
    assert merged.unexpected == ()
    assert merged.cells.keys() == apart.cells.keys()
    for cell, figure in apart.cells.items():
        assert (merged[cell].value, merged[cell].upper) == (figure.value, figure.upper), cell
    assert {part.oktmo for part in merged["101.quarter"].parts} == {EAST}
    assert sum(1 for _ in merged["101.quarter"].parts) == 2, "each with its own cell"


@few
@given(st.lists(st.tuples(people, numbers), min_size=3, max_size=3), st.permutations(range(3)))
def test_order_does_not_matter_and_unique_lies_between_the_largest_and_the_sum(
    told: list[tuple[set[str], dict[str, str]]], order: list[int]
) -> None:
    returns = [
        with_set(based(oktmo), "210", keys, numbers=given)
        for oktmo, (keys, given) in zip(CODES, told, strict=True)
    ]
    whole = consolidated(*returns, expected=EXPECTED)
    again = consolidated(*(returns[place] for place in order), expected=tuple(EXPECTED[place] for place in order))
    assert again.cells == whole.cells
    assert (again.services, again.needs, again.expected) == (whole.services, whole.needs, whole.expected)
    figure = whole["210.quarter"]
    assert figure.value is not None
    assert max(len(whole.keys.all_of(keys)) for keys, _ in told) <= figure.value
    assert figure.value <= sum(len(whole.keys.all_of(keys)) for keys, _ in told)
    assert figure.value == components(told)


def components(told: list[tuple[set[str], dict[str, str]]]) -> int:
    """Groups of uuids joined by any number that any return tells of them, counted the slow way."""
    groups = [{one} for one in PEOPLE]
    for uuid, number in ((u, n) for keys, known in told for u, n in known.items() if u in keys):
        groups.append({uuid, number})
    merged = True
    while merged:
        merged = False
        for left in groups:
            right = next((one for one in groups if one is not left and one & left), None)
            if right is not None:
                groups.remove(right)
                left |= right
                merged = True
                break
    members = set().union(*(keys for keys, _ in told))
    return sum(bool(group & members) for group in groups)


@few
@given(st.lists(people, min_size=3, max_size=3), st.sets(st.sampled_from(CODES)), numbers)
def test_an_interval_contains_the_truth_that_is_known_later(
    sets: list[set[str]], bare: set[str], known: dict[str, str]
) -> None:
    later = [
        with_set(based(oktmo), "302", keys, numbers=known) for oktmo, keys in zip(CODES, sets, strict=True)
    ]
    now = [without_sets(ret, ["302"] if ret.head.oktmo in bare else []) for ret in later]
    for period in ("quarter", "year"):
        truth = consolidated(*later)[f"302.{period}"]
        told = consolidated(*now)[f"302.{period}"]
        assert truth.value is not None
        assert told.value is not None
        assert truth.upper is None
        without = [oktmo for oktmo, keys in zip(CODES, sets, strict=True) if oktmo in bare and keys]
        assert sorted(told.bare) == sorted(without)
        assert told.is_interval == bool(without)
        if told.upper is None:
            assert told.value == truth.value
        else:
            assert told.value <= truth.value <= told.upper


@few
@given(st.lists(districts(), min_size=1, max_size=3))
def test_coverage_is_never_over_a_hundred_and_counts_whom_it_names(given_records: list[Records]) -> None:
    returns = [
        build(placed(replace(records, frozen={}), oktmo), Q3).ret
        for oktmo, records in zip(CODES, given_records, strict=False)
    ]
    found = coverage(consolidated(*returns), answers=MAP)
    for spot in found.spots.values():
        assert spot.covered is not None
        assert spot.demand.value is not None
        assert spot.served.value is not None
        assert 0 <= spot.covered <= min(spot.demand.value, spot.served.value)
        assert spot.percent is None or 0 <= spot.percent <= 100
        assert len(spot.uncovered) == spot.demand.value - spot.covered
        assert bool(spot.centres) == bool(spot.records)


@given(st.sampled_from(UNIQUE))
def test_what_is_unique_is_not_shared_out(code: str) -> None:
    whole = consolidated(sound(NORTH))
    assert not adds_up(whole, f"{code}.quarter")
    assert adds_up(whole, "211.3.year")


def test_the_whole_year_is_what_the_last_returns_tell() -> None:
    """Two districts alike but for their keys: additive twice, uniques of other keys twice, of one ОГРН once."""
    one, other = sound(NORTH), sound(SOUTH, "юг")
    whole = consolidated(one, other)
    for spec in whole.form.rows:
        row = one.rows[spec.measure]
        if spec.kind in (RowKind.ADDITIVE, RowKind.STOCK):
            assert whole[f"{spec.measure}.year"].value == Decimal(2) * (row.year or 0), spec.measure
    # The cards bear the same ОГРН in both: only bodies without one are counted twice.
    assert whole["302.year"].value == (one["302"].year or 0) + 1
    assert Quarter(2026, 3) == whole.quarter
