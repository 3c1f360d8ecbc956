"""One program, two roles: a region's file has its own pages, keys and words, and nothing of a district's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from app.core.errors import AppError, Deed
from app.records import REGISTERS
from app.ui.find_everything import FindEverything
from app.ui.page import Page
from app.ui.pages.manual_page import IN_FILE
from app.ui.pages.settings_page import SettingsPage
from app.ui.rail import PLACES, TABS
from app.ui.region.places import PAGES, PLAN, make_region_page
from app.usecases.copy_list import copies_of
from tests.factories import District
from tests.pages import Window, open_window


def found(window: Window, text: str) -> list[str]:
    line = FindEverything(window.window)
    line.open_over(window.window)
    line.line.setText(text)
    line.ask()
    rows = [line.list.item(row).text() for row in range(line.list.count())]
    line.close_dialog(done=False)
    return rows


def test_a_region_s_file_opens_with_the_pages_of_the_region(window: Window) -> None:
    assert window.window.page.objectName() == PLAN.first
    assert window.window.windowTitle() == "Ленинградская область — Куратор НКО"
    shown = [key for key, item in window.window.rail.items.items() if not item.isHidden()]
    assert shown == ["find", *(place.key for place in PLAN.places), "settings", "help"]
    assert not {place.key for place in PLACES} & set(shown)


def test_every_registered_page_is_there_and_is_reached_by_the_rail_or_a_tab(window: Window) -> None:
    for key in PAGES:
        assert isinstance(make_region_page(key, window.window.desk, window.window), Page)
        place = PLAN.home.get(key, key)
        assert place in {one.key for one in PLAN.places}
        assert PLAN.opened_by(place) in PAGES


def test_pages_of_a_district_are_not_made_over_a_region_s_file(window: Window) -> None:
    for key in ("summary", "returns", "import", "packet", "regional", *REGISTERS):
        with pytest.raises(KeyError):
            make_region_page(key, window.window.desk, window.window)


def press_number(qtbot: Any, number: int) -> None:
    key = getattr(Qt.Key, f"Key_{number}")
    qtbot.keyClick(QApplication.focusWidget(), key, Qt.KeyboardModifier.ControlModifier)


def test_ctrl_and_a_number_open_the_places_of_the_rail(qtbot: Any, window: Window) -> None:
    for number, place in PLAN.numbered:
        press_number(qtbot, number)
        assert window.window.page.objectName() == PLAN.opened_by(place.key)
    for number in range(len(PLAN.places) + 2, 10):
        press_number(qtbot, number)
        assert window.window.page.objectName() == "settings"


def test_find_everything_finds_districts_pages_and_deeds_and_offers_no_records(window: Window) -> None:
    assert found(window, "волхов")[:2] == ["Районы", "Волховский район «Доска»"]
    assert any("Принять папку" in row for row in found(window, "папку"))
    said = " ".join(found(window, ""))
    assert "Принять файлы" in said
    for word in ("Добавить", "НКО", "Загрузить список", "Составить отчёт", "комплект региона", "Обзвон"):
        assert word not in said
    assert found(window, "такого нет") == ["Ничего не найдено по «такого нет»"]
    nothing = FindEverything(window.window)
    nothing.open_over(window.window)
    nothing.line.setText("такого нет")
    nothing.ask()
    nothing._go()
    assert nothing.isVisible(), "there is nothing to go to"
    nothing.close_dialog(done=False)


def test_keys_of_the_region_are_listed(window: Window) -> None:
    window.window._extra("keys")
    texts = {one.text() for one in window.dialog.findChildren(type(window.dialog.title))}
    assert "Принять папку" in texts
    assert "Похожие карточки НКО; отмеченные две — рядом" not in texts
    window.dialog.close_dialog(done=False)


def test_ctrl_o_and_ctrl_shift_o_take_in_on_every_page(
    qtbot: Any, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files lead to «Приём»; a комплект takes plans, plans their table, questions their answers."""
    asked: list[str] = []
    for name, answer in (("getOpenFileNames", ([], "")), ("getOpenFileName", ("", "")), ("getExistingDirectory", "")):
        monkeypatch.setattr(QFileDialog, name, lambda *told, answer=answer: (asked.append(told[1]), answer)[1])
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    with_own = {"down": "Принять таблицу", "plans": "Принять таблицу"}
    for key in sorted(set(PAGES) - {"questions"}):  # that takes answers, once a question is asked
        for held, wanted in ((control, with_own.get(key, "Принять файлы")), (control | shift, "Принять папку")):
            window.window.open(key)
            window.wait(lambda: window.window.desk.jobs.idle)
            window.window.page.panes()[0].setFocus()
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_O, held)
            assert asked == [wanted], key
            asked.clear()


