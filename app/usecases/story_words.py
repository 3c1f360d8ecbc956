"""How a fact of an NGO reads in one line: what, what beside it, how much."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.core.russian import amount, day, plural
from app.core.text import NBSP
from app.records import REGISTERS
from app.records.choices import PRACTICE_STATES
from app.usecases.titles import quoted

Words = tuple[str, str, Decimal | None]
"""Text, what stands muted beside it, ₽ or None."""
_LONG = 160


def words_of(register: str, values: Mapping[str, Any], step: int = 0) -> Words:
    """The words of a record (as `registers.rows` gives it) at a step of its life: the fact itself, or its end."""
    match register:
        case "support":
            return _support(values)
        case "service":
            return _service(values)
        case "need":
            return _need(values, step)
        case "agreement":
            return _agreement(values, step)
        case "practice":
            return _practice(values, step)
        case "grant_application":
            return _application(values, step)
        case "appeal" if step:
            return f"Ответ на обращение: {values.get('subject')}", _numbered(values.get("answer_no")), None
    record_type = REGISTERS[register]
    told = str(values.get(record_type.title_field) or record_type.title_one)
    kind = values.get("kind_title")
    return _short(f"{kind}: {told}" if kind else told), str(values.get("status_title") or ""), None


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONG else f"{flat[: _LONG - 1].rstrip()}…"


def _numbered(number: Any) -> str:
    return f"№{NBSP}{number}" if number else ""


def _joined(*parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part)


def _support(values: Mapping[str, Any]) -> Words:
    number = _numbered(values.get("decision_no"))
    if values.get("terminates_id"):
        return "Прекращена поддержка", _joined(number, values.get("terminates_id_title")), None
    form = str(values.get("form_title") or "")
    noun = f"{form} поддержка" if values.get("form") in ("211", "212", "213", "214", "218") else form
    what = values.get("purpose") or values.get("object_name") or ""
    entry = values.get("entry_no")
    beside = _joined(number, f"в реестре №{NBSP}{entry}" if entry else "")
    text = f"{noun[:1].upper()}{noun[1:]}" + (f": {what}" if what else "")
    return _short(text), beside, values.get("amount") or None


def _service(values: Mapping[str, Any]) -> Words:
    topic = values.get("topic")
    hours = f"{amount(values['hours'])}{NBSP}ч" if values.get("hours") else ""
    text = str(values.get("service_code_title") or "") + (f": {topic}" if topic else "")
    return _short(text), _joined(values.get("centre_id_title"), hours), None


def _need(values: Mapping[str, Any], step: int) -> Words:
    what = str(values.get("category_code_title") or "") + (f": {values['text']}" if values.get("text") else "")
    status = str(values.get("status_title") or "")
    if step:
        done = "снята" if values.get("status") == "withdrawn" else "закрыта"
        return _short(f"Потребность {done}: {what}"), str(values.get("closed_by") or status), None
    return _short(what), status, None


def _agreement(values: Mapping[str, Any], step: int) -> Words:
    subject = f": {values['subject']}" if values.get("subject") else ""
    text = f"{_numbered(values.get('number'))}, {values.get('partner_id_title') or ''}".lstrip(", ")
    if step:
        ended = "прекращено досрочно" if step == 1 else "закончилось"
        return _short(f"Соглашение {text} {ended}"), str(values.get("early_end_reason") or ""), None
    ends = values.get("ended_early_on") or values.get("ends_on")
    until = f"по {day(ends)}" if ends else "бессрочно"
    return _short(f"Соглашение {text}{subject}"), until, values.get("promised") or None


def _practice(values: Mapping[str, Any], step: int) -> Words:
    states = list(PRACTICE_STATES.values())
    title = quoted(str(values.get("title") or ""))
    if step:
        return _short(f"Практика {title}: {states[min(step, len(states) - 1)]}"), "", None
    return _short(f"Практика {title}"), str(values.get("state_title") or ""), None


def _application(values: Mapping[str, Any], step: int) -> Words:
    project = quoted(str(values.get("project") or ""))
    contest = str(values.get("contest_id_title") or "")
    if step == 1:
        decision = str(values.get("decision_title") or "решение принято")
        return _short(f"Заявка {project} {decision}"), contest, values.get("granted") or None
    if step == 2:
        done = values.get("beneficiaries")
        count = plural(done, "благополучатель", "благополучателя", "благополучателей") if done else ""
        return _short(f"Отчёт по заявке {project}"), count, None
    decision = values.get("decision_title") or "ждёт решения"
    return _short(f"Заявка {project}"), _joined(decision, contest), values.get("asked") or None
