"""The unit's calendar: its own entries and every term that is in the file already, each with the record behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.periods import Quarter
from app.core.russian import plural
from app.core.text import NBSP
from app.models import (
    Appeal,
    CalendarEntry,
    CentreAgreement,
    Event,
    GrantApplication,
    GrantContest,
    Ngo,
    NgoMark,
    Partner,
    PartnerAgreement,
    Reminder,
    ResourceCentre,
)
from app.records.choices import CALENDAR_KINDS
from app.returns.life import State
from app.usecases import reminders
from app.usecases.accounts import today_of
from app.usecases.off_record import left_by
from app.usecases.return_calendar import returns_due
from app.usecases.setup import work_calendar
from app.usecases.titles import quoted

KINDS: dict[str, str] = {
    **CALENDAR_KINDS, "return": "отчёт", "appeal": "обращение", "reminder": "напоминание", "agreement": "соглашение",
    "mark": "ИОПУ", "grant": "грант",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """Something on a day, or on all days from `day` to `last`.  brief: the title where room is scarce.

    kind: a code of KINDS.  register and ids: the records behind it; of a return the register is
    `return` and quarter says which.  at, place: of the unit's own entries.  over: done, or an overdue term.
    """

    day: date
    last: date
    kind: str
    title: str
    register: str
    ids: tuple[int, ...] = ()
    quarter: Quarter | None = None
    at: str = ""
    place: str = ""
    done: bool = False
    late: bool = False
    brief: str = ""

    def holds(self, day: date) -> bool:
        return self.day <= day <= self.last


@dataclass(frozen=True, slots=True)
class Month:
    """A month with what is in it.  first, last: the days of the grid, whole weeks.  off: days that are not worked."""

    year: int
    number: int
    today: date
    first: date
    last: date
    items: tuple[Item, ...]
    off: frozenset[date]

    def of_day(self, day: date) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.holds(day))

    def holds(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.number)

    @property
    def own(self) -> tuple[Item, ...]:
        """Items that touch the month itself."""
        end = _month_end(self.year, self.number)
        return tuple(item for item in self.items if item.day <= end and item.last >= end.replace(day=1))


def month(session: Session, year: int, number: int) -> Month:
    """The grid of a month: from the Monday before its first day to the Sunday after its last one."""
    begin, end = date(year, number, 1), _month_end(year, number)
    first, last = begin - timedelta(days=begin.weekday()), end + timedelta(days=6 - end.weekday())
    calendar = work_calendar(session)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    off = frozenset(day for day in days if not calendar.is_working(day))
    return Month(year, number, today_of(session), first, last, items(session, first, last), off)


def items(session: Session, first: date, last: date) -> tuple[Item, ...]:
    """All that touches the days from first to last, by day; what has an hour after what has none."""
    found = [item for source in _SOURCES for item in source(session, first, last)]
    return tuple(sorted(found, key=lambda item: (item.day, item.at, list(KINDS).index(item.kind), item.title)))


def _month_end(year: int, number: int) -> date:
    return (date(year, number, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _entries(session: Session, first: date, last: date) -> Iterator[Item]:
    query = select(CalendarEntry).where(
        CalendarEntry.archived_on.is_(None), CalendarEntry.starts_on <= last,
        (CalendarEntry.ends_on >= first) | (CalendarEntry.ends_on.is_(None) & (CalendarEntry.starts_on >= first)),
    )  # fmt: skip
    for e in session.scalars(query):
        yield Item(e.starts_on, e.ends_on or e.starts_on, e.kind, e.title, "calendar_entry", (e.id,), at=e.at,
                   place=e.place)  # fmt: skip


def _returns(session: Session, first: date, last: date) -> Iterator[Item]:
    for due in returns_due(session, Quarter.of(first).previous.previous, Quarter.of(last)):
        if first <= due.due_on <= last and not due.outside:
            done = due.state in (State.SENT, State.ACCEPTED)
            yield Item(due.due_on, due.due_on, "return", f"Сдать отчёт за {due.quarter.title}", "return",
                       quarter=due.quarter, done=done, late=bool(due.days_late) and not done,
                       brief="сдать отчёт")  # fmt: skip


def _events(session: Session, first: date, last: date) -> Iterator[Item]:
    query = select(Event.id, Event.title, Event.held_on, Event.place).where(
        Event.archived_on.is_(None), Event.held_on.between(first, last)
    )
    for id, title, held, place in session.execute(query):
        yield Item(held, held, "event", title, "event", (id,), place=place)


def _agreements(session: Session, first: date, last: date) -> Iterator[Item]:
    query = select(PartnerAgreement, Partner.name).join(Partner, Partner.id == PartnerAgreement.partner_id).where(
        PartnerAgreement.archived_on.is_(None), PartnerAgreement.ended_early_on.is_(None),
        PartnerAgreement.ends_on.between(first, last),
    )  # fmt: skip
    for a, partner in session.execute(query):
        if a.ends_on is None:
            continue
        yield Item(a.ends_on, a.ends_on, "agreement", f"Кончается соглашение{_number(a.number)} с {quoted(partner)}",
                   "agreement", (a.id,), brief=partner)  # fmt: skip
    centres = select(CentreAgreement.ends_on, CentreAgreement.number, ResourceCentre.name, ResourceCentre.id).join(
        ResourceCentre, ResourceCentre.id == CentreAgreement.centre_id
    )
    for ends, number, name, id in session.execute(
        centres.where(ResourceCentre.archived_on.is_(None), CentreAgreement.ends_on.between(first, last))
    ):
        title = f"Кончается соглашение{_number(number)} ресурсного центра {quoted(name)}"
        yield Item(ends, ends, "agreement", title, "centre", (id,), brief=name)


def _number(number: str) -> str:
    return f" №{NBSP}{number}" if number else ""


def _marks(session: Session, first: date, last: date) -> Iterator[Item]:
    query = (
        select(NgoMark.valid_to, Ngo.id, Ngo.short_name, Ngo.name)
        .join(Ngo, Ngo.id == NgoMark.ngo_id)
        .where(NgoMark.mark == "iopu", NgoMark.valid_to.between(first, last))
        .where(Ngo.archived_on.is_(None), Ngo.merged_into_id.is_(None))  # the card that stayed has the mark too
    )
    for until, id, short, name in session.execute(query).all():
        if until is None or left_by(session, (id,), until):
            continue  # the NGO is off the register by then
        yield Item(until, until, "mark", f"Кончается статус ИОПУ: {short or name}", "ngo", (id,), brief=short or name)


def _reminders(session: Session, first: date, last: date) -> Iterator[Item]:
    query = select(Reminder).where(Reminder.archived_on.is_(None), Reminder.due_on.between(first, last))
    today = today_of(session)
    kept = list(session.scalars(query))
    idle = reminders.idle(session, [(r.id, r.about_register, r.about_id) for r in kept if r.done_on is None])
    for r in kept:
        if r.id in idle:
            continue
        late = r.done_on is None and r.due_on < today
        yield Item(r.due_on, r.due_on, "reminder", r.text, "reminder", (r.id,), done=r.done_on is not None, late=late)


def _appeals(session: Session, first: date, last: date) -> Iterator[Item]:
    query = select(Appeal).where(Appeal.archived_on.is_(None), Appeal.due_on.between(first, last))
    today = today_of(session)
    for a in session.scalars(query):
        if a.due_on is not None:
            done = a.answered_on is not None
            yield Item(a.due_on, a.due_on, "appeal", f"Ответить на обращение{_number(a.number)}: {a.subject}",
                       "appeal", (a.id,), done=done, late=not done and a.due_on < today, brief=a.subject)  # fmt: skip


def _grants(session: Session, first: date, last: date) -> Iterator[Item]:
    """Days of a contest: when applications came, were decided, were reported; the applications stand behind."""
    query = select(GrantApplication, GrantContest.title).join(
        GrantContest, GrantContest.id == GrantApplication.contest_id
    )
    days: dict[tuple[date, str, str], list[int]] = {}
    for a, contest in session.execute(query.where(GrantApplication.archived_on.is_(None))):
        for when, what in ((a.applied_on, "applied"), (a.decision_on, "decided"), (a.reported_on, "reported")):
            if when is not None and first <= when <= last:
                days.setdefault((when, what, contest), []).append(a.id)
    for (when, what, contest), ids in days.items():
        yield Item(when, when, "grant", f"{_GRANT[what](len(ids))}: {contest}", "grant_application", tuple(ids))


_GRANT: dict[str, Callable[[int], str]] = {
    "applied": lambda n: f"Подано {plural(n, 'заявка', 'заявки', 'заявок')}",
    "decided": lambda n: f"Решение по {plural(n, 'заявке', 'заявкам', 'заявкам')}",
    "reported": lambda n: f"Отчёт по {plural(n, 'гранту', 'грантам', 'грантам')}",
}
_SOURCES: tuple[Callable[[Session, date, date], Iterator[Item]], ...] = (
    _entries, _returns, _events, _agreements, _marks, _reminders, _appeals, _grants,
)  # fmt: skip


def behind(item: Item) -> tuple[str, dict[str, Any]]:
    """(page, where) that opens what stands behind an item."""
    if item.quarter is not None:
        return "return", {"quarter": item.quarter}
    if len(item.ids) > 1:
        return item.register, {"ids": item.ids}
    return item.register, {"record": item.ids[0]}
