"""Support of NGOs: decided, entered in the register of recipients, published, ended, violated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.errors import AppError, InvalidRecord
from app.core.fields import Values
from app.core.russian import day
from app.models import Ngo, Support
from app.records.support import REGISTERED_FORMS
from app.usecases.accounts import account_for, today_of
from app.usecases.records import write
from app.usecases.registers import card
from app.usecases.tables import record
from app.usecases.titles import quoted
from app.usecases.working_copy import refuse_in_copy


@dataclass(frozen=True, slots=True)
class NotEntered:
    """A decision that waits for its entry in the register.  due_on: the last day of the term."""

    id: int
    ngo: str
    form: str
    decision_on: date
    due_on: date


def record_for_many(
    session: Session, ngos: Iterable[int], values: Values, *, event: Values | None = None
) -> list[int]:
    """One act for several NGOs makes a record for each (DOMAIN §4); returns their ids.

    event: values of the training event they all took part in; it is recorded once, and the records
    tied to it.  InvalidRecord names the NGO whose record was refused; then nothing is written.
    """
    chosen = list(dict.fromkeys(ngos))
    shared = dict(values)
    if not chosen:
        nobody = {"ngo_id": "Выберите хотя бы одного получателя."}
        try:  # what else is wrong is told together with it
            write(session, "support", {**shared, "form": "215"} if event is not None else shared)
        except InvalidRecord as fault:
            raise InvalidRecord({**fault.faults, **nobody}) from fault
        raise InvalidRecord(nobody)
    if event is not None:
        shared["event_id"] = write(session, "event", {"kind": "training", **event})
        shared["form"] = "215"
    made = []
    for ngo in chosen:
        try:
            made.append(write(session, "support", {**shared, "ngo_id": ngo}))
        except InvalidRecord as fault:
            name = record(session, "ngo", ngo).name
            raise InvalidRecord({key: f"{quoted(name)}: {text}" for key, text in fault.faults.items()}) from fault
    return made


def enter_in_register(
    session: Session, id: int, *, entered_on: date | None = None, published_on: date | None = None
) -> int:
    """Give the decision the next number of the register of recipients; returns it.

    entered_on: today unless given.  published_on: the day it stood on the official site, if it does.
    AppError for a form that has no entry, a body, or a record entered already.
    """
    refuse_in_copy(session, "вносить в реестр получателей")
    row: Support = record(session, "support", id)
    when = entered_on or today_of(session)
    if row.entry_no is not None:
        raise AppError(f"Мера уже внесена в реестр под №\u00a0{row.entry_no}.")
    if row.before_records:
        raise AppError("Запись «до начала учёта» входит только в остатки: в реестр она внесена раньше.")
    if row.form not in REGISTERED_FORMS:
        raise AppError(
            "Налоговые льготы, закупки и иная поддержка в реестр получателей не вносятся.",
            "В реестр вносится поддержка форм 211–215.",
        )
    if record(session, "ngo", row.ngo_id).kind == "body":
        raise AppError("Объединение без юридического лица не вносится в реестр получателей.")
    _refuse_ahead(session, "entered_on", when)
    if when < row.decision_on:
        raise InvalidRecord({"entered_on": f"Запись раньше решения от {day(row.decision_on)}."})
    # Asked before the row is touched: a query would flush it half filled in.
    number, account = (session.scalar(select(func.max(Support.entry_no))) or 0) + 1, account_for(session, when)
    row.entry_no, row.entered_on, row.entry_account = number, when, account
    session.flush()
    if published_on is not None:
        publish(session, id, published_on)
    return number


def publish(session: Session, id: int, on: date | None = None) -> None:
    """The entry stands on the official site since that day (today)."""
    refuse_in_copy(session, "отмечать публикацию")
    row: Support = record(session, "support", id)
    when = on or today_of(session)
    if row.entry_no is None or row.entered_on is None:
        raise AppError("Мера ещё не внесена в реестр.", "Сначала внесите её, потом отметьте публикацию.")
    _refuse_ahead(session, "published_on", when)
    if when < row.entered_on:
        raise InvalidRecord({"published_on": f"Публикация раньше записи в реестре от {day(row.entered_on)}."})
    row.published_on = when
    session.flush()


def terminate(
    session: Session, id: int, *, decision_no: str, decision_on: date, purpose: str = "", enter: bool = True
) -> int:
    """End support before its term: a row of its own of the register, amount 0, tied to the first.

    It is entered in the register at once, when the first one was; returns the id of the new row.
    """
    first: Support = record(session, "support", id)
    if first.terminates_id is not None:
        raise AppError("Это запись о прекращении: прекратить её нельзя.")
    ended = session.scalar(
        select(Support.decision_on).where(Support.terminates_id == id, Support.archived_on.is_(None)).limit(1)
    )
    if ended is not None:
        raise AppError(f"Поддержка уже прекращена {day(ended)}.")
    if decision_on < first.decision_on:
        raise InvalidRecord({"decision_on": f"Прекращение раньше решения от {day(first.decision_on)}."})
    values = {
        "ngo_id": first.ngo_id,
        "form": first.form,
        "decision_no": decision_no,
        "decision_on": decision_on,
        "purpose": purpose,
        "amount": Decimal(0),
    }
    made = write(session, "support", values, also={"terminates_id": id})
    if enter and first.entry_no is not None:
        enter_in_register(session, made)
    return made


def add_violation(
    session: Session, id: int, found_on: date, text: str, *, returned: Decimal | None = None,
    returned_on: date | None = None,
) -> None:  # fmt: skip
    """Note a violation in the use of support, with the money returned if any (rows 230 and 231)."""
    line = {"found_on": found_on, "text": text, "returned": returned or Decimal(0), "returned_on": returned_on}
    _with_violations(session, id, [line])


def return_money(session: Session, id: int, violation: int, returned: Decimal, on: date) -> None:
    """Money of a violation found earlier came back."""
    lines = [dict(line) for line in card(session, "support", id).lines["violation"]]
    for line in lines:
        if line["id"] == violation:
            line |= {"returned": returned, "returned_on": on}
    write(session, "support", {}, id=id, lines={"violation": lines})


def not_entered(session: Session) -> tuple[NotEntered, ...]:
    """Decisions of 211–215 for legal entities that have no entry in the register yet, oldest first.

    What a body got before it registered needs none: a body does not stand in the register.
    """
    from app.usecases.setup import settings, work_calendar

    calendar, term = work_calendar(session), settings(session).register_days
    query = (
        select(Support.id, Ngo.name, Support.form, Support.decision_on)
        .join(Ngo, Ngo.id == Support.ngo_id)
        .where(
            Support.archived_on.is_(None), Support.entry_no.is_(None), Support.form.in_(sorted(REGISTERED_FORMS)),
            Support.before_records.is_(False), Ngo.kind == "legal",
            Ngo.legal_account.is_(None) | (Ngo.legal_account <= Support.account),
        )
        .order_by(Support.decision_on, Support.id)
    )  # fmt: skip
    return tuple(
        NotEntered(id, name, form, decided, calendar.after(decided, term))
        for id, name, form, decided in session.execute(query)
    )


def _with_violations(session: Session, id: int, added: Sequence[Mapping[str, Any]]) -> None:
    kept = card(session, "support", id).lines["violation"]
    write(session, "support", {}, id=id, lines={"violation": [*kept, *added]})


def _refuse_ahead(session: Session, key: str, when: date) -> None:
    if when > today_of(session):
        raise InvalidRecord({key: "Дата ещё не наступила."})


def enter_many(session: Session, ids: Iterable[int], *, entered_on: date, published_on: date | None = None) -> int:
    """Give decisions their numbers in the order of their days; returns how many were entered.

    A decision that cannot be entered stops all: InvalidRecord or AppError names it, nothing is written.
    """
    rows = sorted((record(session, "support", id) for id in ids), key=lambda row: (row.decision_on, row.id))
    for row in rows:
        try:
            enter_in_register(session, row.id, entered_on=entered_on, published_on=published_on)
        except InvalidRecord as fault:
            name = quoted(record(session, "ngo", row.ngo_id).name)
            raise InvalidRecord({key: f"{name}: {text}" for key, text in fault.faults.items()}) from fault
    return len(rows)


def publish_many(session: Session, ids: Iterable[int], on: date) -> int:
    """The entries stand on the official site since that day; returns how many."""
    chosen = list(ids)
    for id in chosen:
        publish(session, id, on)
    return len(chosen)
