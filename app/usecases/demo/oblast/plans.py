"""Plans of the centres with their money, as the committee would have typed them, and what of them must be found.

Volumes are those the districts know.  Planted are an agreement that has run out, a комплекс of which too little is
planned, and a district that took a centre no return speaks of; what only looks like it is an agreement of the last
day, and one that follows another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.core.clock import Clock
from app.core.fields import Values
from app.usecases.demo.oblast import plan
from app.usecases.region_plan_blank import Offered, plan_table
from app.usecases.region_plans import offered
from app.usecases.region_setup import create_region

FILE = "plans.xlsx"
TAKEN_ON = date(2026, 2, 2)
YEAR = plan.NOW.year
PRICES = {
    "К1": 1_800, "К2": 2_500, "К3": 3_200, "К4": 2_800, "С1": 6_000, "С3": 15_000, "О1": 24_000, "О2": 9_000,
    "П1": 350, "П2": 900, "П3": 1_200, "И1": 2_000, "И2": 1_500, "В2": 700, "М1": 18_000,
}  # fmt: skip
"""₽ a unit; a centre adds a twentieth for its number, so that the same work has several prices."""
PACKAGES = {"Старт НКО": ("К1", "К3"), "Первый грант": ("К4",)}
SHORT_OF = (plan.TIKHVIN, "Первый грант", 4)
"""So many more of a комплекс are wanted in the district than its centres plan (check 45)."""
ALONE = (plan.SOSNOVY_BOR, 6, "И1", 4)
"""A plan that the region alone knows, of a centre that never came there (check 46)."""
RUN_OUT = 5
"""The centre whose agreement ended with the half-year (check 45)."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """centre: its number in the plan; both days inclusive."""

    centre: int
    number: str
    starts_on: date
    ends_on: date
    subsidy: int


AGREEMENTS = (
    Agreement(1, "РЦ-2026/1", date(2026, 1, 15), date(2026, 12, 31), 2_100_000),
    Agreement(2, "РЦ-2026/2", date(2026, 1, 15), date(2026, 12, 31), 2_200_000),
    Agreement(3, "РЦ-2026/3", date(2026, 1, 15), date(2026, 12, 31), 600_000),
    Agreement(4, "РЦ-2026/4", date(2026, 1, 15), date(2026, 9, 30), 100_000),
    Agreement(RUN_OUT, "РЦ-2026/5", date(2026, 1, 15), date(2026, 6, 30), 400_000),
    Agreement(6, "РЦ-2025/6", date(2025, 2, 1), date(2026, 3, 31), 300_000),
    Agreement(6, "РЦ-2026/6", date(2026, 4, 1), date(2026, 12, 31), 2_100_000),
)
COMPETITION, WON = "Конкурс ресурсных центров 2025", 2025


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan of a centre (its number in the plan) in a district: volume and ₽ of the year."""

    oktmo: str
    centre: int
    code: str
    volume: int

    @property
    def money(self) -> Decimal:
        return Decimal(PRICES[self.code] * self.volume * (20 + self.centre)) / 20


def all_plans() -> tuple[Planned, ...]:
    """By centre, district and code: what the districts know, and what is planted beside."""
    found = {
        (centre, oktmo, code): 8 if code.startswith("К") else 4
        for oktmo in plan.CODES for centre, codes in plan.layout_of(oktmo).items() for code in codes
    }  # fmt: skip
    found |= {(centre, oktmo, code): volume for (oktmo, centre, code), volume in plan.OFFERED.items()}
    oktmo, centre, code, volume = ALONE
    found[centre, oktmo, code] = volume
    return tuple(Planned(oktmo, centre, code, volume) for (centre, oktmo, code), volume in sorted(found.items()))


def all_packages() -> tuple[tuple[str, str, int], ...]:
    """(ОКТМО, комплекс, volume): as many as the centres plan of each code in it, where that is one number."""
    planned: dict[tuple[str, str], int] = defaultdict(int)
    for one in all_plans():
        planned[one.oktmo, one.code] += one.volume
    found = []
    for name, codes in PACKAGES.items():
        for oktmo in plan.CODES:
            volumes = {planned[oktmo, code] for code in codes}
            if len(volumes) == 1:
                more = SHORT_OF[2] if SHORT_OF[:2] == (oktmo, name) else 0
                found.append((oktmo, name, volumes.pop() + more))
    return tuple(found)


def plans_book(workshop: Path) -> bytes:
    """The filled table as the region's program writes it, to be taken in as any other."""
    with create_region(workshop / "plans.db", clock=Clock.fixed(TAKEN_ON)) as database, database.read() as session:
        territories, services = offered(session, YEAR)
    names = tuple(one.name for one in plan.CENTRES.values())
    packages = [
        {"package": name, "codes": " ".join(PACKAGES[name]), "territory_code": territories[oktmo], "year": YEAR,
         "volume": Decimal(volume)} for oktmo, name, volume in all_packages()
    ]  # fmt: skip
    return plan_table(_rows(territories, services), Offered(names, territories, services, YEAR), packages)


def _rows(territories: dict[str, str], services: dict[str, str]) -> Iterator[Values]:
    waiting = {number: [one for one in AGREEMENTS if one.centre == number] for number in plan.CENTRES}
    for one in all_plans():
        centre = plan.CENTRES[one.centre]
        row: dict[str, Any] = {
            "centre": centre.name, "ogrn": centre.ogrn, "territory_code": territories[one.oktmo],
            "service_code": services[one.code], "year": YEAR, "volume": Decimal(one.volume), "money": one.money,
        }  # fmt: skip
        if waiting[one.centre]:  # one agreement a row
            agreement = waiting[one.centre].pop(0)
            row |= {
                "number": agreement.number, "starts_on": agreement.starts_on, "ends_on": agreement.ends_on,
                "subsidy": Decimal(agreement.subsidy), "competition": COMPETITION, "year_won": WON,
            }  # fmt: skip
        yield row


def planted_plans() -> dict[str, Any]:
    """What must be found once the table is taken in: rows, money, checks it adds, ₽ a unit by centre and code.

    costs: of the districts that reported alone.
    """
    plans = all_plans()
    lapsed = sorted({one.oktmo for one in plans if one.centre == RUN_OUT})
    sums: dict[tuple[str, str], tuple[Decimal, int]] = defaultdict(lambda: (Decimal(0), 0))
    for one in plans:
        if one.oktmo not in plan.MISSING:
            place = plan.CENTRES[one.centre].ogrn, one.code
            money, volume = sums[place]
            sums[place] = money + one.money, volume + one.volume
    return {
        "file": FILE,
        "rows": len(plans),
        "packages": len(all_packages()),
        "money": f"{sum((one.money for one in plans), Decimal(0)):.2f}",
        "checks": [
            {"check": "45", "districts": [SHORT_OF[0]]},
            {"check": "45", "districts": lapsed},
            {"check": "46", "districts": [ALONE[0]]},
        ],
        "costs": [
            {"centre": centre, "code": code, "money": f"{money:.2f}", "plan": f"{volume:.2f}",
             "unit": f"{money / volume:.2f}"}
            for (centre, code), (money, volume) in sorted(sums.items())
        ],
    }  # fmt: skip
