"""Former states in the window, and the history of the district: found, opened, undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.models.journal import erase
from app.usecases import reminders
from tests.factories import District
from tests.pages import Window, open_window, press
from tests.ui.pages_card import history_of_district, words_of

CONTACT = {"name": "Сомов В. А.", "post": "бухгалтер", "basis": "согласие"}


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-07-01") as district:
        svet = district.ngo("АНО «Светлый берег»", lines={"contact": [CONTACT]})
        district.at("2026-07-02").save("ngo", {"address": "г. Мурино", "note": "был звонок"}, id=svet)
        district.database.actor = "Ермакова Л. В."
        district.at("2026-07-03").save("ngo", {"address": "г. Кудрово"}, id=svet, lines={"contact": []})
        district.write(_need, svet, title="Потребность: добавлена «стол»")
    opened = open_window(qtbot, district.path, today="2026-07-06")
    yield opened
    opened.close()


def _need(session: Any, ngo: int) -> None:
    from app.usecases.needs import open_need

    open_need(session, {"ngo_id": ngo, "category_code": "finance", "opened_on": date(2026, 7, 3), "text": "стол"})


def states_of(window: Window) -> Any:
    register = window.register("ngo").choose(0)
    deeds = {name: act for name, _, act in register.page.card._deeds}
    deeds["Прежние состояния"]()
    return window.window.page


def test_states_are_listed_and_each_is_read_whole(window: Window) -> None:
    page = states_of(window)
    texts = [page.list.item(row).text() for row in range(page.list.count())]
    assert len(texts) == 3
    assert "· сейчас" in texts[0]
    assert "Ермакова Л. В." in texts[0]
    assert not page.restore_button.isVisible()
    press(page.list, Qt.Key.Key_Down)
    words = words_of(page)
    assert "Адрес г. Мурино" in words
    assert "Контактные лица: 1 Сомов В. А. · бухгалтер · согласие" in words
    press(page.list, Qt.Key.Key_Up)
    assert "г. Мурино — стало г. Кудрово" in words_of(page)
    press(page.list, Qt.Key.Key_Return)
    assert page.area.hasFocus()
    page.step_back()
    assert page.list.hasFocus()
    page.step_back()
    assert window.window.page is window.window.pages["ngo"]
    assert window.window.page.table.hasFocus()


def test_a_state_comes_back_by_its_button_and_is_undone(window: Window) -> None:
    page = states_of(window)
    page.list.setCurrentRow(2)
    assert page.restore_button.isVisible()
    page.restore_button.click()
    assert page.list.count() == 4
    register = window.register("ngo").choose(0)
    assert (register.card["address"], register.card["note"]) == ("", "")
    assert len(register.page.card.card.lines["contact"]) == 1
    window.window.undo()
    assert register.card["address"] == "г. Кудрово"


def test_what_was_erased_says_so_and_the_refusal_is_told(window: Window) -> None:
    desk = window.window.desk
    desk.write("edit", "обезличено", erase, "contact", 1, ["name", "post"], changed={"ngo"})
    page = states_of(window)
    page.list.setCurrentRow(2)
    assert "обезличено · обезличено · согласие" in words_of(page)
    page.restore_button.click()
    assert "обезличены: вернуть его целиком нельзя" in words_of(window.dialog)


def test_history_is_sifted_by_person_register_day_and_words(window: Window) -> None:
    page = history_of_district(window)
    whole = len(page.titles)
    assert page.titles[0].startswith(("Потребность", "Справочники"))
    assert page.sift(person="Ермакова Л. В.") == ["Потребность: добавлена «стол»", "правка"]
    assert page.sift(kind="Потребности") == ["Потребность: добавлена «стол»"]
    page.page.clear_filters()
    assert len(page.sift(day="02.07.2026")) == 1
    page.page.clear_filters()
    assert page.sift(text="ДОБАВЛЕНА стол") == ["Потребность: добавлена «стол»"]
    assert page.sift(text="такого нет") == []
    assert "Таких изменений нет" in words_of(page.page)
    page.page.step_back()
    assert len(page.titles) == whole, "Esc takes the filters off first"
    page.page.step_back()
    assert window.window.page is window.window.pages["summary"]


def test_a_change_opens_its_record(window: Window) -> None:
    page = history_of_district(window)
    opened = page.open("Потребность: добавлена «стол»")
    assert opened is window.window.pages["need"]
    assert opened.chosen_id == 1


def test_what_was_written_is_called_by_the_short_name(window: Window) -> None:
    whole = "Автономная некоммерческая организация поддержки старшего поколения района «Ольха»"
    window.register("ngo").add().type("name", whole).save()
    written = history_of_district(window).titles[0]
    assert written == "НКО: добавлена запись «АНО поддержки старшего поколения района „Ольха“»"
    window.register("ngo").search("ольха").choose(0).edit().type("short_name", "АНО «Ольха»").save()
    assert history_of_district(window).titles[0] == "НКО: изменена запись «АНО „Ольха“»"


def test_the_history_stays_where_she_was_after_an_undo(window: Window) -> None:
    assert window.window.desk is not None
    for number in range(40):
        window.window.desk.write("edit", f"Напоминание {number}", reminders.remind, f"дело {number}", date(2026, 7, 1))
    page = history_of_district(window)
    QApplication.processEvents()
    line = next(line for line in page.page.changes if line.batch.title == "Напоминание 38")
    line.undo_button.setFocus()
    press(line.undo_button, Qt.Key.Key_Space)
    for _ in range(5):
        QApplication.processEvents()
    bar = page.page.area.verticalScrollBar()
    assert bar.maximum() > 500
    assert bar.value() < 100
    assert QApplication.focusWidget() is page.page.changes[1].open_button, "that of the undo opens nothing"


def test_the_form_of_an_ngo_is_called_by_its_short_name(window: Window) -> None:
    full = "Автономная некоммерческая организация «Центр поддержки семьи и детства на Ладоге и в Приладожье»"
    form = window.register("ngo").add().type("name", full).save()
    assert not form.open, form.faults
    page: Any = window.register("ngo").edit()
    assert window.window.page.header.title.text().startswith("АНО «Центр")  # type: ignore[attr-defined]
    assert page.open
