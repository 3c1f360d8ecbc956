"""The demo set: the same bytes twice, nothing of others touched, and everything planted is found."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.core.clock import Clock
from app.core.errors import AppError
from app.core.periods import Quarter
from app.models.database import Database
from app.usecases import quarter_returns as returns
from app.usecases.backup import check_database
from app.usecases.demo import build_demo
from app.usecases.dictionaries import shipped
from app.usecases.importing import preview
from app.usecases.registers import find, rows

TODAY = date(2026, 11, 10)
FILES = (".db", ".json", ".pdf", ".xlsx")
UNFINISHED = Quarter(2026, 4)
NOT_IN_A_DISTRICT = {"20201", "71610"}  # a party is no СОНКО; a branch of a foreign NGO is warned of


@pytest.fixture
def demo(demo_copy: Path) -> Iterator[Database]:
    with Database.open(demo_copy, clock=Clock.fixed(TODAY, seed=99)) as database:
        yield database


@pytest.fixture(scope="module")
def planted(demo_folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((demo_folder / "planted.json").read_text(encoding="utf-8"))
    return told


def test_two_runs_give_the_same_bytes(demo_folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "ещё раз"
    build_demo(again)
    names = sorted(path.name for path in again.iterdir())
    assert names == sorted(path.name for path in demo_folder.iterdir() if path.suffix in FILES)
    assert not [name for name in names if (again / name).read_bytes() != (demo_folder / name).read_bytes()]


def test_a_folder_with_anything_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "важное.docx").write_bytes(b"1")
    with pytest.raises(AppError, match=r"важное\.docx"):
        build_demo(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["важное.docx"]


def test_it_is_as_large_as_a_real_district(demo: Database) -> None:
    with demo.read() as session:
        counts = {key: len(find(session, key)) for key in ("ngo", "support", "service", "need", "centre")}
        frozen = returns.frozen_quarters(session)
    assert 175 <= counts["ngo"] <= 185
    assert 380 <= counts["support"] <= 420
    assert 1450 <= counts["service"] <= 1550
    assert 240 <= counts["need"] <= 260
    assert counts["centre"] == 7
    assert [str(quarter) for quarter in frozen] == ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
    assert check_database(demo).faults == ()


def test_a_demo_that_is_open_in_a_window_is_not_taken_away(demo: Database) -> None:
    folder = demo.path.parent
    with pytest.raises(AppError, match="уже открыт"):
        build_demo(folder)
    assert demo.path.is_file()


def test_what_a_killed_run_left_is_replaced(tmp_path: Path) -> None:
    for name in ("demo.db.part", "НКО.xlsx.part", "planted.json"):
        (tmp_path / name).write_bytes(b"half")
    build_demo(tmp_path)
    assert not list(tmp_path.glob("*.part"))
    (tmp_path / "planted.json.docx").write_bytes(b"1")
    with pytest.raises(AppError, match=r"planted\.json\.docx"):
        build_demo(tmp_path)


def test_its_papers_read_as_a_district_keeps_them(demo: Database) -> None:
    with demo.read() as session:
        ngos = [row.values for row in rows(session, "ngo", find(session, "ngo"))]
        decided = [row.values for row in rows(session, "support", find(session, "support"))]
    legal = [ngo for ngo in ngos if ngo["kind"] == "legal"]
    assert not [ngo["short_name"] for ngo in legal if ngo["short_name"].startswith("ИГ ")]
    forms = {row["code"] for row in shipped("legal_forms") if row["hidden"] == "0"}
    assert {ngo["okopf"] for ngo in legal} >= forms - NOT_IN_A_DISTRICT
    elsewhere = [ngo["address"] for ngo in ngos if not ngo["primary_here"] and not ngo["is_branch"]]
    assert elsewhere
    assert all(address.startswith("Санкт-Петербург, ") for address in elsewhere)
    registered = [ngo["registered_on"] for ngo in legal if ngo["registered_on"].year < 2026]  # later ones are planted
    assert not [day for day in registered if day.weekday() > 4]
    journal = sorted(
        (int(row["decision_no"].removesuffix("-р")), row["decision_on"])
        for row in decided
        if row["decision_no"].endswith("-р") and row["decision_on"].year == 2026
    )
    assert [day for _, day in journal] == sorted(day for _, day in journal)


def test_everything_planted_in_the_unfinished_quarter_is_found(demo: Database, planted: dict[str, Any]) -> None:
    with demo.read() as session:
        report = returns.draft(session, UNFINISHED).report
    found = {(finding.check, finding.cell) for finding in report.findings}
    faults = [row for row in planted["planted"] if row["quarter"] == str(UNFINISHED)]
    assert len(faults) >= 10
    assert not [row for row in faults if (row["check"], row["cell"]) not in found]
    told = [(row["check"], row["cell"]) for row in (*faults, *planted["consequences"])]
    assert set(told) == found, "what follows from a planted fault is listed too"


def test_warnings_of_the_frozen_quarters_are_explained(demo: Database, planted: dict[str, Any]) -> None:
    explained = {(row["quarter"], row["check"], row["cell"]) for row in planted["explained"]}
    assert explained
    with demo.read() as session:
        for quarter in returns.frozen_quarters(session):
            kept = returns.kept(session, quarter)
            assert kept is not None
            rows = [row for row in kept.ret.annex_g if row.kind in ("error", "warning")]
            assert not [row for row in rows if row.kind == "error"]
            assert all(row.explanation for row in rows)
            assert {(str(quarter), row.check, row.cell) for row in rows} <= explained


@pytest.mark.parametrize(
    ("file", "register"),
    [("НКО.xlsx", "ngo"), ("Поддержка.xlsx", "support"), ("Услуги.xlsx", "service"), ("Потребности.xlsx", "need")],
)
def test_its_lists_taken_in_again_change_nothing(demo: Database, demo_folder: Path, file: str, register: str) -> None:
    path = Path(shutil.copy(demo_folder / file, demo.path.parent / file))
    with demo.read() as session:
        counts = preview(session, register, path).counts
    assert (counts.new, counts.changed, counts.doubtful, counts.rejected) == (0, 0, 0, 0)
    assert counts.same > 100
