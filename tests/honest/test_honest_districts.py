"""In an honest district no check raises an error, and the median quarter has few warnings."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest

from app.core.periods import Quarter
from app.usecases.demo.actions import Change, Freeze, MergeNgos, RegisterBody, Save, SetOpening
from tests.honest.districts import GATCHINA, approved_quarters, district, file_of, live, shape_of
from tests.returns import recounting
from tests.scale import long_or_tenth

FEW = 4


@pytest.mark.long
@pytest.mark.parametrize("seed", range(long_or_tenth(100)))
def test_an_honest_district_is_told_nothing_wrong(tmp_path: Path, seed: int) -> None:
    """Errors would forbid the freezing: that every quarter was approved says that there were none."""
    approved, records = live(district(seed), tmp_path, seed)

    first_versions = [one for one in approved if one.correction == 0]
    assert [one.quarter for one in first_versions] == list(approved_quarters(shape_of(seed)))
    assert not [finding for one in approved for finding in one.report.errors]
    warnings = [len(one.report.warnings) for one in first_versions]
    assert median(warnings) <= FEW, [
        (str(one.quarter), f.check, f.cell, f.text) for one in approved for f in one.report.warnings
    ]
    assert any(one.correction == 1 for one in approved), "the story has a correction"
    assert any(row.kind == "late" for q in records.frozen for v in records.frozen[q] for row in v.ret.annex_g)
    for quarter in approved_quarters(shape_of(seed)):
        assert recounting.differing(file_of(tmp_path, seed), records, quarter) == [], str(quarter)


def test_gatchina_became_an_okrug_in_mid_year(tmp_path: Path) -> None:
    seed = 1
    assert shape_of(seed).oktmo == GATCHINA
    _, records = live(district(seed), tmp_path, seed)

    codes = {quarter: versions[0].ret.head.oktmo for quarter, versions in records.frozen.items()}
    assert codes[Quarter(2024, 1)] == "41618000"
    assert {code for quarter, code in codes.items() if quarter > Quarter(2024, 1)} == {"41518000"}
    second = records.frozen[Quarter(2024, 2)][0].ret
    first = records.frozen[Quarter(2024, 1)][-1].ret
    assert second["301"].year == (first["301"].year or 0) + (second["301"].quarter or 0)


def test_the_stories_hold_what_they_promise() -> None:
    """Late facts, seminars, merges, groups that register, branches, corrections, opening balances."""
    seen: set[str] = set()
    for seed in range(8):
        for action in district(seed).actions:
            match action:
                case MergeNgos():
                    seen.add("merge")
                case RegisterBody():
                    seen.add("registered")
                case SetOpening():
                    seen.add("opening")
                case Freeze() if action.reason:
                    seen.add("correction")
                case Save() if action.register == "ngo" and action.values.get("is_branch"):
                    seen.add("branch")
                case Save() if action.register == "service" and len(action.lines["service_recipient"]) > 3:
                    seen.add("seminar")
                case Change() if action.register == "support" and "violation" in action.lines:
                    seen.add("violation")
    assert seen == {"merge", "registered", "opening", "correction", "branch", "seminar", "violation"}


def test_the_same_seed_tells_the_same_story() -> None:
    assert district(3) == district(3)
    assert district(3) != district(7)
