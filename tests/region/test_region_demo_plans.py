"""Plans of the centres in the demo oblast: what is planted with them is found, and a blank table is filled."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.cli import run
from app.core.money import kopecks
from tests.region.planted import Oblast, pictured
from tests.region_pure.recount import Recount


@pytest.fixture
def with_plans(oblast: Oblast, copy: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The region's file with the table of plans that lies beside `in/`."""
    planted = oblast.planted["plans"]
    command = ["--db", str(copy), "--today", "26.10.2026", "plans", "--json", "--take"]
    assert run([*command, str(oblast.folder / planted["file"])]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["new"], told["rejected"], told["unwritten"]) == (planted["rows"] + planted["packages"], 0, 0)
    return copy


def test_with_the_plans_their_faults_are_found_and_no_others(
    oblast: Oblast, with_plans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    planted = oblast.planted["plans"]
    run(["--db", str(with_plans), "--today", "26.10.2026", "plans", "--json"])
    held = json.loads(capsys.readouterr().out)["plans"]
    assert sum(Decimal(one["money"]) for one in held) == Decimal(planted["money"])
    run(["--db", str(with_plans), "--today", "26.10.2026", "consolidate", "2026-Q3", "--out", str(tmp_path), "--json"])
    told = json.loads(capsys.readouterr().out)
    checks = [{"check": one["check"], "districts": sorted(one["districts"])} for one in told["findings"]]
    assert sorted(checks, key=str) == sorted(oblast.planted["checks"] + planted["checks"], key=str)
    assert {one["check"] for one in planted["checks"]} == {"45", "46"}
    assert told["not_checked"] == []
    assert {code: one["quarter"] for code, one in told["rows"].items()} == oblast.planted["rows"]


def test_a_unit_costs_what_is_planted_and_what_came_out_equals_plain_sql(
    oblast: Oblast, with_plans: Path, recount: Recount
) -> None:
    lines = {(one.centre, one.code): one for one in pictured(with_plans).costs.lines if one.money is not None}
    told = {at: (str(one.money), f"{one.plan:.2f}", str(one.planned)) for at, one in lines.items()}
    planted = oblast.planted["plans"]["costs"]
    assert told == {(one["centre"], one["code"]): (one["money"], one["plan"], one["unit"]) for one in planted}
    with closing(sqlite3.connect(with_plans)) as file:
        paid = set(file.execute(
            "SELECT p.territory_code, c.ogrn, p.service_code FROM region_plan p JOIN centre c ON c.id = p.centre_id"
        ))  # fmt: skip
    done: Counter[tuple[str, str]] = Counter()
    for (oktmo, *at), hundredths in volumes_of_the_year(oblast, recount).items():
        done[at[0], at[1]] += hundredths if (oktmo, *at) in paid else 0
    for at, one in lines.items():
        assert one.money is not None
        volume = Decimal(done[at]) / 100
        assert one.actual == (kopecks(one.money * Decimal("0.75") / volume) if volume else None), at


def volumes_of_the_year(oblast: Oblast, recount: Recount) -> dict[tuple[str, str, str], int]:
    """(ОКТМО, centre, code) -> hundredths of the first unit done since January, of the districts that reported."""
    found = {}
    for oktmo, connection in zip(oblast.reported, recount.connections, strict=True):
        for centre, code, volume in connection.execute(
            "SELECT c.ogrn, s.service_code, SUM(s.quantity) FROM service s JOIN centre c ON c.id = s.centre_id "
            "WHERE s.account BETWEEN '2026-Q1' AND '2026-Q3' AND s.archived_on IS NULL GROUP BY 1, 2"
        ):
            found[oktmo, centre, code] = volume
    return found


def test_a_blank_table_of_plans_holds_what_the_returns_tell_and_waits_for_the_plan(
    oblast: Oblast, copy: Path, recount: Recount, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--db", str(copy), "--today", "26.10.2026", "plans", "--json"]
    blank = tmp_path / "планы.xlsx"

    def told(*more: str) -> Any:
        run([*command, *more])
        return json.loads(capsys.readouterr().out)

    told("--blank", str(blank))
    work = load_workbook(blank)
    sheet = work["Планы центров"]
    heads, *lines = [list(row) for row in sheet.iter_rows(values_only=True) if any(row)]
    rows = [dict(zip(heads, line, strict=True)) for line in lines]
    assert {row["Год\u00a0*"] for row in rows} == {2026}
    assert {row["Объём на год\u00a0*"] for row in rows} == {None}
    with closing(sqlite3.connect(copy)) as file:
        codes = {name: code for code, name in file.execute("SELECT code, name FROM territory WHERE valid_to IS NULL")}
    at = {
        (codes[row["Район\u00a0*"]], row["ОГРН центра"], row["Услуга\u00a0*"].split("\u00a0")[0]): row for row in rows
    }
    assert len(at) == len(rows)
    done = {place: Decimal(str(row["Сделано по отчётам"])) for place, row in at.items() if row["Сделано по отчётам"]}
    counted = volumes_of_the_year(oblast, recount)
    assert {place: volume * 100 for place, volume in done.items() if place[0] in oblast.reported} == counted
    assert {place[0] for place in at} == {*oblast.reported, *oblast.planted["missing"]}, "their former returns tell too"
    assert at["41609000", "1154799900023", "К4"]["План по отчёту района"] == 40
    assert (told("--take", str(blank))["unwritten"], told()["plans"]) == (len(rows), [])
    number = next(n for n in range(2, 200) if sheet.cell(n, 4).value and str(sheet.cell(n, 4).value).startswith("К4"))
    sheet.cell(number, 6, 12)
    sheet.cell(number, 7, 24_000)
    work.save(blank)
    found = told("--take", str(blank))
    assert (found["new"], found["rejected"], found["unwritten"]) == (1, 0, len(rows) - 1)
    assert [(one["volume"], one["unit_cost"]) for one in told()["plans"]] == [("12.00", "2000.00")]
