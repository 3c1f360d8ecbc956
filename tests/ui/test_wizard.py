"""The first start: four steps, by keys alone, nothing lost on the way back, and each of the three beginnings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QRadioButton, QTextBrowser

from app.core.identifiers import ogrn_with_check_digit
from app.ui.pages.start_page import REGION_STEPS, STEPS
from app.usecases import setup
from app.usecases.places import default_database
from app.usecases.region_setup import create_region
from tests.pages import Window, open_window, press, type_text


@pytest.fixture
def window(qtbot: Any) -> Iterator[Window]:
    opened = open_window(qtbot, today="2026-07-01")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


@pytest.fixture
def wizard(window: Window) -> Any:
    return window.window.page


def enter(qtbot: Any) -> None:
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_f1_tells_of_the_first_start(qtbot: Any, window: Window, wizard: Any) -> None:
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    assert window.dialog.title.text() == "Первый запуск"
    told = window.dialog.findChild(QTextBrowser).toPlainText()
    assert all(step in told for step in STEPS)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.window.page is wizard
    assert QApplication.focusWidget() is wizard.district_role


def choose_district(wizard: Any, name: str = "Всеволожский") -> None:
    wizard.district.setCurrentIndex(wizard.district.findText(name, Qt.MatchFlag.MatchStartsWith))


def test_the_region_is_asked_for_no_district_and_signs_as_a_committee(
    qtbot: Any, window: Window, wizard: Any, tmp_path: Path
) -> None:
    assert wizard.title.text() == STEPS[0]
    assert wizard.district_role.isChecked()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert wizard.region_role.isChecked()
    enter(qtbot)
    assert wizard.title.text() == REGION_STEPS[1]
    assert not wizard.district.isVisible()
    wizard.take_place(tmp_path / "наша область.db")
    wizard.go_on()
    assert wizard.title.text() == REGION_STEPS[2]
    assert QApplication.focusWidget() is wizard.rows["administration"].editor.box
    type_text(QApplication.focusWidget(), "Комитет по делам НКО")
    type_text(wizard.rows["head_name"].editor.box, "Орлова А. А.")
    enter(qtbot)
    assert [key for key, choice in wizard.choices.items() if choice.isVisible()] == ["returns", "region", "oblast"]
    wizard.choices["region"].setChecked(True)
    enter(qtbot)
    window.wait(lambda: window.window.desk is not None)
    desk = window.window.desk
    assert desk.database.path == tmp_path / "наша область.db"
    assert desk.database.rights().region
    unit = desk.read(setup.unit)
    assert (unit["administration"], unit["head_name"]) == ("Комитет по делам НКО", "Орлова А. А.")
    assert window.window.page.objectName() == "intake"


def test_the_fictional_oblast_opens_when_it_was_made(window: Window, wizard: Any) -> None:
    folder = default_database().parent / "Вымышленная область"
    folder.mkdir(parents=True)
    create_region(folder / "region.db").close()
    wizard.region_role.setChecked(True)
    wizard.show_step(3)
    wizard.choices["oblast"].setChecked(True)
    assert wizard.next.word == "Открыть вымышленную область"
    wizard.go_on()
    window.wait(lambda: window.window.desk is not None)
    assert window.window.desk.database.path == folder / "region.db"
    assert window.notice.startswith("Это вымышленная область")


def test_the_way_back_to_the_district_asks_for_it_again(wizard: Any) -> None:
    wizard.region_role.setChecked(True)
    assert wizard.path.name == "область.kurator"
    wizard.district_role.setChecked(True)
    assert wizard.path == default_database()
    wizard.go_on()
    assert wizard.district.isVisible()
    assert [key for key in ("list", "empty", "demo") if not wizard.choices[key].isHidden()] == ["list", "empty", "demo"]
    assert wizard.choices["list"].isChecked()


def test_four_steps_by_keys_make_a_file_with_its_signatures(qtbot: Any, window: Window, wizard: Any) -> None:
    enter(qtbot)
    assert wizard.title.text() == STEPS[1]
    enter(qtbot)
    assert wizard.notice.isVisible()
    assert wizard.notice.text().startswith("Выберите район")
    assert QApplication.focusWidget() is wizard.district
    choose_district(wizard)
    enter(qtbot)
    type_text(QApplication.focusWidget(), "Отдел по работе с НКО")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    type_text(QApplication.focusWidget(), "Начальник отдела")
    wizard.rows["executor_phone"].editor.box.setText("абв")
    enter(qtbot)
    assert wizard.step == 2
    assert wizard.rows["executor_phone"].fault
    type_text(wizard.rows["executor_phone"].editor.box, "8 (81370) 2-11-22")
    enter(qtbot)
    assert wizard.title.text() == STEPS[3]
    wizard.choices["empty"].setChecked(True)
    assert wizard.next.word == "Создать файл учёта"
    enter(qtbot)
    window.wait(lambda: window.window.desk is not None)
    assert window.window.windowTitle() == "Всеволожский муниципальный район — Куратор НКО"
    assert window.window.desk is not None
    unit = window.window.desk.read(setup.unit)
    assert (unit["name"], unit["head_post"]) == ("Отдел по работе с НКО", "Начальник отдела")
    assert unit["administration"].startswith("Администрация Всеволожского")
    assert unit["executor_phone"]
    assert window.window.desk.database.path == default_database()


def test_the_way_back_keeps_what_was_typed(qtbot: Any, wizard: Any) -> None:
    enter(qtbot)
    choose_district(wizard, "Тихвинский")
    enter(qtbot)
    type_text(wizard.rows["head_name"].editor.box, "Ермакова Л. В.")
    wizard.skip.click()
    wizard.choices["demo"].setChecked(True)
    for step in (2, 1, 0):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        assert wizard.step == step
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert wizard.step == 0
    for _ in range(3):
        wizard.next.click()
    assert wizard.district.currentText().startswith("Тихвинский")
    assert wizard.rows["head_name"].editor.box.text() == "Ермакова Л. В."
    assert wizard.choices["demo"].isChecked()


def through(wizard: Any, path: Path, then: str) -> None:
    wizard.show_step(1)
    choose_district(wizard)
    wizard.take_place(path)
    wizard.show_step(3)
    wizard.choices[then].setChecked(True)


def test_a_list_is_opened_in_the_new_file(window: Window, wizard: Any, tmp_path: Path) -> None:
    ogrn = ogrn_with_check_digit("124470099001")
    (tmp_path / "список.csv").write_text(f"Наименование;ОГРН\nАНО «Причал»;{ogrn}\n", encoding="utf-8")
    through(wizard, tmp_path / "район", "list")
    wizard.take_list(tmp_path / "список.csv")
    assert wizard.file.text() == "список.csv"
    wizard.next.click()
    window.wait(lambda: window.window.desk is not None and getattr(window.window.page, "preview", None) is not None)
    page: Any = window.window.page
    assert page.counts if hasattr(page, "counts") else page.preview.counts.new == 1
    assert window.window.desk is not None
    assert window.window.desk.database.path == tmp_path / "район.kurator"


def test_the_demo_is_a_file_of_its_own(window: Window, wizard: Any, demo_folder: Path, tmp_path: Path) -> None:
    import shutil

    own = default_database().parent / "Вымышленный район"
    shutil.copytree(demo_folder, own)  # as if it had been made before: making it takes its time
    through(wizard, tmp_path / "район.db", "demo")
    assert wizard.next.word == "Открыть вымышленный район"
    wizard.next.click()
    window.wait(lambda: window.window.desk is not None)
    assert window.register("ngo").count > 100
    assert not (tmp_path / "район.db").exists()
    assert "вымышленный" in window.notice


def test_making_the_demo_shows_progress_and_is_stopped(window: Window, wizard: Any, tmp_path: Path) -> None:
    through(wizard, tmp_path / "район.db", "demo")
    wizard.next.click()
    window.wait(lambda: window.window.status.stop.isVisible() and " из " in window.window.status.work.text())
    window.window.status.stop.click()
    window.wait(lambda: window.window.jobs.idle)
    assert window.window.page is wizard, "she is where she was"
    assert not (default_database().parent / "Вымышленный район" / "demo.db").exists()


def test_a_refused_place_leaves_the_step(window: Window, wizard: Any, tmp_path: Path) -> None:
    through(wizard, tmp_path / "Яндекс.Диск" / "район.db", "empty")
    wizard.next.click()
    window.wait(lambda: bool(window.window.errors.told))
    assert "облачная программа" in window.dialog.title.text()
    window.dialog.close_dialog(done=False)
    assert window.window.page is wizard
    assert wizard.step == 3


@pytest.mark.parametrize("size", [(1366, 696), (911, 464)])
def test_every_step_fits_and_is_reached_by_tab(qtbot: Any, window: Window, wizard: Any, size: tuple[int, int]) -> None:
    window.window.resize(*size)
    for step in range(len(STEPS)):
        wizard.show_step(step)
        qtbot.waitUntil(lambda: wizard.next.isVisible())
        QApplication.processEvents()
        card = QRect(wizard.card.mapTo(wizard, QPoint(0, 0)), wizard.card.size())
        assert wizard.rect().contains(card), f"step {step + 1}: {card} in {wizard.rect()}"
        for button in wizard.findChildren(QPushButton) + wizard.findChildren(QRadioButton):
            if button.isVisible() and step != 2:
                spot = QRect(button.mapTo(wizard, QPoint(0, 0)), button.size())
                assert wizard.rect().contains(spot), button.text()
        seen = set()
        for _ in range(20):
            seen.add(QApplication.focusWidget())
            press(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert wizard.next in seen
