"""Killed at any moment, the program loses nothing it acknowledged and leaves no half of anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select, text

from app.models import Ngo
from app.models.database import Database
from tests.db import killing
from tests.db.killing import Scenario, run_and_kill
from tests.db.rows import ngo

KILLS = {"LOADS": 20, "EDITS": 20, "COPIES": 10, "CREATIONS": 10}


@pytest.mark.long
@pytest.mark.parametrize("name", KILLS)
def test_a_kill_loses_nothing_acknowledged(database: Database, scale: Callable[[int], int], name: str) -> None:
    database.close()
    random = Random(name)
    acknowledged = 0
    for _ in range(scale(KILLS[name])):  # the same file is killed again and again
        outcome = run_and_kill(database.path, f"tests.db.killing:{name}", random)
        assert outcome.faults == ()
        acknowledged += len(outcome.acknowledged)
    assert acknowledged > 0
    left = {path.name for path in database.path.parent.iterdir()} - {database.path.name, "копия.db"}
    assert not {name for name in left if ".part" not in name}, left


# --- the harness itself would notice -------------------------------------------------------------


def _careless(database: Database) -> Iterator[str]:
    """Says «kept» before it is."""
    number = 0
    while True:
        number += 1
        yield str(number)
        with database.write("edit", "Внесена НКО") as session:
            session.add(ngo(f"АНО «{number}»"))
            session.flush()
            session.execute(text("WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t LIMIT 30000000)"
                                 " SELECT count(*) FROM t"))  # fmt: skip


def _careless_faults(database: Database, words: object) -> list[str]:
    assert isinstance(words, tuple)
    with database.read() as session:
        there = set(session.scalars(select(Ngo.name)))
    return [f"lost: {word}" for word in words if f"АНО «{word}»" not in there]


CARELESS = Scenario(_careless, _careless_faults)


def test_a_program_that_acknowledges_too_early_is_caught(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    database.close()
    monkeypatch.setattr(killing, "LONGEST", 0.01)
    outcome = run_and_kill(database.path, "tests.db.test_killing:CARELESS", Random(1))
    assert outcome.acknowledged == ("1",)
    assert outcome.faults == ("lost: 1",)


def test_a_child_that_breaks_is_no_kill(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="ended by itself"):
        run_and_kill(tmp_path / "нет.db", "tests.db.killing:EDITS", Random(1))
