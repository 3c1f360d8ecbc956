"""Coverage, holes and duplicates of the region as a paper and a workbook, each with the records behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from app.core.progress import SILENT, Progress
from app.core.russian import amount, day, decimal, integer
from app.core.text import NBSP
from app.records.choices import PRIORITIES
from app.region.consolidate import Consolidation
from app.region.costs import NO_COSTS, Costs
from app.region.coverage import Coverage, Kind, Spot
from app.region.duplicates import Duplicate, Justification
from app.region.expected import District
from app.region.holes import Hole
from app.region.sums import Sum, added
from app.reports.blocks import (
    NOTHING,
    Block,
    Book,
    Cell,
    Column,
    Content,
    Grid,
    GridRow,
    GroupRow,
    Heading,
    Line,
    Paper,
    Sheet,
    Text,
    Turn,
)
from app.reports.cost_tables import NO_MONEY, cost_grid, side_by_side
from app.reports.file_names import FORM_NAME
from app.reports.pdf import write_pdf
from app.reports.region_tables import completeness_words
from app.reports.xlsx import write_book

TITLE = "Покрытие потребностей и дублирование услуг"
KINDS = {"ngo": "одной НКО — одна услуга от нескольких центров", "plan": "несколько центров ниже половины плана"}
WHOLE = "Вся область"
NEEDS_SHOWN = 6
WEIGHT_NOTE = (
    "Вес — по каждой НКО: приоритет потребности (высокий — 2, обычный — 1), умноженный на дни, сколько она открыта; "
    "сложено по НКО. «Нет услуг» — за квартал ни одной услуги по этой категории."
)
MATRIX_NOTE = (
    "В клетке: покрыто из нуждающихся НКО и доля, %. Покрыта НКО, получившая за квартал услугу, которая отвечает "
    "её потребности. «—» — потребностей нет; «без состава» — район прислал числа без списков."
)
BARE_NOTE = " Доля по области тогда — от наименьшей до наибольшей возможной. Без состава: {}."
NAMED = 3
"""Districts «без состава» that the note of the matrix names."""


def coverage_pdf(
    coverage: Coverage, consolidation: Consolidation, *, made_on: date, costs: Costs = NO_COSTS,
    progress: Progress = SILENT,
) -> bytes:  # fmt: skip
    """The paper, on pages that lie.  costs: ₽ a unit by the plans that the region keeps."""
    foot = f"{TITLE} · {coverage.quarter.title}"
    blocks = (Turn(landscape=True), *_title(coverage, consolidation), *_body(coverage, consolidation, costs))
    paper = Paper(f"{TITLE}, {coverage.quarter.title}", blocks, foot=foot, made_on=made_on, compact=True)
    return write_pdf(paper, progress)


def coverage_xlsx(
    coverage: Coverage, consolidation: Consolidation, *, made_on: date, costs: Costs = NO_COSTS,
    progress: Progress = SILENT,
) -> bytes:  # fmt: skip
    """The workbook: matrices, holes, duplicates, promises, costs."""
    title = tuple(_title(coverage, consolidation))
    sheets = (
        Sheet("Покрытие", (*title, Turn(True), matrix_grid(coverage, consolidation, "category"))),
        Sheet("По кодам услуг", (Turn(True), Heading("По кодам услуг"), matrix_grid(coverage, consolidation, "code"))),
        Sheet("Дыры", (Turn(True), Heading("Незакрытые потребности"), hole_grid(coverage, consolidation))),
        Sheet("Дублирование", (Turn(True), *_duplicates(coverage, consolidation, costs))),
        Sheet("Обещано и сделано", (Turn(True), Heading("План и факт"), promise_grid(coverage, consolidation))),
        Sheet("Стоимость", (Turn(True), *_costs(coverage, costs))),
    )
    book = Book(f"{TITLE}, {coverage.quarter.title}", sheets, made_on=made_on)
    return write_book(book, progress)


def coverage_file_name(coverage: Coverage, ext: str) -> str:
    """`НКО-47-кв_покрытие_2026-Q3.pdf`."""
    return f"{FORM_NAME}_покрытие_{coverage.quarter}.{ext}"


def _title(coverage: Coverage, consolidation: Consolidation) -> Iterator[Block]:
    yield Text(TITLE.upper(), size=15, bold=True, align="center", gap=0.5)
    told = f"{coverage.quarter.title} {completeness_words(consolidation)}"
    yield Text(told, size=11, bold=True, align="center", gap=0)


def _body(coverage: Coverage, consolidation: Consolidation, costs: Costs) -> Iterator[Block]:
    yield Heading("Покрытие по районам и категориям потребностей")
    yield matrix_grid(coverage, consolidation, "category")
    yield Heading("Незакрытые потребности, по весу")
    yield hole_grid(coverage, consolidation)
    yield from _duplicates(coverage, consolidation, costs)
    yield Heading("Что центры обещали и сделали с\u00a0начала года")
    yield promise_grid(coverage, consolidation)
    yield from _costs(coverage, costs)


def _duplicates(coverage: Coverage, consolidation: Consolidation, costs: Costs) -> Iterator[Block]:
    """Those without a reason, then those that somebody justified."""
    yield Heading("Дублирование услуг")
    yield duplicate_grid(coverage.inefficient, consolidation, costs)
    justified = [one for one in coverage.duplicates if one.reason]
    if justified:
        yield Heading("Обоснованное дублирование")
        yield duplicate_grid(justified, consolidation, costs)


def _costs(coverage: Coverage, costs: Costs) -> Iterator[Block]:
    yield Heading("Стоимость единицы услуги")
    if costs.known:
        yield cost_grid(costs.lines, coverage.quarter.number)
    else:
        yield Text(f"Стоимость единицы услуги: {NO_MONEY}")


def matrix_grid(coverage: Coverage, consolidation: Consolidation, kind: Kind) -> Grid:
    """District × category or code; codes nobody needs stay out of the paper's way."""
    heads = coverage.categories if kind == "category" else coverage.codes
    reported = [one for one in consolidation.expected if any(oktmo == one.oktmo for oktmo, _, _ in coverage.spots)]
    rows = [
        Line((one.name, *(spot_words(coverage.spot(one.oktmo, kind, code)) for code, _ in heads))) for one in reported
    ]
    if len(reported) > 1:
        sums = (added(_spots(coverage, reported, kind, (head,))) for head in heads)
        rows.append(Line((WHOLE, *map(sum_words, sums)), bold=True))
    width = 21 if kind == "category" else 15
    columns = (
        Column("Район", 0),
        *(Column(title if kind == "category" else code, width, "center", small=True) for code, title in heads),
    )
    note = MATRIX_NOTE + _bare_note(coverage, reported, kind) if rows else ""
    return Grid(columns, tuple(rows), numbered=False, note=note, size=8, pinned=1, empty="Отчётов нет.")


