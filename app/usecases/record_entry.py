"""A record on its way into its register: what was given laid over what is kept, with its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.fields import Field, Kind, RecordType, Values
from app.core.money import kopecks
from app.models import Settlement
from app.records import LINES, REGISTERS, LineType
from app.usecases.accounts import Accounts, today_of
from app.usecases.tables import (
    LINE_MODELS,
    MODELS,
    column,
    column_name,
    default_of,
    has_column,
    record,
    stored,
)

ONLY_ADDED = frozenset({"ngo_mark"})
"""Lines with a term that gathered values add to and never take from: an ended mark is not among today's."""


@dataclass
class LineEntry:
    """One line: the row it is kept in, or None for a new one, and its values."""

    row: Any
    values: dict[str, Any]

    @property
    def is_new(self) -> bool:
        return self.row is None


@dataclass
class Entry:
    """A record being saved.

    before: its kept values, empty for a new one.  values: what it will have.  given: what a person
    or a list named.  lines: what each kind of lines will be.  dropped: kept lines that go.
    """

    session: Session
    register: str
    row: Any
    before: dict[str, Any]
    values: dict[str, Any]
    given: Values
    lines: dict[str, list[LineEntry]] = field(default_factory=dict)
    dropped: list[Any] = field(default_factory=list)

    @cached_property
    def accounts(self) -> Accounts:
        """Which quarters still take facts, as the record is saved."""
        return Accounts.of(self.session)

    @property
    def type(self) -> RecordType:
        return REGISTERS[self.register]

    @property
    def is_new(self) -> bool:
        return self.row is None

    @property
    def today(self) -> date:
        return today_of(self.session)

    def changed(self, *keys: str) -> bool:
        """Is the record new, or does any of these values differ from the kept one?"""
        return self.is_new or any(self.before.get(key) != self.values.get(key) for key in keys)

    def whole(self) -> dict[str, Any]:
        """Values with the lines under their keys, as cross-field rules read them."""
        return self.values | {key: tuple(line.values for line in lines) for key, lines in self.lines.items()}


def entry_of(
    session: Session, register: str, id: int | None, values: Values, lines: Mapping[str, Sequence[Values]],
    also: Values,
) -> Entry:  # fmt: skip
    """Lay the given values and lines over the kept ones.

    Computed fields among the values are passed over, but for those that gather lines.
    also: columns that only verbs write.  KeyError for a field or lines the register has not.
    """
    record_type, model = REGISTERS[register], MODELS[register]
    row = record(session, register, id) if id is not None else None
    known = {f.key for f in record_type.fields}
    strangers = set(values) - known | (set(lines) - {line.key for line in LINES[register]})
    if strangers:
        raise KeyError(f"{register} has no {', '.join(sorted(strangers))}")
    if row is None:
        before: dict[str, Any] = {}
        start = {f.key: _default(model, register, f) for f in record_type.fields if _kept(model, register, f)}
    else:
        before = stored(row, register, record_type.fields)
        if register == "ngo":
            settlement = session.get(Settlement, before["settlement"]) if before["settlement"] else None
            before["settlement"] = settlement.oktmo if settlement else None
        start = dict(before)
    typed = {f.key: f for f in record_type.typed}
    laid = {key: cleaned(typed[key], value) for key, value in values.items() if key in typed}
    entry = Entry(session, register, row, before, start | laid | dict(also), values)
    for line in LINES[register]:
        given = lines.get(line.key)
        kept = _kept_lines(session, line, row)
        if given is None and line.gathered_as in values:
            given = _gathered(line, kept, values[line.gathered_as], entry.today)
        entry.lines[line.key] = _laid_lines(entry, line, kept, given)
    return entry


def cleaned(field: Field, value: Any) -> Any:
    """The value as it is compared and kept: no blanks around texts, amounts with two decimals."""
    if isinstance(value, str):
        value = value.strip()
    if value == "":
        return None if field.kind not in (Kind.TEXT, Kind.NOTE) else ""
    if field.kind in (Kind.MONEY, Kind.AMOUNT) and isinstance(value, int | Decimal):
        return kopecks(value)
    return value


def _kept(model: Any, register: str, field: Field) -> bool:
    return has_column(model, column_name(register, field.key))


def _default(model: Any, register: str, field: Field) -> Any:
    return default_of(model, column_name(register, field.key))


def _kept_lines(session: Session, line: LineType, row: Any) -> list[Any]:
    if row is None:
        return []
    model = LINE_MODELS[line.key]
    return list(session.scalars(select(model).where(column(model, line.parent_column) == row.id).order_by(model.id)))


def _gathered(line: LineType, kept: Sequence[Any], values: Sequence[Any] | None, today: date) -> list[Values]:
    wanted = list(dict.fromkeys(values or ()))
    present = [getattr(row, line.by) for row in kept]
    stay = [
        {"id": row.id}
        for row, value in zip(kept, present, strict=True)
        if value is None or value in wanted or line.key in ONLY_ADDED
    ]
    if line.key in ONLY_ADDED:  # what ended is given anew
        present = [getattr(row, line.by) for row in kept if row.valid_to is None or row.valid_to >= today]
    return [*stay, *({line.by: value} for value in wanted if value not in present)]


def _laid_lines(entry: Entry, line: LineType, kept: list[Any], given: Sequence[Values] | None) -> list[LineEntry]:
    if given is None:
        return [LineEntry(row, stored(row, line.key, line.fields)) for row in kept]
    model = LINE_MODELS[line.key]
    free = {row.id: row for row in kept}
    typed = {f.key: f for f in line.typed}
    laid = []
    for one in given:
        values = {key: cleaned(typed[key], value) for key, value in one.items() if key in typed}
        row = _same_line(line, free, one.get("id"), values)
        empty = {f.key: default_of(model, f.key) for f in line.fields}
        start = empty if row is None else stored(row, line.key, line.fields)
        laid.append(LineEntry(row, start | values))
    entry.dropped += free.values()
    return laid


def _same_line(line: LineType, free: dict[int, Any], id: Any, values: Values) -> Any:
    """The kept line that is meant: by its id, else by what makes such lines one; it is no longer free."""
    if id is not None:
        if id not in free:
            raise AppError("Запись тем временем изменили.", "Закройте карточку и откройте её снова.")
        return free.pop(id)
    keys = line.match or tuple(key for key in values)
    for kept in free.values():
        if keys and all(getattr(kept, key) == values.get(key) for key in keys):
            return free.pop(kept.id)
    return None
