"""A region's file that holds the invented oblast, made once, and a window over a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.pages import open_window
from tests.region_pictures.oblast import Q2, Q3, region_file, with_returns
from tests.region_pictures.pages import Pictures

TODAY = "2026-10-25"


@pytest.fixture(scope="session")
def oblast_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return region_file(tmp_path_factory.mktemp("oblast") / "область.db", (Q2, Q3))


@pytest.fixture
def open_oblast(qtbot: Any, tmp_path: Path) -> Iterator[Callable[[Path], Pictures]]:
    """Open a copy of a region's file; closed when the test ends."""
    opened: list[Pictures] = []

    def open_(path: Path) -> Pictures:
        copy = tmp_path / "область.db"
        shutil.copy(path, copy)
        pictures = Pictures(open_window(qtbot, copy, today=TODAY))
        opened.append(pictures)
        qtbot.waitUntil(lambda: QApplication.activeWindow() is pictures.window)
        return pictures

    yield open_
    for one in opened:
        one.close()


@pytest.fixture
def oblast(open_oblast: Callable[[Path], Pictures], oblast_file: Path) -> Pictures:
    """The window over the oblast: 16 of 18 districts reported for the third quarter."""
    return open_oblast(oblast_file)


@pytest.fixture
def bare(open_oblast: Callable[[Path], Pictures], tmp_path: Path) -> Pictures:
    """The window over a region's file to which nothing came."""
    return open_oblast(with_returns(tmp_path / "пустая.db", {}))
