"""A service is recorded from the card of who got it: one key, and of one centre nobody is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.ui import deeds
from tests.factories import District
from tests.pages import Window, open_window, press
from tests.ui.pages_week import CTRL, active


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with District(tmp_path, today="2026-07-01") as district:
        district.ngo("Автономная некоммерческая организация «Свет»", short_name="АНО «Свет»")
        district.centre("АНО «Опора»")
        return district.path


@pytest.fixture
def window(qtbot: Any, path: Path) -> Iterator[Window]:
    opened = open_window(qtbot, path, today="2026-07-06")
    yield active(opened)
    opened.close()


def test_one_key_over_the_card_begins_a_service_of_that_ngo(window: Window) -> None:
    register = window.register("ngo")
    press(register.page, Qt.Key.Key_U, CTRL)
    page: Any = window.window.page
    assert page.register == "service"
    form = page.editing.form
    assert form.rows["centre_id"].editor.box.text() == "АНО «Опора»", "there is no other"
    (line,) = form.tables["service_recipient"].lines
    assert line.editors["ngo_id"].line.text() == "АНО «Свет»"
    page.step_back()
    deed = next(act for word, _, act in deeds.of_card(register.page, register.page.card.card) if "услугу" in word)
    deed()
    assert page.editing.open
    window.window.open("ngo")
    press(register.page, Qt.Key.Key_U, CTRL)
    assert "открыта другая форма" in window.notice


def test_of_two_centres_she_chooses(qtbot: Any, path: Path, tmp_path: Path) -> None:
    (tmp_path / "second").mkdir()
    with District.copied(path, tmp_path / "second", today="2026-07-01") as district:
        district.centre("АНО «Причал»")
    window = open_window(qtbot, district.path, today="2026-07-06")
    page: Any = window.register("service").page
    page.editing.new()
    assert page.editing.form.rows["centre_id"].editor.box.text() == ""
    window.close()
