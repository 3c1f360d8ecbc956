"""Reminders: Ctrl+R on any card, quick days, the card, the first page, the badge; done by one key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.ui import card_events
from app.usecases import registers
from tests.factories import District
from tests.pages import Window, fill, open_window
from tests.ui.pages_week import ALT, CTRL, Summary, active, key

either_layout = pytest.mark.qt_log_ignore("keyToAscii Unhandled key code", extend=True)


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-10-05") as district:
        svet = district.ngo("АНО «Светлый берег»", sonko=True, verified_on=date(2026, 10, 1))
        district.need(svet)
        path = district.path
    opened = open_window(qtbot, path, today="2026-10-05")
    yield active(opened)
    opened.close()


def quick(window: Window, word: str) -> None:
    """One of the days under the date."""
    next(button for button in window.dialog.findChildren(QPushButton) if button.text() == word).click()


@either_layout
@pytest.mark.parametrize("letter", ["R", "К"])
def test_a_card_is_remembered_with_a_quick_day(window: Window, letter: str) -> None:
    page = window.register("need")
    key(Qt.Key(ord(letter)), CTRL)
    assert "Потребность" in window.dialog.title.text()
    fill(window.dialog.rows["text"].editor, "Позвонить про зал")
    quick(window, "Через неделю")
    window.dialog.primary.click()
    reminders = window.register("reminder")
    assert (reminders.card["text"], reminders.card["due_on"]) == ("Позвонить про зал", date(2026, 10, 12))
    assert reminders.card["about"].startswith("Потребность: ")
    window.window.open("need")
    desk: Any = window.window.desk
    card = desk.read(registers.card, "need", page.page.chosen_id)
    told = card_events.of(desk, "need", card)[0]
    assert (told[0], told[2]) == ("12.10.2026", "напомнить: Позвонить про зал")


def test_the_days_offered_are_tomorrow_a_week_and_the_first(window: Window) -> None:
    window.register("ngo")
    key(Qt.Key.Key_R, CTRL)
    assert "Светлый берег" in window.dialog.title.text()
    found = {}
    for word in ("Завтра", "Через неделю", "1-е число"):
        quick(window, word)
        found[word] = window.dialog.rows["due_on"].editor.box.text()
    assert found == {"Завтра": "06.10.2026", "Через неделю": "12.10.2026", "1-е число": "01.11.2026"}
    window.dialog.primary.click()
    assert window.dialog.faults == {"text": "Заполните поле."}


def test_a_reminder_of_nothing_is_made_on_the_first_page(window: Window) -> None:
    Summary(window)
    key(Qt.Key.Key_R, CTRL)
    fill(window.dialog.rows["text"].editor, "Сдать табель")
    fill(window.dialog.rows["due_on"].editor, "05.10.2026")
    window.dialog.primary.click()
    assert Summary(window).tasks == ["Открыть: 1 напоминание на сегодня"]
    assert window.register("reminder").card["about"] == ""


@either_layout
@pytest.mark.parametrize("letter", ["C", "С"])
def test_due_it_stands_on_the_first_page_with_a_badge_and_is_done_by_one_key(window: Window, letter: str) -> None:
    item = window.window.rail.items["summary"]
    window.register("ngo")
    key(Qt.Key.Key_R, CTRL)
    fill(window.dialog.rows["text"].editor, "Запросить устав")
    fill(window.dialog.rows["due_on"].editor, "05.10.2026")
    assert item.badge == 0
    window.dialog.primary.click()
    assert item.badge == 1, "told at once, whatever page is open"
    summary = Summary(window)
    page = summary.open_task("напоминание на сегодня")
    assert page is window.window.pages["reminder"]
    key(Qt.Key(ord(letter)), ALT)
    assert page.card.card.values["status"] == "done"
    assert (item.badge, Summary(window).tasks) == (0, [])
    window.window.undo()
    assert item.badge == 1


@either_layout
@pytest.mark.parametrize("letter", ["P", "З"])
def test_a_reminder_opens_its_record(window: Window, letter: str) -> None:
    window.register("need")
    key(Qt.Key.Key_R, CTRL)
    fill(window.dialog.rows["text"].editor, "Проверить")
    window.dialog.primary.click()
    window.register("reminder")
    key(Qt.Key(ord(letter)), ALT)
    assert window.window.page is window.window.pages["need"]
