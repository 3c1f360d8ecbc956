"""The tables and charts of «Итоги года»: quarter beside quarter, the year beside the year before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from app.core.money import TENTH, percent
from app.core.periods import ROMAN
from app.core.russian import okei_unit
from app.core.text import NBSP
from app.records.choices import SUPPORT_FORMS
from app.reports.blocks import NOTHING, Bars, Cell, Column, Content, Grid, GridRow, GroupRow, Line
from app.reports.return_tables import INTERVAL_NOTE
from app.returns.form import RowKind, RowSpec
from app.returns.snapshot import Row
from app.returns.year import YearOfReturns, needs_total

MAIN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Состав сектора", ("101", "102", "103", "104", "105", "106", "109", "110", "117", "118")),
    ("Муниципальная поддержка",
     ("202", "203", "210", "220.1", "220.2", "220.3", "221", "230", "231", "232", "233")),
    ("Услуги ресурсных центров", ("301", "302", "303", "304", "305")),
    ("Партнёрства с бизнесом",
     ("501", "502", "510", "503", "504", "505.1", "505.2", "506", "507", "508", "509")),
    ("Практики и встречи с НКО", ("601", "602", "603", "604", "706")),
)  # fmt: skip
"""Rows of the form that tell a year, by what a person looks for; the rest stands in the returns."""
NEEDS = (
    ("opened", "выявлено", RowKind.ADDITIVE),
    ("closed_centre", "закрыто ресурсными центрами", RowKind.ADDITIVE),
    ("closed_other", "закрыто администрацией или партнёрами", RowKind.ADDITIVE),
    ("withdrawn", "снято", RowKind.ADDITIVE),
    ("end", "открыто на конец", RowKind.STOCK),
    ("over_90", "из них открыто больше 90 дней", RowKind.STOCK),
)
STATE_NOTE = (
    "Состояния (сколько НКО на учёте, соглашений действует, потребностей открыто) показаны на последний день; "
    "разные организации по кварталам не складываются: за год каждая считается один раз."
)
QUARTERS = range(1, 5)


def main_grid(year: YearOfReturns) -> Grid:
    """The main figures by quarter and for the year."""
    rows: list[GridRow] = []
    for title, measures in MAIN:
        lines = [_line(year, spec) for measure in measures if (spec := _spec(year, measure)) is not None]
        if lines:
            rows += [GroupRow(title), *lines]
        if title.startswith("Услуги"):
            rows += [GroupRow("Потребности"), *(_need_line(year, *need) for need in NEEDS)]
    return Grid(_columns(year), tuple(rows), note=_note(year, rows), pinned=2)


def support_grid(year: YearOfReturns) -> Grid:
    """Every row of the forms of support, under the name of its form."""
    rows: list[GridRow] = []
    for form, title in SUPPORT_FORMS.items():
        specs = [spec for spec in year.form.rows if spec.measure.startswith(f"{form}.")]
        if specs:
            rows += [GroupRow(title[0].upper() + title[1:]), *(_line(year, spec) for spec in specs)]
    return Grid(_columns(year), tuple(rows), note=_note(year, rows), pinned=2)


def _note(year: YearOfReturns, rows: list[GridRow]) -> str:
    cells = [cell for row in rows if isinstance(row, Line) for cell in row.cells if isinstance(cell, Cell)]
    parts = [STATE_NOTE]
    if year.missing:
        parts.append(f"«{NOTHING}» в квартале, за который отчёта нет, — не ноль.")
    if any(cell.upper is not None for cell in cells):
        parts.append(INTERVAL_NOTE)
    return " ".join(parts)


def _columns(year: YearOfReturns) -> tuple[Column, ...]:
    return (
        Column("Код строки", 13),
        Column("Показатель", 0),
        Column("Единица", 16),
        *(Column(f"{ROMAN[number - 1]}{NBSP}квартал", 22, "right", over="За квартал") for number in QUARTERS),
        Column(year.title, 25, "right", over="С начала года"),
        Column(year.title_before, 25, "right", over="С начала года"),
        Column("Прирост, %", 17, "right"),
    )


def _spec(year: YearOfReturns, measure: str) -> RowSpec | None:
    """The row in the form of the year; None where that form has none."""
    return next((spec for spec in year.form.rows if spec.measure == measure), None)


def _line(year: YearOfReturns, spec: RowSpec) -> Line:
    whole, before = year.whole(spec.measure), year.year_before(spec.measure)
    cells: list[Content] = [spec.code, Cell(spec.title, indent=spec.indent), okei_unit(spec.okei) or NOTHING]
    cells += [Cell(year.in_quarter(spec.measure, number), spec.places) for number in QUARTERS]
    cells += [Cell(one.year, spec.places, upper=one.year_upper) for one in (whole, before)]
    return Line((*cells, _growth(whole, before)))


def _need_line(year: YearOfReturns, key: str, title: str, kind: RowKind) -> Line:
    of_year = kind is RowKind.ADDITIVE
    now, before = (needs_total(ret, key, year=of_year) for ret in (year.last.ret, year.before))
    cells: list[Content] = [
        f"табл.{NBSP}4",
        title,
        "ед.",
        *(Cell(needs_total(year.of(number), key)) for number in QUARTERS),
    ]
    growth = percent(now - before, before) if now is not None and before is not None else None
    return Line((*cells, Cell(now), Cell(before), Cell(growth, 1, signed=True)))


def _growth(now: Row, before: Row) -> Cell:
    """In percent of the year before; nothing where one of them is not known or an interval."""
    if now.year is None or before.year is None or now.year_upper is not None or before.year_upper is not None:
        return Cell(None)
    return Cell(percent(now.year - before.year, before.year), 1, signed=True)


def centre_grid(year: YearOfReturns) -> Grid:
    """What each centre did from the beginning of the year."""
    rows: list[GridRow] = [
        Line(
            (
                one.name,
                one.codes,
                one.figures.records,
                one.before,
                one.figures.cases,
                Cell(one.ngos, upper=None if one.upper is None else Decimal(one.upper)),
                one.figures.people,
                Cell(one.figures.hours, 2),
                one.figures.evidenced,
                one.figures.unevidenced,
            )
        )
        for one in year.centres()
    ]
    columns = (
        Column("Центр", 0),
        Column("Видов услуг", 17, "right"),
        Column(f"Записей, {year.title}", 23, "right"),
        Column(f"Записей, {year.title_before}", 23, "right"),
        Column("Случаев", 20, "right"),
        Column("НКО", 17, "right"),
        Column("Человек", 20, "right"),
        Column("Часов", 22, "right"),
        Column("С подтверж\u00adдением", 24, "right"),
        Column("Без подтверж\u00adдения", 24, "right"),
    )
    note = "Запись — один акт услуги; случай — услуга одному получателю. НКО — разные организации."
    return Grid(columns, tuple(rows), numbered=False, note=note, pinned=1, empty="Услуг не оказано.")


# --- charts -----------------------------------------------------------------------------------


def charts_by_quarter(year: YearOfReturns) -> Iterator[Bars]:
    """Four figures quarter by quarter; the last quarter kept is highlighted."""
    last = year.last.quarter.number - 1

    def bars(title: str, unit: str, figures: Iterable[int | Decimal | None], places: int = 0) -> Bars:
        return Bars(title, unit, tuple(zip(_quarters(), figures, strict=True)), places, last)

    if _spec(year, "203") is not None:
        spent = (year.in_quarter("203", number) for number in QUARTERS)
        thousands = (None if one is None else (one / 1000).quantize(TENTH, ROUND_HALF_UP) for one in spent)
        yield bars("Исполнено на поддержку", "тыс. ₽, за квартал", thousands, 1)
    for measure, title, unit in (
        ("210", "Получатели поддержки", "разных НКО, за квартал"),
        ("301", "Услуги ресурсных центров", "записей, за квартал"),
    ):
        if _spec(year, measure) is not None:
            yield bars(title, unit, (year.in_quarter(measure, number) for number in QUARTERS))
    still_open = (needs_total(year.of(number), "end") for number in QUARTERS)
    yield bars("Открытые потребности", "на конец квартала", still_open)


def _quarters() -> tuple[str, ...]:
    return tuple(f"{ROMAN[number - 1]}{NBSP}квартал" for number in QUARTERS)


def charts_by_kind(year: YearOfReturns) -> Iterator[Bars]:
    """The year by form of support, by centre, by category of needs."""
    forms = [(title, year.whole(f"{form}.1")) for form, title in SUPPORT_FORMS.items() if _spec(year, f"{form}.1")]
    plain = tuple((title, row.year if row.year_upper is None else None) for title, row in forms)
    yield Bars("Получатели поддержки по формам", f"разных НКО, {year.title}", plain)
    centres = tuple((one.name, one.figures.records) for one in year.centres())
    if centres:
        yield Bars("Услуги по центрам", f"записей, {year.title}", centres)
    needs = year.last.ret.needs
    if needs:
        opened = tuple((line.title, line.year.opened) for line in needs)
        yield Bars("Выявлено потребностей", f"по категориям, {year.title}", opened)
        still = tuple((line.title, line.year.end) for line in needs)
        yield Bars("Открыто потребностей", f"по категориям, на {year.last.quarter.last_day:%d.%m.%Y}", still)
