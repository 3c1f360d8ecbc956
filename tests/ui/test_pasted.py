"""A seminar with its twenty recipients, copied from a letter: one key, then what only the clerk knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.usecases import pasted
from tests.factories import District
from tests.pages import FormPage, Window, fill, open_window
from tests.ui.pages_tables import CTRL, SHIFT, Tables


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-07-01") as district:
        for number in range(1, 21):
            district.ngo(f"АНО «Сосна-{number:02d}»", sonko=True)
        district.centre()
        path = district.path
    opened = open_window(qtbot, path, today="2026-07-06")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


def copied(*lines: str) -> None:
    QApplication.clipboard().setText("\n".join(lines))


def test_the_list_opens_a_new_service_with_its_recipients(window: Window) -> None:
    tables = Tables(window, "service")
    copied(*(f"{number}. АНО «Сосна-{number:02d}»" for number in range(1, 21)))
    tables.key(Qt.Key.Key_V, CTRL | SHIFT)
    form = tables.page.editing.form
    assert tables.page.editing.open
    assert len(form.tables["service_recipient"].lines) == 20
    assert QApplication.focusWidget() is form.rows["provided_on"].editor.box, "the first thing to fill in"
    tables.key(Qt.Key.Key_Space)
    typed = {"centre_id": "Опора", "service_code": "О1", "quantity": "1", "hours": "2", "people": "25"}
    for key, text in typed.items():
        fill(form.rows[key].editor, text)
    tables.key(Qt.Key.Key_S, CTRL)
    assert not tables.page.editing.open, form.faults
    assert tables.page.card.card.values["recipients_count"] == 20
    assert tables.keys == 3, "the list, today, saving: the rest are values"


def test_into_the_form_that_is_open(window: Window) -> None:
    tables = Tables(window, "service")
    page = FormPage(window, tables.page)
    tables.key(Qt.Key.Key_N, CTRL)
    page.type("quantity", "3")
    copied("Сосна-01", "Сосна-02", "Неведомая")
    tables.key(Qt.Key.Key_V, CTRL | SHIFT)
    form = tables.page.editing.form
    assert page.read("quantity") == "3"
    assert len(form.tables["service_recipient"].lines) == 3
    assert "Неведомая — не найдена" in form.tables["service_recipient"].message.fault


def test_a_decision_for_several_and_parties(window: Window) -> None:
    copied("Сосна-01", "Сосна-02")
    tables = Tables(window, "support")
    tables.key(Qt.Key.Key_V, CTRL | SHIFT)
    rows = tables.page.editing.form.rows
    assert rows["ngo_id"].editor.box.text() == "АНО «Сосна-01»", "the first of the list is the recipient"
    assert len(rows["others"].editor.read()[0]) == 1
    tables.page.editing.close()
    tables = Tables(window, "agreement")
    tables.key(Qt.Key.Key_V, CTRL | SHIFT)
    assert len(tables.page.editing.form.rows["parties"].editor.read()[0]) == 2


def test_where_no_list_belongs_it_says_so(window: Window) -> None:
    copied("Сосна-01")
    tables = Tables(window)
    tables.key(Qt.Key.Key_V, CTRL | SHIFT)
    assert "Список вставляют" in window.notice
    assert not tables.page.editing.open
    copied(" ")
    tables = Tables(window, "service")
    tables.key(Qt.Key.Key_V, CTRL | SHIFT)
    assert "Скопируйте названия" in window.notice


def test_what_names_nothing_stands_beside_at_once(window: Window) -> None:
    tables = Tables(window, "service")
    tables.key(Qt.Key.Key_N, CTRL)
    form = tables.page.editing.form
    form.tables["service_recipient"].take_list("Сосна-01\nНеведомая")
    told = " ".join(one.text() for one in form.panel.findChildren(QLabel) if one.isVisible())
    assert "Неведомая — не найдена" in told
    assert "Замечаний нет" not in told


def test_a_list_that_is_too_long_says_how_much_was_not_taken(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pasted, "MOST", 3)
    tables = Tables(window, "service")
    tables.key(Qt.Key.Key_N, CTRL)
    table = tables.page.editing.form.tables["service_recipient"]
    table.take_list("\n".join(f"Сосна-{number:02d}" for number in range(1, 6)))
    assert len(table.lines) == 4, "three that were taken, and the word of the rest"
    told = table.message.fault.replace("\u00a0", " ")
    assert "и ещё 2 строки — не взято: за один раз — 3, остальное вставьте следом" in told
    others = Tables(window, "support")
    copied(*(f"Сосна-{number:02d}" for number in range(1, 6)))
    others.key(Qt.Key.Key_V, CTRL | SHIFT)
    assert "и ещё 2\u00a0строки" in others.page.editing.form.rows["others"].editor.read()[1]
