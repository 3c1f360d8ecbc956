"""Reminders with a date, alone or of a record; «reminders_of» is what a card shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.fields import Values
from app.models import JournalEntry, Reminder
from app.usecases.accounts import today_of
from app.usecases.off_record import left_by, one_with, told_of_leaving
from app.usecases.records import write
from app.usecases.tables import record


@dataclass(frozen=True, slots=True)
class Reminding:
    """A reminder that is not done.  register, about: the record it is of, '' and None for none."""

    id: int
    text: str
    due_on: date
    register: str
    about: int | None


def remind(session: Session, text: str, on: date, *, register: str = "", about: int | None = None) -> int:
    """Be reminded on a day, of a record if one is named; returns the id."""
    named: Values = {"about_register": register, "about_id": about} if register and about is not None else {}
    return write(session, "reminder", {"text": text, "due_on": on}, also=named)


def done(session: Session, id: int, on: date | None = None) -> None:
    """«Сделано»: today.  AppError when it was done before."""
    reminder: Reminder = record(session, "reminder", id)
    if reminder.done_on is not None:
        raise AppError("Это уже сделано.", "Чтобы напомнило снова, уберите день в поле «Сделано» (F2).")
    write(session, "reminder", {"done_on": on or today_of(session)}, id=id)


def reminders_of(session: Session, register: str, id: int) -> tuple[Reminding, ...]:
    """What is still to be reminded of a record, or of a card that was merged into it, the nearest first."""
    ids = one_with(session, id) if register == "ngo" else (id,)
    return _open(session, Reminder.about_register == register, Reminder.about_id.in_(ids))


def due(session: Session, until: date | None = None) -> tuple[Reminding, ...]:
    """Reminders of today and before, the oldest first; until: also of the days up to it."""
    found = _open(session, Reminder.due_on <= (until or today_of(session)))
    without = idle(session, [(one.id, one.register, one.about) for one in found])
    return tuple(one for one in found if one.id not in without)


def idle(session: Session, of: Sequence[tuple[int, str, int | None]]) -> frozenset[int]:
    """Reminders of NGOs that have left the register since: there is nothing to do.  of: (id, register, record).

    One that was written or changed after its NGO had left was meant so, and stays.
    """
    about = {id: record for id, register, record in of if register == "ngo" and record is not None}
    left = left_by(session, set(about.values()), today_of(session)) if about else {}
    gone = {id: left[record] for id, record in about.items() if record in left}
    touched = select(JournalEntry.record_id, func.max(JournalEntry.id)).where(
        JournalEntry.table_name == "reminder", JournalEntry.record_id.in_([str(id) for id in gone])
    )
    written = {int(id): entry for id, entry in session.execute(touched.group_by(JournalEntry.record_id))}
    leaving = told_of_leaving(session, set(gone.values()))
    return frozenset(id for id, card in gone.items() if written.get(id, 0) < leaving.get(card, 0))


def about(session: Session, id: int) -> tuple[str, int] | None:
    """(register, id) of the record a reminder is of, or None."""
    reminder: Reminder = record(session, "reminder", id, archived=True)
    return (reminder.about_register, reminder.about_id) if reminder.about_id is not None else None


def quick_days(today: date) -> tuple[tuple[str, date], ...]:
    """«завтра», «через неделю», «1-е число»: what is chosen most."""
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return (
        ("Завтра", today + timedelta(days=1)),
        ("Через неделю", today + timedelta(days=7)),
        ("1-е число", first),
    )


def _open(session: Session, *conditions: object) -> tuple[Reminding, ...]:
    query = (
        select(Reminder.id, Reminder.text, Reminder.due_on, Reminder.about_register, Reminder.about_id)
        .where(Reminder.done_on.is_(None), Reminder.archived_on.is_(None), *conditions)  # type: ignore[arg-type]
        .order_by(Reminder.due_on, Reminder.id)
    )
    return tuple(Reminding(*row) for row in session.execute(query))
