"""What waits for a deed: appeals, the register, needs, terms that run out, calls; what is overdue stands first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.russian import day, plural
from app.core.settings import Settings
from app.models import Need, Ngo, NgoInterval, NgoMark, NgoStatus, Support
from app.usecases import appeals, calls, reminders
from app.usecases.accounts import today_of
from app.usecases.contacts import contact_tasks
from app.usecases.off_record import left_by
from app.usecases.setup import settings, work_calendar
from app.usecases.support import not_entered

_SOON = 30  # days before a mark runs out
_ANSWER_SOON = 7  # days before the term of an answer
_ORDER = {"err": 0, "warn": 1, "": 2}

Words = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits: how many, what (words for `plural`), a grey detail, and the records behind.

    page: where `ids` open, a register or the page that walks them.  deed: the word of its button.
    """

    icon: str
    tone: str
    count: int
    words: Words
    detail: str
    page: str
    ids: tuple[int, ...]
    deed: str = "Открыть"


def tasks(session: Session) -> tuple[Task, ...]:
    """Every task that has something in it: what is overdue, what has a term, the rest."""
    today, chosen = today_of(session), settings(session)
    found = [
        *_appeals(session, today),
        *_register(session, today, chosen),
        *_reminders(session, today),
        *_needs(session, today, chosen),
        *_marks(session, today),
        *_ngos(session, chosen),
        *(Task("shield-check", *parts) for parts in contact_tasks(session)),
    ]
    return tuple(sorted((task for task in found if task.count), key=lambda task: _ORDER[task.tone]))


def badge(session: Session) -> int:
    """How many things with a term are due: reminders of today and before, appeals past their term."""
    today = today_of(session)
    return len(reminders.due(session)) + sum(one.due_on < today for one in appeals.waiting(session))


def old_needs(session: Session, today: date, days: int) -> list[tuple[int, date]]:
    """(id, day) of needs that are open for more than so many days, the oldest first."""
    query = (
        select(Need.id, Need.opened_on)
        .where(Need.status == "open", Need.archived_on.is_(None), Need.opened_on < today - timedelta(days=days))
        .order_by(Need.opened_on, Need.id)
    )
    return [(row.id, row.opened_on) for row in session.execute(query)]


def _task(icon: str, tone: str, ids: Sequence[int], words: Words, page: str, detail: str = "", **more: str) -> Task:
    return Task(icon, tone, len(ids), words, detail, page, tuple(ids), **more)


def _appeals(session: Session, today: date) -> Iterator[Task]:
    waiting = appeals.waiting(session)
    late = [one for one in waiting if one.due_on < today]
    soon = [one for one in waiting if today <= one.due_on <= today + timedelta(days=_ANSWER_SOON)]
    eldest = f"срок истёк {day(late[0].due_on)}" if late else ""
    yield _task("envelope", "err", [one.id for one in late], ("обращение без ответа в срок",
                "обращения без ответа в срок", "обращений без ответа в срок"), "appeal", eldest)  # fmt: skip
    nearest = f"ответить до {day(soon[0].due_on)}" if soon else ""
    yield _task("envelope", "warn", [one.id for one in soon], ("обращение ждёт ответа", "обращения ждут ответа",
                "обращений ждут ответа"), "appeal", nearest)  # fmt: skip


def _register(session: Session, today: date, chosen: Settings) -> Iterator[Task]:
    term = plural(chosen.register_days, "рабочий день", "рабочих дня", "рабочих дней")
    waiting = not_entered(session)
    late = [w.id for w in waiting if w.due_on < today]
    soon = [w.id for w in waiting if w.due_on >= today]
    yield _task("warning-circle", "err", late, ("решение не внесено в реестр в срок",
                "решения не внесены в реестр в срок", "решений не внесено в реестр в срок"), "support",
                term)  # fmt: skip
    yield _task("clock", "warn", soon, ("решение ждёт внесения в реестр", "решения ждут внесения в реестр",
                "решений ждут внесения в реестр"), "support")  # fmt: skip
    calendar = work_calendar(session)
    query = select(Support.id, Support.decision_on).where(
        Support.entry_no.is_not(None), Support.published_on.is_(None), Support.archived_on.is_(None)
    )
    unpublished: dict[bool, list[int]] = {True: [], False: []}
    for id, decided in session.execute(query.order_by(Support.entry_no)):
        unpublished[calendar.after(decided, chosen.register_days) < today].append(id)
    yield _task("megaphone", "err", unpublished[True], ("запись реестра не опубликована в срок",
                "записи реестра не опубликованы в срок", "записей реестра не опубликовано в срок"),
                "support", term)  # fmt: skip
    yield _task("megaphone", "warn", unpublished[False], ("запись реестра ждёт публикации",
                "записи реестра ждут публикации", "записей реестра ждут публикации"), "support")  # fmt: skip


