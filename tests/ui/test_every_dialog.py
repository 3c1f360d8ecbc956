"""Every dialog that a page, a row or a key opens: names, letters, Tab, Esc, and the focus comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from app.records import REGISTERS
from app.ui import extras
from app.ui.dialogs import Dialog
from app.ui.mnemonics import free_letter
from app.ui.widgets import Button
from tests.pages import Window, open_window
from tests.ui.test_every_widget import controls, told, without_a_name

DAY = "2026-11-10"
PAGES: list[tuple[str, dict[str, Any]]] = [
    ("calendar", {}), ("calling", {}), ("contacts", {}), ("recipients", {}),
    *(("settings", {"tab": tab}) for tab in ("dictionaries", "calendar", "opening", "people", "copies")),
]  # fmt: skip
LEFT_ALONE = ("Создать копию сейчас", "Проверить файл")
"""Buttons whose deed is long and opens no dialog."""


MOST = 14  # buttons of a page: what stands in rows is like the first of them


@pytest.fixture
def window(qtbot: Any, demo_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    for name, answer in (("getSaveFileName", ("", "")), ("getOpenFileName", ("", "")), ("getOpenFileNames", ([], "")),
                         ("getExistingDirectory", "")):  # fmt: skip
        monkeypatch.setattr(QFileDialog, name, lambda *_, answer=answer, **__: answer)
    monkeypatch.setattr(QMenu, "popup", lambda *_, **__: None)
    opened = open_window(qtbot, demo_copy, today=DAY)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


def shown(window: Window) -> Dialog | None:
    return next((one for one in window.window.findChildren(Dialog) if one.isVisible()), None)


def letters_of(dialog: Dialog) -> list[str]:
    """Letters that press two buttons, and buttons that no letter presses though one of their word is free."""
    buttons = [b for b in dialog.card.findChildren(Button) if b.isVisible() and b.word]
    keys = [key.toString() for one in dialog.findChildren(QShortcut) for key in one.keys()]  # noqa: SIM118
    return [f"{key} twice" for key in set(keys) if keys.count(key) > 1] + [
        f"«{button.word}» has no letter" for button in buttons
        if not button.mnemonic and free_letter(button.word, {one.mnemonic.lower() for one in buttons})
    ]  # fmt: skip


def passed_by(dialog: Dialog) -> list[str]:
    """Enabled controls that Tab does not come to; a group of ways is one stop."""
    first, seen = QApplication.focusWidget(), []
    for _ in range(200):
        at = QApplication.focusWidget()
        assert at is not None
        if at in seen:
            break
        assert dialog.isAncestorOf(at), f"Tab leads out of «{dialog.title.text()}» to {told(at)}"
        seen.append(at)
        QTest.keyClick(at, Qt.Key.Key_Tab)
    if first is not None:
        first.setFocus()
    return [told(one) for one in controls(dialog) if one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
            and one not in seen and not any(one.isAncestorOf(at) for at in seen)]  # fmt: skip


def look_at(window: Window, dialog: Dialog, back: QWidget | None) -> list[str]:
    """What is wrong with a dialog that has just opened; closes it by Esc."""
    QApplication.processEvents()
    at = QApplication.focusWidget()
    name = dialog.title.text()
    if at is None or not dialog.isAncestorOf(at):
        dialog.close_dialog(done=False)
        return [f"{name}: the focus is in {told(at) if at else None}"]
    wrong = [*without_a_name(dialog), *letters_of(dialog), *passed_by(dialog)]
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    QApplication.processEvents()
    if dialog.isVisible():
        dialog.close_dialog(done=False)
        return [f"{name}: Esc does not close it", *wrong]
    now = QApplication.focusWidget()
    if back is not None and back.isVisible() and now is not back:
        wrong.append(f"the focus went to {told(now) if now else None} and not back to {told(back)}")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [f"{name}: {what}" for what in wrong]


def after(window: Window, act: Callable[[], object]) -> tuple[str, list[str]]:
    """The dialog that a deed opened, and what is wrong with it."""
    back = QApplication.focusWidget()
    act()
    window.wait(lambda: not window.window.desk.jobs.running)  # a paper opens a page of its own when it is made
    QApplication.processEvents()
    dialog = shown(window)
    if dialog is None:
        return "", []
    name = dialog.title.text()
    return name, look_at(window, dialog, back)


def test_dialogs_of_rows_and_tables(window: Window) -> None:
    seen, wrong, done = set(), [], set()
    for key in REGISTERS:
        page: Any = window.window.open(key)
        while True:
            window.window.open(key)
            page.table.choose(0)
            page.table.setFocus()
            deeds = {action.text(): action for action in page.menu.menu(of_row=True).actions() if action.text()}
            word = next((word for word in deeds if word not in done), None)
            if word is None:
                break
            done.add(word)  # what all registers have is the same everywhere
            name, found = after(window, deeds[word].trigger)
            seen.add(name)
            wrong += found
            page.filters.panel.close_panel()
            page.marking.clear()
            for other in window.window.pages.values():
                if getattr(getattr(other, "editing", None), "open", False):
                    other.editing.leave()
    assert len(seen) > 12, seen
    assert wrong == []


def test_dialogs_of_pages(window: Window) -> None:
    seen, wrong = set(), []
    for key, where in PAGES:
        page: Any = window.window.open(key, **where)
        jobs = window.window.desk.jobs  # type: ignore[union-attr]
        window.wait(lambda jobs=jobs: jobs.idle)  # type: ignore[misc]
        inside = page.panels[where["tab"]] if where else page
        for button in [one for one in inside.findChildren(Button) if one.word][:MOST]:
            try:
                ready = button.isVisible() and button.isEnabled() and button.word not in LEFT_ALONE
                ready = ready and button.property("kind") != "tab"
            except RuntimeError:  # an earlier press made the page anew
                continue
            if not ready:
                continue
            button.setFocus()
            name, found = after(window, button.click)
            seen.add(name)
            wrong += found
            if window.window.page is not page:
                window.window.open(key, **where)
    assert len(seen) > 12, seen
    assert wrong == []


def test_dialogs_of_keys_and_faults(window: Window) -> None:
    page: Any = window.window.open("ngo")
    page.table.choose(0)
    page.table.setFocus()
    wrong = []
    for act in (lambda: extras.show("keys", window.window), lambda: extras.show("first start", window.window),
                lambda: extras.show("find", window.window), window.window.remind,
                lambda: window.window.tell(ValueError("x"))):  # fmt: skip
        name, found = after(window, act)
        assert name is not None
        wrong += found
    assert wrong == []
