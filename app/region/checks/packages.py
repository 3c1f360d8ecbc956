"""Check 45: volumes of packages are shared out among the centres; a centre is a winner with a valid agreement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from app.core.russian import amount
from app.core.text import NBSP
from app.region.checks.case import RegionCase
from app.region.checks.rules import RegionFault, check
from app.region.contracts import district_at
from app.returns.checks.report import Severity

Told = Iterator[RegionFault]


def unchecked(case: RegionCase) -> tuple[str, ...]:
    """Sentences on what could not be looked at, none when all was."""
    held, year = case.contracts, case.quarter.year
    if not held.plans:
        return (f"Проверка 45 — не проверялось: планов центров на {year} год в файле области нет.",)
    if not held.packages:
        return (f"Проверка 45, объёмы комплексов — не проверялось: комплексов на {year} год в файле области нет.",)
    return ()


@check("45", "Объёмы комплексов распределены между центрами (соглашения ещё не заключены)")
def packages_are_shared_out(case: RegionCase) -> Told:
    if not _agreed(case):
        yield from _uneven(case)


@check("45", "Объёмы комплексов равны сумме по центрам", severity=Severity.ERROR)
def packages_are_agreed(case: RegionCase) -> Told:
    if _agreed(case):
        yield from _uneven(case)


@check("45", "Центр — победитель отбора с действующим соглашением", severity=Severity.ERROR)
def centre_is_a_winner(case: RegionCase) -> Told:
    keys = case.contracts.keys(case.consolidation)
    for centre in case.contracts.centres:
        plans = [plan for plan in case.contracts.plans if plan.centre == centre.id]
        if not plans:
            continue
        won = [one for one in centre.agreements if one.is_won]
        if not centre.agreements:
            why = "соглашения нет"
        elif not won:
            why = "в соглашении не указан отбор, который он выиграл"
        elif not any(one.covers(case.quarter) for one in won):
            why = f"соглашение в{NBSP}этом квартале не действует"
        else:
            continue
        districts = tuple(sorted({district_at(case.consolidation, plan.oktmo) for plan in plans}))
        cell = f"3.{keys[centre.id]}.{plans[0].code}.records.year"
        yield RegionFault(districts, cell, f"{centre.name}: планы на {case.quarter.year} год есть, а{NBSP}{why}.")


def _agreed(case: RegionCase) -> bool:
    """Have all centres with plans their agreements?"""
    planned = {plan.centre for plan in case.contracts.plans}
    return all(one.agreements for one in case.contracts.centres if one.id in planned)


def _uneven(case: RegionCase) -> Told:
    """By district and code: the volume of all packages that hold the code against the plans of all centres."""
    if not case.contracts.plans:
        return
    needed: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for need in case.contracts.packages:
        for code in need.codes:
            place = district_at(case.consolidation, need.oktmo), code
            needed[place] += need.volume
            names[place].append(f"«{need.package}»")
    planned: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for plan in case.contracts.plans:
        planned[district_at(case.consolidation, plan.oktmo), plan.code] += plan.volume
    for oktmo, code in sorted(needed):
        want, have = needed[oktmo, code], planned[oktmo, code]
        if want != have:
            text = (
                f"{case.name(oktmo)}, {code}: по комплексам ({', '.join(names[oktmo, code])}) нужно {amount(want)}, "
                f"в{NBSP}планах центров {amount(have)}."
            )
            yield RegionFault((oktmo,), "301.year", text)
