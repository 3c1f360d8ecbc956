"""Another sits down while a form is open: what was typed stays with who typed it, and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from app.core.roles import Role
from app.ui import deeds
from app.ui.consent_deed import BLANK
from app.ui.mailing_dialog import ask_mailing
from app.usecases import drafts, people
from app.usecases.mailing import To
from tests.factories import District
from tests.pages import Window, open_window, press
from tests.ui.pages_people import PeoplePage, WhoPage, words

ERMAKOVA, TIKHONOVA, GUEST = "Ермакова Л. В.", "Тихонова А. С.", "Гость Г. Г."


@pytest.fixture
def peopled(tmp_path: Path) -> Path:
    """An administrator with a password, an operator without, and one who only looks."""
    with District(tmp_path, today="2026-10-01") as district:
        known = {"name": "Орлов О. О.", "email": "orlov@example.org", "basis": "полномочия"}
        district.ngo("АНО «Светлый берег»", lines={"contact": [known]})
        first = district.write(people.add_person, ERMAKOVA, kind="people")
        people.sign_in(district.database, first)
        district.write(people.add_person, TIKHONOVA, kind="people")
        district.write(people.add_person, GUEST, role=Role.VIEWER, kind="people")
        return district.path


@pytest.fixture
def window(qtbot: Any, peopled: Path) -> Iterator[Window]:
    opened = open_window(qtbot, peopled)
    WhoPage(opened).choose(ERMAKOVA).enter()
    yield opened
    opened.close()


def take_over(window: Window, name: str) -> None:
    window.window.status.who.click()
    WhoPage(window).choose(name).enter()


def held(path: Path) -> dict[str, str]:
    """Whose drafts there are: person -> the name of the record in it."""
    return {draft.actor: str(draft.values["name"]) for draft in drafts.drafts(path)}


def test_each_has_a_draft_of_her_own_over_a_restart(peopled: Path, qtbot: Any) -> None:
    window = open_window(qtbot, peopled)
    WhoPage(window).choose(ERMAKOVA).enter()
    form = window.register("ngo").add().type("name", "Клуб «Рассвет»")
    take_over(window, TIKHONOVA)
    assert form.open
    assert held(peopled) == {ERMAKOVA: "Клуб «Рассвет»"}, "the other has typed nothing yet"
    form.type("name", "Клуб «Рассвет» и «Закат»")
    window.wait(lambda: len(held(peopled)) == 2)
    window.close()
    assert held(peopled) == {ERMAKOVA: "Клуб «Рассвет»", TIKHONOVA: "Клуб «Рассвет» и «Закат»"}
    for who, typed in held(peopled).items():
        again = open_window(qtbot, peopled)
        WhoPage(again).choose(who).enter()
        assert again.register("ngo").add().read("name") == typed
        again.close()


def test_a_saved_record_leaves_no_draft_of_either(window: Window, peopled: Path) -> None:
    form = window.register("ngo").choose(0).edit().type("note", "приём по средам")
    window.window.status.who.click()
    assert drafts.drafts(peopled)
    WhoPage(window).choose(TIKHONOVA).enter()
    form.type("note", "приём по средам и пятницам")
    form.save()
    assert not form.open
    assert drafts.drafts(peopled) == ()


def test_left_untouched_it_stays_with_who_began(window: Window, peopled: Path) -> None:
    form = window.register("ngo").add().type("name", "Клуб «Рассвет»")
    take_over(window, TIKHONOVA)
    window.window.page.step_back()
    assert not form.open
    assert window.notice == f"Не записано: черновик остался у того, кто начал: {ERMAKOVA}"
    assert held(peopled) == {ERMAKOVA: "Клуб «Рассвет»"}
    take_over(window, ERMAKOVA)
    page: Any = window.register("ngo").page
    page.editing.new()
    take_over(window, TIKHONOVA)
    page.editing.form.bar.drop_draft.click()
    assert held(peopled) == {ERMAKOVA: "Клуб «Рассвет»"}, "nobody throws away what is another's"


def test_who_only_looks_finds_no_form_open(window: Window, peopled: Path) -> None:
    form = window.register("ngo").add().type("name", "Клуб «Рассвет»")
    take_over(window, GUEST)
    assert not form.open
    assert held(peopled) == {ERMAKOVA: "Клуб «Рассвет»"}
    take_over(window, ERMAKOVA)
    assert window.register("ngo").add().read("name") == "Клуб «Рассвет»"


def test_under_a_new_name_it_is_still_hers(window: Window, peopled: Path) -> None:
    form = window.register("ngo").add().type("name", "Клуб «Рассвет»")
    page = PeoplePage(window).choose(ERMAKOVA)
    page.panel.change.click()
    page.answer(name="Ермакова-Лис Л. В.")
    window.register("ngo")
    window.window.page.step_back()
    assert not form.open
    assert held(peopled) == {"Ермакова-Лис Л. В.": "Клуб «Рассвет»"}


def test_the_choice_of_a_person_comes_before_any_password(qtbot: Any, peopled: Path) -> None:
    window = open_window(qtbot, peopled)
    WhoPage(window).choose(ERMAKOVA).enter()
    page = PeoplePage(window).choose(ERMAKOVA)
    page.panel.password.click()
    page.answer(password="Ладога 47", again="Ладога 47")
    window.window.status.who.click()
    card = WhoPage(window).card
    assert WhoPage(window).asks_password
    qtbot.waitUntil(lambda: QApplication.focusWidget() is card.list)
    window.close()


def test_a_refusal_of_a_role_leads_to_another_person(window: Window) -> None:
    take_over(window, GUEST)
    register = window.register("ngo")
    register.page.add_button.click()
    dialog = window.dialog
    assert words(dialog.primary) == "Сменить"
    press(dialog, Qt.Key.Key_Return)
    window.wait(lambda: window.window.page is window.window.pages["who"])
    WhoPage(window).choose(TIKHONOVA).enter()
    assert window.window.page is register.page
    assert register.add().open


def test_persons_do_not_leave_by_who_only_looks_and_she_learns_it_first(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given, **_: (asked.append(given[1]), ("", ""))[1])
    take_over(window, GUEST)
    page: Any = window.window.open("contacts")
    for button in (page.form_button, page.erase_button, page.consent_button):
        if button.isVisible():
            button.click()
            assert words(window.dialog.primary) == "Сменить", button.word
            window.dialog.leave.click()
    assert asked == []
    register: Any = window.register("ngo").page
    deed = next(act for word, _, act in deeds.of_card(register, register.card.card) if word.startswith("Бланк"))
    deed()
    combo = window.dialog.row.editor.box
    assert [combo.itemText(n) for n in range(combo.count())] == [BLANK]
    window.dialog.primary.click()
    assert asked == ["Сохранить бланк согласия"]
    register.export()
    assert not window.dialog.people.isVisible()
    assert any("Без контактных лиц" in one.text() for one in window.dialog.findChildren(QLabel))
    window.dialog.leave.click()
    dialog = ask_mailing(register)
    dialog.choose(To.CONTACT)
    assert dialog.to is To.SERVICE
    assert "просмотр" in dialog.notice.text()
    dialog.leave.click()
