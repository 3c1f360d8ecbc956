"""A quarterly return as plain data: what is hashed, printed, sent, taken in and compared.

Cells are named `211.3.quarter` (coded rows: quarter, year, plan, percent, before, note),
`1а.<activity code>`, `3.<centre key>.<service code>.<column>.<quarter|year>`,
`4.<category code>.<column>.<quarter|year>`.  Figures are Decimals: whole ones for pieces and
people, with two places for ₽, h and m² (one for days).  None is an empty cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from app.core.periods import Quarter


@dataclass(frozen=True, slots=True)
class Row:
    """A coded row.  year_upper: upper bound of column 6 where a unique one is an interval

    (an opening figure «без состава»); then `year` is the lower bound and there is no percent.
    before: column 9.  note: column 10; for rows of kind T the text itself.
    """

    code: str
    quarter: Decimal | None = None
    year: Decimal | None = None
    year_upper: Decimal | None = None
    plan: Decimal | None = None
    percent: Decimal | None = None
    before: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Average:
    """A mean that can be added up: total over count, e.g. days waited over links."""

    total: Decimal = Decimal(0)
    count: int = 0

    @property
    def value(self) -> Decimal | None:
        return (self.total / self.count).quantize(Decimal("0.1"), ROUND_HALF_UP) if self.count else None


@dataclass(frozen=True, slots=True)
class ServiceFigures:
    """Columns of table 3 for one period."""

    records: int = 0
    cases: int = 0
    volume: Decimal = Decimal(0)
    hours: Decimal = Decimal(0)
    ngos: int = 0
    people: int = 0
    first: int = 0
    evidenced: int = 0
    unevidenced: int = 0
    wait: Average = Average()


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A row of table 3: centre × service code.  centre is the centre's uuid."""

    centre: str
    centre_name: str
    code: str
    title: str
    unit: str
    plan: Decimal | None
    quarter: ServiceFigures
    year: ServiceFigures

    @property
    def key(self) -> str:
        return f"3.{self.centre}.{self.code}"


@dataclass(frozen=True, slots=True)
class NeedFigures:
    """Columns of table 4 for one period; unserved is 1 or 0 (region: number of districts)."""

    start: int = 0
    opened: int = 0
    closed_centre: int = 0
    closed_other: int = 0
    withdrawn: int = 0
    end: int = 0
    over_90: int = 0
    ngos: int = 0
    high: int = 0
    unserved: int = 0


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A row of table 4: a category of needs."""

    category: str
    title: str
    quarter: NeedFigures
    year: NeedFigures

    @property
    def key(self) -> str:
        return f"4.{self.category}"


@dataclass(frozen=True, slots=True)
class Entity:
    """Whoever stands behind a key: kind is ngo, body, centre or partner; number its ОГРН (partner: ИНН).

    Counting joins entities by number first, else by uuid (DOMAIN §6, «Key»).
    """

    uuid: str
    kind: str
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Members:
    """The set behind a unique figure, as uuids, for the quarter and the year to date.

    bare_year: so many more are counted in the year «без состава» (opening balance).
    """

    quarter: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    bare_year: int = 0


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A row of annex А: 11 columns of the register (order 223) and the decision's period of account.

    number is empty in «ещё не внесённые».  amount is in ₽; size says the volume in words.
    """

    number: int | None
    entered_on: date | None
    decision_on: date
    decision_no: str
    termination: bool
    ngo: str
    name: str
    short_name: str
    address: str
    ogrn: str
    inn: str
    activities: tuple[str, ...]
    form: str
    amount: Decimal
    size: str
    starts_on: date | None
    ends_on: date | None
    violations: str
    account: Quarter
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A row of annex Б: a need open on any day of the quarter."""

    number: str
    ngo: str
    category: str
    codes: tuple[str, ...]
    opened_on: date
    priority: str
    status: str
    closed_on: date | None
    closed_by: str


@dataclass(frozen=True, slots=True)
class PracticeCard:
    """A card of annex В."""

    key: str
    title: str
    ngo: str
    partner: str
    problem: str
    target_group: str
    description: str
    resources: str
    results: str
    evidence: str
    conditions: str
    contact: str
    link: str
    consent: bool
    states: tuple[tuple[str, date], ...]


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A row of annex Д: one act of service; recipients are uuids, «граждане» an empty string."""

    key: str
    provided_on: date
    centre: str
    code: str
    quantity: Decimal
    hours: Decimal
    people: int
    recipients: tuple[str, ...]
    first: tuple[str, ...]
    evidence_kind: str
    evidence_no: str
    needs: tuple[str, ...]
    account: Quarter


