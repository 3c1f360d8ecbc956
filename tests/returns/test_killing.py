"""Killed while it freezes or imports: a freeze is whole or absent, a list too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from app.usecases.setup import save_unit
from tests.db.killing import run_and_kill
from tests.factories import District
from tests.returns.test_freezing import SIGNERS

KILLS = {"FREEZES": 30, "IMPORTS": 20}


@pytest.mark.long
@pytest.mark.parametrize("name", KILLS)
def test_a_kill_leaves_it_whole_or_absent(tmp_path: Path, scale: Callable[[int], int], name: str) -> None:
    with District(tmp_path, today="2024-01-01") as district:
        district.write(save_unit, SIGNERS)
    random = Random(name)
    acknowledged = 0
    for _ in range(scale(KILLS[name])):
        outcome = run_and_kill(district.path, f"tests.returns.killing:{name}", random)
        assert outcome.faults == ()
        acknowledged += len(outcome.acknowledged)
    assert acknowledged > 0
