"""The page «Контакты»: what has run out, one key to withdraw, «обезличить» with its act, the form of a consent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.models.copy_names import Why
from app.ui.consent_deed import BLANK, save_consent
from app.usecases import copies, registers
from app.usecases.contacts import Standing
from tests.factories import District, on
from tests.pages import Window, fill, open_window, press, type_text
from tests.reports.reading import page_texts
from tests.ui.pages_card import words_of

ANNA, VERA, OLGA = "Королёва Анна Петровна", "Белова Вера Ильинична", "Ильина Ольга Викторовна"
NONE = Qt.KeyboardModifier.NoModifier


def person(name: str, **values: Any) -> dict[str, Any]:
    given = {"name": name, "post": "казначей", "phone": "+7 (921) 555-01-77", "basis": "согласие", "consent": "7",
             "consent_on": on("2026-01-12"), "keep_until": on("2027-01-12")}  # fmt: skip
    return given | values


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    """Three persons of two NGOs; one's term ended on 1 October.  Today is the 5th."""
    with District(tmp_path, today="2026-07-01") as district:
        district.ngo("АНО «Светлый берег»", lines={"contact": [
            person(ANNA), person(OLGA, basis="ЕГРЮЛ", consent="", consent_on=None, keep_until=None, phone=""),
        ]})  # fmt: skip
        district.ngo("Фонд «Ёлочка»", lines={"contact": [person(VERA, keep_until=on("2026-10-01"), phone="8 813 701")]})
        copies.make_copy(district.database, Why.OPENING)
        path = district.path
    opened = open_window(qtbot, path, today="2026-10-05")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    opened.wait(lambda: opened.window.desk.jobs.idle)
    yield opened
    opened.close()


def names(page: Any) -> list[str]:
    return [one.name for one in page.shown]


def cells(page: Any) -> list[str]:
    """What the chosen row says."""
    model = page.table.model()
    return [str(model.index(page.table.row, n).data()).replace("\u00a0", " ") for n in range(model.columnCount())]


def choose(page: Any, name: str) -> None:
    page.table.choose(names(page).index(name))


def everyone(window: Window) -> Any:
    page: Any = window.window.open("contacts")
    if page.due_pill.property("kind") == "pill-on":
        page.due_pill.click()
    return page


def test_what_has_run_out_is_shown_first_and_enter_opens_the_ngo(window: Window) -> None:
    page: Any = window.window.open("contacts")
    assert names(page) == [VERA]
    assert cells(page) == [VERA, "Фонд «Ёлочка»", "8 813 701", "согласие", "№ 7 от 12.01.2026", "01.10.2026",
                           "срок истёк, до 31.10.2026"]  # fmt: skip
    assert page.header.fact.text().replace("\u00a0", " ") == "3 человека, пора обезличить: 1"
    assert QApplication.focusWidget() is page.table
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    register: Any = window.window.page
    assert register.register == "ngo"
    assert register.desk.read(registers.card, "ngo", register.chosen_id).values["name"] == "Фонд «Ёлочка»"
    QTest.keyClick(window.window.content, Qt.Key.Key_Escape)


def test_a_task_of_the_first_page_opens_them(window: Window) -> None:
    summary: Any = window.window.open("summary")
    (task,) = [t for t in summary.overview.tasks if t.page == "contacts"]
    page: Any = window.window.open(task.page, ids=task.ids, record=task.ids[0])
    assert names(page) == [VERA]
    assert page.chosen.name == VERA


def test_filters_by_state_and_search(window: Window) -> None:
    page = everyone(window)
    assert names(page) == [VERA, OLGA, ANNA]
    assert page.count.text() == ""
    assert list(page.standing_pill.choices().values()) == ["срок истёк: 1", "действует: 2"]
    page.standing_pill.choose(Standing.ACTIVE)
    assert names(page) == [OLGA, ANNA]
    assert page.count.text() == "2 из 3"
    page.standing_pill.choose(None)
    type_text(page.search, "ольга берег")
    window.wait(lambda: names(page) == [OLGA])
    type_text(page.search, "никого")
    window.wait(lambda: page.stack.currentIndex() == 1)
    assert "никого" in page.empty.title.text()
    page.empty.primary.click()
    assert names(page) == [VERA, OLGA, ANNA]


