"""What lies behind a spot of the matrix, a hole, a duplicate, a promise: needs and services of the annexes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from app.core.russian import amount, integer, percents, plural
from app.core.text import NBSP
from app.region.coverage import Kind, Promise, Spot
from app.region.duplicates import Duplicate
from app.region.holes import PRIORITY, Hole
from app.returns.snapshot import NeedRow, ServiceRow
from app.ui.region.opened import NOTHING, Opened
from app.ui.region.opened_rows import Table, needs, services
from app.ui.region.picture import Picture
from app.ui.region.shown_figures import NO_RETURN, spot_words

UNLISTED = "В отчёте района списка потребностей нет: форма заполнена без приложения Б. Спросите район."


def nothing_of(told: str) -> Table:
    """No table, and why."""
    return Table("Потребности", (("Потребности", 300),), (), empty=told)


def services_of(picture: Picture, oktmo: str, codes: tuple[str, ...]) -> list[tuple[str, ServiceRow]]:
    """Acts of service of these codes in a district in the quarter."""
    return [("", row) for ret in picture.returns(oktmo) for row in ret.annex_d if row.code in codes]


def title_of(picture: Picture, kind: Kind, code: str) -> str:
    """«помещение»; «К4 Консультация по грантам»."""
    title = dict(picture.heads(kind)).get(code, code)
    return title if kind == "category" or title == code else f"{code} {title}"


def of_spot(picture: Picture, oktmo: str, kind: Kind, code: str) -> Opened:
    """The needs of the spot and the services that answer them."""
    name = picture.name(oktmo)
    spot = picture.coverage.spot(oktmo, kind, code)
    if spot is None:
        told = f"{name}: отчёта за {picture.quarter.title} нет."
        return Opened(f"{name}. {title_of(picture, kind, code)}", told, (nothing_of(told),))
    codes = picture.answering(spot)
    answer = f"Отвечают услуги {', '.join(codes)}." if codes else "Какие услуги отвечают, карта не говорит."
    table = needs(spot.needs, picture, covered_in(picture, spot))
    if not spot.needs and spot.demand.value != 0:
        table = Table(table.title, table.columns, (), empty=UNLISTED)
    return Opened(
        f"{name}. {_capital(title_of(picture, kind, code))}",
        f"{_capital(spot_words(picture, spot))}. {answer}",
        (table, services(services_of(picture, oktmo, codes), picture)),
    )


def covered_in(picture: Picture, spot: Spot) -> frozenset[str] | None:
    """Keys of the NGOs in need that got a service; None where it cannot be told."""
    if spot.covered is None:
        return None
    wanted = picture.whole.keys.all_of(row.ngo for row in spot.needs)
    return wanted - frozenset(spot.uncovered)


def of_column(picture: Picture, kind: Kind, code: str) -> Opened:
    """A column over the districts; deeper lies each of its spots."""
    rows: list[tuple[str, ...]] = []
    deeper: dict[int, Callable[[], Opened]] = {}
    for one in picture.districts:
        spot = picture.coverage.spot(one.oktmo, kind, code)
        if spot is not None:
            deeper[len(rows)] = partial(of_spot, picture, one.oktmo, kind, code)
        rows.append((picture.name(one.oktmo), *spot_figures(picture, spot)))
    return Opened(
        _capital(title_of(picture, kind, code)),
        "По районам: сколько НКО нуждается, скольким центры дали то, что отвечает потребности.",
        (Table("Районы", (("Район", 260), *SPOT_HEADS), tuple(rows), 0, (1, 2, 3, 4)),), deeper,
    )  # fmt: skip


SPOT_HEADS = (("Нуждаются", 100), ("Покрыто", 90), ("%", 70), ("Получили", 100), ("Центры", 330))


def of_district(picture: Picture, oktmo: str, kind: Kind) -> Opened:
    """A district over the columns; deeper lies each of its spots."""
    name = picture.name(oktmo)
    if oktmo not in picture.reported:
        told = f"Отчёта за {picture.quarter.title} нет: показать нечего."
        return Opened(name, told, (nothing_of(told),))
    rows: list[tuple[str, ...]] = []
    deeper: dict[int, Callable[[], Opened]] = {}
    for code, _ in picture.heads(kind):
        spot = picture.coverage.spot(oktmo, kind, code)
        deeper[len(rows)] = partial(of_spot, picture, oktmo, kind, code)
        rows.append((_capital(title_of(picture, kind, code)), *spot_figures(picture, spot)))
    head = "Категория потребностей" if kind == "category" else "Услуга"
    return Opened(
        name, f"{picture.quarter.title}: что нужно НКО района и что дали центры.",
        (Table(head, ((head, 260), *SPOT_HEADS), tuple(rows), 0, (1, 2, 3, 4)),), deeper,
    )  # fmt: skip


def spot_figures(picture: Picture, spot: Spot | None) -> tuple[str, ...]:
    if spot is None:
        return (NO_RETURN, NOTHING, NOTHING, NOTHING, NOTHING)
    demand = NOTHING if spot.demand.value is None else integer(int(spot.demand.value))
    if spot.demand.is_interval:
        demand = f"от {demand} до {integer(int(spot.demand.upper or 0))}"
    return (
        demand, NOTHING if spot.covered is None else integer(spot.covered),
        NOTHING if spot.percent is None else percents(spot.percent),
        NOTHING if spot.served.value is None else integer(int(spot.served.value)),
        ", ".join(map(picture.centre, spot.centres)) or NOTHING,
    )  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- holes


def weight_rows(picture: Picture, hole: Hole) -> list[tuple[str, NeedRow, int, int, int]]:
    """NGO, its heaviest need, priority as a number, days and their product: the weight is the sum of the last."""
    return [
        (picture.ngo(key), row, priority, days, product)
        for key, row, priority, days, product in _weights(picture, hole)
    ]


def _weights(picture: Picture, hole: Hole) -> list[tuple[str, NeedRow, int, int, int]]:
    """The same by the keys of the NGOs."""
    keys, last = picture.whole.keys, picture.quarter.last_day
    heaviest: dict[str, tuple[int, int, int, NeedRow]] = {}
    for row in hole.needs:
        days = max(1, (last - row.opened_on).days)
        priority = PRIORITY.get(row.priority, 1)
        key = keys.of(row.ngo)
        if key not in heaviest or priority * days > heaviest[key][0]:
            heaviest[key] = priority * days, priority, days, row
    ordered = sorted(heaviest.items(), key=lambda one: (-one[1][0], one[0]))
    return [(key, row, priority, days, product) for key, (product, priority, days, row) in ordered]


def weight_words(picture: Picture, hole: Hole) -> str:
    """How the weight was made."""
    if hole.estimated:
        return (
            f"Списка потребностей в отчёте нет: вес — наименьший возможный, {integer(hole.ngos)} НКО × "
            f"{plural(hole.days, 'день', 'дня', 'дней')} = {integer(hole.weight)}."
        )
    parts = [f"{priority}{NBSP}×{NBSP}{integer(days)}" for _, _, priority, days, _ in _weights(picture, hole)]
    shown = " + ".join(parts[:6]) + (f" + ещё {len(parts) - 6}" if len(parts) > 6 else "")
    return f"Важность × дни по каждой НКО: {shown} = {integer(hole.weight)}."


def of_hole(picture: Picture, hole: Hole) -> Opened:
    """The needs behind a hole, each with its part of the weight, and what services there were."""
    rows = tuple(
        (name, f"№{NBSP}{row.number}", f"{row.opened_on:%d.%m.%Y}", integer(days),
         "высокий, 2" if priority > 1 else "обычный, 1", integer(product))
        for name, row, priority, days, product in weight_rows(picture, hole)
    )  # fmt: skip
    heads = (("НКО", 260), ("Потребность", 100), ("Выявлена", 92), ("Дней", 70), ("Приоритет", 110), ("Вес", 90))
    weight = Table("Из чего вес", heads, rows, 0, (3, 5), empty=UNLISTED)
    spot = picture.coverage.spot(hole.oktmo, "category", hole.category)
    listed = needs(hole.needs, picture) if hole.needs else nothing_of(UNLISTED)
    acts = services(services_of(picture, hole.oktmo, hole.codes), picture)
    told = f"{why_words(hole)}. {weight_words(picture, hole)}"
    if spot is not None:
        told += f" {_capital(spot_words(picture, spot))}."
    return Opened(
        f"{picture.name(hole.oktmo)}. {_capital(hole.title)}: вес {'не меньше ' if hole.estimated else ''}"
        f"{integer(hole.weight)}",
        told, (weight, listed, acts),
    )  # fmt: skip


def why_words(hole: Hole) -> str:
    """«Ни одной услуги за квартал; открыты дольше 90 дней: 3»."""
    told = [*(["ни одной услуги за квартал"] if hole.flagged else [])]
    if hole.old:
        told.append(f"открыты дольше 90{NBSP}дней: {integer(hole.old)}")
    return _capital("; ".join(told))


def brief_why(hole: Hole) -> str:
    """«Нет услуг; > 90 дней: 3», as a narrow column and the paper say it."""
    told = ["нет услуг"] if hole.flagged else []
    if hole.old:
        told.append(f">{NBSP}90{NBSP}дней: {integer(hole.old)}")
    return _capital("; ".join(told))


# --- duplicates and promises


def of_duplicate(picture: Picture, one: Duplicate) -> Opened:
    """The records behind a duplicate, centre by centre."""
    tables = []
    if one.lines:
        rows = tuple(
            (line.centre_name, picture.name(oktmo), amount(line.plan or Decimal(0)), amount(line.year.volume),
             percents(line.year.volume * 100 / line.plan) if line.plan else NOTHING, line.unit)
            for oktmo, line in one.lines
        )  # fmt: skip
        heads = (("Центр", 260), ("Район", 220), ("План на год", 110), ("Сделано", 110), ("%", 80), ("Единица", 120))
        tables.append(Table("План и факт", heads, rows, 0, (2, 3, 4)))
    tables.append(services(list(one.records), picture))
    reason = f" Обосновано: {one.reason}." if one.reason else ""
    return Opened(f"{one.code} {one.title if one.title != one.code else ''}".strip(), one.text + reason, tuple(tables))


def of_promise(picture: Picture, one: Promise) -> Opened:
    """What a centre did of a code in a district in the quarter."""
    rows = [
        ("", row)
        for ret in picture.returns(one.oktmo)
        for row in ret.annex_d
        if row.code == one.code and picture.whole.keys.of(row.centre) == one.centre
    ]
    share = f" ({percents(one.percent)})" if one.percent is not None else ""
    return Opened(
        f"{picture.centre(one.centre)}, {picture.name(one.oktmo)}: {one.code}",
        f"План на год {amount(one.plan)}, сделано с\u00a0начала года {amount(one.done)} {one.unit}{share}. "
        f"Ниже — услуги за {picture.quarter.title}.",
        (services(rows, picture),),
    )  # fmt: skip
