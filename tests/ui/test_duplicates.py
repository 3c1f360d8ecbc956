"""The likely duplicate is told while an NGO is typed: with the reason, opened with a key, or told apart for good."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.widgets import to_latin
from app.usecases.drafts import drafts
from tests.factories import District
from tests.pages import FormPage, Window, fill, open_window, type_text

ALT = Qt.KeyboardModifier.AltModifier
INN = "7707083893"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with District(tmp_path, today="2026-07-01") as district:
        district.ngo("Автономная некоммерческая организация «Светлый берег»", inn=INN,
                     address="188661, Ленинградская область, г. Мурино, Лесная ул., д. 1")  # fmt: skip
        district.ngo("Фонд «Ёлочка»")
        district.ngo("АНО соседских центров «Вересковая верста»", short_name="АНО «Вересковая верста»")
        return district.path


@pytest.fixture
def window(qtbot: Any, path: Path) -> Iterator[Window]:
    opened = open_window(qtbot, path, today="2026-07-06")
    opened.window.resize(1366, 768)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


def typed(window: Window, **values: str) -> FormPage:
    """A new card as far as it is typed, and what is told of it by then."""
    form = window.register("ngo").add()
    likeness = _likeness(form)
    window.wait(lambda: likeness.ready)
    for key, text in values.items():
        type_text(form._form.rows[key].editor.box, text)
    window.wait(lambda: not likeness._timer.isActive())
    return form


def _likeness(form: FormPage) -> Any:
    return form._page.editing.likeness


def told(form: FormPage) -> list[str]:
    return list(_likeness(form).beside.told)


@pytest.mark.parametrize(("values", "why"), [
    ({"name": "Фонд Светлый Берег"}, "то же название без формы и кавычек"),
    ({"name": "АНО «Светлый береx»"}, ""),
    ({"name": "Совсем иначе", "inn": INN}, "тот же ИНН"),
    ({"name": "Совсем иначе", "address": "Мурино, ул. Лесная 1"}, "тот же адрес"),
    ({"name": "АНО «Светлый берег»", "inn": INN, "address": "Мурино, Лесная, 1"},
     "тот же ИНН, то же название без формы и кавычек, тот же адрес"),
    ({"name": "фонд елочка"}, "то же название"),
    ({"name": "Союз «Вересковая верста»"}, "то же название без формы и кавычек"),
    ({"name": "Вересковая верста"}, "то же название без формы и кавычек"),
])  # fmt: skip
def test_why_a_card_is_alike(window: Window, values: dict[str, str], why: str) -> None:
    form = typed(window, **values)
    if not why:
        assert told(form) in ([], ["Автономная некоммерческая организация «Светлый берег»: похожее название"])
        return
    (line,) = told(form)
    assert line.endswith(f": {why}"), line


def test_the_other_card_is_opened_with_a_key_and_the_draft_is_kept(window: Window, path: Path) -> None:
    form = typed(window, name="АНО «Светлый берег»")
    (open_, _), = _likeness(form).beside.buttons  # fmt: skip
    assert open_.mnemonic
    QTest.keyClick(QApplication.focusWidget(), Qt.Key(ord(to_latin(open_.mnemonic))), ALT)
    assert not form.open
    page = window.register("ngo").page
    assert page.card.title.text().endswith("«Светлый берег»")
    assert [draft.values["name"] for draft in drafts(path)] == ["АНО «Светлый берег»"]


def test_told_apart_once_is_told_apart_for_good(qtbot: Any, path: Path) -> None:
    first = open_window(qtbot, path, today="2026-07-06")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is first.window)
    form = typed(first, name="Фонд «Светлый берег»")
    assert len(told(form)) == 1
    (_, apart), = _likeness(form).beside.buttons  # fmt: skip
    QTest.keyClick(QApplication.focusWidget(), Qt.Key(ord(to_latin(apart.mnemonic))), ALT)
    assert told(form) == []
    form.save()
    assert not form.open, form.faults
    first.close()

    again = open_window(qtbot, path, today="2026-07-06")
    pairs: Any = again.window.open("merge")
    again.wait(lambda: not pairs.busy)
    assert pairs.pairs == [], "neither on the page of pairs"
    ngo = again.register("ngo")
    ngo.page.choose(4)
    form = ngo.edit()
    again.wait(lambda: _likeness(form).ready)
    assert told(form) == [], "nor in the form of either"
    fill(form._form.rows["address"].editor, "г. Мурино")
    assert told(form) == []
    again.close()


def test_what_was_told_apart_is_in_the_draft_too(window: Window, path: Path) -> None:
    form = typed(window, name="Фонд «Светлый берег»")
    _likeness(form).first_is_other()
    form._page.step_back()
    form._page.editing.new()
    window.wait(lambda: _likeness(form).ready)
    assert form.read("name") == "Фонд «Светлый берег»"
    assert told(form) == []


def test_a_kept_card_is_told_apart_at_once_and_undone(window: Window) -> None:
    form = typed(window, name="Фонд «Светлый берег»")
    form.save()
    form = window.register("ngo").edit()
    window.wait(lambda: _likeness(form).ready)
    assert len(told(form)) == 1
    _likeness(form).first_is_other()
    assert told(form) == []
    assert "разные организации" in window.window.undo_bar.text.text()


def test_on_a_narrow_screen_it_stands_below_the_fields(window: Window) -> None:
    window.window.resize(910, 512)
    form = typed(window, name="Фонд «Светлый берег»")
    likeness = _likeness(form)
    assert not form._form.panel.isVisible()
    assert likeness.below.isVisible()
    assert len(likeness.below.told) == 1


def test_a_wrong_number_is_told_on_leaving_the_field(window: Window) -> None:
    form = window.register("ngo").add().type("inn", "1655494611").type("ogrn", "1231600019706")
    assert "Контрольная цифра" in form.faults["inn"]
    assert "ОГРН" in form._form.rows["ogrn"].field.title
    assert form.faults["ogrn"]
