"""What the region keeps of centres, of one year: agreements, plans with money, packages."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import CentreAgreement, Ngo, PackageCode, PackageVolume, RegionPlan, ResourceCentre, ServicePackage
from app.region.contracts import Agreement, Contracts, HeldCentre, HeldPlan, PackageNeed


def contracts(session: Session, year: int) -> Contracts:
    """Centres on record with their agreements, the plans of the year, the packages of the year; archived ones not."""
    centres = _centres(session)
    known = {one.id for one in centres}
    p = RegionPlan
    query = select(p.centre_id, p.territory_code, p.service_code, p.volume, p.money).where(p.year == year)
    plans = (HeldPlan(*row) for row in session.execute(query) if row.centre_id in known)
    return Contracts(
        centres,
        tuple(sorted(plans, key=lambda one: (one.centre, one.oktmo, one.code))),
        _packages(session, year),
    )


def _centres(session: Session) -> tuple[HeldCentre, ...]:
    a = CentreAgreement
    agreements: dict[int, list[Agreement]] = defaultdict(list)
    query = select(a.centre_id, a.number, a.starts_on, a.ends_on, a.subsidy, a.competition, a.year_won)
    for row in session.execute(query.order_by(a.starts_on, a.number, a.id)):
        agreements[row.centre_id].append(Agreement(*row[1:]))
    c = ResourceCentre
    rows = session.execute(
        select(c.id, c.name, c.ogrn, c.inn, Ngo.ogrn, Ngo.inn)
        .outerjoin(Ngo, Ngo.id == c.ngo_id)
        .where(c.archived_on.is_(None))
        .order_by(c.id)
    )
    return tuple(
        HeldCentre(id, name, tuple(dict.fromkeys(number for number in numbers if number)), tuple(agreements[id]))
        for id, name, *numbers in rows
    )


def _packages(session: Session, year: int) -> tuple[PackageNeed, ...]:
    c, v = PackageCode, PackageVolume
    codes: dict[int, list[str]] = defaultdict(list)
    for package, code in session.execute(select(c.package_id, c.service_code).order_by(c.service_code)):
        codes[package].append(code)
    query = (
        select(ServicePackage.id, ServicePackage.name, v.territory_code, v.volume)
        .join(v, v.package_id == ServicePackage.id)
        .where(v.year == year, ServicePackage.archived_on.is_(None))
        .order_by(ServicePackage.name, ServicePackage.id, v.territory_code)
    )
    return tuple(
        PackageNeed(name, tuple(codes[id]), oktmo, volume) for id, name, oktmo, volume in session.execute(query)
    )
