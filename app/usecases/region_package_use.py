"""Under which комплект districts work, as far as their returns say: the one in each return's head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.fields import Kind
from app.core.periods import Quarter
from app.core.russian import day
from app.core.text import NBSP
from app.core.values import parse
from app.models import IssuedPackage, ReceivedReturn
from app.models.sqlite_only import json_text
from app.region.results import expected, valid_on
from app.returns.codec import read_envelope
from app.usecases.accounts import clock_of, today_of
from app.usecases.received import received, standing_returns, territories

_TITLE = re.compile(r"№\s*(\d{1,9}) от (\d{2}\.\d{2}\.\d{4})")


class Standing(StrEnum):
    """What the комплект of a return says of its district."""

    LATEST = "latest"  # none newer was issued, then or since
    EARLIER = "earlier"  # a newer one came only later, or on the very day: nothing can be said yet
    OLD = "old"  # a newer one had been issued on a day before
    UNKNOWN = "unknown"  # filled by hand: no program, no комплект
    NO_RETURN = "no_return"


@dataclass(frozen=True, slots=True)
class PlacePackage:
    """The комплект under which a district made its return.

    number and on: None where the return names none.  made_on: the day the return was approved.  newest: № of the
    latest that had been issued before that day, None for none.
    """

    standing: Standing
    number: int | None = None
    on: date | None = None
    made_on: date | None = None
    quarter: Quarter | None = None
    newest: int | None = None

    @property
    def is_old(self) -> bool:
        return self.standing is Standing.OLD

    @property
    def words(self) -> str:
        """«№ 1 от 12.01.2027, а выпущен № 2»: for a table or a list."""
        if self.standing is Standing.NO_RETURN:
            return "отчёта нет"
        if self.standing is Standing.UNKNOWN:
            return "не известно: отчёт заполнен от руки"
        named = f"№{NBSP}{self.number} от {day(self.on)}" if self.number is not None else "без комплекта"
        return f"{named}, а выпущен №{NBSP}{self.newest}" if self.is_old else named


def package_of_return(session: Session, id: int, quarter: Quarter) -> PlacePackage:
    """The комплект of one version."""
    return _weighed(*_told(session, [id])[id], quarter, _log(session))


def package_of_place(session: Session, quarter: Quarter) -> Mapping[str, PlacePackage]:
    """ОКТМО of each territory expected for the quarter -> the комплект of the return that stands."""
    stands = standing_returns(session, quarter)
    told = _told(session, [one.id for one in stands.values()])
    log = _log(session)
    found = {place.code: PlacePackage(Standing.NO_RETURN) for place in expected(territories(session), quarter)}
    for oktmo, one in stands.items():
        if oktmo in found:
            found[oktmo] = _weighed(*told[one.id], quarter, log)
    return found


def packages_in_use(session: Session) -> Mapping[str, PlacePackage]:
    """ОКТМО of each present territory -> the комплект of the last return that came from its chain."""
    latest: dict[str, tuple[Quarter, int, int]] = {}
    for one in received(session):
        version = (one.quarter, one.correction, one.id)
        latest[one.chain] = max(latest.get(one.chain, version), version)
    told = _told(session, [id for _, _, id in latest.values()])
    log, today = _log(session), today_of(session)
    present = (place.code for place in territories(session) if valid_on(place, today))
    return {
        code: _weighed(*told[latest[code][2]], latest[code][0], log)
        if code in latest
        else PlacePackage(Standing.NO_RETURN)
        for code in sorted(present)
    }


class Named(Protocol):
    """A territory by its code and name."""

    @property
    def oktmo(self) -> str: ...
    @property
    def name(self) -> str: ...


def old_package_lines(places: Iterable[Named], packages: Mapping[str, PlacePackage]) -> list[str]:
    """«Со старым комплектом: …», by code and name; nothing while nobody works so."""
    old = [(place, packages[place.oktmo]) for place in places if place.oktmo in packages]
    told = [f"{place.oktmo} {place.name} ({one.words})" for place, one in old if one.is_old]
    return [f"Работают со старым комплектом: {'; '.join(told)}."] if told else []


_Row = tuple[str, bool, date]


def _told(session: Session, ids: Iterable[int]) -> dict[int, _Row]:
    """Id of a version -> the комплект in its head, whether it was filled by hand, the day it was approved."""
    v = ReceivedReturn
    found: dict[int, _Row] = {}
    wanted = list(ids)
    for start in range(0, len(wanted), 500):
        query = select(v.id, json_text(v.data, "$.head.package"), v.hand, v.envelope, v.received_at).where(
            v.id.in_(wanted[start : start + 500])
        )
        for id, package, hand, envelope, received_at in session.execute(query):
            on = read_envelope(envelope).frozen_on if envelope else clock_of(session).day_of(received_at)
            found[id] = (package or "", hand, on)
    return found


def _log(session: Session) -> list[tuple[int, date]]:
    query = select(IssuedPackage.number, IssuedPackage.issued_on).order_by(IssuedPackage.number)
    return [(number, on) for number, on in session.execute(query)]


def _weighed(package: str, hand: bool, made_on: date, quarter: Quarter, log: list[tuple[int, date]]) -> PlacePackage:
    named = _TITLE.search(package)
    number = int(named[1]) if named else None
    on = parse(Kind.DATE, named[2]).value if named else None  # of a return, so it may be any text
    before = max((one for one, issued_on in log if issued_on < made_on), default=None)
    if hand and number is None:
        standing = Standing.UNKNOWN
    elif before is not None and (number or 0) < before:
        standing = Standing.OLD
    elif log and (number or 0) < log[-1][0]:
        standing = Standing.EARLIER
    else:
        standing = Standing.LATEST
    return PlacePackage(standing, number, on, made_on, quarter, before)
