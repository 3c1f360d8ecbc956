"""Check 46: a district without any centre service; a centre that agreed to a district and did nothing there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from app.core.text import NBSP
from app.region.checks.case import RegionCase
from app.region.checks.rules import RegionFault, check

Told = Iterator[RegionFault]


@check("46", "В каждом районе оказывались услуги центров")
def district_is_served(case: RegionCase) -> Told:
    for part in case.consolidation["301.quarter"].parts:
        if not part.value:
            text = f"{case.name(part.oktmo)}: за {case.quarter.title} ни одной услуги ресурсных центров."
            yield RegionFault((part.oktmo,), "301.quarter", text)


@check("46", "Центр работал в районе, который взял")
def agreed_district_is_served(case: RegionCase) -> Told:
    """Agreed: the return of the district bears a plan of the year for the centre.  Served: since the year began."""
    for oktmo, ret in case.returns:
        planned: dict[str, list[str]] = defaultdict(list)
        done: dict[str, int] = defaultdict(int)
        names: dict[str, str] = {}
        for line in ret.services:
            centre = case.keys.of(line.centre)
            names[centre] = line.centre_name
            done[centre] += line.year.records
            if line.plan:
                planned[centre].append(line.code)
        for centre in sorted(planned):
            if not done[centre]:
                codes = ", ".join(planned[centre])
                text = (
                    f"{names[centre]}: на {case.name(oktmo)} есть план ({codes}), а услуг "
                    f"с{NBSP}начала года нет."
                )
                cell = f"3.{centre}.{planned[centre][0]}.records.year"
                yield RegionFault((oktmo,), cell, text)
