"""Any table on paper: a lying page, the head repeated, what was sought and sifted under the title."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from app.core.fields import Field
from app.core.progress import SILENT, Progress
from app.core.russian import day
from app.core.values import show
from app.reports.blocks import Block, Cell, Column, Content, Grid, Line, Paper, Text, Turn
from app.reports.pdf import write_pdf
from app.reports.told_table import EVERYTHING, FIXED, PLACES, TablePaper, head_of, is_empty

__all__ = ["EVERYTHING", "TablePaper", "table_pdf"]

_WORDY = 24  # signs: such columns share the rest of the page
_SIGN = 1.9  # millimetres


def table_pdf(table: TablePaper, progress: Progress = SILENT) -> bytes:
    """The paper.  Cancelled is raised from `progress`."""
    blocks: list[Block] = [Turn(landscape=True)]
    if table.owner:
        blocks.append(Text(table.owner, align="center"))
    blocks += [
        Text(table.title, size=14, bold=True, align="center"),
        Text(table.sifted, size=11, gap=0.5),
        Text(table.counted, size=11, gap=3),
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
            "" if total is None else Cell(total, PLACES[field.kind])
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
    words = min(max(field.width, 10, longest), _WORDY) * _SIGN
    width = FIXED.get(field.kind, 0.0 if field.width >= _WORDY else words)
    return Column(head_of(field), width, "right" if field.kind in PLACES else "left")


def _content(field: Field, value: Any) -> Content:
    if is_empty(field, value):
        return None
    if field.kind in PLACES and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Cell(value, PLACES[field.kind])
    if isinstance(value, str | date):
        return value
    return show(field.kind, value)
