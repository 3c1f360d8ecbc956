"""«Паспорт НКО»: the card of one NGO on paper, ready to lay on a desk, from the same read model as its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.russian import amount, day, day_in_words, plural
from app.core.text import NBSP
from app.reports.blocks import (
    NOTHING,
    Block,
    Cell,
    Column,
    Content,
    Fact,
    Facts,
    Grid,
    GridRow,
    GroupRow,
    Heading,
    Line,
    Paper,
    Space,
    Text,
)
from app.reports.pdf import write_pdf
from app.reports.return_paper import signed_by
from app.returns.records import Unit

TITLE = "Паспорт НКО"
NO_CONTACTS = "Контактных лиц в паспорте нет: это персональные данные."
_WIDE = 34  # characters of a value that wants a line of its own


@dataclass(frozen=True, slots=True)
class PassportLine:
    """A fact in words; money in ₽, None where there is none."""

    on: date | None
    text: str
    beside: str = ""
    money: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PassportSection:
    """A section whole.  total: what stands beside its heading."""

    title: str
    lines: tuple[PassportLine, ...]
    total: str = ""


@dataclass(frozen=True, slots=True)
class PassportYear:
    """Sums of a year; money: ₽ of financial support."""

    year: int
    support: int
    money: Decimal
    services: int
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Passport:
    """What the paper tells.  facts: (label, value).  marks: (title, since, until, basis).

    time_line: the newest first; left_out: how many older moments it leaves to the program.
    """

    name: str
    short_name: str
    state: str
    territory: str
    as_of: date
    facts: tuple[tuple[str, str], ...]
    marks: tuple[tuple[str, date, date | None, str], ...]
    years: tuple[PassportYear, ...]
    sections: tuple[PassportSection, ...]
    time_line: tuple[PassportLine, ...]
    left_out: int = 0


def passport_pdf(passport: Passport, unit: Unit, *, binding: bool = False) -> bytes:
    """The paper; the same bytes for the same passport."""
    called = passport.short_name or passport.name
    paper = Paper(
        f"{TITLE}: {called}",
        tuple(_blocks(passport, unit)),
        foot=" · ".join((TITLE, called, day(passport.as_of))),
        author=unit.administration,
        made_on=passport.as_of,
        binding=binding,
    )
    return write_pdf(paper)


def _blocks(passport: Passport, unit: Unit) -> Iterator[Block]:
    yield Text(unit.administration or passport.territory, align="center", gap=4)
    yield Text(TITLE.upper(), size=16, bold=True, align="center", gap=1.5)
    yield Text(passport.name, size=13, bold=True, align="center", gap=1.5)
    state = f"{passport.state}; " if passport.state else ""
    yield Text(f"{state}сведения на {day_in_words(passport.as_of)}", align="center", gap=2)
    yield Space(2)
    yield Facts(tuple(Fact(label, value, wide=len(value) > _WIDE) for label, value in passport.facts))
    if passport.marks:
        yield Heading("Отметки", 2)
        yield _marks(passport)
    yield Heading("Итоги по годам", 2)
    yield _years(passport)
    for section in passport.sections:
        yield Heading(f"{section.title}: {section.total}" if section.total else section.title, 2)
        yield _section(section)
    yield Heading("Лента времени")
    yield _time_line(passport)
    yield Text(NO_CONTACTS, size=8.5)
    if unit.head.name or unit.executor.name:
        yield signed_by(unit.head, unit.executor, passport.as_of.year)


def _marks(passport: Passport) -> Grid:
    columns = (Column("Отметка", 52), Column("С", 22), Column("По", 40), Column("Основание", 0))
    rows = []
    for title, since, valid_to, basis in passport.marks:
        over = valid_to is not None and valid_to < passport.as_of
        until = "бессрочно" if valid_to is None else f"{day(valid_to)}, истекла" if over else day(valid_to)
        rows.append(Line((title, since, until, basis or NOTHING)))
    return Grid(columns, tuple(rows), numbered=False, size=9)


def _years(passport: Passport) -> Grid:
    columns = (
        Column("Год", 24),
        Column("Мер поддержки", 0, "right"),
        Column("Финансовая, ₽", 42, "right"),
        Column("Услуг центров", 34, "right"),
        Column("Часов услуг", 32, "right"),
    )
    years = passport.years
    rows = [Line(_year(str(y.year), y.support, y.money, y.services, y.hours)) for y in years]
    if len(years) > 1:
        money = sum((y.money for y in years), Decimal(0))
        hours = sum((y.hours for y in years), Decimal(0))
        support, services = sum(y.support for y in years), sum(y.services for y in years)
        rows.append(Line(_year("Всего", support, money, services, hours), bold=True))
    return Grid(columns, tuple(rows), numbered=False, size=9, empty="Ни поддержки, ни услуг не было.")


def _year(name: str, support: int, money: Decimal, services: int, hours: Decimal) -> tuple[Content, ...]:
    """A year without something has «—» there."""
    return name, support or None, Cell(money, 2) if money else None, services or None, amount(hours) if hours else None


def _section(section: PassportSection) -> Grid:
    with_money = any(line.money for line in section.lines)
    columns = [Column("Дата", 21), Column("Что", 0), Column("Подробности", 56)]
    if with_money:
        columns.append(Column("Сумма, ₽", 28, "right"))
    rows = []
    for line in section.lines:
        cells = (line.on, line.text, line.beside or NOTHING)
        rows.append(Line((*cells, Cell(line.money, 2) if line.money else None) if with_money else cells))
    return Grid(tuple(columns), tuple(rows), numbered=False, size=9, empty="Записей нет.", running=True)


def _time_line(passport: Passport) -> Grid:
    rows: list[GridRow] = []
    year: str | None = None
    for line in passport.time_line:
        its = f"{line.on.year}{NBSP}год" if line.on else "Без даты"
        if its != year:
            year = its
            rows.append(GroupRow(its))
        rows.append(Line((line.on, line.text, line.beside or NOTHING)))
    older = plural(passport.left_out, "запись", "записи", "записей")
    note = f"Ещё {older} раньше — в программе." if passport.left_out else ""
    columns = (Column("Дата", 21), Column("Что произошло", 0), Column("Подробности", 56))
    return Grid(columns, tuple(rows), numbered=False, size=9, note=note, empty="Записей нет.", running=True)
