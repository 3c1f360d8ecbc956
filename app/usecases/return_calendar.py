"""What is due in a year: each quarter's return, its term on a working day, how far it has come, how late it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.core.periods import Quarter
from app.returns.life import State
from app.usecases.accounts import first_open, opening_quarter, today_of
from app.usecases.return_life import Life, lives
from app.usecases.setup import settings, work_calendar


@dataclass(frozen=True, slots=True)
class Due:
    """A return of the year.

    due_on: the last day to hand it in.  life: its latest approved version, None while there is none.
    running: the quarter is not over.  outside: it lies before the records of this file, nothing is
    asked for.  days_late: of the handing in, or of today while nothing was handed in; 0 in time.
    """

    quarter: Quarter
    due_on: date
    life: Life | None
    running: bool
    outside: bool
    days_late: int
    days_left: int

    @property
    def state(self) -> State:
        return self.life.state if self.life is not None else State.DRAFT

    @property
    def waits(self) -> bool:
        """Is there something to do: approve, send, or correct what came back?"""
        return not (self.running or self.outside) and self.state not in (State.SENT, State.ACCEPTED)


def calendar_of_year(session: Session, year: int, *, today: date | None = None) -> tuple[Due, ...]:
    """The four returns of a year, oldest first.

    A return is handed in on the day its первичный was first sent; what nobody marked as sent is judged
    by the day of its approval.
    """
    day = today or today_of(session)
    calendar, due_day = work_calendar(session), settings(session).due_day
    known: dict[Quarter, list[Life]] = {}
    for life in lives(session):
        known.setdefault(life.quarter, []).append(life)
    begins = min([*known, first_open(session)])
    opening = opening_quarter(session)
    found = []
    for quarter in (Quarter(year, number) for number in range(1, 5)):
        versions = known.get(quarter, [])
        due_on = calendar.return_due(quarter, due_day)
        outside = not versions and (quarter < begins or (opening is not None and quarter <= opening))
        running = day <= quarter.last_day
        handed_in = _handed_in(versions)
        late = max(((handed_in or day) - due_on).days, 0) if not (outside or running) else 0
        found.append(
            Due(
                quarter=quarter,
                due_on=due_on,
                life=versions[-1] if versions else None,
                running=running,
                outside=outside,
                days_late=late,
                days_left=max((due_on - day).days, 0),
            )
        )
    return tuple(found)


def _handed_in(versions: list[Life]) -> date | None:
    days = [life.sent_on or life.frozen_on for life in versions]
    return min(days, default=None)
