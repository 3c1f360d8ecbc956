"""The demo oblast: all that is planted in it is found, nothing else is, and the figures are those of the districts."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.core.clock import Clock
from app.core.periods import Quarter
from app.models.database import Database
from app.returns.life import State
from app.usecases import region_answers, return_life
from app.usecases.backup import check_database
from app.usecases.demo.oblast.build import take_in_as_it_came
from app.usecases.intake import take_in
from app.usecases.received import received
from app.usecases.region_board import board
from app.usecases.region_setup import create_region
from app.usecases.region_whole import Whole, whole
from tests.region.planted import NOW, TODAY, Oblast, pictured
from tests.region_pure.recount import Recount
from tests.returns.recount import SETS, STOCKS, SUMS

JANUARY = Quarter(2026, 1)
QUARTERS = (Quarter(2025, 4), JANUARY, Quarter(2026, 2), NOW)
LODEYNOYE, PRIOZERSK, SLANTSY, PODPOROZHYE = "41627000", "41639000", "41642000", "41636000"
UNTIL = {LODEYNOYE: Quarter(2026, 2), PRIOZERSK: Quarter(2026, 2), SLANTSY: Quarter(2026, 1)}
"""The latest return that came of those who did not report for the quarter."""


# --- intake ---------------------------------------------------------------------------------------


def test_every_file_has_the_result_that_was_planted(oblast: Oblast) -> None:
    files = [file for file, _ in oblast.told["results"]]
    assert len(set(files)) == len(files), "names are unique"
    assert dict(oblast.told["results"]) == oblast.planted["results"]
    assert set(oblast.planted["results"].values()) == {
        "accepted", "corrected", "same", "faults", "changed", "period", "territory", "not_a_return",
    }  # fmt: skip
    assert sorted(oblast.told["beside"]) == [
        "НКО-47-кв_41606000_2026-Q3_0.pdf", "НКО-47-кв_41625000_2026-Q3_0.pdf",
    ]  # fmt: skip
    assert [oktmo for oktmo, _ in oblast.told["warnings"]] == oblast.planted["warnings"], "whose journal was touched"


def test_the_command_takes_the_folder_in_again_and_changes_nothing(
    oblast: Oblast, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = rows(copy)
    code = run(["--db", str(copy), "--today", "26.10.2026", "intake", str(oblast.incoming), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert code == 1, "what is set aside is told each time"
    assert {one["file"]: one["result"] for one in told["files"]} == {
        file: "same" if result in ("accepted", "corrected") else result
        for file, result in oblast.planted["results"].items()
    }
    assert rows(copy) == before


def rows(path: Path) -> list[Any]:
    file = sqlite3.connect(path)
    try:
        return [file.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
                for table in ("received_return", "received_file", "region_answer", "journal")]  # fmt: skip
    finally:
        file.close()


def test_day_by_day_gives_the_same_picture_as_the_whole_folder(
    oblast: Oblast, picture: Whole, tmp_path: Path
) -> None:
    """Each file on the day it came, in another order and in some twenty calls; what the window's demo shows."""
    path = tmp_path / "по дням.db"
    take_in_as_it_came(oblast.folder, path)
    assert pictured(path).seal == picture.seal
    coverage = pictured(path).coverage
    assert coverage.holes == picture.coverage.holes
    assert {one.key for one in coverage.duplicates} == {one.key for one in picture.coverage.duplicates}
    assert {one.key: one.reason for one in coverage.duplicates if one.reason} == oblast.planted["to_justify"]
    with Database.open(path, clock=Clock.fixed(TODAY)) as database, database.read() as session:
        found = board(session, NOW)
        assert found.counts == {
            "expected": 18, "received": 15, "on_time": 13, "accepted": 8, "corrected": 1, "missing": 3,
        }  # fmt: skip
        late = {place.oktmo: place.days_late for place in found.places if not place.is_missing and place.days_late}
        assert late == {"41633000": 9, "41645000": 3}
    with Database.open(path, clock=Clock.fixed(TODAY)) as database:
        assert check_database(database).faults == ()


