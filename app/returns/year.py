"""A year as its approved returns tell it: each quarter's latest one that stands, what is missing, the year before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.core.periods import ROMAN, Quarter
from app.core.text import NBSP
from app.returns.form import FORMS, Form
from app.returns.snapshot import Envelope, NeedFigures, QuarterReturn, Row, ServiceFigures


@dataclass(frozen=True, slots=True)
class KeptQuarter:
    """A return that stands: approved and not sent back.  state: «принят 12.10.2026, № 01-14/2317»."""

    ret: QuarterReturn
    envelope: Envelope
    state: str

    @property
    def quarter(self) -> Quarter:
        return self.ret.head.quarter


@dataclass(frozen=True, slots=True)
class Missing:
    """A quarter of the year without a return that stands, and why."""

    quarter: Quarter
    why: str = ""

    def __str__(self) -> str:
        told = f"Отчёта за {ROMAN[self.quarter.number - 1]}{NBSP}квартал нет"
        return f"{told}: {self.why}." if self.why else f"{told}."


@dataclass(frozen=True, slots=True)
class CentreYear:
    """What a centre did from the beginning of the year.  ngos is the lower bound where upper is given."""

    name: str
    codes: int
    figures: ServiceFigures
    ngos: int
    upper: int | None
    before: int | None


@dataclass(frozen=True, slots=True)
class YearOfReturns:
    """quarters: those kept, oldest first, at least one.  before: the return a year before the last one, or None."""

    year: int
    quarters: tuple[KeptQuarter, ...]
    missing: tuple[Missing, ...]
    before: QuarterReturn | None

    @property
    def last(self) -> KeptQuarter:
        """The latest quarter kept: its column 6 is the year."""
        return self.quarters[-1]

    @property
    def form(self) -> Form:
        """The form by which the year is told: that of its last return."""
        return FORMS[self.last.ret.head.form_version]

    @property
    def title(self) -> str:
        """«2026 год», or «9 мес. 2026 г.» while its last quarters are not there."""
        last = self.last.quarter
        return f"{self.year}{NBSP}год" if last.number == 4 else last.year_to_date_title

    @property
    def title_before(self) -> str:
        last = self.last.quarter.year_before
        return f"{last.year}{NBSP}год" if last.number == 4 else last.year_to_date_title

    def of(self, number: int) -> QuarterReturn | None:
        """The return of a quarter by its number."""
        return next((kept.ret for kept in self.quarters if kept.quarter.number == number), None)

    def in_quarter(self, measure: str, number: int) -> Decimal | None:
        """Column 5 of a quarter; None without its return, or in a form without the row."""
        ret = self.of(number)
        row = ret.rows.get(measure) if ret is not None else None
        return row.quarter if row is not None else None

    def whole(self, measure: str) -> Row:
        """The row of the last return: column 6 is the year, of a stock the state on the last day."""
        return self.last.ret.rows.get(measure) or Row(measure)

    def year_before(self, measure: str) -> Row:
        """The same row a year ago, of the return kept; without one, as column 9 of the last return tells it."""
        if self.before is None:
            return Row(measure, year=self.whole(measure).before)
        return self.before.rows.get(measure) or Row(measure)

    @property
    def told_before(self) -> bool:
        """Is there no return of a year ago, but figures of it in column 9?"""
        return self.before is None and any(row.before is not None for row in self.last.ret.rows.values())

    def centres(self) -> Iterator[CentreYear]:
        """Each centre's year, in the order of the return; NGOs of several services once."""
        ret = self.last.ret
        for centre in dict.fromkeys(line.centre for line in ret.services):
            lines = [line for line in ret.services if line.centre == centre]
            figures = [line.year for line in lines]
            ngos, upper = _ngos_of(ret, [f"{line.key}.ngos" for line in lines])
            yield CentreYear(
                name=lines[0].centre_name,
                codes=sum(1 for one in figures if one.records),
                figures=ServiceFigures(
                    **{key: sum(getattr(one, key) for one in figures) for key in _SUMMED},
                    hours=sum((one.hours for one in figures), Decimal(0)),
                ),
                ngos=ngos,
                upper=upper,
                before=_records_before(self.before, centre),
            )


_SUMMED = ("records", "cases", "people", "evidenced", "unevidenced")


def _ngos_of(ret: QuarterReturn, keys: list[str]) -> tuple[int, int | None]:
    """How many different NGOs stand in these sets of the year; the upper bound where one is «без состава»."""
    numbers = {entity.uuid: entity.number for entity in ret.entities}
    sets = [ret.members[key] for key in keys if key in ret.members]
    known = {numbers.get(uuid) or uuid for members in sets for uuid in members.year}
    bare = [members.bare_year for members in sets if members.bare_year]
    if not bare:
        return len(known), None
    return max(len(known), *bare), len(known) + sum(bare)


def _records_before(before: QuarterReturn | None, centre: str) -> int | None:
    if before is None:
        return None
    return sum(line.year.records for line in before.services if line.centre == centre)


def needs_total(ret: QuarterReturn | None, key: str, *, year: bool = False) -> int | None:
    """A column of table 4 over all categories, for the quarter or the year to date; None without a return."""
    if ret is None:
        return None
    figures: list[NeedFigures] = [line.year if year else line.quarter for line in ret.needs]
    total: int = sum(getattr(one, key) for one in figures)
    return total
