"""Check 46: a district without any centre service; a centre that agreed to a district and did nothing there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from app.core.text import NBSP
from app.region.checks.case import RegionCase
from app.region.checks.rules import RegionFault, check
from app.region.contracts import district_at

Told = Iterator[RegionFault]


@check("46", "В каждом районе оказывались услуги центров")
def district_is_served(case: RegionCase) -> Told:
    for part in case.consolidation["301.quarter"].parts:
        if not part.value:
            text = f"{case.name(part.oktmo)}: за {case.quarter.title} ни одной услуги ресурсных центров."
            yield RegionFault((part.oktmo,), "301.quarter", text)


@check("46", "Центр работал в районе, который взял")
def agreed_district_is_served(case: RegionCase) -> Told:
    """Agreed: the return of the district, or the region itself, bears a plan of the year.  Served: since it began."""
    planned: dict[tuple[str, str], list[str]] = defaultdict(list)
    done: dict[tuple[str, str], int] = defaultdict(int)
    names: dict[str, str] = {}
    for oktmo, ret in case.returns:
        for line in ret.services:
            centre = case.keys.of(line.centre)
            names[centre] = line.centre_name
            done[oktmo, centre] += line.year.records
            if line.plan:
                planned[oktmo, centre].append(line.code)
    keys = case.contracts.keys(case.consolidation)
    called = {one.id: one.name for one in case.contracts.centres}
    reported = {oktmo for oktmo, _ in case.returns}
    for plan in case.contracts.plans:
        place = district_at(case.consolidation, plan.oktmo), keys[plan.centre]
        if plan.volume and place[0] in reported and plan.code not in planned[place]:
            names.setdefault(place[1], called[plan.centre])
            planned[place].append(plan.code)
    order = {one.oktmo: number for number, one in enumerate(case.consolidation.expected)}
    for oktmo, centre in sorted(planned, key=lambda place: (order[place[0]], place[1])):
        if planned[oktmo, centre] and not done[oktmo, centre]:
            codes = ", ".join(planned[oktmo, centre])
            text = f"{names[centre]}: на {case.name(oktmo)} есть план ({codes}), а услуг с{NBSP}начала года нет."
            yield RegionFault((oktmo,), f"3.{centre}.{planned[oktmo, centre][0]}.records.year", text)
