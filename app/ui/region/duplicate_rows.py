"""Duplicates, promises and unit costs as lines of a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from app.core.russian import amount, day, integer, percents, plural, roubles
from app.core.text import NBSP
from app.region.costs import UnitCost, money_of
from app.region.coverage import Promise
from app.region.duplicates import Duplicate, of_kind
from app.region.later import OneByOne
from app.ui.region import opened_spots
from app.ui.region.opened import NOTHING, Opened
from app.ui.region.opened_rows import Table
from app.ui.region.picture import Picture
from app.ui.short_words import short_centre

DUPLICATES = ("all", "ngo", "plan")
VIEWS = {"all": "Всё", "ngo": "Одной НКО", "plan": "Ниже половины плана", "promises": "Обещано и сделано",
         "costs": "Стоимость единицы"}  # fmt: skip
SHORT = {"all": "Всё", "ngo": "Одной НКО", "plan": "Ниже плана", "promises": "Обещано", "costs": "Стоимость"}
"""The same where room lacks."""
TITLES = {"all": "Дублирование", "ngo": "Одна НКО у нескольких центров", "plan": "Центры ниже половины плана",
          "promises": "Обещано и сделано", "costs": "Стоимость единицы услуги"}  # fmt: skip
KINDS = {"ngo": "одной НКО", "plan": "ниже плана"}
EMPTY = {
    "promises": "Планов центров в отчётах районов нет.",
    "costs": "Стоимость не посчитать: услуг и планов нет.",
}
NO_MONEY = "нет данных"


@dataclass(frozen=True)
class Listed:
    """A table, what stands behind each of its lines, the least widths of its columns, and words on the whole."""

    table: Table
    of: Sequence[object]
    least: tuple[int, ...]
    told: str


SHOWN = 1_000
"""Lines that a view shows; the workbook and the papers have all."""


def duplicates_of(picture: Picture, view: str, *, with_justified: bool) -> Sequence[Duplicate]:
    """Those of a view; without the justified ones they are inefficient all."""
    held = picture.coverage.duplicates if with_justified else picture.coverage.inefficient
    return held if view == "all" else of_kind(held, view)


def counts(picture: Picture, *, with_justified: bool) -> dict[str, int]:
    return {view: len(duplicates_of(picture, view, with_justified=with_justified)) for view in DUPLICATES}


def _told(words: str, count: int, most: int | None) -> str:
    return words if most is None or count <= most else f"{words}, показаны первые {integer(most)}"


def listed(picture: Picture, view: str, *, with_justified: bool, most: int | None = SHOWN) -> Listed:
    """What the table of a view shows.  most: lines, None for all of them."""
    if view == "promises":
        return _promises(picture, most)
    if view == "costs":
        return _costs(picture, most)
    found = duplicates_of(picture, view, with_justified=with_justified)
    shown = found[:most]
    # What is the same in every line has no column: the kind where one was chosen, reasons where none are shown.
    places = tuple(
        place for place in range(len(COLUMNS)) if (place != KIND or view == "all") and (place != WHY or with_justified)
    )
    rows = OneByOne(shown, partial(_duplicate, picture, places, short_centre if most is not None else str))
    columns = tuple(COLUMNS[place] for place in places)
    heads = [head for head, _ in columns]
    figures = tuple(heads.index(head) for head in ("Записей", "Деньги"))
    table = Table(TITLES[view], columns, rows, heads.index("Кому, где"), figures, nothing(picture, view))
    told = _told(plural(len(found), "случай", "случая", "случаев"), len(found), most)
    return Listed(table, shown, tuple(LEAST[place] for place in places), told)


COLUMNS = (("Вид", 100), ("Код", 50), ("Кому, где", 260), ("Центры", 320), ("Записей", 72), ("Деньги", 110),
           ("Обосновано", 190))  # fmt: skip
LEAST = (92, 40, 240, 258, 62, 80, 90)
KIND, WHY = 0, 6


def _duplicate(
    picture: Picture, columns: Sequence[int], called: Callable[[str], str], one: Duplicate
) -> tuple[str, ...]:
    """called: how an NGO is named: on the page by its own name, which the room of a row does not cut."""
    places = ", ".join(picture.brief(oktmo) for oktmo in one.districts)
    whom = f"{called(picture.ngo(one.ngo))}; {places}" if one.ngo else places
    money = [share.money for share in money_of(one, picture.whole, picture.costs)] if picture.costs.known else [None]
    known = [value for value in money if value is not None]
    whole = roubles(sum(known, Decimal(0)), 0) if known and len(known) == len(money) else NO_MONEY
    told = (
        KINDS[one.kind], one.code, whom, ", ".join(short_centre(picture.centre(key)) for key in one.centres),
        integer(len(one.records)), whole, one.reason or NOTHING,
    )  # fmt: skip
    return tuple(told[column] for column in columns)


def justified_words(one: Duplicate) -> str:
    """«Другая тема, Ермакова Л. В., 20.10.2026»."""
    said = one.justified
    return ", ".join(filter(None, (said.reason, said.by, day(said.on) if said.on else "")))


def nothing(picture: Picture, view: str) -> str:
    """Why the list is empty."""
    if any(view in ("all", one.kind) for one in picture.coverage.duplicates):
        return "Всё дублирование обосновано: включите «С обоснованными», чтобы увидеть его."
    return f"За {picture.quarter.title} дублирования не найдено."


def _promises(picture: Picture, most: int | None) -> Listed:
    whole = picture.coverage.promises
    found = tuple(whole[:most])
    rows = tuple(
        (
            picture.centre(one.centre), picture.brief(one.oktmo), one.code, one.unit, amount(one.plan),
            amount(one.done), percents(one.percent) if one.percent is not None else NOTHING,
            _against(picture, one),
        )
        for one in found
    )  # fmt: skip
    columns = (("Центр", 240), ("Район", 150), ("Код", 50), ("Единица", 90), ("План на год", 96),
               ("С начала года", 104), ("%", 80), ("К этому дню", 180))  # fmt: skip
    table = Table(TITLES["promises"], columns, rows, 0, (4, 5, 6), EMPTY["promises"])
    count = _told(plural(len(whole), "позиция", "позиции", "позиций"), len(whole), most)
    told = f"{count}; прошло {picture.quarter.number * 25}{NBSP}% года"
    return Listed(table, found, (130, 96, 40, 56, 84, 96, 70, 84), told)


def _against(picture: Picture, one: Promise) -> str:
    """How it stands to the part of the year that has passed."""
    part = one.plan * picture.quarter.number / 4
    if one.done >= part:
        return "идёт по плану"
    return "ниже половины" if one.done * 2 < part else "отстаёт"


def _costs(picture: Picture, most: int | None) -> Listed:
    whole = picture.costs.lines
    found = whole[:most]
    rows = tuple(
        (one.centre_name, one.code, one.unit or NOTHING, _money(one.money), amount(one.plan), amount(one.done),
         _money(one.planned), _money(one.actual))
        for one in found
    )  # fmt: skip
    columns = (("Центр", 240), ("Код", 50), ("Единица", 90), ("Деньги на год", 120), ("План на год", 96),
               ("С начала года", 104), ("₽ за единицу, план", 150), ("₽ за единицу, факт", 150))  # fmt: skip
    table = Table(TITLES["costs"], columns, rows, 0, (3, 4, 5, 6, 7), EMPTY["costs"])
    told = (
        _told(plural(len(whole), "позиция", "позиции", "позиций"), len(whole), most)
        if picture.costs.known
        else "Деньги неизвестны: загрузите планы центров с суммами, «Комплект», «Планы центров»."
    )
    return Listed(table, found, (130, 40, 56, 96, 84, 96, 120, 120), told)


def _money(value: Decimal | None) -> str:
    return roubles(value) if value is not None else NO_MONEY


def told_of(picture: Picture, one: object) -> str:
    """The line at hand in a sentence."""
    if isinstance(one, Promise):
        return (
            f"{picture.centre(one.centre)}, {picture.name(one.oktmo)}, {one.code}: {_against(picture, one)} — "
            f"{amount(one.done)} из {amount(one.plan)} {one.unit} за год."
        )
    if isinstance(one, UnitCost):
        if one.money is None:
            return f"{one.centre_name}, {one.code}: денег в планах центра не указано, стоимость единицы не посчитать."
        return (
            f"{one.centre_name}, {one.code}: по плану {_money(one.planned)}, по факту {_money(one.actual)} за единицу "
            "(деньги прошедшей части года на сделанное)."
        )
    return ""


def opened_of(picture: Picture, one: object) -> Opened:
    """What lies behind a line."""
    if isinstance(one, Duplicate):
        return opened_spots.of_duplicate(picture, one)
    if isinstance(one, Promise):
        return opened_spots.of_promise(picture, one)
    assert isinstance(one, UnitCost)
    found = [
        promise for promise in picture.coverage.promises if (promise.centre, promise.code) == (one.centre, one.code)
    ]
    rows = tuple(
        (picture.name(line_oktmo), _money(line.money), amount(line.plan), amount(line.done), _money(line.planned),
         _money(line.actual))
        for line_oktmo, lines in sorted(picture.costs.in_district.items(), key=lambda held: picture.name(held[0]))
        for line in lines
        if (line.centre, line.code) == (one.centre, one.code)
    )  # fmt: skip
    heads = (("Район", 240), ("Деньги на год", 130), ("План на год", 110), ("С начала года", 120),
             ("₽ за единицу, план", 150), ("₽ за единицу, факт", 150))  # fmt: skip
    table = Table("По районам", heads, rows, 0, (1, 2, 3, 4, 5))
    places = {picture.name(promise.oktmo): promise for promise in found}
    deeper = {
        place: (lambda promise=places[line[0]]: opened_spots.of_promise(picture, promise))
        for place, line in enumerate(rows)
        if line[0] in places
    }
    return Opened(f"{one.centre_name}: {one.code}", told_of(picture, one), (table,), deeper)
