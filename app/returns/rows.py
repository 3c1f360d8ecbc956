"""Rows of the registers as a return reads them: plain values, one class a kind of record.

Fields mean what the classes of `app.models` of the same names say; ids are those of the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.core.periods import Quarter

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Interval:
    taken_on: date
    taken_account: Quarter
    removed_on: date | None = None
    removed_account: Quarter | None = None
    removal: str | None = None
    before_records: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    since: date
    account: Quarter
    status: str


@dataclass(frozen=True, slots=True)
class Mark:
    mark: str
    since: date
    account: Quarter
    valid_to: date | None = None
    end_account: Quarter | None = None


@dataclass(frozen=True, slots=True)
class YearFigures:
    year: int
    account: Quarter
    staff: int | None
    volunteers: int | None


@dataclass(frozen=True, slots=True)
class Ngo:
    """kind is 'legal' or 'body'; a body that registered is 'legal' from legal_account on.

    settlement is the settlement's territory code, '' when none is filled.
    """

    id: int
    uuid: str
    kind: str
    name: str
    short_name: str = ""
    okopf: str = ""
    ogrn: str = ""
    inn: str = ""
    kpp: str = ""
    registered_on: date | None = None
    legal_account: Quarter | None = None
    address: str = ""
    settlement: str = ""
    primary_here: bool = True
    primary_where: str = ""
    is_branch: bool = False
    head_id: int | None = None
    liquidated_on: date | None = None
    merged_into_id: int | None = None
    intervals: tuple[Interval, ...] = ()
    statuses: tuple[Status, ...] = ()
    marks: tuple[Mark, ...] = ()
    activities: tuple[tuple[str, Quarter], ...] = ()
    years: tuple[YearFigures, ...] = ()


@dataclass(frozen=True, slots=True)
class Violation:
    id: int
    found_on: date
    account: Quarter
    text: str
    returned: Decimal = ZERO
    returned_on: date | None = None
    returned_account: Quarter | None = None


@dataclass(frozen=True, slots=True)
class Support:
    id: int
    ngo_id: int
    form: str
    decision_no: str
    decision_on: date
    account: Quarter
    before_records: bool = False
    programme_id: int | None = None
    application_id: int | None = None
    event_id: int | None = None
    terminates_id: int | None = None
    purpose: str = ""
    amount: Decimal = ZERO
    local: Decimal = ZERO
    oblast: Decimal = ZERO
    federal: Decimal = ZERO
    other: Decimal = ZERO
    objects: int = 0
    object_name: str = ""
    area: Decimal = ZERO
    publications: int = 0
    consultations: int = 0
    hours: Decimal = ZERO
    people: int = 0
    cases: int = 0
    starts_on: date | None = None
    ends_on: date | None = None
    entry_no: int | None = None
    entered_on: date | None = None
    entry_account: Quarter | None = None
    published_on: date | None = None
    violations: tuple[Violation, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    id: int
    kind: str  # training, meeting, business
    title: str
    held_on: date
    account: Quarter
    hours: Decimal = ZERO
    participants: int = 0


@dataclass(frozen=True, slots=True)
class Programme:
    id: int
    title: str
    act: str
    starts_on: date
    ends_on: date | None
    planned: Mapping[int, Decimal]  # by year


@dataclass(frozen=True, slots=True)
class Execution:
    id: int
    programme_id: int
    account: Quarter
    local: Decimal
    oblast: Decimal
    federal: Decimal
    other: Decimal


@dataclass(frozen=True, slots=True)
class Contest:
    id: int
    year: int
    title: str
    grant_limit: Decimal
    total_limit: Decimal


@dataclass(frozen=True, slots=True)
class Application:
    id: int
    contest_id: int
    ngo_id: int
    project: str
    applied_on: date
    account: Quarter
    asked: Decimal
    decision: str | None = None
    decision_on: date | None = None
    decision_account: Quarter | None = None
    granted: Decimal = ZERO
    reported_on: date | None = None
    report_account: Quarter | None = None
    beneficiaries: int = 0
    events: int = 0
    publications: int = 0


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of a centre: days inclusive."""

    number: str
    starts_on: date
    ends_on: date
    subsidy: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Centre:
    """plans: (year, service code) -> planned volume in the territory of the chain."""

    id: int
    uuid: str
    name: str
    ogrn: str = ""
    ngo_id: int | None = None
    agreements: tuple[Agreement, ...] = ()
    plans: Mapping[tuple[int, str], Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recipient:
    """ngo_id is None for «граждане»."""

    ngo_id: int | None
    first_time: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    id: int
    uuid: str
    centre_id: int
    code: str
    provided_on: date
    account: Quarter
    quantity: Decimal
    hours: Decimal = ZERO
    people: int = 0
    result: str | None = None
    result_amount: Decimal = ZERO
    evidence_kind: str = ""
    evidence_no: str = ""
    before_records: bool = False
    recipients: tuple[Recipient, ...] = ()


@dataclass(frozen=True, slots=True)
class NeedLink:
    service_id: int
    kind: str  # closes, partly
    account: Quarter  # the period in which the link counts: the service's, or the first open one when it was made


@dataclass(frozen=True, slots=True)
class Need:
    id: int
    uuid: str
    ngo_id: int
    category: str
    opened_on: date
    account: Quarter
    priority: str = "normal"
    text: str = ""
    status: str = "open"
    closed_on: date | None = None
    closed_account: Quarter | None = None
    closed_by: str = ""
    reopens_id: int | None = None
    before_records: bool = False
    codes: tuple[str, ...] = ()
    links: tuple[NeedLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Partner:
    id: int
    uuid: str
    name: str
    inn: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    id: int
    given_on: date
    account: Quarter
    kind: str  # money, goods, pro_bono, volunteers, premises
    amount: Decimal = ZERO
    hours: Decimal = ZERO
    people: int = 0
    area: Decimal = ZERO
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Partnership:
    """An agreement with business; the last day in force is the earlier of ends_on and ended_early_on."""

    id: int
    partner_id: int
    number: str
    starts_on: date
    account: Quarter
    ends_on: date | None = None
    ended_early_on: date | None = None
    early_end_reason: str = ""
    end_account: Quarter | None = None
    before_records: bool = False
    promised: Decimal = ZERO
    parties: tuple[int, ...] = ()
    contributions: tuple[Contribution, ...] = ()

    @property
    def last_day(self) -> date | None:
        days = [day for day in (self.ends_on, self.ended_early_on) if day is not None]
        return min(days) if days else None


@dataclass(frozen=True, slots=True)
class PracticeState:
    state: str
    reached_on: date
    account: Quarter


@dataclass(frozen=True, slots=True)
class Practice:
    id: int
    uuid: str
    title: str
    ngo_id: int
    partner_id: int | None = None
    problem: str = ""
    target_group: str = ""
    description: str = ""
    resources: str = ""
    results: str = ""
    evidence: str = ""
    conditions: str = ""
    contact: str = ""
    link: str = ""
    consent: bool = False
    published_on: date | None = None
    states: tuple[PracticeState, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    year: int
    code: str
    value: Decimal
    act_no: str
    act_on: date
