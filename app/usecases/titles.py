"""How records and dictionary entries are called where others name them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.russian import day
from app.core.text import NBSP
from app.models import LegalForm, Settlement, Territory
from app.records.choices import FIXED
from app.usecases.accounts import today_of
from app.usecases.tables import DICTIONARIES, MODELS

_CHUNK = 5000  # ids in one IN list: both databases bound the parameters of a statement
_LONG = 80


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: its code (of a record, its id as text), what is shown, a grey hint."""

    code: str
    title: str
    hint: str = ""


def choices(
    session: Session, dictionary: str, *, on: date | None = None, since: date | None = None
) -> tuple[Choice, ...]:
    """What may be chosen from a dictionary on a day (today): hidden and expired entries are left out.

    since: also what ended after that day, for records of those days.
    """
    if dictionary in FIXED:
        return tuple(Choice(code, title) for code, title in FIXED[dictionary].items())
    when = on or today_of(session)
    rows = [row for row in session.scalars(select(DICTIONARIES[dictionary])) if _holds(row, when, since)]
    if dictionary == "settlement":
        own = {t.code for t in session.scalars(select(Territory).where(Territory.own)) if _holds(t, when, since)}
        rows = [row for row in rows if row.territory_code in own]
    return tuple(_choice(dictionary, row) for row in sorted(rows, key=lambda row: _place(dictionary, row)))


def dictionary_titles(session: Session, dictionary: str, codes: Collection[str] | None = None) -> Mapping[str, str]:
    """Code -> title of every entry, also of those no longer chosen; codes: of these alone."""
    if dictionary in FIXED:
        return FIXED[dictionary]
    query = select(DICTIONARIES[dictionary])
    if codes is not None:
        if not codes:
            return {}
        key = Settlement.oktmo if dictionary == "settlement" else DICTIONARIES[dictionary].code
        query = query.where(key.in_(codes))
    shown = (_choice(dictionary, row) for row in session.scalars(query))
    return {choice.code: choice.title for choice in shown}


def _holds(row: Any, day: date, since: date | None = None) -> bool:
    if isinstance(row, LegalForm) and row.hidden:
        return False
    return holds(row, day) or (since is not None and row.valid_to is not None and since <= row.valid_to <= day)


def holds(row: Any, day: date) -> bool:
    """May the entry be chosen for something of that day?"""
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to)


def _choice(dictionary: str, row: Any) -> Choice:
    match dictionary:
        case "settlement":
            return Choice(row.oktmo, row.name, row.oktmo)
        case "territory":
            return Choice(row.code, row.name, row.code)
        case "service_code":
            return Choice(row.code, f"{row.code}{NBSP}· {row.title}", row.unit)
        case "legal_form":
            return Choice(row.code, row.title, row.warning or row.code)
        case _:
            return Choice(row.code, row.title)


def _place(dictionary: str, row: Any) -> tuple[Any, ...]:
    match dictionary:
        case "service_code" | "need_category":
            return (row.sort, row.code)
        case "activity":
            return (len(row.code), row.code)
        case "settlement":
            return (row.name, row.oktmo)
        case "territory":
            return (not row.own, row.name)
        case _:
            return (row.code,)


def titles(session: Session, register: str, ids: Collection[int] | None = None) -> dict[int, str]:
    """Id -> how the record is called; all of the register without ids (archived ones too)."""
    model, tell = MODELS[register], _TELL[register]
    found: dict[int, str] = {}
    columns = [getattr(model, name) for name in ("id", *tell.columns)]
    for part in _parts(ids):
        query = select(*columns)
        if part is not None:
            query = query.where(model.id.in_(part))
        for id, *values in session.execute(query):
            found[id] = tell.words(*values)
    if tell.category:
        known = dictionary_titles(session, tell.category)
        found = {id: _resolved(text, known) for id, text in found.items()}
    return found


def naming(register: str) -> Collection[str]:
    """The columns of a register by which its records are called."""
    return frozenset(_TELL[register].columns)


def _resolved(text: str, known: Mapping[str, str]) -> str:
    code, _, rest = text.partition("\0")
    return f"{known.get(code, code)}: {rest}" if rest else known.get(code, code)


def _parts(ids: Collection[int] | None) -> Iterable[list[int] | None]:
    if ids is None:
        return [None]
    wanted = sorted(set(ids))
    return [wanted[start : start + _CHUNK] for start in range(0, len(wanted), _CHUNK)]


def quoted(name: str) -> str:
    """The name within a sentence: in «ёлочки» unless it has its own."""
    return name if "«" in name else f"«{name}»"


def _short(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1].rstrip() + "…"


def _numbered(number: str, when: date) -> str:
    return f"№{NBSP}{number} от {day(when)}" if number else f"без номера от {day(when)}"


@dataclass(frozen=True, slots=True)
class _Tell:
    columns: tuple[str, ...]
    words: Callable[..., str]
    category: str = ""


_TELL: dict[str, _Tell] = {
    "ngo": _Tell(("name", "short_name"), lambda name, short: short or name),
    "support": _Tell(("decision_no", "decision_on"), _numbered),
    "service": _Tell(("service_code", "provided_on", "topic"),
                     lambda code, when, topic: f"{code} {day(when)}" + (f", {_short(topic)}" if topic else "")),
    "need": _Tell(("category_code", "text"), lambda code, text: f"{code}\0{_short(text)}", "need_category"),
    "partner": _Tell(("name",), str),
    "agreement": _Tell(("number", "starts_on"), _numbered),
    "offer": _Tell(("text",), _short),
    "request": _Tell(("text",), _short),
    "practice": _Tell(("title",), str),
    "centre": _Tell(("name",), str),
    "package": _Tell(("name",), str),
    "event": _Tell(("title", "held_on"), lambda title, when: f"{_short(title)}, {day(when)}"),
    "programme": _Tell(("title",), _short),
    "grant_contest": _Tell(("title", "year"), lambda title, year: f"{_short(title)}, {year}"),
    "grant_application": _Tell(("project",), _short),
    "appeal": _Tell(("number", "received_on", "subject"),
                    lambda number, when, subject: f"{_numbered(number, when)}: {_short(subject)}"),
    "reminder": _Tell(("text",), _short),
    "calendar_entry": _Tell(("title", "starts_on"), lambda title, when: f"{_short(title)}, {day(when)}"),
}  # fmt: skip


def settlement_codes(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Id of a settlement -> its ОКТМО, the code by which it is chosen."""
    return dict(session.execute(select(Settlement.id, Settlement.oktmo).where(Settlement.id.in_(ids))).all())
