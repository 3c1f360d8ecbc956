"""The register of recipients in the window: what waits is entered at once, what is late is shown, papers are saved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.usecases.support import enter_in_register
from tests.factories import District
from tests.pages import Window, fill, open_window, press


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    """Three decisions of 1 July: one entered and published in time, two wait; it is 9 July, their term is over."""
    with District(tmp_path, today="2026-07-01") as district:
        svet, lad = district.ngo("АНО «Светлый берег»", sonko=True), district.ngo("Союз «Лад»")
        in_time = district.support(svet, "50 000")
        district.support(lad, "20 000")
        district.support(lad, form="213")
        district.at("2026-07-03").write(enter_in_register, in_time, published_on=date(2026, 7, 3))
        path = district.path
    opened = open_window(qtbot, path, today="2026-07-09")
    yield opened
    opened.close()


def cells(page: Any) -> list[tuple[str, str]]:
    """Number and term of each row shown."""
    model = page.table.model()
    return [(str(model.index(n, 0).data()), str(model.index(n, 8).data())) for n in range(model.rowCount())]


def test_what_waits_stands_first_with_its_term(window: Window) -> None:
    page = window.window.open("recipients")
    assert cells(page) == [("—", "срок истёк 06.07.2026"), ("—", "срок истёк 06.07.2026"), ("1", "в срок")]
    assert page.told.text() == "Не внесено в срок: 2"
    page.toggle_late()
    assert len(cells(page)) == 2
    assert page.count.text() == "2 из 3"


def test_all_that_waits_is_entered_at_once_and_undone_at_once(window: Window) -> None:
    page = window.window.open("recipients")
    page.enter_button.click()
    window.dialog.primary.click()
    assert [number for number, _ in cells(page)] == ["3", "2", "1"]
    assert "не опубликована" not in cells(page)[2][1]
    assert not page.enter_button.isVisible()
    page.publish_button.click()
    fill(window.dialog.rows["on"].editor, "09.07.2026")
    window.dialog.primary.click()
    assert cells(page)[0] == ("3", "внесена позже на 3\u00a0дня")
    window.window.undo()
    window.window.undo()
    assert [number for number, _ in cells(page)] == ["—", "—", "1"]


def test_a_day_before_the_decision_is_refused_and_enters_nothing(window: Window) -> None:
    page = window.window.open("recipients")
    page.enter_button.click()
    fill(window.dialog.rows["entered_on"].editor, "30.06.2026")
    window.dialog.primary.click()
    assert "«Лад»" in window.dialog.rows["entered_on"].fault
    press(window.dialog, Qt.Key.Key_Escape)
    assert [number for number, _ in cells(page)] == ["—", "—", "1"]


def test_files_of_the_register_are_saved_together(window: Window, tmp_path: Path) -> None:
    page = window.window.open("recipients")
    (tmp_path / "сайт").mkdir()
    page.save_to(tmp_path / "сайт")
    window.wait(lambda: len(list((tmp_path / "сайт").iterdir())) == 4)
    assert {path.suffix for path in (tmp_path / "сайт").iterdir()} == {".pdf", ".xlsx", ".html"}


def test_enter_opens_the_decision(window: Window) -> None:
    page = window.window.open("recipients")
    press(page.table, Qt.Key.Key_Return)
    assert window.window.page is window.window.pages["support"]
    assert window.window.page.card.card.values["entry_no"] is None
