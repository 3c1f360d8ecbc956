"""Two returns side by side in the window."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from app.core.periods import Quarter
from app.usecases.return_compare import Version
from tests.pages import open_window


def test_two_approved_returns_are_compared(qtbot: Any, demo_folder: Path, tmp_path: Path) -> None:
    shutil.copy(demo_folder / "demo.db", tmp_path / "demo.db")
    window = open_window(qtbot, tmp_path / "demo.db", today="2026-11-10")
    page = window.window.open(
        "differences", before=Version(Quarter(2026, 2), 0), after=Version(Quarter(2026, 2), 1)
    )
    rows = [[str(cell) for cell in row] for row in page.table.model().rows]
    assert ["22", "22,5", "+0,5"] in [row[2:5] for row in rows]
    page.swap()
    assert ["22,5", "22", "−0,5"] in [row[2:5] for row in page.table.model().rows]
    page.after.setCurrentIndex(page.before.currentIndex())
    page.compare()
    assert page.stack.currentIndex() == 1
    assert page.empty.title.text() == "Сравнивать пока нечего"
    window.close()
