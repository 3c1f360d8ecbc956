"""What the commission on subsidies is told of a centre and of a district, with the reasoning in plain sentences.

Every sentence states a figure that the tables beside it show; nothing is judged that cannot be counted from returns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.core.money import percent
from app.core.periods import Quarter
from app.core.russian import amount, day, decimal, integer, percents, plural, roubles
from app.core.text import NBSP
from app.region.checks import RegionFinding
from app.region.consolidate import Consolidation
from app.region.contracts import NO_CONTRACTS, Agreement, Contracts
from app.region.costs import NO_COSTS, Costs, UnitCost
from app.region.coverage import Coverage, Promise, Spot
from app.region.duplicates import Duplicate
from app.region.figures import Figure, averaged, summed, union_of
from app.region.holes import Hole

NO_MONEY = "Стоимость единицы услуги: нет данных — деньги в планах центров не указаны."
HALF = 50
TWICE = 2


@dataclass(frozen=True, slots=True)
class CentreAccount:
    """A centre since the beginning of the year, over all districts.

    districts: where it worked.  ngos: different ones it served.  findings: checks 44 and 46 that concern it.
    reasons: sentences for the commission.  costs: ₽ a unit by code; agreements: those in force in the quarter.
    """

    centre: str
    name: str
    districts: tuple[str, ...]
    records: Figure
    cases: Figure
    hours: Figure
    ngos: Figure
    evidenced: Figure
    unevidenced: Figure
    wait: Figure
    promises: tuple[Promise, ...]
    duplicates: tuple[Duplicate, ...]
    findings: tuple[RegionFinding, ...]
    reasons: tuple[str, ...]
    costs: tuple[UnitCost, ...] = ()
    agreements: tuple[Agreement, ...] = ()


@dataclass(frozen=True, slots=True)
class DistrictAccount:
    """A district in the quarter: what is covered, what nobody gives, what is given twice."""

    oktmo: str
    name: str
    spots: tuple[tuple[str, Spot], ...]  # title of the category, its cell
    holes: tuple[Hole, ...]
    duplicates: tuple[Duplicate, ...]
    centres: tuple[str, ...]
    promises: tuple[Promise, ...]
    findings: tuple[RegionFinding, ...]
    reasons: tuple[str, ...]
    costs: tuple[UnitCost, ...] = ()


def account_of_centre(
    consolidation: Consolidation, coverage: Coverage, centre: str, findings: Sequence[RegionFinding] = (),
    *, costs: Costs = NO_COSTS, contracts: Contracts = NO_CONTRACTS,
) -> CentreAccount:  # fmt: skip
    """centre: its key over all returns."""
    quarter = consolidation.quarter
    keys = contracts.keys(consolidation)
    held = [one for one in contracts.centres if keys[one.id] == centre]
    agreements = tuple(one for kept in held for one in kept.agreements if one.covers(quarter))
    own_costs = costs.of(centre)
    lines = [line for line in consolidation.services if line.centre == centre]

    def column(key: str) -> list[Figure]:
        return [consolidation[f"{line.key}.{key}.year"] for line in lines]

    def total(key: str) -> Figure:
        return summed(part for figure in column(key) for part in figure.parts)

    records, unevidenced = total("records"), total("unevidenced")
    own = {
        (oktmo, row.key)
        for oktmo, ret in consolidation.returns
        for row in ret.annex_d
        if consolidation.keys.of(row.centre) == centre
    }
    promises = tuple(one for one in coverage.promises if one.centre == centre)
    duplicates = tuple(one for one in coverage.duplicates if centre in one.centres)
    return CentreAccount(
        centre=centre,
        name=coverage.centre_names.get(centre, held[0].name if held else centre),
        districts=tuple(dict.fromkeys(part.oktmo for part in records.parts if part.value)),
        records=records,
        cases=total("cases"),
        hours=total("hours"),
        ngos=union_of(column("ngos")),
        evidenced=total("evidenced"),
        unevidenced=unevidenced,
        wait=averaged(part for figure in column("wait") for part in figure.parts),
        promises=promises,
        duplicates=duplicates,
        findings=tuple(
            one for one in findings if one.cell.startswith(f"3.{centre}.") or own.intersection(one.records)
        ),
        reasons=(
            *_of_plans(consolidation, promises),
            *_of_evidence(records, unevidenced),
            *_of_duplicates(duplicates),
            *_of_agreements([one for kept in held for one in kept.agreements], quarter),
            *_of_money(own_costs, agreements),
        ),
        costs=own_costs,
        agreements=agreements,
    )


def account_of_district(
    consolidation: Consolidation, coverage: Coverage, oktmo: str, findings: Sequence[RegionFinding] = (),
    *, costs: Costs = NO_COSTS,
) -> DistrictAccount:  # fmt: skip
    """A district that reported; one that did not has empty tables."""
    spots = tuple(
        (title, spot)
        for code, title in coverage.categories
        if (spot := coverage.spot(oktmo, "category", code)) is not None
    )
    holes = tuple(one for one in coverage.holes if one.oktmo == oktmo)
    duplicates = tuple(one for one in coverage.duplicates if oktmo in one.districts)
    promises = tuple(one for one in coverage.promises if one.oktmo == oktmo)
    here = (spot for spot in coverage.spots.values() if spot.oktmo == oktmo)
    return DistrictAccount(
        oktmo=oktmo,
        name=consolidation.name(oktmo),
        spots=spots,
        holes=holes,
        duplicates=duplicates,
        centres=tuple(sorted({centre for spot in here for centre in spot.centres})),
        promises=promises,
        findings=tuple(one for one in findings if oktmo in one.districts),
        reasons=(
            *_of_coverage(spots),
            *_of_holes(holes),
            *_of_plans(consolidation, promises, in_district=True),
            *_of_duplicates(duplicates),
            *_of_money(costs.in_district.get(oktmo, ()), ()),
        ),
        costs=costs.in_district.get(oktmo, ()),
    )


def _of_plans(
    consolidation: Consolidation, promises: Sequence[Promise], *, in_district: bool = False
) -> tuple[str, ...]:
    """How many plans are kept for this part of the year, and which lie below half of it.

    in_district: all of one district, which is not named again beside each.
    """
    if not promises:
        return ("Планов услуг в отчётах районов нет.",)
    part = Decimal(consolidation.quarter.number) / 4
    kept = sum(one.done >= one.plan * part for one in promises)
    passed = format((part * 100).normalize(), "f")
    of = plural(len(promises), "позиции", "позиций", "позиций")
    told = [f"К{NBSP}этому дню прошло {passed}{NBSP}% года; план на это время выполнен по {integer(kept)} из {of}."]
    low = [one for one in promises if one.done * 2 < one.plan * part]
    if low:
        named = "; ".join(
            f"{one.code}{'' if in_district else f', {consolidation.name(one.oktmo)}'} "
            f"({amount(one.done)} из{NBSP}{amount(one.plan)})"
            for one in low
        )
        told.append(f"Ниже половины плана на это время: {named}.")
    return tuple(told)


def _of_agreements(held: Sequence[Agreement], quarter: Quarter) -> tuple[str, ...]:
    """That none of a centre's agreements is in force in the quarter; nothing where one is, or none is known."""
    if not held or any(one.covers(quarter) for one in held):
        return ()
    over = [one for one in held if one.ends_on < quarter.first_day]
    last = max(over, key=lambda one: one.ends_on) if over else min(held, key=lambda one: one.starts_on)
    when = f"закончилось {day(last.ends_on)}" if over else f"начинается {day(last.starts_on)}"
    return (f"Соглашения, которое действует в{NBSP}квартале, нет: №{NBSP}{last.number} {when}.",)


