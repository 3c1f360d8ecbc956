"""Quarters and the year around them: the periods of account of the return."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering

ROMAN = ("I", "II", "III", "IV")
_CODE = re.compile(r"(\d{4})-?[QqКк]([1-4])")


@total_ordering
@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter of a calendar year; `str()` is its code, `2026-Q3`."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise ValueError(f"a year has four quarters, not {self.number}")

    @classmethod
    def parse(cls, code: str) -> Quarter:
        """`2026-Q3` -> Quarter(2026, 3); ValueError if it is no such code."""
        found = _CODE.fullmatch(code.strip())
        if not found or not 1900 <= int(found[1]) <= 2999:  # dates end with the year 9999, and a typo begins before
            raise ValueError(code)
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that holds the day."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def previous(self) -> Quarter:
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    @property
    def year_before(self) -> Quarter:
        """The same quarter a year ago (column 9 of the return)."""
        return Quarter(self.year - 1, self.number)

    @property
    def year_to_date(self) -> tuple[Quarter, ...]:
        """The quarters of its year up to and with it («нарастающим итогом»)."""
        return tuple(Quarter(self.year, n) for n in range(1, self.number + 1))

    @property
    def title(self) -> str:
        """«III квартал 2026 г.» with non-breaking spaces."""
        return f"{ROMAN[self.number - 1]}\u00a0квартал {self.year}\u00a0г."

    @property
    def year_to_date_title(self) -> str:
        """«9 мес. 2026 г.», the way a cumulative column is headed."""
        return f"{self.number * 3}\u00a0мес. {self.year}\u00a0г."

    def __contains__(self, day: date) -> bool:
        return Quarter.of(day) == self

    def __lt__(self, other: Quarter) -> bool:
        return (self.year, self.number) < (other.year, other.number)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


def quarters(first: Quarter, last: Quarter) -> Iterator[Quarter]:
    """From first to last, both included."""
    while first <= last:
        yield first
        first = first.next


def last_full_quarter(today: date) -> Quarter:
    """The quarter whose return is due: the one before the quarter of today."""
    return Quarter.of(today).previous
