"""The region's papers as bytes: the consolidated return, coverage, and what the commission is told."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.periods import Quarter
from app.core.progress import SILENT, Progress
from app.core.russian import day
from app.core.text import fold_name
from app.models import Unit
from app.region.commission import CentreAccount, DistrictAccount, account_of_centre, account_of_district
from app.returns.snapshot import Signer
from app.usecases.accounts import today_of
from app.usecases.region_whole import Whole, comparison, reported

_NAMED = 8  # names in one sentence


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file to be written.  name: with its ending."""

    name: str
    content: bytes


def whole_papers(session: Session, quarter: Quarter, *, progress: Progress = SILENT) -> tuple[PaperFile, ...]:
    """The consolidated return as the returns stand now, not frozen.  AppError where nobody reported."""
    return made_papers(session, reported(session, quarter), progress=progress)


def made_papers(
    session: Session, found: Whole, *, number: int | None = None, progress: Progress = SILENT
) -> tuple[PaperFile, ...]:
    """PDF, workbook and page.  number: of a frozen one."""
    from app.reports.consolidated_page import consolidated_html  # reportlab and openpyxl are slow to import:
    from app.reports.consolidated_paper import (  # only what prints pays for them
        ConsolidatedReport,
        consolidated_pdf,
        consolidated_xlsx,
    )

    told = comparison(session, found.quarter)
    report = ConsolidatedReport(
        found.consolidation, made_on=today_of(session), committee=committee(session), findings=tuple(found.findings),
        unchecked=tuple(found.unchecked), before=told.before, year_ago=told.year_ago, hashes=found.hashes,
        number=number, signers=_signers(session),
    )  # fmt: skip
    progress.step(1, 4, "Сведено")
    pdf = consolidated_pdf(report)
    progress.step(2, 4, "Напечатан PDF")
    xlsx = consolidated_xlsx(report)
    progress.step(3, 4, "Записан Excel")
    html = consolidated_html(report, found.coverage, found.costs)
    contents = {"pdf": pdf, "xlsx": xlsx, "html": html}
    return tuple(PaperFile(paper_name(found.quarter, ext, number), content) for ext, content in contents.items())


def paper_name(quarter: Quarter, ext: str, number: int | None = None) -> str:
    """`НКО-47-кв_свод_2026-Q3_1.pdf`; without the number while it is not frozen."""
    from app.reports.consolidated_paper import consolidated_file_name

    return consolidated_file_name(quarter, ext, number)


def commission_paper(
    session: Session, quarter: Quarter, *, centre: str = "", oktmo: str = ""
) -> PaperFile:
    """«Справка для комиссии по субсидиям» of one centre (its key, ОГРН, ИНН or name) or of one district.

    AppError where nobody reported, or there is no such centre or district.
    """
    from app.reports.commission_paper import commission_file_name, commission_pdf

    found = reported(session, quarter)
    account: CentreAccount | DistrictAccount
    if centre:
        account = account_of_centre(
            found.consolidation, found.coverage, centre_named(found, centre), found.findings, costs=found.costs,
            contracts=found.contracts,
        )  # fmt: skip
    else:
        account = account_of_district(
            found.consolidation, found.coverage, district_named(found, oktmo), found.findings, costs=found.costs
        )
    pdf = commission_pdf([account], found.consolidation, found.coverage, made_on=today_of(session), costs=found.costs)
    return PaperFile(commission_file_name(quarter, account.name), pdf)


def centre_named(found: Whole, told: str) -> str:
    """The key of the centre that a key, a number or a name, or the beginning of one, tells."""
    names = {line.centre: line.centre_name for line in found.costs.lines}
    key = found.consolidation.keys.of(told.strip())
    if key in names:
        return key
    wanted = fold_name(told)
    for matches in (
        [one for one, name in names.items() if fold_name(name) == wanted],
        [one for one, name in names.items() if wanted and wanted in fold_name(name)],
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            listed = _first([f"{names[one]} ({one})" for one in matches])
            raise AppError(f"Центров с названием «{told}» несколько: {listed}.", "Назовите то, что в скобках.")
    raise AppError(
        f"Центра «{told}» в отчётах за {found.quarter.title} нет.",
        f"Есть: {_first(sorted(set(names.values()))) or 'ни одного'}.",
    )


def _first(names: list[str]) -> str:
    more = len(names) - _NAMED
    return "; ".join(names if more <= 0 else [*names[:_NAMED], f"и ещё {more}"])


def district_named(found: Whole, oktmo: str) -> str:
    """The expected district of a code, which may be a former one."""
    for one in found.districts:
        if oktmo.strip() in (one.oktmo, *one.before):
            return one.oktmo
    raise AppError(
        f"Района с ОКТМО {oktmo} на {day(found.quarter.last_day)} нет.", "Проверьте код: их печатает board."
    )


def coverage_papers(session: Session, found: Whole, *, progress: Progress = SILENT) -> tuple[PaperFile, ...]:
    """Coverage, holes and duplicates as PDF and workbook."""
    from app.reports.coverage_paper import coverage_file_name, coverage_pdf, coverage_xlsx

    on = today_of(session)
    pdf = coverage_pdf(found.coverage, found.consolidation, made_on=on, costs=found.costs)
    progress.step(1, 2, "Напечатан PDF")
    xlsx = coverage_xlsx(found.coverage, found.consolidation, made_on=on, costs=found.costs)
    names = (coverage_file_name(found.coverage, ext) for ext in ("pdf", "xlsx"))
    return tuple(PaperFile(name, content) for name, content in zip(names, (pdf, xlsx), strict=True))


def _signers(session: Session) -> tuple[Signer, Signer] | None:
    """Head and executor of the committee; a name that is not known leaves a line for it."""
    unit = session.get(Unit, 1)
    if unit is None:
        return None
    return (
        Signer(unit.head_post, unit.head_name),
        Signer(unit.executor_post, unit.executor_name, unit.executor_phone),
    )


def committee(session: Session) -> str:
    """Who issues the papers."""
    unit = session.get(Unit, 1)
    return unit.administration if unit is not None else ""