TRICKY = (
    "НКО-47-кв_41609000_2026-Q3_0.xlsx", "НКО-47-кв_41609000_2026-Q3_1.xlsx", "НКО-47-кв_41648000_2026-Q3_0.xlsx",
    "Тосно, ещё раз.xlsx", "НКО-47-кв_41627000_2026-Q3_0.xlsx", "НКО-47-кв_41639000_2026-Q2_0.xlsx",
    "НКО-47-кв_41639000_2026-Q3_0.xlsx", "Подпорожье, 3 квартал.xlsx", "Письмо из Соснового Бора.eml",
    "Гатчина, 3 квартал.xlsx",
)  # fmt: skip


def test_any_order_and_any_chunks_give_the_same_board(oblast: Oblast, tmp_path: Path) -> None:
    pictures = []
    for number in range(3):
        files = [oblast.incoming / name for name in TRICKY]
        draw = random.Random(number)
        if number:
            draw.shuffle(files)
        with create_region(tmp_path / f"{number}.db", clock=Clock.fixed(TODAY)) as database:
            results: Counter[str] = Counter()
            while files:
                size = draw.randint(1, 4)
                chunk, files = files[:size], files[size:]
                results.update(one.result.value for one in take_in(database, chunk).files)
            with database.read() as session:
                boards = [told_of(session, quarter) for quarter in QUARTERS]
                pictures.append((results, boards, whole(session, NOW).seal))
    assert all(one == pictures[0] for one in pictures)
    assert pictures[0][0]["same"] == 1


def told_of(session: Any, quarter: Quarter) -> Any:
    found = board(session, quarter)
    return found.counts, [
        (p.oktmo, p.stands and (p.stands.correction, p.stands.data_sha256), p.set_aside, p.filled) for p in found.places
    ]


def test_those_who_did_not_report_are_named_and_a_former_territory_stands_in_its_chain(
    oblast: Oblast, copy: Path, picture: Whole
) -> None:
    assert [one.oktmo for one in sorted(picture.missing, key=lambda one: one.oktmo)] == oblast.planted["missing"]
    assert picture.consolidation.held_over == UNTIL
    with Database.open(copy, clock=Clock.fixed(TODAY)) as database, database.read() as session:
        assert [place.oktmo for place in board(session, NOW).missing] == oblast.planted["missing"]
        assert {str(q): [place.oktmo for place in board(session, q).missing] for q in QUARTERS[:-1]} == {
            "2025-Q4": [], "2026-Q1": [], "2026-Q2": [SLANTSY],
        }  # fmt: skip
        (former,) = received(session, Quarter(2024, 1))
        assert (former.oktmo, former.chain) == ("41618000", "41518000")


# --- figures --------------------------------------------------------------------------------------


