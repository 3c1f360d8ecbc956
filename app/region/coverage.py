"""What NGOs of each district need and what centres gave them (DOMAIN §7): the matrix, holes, duplicates.

Unit costs are not here: a return bears plans and volumes of a centre, but no subsidy and no price.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from app.core.money import percent
from app.core.periods import Quarter
from app.core.text import sort_key
from app.region.consolidate import Consolidation
from app.region.duplicates import NEAR_DAYS, Duplicate, Justification, list_duplicates, without_reason
from app.region.expected import Earlier
from app.region.figures import Figure, recounted, unique_part
from app.region.holes import Hole, list_holes
from app.returns.snapshot import NeedRow, QuarterReturn

Kind = Literal["category", "code"]
Answers = Mapping[str, tuple[str, ...]]  # category -> codes of services that answer it


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of the matrix: a district and a category of needs or a service code.

    demand: different NGOs with a need there.  served: different NGOs that got a service of these codes,
    in need or not.  covered: those in need that got one.  centres: keys of those who gave any.
    demand None: the return is «без состава» and tells no such number.  keys: who is in need and not covered.
    """

    oktmo: str
    kind: Kind
    code: str
    demand: Figure
    served: Figure
    covered: int | None
    centres: tuple[str, ...]
    records: int
    uncovered: Sequence[str] = ()
    needs: Sequence[NeedRow] = ()

    @property
    def percent(self) -> Decimal | None:
        """Coverage of the demand, never over 100; None without demand or without sets."""
        if self.covered is None or self.demand.value is None or self.demand.is_interval:
            return None
        return percent(self.covered, self.demand.value)


@dataclass(frozen=True, slots=True)
class Promise:
    """What a centre promised for a code in a district by the plan of the year, and did since it began."""

    oktmo: str
    centre: str
    code: str
    unit: str
    plan: Decimal
    done: Decimal

    @property
    def percent(self) -> Decimal | None:
        return percent(self.done, self.plan)


@dataclass(frozen=True)
class Coverage:
    """Coverage of a quarter.  categories and codes: (code, title) in the order of the tables.

    holes: heaviest first.  duplicates: those without a reason first.  centre_names: key -> name.
    """

    quarter: Quarter
    spots: Mapping[tuple[str, Kind, str], Spot]
    categories: tuple[tuple[str, str], ...]
    codes: tuple[tuple[str, str], ...]
    holes: Sequence[Hole]
    duplicates: Sequence[Duplicate]
    promises: Sequence[Promise]
    centre_names: Mapping[str, str]

    def spot(self, oktmo: str, kind: Kind, code: str) -> Spot | None:
        """The cell of a district; None for a district without a return."""
        return self.spots.get((oktmo, kind, code))

    @property
    def inefficient(self) -> Sequence[Duplicate]:
        """Duplicates that nobody gave a reason for."""
        return without_reason(self.duplicates)


def coverage(
    consolidation: Consolidation,
    *,
    earlier: Earlier | None = None,
    answers: Answers | None = None,
    justified: Mapping[str, Justification] | None = None,
    near_days: int = NEAR_DAYS,
) -> Coverage:
    """Coverage by the returns of a consolidation.

    earlier: returns of former quarters, so that services 30 days apart meet over the end of a quarter.
    answers: the need map of the region; without it a category is answered by the codes its needs name.
    justified: key of a duplicate -> why it is none.
    """
    mapped = answers if answers is not None else _named(consolidation)
    names = {line.centre: line.centre_name for line in consolidation.services}
    spots: dict[tuple[str, Kind, str], Spot] = {}
    codes = codes_of(((line.code, line.title) for line in consolidation.services), mapped)
    by_district: dict[str, list[QuarterReturn]] = defaultdict(list)
    for oktmo, ret in consolidation.returns:
        by_district[oktmo].append(ret)
    for oktmo, returns in by_district.items():
        measure = DistrictSpots(consolidation, oktmo, returns, mapped)
        for category in consolidation.needs:
            spots[oktmo, "category", category.code] = measure.category(category.code)
        for code, _ in codes:
            spots[oktmo, "code", code] = measure.code(code)
    return Coverage(
        quarter=consolidation.quarter,
        spots=spots,
        categories=tuple((one.code, one.title) for one in consolidation.needs),
        codes=codes,
        holes=list_holes(consolidation, mapped),
        duplicates=list_duplicates(consolidation, earlier or {}, justified or {}, near_days),
        promises=list_promises(consolidation),
        centre_names=names,
    )


