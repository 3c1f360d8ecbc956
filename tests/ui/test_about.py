"""«О программе»: every library of the lock with its version and licence; what is copied names nobody."""

from __future__ import annotations

import getpass
import platform
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app import __version__
from app.usecases.components import LIBRARIES, components
from tests.factories import District
from tests.pages import Window, open_window


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path) as district:
        path = district.path
    opened = open_window(qtbot, path)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_library_of_the_lock_is_told(repo: Path) -> None:
    locked = re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", (repo / "requirements" / "run.txt").read_text(), re.MULTILINE)
    assert {plain(name) for name in LIBRARIES} == {plain(name) for name, _ in locked}
    found = components()
    assert [part.name for part in found[:3]] == ["Куратор НКО", "Python", "SQLite"]
    assert (found[0].version, found[1].version) == (__version__, platform.python_version())
    assert {plain(part.name) for part in found[3:]} == {plain(name) for name, _ in locked}


def test_every_licence_is_readable_without_a_network() -> None:
    for part in components():
        assert part.licence != "—", part.name
        assert len(part.text) > 80, f"{part.name}: {part.text}"
    texts = {part.name: part.text for part in components()}
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in texts["PySide6-Essentials"]
    assert "GNU GENERAL PUBLIC LICENSE" in texts["PySide6-Essentials"]
    assert "Apache License" in texts["Куратор НКО"]


def test_the_page_is_reached_from_the_manual_by_keys(qtbot: Any, window: Window) -> None:
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    manual: Any = window.window.page
    manual.header.deeds["about"].click()
    page: Any = window.window.page
    assert page.header.title.text() == "О программе"
    assert window.window.rail.items["help"].isChecked()
    assert page.table.hasFocus()
    first = page.text.toPlainText()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.text.toPlainText() != first
    assert page.name.text().startswith("Python ")
    page.copy.click()
    copied = QApplication.clipboard().text()
    assert f"Куратор НКО {__version__}" in copied
    assert f"SQLAlchemy {next(p.version for p in page.parts if p.name == 'SQLAlchemy')}" in copied
    assert not [word for word in (getpass.getuser(), socket.gethostname(), str(Path.home())) if word in copied]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.window.page is manual
