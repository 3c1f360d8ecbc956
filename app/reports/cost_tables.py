"""What services cost, as grids and words: by centre and code, and side by side for a duplicate."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from app.core.russian import amount, roubles
from app.core.text import NBSP
from app.region.consolidate import Consolidation
from app.region.costs import Costs, UnitCost, money_of
from app.region.duplicates import Duplicate
from app.reports.blocks import Cell, Column, Content, Grid, Line

NO_DATA = "нет данных"
NO_MONEY = "нет данных: деньги в\u00a0планах центров не указаны."
COST_NOTE = (
    "«По плану» — деньги года на объём года. «По факту» — деньги прошедшей части года на объём с\u00a0начала года. "
    "Районы без отчёта и\u00a0без денег в\u00a0плане не входят в\u00a0цену единицы."
)


def cost_grid(
    lines: Sequence[UnitCost], quarter_number: int, *, with_centre: bool = True, narrow: bool = False
) -> Grid:
    """Money, volumes and ₽ a unit by centre and code; «нет данных» where no money is told.

    narrow: for a page that stands.
    """
    rows = tuple(_line(one, with_centre=with_centre, with_unit=not (narrow and with_centre)) for one in lines)
    columns = (
        *((Column("Центр", 0),) if with_centre else ()),
        Column("Код", 12), *(() if narrow and with_centre else (Column("Единица", 26 if with_centre else 0),)),
        Column("Деньги на год, ₽", 25 if narrow else 28, "right"),
        Column("План на год", 20, "right"), Column("С\u00a0начала года", 20, "right"),
        Column("₽ за единицу по\u00a0плану", 27, "right"), Column("₽ за единицу по\u00a0факту", 27, "right"),
    )  # fmt: skip
    passed = format((Decimal(quarter_number) * 25).normalize(), "f")
    note = f"{COST_NOTE} Прошло {passed}{NBSP}% года."
    return Grid(columns, rows, numbered=False, note=note, pinned=2, empty="Услуг и планов нет.")


def _line(one: UnitCost, *, with_centre: bool, with_unit: bool) -> Line:
    told: list[Content] = [one.centre_name, one.code] if with_centre else [one.code]
    if with_unit:
        told.append(one.unit)
    money = NO_DATA if one.money is None else Cell(one.money, 2)
    return Line(
        (
            *told, money, amount(one.plan), amount(one.done),
            *(NO_DATA if one.money is None else Cell(price, 2) for price in (one.planned, one.actual)),
        )
    )  # fmt: skip


def side_by_side(duplicate: Duplicate, consolidation: Consolidation, costs: Costs) -> str:
    """What each centre of a duplicate did and its money, a line a centre."""
    told = []
    for one in money_of(duplicate, consolidation, costs):
        name = consolidation.keys.name(one.centre, "centre")
        money = f"{NO_DATA} о{NBSP}деньгах" if one.money is None else roubles(one.money)
        told.append(f"{name}: объём {amount(one.volume)}, {money}")
    return "\n".join(told)
