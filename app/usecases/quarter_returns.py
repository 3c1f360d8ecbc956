"""The quarterly return: drafted from the records, checked, frozen with its papers, corrected, kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import __version__
from app.core.errors import AppError, Deed
from app.core.periods import Quarter, quarters
from app.core.progress import SILENT, Progress
from app.core.russian import day, plural
from app.models import Explanation, FrozenReturn
from app.models.journal import chain_head, holds_entry
from app.returns.as_of import Index
from app.returns.build import build, rebuild, with_protocol
from app.returns.checks import Report, protocol_rows, run_checks
from app.returns.codec import anchor_of, canonical, fingerprint, read_envelope, read_return, write_envelope
from app.returns.compare import differing_cells
from app.returns.form import FORMS
from app.returns.form_terms import form_in_force
from app.returns.records import Records
from app.returns.snapshot import Built, Earlier, Envelope, ProtocolRow, QuarterReturn
from app.usecases.region_package_terms import terms_of_forms
from app.usecases.return_records import read_records

REASON_TO_COME = "причина указывается при утверждении"
"""What a draft of a correction says in place of its reason; freezing demands a real one."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A return as it would be frozen now, with the verdict of the checks and the records behind."""

    built: Built
    report: Report
    records: Records
    frozen_versions: int

    @property
    def ret(self) -> QuarterReturn:
        return self.built.ret

    @property
    def protocol(self) -> tuple[ProtocolRow, ...]:
        """Annex Г: findings, what was not checked, what came late."""
        return self.built.ret.annex_g


@dataclass(frozen=True, slots=True)
class KeptReturn:
    """A frozen version with the bytes of its papers, as they were written then."""

    quarter: Quarter
    correction: int
    oktmo: str
    reason: str
    sha256: str
    frozen_at: datetime
    frozen_by: str
    pdf: bytes
    xlsx: bytes
    ret: QuarterReturn
    envelope: Envelope


class ChecksFailed(AppError):
    """Errors of the checks block the freezing; the draft says which."""

    def __init__(self, draft: Draft) -> None:
        errors = len(draft.report.errors)
        super().__init__(
            f"Утвердить нельзя: {plural(errors, 'ошибка', 'ошибки', 'ошибок')}.",
            "Откройте ошибки, исправьте записи за ними и утвердите отчёт снова.",
        )
        self.draft = draft


def draft(session: Session, quarter: Quarter, *, reason: str = "", today: date | None = None) -> Draft:
    """The return of a quarter as the records stand, checked.

    A quarter already frozen gives the draft of its next correction.  AppError: no territory, no form
    for the quarter, or it lies before the opening balances.
    """
    _refuse_without_form(session, quarter)
    records = read_records(session, today=today)
    versions = records.frozen.get(quarter, ())
    to_come = REASON_TO_COME if versions else ""
    built = build(records, quarter, correction=len(versions), reason=reason or to_come)
    report = run_checks(built, records, rebuilt=_rebuilt(records, quarter))
    rows = protocol_rows(report, records, quarter)
    return Draft(Built(with_protocol(built.ret, rows), built.sources), report, records, len(versions))


def _rebuilt(records: Records, quarter: Quarter) -> Mapping[Quarter, QuarterReturn]:
    """The other frozen quarters of this year and the last one, built anew (checks 39 and 40)."""
    return {
        q: rebuild(records, q).ret
        for q in sorted(records.frozen)
        if q != quarter and q.year in (quarter.year, quarter.year - 1) and records.latest_frozen(q) is not None
    }


