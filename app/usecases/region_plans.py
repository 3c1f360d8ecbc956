"""Plans of centres that the region holds: by centre, district, service and year, with the money of each.

Volumes go down with the комплект; money stays with the region and tells the planned cost of a unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError, InvalidRecord
from app.core.fields import Values
from app.core.money import kopecks
from app.core.russian import day
from app.core.text import sort_key
from app.models import CentreAgreement, RegionPlan, ResourceCentre, ServiceCode, Territory
from app.usecases.accounts import today_of
from app.usecases.records import save

KIND = "plans"
"""The kind of the batches that change plans, centres and their agreements."""
LARGEST = Decimal(10) ** 12 - 1
"""What the file of a комплект can say."""


@dataclass(frozen=True, slots=True)
class HeldPlan:
    """A plan as a table shows it.  volume: in the first unit of the code; money: ₽, 0 where not told."""

    id: int
    centre_id: int
    centre: str
    ogrn: str
    territory: str
    territory_name: str
    service: str
    service_title: str
    unit: str
    year: int
    volume: Decimal
    money: Decimal

    @property
    def unit_cost(self) -> Decimal | None:
        """₽ a unit, to the kopeck; None without a volume or without money."""
        return kopecks(self.money / self.volume) if self.volume and self.money else None


@dataclass(frozen=True, slots=True)
class HeldAgreement:
    """An agreement of a centre; both days are inclusive."""

    number: str
    starts_on: date
    ends_on: date
    subsidy: Decimal
    competition: str
    year_won: int | None

    @property
    def title(self) -> str:
        return f"№\u00a0{self.number}, {day(self.starts_on)}—{day(self.ends_on)}"


@dataclass(frozen=True, slots=True)
class PlannedCentre:
    """A centre with what is planned of it in a year.  subsidy: of agreements that hold on some day of the year."""

    id: int
    name: str
    ogrn: str
    inn: str
    agreements: tuple[HeldAgreement, ...]
    subsidy: Decimal
    money: Decimal
    plans: int
    districts: int

    @property
    def is_winner(self) -> bool:
        """Does an agreement of the centre hold in the year?"""
        return bool(self.agreements)

    @property
    def unspent(self) -> Decimal:
        """What of the subsidy no plan names; below 0 when plans name more than there is."""
        return self.subsidy - self.money


def plans(session: Session, year: int) -> tuple[HeldPlan, ...]:
    """Plans of a year, by centre, district and code; centres in the archive left out."""
    query = (
        select(RegionPlan, ResourceCentre.name, ResourceCentre.ogrn, Territory.name, ServiceCode)
        .join(ResourceCentre, ResourceCentre.id == RegionPlan.centre_id)
        .join(Territory, Territory.code == RegionPlan.territory_code)
        .join(ServiceCode, ServiceCode.code == RegionPlan.service_code)
        .where(RegionPlan.year == year, ResourceCentre.archived_on.is_(None))
    )
    found = [
        (code.sort, HeldPlan(
            row.id, row.centre_id, centre, ogrn or "", row.territory_code, territory, row.service_code, code.title,
            first_unit(code.unit), row.year, row.volume, row.money,
        ))
        for row, centre, ogrn, territory, code in session.execute(query)
    ]  # fmt: skip
    found.sort(key=lambda pair: (sort_key(pair[1].centre), sort_key(pair[1].territory_name), pair[0], pair[1].service))
    return tuple(plan for _, plan in found)


def first_unit(unit: str) -> str:
    """«конс., ч» -> «конс.»."""
    return unit.partition(",")[0].strip()


def years(session: Session) -> tuple[int, ...]:
    """Years that have plans, and this one and the next, in order."""
    today = today_of(session)
    held = set(session.scalars(select(RegionPlan.year).distinct()))
    return tuple(sorted(held | {today.year, today.year + 1}))


def centres(session: Session, year: int) -> tuple[PlannedCentre, ...]:
    """Centres of the region with the agreements that hold on some day of the year and what is planned, by name."""
    agreements: Mapping[int, list[HeldAgreement]] = agreements_of(session, year)
    of_centre: dict[int, list[HeldPlan]] = defaultdict(list)
    for plan in plans(session, year):
        of_centre[plan.centre_id].append(plan)
    zero = Decimal(0)
    found = [
        PlannedCentre(
            row.id, row.name, row.ogrn or "", row.inn or "", tuple(agreements.get(row.id, ())),
            sum((one.subsidy for one in agreements.get(row.id, ())), zero),
            sum((plan.money for plan in of_centre[row.id]), zero), len(of_centre[row.id]),
            len({plan.territory for plan in of_centre[row.id]}),
        )
        for row in session.scalars(select(ResourceCentre).where(ResourceCentre.archived_on.is_(None)))
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda centre: sort_key(centre.name)))


def agreements_of(session: Session, year: int | None = None) -> Mapping[int, list[HeldAgreement]]:
    """Id of a centre -> its agreements by their first day.  year: only those that hold on some day of it."""
    query = select(CentreAgreement).order_by(CentreAgreement.starts_on, CentreAgreement.id)
    if year is not None:
        query = query.where(
            CentreAgreement.starts_on <= date(year, 12, 31), CentreAgreement.ends_on >= date(year, 1, 1)
        )
    found: dict[int, list[HeldAgreement]] = defaultdict(list)
    for row in session.scalars(query):
        found[row.centre_id].append(
            HeldAgreement(row.number, row.starts_on, row.ends_on, row.subsidy, row.competition, row.year_won)
        )
    return found


def save_plan(session: Session, values: Values, id: int | None = None) -> int:
    """Write a plan; returns its id.

    values: centre_id, territory_code, service_code, year, volume, money.  InvalidRecord names what is wrong by field.
    """
    row = session.get(RegionPlan, id) if id is not None else None
    if id is not None and row is None:
        raise _gone()
    given = dict(values)
    if row is not None:
        given = {key: getattr(row, key) for key in _KEYS} | given
    faults = _faults(session, given)
    if not faults and (same := _same(session, given)) is not None and same.id != id:
        faults["service_code"] = "Такой план уже есть: исправьте его объём."
    if faults:
        raise InvalidRecord(faults)
    if row is None:
        row = RegionPlan()
        session.add(row)
    for key in _KEYS:
        setattr(row, key, given.get(key) or (Decimal(0) if key == "money" else given.get(key)))
    session.flush()
    return row.id


def remove_plans(session: Session, ids: Sequence[int]) -> int:
    """Take plans away; returns how many there were."""
    rows = [row for id in ids if (row := session.get(RegionPlan, id)) is not None]
    if not rows:
        raise _gone()
    for row in rows:
        session.delete(row)
    session.flush()
    return len(rows)


def save_centre(session: Session, values: Values, agreement: Values | None = None, id: int | None = None) -> int:
    """Write a centre and one agreement of it, known by its №; other agreements stay.  Returns the id of the centre."""
    lines = {}
    if agreement:
        held = session.scalars(select(CentreAgreement).where(CentreAgreement.centre_id == id)) if id is not None else ()
        kept = [{"id": row.id, "number": row.number} for row in held if row.number != agreement.get("number")]
        lines = {"centre_agreement": [*kept, dict(agreement)]}
    return save(session, "centre", dict(values), id=id, lines=lines)


def enter_centre(session: Session, values: Values, agreement: Values, id: int | None = None) -> int:
    """`save_centre` of what a person typed in one form: an agreement needs its №, both days, in their order.

    InvalidRecord by the fields of that form.
    """
    faults = {}
    if agreement:
        for key, what in (("number", "№ соглашения"), ("starts_on", "первый день"), ("ends_on", "последний день")):
            if not agreement.get(key):
                faults[key] = f"Укажите {what}: о соглашении есть другие сведения."
        if not faults and agreement["ends_on"] < agreement["starts_on"]:
            faults["ends_on"] = "Соглашение заканчивается раньше, чем начинается."
    if faults:
        raise InvalidRecord(faults)
    return save_centre(session, values, agreement or None, id)


def offered(session: Session, year: int) -> tuple[dict[str, str], dict[str, str]]:
    """(ОКТМО -> name, code -> «К4 · title») of what a plan of the year is made for."""
    territories = chosen_in(session.scalars(select(Territory)), year)
    services = chosen_in(session.scalars(select(ServiceCode).order_by(ServiceCode.sort, ServiceCode.code)), year)
    places = {one.code: one.name for one in territories if isinstance(one, Territory)}
    return (
        dict(sorted(places.items(), key=lambda pair: sort_key(pair[1]))),
        {one.code: f"{one.code}\u00a0· {one.title}" for one in services if isinstance(one, ServiceCode)},
    )


_KEYS = ("centre_id", "territory_code", "service_code", "year", "volume", "money")


def _faults(session: Session, given: Values) -> dict[str, str]:
    faults: dict[str, str] = {}
    year = given.get("year")
    if not isinstance(year, int) or not 1900 <= year <= 2100:
        faults["year"] = "Укажите год, например 2026."
        year = None
    centre = session.get(ResourceCentre, given.get("centre_id") or 0)
    if centre is None or centre.archived_on is not None:
        faults["centre_id"] = "Выберите центр."
    territory = session.get(Territory, given.get("territory_code") or "")
    if territory is None:
        faults["territory_code"] = "Выберите район."
    elif year is not None and not holds_in(territory, year):
        faults["territory_code"] = f"В {year} году этой территории нет."
    service = session.get(ServiceCode, given.get("service_code") or "")
    if service is None:
        faults["service_code"] = "Выберите услугу."
    elif year is not None and not holds_in(service, year):
        faults["service_code"] = f"В {year} году этой услуги в каталоге нет."
    for key, what in (("volume", "Объём"), ("money", "Сумма")):
        value = given.get(key)
        if value is None and key == "volume":
            faults[key] = "Укажите объём на год."
        elif value is not None and not 0 <= value <= LARGEST:
            faults[key] = f"{what}: число от 0 до {LARGEST:,}.".replace(",", "\u00a0")
    return faults


def _same(session: Session, given: Values) -> RegionPlan | None:
    return session.scalars(select(RegionPlan).filter_by(**{key: given[key] for key in _KEYS[:4]})).first()


def holds_in(entry: Territory | ServiceCode, year: int) -> bool:
    """Does an entry of a dictionary hold on some day of the year?"""
    begun = entry.valid_from is None or entry.valid_from <= date(year, 12, 31)
    return begun and (entry.valid_to is None or entry.valid_to >= date(year, 1, 1))


def chosen_in(entries: Iterable[Territory | ServiceCode], year: int) -> list[Territory | ServiceCode]:
    """Entries that hold on the last day of the year: what a new plan of it is made for."""
    last = date(year, 12, 31)
    return [
        one for one in entries
        if (one.valid_from is None or one.valid_from <= last) and (one.valid_to is None or last <= one.valid_to)
    ]  # fmt: skip


def _gone() -> AppError:
    return AppError("Такого плана уже нет.", "Откройте страницу снова: его могли убрать.")
