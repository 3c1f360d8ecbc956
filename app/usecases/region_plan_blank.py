"""The table of plans to be filled in an office program: drop-downs, checks, and what is held of the year already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.text import NBSP
from app.models import ServiceCode, Territory
from app.usecases.region_plan_table import TABLE
from app.usecases.region_plans import HeldAgreement, centres, chosen_in, plans
from app.usecases.region_setup import refuse_role

_ASKED = ("centre", "territory_code", "service_code", "year", "volume")


def blank_plans(session: Session, year: int) -> bytes:
    """The workbook; a person types over what stands in it and adds rows.  AppError when it is no region's file."""
    refuse_role(session, region=True)
    from app.reports.list_form import AskedColumn, list_form_xlsx  # openpyxl is slow to import

    held = centres(session, year)
    territories = chosen_in(session.scalars(select(Territory).order_by(Territory.code)), year)
    services = chosen_in(session.scalars(select(ServiceCode).order_by(ServiceCode.sort, ServiceCode.code)), year)
    known: dict[str, Mapping[str, str]] = {
        "centre": {one.name: one.name for one in held},
        "territory_code": {one.code: one.name for one in territories if isinstance(one, Territory)},
        "service_code": {one.code: _service(one.code, one.title) for one in services if isinstance(one, ServiceCode)},
        "year": {str(one): str(one) for one in (year, year + 1)},
    }
    columns = [
        AskedColumn(
            spec.title, spec.kind, spec.width, spec.key in _ASKED,
            spec.key if known.get(spec.key) else "", spec.help, loose=spec.key == "centre",
        )
        for spec in TABLE.fields
    ]  # fmt: skip
    agreements: Mapping[int, HeldAgreement] = {one.id: one.agreements[-1] for one in held if one.agreements}
    told: set[int] = set()
    rows: list[list[Any]] = []
    for plan in plans(session, year):
        values: dict[str, Any] = {
            "centre": plan.centre, "ogrn": plan.ogrn, "territory_code": plan.territory_name,
            "service_code": _service(plan.service, plan.service_title), "year": plan.year, "volume": plan.volume,
            "money": plan.money or None,
        }  # fmt: skip
        if plan.centre_id in agreements and plan.centre_id not in told:
            values |= _agreement(agreements[plan.centre_id])
        told.add(plan.centre_id)
        rows.append([values.get(spec.key) for spec in TABLE.fields])
    for centre in held:
        if centre.id not in told:
            values = {"centre": centre.name, "ogrn": centre.ogrn}
            if centre.id in agreements:
                values |= _agreement(agreements[centre.id])
            rows.append([values.get(spec.key) for spec in TABLE.fields])
    return list_form_xlsx(TABLE.title, columns, {key: titles for key, titles in known.items() if titles}, rows)


def _agreement(one: HeldAgreement) -> dict[str, Any]:
    return {
        "number": one.number, "starts_on": one.starts_on, "ends_on": one.ends_on, "subsidy": one.subsidy or None,
        "competition": one.competition, "year_won": one.year_won,
    }  # fmt: skip


def _service(code: str, title: str) -> str:
    return f"{code}{NBSP}· {title}"
