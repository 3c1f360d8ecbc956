"""Whom of an organisation one may write to or ring: contact persons whose data may still be used (152-ФЗ)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Contact
from app.usecases.contacts import Standing, standing_of

_PORTION = 5000
WITHDRAWN, EXPIRED, BASELESS = "согласие отозвано", "срок хранения истёк", "нет согласия"


@dataclass(frozen=True, slots=True)
class Person:
    """A contact person.  why_not: why it may not be used any more, '' while it may."""

    id: int
    ngo_id: int
    name: str
    post: str
    phone: str
    email: str
    why_not: str = ""


def why_not(withdrawn_on: date | None, keep_until: date | None, today: date) -> str:
    """The reason for which a contact is left out; the last day of keeping is included."""
    if withdrawn_on is not None and withdrawn_on <= today:
        return WITHDRAWN
    return EXPIRED if keep_until is not None and keep_until < today else ""


def people_of(session: Session, ngos: Collection[int], today: date) -> dict[int, tuple[Person, ...]]:
    """Every contact person of those organisations as entered: organisation -> persons."""
    its = (Contact.erased_on.is_(None),)  # who was erased is nobody any more
    found: dict[int, list[Person]] = defaultdict(list)
    for some in _portions(sorted(set(ngos))):
        for row in session.scalars(select(Contact).where(*its, Contact.ngo_id.in_(some)).order_by(Contact.id)):
            reason = why_not(row.withdrawn_on, row.keep_until, today)
            if not reason and standing_of(row, today) is Standing.BASELESS:
                reason = BASELESS
            found[row.ngo_id].append(Person(row.id, row.ngo_id, row.name, row.post, row.phone, row.email, reason))
    return {ngo: tuple(people) for ngo, people in found.items()}


def reachable(session: Session, ngos: Collection[int], today: date) -> dict[int, tuple[Person, ...]]:
    """Those of them that may be used today: there is a basis, nothing is withdrawn, the term is not over."""
    known = people_of(session, ngos, today)
    return {ngo: tuple(person for person in people if not person.why_not) for ngo, people in known.items()}


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _PORTION):
        yield ids[start : start + _PORTION]
