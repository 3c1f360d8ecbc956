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
from app.usecases.importing import preview
from app.usecases.registers import find

TODAY = date(2026, 11, 10)
FILES = (".db", ".json", ".pdf", ".xlsx")
UNFINISHED = Quarter(2026, 4)


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
    assert counts["ngo"] >= 180
    assert 380 <= counts["support"] <= 480
    assert counts["service"] >= 1500
    assert 240 <= counts["need"] <= 300
    assert counts["centre"] == 7
    assert [str(quarter) for quarter in frozen] == ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
    assert check_database(demo).faults == ()


def test_everything_planted_in_the_unfinished_quarter_is_found(demo: Database, planted: dict[str, Any]) -> None:
    with demo.read() as session:
        report = returns.draft(session, UNFINISHED).report
    found = {(finding.check, finding.cell) for finding in report.findings}
    faults = [row for row in planted["planted"] if row["quarter"] == str(UNFINISHED)]
    assert len(faults) >= 10
    assert not [row for row in faults if (row["check"], row["cell"]) not in found]


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