def test_the_manual_begins_with_the_region(window: Window) -> None:
    manual: Any = window.window.open("help", page="board")
    chapters = [name for name, _ in manual.contents._chapters]
    assert chapters[:5] == [
        "region_window.md", "region.md", "region_pictures.md", "region_whole.md", "region_down.md",
    ]  # fmt: skip
    assert sorted(chapters) == sorted(path.name for path in manual._folder.glob("*.md")), "none is lost"


def test_settings_hold_what_means_something_here(window: Window) -> None:
    page: Any = window.window.open("settings")
    assert isinstance(page, SettingsPage)
    assert list(page.tabs) == ["unit", "terms", "dictionaries", "calendar", "people", "copies", "look"]
    assert set(page.show_tab("unit").rows) == {
        "administration", "name", "address", "head_post", "head_name", "executor_post", "executor_name",
        "executor_phone",
    }  # fmt: skip
    terms = page.show_tab("terms").rows
    assert "due_day" in terms
    assert not {"grant_limit", "register_days", "appeal_days", "plan_deviation"} & set(terms)
    people = page.show_tab("people")
    assert not people.make.isVisible()
    assert not page.show_tab("dictionaries").package.isVisible()


def test_a_setting_is_kept_and_taken_back(window: Window) -> None:
    page: Any = window.window.open("settings", tab="terms")
    form = page.panels["terms"]
    form.rows["due_day"].editor.box.setText("15")
    form.save_button.click()
    assert window.notice == "Сроки и пороги сохранены."
    window.window.undo()
    assert form.rows["due_day"].editor.box.text() == "10"


def test_a_reminder_is_kept_by_the_districts(qtbot: Any, window: Window) -> None:
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert window.notice.startswith("Напоминания ведут в файле района")


def test_the_history_is_reached_from_the_settings_and_leads_back(qtbot: Any, window: Window) -> None:
    settings: Any = window.window.open("settings")
    settings.history.click()
    page: Any = window.window.page
    assert page.changes
    assert not any(line.open_button.isVisible() for line in page.changes), "there are no records to open"
    assert not page.kind.isVisible(), "there are no registers to filter by"
    assert not any(line.undo_button.isVisible() for line in page.changes if line.batch.kind == "intake")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.window.page.objectName() == "settings"


def test_f1_opens_what_the_manual_says_of_each_page(qtbot: Any, window: Window) -> None:
    for key, section in (("intake", "Приём"), ("board", "Доска")):
        window.window.open(key)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
        manual: Any = window.window.page
        assert (manual._file, manual.section) == ("region_window.md", section)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        assert window.window.page.objectName() == key


def test_every_page_of_the_region_has_its_section_in_the_manual() -> None:
    assert set(PAGES) <= set(IN_FILE)


def test_a_refusal_offers_no_page_that_is_not_there(window: Window) -> None:
    of = window.window.remedies.of
    for deed in (Deed.RETURNS, Deed.TEMPLATES, Deed.REGIONAL):
        assert of(AppError("Нельзя.", "Откройте.", deed)) is None
    for deed in (Deed.COPIES, Deed.UNIT, Deed.HISTORY, Deed.PEOPLE):
        words, act = of(AppError("Нельзя.", "Откройте.", deed)) or ("", None)
        assert words
        assert act is not None
        act()


def test_a_region_s_file_is_copied_as_any_other(qtbot: Any, region_file: Path) -> None:
    window = open_window(qtbot, region_file, today="2026-10-25", keeps_copies=True)
    window.wait(lambda: window.window.desk.jobs.idle and window.state != "")
    assert window.state.startswith("Копии только рядом с файлом")
    (copy,) = copies_of(region_file)
    assert not copy.faults
    window.window.keeper.stop()
    window.close()


@pytest.fixture
def district(tmp_path: Path) -> Path:
    with District(tmp_path, today="2026-07-01") as made:
        return made.path


def test_one_window_changes_its_role_with_the_file(qtbot: Any, window: Window, district: Path) -> None:
    region = window.window.desk.database.path
    window.program.open(district)
    assert window.window.page.objectName() == "summary"
    assert list(window.window.rail.items) == ["find", *(place.key for place in PLACES), "settings", "help"]
    page: Any = window.window.open("service")
    assert page is not None
    assert {key for key, _ in TABS["service"]} <= set(REGISTERS)
    window.program.open(region)
    assert window.window.page.objectName() == PLAN.first
    assert "ngo" not in window.window.rail.items


def test_a_new_file_from_a_region_s_settings_is_a_region_s(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtWidgets import QFileDialog

    path = tmp_path / "следующий год.db"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(path), ""))
    page: Any = window.window.open("settings", tab="copies")
    page.panels["copies"].begin_new()
    window.wait(lambda: window.window.desk is not None and window.window.desk.database.path == path)
    assert window.window.desk.database.rights().region
