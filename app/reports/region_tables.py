"""The tables of the consolidated return as grids: rows of the form over districts, tables 1а, 3 and 4."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from app.core.russian import day, integer, okei_unit, plural
from app.core.text import NBSP
from app.region.checks import RegionFinding
from app.region.consolidate import Consolidation
from app.region.figures import Figure, Period
from app.region.measures import Changes
from app.region.seal import Seal
from app.reports.blocks import NOT_FILLED, NOTHING, Cell, Column, Content, Grid, GridRow, GroupRow, Line, shown
from app.reports.return_cover import kind_title
from app.reports.return_tables import NOT_FILLED_NOTE
from app.returns.checks.report import Severity
from app.returns.form import ColumnSpec, RowKind, RowSpec, Section

HASH = 16  # digits of the hash by which a return is told
UNIQUE_NOTE = "Разные организации сочтены заново по спискам районов: одна, бывшая в двух районах, входит один раз."
INTERVAL_NOTE = (
    "«От … до …» и «без состава» — район прислал число без списка организаций: точное число области неизвестно."
)
SEVERITIES = {Severity.ERROR: "ошибка", Severity.WARNING: "предупреждение"}


def figure_cell(figure: Figure, places: int = 0, name: str = "") -> Cell:
    """A figure of the region; one «без состава» is never shown as a count."""
    if figure.upper is not None and figure.upper == figure.value:
        return Cell(f"{integer(int(figure.value))}, без состава", name=name)
    return Cell(figure.value, places, name, figure.upper)


def figure_words(figure: Figure, places: int = 0) -> str:
    """The same in words: for a page."""
    return shown(figure_cell(figure, places))


def source_grid(consolidation: Consolidation, seal: Seal) -> Grid:
    """Whose returns it rests on: each with its kind and the beginning of its hash; then who is missing."""
    returns = {oktmo: [] for oktmo in (one.oktmo for one in consolidation.expected)}  # type: dict[str, list[Line]]
    for oktmo, ret in consolidation.returns:
        digits = f"{seal.sources[ret.head.oktmo][:HASH]}…"
        name = consolidation.name(oktmo)
        returns[oktmo].append(Line((name, ret.head.oktmo, kind_title(ret.head.correction), digits)))
    rows = []
    for one in consolidation.expected:
        until = consolidation.held_over.get(one.oktmo)
        why = f"отчёта нет; с{NBSP}начала года — по отчёту за {until.title}" if until else "отчёта нет"
        rows += returns[one.oktmo] or [Line((one.name, one.oktmo, why, NOTHING), bold=True)]
    columns = (Column("Район", 0), Column("ОКТМО", 24), Column("Отчёт", 48), Column("Контрольная строка", 40))
    return Grid(columns, tuple(rows), numbered=False, empty="Районов, от которых ждут отчёт, нет.")


def coded_grid(
    consolidation: Consolidation, section: Section, before: Changes | None = None, year_ago: Changes | None = None
) -> Grid:
    """The coded rows of a section; changes to the quarter before and of the year to the same months a year ago."""
    columns = (
        Column("Код строки", 14),
        Column("Показатель", 0),
        Column("Единица", 17),
        Column("За квартал", 30, "right"),
        Column("С начала года", 30, "right"),
        Column("Районов", 18, "right"),
        *((Column("К прошлому кварталу,\u00a0%", 25, "right"),) if before else ()),
        *((Column("Год к прошлому году,\u00a0%", 25, "right"),) if year_ago else ()),
    )
    rows: list[GridRow] = []
    for group in section.groups:
        rows.append(GroupRow(group.title))
        rows += [_coded_line(consolidation, spec, before, year_ago) for spec in group.rows]
    return Grid(columns, tuple(rows), note=" ".join(_notes(consolidation, section)), pinned=2)


def _coded_line(
    consolidation: Consolidation, spec: RowSpec, before: Changes | None, year_ago: Changes | None
) -> Line:
    told: list[Content]
    if spec.kind is RowKind.TEXT:
        filled = sum(bool(words) for words in consolidation.texts.get(spec.measure, {}).values())
        told = [NOT_FILLED, NOT_FILLED, filled]
    else:
        cells = [f"{spec.measure}.{period}" for period in ("quarter", "year")]
        told = [figure_cell(consolidation[cell], spec.places, cell) for cell in cells]
        told.append(consolidation[f"{spec.measure}.year"].districts)
    for changes, period in ((before, "quarter"), (year_ago, "year")):
        if changes is not None:
            cell = f"{spec.measure}.{period}"
            change = changes.cells.get(cell)
            # Beside an interval a change of the districts that told their sets would mislead.
            known = change is not None and not consolidation[cell].is_interval
            told.append(Cell(change.percent if change and known else None, 1, signed=True))
    return Line((spec.code, Cell(spec.title, indent=spec.indent), okei_unit(spec.okei) or NOTHING, *told))


def _notes(consolidation: Consolidation, section: Section) -> Iterator[str]:
    yield "«Районов» — в скольких районах показатель с\u00a0начала года больше нуля или сведения есть."
    if any(spec.kind is RowKind.TEXT for spec in section.rows):
        yield NOT_FILLED_NOTE
    if any(spec.kind is RowKind.UNIQUE for spec in section.rows):
        yield UNIQUE_NOTE
    cells = (f"{spec.measure}.{period}" for spec in section.rows for period in ("quarter", "year"))
    if any(consolidation[cell].is_interval for cell in cells):
        yield INTERVAL_NOTE


def activity_grid(consolidation: Consolidation) -> Grid:
    """Table 1а over districts."""
    rows = tuple(
        Line((code, title, figure_cell(figure := consolidation[f"1а.{code}"], name=f"1а.{code}"), figure.districts))
        for code, title in consolidation.activity_titles.items()
    )
    columns = (
        Column("№", 14), Column("Вид деятельности", 0), Column("СОНКО, ед.", 28, "right"),
        Column("Районов", 20, "right"),
    )  # fmt: skip
    return Grid(columns, rows, pinned=2, empty="Видов деятельности не указано.")


def service_grid(consolidation: Consolidation, period: Period) -> Grid:
    """Table 3 over districts: under each centre its codes."""
    specs = consolidation.form.service_columns
    rows: list[GridRow] = []
    centre = None
    for line in consolidation.services:
        if line.centre != centre:
            rows.append(GroupRow(line.centre_name))
            centre = line.centre
        figures = [_column_cell(consolidation, line.key, spec, period) for spec in specs]
        districts = consolidation[f"{line.key}.records.{period}"].districts
        rows.append(Line((line.code, line.title, line.unit, *figures, districts)))
    columns = (
        Column("Код", 11), Column("Услуга", 0), Column("Единица", 19, small=True),
        *(Column(spec.title, 14, "right") for spec in specs), Column("Рай\u00adонов", 13, "right"),
    )  # fmt: skip
    note = f"НКО и «впервые» — разные организации области. {_interval_note(consolidation, '3.', period)}"
    return Grid(columns, tuple(rows), note=note.strip(), pinned=2, empty="Услуг не оказано.")


def need_grid(consolidation: Consolidation, period: Period) -> Grid:
    """Table 4 over districts; the last column counts districts in which nobody serves the category."""
    specs = consolidation.form.need_columns
    rows = tuple(
        Line((one.title, *(_column_cell(consolidation, one.key, spec, period) for spec in specs)))
        for one in consolidation.needs
    )
    columns = (
        Column("Категория", 0),
        *(Column("Районов, где не закрыта" if spec.key == "unserved" else spec.title, 19.5, "right") for spec in specs),
    )
    note = f"НКО — разные организации области. {_interval_note(consolidation, '4.', period)}"
    return Grid(columns, rows, note=note.strip(), pinned=1, empty="Категорий потребностей нет.")


def _column_cell(consolidation: Consolidation, key: str, spec: ColumnSpec, period: Period) -> Cell:
    name = f"{key}.{spec.key}.{period}"
    return figure_cell(consolidation[name], spec.places, name)


def _interval_note(consolidation: Consolidation, table: str, period: Period) -> str:
    found = any(cell.startswith(table) and cell.endswith(period) for cell in consolidation.intervals)
    return INTERVAL_NOTE if found else ""


def finding_grid(findings: tuple[RegionFinding, ...]) -> Grid:
    """What the region's checks say."""
    rows = tuple(Line((one.check, SEVERITIES[one.severity], one.text)) for one in findings)
    columns = (Column("Проверка", 20), Column("Вид", 32), Column("Что найдено", 0))
    return Grid(columns, rows, numbered=False, empty="Замечаний нет.")


def comparison_words(changes: Changes) -> str:
    """«К II кварталу 2026 г.: по 16 районам, сдавшим оба отчёта.»"""
    count = len(changes.compared)
    districts = plural(count, "району", "районам", "районам")
    told = f"Сравнение с периодом «{changes.then.title}»: по {districts}, чьи отчёты есть за оба квартала"
    left = len(changes.left_out)
    return f"{told}; без них осталось: {integer(left)}." if left else f"{told}."


def completeness_words(consolidation: Consolidation) -> str:
    """«Отчитались 16 районов из 18.»"""
    expected, missing = len(consolidation.expected), len(consolidation.missing)
    return f"Отчитались {integer(expected - missing)} из {plural(expected, 'района', 'районов', 'районов')}."


def issued_words(consolidation: Consolidation) -> str:
    """«Сведения на 30.09.2026»."""
    return f"Сведения на {day(consolidation.quarter.last_day)}"


def value_of(figure: Figure) -> Decimal:
    """The figure as the length of a bar; an interval by its lower end."""
    return figure.value or Decimal(0)
