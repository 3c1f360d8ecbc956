"""What the first page shows: the return that is due, what waits for a deed, figures of the district today."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.periods import Quarter, last_full_quarter, quarters
from app.core.russian import plural
from app.core.settings import Settings
from app.models import FrozenReturn, Need, NeedCategory, NgoInterval, NgoMark, Support
from app.records.choices import SUPPORT_FORMS
from app.usecases import registers
from app.usecases.accounts import today_of
from app.usecases.contacts import contact_tasks
from app.usecases.setup import settings, work_calendar
from app.usecases.support import not_entered

_CHARTED = 8  # quarters
_SOON = 30  # days before a mark runs out


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits: how many, what (words for `plural`), a grey detail, and the records behind."""

    icon: str
    tone: str
    count: int
    words: tuple[str, str, str]
    detail: str
    register: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The district on a day.  frozen: the return of the due quarter is approved; next_due_on: of the one after it."""

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
    decisions: tuple[tuple[Quarter, int], ...]
    forms: tuple[tuple[str, int], ...]
    needs: tuple[tuple[str, int], ...]


def overview(session: Session) -> Overview:
    """All of the first page in one read."""
    today = today_of(session)
    quarter = last_full_quarter(today)
    chosen = settings(session)
    due_on = work_calendar(session).return_due(quarter, chosen.due_day)
    frozen = session.scalar(select(func.count()).where(FrozenReturn.quarter == quarter)) or 0
    held = (NgoInterval.taken_on <= today, NgoInterval.removed_on.is_(None) | (NgoInterval.removed_on > today))
    on_record = session.scalar(select(func.count(NgoInterval.ngo_id.distinct())).where(*held)) or 0
    now = Quarter.of(today)
    taken = _count(session, NgoInterval.taken_on >= now.first_day, NgoInterval.before_records.is_(False))
    removed = _count(session, NgoInterval.removed_on >= now.first_day)
    open_ = (Need.status == "open", Need.archived_on.is_(None))
    needs = session.execute(
        select(NeedCategory.title, func.count())
        .join(Need, Need.category_code == NeedCategory.code)
        .where(*open_)
        .group_by(NeedCategory.title)
        .order_by(func.count().desc(), NeedCategory.title)
    ).all()
    old = session.execute(
        select(Need.id, Need.opened_on)
        .where(*open_, Need.opened_on < today - timedelta(days=chosen.need_days))
        .order_by(Need.opened_on)
    ).all()
    return Overview(
        today=today,
        quarter=quarter,
        due_on=due_on,
        next_due_on=work_calendar(session).return_due(quarter.next, chosen.due_day),
        frozen=bool(frozen),
        on_record=on_record,
        taken=taken,
        removed=removed,
        open_needs=sum(count for _, count in needs),
        old_needs=len(old),
        tasks=tuple(_tasks(session, today, chosen, [(row.id, row.opened_on) for row in old])),
        decisions=_decisions(session, now),
        forms=_forms(session, now),
        needs=tuple((title, count) for title, count in needs),
    )


def _count(session: Session, *conditions: object) -> int:
    return session.scalar(select(func.count()).select_from(NgoInterval).where(*conditions)) or 0  # type: ignore[arg-type]


def _tasks(session: Session, today: date, chosen: Settings, old: list[tuple[int, date]]) -> list[Task]:
    need_days = chosen.need_days
    term = plural(chosen.register_days, "рабочий день", "рабочих дня", "рабочих дней")
    waiting = not_entered(session)
    late = tuple(w.id for w in waiting if w.due_on < today)
    soon = tuple(w.id for w in waiting if w.due_on >= today)
    found = [
        Task("warning-circle", "err", len(late), ("решение не внесено в реестр в срок",
             "решения не внесены в реестр в срок", "решений не внесено в реестр в срок"), term, "support", late),
        Task("clock", "warn", len(soon), ("решение ждёт внесения в реестр", "решения ждут внесения в реестр",
             "решений ждут внесения в реестр"), "", "support", soon),
    ]  # fmt: skip
    unpublished = tuple(
        session.scalars(
            select(Support.id).where(
                Support.entry_no.is_not(None), Support.published_on.is_(None), Support.archived_on.is_(None)
            )
        )
    )
    found.append(
        Task("megaphone", "warn", len(unpublished), ("запись реестра не опубликована", "записи реестра не опубликованы",
             "записей реестра не опубликованы"), "", "support", unpublished)
    )  # fmt: skip
    eldest = f"старшая — {(today - old[0][1]).days} дн." if old else ""
    found.append(
        Task("lifebuoy", "warn", len(old), (f"потребность открыта дольше {need_days} дней",
             f"потребности открыты дольше {need_days} дней", f"потребностей открыто дольше {need_days} дней"), eldest,
             "need", tuple(id for id, _ in old))
    )  # fmt: skip
    ending = session.execute(
        select(NgoMark.ngo_id, NgoMark.valid_to)
        .where(NgoMark.mark == "iopu", NgoMark.valid_to >= today, NgoMark.valid_to <= today + timedelta(days=_SOON))
        .order_by(NgoMark.valid_to)
    ).all()
    until = f"до {ending[-1].valid_to:%d.%m.%Y}" if ending else ""
    found.append(
        Task("seal-check", "warn", len(ending), ("НКО теряет статус ИОПУ", "НКО теряют статус ИОПУ",
             "НКО теряют статус ИОПУ"), until, "ngo", tuple(row.ngo_id for row in ending))
    )  # fmt: skip
    unverified = tuple(registers.find(session, "ngo", filters={"status": "unverified", "on_record": True}))
    words = ("НКО не проверена", "НКО не проверены", "НКО не проверены")
    found.append(Task("eye", "", len(unverified), words, "", "ngo", unverified))
    found += [Task("shield-check", *rest) for rest in contact_tasks(session)]
    return [task for task in found if task.count]


def _decisions(session: Session, now: Quarter) -> tuple[tuple[Quarter, int], ...]:
    """Decisions by period of account, eight quarters up to now."""
    first = now
    for _ in range(_CHARTED - 1):
        first = first.previous
    query = (
        select(Support.account, func.count())
        .where(Support.terminates_id.is_(None), Support.archived_on.is_(None), Support.before_records.is_(False))
        .group_by(Support.account)
    )
    counted = {account: count for account, count in session.execute(query)}  # noqa: C416 - rows, not pairs
    return tuple((quarter, counted.get(quarter, 0)) for quarter in quarters(first, now))


def _forms(session: Session, now: Quarter) -> tuple[tuple[str, int], ...]:
    """Decisions of this quarter and the one before by form, most frequent first."""
    query = select(Support.form).where(
        Support.terminates_id.is_(None), Support.archived_on.is_(None), Support.account.in_([now, now.previous])
    )
    counted = Counter(session.scalars(query))
    return tuple((SUPPORT_FORMS[form].split(" и ")[0], count) for form, count in counted.most_common())
