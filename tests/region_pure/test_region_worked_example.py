"""The worked example of the field's description (§6), as the region sees it."""

from __future__ import annotations

from app.region.coverage import coverage
from tests.region_pure.districts import MAP, NORTH, Q3, consolidated, returned, worked

X, Y = "centre-x", "centre-y"
A = "1024700000001"


def test_the_worked_example_comes_out_literally() -> None:
    whole = consolidated(returned(worked()))
    table = {
        (line.centre_name, line.code): tuple(
            int(whole[f"{line.key}.{column}.quarter"].value or 0) for column in ("records", "cases", "ngos")
        )
        for line in whole.services
    }
    assert table == {
        ("Центр Икс", "О1"): (1, 3, 3),
        ("Центр Икс", "К4"): (2, 2, 1),
        ("Центр Игрек", "К4"): (1, 1, 1),
    }
    assert [whole[f"{code}.quarter"].value for code in ("301", "302", "303")] == [4, 3, 2]


def test_the_duplication_candidate_is_a_k4_x_and_y() -> None:
    found = coverage(consolidated(returned(worked())), answers=MAP)
    [duplicate] = found.duplicates
    assert (duplicate.kind, duplicate.ngo, duplicate.code, duplicate.centres) == ("ngo", A, "К4", (X, Y))
    assert duplicate.key == f"ngo:2026-Q3:К4:{A}:{X}+{Y}"
    assert [(oktmo, row.key) for oktmo, row in duplicate.records] == [
        (NORTH, "service-2"), (NORTH, "service-3"), (NORTH, "service-4"),
    ]  # fmt: skip
    assert duplicate.text == (
        "А: К4 в\u00a0течение 30\u00a0дней от разных центров: "
        "Центр Икс 12.09.2026, Центр Икс 15.09.2026, Центр Игрек 20.09.2026."
    )


def test_the_need_that_was_closed_is_covered_and_no_hole() -> None:
    found = coverage(consolidated(returned(worked())), answers=MAP)
    spot = found.spot(NORTH, "category", "finance")
    assert spot is not None
    assert (spot.demand.value, spot.served.value, spot.covered, spot.percent) == (1, 1, 1, 100)
    assert spot.centres == (X, Y)
    assert (spot.records, found.holes, found.quarter) == (3, (), Q3)
