"""The calendar as files: a month on paper, the year ahead for other programs."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.russian import month_title
from app.usecases.calendar_days import KINDS, Item, items, month
from app.usecases.setup import territory_on, unit

AHEAD = 366  # days


def month_paper(session: Session, year: int, number: int) -> bytes:
    """The month as PDF."""
    from app.reports.calendar_paper import MonthPaper, PaperItem, month_pdf  # reportlab is slow to import

    found = month(session, year, number)
    days = tuple(found.first + timedelta(days=n) for n in range((found.last - found.first).days + 1))
    told = tuple(
        PaperItem(item.day, item.last, item.at, item.title, KINDS[item.kind], item.place, item.done)
        for item in found.own
    )
    owner = unit(session)["administration"] or territory_on(session, found.today).name
    return month_pdf(MonthPaper(month_title(year, number), owner, found.today, number, days, told))


def calendar_file(session: Session, first: date) -> bytes:
    """What is ahead from a day for a year, as iCalendar; what is done is left out."""
    from app.reports.calendar_ics import IcsEvent, calendar_ics

    clock = session.info.get("clock") or Clock()
    ahead = [item for item in items(session, first, first + timedelta(days=AHEAD)) if not item.done]
    events = [
        IcsEvent(_uid(item), item.day, item.last, item.title, item.at, item.place, KINDS[item.kind]) for item in ahead
    ]
    return calendar_ics(events, clock.now(), "Куратор НКО")


def _uid(item: Item) -> str:
    which = str(item.quarter) if item.quarter is not None else "-".join(str(id) for id in item.ids[:1])
    return f"{item.kind}-{item.register}-{which}-{item.day:%Y%m%d}"
