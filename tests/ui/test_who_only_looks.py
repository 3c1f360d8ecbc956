"""Whoever only looks presses everything on every page: each refusal is a sentence, and nothing is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from app.core.errors import AppError
from app.core.roles import Role
from app.models.journal import chain_head
from app.records import REGISTERS
from app.ui.dialogs import Dialog
from app.ui.widgets import Button
from app.usecases import documents, people
from tests.factories import District
from tests.pages import open_window
from tests.ui.pages_people import WhoPage
from tests.ui.test_every_widget import PAGES, WHERE

WALKED = {*REGISTERS, "document", "merge", "contacts", "calling", "story", "who"}


def press(window: Any, button: Button) -> None:
    button.click()
    QApplication.processEvents()
    for dialog in [one for one in window.findChildren(Dialog) if one.isVisible()]:
        if dialog.primary is not None and dialog.primary.isVisible() and dialog.primary.isEnabled():
            dialog.primary.click()
        if dialog.isVisible():
            dialog.leave.click()
    QApplication.processEvents()


def test_every_button_by_who_only_looks(qtbot: Any, tmp_path: Path, monkeypatch: Any) -> None:
    with District(tmp_path) as district:
        svet = district.ngo("АНО «Светлый берег»", sonko=True)
        district.ngo("АНО Светлый берег", ogrn=None, inn=None)
        (district.support(svet, "50 000"), district.need(svet))
        district.write(documents.attach, "ngo", svet, [documents.NewFile("1.txt", b"1")])
        first = district.write(people.add_person, "Администратор А. А.", kind="people")
        people.sign_in(district.database, first)
        district.write(people.add_person, "Гость Г. Г.", role=Role.VIEWER, kind="people")
        path = district.path
    for name, answer in (("getSaveFileName", ("", "")), ("getOpenFileName", ("", "")), ("getOpenFileNames", ([], "")),
                         ("getExistingDirectory", "")):  # fmt: skip
        monkeypatch.setattr(QFileDialog, name, lambda *_, answer=answer, **__: answer)
    monkeypatch.setattr(QMenu, "exec", lambda *_, **__: None)
    monkeypatch.setattr(QMenu, "popup", lambda *_, **__: None)
    opened = open_window(qtbot, path)
    WhoPage(opened).choose("Гость Г. Г.").enter()
    window, faults, refusals = opened.window, [], []
    tell = window.errors.tell

    def note(error: BaseException, *args: Any) -> None:
        (refusals if isinstance(error, AppError) else faults).append(repr(error))
        tell(error, *args)

    monkeypatch.setattr(window.errors, "tell", note)
    assert window.desk is not None
    before = window.desk.read(chain_head)
    where = {**WHERE, "document": {"record": 1}}
    for key in [page for page in (*PAGES, "document") if page in WALKED]:
        page: Any = window.open(key, **where.get(key, {}))
        opened.wait(lambda: not window.desk.jobs.running)
        for button in page.findChildren(Button):
            try:
                ready = button.isVisible() and button.isEnabled()
            except RuntimeError:  # an earlier press made the page anew
                continue
            if ready:
                press(window, button)
            if window.page is not page:
                window.open(key, **where.get(key, {}))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [one.title.text() for one in window.findChildren(Dialog)] == [], "no dialog outlives its answer"
    assert faults == []
    assert sum("просмотр" in told for told in refusals) > 10
    assert window.desk.read(chain_head) == before
    opened.close()
