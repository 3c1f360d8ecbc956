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
        "differences", before=Version(Quarter(2025, 4), 0), after=Version(Quarter(2025, 4), 1)
    )
    rows = [[str(cell) for cell in row] for row in page.table.model().rows]
    assert ["16,5", "17", "+0,5"] in [row[2:5] for row in rows]
    page.swap()
    assert ["17", "16,5", "−0,5"] in [row[2:5] for row in page.table.model().rows]
    page.after.setCurrentIndex(page.before.currentIndex())
    page.compare()
    assert page.stack.currentIndex() == 1
    assert page.empty.title.text() == "Сравнивать пока нечего"
    q3 = Quarter(2026, 3)
    window.window.open("differences", before=Version(q3, 0), after=Version(q3, draft=True))
    assert page.after.currentText().endswith("черновик")
    window.window.open("differences")
    assert "черновик" not in page.after.currentText(), "a draft is shown only while it is asked for"
    assert page.before.currentText() != page.after.currentText()
    window.close()