def freeze(session: Session, quarter: Quarter, *, reason: str = "", progress: Progress = SILENT) -> KeptReturn:
    """Freezes the return: data, envelope, PDF and XLSX go into the insert-only table in one write.

    reason: why it is corrected, required for a quarter frozen before.  ChecksFailed when a check
    found an error; AppError when the quarter still runs or an earlier one is not frozen.
    """
    made = draft(session, quarter, reason=reason.strip())
    _refuse_too_early(made.records, quarter)
    if made.frozen_versions and not reason.strip():
        raise AppError(
            f"Отчёт за {quarter.title} уже утверждён.", "Чтобы исправить его, составьте уточнённый и укажите причину."
        )
    if made.report.errors:
        raise ChecksFailed(made)
    progress.step(1, 4, "Проверено")
    data = canonical(made.ret)
    ret = read_return(data)  # papers are written from what is kept, never from what was in hand
    envelope = _envelope(session, made.records, ret, fingerprint(data))
    from app.reports.return_paper import return_pdf  # reportlab and openpyxl are slow to import:
    from app.reports.return_sheet import return_xlsx  # only what prints pays for them

    pdf = return_pdf(ret, envelope, progress=progress)
    progress.step(2, 4, "Напечатан PDF")
    xlsx = return_xlsx(ret, envelope, data=data)
    progress.step(3, 4, "Записан Excel")
    kept = FrozenReturn(
        quarter=quarter,
        oktmo=ret.head.oktmo,
        correction=ret.head.correction,
        reason=ret.head.reason,
        form_version=ret.head.form_version,
        frozen_at=session.info["clock"].now(),
        frozen_by=session.info["actor"],
        data=data,
        sha256=envelope.sha256,
        envelope=write_envelope(envelope),
        pdf=pdf,
        xlsx=xlsx,
    )
    session.add(kept)
    session.flush()
    return _kept(kept)


def _refuse_without_form(session: Session, quarter: Quarter) -> None:
    try:
        form_in_force(quarter.last_day, terms_of_forms(session))
    except KeyError:
        first = Quarter.of(min(form.valid_from for form in FORMS.values()))
        raise AppError(
            f"Формы отчёта за {quarter.title} нет.", f"Отчёты составляются, начиная с {first}."
        ) from None


def _refuse_too_early(records: Records, quarter: Quarter) -> None:
    if records.today <= quarter.last_day:
        raise AppError(
            f"{quarter.title} ещё идёт: утвердить отчёт можно с {day(quarter.next.first_day)}.",
            "До этого дня смотрите черновик.",
        )
    known = [q for q in records.frozen if q < quarter]
    if records.opening is not None:
        known.append(records.opening.quarter)
    if not known:
        return
    missing = [q for q in quarters(max(known).next, quarter) if q < quarter]
    if missing:
        raise AppError(
            f"Сначала утвердите отчёт за {missing[0].title}",  # the title ends with the stop of «г.»
            "Отчёты утверждают по порядку: следующий опирается на предыдущий.", Deed.RETURNS,
        )
    returned = [q for q in sorted(records.frozen) if q < quarter and records.latest_frozen(q) is None]
    if returned:
        raise AppError(
            f"Отчёт за {returned[0].title} возвращён с замечаниями, исправленного ещё нет.",
            "Сначала составьте за него уточнённый отчёт: следующий опирается на него.", Deed.RETURNS,
        )


def _envelope(session: Session, records: Records, ret: QuarterReturn, sha256: str) -> Envelope:
    head = ret.head
    return Envelope(
        sha256=sha256,
        frozen_on=records.today,
        frozen_by=session.info["actor"],
        journal_head=chain_head(session),
        registration_no=records.texts.get((head.quarter, "head.registration_no"), ""),
        due_on=records.calendar.return_due(head.quarter, records.settings.due_day),
        head=records.unit.head,
        executor=records.unit.executor,
        program_version=__version__,
        register_days=records.register_days(head.quarter),
        binding=records.settings.binding_margin,
        earlier=_earlier(session),
    )


def _earlier(session: Session) -> tuple[Earlier, ...]:
    """Versions approved before this one, and whether the journal still holds the entry each was approved at."""
    f = FrozenReturn
    query = select(f.quarter, f.correction, f.sha256, f.envelope).order_by(f.quarter, f.correction)
    return tuple(
        Earlier(row.quarter, row.correction, row.sha256, holds_entry(session, anchor_of(row.envelope)))
        for row in session.execute(query)
    )


def draft_envelope(session: Session, made: Draft) -> Envelope:
    """What would stand beside the data of a draft, were it frozen now."""
    return _envelope(session, made.records, made.ret, fingerprint(canonical(made.ret)))


def draft_papers(session: Session, made: Draft, *, progress: Progress = SILENT) -> tuple[bytes, bytes]:
    """PDF and XLSX of a draft, marked ЧЕРНОВИК, whatever the checks say."""
    from app.reports.return_paper import return_pdf
    from app.reports.return_sheet import return_xlsx

    data = canonical(made.ret)
    ret = read_return(data)
    envelope = _envelope(session, made.records, ret, fingerprint(data))
    return (
        return_pdf(ret, envelope, draft=True, progress=progress),
        return_xlsx(ret, envelope, data=data, draft=True),
    )


