"""Plans of coded rows for a year (column 7), each set or changed by an act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import InvalidRecord
from app.core.money import kopecks
from app.models import RowPlan
from app.usecases.accounts import today_of


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan with the act behind it."""

    year: int
    code: str
    value: Decimal
    act_no: str
    act_on: date


def plans(session: Session, year: int) -> tuple[PlanRow, ...]:
    """Every plan set for a year, by row, older acts first."""
    query = select(RowPlan).where(RowPlan.year == year).order_by(RowPlan.code, RowPlan.act_on)
    return tuple(PlanRow(row.year, row.code, row.value, row.act_no, row.act_on) for row in session.scalars(query))


def plan_row(session: Session, year: int, code: str, value: Decimal, act_no: str, act_on: date) -> None:
    """Plan a coded row for a year by an act (№, date); an act of the same day is corrected."""
    faults: dict[str, str] = {}
    if not act_no.strip():
        faults["act_no"] = "Укажите № акта: план меняется только актом."
    if act_on > today_of(session):
        faults["act_on"] = "Дата ещё не наступила."
    if value < 0:
        faults["value"] = "План не может быть отрицательным."
    if faults:
        raise InvalidRecord(faults)
    query = select(RowPlan).where(RowPlan.year == year, RowPlan.code == code, RowPlan.act_on == act_on)
    row = session.scalar(query)
    if row is None:
        session.add(RowPlan(year=year, code=code, value=kopecks(value), act_no=act_no.strip(), act_on=act_on))
    else:
        row.value, row.act_no = kopecks(value), act_no.strip()
    session.flush()
