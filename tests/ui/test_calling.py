"""Обзвон: one NGO at a time, one key each; who was not reached comes back, the place is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.usecases import calls, registers
from tests.factories import District
from tests.pages import Window, open_window, press, type_text
from tests.ui.pages_week import Calling, Summary, active, key
from tests.ui.test_small_screen import cut_buttons

NAMES = ("АНО «Берег»", "АНО «Волна»", "АНО «Гавань»")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with District(tmp_path, today="2026-10-05") as district:
        for number, name in enumerate(NAMES, 1):
            ngo = district.ngo(name, taken_on="2024-01-10", phone=f"+7 813 70 00-0{number}", director="Лунина О. П.",
                               verified_on=date(2025, 1, number))  # fmt: skip
        district.need(ngo, text="нужен бухгалтер")
        district.ngo("АНО «Свежая»", verified_on=date(2026, 9, 1))
        return district.path


@pytest.fixture
def window(qtbot: Any, file: Path) -> Iterator[Window]:
    opened = open_window(qtbot, file, today="2026-10-05")
    yield active(opened)
    opened.close()


def status(window: Window, name: str) -> dict[str, Any]:
    return dict(window.register("ngo").search(name).card)


def test_who_was_not_verified_for_a_year_is_walked_with_one_key_each(window: Window) -> None:
    page = Calling(window)
    assert (page.name, page.progress) == (NAMES[0], "1 из 3")
    assert "Лунина О. П." in page.words
    assert "813" in page.words
    page.press(Qt.Key.Key_1)
    assert (page.name, page.progress) == (NAMES[1], "2 из 3")
    page.press(Qt.Key.Key_2)
    assert (page.name, page.progress) == (NAMES[2], "2 из 3")
    assert "не дозвонились: 1" in page.page.tried.text()
    assert "нужен бухгалтер" in page.words
    key(Qt.Key.Key_3, Qt.KeyboardModifier.KeypadModifier)
    assert page.name == NAMES[1], "who was not reached comes back at the end"
    page.press(Qt.Key.Key_1)
    assert page.page.empty.title.text() == "Обзвон закончен"
    assert str(status(window, "берег")["verified_on"]) == "2026-10-05"
    assert status(window, "гавань")["status"] == "inactive"
    assert [call.outcome for call in _calls(window, "волна")] == ["verified", "not_reached"]


def test_backspace_goes_back_and_takes_the_press_with_it(window: Window) -> None:
    page = Calling(window).press(Qt.Key.Key_1).press(Qt.Key.Key_3)
    assert page.name == NAMES[2]
    page.press(Qt.Key.Key_Backspace)
    assert (page.name, page.progress) == (NAMES[1], "2 из 3")
    page.press(Qt.Key.Key_Backspace)
    assert (page.name, page.progress) == (NAMES[0], "1 из 3")
    page.press(Qt.Key.Key_Backspace)
    assert "первая НКО" in window.notice
    assert status(window, "волна")["status"] == "active"


def test_each_press_is_one_write_of_the_journal(window: Window) -> None:
    page = Calling(window).press(Qt.Key.Key_3)
    assert window.window.undo_bar.isVisible()
    window.window.undo()
    assert (page.name, page.progress) == (NAMES[0], "1 из 3")
    page.press(Qt.Key.Key_1)
    assert page.name == NAMES[1]
    window.window.redo()  # nothing to bring back: another write came after
    assert page.name == NAMES[1]


def test_enter_writes_a_note_that_stays_with_the_ngo(window: Window) -> None:
    page = Calling(window).press(Qt.Key.Key_Return)
    type_text(window.dialog.line, "сменился руководитель")
    window.dialog.primary.click()
    assert page.name == NAMES[0], "a note is no outcome"
    assert "05.10.2026 — сменился руководитель" in page.words
    assert _calls(window, "берег")[0].note == "сменился руководитель"


def test_the_place_is_remembered_after_a_restart(qtbot: Any, file: Path) -> None:
    first = active(open_window(qtbot, file, today="2026-10-05"))
    Calling(first).press(Qt.Key.Key_1).press(Qt.Key.Key_2)
    first.close()
    again = active(open_window(qtbot, file, today="2026-10-06"))
    page = Calling(again)
    assert (page.name, page.progress) == (NAMES[2], "2 из 3")
    page.press(Qt.Key.Key_1)
    assert (page.name, page.progress) == (NAMES[1], "3 из 3"), "not reached yesterday"
    again.close()


def chosen(menu: QMenu, word: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == word)


def test_the_filtered_or_marked_ngos_are_called(window: Window) -> None:
    ngos = window.register("ngo").search("свежая")
    chosen(ngos.page.menu.menu(), "Обзвонить список").trigger()
    page = Calling(window)
    assert (page.name, page.progress) == ("АНО «Свежая»", "1 из 1")
    window.window.open("ngo")
    ngos.page.filters.clear()
    ngos.choose(1)
    press(ngos.page.table, Qt.Key.Key_Insert)
    press(ngos.page.table, Qt.Key.Key_Insert)
    chosen(ngos.page.menu.menu(), "Обзвонить отмеченных").trigger()
    page = Calling(window)
    assert (page.name, page.progress) == (NAMES[1], "1 из 2")
    page.press(Qt.Key.Key_1).press(Qt.Key.Key_1)
    page.page.anew.click()
    assert (page.name, page.progress) == (NAMES[0], "1 из 1"), "two of three were verified today"


def test_the_first_page_sends_to_the_calls(window: Window) -> None:
    summary = Summary(window)
    assert "Обзвонить: 3 НКО не проверялись больше года" in summary.tasks
    assert summary.open_task("не проверялись") is window.window.pages["calling"]


def test_arrows_look_ahead_and_nobody_to_call_says_so(window: Window) -> None:
    page = Calling(window)
    key(Qt.Key.Key_Right)
    assert page.name == NAMES[1]
    key(Qt.Key.Key_Left)
    assert page.name == NAMES[0]
    for _ in NAMES:
        page.press(Qt.Key.Key_1)
    page.page.anew.click()
    assert page.page.empty.title.text() == "Обзванивать некого"
    page.page.empty.primary.click()
    assert window.window.page is window.window.pages["ngo"]


def test_nothing_is_cut_on_a_small_screen(window: Window, qapp: Any) -> None:
    window.window.resize(911, 464)
    page = Calling(window).press(Qt.Key.Key_2)
    qapp.processEvents()
    assert cut_buttons(page.page) == []


def _calls(window: Window, name: str) -> tuple[calls.Call, ...]:
    desk: Any = window.window.desk
    (id,) = desk.read(registers.find, "ngo", search=name)
    return tuple(desk.read(calls.calls_of, id))
