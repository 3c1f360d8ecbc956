"""The figures kept beside the returns: looked over by `check`, made anew, filled where they are missing; stopping."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.core.clock import Clock
from app.core.periods import Quarter
from app.core.progress import Progress
from app.models.database import Database
from app.usecases.intake import Stopped, take_in
from app.usecases.region_digests import missing_digests
from app.usecases.region_found import find, keep
from app.usecases.region_whole import forget, found_case, glance, whole
from tests.region.made import NORTH, SOUTH, made_of, workbook_of
from tests.region.region import Region, Sent

Q3 = Quarter(2026, 3)
SPOILT = (
    ("UPDATE region_digest SET numbers = zeroblob(length(numbers))", "41606000"),
    ("UPDATE region_digest SET sets = zeroblob(length(sets))", "41606000"),
    ("UPDATE region_digest SET filled = '[]'", "41606000"),
    ("DELETE FROM region_digest", "41606000"),
    ("DELETE FROM region_name WHERE name = (SELECT min(name) FROM region_name)", "41606000"),
    ("UPDATE region_name SET joint = 0", "помечены не все"),
)


@pytest.fixture
def two(region: Region, sent: Callable[..., Sent]) -> Region:
    """Two districts that know the same NGOs, one of them with a correction."""
    kept = sent(NORTH).kept
    region.came("север.xlsx", kept.xlsx)
    region.came("юг.xlsx", workbook_of(kept, made_of(kept, oktmo=SOUTH, own="b")))
    region.came("юг1.xlsx", workbook_of(kept, made_of(kept, oktmo=SOUTH, own="b", correction=1, rows={"706": 7})))
    assert set(region.results().values()) == {"accepted", "corrected"}
    return region


def spoil(region: Region, statement: str) -> None:
    with closing(sqlite3.connect(region.db)) as raw:
        raw.execute(statement)
        raw.commit()


def test_check_finds_figures_that_are_not_those_of_the_returns_and_recount_mends_them(two: Region) -> None:
    assert two("check")[0] == 0
    for statement, told in SPOILT:
        spoil(two, statement)
        # A digest that is missing is made at the next opening; one that is wrong has to be looked for.
        with Database.open(two.db, clock=Clock.fixed(date(2026, 10, 25))) as database, database.read() as session:
            gone = bool(missing_digests(session))
        code, out, _ = two("check")
        assert code == 1, statement
        assert told in out, statement
        assert "recount" in out, statement
        assert two("recount")[:2] == (0, "Сводные цифры пересчитаны: 3 отчёта.\n"), statement
        assert two("check")[0] == 0, statement
        assert gone == statement.startswith("DELETE FROM region_digest")


def test_check_looks_over_the_lists_that_are_kept(two: Region) -> None:
    with Database.open(two.db, clock=Clock.fixed(date(2026, 10, 25))) as database:
        with database.read() as session:
            case = found_case(session, Q3)
            assert case is not None
            _, texts = find(session, case)
        keep(database, case, texts)
    assert two("check")[0] == 0
    spoil(two, "UPDATE region_found SET duplicates = 'иначе'")
    code, out, _ = two("check")
    assert code == 1
    assert "Сводные списки за III квартал" in out
    assert two("recount")[0] == 0
    assert two("check")[0] == 0


def test_a_file_without_the_figures_is_filled_when_it_is_opened(two: Region) -> None:
    before = two.json("board", "2026-Q3")
    spoil(two, "DELETE FROM region_digest")
    spoil(two, "DELETE FROM region_name")
    assert two.json("board", "2026-Q3") == before
    assert two("check")[0] == 0


def test_pages_count_without_figures_too_and_quickly_with_them(two: Region) -> None:
    with Database.open(two.db, clock=Clock.fixed(date(2026, 10, 25))) as database:
        with database.read() as session:
            quick = glance(session, Q3).consolidation
            assert type(quick.cells) is not dict
            cells = {cell: (figure.value, figure.upper) for cell, figure in quick.cells.items()}
        spoil(two, "DELETE FROM region_digest")
        with database.write("settings", "Иначе") as session:  # the same returns would be remembered
            forget()
            full = whole(session, Q3).consolidation
            assert type(full.cells) is dict
        assert {cell: (figure.value, figure.upper) for cell, figure in full.cells.items()} == cells


def test_an_intake_that_is_stopped_keeps_whole_what_it_took(
    two: Region, sent: Callable[..., Sent], tmp_path: Path
) -> None:
    kept = sent(NORTH).kept
    folder = tmp_path / "ещё"
    folder.mkdir()
    for place, oktmo in enumerate(("41603000", "41609000", "41615000", "41625000")):
        (folder / f"{place}.xlsx").write_bytes(workbook_of(kept, made_of(kept, oktmo=oktmo)))
    seen: list[tuple[int, int]] = []

    def told(done: int, total: int, _text: str) -> None:
        seen.append((done, total))
        if done == 2:
            progress.cancel()

    progress = Progress(told)
    with (
        Database.open(two.db, clock=Clock.fixed(date(2026, 10, 25))) as database,
        pytest.raises(Stopped) as stopped,
    ):
        take_in(database, [folder], progress=progress)  # the one that is under way is finished
    assert seen == [(0, 4), (1, 4), (2, 4)]
    assert [one.file for one in stopped.value.intake.files] == ["0.xlsx", "1.xlsx", "2.xlsx"]
    assert stopped.value.left == 1
    assert two("check")[0] == 0
    assert set(two.results(folder).values()) == {"same", "accepted"}
