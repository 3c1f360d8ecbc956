"""Every control of every page of the region: named, reached by Tab, its keys its own; each page fits its window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from app.core.errors import AppError
from app.core.roles import Role
from app.models.database import Database
from app.models.journal import chain_head
from app.ui.dialogs import Dialog
from app.ui.region.board_words import LOOKS
from app.ui.region.places import PAGES, SHARED
from app.ui.tokens import DARK, LIGHT, contrast
from app.ui.widgets import TONES, Button
from app.usecases import people
from tests.pages import Window, open_window
from tests.region_ui.pages_region import Board
from tests.ui.pages_people import WhoPage
from tests.ui.test_every_widget import controls, passed_by, said_twice, without_a_name

VIEWER = "просмотр: записать ничего нельзя"
KEYS = sorted({*PAGES, *SHARED})


@pytest.mark.parametrize("key", KEYS)
def test_controls_of_a_page_have_names_and_tab_comes_to_them(key: str, window: Window, qapp: Any) -> None:
    page: Any = window.window.open(key)
    window.wait(lambda: window.window.desk.jobs.idle)
    qapp.processEvents()
    assert controls(page)
    assert not without_a_name(page)
    assert not passed_by(page, qapp)
    assert not said_twice(page)


@pytest.mark.parametrize("key", sorted(PAGES))
def test_a_page_fits_an_office_screen_and_a_small_one(key: str, window: Window, qapp: Any) -> None:
    """1366×768 less its bars, and the same screen at 150 %."""
    for width, height in ((1366, 696), (910, 512)):
        window.window.resize(width, height)
        page: Any = window.window.open(key)
        window.wait(lambda: window.window.desk.jobs.idle)
        for _ in range(5):  # what was laid out anew lays out what is inside it
            QApplication.sendPostedEvents()
            qapp.processEvents()
        least = page.minimumSizeHint()
        room = width - window.window.rail.width()
        assert least.width() <= room, (key, least.width(), room)
        assert least.height() <= height - window.window.status.height(), (key, least.height())
        assert (window.window.width(), window.window.height()) == (width, height)


def test_words_of_the_board_are_read_on_their_grounds() -> None:
    for tokens in (LIGHT, DARK):
        for _, tone, tint in LOOKS.values():
            grounds = [tint] if tint else ["surface", "alt"]
            for ground in grounds:
                assert contrast(getattr(tokens, tone), getattr(tokens, ground)) >= 4.5, (tone, ground)
        for ground, ink in TONES.values():
            assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


def press(window: Any, button: Button) -> None:
    button.click()
    QApplication.processEvents()
    for dialog in [one for one in window.findChildren(Dialog) if one.isVisible()]:
        if dialog.primary.isVisible() and dialog.primary.isEnabled():
            dialog.primary.click()
        if dialog.isVisible():
            dialog.leave.click()
    QApplication.processEvents()


def test_a_viewer_presses_everything_and_writes_nothing(
    qtbot: Any, region_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Database.open(region_file) as database:
        with database.write("people", "Люди") as session:
            first = people.add_person(session, "Орлова А. А.", role=Role.ADMINISTRATOR)
        people.sign_in(database, first)
        with database.write("people", "Люди") as session:
            people.add_person(session, "Гость Г. Г.", role=Role.VIEWER)
    for name, answer in (("getSaveFileName", (str(tmp_path / "куда.json"), "")), ("getOpenFileName", ("", "")),
                         ("getOpenFileNames", ([], "")),
                         ("getExistingDirectory", "")):  # fmt: skip
        monkeypatch.setattr(QFileDialog, name, lambda *_, answer=answer, **__: answer)
    for name in ("exec", "popup"):
        monkeypatch.setattr(QMenu, name, lambda *_, **__: None)
    monkeypatch.setattr("app.ui.region.answering.QDesktopServices.openUrl", lambda url: True)
    opened = open_window(qtbot, region_file, today="2026-10-25")
    WhoPage(opened).choose("Гость Г. Г.").enter()
    window, faults, refusals = opened.window, [], []
    tell = window.errors.tell

    def note(error: BaseException, *args: Any) -> None:
        (refusals if isinstance(error, AppError) else faults).append(str(error))
        tell(error, *args)

    monkeypatch.setattr(window.errors, "tell", note)
    assert window.desk is not None
    before = window.desk.read(chain_head)
    for key in PAGES:
        page: Any = window.open(key)
        opened.wait(lambda: window.desk.jobs.idle)
        if key == "intake":
            page.table.choose(next(n for n, row in enumerate(page.model.rows) if row.result == "accepted"))
        elif key == "board":
            page.table.choose_cell(next(n for n, row in enumerate(page.model.rows) if row.code == "41615000"), 1)
        for button in page.findChildren(Button):
            try:
                ready = button.isVisible() and button.isEnabled()
            except RuntimeError:  # an earlier press made the page anew
                continue
            if ready:
                press(window, button)
                opened.wait(lambda: window.desk.jobs.idle)
            if window.page is not page:
                window.open(key)
    assert faults == []
    assert any(VIEWER in told for told in refusals)
    refusals.clear()
    board = Board(opened)
    board.page.show_mode("quarters")
    board.go("Выборгский").receipt.click()
    assert VIEWER in refusals[-1]
    window.errors.dialog.leave.click()
    refusals.clear()
    board.go("Выборгский").call.click()
    assert VIEWER in refusals[-1], "she is told before she fills in anything"
    window.errors.dialog.leave.click()
    new = tmp_path / "ещё.xlsx"
    new.write_bytes(b"PK\x03\x04 another")
    window.open("intake", paths=(new,))
    opened.wait(lambda: window.desk.jobs.idle)
    assert VIEWER in refusals[-1]
    assert window.desk.read(chain_head) == before
    opened.close()
