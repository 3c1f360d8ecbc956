"""Two cards of one NGO: found, put side by side, made one field by field, undone whole; or told apart for good."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.usecases import registers
from app.usecases.history import recent_changes
from tests.factories import District
from tests.pages import Window, open_window

TODAY = "2026-07-06"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with District(tmp_path, today="2026-07-01") as district:
        inn = district.inn()
        svet = district.ngo(
            "АНО «Светлый берег»", inn=inn, sonko=True, activities=["1"], address="г. Мурино, Лесная ул., д. 1",
            lines={"ngo_year": [{"year": 2025, "staff": 3}],
                   "contact": [{"name": "Белова Анна", "basis": "согласие"}]},
        )  # fmt: skip
        again = district.ngo(
            "Фонд Светлый берег", okopf=None, ogrn=None, inn=inn, activities=["1", "9"], phone="8 813 111-22-33",
            address="Мурино, ул. Лесная, 1 лит. А", site="bereg.example",
            lines={"ngo_year": [{"year": 2025, "volunteers": 20}, {"year": 2024, "staff": 2}],
                   "contact": [{"name": "Громов Пётр", "basis": "согласие"}]},
        )  # fmt: skip
        district.ngo("АНО «Озёрный круг»")
        district.ngo("АНО «Озерный круг»", ogrn=None, inn=None)
        district.support(svet, "50 000")
        district.support(again, form="218")
        centre = district.centre()
        district.service(centre, recipients=[again])
        return district.path


@pytest.fixture
def window(qtbot: Any, path: Path) -> Iterator[Window]:
    opened = open_window(qtbot, path, today=TODAY)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


def pairs_page(window: Window) -> Any:
    page: Any = window.window.open("merge")
    window.wait(lambda: not page.busy)
    return page


def key(name: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), name, modifiers)


def card(window: Window, id: int) -> registers.Card:
    assert window.window.desk is not None
    return window.window.desk.read(registers.card, "ngo", id)


def row_of(page: Any, field: str) -> int:
    return next(i for i, one in enumerate(page.model.comparison.fields) if one.key == field)


def test_likely_pairs_are_listed_with_the_reason_and_walked(window: Window) -> None:
    page = pairs_page(window)
    assert [pair[:2] for pair in page.pairs] == [(1, 2), (3, 4)]
    assert page.why.text().startswith("Пара 1 из 2: тот же ИНН, то же название без формы и кавычек. ")
    assert QApplication.focusWidget() is page.table
    key(Qt.Key.Key_PageDown)
    assert page.why.text().startswith("Пара 2 из 2: то же название. ")
    key(Qt.Key.Key_PageUp)
    assert page.place == 0
    heads = [page.model.headerData(column, Qt.Orientation.Horizontal) for column in (1, 2)]
    assert heads == ["Останется: АНО «Светлый берег»", "Уйдёт с учёта: Фонд Светлый берег"]
    hanging = [page.model.index(page.model.rowCount() - 1, column).data() for column in (1, 2)]
    hanging = [text.replace("\u00a0", " ") for text in hanging]
    assert hanging == ["поддержка: 1 запись", "поддержка: 1 запись; услуги центров: 1 запись"]
    assert "Фонд Светлый берег" in page.fate.text()


def test_field_by_field_by_keyboard_and_one_undo(window: Window) -> None:
    before = [card(window, id) for id in (1, 2)]
    page = pairs_page(window)
    page.table.choose(row_of(page, "address"))
    key(Qt.Key.Key_Right)
    page.table.choose(row_of(page, "name"))
    key(Qt.Key.Key_Space)
    assert page.model.taken["name"] == "right"
    key(Qt.Key.Key_Left)
    assert page.model.taken["name"] == "left"
    page.table.choose(row_of(page, "ogrn"))
    key(Qt.Key.Key_Right)
    assert page.model.taken["ogrn"] == "left", "the number is that of the card that stays"
    key(Qt.Key.Key_Return, CTRL)
    kept, lost = card(window, 1), card(window, 2)
    assert lost.values["merged_into_id"] == 1
    assert kept.values["name"] == "АНО «Светлый берег»"
    assert kept.values["address"] == "Мурино, ул. Лесная, 1 лит. А"
    assert (kept.values["phone"], kept.values["site"]) == ("8 813 111-22-33", "bereg.example"), "what it lacked"
    assert set(kept.values["activities"]) == {"1", "9"}
    years = {line["year"]: (line["staff"], line["volunteers"]) for line in kept.lines["ngo_year"]}
    assert years == {2025: (3, 20), 2024: (2, None)}
    assert [line["name"] for line in kept.lines["contact"]] == ["Белова Анна", "Громов Пётр"]
    assert lost.lines["contact"] == (), "a person is kept on one card alone"
    assert [pair[:2] for pair in page.pairs] == [(3, 4)], "the next pair"
    ngo = window.register("ngo")
    ngo.page.choose(1)
    told = {words[2] for words in _events(window, ngo)}
    assert len(told) == 3, "what hung on both stands on the card that stayed"
    window.window.undo()
    assert [card(window, id) for id in (1, 2)] == before


def _events(window: Window, ngo: Any) -> list[Any]:
    from app.ui import card_events

    assert window.window.desk is not None
    return card_events.of(window.window.desk, "ngo", ngo.page.card.card)


def test_a_merge_is_undone_after_a_restart(qtbot: Any, path: Path) -> None:
    first = open_window(qtbot, path, today=TODAY)
    before = [card(first, id) for id in (1, 2)]
    pairs_page(first)
    first.window.page.merge.click()
    assert card(first, 2).values["merged_into_id"] == 1
    first.close()
    again = open_window(qtbot, path, today=TODAY)
    history: Any = again.window.open("history")
    assert again.window.desk is not None
    (batch, *_) = again.window.desk.read(recent_changes)
    assert batch.title.startswith("НКО: карточка «Фонд Светлый берег» объединена с")
    from app.ui.pages.changes import ChangeRow

    line = next(line for line in history.findChildren(ChangeRow) if line.batch.id == batch.id)
    line.undo_button.click()
    assert [card(again, id) for id in (1, 2)] == before
    again.close()


def test_another_card_may_stay_and_choices_stand(window: Window) -> None:
    page = pairs_page(window)
    key(Qt.Key.Key_PageDown)
    page.table.choose(row_of(page, "name"))
    key(Qt.Key.Key_Right)
    page.swap.click()
    assert page.refusal.isVisible()
    assert "без ОГРН" in page.refusal.text()
    assert not page.merge.isEnabled(), "and the reason stands on the page"
    assert page.model.taken["name"] == "right"
    page.swap.click()
    assert page.merge.isEnabled()


def test_told_apart_is_never_offered_again(qtbot: Any, window: Window, path: Path) -> None:
    page = pairs_page(window)
    key(Qt.Key.Key_PageDown)
    key(Qt.Key.Key_Delete)
    assert [pair[:2] for pair in page.pairs] == [(1, 2)]
    window.register("ngo")
    assert [pair[:2] for pair in pairs_page(window).pairs] == [(1, 2)]
    window.window.undo()
    window.wait(lambda: not page.busy)
    assert [pair[:2] for pair in page.pairs] == [(1, 2), (3, 4)], "told apart by mistake: undone as anything else"


def test_two_marked_rows_stand_side_by_side(window: Window) -> None:
    ngo = window.register("ngo")
    key(Qt.Key.Key_Down)
    for _ in range(2):
        key(Qt.Key.Key_Insert)
    assert "Ctrl+M — сравнить и объединить" in window.notice
    ids = tuple(ngo.page.marking.ids)
    key(Qt.Key.Key_M, CTRL)
    page: Any = window.window.page
    assert page is window.window.pages["merge"]
    assert (page.model.comparison.left.id, page.model.comparison.right.id) == ids
    assert page.header.title.text() == "Две карточки одной НКО"
    key(Qt.Key.Key_Escape)
    assert window.window.page is ngo.page


def test_no_pairs_is_said(window: Window) -> None:
    page = pairs_page(window)
    page.merge.click()
    page.apart.click()
    assert page.empty.isVisible()
    assert page.empty.title.text() == "Похожих карточек нет"
    assert not page.bar.isVisible()
