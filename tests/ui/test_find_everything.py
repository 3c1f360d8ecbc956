"""«Найти всё»: records, people, pages and commands, by keyboard alone."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui import commands
from app.ui.field_text import found_span
from app.ui.find_everything import FindEverything
from app.ui.finding import Finding, Question
from app.ui.found_ids import FoundIds
from app.ui.found_rows import FOUND, Found
from tests.factories import District
from tests.pages import Window, open_window, press, type_text

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-07-01") as district:
        contact = {"name": "Сомов Виктор", "phone": "8 921 555-44-33", "basis": "согласие", "purpose": "связь"}
        boat = district.ngo(
            "АНО «Театр „Лодочка“»", director="Громова Вера", phone="8 (81370) 40-123", lines={"contact": [contact]}
        )
        district.ngo("Союз ветеранов")
        for number in range(6):
            district.support(boat, decision_no=f"{number}-р")
        district.need(boat, text="сцена для спектакля")
        path = district.path
    opened = open_window(qtbot, path, today="2026-10-05")
    opened.window.resize(1366, 696)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


class Everything:
    """The dialog as she sees it."""

    def __init__(self, window: Window) -> None:
        self._window = window
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_K, CTRL)
        self.dialog = window.dialog
        assert isinstance(self.dialog, FindEverything)

    def type(self, text: str) -> Everything:
        type_text(self.dialog.line, text)
        self._window.wait(lambda: not self.dialog._timer.isActive())
        return self

    @property
    def rows(self) -> list[Found]:
        return [self.dialog.list.item(i).data(FOUND) for i in range(self.dialog.list.count())]

    @property
    def heads(self) -> dict[str, str]:
        return {row.title: row.hint.replace("\u00a0", " ") for row in self.rows if row.head}

    @property
    def chosen(self) -> Found:
        return self.dialog.list.currentItem().data(FOUND)

    def press(self, key: Qt.Key) -> Everything:
        press(self.dialog.line, key)
        return self


@pytest.fixture
def everything(window: Window) -> Everything:
    window.window.open("summary")
    return Everything(window)


def test_groups_have_counts_and_the_first_row_is_chosen(everything: Everything) -> None:
    everything.type("лодочки")
    assert everything.heads == {"НКО": "1 из 2", "Поддержка": "6", "Потребности": "1", "Действия": ""}
    assert [row.title for row in everything.rows[:2]] == ["НКО", "АНО «Театр „Лодочка“»"]
    assert everything.chosen is everything.rows[1]
    assert sum(row.title.startswith("№") for row in everything.rows) == 4, "the best few of each"
    assert found_span(everything.chosen.title, "лодочки") == (12, 6), "what is found is tinted, in another form too"


def test_arrows_walk_over_heads_and_enter_opens(window: Window, everything: Everything) -> None:
    everything.type("сцена")
    assert everything.chosen.title.endswith("сцена для спектакля")
    everything.press(Qt.Key.Key_Down)
    assert everything.chosen.title == "Добавить НКО «сцена»"
    everything.press(Qt.Key.Key_Down).press(Qt.Key.Key_Tab)
    assert everything.chosen.title == "Добавить НКО «сцена»", "there is nothing below"
    everything.press(Qt.Key.Key_Up).press(Qt.Key.Key_Return)
    page: Any = window.window.page
    assert page is window.window.pages["need"]
    assert page.card.card.values["text"] == "сцена для спектакля"


@pytest.mark.parametrize(("typed", "name", "told"), [
    ("громовой", "Громова Вера", "руководитель"), ("сомов", "Сомов Виктор", "контактное лицо"),
    ("8 921 555", "Сомов Виктор", "контактное лицо"),
])  # fmt: skip
def test_a_person_opens_the_card_of_the_ngo(
    window: Window, everything: Everything, typed: str, name: str, told: str
) -> None:
    everything.type(typed)
    people = [row for row in everything.rows if row.icon == "user"]
    assert [(row.title, row.hint.partition(",")[0]) for row in people] == [(name, told)]
    assert "555" not in people[0].hint, "of a person the name alone is shown"
    while everything.chosen is not people[0]:
        everything.press(Qt.Key.Key_Down)
    everything.press(Qt.Key.Key_Return)
    page: Any = window.window.page
    assert page is window.window.pages["ngo"]
    assert "Лодочка" in page.card.title.text()


COMMANDS = (
    ("добавить потребность", "Добавить потребность", "Ctrl+N", "need"),
    ("загрузить список", "Загрузить список: НКО", "Ctrl+I", "import"),
    ("составить отчёт", "Составить отчёт за III квартал 2026 г.", "", "return"),
    ("резервная копия", "Файл и копии", "", "settings"),
    ("сделать копию", "Сделать резервную копию", "", "settings"),
    ("справочники", "Справочники", "", "settings"),
    ("реестр получателей", "Реестр получателей", "", "recipients"),
    ("потребности", "Потребности", "Ctrl+5", "need"),
    ("журнал изменений", "История изменений", "", "history"),
)  # fmt: skip


@pytest.mark.parametrize(("typed", "title", "key", "page"), COMMANDS, ids=[c[0] for c in COMMANDS])
def test_pages_and_commands_are_found_and_run_by_enter(
    window: Window, everything: Everything, typed: str, title: str, key: str, page: str
) -> None:
    everything.type(typed)
    titles = [row.title.replace("\u00a0", " ") for row in everything.rows]
    assert title in titles, titles
    while everything.chosen.title.replace("\u00a0", " ") != title:
        before = everything.chosen
        everything.press(Qt.Key.Key_Down)
        assert everything.chosen is not before
    assert everything.chosen.key == key
    everything.press(Qt.Key.Key_Return)
    assert window.window.page is window.window.pages[page]
    if typed.startswith("добавить"):
        assert window.window.page.editing.open  # type: ignore[attr-defined]


def test_an_empty_line_offers_what_may_be_done(everything: Everything) -> None:
    assert list(everything.heads) == ["Действия", "Страницы"]
    everything.type("   ")
    assert list(everything.heads) == ["Действия", "Страницы"]


def test_every_command_and_page_can_be_run(window: Window) -> None:
    """None of them raises, each names what it does, and no two are called alike."""
    window.window.open("summary")
    found = [*commands.pages(window.window), *commands.deeds(window.window)]
    for command in found:
        command.act()
        for dialog in window.window.findChildren(FindEverything.__mro__[1]):
            dialog.close_dialog(done=False)
    names = [(command.title, command.hint) for command in found]
    assert len(set(names)) == len(names)


def test_what_is_nowhere_is_said_and_may_be_added(window: Window, everything: Everything) -> None:
    everything.type("Неведомая")
    assert everything.rows[0].title == "Ничего не найдено по «Неведомая»"
    everything.press(Qt.Key.Key_Return)
    assert window.window.page is not window.window.pages.get("ngo"), "Enter alone makes no card of a slip of the pen"
    everything.press(Qt.Key.Key_Down).press(Qt.Key.Key_Return)
    page: Any = window.window.page
    assert page.editing.form.rows["name"].editor.read()[0] == "Неведомая"


def test_esc_closes_and_the_focus_comes_back(window: Window) -> None:
    page = window.register("ngo").page
    QApplication.processEvents()
    everything = Everything(window).type("союз")
    press(everything.dialog.line, Qt.Key.Key_Escape)
    window.wait(lambda: QApplication.focusWidget() is page.filters.search)


def test_of_a_broad_answer_the_rest_is_read_when_it_is_needed_or_a_moment_later(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("FEW", 1), ("AT_HAND", 2)):
        monkeypatch.setattr(f"app.usecases.record_search.{name}", value)
    desk: Any = window.window.desk
    completed: list[bool] = []
    finding = Finding(desk, window.window, lambda: completed.append(True), window.window.tell)
    shown: list[FoundIds] = []
    finding.ask(Question("support"), shown.append)
    (found,) = shown
    assert (len(found), list(found.at_hand), found.whole) == (6, [6, 5], False)
    assert (found[0], list(found[0:2]), found.index(5)) == (6, [6, 5], 1)
    assert not found.whole, "nothing of that needs the rest"
    window.wait(lambda: bool(completed))
    assert list(found) == [6, 5, 4, 3, 2, 1]
    finding.ask(Question("support", search="лодочка"), shown.append)
    assert shown[1][4] == 2, "looked at before the rest came"
    assert shown[1].whole
    finding.ask(Question("support", search="лодочка"), shown.append)
    shown[2].take(array("q", [6, 5, 4]))
    assert [shown[2][place] for place in range(len(shown[2]))] == [6, 5, 4, -1, -1, -1], "the count that is shown holds"


def test_typing_reads_no_more_than_is_shown(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    page = window.register("ngo").page
    asked: list[object] = []
    monkeypatch.setattr(page.finding, "_all", asked.append)
    for name, value in (("record_search.FEW", 0), ("record_search.AT_HAND", 1)):
        monkeypatch.setattr(f"app.usecases.{name}", value)
    monkeypatch.setattr("app.ui.register_model.PAGE", 1)
    page.table.hide()  # painting would look at both rows
    page.search()
    assert len(page.model.ids) == 2
    assert asked == []


def test_the_sum_comes_with_the_rest(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    page = window.register("support").page
    for name, value in (("FEW", 1), ("AT_HAND", 2)):
        monkeypatch.setattr(f"app.usecases.record_search.{name}", value)
    page.search()
    window.wait(lambda: page.model.ids.whole and page.totals.isVisible())
    assert "300" in page.totals.accessibleName()


def test_f1_tells_how_to_search(window: Window, everything: Everything) -> None:
    everything.press(Qt.Key.Key_F1)
    manual: Any = window.window.page
    assert manual is window.window.pages["help"]
    assert {block.text() for block in manual._headings()} >= {"Поиск", "Везде (Ctrl+K)"}


def test_a_slow_order_of_a_large_register_is_sorted_away_from_the_window(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("FEW", 0), ("LARGE", 1)):
        monkeypatch.setattr(f"app.usecases.record_search.{name}", value)
    page = window.register("ngo").page
    column = [field.key for field in page.model.columns].index("status")
    page._sort_by(column)
    window.wait(lambda: page.desk.jobs.idle and len(page.model.ids) == 2)
    assert {row[0] for row in window.register("ngo").rows} == {"АНО «Театр „Лодочка“»", "Союз ветеранов"}