def _bare_note(coverage: Coverage, reported: Sequence[District], kind: Kind) -> str:
    """Which districts told numbers without sets; '' where none did."""
    heads = coverage.categories if kind == "category" else coverage.codes
    bare = [one.name for one in reported if added(_spots(coverage, (one,), kind, heads)).unknown]
    if not bare or len(reported) < 2:
        return ""
    more = f" и{NBSP}ещё {len(bare) - NAMED}" if len(bare) > NAMED else ""
    return BARE_NOTE.format(", ".join(bare[:NAMED]) + more)


def _spots(
    coverage: Coverage, districts: Sequence[District], kind: Kind, heads: Sequence[tuple[str, str]]
) -> Iterator[Spot]:
    found = (coverage.spot(one.oktmo, kind, code) for one in districts for code, _ in heads)
    return (spot for spot in found if spot is not None)


def spot_words(spot: Spot | None) -> str:
    """«3 из 4, 75,0 %»."""
    if spot is None or spot.demand.value == 0:
        return NOTHING
    if spot.covered is None or spot.percent is None or spot.demand.value is None:
        return "без состава"
    return f"{spot.covered} из {int(spot.demand.value)}\n{decimal(spot.percent, 1)}{NBSP}%"


def sum_words(total: Sum) -> str:
    """«5 из 9, 55,6 %»; with districts told «без состава» between which limits coverage lies."""
    if total.percent is None:
        return "без состава" if total.unknown else NOTHING
    ends = total.bounds if total.bare else (total.percent,)
    share = "–".join(dict.fromkeys(decimal(one, 1) for one in ends))
    return f"{integer(total.covered)} из {integer(total.demand)}\n{share}{NBSP}%"


