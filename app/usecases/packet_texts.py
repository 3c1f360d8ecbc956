"""Which values of a record travel in a packet, and how they read as text that means the same in every copy.

A link is told by the lasting key (uuid) of the record it names, a settlement by its ОКТМО.  Periods of account,
numbers of the register of recipients and folded names do not travel: each file settles them by its own rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import Any

from sqlalchemy import Boolean, Integer, select
from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.fields import Field, Kind
from app.core.values import show
from app.exchange.packets import broken, newer
from app.models import Settlement
from app.models.base import Hundredths
from app.models.journal_text import KeptField, shape_of
from app.records import LINES, REGISTERS, LineType
from app.usecases.tables import LINE_MODELS, MODELS, column_name, has_column
from app.usecases.titles import dictionary_titles, titles

SETTLEMENT = "settlement"
"""The «register» of a settlement among links: it is no register, and its key is its ОКТМО."""
MERGED = "merged_into_id"
ANY = "*"
"""The «register» of what a reminder is about: a record of whatever register, told with it («ngo:uuid»)."""
_ABOUT = ("about_register", "about_id")
_FIGURE = re.compile(r"-?\d{1,16}\.\d{2}", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Carried:
    """A column that travels.

    name: of the column.  field: as it is declared; None for what only verbs of the field write (`also` of
    `records.write`).  register: of a link.  kept: how the journal reads and writes it.  type: of the column.
    """

    name: str
    title: str
    kept: KeptField
    field: Field | None
    type: Any
    register: str = ""


@cache
def carried(table: str) -> Mapping[str, Carried]:
    """The columns of a register or of lines that travel, by name.  AppError for an unknown table."""
    if table in MODELS:
        fields, model = REGISTERS[table].fields, MODELS[table]
    elif table in LINE_MODELS:
        fields, model = line_type_of(table).fields, LINE_MODELS[table]
    else:
        raise newer()
    kept = {one.name: one for one in shape_of(model).fields}
    types = {column.name: column.type for column in model.__table__.columns}
    titles_of = {column_name(table, field.key): field.title for field in fields}
    found = {}
    for field in fields:
        name = column_name(table, field.key)
        if field.computed or not has_column(model, name):
            continue
        register = SETTLEMENT if field.dictionary == "settlement" else field.register
        found[name] = Carried(name, field.title, kept[name], field, types[name], register)
    parent = "" if table in MODELS else line_type_of(table).parent_column
    for column in model.__table__.columns:
        link = next((key.column.table.name for key in column.foreign_keys), "")
        if column.name not in (*found, MERGED, parent) and link in MODELS:
            title = titles_of.get(column.name, REGISTERS[link].title_one)
            found[column.name] = Carried(column.name, title, kept[column.name], None, column.type, link)
        elif column.name == _ABOUT[1]:
            title = titles_of.get("about", "О какой записи")
            found[column.name] = Carried(column.name, title, kept[column.name], None, column.type, ANY)
    return found


@cache
def line_type_of(table: str) -> LineType:
    """The lines of that table; KeyError if there are none such."""
    return {line.key: line for lines in LINES.values() for line in lines}[table]


@cache
def in_order() -> tuple[str, ...]:
    """Registers, each after those whose records it names."""
    before: dict[str, set[str]] = {}
    for register in REGISTERS:
        tables = (register, *(line.key for line in LINES[register]))
        named = {one.register for table in tables for one in carried(table).values()}
        every = set(REGISTERS) if ANY in named else named
        before[register] = {link for link in every if link in REGISTERS and link != register}
    try:
        return tuple(TopologicalSorter(before).static_order())
    except CycleError:
        return tuple(REGISTERS)


class Keys:
    """Ids and lasting keys of the records of one file, looked up once.  also: keys that mean another's record."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ids: dict[str, dict[str, int]] = {}
        self._uuids: dict[str, dict[int, str]] = {}

    def id(self, register: str, key: str) -> int | None:
        return self._known(register)[0].get(key)

    def uuid(self, register: str, id: int) -> str:
        return self._known(register)[1].get(id, "")

    def add(self, register: str, key: str, id: int) -> None:
        """From now on the key means that record; what is written of the record itself keeps its own key."""
        ids, uuids = self._known(register)
        ids[key] = id
        uuids.setdefault(id, key)

    def drop(self, register: str, key: str) -> None:
        ids, uuids = self._known(register)
        uuids.pop(ids.pop(key, 0), None)

    def _known(self, register: str) -> tuple[dict[str, int], dict[int, str]]:
        if register not in self._ids:
            query = (
                select(Settlement.oktmo, Settlement.id) if register == SETTLEMENT
                else select(MODELS[register].uuid, MODELS[register].id)
            )  # fmt: skip
            self._ids[register] = dict(self._session.execute(query).all())
            self._uuids[register] = {id: known for known, id in self._ids[register].items()}
        return self._ids[register], self._uuids[register]


def told(one: Carried, text: str | None, keys: Keys, of: str = "") -> str | None:
    """A text of the journal as a packet tells it: an id by the key of its record.  of: the register of one of ANY."""
    if not text:
        return None
    if one.register == ANY:
        key = keys.uuid(of, int(text)) if of in MODELS else ""
        return f"{of}:{key}" if key else None
    return keys.uuid(one.register, int(text)) or None if one.register else text


def text_now(one: Carried, row: Any, keys: Keys) -> str | None:
    """What a kept row holds, as a packet would tell it."""
    of = getattr(row, _ABOUT[0]) if one.register == ANY else ""
    return told(one, one.kept.text(getattr(row, one.kept.key)), keys, of)


def about(text: str) -> tuple[str, str]:
    """Register and key of a link of ANY; AppError for a register that there is not."""
    register, _, key = text.partition(":")
    if register not in MODELS:
        raise newer()
    return register, key


def value_of(one: Carried, text: str | None, keys: Keys) -> Any:
    """The value of a text of a packet.  AppError for a text of another kind; Absent for an unknown record."""
    if one.register == SETTLEMENT:
        return text
    if text is None:
        return one.kept.value(None)
    if one.register:
        id = keys.id(*about(text)) if one.register == ANY else keys.id(one.register, text)
        if id is None:
            raise Absent(one)
        return id
    column = one.type
    sound = (
        _FIGURE.fullmatch(text) if isinstance(column, Hundredths)
        else text in ("0", "1") if isinstance(column, Boolean)
        else _NUMBER.fullmatch(text) if isinstance(column, Integer)
        else True
    )  # fmt: skip
    try:
        if sound:
            return one.kept.value(text)
    except (ValueError, AppError):
        pass
    raise broken(f"поле «{one.title}»")


class Absent(Exception):
    """A link of the packet names a record that is not there."""

    def __init__(self, one: Carried) -> None:
        super().__init__(one.name)
        self.one = one


def shown(session: Session, one: Carried, text: str | None, keys: Keys, names: Mapping[str, str]) -> str:
    """A text of a packet as a person reads it.  names: key -> title of records that the packet brings."""
    if text is None:
        return "—"
    if one.register and one.register != SETTLEMENT:
        register, key = about(text) if one.register == ANY else (one.register, text)
        id = keys.id(register, key)
        return titles(session, register, [id]).get(id, "") if id is not None else names.get(key, "запись")
    field = one.field
    if field is not None and field.kind in (Kind.CHOICE, Kind.CHOICES):
        return str(dictionary_titles(session, field.dictionary).get(text, text))
    value = value_of(one, text, keys)
    return show(field.kind, value) if field is not None else text

