"""A screen of 1366×768 at 150 %: 911×464 of the window's own pixels.  What does not fit scrolls, nothing is covered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget

from app.records import REGISTERS
from app.ui.main_window import LEAST
from tests.factories import District
from tests.pages import Window, open_window

SMALL = (911, 464)


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path) as district:
        svet = district.ngo("АНО «Светлый берег»", sonko=True)
        district.support(svet, "50 000")
        district.need(svet)
        path = district.path
    opened = open_window(qtbot, path)
    opened.window.resize(*SMALL)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


def cut_buttons(page: QWidget) -> list[str]:
    """Words of visible buttons that are narrower than their text or stand beyond the page, scrolled ones aside."""
    found = []
    for button in page.findChildren(QPushButton):
        scrolled = any(isinstance(p, QScrollArea) for p in _parents(button, page))
        if not button.isVisible() or scrolled:
            continue
        spot = QRect(button.mapTo(page, QPoint(0, 0)), button.size())
        if button.width() < button.sizeHint().width() or not page.rect().contains(spot):
            found.append(button.text())
    return found


def _parents(widget: QWidget, top: QWidget) -> Iterator[QWidget]:
    above = widget.parentWidget()
    while above is not None and above is not top:
        yield above
        above = above.parentWidget()


def test_the_window_fits_the_screen() -> None:
    assert LEAST <= SMALL


def test_no_button_is_cut_on_a_page_or_a_form(window: Window, qapp: Any) -> None:
    for key in (*REGISTERS, "summary", "returns", "settings", "history", "import", "help"):
        page: Any = window.window.open(key)
        qapp.processEvents()
        assert cut_buttons(page) == [], key
        if key in REGISTERS:
            page.editing.new()
            qapp.processEvents()
            assert cut_buttons(page) == [], f"form of {key}"
            page.editing.close()


def test_a_high_dialog_scrolls_and_keeps_its_buttons(window: Window, qapp: Any) -> None:
    page: Any = window.window.open("settings", tab="dictionaries")
    panel = page.panels["dictionaries"]
    panel.show_dictionary("need_category")
    panel.add.click()
    qapp.processEvents()
    dialog = window.dialog
    assert dialog.card.height() <= SMALL[1] - 32
    primary = QRect(dialog.primary.mapTo(dialog, QPoint(0, 0)), dialog.primary.size())
    assert dialog.card.geometry().contains(primary)
    dialog.primary.setFocus()
    dialog.focusNextPrevChild(False)  # to «Отменить»
    dialog.focusNextPrevChild(False)
    last = dialog.rows["valid_to"].editor.box
    seen = QRect(last.mapTo(dialog._area.viewport(), QPoint(0, 0)), last.size())
    assert dialog._area.viewport().rect().contains(seen), "Tab brings the field in sight"
