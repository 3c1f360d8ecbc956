"""The strip of a table and the dialogs over it: every control has a name, and Tab walks as one reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.ui.mailing_dialog import ask_labels, ask_mailing
from tests.factories import District
from tests.pages import Window, open_window
from tests.ui.pages_tables import Tables
from tests.ui.test_every_widget import passed_by, without_a_name
from tests.ui.test_small_screen import cut_buttons

DIALOGS: dict[str, Callable[[Any], object]] = {
    "columns": lambda page: page.columns.ask(),
    "export": lambda page: page.exporting.ask(),
    "mailing": ask_mailing,
    "labels": ask_labels,
    "view": lambda page: page.views.ask_name(),
    "field": lambda page: page.many.ask_field(),
    "archive": lambda page: page.many.ask_archive(),
}


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path) as district:
        for number in range(3):
            district.ngo(f"АНО «Сосна-{number}»", email=f"s{number}@example.org", address="г. Мурино")
        path = district.path
    opened = open_window(qtbot, path)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


@pytest.mark.parametrize("size", [(1366, 696), (911, 464)])
@pytest.mark.parametrize("name", DIALOGS)
def test_controls_of_a_dialog(name: str, size: tuple[int, int], window: Window, qapp: Any) -> None:
    tables = Tables(window).mark(0, 1)
    window.window.resize(*size)
    DIALOGS[name](tables.page)
    qapp.processEvents()
    dialog = window.dialog
    assert not without_a_name(dialog)
    assert not passed_by(dialog, qapp)
    assert not cut_buttons(dialog)
    assert dialog.rect().contains(dialog.card.geometry())
    assert QApplication.activeWindow() is window.window, "nothing flashed as a window of its own"
    dialog.close_dialog(done=False)


def test_tab_walks_the_strip_as_one_reads(window: Window, qapp: Any) -> None:
    tables = Tables(window)
    tables.filter("адрес мурино")
    strip = tables.page.filters
    strip.search.setFocus()
    walked = []
    for _ in range(6):
        tables.key(Qt.Key.Key_Tab)
        walked.append(QApplication.focusWidget())
    shown = [pill for pill in strip.pills.values() if pill.isVisible()]
    expected = [*shown, strip.add, strip.archived, tables.page.views.button, tables.page.menu.button]
    assert walked[: len(expected)] == expected[:6]


def test_the_panel_of_filters_has_names(window: Window) -> None:
    tables = Tables(window)
    tables.key(Qt.Key.Key_F4)
    assert not without_a_name(tables.page.filters.panel)
    tables.key(Qt.Key.Key_Escape)
