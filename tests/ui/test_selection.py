"""The same thing for many: marked rows are counted and added up, and one deed means them all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.usecases import history
from tests.factories import District, on
from tests.pages import Window, fill, open_window
from tests.ui.pages_tables import CTRL, SHIFT, Tables


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-07-01") as district:
        svet = district.ngo("АНО «Свет»", registered_on=on("2020-01-01"), status="unverified")
        district.ngo("АНО «Заря»", registered_on=on("2026-05-01"), status="unverified")
        district.ngo("АНО «Причал»", registered_on=on("2019-01-01"))
        district.support(svet, "1 250 000,50")
        district.support(svet, "700")
        district.support(svet, form="214")
        district.service(district.centre(), "К4", [svet])
        path = district.path
    opened = open_window(qtbot, path, today="2026-10-05")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


def asked(tables: Tables, key: str, text: str) -> Any:
    """Shift+F2: the field and its value."""
    tables.key(Qt.Key.Key_F2, SHIFT)
    dialog = tables.window.dialog
    dialog.choose(key)
    fill(dialog.row.editor, text)
    dialog.do()
    tables.idle()
    return dialog


def of_all(tables: Tables, key: str) -> list[Any]:
    return [tables.card(id)[key] for id in tables.page.model.ids]


def batches(tables: Tables) -> list[str]:
    return [batch.title.replace("\u00a0", " ") for batch in tables.page.desk.read(history.recent_changes)]


def test_the_status_line_counts_and_adds_up(window: Window) -> None:
    tables = Tables(window, "support")
    tables.page.table.setFocus()
    tables.key(Qt.Key.Key_A, CTRL)
    assert tables.hint.startswith("Отмечено: 3 строки · Сумма: 1 250 700 ₽ · ")
    tables.key(Qt.Key.Key_Escape)
    assert not tables.hint.startswith("Отмечено")
    assert tables.mark(0).hint.startswith("Отмечено: 1 строка")
    services = Tables(window, "service").mark(0)
    assert "Часов: 1 · Человек: 1 · " in services.hint


def test_one_field_of_all_is_one_write_and_one_undo(window: Window) -> None:
    tables = Tables(window).mark(0, 1)
    before = len(batches(tables))
    asked(tables, "address", "г. Мурино")
    assert of_all(tables, "address") == ["г. Мурино", "г. Мурино", ""]
    assert len(batches(tables)) == before + 1
    assert batches(tables)[0] == "НКО: «Адрес» — г. Мурино, 2 организации"
    assert "Записано: 2 организации" in window.notice
    window.window.undo()
    assert of_all(tables, "address") == ["", "", ""]


def test_a_choice_and_an_empty_value(window: Window) -> None:
    tables = Tables(window)
    tables.page.table.setFocus()
    tables.key(Qt.Key.Key_A, CTRL)
    asked(tables, "okopf", "фонд")
    assert set(of_all(tables, "okopf")) == {"70400"}
    tables.key(Qt.Key.Key_F2, SHIFT)
    window.dialog.choose("registered_on")
    window.dialog.do()
    tables.idle()
    assert set(of_all(tables, "registered_on")) == {None}
    assert batches(tables)[0].startswith("НКО: «Дата регистрации» — пусто")


def test_who_cannot_take_it_is_named_and_the_rest_may_be_written(window: Window) -> None:
    tables = Tables(window).mark(0, 2)  # Заря of 2026, Свет of 2020
    asked(tables, "liquidated_on", "05.05.2025")
    window.wait(lambda: window.dialog.title.text() == "Не записано ничего")
    assert window.dialog.lines == ["АНО «Заря» — Дата ликвидации раньше даты регистрации."]
    assert of_all(tables, "liquidated_on") == [None, None, None]
    assert window.dialog.primary.word == "Записать остальные: 1"
    tables.key(Qt.Key.Key_Return).idle()
    assert of_all(tables, "liquidated_on") == [None, None, on("2025-05-05")]
    assert batches(tables)[0].endswith("(записано 1 из 2)")
    window.window.undo()
    assert of_all(tables, "liquidated_on") == [None, None, None]


def test_a_wrong_value_is_told_in_its_field(window: Window) -> None:
    tables = Tables(window).mark(0, 1)
    dialog = asked(tables, "registered_on", "вчера")
    assert dialog.isVisible()
    assert dialog.row.fault
    tables.key(Qt.Key.Key_Escape)


def test_all_are_checked_today(window: Window) -> None:
    tables = Tables(window).mark(0, 2)
    menu = tables.page.menu.menu()
    next(action for action in menu.actions() if action.text() == "Отметить проверку сегодня").trigger()
    tables.idle()
    assert of_all(tables, "verified_on") == [on("2026-10-05"), None, on("2026-10-05")]
    assert of_all(tables, "status") == ["active", "active", "active"]
    window.window.undo()
    assert of_all(tables, "verified_on") == [None, None, None]


def test_the_archive_names_who_holds_it_up(window: Window) -> None:
    tables = Tables(window).mark(0, 2)
    tables.page.table.setFocus()
    tables.key(Qt.Key.Key_Delete)
    fill(window.dialog.row.editor, "записаны дважды")
    tables.key(Qt.Key.Key_Return).idle()
    window.wait(lambda: window.dialog.title.text() == "Не записано ничего")
    assert window.dialog.lines[0].startswith("АНО «Свет» — На запись ссылаются")
    tables.key(Qt.Key.Key_Return).idle()
    assert tables.names == ["АНО «Причал»", "АНО «Свет»"]
    window.window.undo()
    assert len(tables.names) == 3


def test_without_marks_it_says_how_to_mark(window: Window) -> None:
    tables = Tables(window)
    tables.page.table.setFocus()
    tables.key(Qt.Key.Key_F2, SHIFT)
    assert "Сначала отметьте строки" in window.notice


def test_the_context_menu_of_a_row_has_its_deeds(window: Window) -> None:
    tables = Tables(window)
    tables.page.table.choose(0)
    words = [action.text().partition("\t")[0] for action in tables.page.menu.menu(of_row=True).actions()]
    assert words[:2] == ["Изменить", "Записать поддержку"]
    assert {"В архив", "Выгрузить…", "Рассылка…", "Столбцы…", "Фильтр…"} <= set(words)
    tables.mark(0)
    words = [action.text().partition("\t")[0] for action in tables.page.menu.menu(of_row=True).actions()]
    assert "Записать поддержку" not in words, "a deed of one record is not offered for the marked ones"
    assert "Одно поле у отмеченных…" in words
