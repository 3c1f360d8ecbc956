"""Which districts owe a return for a quarter, and which of their returns tell the year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from app.core.periods import Quarter
from app.returns.snapshot import QuarterReturn

R = TypeVar("R")
"""A return, or what is kept of one."""
Returns = Mapping[str, QuarterReturn]
Earlier = Mapping[Quarter, Returns]


@dataclass(frozen=True, slots=True)
class District:
    """A territory that exists on the last day of the quarter and owes a return.

    before: codes of former territories whose chain it continues, latest first.
    """

    oktmo: str
    name: str
    before: tuple[str, ...] = ()


def returns_of(district: District, returns: Mapping[str, R]) -> tuple[R, ...]:
    """The returns of a quarter that belong to a district: its own, else those of its predecessors."""
    own = returns.get(district.oktmo)
    if own is not None:
        return (own,)
    return tuple(returns[code] for code in district.before if code in returns)


def latest_in_year(
    district: District, quarter: Quarter, returns: Mapping[str, R], earlier: Mapping[Quarter, Mapping[str, R]]
) -> tuple[R, ...]:
    """The returns whose «с начала года» tells the district's year to date.

    That of the quarter; where it is missing the latest one of the same year, so that the year keeps what
    was accepted.  Column 6 and not the sum of quarters: it alone knows the opening balances.
    """
    given = {**earlier, quarter: returns}
    for one in reversed(quarter.year_to_date):
        found = returns_of(district, given.get(one, {}))
        if found:
            return found
    return ()


def returns_in_year(
    district: District, quarter: Quarter, returns: Mapping[str, R], earlier: Mapping[Quarter, Mapping[str, R]]
) -> Iterator[R]:
    """Every return of the district in the year to date, oldest first: their annexes lie behind the year."""
    given = {**earlier, quarter: returns}
    for one in quarter.year_to_date:
        yield from returns_of(district, given.get(one, {}))
