"""A figure of the region with the districts' cells it was made of; uniques are counted anew from the sets."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from app.core.periods import Quarter
from app.region.keys import Keys
from app.returns.snapshot import Average, QuarterReturn

Period = Literal["quarter", "year"]
PERIODS: tuple[Period, Period] = ("quarter", "year")


@dataclass(frozen=True, slots=True)
class Part:
    """The cell of one district behind a figure of the region.

    oktmo: of the district among those expected.  quarter: of the return the cell stands in, earlier than
    the region's where that of the quarter is missing (year to date alone).  cell: its name in that return.
    upper: the district's own figure is an interval.  keys: whom its set names, known to the region.
    bare: so many are counted «без состава».
    """

    oktmo: str
    quarter: Quarter
    cell: str
    value: Decimal | None
    upper: Decimal | None = None
    keys: frozenset[str] = frozenset()
    bare: int = 0
    average: Average | None = None


class Valued(ABC):
    """Parts whose values are known before they are made: a figure of 2,500 districts has as many."""

    @abstractmethod
    def by_district(self) -> dict[str, Decimal]: ...

    @property
    @abstractmethod
    def filled(self) -> int:
        """How many districts have anything but 0."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the region.

    upper: an interval from value to upper, because districts named in `bare` sent a number «без состава»;
    it is never printed as a count, also where both ends meet.  value None: no district fills the cell.
    """

    value: Decimal | None
    parts: Sequence[Part] = ()
    upper: Decimal | None = None
    average: Average | None = None

    @property
    def is_interval(self) -> bool:
        return self.upper is not None

    @property
    def bare(self) -> tuple[str, ...]:
        """ОКТМО of the districts whose sets are not known."""
        return tuple(dict.fromkeys(part.oktmo for part in self.parts if part.bare))

    @property
    def districts(self) -> int:
        """In how many districts there is anything of it."""
        if isinstance(self.parts, Valued):
            return self.parts.filled
        return len({part.oktmo for part in self.parts if part.value})

    def by_district(self) -> dict[str, Decimal]:
        """What each district tells of it; of a unique one that is its own count, not a part of a sum."""
        if isinstance(self.parts, Valued):
            return self.parts.by_district()
        found: dict[str, Decimal] = {}
        for part in self.parts:
            if part.value is not None:
                found[part.oktmo] = found.get(part.oktmo, Decimal(0)) + part.value
        return found


EMPTY = Figure(None)


def summed(parts: Iterable[Part]) -> Figure:
    """Additive figures, and stocks over districts at the period's end."""
    kept = tuple(parts)
    values = [part.value for part in kept if part.value is not None]
    return Figure(sum(values, Decimal(0)) if values else None, kept)


def averaged(parts: Iterable[Part]) -> Figure:
    """A mean from numerators and denominators."""
    kept = tuple(parts)
    known = [part.average for part in kept if part.average is not None]
    mean = Average(sum((one.total for one in known), Decimal(0)), sum(one.count for one in known))
    return Figure(mean.value, kept, average=mean)


def recounted(parts: Iterable[Part]) -> Figure:
    """Different ones over all sets; bare numbers make it an interval (check 43).

    From the larger of the union and the largest bare number to the union with all of them.
    """
    kept = tuple(parts)
    if not any(part.value is not None or part.keys or part.bare for part in kept):
        return Figure(None, kept)
    union = len(frozenset[str]().union(*(part.keys for part in kept)))
    # A district that counts its bare ones together with its known ones tells a larger number: its figure.
    bare = [max(part.bare, int(part.value or 0)) for part in kept if part.bare]
    if not bare:
        return Figure(Decimal(union), kept)
    upper = union + sum(part.bare for part in kept)
    return Figure(Decimal(min(max(union, *bare), upper)), kept, Decimal(upper))


def unique_part(
    ret: QuarterReturn, oktmo: str, code: str, period: Period, value: Decimal | None, keys: Keys
) -> Part:
    """The set of a unique figure in a return; a figure above 0 without its set is «без состава» as a whole."""
    cell = f"{code}.{period}"
    members = ret.members.get(code)
    if members is None:
        return Part(oktmo, ret.head.quarter, cell, value, bare=int(value or 0))
    if period == "quarter":
        return Part(oktmo, ret.head.quarter, cell, value, keys=keys.all_of(members.quarter))
    row = ret.rows.get(code)
    upper = row.year_upper if row is not None else None
    if row is None and (bound := ret.upper_of(code)) is not None:
        upper = Decimal(bound)
    return Part(oktmo, ret.head.quarter, cell, value, upper, keys.all_of(members.year), members.bare_year)


def union_of(figures: Sequence[Figure]) -> Figure:
    """Different ones over several figures of one district or centre, each of its parts taken once."""
    return recounted(part for figure in figures for part in figure.parts)
