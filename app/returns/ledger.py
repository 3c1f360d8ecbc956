"""Where figures gather while a return is built, each with the records behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from app.core.periods import Quarter
from app.returns.as_of import Index
from app.returns.records import Opening, Records
from app.returns.snapshot import Members, Source

Ids = dict[str, dict[int, None]]  # register -> ids in the order they came (a dict keeps both)


class Ledger:
    """Figures of a quarter and of the year to date, by code or by `table.row.column`.

    Additive and unique entries name the period of account they belong to; those outside the year
    to date, and those the opening balances already hold, are passed over.
    """

    def __init__(self, records: Records, quarter: Quarter) -> None:
        self.records = records
        self.index = Index(records)
        self.quarter = quarter
        opening = records.opening
        self.opening: Opening | None = (
            opening if opening is not None and opening.quarter in quarter.year_to_date[:-1] else None
        )
        self.periods = tuple(
            q for q in quarter.year_to_date if self.opening is None or q > self.opening.quarter
        )
        self._sums: dict[tuple[str, Quarter], Decimal] = defaultdict(Decimal)
        self._sets: dict[tuple[str, Quarter], dict[str, None]] = defaultdict(dict)
        self._extra_year: dict[str, dict[str, None]] = defaultdict(dict)
        self._stocks: dict[str, Decimal] = defaultdict(Decimal)
        self._sources: dict[tuple[str, Quarter | None], Ids] = defaultdict(lambda: defaultdict(dict))

    def add(self, code: str, account: Quarter, value: Decimal | int, register: str, id: int) -> None:
        """An additive entry of a period of account."""
        if account in self.periods:
            self._sums[code, account] += value
            self._sources[code, account][register][id] = None

    def member(self, code: str, account: Quarter, uuid: str, register: str, id: int) -> None:
        """A member of a unique row in a period of account, through a record."""
        if account in self.periods:
            self._sets[code, account][uuid] = None
            self._sources[code, account][register][id] = None

    def year_member(self, code: str, uuid: str, register: str, id: int) -> None:
        """A member of the year alone (table 4: a need open at the start of the year)."""
        self._extra_year[code][uuid] = None
        self._sources[code, None][register][id] = None

    def stock(self, code: str, value: Decimal | int, register: str, id: int) -> None:
        """A part of the state on the last day."""
        self._stocks[code] += value
        self._sources[code, self.quarter][register][id] = None

    def sum_of(self, code: str) -> tuple[Decimal, Decimal]:
        """Quarter and year to date of an additive figure, opening balance included."""
        year = sum((self._sums[code, q] for q in self.periods), Decimal(0))
        if self.opening is not None:
            year += self.opening.figures.get(f"{code}.year", Decimal(0))
        return self._sums[code, self.quarter], year

    def stock_of(self, code: str) -> Decimal:
        return self._stocks[code]

    def members_of(self, code: str) -> Members:
        """The sets of a unique figure; opening keys join the year."""
        year: dict[str, None] = dict(self._extra_year[code])
        for period in self.periods:
            year |= self._sets[code, period]
        bare = 0
        if self.opening is not None:
            cell = f"{code}.year"
            year |= dict.fromkeys(self.opening.keys.get(cell, ()))
            if cell in self.opening.bare:
                bare = int(self.opening.figures.get(cell, 0))
        return Members(tuple(sorted(self._sets[code, self.quarter])), tuple(sorted(year)), bare)

    def records_behind(self, code: str) -> tuple[Source, ...]:
        """The records of the quarter behind a code."""
        return _as_sources(self._sources[code, self.quarter])

    def sources(self) -> dict[str, tuple[Source, ...]]:
        """Cell -> records: `211.3.quarter` those of the quarter, `211.3.year` those of the year."""
        year: dict[str, Ids] = defaultdict(lambda: defaultdict(dict))
        found: dict[str, tuple[Source, ...]] = {}
        for (code, account), registers in self._sources.items():
            if account == self.quarter:
                found[f"{code}.quarter"] = _as_sources(registers)
            for register, ids in registers.items():
                year[code][register] |= ids
        found |= {f"{code}.year": _as_sources(registers) for code, registers in year.items()}
        return found


def joined_sources(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Records of several figures as those of one: each register once, each record once."""
    registers: Ids = defaultdict(dict)
    for source in sources:
        registers[source.register] |= dict.fromkeys(source.ids)
    return _as_sources(registers)


def _as_sources(registers: Ids) -> tuple[Source, ...]:
    return tuple(Source(register, tuple(ids)) for register, ids in registers.items())
