"""Columns of a table: chosen, moved, sized, remembered for a person at a computer, and put back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.factories import District
from tests.pages import Window, open_window
from tests.ui.pages_tables import ALT, Tables

USUAL = ["Наименование", "Правовая форма", "ИНН", "Поселение", "Статус", "Отметки"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with District(tmp_path, today="2026-07-01") as district:
        svet = district.ngo("АНО «Свет»", phone="8 (813) 702-54-11", director="Светлова А. А.")
        district.ngo("Фонд «Ёлка»")
        district.support(svet, "1 250 000")
        district.support(svet, "700")
        return district.path


@pytest.fixture
def opened(qtbot: Any, path: Path) -> Iterator[Any]:
    """Opens the window; asked again, closes it and opens it anew, as on another morning."""
    windows: list[Window] = []

    def again(actor: str = "") -> Tables:
        if windows:
            windows.pop().close()
        window = open_window(qtbot, path, today="2026-10-05")
        windows.append(window)
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window.window)
        assert window.window.desk is not None
        window.window.desk.database.actor = actor or window.window.desk.database.actor
        return Tables(window)

    yield again
    windows.pop().close()


def at(dialog: Any, title: str) -> None:
    """Go to a field of the dialog."""
    items = [dialog.list.item(place).text() for place in range(dialog.list.count())]
    dialog.list.setCurrentRow(items.index(title))


def test_columns_are_chosen_and_moved_by_the_keyboard_and_remembered(opened: Any) -> None:
    tables = opened()
    assert tables.heads == USUAL
    tables.key(Qt.Key.Key_F7)
    dialog = tables.window.dialog
    at(dialog, "Отметки")
    tables.key(Qt.Key.Key_Space)
    at(dialog, "Служебный телефон")
    tables.key(Qt.Key.Key_Space)
    for _ in range(12):
        tables.key(Qt.Key.Key_Up, ALT)
    tables.key(Qt.Key.Key_Return)
    assert "Служебный телефон" in tables.heads
    assert "Отметки" not in tables.heads
    chosen = tables.heads
    assert _rows(tables)[0][tables.heads.index("Служебный телефон")] == "8 (813) 702-54-11"
    assert opened().heads == chosen


def _rows(tables: Tables) -> list[list[str]]:
    model = tables.page.model
    return [
        [str(model.index(row, place).data() or "") for place in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_widths_by_the_keyboard_and_by_the_mouse_are_remembered(opened: Any) -> None:
    tables = opened()
    table, place = tables.page.table, tables.heads.index("ИНН")
    before = table.columnWidth(place)
    table.horizontalHeader().resizeSection(place, 150)  # the edge of the head was dragged
    assert (before != 150, table.columnWidth(place)) == (True, 150)
    tables.key(Qt.Key.Key_F7)
    at(tables.window.dialog, "Статус")
    start = table.columnWidth(tables.heads.index("Статус"))
    tables.key(Qt.Key.Key_Right, ALT).key(Qt.Key.Key_Right, ALT).key(Qt.Key.Key_Return)
    assert table.columnWidth(tables.heads.index("Статус")) == start + 32
    tables = opened()
    table = tables.page.table
    assert table.columnWidth(place) == 150
    assert table.columnWidth(tables.heads.index("Статус")) == start + 32


def test_a_head_that_is_dragged_stays_there(opened: Any) -> None:
    tables = opened()
    tables.page.table.horizontalHeader().moveSection(4, 1)
    tables.window.wait(lambda: tables.page.columns.chosen[1] == "status")
    assert tables.heads == ["Наименование", "Статус", "Правовая форма", "ИНН", "Поселение", "Отметки"]
    assert opened().heads[1] == "Статус"


def test_the_arrow_and_the_total_go_with_their_columns(opened: Any) -> None:
    tables = opened()
    tables.page = tables.window.window.open("support")
    keys = list(tables.page.columns.chosen)
    tables.page._sort_by(keys.index("amount"))
    keys.remove("amount")
    tables.page.columns.show(("amount", *keys))
    head = tables.page.table.horizontalHeader()
    assert (head.isSortIndicatorShown(), head.sortIndicatorSection()) == (True, 0)
    assert tables.page.totals._sums == {0: "1\u00a0250\u00a0700"}
    tables.page.columns.show(tuple(keys))
    assert not head.isSortIndicatorShown()
    assert not tables.page.totals.isVisible()


def test_each_person_has_their_own(opened: Any) -> None:
    tables = opened("Иванова А. А.")
    tables.page.columns.show(("name", "director"))
    tables = opened("Петрова И. С.")
    assert tables.heads == USUAL
    tables = opened("Иванова А. А.")
    assert tables.heads == ["Наименование", "Руководитель"]


def test_as_usual_puts_all_back(opened: Any) -> None:
    tables = opened()
    tables.page.columns.show(("name", "director"))
    tables.page.table.horizontalHeader().resizeSection(1, 400)
    tables.key(Qt.Key.Key_F7)
    tables.window.dialog.as_usual.click()
    tables.key(Qt.Key.Key_Return)
    assert tables.heads == USUAL
    assert tables.page.columns.widths == {}
    assert opened().heads == USUAL


def test_none_at_all_is_refused_and_what_is_broken_is_as_usual(opened: Any) -> None:
    tables = opened()
    tables.key(Qt.Key.Key_F7)
    tables.window.dialog.list.show_chosen(())
    tables.key(Qt.Key.Key_Return)
    assert "хотя бы один" in tables.window.dialog.notice.text()
    tables.key(Qt.Key.Key_Escape)
    own = QApplication.instance().property("own_settings")
    person = tables.page.desk.database.actor
    own.setValue(f"columns/{person}/ngo", "{не то")
    assert opened().heads == USUAL
