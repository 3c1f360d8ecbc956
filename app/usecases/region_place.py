"""One place of the board: the versions that came, what was answered, what was set aside, calls, whom to write to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.periods import Quarter
from app.models import ReceivedFile, ReceivedReturn
from app.models.sqlite_only import json_text
from app.region.results import chains
from app.returns.codec import read_envelope
from app.returns.snapshot import Signer
from app.usecases.accounts import clock_of
from app.usecases.intake_names import NOT_ASIDE
from app.usecases.received import journal_warnings, territories
from app.usecases.region_answers import answered
from app.usecases.region_calls import Call, calls
from app.usecases.region_came import FILE, RETURN, CameRow, Kept, beside_of, came
from app.usecases.region_grid import GridPlace, place_of
from app.usecases.region_package_use import package_of_return

_LISTED = 50


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version that was taken in.  answer: «квитанция № 7/2026 от …», '' for none."""

    correction: int
    received_on: date
    file: str
    hand: bool
    kept: Kept
    answer: str


@dataclass(frozen=True, slots=True)
class Contacts:
    """Who signed the latest return of the district that names them: whom to write to and to call."""

    administration: str
    head: Signer
    executor: Signer
    quarter: Quarter


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """versions: the latest first.  package: an old комплект under which it was made, ''."""

    oktmo: str
    name: str
    genitive: str
    quarter: Quarter
    due: date
    place: GridPlace
    versions: tuple[VersionRow, ...]
    aside: tuple[CameRow, ...]
    papers: tuple[CameRow, ...]
    calls: tuple[Call, ...]
    contacts: Contacts | None
    warnings: tuple[str, ...]
    package: str


def place_card(session: Session, oktmo: str, quarter: Quarter) -> PlaceCard:
    """All that is known of a territory's return of a quarter.  oktmo: valid on its last day."""
    place, due = place_of(session, oktmo, quarter)
    known = {territory.code: territory for territory in territories(session)}
    chain = chains(tuple(known.values()))
    codes = [code for code in known if chain(code) == chain(oktmo)]
    versions = _versions(session, oktmo, quarter)
    package = package_of_return(session, versions[0].kept[1], quarter) if versions else None
    return PlaceCard(
        oktmo=oktmo,
        name=known[oktmo].name,
        genitive=known[oktmo].name_genitive,
        quarter=quarter,
        due=due,
        place=place,
        versions=versions,
        aside=_aside(session, oktmo, quarter),
        papers=beside_of(session, [oktmo], quarter),
        calls=calls(session, codes, quarter),
        contacts=_contacts(session, codes),
        warnings=tuple(text for _, text in journal_warnings(session, codes)),
        package=package.words if package is not None and package.is_old else "",
    )


def _versions(session: Session, oktmo: str, quarter: Quarter) -> tuple[VersionRow, ...]:
    v, day_of = ReceivedReturn, clock_of(session).day_of
    query = select(v.id, v.correction, v.received_at, v.file_name, v.hand).where(v.oktmo == oktmo, v.quarter == quarter)
    return tuple(
        VersionRow(row.correction, day_of(row.received_at), row.file_name, row.hand, (RETURN, row.id),
                   answered(session, oktmo, quarter, row.correction))
        for row in session.execute(query.order_by(v.correction.desc()))
    )  # fmt: skip


def _aside(session: Session, oktmo: str, quarter: Quarter) -> tuple[CameRow, ...]:
    """Files set aside, the latest first."""
    f = ReceivedFile
    ids = set(session.scalars(select(f.id).where(f.oktmo == oktmo, f.quarter == quarter, f.result.not_in(NOT_ASIDE))))
    found, _ = came(session, chain=oktmo, quarter=quarter, limit=_LISTED) if ids else ((), 0)
    return tuple(row for row in found if row.kept is not None and row.kept[0] == FILE and row.kept[1] in ids)


def _contacts(session: Session, codes: list[str]) -> Contacts | None:
    v = ReceivedReturn
    query = (
        select(v.quarter, v.envelope, json_text(v.data, "$.head.administration").label("administration"))
        .where(v.oktmo.in_(codes), v.envelope != "")
        .order_by(v.quarter.desc(), v.correction.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    if row is None:
        return None
    envelope = read_envelope(row.envelope)
    return Contacts(row.administration or "", envelope.head, envelope.executor, row.quarter)