def hole_grid(coverage: Coverage, consolidation: Consolidation) -> Grid:
    """Heaviest first, with the needs behind each."""
    rows = tuple(_hole_line(place, hole, consolidation) for place, hole in enumerate(coverage.holes, 1))
    columns = (
        Column("№", 10), Column("Район", 42), Column("Категория", 38), Column("Отвечают коды", 22),
        Column("Почему", 30),
        Column("НКО", 12, "right"), Column("Дней", 14, "right"), Column("Вес", 17, "right"),
        Column("Потребности", 0, small=True),
    )  # fmt: skip
    return Grid(columns, rows, numbered=False, note=WEIGHT_NOTE, empty="Незакрытых потребностей нет.")


def _hole_line(place: int, hole: Hole, consolidation: Consolidation) -> Line:
    why = [*(["нет услуг"] if hole.flagged else []), *([f"> 90{NBSP}дней: {hole.old}"] if hole.old else [])]
    needs = [
        f"№{NBSP}{row.number} {consolidation.keys.name(consolidation.keys.of(row.ngo))}, с {day(row.opened_on)}, "
        f"{PRIORITIES.get(row.priority, row.priority)}"
        for row in hole.needs[:NEEDS_SHOWN]
    ]
    if len(hole.needs) > NEEDS_SHOWN:
        needs.append(f"и ещё {len(hole.needs) - NEEDS_SHOWN}")
    weight: Content = f"не меньше {hole.weight}" if hole.estimated else hole.weight
    listed = "\n".join(needs) or "списка потребностей в отчёте нет"
    return Line(
        (
            place, consolidation.name(hole.oktmo), hole.title, " ".join(hole.codes), "; ".join(why), hole.ngos,
            hole.days, weight, listed,
        )
    )  # fmt: skip


def duplicate_grid(duplicates: Sequence[Duplicate], consolidation: Consolidation, costs: Costs = NO_COSTS) -> Grid:
    """Candidates with what each centre did and its money; the last column is there where somebody gave a reason."""
    reasons = any(one.reason for one in duplicates)
    rows = tuple(
        _duplicate_line(place, one, consolidation, costs, reasons=reasons) for place, one in enumerate(duplicates, 1)
    )
    columns = (
        Column("№", 10), Column("Вид", 36), Column("Код", 12), Column("Районы", 40),
        Column("Что найдено", 0, small=True), Column("Объём и деньги по\u00a0центрам", 52, small=True),
        *((Column("Обосновано", 44, small=True),) if reasons else ()),
    )  # fmt: skip
    return Grid(columns, rows, numbered=False, empty="Дублирования не найдено.")


def _duplicate_line(
    place: int, one: Duplicate, consolidation: Consolidation, costs: Costs, *, reasons: bool
) -> Line:
    districts = ", ".join(consolidation.name(oktmo) for oktmo in one.districts)
    why = (justified_words(one.justified),) if reasons else ()
    money = side_by_side(one, consolidation, costs)
    return Line((place, KINDS[one.kind], one.code, districts, one.text, money, *why))


def justified_words(one: Justification) -> str:
    """«Сетевой проект (Иванова А. П., 25.10.2026)»."""
    told = ", ".join(part for part in (one.by, day(one.on)) if part)
    return f"{one.reason} ({told})" if told else one.reason


def promise_grid(coverage: Coverage, consolidation: Consolidation) -> Grid:
    """Plans of the year against volumes since it began, under each centre its districts."""
    rows: list[GridRow] = []
    centre = None
    for one in coverage.promises:
        if one.centre != centre:
            rows.append(GroupRow(coverage.centre_names.get(one.centre, one.centre)))
            centre = one.centre
        name = consolidation.name(one.oktmo)
        rows.append(Line((name, one.code, one.unit, amount(one.plan), amount(one.done), Cell(one.percent, 1))))
    columns = (
        Column("Район", 0), Column("Код", 20), Column("Единица", 34),
        Column("План на год", 34, "right"), Column("С начала года", 34, "right"), Column("%", 24, "right"),
    )  # fmt: skip
    part = Decimal(coverage.quarter.number) / 4
    note = f"К этому дню прошло {format(part * 100, 'f').rstrip('0').rstrip('.')}{NBSP}% года."
    return Grid(columns, tuple(rows), numbered=False, note=note, pinned=1, empty="Планов центров в отчётах нет.")
