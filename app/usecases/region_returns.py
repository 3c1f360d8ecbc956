"""Returns that stand, read from the region's file: each is parsed once, whoever asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError, Deed
from app.core.latest import Latest
from app.core.periods import Quarter
from app.models import ReceivedReturn
from app.returns.codec import fingerprint, parsed_return
from app.returns.snapshot import QuarterReturn

_KEPT = 160  # 18 districts × 8 quarters and some to spare: about 1 MB each
_RETURNS: Latest[str, QuarterReturn] = Latest(_KEPT)


class Source(NamedTuple):
    """A version that stands.  oktmo: as the return carries it."""

    id: int
    oktmo: str
    quarter: Quarter
    correction: int
    data_sha256: str


def quarters_held(session: Session) -> tuple[Quarter, ...]:
    """Quarters of which at least one return was taken in, the latest first."""
    query = select(ReceivedReturn.quarter).distinct()
    return tuple(sorted(session.scalars(query), reverse=True))


def standing_sources(session: Session, quarters: Iterable[Quarter]) -> tuple[Source, ...]:
    """The versions of these quarters that stand, by quarter and ОКТМО: of each the highest correction."""
    v = ReceivedReturn
    query = (
        select(v.id, v.oktmo, v.quarter, v.correction, v.data_sha256)
        .where(v.quarter.in_(sorted(set(quarters))))
        .order_by(v.quarter, v.oktmo, v.correction)
    )
    found = map(Source._make, session.connection().execute(query).all())
    return tuple({(one.quarter, one.oktmo): one for one in found}.values())  # in the order of the query


def loaded(session: Session, sources: Iterable[Source]) -> dict[Quarter, dict[str, QuarterReturn]]:
    """The returns of these versions by quarter and ОКТМО.

    AppError where the data of one is no more what was taken in.
    """
    found: dict[Quarter, dict[str, QuarterReturn]] = defaultdict(dict)
    for one in sources:
        known = _RETURNS.of(one.data_sha256)
        found[one.quarter][one.oktmo] = known or _RETURNS.keep(one.data_sha256, read_one(session, one))
    return {quarter: dict(sorted(found[quarter].items())) for quarter in sorted(found)}


def read_one(session: Session, source: Source, without: Collection[str] = ()) -> QuarterReturn:
    """The return of a version, not remembered.  without: parts of it that are left empty."""
    data = session.scalars(select(ReceivedReturn.data).where(ReceivedReturn.id == source.id)).one()
    if fingerprint(data) != source.data_sha256:
        raise AppError(
            f"Принятый отчёт {source.oktmo} за {source.quarter.title} не сходится со своей контрольной строкой: "
            "файл области повреждён или изменён в обход программы.",
            "Проверьте файл командой check и возьмите последнюю копию.", Deed.COPIES,
        )
    return parsed_return(data, without)
