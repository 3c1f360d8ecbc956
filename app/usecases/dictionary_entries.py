"""Dictionaries as a person edits them: an entry's words and the days on which it may be chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import InvalidRecord
from app.core.fields import Field, Kind
from app.core.text import natural
from app.models import CalendarDay, Territory
from app.records.choices import FIXED
from app.usecases.dictionary_links import need_map, save_answers
from app.usecases.tables import DICTIONARIES

EDITED: dict[str, str] = {
    "activity": "Виды деятельности (ст. 31.1)",
    "service_code": "Каталог услуг центров",
    "need_category": "Категории потребностей",
    "legal_form": "Правовые формы (ОКОПФ)",
    "settlement": "Поселения",
    "territory": "Районы и округа",
}
"""Dictionaries that are edited in the program, with their titles."""
ADDED: dict[str, dict[str, Any]] = {
    "activity": {"origin": "municipal"},
    "service_code": {"unit": "ед.", "evidence": "журнал", "sort": 900},
    "need_category": {"sort": 900},
    "legal_form": {"short": "", "row": "116", "may_be_sonko": True},
    "settlement": {},
}
"""Dictionaries to which codes may be added, with what a new entry has besides its words."""
MORE: dict[str, tuple[Field, ...]] = {
    "activity": (Field("origin", "Чей", Kind.CHOICE, required=True, dictionary="origin"),),
    "service_code": (
        Field("unit", "Единицы", Kind.TEXT, required=True, width=20, help="Через запятую; объём пишут в первой."),
        Field("evidence", "Чем подтверждается", Kind.TEXT, required=True, width=30),
        Field("hours_required", "Часы обязательны", Kind.FLAG),
    ),
    "legal_form": (
        Field("short", "Кратко", Kind.TEXT, width=12),
        Field("row", "Строка отчёта", Kind.CHOICE, required=True, dictionary="legal_form_row"),
        Field("may_be_sonko", "Может быть СОНКО", Kind.FLAG),
        Field("hidden", "Не предлагать", Kind.FLAG),
    ),
    "need_category": (Field("services", "Какие услуги отвечают", Kind.CHOICES, dictionary="service_code"),),
    "territory": (
        Field("name_genitive", "В родительном падеже", Kind.TEXT, required=True, width=60, help="Им подписан отчёт."),
        Field("kind", "Вид", Kind.CHOICE, required=True, dictionary="territory_kind"),
    ),
}
"""What an entry has besides its code, words and days."""


@dataclass(frozen=True, slots=True)
class DictionaryEntry:
    """One entry.  valid_to is the last day on which it may be chosen; None leaves a side open.  more: see `MORE`."""

    code: str
    title: str
    valid_from: date | None
    valid_to: date | None
    more: Mapping[str, Any] = field(default_factory=dict)


def entries(session: Session, dictionary: str) -> tuple[DictionaryEntry, ...]:
    """Every entry, expired ones too, by code."""
    key = "oktmo" if dictionary == "settlement" else "code"
    title = "name" if dictionary in _NAMED else "title"
    answers = need_map(session) if dictionary == "need_category" else {}
    found = [
        DictionaryEntry(
            getattr(row, key), getattr(row, title), row.valid_from, row.valid_to,
            {
                spec.key: answers[row.code] if spec.key == "services" else getattr(row, spec.key)
                for spec in MORE.get(dictionary, ())
            },
        )
        for row in session.scalars(select(DICTIONARIES[dictionary]))
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda entry: natural(entry.code)))


def save_entry(
    session: Session,
    dictionary: str,
    code: str,
    title: str,
    valid_from: date | None,
    valid_to: date | None,
    more: Mapping[str, Any] | None = None,
) -> None:
    """Change an entry, or add one where the dictionary takes new codes.  InvalidRecord else.

    more: values of `MORE`; what is not named stays.  A new settlement belongs to the territory of today.
    """
    model, bare = DICTIONARIES[dictionary], code.strip()
    key = model.oktmo if dictionary == "settlement" else model.code
    row = session.scalar(select(model).where(key == bare))
    faults: dict[str, str] = {}
    if not title.strip():
        faults["title"] = "Укажите название."
    if valid_from and valid_to and valid_to < valid_from:
        faults["valid_to"] = "Последний день раньше первого."
    if dictionary == "territory" and valid_from is None:
        faults["valid_from"] = "Укажите первый день: по нему отчёт находит свой код."
    if row is None and dictionary not in ADDED:
        faults["code"] = "Такого кода нет, а новые в этот справочник не добавляют."
    elif row is None:
        faults |= _code_faults(session, dictionary, bare)
    given = {spec.key: _bare((more or {})[spec.key]) for spec in MORE.get(dictionary, ()) if spec.key in (more or {})}
    for spec in MORE.get(dictionary, ()):
        value = given.get(spec.key)
        if spec.required and spec.key in given and not value:
            faults[spec.key] = f"Заполните поле «{spec.title}»."
        elif spec.kind is Kind.CHOICE and value and value not in FIXED[spec.dictionary]:
            faults[spec.key] = f"Значения «{value}» нет: выберите из списка."
    if faults:
        raise InvalidRecord(faults)
    if row is None:
        if dictionary == "settlement":
            row = model(oktmo=bare, territory_code=_territory_of(session, bare))
        else:
            row = model(code=bare, **ADDED[dictionary])
        session.add(row)
    setattr(row, "name" if dictionary in _NAMED else "title", title.strip())
    row.valid_from, row.valid_to = valid_from, valid_to
    if "services" in given:
        session.flush()
        save_answers(session, bare, given.pop("services") or ())
    for name, value in given.items():
        setattr(row, name, value)
    session.flush()


_NAMED = ("settlement", "territory")
_LENGTHS = {"legal_form": (5, 5), "settlement": (8, 8), "need_category": (1, 16)}


def _code_faults(session: Session, dictionary: str, code: str) -> dict[str, str]:
    least, most = _LENGTHS.get(dictionary, (1, 8))
    if dictionary == "legal_form" and not re.fullmatch("[0-9]{5}", code):
        return {"code": "Код ОКОПФ — 5 цифр."}
    if dictionary == "settlement" and _territory_of(session, code) is None:
        return {"code": "Код ОКТМО поселения — 8 цифр, первые пять — как у своего района."}
    if not least <= len(code) <= most:
        return {"code": f"Код — от {least} до {most} знаков."}
    return {}


def _territory_of(session: Session, oktmo: str) -> str | None:
    """The own territory to which a settlement of this code belongs: the first five digits are the same."""
    if not re.fullmatch("[0-9]{8}", oktmo):
        return None
    own = select(Territory.code).where(Territory.own, Territory.code.startswith(oktmo[:5]))
    return session.scalar(own.order_by(Territory.valid_from.desc()).limit(1))


def _bare(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value if value is not None else ""


def calendar_days(session: Session, year: int) -> tuple[tuple[date, bool, str], ...]:
    """Days of a year whose kind differs from their weekday: (day, is it a working one, why)."""
    query = select(CalendarDay).where(CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)))
    return tuple((row.day, row.working, row.note) for row in session.scalars(query.order_by(CalendarDay.day)))
