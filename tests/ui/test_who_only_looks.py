"""Whoever only looks presses everything on every page: each refusal is a sentence, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from app.core.errors import AppError, Deed
from app.core.roles import Role
from app.models.journal import chain_head
from app.records import REGISTERS
from app.ui import deeds
from app.ui.dialogs import Dialog
from app.ui.form_row import FormRow
from app.ui.widgets import Button
from app.usecases import documents, people
from tests.factories import District, on
from tests.pages import open_window
from tests.ui.pages_people import WhoPage, words
from tests.ui.test_every_widget import PAGES, WHERE

WALKED = {*REGISTERS, "document", "merge", "contacts", "calling", "story", "who", "settings", "recipients", "templates",
          "returns", "return", "regional", "calendar", "summary", "history"}  # fmt: skip


class Looker:
    """Who only looks: every press she makes, and what was refused only after she had filled something in."""

    def __init__(self, window: Any) -> None:
        self.window = window
        self.late: list[str] = []
        self.refusals: list[AppError] = []
        self.faults: list[BaseException] = []
        self._tell = window.errors.tell

    def note(self, error: BaseException, *args: Any) -> None:
        (self.refusals if isinstance(error, AppError) else self.faults).append(error)  # type: ignore[arg-type]
        self._tell(error, *args)

    def press(self, act: Callable[[], object], called: str) -> None:
        """One deed, then the first button of whatever it opened."""
        act()
        QApplication.processEvents()
        for dialog in [one for one in self.window.findChildren(Dialog) if one.isVisible()]:
            filled = bool(dialog.findChildren(FormRow))
            if dialog.right is not None:
                self.late.append(f"{called}: {dialog.title.text()}")
            before = len(self.refusals)
            primary = dialog.primary
            if primary.isVisible() and primary.isEnabled() and words(primary) != "Сменить":
                primary.click()
            if filled and (len(self.refusals) > before or "просмотр" in dialog.notice.text()):
                self.late.append(f"{called}: {dialog.title.text()}")
            if dialog.isVisible():
                dialog.leave.click()
        QApplication.processEvents()
        for dialog in [one for one in self.window.findChildren(Dialog) if one.isVisible()]:
            dialog.leave.click()
        QApplication.processEvents()


def test_every_button_by_who_only_looks(qtbot: Any, tmp_path: Path, monkeypatch: Any) -> None:
    with District(tmp_path) as district:
        ended = {"basis": "полномочия", "keep_until": on("2026-01-01")}
        known = [{"name": name, **ended} for name in ("Орлов О. О.", "Лисова Л. Л.")]
        svet = district.ngo("АНО «Светлый берег»", sonko=True, lines={"contact": known})
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
    window = opened.window
    looker = Looker(window)
    monkeypatch.setattr(window.errors, "tell", looker.note)
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
                looker.press(button.click, f"{key}, {words(button)}")
            if window.page is not page:
                window.open(key, **where.get(key, {}))
        for word, act in deeds_of(page):
            looker.press(act, f"{key}, {word}")
            if window.page is not page:
                window.open(key, **where.get(key, {}))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [one.title.text() for one in window.findChildren(Dialog)] == [], "no dialog outlives its answer"
    assert looker.faults == []
    assert looker.late == [], "refused before anything is filled in"
    roles = [told for told in looker.refusals if "просмотр" in told.message + told.hint]
    assert len(roles) > 30
    assert {told.deed for told in roles} == {Deed.SWITCH}
    assert window.desk.read(chain_head) == before
    opened.close()


def deeds_of(page: Any) -> list[tuple[str, Callable[[], object]]]:
    """What the menus of a page and of its chosen record do."""
    found: list[tuple[str, Callable[[], object]]] = []
    if hasattr(page, "menu") and hasattr(page, "card"):
        if page.card.card is not None:
            found += [(word, act) for word, _, act in deeds.of_card(page, page.card.card)]
        page.marking.mark_all()
        menu = page.menu.menu()
        found += [(action.text(), action.trigger) for action in menu.actions() if action.text()]
    return found
