"""Returns of districts taken in: every file judged by itself and written in a transaction of its own.

What becomes of a file is told by the file and by what is here already, never by the order of intake: of versions the
highest correction stands, whenever it came.  The same file again changes nothing.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.errors import AppError, Cancelled
from app.core.periods import Quarter
from app.core.progress import SILENT, Progress
from app.core.russian import day
from app.core.text import NBSP
from app.exchange.limits import MEGABYTE
from app.exchange.parcels import Parcel, count_files, parcels
from app.models import ReceivedFile, ReceivedReturn
from app.models.database import Database
from app.region.results import TAKEN, CellFault, Result
from app.returns.codec import read_return
from app.returns.difference import differences
from app.returns.records import Territory
from app.usecases.accounts import today_of
from app.usecases.intake_names import MISNAMED, NOT_ASIDE, Misnamed, misnamed, misnamed_sign, named
from app.usecases.intake_verdict import Around, Verdict, is_beside, judge
from app.usecases.received import journal_warnings, territories
from app.usecases.region_digests import keep_digest
from app.usecases.region_package_terms import terms_of_forms
from app.usecases.region_question_answers import TakenAnswer, is_answer, take_answer
from app.usecases.region_setup import refuse_role

KIND = "intake"
_KEPT_BYTES = 20 * MEGABYTE
_MOST_FAULTS = 500  # cells kept and told of one file


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file.  inside: the archive or letter it came in, ''.  reason: '' for what was taken in.

    misnamed: that the name of the file speaks of another return, ''.
    """

    file: str
    inside: str
    result: Result
    reason: str = ""
    oktmo: str = ""
    quarter: Quarter | None = None
    correction: int | None = None
    hand: bool = False
    faults: tuple[CellFault, ...] = ()
    sha256: str = ""
    misnamed: str = ""

    @property
    def is_set_aside(self) -> bool:
        return self.result not in TAKEN


