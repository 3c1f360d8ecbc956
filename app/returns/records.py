"""The records a return is built from and checked against: plain rows, no tables.

`usecases` reads them in one transaction; tests may write them by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.core.periods import Quarter
from app.core.settings import Settings
from app.core.workdays import WorkCalendar
from app.returns.package import FormTerm
from app.returns.rows import (
    Agreement,
    Application,
    Centre,
    Contest,
    Contribution,
    Event,
    Execution,
    Interval,
    Mark,
    Need,
    NeedLink,
    Ngo,
    Partner,
    Partnership,
    Plan,
    Practice,
    PracticeState,
    Programme,
    Recipient,
    Service,
    Status,
    Support,
    Violation,
    YearFigures,
)
from app.returns.snapshot import QuarterReturn, Signer

__all__ = [
    "Agreement",
    "Application",
    "Category",
    "Centre",
    "Contest",
    "Contribution",
    "Event",
    "Execution",
    "Frozen",
    "Interval",
    "Mark",
    "Need",
    "NeedLink",
    "Ngo",
    "Opening",
    "Partner",
    "Partnership",
    "Plan",
    "Practice",
    "PracticeState",
    "Programme",
    "Recipient",
    "Records",
    "Service",
    "ServiceKind",
    "Status",
    "Support",
    "Territory",
    "Unit",
    "Violation",
    "YearFigures",
]


@dataclass(frozen=True, slots=True)
class Territory:
    code: str
    name: str
    name_genitive: str
    valid_from: date
    valid_to: date | None
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """Section 7 and the signers, as they are now."""

    administration: str = ""
    name: str = ""
    act: str = ""
    staff: str = ""
    council: str = ""
    site_section: str = ""
    site_updated_on: date | None = None
    addressee: str = ""
    head: Signer = field(default_factory=lambda: Signer("", ""))
    executor: Signer = field(default_factory=lambda: Signer("", ""))


@dataclass(frozen=True, slots=True)
class ServiceKind:
    """A code of the catalogue with its days of validity."""

    code: str
    title: str
    unit: str
    hours_required: bool = False
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """A category of needs and the service codes that answer it."""

    code: str
    title: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """Opening balances at the end of `quarter`, the last one without the program.

    figures: cell -> value; bare: unique cells without members; keys: cell -> keys (uuids).
    """

    quarter: Quarter
    figures: Mapping[str, Decimal] = field(default_factory=dict)
    bare: frozenset[str] = frozenset()
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen return as the build and the checks see it."""

    ret: QuarterReturn
    frozen_on: date
    sha256: str
    sent_back: bool = False
    register_days: int = 3


@dataclass(frozen=True, slots=True)
class Records:
    """Everything of a district in one read.  Archived records are left out."""

    today: date
    territories: tuple[Territory, ...]  # the chain, oldest first
    unit: Unit
    settings: Settings
    calendar: WorkCalendar
    legal_form_rows: Mapping[str, str]  # ОКОПФ -> row 111…116
    activity_titles: Mapping[str, str]
    catalogue: tuple[ServiceKind, ...]
    categories: tuple[Category, ...]
    ngos: tuple[Ngo, ...] = ()
    supports: tuple[Support, ...] = ()
    events: tuple[Event, ...] = ()
    programmes: tuple[Programme, ...] = ()
    executions: tuple[Execution, ...] = ()
    contests: tuple[Contest, ...] = ()
    applications: tuple[Application, ...] = ()
    centres: tuple[Centre, ...] = ()
    services: tuple[Service, ...] = ()
    needs: tuple[Need, ...] = ()
    partners: tuple[Partner, ...] = ()
    partnerships: tuple[Partnership, ...] = ()
    practices: tuple[Practice, ...] = ()
    plans: tuple[Plan, ...] = ()
    texts: Mapping[tuple[Quarter, str], str] = field(default_factory=dict)  # (quarter, cell) -> text
    explanations: Mapping[tuple[Quarter, str, str], str] = field(default_factory=dict)  # + check, cell
    opening: Opening | None = None
    frozen: Mapping[Quarter, tuple[Frozen, ...]] = field(default_factory=dict)  # versions, oldest first
    package: str = ""  # № and date of the region's комплект in force
    form_terms: tuple[FormTerm, ...] = ()  # which version of the form holds when, as that комплект says

    def register_days(self, quarter: Quarter) -> int:
        """The term of the register for entries of a quarter: the one by which it was first frozen, or today's.

        A term changed in the settings since must not change what was sent.
        """
        versions = self.frozen.get(quarter, ())
        return versions[0].register_days if versions else self.settings.register_days

    def latest_frozen(self, quarter: Quarter) -> Frozen | None:
        """The latest version of a quarter that was not sent back."""
        for version in reversed(self.frozen.get(quarter, ())):
            if not version.sent_back:
                return version
        return None
