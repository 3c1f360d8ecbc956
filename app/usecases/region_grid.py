"""The board of districts × quarters: of every place what came and when, without opening a single return.

How full a return is stands in its content, so that it is asked for one quarter alone (`filled_of`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.collecting import paused_collecting
from app.core.periods import Quarter, quarters
from app.models import ReceivedFile, ReceivedReturn, RegionAnswer
from app.region.completeness import Completeness, compared
from app.region.results import chains, expected
from app.returns.life import Step
from app.usecases.accounts import clock_of, today_of
from app.usecases.intake_names import NOT_ASIDE
from app.usecases.received import territories
from app.usecases.region_board import misnamed_of
from app.usecases.region_calls import Call, last_calls
from app.usecases.region_picture import filled_of as rows_filled
from app.usecases.region_returns import quarters_held, standing_sources
from app.usecases.setup import settings, work_calendar


class Standing(StrEnum):
    """What is to be seen of a place at a glance: the first of these that holds."""

    NOT_EXPECTED = "not_expected"  # the territory did not exist on the last day
    MISSING = "missing"  # the term is over
    AWAITED = "awaited"
    ASIDE = "aside"  # a file came and was set aside, and nothing else
    MISNAMED = "misnamed"  # nothing came but a file whose name spoke of this return and held another
    SENT_BACK = "sent_back"  # remarks went to the version that stands
    LATE = "late"
    CORRECTED = "corrected"
    ACCEPTED = "accepted"  # in time, a receipt is out
    RECEIVED = "received"  # in time, no receipt yet


@dataclass(frozen=True, slots=True)
class GridPlace:
    """A district in a quarter.

    oktmo: valid on the quarter's last day, '' where none was.  received_on: of the version that came first, by which
    it is in time or days_late; correction: of the one that stands, None while missing.  accepted_on, sent_back_on:
    what was answered to that one.  aside: files that were set aside; misnamed: what came under the name of this
    return, ''.
    """

    oktmo: str
    quarter: Quarter
    standing: Standing
    received_on: date | None = None
    days_late: int = 0
    correction: int | None = None
    accepted_on: date | None = None
    sent_back_on: date | None = None
    aside: int = 0
    misnamed: str = ""

    @property
    def is_here(self) -> bool:
        return self.correction is not None

    @property
    def is_missing(self) -> bool:
        """Nothing is here though the term is over."""
        return not self.is_here and self.days_late > 0

    @property
    def on_time(self) -> bool:
        return self.is_here and not self.days_late


@dataclass(frozen=True, slots=True)
class GridRow:
    """A district by the chain of its territories, with a place for every quarter of the grid."""

    code: str
    name: str
    places: tuple[GridPlace, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Of returns, never more than were expected.  missing: of those whose term is over; awaited: of the others."""

    expected: int
    received: int
    on_time: int
    late: int
    accepted: int
    corrected: int
    sent_back: int
    missing: int
    awaited: int = 0

    def share(self, number: int) -> Decimal | None:
        """Per cent with one place, 100 at most; None where nothing was expected."""
        if not self.expected:
            return None
        return (Decimal(100) * number / self.expected).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Grid:
    """Districts by name, quarters from the earliest; due: the last day of each."""

    quarters: tuple[Quarter, ...]
    due: Mapping[Quarter, date]
    rows: tuple[GridRow, ...]
    calls: Mapping[tuple[str, Quarter], Call]  # the latest of a place

    def counts(self, quarters: Iterable[Quarter]) -> Counts:
        """Of these quarters together."""
        wanted = set(quarters)
        held = [place for row in self.rows for place in row.places
                if place.quarter in wanted and place.standing is not Standing.NOT_EXPECTED]  # fmt: skip
        here = [place for place in held if place.is_here]
        return Counts(
            expected=len(held),
            received=len(here),
            on_time=sum(place.on_time for place in here),
            late=sum(place.days_late > 0 for place in here),
            accepted=sum(place.accepted_on is not None for place in here),
            corrected=sum(bool(place.correction) for place in here),
            sent_back=sum(place.standing is Standing.SENT_BACK for place in here),
            missing=sum(place.is_missing for place in held),
            awaited=sum(not place.is_here and not place.is_missing for place in held),
        )

    def awaited(self, quarter: Quarter) -> tuple[GridPlace, ...]:
        """Places of the quarter from which no return is here, whether its term is over or not."""
        return tuple(place for row in self.rows for place in row.places
                     if place.quarter == quarter and place.oktmo and not place.is_here)  # fmt: skip


def grid(session: Session, shown: Sequence[Quarter]) -> Grid:
    """The places of these quarters.  Lateness of what has not come runs until today."""
    with paused_collecting():
        return _grid(session, shown)


