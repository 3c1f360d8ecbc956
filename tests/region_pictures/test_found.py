"""Lists of a region too large to lie in memory: found one return after another, kept, held against a recount."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.core.clock import Clock
from app.models.database import Database
from app.region.duplicates import Justification, of_kind, with_reasons, without_reason
from app.region.later import Later, OneByOne
from app.ui.region import duplicate_rows as rows
from app.ui.region import tiles_page
from app.usecases import region_whole
from app.usecases.region_digests import make_anew
from app.usecases.region_found import Kept, find, keep, kept
from app.usecases.region_whole import Whole, found_case, found_faults, glance, whole
from tests.region_pictures.oblast import Q3
from tests.region_pictures.pages import Pictures, plain

TODAY = date(2026, 10, 25)
SPOILT = (
    "UPDATE region_found SET holes = replace(holes, 'true', 'false')",
    "UPDATE region_found SET names = ''",
    "UPDATE region_found SET duplicates = substr(duplicates, instr(duplicates, char(10)) + 1)",
    "UPDATE region_found SET found = '{}'",
)


@pytest.fixture
def database(oblast_file: Path, tmp_path: Path) -> Any:
    with Database.open(Path(shutil.copy(oblast_file, tmp_path / "область.db")), clock=Clock.fixed(TODAY)) as found:
        yield found


def keep_found(database: Database) -> Kept:
    with database.read() as session:
        case = found_case(session, Q3)
        assert case is not None
        found, texts = find(session, case)
    keep(database, case, texts)
    return found


def faults(database: Database) -> list[str]:
    with database.read() as session:
        return found_faults(session)


def same(found: Whole, lists: Kept) -> None:
    assert len(lists.holes) > 5
    assert len(lists.duplicates) > 5
    assert tuple(lists.holes) == tuple(found.coverage.holes)
    assert tuple(lists.duplicates) == tuple(found.coverage.duplicates)
    assert tuple(lists.findings) == tuple(found.findings)
    assert tuple(lists.unchecked) == tuple(found.unchecked)
    assert all(lists.names["ngo", one.ngo] == found.consolidation.keys.name(one.ngo)
               for one in lists.duplicates if one.ngo)  # fmt: skip


def test_what_is_found_one_after_another_is_what_is_found_in_all_at_once(database: Database) -> None:
    region_whole.forget()
    with database.read() as session:
        at_hand = whole(session, Q3)
        assert at_hand.later is None
    same(at_hand, keep_found(database))
    region_whole.forget()
    with database.read() as session:
        read = glance(session, Q3, lists_kept=True)
        assert read.later is not None
        same(at_hand, read.later.kept)
        keys = at_hand.consolidation.keys
        for hole in read.coverage.holes[:9]:
            for need in hole.needs:
                key = read.consolidation.keys.of(need.ngo)
                assert (key, read.consolidation.keys.name(key)) == (keys.of(need.ngo), keys.name(key))


def test_reasons_are_told_of_the_lines_that_are_kept_as_of_duplicates_at_hand(database: Database) -> None:
    """With a quotation mark in a key, as the name of a centre has it that is known by nothing else."""
    found = keep_found(database).duplicates.all
    at_hand = tuple(found)
    quoted = replace(at_hand[2], key=f'{at_hand[2].key}:АНО "Опора", Луга')
    every = with_reasons((*at_hand, quoted), {})
    lines = OneByOne(
        [json.dumps([one.key, place], ensure_ascii=False) for place, one in enumerate(every)],
        lambda line: every[json.loads(line)[1]],
    )
    reasons = {one.key: Justification("Другая тема", "Ермакова") for one in (at_hand[0], at_hand[-1], quoted)}
    told = with_reasons(Later(lambda: lines), reasons)
    expected = with_reasons(every, reasons)
    assert [one.key for one in told] == [one.key for one in expected]
    assert tuple(told) == tuple(expected)
    bare = without_reason(told)
    assert tuple(bare) == without_reason(expected)
    assert len(bare) == len(at_hand) - 2
    assert [one.key for one in of_kind(bare, "plan")] == [one.key for one in without_reason(expected)
                                                          if one.kind == "plan"]  # fmt: skip


def test_a_name_is_found_among_the_lines_without_reading_them_all(database: Database) -> None:
    kept_names = keep_found(database).names
    told = dict(kept_names)
    assert len(told) == len(kept_names) > 10
    assert all(kept_names[place] == name for place, name in told.items())
    for nobody in (("ngo", "0"), ("ngo", "я"), ("centre", ""), ("я", "я")):
        assert kept_names.get(nobody) is None


@pytest.mark.parametrize("statement", SPOILT)
def test_check_finds_a_list_that_is_not_that_of_the_returns_and_recount_mends_it(
    database: Database, statement: str
) -> None:
    keep_found(database)
    assert faults(database) == []
    with closing(sqlite3.connect(database.path)) as raw:
        raw.execute(statement)
        raw.commit()
    (fault,) = faults(database)
    assert "Сводные списки за III" in fault
    assert "recount" in fault
    make_anew(database)
    assert faults(database) == []


def test_lists_of_other_returns_are_not_shown(database: Database) -> None:
    """Another version that stands is another hash: what was kept is out of date and is no fault."""
    keep_found(database)
    with closing(sqlite3.connect(database.path)) as raw:
        raw.execute("UPDATE region_found SET inputs = 'of others'")
        raw.commit()
    region_whole.forget()
    with database.read() as session:
        case = found_case(session, Q3)
        assert case is not None
        assert kept(session, case) is None
        shown = glance(session, Q3, lists_kept=True).coverage.holes
        assert tuple(shown) == tuple(whole(session, Q3).coverage.holes), "found anew"
    assert faults(database) == []


def test_figures_of_a_large_region_come_first_and_the_lists_are_kept(
    open_oblast: Callable[[Path], Pictures], oblast_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a region of so many returns that they do not lie in memory together, and do not fit on a map."""
    monkeypatch.setattr(region_whole, "AT_HAND", 10)
    monkeypatch.setattr(tiles_page, "MOST", 10)
    region_whole.forget()
    pictures = open_oblast(oblast_file)
    page: Any = pictures.window.open("whole")
    seen: list[tuple[bool, bool]] = []
    page.pictures.changed.connect(
        lambda: seen.append((page.pictures.picture.complete, page.pictures.picture.is_found))
        if page.pictures.picture is not None else None
    )  # fmt: skip
    pictures.settle()
    assert (seen[0], seen[-1]) == ((False, False), (True, True))
    with pictures.desk.database.read() as session:
        case = found_case(session, Q3)
        assert case is not None
        assert kept(session, case) is not None
    holes = pictures.open("holes")
    assert "незакрыт" in holes.count.text()
    holes.records.click()
    assert "вес" in plain(pictures.down().title)
    twice = pictures.open("duplicates")
    assert twice.here is not None
    assert len(twice.here.records) == len(tuple(twice.here.records)) > 1
    assert sum(rows.counts(twice.shown, with_justified=True)[kind] for kind in ("ngo", "plan")) == len(
        twice.shown.coverage.duplicates
    )
    tiles = pictures.open("tiles")
    assert "до 10 территорий, а здесь их 18" in plain(tiles.too_many.text())
    assert not tiles.map.isVisible()
    matrix = pictures.open("matrix")
    assert "покрыто" in plain(matrix.grid.model_.words(18, 0))
    region_whole.forget()


def test_a_list_waits_for_the_returns_and_a_stored_one_does_not(
    open_oblast: Callable[[Path], Pictures], oblast_file: Path
) -> None:
    """Of eighteen districts as of all Russia."""
    region_whole.forget()
    pictures = open_oblast(oblast_file)
    page: Any = pictures.window.open("holes")
    pictures.until(lambda: page.pictures.picture is not None)
    assert "Собирается список" in page.empty.title.text()
    pictures.settle()
    assert page.stack.currentWidget() is page.work
    region_whole.forget()
    page.pictures.picture, page.shown = None, None
    page.pictures.forget()
    page.refresh()
    pictures.until(lambda: page.pictures.picture is not None)
    assert not page.pictures.picture.complete
    assert page.stack.currentWidget() is page.work
    pictures.settle()
    region_whole.forget()
