"""What somebody found who worked with the program for the first time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from app.ui.screen_place import remember, show_where_it_was
from app.usecases.ngos import merge
from tests.factories import District, on
from tests.pages import Window, open_window, press


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-07-01") as district:
        lines = {"contact": [{"name": "Без Согласия", "phone": "8 921 000-00-00", "basis": "согласие"}]}
        svet = district.ngo("АНО «Свет»", sonko=True, lines=lines)
        gone = district.ngo("АНО «Свет» (вторая карточка)", ogrn=None, inn=None)
        district.support(svet, "50 000", day=on("2026-07-01"))
        district.write(merge, gone, svet)
        path = district.path
    opened = open_window(qtbot, path, today="2026-07-02")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


def test_a_card_that_went_into_another_is_not_in_the_list(window: Window) -> None:
    page = window.register("ngo")
    assert [row[0] for row in page.rows] == ["АНО «Свет»"]
    assert page.page.header.fact.text() == "1\u00a0организация"


def test_contact_persons_are_ticked_anew_for_each_export(window: Window) -> None:
    page = window.register("ngo").page
    page.exporting._chosen("copy", ("name", "contact.name"), "")
    window.wait(lambda: bool(window.window.desk) and window.window.desk.jobs.idle)  # type: ignore[union-attr]
    assert "Без Согласия" not in QApplication.clipboard().text(), "without a consent nobody leaves the file"
    page.export()
    assert "contact.name" not in window.dialog.ticks.chosen


def test_keys_reach_the_window_after_a_deed_of_the_card(window: Window) -> None:
    page = window.register("support").page
    button: Any = page.card.beside_edit.itemAt(0).widget()
    button.setFocus()
    button.click()
    press(window.dialog.primary, Qt.Key.Key_Space)  # «Внести в реестр»: the card is drawn anew, its button goes
    window.wait(lambda: QApplication.focusWidget() is not None)
    assert window.window.isAncestorOf(QApplication.focusWidget())


def test_the_undo_bar_covers_no_button_at_the_foot(window: Window) -> None:
    page = window.register("support").page
    window.window.undo_bar.say("Записано")
    bar = window.window.undo_bar
    foot = page.card.edit.mapTo(window.window.content, page.card.edit.rect().topLeft()).y()
    assert bar.y() + bar.height() <= foot


def test_the_window_stands_where_it_was_left(window: Window, tmp_path: Path) -> None:
    own = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window.window.resize(1000, 500)
    remember(window.window, own)
    window.window.resize(1366, 696)
    show_where_it_was(window.window, own)
    assert window.window.width() <= 1000, "and within the screen of today"


def test_where_the_screen_is_small_the_window_is_all_over_it(window: Window, tmp_path: Path) -> None:
    window.window.resize(1366, 696)  # the screen of a test is 800×800
    show_where_it_was(window.window, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    assert window.window.isMaximized()


def test_the_undo_bar_stays_on_the_page_of_its_deed(window: Window, qapp: Any) -> None:
    bar = window.window.undo_bar
    window.window.open("need")
    bar.say("Записано")
    window.window.open("ngo")
    assert bar.isVisible(), "a deed that leads to another page, as an import does, is told there"
    qapp.processEvents()
    window.window.open("ngo")
    assert bar.isVisible()
    window.window.open("support")
    assert not bar.isVisible(), "on another page it would tell of what is not there"
