"""A list of organisations copied from a letter or a sheet: which records its lines name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.core.russian import integer, plural
from app.core.text import fold, fold_name
from app.models import Ngo
from app.usecases.registers import suggest
from app.usecases.titles import Choice, titles

MOST = 1000
CITIZENS = "граждане"
_NUMBERED = re.compile(r"^\d{1,4}[.)]\s+|^[-–—•]\s+")
_DIGITS = re.compile(r"[\s\u00a0]|\.0$")


@dataclass(frozen=True, slots=True)
class Named:
    """A line of the list.  choice: the record it names, None for «граждане» or when fault says why none."""

    text: str
    choice: Choice | None = None
    fault: str = ""

    @property
    def told(self) -> str:
        """Why the line names no record, with its words; for «граждане» that such are not named here."""
        return f"{self.text} — {self.fault or 'здесь не указывают'}"


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a pasted text without their numbers; empty ones are left out."""
    bare = (_NUMBERED.sub("", line.strip()) for line in text.splitlines())
    return tuple(line for line in bare if line)


def named_by_list(session: Session, register: str, text: str) -> tuple[Named, ...]:
    """Each line once, in order.  A row of a sheet is known by the first of its cells that names a record.

    What is over `MOST` is told by a line of its own, which names nothing.
    """
    found: list[Named] = []
    seen: set[str] = set()
    every = lines_of(text)
    for line in every[:MOST]:
        named = _named(session, register, line)
        key = named.choice.code if named.choice else fold(line)
        if key not in seen:
            seen.add(key)
            found.append(named)
    if len(every) > MOST:
        left = plural(len(every) - MOST, "строка", "строки", "строк")
        why = f"не взято: за один раз — {integer(MOST)}, остальное вставьте следом"
        found.append(Named(f"и ещё {left}", None, why))
    return tuple(found)


def _named(session: Session, register: str, line: str) -> Named:
    cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
    answers = [_of_cell(session, register, cell) for cell in cells]
    return next((a for a in answers if a.choice or not a.fault), Named(answers[0].text, None, answers[0].fault))


def _of_cell(session: Session, register: str, cell: str) -> Named:
    if fold(cell) == CITIZENS:
        return Named(cell)
    found: Sequence[Choice] = _by_number_or_name(session, cell) if register == "ngo" else ()
    if not found:
        sought = suggest(session, register, cell, 6)
        same = [choice for choice in sought if fold(choice.title) == fold(cell)]
        found = same or sought
    if len(found) == 1:
        return Named(cell, found[0])
    return Named(cell, None, f"подходят несколько ({len(found)})" if found else "не найдена")


def _by_number_or_name(session: Session, cell: str) -> list[Choice]:
    """ОГРН, ИНН, or the name as it stands on the card, legal form aside."""
    digits = _DIGITS.sub("", cell)
    if digits.isdigit() and len(digits) in (10, 13):
        return _choices(session, or_(Ngo.ogrn == digits, Ngo.inn == digits))
    folded = fold_name(cell)
    rough = _choices(session, Ngo.folded.contains(folded, autoescape=True))
    exact = [choice for choice in rough if folded in (fold_name(choice.title), fold_name(choice.hint))]
    return exact if len(exact) <= 1 else [c for c in exact if fold(cell) in (fold(c.title), fold(c.hint))] or exact


def _choices(session: Session, condition: ColumnElement[bool]) -> list[Choice]:
    query = select(Ngo.id, Ngo.name).where(condition, Ngo.archived_on.is_(None), Ngo.merged_into_id.is_(None))
    names = dict(session.execute(query.order_by(Ngo.id).limit(20)).all())
    called = titles(session, "ngo", list(names))
    return [Choice(str(id), called[id], name) for id, name in names.items()]
