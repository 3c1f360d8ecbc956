"""Dictionaries: brought in from `resources/dictionaries`, then the district's own to edit.

What comes with a newer program adds codes; it never touches a row that is there already, but for one
case: a territory still open here may learn when it ended and what replaced it.
"""

from __future__ import annotations

import csv
import importlib.resources
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import (
    Activity,
    Base,
    CalendarDay,
    LegalForm,
    NeedCategory,
    NeedCategoryService,
    ServiceCode,
    Settlement,
    Territory,
)

_YEARS_BACK, _YEARS_AHEAD = 3, 1  # of the work calendar, around the present year

Row = Mapping[str, str]
Values = dict[str, Any]


def refresh_dictionaries(session: Session) -> int:
    """Add what the dictionaries of this program have and the file has not; returns how many rows."""
    added = _territories(session)
    added += _add(session, LegalForm, "legal_forms", "code", _legal_form)
    added += _add(session, Activity, "activities", "code", _plain)
    added += _add(session, ServiceCode, "services", "code", _service)
    added += _add(session, Settlement, "settlements", "oktmo", _plain)
    added += _need_categories(session)
    added += _calendar(session, session.info["clock"].today())
    session.flush()
    return added


def shipped(name: str) -> Iterator[Row]:
    """The rows of a dictionary as it comes with the program."""
    file = importlib.resources.files("resources.dictionaries").joinpath(f"{name}.csv")
    yield from csv.DictReader(file.read_text(encoding="utf-8").splitlines())


def mark_chain(session: Session, code: str) -> None:
    """Mark as own the territory with all it replaced and all that replaced it."""
    territories = {row.code: row for row in session.scalars(select(Territory))}
    chain = {code}
    while True:
        linked = {t.successor_code for t in territories.values() if t.code in chain and t.successor_code}
        linked |= {t.code for t in territories.values() if t.successor_code in chain}
        if linked <= chain:
            break
        chain |= linked
    for territory in territories.values():
        territory.own = territory.code in chain
    session.flush()


def _add(session: Session, kept: type[Base], name: str, key: str, values: Callable[[Row], Values]) -> int:
    there = set(session.scalars(select(getattr(kept, key))))
    rows = [values(row) for row in shipped(name) if row[key] not in there]
    session.add_all(kept(**row) for row in rows)
    session.flush()
    return len(rows)


def _territories(session: Session) -> int:
    there = {row.code: row for row in session.scalars(select(Territory))}
    # The newest first: a successor must be there before what points to it.
    rows = sorted(shipped("territories"), key=lambda row: row["valid_from"], reverse=True)
    added = 0
    for row in rows:
        values = _plain(row)
        known = there.get(values["code"])
        if known is None:
            session.add(Territory(**values))
            session.flush()
            added += 1
        elif known.valid_to is None and known.successor_code is None:
            known.valid_to, known.successor_code = values["valid_to"], values["successor_code"]
    session.flush()
    own = session.scalar(select(Territory.code).where(Territory.own.is_(True)).limit(1))
    if own is not None:
        mark_chain(session, own)
    return added


def _need_categories(session: Session) -> int:
    categories = set(session.scalars(select(NeedCategory.code)))
    services = set(session.scalars(select(ServiceCode.code)))
    added = 0
    for row in shipped("need_categories"):
        if row["code"] in categories:
            continue
        values = _plain(row)
        codes = values.pop("services").split()
        session.add(NeedCategory(**{**values, "sort": int(values["sort"])}))
        session.flush()
        known = [code for code in codes if code in services]
        session.add_all(NeedCategoryService(category_code=row["code"], service_code=code) for code in known)
        session.flush()
        added += 1
    return added


def _calendar(session: Session, today: date) -> int:
    """Holidays and moved days of years of which nothing is kept yet; what was edited stays."""
    known = {day.year for day in session.scalars(select(CalendarDay.day))}
    years = [y for y in range(today.year - _YEARS_BACK, today.year + _YEARS_AHEAD + 1) if y not in known]
    rows = [CalendarDay(day=day, working=working, note=note) for day, working, note in moved_days(years)]
    session.add_all(rows)
    return len(rows)


def moved_days(years: list[int]) -> list[tuple[date, bool, str]]:
    """Days of these years whose kind differs from their weekday: (day, is it a working one, why).

    The library knows the days moved by the Government up to the year of its release; later ones are edited.
    """
    import holidays  # when a calendar is filled, not at every start

    if not years:
        return []
    calendar = holidays.country_holidays("RU", years=years, language="ru")
    days = [(day, False, str(calendar[day])) for day in calendar if day.weekday() < 5 and day.year in years]
    worked = [(day, True, "Рабочая суббота") for day in calendar.weekend_workdays if day.year in years]
    return sorted(days + worked)


def _plain(row: Row) -> Values:
    """Texts as they are; days read; empty ones are None where a day or a code may be absent."""
    values: Values = dict(row)
    for key in ("valid_from", "valid_to"):
        values[key] = date.fromisoformat(row[key]) if row[key] else None
    if "successor_code" in values:
        values["successor_code"] = values["successor_code"] or None
    return values


def _legal_form(row: Row) -> Values:
    return {**_plain(row), "may_be_sonko": row["may_be_sonko"] == "1", "hidden": row["hidden"] == "1"}


def _service(row: Row) -> Values:
    return {**_plain(row), "hours_required": row["hours_required"] == "1", "sort": int(row["sort"])}
