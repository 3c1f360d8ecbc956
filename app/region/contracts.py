"""What the region itself keeps of centres: agreements of winners, plans with their money, packages of services.

No return carries any of it: it stands beside the consolidation and meets it by the centre's number or name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.periods import Quarter
from app.core.text import fold_name
from app.region.consolidate import Consolidation


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement under which a centre gets its subsidy.  competition, year_won: '' and None for no winner."""

    number: str
    starts_on: date
    ends_on: date
    subsidy: Decimal
    competition: str = ""
    year_won: int | None = None

    @property
    def is_won(self) -> bool:
        return bool(self.competition) or self.year_won is not None

    def covers(self, quarter: Quarter) -> bool:
        """Is it in force on a day of the quarter?  Its last day is inclusive."""
        return self.starts_on <= quarter.last_day and self.ends_on >= quarter.first_day


@dataclass(frozen=True, slots=True)
class HeldCentre:
    """A centre on the region's records.  numbers: its ОГРН and ИНН, as far as they are known."""

    id: int
    name: str
    numbers: tuple[str, ...] = ()
    agreements: tuple[Agreement, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldPlan:
    """What a centre is to do in a district in the year, and the money of it; 0 ₽ where that is not told."""

    centre: int
    oktmo: str
    code: str
    volume: Decimal
    money: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class PackageNeed:
    """How many times a package is to be given in a district in the year; codes: what is in it."""

    package: str
    codes: tuple[str, ...]
    oktmo: str
    volume: Decimal


@dataclass(frozen=True, slots=True)
class Contracts:
    """All of it, of one year."""

    centres: tuple[HeldCentre, ...] = ()
    plans: tuple[HeldPlan, ...] = ()
    packages: tuple[PackageNeed, ...] = ()

    def keys(self, consolidation: Consolidation) -> Mapping[int, str]:
        """Id of a centre -> its key over all returns; a centre that no return names has its number or name.

        By number first; by name, without its legal form, where one centre alone is called so.
        """
        known = {line.centre for line in consolidation.services}
        named: dict[str, set[str]] = defaultdict(set)
        for line in consolidation.services:
            named[fold_name(line.centre_name)].add(line.centre)
        found = {}
        for one in self.centres:
            by_number = [key for number in one.numbers if (key := consolidation.keys.of(number)) in known]
            by_name = named.get(fold_name(one.name), set())
            by_name = {key for key in by_name if not (one.numbers and key.isdigit())}  # two numbers are two centres
            told = by_number or (sorted(by_name) if len(by_name) == 1 else [])
            found[one.id] = told[0] if told else (one.numbers or (one.name,))[0]
        return found


NO_CONTRACTS = Contracts()


def district_at(consolidation: Consolidation, oktmo: str) -> str:
    """The expected district of a code, which may be a former one; the code itself where none is."""
    found = (one.oktmo for one in consolidation.expected if oktmo in (one.oktmo, *one.before))
    return next(found, oktmo)
