"""The log of calls to districts: about which return, when, with whom, and what was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import InvalidRecord
from app.core.periods import Quarter
from app.models import RegionCall
from app.usecases.accounts import today_of

KIND = "call"


@dataclass(frozen=True, slots=True)
class Call:
    """One call.  whom: who answered in the district; by: who called."""

    id: int
    oktmo: str
    quarter: Quarter
    on: date
    whom: str
    said: str
    by: str


def note_call(session: Session, oktmo: str, quarter: Quarter, on: date, whom: str, said: str) -> int:
    """Write a call down; returns its number.  InvalidRecord for what is missing or lies ahead."""
    whom, said = " ".join(whom.split()), said.strip()
    faults = {}
    if on > today_of(session):
        faults["on"] = "Дата ещё не наступила."
    if not whom:
        faults["whom"] = "Укажите, с кем говорили."
    if not said:
        faults["said"] = "Напишите, что сказали: для этого журнал и ведут."
    if faults:
        raise InvalidRecord(faults)
    made = RegionCall(oktmo=oktmo, quarter=quarter, called_on=on, whom=whom, said=said, by=session.info["actor"])
    session.add(made)
    session.flush()
    return made.id


def calls(session: Session, codes: Iterable[str], quarter: Quarter | None = None) -> tuple[Call, ...]:
    """Calls to territories of these codes, the latest first; of one quarter or of all."""
    c = RegionCall
    query = select(c).where(c.oktmo.in_(sorted(codes))).order_by(c.called_on.desc(), c.id.desc())
    if quarter is not None:
        query = query.where(c.quarter == quarter)
    return tuple(_call(row) for row in session.scalars(query))


def last_calls(session: Session, quarters: Iterable[Quarter]) -> Mapping[tuple[str, Quarter], Call]:
    """The latest call about the returns of these quarters, by the code and the quarter it was about."""
    c = RegionCall
    query = select(c).where(c.quarter.in_(list(quarters))).order_by(c.called_on, c.id)
    return {(row.oktmo, row.quarter): _call(row) for row in session.scalars(query)}


def _call(row: RegionCall) -> Call:
    return Call(row.id, row.oktmo, row.quarter, row.called_on, row.whom, row.said, row.by)
