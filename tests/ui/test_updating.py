"""«Программа» in the settings, as the curator meets it: what is found is told, and the program gives its place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from app import __version__
from app.core.clock import Clock
from app.models.copy_names import Why
from app.ui.commands import everywhere, matching
from app.ui.dialogs import Dialog
from app.usecases.copy_list import copies_of
from app.usecases.installation import Kind, installation
from app.usecases.region_setup import create_region
from app.usecases.update_relay import CODE, LOG, keep_ticket, stage, told_folder
from app.usecases.updating import Ready, moment
from tests.factories import District, on
from tests.installer.packages import TinyPackage, beside, program_of_today
from tests.pages import Window, open_window, press

NEWER = "9.0.0"


@pytest.fixture
def program(own_folders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return program_of_today(own_folders, tmp_path / "было", monkeypatch)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with District(tmp_path) as district:
        return district.path


@pytest.fixture
def window(qtbot: Any, program: Path, path: Path) -> Iterator[Window]:
    opened = open_window(qtbot, path, today="2026-07-06")
    yield opened
    opened.close()


def section(window: Window) -> Any:
    page: Any = window.window.open("settings", tab="look")
    return page.panels["look"].program


def dialogs(window: Window) -> list[Dialog]:
    return [dialog for dialog in window.window.findChildren(Dialog) if dialog.isVisible()]


def look(window: Window, place: Path) -> Any:
    section(window).look(place)
    window.wait(lambda: bool(dialogs(window)))
    return window.dialog


def shown(dialog: Any) -> str:
    found = [dialog.title.text(), dialog.text.text()]
    found += [label.text() for label in dialog.findChildren(type(dialog.title))]
    found += [box.toPlainText() for box in dialog.findChildren(QPlainTextEdit)]
    found += [box.text() for box in dialog.findChildren(QLineEdit)]
    return "\n".join(found).replace("\u00a0", " ")


def test_it_says_which_program_this_is(window: Window, program: Path) -> None:
    assert section(window).about.text() == f"Версия {__version__}, для вас одного, без прав администратора: {program}"


def test_the_region_has_it_too(qtbot: Any, program: Path, tmp_path: Path) -> None:
    create_region(tmp_path / "область.db", clock=Clock.fixed(on("2026-07-01"))).close()
    TinyPackage(tmp_path / "флешка", NEWER)
    opened = open_window(qtbot, tmp_path / "область.db", today="2026-07-06")
    handed: list[Ready] = []
    opened.window.hand_over = handed.append
    look(opened, tmp_path / "флешка").primary.click()
    opened.wait(lambda: bool(handed))
    assert [row.why for row in copies_of(tmp_path / "область.db")] == [Why.UPGRADE]
    opened.close()


def test_a_newer_package_is_told_and_takes_the_place(
    window: Window, program: Path, path: Path, tmp_path: Path
) -> None:
    TinyPackage(tmp_path / "флешка", NEWER).pack()
    handed: list[Ready] = []
    window.window.hand_over = handed.append
    dialog = look(window, tmp_path / "флешка")
    told = shown(dialog)
    assert f"Есть новая версия {NEWER}" in told
    assert f"останется версия {__version__}" in told
    assert "подписи нет: сертификата ещё нет" in told
    assert "все целы, список SHA256SUMS сходится" in told
    assert "• Обновление из файла: пакет сверяется, копия делается сама (как)." in told
    press(dialog, Qt.Key.Key_Return)
    window.wait(lambda: bool(handed))
    assert [row.why for row in copies_of(path)] == [Why.UPGRADE]
    assert handed[0].relay.package == stage()
    assert (stage() / "install.sh").is_file()
    assert (program / "VERSION").read_text(encoding="utf-8").strip() == __version__, "it is still open"


def test_not_now_changes_nothing(window: Window, path: Path, tmp_path: Path) -> None:
    TinyPackage(tmp_path / "флешка", NEWER)
    dialog = look(window, tmp_path / "флешка")
    assert dialog.leave.word == "Не сейчас"
    dialog.leave.click()
    assert copies_of(path) == ()
    assert not stage().exists()


def test_what_will_not_do_is_said_in_words(window: Window, tmp_path: Path) -> None:
    for version, said in (("0.0.9", "она новее"), (__version__, "уже установлена")):
        dialog = look(window, TinyPackage(tmp_path / version, version).folder)
        assert said in dialog.title.text()
        dialog.leave.click()
    package = TinyPackage(tmp_path / "флешка", NEWER)
    (package.folder / "program/kurator-nko").write_text("#!/bin/sh\n", encoding="utf-8")
    dialog = look(window, package.folder)
    assert "«program/kurator-nko» испорчен" in dialog.title.text()


def test_an_administrator_is_given_the_command(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program lies where a package of the system has put it: here there is no uninstall.sh beside it."""
    system = tmp_path / "opt/kurator-nko"
    system.mkdir(parents=True)
    monkeypatch.setenv("KURATOR_PROGRAM_FOLDER", str(system))
    here = installation()
    package = tmp_path / f"kurator-nko_{NEWER}_glibc2.17.{'deb' if here.kind is Kind.DEB else 'rpm'}"
    package.write_bytes(b"!<arch>\n")
    beside(package)
    dialog = look(window, tmp_path)
    command = f"sudo {here.manager} '{package}'"
    assert command in shown(dialog)
    dialog.primary.click()
    assert QApplication.clipboard().text() == command
    assert "передайте её администратору" in window.notice


