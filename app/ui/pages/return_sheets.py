"""A return as sheets of cells for the screen: the coded rows in ten columns, tables and annexes in their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtGui import QFontMetrics

from app.core.russian import amount, day, decimal, integer
from app.records.choices import SUPPORT_FORMS
from app.returns.form import ColumnSpec, Form, RowKind, RowSpec, Section
from app.returns.snapshot import Average, NeedLine, QuarterReturn, Row, ServiceLine
from app.ui.russian_qt import font

CROSS = "×"
LEAST = 52  # px of a column of figures
UNITS = {"642": "ед.", "792": "чел.", "383": "₽", "356": "ч", "055": "м²"}
FIGURES = ("quarter", "year", "plan", "percent", "before")
STATE_TITLES = {"presented": "представлена", "checked": "проверена", "recommended": "рекомендована",
                "spread": "тиражирована"}  # fmt: skip
ANNEX_WORDS = {"А": "Реестр", "Б": "Потребности", "В": "Практики", "Г": "Протокол", "Д": "Услуги", "Е": "НКО"}
KINDS = {"error": "ошибка", "warning": "предупреждение", "unchecked": "не проверялось", "late": "поступило позже"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell.  name: as snapshot.py names cells.  typed: filled by hand."""

    text: str = ""
    name: str = ""
    right: bool = False
    typed: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet; a head has one cell across."""

    cells: tuple[Cell, ...]
    head: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: int
    right: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """fill: the column that takes the rest.  numbered: the row 1–10 stands under the head."""

    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    fill: int = 0
    numbered: bool = False

    def place(self, name: str) -> tuple[int, int] | None:
        """Row and column of a cell by its name."""
        for row, line in enumerate(self.lines):
            for column, cell in enumerate(line.cells):
                if cell.name == name:
                    return row, column
        return None


def figure(value: Decimal | int | None, places: int) -> str:
    if value is None:
        return ""
    return decimal(Decimal(value), places) if places else integer(int(value))


def coded_columns(ret: QuarterReturn, lines: Sequence[Line] = ()) -> tuple[Column, ...]:
    """The ten columns; those of figures as wide as the widest figure in them, which is never cut."""
    quarter = ret.head.quarter
    before = quarter.year_before.year_to_date_title
    metrics = QFontMetrics(font(14))

    def figures(title: str, place: int, least: int) -> Column:
        texts = (line.cells[place].text for line in lines if place < len(line.cells))
        widest = max((metrics.horizontalAdvance(text) + 18 for text in texts), default=0)
        return Column(title, max(least, widest), right=True)

    return (
        Column("Код", 52), Column("Показатель", 170), Column("Единица", 66), Column("ОКЕИ", 52),
        figures("За квартал", 4, 80), figures("С начала года", 5, 80), figures("План на год", 6, 80),
        figures("%", 7, 48), figures(f"За {before}", 8, 88), Column("Причина, примечание", 104),
    )  # fmt: skip


def coded_sheet(ret: QuarterReturn, section: Section) -> Sheet:
    """A section of coded rows: groups with their heads."""
    lines: list[Line] = []
    for group in section.groups:
        lines.append(Line((Cell(group.title),), head=True))
        lines += [_coded(spec, ret.rows[spec.measure]) for spec in group.rows]
    return Sheet("Показатели", coded_columns(ret, lines), tuple(lines), fill=1, numbered=True)


def _coded(spec: RowSpec, row: Row) -> Line:
    text = spec.kind is RowKind.TEXT
    cells = [
        Cell(spec.code, spec.measure),
        Cell(spec.title, indent=spec.indent),
        Cell(UNITS.get(spec.okei, "—")),
        Cell(spec.okei),
    ]
    for key in FIGURES:
        places = 1 if key == "percent" else spec.places
        shown = CROSS if text else figure(getattr(row, key), places)
        if key == "year" and row.year_upper is not None:
            shown = f"от {figure(row.year, places)} до {figure(row.year_upper, places)}"
        cells.append(Cell(shown, f"{spec.measure}.{key}", right=True, typed=key == "plan" and not text))
    cells.append(Cell(row.note, f"{spec.measure}.note", typed=True))
    return Line(tuple(cells))


def activities_sheet(ret: QuarterReturn) -> Sheet:
    lines = tuple(
        Line((Cell(code), Cell(ret.activity_titles[code]), Cell(integer(n), f"1а.{code}", right=True)))
        for code, n in ret.activities.items()
    )
    columns = (Column("Код", 64), Column("Вид деятельности", 300), Column("СОНКО", 96, True))
    return Sheet("Таблица 1а", columns, lines, 1)


def _own_value(value: object, column: ColumnSpec) -> str:
    if isinstance(value, Average):
        value = value.value
    if value is None:
        return "—"
    assert isinstance(value, int | Decimal)
    return amount(Decimal(value)) if column.places else integer(int(value))


_SHORT = {"evidenced": "С подтв.", "unevidenced": "Без подтв."}
"""Heads of table 3 that would take the room of the names."""


def _narrow(title: str) -> Column:
    """A column of figures as wide as its head in two lines."""
    metrics, words = QFontMetrics(font(13, bold=True)), title.split()
    halves = ((" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words) + 1))
    width = min(max(map(metrics.horizontalAdvance, pair)) for pair in halves)
    return Column(title, max(LEAST, width + 18), right=True)
def _own_shown(ret: QuarterReturn, item: ServiceLine | NeedLine, column: ColumnSpec, period: str) -> str:
    """A figure of table 3 or 4; a unique one of the year may be an interval."""
    shown = _own_value(getattr(item.quarter if period == "quarter" else item.year, column.key), column)
    upper = ret.upper_of(f"{item.key}.{column.key}") if period == "year" and column.kind is RowKind.UNIQUE else None
    return shown if upper is None else f"от {shown} до {integer(upper)}"


def services_sheet(ret: QuarterReturn, form: Form, period: str) -> Sheet:
    """Table 3 for the quarter or the year to date."""
    columns = form.service_columns[1:]
    lines: list[Line] = []
    centre = ""
    for item in ret.services:
        if item.centre != centre:
            centre = item.centre
            lines.append(Line((Cell(item.centre_name),), head=True))
        cells = [
            Cell(item.code),
            Cell(item.title),
            Cell(item.unit),
            Cell("—" if item.plan is None else amount(item.plan), f"{item.key}.plan", right=True),
        ]
        cells += [
            Cell(_own_shown(ret, item, column, period), f"{item.key}.{column.key}.{period}", right=True)
            for column in columns
        ]
        lines.append(Line(tuple(cells)))
    heads = (
        Column("Код", 40), Column("Услуга", 132), Column("Единица", 64), _narrow("План года"),
        *(_narrow(_SHORT.get(c.key, c.title)) for c in columns),
    )  # fmt: skip
    return Sheet("За квартал" if period == "quarter" else "С начала года", heads, tuple(lines), 1)


def needs_sheet(ret: QuarterReturn, form: Form, period: str) -> Sheet:
    """Table 4 for the quarter or the year to date."""
    lines = []
    for item in ret.needs:
        cells = [Cell(item.title)]
        cells += [
            Cell(_own_shown(ret, item, c, period), f"{item.key}.{c.key}.{period}", right=True)
            for c in form.need_columns
        ]
        lines.append(Line(tuple(cells)))
    heads = (Column("Категория", 190), *(_narrow(c.title) for c in form.need_columns))
    return Sheet("За квартал" if period == "quarter" else "С начала года", heads, tuple(lines), 0)


def annex_sheets(ret: QuarterReturn) -> list[Sheet]:
    """А, Б, В, Г, Д, Е, each a plain table."""
    names = {entity.uuid: entity.name for entity in ret.entities}

    def table(letter: str, heads: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]], fill: int) -> Sheet:
        columns = tuple(Column(title, width) for title, width in heads)
        lines = tuple(Line(tuple(Cell(text) for text in row)) for row in rows)
        return Sheet(f"{letter}. {ANNEX_WORDS[letter]}", columns, lines, fill)

    register = [
        ["" if r.number is None else str(r.number), day(r.entered_on),
         f"{day(r.decision_on)}, {r.decision_no}".strip(", "), r.short_name or r.name, r.ogrn,
         SUPPORT_FORMS.get(r.form, r.form), r.size]
        for r in (*ret.annex_a, *ret.annex_a_pending)
    ]  # fmt: skip
    return [
        table("А", (("№", 52), ("Внесена", 92), ("Решение", 150), ("Получатель", 190), ("ОГРН", 122), ("Форма", 122),
                    ("Размер", 160)), register, 6),
        table("Б", (("№", 60), ("НКО", 200), ("Категория", 150), ("Услуги", 90), ("Выявлена", 92), ("Приоритет", 90),
                    ("Состояние", 120)),
              [[n.number, names.get(n.ngo, n.ngo), n.category, ", ".join(n.codes), day(n.opened_on), n.priority,
                n.status] for n in ret.annex_b], 1),
        table("В", (("Название", 240), ("НКО", 200), ("Партнёр", 160), ("Состояние", 150)),
              [[p.title, p.ngo, p.partner, STATE_TITLES.get(p.states[-1][0], "") if p.states else ""]
               for p in ret.annex_v], 0),
        table("Г", (("Что", 120), ("Контроль", 72), ("Ячейка", 120), ("Замечание", 300), ("Пояснение", 200)),
              [[KINDS.get(r.kind, r.kind), r.check, r.cell, r.text, r.explanation] for r in ret.annex_g], 3),
        table("Д", (("Дата", 92), ("Центр", 200), ("Код", 52), ("Объём", 72), ("Часов", 64), ("Человек", 72),
                    ("Получателей", 96), ("Подтверждение", 150)),
              [[day(s.provided_on), names.get(s.centre, s.centre), s.code, amount(s.quantity), amount(s.hours),
                integer(s.people), integer(len(s.recipients)), f"{s.evidence_kind} {s.evidence_no}".strip()]
               for s in ret.annex_d], 1),
        table("Е", (("ОГРН", 124), ("Наименование", 280), ("ОКОПФ", 72), ("Статус", 130), ("Учёт", 130)),
              [[n.ogrn, n.name, n.okopf, n.status, n.primary] for n in ret.annex_e], 1),
    ]  # fmt: skip


def section_sheets(ret: QuarterReturn, form: Form, number: int) -> list[Sheet]:
    """The sheets of a tab: 1…7 are sections, 8 the annexes."""
    if number == 8:
        return annex_sheets(ret)
    section = form.sections[number - 1]
    sheets = [coded_sheet(ret, section)] if section.groups else []
    if number == 1:
        sheets.append(activities_sheet(ret))
    elif number == 3:
        sheets += [services_sheet(ret, form, period) for period in ("quarter", "year")]
    elif number == 4:
        sheets += [needs_sheet(ret, form, period) for period in ("quarter", "year")]
    return sheets


def tab_of(form: Form, cell: str) -> int:
    """Which tab shows a cell: 1…7, or 8 for what is not a figure."""
    head = cell.partition(".")[0]
    if head == "1а":
        return 1
    if head in ("3", "4"):
        return int(head)
    for section in form.sections:
        if any(cell == spec.measure or cell.startswith(f"{spec.measure}.") for spec in section.rows):
            return section.number
    return 8 if head.startswith("annex") else 7


def lowered(title: str) -> str:
    """«закрыто РЦ»: letters that stand for words stay as they are."""
    return " ".join(word if word.isupper() else word.lower() for word in title.split(" "))


def cell_title(form: Form, ret: QuarterReturn, cell: str) -> str:
    """«203, за квартал»: how a person is told of a cell."""
    words = {"quarter": "за квартал", "year": "с начала года", "plan": "план", "percent": "%", "before": "год назад",
             "note": "примечание"}  # fmt: skip
    head, _, last = cell.rpartition(".")
    period = f", {words[last]}" if last in words else ""
    if cell.startswith("1а."):
        return f"1а, вид {cell[3:]}"
    for item in ret.services:
        if cell.startswith(f"{item.key}.") or cell == item.key:
            column = cell[len(item.key) + 1 :].partition(".")[0]
            title = next((c.title.replace("\u00ad", "") for c in form.service_columns if c.key == column), "")
            return ", ".join(filter(None, (f"Раздел 3, {item.code}", lowered(title)))) + period
    for need in ret.needs:
        if cell.startswith(f"{need.key}.") or cell == need.key:
            column = cell[len(need.key) + 1 :].partition(".")[0]
            title = next((c.title for c in form.need_columns if c.key == column), "")
            return ", ".join(filter(None, (f"Раздел 4, {lowered(need.title)}", lowered(title)))) + period
    if head in ret.rows:
        return f"{form.row(head).code}{period}"
    if cell.startswith("head"):
        return "Титул отчёта"
    return cell
