"""What the returns tell of the work of centres: where, by which code, how much, and the plan the district knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from app.core.periods import Quarter
from app.core.text import natural, sort_key
from app.region.expected import latest_in_year
from app.region.keys import OGRN_DIGITS
from app.usecases.region_returns import quarters_held
from app.usecases.region_whole import Whole, whole


@dataclass(frozen=True, slots=True)
class ToldWork:
    """A centre's code in a district, from the district's latest return of a year.

    centre_id: of the centre on the region's record, None where there is none.  done: since the year began; plan: of
    the year, as the return bears it, 0 where it bears none.  Both in the first unit of the code.
    """

    centre_id: int | None
    centre: str
    ogrn: str
    territory: str
    service: str
    done: Decimal
    plan: Decimal


@dataclass(frozen=True, slots=True)
class Told:
    """Of the year asked for, or, before any return of it has come, of the year before.

    quarter: the latest that was looked at; None where nothing has come.
    """

    quarter: Quarter | None = None
    work: tuple[ToldWork, ...] = ()

    def of(self, centre_id: int) -> Mapping[tuple[str, str], ToldWork]:
        """(ОКТМО, code) -> work of a centre on record."""
        return {(one.territory, one.service): one for one in self.work if one.centre_id == centre_id}


def told_work(session: Session, year: int) -> Told:
    """By centre, district and code.  AppError when a return that was taken in is damaged."""
    held = quarters_held(session)
    latest = next((quarter for near in (year, year - 1) for quarter in held if quarter.year == near), None)
    if latest is None:
        return Told()
    found = whole(session, latest)
    return Told(latest, tuple(_work(found)))


def _work(found: Whole) -> list[ToldWork]:
    told = found.consolidation
    known = {key: id for id, key in found.contracts.keys(told).items()}
    sums: dict[tuple[str, str, str], tuple[Decimal, Decimal]] = {}
    latest = [
        (one.oktmo, ret) for one in found.districts
        for ret in latest_in_year(one, found.quarter, found.returns, found.earlier)
    ]  # fmt: skip
    for oktmo, ret in latest:
        for line in ret.services:
            place = told.keys.of(line.centre), oktmo, line.code
            done, plan = sums.get(place, (Decimal(0), Decimal(0)))
            sums[place] = done + line.year.volume, plan + (line.plan or Decimal(0))
    names = {oktmo: sort_key(told.name(oktmo)) for _, oktmo, _ in sums}
    work = [
        ToldWork(known.get(key), told.keys.name(key, "centre"), _ogrn(key), oktmo, code, done, plan)
        for (key, oktmo, code), (done, plan) in sums.items()
    ]  # fmt: skip
    return sorted(work, key=lambda one: (sort_key(one.centre), one.ogrn, names[one.territory], natural(one.service)))


def _ogrn(key: str) -> str:
    return key if key.isdigit() and len(key) in OGRN_DIGITS else ""
