"""What a mark gives: a value for a cell of its own, and its words within a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar, overload

from app.core.alike import in_russian_letters
from app.core.russian import day, decimal, integer
from app.returns.form import ColumnSpec, RowKind
from app.returns.snapshot import Average, Envelope, NeedLine, QuarterReturn, ServiceLine

T = TypeVar("T")
NOTHING = "—"
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Shown:
    """value: what a cell of its own gets, None for an empty one.  words: how it reads within a text.

    percent: the value is so many hundredths, which a cell with a format of per cent shows itself.
    """

    value: Decimal | int | date | str | None
    words: str
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A return with what stands beside its data.  draft: it is not approved yet."""

    ret: QuarterReturn
    envelope: Envelope
    draft: bool = False


def figure(value: Decimal | int | None, places: int, *, percent: bool = False) -> Shown:
    """A figure in Russian fashion, «—» where there is none."""
    if value is None:
        return Shown(None, NOTHING)
    said = decimal(Decimal(value), places) if places else integer(int(value))
    return Shown(value, said, percent)


def interval(lower: Decimal | None, upper: Decimal, places: int) -> Shown:
    """«от 12 до 15»: the exact number is not known, so it is no figure."""
    return text(f"от {figure(lower, places).words} до {figure(upper, places).words}")


def table_figure(ret: QuarterReturn, line: ServiceLine | NeedLine, spec: ColumnSpec, period: str) -> Shown:
    """A cell of table 3 or 4; a unique figure of the year may be an interval."""
    value = getattr(getattr(line, period), spec.key)
    if isinstance(value, Average):
        value = value.value
    upper = ret.upper_of(f"{line.key}.{spec.key}") if spec.kind is RowKind.UNIQUE and period == "year" else None
    return figure(value, spec.places) if upper is None else interval(value, Decimal(upper), spec.places)


def text(value: str) -> Shown:
    return Shown(value or None, value)


def number(value: int) -> Shown:
    """A year or a №: no spaces between its groups."""
    return Shown(value, str(value))


def on_day(value: date | None) -> Shown:
    return Shown(value, day(value))


def fold_code(code: str) -> str:
    """A typed name as it is compared: without case, ё, soft hyphens, spare spaces, English lookalikes."""
    lowered = code.replace("\u00ad", "").lower().replace("ё", "е")
    return _SPACES.sub(" ", in_russian_letters(lowered)).strip()


@overload
def by_folded(names: Mapping[str, Iterable[str]]) -> dict[str, str]: ...
@overload
def by_folded(names: Mapping[str, Iterable[str]], targets: Mapping[str, T]) -> dict[str, T]: ...
def by_folded(
    names: Mapping[str, Iterable[str]], targets: Mapping[str, T] | None = None
) -> dict[str, T] | dict[str, str]:
    """Every name and other name, folded, with its key (or with what stands under that key in targets)."""
    found = {fold_code(other): key for key, others in names.items() for other in others}
    found |= {fold_code(key): key for key in names}
    return found if targets is None else {name: targets[key] for name, key in found.items()}
