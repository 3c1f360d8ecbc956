"""One file of the intake judged by itself: what it is, whose, for when, and what is wrong with it."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.errors import AppError, Cancelled
from app.core.periods import Quarter
from app.core.progress import Progress
from app.core.russian import day
from app.core.text import NBSP
from app.exchange.parcels import Parcel
from app.exchange.workbook_dangers import refuse_broken, refuse_dangers
from app.region.digest import Digested, digest_of
from app.region.results import CellFault, Result, valid_on
from app.returns.checks.report import Severity
from app.returns.codec import canonical, fingerprint, read_envelope
from app.returns.form_terms import form_in_force
from app.returns.hand_input import HandFault
from app.returns.package import FormTerm
from app.returns.records import Territory
from app.returns.snapshot import Head, QuarterReturn
from app.usecases.return_files import FileReport, check_return_file

_log = logging.getLogger(__name__)
SECONDS = 20.0
"""A file that takes longer is set aside: it is no return that anybody filled in."""
_EDITED = frozenset({"hash", "sheet", "row"})
_NO_PERIOD = frozenset({"period", "version"})


@dataclass(frozen=True, slots=True)
class Around:
    """What a file is judged by: the territories, the terms of the form's versions, today."""

    territories: Sequence[Territory]
    terms: Sequence[FormTerm]
    today: date


@dataclass(frozen=True)
class Verdict:
    """What a file is.  result: None while nothing speaks against taking it in; ret, data and digest are there then.

    oktmo, quarter, correction: what the file says of itself, where it can be made out.  data_sha256: of the data it was
    approved with, for the answer to find its version.
    """

    result: Result | None
    reason: str = ""
    faults: tuple[CellFault, ...] = ()
    oktmo: str = ""
    quarter: Quarter | None = None
    correction: int | None = None
    hand: bool = False
    ret: QuarterReturn | None = None
    data: str = ""
    data_sha256: str = ""
    envelope: str = ""
    digest: Digested | None = None


def is_beside(parcel: Parcel) -> bool:
    """A printed return or a signature: kept beside, never opened."""
    if parcel.fault is not None:
        return False
    with parcel.path.open("rb") as file:
        start = file.read(5)
    return start == b"%PDF-" or (parcel.name.lower().endswith((".sig", ".p7s")) and not start.startswith(b"PK"))


