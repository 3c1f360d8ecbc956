"""The board of a quarter: who was expected, what came, in time or late, and how full it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.periods import Quarter
from app.models import ReceivedFile, RegionAnswer
from app.region.completeness import Completeness, compared
from app.region.results import expected
from app.returns.life import Step
from app.usecases.accounts import clock_of, today_of
from app.usecases.intake_names import MISNAMED, NOT_ASIDE
from app.usecases.received import Received, received, standing_of, territories
from app.usecases.region_picture import filled_of
from app.usecases.setup import settings, work_calendar


@dataclass(frozen=True, slots=True)
class Place:
    """A territory that existed on the last day of the quarter, and its return.

    first: the version that came first, by which it is in time or late; stands: the one that counts, None while
    missing.  accepted_on, sent_back_on: what was answered to the one that stands.  set_aside: files put by.
    misnamed: what came in a file that its name said to be this return, ''.
    """

    oktmo: str
    name: str
    first: Received | None
    stands: Received | None
    received_on: date | None
    on_time: bool
    days_late: int
    accepted_on: date | None
    sent_back_on: date | None
    set_aside: int
    filled: Completeness | None
    misnamed: str = ""

    @property
    def is_missing(self) -> bool:
        return self.stands is None


@dataclass(frozen=True, slots=True)
class Board:
    """The places of a quarter by code, and the last day to hand in."""

    quarter: Quarter
    due_on: date
    places: tuple[Place, ...]

    @property
    def missing(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.is_missing)

    @property
    def counts(self) -> Mapping[str, int]:
        """expected, received, on_time, accepted, corrected, missing: never more than were expected."""
        held = [place for place in self.places if place.stands is not None]
        return {
            "expected": len(self.places),
            "received": len(held),
            "on_time": sum(place.on_time for place in held),
            "accepted": sum(place.accepted_on is not None for place in held),
            "corrected": sum(place.stands is not None and place.stands.correction > 0 for place in held),
            "missing": len(self.places) - len(held),
        }


def board(session: Session, quarter: Quarter) -> Board:
    """Who was expected for the quarter, and what became of it.

    Lateness of what has not come runs until today.  Expected are territories by the dictionary, so a return of any
    other code is no part of the board (the intake refuses it).
    """
    due = work_calendar(session).return_due(quarter, settings(session).due_day)
    today, day_of = today_of(session), clock_of(session).day_of
    versions = received(session, quarter)
    stands = standing_of(versions)
    first: dict[str, Received] = {}
    for one in sorted(versions, key=lambda version: (version.received_at, version.correction)):
        first.setdefault(one.oktmo, one)
    answers = _answers(session, quarter)
    aside = Counter(session.scalars(
        select(ReceivedFile.oktmo).where(
            ReceivedFile.quarter == quarter, ReceivedFile.result.not_in(NOT_ASIDE)
        )
    ))  # fmt: skip
    wrong = misnamed_of(session, [quarter])
    filled = compared(filled_of(session, [one.id for one in stands.values()]))
    places = []
    for territory in expected(territories(session), quarter):
        came, kept = first.get(territory.code), stands.get(territory.code)
        on = day_of(came.received_at) if came is not None else None
        answered = answers.get(kept.data_sha256, {}) if kept is not None else {}
        places.append(
            Place(
                oktmo=territory.code,
                name=territory.name,
                first=came,
                stands=kept,
                received_on=on,
                on_time=on is not None and on <= due,
                days_late=max(0, ((on or today) - due).days),
                accepted_on=answered.get(Step.ACCEPTED.value),
                sent_back_on=answered.get(Step.SENT_BACK.value),
                set_aside=aside[territory.code],
                filled=filled.get(kept.id) if kept is not None else None,
                misnamed=wrong.get((territory.code, quarter), ""),
            )
        )
    return Board(quarter, due, tuple(places))


def misnamed_of(session: Session, quarters: Sequence[Quarter], oktmo: str = "") -> dict[tuple[str, Quarter], str]:
    """(ОКТМО, quarter) that the name of a file spoke of -> what it held instead, of the last such file."""
    f = ReceivedFile
    query = select(f.oktmo, f.quarter, f.reason, f.file_name).where(f.result == MISNAMED, f.quarter.in_(list(quarters)))
    if oktmo:
        query = query.where(f.oktmo == oktmo)
    rows = session.execute(query.order_by(f.id))
    return {(row.oktmo, row.quarter): f"{row.reason} («{row.file_name}»)" for row in rows}


def _answers(session: Session, quarter: Quarter) -> Mapping[str, dict[str, date]]:
    """Hash of data -> step -> the day of the latest answer."""
    a = RegionAnswer
    found: dict[str, dict[str, date]] = defaultdict(dict)
    query = select(a.data_sha256, a.step, a.answered_on).where(a.quarter == quarter).order_by(a.id)
    for row in session.execute(query):
        found[row.data_sha256][row.step] = row.answered_on
    return found
