"""What becomes of a file that the region is given, and which version of a return stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from app.core.periods import Quarter
from app.returns.records import Territory


class Result(StrEnum):
    """What became of a file, told by the file alone: the order of intake does not change it."""

    ACCEPTED = "accepted"  # taken in: the first version
    CORRECTED = "corrected"  # taken in: a corrected one
    SAME = "same"  # is here already
    FAULTS = "faults"  # cells are wrong
    CHANGED = "changed"  # edited after it was exported
    PERIOD = "period"  # of no quarter that is over
    TERRITORY = "territory"  # of a code that is unknown or not valid on the last day
    NOT_A_RETURN = "not_a_return"


TAKEN = (Result.ACCEPTED, Result.CORRECTED, Result.SAME)
RESULT_TITLES: Mapping[Result, str] = {
    Result.ACCEPTED: "принят",
    Result.CORRECTED: "принят уточнённый",
    Result.SAME: "уже есть",
    Result.FAULTS: "ошибки в ячейках",
    Result.CHANGED: "изменён после утверждения",
    Result.PERIOD: "не тот период",
    Result.TERRITORY: "не та территория",
    Result.NOT_A_RETURN: "не отчёт",
}


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with a cell.  cell: its name in the return, '' for none; place: where it lies in the file."""

    cell: str
    place: str
    text: str


V = TypeVar("V")


def standing(versions: Iterable[tuple[int, V]]) -> V | None:
    """The version of the highest correction, whenever it came; None without any."""
    found = sorted(versions, key=lambda version: version[0])
    return found[-1][1] if found else None


def chain_of(territories: Sequence[Territory], code: str) -> str:
    """The code at the end of the chain: a former territory's return belongs to its successor."""
    return chains(territories)(code)


def chains(territories: Sequence[Territory]) -> Callable[[str], str]:
    """The same for many codes of one dictionary."""
    successors = {territory.code: territory.successor for territory in territories}

    def of(code: str) -> str:
        seen = {code}
        while (following := successors.get(code)) and following not in seen:
            seen.add(following)
            code = following
        return code

    return of


def expected(territories: Sequence[Territory], quarter: Quarter) -> tuple[Territory, ...]:
    """Territories of which a return of the quarter is expected: those that exist on its last day, by code."""
    day = quarter.last_day
    return tuple(sorted((t for t in territories if valid_on(t, day)), key=lambda territory: territory.code))


def valid_on(territory: Territory, day: date) -> bool:
    """Both ends of the term are inclusive."""
    return territory.valid_from <= day and (territory.valid_to is None or day <= territory.valid_to)
