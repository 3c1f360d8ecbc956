"""Комплексы of the oblast, on a sheet of their own beside the plans: what check 45 holds those against."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.text import fold, natural, sort_key
from app.exchange import ReadRow, match_columns, read_rows, read_tables
from app.models import PackageCode, PackageVolume, RegionPlan, ServiceCode, ServicePackage, Territory
from app.usecases.import_plan import Change, Outcome
from app.usecases.region_plan_columns import PACKAGES
from app.usecases.region_plan_row import PlanRow, code_of, rejected, shown
from app.usecases.region_plans import LARGEST, holds_in

_PARTS = re.compile(r"[\s,;+]+")


@dataclass(frozen=True, slots=True)
class HeldPackage:
    """How many times a комплекс is wanted in a district in a year.

    planned: by code, the plans of all centres there.
    """

    id: int
    name: str
    codes: tuple[str, ...]
    territory: str
    territory_name: str
    year: int
    volume: Decimal
    planned: Mapping[str, Decimal]

    @property
    def uneven(self) -> tuple[str, ...]:
        """Codes of which the plans hold another volume."""
        return tuple(code for code in self.codes if self.planned.get(code, Decimal(0)) != self.volume)


def packages(session: Session, year: int) -> tuple[HeldPackage, ...]:
    """Of a year, by name and district."""
    codes: dict[int, list[str]] = {}
    for package, code in session.execute(select(PackageCode.package_id, PackageCode.service_code)):
        codes.setdefault(package, []).append(code)
    planned: dict[str, dict[str, Decimal]] = {}
    plan = RegionPlan
    for oktmo, code, volume in session.execute(
        select(plan.territory_code, plan.service_code, plan.volume).where(plan.year == year)
    ):
        here = planned.setdefault(oktmo, {})
        here[code] = here.get(code, Decimal(0)) + volume
    query = (
        select(PackageVolume, ServicePackage.name, Territory.name)
        .join(ServicePackage, ServicePackage.id == PackageVolume.package_id)
        .join(Territory, Territory.code == PackageVolume.territory_code)
        .where(PackageVolume.year == year, ServicePackage.archived_on.is_(None))
    )
    found = [
        HeldPackage(
            row.id, name, tuple(sorted(codes.get(row.package_id, ()), key=natural)), row.territory_code, territory,
            row.year, row.volume, planned.get(row.territory_code, {}),
        )
        for row, name, territory in session.execute(query)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (sort_key(one.name), sort_key(one.territory_name))))


def remove_packages(session: Session, ids: Sequence[int]) -> int:
    """Take volumes of districts away; the комплекс itself stays.  Returns how many there were."""
    rows = [row for id in ids if (row := session.get(PackageVolume, id)) is not None]
    if not rows:
        raise AppError("Такого объёма уже нет.", "Откройте страницу снова: его могли убрать.")
    for row in rows:
        session.delete(row)
    session.flush()
    return len(rows)


def package_rows(
    session: Session, path: Path, territory: Callable[[str, int], Territory | str]
) -> list[PlanRow]:  # fmt: skip
    """Rows of the sheet «Комплексы» laid over the file; none where the book has no such sheet."""
    weighing = _Weighing(session, territory)
    rows = []
    for table in read_tables(path, record_type=PACKAGES):
        if table.sheet == PACKAGES.title:
            columns = match_columns(table, PACKAGES)
            read = read_rows(table, columns, PACKAGES)
            rows += [weighing.row(table.sheet, row) for row in read if not row.fragment and row.values]
    return rows


def write_package(session: Session, row: PlanRow) -> None:
    """Write what a new or changed row says.  Never commits."""
    package = next((one for one in session.scalars(_alive()) if fold(one.name) == fold(row.package)), None)
    if package is None:
        package = ServicePackage(name=row.package)
        session.add(package)
        session.flush()
    held = {one.service_code: one for one in session.scalars(select(PackageCode).filter_by(package_id=package.id))}
    for code in row.codes:
        if code not in held:
            session.add(PackageCode(package_id=package.id, service_code=code))
    for code, kept in held.items():
        if code not in row.codes:
            session.delete(kept)
    place = {"package_id": package.id, "territory_code": row.territory, "year": row.year}
    volume = session.scalars(select(PackageVolume).filter_by(**place)).first()
    assert row.volume is not None
    if volume is None:
        session.add(PackageVolume(**place, volume=row.volume))
    else:
        volume.volume = row.volume
    session.flush()


class _Weighing:
    """Rows of the sheet, each beside those before it."""

    def __init__(self, session: Session, territory: Callable[[str, int], Territory | str]) -> None:
        self._territory = territory
        self._services = {row.code: row for row in session.scalars(select(ServiceCode))}
        names = {one.id: fold(one.name) for one in session.scalars(_alive())}
        self._codes: dict[str, frozenset[str]] = dict.fromkeys(names.values(), frozenset())
        for package, code in session.execute(select(PackageCode.package_id, PackageCode.service_code)):
            if package in names:
                self._codes[names[package]] |= {code}
        self._volumes = {
            (names[row.package_id], row.territory_code, row.year): row.volume
            for row in session.scalars(select(PackageVolume)) if row.package_id in names
        }  # fmt: skip
        self._told: dict[str, frozenset[str]] = {}
        self._seen: dict[tuple[str, str, int], int] = {}

    def row(self, sheet: str, read: ReadRow) -> PlanRow:
        values: Mapping[str, Any] = read.values
        name = str(values.get("package", ""))
        row = PlanRow(sheet, read.number, f"Комплекс «{name}»", Outcome.SAME, package=name)
        if read.faults:
            key, fault = next(iter(read.faults.items()))
            return rejected(row, f"{PACKAGES[key].title}: {fault}")
        missing = [spec.title for spec in PACKAGES.fields if spec.key not in values]
        if missing:
            return rejected(row, f"Не заполнено: {', '.join(f'«{title}»' for title in missing)}.")
        year, volume = values["year"], values["volume"]
        territory = self._territory(str(values["territory_code"]), year)
        if isinstance(territory, str):
            return rejected(row, territory)
        codes, unknown = self._codes_of(str(values["codes"]), year)
        if unknown:
            return rejected(row, f"В каталоге {year} года нет: {', '.join(unknown)}.")
        if not 0 <= volume <= LARGEST:
            return rejected(row, "Объём — число от 0 до триллиона.")
        key, place = fold(name), (fold(name), territory.code, year)
        if place in self._seen:
            return rejected(row, f"Тот же комплекс уже стоит в строке {self._seen[place]}.")
        if self._told.setdefault(key, frozenset(codes)) != frozenset(codes):
            return rejected(row, "Выше в таблице у этого комплекса другие услуги.")
        self._seen[place] = read.number
        row = replace(row, territory=territory.code, territory_name=territory.name, service=" ".join(codes), year=year,
                      volume=volume, codes=tuple(codes))  # fmt: skip
        return self._beside(row, key)

    def _beside(self, row: PlanRow, key: str) -> PlanRow:
        changes = []
        held, kept = self._codes.get(key), self._volumes.get((key, row.territory, row.year or 0))
        if held is not None and held != frozenset(row.codes):
            changes.append(Change("codes", "Услуги", " ".join(sorted(held, key=natural)) or "—", row.service))
        if kept != row.volume:
            changes.append(Change("volume", "Комплексов на год", shown(kept), shown(row.volume)))
        outcome = Outcome.SAME if not changes else Outcome.NEW if kept is None else Outcome.CHANGED
        return replace(row, outcome=outcome, changes=tuple(changes))

    def _codes_of(self, text: str, year: int) -> tuple[list[str], list[str]]:
        """(codes in their order, what is no code of the year)."""
        found: list[str] = []
        unknown = []
        for part in filter(None, _PARTS.split(text)):
            code = code_of(part, self._services)
            if code and holds_in(self._services[code], year):
                found.append(code)
            else:
                unknown.append(part)
        return sorted(set(found), key=natural), unknown


def _alive() -> Any:
    return select(ServicePackage).where(ServicePackage.archived_on.is_(None))
