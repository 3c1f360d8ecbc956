"""What the commands print: figures, intervals, holes and duplicates with their keys."""

from __future__ import annotations

import json

from app.region.consolidate import consolidate
from app.region.coverage import coverage
from app.region.seal import seal
from app.region.told import consolidation_told, coverage_told
from tests.region_pure.districts import (
    EXPECTED,
    MAP,
    NORTH,
    Q2,
    Q3,
    SOUTH,
    consolidated,
    returned,
    sound,
    without_sets,
    worked,
)


def test_rows_are_figures_as_text_and_intervals_have_ends() -> None:
    whole = consolidate(Q3, {NORTH: without_sets(sound(NORTH), ["302"])}, EXPECTED[:2])
    told = json.loads(json.dumps(consolidation_told(whole)))
    assert told["missing"] == [SOUTH]
    assert told["rows"]["302"] == {"quarter": {"from": "5", "to": "5"}, "year": {"from": "5", "to": "5"}}
    assert told["rows"]["217.3"] == {"quarter": "40000.00", "year": "40000.00"}
    assert "701" not in told["rows"]


def test_holes_and_duplicates_have_their_keys() -> None:
    whole = consolidated(returned(worked()), sound(SOUTH, "юг"))
    told = json.loads(json.dumps(coverage_told(coverage(whole, answers=MAP))))
    assert [one["key"] for one in told["holes"]] == [f"{SOUTH}:premises"]
    assert [one["key"] for one in told["duplicates"]] == ["ngo:2026-Q3:К4:1024700000001:centre-x+centre-y"]
    assert told["duplicates"][0]["records"][0] == {"oktmo": NORTH, "service": "service-2"}


def test_hashes_kept_at_intake_are_taken_as_they_are() -> None:
    whole = consolidated(sound(NORTH))
    known = seal(whole, {(NORTH, Q3): "0" * 64})
    assert known.sources == {NORTH: "0" * 64}
    assert known.sha256 != seal(whole).sha256
    assert seal(whole, {(NORTH, Q2): "0" * 64}) == seal(whole)
