"""The journal of what came to the region: every file taken in, set aside or kept beside, and its bytes."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.periods import Quarter
from app.models import ReceivedFile, ReceivedReturn
from app.region.results import CellFault, Result, chains
from app.usecases.accounts import clock_of
from app.usecases.intake import Intake
from app.usecases.intake_names import MISNAMED
from app.usecases.received import territories
from app.usecases.region_misnamed import Misnames, misnames

BESIDE, ANSWER, BAD_ANSWER = "beside", "answer", "bad_answer"
"""In the place of a result: a PDF or a signature; a filled table of a question to the districts, taken in or not."""
RETURN, FILE = "return", "file"
_KINDS = {RETURN: ReceivedReturn, FILE: ReceivedFile}
Kept = tuple[str, int]
"""RETURN or FILE, and the number of the row: by it the bytes, the reason and the cells are found."""


@dataclass(frozen=True, slots=True)
class CameRow:
    """A file that came.

    at: UTC, None for a file of this call; came_on: its day in the office.  result: of `Result`, or BESIDE, ANSWER,
    BAD_ANSWER.  whose: the name of the district, '' where the file does not say it.  kept: None for what is not kept
    here; faults: of such a file alone.  misnamed: of which other return its name speaks, '' where of none.
    """

    file: str
    inside: str
    at: datetime | None
    result: str
    oktmo: str
    whose: str
    quarter: Quarter | None
    correction: int | None
    hand: bool
    reason: str
    kept: Kept | None
    faults: tuple[CellFault, ...] = ()
    came_on: date | None = None
    misnamed: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether a return of this file is here, now or before."""
        return self.result in (Result.ACCEPTED, Result.CORRECTED, Result.SAME)


def came(
    session: Session,
    *,
    result: str = "",
    chain: str = "",
    quarter: Quarter | None = None,
    limit: int = 500,
) -> tuple[tuple[CameRow, ...], int]:
    """The newest that fit the filters, and how many fit.  chain: any code of a district's chain."""
    known = territories(session)
    end = chains(known)
    codes = {t.code for t in known if end(t.code) == end(chain)} if chain else set()
    spoken = misnames(session)
    both = union_all(*(_filtered(made, table, result, codes, quarter, spoken) for made, table in
                       ((_returns(), ReceivedReturn), (_files(), ReceivedFile)))).subquery()  # fmt: skip
    count = session.scalar(select(func.count()).select_from(both)) or 0
    found = session.execute(select(both).order_by(both.c.at.desc(), both.c.kind, both.c.id.desc()).limit(limit))
    names = {t.code: t.name for t in known}
    return tuple(_row(session, row, names, spoken) for row in found), count


def _returns() -> Any:
    v = ReceivedReturn
    return select(literal(RETURN).label("kind"), v.id, v.file_name.label("file"), v.received_at.label("at"), v.result,
                  v.oktmo, v.quarter, v.correction, v.hand.label("hand"), literal("").label("reason"))  # fmt: skip


def _files() -> Any:
    f = ReceivedFile
    hand = (f.data_sha256 == "") & f.result.in_((Result.FAULTS, Result.PERIOD, Result.TERRITORY))
    return select(literal(FILE).label("kind"), f.id, f.file_name.label("file"), f.received_at.label("at"), f.result,
                  f.oktmo, f.quarter, f.correction, hand.label("hand"), f.reason)  # fmt: skip


def _filtered(
    query: Select[Any], table: Any, result: str, codes: Collection[str], quarter: Quarter | None, spoken: Misnames
) -> Select[Any]:
    """A file is found by what it is and by what its name speaks of, and stands there once."""
    if result == MISNAMED:
        query = query.where(or_(table.result == MISNAMED, table.id.in_(spoken.rows(table))))
    elif result:
        query = query.where(table.result == result)
    place = [table.oktmo.in_(sorted(codes))] if codes else []
    place += [table.quarter == quarter] if quarter is not None else []
    if place:
        query = query.where(or_(and_(*place), table.id.in_(spoken.rows(table, codes, quarter))))
    if table is ReceivedFile and spoken.joined:
        query = query.where(table.id.not_in(sorted(spoken.joined)))
    return query


