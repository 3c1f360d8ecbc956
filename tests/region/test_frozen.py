"""The consolidated return frozen: numbered, kept to the byte, told when it is no more what the returns say, guarded."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from app.core.clock import Clock
from app.core.errors import AppError
from app.core.roles import Rights, Role
from app.models import Batch
from app.models.database import Database
from app.usecases.region_frozen import KIND, kept_papers
from app.usecases.setup import save_unit, unit
from app.usecases.undoing import undo_batch
from tests.region.made import NORTH, Q2, Q3, SOUTH, made_of, words, workbook_of
from tests.region.region import Region, Sent

Sends = Callable[..., Sent]


def frozen(region: Region, today: str = "26.10.2026") -> list[Path]:
    told = region.json("consolidate", "2026-Q3", "--out", str(region.folder / "свод"), "--freeze", today=today)
    return [Path(file) for file in told["files"]]


def later_return(region: Region, sent: Sends) -> None:
    kept = sent(NORTH).kept
    made = made_of(kept, oktmo=SOUTH, own="b", correction=1, rows={"706": 7})
    region.intake(region.came("уточнённый.xlsx", workbook_of(kept, made)))


def test_the_frozen_one_is_numbered_and_keeps_its_bytes(two: Region) -> None:
    clock = Clock.fixed(date(2026, 10, 25))
    with Database.open(two.db, clock=clock) as database, database.write("edit", "Комитет") as session:
        save_unit(session, {**unit(session), "head_post": "председатель", "head_name": "Орлова А. А."})
    draft = two.json("consolidate", "2026-Q3", "--out", str(two.folder / "черновик"))["files"][0]
    assert "уполномоченное лицо" not in words(Path(draft)), "a draft is not signed"
    papers = frozen(two)
    assert [path.name for path in papers] == [f"НКО-47-кв_свод_2026-Q3_1.{ext}" for ext in ("pdf", "xlsx", "html")]
    before = [path.read_bytes() for path in papers]
    assert "№ 1, утверждён 26.10.2026" in words(papers[0])
    assert "Орлова А. А." in words(papers[0]), "the committee signs it"
    for path in papers:
        path.unlink()
    assert [path.read_bytes() for path in frozen(two, today="30.11.2026")] == before, "nothing new came: the same one"
    again = two.json("consolidate", "2026-Q3", "--out", str(two.folder / "ещё"), today="30.11.2026")
    assert [Path(file).read_bytes() for file in again["files"]] == before
    listed = two.json("consolidated")
    assert [(one["number"], one["stands"]) for one in listed["consolidated"]] == [(1, True)]
    assert listed["consolidated"][0]["sha256"] == again["sha256"]
    assert {one["oktmo"] for one in listed["consolidated"][0]["sources"]} == {NORTH, SOUTH}


def test_after_another_return_it_says_so_and_is_numbered_anew(two: Region, sent: Sends) -> None:
    first = [path.read_bytes() for path in frozen(two)]
    later_return(two, sent)
    code, out, _ = two("consolidated", "2026-Q3")
    assert code == 1
    assert "№ 1, утверждён 26.10.2026" in out
    assert "Всеволожский муниципальный район: уточнённый № 1 за III квартал 2026 г." in out
    told = two.json("consolidate", "2026-Q3", "--out", str(two.folder / "сейчас"))
    assert [(one["oktmo"], one["was"], one["now"]) for one in told["frozen"]["since"]] == [(SOUTH, 0, 1)]
    assert Path(told["files"][0]).name == "НКО-47-кв_свод_2026-Q3.pdf", "what is written now is not frozen"
    assert "Предварительный" in words(Path(told["files"][0]))
    second = frozen(two, today="27.10.2026")
    assert second[0].name == "НКО-47-кв_свод_2026-Q3_2.pdf"
    with Database.open(two.db, clock=Clock.fixed(date(2026, 10, 28))) as database, database.read() as session:
        assert [paper.content for paper in kept_papers(session, Q3, 1)] == first
    code, out, _ = two("consolidated")
    assert code == 0
    assert "заменён следующим" in out
    assert two("check")[0] == 0


def test_a_return_of_an_earlier_quarter_is_named_too(two: Region, sent: Sends) -> None:
    frozen(two)
    kept = sent(NORTH).kept
    two.intake(two.came("II.xlsx", workbook_of(kept, made_of(kept, quarter=Q2))))
    code, out, _ = two("consolidated")
    assert code == 1
    assert "Волосовский муниципальный район: пришёл отчёт за II квартал 2026 г." in out


def test_it_is_not_undone(two: Region) -> None:
    frozen(two)
    with Database.open(two.db, clock=Clock.fixed(date(2026, 10, 28))) as database:
        with database.read() as session:
            batch = session.scalars(select(Batch.id).where(Batch.kind == KIND)).one()
        with pytest.raises(AppError, match="свод не отменяется"), database.write("undo", "Отмена") as session:
            undo_batch(session, batch)


def test_nobody_reported_nothing_is_frozen(two: Region) -> None:
    code, _, err = two("consolidate", "2026-Q2", "--out", str(two.folder), "--freeze")
    assert code == 2
    assert "ещё не принято" in err
    assert two.json("consolidated")["consolidated"] == []


@pytest.mark.parametrize("statement", ["UPDATE consolidated_return SET number = 7", "DELETE FROM consolidated_return"])
def test_sql_itself_refuses_to_change_it(two: Region, statement: str) -> None:
    frozen(two)
    with closing(sqlite3.connect(two.db)) as other, pytest.raises(sqlite3.IntegrityError, match="is never"):
        other.execute(statement)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE consolidated_return SET data = replace(data, '100000', '900000')", "не сходятся с контрольной"),
        ("UPDATE consolidated_return SET pdf = x'00'", "изменено помимо программы"),
        ("UPDATE consolidated_return SET html = x'00'", "изменено помимо программы"),
        ("UPDATE consolidated_return SET sources = '[]'", "изменено помимо программы"),
        ("UPDATE consolidated_return SET sources = '?'", "не читается"),
        ("DELETE FROM consolidated_return", "удалена помимо программы"),
    ],
)
def test_check_finds_what_was_changed_past_the_program(two: Region, statement: str, said: str) -> None:
    frozen(two)
    assert two("check")[0] == 0
    tampered(two.db, "consolidated_return", statement)
    code, out, _ = two("check")
    assert code == 1
    assert said in out


def test_a_return_that_is_gone_is_missed_by_the_consolidated_one(two: Region) -> None:
    frozen(two)
    tampered(two.db, "received_return", f"DELETE FROM received_return WHERE oktmo = '{NORTH}'")
    _, out, _ = two("check")
    assert f"отчётов, из которых он составлен, в файле нет ({NORTH})" in out


def test_a_damaged_return_is_not_consolidated(two: Region) -> None:
    wrong = f"UPDATE received_return SET data_sha256 = '{'0' * 64}' WHERE oktmo = '{NORTH}'"
    tampered(two.db, "received_return", wrong)
    code, _, err = two("consolidate", "2026-Q3", "--out", str(two.folder / "свод"))
    assert code == 2
    assert f"Принятый отчёт {NORTH} за III квартал 2026 г. не сходится" in err
    assert "командой check" in err


def test_freezing_is_the_head_s() -> None:
    operator = Rights(Role.OPERATOR, asked=True, heads=("Ермакова Л. В.",))
    assert operator.why_not_tables(KIND, {"consolidated_return"}) is not None
    assert Rights(Role.HEAD, asked=True).why_not_tables(KIND, {"consolidated_return"}) is None


def tampered(db: Path, table: str, statement: str) -> None:
    """What a person with another program could do who first takes the guards away, and puts them back."""
    with closing(sqlite3.connect(db)) as other, other:
        guards = other.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,))
        held = guards.fetchall()
        for name, _ in held:
            other.execute(f"DROP TRIGGER {name}")
        other.execute(statement)
        for _, sql in held:
            other.execute(sql)
