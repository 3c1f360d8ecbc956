"""Opening balances: what was true at the end of the last quarter without the program (DOMAIN §6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError, Deed, InvalidRecord
from app.core.money import kopecks
from app.core.periods import Quarter
from app.models import FrozenReturn, OpeningFigure, OpeningKey
from app.returns.records import Opening
from app.usecases.tables import MODELS


def opening(session: Session) -> Opening | None:
    """The opening balances of this file, or None."""
    figures = session.scalars(select(OpeningFigure).order_by(OpeningFigure.id)).all()
    keys = session.scalars(select(OpeningKey).order_by(OpeningKey.id)).all()
    if not figures and not keys:
        return None
    members: dict[str, tuple[str, ...]] = {}
    for row in keys:
        members[row.cell] = (*members.get(row.cell, ()), row.key)
    return Opening(
        quarter=(figures[0] if figures else keys[0]).quarter,
        figures={row.cell: row.value for row in figures},
        bare=frozenset(row.cell for row in figures if row.bare),
        keys=members,
    )


def save_opening(
    session: Session, quarter: Quarter, figures: Mapping[str, Decimal], *, bare: Iterable[str] = (),
    keys: Mapping[str, Sequence[str]] | None = None,
) -> None:  # fmt: skip
    """Set the opening balances at the end of a quarter, in the place of any before.

    figures: cell -> value (`101.year`); bare: cells of unique figures «без состава»; keys: cell ->
    uuids of cards.  AppError once a return is frozen; InvalidRecord for a figure below zero.
    """
    if session.scalar(select(FrozenReturn.id).limit(1)) is not None:
        raise AppError(
            "Уже есть утверждённый отчёт: начальные остатки больше не меняются.",
            "Исправьте записи и составьте уточнённый отчёт.", Deed.RETURNS,
        )
    faults = {cell: "Остаток не может быть отрицательным." for cell, value in figures.items() if value < 0}
    if faults:
        raise InvalidRecord(faults)
    without_members = set(bare)
    for row in (*session.scalars(select(OpeningFigure)), *session.scalars(select(OpeningKey))):
        session.delete(row)
    session.flush()
    session.add_all(
        OpeningFigure(quarter=quarter, cell=cell, value=kopecks(value), bare=cell in without_members)
        for cell, value in sorted(figures.items())
    )
    session.add_all(
        OpeningKey(quarter=quarter, cell=cell, key=key)
        for cell, members in sorted((keys or {}).items())
        for key in dict.fromkeys(members)
    )
    session.flush()


def register_of(cell: str) -> str:
    """Whose cards a unique figure counts: centres in 303, partners in 503, NGOs elsewhere."""
    return {"303": "centre", "503": "partner"}.get(cell.partition(".")[0], "ngo")


def keys_of(session: Session, register: str, ids: Iterable[int]) -> tuple[str, ...]:
    """The keys under which cards are counted, in the order of the ids."""
    model = MODELS[register]
    known: dict[int, str] = dict(session.execute(select(model.id, model.uuid)).all())
    return tuple(known[id] for id in ids)


def ids_of(session: Session, register: str, keys: Iterable[str]) -> tuple[int, ...]:
    """The cards of those keys."""
    model = MODELS[register]
    known: dict[str, int] = dict(session.execute(select(model.uuid, model.id)).all())
    return tuple(known[key] for key in keys if key in known)
