"""Tables of the registers: order as it is shown, sums under their columns, numbers never cut, what a search offers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from app.core.fields import Kind
from app.records import REGISTERS
from app.ui.find_everything import FindEverything
from app.ui.found_rows import FOUND
from app.ui.russian_qt import font
from tests.factories import District
from tests.pages import Window, open_window, press, type_text


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-07-01") as district:
        svet = district.ngo("Автономная некоммерческая организация «Яблоня»", short_name="АНО «Яблоня»", sonko=True)
        district.ngo("Автономная некоммерческая организация помощи «Ель»", short_name="АНО «Ель»")
        district.ngo("АНО «Ёж»")
        district.ngo("Благотворительный фонд «Арка»", short_name="БФ «Арка»")
        district.support(svet, "1 250 000,50")
        district.support(svet, "50 000")
        district.service(district.centre(), "К4", [svet])
        district.save("partner", {"name": "ИП Камышов", "kind": "entrepreneur", "inn": "500100732259"})
        path = district.path
    opened = open_window(qtbot, path, today="2026-07-06")
    opened.window.resize(1366, 696)
    yield opened
    opened.close()


def test_ngos_stand_in_the_order_of_the_names_that_are_shown(window: Window) -> None:
    page = window.register("ngo")
    assert [row[0] for row in page.rows] == ["АНО «Ёж»", "АНО «Ель»", "АНО «Яблоня»", "БФ «Арка»"]
    page.page._sort_by(0)
    page.page._sort_by(0)
    assert page.rows[0][0] == "БФ «Арка»"


def test_the_sum_of_what_is_found_stands_under_its_column(window: Window) -> None:
    page = window.register("support")
    assert page.page.totals.accessibleName().replace("\u00a0", " ") == "Итого по 2 1 300 000"
    page.search("50 000").page.search()
    assert page.page.totals.isVisible()
    page.search("ничего такого").page.search()
    assert not page.page.totals.isVisible()
    assert not window.register("ngo").page.totals.isVisible(), "nothing to add up"


def test_no_number_of_a_register_is_cut(window: Window) -> None:
    metrics = QFontMetrics(font(14))
    samples = {Kind.INN: "500100732259", Kind.OGRN: "1037739010891", Kind.DATE: "30.12.2026", Kind.MONEY: "11 250 000"}
    for key in REGISTERS:
        page: Any = window.window.open(key)
        for place, field in enumerate(page.model.columns):
            text = samples.get(field.kind, "")
            if field.kind is Kind.INN and field.width <= 12:
                text = text[:10]
            room = page.table.columnWidth(place) - 16
            assert metrics.horizontalAdvance(text) <= room, (key, field.key, page.table.columnWidth(place))


def test_what_is_sought_everywhere_is_told_apart_and_counted(window: Window) -> None:
    window.window.open("summary")
    dialog = FindEverything(window.window)
    dialog.open_over(window.window)
    type_text(dialog.line, "яблон")
    dialog.ask()
    found = [dialog.list.item(i).data(FOUND) for i in range(dialog.list.count())]
    heads = {row.title: row.hint for row in found if row.head}
    assert heads["НКО"] == "1 из 4"
    assert heads["Поддержка"] == "2"
    assert {row.hint for row in found if row.title.startswith("№")} == {
        "АНО «Яблоня», финансовая, 1\u00a0250\u00a0000\u00a0₽", "АНО «Яблоня», финансовая, 50\u00a0000\u00a0₽",
    }  # fmt: skip
    dialog.close_dialog(done=False)


def test_what_is_not_found_may_be_added_at_once(window: Window) -> None:
    window.window.open("summary")
    dialog = FindEverything(window.window)
    dialog.open_over(window.window)
    type_text(dialog.line, "Неведомая")
    press(dialog.line, Qt.Key.Key_Down)
    press(dialog.line, Qt.Key.Key_Return)
    page: Any = window.window.page
    assert page is window.window.pages["ngo"]
    assert page.editing.form.rows["name"].editor.read()[0] == "Неведомая"
