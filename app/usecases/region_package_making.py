"""A комплект made of what a file holds: what the region sends down, once its own file is as it should be."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import CalendarDay, CentrePlan, Ngo, ResourceCentre
from app.returns import package as p
from app.usecases.region_package_terms import terms_of_forms
from app.usecases.region_package_weighing import DICTIONARIES, held_value
from app.usecases.setup import settings


def compose(
    session: Session, number: int, on: date, *, previous: int | None = None, by: str = "", year: int | None = None
) -> p.Package:
    """A комплект of what this file holds: its dictionaries, need map, terms, calendar and plans of a year.

    year: of calendar and plans; without it that of the day it is issued.
    """
    year = on.year if year is None else year
    parts: dict[str, tuple[Any, ...]] = {}
    for dictionary, kind, name in zip(
        DICTIONARIES,
        (p.TerritoryTerm, p.LegalForm, p.Activity, p.Service, p.Category),
        ("territories", "legal_forms", "activities", "services", "categories"),
        strict=True,
    ):
        rows = session.scalars(select(dictionary.kept).order_by(dictionary.kept.code))
        parts[name] = tuple(
            kind(**{spec.name: held_value(session, row, spec.name) for spec in fields(kind)}) for row in rows
        )
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = session.scalars(select(CalendarDay).where(CalendarDay.day.between(first, last)).order_by(CalendarDay.day))
    return p.Package(
        number=number, on=on, previous=previous, by=by, due_day=settings(session).due_day,
        forms=terms_of_forms(session), calendar=tuple(p.SpecialDay(row.day, row.working, row.note) for row in days),
        plans=_plans(session, year), **parts,
    )  # fmt: skip


def _plans(session: Session, year: int) -> tuple[p.PlannedVolume, ...]:
    query = (
        select(CentrePlan, ResourceCentre.name, ResourceCentre.ogrn, Ngo.ogrn)
        .join(ResourceCentre, ResourceCentre.id == CentrePlan.centre_id)
        .outerjoin(Ngo, Ngo.id == ResourceCentre.ngo_id)
        .where(CentrePlan.year == year, ResourceCentre.archived_on.is_(None))
        .order_by(ResourceCentre.name, CentrePlan.territory_code, CentrePlan.service_code)
    )
    return tuple(
        p.PlannedVolume(name, own or of_ngo or "", row.territory_code, row.service_code, row.year, row.volume)
        for row, name, own, of_ngo in session.execute(query)
    )