def test_one_key_withdraws_a_consent_and_says_what_follows(window: Window) -> None:
    page = everyone(window)
    choose(page, ANNA)
    assert page.withdraw_button.isVisible()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert page.chosen.name == ANNA, "the same person stays chosen"
    assert cells(page)[-1] == "согласие отозвано, до 04.11.2026"
    assert "Больше не звоните и не пишите" in window.notice
    assert "до 04.11.2026: закон даёт 30 дней" in window.notice
    assert not page.withdraw_button.isVisible()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert cells(page)[-1] == "действует", "a slip is taken back"
    choose(page, OLGA)
    assert not page.withdraw_button.isVisible(), "ЕГРЮЛ is no consent"
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert cells(page)[-1] == "действует"


def test_a_new_consent_is_written_in_place(window: Window) -> None:
    page: Any = window.window.open("contacts")
    page.consent_button.click()
    for key, text in (("number", "9"), ("keep_until", "05.10.2027")):
        fill(window.dialog.rows[key].editor, text)
    window.dialog.primary.click()
    choose(page, VERA)
    assert cells(page)[4:] == ["№ 9 от 05.10.2026", "05.10.2027", "действует"]


def erase(window: Window, page: Any) -> None:
    page.erase_button.click()
    window.dialog.primary.click()
    window.wait(lambda: not page.busy)


