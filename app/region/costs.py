"""What a unit of a service costs, by centre and code: money of the plans against the volumes of the returns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from app.core.money import kopecks
from app.core.text import sort_key
from app.region.consolidate import Consolidation
from app.region.contracts import Contracts, district_at
from app.region.duplicates import Duplicate

Place = tuple[str, str]  # centre's key, code


@dataclass(frozen=True, slots=True)
class UnitCost:
    """A centre and a code over the districts that reported.

    money: ₽ of the year's plans, None where nobody told them.  plan: volume of the year by the same plans, else by
    the returns; done: volume since the year began.  planned: ₽ a unit by plan.  actual: ₽ a unit as it came out, the
    money of the part of the year that has passed over what was done in it in the districts that have money of it.
    """

    centre: str
    centre_name: str
    code: str
    unit: str
    money: Decimal | None
    plan: Decimal
    done: Decimal
    planned: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True)
class Costs:
    """lines: by centre and code over all districts; in_district: the same of each district by its ОКТМО."""

    lines: tuple[UnitCost, ...] = ()
    in_district: Mapping[str, tuple[UnitCost, ...]] = field(default_factory=dict)

    @cached_property
    def known(self) -> bool:
        return any(line.money is not None for line in self.lines)

    def line(self, centre: str, code: str, oktmo: str) -> UnitCost | None:
        """Of a centre's code in a district; None where neither returns nor plans name it."""
        held = self.in_district.get(oktmo, ())
        return next((line for line in held if (line.centre, line.code) == (centre, code)), None)

    def price(self, centre: str, oktmo: str, code: str) -> Decimal | None:
        """₽ a unit by plan in the district, else of the centre over all; None where no money is told."""
        here = self.line(centre, code, oktmo)
        if here is not None and here.planned is not None:
            return here.planned
        return next((line.planned for line in self.of(centre) if line.code == code), None)

    def of(self, centre: str) -> tuple[UnitCost, ...]:
        """All codes of a centre."""
        return tuple(line for line in self.lines if line.centre == centre)


NO_COSTS = Costs()


def unit_costs(consolidation: Consolidation, contracts: Contracts) -> Costs:
    """Every centre and code that the returns or the plans name; districts that did not report are left out of both."""
    keys = contracts.keys(consolidation)
    names, units = _told(consolidation)
    for one in contracts.centres:
        names.setdefault(keys[one.id], one.name)
    made: dict[str, _Sums] = {"": _Sums()} | {oktmo: _Sums() for oktmo in consolidation.reported}
    for plan in contracts.plans:
        district = district_at(consolidation, plan.oktmo)
        for sums in (made[""], made[district]) if district in made else ():
            sums.money[keys[plan.centre], plan.code] += plan.money
            sums.volume[keys[plan.centre], plan.code] += plan.volume
            if plan.money:
                sums.priced[keys[plan.centre], plan.code] += plan.volume
    for line in consolidation.told_lines():
        place = line.centre, line.code
        for sums in (made[""], made[line.oktmo]):
            sums.done[place] += line.volume
            sums.promised[place] += line.plan or Decimal(0)
            if made[line.oktmo].money.get(place):
                sums.paid[place] += line.volume
    part = Decimal(consolidation.quarter.number) / 4
    told = {oktmo: sums.lines(part, names, units) for oktmo, sums in made.items()}
    return Costs(told.pop(""), told)


@dataclass(slots=True)
class _Sums:
    """Money and volumes by centre and code.

    promised: the plans of the returns.  priced, paid: planned and done where money is told.
    """

    money: dict[Place, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    volume: dict[Place, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    done: dict[Place, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    promised: dict[Place, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    priced: dict[Place, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    paid: dict[Place, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def lines(self, part: Decimal, names: Mapping[str, str], units: Mapping[str, str]) -> tuple[UnitCost, ...]:
        places = sorted({*self.done, *self.volume}, key=lambda place: (sort_key(names.get(place[0], "")), *place))
        return tuple(self._line(place, part, names, units) for place in places)

    def _line(self, place: Place, part: Decimal, names: Mapping[str, str], units: Mapping[str, str]) -> UnitCost:
        centre, code = place
        money = self.money.get(place) or None
        plan, done = self.volume.get(place) or self.promised.get(place, Decimal(0)), self.done.get(place, Decimal(0))
        return UnitCost(
            centre=centre,
            centre_name=names.get(centre, centre),
            code=code,
            unit=units.get(code, ""),
            money=money,
            plan=plan,
            done=done,
            planned=_over(money, self.priced.get(place, Decimal(0))),
            actual=_over(None if money is None else money * part, self.paid.get(place, Decimal(0))),
        )


def _told(consolidation: Consolidation) -> tuple[dict[str, str], dict[str, str]]:
    names: dict[str, str] = {}
    units: dict[str, str] = {}
    for line in consolidation.services:
        names[line.centre] = line.centre_name
        units.setdefault(line.code, line.unit)
    return names, units


def _over(money: Decimal | None, volume: Decimal) -> Decimal | None:
    return kopecks(money / volume) if money is not None and volume > 0 else None


@dataclass(frozen=True, slots=True)
class Share:
    """What one of the centres of a duplicate did, and its money; None where no money is told."""

    centre: str
    volume: Decimal
    money: Decimal | None


def money_of(duplicate: Duplicate, consolidation: Consolidation, costs: Costs) -> tuple[Share, ...]:
    """Side by side, by centre.

    Of one NGO: its part of each service, divided by the recipients of it.  Of plans: the money of the plans.
    """
    volumes: dict[str, Decimal] = defaultdict(Decimal)
    money: dict[str, Decimal | None] = {}
    if duplicate.kind == "plan":
        for oktmo, line in duplicate.lines:
            centre = consolidation.keys.of(line.centre)
            volumes[centre] += line.year.volume
            here = costs.line(centre, line.code, oktmo)
            _add(money, centre, here.money if here is not None else None)
    else:
        for oktmo, row in duplicate.records:
            centre = consolidation.keys.of(row.centre)
            volumes[centre] += row.quantity
            price = costs.price(centre, oktmo, row.code)
            _add(money, centre, None if price is None else kopecks(price * row.quantity / max(1, len(row.recipients))))
    return tuple(Share(centre, volumes[centre], money[centre]) for centre in sorted(volumes))


def _add(money: dict[str, Decimal | None], centre: str, more: Decimal | None) -> None:
    held = money.get(centre, Decimal(0))
    money[centre] = None if held is None or more is None else held + more
