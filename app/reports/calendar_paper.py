"""A month on a lying page: the grid of its weeks, then the list by days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.russian import day, weekday
from app.reports.blocks import Block, Column, Grid, Line, PageBreak, Paper, Text, Turn
from app.reports.pdf import write_pdf

WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
SHORT = 46  # signs of a line in the grid; the list has it whole
MOST = 4  # lines of a day in the grid


@dataclass(frozen=True, slots=True)
class PaperItem:
    """Something of the month: its days, the hour, what, of which kind, where, and whether it is done."""

    first: date
    last: date
    at: str
    title: str
    kind: str
    place: str
    done: bool


@dataclass(frozen=True, slots=True)
class MonthPaper:
    """title: «Ноябрь 2026 г.».  days: of the grid, whole weeks; those of other months stay empty."""

    title: str
    owner: str
    as_of: date
    number: int
    days: tuple[date, ...]
    items: tuple[PaperItem, ...]


def month_pdf(paper: MonthPaper) -> bytes:
    weeks = [paper.days[start : start + 7] for start in range(0, len(paper.days), 7)]
    columns = tuple(Column(name, 0, small=True) for name in WEEKDAYS)
    grid = Grid(columns, [Line(tuple(_cell(paper, when) for when in week)) for week in weeks], numbered=False, size=8)
    blocks: list[Block] = [
        Turn(landscape=True),
        Text(paper.owner, size=10, align="center", gap=1),
        Text(f"Календарь на {_lower(paper.title)}", size=14, bold=True, align="center"),
        grid,
    ]
    if paper.items:
        blocks += [PageBreak(), Text(f"{paper.title}: по дням", size=13, bold=True), _list(paper.items)]
    title = f"Календарь на {_lower(paper.title)}"
    foot = f"{title} · сведения на {day(paper.as_of)}"
    return write_pdf(Paper(title, tuple(blocks), foot=foot, author=paper.owner, made_on=paper.as_of))


def _lower(title: str) -> str:
    return f"{title[0].lower()}{title[1:]}"


def _cell(paper: MonthPaper, when: date) -> str:
    if when.month != paper.number:
        return ""
    held = [item for item in paper.items if item.first <= when <= item.last]
    told = [_short(f"{item.at} {item.title}".strip()) for item in held[:MOST]]
    if len(held) > MOST:
        told.append(f"и ещё {len(held) - MOST}")
    return "\n".join([str(when.day), *told])


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1].rstrip()}…"


def _list(items: Sequence[PaperItem]) -> Grid:
    columns = (Column("День", 42), Column("Время", 22), Column("Что", 0), Column("Вид", 30), Column("Где", 52))
    lines = [
        Line((_days(item), item.at, item.title + (" (сделано)" if item.done else ""), item.kind, item.place))
        for item in items
    ]
    return Grid(columns, lines, numbered=False)


def _days(item: PaperItem) -> str:
    if item.last != item.first:
        return f"{day(item.first)} – {day(item.last)}"
    return f"{day(item.first)}, {weekday(item.first)}"


