"""The keyboard throughout: pages, panes, forms, one step back, the same letters under the Russian layout."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.find_everything import FindEverything
from app.ui.rail import BELOW, PLACES
from app.ui.widgets import shortcut
from tests.factories import District
from tests.pages import Window, open_window, press, type_text

CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path) as district:
        svet = district.ngo("АНО «Светлый берег»", sonko=True)
        district.ngo("Фонд «Ёлочка»")
        district.support(svet, "50 000")
        path = district.path
    opened = open_window(qtbot, path)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


@pytest.fixture
def key(qtbot: Any) -> Any:
    """Press a key where the focus is."""

    def press_at_focus(name: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        qtbot.keyClick(QApplication.focusWidget(), name, modifiers)

    return press_at_focus


def test_every_page_has_its_number(window: Window, key: Any) -> None:
    for number, place in enumerate((*PLACES, BELOW[0]), 1):
        key(Qt.Key(Qt.Key.Key_0 + number), CTRL)
        assert window.window.page is window.window.pages[place.key], place.title
        assert window.window.rail.items[place.key].isChecked()


def test_a_record_is_added_without_the_mouse(window: Window, key: Any) -> None:
    page = window.register("ngo")
    assert QApplication.focusWidget() is page.page.filters.search
    key(Qt.Key.Key_N, CTRL)
    form = page.page.editing.form
    assert QApplication.focusWidget() is form.rows["name"].editor.box
    type_text(QApplication.focusWidget(), "АНО «Новая»")
    key(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is form.rows["short_name"].editor.box, "Enter goes on, it does not save"
    key(Qt.Key.Key_S, CTRL)
    assert not page.page.editing.open
    assert page.count == 3
    assert page.page.card.title.text() == "АНО «Новая»"
    assert QApplication.focusWidget() is page.page.table


def test_the_fault_gets_the_focus_and_f8_walks_on(window: Window, key: Any) -> None:
    page = window.register("support")
    key(Qt.Key.Key_N, CTRL)
    key(Qt.Key.Key_S, CTRL)
    rows = page.page.editing.form.rows
    assert QApplication.focusWidget() is rows["ngo_id"].editor.box
    key(Qt.Key.Key_F8)
    assert QApplication.focusWidget() is rows["decision_on"].editor.box
    key(Qt.Key.Key_Space)
    assert rows["decision_on"].editor.read()[0] == window.program._clock.today()
    assert rows["decision_on"].fault == "", "gone as soon as it is right"
    key(Qt.Key.Key_F8, SHIFT)
    assert QApplication.focusWidget() is rows["ngo_id"].editor.box


def test_search_table_card_and_back(window: Window, key: Any) -> None:
    page = window.register("ngo").page
    key(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is page.table
    key(Qt.Key.Key_Return)
    story: Any = window.window.page
    assert QApplication.focusWidget() is story.line
    key(Qt.Key.Key_Escape)
    assert (window.window.page, QApplication.focusWidget()) == (page, page.table)
    key(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is page.card.edit
    key(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is window.window.rail.items["find"]
    key(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is page.filters.search


def test_the_rail_folds_and_unfolds(window: Window, key: Any) -> None:
    window.window.resize(1366, 696)
    window.register("ngo")
    key(Qt.Key.Key_F9)
    assert window.window.rail.width() == 56
    key(Qt.Key.Key_F9)
    assert window.window.rail.width() == 176


def test_everything_is_found_from_anywhere(window: Window, key: Any) -> None:
    window.window.open("summary")
    key(Qt.Key.Key_K, CTRL)
    dialog = window.dialog
    assert isinstance(dialog, FindEverything)
    type_text(dialog.line, "елоч")
    press(dialog.line, Qt.Key.Key_Return)
    page = window.window.page
    assert page is window.window.pages["ngo"]
    assert page.card.title.text() == "Фонд «Ёлочка»"


def test_a_letter_works_under_the_russian_layout(qtbot: Any) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    made = shortcut(owner, "Ctrl+K", lambda: None)
    sequences = made.keys()
    assert [sequence.toString() for sequence in sequences] == ["Ctrl+K", "Ctrl+Л"]