def _grid(session: Session, shown: Sequence[Quarter]) -> Grid:
    known = territories(session)
    facts = _facts(session, shown)
    expected_of = {quarter: expected(known, quarter) for quarter in shown}
    chain = chains(known)
    lines: dict[str, dict[Quarter, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quarter, found in expected_of.items():
        for territory in found:
            lines[chain(territory.code)][quarter].append(territory.code)
    names = {territory.code: territory.name for territory in known}
    rows = []
    for code, by_quarter in lines.items():
        for codes in _lines(code, by_quarter):
            places = tuple(_place(codes.get(quarter, ""), quarter, facts) for quarter in shown)
            last = next((place.oktmo for place in reversed(places) if place.oktmo), code)
            rows.append(GridRow(last, names[last], places))
    rows.sort(key=lambda row: row.name.lower().replace("ё", "е"))
    return Grid(tuple(shown), facts.due, tuple(rows), last_calls(session, shown))


def place_of(session: Session, oktmo: str, quarter: Quarter) -> tuple[GridPlace, date]:
    """One place, and the last day to hand in.  oktmo: valid on the quarter's last day."""
    facts = _facts(session, [quarter], oktmo)
    return _place(oktmo, quarter, facts), facts.due[quarter]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is kept of these quarters.  versions: (day it came, correction, hash of the data) by place."""

    due: Mapping[Quarter, date]
    today: date
    versions: Mapping[tuple[str, Quarter], list[tuple[date, int, str]]]
    answers: Mapping[str, Mapping[str, date]]
    aside: Counter[tuple[str, Quarter]]
    misnamed: Mapping[tuple[str, Quarter], str]


def _facts(session: Session, shown: Sequence[Quarter], oktmo: str = "") -> _Facts:
    calendar, day, wanted = work_calendar(session), settings(session).due_day, list(shown)
    day_of = cache(clock_of(session).day_of)  # files that came together came at one moment
    v, f, a = ReceivedReturn, ReceivedFile, RegionAnswer
    came = select(v.oktmo, v.quarter, v.received_at, v.correction, v.data_sha256).where(v.quarter.in_(wanted))
    aside = select(f.oktmo, f.quarter).where(f.quarter.in_(wanted), f.result.not_in(NOT_ASIDE))
    said = select(a.data_sha256, a.step, a.answered_on).where(a.quarter.in_(wanted)).order_by(a.id)
    if oktmo:
        came, aside, said = came.where(v.oktmo == oktmo), aside.where(f.oktmo == oktmo), said.where(a.oktmo == oktmo)
    versions: dict[tuple[str, Quarter], list[tuple[date, int, str]]] = defaultdict(list)
    for row in session.execute(came):
        versions[row.oktmo, row.quarter].append((day_of(row.received_at), row.correction, row.data_sha256))
    answers: dict[str, dict[str, date]] = defaultdict(dict)
    for answer in session.execute(said):
        answers[answer.data_sha256][answer.step] = answer.answered_on
    put_by = Counter((row.oktmo, row.quarter) for row in session.execute(aside))
    due = {quarter: calendar.return_due(quarter, day) for quarter in wanted}
    return _Facts(due, today_of(session), versions, answers, put_by,
                  misnamed_of(session, wanted, oktmo))  # fmt: skip


def _lines(code: str, by_quarter: Mapping[Quarter, list[str]]) -> list[dict[Quarter, str]]:
    """A chain is a line of its own; where two territories of it exist at once, each code is one."""
    if all(len(codes) == 1 for codes in by_quarter.values()):
        return [{quarter: codes[0] for quarter, codes in by_quarter.items()}]
    every = sorted({one for codes in by_quarter.values() for one in codes})
    return [{quarter: one for quarter, codes in by_quarter.items() if one in codes} for one in every]


def _place(oktmo: str, quarter: Quarter, facts: _Facts) -> GridPlace:
    if not oktmo:
        return GridPlace("", quarter, Standing.NOT_EXPECTED)
    came, aside, due = facts.versions.get((oktmo, quarter), []), facts.aside[oktmo, quarter], facts.due[quarter]
    if not came:
        wrong = facts.misnamed.get((oktmo, quarter), "")
        standing = Standing.MISSING if facts.today > due else Standing.AWAITED
        standing = Standing.ASIDE if aside else Standing.MISNAMED if wrong else standing
        late = max(0, (facts.today - due).days)
        return GridPlace(oktmo, quarter, standing, days_late=late, aside=aside, misnamed=wrong)
    first = min(came)[0]
    _, correction, data_sha256 = max(came, key=lambda one: one[1])
    late = max(0, (first - due).days)
    answered = facts.answers.get(data_sha256, {})
    accepted, sent_back = answered.get(Step.ACCEPTED.value), answered.get(Step.SENT_BACK.value)
    if sent_back is not None and accepted is None:
        standing = Standing.SENT_BACK
    elif late:
        standing = Standing.LATE
    elif correction:
        standing = Standing.CORRECTED
    else:
        standing = Standing.ACCEPTED if accepted is not None else Standing.RECEIVED
    wrong = facts.misnamed.get((oktmo, quarter), "")
    return GridPlace(oktmo, quarter, standing, first, late, correction, accepted, sent_back, aside, wrong)


def filled_of(session: Session, quarter: Quarter) -> Mapping[str, Completeness]:
    """ОКТМО -> how full the return of the quarter is that stands."""
    codes = {one.id: one.oktmo for one in standing_sources(session, [quarter])}
    full = compared(rows_filled(session, list(codes)))
    return {codes[id]: one for id, one in full.items()}


def quarters_told(session: Session) -> tuple[Quarter, ...]:
    """Quarters of which the file can tell: those to which returns came one after another, to the last that is over.

    What was before the region began to take returns in is no debt of anybody; neither does one old return begin it.
    """
    last = Quarter.of(today_of(session)).previous
    held = set(quarters_held(session))
    first = max(held, default=last)
    while first.previous in held:
        first = first.previous
    return tuple(quarters(min(first, last), max((last, *held))))