def test_the_consolidated_rows_are_the_planted_ones(
    oblast: Oblast, copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["--db", str(copy), "--today", "26.10.2026", "consolidate", "2026-Q3", "--out", str(tmp_path), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert sorted(told["missing"]) == oblast.planted["missing"]
    assert {code: one["quarter"] for code, one in told["rows"].items()} == oblast.planted["rows"]
    assert {code: one["year"] for code, one in told["rows"].items()} == oblast.planted["year_rows"]
    checks = [{"check": one["check"], "districts": sorted(one["districts"])} for one in told["findings"]]
    assert sorted(checks, key=str) == sorted(oblast.planted["checks"], key=str)


def test_the_quarter_equals_a_recount_in_plain_sql_over_the_districts(
    oblast: Oblast, picture: Whole, recount: Recount
) -> None:
    figures, consolidation = recount.coded(), picture.consolidation
    assert len(figures) > 50
    assert {code: consolidation[f"{code}.quarter"].value for code in figures} == figures
    for category in consolidation.needs:
        figures = recount.needs(category.code)
        told = {column: consolidation[f"{category.key}.{column}.quarter"].value for column in figures}
        assert told == figures, category.code
    lines = {(line.centre, line.code): line for line in consolidation.services
             if consolidation[f"{line.key}.records.quarter"].value}  # fmt: skip
    assert lines.keys() == recount.services().keys()
    for at, (*added, ngos) in recount.services().items():
        cells = [consolidation[f"{lines[at].key}.{column}.quarter"] for column in ("records", "cases", "people")]
        assert [cell.value for cell in cells] == added, at
        unique = consolidation[f"{lines[at].key}.ngos.quarter"]
        assert unique.value is not None
        if unique.is_interval:  # Подпорожье listed no services
            assert unique.bare == (PODPOROZHYE,)
            assert unique.value <= ngos <= (unique.upper or 0), at
        else:
            assert unique.value == ngos, at


def test_the_year_equals_a_recount_up_to_the_latest_return_of_each(oblast: Oblast, picture: Whole) -> None:
    """Stocks are of those who reported; what is added up keeps the months that the others told."""
    groups = [(oblast.reported, NOW), *(([oktmo], until) for oktmo, until in UNTIL.items())]
    counted = [Recount(map(oblast.district, codes), until, JANUARY) for codes, until in groups]
    try:
        for code, statement in SUMS.items():
            total = sum((one.total(statement) for one in counted), Decimal(0))
            assert picture.consolidation[f"{code}.year"].value == total, code
        for code, statement in SETS.items():
            keys = {key for one in counted for c in one.connections for (key,) in c.execute(statement, one.parameters)}
            assert picture.consolidation[f"{code}.year"].value == len(keys), code
        for code, statement in STOCKS.items():
            assert picture.consolidation[f"{code}.year"].value == counted[0].total(statement), code
    finally:
        for one in counted:
            one.close()


@pytest.mark.parametrize("code", ["210", "214.1", "302", "303", "503"])
def test_a_unique_figure_is_less_than_the_sum_of_the_districts(picture: Whole, code: str) -> None:
    """Some NGOs, centres and a partner work in two districts: a sum would count them twice."""
    figure = picture.consolidation[f"{code}.quarter"]
    own = [part.value or Decimal(0) for part in figure.parts]
    assert figure.value is not None
    assert not figure.is_interval
    assert max(own) <= figure.value < sum(own)


def test_a_return_without_sets_makes_an_interval(copy: Path) -> None:
    """Подпорожье told its second quarter by hand and listed nobody."""
    figure = pictured(copy, Quarter(2026, 2)).consolidation["210.quarter"]
    assert figure.is_interval
    assert figure.bare == (PODPOROZHYE,)


# --- holes and duplicates -------------------------------------------------------------------------


def test_holes_and_duplicates_are_the_planted_ones_and_no_others(
    oblast: Oblast, copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["--db", str(copy), "--today", "26.10.2026", "coverage", "2026-Q3", "--out", str(tmp_path), "--json"])
    told = json.loads(capsys.readouterr().out)
    for what in ("holes", "duplicates"):
        planted = {one["key"]: one for one in oblast.planted[what]}
        assert {one["key"] for one in told[what]} == planted.keys()
        for one in told[what]:
            assert {key: one[key] for key in planted[one["key"]]} == planted[one["key"]]
    assert [one["key"] for one in told["holes"]] == [one["key"] for one in oblast.planted["holes"]], "by weight"
    assert set(oblast.planted["to_justify"]) < {one["key"] for one in told["duplicates"]}


def test_holes_and_duplicates_equal_a_recount_in_plain_sql(oblast: Oblast, picture: Whole, recount: Recount) -> None:
    assert {(oblast.reported.index(one.oktmo), one.category) for one in picture.coverage.holes} == recount.holes()
    doubled = {(one.ngo, one.code) for one in picture.coverage.duplicates if one.kind == "ngo"}
    assert doubled == recount.repeated(30)
    assert any(len(one.districts) > 1 for one in picture.coverage.duplicates)


# --- between two files ----------------------------------------------------------------------------


def test_remarks_and_receipts_of_the_region_move_the_districts(oblast: Oblast, copy: Path, tmp_path: Path) -> None:
    with Database.open(copy, clock=Clock.fixed(TODAY)) as database:
        with database.write("intake", "Замечания") as session:
            _, back = region_answers.remarks(session, LODEYNOYE, NOW)
        with database.write("intake", "Квитанция") as session:
            _, receipt = region_answers.receipt(session, "41612000", NOW)
    for oktmo, file, state in ((LODEYNOYE, back, State.SENT_BACK), ("41612000", receipt, State.ACCEPTED)):
        district = Path(shutil.copy(oblast.district(oktmo), tmp_path / f"{oktmo}.db"))
        with Database.open(district, clock=Clock.fixed(TODAY)) as database:
            with database.write("return", "Ответ области") as session:
                life = return_life.take_answer(session, file)
            assert life.state is state
            if state is State.SENT_BACK:
                assert [remark.cell for remark in life.remarks] == ["101.quarter"]
