"""How full returns are, by what stands in them: nobody presses a button «полностью»."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from app.returns.snapshot import QuarterReturn, Row

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Completeness:
    """filled of possible rows.  empty: codes of those that others filled and this return did not."""

    filled: int
    possible: int
    empty: tuple[str, ...] = ()

    @property
    def percent(self) -> Decimal | None:
        """With one place, 100 at most; None where nobody filled anything."""
        if not self.possible:
            return None
        return (Decimal(100) * self.filled / self.possible).quantize(Decimal("0.1"), ROUND_HALF_UP)


def completeness(returns: Mapping[K, QuarterReturn]) -> dict[K, Completeness]:
    """Of each return of one quarter, how many rows that could be filled are.

    A row could be filled where at least one of these returns has something in it: a zero in a row that is empty all
    over the oblast says nothing of a district.  Table 3 and 4 count as a row each.
    """
    return compared({key: filled_rows(ret) for key, ret in returns.items()})


def compared(filled: Mapping[K, Set[str]]) -> dict[K, Completeness]:
    """The same out of the rows that each return of a quarter fills."""
    possible = sorted(set().union(*filled.values()))
    return {
        key: Completeness(len(codes), len(possible), tuple(code for code in possible if code not in codes))
        for key, codes in filled.items()
    }


def filled_rows(ret: QuarterReturn) -> set[str]:
    """Codes of the rows with something in them; table 1а, 3 and 4 count as a row each."""
    found = {code for code, row in ret.rows.items() if _says_something(row)}
    found |= {name for name, lines in (("1а", ret.activities), ("3", ret.services), ("4", ret.needs)) if lines}
    return found


def _says_something(row: Row) -> bool:
    return bool(row.quarter) or bool(row.year) or (row.quarter is None and row.year is None and bool(row.note.strip()))
