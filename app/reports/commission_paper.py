"""«Справка для комиссии по субсидиям»: of a centre and of a district, with the reasoning and the rows behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from app.core.periods import Quarter
from app.core.progress import SILENT, Progress
from app.core.russian import amount
from app.core.text import NBSP
from app.region.checks import RegionFinding
from app.region.commission import CentreAccount, DistrictAccount
from app.region.consolidate import Consolidation
from app.region.costs import NO_COSTS, Costs, UnitCost
from app.region.coverage import Coverage, Promise, Spot
from app.region.duplicates import Duplicate
from app.region.holes import Hole
from app.reports.annex_words import row_words, service_words
from app.reports.blocks import Block, Cell, Column, Fact, Facts, Grid, Heading, Line, PageBreak, Paper, Text
from app.reports.cost_tables import cost_grid, side_by_side
from app.reports.coverage_paper import KINDS, justified_words
from app.reports.file_names import FORM_NAME
from app.reports.pdf import write_pdf
from app.reports.region_tables import figure_words, finding_grid

TITLE = "Справка для комиссии по субсидиям"
REASONED = "Что видно из отчётов"


def commission_pdf(
    accounts: Sequence[CentreAccount | DistrictAccount],
    consolidation: Consolidation,
    coverage: Coverage,
    *,
    made_on: date,
    costs: Costs = NO_COSTS,
    progress: Progress = SILENT,
) -> bytes:
    """One paper of one or many accounts, each beginning its own page.

    What there is none of — plans, holes, duplicates — is told in the first sentences and has no chapter.
    """
    blocks: list[Block] = []
    for place, account in enumerate(accounts):
        if place:
            blocks.append(PageBreak())
        if isinstance(account, CentreAccount):
            blocks += _centre(account, consolidation, coverage, costs)
        else:
            blocks += _district(account, consolidation, coverage, costs)
    quarter = consolidation.quarter.title
    paper = Paper(f"{TITLE}, {quarter}", tuple(blocks), foot=f"{TITLE} · {quarter}", made_on=made_on, compact=True)
    return write_pdf(paper, progress)


def commission_file_name(quarter: Quarter, name: str) -> str:
    """`НКО-47-кв_справка_2026-Q3_Волховский муниципальный район.pdf`: signs that no file may bear are left out."""
    plain = " ".join("".join(sign for sign in name if sign.isalnum() or sign in " .-").split())[:80].strip(" .")
    return f"{FORM_NAME}_справка_{quarter}_{plain}.pdf"


def _head(name: str, quarter: Quarter, reasons: Sequence[str]) -> Iterator[Block]:
    yield Text(TITLE.upper(), size=14, bold=True, align="center", gap=1.5)
    yield Text(name, size=13, bold=True, align="center", gap=1.5)
    yield Text(f"{quarter.title}, с{NBSP}начала года — {quarter.year_to_date_title}", align="center", gap=3)
    yield Heading(REASONED, 2)
    for reason in reasons:
        yield Text(f"• {reason}", size=12, gap=1)


def _centre(
    account: CentreAccount, consolidation: Consolidation, coverage: Coverage, costs: Costs
) -> Iterator[Block]:
    yield from _head(account.name, coverage.quarter, account.reasons)
    yield Heading("С\u00a0начала года", 2)
    facts = (
        Fact("Районов", str(len(account.districts))),
        Fact("Записей об услугах", figure_words(account.records)),
        Fact("Случаев", figure_words(account.cases)),
        Fact("НКО, разных", figure_words(account.ngos)),
        Fact("Часов", figure_words(account.hours, 2)),
        Fact("Ожидание, дней", figure_words(account.wait, 1)),
        Fact("С подтверждением", figure_words(account.evidenced)),
        Fact("Без подтверждения", figure_words(account.unevidenced)),
    )
    yield Facts(facts)
    if account.promises:
        yield Heading("Обещано и сделано", 2)
        yield _promises(account.promises, consolidation, coverage, by_centre=False)
    yield from _costs(account.costs, consolidation, with_centre=False)
    yield from _behind(account.duplicates, account.findings, consolidation, costs)


def _district(
    account: DistrictAccount, consolidation: Consolidation, coverage: Coverage, costs: Costs
) -> Iterator[Block]:
    yield from _head(account.name, coverage.quarter, account.reasons)
    yield Heading("Покрытие потребностей за квартал", 2)
    rows = tuple(_spot_line(title, spot, coverage) for title, spot in account.spots)
    covered = (
        Column("Категория", 50), Column("Нужно НКО", 18, "right"), Column("Покрыто", 18, "right"),
        Column("%", 14, "right"), Column("Получили всего", 20, "right"), Column("Центры", 0, small=True),
    )  # fmt: skip
    yield Grid(covered, rows, numbered=False, empty="Отчёта района нет.")
    if account.holes:
        yield Heading("Незакрытые потребности", 2)
        yield _holes(account.holes, consolidation)
    if account.promises:
        yield Heading("Обещано центрами и сделано с\u00a0начала года", 2)
        yield _promises(account.promises, consolidation, coverage, by_centre=True)
    yield from _costs(account.costs, consolidation, with_centre=True)
    yield from _behind(account.duplicates, account.findings, consolidation, costs)


def _holes(holes: Sequence[Hole], consolidation: Consolidation) -> Grid:
    rows = tuple(Line((one.title, one.ngos, one.days, one.weight, _needs(one, consolidation))) for one in holes)
    columns = (
        Column("Категория", 40), Column("НКО", 14, "right"), Column("Дней", 14, "right"), Column("Вес", 16, "right"),
        Column("Потребности", 0, small=True),
    )  # fmt: skip
    return Grid(columns, rows, numbered=False)


def _spot_line(title: str, spot: Spot, coverage: Coverage) -> Line:
    centres = ", ".join(coverage.centre_names.get(one, one) for one in spot.centres)
    return Line(
        (title, figure_words(spot.demand), spot.covered, Cell(spot.percent, 1), figure_words(spot.served), centres)
    )


def _promises(
    promises: Sequence[Promise], consolidation: Consolidation, coverage: Coverage, *, by_centre: bool
) -> Grid:
    rows = tuple(
        Line(
            (
                coverage.centre_names.get(one.centre, one.centre) if by_centre else consolidation.name(one.oktmo),
                one.code, one.unit, amount(one.plan), amount(one.done), Cell(one.percent, 1),
            )
        )
        for one in promises
    )  # fmt: skip
    columns = (
        Column("Центр" if by_centre else "Район", 0), Column("Код", 14), Column("Единица", 26),
        Column("План на год", 24, "right"), Column("Сделано", 24, "right"), Column("%", 16, "right"),
    )  # fmt: skip
    return Grid(columns, rows, numbered=False)


def _costs(lines: Sequence[UnitCost], consolidation: Consolidation, *, with_centre: bool) -> Iterator[Block]:
    if any(one.money is not None for one in lines):
        yield Heading("Стоимость единицы услуги", 2)
        yield cost_grid(lines, consolidation.quarter.number, with_centre=with_centre, narrow=True)


def _behind(
    duplicates: Sequence[Duplicate], findings: Sequence[RegionFinding], consolidation: Consolidation, costs: Costs
) -> Iterator[Block]:
    if duplicates:
        yield Heading("Дублирование и записи за ним", 2)
        yield _duplicates(duplicates, consolidation, costs)
    if findings:
        yield Heading("Проверки области", 2)
        yield finding_grid(tuple(findings))


def _duplicates(duplicates: Sequence[Duplicate], consolidation: Consolidation, costs: Costs) -> Grid:
    rows = tuple(
        Line((KINDS[one.kind], one.code, _records(one, consolidation, costs), justified_words(one.justified) or "нет"))
        for one in duplicates
    )
    columns = (
        Column("Вид", 36), Column("Код", 12), Column("Записи", 0, small=True), Column("Обосновано", 34, small=True),
    )  # fmt: skip
    return Grid(columns, rows, numbered=False, running=True)  # its rows are tall


def _records(duplicate: Duplicate, consolidation: Consolidation, costs: Costs) -> str:
    """Of one NGO: its name and the acts; of plans: what each centre did of its own.  Money where it is known."""
    money = (f"Объём и{NBSP}деньги — {side_by_side(duplicate, consolidation, costs)}",) if costs.known else ()
    if duplicate.kind == "plan":
        return "\n".join((duplicate.text, *money))
    keys = consolidation.keys
    acts = (f"{consolidation.name(oktmo)}: {service_words(row, keys)}" for oktmo, row in duplicate.records)
    return "\n".join((keys.name(duplicate.ngo), *acts, *money))


def _needs(hole: Hole, consolidation: Consolidation) -> str:
    return "\n".join(row_words(row, consolidation.keys) for row in hole.needs)