def _reminders(session: Session, today: date) -> Iterator[Task]:
    due = reminders.due(session)
    late = [one.id for one in due if one.due_on < today]
    now = [one for one in due if one.due_on == today]
    yield _task("bell", "err", late, ("напоминание просрочено", "напоминания просрочены", "напоминаний просрочено"),
                "reminder", next((one.text for one in due), ""))  # fmt: skip
    yield _task("bell", "warn", [one.id for one in now], ("напоминание на сегодня", "напоминания на сегодня",
                "напоминаний на сегодня"), "reminder", now[0].text if now else "")  # fmt: skip


def _needs(session: Session, today: date, chosen: Settings) -> Iterator[Task]:
    old = old_needs(session, today, chosen.need_days)
    days = plural(chosen.need_days, "дня", "дней", "дней")
    eldest = f"старшая — {(today - old[0][1]).days} дн." if old else ""
    yield _task("lifebuoy", "warn", [id for id, _ in old], (f"потребность открыта дольше {days}",
                f"потребности открыты дольше {days}", f"потребностей открыто дольше {days}"), "need",
                eldest)  # fmt: skip


def _marks(session: Session, today: date) -> Iterator[Task]:
    ending = session.execute(
        select(NgoMark.ngo_id, NgoMark.valid_to)
        .join(Ngo, Ngo.id == NgoMark.ngo_id)
        .where(
            NgoMark.mark == "iopu", NgoMark.valid_to >= today, NgoMark.valid_to <= today + timedelta(days=_SOON),
            Ngo.archived_on.is_(None), Ngo.merged_into_id.is_(None),
        )
        .order_by(NgoMark.valid_to, NgoMark.ngo_id)
    ).all()  # fmt: skip
    left = left_by(session, [row.ngo_id for row in ending], today)
    ending = [row for row in ending if row.ngo_id not in left]
    until = f"ближайшая — {day(ending[0].valid_to)}" if ending else ""
    ids = list(dict.fromkeys(row.ngo_id for row in ending))
    words = ("НКО теряет статус ИОПУ", "НКО теряют статус ИОПУ", "НКО теряют статус ИОПУ")
    yield _task("seal-check", "warn", ids, words, "ngo", until)


def _ngos(session: Session, chosen: Settings) -> Iterator[Task]:
    year = chosen.verify_days == Settings().verify_days
    term = "больше года" if year else f"дольше {plural(chosen.verify_days, 'дня', 'дней', 'дней')}"
    yield _task("phone", "", calls.unverified(session), (f"НКО не проверялась {term}", f"НКО не проверялись {term}",
                f"НКО не проверялись {term}"), "calling", deed="Обзвонить")  # fmt: skip
    yield _task("eye", "", _never_checked(session), ("НКО не проверена", "НКО не проверены", "НКО не проверены"), "ngo")


def _never_checked(session: Session) -> list[int]:
    """NGOs on record whose status is «не проверена» today."""
    today = today_of(session)
    held = (NgoInterval.taken_on <= today, NgoInterval.removed_on.is_(None) | (NgoInterval.removed_on > today))
    here = select(Ngo.id).join(NgoInterval, NgoInterval.ngo_id == Ngo.id).where(*held, Ngo.archived_on.is_(None))
    statuses = select(NgoStatus.ngo_id, NgoStatus.status).where(NgoStatus.since <= today).order_by(NgoStatus.since)
    latest = {ngo: status for ngo, status in session.execute(statuses)}  # noqa: C416 - rows, not pairs
    ids = dict.fromkeys(session.scalars(here.order_by(Ngo.folded, Ngo.id)))
    return [id for id in ids if latest.get(id, "unverified") == "unverified"]
