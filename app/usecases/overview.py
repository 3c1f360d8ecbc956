"""What the first page shows: the return that is due, what waits for a deed, figures of the district today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.periods import Quarter, last_full_quarter
from app.models import FrozenReturn, Ngo, NgoInterval
from app.usecases import charted, tasks
from app.usecases.accounts import today_of
from app.usecases.charted import Bar
from app.usecases.setup import settings, work_calendar
from app.usecases.tasks import Task


@dataclass(frozen=True, slots=True)
class Overview:
    """The district on a day.  frozen: the return of the due quarter is approved; next_due_on: of the one after it.

    decisions by quarter, forms, settlements of half a year, open needs by category: bars with their records.
    """

    today: date
    quarter: Quarter
    due_on: date
    next_due_on: date
    frozen: bool
    on_record: int
    taken: int
    removed: int
    open_needs: int
    old_needs: int
    tasks: tuple[Task, ...]
    decisions: tuple[Bar, ...]
    forms: tuple[Bar, ...]
    settlements: tuple[Bar, ...]
    needs: tuple[Bar, ...]


def overview(session: Session) -> Overview:
    """All of the first page in one read."""
    today = today_of(session)
    quarter = last_full_quarter(today)
    chosen = settings(session)
    frozen = session.scalar(select(func.count()).where(FrozenReturn.quarter == quarter)) or 0
    kept = NgoInterval.ngo_id.in_(select(Ngo.id).where(Ngo.archived_on.is_(None)))
    held = (kept, NgoInterval.taken_on <= today, NgoInterval.removed_on.is_(None) | (NgoInterval.removed_on > today))
    now = Quarter.of(today)
    # Two cards that became one: no NGO came with the second, and none went with it.
    one_card = NgoInterval.ngo_id.in_(select(Ngo.id).where(Ngo.merged_into_id.is_(None)))
    needs = charted.by_category(session)
    return Overview(
        today=today,
        quarter=quarter,
        due_on=work_calendar(session).return_due(quarter, chosen.due_day),
        next_due_on=work_calendar(session).return_due(quarter.next, chosen.due_day),
        frozen=bool(frozen),
        on_record=session.scalar(select(func.count(NgoInterval.ngo_id.distinct())).where(*held)) or 0,
        taken=_count(session, kept, one_card, NgoInterval.taken_on >= now.first_day,
                     NgoInterval.before_records.is_(False)),
        removed=_count(session, kept, NgoInterval.removed_on >= now.first_day, NgoInterval.removal != "merged"),
        open_needs=sum(bar.count for bar in needs),
        old_needs=len(tasks.old_needs(session, today, chosen.need_days)),
        tasks=tasks.tasks(session),
        decisions=charted.by_quarter(session, now),
        forms=charted.by_form(session, now),
        settlements=charted.by_settlement(session, now),
        needs=needs,
    )


def _count(session: Session, *conditions: object) -> int:
    return session.scalar(select(func.count()).select_from(NgoInterval).where(*conditions)) or 0  # type: ignore[arg-type]
