"""What time it is, for the whole program: the real clock, or a fixed one for demos and tests."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

MOSCOW = timezone(timedelta(hours=3))


def _new_uuid() -> str:
    from uuid import uuid4  # not before the first paint: it looks the machine over

    return str(uuid4())


@dataclass
class Clock:
    """Today, now (UTC, to the second), new record keys and salts.

    `Clock()` is the real one; `Clock.fixed(day)` gives the same answers in every run, so that
    a demo database has the same bytes twice.
    """

    today: Callable[[], date] = date.today
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC).replace(microsecond=0, tzinfo=None))
    new_uuid: Callable[[], str] = field(default=_new_uuid)
    salt: Callable[[], str] = field(default=lambda: os.urandom(16).hex())
    zone: tzinfo | None = None
    """Of the office; None for that of this computer."""

    def local_now(self) -> datetime:
        """The moment as the clock on this desk shows it: for names of files and sentences, never for the journal."""
        return self.local(self.now())

    def local(self, moment: datetime) -> datetime:
        """A moment that is kept (UTC) as the clock on the wall of the office showed it."""
        return moment.replace(tzinfo=UTC).astimezone(self.zone).replace(tzinfo=None)

    def day_of(self, moment: datetime) -> date:
        """The day on which a moment that is kept (UTC) was in the office: 01:00 in Moscow is the day before in UTC."""
        return self.local(moment).date()

    def at(self, day: date, of_day: time) -> datetime:
        """The moment (UTC) at which the clock on the wall of the office shows this."""
        there = datetime.combine(day, of_day)
        aware = there.astimezone() if self.zone is None else there.replace(tzinfo=self.zone)
        return aware.astimezone(UTC).replace(tzinfo=None)

    @classmethod
    def on(cls, day: date) -> Clock:
        """A clock that shows the given day with the real time of day (`--today`)."""
        real = cls()
        return cls(today=lambda: day, now=lambda: real.at(day, real.local_now().time()))

    @classmethod
    def fixed(cls, day: date, seed: int = 0) -> FixedClock:
        """A clock that moves a second at each look, from 09:00 of the day, and draws from a seed."""
        return FixedClock(day, seed)


class FixedClock(Clock):
    """Deterministic: used by the demo set and by tests, which move it with `set_day`."""

    def __init__(self, day: date, seed: int = 0) -> None:
        from random import Random
        from uuid import UUID

        self._random = Random(seed)  # noqa: S311 - reproducible on purpose, never a secret
        self.set_day(day)
        super().__init__(
            today=lambda: self._moment.date(),
            now=self._tick,
            new_uuid=lambda: str(UUID(int=self._random.getrandbits(128), version=4)),
            salt=lambda: f"{self._random.getrandbits(128):032x}",
            zone=MOSCOW,
        )

    def set_day(self, day: date) -> None:
        self._moment = datetime(day.year, day.month, day.day, 6)

    def _tick(self) -> datetime:
        self._moment = min(self._moment + timedelta(seconds=1), self._moment.replace(hour=20, minute=59))
        return self._moment
