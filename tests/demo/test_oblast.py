"""The demo oblast as a folder: the same bytes, nothing of others touched, districts in order, work that can stop."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from app.cli import run
from app.core.clock import Clock
from app.core.errors import AppError, Cancelled
from app.core.identifiers import inn_fault, ogrn_fault
from app.core.progress import Progress
from app.models.backup import write_backup
from app.models.database import Database
from app.usecases.backup import check_database
from app.usecases.demo.build import settlements_of
from app.usecases.demo.oblast import build_oblast, build_region_demo, plan
from app.usecases.demo.oblast.books import Books
from app.usecases.demo.oblast.district import tell
from app.usecases.demo.oblast.lives import ACTOR, Job, live
from app.usecases.quarter_returns import frozen_quarters, kept


def test_a_district_lived_again_gives_the_same_bytes(oblast_folder: Path, tmp_path: Path) -> None:
    """Alone here, among others there: no district hangs on another, nor on the process it lives in."""
    lived = live(Job(plan.SLANTSY, 1, tmp_path))
    write_backup(tmp_path / f"{plan.SLANTSY}.db", tmp_path / "копия.db", ACTOR)
    assert (tmp_path / "копия.db").read_bytes() == (oblast_folder / "districts" / f"{plan.SLANTSY}.db").read_bytes()
    for (quarter, correction), (_, xlsx, _) in lived.frozen.items():
        name = f"НКО-47-кв_{plan.SLANTSY}_{quarter}_{correction}.xlsx"
        assert (oblast_folder / "in" / name).read_bytes() == xlsx


def test_another_seed_tells_another_story_with_the_same_plants() -> None:
    one, other = (tell(plan.LUGA, settlements_of(plan.LUGA), seed) for seed in (1, 2))
    assert one.history != other.history
    assert tell(plan.LUGA, settlements_of(plan.LUGA), 1).history == one.history


def test_eighteen_districts_with_files_of_four_quarters(oblast_folder: Path) -> None:
    told = json.loads((oblast_folder / "planted.json").read_text(encoding="utf-8"))
    assert sorted(path.name for path in (oblast_folder / "in").iterdir()) == sorted(told["arrived"])
    assert {path.stem for path in (oblast_folder / "districts").glob("*.db")} == {*plan.CODES, plan.FORMER}
    assert len(plan.CODES) == 18
    quarters = Counter(name.split("_")[2] for name in told["results"] if name.startswith("НКО-47-кв"))
    assert quarters.keys() == {"2024-Q1", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"}


def test_numbers_are_right_and_a_district_shares_only_planted_ones(oblast_folder: Path) -> None:
    seen: Counter[str] = Counter()
    for oktmo in plan.CODES:
        with closing(sqlite3.connect(oblast_folder / "districts" / f"{oktmo}.db")) as file:
            found = file.execute("SELECT ogrn, inn FROM ngo WHERE ogrn IS NOT NULL").fetchall()
        assert [pair for pair in found if ogrn_fault(pair[0]) or inn_fault(pair[1])] == []
        seen.update({ogrn for ogrn, _ in found})
    assert {ogrn: count for ogrn, count in seen.items() if count > 1} == {
        one.organisation.ogrn: 2 for one in plan.SHARED
    }


@pytest.mark.parametrize("oktmo", [plan.VSEVOLOZHSK, plan.VOLKHOV, plan.TIKHVIN, plan.FORMER])
def test_the_books_of_a_district_say_what_its_returns_say(oblast_folder: Path, oktmo: str, tmp_path: Path) -> None:
    """The generator counts from the story; the district's file is in order and counts the same from its records."""
    path = Path(shutil.copy(oblast_folder / "districts" / f"{oktmo}.db", tmp_path))
    books = Books(tell(oktmo, settlements_of(oktmo), 1))
    with Database.open(path, clock=Clock.fixed(plan.TODAY)) as database:
        with database.read() as session:
            for quarter in frozen_quarters(session):
                found = kept(session, quarter)
                assert found is not None
                figures = books.figures(quarter) | {code: len(who) for code, who in books.sets(quarter).items()}
                assert {code: found.ret[code].quarter or 0 for code in figures} == figures, quarter
        assert check_database(database).faults == ()


def test_a_folder_with_anything_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "важное.docx").write_bytes(b"1")
    for build in (build_oblast, build_region_demo):
        with pytest.raises(AppError, match=r"важное\.docx"):
            build(tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "важное.docx"]


def test_it_stops_when_asked_and_leaves_nothing(tmp_path: Path) -> None:
    """Asked while districts live in processes of their own."""
    begun, steps = threading.Event(), []

    def note(*step: object) -> None:
        steps.append(step)
        if len(steps) == 8:
            begun.set()

    progress = Progress(note)

    def stop() -> None:
        begun.wait(60)
        progress.cancel()

    asking = threading.Thread(target=stop)
    asking.start()
    try:
        with pytest.raises(Cancelled):
            build_oblast(tmp_path / "область", progress=progress)
    finally:
        asking.join()
    assert not (tmp_path / "область").exists()


def test_the_command_refuses_a_file_in_the_place_of_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "файл").write_bytes(b"1")
    assert run(["demo", "--region", "--out", str(tmp_path / "файл")]) == 2
    assert "не папка" in capsys.readouterr().err
