"""The region's комплект: what all districts must keep alike, as one small file (DOMAIN §8).

The dataclasses are the schema of the file (`package_codec`): reading goes by their declared types and refuses
what they do not name (`package_reading`).

A part that is empty says nothing: what the district holds stays.  An entry is never taken away, it ends
(`valid_to`); plans alone may be dropped, since a plan of volumes has no end but its year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.russian import day
from app.core.text import NBSP


@dataclass(frozen=True, slots=True)
class Activity:
    """A kind of activity of art. 31.1.  origin: federal, oblast, municipal."""

    code: str
    title: str
    origin: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class LegalForm:
    """A legal form by ОКОПФ.  row: of section 1 that counts it."""

    code: str
    title: str
    short: str
    row: str
    may_be_sonko: bool = True
    hidden: bool = False
    warning: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the catalogue.  unit: its units, volumes are in the first.  evidence: asked of the centre."""

    code: str
    title: str
    unit: str
    evidence: str
    hours_required: bool = False
    sort: int = 0
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """A category of needs with its line of the need map: the codes of all services that answer it."""

    code: str
    title: str
    sort: int = 0
    services: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class FormTerm:
    """From when to when (last day) districts use a version of the form."""

    version: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day of the work calendar whose kind differs from its weekday, or again does not."""

    day: date
    working: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class TerritoryTerm:
    """A territory that sends a return while it is valid; then its successor does."""

    code: str
    name: str
    name_genitive: str
    kind: str
    valid_from: date
    valid_to: date | None = None
    successor_code: str = ""


@dataclass(frozen=True, slots=True)
class PlannedVolume:
    """What a centre does in a district in a year, in the first unit of the code.  ogrn: '' where unknown."""

    centre: str
    ogrn: str
    territory: str
    service: str
    year: int
    volume: Decimal


@dataclass(frozen=True, slots=True)
class Package:
    """A комплект.  number: counted by the region from 1; previous: of the one before, None for the first.

    by: who issued it.  due_day: of the month after the quarter, on which the return is due; None says nothing.
    """

    number: int
    on: date
    previous: int | None = None
    by: str = ""
    due_day: int | None = None
    activities: tuple[Activity, ...] = ()
    legal_forms: tuple[LegalForm, ...] = ()
    services: tuple[Service, ...] = ()
    categories: tuple[Category, ...] = ()
    forms: tuple[FormTerm, ...] = ()
    calendar: tuple[SpecialDay, ...] = ()
    territories: tuple[TerritoryTerm, ...] = ()
    plans: tuple[PlannedVolume, ...] = ()

    @property
    def title(self) -> str:
        """«№ 3 от 12.01.2027»: what a return bears."""
        return f"№{NBSP}{self.number} от {day(self.on)}"

    @property
    def file_name(self) -> str:
        """`НКО-47_комплект_3_2027-01-12.json`."""
        return f"НКО-47_комплект_{self.number}_{self.on}.json"
