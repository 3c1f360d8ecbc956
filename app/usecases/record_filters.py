"""Filters beside a value, several values and a `Span`: text that holds words, a field that is empty or filled."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.fields import Field, Kind
from app.core.periods import Quarter
from app.core.text import fold
from app.records import REGISTERS
from app.usecases.computed import computed
from app.usecases.tables import MODELS, column, column_name, has_column

TEXTS = frozenset({Kind.TEXT, Kind.NOTE, Kind.OGRN, Kind.INN, Kind.KPP, Kind.MINJUST, Kind.PHONE, Kind.EMAIL, Kind.URL})
SPANNED = frozenset({Kind.DATE, Kind.MONEY, Kind.AMOUNT, Kind.COUNT, Kind.YEAR, Kind.QUARTER})
_NUMBERS = frozenset({Kind.MONEY, Kind.AMOUNT, Kind.COUNT})
_PORTION = 5000
_folded = lru_cache(maxsize=200_000)(fold)


@dataclass(frozen=True, slots=True)
class Contains:
    """Every word of the text stands in the field; case, ё and quotes aside.  Digits of a number may be parted."""

    text: str


@dataclass(frozen=True, slots=True)
class Filled:
    """The field holds something (yes), or nothing.  A sum or count of 0 is nothing: a table shows none."""

    yes: bool = True


Sifted = Contains | Filled


def sift(session: Session, register: str, ids: Sequence[int], filters: Mapping[str, Sifted]) -> list[int]:
    """Those of the ids whose fields fit, in their order."""
    found = list(ids)
    for key, wanted in filters.items():
        fits = _fitting(REGISTERS[register][key], wanted)
        values = _values(session, register, key, found)
        found = [id for id in found if fits(values.get(id))]
    return found


def _fitting(field: Field, wanted: Sifted) -> Callable[[Any], bool]:
    if isinstance(wanted, Filled):
        empty: tuple[Any, ...] = (None, "", (), 0) if field.kind in _NUMBERS else (None, "", ())
        return lambda value: (value not in empty) is wanted.yes
    squeezed = field.kind not in (Kind.TEXT, Kind.NOTE)
    words = [_squeezed(wanted.text)] if squeezed else fold(wanted.text).split()

    def holds(value: Any) -> bool:
        said = _squeezed(str(value or "")) if squeezed else _folded(str(value or ""))
        return all(word in said for word in words)

    return holds


def _squeezed(text: str) -> str:
    """A number or address without what people put between its signs."""
    return "".join(sign for sign in text.lower() if sign.isalnum() or sign in "@._+/")


def _values(session: Session, register: str, key: str, ids: Sequence[int]) -> Mapping[int, Any]:
    model, name = MODELS[register], column_name(register, key)
    if not has_column(model, name):
        return {id: values.get(key) for id, values in computed(session, register, ids).items()}
    query = select(model.id, column(model, name))
    if len(ids) > _PORTION:  # so many are read whole and sifted here
        return dict(session.execute(query).all())
    return dict(session.execute(query.where(model.id.in_(list(ids)))).all())


# --- periods that are named rather than typed


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days with the word by which it is chosen."""

    title: str
    first: date
    last: date


def periods(today: date) -> tuple[Period, ...]:
    """The periods that a clerk asks for, the nearest first."""
    quarter = Quarter.of(today)
    year, last = today.year, today.year - 1
    return (
        Period("этот квартал", quarter.first_day, quarter.last_day),
        Period("прошлый квартал", quarter.previous.first_day, quarter.previous.last_day),
        Period("этот год", date(year, 1, 1), date(year, 12, 31)),
        Period("прошлый год", date(last, 1, 1), date(last, 12, 31)),
        Period("последние 30 дней", today - timedelta(days=29), today),
    )


def split(filters: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Sifted]]:
    """Filters that the search answers itself, and those of this module."""
    own: Collection[str] = [key for key, wanted in filters.items() if isinstance(wanted, Contains | Filled)]
    return {k: v for k, v in filters.items() if k not in own}, {key: filters[key] for key in own}


def sifted(session: Session, register: str, ids: array[int], filters: Mapping[str, Sifted]) -> array[int]:
    """`sift` over what the search found."""
    return array("q", sift(session, register, ids, filters)) if filters else ids
