"""Copies grow fewer with age: every hour, day, week and month that had one still has one."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.thinning import BEYOND, Thinning, period_of, superfluous

NOW = datetime(2026, 11, 27, 14, 30)
RULE = Thinning()
minutes_ago = st.integers(0, 60 * 24 * 900)
moments = st.lists(minutes_ago, min_size=1, max_size=120).map(lambda ages: [NOW - timedelta(minutes=a) for a in ages])
rules = st.builds(Thinning, st.integers(0, 5), st.integers(1, 48), st.integers(1, 30), st.integers(1, 20),
                  st.integers(1, 36))  # fmt: skip


@given(moments, rules)
def test_every_period_that_had_a_copy_still_has_one(made: list[datetime], rule: Thinning) -> None:
    kept = set(made) - superfluous(made, NOW, rule)
    classes: dict[int, list[datetime]] = {}
    for at in made:
        classes.setdefault(rule.class_of(NOW - at), []).append(at)
    for number, there in classes.items():
        if number == BEYOND:
            continue
        left = [at for at in there if at in kept]
        assert min(there) in kept
        had = {period_of(number, at): max(a for a in there if period_of(number, a) == period_of(number, at))
               for at in there}  # fmt: skip
        assert set(had.values()) <= kept, "the latest of each period"
        counts = Counter(period_of(number, at) for at in set(left))
        assert all(n == 1 or (n == 2 and period_of(number, min(there)) == p) for p, n in counts.items())
    assert max(made) in kept
    assert not superfluous(kept, NOW, rule), "once thinned is thinned"


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 16)), min_size=1, max_size=60))
def test_a_life_of_copies_can_always_go_back(days: list[tuple[int, int]]) -> None:
    """Days apart, copies a day: whatever was copied in the last two weeks, each such day is still there."""
    kept: set[datetime] = set()
    worked: list[datetime] = []
    now = datetime(2026, 1, 1, 9)
    for gap, copies in days:
        now = (now + timedelta(days=gap)).replace(hour=9, minute=0)
        for _ in range(copies):
            now += timedelta(minutes=30)
            kept.add(now)
            worked.append(now)
            kept -= superfluous(kept, now, RULE)
    since = {at.date() for at in worked if now - at < timedelta(days=RULE.days - 1)}
    assert since <= {at.date() for at in kept}
    months = {(at.year, at.month) for at in worked if now - at < timedelta(days=700)}
    assert months <= {(at.year, at.month) for at in kept}
    assert worked[-1] in kept
    assert len(kept) < 8 + 24 + 15 + 10 + 25 + 4


@pytest.mark.parametrize(
    ("ages", "left"),
    [
        ([0.1, 0.5, 1, 2.9], 4),  # hours: all of the last three
        ([4.1, 4.2, 4.3, 4.9], 2),  # one an hour, and the oldest of them
        ([24 * 3, 24 * 3 + 1, 24 * 3 + 2, 24 * 5], 2),
        ([24 * 800, 24 * 900], 1),  # beyond all periods the newest stays, since nothing else is left
    ],
)
def test_the_classes(ages: list[float], left: int) -> None:
    made = [NOW - timedelta(hours=age) for age in ages]
    assert len(set(made) - superfluous(made, NOW, RULE)) == left
