"""Any table on paper: a lying page, the head repeated, what was sought and sifted under the title."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.fields import Field, Kind
from app.core.progress import SILENT, Progress
from app.core.russian import day, day_in_words
from app.core.values import show
from app.reports.blocks import Block, Cell, Column, Content, Grid, Line, Paper, Text, Turn
from app.reports.pdf import write_pdf

EVERYTHING = "Без отбора: все записи."
_FIXED = {
    Kind.DATE: 20.0, Kind.OGRN: 27.0, Kind.INN: 24.0, Kind.KPP: 20.0, Kind.MINJUST: 22.0, Kind.YEAR: 14.0,
    Kind.QUARTER: 30.0, Kind.FLAG: 16.0, Kind.MONEY: 27.0, Kind.AMOUNT: 19.0, Kind.COUNT: 17.0,
}  # fmt: skip
"""Millimetres of columns whose content has a known length; figures grow at need."""
_PLACES = {Kind.MONEY: 2, Kind.AMOUNT: 2, Kind.COUNT: 0}
_WORDY = 24  # signs: such columns share the rest of the page
_SIGN = 1.9  # millimetres


@dataclass(frozen=True, slots=True)
class TablePaper:
    """rows: a value for each field, choices and links as their words.  sums: under columns, None for nothing.

    told: search and filters in words.  count: «16 организаций».  owner: whose table it is.
    """

    title: str
    owner: str
    told: tuple[str, ...]
    count: str
    as_of: date
    fields: tuple[Field, ...]
    rows: tuple[tuple[Any, ...], ...]
    sums: tuple[Decimal | None, ...] = ()


def table_pdf(table: TablePaper, progress: Progress = SILENT) -> bytes:
    """The paper.  Cancelled is raised from `progress`."""
    sifted = f"Отобрано: {'; '.join(table.told)}." if table.told else EVERYTHING
    blocks: list[Block] = [Turn(landscape=True)]
    if table.owner:
        blocks.append(Text(table.owner, align="center"))
    blocks += [
        Text(table.title, size=14, bold=True, align="center"),
        Text(sifted, size=11, gap=0.5),
        Text(f"{table.count}; сведения на {day_in_words(table.as_of)}", size=11, gap=3),
        _grid(table),
    ]
    foot = " · ".join((table.title, *table.told, table.count, day(table.as_of)))
    paper = Paper(table.title, tuple(blocks), foot=_short(foot), author=table.owner, made_on=table.as_of)
    return write_pdf(paper, progress)


def _short(foot: str) -> str:
    """One line under a lying page."""
    return foot if len(foot) <= 150 else f"{foot[:149]}…"


def _grid(table: TablePaper) -> Grid:
    rows = [
        Line(tuple(_content(field, value) for field, value in zip(table.fields, row, strict=True)))
        for row in table.rows
    ]
    if rows and any(one is not None for one in table.sums):
        cells: list[Content] = [
            "" if total is None else Cell(total, _PLACES[field.kind])
            for field, total in zip(table.fields, table.sums, strict=True)
        ]
        words = next((n for n, total in enumerate(table.sums) if total is None), None)
        if words is not None:
            cells[words] = "Итого"
        rows.append(Line(tuple(cells), bold=True))
    columns = tuple(
        _column(field, max((len(str(row[place] or "")) for row in table.rows), default=0))
        for place, field in enumerate(table.fields)
    )
    return Grid(columns, tuple(rows), numbered=False, empty="Записей нет.", running=True)


def _column(field: Field, longest: int) -> Column:
    """longest: signs of its longest words."""
    title = f"{field.title}, ₽" if field.kind is Kind.MONEY and "₽" not in field.title else field.title
    if field.key == "name":
        title = "Наименование"
    words = min(max(field.width, 10, longest), _WORDY) * _SIGN
    width = _FIXED.get(field.kind, 0.0 if field.width >= _WORDY else words)
    return Column(title, width, "right" if field.kind in _PLACES else "left")


def _content(field: Field, value: Any) -> Content:
    if value is None or value == "" or value == () or (field.kind in _PLACES and not value):
        return None  # the table shows no noughts either
    if field.kind in _PLACES and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Cell(value, _PLACES[field.kind])
    if isinstance(value, str | date):
        return value
    return show(field.kind, value)