@dataclass(frozen=True, slots=True)
class NgoRow:
    """A row of annex Е: an NGO or body on record on the last day."""

    key: str
    kind: str
    ogrn: str
    kpp: str
    name: str
    okopf: str
    status: str
    marks: tuple[str, ...]
    primary: str


@dataclass(frozen=True, slots=True)
class ProtocolRow:
    """A line of annex Г: a finding, a rule not run, or a record that came late.

    kind: error, warning, unchecked, late.  explanation is empty when none was given.
    """

    kind: str
    check: str
    cell: str
    text: str
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the figures and is hashed with them."""

    form_version: str
    oktmo: str
    territory: str  # «Волховский муниципальный район»
    territory_genitive: str
    quarter: Quarter
    correction: int
    reason: str
    administration: str
    unit: str
    addressee: str
    records: Mapping[str, int]  # ngos, support, services, needs: numbers of records
    package: str = ""  # № of the комплект under which it was made


@dataclass(frozen=True, slots=True)
class QuarterReturn:
    """The data of a return.  rows in the order of the form, by code; activities is table 1а (code -> СОНКО)."""

    head: Head
    rows: Mapping[str, Row]
    activities: Mapping[str, int]
    activity_titles: Mapping[str, str]
    services: tuple[ServiceLine, ...]
    needs: tuple[NeedLine, ...]
    members: Mapping[str, Members]  # by code of a unique row, or key + column of tables 3 and 4
    entities: tuple[Entity, ...]
    annex_a: tuple[RegisterRow, ...] = ()
    annex_a_pending: tuple[RegisterRow, ...] = ()
    annex_b: tuple[NeedRow, ...] = ()
    annex_v: tuple[PracticeCard, ...] = ()
    annex_g: tuple[ProtocolRow, ...] = ()
    annex_d: tuple[ServiceRow, ...] = ()
    annex_e: tuple[NgoRow, ...] = ()

    def __getitem__(self, code: str) -> Row:
        return self.rows[code]

    def entity(self, uuid: str) -> Entity | None:
        for entity in self.entities:
            if entity.uuid == uuid:
                return entity
        return None

    def upper_of(self, key: str) -> int | None:
        """Upper bound of a unique column of tables 3 and 4 in the year (`4.finance.ngos`), where it is «без состава».

        The figure itself is then the lower one.  None for a plain count.
        """
        members = self.members.get(key)
        if members is None or not members.bare_year:
            return None
        numbers = {entity.uuid: entity.number for entity in self.entities}
        known = len({numbers.get(uuid) or uuid for uuid in members.year})
        return members.bare_year + known if known else None


@dataclass(frozen=True, slots=True)
class Signer:
    post: str
    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A version approved before in the same file.  held: its journal still has the entry it was approved at."""

    quarter: Quarter
    correction: int
    sha256: str
    held: bool


@dataclass(frozen=True, slots=True)
class Envelope:
    """What stands beside the data, unhashed: by whom and when it was frozen, journal head, signers.

    binding: printed with a left margin of 30 mm.  earlier: what the file had approved by then, by which the region
    sees that a journal was cut or begun anew.
    """

    sha256: str
    frozen_on: date
    frozen_by: str
    journal_head: str
    registration_no: str
    due_on: date
    head: Signer
    executor: Signer
    program_version: str = ""
    register_days: int = 3  # the term of the register, in working days, by which row 233 was counted
    binding: bool = False
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Records behind a cell: a register (`support`, `service`, `need`, `ngo`, …) and ids in it."""

    register: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """A return with the way back from each cell to its records (not part of the file)."""

    ret: QuarterReturn
    sources: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
