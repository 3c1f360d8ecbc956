"""Every control of every page: it has a name of its own, a name for who does not see it, and Tab comes to it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QToolButton, QWidget

from app.core.periods import Quarter
from app.records import REGISTERS
from app.ui.naming import interactive
from app.ui.rail import BELOW, HOME, PLACES, TABS
from tests.factories import District
from tests.pages import Window, open_window

PAGES = sorted({p.key for p in (*PLACES, *BELOW)} | set(HOME) | {key for tabs in TABS.values() for key, _ in tabs})
WHERE: dict[str, dict[str, Any]] = {"return": {"quarter": Quarter(2026, 3)}, "import": {"register": "ngo"},
                                    "story": {"record": 1}, "states": {"register": "ngo", "record": 1}}  # fmt: skip


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path) as district:
        svet = district.ngo("АНО «Светлый берег»", sonko=True)
        district.support(svet, "50 000")
        district.need(svet)
        path = district.path
    opened = open_window(qtbot, path)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


def controls(page: QWidget) -> list[QWidget]:
    return [widget for widget in interactive(page) if widget.isVisible()]


def told(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()} «{widget.accessibleName()}»"


def without_a_name(page: QWidget) -> list[str]:
    """Controls that a test or a screen reader could not call."""
    return [
        told(widget)
        for widget in controls(page)
        if not widget.objectName()
        or not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text().strip()))
    ] + [f"a button inside {told(line)}" for line in page.findChildren(QLineEdit) if line.isVisible()
         for button in line.findChildren(QToolButton) if not button.accessibleName()]  # fmt: skip


def passed_by(page: QWidget, qapp: Any) -> list[str]:
    """Enabled controls that Tab does not come to."""
    window, first = page.window(), QApplication.focusWidget()
    seen: set[QWidget | None] = set()
    for _ in range(2):  # a finding leads to its cell, and what that cell has is met on the second round
        seen = set()
        for _ in range(1000):
            now = QApplication.focusWidget()
            if now in seen:
                break
            seen.add(now)
            window.focusNextPrevChild(True)
    if first is not None:
        first.setFocus()
    return [told(widget) for widget in controls(page) if widget.isEnabled() and widget not in seen
            and not any(widget.isAncestorOf(one) for one in seen if one is not None)]  # fmt: skip


def said_twice(page: QWidget) -> list[str]:
    """Keys that two enabled shortcuts would answer while the focus is in one place of the page."""
    owners: dict[str, list[QWidget]] = {}
    for one in page.window().findChildren(QShortcut):
        owner = one.parent()
        if one.isEnabled() and isinstance(owner, QWidget) and (owner is page or page.isAncestorOf(owner)
                                                               or owner.isAncestorOf(page)):  # fmt: skip
            pressed = one.keys()
            for keys in pressed:
                owners.setdefault(keys.toString(), []).append(owner)
    return [
        f"{keys}: {told(one)}, {told(other)}"
        for keys, some in owners.items()
        for one, other in combinations(some, 2)
        if one is other or one.isAncestorOf(other) or other.isAncestorOf(one)
    ]


def test_a_page_is_walked_by_its_key() -> None:
    assert set(REGISTERS) <= set(PAGES)


@pytest.mark.parametrize("key", PAGES)
def test_controls_of_a_page_have_names_and_tab_comes_to_them(key: str, window: Window, qapp: Any) -> None:
    page: Any = window.window.open(key, **WHERE.get(key, {}))
    jobs = window.window.desk.jobs
    window.wait(lambda: not jobs.running)
    qapp.processEvents()
    assert controls(page)
    assert not without_a_name(page)
    assert not passed_by(page, qapp)
    assert not said_twice(page)
    if key in REGISTERS:
        page.editing.new()
        qapp.processEvents()
        assert not without_a_name(page)
        assert not passed_by(page, qapp)
        assert not said_twice(page)
        page.editing.close()