def _row(session: Session, row: Any, names: Mapping[str, str], spoken: Misnames | None = None) -> CameRow:
    misnamed = spoken.text(_KINDS[row.kind], row.id) if spoken is not None else ""
    return CameRow(row.file, "", row.at, row.result, row.oktmo, names.get(row.oktmo, ""), row.quarter, row.correction,
                   bool(row.hand), row.reason, (row.kind, row.id), (), clock_of(session).day_of(row.at),
                   misnamed)  # fmt: skip


def told(session: Session, intake: Intake) -> tuple[CameRow, ...]:
    """The files of one call as rows, in their order; each finds what was kept of it."""
    names = _names(session)
    rows = []
    for one in intake.files:
        kept = _kept_return(session, one.oktmo, one.quarter, one.correction) if not one.is_set_aside else None
        kept = kept or _kept_file(session, one.sha256, one.result.value)
        rows.append(CameRow(one.file, one.inside, None, one.result.value, one.oktmo, names.get(one.oktmo, ""),
                            one.quarter, one.correction, one.hand, one.reason, kept,
                            misnamed=one.misnamed))  # fmt: skip
    rows += [
        CameRow(one.file, one.inside, None, BESIDE, one.oktmo, names.get(one.oktmo, ""), one.quarter, one.correction,
                False, "", _kept_file(session, one.sha256, BESIDE))
        for one in intake.beside
    ]  # fmt: skip
    rows += [
        CameRow(one.file, one.inside, None, BAD_ANSWER if one.is_set_aside else ANSWER, one.oktmo,
                names.get(one.oktmo, ""), None, None, False, one.reason, None, one.faults)
        for one in intake.answers
    ]  # fmt: skip
    return tuple(rows)


def _names(session: Session) -> dict[str, str]:
    return {territory.code: territory.name for territory in territories(session)}


def _kept_return(session: Session, oktmo: str, quarter: Quarter | None, correction: int | None) -> Kept | None:
    v = ReceivedReturn
    found = session.scalar(select(v.id).where(v.oktmo == oktmo, v.quarter == quarter, v.correction == correction))
    return None if found is None else (RETURN, found)


def _kept_file(session: Session, sha256: str, result: str) -> Kept | None:
    f = ReceivedFile
    found = session.scalar(select(f.id).where(f.sha256 == sha256, f.result == result))
    return None if found is None else (FILE, found)


def faults_of(session: Session, kept: Kept) -> tuple[CellFault, ...]:
    """What is wrong, by cell; nothing of a return that was taken in."""
    kind, id = kept
    if kind == RETURN:
        return ()
    told_of = session.scalar(select(ReceivedFile.faults).where(ReceivedFile.id == id)) or "[]"
    return tuple(CellFault(one["cell"], one["place"], one["text"]) for one in json.loads(told_of))


def file_of(session: Session, kept: Kept) -> tuple[str, bytes]:
    """Name and bytes of a file that came.  AppError where its bytes were not worth keeping."""
    kind, id = kept
    table: Any = _KINDS[kind]
    row = session.execute(select(table.file_name, table.file).where(table.id == id)).one()
    if row.file is None:
        raise AppError(
            f"Файл «{row.file_name}» не хранится: внутри не отчёт.", "Он остался там, откуда его принимали.",
        )
    return row.file_name, row.file


def beside_of(session: Session, codes: Sequence[str], quarter: Quarter) -> tuple[CameRow, ...]:
    """PDFs and signatures kept beside the returns of these codes, by their names."""
    f = ReceivedFile
    query = _files().where(f.result == BESIDE, f.oktmo.in_(list(codes)), f.quarter == quarter).order_by(f.id)
    return tuple(_row(session, row, {}) for row in session.execute(query))


def quarters_of(session: Session) -> tuple[Quarter, ...]:
    """Quarters of which anything came, the latest first."""
    v, f = ReceivedReturn, ReceivedFile
    both = {*session.scalars(select(v.quarter).distinct()), *session.scalars(select(f.quarter).distinct())}
    return tuple(sorted((quarter for quarter in both if quarter is not None), reverse=True))
