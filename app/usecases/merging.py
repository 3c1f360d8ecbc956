"""Two cards of one NGO side by side, and made one: field by field, with all that hangs on them.

The loser stays in the records and points to the winner; its decisions, services and needs stay where they were
written, and returns count them under the winner (`ngos.merge`).  What the winner lacks of kinds of activity, marks,
figures of years and contact persons comes to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.fields import Field, Kind, Values
from app.core.values import show
from app.models import Contact
from app.records import LINES, REGISTERS
from app.usecases import ngos, records, registers
from app.usecases.accounts import today_of
from app.usecases.records import naming

LEFT, RIGHT = "left", "right"
_UNITED = ("ngo_activity", "ngo_mark", "ngo_year", "contact")
_BY = {"ngo_activity": "activity_code", "ngo_mark": "mark", "ngo_year": "year", "contact": "name"}
_NEVER = frozenset({"kind", "ogrn", "is_branch", "head_id", "kpp"})
"""What makes the card that stays the one it is; the other's word is not taken."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A field of both cards, in words.  differs: both say something, and not the same.  chosen: the side that is kept.

    fixed: the side cannot be changed.
    """

    key: str
    title: str
    left: str
    right: str
    differs: bool
    chosen: str
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One of the cards.  hanging: register -> number of live records that name it."""

    id: int
    name: str
    hanging: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two cards.  stays: the side that stays.  united: title of a kind of lines -> what the card will have.

    refusal: why these two cannot be made one, or ''.
    """

    left: Side
    right: Side
    stays: str
    fields: tuple[Compared, ...]
    united: tuple[tuple[str, str], ...]
    refusal: str = ""


def compare(session: Session, left: int, right: int, *, stays: str | None = None) -> Comparison:
    """Both cards field by field.  stays: the side that stays; without it the card with an ОГРН, then the fuller one."""
    cards = {LEFT: registers.card(session, "ngo", left), RIGHT: registers.card(session, "ngo", right)}
    kept = stays or _stays(cards[LEFT].values, cards[RIGHT].values)
    fields = tuple(
        _compared(spec, cards[LEFT].values, cards[RIGHT].values, kept)
        for spec in REGISTERS["ngo"].fields
        if not spec.computed
    )
    sides = {side: _side(session, card) for side, card in cards.items()}
    lost = cards[_other(kept)]
    united = tuple(_united_words(key, lost, cards[kept], today_of(session)) for key in _UNITED)
    error = ngos.merge_refusal(session, lost.id, cards[kept].id)
    refusal = f"{error.message} {error.hint}".strip() if error is not None else ""
    shown = tuple(field for field in fields if field.left or field.right)
    return Comparison(sides[LEFT], sides[RIGHT], kept, shown, tuple(u for u in united if u[1]), refusal)


def merge_cards(session: Session, loser: int, winner: int, taken: frozenset[str] = frozenset()) -> None:
    """Make two cards one.  taken: fields in which the winner takes what the loser says.

    AppError and InvalidRecord as `ngos.merge` and saving tell them.
    """
    lost, kept = registers.card(session, "ngo", loser), registers.card(session, "ngo", winner)
    united = {key: _united(key, lost.lines[key], kept.lines[key], today_of(session)) for key in _UNITED}
    ngos.merge(session, loser, winner, fill=False)
    _drop_contacts(session, loser)
    typed = {spec.key for spec in REGISTERS["ngo"].typed}
    values = {key: lost.values[key] for key in (taken & typed) - _NEVER}
    if values.get("primary_here"):
        values["primary_where"] = ""
    lines = {key: given for key, given in united.items() if given != [dict(line) for line in kept.lines[key]]}
    if values or lines:
        records.write(session, "ngo", values, id=winner, lines=lines)


def move_contacts(session: Session, loser: int, winner: int) -> None:
    """Contact persons who are still on a card that went come to the one that stayed."""
    lost, kept = (registers.card(session, "ngo", id).lines["contact"] for id in (loser, winner))
    if not lost:
        return
    united = _united("contact", lost, kept, today_of(session))
    _drop_contacts(session, loser)
    if united != [dict(line) for line in kept]:
        records.write(session, "ngo", {}, id=winner, lines={"contact": united})


def _drop_contacts(session: Session, loser: int) -> None:
    """A person is kept on one card alone: who asks to be erased must not stay on the other."""
    for row in session.scalars(select(Contact).where(Contact.ngo_id == loser)).all():
        session.delete(row)
    session.flush()


def _united(key: str, lost: tuple[Values, ...], kept: tuple[Values, ...], today: date) -> list[dict[str, Any]]:
    """The winner's lines with the loser's that say something new; what a line of the winner lacks is filled in."""
    by = _BY[key]
    lines = [dict(line) for line in kept]
    for other in lost:
        if key == "ngo_mark" and not _in_force(other, today):
            continue  # a mark that ended tells of the former card
        alike = [line for line in lines if line.get(by) == other.get(by)]
        if key == "ngo_mark":
            alike = [line for line in alike if _in_force(line, today)]
        same = next(iter(alike), None)
        if same is None:
            lines.append({name: value for name, value in other.items() if name != "id"})
        elif key in ("ngo_year", "contact"):
            same |= {name: value for name, value in other.items() if same.get(name) in (None, "") and name != "id"}
    return lines


def _in_force(line: Values, today: date) -> bool:
    return line.get("valid_to") is None or bool(line["valid_to"] >= today)


def _side(session: Session, card: registers.Card) -> Side:
    hanging = {key: len(ids) for key, ids in naming(session, "ngo", card.id).items() if key != "ngo"}
    return Side(card.id, str(card.values["name"]), hanging)


def _stays(left: Values, right: Values) -> str:
    def weight(values: Values) -> tuple[bool, bool, int]:
        filled = sum(value not in (None, "", (), False) for value in values.values())
        return values.get("kind") == "legal", bool(values.get("ogrn")), filled

    return LEFT if weight(left) >= weight(right) else RIGHT


def _other(side: str) -> str:
    return RIGHT if side == LEFT else LEFT


def _compared(spec: Field, left: Values, right: Values, stays: str) -> Compared:
    words = {LEFT: _words(spec, left), RIGHT: _words(spec, right)}
    differs = bool(words[LEFT] and words[RIGHT]) and left.get(spec.key) != right.get(spec.key)
    fixed = spec.key in _NEVER
    chosen = stays if words[stays] or fixed else _other(stays)
    return Compared(spec.key, spec.title, words[LEFT], words[RIGHT], differs, chosen, fixed)


def _words(spec: Field, values: Values) -> str:
    value = values.get(spec.key)
    if value in (None, "", ()):
        return ""
    if spec.kind is Kind.FLAG:
        return "да" if value else "нет"
    if spec.dictionary or spec.register:
        return str(values.get(f"{spec.key}_title") or value)
    return show(spec.kind, value)


def _united_words(key: str, lost: registers.Card, kept: registers.Card, today: date) -> tuple[str, str]:
    title = next(line.title for line in LINES["ngo"] if line.key == key)
    every = _united(key, lost.lines[key], kept.lines[key], today)
    added = len(every) - len(kept.lines[key])
    words = "; ".join(str(line.get(f"{_BY[key]}_title") or line.get(_BY[key])) for line in every)
    return title, words + (f" (с карточки, которая уйдёт: {added})" if added else "")
