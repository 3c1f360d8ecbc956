"""The table of plans to be filled in an office program: drop-downs, checks, and what is held of the year already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.fields import RecordType, Values
from app.core.text import NBSP
from app.models import ServiceCode, Territory
from app.usecases.region_plan_columns import PACKAGES, TABLE
from app.usecases.region_plan_packages import packages
from app.usecases.region_plan_told import Told, ToldWork, told_work
from app.usecases.region_plans import HeldAgreement, HeldPlan, PlannedCentre, centres, chosen_in, plans
from app.usecases.region_setup import refuse_role

_ASKED = ("centre", "territory_code", "service_code", "year", "volume")


def blank_plans(session: Session, year: int) -> bytes:
    """The workbook; a person types over what stands in it and adds rows.  AppError when it is no region's file.

    After the plans that are held come the rows without one: what the returns tell of the work of centres.
    """
    refuse_role(session, region=True)
    held, told = centres(session, year), told_work(session, year)
    territories = chosen_in(session.scalars(select(Territory).order_by(Territory.code)), year)
    services = chosen_in(session.scalars(select(ServiceCode).order_by(ServiceCode.sort, ServiceCode.code)), year)
    called = (*(one.name for one in held), *(one.centre for one in told.work if one.centre_id is None))
    offered = Offered(
        tuple(dict.fromkeys(called)),
        {one.code: one.name for one in territories if isinstance(one, Territory)},
        {one.code: _service(one.code, one.title) for one in services if isinstance(one, ServiceCode)},
        year,
    )  # fmt: skip
    rows: list[Values] = []
    of_centre: dict[int, list[HeldPlan]] = defaultdict(list)
    for plan in plans(session, year):
        of_centre[plan.centre_id].append(plan)
    for centre in held:
        rows += _of_centre(centre, of_centre[centre.id], told, offered)
    rows += [
        {"centre": one.centre, "ogrn": one.ogrn, **_told(one, offered)}
        for one in told.work if one.centre_id is None and offered.has(one)
    ]  # fmt: skip
    return plan_table(rows, offered, packages=[
        {"package": one.name, "codes": " ".join(one.codes), "territory_code": one.territory_name, "year": one.year,
         "volume": one.volume} for one in packages(session, year)
    ])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offered:
    """What the drop-downs hold: names of centres, ОКТМО -> name, code -> «К4 · title», the year and the next."""

    centres: Sequence[str]
    territories: Mapping[str, str]
    services: Mapping[str, str]
    year: int

    def has(self, one: ToldWork) -> bool:
        """Whether a plan of the year can be made for it: territories and codes end."""
        return one.territory in self.territories and one.service in self.services


def plan_table(rows: Iterable[Values], offered: Offered, packages: Iterable[Values] = ()) -> bytes:
    """The table as a workbook, the same bytes for the same rows.

    rows: values by the keys of `TABLE`; packages: by those of `PACKAGES`, on a sheet of their own.
    """
    from app.reports.list_form import AskedColumn, ListSheet, list_form_xlsx  # openpyxl is slow to import

    known: dict[str, Mapping[str, str]] = {
        "centre": {name: name for name in offered.centres},
        "territory_code": offered.territories,
        "service_code": offered.services,
        "year": {str(one): str(one) for one in (offered.year, offered.year + 1)},
    }

    def asked(of: RecordType, rows: Iterable[Values]) -> ListSheet:
        columns = [
            AskedColumn(
                spec.title, spec.kind, spec.width, spec.required or spec.key in _ASKED,
                spec.key if known.get(spec.key) else "", spec.help, loose=spec.key == "centre",
            )
            for spec in of.fields
        ]  # fmt: skip
        return ListSheet(of.title, columns, [[values.get(spec.key) for spec in of.fields] for values in rows])

    first, second = asked(TABLE, rows), asked(PACKAGES, packages)
    choices = {key: titles for key, titles in known.items() if titles}
    return list_form_xlsx(first.title, first.columns, choices, first.rows, (second,))


def _of_centre(centre: PlannedCentre, held: Sequence[HeldPlan], told: Told, offered: Offered) -> list[Values]:
    """Plans of a centre, then its work without one; its latest agreement in the first row."""
    work = dict(told.of(centre.id))
    rows: list[dict[str, Any]] = []
    for plan in held:
        done = work.pop((plan.territory, plan.service), None)
        rows.append({
            "territory_code": plan.territory_name, "service_code": _service(plan.service, plan.service_title),
            "year": plan.year, "volume": plan.volume, "money": plan.money or None,
            "done": done and done.done, "told": (done and done.plan) or None,
        })  # fmt: skip
    rows += [_told(one, offered) for one in work.values() if offered.has(one)]
    rows = rows or [{}]
    if centre.agreements:
        rows[0] |= _agreement(centre.agreements[-1])
    return [{"centre": centre.name, "ogrn": centre.ogrn, **row} for row in rows]


def _told(one: ToldWork, offered: Offered) -> dict[str, Any]:
    return {
        "territory_code": offered.territories[one.territory], "service_code": offered.services[one.service],
        "year": offered.year, "done": one.done, "told": one.plan or None,
    }  # fmt: skip


def _agreement(one: HeldAgreement) -> dict[str, Any]:
    return {
        "number": one.number, "starts_on": one.starts_on, "ends_on": one.ends_on, "subsidy": one.subsidy or None,
        "competition": one.competition, "year_won": one.year_won,
    }  # fmt: skip


def _service(code: str, title: str) -> str:
    return f"{code}{NBSP}· {title}"