def test_erasing_is_told_before_and_gives_an_act(window: Window, tmp_path: Path, monkeypatch: Any) -> None:
    page: Any = window.window.open("contacts")
    page.erase_button.click()
    dialog = window.dialog
    assert "Отменить это нельзя" in dialog.text.text()
    assert dialog.row.editor.combo.currentText() == "истёк срок хранения, цель обработки достигнута"
    told = " ".join(dialog.told).replace("\u00a0", " ")
    assert "район 2026-07-01" in told
    assert "Рабочие копии" in told
    press(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible(), "Enter does not do what cannot be undone"
    press(dialog, Qt.Key.Key_Escape)
    assert names(page) == [VERA]
    erase(window, page)
    assert window.dialog.title.text() == "Акт №\u00a01 составлен"
    target = tmp_path / "акт.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    window.dialog.primary.click()
    window.wait(target.is_file)
    text = " ".join(page_texts(target.read_bytes()))
    assert "АКТ № 1 об уничтожении персональных данных" in text
    assert "район 2026-07-01" in text
    assert VERA not in text
    assert names(page) == [OLGA, ANNA, "обезличено №\u00a03"]
    choose(page, "обезличено №\u00a03")
    assert cells(page)[-1] == "обезличен 05.10.2026"
    assert not page.erase_button.isEnabled()
    page.acts_button.click()
    target.unlink()
    window.dialog.buttons_of[1].click()
    window.wait(target.is_file)
    window.dialog.close_dialog(done=False)


def test_all_whose_time_is_over_are_erased_each_for_its_reason(window: Window) -> None:
    page = everyone(window)
    assert not page.all_button.isVisible()
    choose(page, ANNA)
    page.withdraw()
    assert page.all_button.text() == "Обезличить всех: 2"
    page.all_button.click()
    told = window.dialog.told[0]
    assert f"• {ANNA}, АНО «Светлый берег»: согласие отозвано" in told
    assert f"• {VERA}, Фонд «Ёлочка»: истёк срок хранения" in told
    window.dialog.primary.click()
    window.wait(lambda: not page.busy)
    window.dialog.close_dialog(done=False)
    assert [one.standing for one in page.shown] == [Standing.ACTIVE, Standing.ERASED, Standing.ERASED]


def test_history_says_erased_and_nothing_is_offered_to_undo_it(window: Window) -> None:
    page: Any = window.window.open("contacts")
    ngo = page.shown[0].ngo_id
    erase(window, page)
    window.dialog.close_dialog(done=False)
    journal: Any = window.window.open("history")
    assert journal.changes[0].batch.title == "Обезличены контактные лица: 1, акт №\u00a01"
    assert journal.changes[0].undo_button.isHidden()
    states: Any = window.window.open("states", register="ngo", record=ngo)
    for place in range(states.list.count()):
        states.list.setCurrentRow(place)
        shown = words_of(states)
        assert "обезличен" in shown
        assert VERA not in shown


def test_a_form_with_a_name_is_noted_and_a_blank_one_is_not(window: Window, tmp_path: Path) -> None:
    page = everyone(window)
    desk = page.desk
    ngo = next(one for one in page.shown if one.name == ANNA)
    for contact, name in ((None, "пустой.pdf"), (ngo.id, "Анна.pdf")):
        save_consent(desk, window.window, ngo.ngo_id, contact, tmp_path / name)
        window.wait((tmp_path / name).is_file)
        window.wait(lambda name=name: name in window.notice)  # type: ignore[misc]
    assert ANNA in page_texts((tmp_path / "Анна.pdf").read_bytes())[0]
    page.exports_button.click()
    exports: Any = window.window.page
    (row,) = exports.found
    assert (row.what, row.people, row.where) == (
        "бланк согласия контактного лица", 1, "PDF, файл «Анна.pdf»",
    )  # fmt: skip
    assert str(exports.table.model().index(0, 2).data()) == "бланк согласия контактного лица"
    exports.step_back()
    assert window.window.page is page


def test_the_card_of_an_ngo_prints_the_form(window: Window, tmp_path: Path, monkeypatch: Any) -> None:
    page = window.register("ngo").page
    target = tmp_path / "согласие.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    (deed,) = [act for word, _, act in page.card._deeds if word.startswith("Бланк согласия")]
    deed()
    combo = window.dialog.row.editor.combo
    assert [combo.itemText(n) for n in range(combo.count())] == [ANNA, OLGA, BLANK]
    combo.setCurrentIndex(2)
    window.dialog.primary.click()
    window.wait(target.is_file)
    assert ANNA not in page_texts(target.read_bytes())[0]


def test_without_contacts_the_page_says_where_they_come_from(qtbot: Any, tmp_path: Path) -> None:
    with District(tmp_path) as district:
        path = district.path
    window = open_window(qtbot, path)
    page: Any = window.window.open("contacts")
    assert page.empty.title.text() == "Контактных лиц пока нет"
    page.empty.primary.click()
    assert window.window.page is window.window.pages["ngo"]
    exports: Any = window.window.open("personal_exports")
    assert "не выгружали" in exports.empty.title.text()
    window.close()


def test_f1_opens_what_the_manual_says_of_it_and_esc_returns(window: Window) -> None:
    page: Any = window.window.open("contacts")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    manual: Any = window.window.page
    assert manual.section == "Контакты и персональные данные"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.window.page is page


@pytest.mark.parametrize("size", [(910, 512), (1366, 696)])
def test_every_control_is_named_and_fits(window: Window, size: tuple[int, int]) -> None:
    window.window.resize(*size)
    page = everyone(window)
    QApplication.processEvents()
    assert page.minimumSizeHint().width() <= size[0] - 56
    assert page.table.isColumnHidden(4) == (size[0] < 1000)
    assert not page.table.horizontalScrollBar().isVisible(), "no column is pushed out"
    for widget in (page.search, page.table, page.erase_button, page.withdraw_button, page.form_button):
        assert widget.accessibleName() or widget.text()
