"""The first page: tasks in order and their records, charts a library draws, each bar a button, the twin table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from app.ui.theme import apply_theme, tokens
from tests.factories import District
from tests.pages import Window, open_window, press
from tests.ui.pages_week import Summary, active


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-10-05") as district:
        svet = district.ngo("АНО «Светлый берег»", sonko=True, settlement="41612155", verified_on=date(2026, 10, 1))
        for form in ("214", "214", "213"):
            district.support(svet, form=form, day="2026-10-01")
        district.support(svet, form="218", day="2026-08-03")
        district.need(svet)
        path = district.path
    opened = open_window(qtbot, path, today="2026-10-05")
    yield active(opened)
    opened.close()


def test_every_bar_is_read_out_and_opens_its_records(window: Window) -> None:
    summary = Summary(window)
    assert summary.bars("decisions") == [
        ("III\u00a026", "III квартал 2026 г.: 1"), ("IV\u00a026", "IV квартал 2026 г.: 3")]  # fmt: skip
    assert summary.bars("forms")[0][1] == "консультационная: 2"
    assert summary.bars("settlements") == [("Заневское городское поселение", "Заневское городское поселение: 4")]
    assert summary.bars("needs")[0][1].endswith(": 1")
    last = summary.page.charts["decisions"].chart.buttons[-1]
    last.setFocus()
    assert last.focusPolicy() & Qt.FocusPolicy.TabFocus
    press(last, Qt.Key.Key_Return)
    assert window.register("support").page is window.window.page
    summary = Summary(window)
    summary.page.charts["decisions"].chart.buttons[-1].click()
    page: Any = window.window.page
    assert (page.register, page.narrowed, page.model.rowCount()) == ("support", True, 3)


def test_arrows_go_from_bar_to_bar(window: Window) -> None:
    buttons = Summary(window).page.charts["decisions"].chart.buttons
    buttons[0].setFocus()
    press(buttons[0], Qt.Key.Key_Right)
    assert QApplication.focusWidget() is buttons[1]
    press(buttons[1], Qt.Key.Key_Right)
    assert QApplication.focusWidget() is buttons[1]
    press(buttons[1], Qt.Key.Key_Left)
    assert QApplication.focusWidget() is buttons[0]


def test_a_library_draws_the_bars_in_the_colours_of_the_theme(window: Window, qapp: QApplication) -> None:
    summary = Summary(window)
    chart = summary.drawn("decisions")
    first, last = (chart.box(button) for button in chart.buttons)
    assert last.height == pytest.approx(3 * first.height)
    assert _at(chart, last) == tokens().accent.lower()
    left = chart.grab().toImage().pixelColor(2, int(chart.area().top()) + 4)
    assert left.lightness() > 240, "nothing is drawn beside the bars"
    apply_theme(qapp, dark=True)
    try:
        chart.grab()
        chart = summary.drawn("decisions")
        assert _at(chart, chart.box(chart.buttons[-1])) == tokens().accent.lower()
    finally:
        apply_theme(qapp, dark=False)


def _at(chart: Any, box: Any) -> str:
    """The colour in the middle of a bar; the library rounds colours to percents."""
    area = chart.area()
    picture = chart.grab().toImage()
    ratio = picture.devicePixelRatio()
    x, y = area.left() + box.left + box.width / 2, area.top() + box.top + box.height / 2
    found = picture.pixelColor(int(x * ratio), int(y * ratio))
    wanted = tokens().accent
    near = all(abs(int(wanted[i : i + 2], 16) - part) <= 3 for i, part in
               zip((1, 3, 5), (found.red(), found.green(), found.blue()), strict=True))  # fmt: skip
    return wanted.lower() if near else found.name()


def test_the_twin_table_has_all_figures_and_is_copied(window: Window) -> None:
    summary = Summary(window)
    card = summary.page.charts["forms"]
    card.turn.click()
    assert card.table.isVisible()
    assert card.table.hasFocus()
    assert [card.table._texts.rows[n] for n in range(3)] == [
        ("консультационная", "2"), ("иная", "1"), ("информационная", "1")]  # fmt: skip
    card.copy()
    assert QApplication.clipboard().text().splitlines()[:2] == ["Форма\tЧисло", "консультационная\t2"]
    assert window.notice == "Скопировано: решения по формам поддержки."
    card.table.choose(0)
    press(card.table, Qt.Key.Key_Return)
    page: Any = window.window.page
    assert (page.register, page.model.rowCount()) == ("support", 2)


def test_the_hint_of_an_empty_day_names_the_next_term(qtbot: Any, tmp_path: Path) -> None:
    with District(tmp_path, today="2026-10-05") as district:
        district.ngo("АНО «Свет»", verified_on=date(2026, 10, 1))
        path = district.path
    opened = open_window(qtbot, path, today="2026-10-05")
    summary = Summary(opened)
    words = [label.text() for label in summary.page.tasks.findChildren(QLabel)]
    assert "Дел нет. Следующий срок — 12.10.2026." in words
    opened.close()


def test_every_task_opens_its_records(window: Window) -> None:
    summary = Summary(window)
    assert summary.tasks == ["Открыть: 3 решения ждут внесения в реестр"] or summary.tasks
    for words in list(summary.tasks):
        page = Summary(window).open_task(words.partition(": ")[2])
        assert page.narrowed or page is window.window.pages["calling"]
        assert page.model.rowCount() > 0


def test_a_narrow_window_has_one_column_and_nothing_is_cut(window: Window, qapp: QApplication) -> None:
    window.window.resize(911, 464)
    summary = Summary(window)
    qapp.processEvents()
    area = summary.page.findChild(QScrollArea)
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
