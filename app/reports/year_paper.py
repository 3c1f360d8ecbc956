"""«Итоги года» as a paper and a workbook, from the approved returns alone: figures, charts, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.core.progress import SILENT, Progress
from app.core.russian import day
from app.core.text import NBSP
from app.reports.blocks import (
    NOTHING,
    Block,
    Book,
    Column,
    Grid,
    Heading,
    Line,
    PageBreak,
    Paper,
    Sheet,
    Space,
    Text,
    Turn,
)
from app.reports.pdf import write_pdf
from app.reports.return_cover import kind_title
from app.reports.return_paper import signatures
from app.reports.return_tables import need_grid, service_grid
from app.reports.xlsx import write_book
from app.reports.year_tables import centre_grid, charts_by_kind, charts_by_quarter, main_grid, support_grid
from app.returns.year import YearOfReturns

TITLE = "Итоги года"
SUBJECT = "Некоммерческие организации района, их поддержка, услуги и потребности"
HASH = 16  # digits of the hash by which a return is told


def year_pdf(year: YearOfReturns, *, progress: Progress = SILENT) -> bytes:
    """The paper: on pages that stand what it rests on and charts, on pages that lie the tables."""
    last = year.last
    head = last.ret.head
    paper = Paper(
        f"{TITLE}: {head.territory}, {year.year}{NBSP}год",
        tuple(_paper(year)),
        foot=f"{TITLE} · ОКТМО {head.oktmo} · {year.title} · по утверждённым отчётам НКО-47-кв",
        author=head.administration,
        made_on=_made_on(year),
        binding=last.envelope.binding,
    )
    return write_pdf(paper, progress)


def year_xlsx(year: YearOfReturns, *, progress: Progress = SILENT) -> bytes:
    """The workbook: a sheet a table, and the charts on a sheet of their own."""
    head, form = year.last.ret.head, year.form
    charts: tuple[Block, ...] = (*charts_by_quarter(year), PageBreak(), *charts_by_kind(year))
    sheets = (
        Sheet(TITLE, (*_title(year), Heading("По каким отчётам", 2), _sources(year))),
        Sheet("Диаграммы", (Heading(f"{TITLE}: {year.title}"), *charts)),
        Sheet("Показатели", (Turn(True), Heading("Главные показатели"), main_grid(year))),
        Sheet("Поддержка", (Turn(True), Heading("Поддержка по формам"), support_grid(year))),
        Sheet("Центры", (Turn(True), Heading("Услуги по центрам"), centre_grid(year))),
        Sheet("Услуги", (Turn(True), Heading(_services_title(year)), service_grid(year.last.ret, form, "year"))),
        Sheet("Потребности", (Turn(True), Heading(_needs_title(year)), need_grid(year.last.ret, form, "year"))),
    )
    book = Book(f"{TITLE} · {head.territory} · {year.year}", sheets, made_on=_made_on(year), author=head.administration)
    return write_book(book, progress)


def _made_on(year: YearOfReturns) -> date:
    """The day of the latest return it rests on, so that the same returns give the same bytes."""
    return max(kept.envelope.frozen_on for kept in year.quarters)


def _paper(year: YearOfReturns) -> Iterator[Block]:
    yield from _title(year)
    yield Heading("По каким отчётам", 2)
    yield _sources(year)
    yield Heading("Год по кварталам", anchor="quarters")
    yield from charts_by_quarter(year)
    yield PageBreak()
    yield Heading("Год по формам поддержки, центрам и потребностям")
    yield from charts_by_kind(year)
    yield Turn(landscape=True)
    yield Heading("Главные показатели")
    yield main_grid(year)
    yield PageBreak()
    yield Heading("Поддержка по формам")
    yield support_grid(year)
    yield PageBreak()
    yield Heading("Услуги по центрам")
    yield centre_grid(year)
    yield Heading(_services_title(year), 2)
    yield service_grid(year.last.ret, year.form, "year")
    yield Heading(_needs_title(year))
    yield need_grid(year.last.ret, year.form, "year")
    yield signatures(year.last.envelope, year.last.quarter)


def _services_title(year: YearOfReturns) -> str:
    return f"Услуги по центрам и кодам, {year.title}"


def _needs_title(year: YearOfReturns) -> str:
    return f"Потребности по категориям, {year.title}"


def _title(year: YearOfReturns) -> Iterator[Block]:
    """Whose year it is, and first of all what is missing of it."""
    head = year.last.ret.head
    yield Text(head.administration or head.territory, align="center", gap=4)
    yield Text(TITLE.upper(), size=16, bold=True, align="center", gap=1.5)
    yield Text(SUBJECT, size=13, bold=True, align="center", gap=1.5)
    yield Text(f"{head.territory}, {year.title}", align="center", gap=3)
    for missing in year.missing:
        yield Text(str(missing), size=11, bold=True, gap=0.5)
    if year.last.quarter.number < 4:
        until = day(year.last.quarter.last_day)
        yield Text(f"Итоги неполные: с начала года по {until}, как их даёт последний отчёт.", size=11, gap=0.5)
    if year.before is None:
        ago = year.last.quarter.year_before.title
        told = (
            f"Отчёта за {ago} нет: год раньше взят из графы{NBSP}9 последнего отчёта, услуги и потребности без него."
            if year.told_before
            else f"Сравнить не с чем: отчёта за {ago} нет."
        )
        yield Text(told, size=11, gap=0.5)
    yield Space(1)


def _sources(year: YearOfReturns) -> Grid:
    """Each return with its state and the beginning of its hash."""
    rows = {
        kept.quarter: Line(
            (
                kept.quarter.title,
                kind_title(kept.ret.head.correction),
                kept.envelope.frozen_on,
                kept.state,
                f"{kept.envelope.sha256[:HASH]}…",
            )
        )
        for kept in year.quarters
    }
    for one in year.missing:
        rows[one.quarter] = Line((one.quarter.title, "отчёта нет", None, one.why or NOTHING, NOTHING))
    columns = (
        Column("Квартал", 33),
        Column("Отчёт", 26),
        Column("Утверждён", 22),
        Column("Что с ним стало", 0),
        Column("Контрольная строка", 40),
    )
    return Grid(columns, tuple(rows[quarter] for quarter in sorted(rows)), numbered=False)
