"""What was entered before in a field of text, to be offered as it is typed again: the most used first.

Names of organisations and of people are never offered: names have the search for duplicates, and a person is
typed anew with the basis of it.  A post of a contact is offered once two records have it, for then it tells of nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.fields import Field, Kind
from app.core.text import fold
from app.records import LINES, REGISTERS
from app.usecases.tables import LINE_MODELS, MODELS, column, has_column

SHOWN = 6
OFTEN = 3
"""A text that so many records have is used «чаще всего», if no other is used more."""
_NAMES = frozenset({"name", "short_name", "director", "verified_by"})
_SHARED = frozenset({"post"})


@dataclass(frozen=True, slots=True)
class Entered:
    """A text that stands in the field of `count` records, the last of which is record `last`."""

    text: str
    count: int
    last: int
    folded: str


def is_completed(key: str, field: Field) -> bool:
    """Is the field (of a register or of lines) one whose former texts are offered?"""
    model = MODELS.get(key) or LINE_MODELS.get(key)
    if model is None or field.kind is not Kind.TEXT or field.computed or not has_column(model, field.key):
        return False
    return field.key not in _NAMES and (not field.personal or field.key in _SHARED)


def entered(session: Session, key: str, field: str) -> tuple[Entered, ...]:
    """Every text of a field of a register, or of its lines, the most used first, then the latest."""
    model = MODELS.get(key) or LINE_MODELS[key]
    values = column(model, field)
    query = select(values, func.count(), func.max(model.id)).where(values.is_not(None), values != "").group_by(values)
    if key in MODELS:
        query = query.where(model.archived_on.is_(None))
        personal = REGISTERS[key][field].personal
    else:
        owner, line = next((owner, line) for owner, lines in LINES.items() for line in lines if line.key == key)
        query = query.join(MODELS[owner], column(model, line.parent_column) == MODELS[owner].id)
        query = query.where(MODELS[owner].archived_on.is_(None))
        personal = line[field].personal
    rows = [Entered(text, count, last, fold(text)) for text, count, last in session.execute(query)]
    known = (row for row in rows if row.folded and (not personal or row.count > 1))
    return tuple(sorted(known, key=lambda row: (-row.count, -row.last)))


def matching(known: Sequence[Entered], typed: str, limit: int = SHOWN) -> tuple[Entered, ...]:
    """Texts that begin with what is typed, then those of which every typed word begins some word; each in their order.

    Case, ё and quotes aside; the text that is typed already is left out.  Nothing typed: the most used.
    """
    wanted = fold(typed)
    words = wanted.split()
    first: list[Entered] = []
    second: list[Entered] = []
    for one in known:
        if one.text == typed:
            continue
        if one.folded.startswith(wanted):
            first.append(one)
            if len(first) == limit:
                break
        elif len(second) < limit and words and all(_begins_a_word(one.folded, word) for word in words):
            second.append(one)
    return tuple([*first, *second][:limit])


def is_most_used(shown: Sequence[Entered], one: Entered) -> bool:
    """Is it used more than the others that are shown, and often?"""
    return one.count >= OFTEN and one.count == max(other.count for other in shown)


def _begins_a_word(folded: str, word: str) -> bool:
    return folded.startswith(word) or f" {word}" in folded
