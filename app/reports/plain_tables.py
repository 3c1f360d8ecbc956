"""Tables of words from a page of the window as a workbook: a sheet a table, figures as figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.text import NBSP
from app.reports.blocks import Book, Cell, Column, Content, Grid, Heading, Line, Sheet, Text, Turn
from app.reports.xlsx import write_book

_FIGURE = re.compile(r"[+−-]?\d{1,3}(?:\d| (?=\d))*(?:,(\d+))?(?: ?[%₽])?")
MILLIMETRES = 0.24  # of a pixel of the window


@dataclass(frozen=True, slots=True)
class PlainTable:
    """columns: (head, px on the screen).  right: columns of figures."""

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: Sequence[Sequence[str]]
    right: tuple[int, ...] = ()


def plain_xlsx(title: str, told: str, tables: Sequence[PlainTable], *, made_on: date) -> bytes:
    """The workbook; the words above the first table say what it is and how it was counted."""
    sheets = []
    for place, table in enumerate(tables):
        over = (Heading(title), Text(told, size=10)) if place == 0 else (Heading(table.name),)
        sheets.append(Sheet(_sheet_name(table.name, place), (Turn(True), *over, _grid(table))))
    return write_book(Book(title, tuple(sheets), made_on=made_on))


def _sheet_name(name: str, place: int) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31] or f"Лист {place + 1}"


def _grid(table: PlainTable) -> Grid:
    columns = tuple(
        Column(head.replace("\u00ad", ""), px * MILLIMETRES, "right" if place in table.right else "left")
        for place, (head, px) in enumerate(table.columns)
    )
    rows = tuple(
        Line(tuple(_content(text) if place in table.right else text for place, text in enumerate(row)))
        for row in table.rows
    )
    return Grid(columns, rows, numbered=False, pinned=1)


def _content(text: str) -> Content:
    """«1 234,50 ₽» as the figure it is; words stay words."""
    plain = text.replace(NBSP, " ").strip()
    found = _FIGURE.fullmatch(plain)
    if found is None:
        return text
    number = re.sub(r"[ %₽]", "", plain).replace(",", ".").replace("−", "-").removeprefix("+")
    return Cell(Decimal(number), len(found[1] or ""))
