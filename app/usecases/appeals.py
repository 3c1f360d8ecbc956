"""Appeals: what waits for an answer, the answer, and the record that an appeal becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.russian import day
from app.models import Appeal
from app.usecases.accounts import today_of
from app.usecases.records import write
from app.usecases.registers import card
from app.usecases.tables import record
from app.usecases.titles import titles


@dataclass(frozen=True, slots=True)
class Waiting:
    """An appeal without an answer and the last day for it."""

    id: int
    due_on: date


def waiting(session: Session) -> tuple[Waiting, ...]:
    """Appeals without an answer, the nearest term first."""
    query = (
        select(Appeal.id, Appeal.due_on)
        .where(Appeal.answered_on.is_(None), Appeal.archived_on.is_(None), Appeal.due_on.is_not(None))
        .order_by(Appeal.due_on, Appeal.id)
    )
    return tuple(Waiting(id, due) for id, due in session.execute(query) if due is not None)


def answer(session: Session, id: int, on: date | None = None) -> None:
    """«Отвечено»: today, or on the day given.  AppError when an answer stands there already."""
    appeal: Appeal = record(session, "appeal", id)
    if appeal.answered_on is not None:
        raise AppError(f"Ответ дан {day(appeal.answered_on)}.", "Другой день исправьте в записи: F2.")
    write(session, "appeal", {"answered_on": on or today_of(session)}, id=id)


def made_from(session: Session, id: int, register: str) -> dict[str, Any]:
    """Values of a new need, service or support that the appeal becomes, with the words of its links.

    The appeal's NGO, its words, today; AppError for a need or support when nobody on record sent it.
    """
    values = card(session, "appeal", id).values
    today, ngo, words = today_of(session), values.get("ngo_id"), str(values.get("subject") or "")
    if ngo is None and register != "service":
        raise AppError(
            "Обратилась не НКО из учёта: потребность и поддержку записывают только ей.",
            "Добавьте карточку НКО и выберите её в обращении (F2).",
        )
    named = titles(session, "ngo", [ngo]).get(ngo, "") if ngo is not None else ""
    given: dict[str, Any] = {"appeal_id": id, "appeal_id_title": titles(session, "appeal", [id])[id]}
    match register:
        case "need":
            text = str(values.get("text") or "") or words
            return given | {"ngo_id": ngo, "ngo_id_title": named, "opened_on": min(values["received_on"], today),
                            "text": text, "priority": "normal", "status": "open"}  # fmt: skip
        case "support":
            return given | {"ngo_id": ngo, "ngo_id_title": named, "decision_on": today, "purpose": words}
        case "service":
            return given | {"provided_on": today, "topic": words}  # its recipient is a line of the form
    raise KeyError(register)
