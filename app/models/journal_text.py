"""How a kept value reads as text in the journal, and back: canonical, so that equal values are equal texts.

Of bytes (the papers of a frozen return) the text is their SHA-256, which is not read back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Integer, LargeBinary, inspect
from sqlalchemy.types import TypeEngine

from app.core.money import kopecks
from app.core.periods import Quarter
from app.models.base import Base, Hundredths, Line, QuarterCode

_LEFT_OUT = {"frozen_return": ("data",), "received_return": ("data",),
             "consolidated_return": ("data",), "document_blob": ("content",)}
"""Columns that are not journalled: large, never changed, and hashed by a column beside them."""


@dataclass(frozen=True, slots=True)
class KeptField:
    """A column: the name of its attribute and of itself, its text, and the value of a text.

    secret: of the value only the fingerprint is ever told, so no text leads back to it.
    """

    key: str
    name: str
    text: Callable[[Any], str | None]
    value: Callable[[str | None], Any]
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """What the journal knows of a class."""

    table: str
    fields: tuple[KeptField, ...]
    primary: tuple[str, ...]
    owner_key: str
    owner_table: str

    def record_id(self, row: Base) -> str:
        return "/".join(_plain(getattr(row, key)) or "" for key in self.primary)

    def owner(self, row: Base) -> tuple[str, str]:
        """Table and key of the record a line hangs on; empty for a record."""
        if not self.owner_key:
            return "", ""
        return self.owner_table, _plain(getattr(row, self.owner_key)) or ""


@cache
def shape_of(kept: type[Base]) -> Shape:
    mapper = inspect(kept)
    table = mapper.local_table
    left_out = _LEFT_OUT.get(kept.__tablename__, ())
    fields = tuple(
        KeptField(
            attribute.key,
            column.name,
            _fingerprint if column.info.get("secret") else _writer(column.type),
            _reader(column.type, nullable=bool(column.nullable)),
            bool(column.info.get("secret")),
        )
        for attribute in mapper.column_attrs
        for column in attribute.columns
        if column.name not in left_out
    )
    primary = tuple(mapper.get_property_by_column(column).key for column in mapper.primary_key)
    parent = next((c for c in table.columns if c.foreign_keys), None) if issubclass(kept, Line) else None
    if parent is None:
        return Shape(kept.__tablename__, fields, primary, "", "")
    (link,) = parent.foreign_keys
    return Shape(kept.__tablename__, fields, primary, mapper.get_property_by_column(parent).key, link.column.table.name)


@cache
def class_of(table: str) -> type[Base]:
    """The kept class of a table; KeyError if there is none."""
    return {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}[table]


def _plain(value: Any) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)


def _fingerprint(value: str | None) -> str | None:
    """Of a password's hash again a hash, so that the journal shows that it was changed, and by nobody past it."""
    return hashlib.sha256(value.encode()).hexdigest() if value else None


def _writer(kind: TypeEngine[Any]) -> Callable[[Any], str | None]:
    if isinstance(kind, Hundredths):
        return lambda value: None if value is None else str(kopecks(value))
    if isinstance(kind, Boolean):
        return lambda value: None if value is None else "1" if value else "0"
    if isinstance(kind, LargeBinary):  # a paper: the journal holds its fingerprint
        return lambda value: None if value is None else hashlib.sha256(value).hexdigest()
    return _plain


def _reader(kind: TypeEngine[Any], *, nullable: bool) -> Callable[[str | None], Any]:
    """Reads what `_writer` wrote.  An absent text is '' where NULL cannot stand."""
    readers: tuple[tuple[type[TypeEngine[Any]], Callable[[str], Any]], ...] = (
        (Hundredths, Decimal),
        (QuarterCode, Quarter.parse),
        (Boolean, lambda text: text == "1"),
        (Integer, int),
        (DateTime, datetime.fromisoformat),
        (Date, date.fromisoformat),
    )
    read: Callable[[str], Any] = next((reader for known, reader in readers if isinstance(kind, known)), str)
    empty = None if nullable else ""
    return lambda text: empty if text is None else read(text)
