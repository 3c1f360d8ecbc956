"""A letter to many: addresses for the hidden copy in portions, labels for envelopes, and who is left out and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.fields import Kind
from app.core.values import parse
from app.models import Ngo
from app.records import LINES, REGISTERS
from app.usecases.accounts import today_of
from app.usecases.reachable import WITHDRAWN, Person, people_of
from app.usecases.tables import LINE_MODELS, MODELS, column, has_column
from app.usecases.titles import titles

PORTION = 50
"""Addresses of one letter: what mail services take as a hidden copy."""
SEPARATOR = "; "
NO_ADDRESS, WRONG, TWICE = "нет адреса", "адрес с ошибкой", "повтор"
NO_CONTACT = "нет контактного лица с адресом"
NO_POST_ADDRESS = "нет почтового адреса"
_IN_ONE = 5000


class To(StrEnum):
    """Whose address is used."""

    SERVICE = "service"  # of the organisation itself
    CONTACT = "contact"  # of its contact persons
    EITHER = "either"  # of the organisation, else of a contact person


@dataclass(frozen=True, slots=True)
class Address:
    """One address.  of: how the organisation is called.  person: the contact whose it is, '' for a service one."""

    email: str
    of: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Who gets no letter.  who: the organisation, and the person where it is one.  why: in a word or two."""

    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Mailing:
    """portions: of at most 50 addresses each, none twice.  people: how many contact persons are among them."""

    portions: tuple[tuple[Address, ...], ...]
    left_out: tuple[LeftOut, ...]

    @property
    def addresses(self) -> int:
        return sum(map(len, self.portions))

    @property
    def people(self) -> int:
        return sum(bool(address.person) for portion in self.portions for address in portion)


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on an envelope."""

    name: str
    address: str


def line_of(portion: Sequence[Address]) -> str:
    """The addresses as the field of the hidden copy takes them."""
    return SEPARATOR.join(address.email for address in portion)


def organisations(session: Session, register: str, ids: Sequence[int]) -> list[int]:
    """The organisations that stand behind those records, each once, in the order of the records."""
    if register == "ngo":
        return list(ids)
    model = MODELS[register]
    pairs: list[tuple[int, int | None]] = []
    for some in _portions(ids):
        if has_column(model, "ngo_id"):
            pairs += session.execute(select(model.id, model.ngo_id).where(model.id.in_(some))).all()
        for line in LINES[register]:
            if any(field.key == "ngo_id" and field.register == "ngo" for field in line.fields):
                lines = LINE_MODELS[line.key]
                parent = column(lines, line.parent_column)
                pairs += session.execute(select(parent, lines.ngo_id).where(parent.in_(some))).all()
    place = {id: number for number, id in enumerate(ids)}
    ordered = sorted(pairs, key=lambda pair: place[pair[0]])
    return list(dict.fromkeys(ngo for _, ngo in ordered if ngo is not None))


def reaches_organisations(register: str) -> bool:
    """Do records of the register lead to organisations?"""
    named = any(field.key == "ngo_id" for field in REGISTERS[register].fields)
    lines = any(field.key == "ngo_id" for line in LINES[register] for field in line.fields)
    return register == "ngo" or named or lines


def mailing(session: Session, register: str, ids: Sequence[int], to: To) -> Mailing:
    """Addresses of the organisations behind those records, in their order.

    An address at which somebody withdrew the consent is not used, whoever else it stands with.
    """
    ngos = organisations(session, register, ids)
    called = titles(session, "ngo", ngos)
    service = _service_addresses(session, ngos)
    people = people_of(session, ngos, today_of(session))
    refused = {_plain(one.email) for some in people.values() for one in some if one.why_not == WITHDRAWN and one.email}
    kept: dict[str, Address] = {}
    left: list[LeftOut] = []
    for ngo in ngos:
        wanted, out = _of_one(called[ngo], service.get(ngo, ""), people.get(ngo, ()), to)
        left += out
        for address in wanted:
            key = _plain(address.email)
            if key in refused:
                left.append(LeftOut(_who(address), WITHDRAWN))
            elif key in kept:
                left.append(LeftOut(_who(address), TWICE))
            else:
                kept[key] = address
    found = list(kept.values())
    portions = tuple(tuple(found[start : start + PORTION]) for start in range(0, len(found), PORTION))
    return Mailing(portions, tuple(left))


def _of_one(name: str, service: str, people: Sequence[Person], to: To) -> tuple[list[Address], list[LeftOut]]:
    """The addresses of one organisation, and what of it is left out."""
    own = parse(Kind.EMAIL, service)
    if to is not To.CONTACT:
        if service and own.fault is None:
            return [Address(str(own.value), name)], []
        if to is To.SERVICE:
            return [], [LeftOut(name, WRONG if service else NO_ADDRESS)]
    found: list[Address] = []
    left = [LeftOut(f"{name}: {one.name}", one.why_not) for one in people if one.why_not]
    for one in people:
        if one.why_not or not one.email:
            continue
        read = parse(Kind.EMAIL, one.email)
        if read.fault:
            left.append(LeftOut(f"{name}: {one.name}", WRONG))
        else:
            found.append(Address(str(read.value), name, one.name))
    if not found and not left:
        left.append(LeftOut(name, NO_ADDRESS if to is To.EITHER else NO_CONTACT))
    return (found[:1] if to is To.EITHER else found), left


def _who(address: Address) -> str:
    return f"{address.of}: {address.person}" if address.person else address.of


def _plain(email: str) -> str:
    return email.strip().casefold()


def _service_addresses(session: Session, ngos: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in _portions(ngos):
        found |= dict(session.execute(select(Ngo.id, Ngo.email).where(Ngo.id.in_(some))).all())
    return found


def labels(session: Session, register: str, ids: Sequence[int]) -> tuple[tuple[Label, ...], tuple[LeftOut, ...]]:
    """A label for each organisation behind the records that has an address, and who is left out."""
    ngos = organisations(session, register, ids)
    called = titles(session, "ngo", ngos)
    known: dict[int, str] = {}
    for some in _portions(ngos):
        known |= dict(session.execute(select(Ngo.id, Ngo.address).where(Ngo.id.in_(some))).all())
    made = tuple(Label(called[ngo], known[ngo].strip()) for ngo in ngos if known.get(ngo, "").strip())
    return made, tuple(LeftOut(called[ngo], NO_POST_ADDRESS) for ngo in ngos if not known.get(ngo, "").strip())


def labels_pdf(session: Session, register: str, ids: Sequence[int], *, first: int = 1) -> tuple[bytes, int]:
    """Sheets of labels and their number.  first: the place on the first sheet to begin at, from 1 to 24.

    AppError when none of the organisations has an address.
    """
    from app.reports.labels import ON_A_SHEET, Envelope  # reportlab is slow to import
    from app.reports.labels import labels_pdf as drawn

    made, _ = labels(session, register, ids)
    if not made:
        raise AppError("Ни у одной организации нет почтового адреса.", "Заполните поле «Адрес» в карточках.")
    if not 1 <= first <= ON_A_SHEET:
        raise AppError(f"Наклейки считают от 1 до {ON_A_SHEET}.", "Исправьте номер первой свободной наклейки.")
    return drawn([Envelope(one.name, one.address) for one in made], first=first), len(made)


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _IN_ONE):
        yield list(ids[start : start + _IN_ONE])
