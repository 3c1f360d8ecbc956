"""Finding everything at once: every register and the people of NGOs, the best few of each with their counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.text import NBSP
from app.models import Contact, Ngo, Settlement, search_text
from app.models.search_text import Sought
from app.records import REGISTERS
from app.usecases.record_words import CONTACT, DIRECTOR
from app.usecases.registers import suggest
from app.usecases.search_index import follow
from app.usecases.search_words import holds, phone_tokens, sought_of

PEOPLE = "people"
FIRST = ("ngo", PEOPLE, "support", "service", "need", "practice")
"""Groups that stand first; the other registers follow in their own order."""
_LOOKED_AT = 60  # of so many the best are shown


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: the register whose record it opens, the record, what it is called, what tells it from others."""

    register: str
    id: int
    title: str
    hint: str


@dataclass(frozen=True, slots=True)
class Group:
    """What was found in one register (key), or among people.  count: of all; whole: of the register, 0 if not told."""

    key: str
    count: int
    hits: tuple[Hit, ...]
    whole: int = 0


def everything(session: Session, text: str, most: int = 4) -> tuple[Group, ...]:
    """The groups in which anything says all the words of the text; at most so many records of each are shown."""
    follow(session)
    sought = sought_of(text)
    if not sought:
        return ()
    counts = search_text.counts(session, (*REGISTERS, DIRECTOR, CONTACT), sought)
    found: list[Group] = []
    for key in dict.fromkeys((*FIRST, *REGISTERS)):
        if key == PEOPLE:
            found += _people(session, sought, counts, most)
        elif counts.get(key):
            found.append(_group(session, key, text, sought, counts[key], most))
    return tuple(found)


def _group(session: Session, register: str, text: str, sought: Sought, count: int, most: int) -> Group:
    choices = sorted(suggest(session, register, text, _LOOKED_AT), key=lambda c: not holds(c.title, sought))[:most]
    hints: Mapping[int, str] = {int(choice.code): choice.hint for choice in choices}
    whole = 0
    if register == "ngo":
        hints = _told_of_ngos(session, list(hints), sought)
        whole = session.scalar(select(func.count()).select_from(Ngo).where(Ngo.archived_on.is_(None))) or 0
    hits = tuple(Hit(register, int(c.code), c.title, hints[int(c.code)]) for c in choices)
    return Group(register, count, hits, whole)


def _told_of_ngos(session: Session, ids: list[int], sought: Sought) -> dict[int, str]:
    """Settlement and ИНН; of what was typed, the number or phone by which it is found."""
    query = (
        select(Ngo.id, Settlement.name, Ngo.inn, Ngo.ogrn, Ngo.phone, Ngo.director)
        .join(Settlement, Settlement.id == Ngo.settlement_id, isouter=True).where(Ngo.id.in_(ids))
    )  # fmt: skip
    begun = tuple(term.text for group in sought for terms in group for term in terms if term.text.isdigit())
    found = {}
    for id, place, inn, ogrn, phone, director in session.execute(query):
        told = [place or ""]
        if begun and any(token.startswith(begun) for token in phone_tokens(phone)):
            told.append(phone)
        elif begun and ogrn and ogrn.startswith(begun):
            told.append(f"ОГРН{NBSP}{ogrn}")
        elif director and holds(director, sought):
            told.append(director)
        if len(told) == 1:
            told.append(f"ИНН{NBSP}{inn}" if inn else "без ИНН")
        found[id] = ", ".join(filter(None, told))
    return found


def _people(session: Session, sought: Sought, counts: Mapping[str, int], most: int) -> list[Group]:
    """Directors and contact persons, by name alone; each opens the card of its NGO."""
    count = counts.get(DIRECTOR, 0) + counts.get(CONTACT, 0)
    if not count:
        return []
    people: dict[tuple[str, int], Hit] = {}
    directors = search_text.some(session, DIRECTOR, sought, _LOOKED_AT)
    called = func.coalesce(func.nullif(Ngo.short_name, ""), Ngo.name)
    query = select(Ngo.id, Ngo.director, called).where(Ngo.id.in_(directors)).order_by(Ngo.director, Ngo.id)
    for id, name, ngo in session.execute(query):
        people[name, id] = Hit("ngo", id, name, f"руководитель, {ngo}")
    contacts = search_text.some(session, CONTACT, sought, _LOOKED_AT)
    query = (
        select(Ngo.id, Contact.name, called).join(Ngo, Ngo.id == Contact.ngo_id)
        .where(Contact.id.in_(contacts)).order_by(Contact.name, Contact.id)
    )  # fmt: skip
    for id, name, ngo in session.execute(query):
        people.setdefault((name, id), Hit("ngo", id, name, f"контактное лицо, {ngo}"))
    hits = sorted(people.values(), key=lambda hit: (not holds(hit.title, sought), hit.title))
    twice = len(directors) + len(contacts) - len(people)  # one person, both director and contact
    return [Group(PEOPLE, count - twice, tuple(hits[:most]))]
