"""Sections 1–7 of the return as grids: the same ones stand on paper and on sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from app.core.money import percent
from app.core.russian import okei_unit
from app.core.text import NBSP
from app.reports.blocks import NOT_FILLED, NOTHING, Cell, Column, Content, Grid, GridRow, GroupRow, Line
from app.returns.form import FORMS, ColumnSpec, Form, RowKind, RowSpec, Section
from app.returns.snapshot import Average, NeedFigures, NeedLine, QuarterReturn, Row, ServiceFigures, ServiceLine

Period = Literal["quarter", "year"]
PERIOD_TITLES: dict[Period, str] = {"quarter": "за квартал", "year": "с начала года"}
NOT_FILLED_NOTE = f"{NOT_FILLED} — графа не заполняется; «{NOTHING}» — значения нет."
UNIQUE_NOTE = (
    "Строка 210 считает разные организации: одна, получившая поддержку нескольких видов, входит в неё один раз."
)
INTERVAL_NOTE = "«От … до …» — начальный остаток введён числом, без состава: точное число организаций неизвестно."


def coded_grid(ret: QuarterReturn, section: Section) -> Grid:
    """The coded rows of a section in ten columns, under their inner headings."""
    before = ret.head.quarter.year_before
    columns = (
        Column("Код строки", 13),
        Column("Показатель", 0),
        Column("Единица", 16),
        Column("Код ОКЕИ", 13, "center"),
        Column("За квартал", 20, "right"),
        Column("С начала года", 20, "right"),
        Column("План на\u00a0год", 20, "right"),
        Column("%\n(6/7)", 15, "right"),
        Column(f"За {before.number * 3}{NBSP}мес. {before.year}{NBSP}г.", 20, "right"),
        Column("Причина отклонения или примечание", 46, small=True),
    )
    rows: list[GridRow] = []
    for group in section.groups:
        rows.append(GroupRow(group.title))
        rows += [_coded_line(spec, ret.rows.get(spec.measure) or Row(spec.measure)) for spec in group.rows]
    return Grid(columns, tuple(rows), note=" ".join(_notes(ret, section)), pinned=2)


def _notes(ret: QuarterReturn, section: Section) -> Iterator[str]:
    if any(spec.kind is RowKind.TEXT for spec in section.rows):
        yield NOT_FILLED_NOTE
    if section.number == 2:
        yield UNIQUE_NOTE
    if any(ret.rows[s.measure].year_upper is not None for s in section.rows if s.measure in ret.rows):
        yield INTERVAL_NOTE


def _coded_line(spec: RowSpec, row: Row) -> Line:
    def figure(column: str, value: Decimal | None, places: int, upper: Decimal | None = None) -> Cell:
        name = f"{spec.measure}.{column}"
        if spec.kind is RowKind.TEXT:
            return Cell(NOT_FILLED, name=name)
        return Cell(value, places, name, upper)

    return Line(
        (
            spec.code,
            Cell(spec.title, indent=spec.indent),
            okei_unit(spec.okei) or NOTHING,
            spec.okei,
            figure("quarter", row.quarter, spec.places),
            figure("year", row.year, spec.places, row.year_upper),
            figure("plan", row.plan, spec.places),
            figure("percent", row.percent, 1),
            figure("before", row.before, spec.places),
            Cell(row.note, name=f"{spec.measure}.note"),
        )
    )


def activity_grid(ret: QuarterReturn) -> Grid:
    """Table 1а: kinds of activity and how many СОНКО carry each on."""
    codes = [*ret.activity_titles, *(code for code in ret.activities if code not in ret.activity_titles)]
    rows = tuple(
        Line((code, ret.activity_titles.get(code, code), Cell(ret.activities.get(code, 0), name=f"1а.{code}")))
        for code in codes
    )
    law = f"ст.{NBSP}31.1 п.{NBSP}1 закона №{NBSP}7-ФЗ"
    columns = (Column("№", 14), Column(f"Вид деятельности, {law}", 0), Column("СОНКО, ед.", 28, "right"))
    note = "Организация с несколькими видами деятельности входит в каждый из них."
    return Grid(columns, rows, note=note, pinned=2, empty="Видов деятельности не указано.")


# --- table 3 ----------------------------------------------------------------------------------


def service_grid(ret: QuarterReturn, form: Form, period: Period, *, with_centre: bool = False) -> Grid:
    """Table 3 for a period: under each centre its codes; with_centre repeats the centre in every row."""
    lead = (Column("Код", 11), Column("Услуга", 0), Column("Единица", 20, small=True))
    columns = (
        *((Column("Центр", 60),) if with_centre else ()),
        *lead,
        *(Column(spec.title, 14, "right") for spec in form.service_columns),
    )
    rows: list[GridRow] = []
    centre = None
    for line in ret.services:
        if not with_centre and line.centre != centre:
            rows.append(GroupRow(line.centre_name))
            centre = line.centre
        cells: list[Content] = [line.code, line.title, line.unit]
        cells += [_service_cell(ret, line, spec, period) for spec in form.service_columns]
        rows.append(Line((line.centre_name, *cells) if with_centre else tuple(cells)))
    if ret.services:
        total = _service_total([getattr(line, period) for line in ret.services], form.service_columns)
        rows.append(Line(("", *total) if with_centre else total, bold=True))
    note = (
        "Объём — в первой единице услуги. НКО и «впервые» — разные организации, поэтому по строкам не складываются. "
        "Ожидание — от заявленной потребности до услуги."
        + _interval_note(ret, "3.", period)
    )
    return Grid(columns, tuple(rows), note=note, pinned=3 if with_centre else 2, empty="Услуг не оказано.")


def _service_cell(ret: QuarterReturn, line: ServiceLine, spec: ColumnSpec, period: Period) -> Cell:
    if spec.key == "plan":
        return Cell(line.plan, spec.places, f"{line.key}.plan.{period}")
    return _own_cell(ret, line, spec, period)


def _interval_note(ret: QuarterReturn, table: str, period: Period) -> str:
    intervals = any(key.startswith(table) and ret.upper_of(key) is not None for key in ret.members)
    return f" {INTERVAL_NOTE}" if intervals and period == "year" else ""


def _own_cell(ret: QuarterReturn, line: ServiceLine | NeedLine, spec: ColumnSpec, period: Period) -> Cell:
    """A figure of table 3 or 4; a unique one of the year may be an interval."""
    value = getattr(getattr(line, period), spec.key)
    upper = ret.upper_of(f"{line.key}.{spec.key}") if spec.kind is RowKind.UNIQUE and period == "year" else None
    return Cell(
        value.value if isinstance(value, Average) else value,
        spec.places,
        f"{line.key}.{spec.key}.{period}",
        None if upper is None else Decimal(upper),
    )


def _service_total(figures: Sequence[ServiceFigures], columns: Sequence[ColumnSpec]) -> tuple[Content, ...]:
    """Sums of what may be summed: not volumes of different units, not organisations."""
    cells: list[Content] = ["", "Всего", ""]
    for spec in columns:
        if spec.kind is RowKind.ADDITIVE and spec.key != "volume":
            cells.append(Cell(sum((getattr(one, spec.key) for one in figures), Decimal(0)), spec.places))
        elif spec.kind is RowKind.AVERAGE:
            days = sum((one.wait.total for one in figures), Decimal(0))
            cells.append(Cell(Average(days, sum(one.wait.count for one in figures)).value, spec.places))
        else:
            cells.append(NOT_FILLED)
    return tuple(cells)


# --- table 4 ----------------------------------------------------------------------------------


def need_grid(ret: QuarterReturn, form: Form, period: Period) -> Grid:
    """Table 4 for a period: categories of needs and their sum."""
    columns = (Column("Категория", 0), *(Column(spec.title, 19.5, "right") for spec in form.need_columns))
    rows = [
        Line(
            (
                line.title,
                *(_own_cell(ret, line, spec, period) for spec in form.need_columns),
            )
        )
        for line in ret.needs
    ]
    if rows:
        figures: list[NeedFigures] = [getattr(line, period) for line in ret.needs]
        total = (
            NOT_FILLED if spec.kind is RowKind.UNIQUE else Cell(sum(getattr(one, spec.key) for one in figures))
            for spec in form.need_columns
        )
        rows.append(Line(("Всего", *total), bold=True))
    note = "НКО — разные организации, поэтому по категориям не складываются. Последняя графа: 1 — да, 0 — нет."
    note += _interval_note(ret, "4.", period)
    return Grid(columns, tuple(rows), note=note, pinned=1, empty="Категорий потребностей нет.")


# --- the cover --------------------------------------------------------------------------------


def main_figures(ret: QuarterReturn) -> Grid:
    """Six figures of the cover: year to date beside the same months of the year before."""
    quarter, before = ret.head.quarter, ret.head.quarter.year_before
    form = FORMS[ret.head.form_version]
    rows = []
    for code, title, unit in (
        ("101", "НКО и объединений на учёте", "ед."),
        ("102", "из них СОНКО", "ед."),
        ("203", "Исполнено на поддержку", "₽"),
        ("210", "Получателей поддержки", "ед."),
        ("301", "Записей об услугах ресурсных центров", "ед."),
    ):
        row = ret.rows.get(code)
        if row is None:
            continue  # this version of the form has no such row
        printed = form.row(code).code
        places = 2 if unit == "₽" else 0
        year = Cell(row.year, places, upper=row.year_upper)
        rows.append(Line((printed, title, unit, year, Cell(row.before, places), _growth(row))))
    still_open = sum(line.quarter.end for line in ret.needs)
    rows.append(Line(("табл.\u00a04", "Открытых потребностей на конец", "ед.", still_open, None, None)))
    columns = (
        Column("Код", 15),
        Column("Показатель", 0),
        Column("Единица", 18, "center"),
        Column(f"{quarter.number * 3}{NBSP}мес. {quarter.year}", 27, "right"),
        Column(f"{before.number * 3}{NBSP}мес. {before.year}", 27, "right"),
        Column(f"Прирост,{NBSP}%", 23, "right"),
    )
    return Grid(columns, tuple(rows))


def _growth(row: Row) -> Cell:
    """«+4,7» or «−9,8» in percent of the year before; «—» where there is nothing to compare."""
    if row.year is None or row.before is None or row.year_upper is not None:
        return Cell(None)
    return Cell(percent(row.year - row.before, row.before), 1, signed=True)