@dataclass(frozen=True, slots=True)
class Beside:
    """A PDF or signature kept beside the returns: whose it is by its name, as far as that says."""

    file: str
    inside: str
    oktmo: str
    quarter: Quarter | None
    correction: int | None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of the files of one call, in their order.  warnings: (chain, sentence) on journals of districts.

    answers: tables of questions to the districts that came back filled; they are no returns and stand apart.
    """

    files: tuple[Taken, ...]
    beside: tuple[Beside, ...]
    warnings: tuple[tuple[str, str], ...]
    answers: tuple[TakenAnswer, ...] = ()


class Stopped(Cancelled):
    """The intake was stopped between two files.  intake: what was taken by then, whole; left: files not looked at."""

    def __init__(self, intake: Intake, left: int) -> None:
        super().__init__()
        self.intake = intake
        self.left = left


def take_in(
    database: Database, paths: Sequence[Path], *, came_on: date | None = None, progress: Progress = SILENT
) -> Intake:
    """Take in files, folders, archives and letters, one file after another: never more than one lies in memory.

    came_on: the day they came, where nothing but a person can tell it; a letter tells its own.
    AppError when a path is not there or the file is not the region's; a bad file is set aside and the others go on.
    Stopped, when it is cancelled: each file is taken in whole or not at all, and those taken in stay.
    """
    with database.read() as session:
        refuse_role(session, region=True)
        around = Around(territories(session), terms_of_forms(session), today_of(session))
    if came_on is not None and came_on > around.today:
        hint = "Назовите день, когда файлы пришли: сегодня или раньше."
        raise AppError(f"День {day(came_on)} ещё не наступил.", hint)
    total = count_files(paths)
    files: list[Taken] = []
    beside: list[Beside] = []
    answers: list[TakenAnswer] = []

    def taken() -> Intake:
        with database.read() as session:
            warnings = journal_warnings(session)
        return Intake(tuple(files), tuple(beside), warnings, tuple(answers))

    number = 0
    with tempfile.TemporaryDirectory(prefix="kurator-") as room:
        try:
            for number, parcel in enumerate(parcels(paths, Path(room))):
                progress.step(number, max(total, number + 1), parcel.name)
                if came_on is not None and parcel.at is None:
                    parcel = replace(parcel, at=database.clock.at(came_on, time(12)))
                if is_beside(parcel):
                    beside.append(_kept_beside(database, parcel))
                elif is_answer(parcel):
                    answers.append(take_answer(database, parcel))
                else:
                    files.append(_taken(database, parcel, judge(parcel, around), around.territories))
        except (Cancelled, KeyboardInterrupt) as stop:
            raise Stopped(taken(), max(0, total - number)) from stop
    return taken()


def _taken(database: Database, parcel: Parcel, verdict: Verdict, known: Sequence[Territory]) -> Taken:
    """The file kept as its verdict says; nothing is written of what is here already."""
    with database.read() as session:
        verdict = _beside_the_kept(session, parcel, verdict)
        is_known = _is_set_aside(session, parcel, verdict)
    if verdict.result is None:
        verdict = _written(database, parcel, verdict)
    elif verdict.result is not Result.SAME and not is_known:
        with database.write(KIND, f"Отложен файл «{parcel.name}»") as session:
            session.add(_set_aside(session, parcel, verdict))
            session.flush()
    assert verdict.result is not None
    told = misnamed(parcel.name, verdict.oktmo, verdict.quarter, known)
    if told is not None:
        _tell_misnamed(database, parcel, told)
    return Taken(
        parcel.name, parcel.inside, verdict.result, verdict.reason, verdict.oktmo, verdict.quarter, verdict.correction,
        verdict.hand, verdict.faults[:_MOST_FAULTS], parcel.sha256, told.text if told else "",
    )  # fmt: skip


def _tell_misnamed(database: Database, parcel: Parcel, told: Misnamed) -> None:
    """Kept once at the place that the name speaks of; the file itself is kept as what it is."""
    sign = misnamed_sign(parcel.sha256, told.oktmo, told.quarter)
    query = select(ReceivedFile.id).where(ReceivedFile.sha256 == sign, ReceivedFile.result == MISNAMED)
    with database.read() as session:
        if session.scalar(query.limit(1)) is not None:
            return
    with database.write(KIND, f"Файл «{parcel.name}» назван не по содержанию") as session:
        row = _file(session, parcel, MISNAMED, (told.oktmo, told.quarter, None), keeps=False, reason=told.text)
        row.sha256 = sign
        session.add(row)
        session.flush()


def _beside_the_kept(session: Session, parcel: Parcel, verdict: Verdict) -> Verdict:
    """The verdict in the light of what is here: the same again, or another return under the same number."""
    if verdict.result is not None:
        return verdict
    v = ReceivedReturn
    row = session.scalars(
        select(v).where(v.oktmo == verdict.oktmo, v.quarter == verdict.quarter, v.correction == verdict.correction)
    ).first()
    if row is None:
        return verdict
    if parcel.sha256 == row.sha256 or row.data_sha256 == verdict.data_sha256:
        return _with(verdict, Result.SAME)
    assert verdict.ret is not None
    changes = differences(read_return(row.data), verdict.ret)
    faults = tuple(
        CellFault(one.cell, "", f"Принято «{_figure(one.before)}», в этом файле «{_figure(one.after)}».")
        for one in changes
    )
    reason = (
        f"Под этим номером уже принят другой отчёт («{row.file_name}»): цифры одного и того же отчёта не меняются. "
        "Район составляет уточнённый."
    )
    return _with(verdict, Result.CHANGED, reason, faults)


def _with(verdict: Verdict, result: Result, reason: str = "", faults: tuple[CellFault, ...] = ()) -> Verdict:
    return Verdict(
        result, reason, faults, verdict.oktmo, verdict.quarter, verdict.correction, verdict.hand,
        data_sha256=verdict.data_sha256,
    )  # fmt: skip


def _written(database: Database, parcel: Parcel, verdict: Verdict) -> Verdict:
    """The return kept in the insert-only table."""
    ret = verdict.ret
    assert ret is not None
    assert verdict.digest is not None
    head = ret.head
    result = Result.CORRECTED if head.correction else Result.ACCEPTED
    kind = f", уточнённый №{NBSP}{head.correction}" if head.correction else ""
    with database.write(KIND, f"Принят отчёт: {head.oktmo}, {head.quarter.title}{kind}") as session:
        row = ReceivedReturn(
            file_name=parcel.name,
            received_at=_came_at(session, parcel, head.quarter),
            received_by=session.info["actor"],
            sha256=parcel.sha256,
            oktmo=head.oktmo,
            quarter=head.quarter,
            correction=head.correction,
            form_version=head.form_version,
            hand=verdict.hand,
            result=result.value,
            data=verdict.data,
            data_sha256=verdict.data_sha256,
            envelope=verdict.envelope,
            file=parcel.path.read_bytes(),
        )
        session.add(row)
        session.flush()
        keep_digest(session, row, verdict.digest)
    return _with(verdict, result)


def _came_at(session: Session, parcel: Parcel, quarter: Quarter | None) -> datetime:
    """When a file came, UTC: with its letter or on the day that was told, if that can be; else now."""
    clock: Clock = session.info["clock"]
    now, at = clock.now(), parcel.at
    if at is None or at > now or (quarter is not None and clock.day_of(at) <= quarter.last_day):
        return now
    return at


def _is_set_aside(session: Session, parcel: Parcel, verdict: Verdict) -> bool:
    """Whether this file was set aside before with the same result: it is told again and not kept twice."""
    if verdict.result is None:
        return False
    query = select(ReceivedFile.id).where(
        ReceivedFile.sha256 == parcel.sha256, ReceivedFile.result == verdict.result.value
    )
    return session.scalar(query.limit(1)) is not None


def _set_aside(session: Session, parcel: Parcel, verdict: Verdict) -> ReceivedFile:
    assert verdict.result is not None
    keeps = verdict.result is not Result.NOT_A_RETURN and parcel.size <= _KEPT_BYTES
    faults = [asdict(fault) for fault in verdict.faults[:_MOST_FAULTS]]
    return _file(
        session, parcel, verdict.result.value, (verdict.oktmo, verdict.quarter, verdict.correction), keeps=keeps,
        reason=verdict.reason or verdict.result.value, data_sha256=verdict.data_sha256,
        faults=json.dumps(faults, ensure_ascii=False, sort_keys=True),
    )  # fmt: skip


def _file(
    session: Session, parcel: Parcel, result: str, whose: tuple[str, Quarter | None, int | None], *, keeps: bool,
    **values: str,
) -> ReceivedFile:  # fmt: skip
    oktmo, quarter, correction = whose
    return ReceivedFile(
        file_name=parcel.name,
        received_at=_came_at(session, parcel, quarter),
        received_by=session.info["actor"],
        sha256=parcel.sha256,
        result=result,
        oktmo=oktmo if len(oktmo) <= 8 else "",
        quarter=quarter,
        correction=correction,
        file=parcel.path.read_bytes() if keeps else None,
        **values,
    )


def _kept_beside(database: Database, parcel: Parcel) -> Beside:
    """A PDF or signature kept as it is; the same one again changes nothing."""
    whose = named(parcel.name)
    query = select(ReceivedFile.id).where(ReceivedFile.sha256 == parcel.sha256, ReceivedFile.result == "beside")
    with database.read() as session:
        known = session.scalar(query.limit(1)) is not None
    if not known and parcel.size <= _KEPT_BYTES:
        with database.write(KIND, f"Сохранён рядом «{parcel.name}»") as session:
            session.add(_file(session, parcel, "beside", whose, keeps=True))
            session.flush()
    return Beside(parcel.name, parcel.inside, *whose, parcel.sha256)


def _figure(value: object) -> str:
    return "пусто" if value is None else str(value)


def set_aside_of(session: Session, codes: Iterable[str], quarter: Quarter) -> tuple[ReceivedFile, ...]:
    """Files set aside of these codes and quarter, the latest last."""
    f = ReceivedFile
    query = select(f).where(f.oktmo.in_(list(codes)), f.quarter == quarter, f.result.not_in(NOT_ASIDE))
    return tuple(session.scalars(query.order_by(f.id)))

