"""The calendar: days and months by keys, what stands behind a day, a new entry, PDF and .ics."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from app.core.periods import Quarter
from tests.factories import District
from tests.pages import Window, fill, open_window
from tests.reports.reading import page_texts
from tests.ui.pages_week import CTRL, Calendar, active, form_of, key
from tests.ui.test_small_screen import cut_buttons


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-10-05") as district:
        svet = district.ngo("АНО «Светлый берег»", sonko=True)
        district.save("appeal", {"ngo_id": svet, "subject": "О зале", "number": "15", "channel": "letter",
                                 "received_on": date(2026, 9, 28)})  # fmt: skip
        for title, hour in (("Совет НКО", "15:00"), ("Форум", "10:00")):
            district.save("calendar_entry", {"kind": "council", "title": title, "starts_on": date(2026, 10, 20),
                                             "at": hour})  # fmt: skip
        path = district.path
    opened = open_window(qtbot, path, today="2026-10-05")
    yield active(opened)
    opened.close()


def test_a_month_shows_terms_that_are_in_the_file(window: Window) -> None:
    page = Calendar(window)
    assert page.page.title.text() == "Октябрь\u00a02026\u00a0г."
    assert page.listed == [
        ("12.10", "Сдать отчёт за III квартал 2026 г."), ("20.10", "Форум"), ("20.10", "Совет НКО"),
        ("28.10", "Ответить на обращение № 15: О зале"),
    ]  # fmt: skip
    assert page.read_out() == "понедельник, 5 октября 2026 г.: ничего нет"


def test_arrows_walk_days_and_page_keys_months(window: Window) -> None:
    page = Calendar(window)
    assert QApplication.focusWidget() is page.page.grid
    for name in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        key(name)
    assert page.day == date(2026, 10, 20)
    assert page.read_out() == "вторник, 20 октября 2026 г.: Форум; Совет НКО"
    key(Qt.Key.Key_PageDown)
    assert page.day == date(2026, 11, 20)
    key(Qt.Key.Key_PageUp)
    key(Qt.Key.Key_PageUp)
    assert (page.day, page.page.title.text()) == (date(2026, 9, 20), "Сентябрь\u00a02026\u00a0г.")
    key(Qt.Key.Key_Home)
    assert page.day == date(2026, 10, 5)
    for _ in range(5):
        key(Qt.Key.Key_Left)
    assert (page.day, page.page.title.text()) == (date(2026, 9, 30), "Сентябрь\u00a02026\u00a0г.")
    page.page.show_day(date(2026, 12, 31))
    key(Qt.Key.Key_PageDown)
    key(Qt.Key.Key_PageDown)
    assert page.day == date(2027, 2, 28)


def test_enter_opens_what_stands_behind_a_day(window: Window) -> None:
    page = Calendar(window, day=date(2026, 10, 12))
    key(Qt.Key.Key_Return)
    opened: Any = window.window.page
    assert opened is window.window.pages["return"]
    assert opened.quarter == Quarter(2026, 3)
    window.wait(lambda: not opened.computing)
    page = Calendar(window, day=date(2026, 10, 28))
    key(Qt.Key.Key_Return)
    assert window.register("appeal").card["subject"] == "О зале"
    page = Calendar(window, day=date(2026, 10, 20))
    key(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.page.list, "of two things the list asks which"
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    assert window.register("calendar_entry").page.card.card.values["title"] == "Совет НКО"
    Calendar(window, day=date(2026, 10, 6))
    key(Qt.Key.Key_Return)
    assert "ничего не назначено" in window.notice


def test_a_new_entry_stands_on_the_chosen_day(window: Window) -> None:
    Calendar(window, day=date(2026, 10, 22))
    key(Qt.Key.Key_N, CTRL)
    form = form_of(window)
    assert form.read("starts_on") == "22.10.2026"
    form.type("title", "Приём заявок").type("kind", "конкурс").type("ends_on", "26.10.2026").save()
    assert not form.open, form.faults
    page = Calendar(window, day=date(2026, 10, 24))
    assert ("22–26.10", "Приём заявок") in page.listed
    assert "Приём заявок" in page.read_out()


def test_a_reminder_is_drawn_on_its_day(window: Window) -> None:
    page = Calendar(window, day=date(2026, 10, 7))
    key(Qt.Key.Key_R, CTRL)
    fill(window.dialog.rows["text"].editor, "Позвонить")
    assert window.dialog.rows["due_on"].editor.box.text() == "07.10.2026"
    window.dialog.primary.click()
    assert ("07.10", "Позвонить") in page.listed


def test_the_month_is_saved_as_pdf_and_ics(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Calendar(window)
    paper, other = tmp_path / "октябрь.pdf", tmp_path / "год.ics"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(paper), ""))
    key(Qt.Key.Key_P, CTRL)
    window.wait(paper.exists)
    assert "Совет НКО" in " ".join(page_texts(paper.read_bytes()))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(other), ""))
    key(Qt.Key.Key_E, CTRL)
    assert b"BEGIN:VEVENT" in other.read_bytes()
    assert window.notice == "Сохранено: год.ics"


def test_nothing_is_cut_on_a_small_screen(window: Window, qapp: Any) -> None:
    window.window.resize(911, 464)
    page = Calendar(window)
    qapp.processEvents()
    assert cut_buttons(page.page) == []
    assert page.page.minimumSizeHint().width() + window.window.rail.width() <= 911
