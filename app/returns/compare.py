"""What differs between two returns of one quarter: figures only, sets by today's keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal

from app.returns.as_of import Index
from app.returns.snapshot import Average, Members, NeedLine, QuarterReturn, ServiceLine

Figure = Decimal | int | None
TYPED = frozenset({"202"})  # what the programme plans is kept as it stands, without a period of account
JUDGED = frozenset({"high", "unserved"})
"""Columns of table 4 that are today's judgement, not counts of records: a raised priority, or another map of

needs and services, corrects nothing sent.  What «unserved» rests on is compared in its own columns.
"""


def differing_cells(sent: QuarterReturn, anew: QuarterReturn, index: Index) -> dict[str, tuple[Figure, Figure]]:
    """Cell -> (what was sent, what the records give now).

    Counted cells alone: columns 5 and 6 of coded rows, tables 1а, 3 and 4.  A unique figure differs
    when its set does with today's keys: a merge of cards makes no difference by itself.
    """
    uniques = {f"{key}.{period}": None for key in (*sent.members, *anew.members) for period in ("quarter", "year")}
    before, after = dict(figures(sent)), dict(figures(anew))
    found: dict[str, tuple[Figure, Figure]] = {}
    for cell in dict.fromkeys((*before, *after, *uniques)):
        if cell in uniques:
            key, _, period = cell.rpartition(".")
            old, new = (_counted(ret.members.get(key), period, index) for ret in (sent, anew))
            if old != new:
                found[cell] = (len(old), len(new))
        elif (before.get(cell) or 0) != (after.get(cell) or 0):
            found[cell] = (before.get(cell), after.get(cell))
    return found


def _counted(members: Members | None, period: str, index: Index) -> set[str]:
    if members is None:
        return set()
    return {index.counted_key(uuid) for uuid in getattr(members, period)}


def figures(ret: QuarterReturn) -> Iterator[tuple[str, Figure]]:
    """Every counted cell with its figure, in the order of the form."""
    for row in ret.rows.values():
        if row.quarter is not None and row.code not in TYPED:
            yield f"{row.code}.quarter", row.quarter
            yield f"{row.code}.year", row.year
    for code, count in ret.activities.items():
        yield f"1а.{code}", count
    lines: list[ServiceLine | NeedLine] = [*ret.services, *ret.needs]
    for line in lines:
        for period in ("quarter", "year"):
            of_period = getattr(line, period)
            for spec in fields(of_period):
                if spec.name in JUDGED:
                    continue
                value = getattr(of_period, spec.name)
                yield f"{line.key}.{spec.name}.{period}", value.total if isinstance(value, Average) else value
