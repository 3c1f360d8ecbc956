"""What map, matrix and lists say of a district or a spot: a figure, its step of tint, and the words for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from app.core.russian import decimal, in_sentence, integer, plural
from app.core.text import NBSP
from app.region.coverage import Kind, Spot
from app.region.measures import by_district, per_thousand
from app.region.sums import Sum, added
from app.ui.region.picture import Picture

NO_RETURN, NO_SETS, NOTHING = "нет отчёта", "без состава", "·"
HOLE_WORDS = {"": "", "none": ", услуг нет", "old": ", открыты дольше 90\u00a0дней"}
STEPS = (20, 40, 60, 80)
"""Limits of the five steps of coverage, in percent."""


@dataclass(frozen=True, slots=True)
class Told:
    """text: what stands in the tile.  step: 1…5 of the ramp, 0 for none.  words: what is read aloud."""

    text: str
    step: int = 0
    words: str = ""


@dataclass(frozen=True)
class Measure:
    """What a map can show.  legend: the words of the five steps for these figures."""

    key: str
    title: str
    unit: str
    told: Mapping[str, Told]
    legend: tuple[str, ...]


def whole_percent(value: Decimal) -> int:
    """Half up, as it stands in a tile; 99,6 is no 100 and 0,4 no 0: those ends are kept for the whole and nothing."""
    told = int(value.quantize(Decimal(1), ROUND_HALF_UP))
    if told == 100 and value < 100:
        return 99
    return 1 if told == 0 and value > 0 else told


def step_of(percent: Decimal) -> int:
    return 1 + sum(percent >= limit for limit in STEPS)


def coverage_told(total: Sum) -> Told:
    """Of one spot or of several added up."""
    percent = total.percent
    left = f", без {plural(total.unknown, 'числа', 'чисел', 'чисел')} без состава" if total.unknown else ""
    if percent is None:
        if total.unknown:
            return Told(NO_SETS, 0, "числа присланы без состава, покрытие не посчитать")
        return Told(NOTHING, 0, "потребностей нет")
    counted = f"{integer(total.covered)} из {integer(total.demand)} нуждающихся НКО{left}"
    if total.bare:
        return _between(total, counted)
    return Told(str(whole_percent(percent)), step_of(percent), f"покрыто {decimal(percent, 1)}{NBSP}%: {counted}")


def _between(total: Sum, counted: str) -> Told:
    """Of those told «без состава» nobody or all may be covered; a tint only where both ends share it."""
    low, high = (str(whole_percent(one)) for one in total.bounds)
    steps = {step_of(one) for one in total.bounds}
    words = f"покрыто от {low} до {high}{NBSP}%: {counted}"
    return Told(low if low == high else f"{low}–{high}", steps.pop() if len(steps) == 1 else 0, words)


COVERAGE_LEGEND = ("до 20", "20–39", "40–59", "60–79", "80 и выше")


def _by_fifths(values: Mapping[str, Decimal], words: Callable[[Decimal], str], places: int) -> tuple:
    """Figures in five equal steps from 0 to the largest; those of no district stay out."""
    most = max(values.values(), default=Decimal(0))
    told = {
        oktmo: Told(_number(value, places), 1 + min(4, int(value * 5 / most)) if most > 0 else 1, words(value))
        for oktmo, value in values.items()
    }
    if most <= 0:
        return told, ("0", "", "", "", "")
    edges = [most * n / 5 for n in range(6)]
    legend = tuple(f"{_number(a, places)}–{_number(b, places)}" for a, b in pairwise(edges))
    return told, legend


def _number(value: Decimal, places: int) -> str:
    return decimal(value, places) if places else integer(int(value.quantize(Decimal(1), ROUND_HALF_UP)))


def _counted(picture: Picture, key: str, title: str, unit: str, of: Callable[[str], Decimal | None], words) -> Measure:
    values = {one: value for one in picture.reported if (value := of(one)) is not None}
    told, legend = _by_fifths(values, words, 0)
    return Measure(key, title, unit, told, legend)


def coverage_of(picture: Picture, kind: Kind, code: str = "") -> Measure:
    """Coverage of a category or a code, of all of them without a code."""
    title = dict(picture.heads(kind)).get(code, "")
    told = {one: coverage_told(added(picture.spots(kind, oktmo=one, code=code))) for one in picture.reported}
    named = f"{title} ({code})" if kind == "code" and title and title != code else title
    return Measure(
        f"{kind}:{code}", f"Покрытие: {in_sentence(named)}" if code else "Покрытие всех потребностей", "покрыто, %",
        told, COVERAGE_LEGEND,
    )  # fmt: skip


def demand_of(picture: Picture, kind: Kind, code: str = "") -> Measure:
    """NGOs in need, counted once a category."""
    return _counted(
        picture, f"demand:{kind}:{code}", "Нуждаются", "нуждающихся НКО, по категориям",
        lambda one: Decimal(added(picture.spots(kind, oktmo=one, code=code)).demand),
        lambda value: f"нуждаются {_number(value, 0)} НКО",
    )  # fmt: skip


def holes_of(picture: Picture) -> Measure:
    """How many categories of a district are not answered."""
    return _counted(
        picture, "holes", "Незакрытые потребности", "категорий не закрыто",
        lambda one: Decimal(len(picture.holes(one))),
        lambda value: plural(int(value), "незакрытая категория", "незакрытые категории", "незакрытых категорий"),
    )  # fmt: skip


def weight_of(picture: Picture) -> Measure:
    """The weight of the holes of a district."""
    return _counted(
        picture, "weight", "Вес незакрытых потребностей", "вес: НКО × важность × дни",
        lambda one: Decimal(sum(hole.weight for hole in picture.holes(one))),
        lambda value: f"вес незакрытых потребностей {_number(value, 0)}",
    )  # fmt: skip


def ngos_of(picture: Picture) -> Measure:
    """NGOs on record."""
    told = by_district(picture.whole["101.quarter"])
    return _counted(
        picture, "ngos", "НКО на учёте", "НКО и объединений", told.get,
        lambda value: f"на учёте {_number(value, 0)} НКО",
    )  # fmt: skip


RATES = {
    "301.quarter": ("Услуг на 1\u00a0000 НКО", "записей за квартал на 1\u00a0000 НКО"),
    "302.quarter": ("Получили услуги на 1\u00a0000 НКО", "НКО за квартал на 1\u00a0000 НКО"),
    "210.year": ("Получили поддержку на 1\u00a0000 НКО", "НКО с\u00a0начала года на 1\u00a0000 НКО"),
    "203.year": ("Исполнено, ₽ на НКО", "₽ с\u00a0начала года на одну НКО"),
}
PER_NGO = ("203.year",)


def rate_of(picture: Picture, cell: str) -> Measure:
    """A figure per 1,000 NGOs on record (money: per NGO)."""
    title, unit = RATES[cell]
    rates = dict(per_thousand(picture.whole, cell).districts)
    if cell in PER_NGO:
        rates = {one: value / 1000 for one, value in rates.items()}
    return _counted(picture, f"rate:{cell}", title, unit, rates.get, lambda value: f"{_number(value, 0)} {unit}")


def measure_of(picture: Picture, key: str) -> Measure:
    """The measure of a key of `offered`; that of all needs where the picture has no such category or code."""
    name, _, rest = key.partition(":")
    if name in ("category", "code") and (not rest or rest in dict(picture.heads(name))):  # type: ignore[arg-type]
        return coverage_of(picture, name, rest)  # type: ignore[arg-type]
    match name:
        case "demand":
            return demand_of(picture, "category")
        case "holes":
            return holes_of(picture)
        case "weight":
            return weight_of(picture)
        case "ngos":
            return ngos_of(picture)
        case "rate":
            return rate_of(picture, rest)
    return coverage_of(picture, "category")


def offered(picture: Picture) -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of (key, title) of what a map can show."""
    categories = [(f"category:{code}", title[:1].upper() + title[1:]) for code, title in picture.coverage.categories]
    codes = [(f"code:{code}", code if title == code else f"{code} {title}") for code, title in picture.coverage.codes]
    return [
        ("Покрытие", [("category:", "Всех потребностей"), ("code:", "Всех кодов услуг")]),
        ("Категории", categories),
        ("Коды услуг", codes),
        ("Другое", [
            ("demand", "Нуждаются"), ("holes", "Незакрытые потребности"), ("weight", "Вес незакрытых потребностей"),
            ("ngos", "НКО на учёте"), *((f"rate:{cell}", words[0]) for cell, words in RATES.items()),
        ]),
    ]  # fmt: skip


def spot_words(picture: Picture, spot: Spot | None) -> str:
    """«нуждаются 7 НКО, покрыто 0 (0 %), услуги получили 3 НКО, центров 1»."""
    if spot is None:
        return NO_RETURN
    if spot.demand.value == 0:
        beside = f"; услуги получили {_figure(spot.served)}{NBSP}НКО" if spot.served.value else ""
        return f"потребностей нет{beside}"
    centres = plural(len(spot.centres), "центр", "центра", "центров") if spot.centres else "центров нет"
    if spot.covered is None or spot.percent is None:
        return f"нуждаются {_figure(spot.demand)}{NBSP}НКО, покрытие не посчитать: {NO_SETS}; {centres}"
    return (
        f"нуждаются {_figure(spot.demand)}{NBSP}НКО, покрыто {integer(spot.covered)} "
        f"({decimal(spot.percent, 1)}{NBSP}%), услуги получили {_figure(spot.served)}{NBSP}НКО, {centres}"
    )


def _figure(figure) -> str:
    if figure.value is None:
        return NO_SETS
    if figure.is_interval:
        return f"от {integer(int(figure.value))} до {integer(int(figure.upper))}"
    return integer(int(figure.value))
