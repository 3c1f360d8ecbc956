"""The municipal stage of the governor's grant: applications, decisions, reports of recipients."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.fields import Values
from app.models import GrantApplication, Support
from app.records.choices import DECISIONS
from app.usecases.records import write
from app.usecases.tables import record


def apply(session: Session, values: Values) -> int:
    """Record an application: contest_id, ngo_id, project, applied_on, asked."""
    return write(session, "grant_application", values)


def decide(
    session: Session, id: int, decision: str, on: date, *, granted: Decimal | None = None, decision_no: str = "",
    sources: Mapping[str, Decimal] | None = None, ends_on: date | None = None,
) -> int | None:  # fmt: skip
    """Support or refuse an application.  A supported one gets its 211 record in the same write; its id returns.

    sources: local, oblast, federal, other of the sum; without them it is the oblast's money.
    AppError when it was decided before.
    """
    application: GrantApplication = record(session, "grant_application", id)
    if application.decision is not None:
        raise AppError(f"Решение уже принято: заявка {DECISIONS[application.decision]}.")
    values: dict[str, object] = {"decision": decision, "decision_on": on}
    if granted is not None:
        values["granted"] = granted
    write(session, "grant_application", values, id=id)
    if decision != "supported":
        return None
    made = session.scalars(select(Support.id).where(Support.application_id == id)).one()
    details: dict[str, object] = {"decision_no": decision_no, "starts_on": on, "ends_on": ends_on}
    if sources:
        details |= {"oblast": Decimal(0), **sources}
    return write(session, "support", details, id=made)


def report(
    session: Session, id: int, on: date, *, beneficiaries: int, events: int = 0, publications: int = 0
) -> None:
    """The recipient reported: people reached, events, publications (rows 221–223, by the day of the report)."""
    values = {"reported_on": on, "beneficiaries": beneficiaries, "events": events, "publications": publications}
    write(session, "grant_application", values, id=id)
