"""Needs of NGOs: opened, answered in part, closed once, withdrawn, opened anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError, InvalidRecord
from app.core.fields import Values
from app.core.russian import day
from app.models import CentreService, Need
from app.records.choices import NEED_STATUSES
from app.usecases.accounts import today_of
from app.usecases.records import write
from app.usecases.registers import card
from app.usecases.tables import record

Links = Sequence[tuple[int, str]]
"""(id of a service, 'closes' or 'partly')."""


def open_need(session: Session, values: Values, *, codes: Sequence[str] = ()) -> int:
    """Record a need; without codes it takes those of its category."""
    return write(session, "need", values,
    lines={"need_code": [{"service_code": code} for code in codes]} if codes else {})


def close_need(
    session: Session, id: int, on: date, status: str = "closed_centre", *, closed_by: str = "", services: Links = ()
) -> None:
    """Close a need on a day, naming what closed it (DOMAIN §5).

    status: closed_centre (services name at least one that «закрывает», given by that day), or
    closed_other (closed_by says how).  AppError when it is closed already.
    """
    need = _open(session, id)
    if status not in ("closed_centre", "closed_other"):
        raise InvalidRecord({"status": "Укажите, кто закрыл: центр или администрация, партнёр."})
    _refuse_before(need, on)
    if not closed_by and services:
        closing = [service for service, kind in services if kind == "closes"]
        query = select(CentreService.service_code, CentreService.provided_on).where(CentreService.id.in_(closing))
        closed_by = "; ".join(f"{code} {day(when)}" for code, when in session.execute(query))
    values = {"status": status, "closed_on": on, "closed_by": closed_by}
    write(session, "need", values, id=id, lines={"need_service": _linked(session, id, services)})


def answer_in_part(session: Session, id: int, service: int) -> None:
    """A service answered a part of the need; it stays open."""
    _open(session, id)
    write(session, "need", {}, id=id, lines={"need_service": _linked(session, id, [(service, "partly")])})


def withdraw_need(session: Session, id: int, on: date, reason: str) -> None:
    """The need is no more, and nobody closed it: it leaves with its reason."""
    need = _open(session, id)
    _refuse_before(need, on)
    write(session, "need", {"status": "withdrawn", "closed_on": on, "closed_by": reason}, id=id)


def reopen_need(session: Session, id: int, on: date | None = None) -> int:
    """«Возобновить»: a new need that points to the closed one; returns its id."""
    old: Need = record(session, "need", id)
    if old.status == "open":
        raise AppError("Потребность открыта.", "Возобновляют закрытую или снятую.")
    when = on or today_of(session)
    if old.closed_on is not None and when < old.closed_on:
        raise InvalidRecord({"opened_on": f"Возобновлена раньше, чем закрыта ({day(old.closed_on)})."})
    values = {
        "ngo_id": old.ngo_id,
        "category_code": old.category_code,
        "opened_on": when,
        "priority": old.priority,
        "text": old.text,
    }
    codes = [{"service_code": line["service_code"]} for line in card(session, "need", id).lines["need_code"]]
    return write(session, "need", values, lines={"need_code": codes}, also={"reopens_id": id})


def recategorise(session: Session, id: int, category: str, on: date) -> int:
    """A counted need changes its category the only way it may: withdrawn, and a new one recorded."""
    old: Need = _open(session, id)
    values = {
        "ngo_id": old.ngo_id, "category_code": category, "opened_on": on, "priority": old.priority, "text": old.text,
    }  # fmt: skip
    withdraw_need(session, id, on, "изменена категория")
    return write(session, "need", values, also={"reopens_id": id})


def _open(session: Session, id: int) -> Need:
    need: Need = record(session, "need", id)
    if need.status != "open":
        raise AppError(
            f"Потребность уже {NEED_STATUSES[need.status]} {day(need.closed_on)}.",
            "Если она снова есть, нажмите «Возобновить».",
        )
    return need


def _refuse_before(need: Need, on: date) -> None:
    if on < need.opened_on:
        raise InvalidRecord({"closed_on": f"Потребность выявлена {day(need.opened_on)}: закрыть её раньше нельзя."})


def _linked(session: Session, id: int, services: Links) -> list[Values]:
    """The kept links with the given ones over them."""
    kept = {line["service_id"]: dict(line) for line in card(session, "need", id).lines["need_service"]}
    for service, kind in services:
        kept[service] = {**kept.get(service, {}), "service_id": service, "kind": kind}
    return list(kept.values())
