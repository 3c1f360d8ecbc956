"""Narrow windows: under 1100 px the card lies over the table, under 1000 the header keeps one action and «Ещё»."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication

from app.core.periods import Quarter
from app.ui.widgets import Button
from tests.factories import District
from tests.pages import Window, open_window
from tests.ui.pages_tables import Tables


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path) as district:
        district.ngo("АНО «Свет»")
        district.ngo("Фонд «Ёлка»")
        path = district.path
    opened = open_window(qtbot, path)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


def spot(page: Any, widget: Any) -> QRect:
    return QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())


def test_the_card_comes_over_the_table_and_goes(window: Window, qapp: Any) -> None:
    tables = Tables(window)
    page = tables.page
    window.window.resize(1060, 600)
    qapp.processEvents()
    assert not page.card.isVisible()
    wide = page.table.width()
    tables.key(Qt.Key.Key_Down).key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qapp.processEvents()
    assert page.card.isVisible()
    assert QApplication.focusWidget() is page.card.edit
    assert page.table.width() == wide, "nothing is squeezed"
    assert spot(page, page.sheets).contains(spot(page, page.card))
    tables.key(Qt.Key.Key_Escape)
    assert not page.card.isVisible()
    assert QApplication.focusWidget() is page.table
    tables.key(Qt.Key.Key_F2)
    assert page.editing.open, "keys need no card"
    tables.key(Qt.Key.Key_Escape)


def test_with_room_again_it_lies_beside(window: Window, qapp: Any) -> None:
    page = Tables(window).page
    window.window.resize(1060, 600)
    qapp.processEvents()
    window.window.resize(1366, 696)
    qapp.processEvents()
    assert page.card.isVisible()
    assert not spot(page, page.sheets).intersects(spot(page, page.card))


def test_the_header_keeps_the_primary_and_more(window: Window, qapp: Any) -> None:
    page = Tables(window).page
    header = page.header
    assert not header.more.isVisible()
    assert page.export_button.isVisible()
    window.window.resize(960, 600)
    qapp.processEvents()
    assert (header.more.isVisible(), page.add_button.isVisible()) == (True, True)
    assert not page.export_button.isVisible()
    actions = {action.text().partition("\t")[0]: action for action in header.menu().actions()}
    assert list(actions) == ["Выгрузить", "Загрузить список"]
    actions["Загрузить список"].trigger()
    assert window.window.page is window.window.pages["import"]
    window.window.open("ngo")
    page.editing.new()
    assert not header.more.isVisible(), "a form has no such actions"
    page.editing.close()
    assert header.more.isVisible()
    window.window.resize(1366, 696)
    qapp.processEvents()
    assert not header.more.isVisible()
    assert page.export_button.isVisible()


def test_a_page_has_one_more_button_whose_menu_holds_both(window: Window, qapp: Any) -> None:
    report = window.return_page(Quarter(2026, 3)).page

    def named() -> list[Button]:
        return [button for button in report.findChildren(Button) if button.isVisible() and button.word == "Ещё"]

    window.window.resize(1366, 696)
    qapp.processEvents()
    assert named() == [report.head.more]
    window.window.resize(910, 512)
    qapp.processEvents()
    assert named() == [report.header.more]
    words = [action.text().partition("\t")[0] for action in report.header.menu().actions() if action.text()]
    assert words == ["Пересчитать", "Печатный вид"], "what both offer is there once"
    window.window.open("returns")
    qapp.processEvents()
    assert not window.window.page.more.isVisible(), "nothing is approved yet"
