"""Periods of account: in which quarter's return a fact counts (DOMAIN §6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.periods import Quarter, last_full_quarter
from app.models import FrozenReturn, OpeningFigure, OpeningKey


def today_of(session: Session) -> date:
    """Today by the clock of the session."""
    clock = session.info.get("clock") or Clock()
    return clock.today()


def latest_closed(session: Session) -> Quarter | None:
    """The last quarter to which nothing new is added: frozen, or the quarter of the opening balances."""
    closed = [
        session.scalar(select(func.max(column)))
        for column in (FrozenReturn.quarter, OpeningFigure.quarter, OpeningKey.quarter)
    ]
    known = [quarter for quarter in closed if quarter is not None]
    return max(known) if known else None


def is_frozen(session: Session, quarter: Quarter) -> bool:
    """Is there a frozen return of the quarter?"""
    return session.scalar(select(FrozenReturn.id).where(FrozenReturn.quarter == quarter).limit(1)) is not None


@dataclass(frozen=True, slots=True)
class Accounts:
    """Where facts are counted while nothing is frozen in between: looked up once, asked often."""

    closed: Quarter | None
    today: date

    @classmethod
    def of(cls, session: Session) -> Accounts:
        return cls(latest_closed(session), today_of(session))

    def is_closed(self, quarter: Quarter) -> bool:
        """Does a frozen return, or the opening balances, hold the quarter already?"""
        return self.closed is not None and quarter <= self.closed

    @property
    def first_open(self) -> Quarter:
        if self.closed is not None:
            return self.closed.next
        return Quarter(last_full_quarter(self.today).year, 1)

    def at(self, quarter: Quarter) -> Quarter:
        """The quarter itself, or the first open one."""
        return quarter if self.closed is None or quarter > self.closed else self.closed.next

    def of_day(self, day: date) -> Quarter:
        return self.at(Quarter.of(day))


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