def _of_money(costs: Sequence[UnitCost], agreements: Sequence[Agreement]) -> tuple[str, ...]:
    """Subsidies of the agreements, money of the plans, and where a unit came out dearer than planned."""
    told = []
    if agreements:
        named = ", ".join(f"№{NBSP}{one.number}" for one in agreements)
        whole = roubles(sum((one.subsidy for one in agreements), Decimal(0)))
        told.append(f"Субсидия по соглашениям, действующим в{NBSP}квартале ({named}): {whole}.")
    priced = [one for one in costs if one.money is not None]
    if not priced:
        return (*told, NO_MONEY)
    told.append(f"Деньги планов на год: {roubles(sum((one.money or Decimal(0) for one in priced), Decimal(0)))}.")
    idle = sorted({one.code for one in priced if not one.done})
    if idle:
        told.append(f"Деньги есть, а{NBSP}с{NBSP}начала года ничего не сделано: {', '.join(idle)}.")
    dear = [one for one in priced if one.planned and one.actual and one.actual > one.planned * TWICE]
    if dear:
        named = "; ".join(f"{one.centre_name}, {one.code}: {roubles(one.actual or Decimal(0))} вместо "
                          f"{roubles(one.planned or Decimal(0))}" for one in dear)  # fmt: skip
        told.append(f"Единица обходится более чем вдвое дороже, чем по плану: {named}.")
    return tuple(told)


def _of_evidence(records: Figure, unevidenced: Figure) -> tuple[str, ...]:
    share = percent(unevidenced.value or 0, records.value or 0)
    if share is None:
        return ("Услуг с\u00a0начала года нет.",)
    of = plural(int(records.value or 0), "услуги", "услуг", "услуг")
    return (f"Без подтверждения {integer(int(unevidenced.value or 0))} из {of} ({percents(share)}).",)


def _of_duplicates(duplicates: Sequence[Duplicate]) -> tuple[str, ...]:
    if not duplicates:
        return ("Дублирования за квартал не найдено.",)
    justified = sum(bool(one.reason) for one in duplicates)
    count = plural(len(duplicates), "случай", "случая", "случаев")
    return (f"Дублирование за квартал: {count}, из них обосновано {integer(justified)}.",)


def _of_coverage(spots: Sequence[tuple[str, Spot]]) -> tuple[str, ...]:
    needed = [(title, spot) for title, spot in spots if spot.percent is not None]
    if not needed:
        return ("Потребностей, по которым можно посчитать покрытие, нет.",)
    low = [f"{title} ({decimal(spot.percent or Decimal(0), 1)}{NBSP}%)" for title, spot in needed
           if (spot.percent or 0) < HALF]  # fmt: skip
    count = plural(len(needed), "категории", "категориях", "категориях")
    told = f"Потребности есть в{NBSP}{count}; покрыты менее чем наполовину: {integer(len(low))}"
    return (f"{told} — {', '.join(low)}." if low else f"{told}.",)


def _of_holes(holes: Sequence[Hole]) -> tuple[str, ...]:
    if not holes:
        return ("Незакрытых потребностей нет.",)
    first = holes[0]
    count = plural(len(holes), "категория", "категории", "категорий")
    heaviest = f"НКО {integer(first.ngos)}, дней {integer(first.days)}, вес {integer(first.weight)}"
    return (f"Не закрыто: {count} потребностей; самая тяжёлая — {first.title}: {heaviest}.",)
