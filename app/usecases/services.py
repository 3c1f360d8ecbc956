"""Services of resource centres, with recipients typed or pasted as a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.fields import Values
from app.core.text import fold, fold_name
from app.models import CentreService, Ngo, ResourceCentre, ServiceRecipient
from app.usecases.records import write

_CITIZENS = {"граждане", "гражданин", "физлица", "физические лица", "жители"}
_DIGITS = re.compile(r"(?<!\d)(\d{13}|\d{10})(?!\d)")


@dataclass(frozen=True, slots=True)
class Pasted:
    """A line of a pasted list: whom it means (None: «граждане»), or why nobody."""

    text: str
    ngo_id: int | None = None
    title: str = ""
    fault: str = ""


def record_service(
    session: Session, values: Values, recipients: Sequence[int | None], *, first_time: Sequence[int] | None = None
) -> int:
    """One act of service for one or many; None among recipients is «граждане».

    first_time: those who got the centre's service for the first time; without it the program looks
    whether the centre served them before.  quantity is 1 unless given.
    """
    chosen = list(dict.fromkeys(recipients))
    if first_time is None:
        served = served_before(session, values.get("centre_id") or 0)
        first_time = [ngo for ngo in chosen if ngo is not None and ngo not in served]
    lines = [{"ngo_id": ngo, "first_time": ngo in first_time} for ngo in chosen]
    return write(
        session, "service", {"quantity": Decimal(1), **values}, lines={"service_recipient": lines}
    )


def only_centre(session: Session) -> tuple[int, str] | None:
    """The resource centre of a district that has one alone, with its name: nobody has to choose it."""
    found = session.execute(
        select(ResourceCentre.id, ResourceCentre.name).where(ResourceCentre.archived_on.is_(None)).limit(2)
    ).all()
    return (found[0].id, found[0].name) if len(found) == 1 else None


def served_before(session: Session, centre: int) -> set[int]:
    """NGOs and bodies to whom the centre gave any service."""
    query = (
        select(ServiceRecipient.ngo_id)
        .join(CentreService, CentreService.id == ServiceRecipient.service_id)
        .where(CentreService.centre_id == centre, CentreService.archived_on.is_(None))
    )
    return {ngo for ngo in session.scalars(query) if ngo is not None}


def read_recipients(session: Session, text: str) -> tuple[Pasted, ...]:
    """Who is meant by the lines of a pasted list: by ОГРН or ИНН in them, else by name."""
    by_number: dict[str, Ngo] = {}
    by_name: dict[str, list[Ngo]] = {}
    query = select(Ngo).where(Ngo.archived_on.is_(None), Ngo.merged_into_id.is_(None)).order_by(Ngo.is_branch, Ngo.id)
    for ngo in session.scalars(query):
        for number in (ngo.ogrn, ngo.inn):
            if number:
                by_number.setdefault(number, ngo)
        for name in {ngo.folded_name, fold_name(ngo.short_name)} - {""}:
            by_name.setdefault(name, []).append(ngo)
    lines = [line.strip(" \t;,·•-–") for line in re.split(r"[\r\n]+", text)]
    return tuple(_pasted(line, by_number, by_name) for line in lines if line)


def _pasted(line: str, by_number: dict[str, Ngo], by_name: dict[str, list[Ngo]]) -> Pasted:
    bare = re.sub(r"^\d{1,3}[.)]\s*", "", line)
    if fold(bare) in _CITIZENS:
        return Pasted(line, None, "граждане")
    for number in _DIGITS.findall(bare):
        if number in by_number:
            return Pasted(line, by_number[number].id, by_number[number].name)
    named = by_name.get(fold_name(_DIGITS.sub("", bare)), [])
    if len(named) == 1:
        return Pasted(line, named[0].id, named[0].name)
    if named:
        return Pasted(line, fault=f"{bare}: таких НКО {len(named)}, укажите ОГРН или ИНН.")
    return Pasted(line, fault=f"{bare}: такой НКО нет на учёте.")
