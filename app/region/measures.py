"""What a person reads out of consolidated figures: changes, shares, per 1,000 NGOs, districts that stand out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from app.core.money import TENTH, percent
from app.core.periods import Quarter
from app.core.russian import decimal
from app.core.text import NBSP
from app.region.consolidate import Consolidation, consolidate
from app.region.expected import District, R, Returns, returns_of
from app.region.figures import Figure
from app.returns.form import RowKind

THOUSAND = 1000
TIMES = 3
LEAST_DISTRICTS = 5
LEAST_UNITS = 5
NGOS = "101.quarter"


@dataclass(frozen=True, slots=True)
class Change:
    """A cell now and then, over the same districts.  difference is None where one of them is an interval."""

    cell: str
    now: Figure
    then: Figure

    @property
    def difference(self) -> Decimal | None:
        if self.now.value is None or self.then.value is None or self.now.is_interval or self.then.is_interval:
            return None
        return self.now.value - self.then.value

    @property
    def percent(self) -> Decimal | None:
        difference = self.difference
        return None if difference is None or not self.then.value else percent(difference, self.then.value)


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes from one quarter to another.  compared: the districts that reported in both; left_out: the others."""

    now: Quarter
    then: Quarter
    compared: tuple[str, ...]
    left_out: tuple[str, ...]
    cells: Mapping[str, Change]


def changes(
    now: Quarter, then: Quarter, returns: Mapping[Quarter, Returns], expected: Sequence[District]
) -> Changes:
    """Every cell of both quarters, like with like: a district that is missing in one is left out of both.

    then: the quarter before, or the same one a year ago.  returns: accepted ones by quarter.
    """
    given = {quarter: returns.get(quarter, {}) for quarter in (now, then)}
    both = in_both(expected, given[now], given[then])
    current, former = (consolidate(quarter, of_districts(both, given[quarter]), both) for quarter in (now, then))
    return compared(current, former, expected)


def in_both(expected: Sequence[District], now: Mapping[str, R], then: Mapping[str, R]) -> tuple[District, ...]:
    """Districts of which a return, or what is kept of one, is here in both quarters."""
    return tuple(one for one in expected if returns_of(one, now) and returns_of(one, then))


def compared(current: Consolidation, former: Consolidation, expected: Sequence[District]) -> Changes:
    """Changes between two consolidations over the same districts, out of those expected."""
    both = {one.oktmo for one in current.expected}
    return Changes(
        current.quarter, former.quarter,
        compared=tuple(one.oktmo for one in current.expected),
        left_out=tuple(one.oktmo for one in expected if one.oktmo not in both),
        cells=_Compared(current, former),
    )


class _Compared(Mapping[str, Change]):
    """Each change is made when it is asked for."""

    def __init__(self, current: Consolidation, former: Consolidation) -> None:
        self._both = current, former

    def __getitem__(self, cell: str) -> Change:
        current, former = self._both
        if cell not in current.cells and cell not in former.cells:
            raise KeyError(cell)
        return Change(cell, current[cell], former[cell])

    def __iter__(self) -> Iterator[str]:
        current, former = self._both
        return iter(dict.fromkeys((*current.cells, *former.cells)))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def of_districts(districts: Iterable[District], returns: Mapping[str, R]) -> dict[str, R]:
    """Those of these districts and their former territories."""
    codes = {code for one in districts for code in (one.oktmo, *one.before)}
    return {code: ret for code, ret in returns.items() if code in codes}


def by_district(figure: Figure) -> dict[str, Decimal]:
    """What each district tells of a figure; for a unique one that is its own count, not a part of a sum."""
    return figure.by_district()


def shares(consolidation: Consolidation, cell: str) -> dict[str, Decimal]:
    """Each district's share of an additive figure or a stock, in percent with one decimal.

    Empty for uniques and means: their districts do not add up to the region.
    """
    if not adds_up(consolidation, cell):
        return {}
    whole = consolidation[cell].value
    told = ((oktmo, percent(value, whole)) for oktmo, value in by_district(consolidation[cell]).items() if whole)
    return {oktmo: share for oktmo, share in told if share is not None}


def adds_up(consolidation: Consolidation, cell: str) -> bool:
    """Is the region's figure the sum of the districts'?"""
    if cell.startswith("1а."):
        return True
    form = consolidation.form
    kinds = {spec.measure: spec.kind for spec in form.rows}
    if cell.startswith(("3.", "4.")):
        columns = form.service_columns if cell.startswith("3.") else form.need_columns
        kinds = {spec.key: spec.kind for spec in columns}
        return kinds.get(cell.split(".")[-2]) in (RowKind.ADDITIVE, RowKind.STOCK)
    return kinds.get(cell.rpartition(".")[0]) in (RowKind.ADDITIVE, RowKind.STOCK)


@dataclass(frozen=True, slots=True)
class Rates:
    """A figure per 1,000 NGOs on record: of the region (None for an interval) and of each district with NGOs."""

    region: Decimal | None
    districts: Mapping[str, Decimal]


def per_thousand(consolidation: Consolidation, cell: str) -> Rates:
    """By the NGOs on record (row 101) of the same returns; a district without them has no rate."""
    told, ngos = by_district(consolidation[cell]), by_district(consolidation[NGOS])
    found = {oktmo: _tenths(value * THOUSAND / ngos[oktmo]) for oktmo, value in told.items() if ngos.get(oktmo)}
    return Rates(region_rate(consolidation, cell), found)


def region_rate(consolidation: Consolidation, cell: str) -> Decimal | None:
    """The region's figure per 1,000 NGOs of the districts that tell it; None for an interval, or without NGOs."""
    figure, ngos = consolidation[cell], by_district(consolidation[NGOS])
    told = by_district(figure)
    base = sum(ngos.values() if told.keys() >= ngos.keys() else (ngos[one] for one in told if one in ngos), Decimal(0))
    if figure.value is None or figure.is_interval or not base:
        return None
    return _tenths(figure.value * THOUSAND / base)


def _tenths(value: Decimal) -> Decimal:
    return value.quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Outlier:
    """A district whose rate lies far from the middle one, and why it is named."""

    cell: str
    oktmo: str
    rate: Decimal
    middle: Decimal
    value: Decimal
    text: str


def outliers(consolidation: Consolidation, cell: str) -> tuple[Outlier, ...]:
    """Districts whose figure per 1,000 NGOs is more than 3 times above or below the middle district.

    Told from 5 districts on, and where the district's own figure is at least 5 away from what the middle
    rate would give: a rule that can be checked by hand.
    """
    rates = per_thousand(consolidation, cell).districts
    if len(rates) < LEAST_DISTRICTS:
        return ()
    middle = Decimal(median(rates.values()))
    values, ngos = by_district(consolidation[cell]), by_district(consolidation[NGOS])
    found = []
    for oktmo in sorted(rates, key=lambda one: (-abs(rates[one] - middle), one)):
        rate = rates[oktmo]
        usual = middle * ngos[oktmo] / THOUSAND
        far = rate > middle * TIMES or rate * TIMES < middle
        if far and abs(values[oktmo] - usual) >= LEAST_UNITS:
            side = "больше" if rate > middle else "меньше"
            text = (
                f"{consolidation.name(oktmo)}: на 1{NBSP}000 НКО {decimal(rate, 1)}, более чем втрое {side} "
                f"середины районов ({decimal(middle, 1)})."
            )
            found.append(Outlier(cell, oktmo, rate, middle, values[oktmo], text))
    return tuple(found)
