"""Menus and ticks of the window are the house's own: Qt's are hidden from screen readers, or from eyes in the dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parents[2] / "app" / "ui"


@pytest.mark.parametrize(
    ("made", "home"), [(r"menu\w*(\(\))?\.popup\(", "menus.py"), (r"QCheckBox\(|\(QCheckBox\)", "tick.py")]
)
def test_one_place_makes_it(made: str, home: str) -> None:
    found = {path.name for path in UI.rglob("*.py") if re.search(made, path.read_text(encoding="utf-8"))}
    assert found == {home}
