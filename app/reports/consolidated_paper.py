"""The consolidated return of the region as a paper and a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.core.periods import Quarter
from app.core.progress import SILENT, Progress
from app.core.russian import day
from app.core.text import NBSP
from app.region.checks import RegionFinding
from app.region.consolidate import Consolidation
from app.region.measures import Changes
from app.region.seal import Hashes, Seal, seal
from app.reports.blocks import Block, Book, Heading, PageBreak, Paper, Sheet, Space, Text, Turn
from app.reports.file_names import FORM_NAME
from app.reports.pdf import write_pdf
from app.reports.region_districts import bars_by_district, districts_told
from app.reports.region_tables import (
    activity_grid,
    coded_grid,
    comparison_words,
    completeness_words,
    finding_grid,
    issued_words,
    need_grid,
    service_grid,
    source_grid,
)
from app.reports.return_cover import in_fours
from app.reports.return_paper import signed_by
from app.reports.return_tables import PERIOD_TITLES
from app.reports.xlsx import write_book
from app.returns.form import Section
from app.returns.snapshot import Signer

TITLE = "Сводный отчёт"
SUBJECT = "О некоммерческих организациях, их поддержке и потребностях"


class ConsolidatedReport:
    """What is printed: a consolidation with its findings and, where they are known, changes.

    region: «Ленинградская область».  committee: who issues it.  made_on: the day on the paper, so that the
    same figures give the same bytes.  before, year_ago: changes to the quarter before, to the same one a year ago.
    hashes: those of the returns, where intake kept them.  unchecked: what the checks could not look at.
    number: of the consolidated return among those of its quarter; None while it is not frozen.
    signers: head of the committee and executor, whose signatures stand on the paper of a frozen one.
    """

    def __init__(
        self, consolidation: Consolidation, *, made_on: date, region: str = "", committee: str = "",
        findings: tuple[RegionFinding, ...] = (), before: Changes | None = None, year_ago: Changes | None = None,
        hashes: Hashes | None = None, unchecked: tuple[str, ...] = (), number: int | None = None,
        signers: tuple[Signer, Signer] | None = None,
    ) -> None:  # fmt: skip
        self.consolidation = consolidation
        self.made_on = made_on
        self.region = region
        self.committee = committee
        self.findings = findings
        self.unchecked = unchecked
        self.number = number
        self.signers = signers
        self.before = before
        self.year_ago = year_ago
        self.seal: Seal = seal(consolidation, hashes)

    @property
    def standing(self) -> str:
        """«№ 1, утверждён 25.10.2026», or that it is not."""
        if self.number is None:
            return "Предварительный: не утверждён"
        return f"№{NBSP}{self.number}, утверждён {day(self.made_on)}"

    @property
    def title(self) -> str:
        named = f": {self.region}" if self.region else ""
        return f"{TITLE} {FORM_NAME}{named}, {self.consolidation.quarter.title}"


def consolidated_file_name(quarter: Quarter, ext: str, number: int | None = None) -> str:
    """`НКО-47-кв_свод_2026-Q3_1.pdf`, without the number while it is not frozen; ext without a dot."""
    of = "" if number is None else f"_{number}"
    return f"{FORM_NAME}_свод_{quarter}{of}.{ext}"


def consolidated_pdf(report: ConsolidatedReport, *, progress: Progress = SILENT) -> bytes:
    """The paper: whom it rests on and what is wrong on pages that stand, the form on pages that lie."""
    paper = Paper(
        report.title,
        tuple(_paper(report)),
        foot=f"{TITLE} {FORM_NAME} · {report.consolidation.quarter.title} · {in_fours(report.seal.sha256[:16])}",
        author=report.committee,
        subject=SUBJECT,
        made_on=report.made_on,
    )
    return write_pdf(paper, progress)


def consolidated_xlsx(report: ConsolidatedReport, *, progress: Progress = SILENT) -> bytes:
    """The workbook: a sheet a section; the hidden sheet carries the data that is hashed."""
    whole = report.consolidation
    sheets = [Sheet("Свод", (*_title(report), Heading("По каким отчётам", 2), source_grid(whole, report.seal)))]
    sheets.append(Sheet("Районы", (Turn(True), *districts_told(whole), *bars_by_district(whole))))
    sheets += [
        Sheet(_sheet_name(section), (Turn(True), *_section(report, section))) for section in whole.form.sections
    ]
    sheets.append(Sheet("Проверки", (Heading("Проверки области"), *_checks(report))))
    hidden = (("sha256", report.seal.sha256), ("data", report.seal.data))
    book = Book(report.title, tuple(sheets), made_on=report.made_on, author=report.committee, hidden=hidden)
    return write_book(book, progress)


def _sheet_name(section: Section) -> str:
    return f"Раздел {section.number}"


def _paper(report: ConsolidatedReport) -> Iterator[Block]:
    yield from _title(report)
    yield Heading("По каким отчётам", 2)
    yield source_grid(report.consolidation, report.seal)
    yield Heading("Проверки области", 2)
    yield from _checks(report)
    yield Text(f"Контрольная строка свода: {in_fours(report.seal.sha256)}", size=10)
    yield Turn(landscape=True)
    yield from districts_told(report.consolidation)
    yield Turn(landscape=False)  # two charts of an oblast stand on a page
    yield from bars_by_district(report.consolidation)
    yield Turn(landscape=True)
    for section in report.consolidation.form.sections:
        if 1 < section.number <= 5:
            yield PageBreak()
        yield from _section(report, section)
    if report.number is not None and report.signers is not None:
        yield signed_by(*report.signers, report.made_on.year)


def _checks(report: ConsolidatedReport) -> Iterator[Block]:
    yield finding_grid(report.findings)
    for sentence in report.unchecked:
        yield Text(sentence, size=11, gap=0.5)


def _title(report: ConsolidatedReport) -> Iterator[Block]:
    whole = report.consolidation
    if report.committee or report.region:
        yield Text(report.committee or report.region, align="center", gap=4)
    yield Text(f"{TITLE} {FORM_NAME}".upper(), size=16, bold=True, align="center", gap=1.5)
    yield Text(SUBJECT, size=13, bold=True, align="center", gap=1.5)
    named = f"{report.region}, " if report.region else ""
    yield Text(f"{named}{whole.quarter.title}", align="center", gap=1.5)
    yield Text(report.standing, align="center", gap=3)
    yield Text(f"{completeness_words(whole)} {issued_words(whole)}.", size=11, bold=True, gap=0.5)
    for changes in (report.before, report.year_ago):
        if changes is not None:
            yield Text(comparison_words(changes), size=11, gap=0.5)
    if whole.held_over:
        yield Text(
            f"Графа «с{NBSP}начала года» у районов без отчёта взята из последнего принятого отчёта этого года.",
            size=11, gap=0.5,
        )  # fmt: skip
    yield Space(1)


def _section(report: ConsolidatedReport, section: Section) -> Iterator[Block]:
    whole = report.consolidation
    yield Heading(f"Раздел {section.number}. {section.title}")
    if section.groups:
        yield coded_grid(whole, section, report.before, report.year_ago)
    if section.number == 1:
        yield Heading("Таблица 1а. СОНКО по видам деятельности", level=2)
        yield activity_grid(whole)
    for period, words in PERIOD_TITLES.items():
        if section.number == 3:
            yield Heading(f"Таблица 3. Услуги по центрам и кодам, {words}", level=2)
            yield service_grid(whole, period)
        elif section.number == 4:
            yield Heading(f"Таблица 4. Потребности по категориям, {words}", level=2)
            yield need_grid(whole, period)