def whole_paper(session: Session, shown: KeptReturn | Draft, *, progress: Progress = SILENT) -> bytes:
    """The PDF with annexes Д and Е, printed on request: of a draft or of a frozen return.

    A frozen one is printed from its kept data, so it says the same hash as its kept papers.
    """
    from app.reports.return_paper import ON_REQUEST, return_pdf

    if isinstance(shown, KeptReturn):
        return return_pdf(shown.ret, shown.envelope, progress=progress, annexes=ON_REQUEST)
    data = canonical(shown.ret)
    ret = read_return(data)
    envelope = _envelope(session, shown.records, ret, fingerprint(data))
    return return_pdf(ret, envelope, draft=True, progress=progress, annexes=ON_REQUEST)


def protocol_paper(made: Draft) -> bytes:
    """The protocol alone, for when errors forbid the return."""
    from app.reports.protocol_paper import protocol_pdf
    from app.reports.return_annexes import titles_of

    return protocol_pdf(
        made.ret.head,
        made.protocol,
        verdict=made.report.verdict,
        today=made.records.today,
        titles=titles_of(made.ret),
    )


def kept(session: Session, quarter: Quarter, correction: int | None = None) -> KeptReturn | None:
    """A frozen version with its papers; the latest one unless a correction is named."""
    query = select(FrozenReturn).where(FrozenReturn.quarter == quarter)
    if correction is not None:
        query = query.where(FrozenReturn.correction == correction)
    found = session.scalars(query.order_by(FrozenReturn.correction.desc()).limit(1)).first()
    return None if found is None else _kept(found)


def _kept(row: FrozenReturn) -> KeptReturn:
    return KeptReturn(
        quarter=row.quarter,
        correction=row.correction,
        oktmo=row.oktmo,
        reason=row.reason,
        sha256=row.sha256,
        frozen_at=row.frozen_at,
        frozen_by=row.frozen_by,
        pdf=row.pdf,
        xlsx=row.xlsx,
        ret=read_return(row.data),
        envelope=read_envelope(row.envelope),
    )


def frozen_quarters(session: Session) -> tuple[Quarter, ...]:
    """Quarters that have a frozen return, oldest first."""
    return tuple(session.scalars(select(FrozenReturn.quarter).distinct().order_by(FrozenReturn.quarter)))


def to_be_corrected(session: Session) -> tuple[Quarter, ...]:
    """Frozen quarters whose figures, built anew from the records, differ from what was sent."""
    records = read_records(session)
    index = Index(records)
    found = []
    for quarter in sorted(records.frozen):
        latest = records.latest_frozen(quarter)
        if latest is not None and differing_cells(latest.ret, rebuild(records, quarter).ret, index):
            found.append(quarter)
    return tuple(found)


def explain(session: Session, quarter: Quarter, check: str, cell: str, text: str) -> None:
    """Keeps the explanation of a warning; an empty text takes it back."""
    query = select(Explanation).where(
        Explanation.quarter == quarter, Explanation.check_code == check, Explanation.cell == cell
    )
    known = session.scalars(query).first()
    if not text.strip():
        if known is not None:
            session.delete(known)
    elif known is None:
        session.add(Explanation(quarter=quarter, check_code=check, cell=cell, text=text.strip()))
    else:
        known.text = text.strip()
    session.flush()


def explain_findings(
    session: Session, quarter: Quarter, explanations: Iterable[tuple[str, str, str]], *, reason: str = ""
) -> None:
    """Keeps explanations (check, cell, text) of findings of the quarter's return.

    AppError for one that no finding asks for: the return would be frozen without it.
    """
    given = tuple(explanations)
    if not given:
        return
    report = draft(session, quarter, reason=reason.strip()).report
    asked = {(finding.check, finding.cell) for finding in report.findings}
    for check, cell, text in given:
        if (check, cell) not in asked:
            raise AppError(
                f"Пояснение к контролю {check}, ячейка {cell}: такого замечания в отчёте за {quarter.title} нет.",
                "Коды и ячейки замечаний называет черновик: --draft --json.",
            )
        explain(session, quarter, check, cell, text)


def versions_of(session: Session, quarter: Quarter) -> int:
    """How many versions of the quarter's return are frozen."""
    query = select(func.count()).select_from(FrozenReturn).where(FrozenReturn.quarter == quarter)
    return session.scalar(query) or 0