def judge(parcel: Parcel, around: Around) -> Verdict:
    """What the file is.  Nothing that a file may hold raises anything here."""
    if parcel.fault is not None:
        return Verdict(Result.NOT_A_RETURN, str(parcel.fault))
    try:
        refuse_dangers(parcel.path, parcel.name)
        report = check_return_file(parcel.path, progress=_Deadline())
        if report.hand:
            refuse_broken(parcel.path, parcel.name)
    except AppError as refused:
        return Verdict(Result.NOT_A_RETURN, str(refused))
    except (Cancelled, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # a hostile file: a reader in another language panics past Exception
        if not isinstance(fault, Exception) and type(fault).__name__ != "PanicException":
            raise
        _log.warning("intake: %s while reading a file", type(fault).__name__)
        told = f"Файл «{parcel.name}» не разобран: внутри не то, что бывает в отчёте."
        return Verdict(Result.NOT_A_RETURN, f"{told} Попросите прислать его ещё раз.")
    return _of_report(report, around)


class _Deadline(Progress):
    """Stops a file that takes too long at its next step."""

    def __init__(self) -> None:
        super().__init__()
        self._until = time.monotonic() + SECONDS

    def step(self, done: int, total: int, text: str = "") -> None:
        if time.monotonic() > self._until:
            raise AppError(f"Файл разбирается дольше {SECONDS:.0f} секунд.", "Попросите прислать отчёт ещё раз.")
        super().step(done, total, text)


def _of_report(report: FileReport, around: Around) -> Verdict:
    errors = [fault for fault in report.faults if fault.severity is Severity.ERROR]
    told = [CellFault(fault.cell, fault.place, fault.text) for fault in errors]
    edited = [CellFault(c.cell, c.place, f"Утверждено «{c.was}», в файле «{c.now}».") for c in report.changed]
    if report.ret is None:
        return Verdict(Result.PERIOD, _first(told, "Период отчёта не указан."), tuple(told), hand=True)
    if not report.hand and (edited or any(fault.code in _EDITED for fault in errors)):
        faults = (*told, *edited)
        return _refused(report, Result.CHANGED, _first(faults, "Файл изменён после утверждения."), faults)
    head = report.ret.head
    if whose := _territory_faults(head, errors, around):
        return _refused(report, Result.TERRITORY, whose[0].text, whose)
    if (reason := _period_fault(head, around)) or any(fault.code in _NO_PERIOD for fault in errors):
        found = [CellFault("head.quarter", "Титул", reason)] if reason else told
        return _refused(report, Result.PERIOD, _first(found, ""), found)
    told += [
        CellFault(one.cell, one.place, f"Проверка {one.check}. {one.text}")
        for one in report.findings
        if one.severity is Severity.ERROR
    ]
    if told:
        return _refused(report, Result.FAULTS, _first(told, ""), told)
    try:
        digest = digest_of(report.ret)
    except ValueError:
        reason = "В файле есть цифра, какой в отчёте не бывает: больше двух знаков после запятой или слишком большая."
        return _refused(report, Result.FAULTS, reason, [CellFault("", "", reason)])
    data = report.data if not report.hand else canonical(report.ret)
    return Verdict(
        None, oktmo=head.oktmo, quarter=head.quarter, correction=head.correction, hand=report.hand, ret=report.ret,
        data=data, data_sha256=fingerprint(data), envelope=_readable(report.envelope), digest=digest,
    )  # fmt: skip


def _readable(envelope: str) -> str:
    """The envelope if it is one; it stands unhashed in the file, so it may be anything."""
    try:
        read_envelope(envelope)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ""
    return envelope


def _refused(report: FileReport, result: Result, reason: str, faults: Iterable[CellFault]) -> Verdict:
    assert report.ret is not None
    head = report.ret.head
    return Verdict(
        result, reason, tuple(faults), head.oktmo, head.quarter, head.correction, report.hand,
        data_sha256=report.sha256.lower() if len(report.sha256) == 64 else "",
    )  # fmt: skip


def _first(faults: Sequence[CellFault], otherwise: str) -> str:
    """The first fault with its cell, as a letter and a card tell it, and how many there are."""
    if not faults:
        return otherwise
    first = faults[0]
    text = first.text
    if "!" in first.place:
        text = f"Ячейка «{first.place}»: {text[:1].lower() if text[1:2].islower() else text[:1]}{text[1:]}"
    return text + (f" Ячеек с{NBSP}ошибками: {len(faults)}." if len(faults) > 1 else "")


def _territory_faults(head: Head, errors: Sequence[HandFault], around: Around) -> list[CellFault]:
    """Why the code is wrong: unknown, not valid on the last day, not that of the file's name.

    One that is left blank is a fault of its cell.
    """
    said = [one for one in errors if one.code == "oktmo" or (one.cell == "head.oktmo" and one.code != "missing")]
    reason = _territory_fault(head, around) if head.oktmo else ""
    if reason:
        return [CellFault("head.oktmo", "Титул", reason)]
    return [CellFault(one.cell, one.place, one.text) for one in said]


def _territory_fault(head: Head, around: Around) -> str:
    """What is wrong with the code on the last day of the quarter; '' if nothing is."""
    known = {territory.code: territory for territory in around.territories}
    territory = known.get(head.oktmo)
    if territory is None:
        return f"Кода ОКТМО {head.oktmo} нет среди районов и городских округов области."
    last = head.quarter.last_day
    if valid_on(territory, last):
        return ""
    successor = known.get(territory.successor or "")
    instead = f" Отчёт составляется с кодом {successor.code} ({successor.name})." if successor else ""
    if territory.valid_to is not None and territory.valid_to < last:
        until = day(territory.valid_to)
        return f"Код ОКТМО {head.oktmo} действовал по {until}, а квартал кончается {day(last)}.{instead}"
    return f"Код ОКТМО {head.oktmo} действует с {day(territory.valid_from)}, а квартал кончается {day(last)}."


def _period_fault(head: Head, around: Around) -> str:
    last = head.quarter.last_day
    if last >= around.today:
        return f"{head.quarter.title} ещё не кончился: отчёт за него не принимается."
    try:
        form = form_in_force(last, around.terms)
    except KeyError:
        return f"Формы отчёта за {head.quarter.title} не было."
    if form.version != head.form_version:
        return f"За {head.quarter.title} действует форма версии {form.version}, а прислана версия {head.form_version}."
    return ""
