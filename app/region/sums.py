"""Spots of the matrix added up: over the districts of a category, over the categories of a district, over all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from app.core.money import percent
from app.region.coverage import Spot


@dataclass(frozen=True, slots=True)
class Sum:
    """Spots added up: NGOs in need and covered, counted once a category (or code) and district.

    unknown: so many spots are «без состава» and left out; bare: so many NGOs are in need there.
    """

    demand: int = 0
    covered: int = 0
    served: int = 0
    unknown: int = 0
    bare: int = 0

    @property
    def percent(self) -> Decimal | None:
        return percent(self.covered, self.demand)

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """Coverage in percent if of those told «без состава» nobody is covered, and if all are."""
        whole = self.demand + self.bare
        return Decimal(self.covered * 100) / whole, Decimal((self.covered + self.bare) * 100) / whole


def added(spots: Iterable[Spot]) -> Sum:
    """Spots added up."""
    demand = covered = served = unknown = bare = 0
    for spot in spots:
        served += int(spot.served.value or 0)
        if spot.demand.value == 0 and not spot.demand.is_interval:
            continue  # nobody is in need, whoever was served
        if spot.covered is None or spot.demand.value is None:
            unknown += 1
            bare += int(spot.demand.upper or spot.demand.value or 0)
            continue
        demand += int(spot.demand.value)
        covered += spot.covered
    return Sum(demand, covered, served, unknown, bare)
