"""The window over a real region's file, with returns that districts really froze.

    window.window.open("board")
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.core.clock import Clock
from app.usecases.intake import take_in
from app.usecases.region_setup import create_region
from tests.pages import Window, open_window
from tests.region.conftest import by_hand, district_of, sent  # noqa: F401 - fixtures
from tests.region.region import Sent, zipped

TODAY = "2026-10-25"
"""The return of the third quarter was due on 12.10.2026."""


@pytest.fixture(scope="session")
def incoming(
    sent: Callable[..., Sent], by_hand: Callable[..., bytes], tmp_path_factory: pytest.TempPathFactory  # noqa: F811
) -> Path:
    """A folder as it came: two districts, a corrected return in an archive, a faulty one by hand, no return."""
    folder = tmp_path_factory.mktemp("пришло")
    for oktmo in ("41612000", "41615000"):
        one = sent(oktmo)
        (folder / f"{one.name}.xlsx").write_bytes(one.xlsx)
    (folder / f"{sent('41615000').name}.pdf").write_bytes(sent("41615000").pdf)
    corrected = sent("41612000", 1)
    (folder / "уточнённый.zip").write_bytes(zipped({f"{corrected.name}.xlsx": corrected.xlsx}))
    (folder / "от руки.xlsx").write_bytes(by_hand("41606000", {"102.quarter": 99}))
    (folder / "прайс.xlsx").write_bytes(b"PK\x03\x04 nothing of a return")
    return folder


@pytest.fixture(scope="session")
def _region(incoming: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A region's file that took the folder in on 15.10.2026, three days late."""
    path = tmp_path_factory.mktemp("область") / "область.db"
    with create_region(path, clock=Clock.fixed(date(2026, 10, 15)), actor="Орлова А. А.") as database:
        take_in(database, [incoming])
    return path


def _opened(qtbot: Any, path: Path) -> Window:
    opened = open_window(qtbot, path, today=TODAY)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    return opened


@pytest.fixture
def empty(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    """The window over a region's file into which nothing has come."""
    path = tmp_path / "область.db"
    create_region(path, clock=Clock.fixed(date(2026, 10, 1))).close()
    opened = _opened(qtbot, path)
    yield opened
    opened.close()


@pytest.fixture
def region_file(tmp_path: Path, _region: Path) -> Path:
    """A file that took the folder in."""
    return Path(shutil.copy(_region, tmp_path / "область.db"))


@pytest.fixture
def window(qtbot: Any, region_file: Path) -> Iterator[Window]:
    """The window over a file that took the folder in."""
    opened = _opened(qtbot, region_file)
    yield opened
    opened.close()
