"""Обзвон: NGOs to call one by one; each answer is one write, and the journal of calls stays with the NGO."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.core.errors import InvalidRecord
from app.core.russian import day
from app.models import CallAttempt, Contact, Ngo, NgoInterval, NgoStatus
from app.records.choices import CALL_OUTCOMES
from app.usecases import ngos, off_record, registers
from app.usecases.accounts import today_of
from app.usecases.contacts import may_be_used
from app.usecases.setup import settings
from app.usecases.tables import record

DONE = frozenset({"verified", "closed"})
"""Outcomes after which an NGO is not called again in the same walk."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call or note of a talk."""

    on: date
    outcome: str
    note: str


@dataclass(frozen=True, slots=True)
class Called:
    """An NGO as the page of calls shows it.

    phones: (whose, number).  calls: the latest first.  open_needs, supports: what stands with it.
    """

    id: int
    name: str
    full: str
    director: str
    phones: tuple[tuple[str, str], ...]
    email: str
    address: str
    status: str
    marks: str
    verified_on: date | None
    verified_by: str
    note: str
    calls: tuple[Call, ...]
    open_needs: tuple[tuple[int, str], ...]


def unverified(session: Session) -> tuple[int, ...]:
    """NGOs on record that nobody verified for so many days as the settings say, the longest ago first.

    One that was never verified counts from the day it was taken on record, unless its status says «не проверена»:
    that one waits for a call since ever.
    """
    today = today_of(session)
    limit = today - timedelta(days=settings(session).verify_days)
    since = func.coalesce(Ngo.verified_on, NgoInterval.taken_on)
    status = (
        select(NgoStatus.status).where(NgoStatus.ngo_id == Ngo.id, NgoStatus.since <= today)
        .order_by(NgoStatus.since.desc()).limit(1).correlate(Ngo).scalar_subquery()
    )  # fmt: skip
    query = (
        select(Ngo.id)
        .join(NgoInterval, NgoInterval.ngo_id == Ngo.id)
        .where(
            NgoInterval.taken_on <= today,
            NgoInterval.removed_on.is_(None) | (NgoInterval.removed_on > today),
            Ngo.archived_on.is_(None),
            Ngo.merged_into_id.is_(None),
            or_(since < limit, and_(Ngo.verified_on.is_(None), status == "unverified")),
        )
        .order_by(since, Ngo.folded, Ngo.id)
    )
    return tuple(dict.fromkeys(session.scalars(query)))


def present(session: Session, ids: Collection[int]) -> frozenset[int]:
    """Those of the NGOs whose cards are neither archived nor merged."""
    query = select(Ngo.id).where(Ngo.archived_on.is_(None), Ngo.merged_into_id.is_(None))
    return frozenset(session.scalars(query)) & frozenset(ids)


def outcomes(session: Session, ids: Collection[int], since: date) -> Mapping[int, tuple[str, date]]:
    """The latest outcome of each NGO since a day, notes aside: (outcome, day)."""
    wanted = set(ids)
    query = (
        select(CallAttempt.ngo_id, CallAttempt.outcome, CallAttempt.called_on)
        .where(CallAttempt.called_on >= since, CallAttempt.outcome != "note")
        .order_by(CallAttempt.id)
    )
    return {ngo: (outcome, on) for ngo, outcome, on in session.execute(query) if ngo in wanted}


def in_order(ids: Sequence[int], found: Mapping[int, tuple[str, date]], today: date) -> tuple[int, ...]:
    """Whom to call yet: the untried, those not reached on an earlier day, at the end those of today."""
    left = [id for id in ids if found.get(id, ("", today))[0] not in DONE]
    return (
        *(id for id in left if id not in found),
        *(id for id in left if id in found and found[id][1] < today),
        *(id for id in left if id in found and found[id][1] >= today),
    )


def called(session: Session, id: int) -> Called:
    """What a clerk looks at while the telephone rings."""
    values = registers.card(session, "ngo", id).values
    needs = registers.find(session, "need", filters={"ngo_id": id, "status": "open"})
    today = today_of(session)
    phones = [("НКО", str(values["phone"]))] if values.get("phone") else []
    for contact in session.scalars(select(Contact).where(Contact.ngo_id == id).order_by(Contact.id)):
        if contact.phone and may_be_used(contact, today):
            phones.append((f"{contact.name}, {contact.post}".rstrip(", "), contact.phone))
    return Called(
        id=id,
        name=str(values.get("short_name") or values["name"]),
        full=str(values["name"]),
        director=str(values.get("director") or ""),
        phones=tuple(phones),
        email=str(values.get("email") or ""),
        address=str(values.get("address") or ""),
        status=str(values.get("status_title") or ""),
        marks=str(values.get("marks_title") or ""),
        verified_on=values.get("verified_on"),
        verified_by=str(values.get("verified_by") or ""),
        note=str(values.get("note") or ""),
        calls=calls_of(session, id),
        open_needs=tuple(
            (row.id, f"{row.values.get('category_code_title', '')}: {row.values.get('text') or ''}".rstrip(": "))
            for row in registers.rows(session, "need", needs)
        ),
    )


def calls_of(session: Session, id: int) -> tuple[Call, ...]:
    """Every call to an NGO, also by a card that was merged into its own, the latest first."""
    its = CallAttempt.ngo_id.in_(off_record.one_with(session, id))
    lines = session.scalars(select(CallAttempt).where(its).order_by(CallAttempt.id.desc()))
    return tuple(Call(line.called_on, line.outcome, line.note) for line in lines)


def verified(session: Session, id: int) -> None:
    """1: they answered, and what the card says is so."""
    ngos.verify(session, id)
    _note(session, id, "verified")


def not_reached(session: Session, id: int) -> None:
    """2: nobody answered; the attempt is counted."""
    _note(session, id, "not_reached")


def closed(session: Session, id: int) -> None:
    """3: it does not work any more: the status says so from today, on the ground of the call."""
    today = today_of(session)
    ngos.change_status(session, id, "inactive", f"обзвон {day(today)}")
    _note(session, id, "closed")


def note(session: Session, id: int, text: str) -> None:
    """What was said, in words."""
    if not text.strip():
        raise InvalidRecord({"text": "Напишите, что сказали."})
    _note(session, id, "note", text.strip())


def told(call: Call) -> str:
    """«не дозвонились», or the words of a note."""
    return call.note or CALL_OUTCOMES[call.outcome]


def _note(session: Session, id: int, outcome: str, text: str = "") -> None:
    record(session, "ngo", id)
    session.add(CallAttempt(ngo_id=id, called_on=today_of(session), outcome=outcome, note=text))
    session.flush()
