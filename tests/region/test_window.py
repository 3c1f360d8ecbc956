"""The window has no pages for the region yet: it says so instead of showing an empty district."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from app.core.clock import Clock
from app.models.database import Database
from app.usecases.region_setup import create_region
from tests.factories import District
from tests.pages import open_window


def test_a_region_s_file_is_refused_in_words_and_left_free(qtbot: Any, tmp_path: Path) -> None:
    path = tmp_path / "область.db"
    create_region(path, clock=Clock.fixed(date(2026, 10, 5))).close()
    with District(tmp_path, today="2026-07-01") as district:
        mine = district.path
    window = open_window(qtbot, mine)
    window.program.open(path)
    assert window.window.desk.database.path == mine, "what was open stays"
    Database.open(path).close()
    window.close()
