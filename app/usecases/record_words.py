"""What each record says: its texts, numbers, days and choices, and the names of what it points to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.fields import Field, Kind
from app.models import Contact, Ngo, Settlement
from app.records import LINES, REGISTERS
from app.usecases.search_words import phone_tokens, said, tokens
from app.usecases.tables import LINE_MODELS, MODELS, column, has_column
from app.usecases.titles import dictionary_titles, naming, titles

DIRECTOR, CONTACT = "director", "contact"
"""People, who have places of their own beside the registers: a director by the id of the NGO."""



@dataclass(frozen=True, slots=True)
class Told:
    """What a record says.  called: by which name it stands in order, where it stands so."""

    archived: bool
    words: str
    called: str = ""


ById = dict[int, Told]

_TOLD = {
    Kind.TEXT, Kind.NOTE, Kind.DATE, Kind.OGRN, Kind.INN, Kind.URL, Kind.PHONE, Kind.EMAIL, Kind.YEAR, Kind.MONEY,
    Kind.CHOICE, Kind.LINK,
}  # fmt: skip
_EVERYWHERE = {
    "ленинградская", "область", "обл", "россия", "рф", "район", "рн", "р", "н", "г", "город", "ул", "улица", "д", "дом",
    "кв", "квартира", "оф", "офис", "пом", "помещение",
}  # fmt: skip
"""Words of an address that every address has."""


def words_of(session: Session, register: str, ids: Collection[int]) -> ById:
    """The words of those records; one that is no more, and a person without a name, is left out."""
    if register == DIRECTOR:
        query = select(Ngo.id, Ngo.archived_on, Ngo.director).where(Ngo.id.in_(ids), Ngo.director != "")
        return {id: Told(gone is not None, said(tokens(name))) for id, gone, name in session.execute(query)}
    if register == CONTACT:
        return _contacts(session, ids)
    return _ngos(session, ids) if register == "ngo" else _records(session, register, ids)


def naming_columns(register: str) -> Collection[str]:
    """The columns whose change has records say something else that point to one of this register."""
    return {"folded"} if register == "ngo" else naming(register)


def _ngos(session: Session, ids: Collection[int]) -> ById:
    """Names, numbers, settlement, address, phone, site, director; notes and who verified it tell nothing of it."""
    found: ById = {}
    query = (
        select(Ngo.id, Ngo.archived_on, Ngo.called, Ngo.name, Ngo.short_name, Ngo.ogrn, Ngo.inn, Ngo.kpp,
               Ngo.minjust_number, Settlement.name, Ngo.director, Ngo.email, Ngo.site, Ngo.address, Ngo.phone)
        .join(Settlement, Settlement.id == Ngo.settlement_id, isouter=True)
        .where(Ngo.id.in_(ids))
    )  # fmt: skip
    for id, gone, called, *texts, address, phone in session.execute(query):
        told = [token for text in texts if text for token in tokens(text)]
        told += [token for token in tokens(address) if token not in _EVERYWHERE]
        found[id] = Told(gone is not None, said([*told, *phone_tokens(phone)]), called)
    return found


def _contacts(session: Session, ids: Collection[int]) -> ById:
    """Who withdrew or was erased is not among people, whatever stands in the place of the name."""
    query = (
        select(Contact.id, Ngo.archived_on, Contact.name, Contact.phone).join(Ngo, Ngo.id == Contact.ngo_id)
        .where(Contact.id.in_(ids), Contact.name != "", Contact.withdrawn_on.is_(None), Contact.erased_on.is_(None))
    )  # fmt: skip
    return {
        id: Told(gone is not None, said([*tokens(name), *phone_tokens(phone)]))
        for id, gone, name, phone in session.execute(query)
    }


def _records(session: Session, register: str, ids: Collection[int]) -> ById:
    record_type, model = REGISTERS[register], MODELS[register]
    fields = [
        f for f in record_type.fields if has_column(model, f.key) and (f.kind in _TOLD or f.key == "entry_no")
    ]
    query = select(model.id, model.archived_on, *(column(model, f.key) for f in fields)).where(model.id.in_(ids))
    kept = session.execute(query).all()
    tell = [_teller(session, f, [row[place] for row in kept]) for place, f in enumerate(fields, 2)]
    told = {
        row[0]: [token for value, words in zip(row[2:], tell, strict=True) if value not in (None, "")
                 for token in words(value)]
        for row in kept
    }  # fmt: skip
    for line in LINES[register]:
        for field in line.fields:
            if field.register == "ngo":
                lines = LINE_MODELS[line.key]
                owner = column(lines, line.parent_column)
                pairs = session.execute(select(owner, column(lines, field.key)).where(owner.in_(ids))).all()
                words = _teller(session, field, [linked for _, linked in pairs])
                for id, linked in pairs:
                    if linked is not None and id in told:
                        told[id] += words(linked)
    return {row[0]: Told(row[1] is not None, said(told[row[0]])) for row in kept}


def _teller(session: Session, field: Field, values: Sequence[Any]) -> Callable[[Any], Sequence[str]]:
    """How a value of the field is told in tokens; values: all there will be."""
    if field.kind is Kind.CHOICE:
        named: Mapping[Any, str] = dictionary_titles(session, field.dictionary)
    elif field.register == "ngo":
        wanted = {value for value in values if value is not None}
        named = dict(session.execute(select(Ngo.id, Ngo.folded).where(Ngo.id.in_(wanted))).all())
    elif field.register:
        named = titles(session, field.register, {value for value in values if value is not None})
    else:
        return phone_tokens if field.kind is Kind.PHONE else _plain
    return lambda value: tokens(named.get(value, ""))


@lru_cache(maxsize=100_000)
def _plain(value: Any) -> Sequence[str]:
    if isinstance(value, date):
        return (f"{value:%d%m%Y}", f"{value:%m%Y}", f"{value:%Y}")
    if isinstance(value, Decimal):
        whole, kopecks = f"{value:.2f}".split(".")
        return (whole,) if kopecks == "00" else (whole, kopecks, whole + kopecks)
    return tokens(str(value))
