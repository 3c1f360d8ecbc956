"""The districts side by side: main figures, shares, per 1,000 NGOs, bars, and who stands out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from app.core.money import TENTH
from app.core.periods import ROMAN, Quarter
from app.core.russian import plural
from app.core.text import NBSP
from app.region.consolidate import Consolidation
from app.region.expected import District
from app.region.figures import Figure
from app.region.measures import Outlier, by_district, outliers, per_thousand, shares
from app.reports.blocks import NOTHING, Bars, Block, Cell, Column, Content, Grid, Heading, Line, Text
from app.reports.region_tables import figure_cell

MAIN = (
    ("101.quarter", "НКО на учёте", 0),
    ("102.quarter", "СОНКО", 0),
    ("203.year", "Исполнено с\u00a0начала года, ₽", 2),
    ("210.year", "Получателей с\u00a0начала года", 0),
    ("301.quarter", "Записей об услугах", 0),
    ("302.quarter", "НКО получили услуги", 0),
)
RATED = ("301.quarter", "302.quarter", "210.year", "203.year")
"""Figures by which districts are held against each other per 1,000 NGOs."""
RULE = (
    f"Названы районы, где показатель на 1{NBSP}000 НКО более чем втрое больше или меньше середины районов "
    "и отличается от неё не меньше чем на 5."
)


def districts_told(consolidation: Consolidation) -> Iterator[Block]:
    """The chapter «По районам», without its charts."""
    yield Heading("По районам")
    yield district_grid(consolidation)
    yield Heading("Кто выделяется", 2)
    found = standing_out(consolidation)
    for one in found:
        title = next(title for cell, title, _ in MAIN if cell == one.cell)
        yield Text(f"{title}. {one.text}", size=11, gap=0.5)
    yield Text(RULE if found else f"{RULE} Таких нет.", size=10)


def standing_out(consolidation: Consolidation) -> tuple[Outlier, ...]:
    """All that stands out in the figures of `RATED`."""
    return tuple(one for cell in RATED for one in outliers(consolidation, cell))


def district_grid(consolidation: Consolidation) -> Grid:
    """Main figures of each district; the share in services and their number per 1,000 NGOs beside them."""
    share, rates = shares(consolidation, "301.quarter"), per_thousand(consolidation, "301.quarter")
    reported = {oktmo for oktmo, _ in consolidation.returns}
    rows = []
    for one in consolidation.expected:
        if one.oktmo not in reported:
            rows.append(_missing(consolidation, one))
            continue
        cells = (_own(consolidation[cell], one.oktmo, places) for cell, _, places in MAIN)
        rows.append(Line((one.name, *cells, Cell(share.get(one.oktmo), 1), Cell(rates.districts.get(one.oktmo), 1))))
    if rows:
        whole = (figure_cell(consolidation[cell], places) for cell, _, places in MAIN)
        hundred = Decimal(100) if share else None
        rows.append(Line(("Область", *whole, Cell(hundred, 1), Cell(rates.region, 1)), bold=True))
    columns = (
        Column("Район", 0),
        *(Column(title, 25, "right") for _, title, _ in MAIN),
        Column("Доля услуг, %", 20, "right"),
        Column(f"Услуг на 1{NBSP}000{NBSP}НКО", 22, "right"),
    )
    note = "Получатели и НКО по районам не складываются: одна организация может стоять в нескольких."
    if consolidation.held_over:
        note += " У\u00a0района без отчёта за квартал «с\u00a0начала года» взято из прежнего, он назван в скобках."
    return Grid(columns, tuple(rows), numbered=False, note=note, pinned=1, empty="Районов, от которых ждут отчёт, нет.")


def _missing(consolidation: Consolidation, one: District) -> Line:
    """Who did not report: of the year, what the earlier return told, for the sum of the oblast holds it too."""
    before = consolidation.held_over.get(one.oktmo)
    if before is None:
        return Line((one.name, *[NOTHING] * (len(MAIN) + 2)))
    cells: list[Content] = [
        _own(consolidation[cell], one.oktmo, places) if cell.endswith(".year") else NOTHING for cell, _, places in MAIN
    ]
    return Line((f"{one.name} ({_until(before)})", *cells, NOTHING, NOTHING))


def _until(quarter: Quarter) -> str:
    """«по II квартал»."""
    return f"по{NBSP}{ROMAN[quarter.number - 1]}{NBSP}квартал"


def _own(figure: Figure, oktmo: str, places: int) -> Content:
    """A district's own figure as it told it; «без состава» does not make its own count less sure."""
    parts = [part for part in figure.parts if part.oktmo == oktmo]
    uppers = [part.upper for part in parts if part.upper is not None]
    value = by_district(figure).get(oktmo)
    return Cell(value, places, upper=uppers[0] if len(parts) == 1 and uppers else None)


def bars_by_district(consolidation: Consolidation) -> Iterator[Bars]:
    """Four charts over all districts that are expected: who did not report has a line and no bar.

    Of the year, a district without a return of the quarter stands with its earlier one, hatched.
    """
    quarter = consolidation.quarter
    for cell, title, unit, thousand in (
        ("101.quarter", "НКО на учёте", f"ед., на {quarter.last_day:%d.%m.%Y}", False),
        ("203.year", "Исполнено на поддержку", f"тыс. ₽, {quarter.year_to_date_title}", True),
        ("301.quarter", "Услуги ресурсных центров", f"записей, {quarter.title}", False),
    ):
        told = by_district(consolidation[cell])
        if told:
            given = {oktmo: _thousands(value) if thousand else value for oktmo, value in told.items()}
            yield _bars(consolidation, title, unit, given, 1 if thousand else 0, year=cell.endswith(".year"))
    open_needs: dict[str, Decimal] = {}
    for category in consolidation.needs:
        for oktmo, value in by_district(consolidation[f"{category.key}.end.quarter"]).items():
            open_needs[oktmo] = open_needs.get(oktmo, Decimal(0)) + value
    if open_needs:
        yield _bars(consolidation, "Открытые потребности", f"на {quarter.last_day:%d.%m.%Y}", open_needs)


def _bars(
    consolidation: Consolidation, title: str, unit: str, told: Mapping[str, Decimal], places: int = 0, *,
    year: bool = False,
) -> Bars:  # fmt: skip
    """The unit says how many districts stand behind the chart."""
    expected = consolidation.expected
    held_over = consolidation.held_over if year else {}
    absent = {one.oktmo for one in consolidation.missing}

    bars = tuple((one.name, told.get(one.oktmo)) for one in expected)
    notes = {
        place: _until(held_over[one.oktmo]) if one.oktmo in held_over else "отчёта нет"
        for place, one in enumerate(expected) if one.oktmo in absent
    }  # fmt: skip
    behind = len(expected) - len(absent)
    counted = f"{behind}{NBSP}из{NBSP}{plural(len(expected), 'района', 'районов', 'районов')}"
    part = frozenset(place for place, one in enumerate(expected) if one.oktmo in held_over)
    return Bars(title, f"{unit}; {counted}", bars, places, notes=notes, part=part)


def _thousands(value: Decimal) -> Decimal:
    return (value / 1000).quantize(TENTH, ROUND_HALF_UP)
