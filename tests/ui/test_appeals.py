"""Appeals in the window: recorded with their term, answered by one key, made into a need, a service, support."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut

from app.ui.deeds import of_card
from app.usecases import registers
from tests.factories import District
from tests.pages import Window, fill, open_window
from tests.ui.pages_week import ALT, active, form_of, key

# QTest cannot turn a Cyrillic key into a character and says so; the shortcut is asked by the key alone.
either_layout = pytest.mark.qt_log_ignore("keyToAscii Unhandled key code", extend=True)


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-10-05") as district:
        svet = district.ngo("АНО «Светлый берег»", sonko=True)
        district.centre("РЦ «Опора»")
        district.save("appeal", {"ngo_id": svet, "subject": "О зале для занятий", "number": "15", "channel": "letter",
                                 "received_on": district.clock.today(), "text": "Нужен зал по вечерам"})  # fmt: skip
        path = district.path
    opened = open_window(qtbot, path, today="2026-10-06")
    yield active(opened)
    opened.close()


def test_an_appeal_is_recorded_and_its_term_is_counted(window: Window) -> None:
    page = window.register("appeal")
    form = page.add()
    form.type("sender", "Жительница посёлка").type("subject", "О регистрации").type("received_on", "28.09.2026").save()
    assert not form.open, form.faults
    assert str(page.card["due_on"]) == "2026-10-28"
    assert page.card["status_title"] == "в работе"
    assert page.page.name_of(page.page.card.card) == "Обращение без номера от 28.09.2026: О регистрации"
    form = page.add().type("subject", "Ничьё").save()
    assert "напишите рядом, кто обратился" in form.faults["ngo_id"]


@either_layout
@pytest.mark.parametrize("letter", ["J", "О"])
def test_answered_is_one_key_and_is_undone(window: Window, letter: str) -> None:
    page = window.register("appeal")
    key(Qt.Key(ord(letter)), ALT)
    assert (page.card["status"], str(page.card["answered_on"])) == ("answered", "2026-10-06")
    window.window.undo()
    assert page.card["status"] == "open"


@either_layout
@pytest.mark.parametrize("letter", ["G", "П"])
def test_a_need_is_one_key_away_and_both_name_each_other(window: Window, letter: str) -> None:
    appeals = window.register("appeal")
    key(Qt.Key(ord(letter)), ALT)
    form = form_of(window)
    assert window.window.page is window.window.pages["need"]
    assert (form.read("ngo_id"), form.read("opened_on")) == ("АНО «Светлый берег»", "05.10.2026")
    form.type("category_code", "Помещение").save()
    assert not form.open, form.faults
    need = window.register("need")
    assert need.card["appeal_id_title"] == "№\u00a015 от 05.10.2026: О зале для занятий"
    assert need.card["text"] == "Нужен зал по вечерам"
    window.window.open("appeal")
    assert "нужен зал" in appeals.card["became"].lower()
    told = " ".join(text for _, _, text, _ in _events(window, appeals))
    assert "потребность: Помещение" in told
    window.window.undo()
    assert (window.register("need").count, appeals.card["became"]) == (0, "")


@either_layout
@pytest.mark.parametrize(
    ("letter", "register"), [("E", "service"), ("У", "service"), ("V", "support"), ("М", "support")]
)
def test_a_service_and_support_are_one_key_away(window: Window, letter: str, register: str) -> None:
    appeals = window.register("appeal")
    key(Qt.Key(ord(letter)), ALT)
    form = form_of(window)
    assert window.window.page is window.window.pages[register]
    if register == "service":
        lines = form._form.tables["service_recipient"].lines
        assert [line.editors["ngo_id"].box.text() for line in lines] == ["АНО «Светлый берег»"]
        form.type("centre_id", "РЦ «Опора»").type("service_code", "К4").type("quantity", "1").type("hours", "1")
    else:
        form.type("form", "консультационная").type("consultations", "1")
    form.save()
    assert not form.open, form.faults
    window.window.open("appeal")
    assert appeals.card["became"].startswith("Услуга центра" if register == "service" else "Мера поддержки")


def test_the_keys_rest_while_a_form_is_open(window: Window) -> None:
    page = window.register("appeal")
    form = page.edit()
    own = [s for s in page.page.findChildren(QShortcut) if s.parent() is page.page and s.key().toString() == "Alt+J"]
    assert own
    assert not any(s.isEnabled() for s in own)
    key(Qt.Key.Key_J, ALT)  # «Отменить» of the form has the letter
    assert not form.open
    assert page.card["status"] == "open"
    key(Qt.Key.Key_J, ALT)
    assert page.card["status"] == "answered"


def test_an_open_form_is_not_lost_to_an_appeal(window: Window) -> None:
    form = window.register("need").add().type("text", "начато")
    window.register("appeal")
    key(Qt.Key.Key_G, ALT)
    assert "открыта другая форма" in window.notice
    assert form.open


def test_what_the_ngo_asked_stands_on_its_card(window: Window) -> None:
    page = window.register("ngo")
    assert any("Обращение" in text and "О зале" in text for _, _, text, _ in _events(window, page))


def _events(window: Window, page: Any) -> list[tuple[str, str, str, str]]:
    from app.ui import card_events

    desk: Any = window.window.desk
    card = desk.read(registers.card, page.page.register, page.page.chosen_id)
    return card_events.of(desk, page.page.register, card)


def test_the_term_of_answers_is_a_setting(window: Window) -> None:
    settings: Any = window.window.open("settings")
    form = settings.show_tab("terms")
    fill(form.rows["appeal_days"].editor, "15")
    form.save_button.click()
    form = window.register("appeal").add()
    form.type("sender", "Житель").type("subject", "О сроке").type("received_on", "28.09.2026").save()
    assert str(window.register("appeal").search("о сроке").card["due_on"]) == "2026-10-13"


def test_a_private_applicant_is_erased_from_the_card(window: Window) -> None:
    page = window.register("appeal")
    form = page.add().type("sender", "Тайнова Секретина Петровна").type("subject", "О клубе")
    form.type("received_on", "28.09.2026").save()
    card = page.page.card
    deed = next(act for word, _, act in of_card(page.page, card.card) if word == "Обезличить заявителя")
    deed()
    assert window.dialog.title.text() == "Обезличить: Тайнова Секретина Петровна"
    assert "обращение от 28.09.2026" in window.dialog.text.text()
    window.dialog.primary.click()
    window.wait(lambda: not window.window.desk.jobs.running)
    window.wait(lambda: window.dialog.title.text().replace("\u00a0", " ") == "Акт № 1 составлен")
    window.dialog.leave.click()
    assert page.card["sender"].startswith("обезличено")
    assert "Обезличить заявителя" not in [word for word, _, _ in of_card(page.page, page.page.card.card)]
