"""`summary` and `ngo`: papers of a year and of one NGO from the command line."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.core.periods import Quarter
from app.models import Ngo
from app.models.database import Database
from app.usecases import quarter_returns
from tests.cli.desk import Desk
from tests.reports.reading import page_texts, sheets


@pytest.fixture
def demo(demo_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A clerk over a copy of the demo district."""
    output: Callable[[], Any] = capsys.readouterr
    found = Desk(tmp_path, output)
    found.db = demo_copy
    return found


TODAY = ("--today", "10.11.2026")


def test_a_year_goes_out_as_paper_and_workbook(demo: Desk, tmp_path: Path) -> None:
    code, out, err = demo("summary", "2026", "--out", str(tmp_path / "итоги"), today=TODAY)
    assert (code, err) == (0, "")
    assert "Итоги года: 9\u00a0мес. 2026\u00a0г.\n" in out
    assert "Отчёта за IV\u00a0квартал нет: квартал не окончен." in out
    pdf, xlsx = sorted((tmp_path / "итоги").iterdir())
    assert pdf.name == "Итоги года_41612000_2026.pdf"
    first = page_texts(pdf.read_bytes())[0].replace("\u00a0", " ")
    assert "ИТОГИ ГОДА" in first
    assert "Отчёта за III квартал 2025 г. нет: год раньше взят из графы 9" in first
    with Database.open(demo.db) as database, database.read() as session:
        kept = quarter_returns.kept(session, Quarter(2026, 3))
    assert kept is not None
    (told,) = [line for line in sheets(xlsx.read_bytes())["Показатели"] if line[0] in (101, "101", 101.0)]
    assert kept.ret.rows["101"].before == Decimal(str(told[8]))
    assert list(sheets(xlsx.read_bytes())) == [
        "Итоги года", "Диаграммы", "Показатели", "Поддержка", "Центры", "Услуги", "Потребности",
    ]  # fmt: skip
    told = demo.json("summary", "2026", "--out", str(tmp_path / "итоги"))
    assert told["quarters"] == ["2026-Q1", "2026-Q2", "2026-Q3"]
    assert told["missing"] == ["2026-Q4"]
    assert len(told["files"]) == 2


@pytest.mark.parametrize(
    ("year", "said"),
    [("2019", "За 2019 год нет ни одного утверждённого отчёта."), ("прошлый", "Год «прошлый» не понят.")],
)
def test_a_year_without_returns_is_refused_in_one_line(demo: Desk, tmp_path: Path, year: str, said: str) -> None:
    code, out, err = demo("summary", year, "--out", str(tmp_path / "итоги"))
    assert (code, out) == (2, "")
    assert err.replace("\u00a0", " ").startswith(said)
    assert err.count("\n") == 1
    assert not (tmp_path / "итоги").exists()


def test_what_was_done_for_one_ngo_goes_out_by_its_number(demo: Desk, tmp_path: Path) -> None:
    database = Database.open(demo.db)
    with database.read() as session:
        ogrn = str(session.scalar(select(Ngo.ogrn).where(Ngo.ogrn.is_not(None), Ngo.ogrn != "").limit(1)))
    database.close()
    file = tmp_path / "что сделано.pdf"
    code, out, err = demo("ngo", "--ogrn", ogrn, "--out", str(file), today=TODAY)
    assert (code, err) == (0, "")
    assert str(file) in out
    text = " ".join(page_texts(file.read_bytes()))
    assert "ЧТО СДЕЛАНО ДЛЯ НКО" in text
    assert ogrn in text


def test_an_unknown_number_writes_nothing(demo: Desk, tmp_path: Path) -> None:
    code, _, err = demo("ngo", "--ogrn", "1231600019705", "--out", str(tmp_path / "нет.pdf"))
    assert code == 2
    assert err.startswith("НКО с ОГРН 1231600019705 в программе нет.")
    assert not (tmp_path / "нет.pdf").exists()
