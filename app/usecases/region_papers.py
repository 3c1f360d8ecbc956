"""The region's papers as bytes: the consolidated return, coverage, and what the commission is told."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core.periods import Quarter
from app.core.progress import SILENT, Progress
from app.models import Unit
from app.usecases.accounts import today_of
from app.usecases.region_whole import Whole, comparison, reported


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file to be written.  name: with its ending."""

    name: str
    content: bytes


def whole_papers(session: Session, quarter: Quarter, *, progress: Progress = SILENT) -> tuple[PaperFile, ...]:
    """The consolidated return as PDF, workbook and page, as the returns stand now.  AppError where nobody reported."""
    from app.reports.consolidated_page import consolidated_html  # reportlab and openpyxl are slow to import:
    from app.reports.consolidated_paper import (  # only what prints pays for them
        ConsolidatedReport,
        consolidated_file_name,
        consolidated_pdf,
        consolidated_xlsx,
    )

    found = reported(session, quarter)
    told = comparison(session, quarter)
    report = ConsolidatedReport(
        found.consolidation, made_on=today_of(session), committee=committee(session), findings=found.findings,
        before=told.before, year_ago=told.year_ago, hashes=found.hashes,
    )  # fmt: skip
    progress.step(1, 4, "Сведено")
    made = [PaperFile(consolidated_file_name(found.consolidation, "pdf"), consolidated_pdf(report))]
    progress.step(2, 4, "Напечатан PDF")
    made.append(PaperFile(consolidated_file_name(found.consolidation, "xlsx"), consolidated_xlsx(report)))
    progress.step(3, 4, "Записан Excel")
    page = consolidated_html(report, found.coverage)
    made.append(PaperFile(consolidated_file_name(found.consolidation, "html"), page))
    return tuple(made)


def coverage_papers(session: Session, found: Whole, *, progress: Progress = SILENT) -> tuple[PaperFile, ...]:
    """Coverage, holes and duplicates as PDF and workbook."""
    from app.reports.coverage_paper import coverage_file_name, coverage_pdf, coverage_xlsx

    on = today_of(session)
    pdf = coverage_pdf(found.coverage, found.consolidation, made_on=on)
    progress.step(1, 2, "Напечатан PDF")
    xlsx = coverage_xlsx(found.coverage, found.consolidation, made_on=on)
    names = (coverage_file_name(found.coverage, ext) for ext in ("pdf", "xlsx"))
    return tuple(PaperFile(name, content) for name, content in zip(names, (pdf, xlsx), strict=True))


def committee(session: Session) -> str:
    """Who issues the papers."""
    unit = session.get(Unit, 1)
    return unit.administration if unit is not None else ""
