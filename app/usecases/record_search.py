"""Which records a register shows: sought, sifted and in order, as ids."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.core.fields import Field, Kind
from app.core.text import fold, sort_key
from app.core.values import show
from app.models import Ngo, NgoInterval, Settlement
from app.records import LINES, ORDER, REGISTERS
from app.usecases.accounts import today_of
from app.usecases.computed import computed
from app.usecases.tables import LINE_MODELS, MODELS, Column, column, has_column
from app.usecases.titles import dictionary_titles, titles

_folded = lru_cache(maxsize=200_000)(fold)
_sorted = lru_cache(maxsize=200_000)(sort_key)
_TOLD = {Kind.TEXT, Kind.NOTE, Kind.DATE, Kind.OGRN, Kind.INN, Kind.URL, Kind.PHONE, Kind.EMAIL, Kind.YEAR, Kind.MONEY}
_IN_SQL = {
    Kind.DATE, Kind.MONEY, Kind.AMOUNT, Kind.COUNT, Kind.YEAR, Kind.QUARTER, Kind.FLAG, Kind.OGRN, Kind.INN, Kind.KPP,
}  # fmt: skip

CALLED = "called"
"""The order of the names by which records are called, where a table shows those (short names of NGOs)."""
SORTED_HERE = 20_000
"""So many are sorted by their short names; more stay by the full one, which an index gives at once."""


@dataclass(frozen=True, slots=True)
class Span:
    """A filter: from first to last, both included; None leaves that side open."""

    first: Any = None
    last: Any = None


def matching(
    session: Session, register: str, search: str, filters: Mapping[str, Any], order: str | None, descending: bool,
    archived: bool,
) -> array[int]:  # fmt: skip
    """Ids as `registers.find` gives them."""
    model = MODELS[register]
    if order is None:
        order, descending = ORDER.get(register, (REGISTERS[register].title_field, False))
    conditions = [model.archived_on.is_not(None) if archived else model.archived_on.is_(None)]
    late: dict[str, Any] = {}  # filters that no SQL answers: computed values
    for key, wanted in filters.items():
        condition = _condition(session, register, key, wanted)
        if condition is None:
            late[key] = wanted
        else:
            conditions.append(condition)
    called = order == CALLED
    if called:
        order = REGISTERS[register].title_field
    words = fold(search).split()
    if register == "ngo":
        conditions += [Ngo.folded.contains(word, autoescape=True) for word in words]
    query = select(model.id).where(*conditions)
    by = _order_in_sql(register, order)
    if by is not None:
        if order == "ngo_id":
            query = query.join(Ngo, Ngo.id == model.ngo_id)
        first, then = (by.desc(), model.id.desc()) if descending else (by, model.id)
        query = query.order_by(by.is_(None), first, then)
    ids = list(session.scalars(query))
    if words and register != "ngo":
        said = _said(session, register)
        ids = [id for id in ids if all(word in said[id] for word in words)]
    if late:
        values = computed(session, register, ids)
        ids = [id for id in ids if all(_fits(values[id].get(key), wanted) for key, wanted in late.items())]
    if by is None:
        keys = _sort_keys(session, register, order, ids)
        ids.sort(key=lambda found: (keys.get(found, ""), found), reverse=descending)
    if called and len(ids) <= SORTED_HERE:
        names = titles(session, register, ids)
        ids.sort(key=lambda found: (_sorted(names[found]), found), reverse=descending)
    return array("q", ids)


def _order_in_sql(register: str, order: str) -> Column | InstrumentedAttribute[str] | None:
    if order == "ngo_id" and register != "ngo" and has_column(MODELS[register], "ngo_id"):
        return Ngo.folded if not MODELS[register].__table__.columns["ngo_id"].nullable else None
    if register == "ngo" and order == "name":
        return Ngo.folded
    model = MODELS[register]
    if REGISTERS[register][order].kind in _IN_SQL and has_column(model, order):
        return column(model, order)
    return None


def _condition(session: Session, register: str, key: str, wanted: Any) -> ColumnElement[bool] | None:
    """The filter as SQL, or None when only computed values can answer it."""
    model = MODELS[register]
    if register == "ngo" and key == "settlement":
        codes = [wanted] if isinstance(wanted, str) else list(wanted or ())
        return Ngo.settlement_id.in_(select(Settlement.id).where(Settlement.oktmo.in_(codes)))
    if register == "ngo" and key == "on_record":
        today = today_of(session)
        held = exists().where(
            NgoInterval.ngo_id == Ngo.id, NgoInterval.taken_on <= today,
            or_(NgoInterval.removed_on.is_(None), NgoInterval.removed_on > today),
        )  # fmt: skip
        return held if wanted else ~held
    if has_column(model, key):
        return _compared(column(model, key), wanted)
    for line in LINES[register]:
        if key in (line.gathered_as, line.by) and line.key != "ngo_mark" and key:
            lines = LINE_MODELS[line.key]
            return exists().where(
                column(lines, line.parent_column) == model.id, _compared(column(lines, line.by), wanted)
            )
    return None


def _compared(found: Any, wanted: Any) -> ColumnElement[bool]:
    if isinstance(wanted, Span):
        bounds = []
        if wanted.first is not None:
            bounds.append(found >= wanted.first)
        if wanted.last is not None:
            bounds.append(found <= wanted.last)
        return and_(True, *bounds)
    if isinstance(wanted, list | tuple | set | frozenset):
        return found.in_(list(wanted))  # type: ignore[no-any-return]
    return found.is_(None) if wanted is None else found == wanted  # type: ignore[no-any-return]


def _fits(value: Any, wanted: Any) -> bool:
    values = value if isinstance(value, tuple) else (value,)
    if isinstance(wanted, Span):
        low, high = wanted.first, wanted.last
        return any(v is not None and (low is None or v >= low) and (high is None or v <= high) for v in values)
    if isinstance(wanted, list | tuple | set | frozenset):
        return any(v in wanted for v in values)
    return wanted in values


def _said(session: Session, register: str) -> Mapping[int, str]:
    """All that a record says, folded: its texts, days and choices, and the names of what it points to."""
    record_type, model = REGISTERS[register], MODELS[register]
    fields = [f for f in record_type.fields if has_column(model, f.key)]
    shown = [f for f in fields if f.kind in _TOLD or f.kind in (Kind.CHOICE, Kind.LINK) or f.key == "entry_no"]
    words = {f.key: _words(session, f) for f in shown}
    said: dict[int, list[str]] = {}
    for id, *values in session.execute(select(model.id, *(column(model, f.key) for f in shown))):
        said[id] = [_word(words[f.key], f, v) for f, v in zip(shown, values, strict=True) if v not in (None, "")]
    for line in LINES[register]:
        for field in line.fields:
            if field.register == "ngo":
                names = _words(session, field)
                lines = LINE_MODELS[line.key]
                pairs = select(column(lines, line.parent_column), column(lines, field.key))
                for owner, linked in session.execute(pairs):
                    if linked is not None and names is not None:
                        said[owner].append(names[linked])
    return defaultdict(str, {id: " ".join(parts) for id, parts in said.items()})


def _words(session: Session, field: Field) -> Mapping[Any, str] | None:
    if field.kind is Kind.CHOICE:
        return {code: _folded(title) for code, title in dictionary_titles(session, field.dictionary).items()}
    if field.register == "ngo":
        return dict(session.execute(select(Ngo.id, Ngo.folded)).all())
    if field.register:
        return {id: _folded(title) for id, title in titles(session, field.register).items()}
    return None


def _word(known: Mapping[Any, str] | None, field: Field, value: Any) -> str:
    if known is not None:
        return known.get(value, "")
    if isinstance(value, str):
        return _folded(value)
    if isinstance(value, date):
        return _folded(f"{value:%d.%m.%Y}")
    return _folded(show(field.kind, value).replace("\u00a0", "")) if field.kind is Kind.MONEY else str(value)


def _sort_keys(session: Session, register: str, order: str, ids: Iterable[int]) -> Mapping[int, Any]:
    """Id -> by what it sorts, for orders that SQL does not know: Russian texts, titles, computed values."""
    field, model = REGISTERS[register][order], MODELS[register]
    if has_column(model, order):
        raw = dict(session.execute(select(model.id, column(model, order))).all())
    else:
        raw = {id: values.get(order) for id, values in computed(session, register, list(ids)).items()}
    named: Mapping[Any, str] = {}
    if field.dictionary:
        named = dictionary_titles(session, field.dictionary)
    elif field.register:
        named = titles(session, field.register)
    return {id: _sorted(_plain(named, value)) for id, value in raw.items()}


def _plain(named: Mapping[Any, str], value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(named.get(v, str(v)) for v in value)
    if isinstance(value, bool | int) and not named:
        return f"{int(value):012d}"
    return named.get(value, str(value))
