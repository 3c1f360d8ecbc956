"""Returns that the region has: which version stands, what was set aside, and what their journals tell."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.periods import Quarter
from app.models import ReceivedReturn, Territory
from app.region.journals import Anchor, telling
from app.region.results import chain_of, chains, standing
from app.returns import records as r
from app.returns.codec import fingerprint, read_envelope, read_return
from app.returns.snapshot import QuarterReturn


@dataclass(frozen=True, slots=True)
class Received:
    """A version that was taken in, without its bytes.  chain: the code at the end of its territory's chain."""

    id: int
    file_name: str
    received_at: datetime
    oktmo: str
    chain: str
    quarter: Quarter
    correction: int
    hand: bool
    data_sha256: str


def territories(session: Session) -> tuple[r.Territory, ...]:
    """Every territory of the oblast, present and former."""
    t = Territory
    query = select(t.code, t.name, t.name_genitive, t.valid_from, t.valid_to, t.successor_code)
    return tuple(r.Territory(*row) for row in session.execute(query.order_by(t.valid_from, t.code)))


def received(session: Session, quarter: Quarter | None = None) -> tuple[Received, ...]:
    """Every version, by quarter, chain and correction."""
    v = ReceivedReturn
    query = select(v.id, v.file_name, v.received_at, v.oktmo, v.quarter, v.correction, v.hand, v.data_sha256)
    if quarter is not None:
        query = query.where(v.quarter == quarter)
    chain = chains(territories(session))
    found = (
        Received(row.id, row.file_name, row.received_at, row.oktmo, chain(row.oktmo), row.quarter,
                 row.correction, row.hand, row.data_sha256)
        for row in session.execute(query)
    )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.quarter, one.chain, one.oktmo, one.correction)))


def standing_returns(session: Session, quarter: Quarter) -> Mapping[str, Received]:
    """The version that stands, by the code its return carries: one a territory that existed on the last day."""
    return standing_of(received(session, quarter))


def standing_of(found: Iterable[Received]) -> Mapping[str, Received]:
    """Of the versions of one quarter those that stand, by the code of their return."""
    versions: dict[str, list[tuple[int, Received]]] = defaultdict(list)
    for one in found:
        versions[one.oktmo].append((one.correction, one))
    return {oktmo: top for oktmo, many in sorted(versions.items()) if (top := standing(many)) is not None}


def standing_return(session: Session, oktmo: str, quarter: Quarter) -> Received:
    """The version that stands for a territory, by any code of its chain.  AppError when there is none."""
    known = territories(session)
    if oktmo not in {territory.code for territory in known}:
        raise AppError(f"Кода ОКТМО {oktmo} нет среди районов и городских округов области.", "Проверьте код.")
    found = [one for one in standing_returns(session, quarter).values()
             if one.oktmo == oktmo or one.chain == chain_of(known, oktmo)]  # fmt: skip
    exact = [one for one in found if one.oktmo == oktmo]
    if not found:
        raise AppError(f"Отчёта с ОКТМО {oktmo} за {quarter.title} нет.", "Сначала примите его файл.")
    if not exact and len(found) > 1:
        codes = ", ".join(one.oktmo for one in found)
        raise AppError(f"С ОКТМО {oktmo} связано несколько отчётов: {codes}.", "Назовите код одного из них.")
    return (exact or found)[0]


def return_of(session: Session, id: int) -> QuarterReturn:
    """The figures of a version."""
    return read_return(session.scalars(select(ReceivedReturn.data).where(ReceivedReturn.id == id)).one())


def received_faults(session: Session) -> list[str]:
    """Versions whose data or bytes do not fit the hashes that were kept with them."""
    found = []
    for row in session.scalars(select(ReceivedReturn).order_by(ReceivedReturn.id)).yield_per(10):
        if fingerprint(row.data) != row.data_sha256 or hashlib.sha256(row.file).hexdigest() != row.sha256:
            found.append(f"Принятый отчёт {row.oktmo} за {row.quarter.title} не сходится со своей контрольной строкой.")
    return found


def journal_warnings(session: Session, codes: Iterable[str] | None = None) -> tuple[tuple[str, str], ...]:
    """(ОКТМО, sentence) of districts whose journals do not fit the returns that came from them before.

    Told of the whole of what is here, so the order in which the files came does not matter.  codes: of these alone.
    """
    v = ReceivedReturn
    query = select(v.oktmo, v.quarter, v.correction, v.data_sha256, v.envelope).where(v.envelope != "")
    if codes is not None:
        query = query.where(v.oktmo.in_(sorted(codes)))
    anchors: dict[str, list[Anchor]] = defaultdict(list)
    for row in session.execute(query):
        envelope = read_envelope(row.envelope)
        anchors[row.oktmo].append(
            Anchor(row.quarter, row.correction, row.data_sha256, envelope.journal_head, envelope.frozen_on,
                   envelope.earlier)
        )  # fmt: skip
    return tuple((oktmo, told) for oktmo, held in sorted(anchors.items()) for told in telling(held))