def _named(consolidation: Consolidation) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for _, ret in consolidation.returns:
        for row in ret.annex_b:
            found[row.category].update(row.codes)
    return {category: tuple(sorted(codes)) for category, codes in found.items()}


def codes_of(given: Iterable[tuple[str, str]], answers: Answers) -> tuple[tuple[str, str], ...]:
    """Codes of services given or asked for, with their titles.  given: (code, title)."""
    titles: dict[str, str] = {}
    for code, title in given:
        titles[code] = min(titles.get(code, title), title)
    for codes in answers.values():
        for code in codes:
            titles.setdefault(code, code)
    return tuple(sorted(titles.items(), key=lambda one: sort_key(one[0])))


class DistrictSpots:
    """Demand and supply of one district in the quarter."""

    def __init__(
        self, consolidation: Consolidation, oktmo: str, returns: Sequence[QuarterReturn], answers: Answers
    ) -> None:
        self.keys = consolidation.keys
        self.oktmo = oktmo
        self.returns = returns
        self.answers = answers
        self.rows = [row for ret in returns for row in ret.annex_b]

    def category(self, code: str) -> Spot:
        """Demand is the column «НКО» of table 4; what answers it is the need map with the needs' own codes."""
        rows = [row for row in self.rows if row.category == code]
        demand = recounted(
            unique_part(ret, self.oktmo, f"4.{code}.ngos", "quarter", Decimal(line.quarter.ngos), self.keys)
            for ret in self.returns
            for line in ret.needs
            if line.category == code
        )
        answering = {*self.answers.get(code, ()), *(one for row in rows for one in row.codes)}
        wanted = frozenset[str]().union(*(part.keys for part in demand.parts))
        return self._spot("category", code, demand, wanted, answering, rows)

    def code(self, code: str) -> Spot:
        """Demand is NGOs whose need names the code, or names none and lies in a category the code answers."""
        rows = [
            row
            for row in self.rows
            if code in row.codes or (not row.codes and code in self.answers.get(row.category, ()))
        ]
        wanted = self.keys.all_of(row.ngo for row in rows)
        unlisted = any(
            line.quarter.ngos and not any(row.category == line.category for row in ret.annex_b)
            for ret in self.returns
            for line in ret.needs
            if code in self.answers.get(line.category, ())
        )
        demand = Figure(None if unlisted else Decimal(len(wanted)))
        return self._spot("code", code, demand, wanted, {code}, rows)

    def _spot(
        self, kind: Kind, code: str, demand: Figure, wanted: frozenset[str], answering: Iterable[str],
        rows: list[NeedRow],
    ) -> Spot:  # fmt: skip
        codes = set(answering)
        lines = [(ret, line) for ret in self.returns for line in ret.services if line.code in codes]
        served = recounted(
            unique_part(ret, self.oktmo, f"{line.key}.ngos", "quarter", Decimal(line.quarter.ngos), self.keys)
            for ret, line in lines
        )
        if served.value is None:
            served = Figure(Decimal(0))
        got = frozenset[str]().union(*(part.keys for part in served.parts))
        known = demand.value is not None and not demand.is_interval and not served.is_interval
        return Spot(
            oktmo=self.oktmo,
            kind=kind,
            code=code,
            demand=demand,
            served=served,
            covered=len(wanted & got) if known else None,
            centres=tuple(sorted({self.keys.of(line.centre) for _, line in lines if line.quarter.records})),
            records=sum(line.quarter.records for _, line in lines),
            uncovered=tuple(sorted(wanted - got)) if known else (),
            needs=tuple(rows),
        )


def list_promises(consolidation: Consolidation) -> tuple[Promise, ...]:
    """Plans of centres by district and code, and what was done of them."""
    found = [
        Promise(line.oktmo, line.centre, line.code, line.unit, line.plan, line.volume)
        for line in consolidation.told_lines()
        if line.plan
    ]
    return tuple(sorted(found, key=lambda one: (one.centre, one.oktmo, one.code)))
