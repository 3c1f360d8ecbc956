"""A letter to many and labels for envelopes: from what is marked, else from all that is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.ui.mailing_dialog import ask_labels, ask_mailing
from app.usecases.mailing import To
from app.usecases.personal_exports import exports
from tests.factories import District, on
from tests.pages import Window, fill, open_window
from tests.reports.reading import page_texts
from tests.ui.pages_tables import Tables, saving_to


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    """Sixty with an address, one without, one whose person withdrew the consent."""
    consent = {"basis": "согласие", "consent": "7", "consent_on": on("2026-01-10")}
    with District(tmp_path, today="2026-07-01") as district:
        for number in range(60):
            district.ngo(f"АНО «Сосна-{number:02d}»", email=f"s{number}@example.org", address=f"г. Мурино, д. {number}")
        gone = {"name": "Ушедшая Инна", "email": "gone@example.org", "withdrawn_on": on("2026-06-01"), **consent}
        here = {"name": "Сомов Виктор", "email": "somov@example.org", **consent}
        bare = district.ngo("Фонд «Ёлка»", lines={"contact": [gone, here]})
        district.support(bare, "700")
        path = district.path
    opened = open_window(qtbot, path, today="2026-10-05")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


def deed(tables: Tables, word: str) -> None:
    """A line of the menu «Действия»."""
    menu = tables.page.menu.menu()
    next(action for action in menu.actions() if action.text().partition("\t")[0] == word).trigger()


def test_portions_are_copied_one_by_one_with_enter(window: Window) -> None:
    tables = Tables(window)
    deed(tables, "Рассылка…")
    dialog = window.dialog
    assert dialog.told.text().replace("\u00a0", " ") == "60 адресов, 2 порции по 50, не вошли: 1"
    assert dialog.left_out == ["Фонд «Ёлка» — нет адреса"]
    assert dialog.primary.word == "Скопировать порцию 1 из 2"
    tables.key(Qt.Key.Key_Return)
    assert len(QApplication.clipboard().text().split("; ")) == 50
    assert dialog.portions[0].word == "Скопировано"
    tables.key(Qt.Key.Key_Return)
    assert QApplication.clipboard().text().startswith("s50@example.org; s51@example.org")
    assert dialog.primary.word == "Закрыть"
    tables.key(Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert tables.page.desk.read(exports) == (), "service addresses are no personal data"


def test_contacts_are_noted_and_who_withdrew_is_left_out(window: Window) -> None:
    tables = Tables(window)
    dialog = ask_mailing(tables.page)
    assert not dialog.warning.isVisibleTo(dialog)
    tables.key(Qt.Key.Key_Right).key(Qt.Key.Key_Right)
    assert dialog.to is To.CONTACT
    assert dialog.warning.isVisibleTo(dialog)
    assert "Фонд «Ёлка»: Ушедшая Инна — согласие отозвано" in dialog.left_out
    assert len(dialog.left_out) == 61
    tables.key(Qt.Key.Key_Return)
    assert QApplication.clipboard().text() == "somov@example.org"
    (noted,) = tables.page.desk.read(exports)
    assert (noted.people, noted.where) == (1, "буфер обмена")
    dialog.close_dialog(done=False)


def test_marked_rows_alone_and_from_another_register(window: Window) -> None:
    tables = Tables(window)
    tables.mark(0, 1)
    dialog = ask_mailing(tables.page)
    assert dialog.mailing.addresses == 2
    dialog.close_dialog(done=False)
    support = Tables(window, "support")
    dialog = ask_mailing(support.page)
    dialog.choose(To.EITHER)
    assert [address.email for portion in dialog.mailing.portions for address in portion] == ["somov@example.org"]
    dialog.close_dialog(done=False)
    words = [action.text() for action in Tables(window, "partner").page.menu.menu().actions()]
    assert "Рассылка…" not in words, "partners are no organisations of the register"


def test_labels_are_saved(window: Window, tmp_path: Path, monkeypatch: Any) -> None:
    path = tmp_path / "наклейки.pdf"
    saving_to(monkeypatch, path)
    tables = Tables(window)
    tables.mark(0, 1, 60)
    ask_labels(tables.page)
    dialog = window.dialog
    assert "Наклеек: 2" in dialog.text.text()
    assert "не вошли: Фонд «Ёлка»" in dialog.text.text()
    fill(dialog.rows["first"].editor, "24")
    tables.key(Qt.Key.Key_Return).idle()
    window.wait(path.is_file)
    first, second = page_texts(path.read_bytes())
    assert first == "Руководителю АНО «Сосна-00» г. Мурино, д. 0"
    assert second == "Руководителю АНО «Сосна-01» г. Мурино, д. 1"
    window.wait(lambda: "2 наклейки" in window.notice)


def test_a_place_that_is_not_on_the_sheet_is_told(window: Window, tmp_path: Path, monkeypatch: Any) -> None:
    saving_to(monkeypatch, tmp_path / "наклейки.pdf")
    tables = Tables(window)
    ask_labels(tables.page)
    fill(window.dialog.rows["first"].editor, "30")
    window.dialog.primary.click()
    tables.idle()
    window.wait(lambda: bool(window.dialog))
    assert "от 1 до 24" in window.dialog.title.text() + window.dialog.text.text()
    window.dialog.close_dialog(done=False)
