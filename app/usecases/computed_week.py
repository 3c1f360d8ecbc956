"""What appeals and reminders show and keep elsewhere: their state on the day, what became of them, of what they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Appeal, CentreService, Need, Reminder, Support
from app.records import REGISTERS
from app.usecases.accounts import today_of
from app.usecases.titles import titles

ById = dict[int, dict[str, Any]]
BECOMES = (("need", Need), ("service", CentreService), ("support", Support))
"""Registers whose records name the appeal they were made from."""


def appeal_status(due_on: date | None, answered_on: date | None, today: date) -> str:
    """A code of `choices.APPEAL_STATUSES`: an answer given late is an answer."""
    if answered_on is not None:
        return "answered"
    return "overdue" if due_on is not None and due_on < today else "open"


def reminder_status(due_on: date, done_on: date | None, today: date) -> str:
    """A code of `choices.REMINDER_STATUSES`."""
    return "done" if done_on is not None else "due" if due_on <= today else "waiting"


def appeals(session: Session, found: ById) -> None:
    """status and became of the appeals in `found`."""
    today = today_of(session)
    for values in found.values():
        values |= {"status": "open", "became": ""}
    query = select(Appeal.id, Appeal.due_on, Appeal.answered_on)
    for id, due, answered in session.execute(query.where(Appeal.id.in_(found)) if len(found) <= 2000 else query):
        if id in found:
            found[id]["status"] = appeal_status(due, answered, today)
    for id, words in became(session, found).items():
        found[id]["became"] = "; ".join(words)


def became(session: Session, ids: Collection[int]) -> dict[int, list[str]]:
    """Appeal -> «Потребность: …» for each record made from it."""
    told: dict[int, list[str]] = defaultdict(list)
    for register, model in BECOMES:
        query = select(model.appeal_id, model.id).where(model.appeal_id.is_not(None), model.archived_on.is_(None))
        rows = session.execute(query.order_by(model.id))
        pairs = [(appeal, id) for appeal, id in rows if appeal is not None and appeal in ids]
        named = titles(session, register, [id for _, id in pairs]) if pairs else {}
        for appeal, id in pairs:
            told[appeal].append(f"{REGISTERS[register].title_one}: {named.get(id, '')}")
    return told


def reminders(session: Session, found: ById) -> None:
    """status and about of the reminders in `found`."""
    today = today_of(session)
    for values in found.values():
        values |= {"status": "waiting", "about": ""}
    named: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    query = select(Reminder.id, Reminder.due_on, Reminder.done_on, Reminder.about_register, Reminder.about_id)
    for id, due, done, register, about in session.execute(
        query.where(Reminder.id.in_(found)) if len(found) <= 2000 else query
    ):
        if id not in found:
            continue
        found[id]["status"] = reminder_status(due, done, today)
        if register in REGISTERS and about is not None:
            named[register][about].append(id)
    for register, places in named.items():
        for about, title in titles(session, register, places).items():
            for id in places[about]:
                found[id]["about"] = f"{REGISTERS[register].title_one}: {title}" if register != "ngo" else title
