"""Rows 101–119, 210–218, 301–305 and table 4 of the demo's returns equal a recount in plain SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.core.periods import Quarter
from app.models.database import Database
from app.returns.build import build
from app.returns.records import Records
from app.returns.snapshot import QuarterReturn
from app.usecases.return_records import read_records
from tests.returns.recount import NEEDS_NGOS, NEEDS_STOCKS, NEEDS_SUMS, SETS, STOCKS, SUMS

QUARTERS = (Quarter(2025, 4), *(Quarter(2026, number) for number in (1, 2, 3, 4)))


Counted = tuple[sqlite3.Connection, Records]


@pytest.fixture(scope="module")
def counted(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    """The demo's tables, and the records the build reads from them."""
    path = tmp_path_factory.mktemp("recount") / "demo.db"
    path.write_bytes((demo_folder / "demo.db").read_bytes())
    database = Database.open(path)
    try:
        with database.read() as session:
            records = read_records(session)
    finally:
        database.close()
    connection = sqlite3.connect(path)
    yield connection, records
    connection.close()


def parameters(quarter: Quarter, first: Quarter, **more: str) -> dict[str, Any]:
    known = {"q": str(quarter), "first": str(first), "day": quarter.last_day.isoformat(), "year": quarter.year}
    return known | more


def first_kept(records: Records, quarter: Quarter) -> Quarter:
    opening = records.opening
    kept = [q for q in quarter.year_to_date if opening is None or q > opening.quarter]
    return kept[0]


def opened(records: Records, ret: QuarterReturn, cell: str) -> Decimal:
    """What the opening balances add to a figure of the year."""
    opening = records.opening
    if opening is None or opening.quarter.year != ret.head.quarter.year:
        return Decimal(0)
    return opening.figures.get(cell, Decimal(0))


@pytest.mark.parametrize("quarter", QUARTERS, ids=str)
def test_coded_rows_equal_a_recount(counted: Counted, quarter: Quarter) -> None:
    connection, records = counted
    ret = build(records, quarter).ret
    first = first_kept(records, quarter)

    def value(statement: str, since: Quarter) -> Decimal:
        [found] = connection.execute(statement, parameters(quarter, since)).fetchone()
        return Decimal(str(found)).quantize(Decimal("0.01"))

    wrong: list[tuple[str, object, object]] = []

    def compare(cell: str, ours: Decimal | None, theirs: Decimal) -> None:
        if ours != theirs:
            wrong.append((cell, ours, theirs))

    for code, statement in STOCKS.items():
        compare(f"{code}.quarter", ret[code].quarter, value(statement, quarter))
        compare(f"{code}.year", ret[code].year, value(statement, quarter))
    for code, statement in SUMS.items():
        compare(f"{code}.quarter", ret[code].quarter, value(statement, quarter))
        compare(f"{code}.year", ret[code].year, value(statement, first) + opened(records, ret, f"{code}.year"))
    for code, statement in SETS.items():
        for column, since in (("quarter", quarter), ("year", first)):
            keys = {key for (key,) in connection.execute(statement, parameters(quarter, since))}
            if column == "year":
                keys |= opening_keys(connection, records, ret, code)
            compare(f"{code}.{column}", getattr(ret[code], column), Decimal(len(keys)))
    assert not wrong


def opening_keys(connection: sqlite3.Connection, records: Records, ret: QuarterReturn, code: str) -> set[str]:
    """Keys of today of those whom the opening balances name."""
    opening = records.opening
    if opening is None or opening.quarter.year != ret.head.quarter.year:
        return set()
    found = set()
    for uuid in opening.keys.get(f"{code}.year", ()):
        row = connection.execute(
            """SELECT COALESCE(k.ogrn, k.uuid) FROM ngo n JOIN ngo k ON k.id = COALESCE(n.merged_into_id, n.id)
               WHERE n.uuid = ?""",
            (uuid,),
        ).fetchone()
        found.add(row[0] if row else uuid)
    return found


@pytest.mark.parametrize("quarter", QUARTERS, ids=str)
def test_table_4_equals_a_recount(counted: Counted, quarter: Quarter) -> None:
    connection, records = counted
    ret = build(records, quarter).ret
    first = first_kept(records, quarter)
    wrong = []
    for line in ret.needs:

        def value(statement: str, since: Quarter, category: str = line.category) -> int:
            [found] = connection.execute(statement, parameters(quarter, since, category=category)).fetchone()
            return int(found)

        for column, statement in NEEDS_STOCKS.items():
            if getattr(line.quarter, column) != value(statement, quarter):
                wrong.append((line.category, column, getattr(line.quarter, column), value(statement, quarter)))
        for column, statement in NEEDS_SUMS.items():
            year = value(statement, first) + int(opened(records, ret, f"4.{line.category}.{column}.year"))
            if (getattr(line.quarter, column), getattr(line.year, column)) != (value(statement, quarter), year):
                wrong.append((line.category, column, getattr(line.year, column), year))
        if line.quarter.ngos != value(NEEDS_NGOS, quarter):
            wrong.append((line.category, "ngos", line.quarter.ngos, value(NEEDS_NGOS, quarter)))
    assert not wrong
