"""A working copy says what it is over every page, and one that opens by itself is not taken for the main file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from app.bootstrap import own_settings
from app.core.roles import PROGRAM
from tests.factories import District
from tests.pages import Window, open_window
from tests.ui.pages_card import history_of_district
from tests.ui.pages_people import words
from tests.usecases.colleagues import COLLEAGUE, copy_for


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """The main file and a working copy in which a telephone was put right."""
    with District(tmp_path, today="2026-10-01") as district:
        svet = district.ngo("АНО «Светлый берег»", phone="8 (81370) 00-001")
        copy = copy_for(district)
        copy.save("ngo", {"phone": "8 (81370) 00-002"}, id=svet)
        copy.close()
        return district.path, copy.path


def open_last(qtbot: Any, path: Path) -> Window:
    """As when the program is started by its icon: it opens the file it had last."""
    own_settings().setValue("database", str(path))
    return open_window(qtbot)


def told(window: Window) -> str:
    banner = window.window.banner
    return banner.text.text().replace("\u00a0", " ") if banner.isVisible() else ""


def test_every_page_says_it_and_the_changes_go_back_from_it(
    qtbot: Any, files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(qtbot, files[1])
    assert told(window).startswith(f"Рабочая копия: {COLLEAGUE} Записанное верните в основной файл")
    assert not window.window.banner.main.isVisible(), "no main file was opened on this computer"
    for key in ("ngo", "returns", "settings"):
        window.window.open(key)
        assert window.window.banner.isVisible()
    out = tmp_path / "Пакет.kurator-packet"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))
    window.window.open("ngo")
    window.window.banner.send.click()
    assert out.is_file()
    assert "Пакет записан" in window.notice
    window.close()


def test_a_file_of_its_own_has_no_banner(qtbot: Any, files: tuple[Path, Path]) -> None:
    window = open_window(qtbot, files[0])
    assert told(window) == ""
    window.close()


def test_a_copy_that_was_last_asks_which_file_is_meant(qtbot: Any, files: tuple[Path, Path]) -> None:
    open_window(qtbot, files[0]).close()
    window = open_last(qtbot, files[1])
    assert window.dialog.title.text() == f"Открыта рабочая копия: {COLLEAGUE}"
    other = window.dialog.findChild(type(window.dialog.primary), "openMain")
    assert words(other) == "Открыть основной файл"
    other.click()
    assert window.window.desk is not None
    assert window.window.desk.database.path == files[0]
    assert told(window) == ""
    window.close()
    window = open_last(qtbot, files[1])
    window.dialog.primary.click()
    assert window.window.desk is not None
    assert window.window.desk.database.path == files[1]
    assert window.window.banner.main.isVisible()
    window.window.banner.main.click()
    assert window.window.desk.database.path == files[0]
    window.close()


def test_a_copy_that_was_named_opens_without_a_question(qtbot: Any, files: tuple[Path, Path]) -> None:
    open_window(qtbot, files[0]).close()
    window = open_window(qtbot, files[1])
    with pytest.raises(AssertionError, match="0 dialogs"):
        _ = window.dialog
    assert told(window)
    window.close()


def test_the_mark_of_a_copy_is_not_undone(qtbot: Any, files: tuple[Path, Path]) -> None:
    window = open_window(qtbot, files[1])
    window.wait(lambda: bool(window.window.desk and window.window.desk.jobs.idle))
    page = history_of_district(window)
    lines = [line for line in page.page.changes if line.batch.kind == PROGRAM]
    assert [line.batch.title for line in lines if line.batch.title.startswith("Рабочая копия")]
    assert not any(line.undo_button.isVisible() or line.open_button.isVisible() for line in lines)
    lines[-1].undo_button.click()
    assert "записала сама программа" in window.dialog.title.text()
    window.dialog.close_dialog(done=False)
    window.window.open("ngo")
    assert told(window).startswith(f"Рабочая копия: {COLLEAGUE}")
    window.close()
