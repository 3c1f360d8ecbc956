"""Dictionaries as a person edits them: an entry's words and the days on which it may be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import InvalidRecord
from app.core.fields import Field, Kind
from app.core.text import natural
from app.models import CalendarDay
from app.usecases.accounts import today_of
from app.usecases.setup import territory_on
from app.usecases.tables import DICTIONARIES

EDITED: dict[str, str] = {
    "activity": "Виды деятельности (ст. 31.1)",
    "service_code": "Каталог услуг центров",
    "need_category": "Категории потребностей",
    "legal_form": "Правовые формы (ОКОПФ)",
    "settlement": "Поселения",
}
"""Dictionaries that are edited in the program, with their titles."""
ADDED: dict[str, dict[str, Any]] = {
    "activity": {"origin": "municipal"},
    "service_code": {"unit": "ед.", "evidence": "журнал", "sort": 900},
    "need_category": {"sort": 900},
    "settlement": {},
}
"""Dictionaries to which codes may be added, with what a new entry has besides its words."""
MORE: dict[str, tuple[Field, ...]] = {
    "activity": (Field("origin", "Кем установлен", Kind.CHOICE, required=True, dictionary="origin"),),
    "service_code": (
        Field("unit", "Единица", Kind.TEXT, required=True, width=12, help="В ней считается объём: конс., чел., ч."),
        Field("evidence", "Чем подтверждается", Kind.TEXT, required=True, width=30),
        Field("hours_required", "Часы обязательны (контроль 20)", Kind.FLAG),
    ),
}
"""What a person edits of an entry besides its words and days."""


@dataclass(frozen=True, slots=True)
class DictionaryEntry:
    """One entry.  valid_to is the last day on which it may be chosen; None leaves a side open."""

    code: str
    title: str
    valid_from: date | None
    valid_to: date | None
    more: Mapping[str, Any] = field(default_factory=dict)


def entries(session: Session, dictionary: str) -> tuple[DictionaryEntry, ...]:
    """Every entry, expired ones too, by code."""
    key = "oktmo" if dictionary == "settlement" else "code"
    title = "name" if dictionary == "settlement" else "title"
    found = [
        DictionaryEntry(
            getattr(row, key), getattr(row, title), row.valid_from, row.valid_to,
            {spec.key: getattr(row, spec.key) for spec in MORE.get(dictionary, ())},
        )
        for row in session.scalars(select(DICTIONARIES[dictionary]))
    ]
    return tuple(sorted(found, key=lambda entry: natural(entry.code)))


def save_entry(
    session: Session, dictionary: str, code: str, title: str, valid_from: date | None, valid_to: date | None,
    more: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Change an entry, or add one where the dictionary takes codes of the district's own.  InvalidRecord else.

    more: values of the fields in `MORE`; what is not given stays as it is.
    """
    model, bare = DICTIONARIES[dictionary], code.strip()
    key = model.oktmo if dictionary == "settlement" else model.code
    row = session.scalar(select(model).where(key == bare))
    faults: dict[str, str] = {}
    if not title.strip():
        faults["title"] = "Укажите название."
    if valid_from and valid_to and valid_to < valid_from:
        faults["valid_to"] = "Последний день раньше первого."
    if row is None and dictionary not in ADDED:
        faults["code"] = "Такого кода нет, а новые в этот справочник не добавляют."
    elif row is None and dictionary == "settlement" and not (bare.isdigit() and len(bare) == 8):
        faults["code"] = "Код ОКТМО поселения — 8 цифр."
    elif row is None and not 1 <= len(bare) <= 8:
        faults["code"] = "Код — от 1 до 8 знаков."
    for spec in MORE.get(dictionary, ()):
        if spec.required and more is not None and spec.key in more and not more[spec.key]:
            faults[spec.key] = f"Укажите: {spec.title.lower()}."
    if faults:
        raise InvalidRecord(faults)
    if row is None:
        if dictionary == "settlement":
            row = model(oktmo=bare, territory_code=territory_on(session, today_of(session)).code)
        else:
            row = model(code=bare, **ADDED[dictionary])
        session.add(row)
    for spec in MORE.get(dictionary, ()):
        if more is not None and spec.key in more:
            setattr(row, spec.key, more[spec.key])
    setattr(row, "name" if dictionary == "settlement" else "title", title.strip())
    row.valid_from, row.valid_to = valid_from, valid_to
    session.flush()


def calendar_days(session: Session, year: int) -> tuple[tuple[date, bool, str], ...]:
    """Days of a year whose kind differs from their weekday: (day, is it a working one, why)."""
    query = select(CalendarDay).where(CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)))
    return tuple((row.day, row.working, row.note) for row in session.scalars(query.order_by(CalendarDay.day)))
