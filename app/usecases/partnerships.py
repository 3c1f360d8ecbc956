"""Partnerships of business and NGOs: agreements and what is given under them, offers met, practices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.core.errors import AppError, InvalidRecord
from app.core.fields import Values
from app.core.russian import day
from app.models import NgoRequest, Offer, PartnerAgreement
from app.records.choices import CONTRIBUTIONS, PRACTICE_STATES
from app.usecases.records import write
from app.usecases.registers import card
from app.usecases.tables import record


def conclude(session: Session, values: Values, parties: Sequence[int]) -> int:
    """Record an agreement of a partner with NGOs."""
    return write(session, "agreement", values, lines={"agreement_party": [{"ngo_id": ngo} for ngo in parties]})


def end_early(session: Session, id: int, last_day: date, reason: str) -> None:
    """End an agreement before its term; last_day is the last one in force.

    AppError when it was ended already or has run out by then.
    """
    agreement: PartnerAgreement = record(session, "agreement", id)
    if agreement.ended_early_on is not None:
        raise AppError(f"Соглашение уже прекращено {day(agreement.ended_early_on)}.")
    if agreement.ends_on is not None and last_day >= agreement.ends_on:
        raise AppError(f"Соглашение и так действует по {day(agreement.ends_on)}.", "Досрочно его не прекратить.")
    write(session, "agreement", {"ended_early_on": last_day, "early_end_reason": reason}, id=id)


def contribute(session: Session, id: int, contribution: Values) -> None:
    """Note what was given under an agreement: given_on, kind, and its ₽, hours, people or m²."""
    kept = card(session, "agreement", id).lines["contribution"]
    write(session, "agreement", {}, id=id, lines={"contribution": [*kept, contribution]})


def match_offer(session: Session, request: int, offer: int) -> None:
    """A partner's offer meets an NGO's request."""
    asked: NgoRequest = record(session, "request", request)
    given: Offer = record(session, "offer", offer)
    if asked.kind != given.kind:
        raise InvalidRecord(
            {
                "offer_id": f"Просят другое: {CONTRIBUTIONS[asked.kind]},"
                f" а предлагают {CONTRIBUTIONS[given.kind]}."
            }
        )
    write(session, "request", {"offer_id": offer}, id=request)


def advance_practice(session: Session, id: int, on: date) -> str:
    """A practice reaches its next state on a day; returns it.  AppError after the last one."""
    kept = card(session, "practice", id).lines["practice_state"]
    reached = {line["state"] for line in kept}
    coming = next((state for state in PRACTICE_STATES if state not in reached), None)
    if coming is None:
        raise AppError("Практика уже тиражирована: это последнее состояние.")
    write(session, "practice", {}, id=id, lines={"practice_state": [*kept, {"state": coming, "reached_on": on}]})
    return coming
