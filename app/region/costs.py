"""What a unit of a service costs, by centre and code: money of the plans against the volumes of the returns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.core.money import kopecks
from app.region.consolidate import Consolidation
from app.region.contracts import Contracts, district_at
from app.region.duplicates import Duplicate

Place = tuple[str, str, str]  # centre's key, ОКТМО, code


@dataclass(frozen=True, slots=True)
class UnitCost:
    """A centre and a code over the districts that reported.

    money: ₽ of the year's plans, None where nobody told them.  plan: volume of the year by the same plans, else by
    the returns; done: volume since the year began.  planned: ₽ a unit by plan.  actual: ₽ a unit as it came out, the
    money of the part of the year that has passed over what was done in it.
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


@dataclass(frozen=True, slots=True)
class Costs:
    """lines: by centre and code.  prices: ₽ a unit by plan, of a centre's code in one district and over all."""

    lines: tuple[UnitCost, ...] = ()
    prices: Mapping[Place, Decimal] | None = None
    budgets: Mapping[Place, Decimal] | None = None

    @property
    def known(self) -> bool:
        return any(line.money is not None for line in self.lines)

    def price(self, centre: str, oktmo: str, code: str) -> Decimal | None:
        """₽ a unit in the district, else of the centre over all; None where no money is told."""
        told = self.prices or {}
        found = told.get((centre, oktmo, code))
        return found if found is not None else told.get((centre, "", code))

    def of(self, centre: str) -> tuple[UnitCost, ...]:
        return tuple(line for line in self.lines if line.centre == centre)


NO_COSTS = Costs()


def unit_costs(consolidation: Consolidation, contracts: Contracts) -> Costs:
    """Every centre and code that the returns or the plans name; districts that did not report are left out of both."""
    keys = contracts.keys(consolidation)
    reported = {oktmo for oktmo, _ in consolidation.returns}
    names, units = _told(consolidation)
    names |= {keys[one.id]: names.get(keys[one.id], one.name) for one in contracts.centres}
    money: dict[Place, Decimal] = defaultdict(Decimal)
    volume: dict[Place, Decimal] = defaultdict(Decimal)
    for plan in contracts.plans:
        district = district_at(consolidation, plan.oktmo)
        if district in reported and plan.centre in keys:
            for oktmo in (district, ""):
                money[keys[plan.centre], oktmo, plan.code] += plan.money
                volume[keys[plan.centre], oktmo, plan.code] += plan.volume
    done: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    promised: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for _, ret in consolidation.returns:
        for line in ret.services:
            place = consolidation.keys.of(line.centre), line.code
            done[place] += line.year.volume
            promised[place] += line.plan or Decimal(0)
    part = Decimal(consolidation.quarter.number) / 4
    places = sorted({*done, *((centre, code) for centre, oktmo, code in volume if not oktmo)},
                    key=lambda place: (names.get(place[0], place[0]), *place))  # fmt: skip
    lines = []
    for centre, code in places:
        whole = money.get((centre, "", code)) or None
        planned_volume = volume.get((centre, "", code)) or promised[centre, code]
        lines.append(
            UnitCost(
                centre=centre,
                centre_name=names.get(centre, centre),
                code=code,
                unit=units.get(code, ""),
                money=whole,
                plan=planned_volume,
                done=done[centre, code],
                planned=_over(whole, planned_volume),
                actual=_over(None if whole is None else whole * part, done[centre, code]),
            )
        )
    prices = {place: price for place in money if (price := _over(money[place] or None, volume[place])) is not None}
    return Costs(tuple(lines), prices, {place: one for place, one in money.items() if one})


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
            _add(money, centre, (costs.budgets or {}).get((centre, oktmo, line.code)))
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
