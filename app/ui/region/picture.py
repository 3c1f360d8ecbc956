"""A quarter of the oblast as the pages of the region's pictures show it: read once, frozen, shared by all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from app.core.periods import Quarter
from app.core.text import sort_key
from app.region.checks import RegionFinding
from app.region.consolidate import Consolidation
from app.region.costs import NO_COSTS, Costs
from app.region.coverage import Answers, Coverage, Kind, Spot
from app.region.expected import District
from app.region.holes import Hole, holes_of
from app.region.measures import Changes, Outlier, outliers
from app.region.picture import PictureCells
from app.returns.snapshot import QuarterReturn
from app.ui.short_words import short_name, short_place

DISTRICTS, EXPECTED = "districts", "expected"
MANY = 400


@dataclass(frozen=True)
class Picture:
    """quarters: those of which any return was taken in, latest first.

    series: figures of former quarters by cell, oldest first, for the bars of a row; an interval has none.
    unchecked: what of the checks could not be looked at.  complete: all of it is here; figures come
    first, then is_found (holes, duplicates, findings), then changes, costs and the sums of the matrix.
    """

    quarter: Quarter
    whole: Consolidation
    coverage: Coverage
    findings: tuple[RegionFinding, ...] = ()
    before: Changes | None = None
    year_ago: Changes | None = None
    answers: Answers = field(default_factory=dict)
    costs: Costs = NO_COSTS
    unchecked: tuple[str, ...] = ()
    quarters: tuple[Quarter, ...] = ()
    series: Mapping[Quarter, Mapping[str, Decimal]] = field(default_factory=dict)
    complete: bool = True
    is_found: bool = True

    @property
    def is_empty(self) -> bool:
        """Has nobody reported for the quarter?"""
        return not self.reported

    @cached_property
    def reported(self) -> frozenset[str]:
        """ОКТМО of the districts whose return of the quarter is here."""
        return frozenset(self.whole.reported)

    @property
    def districts(self) -> tuple[District, ...]:
        """Those who owe a return, by name."""
        return self.whole.expected

    def name(self, oktmo: str) -> str:
        """The short name of a district: «Лужский район»."""
        return short_place(self.whole.name(oktmo))

    def brief(self, oktmo: str) -> str:
        """As a narrow column names it: «Лужский», «Гатчинский округ»."""
        return self.name(oktmo).removesuffix(" район").replace("городской округ", "округ")

    def returns(self, oktmo: str) -> list[QuarterReturn]:
        """The returns of the quarter that belong to a district."""
        return self.whole.returns_of(oktmo)

    def heads(self, kind: Kind) -> tuple[tuple[str, str], ...]:
        """(code, title) of the columns of the matrix."""
        return self.coverage.categories if kind == "category" else self.coverage.codes

    def spots(self, kind: Kind, *, oktmo: str = "", code: str = "") -> list[Spot]:
        """Spots of a district, of a column, or of both."""
        districts = (oktmo,) if oktmo else tuple(one.oktmo for one in self.districts)
        codes = (code,) if code else tuple(head for head, _ in self.heads(kind))
        found = (self.coverage.spot(one, kind, named) for one in districts for named in codes)
        return [spot for spot in found if spot is not None]

    def holes(self, oktmo: str = "", category: str = "") -> list[Hole]:
        """Holes of a district, heaviest first."""
        held = self._holes_of(oktmo) if oktmo else self.coverage.holes
        return [hole for hole in held if not category or hole.category == category]

    def _holes_of(self, oktmo: str) -> Sequence[Hole]:
        if oktmo not in self._holes:
            self._holes[oktmo] = tuple(holes_of(self.coverage.holes, oktmo))
        return self._holes[oktmo]

    @cached_property
    def _holes(self) -> dict[str, Sequence[Hole]]:
        return {}

    def hole_of(self, spot: Spot) -> str:
        """`none`: in need and nobody gave what answers it; `old`: given, but needs wait over 90 days; '' for no hole.

        A spot of a code is judged by the services of that code alone.
        """
        if spot.kind == "category":
            found = self.holes(spot.oktmo, spot.code)
            return "" if not found else "none" if any(hole.flagged for hole in found) else "old"
        return "none" if spot.demand.value and not spot.records else ""

    def answering(self, spot: Spot) -> tuple[str, ...]:
        """Codes of services that answer the needs of a spot."""
        if spot.kind == "code":
            return (spot.code,)
        return tuple(sorted({*self.answers.get(spot.code, ()), *(code for row in spot.needs for code in row.codes)}))

    def ngo(self, key: str) -> str:
        """The name of an NGO, its long legal form as letters."""
        return short_name(self.whole.keys.name(key))

    def centre(self, key: str) -> str:
        """The name of a centre."""
        if not self.complete:  # all names come later: these are asked for one by one
            return self.whole.keys.name(key, "centre")
        named = self.coverage.centre_names.get(key)
        if named:
            return named
        known = next((line.centre_name for line in self.costs.of(key)), "")  # of a plan that no return names yet
        return known or self.whole.keys.name(key, "centre")

    def centres(self) -> list[tuple[str, str]]:
        """(key, name) of the centres that any return of the year names, by name."""
        return sorted(self.coverage.centre_names.items(), key=lambda one: (sort_key(one[1]), one[0]))

    def standing_out(self, cell: str) -> tuple[Outlier, ...]:
        """Districts that stand out in a figure, per 1,000 NGOs; known when it is complete."""
        if not self.complete:
            return ()
        if cell not in self._outliers:
            self._outliers[cell] = outliers(self.whole, cell)
        return self._outliers[cell]

    @cached_property
    def _outliers(self) -> dict[str, tuple[Outlier, ...]]:
        return {}


def plain_figures(whole: Consolidation) -> dict[str, Decimal]:
    """Cell -> its figure; an interval is none.  Under DISTRICTS and EXPECTED, how many reported of how many.

    Of very many districts without table 3, whose tens of thousands of lines have no bars that anybody looks at.
    """
    cells, expected = whole.cells, len(whole.expected)
    named = cells.named(with_lines=expected <= MANY) if isinstance(cells, PictureCells) else iter(cells)
    told = ((cell, cells[cell]) for cell in named)
    found = {cell: one.value for cell, one in told if one.value is not None and not one.is_interval}
    return {**found, DISTRICTS: Decimal(expected - len(whole.missing)), EXPECTED: Decimal(expected)}
