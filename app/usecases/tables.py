"""Which class keeps a register or its lines, and how its columns and fields answer each other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.core.errors import AppError
from app.core.fields import Field, Kind
from app.models import Activity, Base, LegalForm, NeedCategory, ServiceCode, Settlement, Territory
from app.models.base import Record
from app.records import LINES, REGISTERS, LineType

Column = InstrumentedAttribute[Any]

_BY_TABLE: dict[str, Any] = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}  # type: ignore[attr-defined]
MODELS: dict[str, Any] = {key: _BY_TABLE[key] for key in REGISTERS}
LINE_MODELS: dict[str, Any] = {line.key: _BY_TABLE[line.key] for lines in LINES.values() for line in lines}
DICTIONARIES: dict[str, Any] = {
    "legal_form": LegalForm,
    "activity": Activity,
    "service_code": ServiceCode,
    "need_category": NeedCategory,
    "settlement": Settlement,
    "territory": Territory,
}

COLUMN_NAMES = {("ngo", "settlement"): "settlement_id"}
"""Fields whose column has another name: a settlement is chosen by its ОКТМО and kept by its row."""


def column_name(key: str, field: str) -> str:
    """The column of a field of a register or of lines."""
    return COLUMN_NAMES.get((key, field), field)


def has_column(model: Any, name: str) -> bool:
    return name in model.__table__.columns


def column(model: Any, name: str) -> Column:
    """The mapped attribute of a column."""
    found: Column = getattr(model, name)
    return found


def default_of(model: Any, name: str) -> Any:
    """The plain default of a column, or None."""
    default = model.__table__.columns[name].default
    return default.arg if default is not None and default.is_scalar else None


def stored(row: Any, key: str, fields: tuple[Field, ...]) -> dict[str, Any]:
    """Values of a kept row by field key, those without a column left out.

    A field whose column has another name is given the column's value: an id, to be translated.
    """
    model = type(row)
    found = {}
    for field in fields:
        name = column_name(key, field.key)
        if has_column(model, name):
            found[field.key] = getattr(row, name)
    return found


def emptied(model: Any, name: str, value: Any) -> Any:
    """The value as the column keeps «nothing»: NULL where it may, else its default."""
    if value not in (None, "", ()):
        return value
    spec = model.__table__.columns[name]
    if spec.nullable:
        return None
    default = default_of(model, name)
    return "" if default is None and isinstance(spec.type, String) else default


def record(session: Session, register: str, id: int, *, archived: bool = False) -> Any:
    """The kept record; AppError when there is none, or it is archived and that was not asked for."""
    row: Record | None = session.get(MODELS[register], id)
    title = REGISTERS[register].title_one
    if row is None:
        raise AppError(f"{title}: записи №\u00a0{id} нет.", "Обновите список: запись могла быть отменена.")
    if row.archived_on is not None and not archived:
        raise AppError(f"{title}: запись в архиве.", "Сначала верните её из архива.")
    return row


@cache
def links_to(register: str) -> Mapping[str, tuple[tuple[str, LineType | None, str], ...]]:
    """Where records of the register are named: naming register -> (register, line or None, field)."""
    found: dict[str, list[tuple[str, LineType | None, str]]] = {}
    for key, record_type in REGISTERS.items():
        for field in record_type.fields:
            if field.kind is Kind.LINK and field.register == register and has_column(MODELS[key], field.key):
                found.setdefault(key, []).append((key, None, field.key))
        for line in LINES[key]:
            for field in line.fields:
                if field.kind is Kind.LINK and field.register == register:
                    found.setdefault(key, []).append((key, line, field.key))
    return {key: tuple(places) for key, places in found.items()}
