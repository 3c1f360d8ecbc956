"""What happened to an NGO or a partner, for the foot of its card: decisions, services, needs, practices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from app.core.russian import day, roubles
from app.records import REGISTERS
from app.ui.desk import Desk
from app.usecases import calls, off_record, registers, reminders

_SHOWN = 6
# register of the card -> (register, its link, its date, its icon)
_FROM: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "ngo": (
        ("support", "ngo_id", "decision_on", "currency-rub"),
        ("service", "recipients", "provided_on", "handshake"),
        ("need", "ngo_id", "opened_on", "lifebuoy"),
        ("appeal", "ngo_id", "received_on", "envelope"),
        ("practice", "ngo_id", "", "star"),
    ),
    "partner": (("agreement", "partner_id", "starts_on", "handshake"), ("offer", "partner_id", "offered_on", "tray")),
    "centre": (("service", "centre_id", "provided_on", "handshake"),),
    "appeal": (
        ("need", "appeal_id", "opened_on", "lifebuoy"),
        ("service", "appeal_id", "provided_on", "handshake"),
        ("support", "appeal_id", "decision_on", "currency-rub"),
    ),
    "grant_contest": (("grant_application", "contest_id", "applied_on", "file-text"),),
}
Event = tuple[str, str, str, str]


def of(desk: Desk, register: str, card: Any) -> list[Event]:
    """(date, icon, text, sum): what is to be reminded of, then the latest events, newest first."""
    found: list[tuple[date, Event]] = []
    # what was written on cards that were merged into this one is its own
    ids: list[int] = list(desk.read(off_record.one_with, card.id)) if register == "ngo" else [card.id]
    for other, link, dated, icon in _FROM.get(register, ()):
        named = desk.read(registers.find, other, filters={link: ids if len(ids) > 1 else card.id})
        for row in desk.read(registers.rows, other, named[:_SHOWN]):
            when = row.values.get(dated) if dated else None
            money = row.values.get("amount") if other == "support" else None
            told = (day(when), icon, _text(other, row.values), _sum(money))
            found.append((when or date.min, told))
    if register == "ngo":
        made = desk.read(calls.calls_of, card.id)[:_SHOWN]
        found += [(call.on, (day(call.on), "phone", f"звонок: {calls.told(call)}", "")) for call in made]
    found.sort(key=lambda pair: pair[0], reverse=True)
    ahead = desk.read(reminders.reminders_of, register, card.id)
    return [(day(one.due_on), "bell", f"напомнить: {one.text}", "") for one in ahead] + [event for _, event in found]


def _text(register: str, values: Any) -> str:
    match register:
        case "support":
            number = f", №\u00a0{values['decision_no']}" if values.get("decision_no") else ""
            return f"{values.get('form_title', '')}{number}"
        case "service":
            return f"{values.get('service_code_title', '')}"
        case "need":
            return f"потребность: {values.get('category_code_title', '')}, {values.get('status_title', '')}"
        case _:
            return f"{REGISTERS[register].title_one}: {values.get(REGISTERS[register].title_field) or ''}"


def _sum(money: Decimal | None) -> str:
    return roubles(money, 0) if money else ""
