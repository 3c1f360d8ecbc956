"""Periods of account: in which quarter's return a fact counts (DOMAIN §6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.periods import Quarter, last_full_quarter
from app.models import FrozenReturn, OpeningFigure, OpeningKey
from app.usecases.standing import once


def today_of(session: Session) -> date:
    """Today by the clock of the session."""
    return clock_of(session).today()


def clock_of(session: Session) -> Clock:
    """The clock of the session; by it a moment that is kept is of a day in the office (`Clock.day_of`)."""
    return session.info.get("clock") or Clock()


def opening_quarter(session: Session) -> Quarter | None:
    """The quarter at whose end the opening balances stand, the last one without the program."""
    found = (session.scalar(select(func.max(column))) for column in (OpeningFigure.quarter, OpeningKey.quarter))
    return max((quarter for quarter in found if quarter is not None), default=None)


def is_frozen(session: Session, quarter: Quarter) -> bool:
    """Is there a frozen return of the quarter?"""
    return session.scalar(select(FrozenReturn.id).where(FrozenReturn.quarter == quarter).limit(1)) is not None


@dataclass(frozen=True, slots=True)
class Accounts:
    """Where facts are counted while nothing is frozen in between: looked up once, asked often.

    closed: the last quarter to which nothing new is added, frozen or that of the opening balances.
    """

    closed: Quarter | None
    today: date
    opening: Quarter | None = None

    @classmethod
    def of(cls, session: Session) -> Accounts:
        return once(session, "accounts", lambda: cls._read(session))

    @classmethod
    def _read(cls, session: Session) -> Accounts:
        frozen, opening = session.scalar(select(func.max(FrozenReturn.quarter))), opening_quarter(session)
        closed = max((quarter for quarter in (frozen, opening) if quarter is not None), default=None)
        return cls(closed, today_of(session), opening)

    def is_closed(self, quarter: Quarter) -> bool:
        """Does a frozen return, or the opening balances, hold the quarter already?"""
        return self.closed is not None and quarter <= self.closed

    @property
    def first_open(self) -> Quarter:
        if self.closed is not None:
            return self.closed.next
        return Quarter(last_full_quarter(self.today).year, 1)

    def in_opening(self, quarter: Quarter) -> bool:
        """Do the opening balances hold the quarter?"""
        return self.opening is not None and quarter <= self.opening

    def at(self, quarter: Quarter) -> Quarter:
        """The quarter itself, or the first open one."""
        return quarter if self.closed is None or quarter > self.closed else self.closed.next

    def of_day(self, day: date) -> Quarter:
        return self.at(Quarter.of(day))

    def moved(self, kept: Quarter | None, day: date) -> Quarter:
        """Where a fact counts that was counted in `kept` and now bears another day.

        What a return counts stays there, but never before its own day: then that return is wrong, and
        the checks ask for a corrected one.
        """
        if kept is not None and self.is_closed(kept):
            return max(kept, Quarter.of(day))
        return self.of_day(day)


def first_open(session: Session) -> Quarter:
    """The earliest quarter that still takes new facts: the one after the last frozen or opening one.

    Before anything is frozen: the first quarter of the year whose return is due next.
    """
    return Accounts.of(session).first_open


def account_for(session: Session, day: date) -> Quarter:
    """The period of account of a fact of that day.

    The quarter of the day, or, when returns of it or of a later one are frozen or it lies within
    the opening balances, the first open quarter: «поступило позже».
    """
    return Accounts.of(session).of_day(day)
