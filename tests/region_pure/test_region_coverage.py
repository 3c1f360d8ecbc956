"""Coverage, holes and duplicates beyond the worked example."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.core.periods import Quarter
from app.region.consolidate import consolidate
from app.region.coverage import Coverage, coverage
from app.region.duplicates import Justification
from app.returns.records import Centre, Records
from app.returns.snapshot import QuarterReturn
from tests.region_pure.districts import EXPECTED, MAP, NORTH, Q2, Q3, SOUTH, consolidated, placed, returned, worked
from tests.returns import examples
from tests.returns.test_worked_example import NEED_7, A, B, C, X, Y, ngo, service

PREMISES = replace(
    NEED_7, id=8, uuid="need-8", ngo_id=B, category="premises", opened_on=date(2026, 5, 4), account=Quarter(2026, 2),
    status="open", closed_on=None, closed_account=None, codes=(), links=(), priority="high",
)  # fmt: skip


def covered(*returns: QuarterReturn, **other: object) -> Coverage:
    return coverage(consolidated(*returns), answers=MAP, **other)  # type: ignore[arg-type]


def alone(mark: str, oktmo: str, **other: object) -> QuarterReturn:
    """The same NGOs by number, but every card with a uuid of its own."""
    return returned(placed(worked(**other), oktmo, mark), oktmo)


def test_a_flagged_category_and_a_need_older_than_90_days_are_holes_by_weight() -> None:
    young = replace(PREMISES, id=9, uuid="need-9", ngo_id=A, opened_on=date(2026, 9, 1), account=Q3, priority="normal")
    finance = replace(young, id=10, uuid="need-10", category="finance", opened_on=date(2026, 6, 1))
    found = covered(returned(worked(needs=(PREMISES, young, finance))))
    premises, money = found.holes
    assert (premises.key, premises.flagged, premises.old, premises.ngos) == (f"{NORTH}:premises", True, 1, 2)
    assert premises.weight == 2 * (date(2026, 9, 30) - date(2026, 5, 4)).days + 29
    assert [row.number for row in premises.needs] == ["8", "9"]
    # К4 was given in the quarter, so no flag: but this one waits for more than 90 days.
    assert (money.key, money.flagged, money.old, money.weight) == (f"{NORTH}:finance", False, 1, 121)
    spot = found.spot(NORTH, "category", "premises")
    assert spot is not None
    assert (spot.demand.value, spot.served.value, spot.covered, spot.percent) == (2, 0, 0, 0)


def test_a_served_category_with_a_young_need_is_no_hole() -> None:
    young = replace(PREMISES, category="finance", opened_on=date(2026, 8, 1), account=Q3)
    assert covered(returned(worked(needs=(young,)))).holes == ()


def test_a_flag_alone_is_a_hole_and_of_a_served_category_only_the_old_needs_weigh() -> None:
    young = replace(PREMISES, opened_on=date(2026, 9, 20), account=Q3, priority="normal")
    [hole] = covered(returned(worked(needs=(young,)))).holes
    assert (hole.flagged, hole.old, hole.weight) == (True, 0, 10)
    old = replace(young, id=9, uuid="need-9", ngo_id=A, category="finance", opened_on=date(2026, 6, 1))
    other = replace(young, id=10, uuid="need-10", category="finance")
    [hole] = covered(returned(worked(needs=(old, other)))).holes
    assert (hole.flagged, hole.old, hole.ngos, [row.number for row in hole.needs]) == (False, 1, 1, ["9"])


def test_a_need_is_covered_by_the_codes_it_names_itself() -> None:
    named = replace(PREMISES, category="finance", codes=("О1",), opened_on=date(2026, 9, 1), account=Q3)
    spot = covered(returned(worked(needs=(named,)))).spot(NORTH, "category", "finance")
    assert spot is not None
    assert (spot.demand.value, spot.covered) == (1, 1), "B was at the seminar О1, and has no К4"


def test_exactly_90_days_is_not_more() -> None:
    at_90 = replace(PREMISES, category="finance", opened_on=date(2026, 7, 2), account=Q3)
    assert covered(returned(worked(needs=(at_90,)))).holes == ()
    [hole] = covered(returned(worked(needs=(replace(at_90, opened_on=date(2026, 7, 1)),)))).holes
    assert (hole.old, hole.days) == (1, 91)


def test_demand_and_supply_by_code() -> None:
    found = covered(returned(worked(needs=(NEED_7, replace(PREMISES, codes=("П1",))))))
    told = {
        code: (spot.demand.value, spot.served.value, spot.covered, len(spot.centres))
        for code, _ in found.codes
        if (spot := found.spot(NORTH, "code", code)) is not None
    }
    assert told == {"К4": (1, 1, 1, 2), "О1": (0, 3, 0, 1), "П1": (1, 0, 0, 0), "С3": (0, 0, 0, 0)}


def test_a_return_without_its_lists_tells_no_coverage_but_still_its_holes() -> None:
    whole = returned(worked(needs=(PREMISES,)))
    bare = replace(whole, members={}, annex_b=(), annex_d=())
    found = covered(bare)
    spot = found.spot(NORTH, "category", "premises")
    assert spot is not None
    assert (spot.demand.is_interval, spot.covered, spot.percent) == (True, None, None)
    [hole] = found.holes
    assert (hole.key, hole.estimated, hole.flagged, hole.old, hole.weight) == (f"{NORTH}:premises", True, True, 1, 91)


def test_services_of_two_districts_meet_by_the_number_of_the_ngo() -> None:
    north = alone("n", NORTH, services=(service(1, X, "К4", date(2026, 9, 1), A),), needs=())
    south = alone("s", SOUTH, services=(service(1, Y, "К4", date(2026, 9, 30), A),), needs=())
    [duplicate] = covered(north, south).duplicates
    assert duplicate.districts == (NORTH, SOUTH)
    assert duplicate.centres == ("n-centre-x", "s-centre-y")
    assert [oktmo for oktmo, _ in duplicate.records] == [NORTH, SOUTH]


def test_one_centre_by_number_in_two_districts_is_no_duplicate() -> None:
    number = "1204700005014"
    centres = (Centre(X, "centre-x", "Центр Икс", number), Centre(Y, "centre-y", "Центр Игрек"))
    north = alone("n", NORTH, services=(service(1, X, "К4", date(2026, 9, 1), A),), needs=(), centres=centres)
    south = alone("s", SOUTH, services=(service(1, X, "К4", date(2026, 9, 9), A),), needs=(), centres=centres)
    assert covered(north, south).duplicates == ()


def test_thirty_days_and_no_more() -> None:
    def with_gap(days: date) -> Records:
        return worked(services=(service(1, X, "К4", date(2026, 8, 1), A), service(2, Y, "К4", days, A)), needs=())

    assert len(covered(returned(with_gap(date(2026, 8, 31)))).duplicates) == 1
    assert covered(returned(with_gap(date(2026, 9, 1)))).duplicates == ()
    assert len(coverage(consolidated(returned(with_gap(date(2026, 9, 1)))), near_days=31).duplicates) == 1


def test_services_meet_over_the_end_of_a_quarter_and_are_told_in_the_later_one() -> None:
    records = worked(
        services=(service(1, X, "К4", date(2026, 6, 20), A), service(2, Y, "К4", date(2026, 7, 10), A)), needs=()
    )
    second, third = returned(records, quarter=Q2), returned(records)
    alone_q3 = consolidate(Q3, {NORTH: third}, EXPECTED)
    assert coverage(alone_q3).duplicates == ()
    [duplicate] = coverage(alone_q3, earlier={Q2: {NORTH: second}}).duplicates
    assert [row.key for _, row in duplicate.records] == ["service-1", "service-2"]
    assert coverage(consolidate(Q2, {NORTH: second}, EXPECTED)).duplicates == ()


def test_a_pair_of_the_former_quarter_is_not_told_again() -> None:
    services = (
        service(1, X, "К4", date(2026, 5, 4), A), service(2, Y, "К4", date(2026, 5, 6), A),
        service(3, X, "К4", date(2026, 9, 1), A),
    )  # fmt: skip
    records = worked(services=services, needs=())
    now = consolidate(Q3, {NORTH: returned(records)}, EXPECTED)
    assert coverage(now, earlier={Q2: {NORTH: returned(records, quarter=Q2)}}).duplicates == ()


def test_lines_of_hand_filled_returns_are_numbered_anew_each_quarter() -> None:
    services = (service(1, X, "К4", date(2026, 6, 20), A), service(2, Y, "К4", date(2026, 7, 10), A))
    second, third = (
        replace(ret, annex_d=tuple(replace(row, key="line1") for row in ret.annex_d))
        for ret in (returned(worked(services=services, needs=()), quarter=quarter) for quarter in (Q2, Q3))
    )
    now = consolidate(Q3, {NORTH: third}, EXPECTED)
    assert len(coverage(now, earlier={Q2: {NORTH: second}}).duplicates) == 1


def test_another_code_another_ngo_and_citizens_are_no_duplicates() -> None:
    services = (
        service(1, X, "К4", date(2026, 9, 1), A),
        service(2, Y, "О1", date(2026, 9, 2), A),
        service(3, Y, "К4", date(2026, 9, 3), B),
        service(4, X, "О1", date(2026, 9, 3), C),
    )
    assert covered(returned(worked(services=services, needs=()))).duplicates == ()


def planned(x: int, y: int, done_x: int, done_y: int) -> Records:
    plans = {X: {(2026, "К4"): Decimal(x)} if x else {}, Y: {(2026, "К4"): Decimal(y)} if y else {}}
    people = tuple(ngo(n, f"НКО {n}") for n in range(1, 40))
    services = tuple(
        service(n, X if n <= done_x else Y, "К4", date(2026, 9, 1), n) for n in range(1, done_x + done_y + 1)
    )
    centres = (Centre(X, "centre-x", "Центр Икс", plans=plans[X]), Centre(Y, "centre-y", "Центр Игрек", plans=plans[Y]))
    return worked(ngos=people, services=services, needs=(), centres=centres)


def test_two_centres_below_half_of_their_plan_are_a_duplicate() -> None:
    # 3/4 of the year: 40 planned are 30 by now, half of them 15.
    [duplicate] = covered(returned(planned(40, 40, 14, 10))).duplicates
    assert (duplicate.kind, duplicate.key) == ("plan", f"plan:2026-Q3:К4:{NORTH}:centre-x+centre-y")
    assert duplicate.text.endswith("Центр Икс: 14 из 40; Центр Игрек: 10 из 40.")
    assert len(duplicate.records) == 24
    assert covered(returned(planned(40, 40, 15, 10))).duplicates == (), "one of them has done its half"
    assert covered(returned(planned(40, 0, 14, 10))).duplicates == (), "without a plan there is no half of it"
    assert covered(returned(planned(40, 0, 14, 0))).duplicates == (), "one centre alone"


def test_behind_what_was_done_of_a_plan_stand_the_records_of_the_year() -> None:
    third = returned(planned(40, 40, 3, 2))
    row = third.annex_d[0]
    second = replace(
        returned(planned(40, 40, 3, 2), quarter=Q2), annex_d=(replace(row, key="second"), replace(row, code="О1"))
    )
    before = replace(second, annex_d=(replace(row, key="of the former year"),))
    now = consolidate(Q3, {NORTH: third}, EXPECTED)
    earlier = {Quarter(2025, 4): {NORTH: before}, Q2: {NORTH: second, SOUTH: second}}
    [duplicate] = (one for one in coverage(now, earlier=earlier).duplicates if one.kind == "plan")
    assert [one.key for _, one in duplicate.records] == ["second", *(one.key for one in third.annex_d)]
    assert {oktmo for oktmo, _ in duplicate.records} == {NORTH}


def test_what_was_promised_and_done() -> None:
    found = covered(returned(planned(40, 0, 14, 10)))
    [promise] = found.promises
    assert (promise.centre, promise.code, promise.plan, promise.done) == ("centre-x", "К4", 40, 14)
    assert promise.percent == 35


def test_a_reason_by_the_key_takes_it_out_of_the_inefficient_ones() -> None:
    ret = returned(worked())
    [duplicate] = covered(ret).duplicates
    found = covered(ret, justified={duplicate.key: Justification("Другая тема")})
    assert [one.reason for one in found.duplicates] == ["Другая тема"]
    assert found.inefficient == ()


def test_the_map_may_be_left_to_the_needs_themselves() -> None:
    found = coverage(consolidated(returned(worked())))
    spot = found.spot(NORTH, "category", "finance")
    assert spot is not None
    assert spot.percent == 100


def test_keys_do_not_depend_on_the_order_of_intake() -> None:
    one, other = returned(worked()), returned(examples.sound_records(), SOUTH)
    told, again = covered(one, other), covered(other, one)
    assert [d.key for d in told.duplicates] == [d.key for d in again.duplicates]
    assert [h.key for h in told.holes] == [h.key for h in again.holes]
