"""Named views of a register: search, filters, columns and order that whoever opens the file finds again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError, InvalidRecord
from app.core.periods import Quarter
from app.core.text import fold, sort_key
from app.models import SavedView
from app.records import REGISTERS
from app.usecases.accounts import today_of
from app.usecases.record_filters import Contains, Filled
from app.usecases.record_search import Span
from app.usecases.titles import quoted

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class View:
    """How a register is looked at.  filters: as `registers.find` takes them.  columns: field keys, () as by default.

    order: (field key or None for the usual one, descending).
    """

    search: str = ""
    filters: Mapping[str, Any] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    order: tuple[str | None, bool] = (None, False)
    archived: bool = False


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A kept view.  made_by: who saved it last."""

    id: int
    name: str
    view: View
    made_by: str


def save_view(session: Session, register: str, name: str, view: View) -> int:
    """Keep a view under a name; the one of that name in the register is changed.  InvalidRecord without a name."""
    told = " ".join(name.split())
    if not told:
        raise InvalidRecord({"name": "Назовите вид: по имени его найдут."})
    if len(told) > LONGEST_NAME:
        raise InvalidRecord({"name": f"Название длиннее {LONGEST_NAME} знаков: сократите его."})
    kept = next((row for row in _live(session, register) if fold(row.name) == fold(told)), None)
    if kept is None:
        kept = SavedView(register=register)
        session.add(kept)
    kept.name, kept.content, kept.made_by = told, _written(view), session.info["actor"]
    session.flush()
    return kept.id


def remove_view(session: Session, id: int) -> None:
    """Put a view away.  AppError when there is none such."""
    kept = session.get(SavedView, id)
    if kept is None or kept.archived_on is not None:
        raise AppError("Такого вида уже нет.", "Его убрали раньше.")
    kept.archived_on, kept.archive_reason = today_of(session), f"убран вид {quoted(kept.name)}"
    session.flush()


def views(session: Session, register: str) -> tuple[ViewRow, ...]:
    """The views of a register by name; what they name and the register no longer has is left out."""
    rows = sorted(_live(session, register), key=lambda row: sort_key(row.name))
    return tuple(ViewRow(row.id, row.name, _read(register, row.content), row.made_by) for row in rows)


def _live(session: Session, register: str) -> list[SavedView]:
    query = select(SavedView).where(SavedView.register == register, SavedView.archived_on.is_(None))
    return list(session.scalars(query.order_by(SavedView.id)))


# --- a view as text


def _written(view: View) -> str:
    content = {
        "search": view.search,
        "filters": {key: _told(wanted) for key, wanted in view.filters.items()},
        "columns": list(view.columns),
        "order": list(view.order),
        "archived": view.archived,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _read(register: str, text: str) -> View:
    kept = json.loads(text)
    known = {one.key for one in REGISTERS[register].fields}
    order = kept["order"][0]
    return View(
        search=kept["search"],
        filters={key: _taken(told) for key, told in kept["filters"].items() if key in known},
        columns=tuple(key for key in kept["columns"] if key in known),
        order=(order if order in known else None, bool(kept["order"][1])),
        archived=kept["archived"],
    )


def _told(value: Any) -> Any:
    """A wanted value in JSON: [kind, …] for what JSON has no word for."""
    match value:
        case Contains(text):
            return ["contains", text]
        case Filled(yes):
            return ["filled", yes]
        case Span(first, last):
            return ["span", _told(first), _told(last)]
        case Quarter():
            return ["quarter", str(value)]
        case Decimal():
            return ["number", str(value)]
        case date():
            return ["day", value.isoformat()]
        case list() | tuple() | set() | frozenset():
            return ["any", *(_told(one) for one in value)]
    return value


def _taken(told: Any) -> Any:
    if not isinstance(told, list):
        return told
    kind, *rest = told
    match kind:
        case "contains":
            return Contains(rest[0])
        case "filled":
            return Filled(rest[0])
        case "span":
            return Span(_taken(rest[0]), _taken(rest[1]))
        case "quarter":
            return Quarter.parse(rest[0])
        case "number":
            return Decimal(rest[0])
        case "day":
            return date.fromisoformat(rest[0])
    return tuple(_taken(one) for one in rest)