def test_f1_opens_what_the_manual_says(window: Window, tmp_path: Path) -> None:
    section(window)
    window.window.open_manual()
    manual: Any = window.window.page
    assert manual.section == "Обновление"
    TinyPackage(tmp_path / "флешка", NEWER)
    press(look(window, tmp_path / "флешка"), Qt.Key.Key_F1)
    assert "Обновление" in window.window.page.text.toPlainText()


def test_it_is_found_by_its_name(window: Window) -> None:
    for typed in ("обновить", "обновление", "версия", "с флешки"):
        assert "Обновить программу" in [one.title for one in matching(everywhere(window.window), typed)]


# --- the next start -----------------------------------------------------------------------------


def test_after_an_update_it_says_so_and_what_is_new(window: Window) -> None:
    keep_ticket(__version__, ("• Новое.",), moment(), relay=2**22 + 1)
    window.program.successor.tell()
    bar = window.window.undo_bar
    assert bar.isVisible()
    assert bar.text.text() == f"Программа обновлена с {__version__} до {__version__}"
    bar.other.click()
    assert "• Новое." in shown(window.dialog)
    window.dialog.leave.click()
    window.program.successor.tell()
    assert dialogs(window) == [], "told once"


def test_after_an_update_that_failed_it_says_why(window: Window) -> None:
    keep_ticket(NEWER, (), moment(), relay=2**22 + 1)
    (told_folder() / LOG).write_text("Программа открыта. Закройте её и повторите.\n", encoding="utf-8")
    (told_folder() / CODE).write_text("1\n", encoding="utf-8")
    window.program.successor.tell()
    told = shown(window.dialog)
    assert f"Обновление до версии {NEWER} не удалось" in told
    assert f"Работает прежняя версия {__version__}, файл учёта цел" in told
    assert "Программа открыта. Закройте её и повторите." in told
    window.dialog.leave.click()


def test_the_window_closes_and_what_waits_is_told_to_go(
    window: Window, program: Path, tmp_path: Path, own_folders: Path
) -> None:
    TinyPackage(tmp_path / "флешка", NEWER)
    look(window, tmp_path / "флешка").primary.click()
    window.wait(lambda: not window.window.isVisible())
    successor = window.program.successor
    assert (program / "VERSION").read_text(encoding="utf-8").strip() == __version__
    successor.go()  # as `main` does when Qt's loop has ended
    waiting = successor._waiting
    assert waiting is not None
    os.close(waiting._writing)  # the system does it when the process ends
    waiting.process.wait(60)
    assert (program / "VERSION").read_text(encoding="utf-8").strip() == NEWER
    assert (own_folders / "started").is_file()
