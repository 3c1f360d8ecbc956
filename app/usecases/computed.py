"""Fields that are shown and searched but kept elsewhere: in lines, in other records, in the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.russian import day
from app.core.text import NBSP
from app.models import (
    CentreAgreement,
    CentreService,
    NgoInterval,
    NgoMark,
    NgoStatus,
    PracticeState,
    ServiceCode,
    ServiceRecipient,
)
from app.records import LINES
from app.records.choices import PRACTICE_STATES
from app.usecases.accounts import today_of
from app.usecases.computed_week import appeals, reminders
from app.usecases.tables import LINE_MODELS, column

ById = dict[int, dict[str, Any]]


def computed(session: Session, register: str, ids: Collection[int]) -> Mapping[int, Mapping[str, Any]]:
    """Computed values without a column of their own: id -> field key -> value."""
    found: ById = {id: {} for id in ids}
    for line in LINES[register]:
        if line.gathered_as and line.key != "ngo_mark":
            _gather(session, found, line.key, line.parent_column, line.by, line.gathered_as)
    fill = _FILL.get(register)
    if fill:
        fill(session, found)
    return found


def _within(found: ById) -> list[int] | None:
    """The ids to ask for, or None when they are so many that all rows are read and sifted."""
    return sorted(found) if len(found) <= 2000 else None


def _gather(session: Session, found: ById, line: str, parent: str, by: str, into: str) -> None:
    model = LINE_MODELS[line]
    query = select(column(model, parent), column(model, by)).order_by(model.id)
    wanted = _within(found)
    if wanted is not None:
        query = query.where(column(model, parent).in_(wanted))
    gathered: dict[int, list[Any]] = defaultdict(list)
    for owner, value in session.execute(query):
        if value is not None:
            gathered[owner].append(value)
    for id, values in found.items():
        values[into] = tuple(gathered.get(id, ()))


def _ngo(session: Session, found: ById) -> None:
    today, wanted = today_of(session), _within(found)
    for values in found.values():
        values |= {"status": "unverified", "marks": (), "taken_on": None, "on_record": False}
    statuses = select(NgoStatus.ngo_id, NgoStatus.status).where(NgoStatus.since <= today).order_by(NgoStatus.since)
    marks = select(NgoMark.ngo_id, NgoMark.mark).where(
        NgoMark.since <= today, (NgoMark.valid_to.is_(None)) | (NgoMark.valid_to >= today)
    )
    intervals = select(NgoInterval.ngo_id, NgoInterval.taken_on, NgoInterval.removed_on).order_by(NgoInterval.taken_on)
    if wanted is not None:
        statuses = statuses.where(NgoStatus.ngo_id.in_(wanted))
        marks = marks.where(NgoMark.ngo_id.in_(wanted))
        intervals = intervals.where(NgoInterval.ngo_id.in_(wanted))
    for id, status in session.execute(statuses):
        if id in found:
            found[id]["status"] = status
    for id, mark in session.execute(marks.order_by(NgoMark.id)):
        if id in found and mark not in found[id]["marks"]:
            found[id]["marks"] += (mark,)
    for id, taken, removed in session.execute(intervals):
        if id in found:
            found[id] |= {"taken_on": taken, "on_record": taken <= today and (removed is None or today < removed)}


def _service(session: Session, found: ById) -> None:
    wanted = _within(found)
    units = dict(session.execute(select(ServiceCode.code, ServiceCode.unit)).all())
    codes = select(CentreService.id, CentreService.service_code)
    counts = select(ServiceRecipient.service_id)
    if wanted is not None:
        codes = codes.where(CentreService.id.in_(wanted))
        counts = counts.where(ServiceRecipient.service_id.in_(wanted))
    for values in found.values():
        values["recipients_count"] = 0
    for (id,) in session.execute(counts):
        if id in found:
            found[id]["recipients_count"] += 1
    for id, code in session.execute(codes):
        if id in found:
            found[id]["unit"] = units.get(code, "").partition(",")[0]


def _centre(session: Session, found: ById) -> None:
    today = today_of(session)
    for values in found.values():
        values["agreement"] = "нет действующего"
    query = select(
        CentreAgreement.centre_id, CentreAgreement.number, CentreAgreement.ends_on, CentreAgreement.starts_on
    ).order_by(CentreAgreement.starts_on)
    for id, number, ends, starts in session.execute(query):
        if id in found and starts <= today <= ends:
            found[id]["agreement"] = f"№{NBSP}{number} по {day(ends)}"


def _practice(session: Session, found: ById) -> None:
    order = list(PRACTICE_STATES)
    for values in found.values():
        values["state"] = None
    for id, state in session.execute(select(PracticeState.practice_id, PracticeState.state)):
        if id in found:
            known = found[id]["state"]
            if known is None or order.index(state) > order.index(known):
                found[id]["state"] = state


_FILL = {
    "ngo": _ngo, "service": _service, "centre": _centre, "practice": _practice, "appeal": appeals,
    "reminder": reminders,
}  # fmt: skip
