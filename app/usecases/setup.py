"""A district's file from its first minute: territory, unit, settings, work calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.errors import AppError, Deed, InvalidRecord
from app.core.money import kopecks
from app.core.settings import Settings
from app.core.workdays import WorkCalendar
from app.models import CalendarDay, Setting, Territory, Unit
from app.models.database import Database
from app.usecases.dictionaries import mark_chain, refresh_dictionaries

ADDRESSEE = "Комитет общественных коммуникаций Ленинградской области"
"""To whom the return goes unless the unit says otherwise."""

_LEAST = {"copy_minutes": 5, "copy_days": 1, "copy_weeks": 1, "copy_months": 1}
"""The least that makes sense: copies are never turned off."""
_UNIT_FIELDS = tuple(column.key for column in Unit.__table__.columns if column.key != "id")


@dataclass(frozen=True, slots=True)
class TerritoryRow:
    """A territory of the chain; valid_to is its last day, or None."""

    code: str
    name: str
    name_genitive: str
    kind: str
    valid_from: date
    valid_to: date | None


def create_district(
    path: Path | str,
    oktmo: str,
    *,
    clock: Clock | None = None,
    actor: str | None = None,
    account: str | None = None,
) -> Database:
    """A new file of the district, filled with its dictionaries; whole, or not there at all."""
    clock = clock or Clock()
    return Database.create(
        path,
        clock=clock,
        actor=actor,
        account=account,
        fill=lambda session: init_district(session, oktmo, today=clock.today()),
    )


def init_district(session: Session, oktmo: str, *, today: date) -> None:
    """Fill an empty file: dictionaries, calendar, the chain of the territory, the unit's default names.

    oktmo: 8 digits of a territory of the upper level, present or former.  AppError for any other.
    """
    refresh_dictionaries(session)
    territory = session.get(Territory, oktmo.strip())
    if territory is None:
        raise AppError(
            f"Кода ОКТМО {oktmo} нет среди районов и городских округов области.",
            "Укажите 8 цифр кода своего района, например 41612000 — Всеволожский.",
        )
    mark_chain(session, territory.code)
    named = _on(session, today) or territory
    session.add(
        Unit(
            id=1,
            administration=f"Администрация {named.name_genitive} Ленинградской области",
            name="",
            addressee=ADDRESSEE,
        )
    )
    session.flush()


def chain(session: Session) -> tuple[TerritoryRow, ...]:
    """The territories of this file, oldest first."""
    query = select(Territory).where(Territory.own.is_(True)).order_by(Territory.valid_from, Territory.code)
    return tuple(
        TerritoryRow(t.code, t.name, t.name_genitive, t.kind, t.valid_from, t.valid_to) for t in session.scalars(query)
    )


def territory_on(session: Session, day: date) -> TerritoryRow:
    """The territory of the chain that is valid on a day.  AppError if there is none."""
    valid = [t for t in chain(session) if t.valid_from <= day and (t.valid_to is None or day <= t.valid_to)]
    if not valid:
        raise AppError(
            f"На {day:%d.%m.%Y} в справочнике нет действующей территории этого района.",
            "Проверьте справочник территорий в настройках.", Deed.DICTIONARIES,
        )
    return valid[-1]


def territories(session: Session) -> tuple[TerritoryRow, ...]:
    """Every territory of the oblast, for choosing one's own."""
    query = select(Territory).order_by(Territory.name, Territory.valid_from)
    return tuple(
        TerritoryRow(t.code, t.name, t.name_genitive, t.kind, t.valid_from, t.valid_to) for t in session.scalars(query)
    )


def unit(session: Session) -> Mapping[str, Any]:
    """The unit by field: administration, name, act, staff, council, site_section, …, addressee."""
    row = session.get(Unit, 1)
    return {key: getattr(row, key) if row else None if key == "site_updated_on" else "" for key in _UNIT_FIELDS}


def save_unit(session: Session, values: Mapping[str, Any]) -> None:
    """Keep what is given of the unit; fields not named stay.  InvalidRecord without an administration."""
    row = session.get(Unit, 1)
    if row is None:
        row = Unit(id=1, administration="", name="")
        session.add(row)
    for key in _UNIT_FIELDS:
        if key in values:
            given = values[key]
            setattr(row, key, given if key == "site_updated_on" else " ".join(str(given or "").split()))
    if not row.administration:
        raise InvalidRecord({"administration": "Укажите администрацию: её именем подписан отчёт."})
    session.flush()


def settings(session: Session) -> Settings:
    """The settings of the unit: defaults with what was changed."""
    return Settings.of({row.key: row.value for row in session.scalars(select(Setting))})


def save_settings(session: Session, changes: Mapping[str, Any]) -> None:
    """Keep the changed settings (values or their texts); one set to its default is no longer kept.

    InvalidRecord for what is no number or is below zero.  KeyError for an unknown setting.
    """
    defaults = Settings()
    kinds = {spec.name: str(spec.type) for spec in fields(Settings)}
    faults: dict[str, str] = {}
    for key, given in changes.items():
        try:
            text = _setting_text(kinds[key], given)
        except (ValueError, InvalidOperation):
            faults[key] = f"«{given}» — не число."
            continue
        if kinds[key] in ("int", "Decimal") and text.startswith("-"):
            faults[key] = "Значение не может быть отрицательным."
        elif key == "due_day" and not 1 <= int(text) <= 28:
            faults[key] = "День сдачи отчёта — от 1 до 28: такой есть в каждом месяце."
        elif key in _LEAST and int(text) < _LEAST[key]:
            faults[key] = f"Не меньше {_LEAST[key]}."
        elif key == "document_limit" and not 1 <= int(text) <= 100:
            faults[key] = "Предел документа — от 1 до 100 МБ: всё лежит в файле учёта и уходит в каждую копию."
        else:
            _keep(session, key, text, defaults.text(key))
    if faults:
        raise InvalidRecord(faults)
    session.flush()


def work_calendar(session: Session) -> WorkCalendar:
    """Working days with the holidays and moved days that are kept."""
    return WorkCalendar({row.day: row.working for row in session.scalars(select(CalendarDay))})


def save_calendar_day(session: Session, day: date, working: bool, note: str = "") -> None:
    """Say whether a day is a working one; a day of its usual kind needs no row."""
    row = session.get(CalendarDay, day)
    if working == (day.weekday() < 5):
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(CalendarDay(day=day, working=working, note=note))
    else:
        row.working, row.note = working, note
    session.flush()


def _on(session: Session, day: date) -> TerritoryRow | None:
    try:
        return territory_on(session, day)
    except AppError:
        return None


def _keep(session: Session, key: str, text: str, default: str) -> None:
    row = session.get(Setting, key)
    if text == default:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(Setting(key=key, value=text))
    else:
        row.value = text


def _setting_text(kind: str, given: object) -> str:
    """The text under which a setting is kept.  ValueError or InvalidOperation for what is no number."""
    if kind == "bool":
        return "1" if given in (True, "1") else "0"
    text = str(given).strip()
    if kind == "str":
        return text
    bare = text.replace(" ", "").replace("\u00a0", "").replace("\u2212", "-").replace(",", ".")
    if not Decimal(bare).is_finite():
        raise ValueError(text)
    return str(int(bare)) if kind == "int" else str(kopecks(bare))
