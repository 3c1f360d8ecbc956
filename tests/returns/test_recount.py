"""Rows 101–119, 210–218, 301–305 and table 4 of the demo's returns equal a recount in plain SQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.periods import Quarter
from app.models.database import Database
from app.returns.records import Records
from app.usecases.return_records import read_records
from tests.returns import recount, recounting

QUARTERS = (Quarter(2025, 4), *(Quarter(2026, number) for number in (1, 2, 3, 4)))
PROMISED = (
    *map(str, range(101, 120)), "210", *(f"{form}." for form in range(211, 219)), *map(str, range(301, 306)),
)  # fmt: skip


@pytest.fixture(scope="module")
def demo(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Records]:
    """The demo's file, and the records the build reads from it."""
    path = tmp_path_factory.mktemp("recount") / "demo.db"
    path.write_bytes((demo_folder / "demo.db").read_bytes())
    database = Database.open(path)
    try:
        with database.read() as session:
            return path, read_records(session)
    finally:
        database.close()


@pytest.mark.parametrize("quarter", QUARTERS, ids=str)
def test_the_demo_equals_a_recount(demo: tuple[Path, Records], quarter: Quarter) -> None:
    path, records = demo
    assert recounting.differing(path, records, quarter) == []


def test_every_row_promised_is_recounted(demo: tuple[Path, Records]) -> None:
    _, records = demo
    form = recounting.build(records, QUARTERS[-1]).ret.rows
    promised = {code for code in form if any(code == one or code.startswith(one) for one in PROMISED)}
    assert promised == {*recount.STOCKS, *recount.SUMS, *recount.SETS}
