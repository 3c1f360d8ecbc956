"""A filter by any field, made by the keyboard in at most three keys beyond what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.ui.register_export import told
from tests.factories import District
from tests.pages import Window, open_window
from tests.ui.pages_tables import Tables


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-07-01") as district:
        svet = district.ngo("АНО «Свет»", address="г. Мурино, ул. Новая", sonko=True, activities=["8"])
        elka = district.ngo("Фонд «Ёлка»", address="д. Колтуши", status="inactive")
        district.ngo("АНО «Причал»", status="unverified")
        district.ngo("АНО «Тишина»", status="liquidating")
        district.at("2026-10-05")
        district.support(svet, "1 250 000,50", day="2026-08-12")
        district.support(svet, "700", day="2026-10-01")
        district.support(elka, "50 000", day="2026-10-02")
        path = district.path
    opened = open_window(qtbot, path, today="2026-10-05")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


@pytest.fixture
def tables(window: Window) -> Tables:
    return Tables(window)


def test_the_value_first_two_keys(tables: Tables) -> None:
    tables.filter("не ведёт")
    assert tables.pills == ["Статус: не ведёт деятельность"]
    assert tables.names == ["Фонд «Ёлка»"]
    assert tables.keys == 2, "F4 and Enter"


def test_the_field_then_its_value_three_keys(tables: Tables) -> None:
    tables.filter("адр", "МУРИНО")
    assert tables.pills == ["Адрес: содержит «МУРИНО»"]
    assert tables.names == ["АНО «Свет»"]
    assert tables.keys == 3


def test_the_field_and_its_value_in_one_line(tables: Tables) -> None:
    tables.filter("адрес колт")
    assert tables.names == ["Фонд «Ёлка»"]
    assert tables.keys == 2


def test_empty_and_filled_of_any_field(tables: Tables) -> None:
    tables.filter("адрес пусто")
    assert tables.names == ["АНО «Причал»", "АНО «Тишина»"]
    tables.filter("адрес заполнено")
    assert tables.names == ["АНО «Свет»", "Фонд «Ёлка»"]
    tables.filter("виды запол")
    assert tables.names == ["АНО «Свет»"]
    assert sorted(tables.pills) == ["Адрес: заполнено", "Виды деятельности: заполнено"]


def test_several_choices_of_one_field(tables: Tables) -> None:
    tables.filter("статус")
    assert tables.offered[:2] == ["действует", "не проверена"]
    tables.key(Qt.Key.Key_Insert).key(Qt.Key.Key_Insert).key(Qt.Key.Key_Return)
    assert tables.pills == ["Статус: действует, не проверена"]
    assert tables.names == ["АНО «Причал»", "АНО «Свет»"]
    tables.page.filters.pills["status"].click()
    assert tables.offered[0] == "Снять фильтр"
    tables.key(Qt.Key.Key_Up).key(Qt.Key.Key_Return)
    assert (tables.pills, len(tables.names)) == ([], 4)


def test_periods_are_chosen_and_typed(window: Window) -> None:
    tables = Tables(window, "support")
    tables.filter("дата реш")
    assert tables.offered[:4] == ["этот квартал", "прошлый квартал", "этот год", "прошлый год"]
    tables.key(Qt.Key.Key_Down).key(Qt.Key.Key_Return)
    assert tables.pills == ["Дата решения: прошлый квартал"]
    assert len(tables.names) == 1
    tables.filter("дата реш", "01.10 01.10.2026")
    assert tables.pills == ["Дата решения: 01.10.2026"]
    tables.filter("дата реш", "с 02.10")
    assert (tables.pills, len(tables.names)) == (["Дата решения: с 02.10.2026"], 1)
    tables.filter("учтено", "3 кв")
    assert len(tables.names) == 0


def test_sums_from_and_to(window: Window) -> None:
    tables = Tables(window, "support")
    tables.filter("сумма", "700 - 60 000")
    assert tables.pills == ["Сумма: от 700 до 60 000"]
    assert len(tables.names) == 2
    tables.filter("сумма", "> 50 000")
    assert (tables.pills, len(tables.names)) == (["Сумма: от 50 000"], 2)
    tables.filter("сумма", "700")
    assert tables.pills == ["Сумма: 700"]


def test_by_a_linked_record(window: Window) -> None:
    tables = Tables(window, "support")
    tables.filter("получатель", "ёлк")
    assert tables.pills == ["Получатель: Фонд «Ёлка»"]
    assert tables.names == ["Фонд «Ёлка»"]


def test_filters_and_search_are_combined_and_papers_say_so(tables: Tables) -> None:
    tables.filter("адрес заполнено").filter("статус действует")
    tables.page.filters.search.setText("свет")
    tables.page.search()
    assert tables.names == ["АНО «Свет»"]
    assert list(told(tables.page)) == ["поиск «свет»", "статус: действует", "адрес: заполнено"]
    tables.key(Qt.Key.Key_Escape)
    assert (tables.pills, len(tables.names)) == ([], 4)


def test_esc_closes_the_panel_and_leaves_the_filters(tables: Tables) -> None:
    tables.filter("статус действует")
    tables.key(Qt.Key.Key_F4).type("адр")
    assert tables.page.filters.panel.isVisible()
    tables.key(Qt.Key.Key_Escape)
    assert not tables.page.filters.panel.isVisible()
    assert tables.pills == ["Статус: действует"]


def test_what_cannot_be_read_is_said(window: Window) -> None:
    tables = Tables(window, "support")
    tables.filter("дата реш").type("вчера").key(Qt.Key.Key_Return)
    assert tables.page.filters.panel.isVisible()
    assert "посмотрите образец" in tables.page.filters.panel.keys.text()
    assert tables.pills == []


def test_many_filters_take_a_second_line_and_none_is_cut(window: Window, qapp: Any) -> None:
    tables = Tables(window)
    window.window.resize(911, 464)
    for words in ("статус действует", "адрес заполнено", "руководитель пусто", "телефон пусто"):
        tables.filter(words)
    qapp.processEvents()
    assert len(tables.pills) == 4
    strip = tables.page.filters
    for pill in strip.pills.values():
        if pill.code is not None:
            assert pill.width() >= pill.sizeHint().width()
            assert strip.rect().contains(strip.mapFromGlobal(pill.mapToGlobal(pill.rect().bottomRight())))


def test_a_table_left_empty_offers_to_drop_what_emptied_it(tables: Tables) -> None:
    page = tables.page
    page.filters.search.setText("нет такой")
    page.filters.changed.emit()
    assert page.empty.primary.word == "Очистить поиск", "no filter is in force"
    tables.filter("статус не ведёт")
    assert page.empty.primary.word == "Снять фильтры"
    page.empty.primary.click()
    assert len(tables.names) == 4
    assert not page.filters.search.text()
    assert not tables.pills
