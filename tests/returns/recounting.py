"""A quarter's return compared with the recount in plain SQL: which cells differ, and by what."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.core.periods import Quarter
from app.returns.build import build
from app.returns.records import Records
from app.returns.snapshot import QuarterReturn
from tests.returns.recount import NEEDS_NGOS, NEEDS_NGOS_OF_THE_YEAR, NEEDS_STOCKS, NEEDS_SUMS, SETS, STOCKS, SUMS

Wrong = tuple[str, object, object]


def differing(path: Path, records: Records, quarter: Quarter) -> list[Wrong]:
    """(cell, the return's figure, the recount's) wherever the two are not one."""
    connection = sqlite3.connect(path)
    try:
        ret = build(records, quarter).ret
        compared = (*_coded(connection, records, ret), *_needs(connection, records, ret))
    finally:
        connection.close()
    return [(cell, ours, theirs) for cell, ours, theirs in compared if ours != theirs]


def _coded(connection: sqlite3.Connection, records: Records, ret: QuarterReturn) -> Iterator[Wrong]:
    quarter, first = ret.head.quarter, _first_kept(records, ret.head.quarter)

    def value(statement: str, since: Quarter) -> Decimal:
        [found] = connection.execute(statement, _parameters(quarter, since)).fetchone()
        return Decimal(str(found)).quantize(Decimal("0.01"))

    for code, statement in STOCKS.items():
        yield f"{code}.quarter", ret[code].quarter, value(statement, quarter)
        yield f"{code}.year", ret[code].year, value(statement, quarter)
    for code, statement in SUMS.items():
        yield f"{code}.quarter", ret[code].quarter, value(statement, quarter)
        yield f"{code}.year", ret[code].year, value(statement, first) + _opened(records, ret, f"{code}.year")
    for code, statement in SETS.items():
        for column, since in (("quarter", quarter), ("year", first)):
            keys = {key for (key,) in connection.execute(statement, _parameters(quarter, since))}
            if column == "year":
                keys |= _opening_keys(connection, records, ret, f"{code}.year")
            yield f"{code}.{column}", getattr(ret[code], column), Decimal(len(keys))


def _needs(connection: sqlite3.Connection, records: Records, ret: QuarterReturn) -> Iterator[Wrong]:
    quarter, first = ret.head.quarter, _first_kept(records, ret.head.quarter)
    taken_over = records.opening is not None and records.opening.quarter.year == quarter.year
    for line in ret.needs:

        def value(statement: str, since: Quarter, at: Quarter = quarter, category: str = line.category) -> int:
            [found] = connection.execute(statement, _parameters(at, since, category=category)).fetchone()
            return int(found)

        for column, statement in NEEDS_STOCKS.items():
            yield f"{line.key}.{column}.quarter", getattr(line.quarter, column), value(statement, quarter)
            if column != "start":
                yield f"{line.key}.{column}.year", getattr(line.year, column), value(statement, quarter)
        start = value(NEEDS_STOCKS["start"], first, first)
        asked = _opened(records, ret, f"{line.key}.start.year") if taken_over else start
        yield f"{line.key}.start.year", line.year.start, int(asked)
        for column, statement in NEEDS_SUMS.items():
            year = value(statement, first) + int(_opened(records, ret, f"{line.key}.{column}.year"))
            yield f"{line.key}.{column}.quarter", getattr(line.quarter, column), value(statement, quarter)
            yield f"{line.key}.{column}.year", getattr(line.year, column), year
        yield f"{line.key}.ngos.quarter", line.quarter.ngos, value(NEEDS_NGOS, quarter)
        asking = connection.execute(NEEDS_NGOS_OF_THE_YEAR, _parameters(quarter, first, category=line.category))
        keys = {key for (key,) in asking} | _opening_keys(connection, records, ret, f"{line.key}.ngos.year")
        yield f"{line.key}.ngos.year", line.year.ngos, len(keys)


def _parameters(quarter: Quarter, first: Quarter, **more: str) -> dict[str, Any]:
    known = {"q": str(quarter), "first": str(first), "day": quarter.last_day.isoformat(), "year": quarter.year}
    return known | more


def _first_kept(records: Records, quarter: Quarter) -> Quarter:
    opening = records.opening
    return next(q for q in quarter.year_to_date if opening is None or q > opening.quarter)


def _opened(records: Records, ret: QuarterReturn, cell: str) -> Decimal:
    """What the opening balances add to a figure of the year."""
    opening = records.opening
    if opening is None or opening.quarter.year != ret.head.quarter.year:
        return Decimal(0)
    return opening.figures.get(cell, Decimal(0))


def _opening_keys(connection: sqlite3.Connection, records: Records, ret: QuarterReturn, cell: str) -> set[str]:
    """Keys of today of those whom the opening balances name."""
    opening = records.opening
    if opening is None or opening.quarter.year != ret.head.quarter.year:
        return set()
    found = set()
    for uuid in opening.keys.get(cell, ()):
        row = connection.execute(
            """SELECT COALESCE(k.ogrn, k.uuid) FROM ngo n JOIN ngo k ON k.id = COALESCE(n.merged_into_id, n.id)
               WHERE n.uuid = ?
               UNION ALL SELECT COALESCE(c.ogrn, c.uuid) FROM centre c WHERE c.uuid = ?""",
            (uuid, uuid),
        ).fetchone()
        found.add(row[0] if row else uuid)
    return found
