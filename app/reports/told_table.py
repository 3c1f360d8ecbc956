"""A table with what was sought and sifted, for every form it leaves the program in: paper, Word, the clipboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.fields import Field, Kind
from app.core.russian import day, day_in_words, decimal, integer
from app.core.values import show

EVERYTHING = "Без отбора: все записи."
PLACES = {Kind.MONEY: 2, Kind.AMOUNT: 2, Kind.COUNT: 0}
"""Kinds that are figures, with their decimals."""
FIXED = {
    Kind.DATE: 20.0, Kind.OGRN: 27.0, Kind.INN: 24.0, Kind.KPP: 20.0, Kind.MINJUST: 22.0, Kind.YEAR: 14.0,
    Kind.QUARTER: 30.0, Kind.FLAG: 16.0, Kind.MONEY: 27.0, Kind.AMOUNT: 19.0, Kind.COUNT: 17.0,
}  # fmt: skip
"""Millimetres of columns whose content has a known length; figures grow at need."""


@dataclass(frozen=True, slots=True)
class TablePaper:
    """rows: a value for each field, choices and links as their words.  sums: under columns, None for nothing.

    told: search and filters in words.  count: «16 организаций».  owner: whose table it is.
    """

    title: str
    owner: str
    told: tuple[str, ...]
    count: str
    as_of: date
    fields: tuple[Field, ...]
    rows: tuple[tuple[Any, ...], ...]
    sums: tuple[Decimal | None, ...] = ()

    @property
    def sifted(self) -> str:
        """«Отобрано: поиск «свет»; статус: действует.»"""
        return f"Отобрано: {'; '.join(self.told)}." if self.told else EVERYTHING

    @property
    def counted(self) -> str:
        return f"{self.count}; сведения на {day_in_words(self.as_of)}"


def head_of(field: Field) -> str:
    """The heading of a column."""
    return f"{field.title}, ₽" if field.kind is Kind.MONEY and "₽" not in field.title else field.title


def is_empty(field: Field, value: Any) -> bool:
    """Nothing to show; a nought of a figure is nothing too, as in the table."""
    return value is None or value == "" or value == () or (field.kind in PLACES and not value)


def words_of(field: Field, value: Any) -> str:
    """A value as a person reads it, '' for nothing."""
    if is_empty(field, value):
        return ""
    if field.kind in PLACES and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return decimal(value, PLACES[field.kind]) if isinstance(value, Decimal) else integer(value)
    if isinstance(value, str):
        return value
    return day(value) if isinstance(value, date) else show(field.kind, value)


def total_words(table: TablePaper) -> tuple[str, ...] | None:
    """The cells of the line «Итого», or None where nothing is added up."""
    if not table.rows or all(one is None for one in table.sums):
        return None
    cells = ["" if total is None else words_of(field, total) or "0"
             for field, total in zip(table.fields, table.sums, strict=True)]  # fmt: skip
    words = next((place for place, total in enumerate(table.sums) if total is None), None)
    if words is not None:
        cells[words] = "Итого"
    return tuple(cells)


def lines_of(table: TablePaper) -> Iterator[tuple[str, ...]]:
    """The rows as words, without head and total."""
    for row in table.rows:
        yield tuple(words_of(field, value) for field, value in zip(table.fields, row, strict=True))
