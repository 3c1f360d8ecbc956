"""What a register shows: which records, their rows, one record's card, what may be chosen."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.fields import Field, Kind, Values
from app.core.russian import roubles
from app.core.text import NBSP
from app.models import Ngo
from app.records import LINES, REGISTERS
from app.usecases import record_filters
from app.usecases.accounts import first_open
from app.usecases.computed import computed
from app.usecases.record_search import AT_HAND, Look, Span, first_found, looking, matching
from app.usecases.tables import LINE_MODELS, MODELS, column, column_name, has_column, record, stored
from app.usecases.titles import Choice, choices, dictionary_titles, settlement_codes, titles

__all__ = [
    "AT_HAND", "Card", "Choice", "Look", "Row", "Span", "card", "choices", "count", "dictionary_titles", "find",
    "for_open_quarters", "look", "rows", "suggest", "totals",
]  # fmt: skip

_PORTION = 5000
_SIFTED_AT_ONCE = 5000
SPARE = 20  # more are found than are offered: merged cards are left out


@dataclass(frozen=True, slots=True)
class Row:
    """A record as a table shows it.

    values: by field key, computed ones too; links and choices have their words under `<key>_title`.
    """

    id: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Card:
    """A record whole.  lines: line key -> values of each line, with its `id` and `<key>_title` words."""

    id: int
    uuid: str
    values: Mapping[str, Any]
    lines: Mapping[str, tuple[Values, ...]]
    archived_on: date | None = None
    archive_reason: str = ""


def find(
    session: Session,
    register: str,
    *,
    search: str = "",
    filters: Mapping[str, object] | None = None,
    order: str | None = None,
    descending: bool = False,
    archived: bool = False,
) -> array[int]:
    """Ids of the records that hold every word of the search and fit the filters, in order.

    filters: field key -> value, several values, a Span, Contains or Filled; a computed field is a filter too.
    order: a field key; without it by name, or newest first (`records.ORDER`).
    """
    plain, own = record_filters.split(filters or {})
    return record_filters.sifted(
        session, register, matching(session, register, search, plain, order, descending, archived), own
    )


def look(
    session: Session,
    register: str,
    *,
    search: str = "",
    filters: Mapping[str, object] | None = None,
    order: str | None = None,
    descending: bool = False,
    archived: bool = False,
) -> Look | None:
    """How many records `find` finds, and the first of them: what a table shows while one types.

    None when the register is so large that `find` itself has to be asked, away from the window's thread.
    """
    plain, own = record_filters.split(filters or {})
    if not own:
        return looking(session, register, search, plain, order, descending, archived)
    if count(session, register) > _SIFTED_AT_ONCE:  # filters that no SQL answers read every record
        return None
    ids = find(
        session, register, search=search, filters=filters, order=order, descending=descending, archived=archived
    )
    return Look(len(ids), ids)


def count(session: Session, register: str) -> int:
    """How many records there are, those of the archive aside."""
    model = MODELS[register]
    return session.scalar(select(func.count()).select_from(model).where(model.archived_on.is_(None))) or 0


def rows(session: Session, register: str, ids: Iterable[int]) -> list[Row]:
    """The records of those ids in their order; one that is no more is left out."""
    wanted, model, fields = list(ids), MODELS[register], REGISTERS[register].fields
    names = {f.key: column_name(register, f.key) for f in fields if has_column(model, column_name(register, f.key))}
    query = select(model.id, *(column(model, name) for name in names.values())).where(model.id.in_(wanted))
    kept = {id: dict(zip(names, values, strict=True)) for id, *values in session.execute(query).all()}
    present = [id for id in wanted if id in kept]
    extra = computed(session, register, present)
    found = [{**kept[id], **extra[id]} for id in present]
    _translate(session, register, fields, found)
    if register == "service":
        for values in found:
            if values["recipients_count"] > len(values["recipients"]):
                values["recipients_title"] = ", ".join(filter(None, (values["recipients_title"], "граждане")))
    return [Row(id, values) for id, values in zip(present, found, strict=True)]


def totals(session: Session, register: str, keys: Iterable[str], ids: Sequence[int]) -> Mapping[str, Decimal]:
    """The sum of each of those fields over the records."""
    model, found = MODELS[register], dict.fromkeys(keys, Decimal(0))
    columns = [column(model, key) for key in found]
    for start in range(0, len(ids), _PORTION):
        query = select(*columns).where(model.id.in_(list(ids[start : start + _PORTION])))
        for row in session.execute(query):
            for key, value in zip(found, row, strict=True):
                found[key] += value or 0
    return found


def card(session: Session, register: str, id: int) -> Card:
    """One record with its lines, archived or not.  AppError when there is none such."""
    row = record(session, register, id, archived=True)
    lines: dict[str, tuple[Values, ...]] = {}
    for line in LINES[register]:
        model = LINE_MODELS[line.key]
        query = select(model).where(column(model, line.parent_column) == id).order_by(model.id)
        values = [{"id": kept.id, **stored(kept, line.key, line.fields)} for kept in session.scalars(query)]
        _translate(session, line.key, line.fields, values)
        lines[line.key] = tuple(values)
    (shown,) = rows(session, register, [id])
    return Card(id, row.uuid, shown.values, lines, row.archived_on, row.archive_reason or "")


def for_open_quarters(session: Session, dictionary: str) -> tuple[Choice, ...]:
    """What a form offers: entries of today, and those that ended since the first quarter that takes new facts."""
    return choices(session, dictionary, since=first_open(session).first_day)


def suggest(session: Session, register: str, text: str, limit: int = 20) -> tuple[Choice, ...]:
    """Records to link to, by what was typed; merged cards are left out.  code is the id."""
    ids = list(first_found(session, register, text, limit + SPARE))
    if register == "ngo" and ids:
        merged = set(session.scalars(select(Ngo.id).where(Ngo.id.in_(ids), Ngo.merged_into_id.is_not(None))))
        ids = [id for id in ids if id not in merged]
    ids = ids[:limit]
    named = titles(session, register, ids)
    hints = _hints(session, register, ids)
    if register == "ngo":
        query = select(Ngo.id, Ngo.name, Ngo.short_name, Ngo.ogrn).where(Ngo.id.in_(ids))
        for id, name, short, ogrn in session.execute(query):
            number = f"ОГРН{NBSP}{ogrn}" if ogrn else "без ОГРН"
            hints[id] = f"{number} · {name}" if short and short != name else number
    return tuple(Choice(str(id), named[id], hints.get(id, "")) for id in ids)


_TOLD_BESIDE: Mapping[str, tuple[str, ...]] = {
    "support": ("ngo_id_title", "form_title", "amount"),
    "service": ("recipients_title", "centre_id_title"),
    "need": ("ngo_id_title", "status_title"),
    "partner": ("inn",),
    "agreement": ("partner_id_title", "parties_title"),
    "offer": ("partner_id_title", "kind_title"),
    "request": ("ngo_id_title", "kind_title"),
    "practice": ("ngo_id_title", "partner_id_title"),
    "event": ("kind_title",),
    "grant_application": ("ngo_id_title", "contest_id_title"),
    "appeal": ("ngo_id_title", "sender"),
    "reminder": ("about",),
    "calendar_entry": ("kind_title",),
}
"""By what a person tells apart records that are called by a number or a day."""


def _hints(session: Session, register: str, ids: Sequence[int]) -> dict[int, str]:
    keys = _TOLD_BESIDE.get(register, ())
    found: dict[int, str] = {}
    for row in rows(session, register, ids) if keys else ():
        told = (row.values.get(key) for key in keys)
        words = (roubles(v, 0) if isinstance(v, Decimal) else str(v) for v in told if v)
        found[row.id] = ", ".join(words)
    return found


def _translate(session: Session, key: str, fields: Sequence[Field], found: Sequence[dict[str, Any]]) -> None:
    """Give links and choices their words; a settlement its ОКТМО."""
    if key == "ngo":
        codes = settlement_codes(session, {values["settlement"] for values in found if values.get("settlement")})
        for values in found:
            values["settlement"] = codes.get(values.get("settlement") or 0)
    for field in fields:
        if field.kind in (Kind.CHOICE, Kind.CHOICES):
            codes_here = {code for values in found for code in _each(values.get(field.key))}
            named: Mapping[Any, str] = dictionary_titles(session, field.dictionary, codes_here)
        elif field.kind in (Kind.LINK, Kind.LINKS):
            ids = {id for values in found for id in _each(values.get(field.key))}
            named = titles(session, field.register, ids) if ids else {}
        else:
            continue
        for values in found:
            words = [named.get(value, str(value)) for value in _each(values.get(field.key))]
            values[f"{field.key}_title"] = ", ".join(words)


def _each(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)
