"""Which copies of a file are kept as they grow old: hours, then days, weeks and months.

Pure: moments in, moments out.  A copy belongs to a class by its age and, within it, to an hour, day,
week or month of the calendar.  Of each such period the latest copy stays; of each class the oldest
stays too, so that thinning never shortens how far back one can go within it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Thinning:
    """How long each kind of period is kept.  all_hours: every copy; days, weeks, months: counted from now."""

    all_hours: int = 3
    hours: int = 24
    days: int = 14
    weeks: int = 9
    months: int = 24

    @property
    def longest(self) -> timedelta:
        """The age beyond which no copy is kept (but the newest of all)."""
        months = timedelta(days=self.months * 30.44)
        return max(months, timedelta(hours=self.all_hours), timedelta(hours=self.hours), timedelta(days=self.days),
                   timedelta(weeks=self.weeks))  # fmt: skip

    def class_of(self, age: timedelta) -> int:
        """0 all, 1 one an hour, 2 one a day, 3 one a week, 4 one a month, 5 beyond all of them.

        A class that the settings made shorter than the one before it is empty.
        """
        ends = (
            timedelta(hours=self.all_hours), timedelta(hours=self.hours), timedelta(days=self.days),
            timedelta(weeks=self.weeks), timedelta(days=self.months * 30.44),
        )  # fmt: skip
        return next((number for number, end in enumerate(ends) if age < end), len(ends))


BEYOND = 5
_PERIODS: tuple[Callable[[datetime], Hashable], ...] = (
    lambda at: at,
    lambda at: (at.date(), at.hour),
    lambda at: at.date(),
    lambda at: at.isocalendar()[:2],
    lambda at: (at.year, at.month),
)


def period_of(number: int, at: datetime) -> Hashable:
    """The hour, day, week or month of the calendar that a copy of the class stands for."""
    return _PERIODS[number](at)


def superfluous(moments: Iterable[datetime], now: datetime, rule: Thinning) -> frozenset[datetime]:
    """The moments whose copies may go.  The newest of all is never among them."""
    ordered = sorted(set(moments))
    latest: dict[tuple[int, Hashable], datetime] = {}
    oldest: dict[int, datetime] = {}
    for at in ordered:
        number = rule.class_of(now - at)
        if number == BEYOND:
            continue
        oldest.setdefault(number, at)
        latest[number, period_of(number, at)] = at
    kept = {*latest.values(), *oldest.values(), *ordered[-1:]}
    return frozenset(at for at in ordered if at not in kept)
