"""Periods of account: in which quarter's return a fact counts (DOMAIN §6)."""

from __future__ import annotations

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


def first_open(session: Session) -> Quarter:
    """The earliest quarter that still takes new facts: the one after the last frozen or opening one.

    Before anything is frozen: the first quarter of the year whose return is due next.
    """
    closed = latest_closed(session)
    if closed is not None:
        return closed.next
    return Quarter(last_full_quarter(today_of(session)).year, 1)


def account_for(session: Session, day: date) -> Quarter:
    """The period of account of a fact of that day.

    The quarter of the day, or, when returns of it or of a later one are frozen or it lies within
    the opening balances, the first open quarter: «поступило позже».
    """
    quarter, closed = Quarter.of(day), latest_closed(session)
    return quarter if closed is None or quarter > closed else closed.next
