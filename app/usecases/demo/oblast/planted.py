"""planted.json: what the region must find, told from the plan and the books of the districts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from app.core.periods import Quarter
from app.returns.form import FORM_2026_1
from app.usecases.demo.oblast import plan
from app.usecases.demo.oblast.arrivals import Arrival
from app.usecases.demo.oblast.books import SETS, STOCKS, SUMS, Books
from app.usecases.demo.oblast.lives import Lived
from app.usecases.demo.oblast.plans import planted_plans
from app.usecases.demo.plot_services import CATEGORY

NOW = plan.NOW
OLD_DAYS = 90
HIGH = 2
"""So much heavier is a need of high priority."""


def planted(districts: Mapping[str, Lived], came: Iterable[Arrival]) -> dict[str, Any]:
    """`{results, missing, rows, holes, duplicates, …}`; rows and all that follows are of III квартал 2026 г.

    rows: figure of the quarter as text, year_rows since January.  to_justify: duplicate -> reason.  checks: what the
    region's checks tell, as (check, districts).  warnings: districts whose journal was touched.  arrived: file of `in/`
    -> the day it came.  plans: what `plans.xlsx` brings, and what is found beside once it is taken in.
    """
    files = tuple(came)
    results: dict[str, str] = {}
    for one in files:
        results |= one.results
    quarter, year = _rows(districts)
    doubled = [_doubled(one, districts) for one in plan.DOUBLED]
    return {
        "quarter": str(NOW),
        "results": dict(sorted(results.items())),
        "missing": sorted(plan.MISSING),
        "rows": {code: _figure(code, value) for code, value in quarter.items()},
        "year_rows": {code: _figure(code, value) for code, value in year.items()},
        "holes": _holes(),
        "duplicates": sorted(doubled, key=lambda one: str(one["key"])),
        "to_justify": {
            told["key"]: one.reason for one, told in zip(plan.DOUBLED, doubled, strict=True) if one.reason
        },
        "checks": _checks(),
        "plans": planted_plans(),
        "warnings": [plan.BEGUN_ANEW],
        "arrived": {one.name: one.on.isoformat() for one in files},
    }


def _figure(code: str, value: Decimal) -> str:
    return f"{value:.{FORM_2026_1.row(code).places}f}"


def _rows(districts: Mapping[str, Lived]) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """The quarter of those who reported; the year of everybody, up to the latest return that came."""
    books = {oktmo: Books(districts[oktmo].told) for oktmo in plan.CODES}
    here = [oktmo for oktmo in plan.CODES if oktmo not in plan.MISSING]
    january = Quarter(NOW.year, 1)
    until = dict.fromkeys(here, NOW) | {oktmo: min(plan.LAST.get(oktmo, NOW), NOW.previous)
                                              for oktmo in plan.MISSING}  # fmt: skip
    now = [(books[oktmo].figures(NOW), books[oktmo].sets(NOW)) for oktmo in here]
    since = [(books[oktmo].figures(last, january), books[oktmo].sets(last, january)) for oktmo, last in until.items()]
    quarter = {code: sum((figures[code] for figures, _ in now), Decimal(0)) for code in (*SUMS, *STOCKS)}
    year = {code: sum((figures[code] for figures, _ in since), Decimal(0)) for code in SUMS}
    year |= {code: quarter[code] for code in STOCKS}
    for code in SETS:
        quarter[code] = Decimal(len(set[str]().union(*(sets[code] for _, sets in now))))
        year[code] = Decimal(len(set[str]().union(*(sets[code] for _, sets in since))))
    return dict(sorted(quarter.items())), dict(sorted(year.items()))


def _holes() -> list[dict[str, Any]]:
    waiting: dict[tuple[str, str], list[plan.Wanted]] = defaultdict(list)
    for one in plan.WANTED:
        if one.hole:
            waiting[one.oktmo, one.category].append(one)
    found = [_hole(oktmo, category, needs) for (oktmo, category), needs in waiting.items()]
    return sorted(found, key=lambda one: (-one["weight"], one["key"]))


def _hole(oktmo: str, category: str, needs: list[plan.Wanted]) -> dict[str, Any]:
    days = {one: (NOW.last_day - one.on).days for one in needs}
    old = [one for one in needs if days[one] > OLD_DAYS]
    served = any(CATEGORY[code] == category for codes in plan.layout_of(oktmo).values() for code in codes)
    weights: dict[str, int] = {}
    for one in old if served else needs:
        weights[one.who] = max(weights.get(one.who, 0), days[one] * (HIGH if one.high else 1))
    return {
        "key": f"{oktmo}:{category}", "oktmo": oktmo, "category": category, "flagged": not served, "over_90": len(old),
        "ngos": len(weights), "weight": sum(weights.values()),
    }  # fmt: skip


def _doubled(one: plan.Doubled, districts: Mapping[str, Lived]) -> dict[str, Any]:
    centres = sorted(plan.CENTRES[number].ogrn for number in one.centres)
    ngo = districts[one.districts[0]].keys[one.who] if one.who else ""
    of = ngo or one.districts[0]
    return {
        "key": f"{'ngo' if one.who else 'plan'}:{NOW}:{one.code}:{of}:{'+'.join(centres)}",
        "kind": "ngo" if one.who else "plan", "code": one.code, "ngo": ngo, "centres": centres,
        "districts": sorted(one.districts),
    }  # fmt: skip


def _checks() -> list[dict[str, Any]]:
    """One for each thing that the region's checks must tell."""
    primary = [sorted((one.home, one.away)) for one in plan.SHARED if one.both_primary]
    proofs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for given in plan.GIVEN:
        if given.evidence:
            proofs[given.evidence].add(given.oktmo)
    idle = [oktmo for (oktmo, centre, _), _ in plan.OFFERED.items()
            if centre not in plan.layout_of(oktmo)
            and not any((one.oktmo, one.centre) == (oktmo, centre) for one in plan.GIVEN)]  # fmt: skip
    return [
        *({"check": "43", "districts": [oktmo]} for oktmo in sorted(plan.MISSING)),
        # By hand nobody lists who stands behind tables 3 and 4 of the whole year.
        *({"check": "43", "districts": [oktmo]} for oktmo, quarters in plan.BY_HAND.items() if NOW in quarters
          for _ in ("3", "4")),
        *({"check": "44", "districts": found} for found in primary),
        *({"check": "44", "districts": sorted(found)} for found in proofs.values()),
        *({"check": "46", "districts": [oktmo]} for oktmo in idle),
    ]
