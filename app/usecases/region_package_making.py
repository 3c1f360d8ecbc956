"""A комплект made of what a file holds: what the region sends down, once its own file is as it should be."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import CalendarDay, CentrePlan, Ngo, RegionPlan, ResourceCentre
from app.returns import package as p
from app.returns.form import FORMS
from app.usecases.region_package_terms import terms_of_forms
from app.usecases.region_package_weighing import DICTIONARIES, held_value
from app.usecases.region_setup import is_region
from app.usecases.setup import settings


def compose(
    session: Session, number: int, on: date, *, previous: int | None = None, by: str = "", year: int | None = None
) -> p.Package:
    """A комплект of what this file holds: its dictionaries, need map, terms, calendar and plans.

    year: of calendar and plans.  Without it the calendar of the year it is issued in and of the next, and plans from
    the year before on: a return of the last quarter is made in January, and a year is planned before it begins.
    """
    years = (on.year - 1, on.year + 1) if year is None else (year, year)
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
    first, last = date(on.year if year is None else year, 1, 1), date(years[1], 12, 31)
    days = session.scalars(select(CalendarDay).where(CalendarDay.day.between(first, last)).order_by(CalendarDay.day))
    return p.Package(
        number=number, on=on, previous=previous, by=by, due_day=settings(session).due_day,
        forms=_forms(session), calendar=tuple(p.SpecialDay(row.day, row.working, row.note) for row in days),
        plans=_plans(session, *years), **parts,
    )  # fmt: skip


def _forms(session: Session) -> tuple[p.FormTerm, ...]:
    """Terms as a комплект set them; the region, which takes none in, says those of the forms themselves."""
    told = terms_of_forms(session)
    if told or not is_region(session):
        return told
    return tuple(p.FormTerm(form.version, form.valid_from, form.valid_to) for form in FORMS.values())


def _plans(session: Session, first: int, last: int) -> tuple[p.PlannedVolume, ...]:
    """Plans of these years: the region's own, in a district those of its centres' cards."""
    held: Any = RegionPlan if is_region(session) else CentrePlan
    query = (
        select(held, ResourceCentre.name, ResourceCentre.ogrn, Ngo.ogrn)
        .join(ResourceCentre, ResourceCentre.id == held.centre_id)
        .outerjoin(Ngo, Ngo.id == ResourceCentre.ngo_id)
        .where(held.year.between(first, last), ResourceCentre.archived_on.is_(None))
        .order_by(ResourceCentre.name, held.territory_code, held.service_code, held.year)
    )
    return tuple(
        p.PlannedVolume(name, own or of_ngo or "", row.territory_code, row.service_code, row.year, row.volume)
        for row, name, own, of_ngo in session.execute(query)
    )
