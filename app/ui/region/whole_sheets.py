"""The consolidated return as sheets of cells: coded rows with their changes and rates, tables 1а, 3 and 4."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from PySide6.QtGui import QFontMetrics

from app.core.periods import ROMAN, Quarter
from app.core.russian import decimal, integer, plural
from app.core.text import NBSP
from app.region.consolidate import Consolidation
from app.region.figures import Figure
from app.region.measures import Changes, Outlier, region_rate
from app.reports.region_tables import figure_words
from app.returns.form import ColumnSpec, RowKind, RowSpec, Section
from app.ui.pages.return_sheets import CROSS, UNITS, Cell, Column, Line, Sheet
from app.ui.region.picture import Picture
from app.ui.russian_qt import font

NOTHING = "—"
OUT = "out"
"""The last part of the name of a cell that names the districts that stand out."""
CODED_AT = {"quarter": 3, "year": 4}


def signed(value: Decimal | None, places: int = 0) -> str:
    """«+12,5», «−3»."""
    if value is None:
        return NOTHING
    told = decimal(abs(value), places) if places else integer(int(abs(value)))
    return f"+{told}" if value > 0 else f"−{told}" if value < 0 else told


def change_words(changes: Changes | None, cell: str, now: Figure, places: int) -> str:
    """«+12,5 %»; where the former figure was 0, by how many; «—» beside an interval."""
    change = changes.cells.get(cell) if changes is not None else None
    if change is None or now.is_interval or change.difference is None:
        return NOTHING
    if change.percent is None:
        return signed(change.difference, places) if change.difference else "0"
    return f"{signed(change.percent, 1)}{NBSP}%"


def filled_words(whole: Consolidation, figure: Figure) -> str:
    """«16 из 18»: how many of the districts fill the cell with anything but 0."""
    return f"{figure.districts} из {len(whole.expected)}"


def out_words(found: Iterable[Outlier]) -> str:
    """«3 района»: which way each lies is told by the strip and when it is opened."""
    count = len(tuple(found))
    return plural(count, "район", "района", "районов") if count else ""


def coded_sheet(picture: Picture, section: Section) -> Sheet:
    """A section of coded rows, groups with their heads."""
    lines: list[Line] = []
    for group in section.groups:
        lines.append(Line((Cell(group.title),), head=True))
        lines += [_coded(picture, spec) for spec in group.rows]
    return Sheet("Показатели", _coded_columns(picture, lines), tuple(lines), fill=1)


def _coded_columns(picture: Picture, lines: list[Line]) -> tuple[Column, ...]:
    before = picture.before.then if picture.before else picture.quarter.previous
    ago = picture.year_ago.then if picture.year_ago else picture.quarter.year_before
    metrics = QFontMetrics(font(14))

    def figures(title: str, place: int, least: int) -> Column:
        """As wide as the widest figure, which is never cut."""
        texts = (line.cells[place].text for line in lines if place < len(line.cells))
        widest = max((metrics.horizontalAdvance(text) + 18 for text in texts), default=0)
        return Column(title, max(least, widest), right=True)

    return (
        Column("Код", 52), Column("Показатель", 166), Column("Ед.", 46),
        figures("За квартал", 3, 72), figures("С начала года", 4, 72), figures("Районов за год", 5, 68),
        figures(f"К {short_quarter(before)}", 6, 72), figures(f"Год к {ago.year}", 7, 72),
        figures(f"На 1{NBSP}000 НКО", 8, 70), Column("Выделяются", 96),
    )  # fmt: skip


def short_quarter(quarter: Quarter) -> str:
    """«II кв. 26»."""
    return f"{ROMAN[quarter.number - 1]}{NBSP}кв.{NBSP}{quarter.year % 100:02d}"


def _coded(picture: Picture, spec: RowSpec) -> Line:
    whole = picture.whole
    head = (Cell(spec.code, spec.measure), Cell(spec.title, indent=spec.indent), Cell(UNITS.get(spec.okei, NOTHING)))
    if spec.kind is RowKind.TEXT:
        filled = sum(bool(words) for words in whole.texts.get(spec.measure, {}).values())
        crosses = (Cell(CROSS, f"{spec.measure}.text", right=True), Cell(CROSS, right=True))
        told = Cell(f"{filled} из {len(whole.expected)}", f"{spec.measure}.text", right=True)
        return Line((*head, *crosses, told, Cell(), Cell(), Cell(), Cell()))
    quarter, year = f"{spec.measure}.quarter", f"{spec.measure}.year"
    now, to_date = whole[quarter], whole[year]
    rate = region_rate(whole, quarter) if spec.measure != "101" else None
    cells = (
        Cell(figure_words(now, spec.places), quarter, right=True),
        Cell(figure_words(to_date, spec.places), year, right=True),
        Cell(filled_words(whole, to_date), right=True),
        Cell(change_words(picture.before, quarter, now, spec.places), f"{spec.measure}.before", right=True),
        Cell(change_words(picture.year_ago, year, to_date, spec.places), f"{spec.measure}.ago", right=True),
        Cell(decimal(rate, 1) if rate is not None else NOTHING, right=True),
        Cell(out_words(picture.standing_out(quarter)), f"{spec.measure}.{OUT}"),
    )
    return Line((*head, *cells))


def activities_sheet(picture: Picture) -> Sheet:
    """Table 1а."""
    whole = picture.whole
    lines = tuple(
        Line(
            (
                Cell(code), Cell(title), Cell(figure_words(figure := whole[f"1а.{code}"]), f"1а.{code}", right=True),
                Cell(filled_words(whole, figure), right=True),
            )
        )
        for code, title in whole.activity_titles.items()
    )  # fmt: skip
    columns = (Column("Код", 64), Column("Вид деятельности", 300), Column("СОНКО", 96, True),
               Column("Районов", 80, True))  # fmt: skip
    return Sheet("Таблица 1а", columns, lines, 1)


LINES_SHOWN = 1_000
"""Lines of table 3 that a sheet shows; the workbook has all."""
_SHORT = {"evidenced": "С подтв.", "unevidenced": "Без подтв.", "unserved": "Районов, где не закрыта"}


def _narrow(title: str, lines: Sequence[Line] = (), place: int = 0) -> Column:
    """A column of figures as wide as its head in two lines, and no narrower than its widest figure or interval."""
    metrics, words = QFontMetrics(font(13, bold=True)), title.replace("\u00ad", "").split()
    halves = ((" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words) + 1))
    width = min(max(map(metrics.horizontalAdvance, pair)) for pair in halves)
    figures = (line.cells[place].text for line in lines if place < len(line.cells))
    widest = max((QFontMetrics(font(14)).horizontalAdvance(text) for text in figures), default=0)
    return Column(title, max(52, width + 18, widest + 18), right=True)


def services_sheet(picture: Picture, period: str) -> Sheet:
    """Table 3 over districts: under each centre its codes."""
    whole, columns = picture.whole, picture.whole.form.service_columns
    lines: list[Line] = []
    centre = None
    for item in whole.services[:LINES_SHOWN]:
        if item.centre != centre:
            centre = item.centre
            lines.append(Line((Cell(item.centre_name),), head=True))
        districts = whole[f"{item.key}.records.{period}"].districts
        figures = [_own(whole, item.key, column, period) for column in columns]
        lines.append(Line((Cell(item.code), Cell(item.title), Cell(item.unit), *figures,
                           Cell(integer(districts), right=True))))  # fmt: skip
    if (more := len(whole.services) - LINES_SHOWN) > 0:
        lines.append(Line((Cell(f"Ещё {plural(more, 'строка', 'строки', 'строк')}: все они в «Excel»"),), head=True))
    heads = (
        Column("Код", 40), Column("Услуга", 130), Column("Единица", 74),
        *(_narrow(_SHORT.get(c.key, c.title), lines, place) for place, c in enumerate(columns, 3)), _narrow("Районов"),
    )  # fmt: skip
    return Sheet(_period(period), heads, tuple(lines), 1)


def needs_sheet(picture: Picture, period: str) -> Sheet:
    """Table 4 over districts; the last column counts districts in which nobody serves the category."""
    whole, columns = picture.whole, picture.whole.form.need_columns
    lines = tuple(
        Line((Cell(item.title[:1].upper() + item.title[1:]), *(_own(whole, item.key, c, period) for c in columns)))
        for item in whole.needs
    )
    heads = (Column("Категория", 190), *(_narrow(_SHORT.get(c.key, c.title), lines, place)
                                       for place, c in enumerate(columns, 1)))  # fmt: skip
    return Sheet(_period(period), heads, lines, 0)


def _own(whole: Consolidation, key: str, column: ColumnSpec, period: str) -> Cell:
    name = f"{key}.{column.key}.{period}"
    return Cell(figure_words(whole[name], column.places), name, right=True)


def _period(period: str) -> str:
    return "За квартал" if period == "quarter" else "С начала года"


def whole_sheets(picture: Picture, number: int) -> list[Sheet]:
    """The sheets of a section, 1…7."""
    section = picture.whole.form.sections[number - 1]
    sheets = [coded_sheet(picture, section)] if section.groups else []
    if number == 1:
        sheets.append(activities_sheet(picture))
    elif number == 3:
        sheets += [services_sheet(picture, period) for period in ("quarter", "year")]
    elif number == 4:
        sheets += [needs_sheet(picture, period) for period in ("quarter", "year")]
    return sheets


def section_of(whole: Consolidation, cell: str) -> int:
    """Which section shows a cell; 0 for what is none of its figures."""
    head = cell.partition(".")[0]
    if head == "1а":
        return 1
    if head in ("3", "4"):
        return int(head)
    for section in whole.form.sections:
        if any(cell == spec.measure or cell.startswith(f"{spec.measure}.") for spec in section.rows):
            return section.number
    return 0


def found_cells(sheet: Sheet) -> dict[str, str]:
    """Tints: districts stand out in the row."""
    return {cell.name: "warn" for line in sheet.lines for cell in line.cells
            if cell.name.endswith(f".{OUT}") and cell.text}  # fmt: skip
