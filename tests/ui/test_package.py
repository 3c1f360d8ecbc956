"""The region's комплект in the window: dropped or chosen, looked at, taken in, undone; other files dropped beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from app.core.periods import Quarter
from app.returns.answers import Answer, write_answer
from app.returns.life import Step
from app.returns.package import FormTerm, Package
from app.returns.package_codec import write_package
from app.usecases import quarter_returns, return_life, return_texts, setup
from app.usecases.dictionary_entries import save_entry
from app.usecases.region_package import in_force
from app.usecases.region_package_making import compose
from tests.factories import District
from tests.pages import Window, open_window, press, type_text
from tests.returns.test_freezing import SIGNERS, a_quarter_of_work

Q3, Q4 = Quarter(2026, 3), Quarter(2026, 4)


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    """A return is approved on 5 October 2026; a service was renamed by hand; it is 8 January 2027."""
    with District(tmp_path, today="2026-07-01") as district:
        district.write(setup.save_unit, SIGNERS)
        a_quarter_of_work(district)
        district.at("2026-10-05").write(quarter_returns.freeze, Q3, kind="return", title="Утверждён отчёт")
        district.at("2026-11-02").write(
            save_entry, "service_code", "К4", "Гранты: консультация", None, None, kind="settings", title="Справочник"
        )
        path = district.path
    opened = open_window(qtbot, path, today="2027-01-08")
    yield opened
    opened.close()


def desk_of(window: Window) -> Any:
    assert window.window.desk is not None
    return window.window.desk


def package_file(window: Window, folder: Path, number: int = 1, **parts: Any) -> Path:
    whole: Package = desk_of(window).read(compose, number, date(2027, 1, 5), by="Комитет")
    original = tuple(
        replace(one, title="Консультация по грантам и проектированию") if one.code == "К4" else one
        for one in whole.services
    )
    package = replace(whole, **{"services": original, **parts})
    path = folder / package.file_name
    path.write_bytes(write_package(package))
    return path


def drop(window: Window, *paths: Path) -> bool:
    """She drags files from a folder over the window and lets go; False when the window does not want them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    about = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(QPointF(600, 300).toPoint(), *about)
    entered.ignore()
    QApplication.sendEvent(window.window, entered)
    if not entered.isAccepted():
        return False
    QApplication.sendEvent(window.window, QDropEvent(QPointF(600, 300), *about))
    return True


def dropped(window: Window, path: Path) -> Any:
    """The page of a комплект that was dropped and laid over the file."""
    assert drop(window, path)
    page = window.window.page
    window.wait(lambda: page.preview is not None)
    return page


def words(button: Any) -> str:
    return str(button.text()).partition("   ")[0].replace("\u00a0", " ")


def test_a_dropped_package_is_seen_then_taken_and_taken_back(window: Window, tmp_path: Path) -> None:
    page = dropped(window, package_file(window, tmp_path, due_day=12))
    assert page.header.fact.text().replace("\u00a0", " ") == "№ 1 от 05.01.2027, Комитет"
    assert words(page.write_button) == "Принять 1 изменение"
    assert page.note.text().endswith("Останется, как было: 1.")
    assert [words(tab) for tab in page.tabs.values()][2] == "Изменённые 1"
    doubtful = page.model.row(page.table.row)
    assert (doubtful.part, doubtful.code) == ("service_code", "К4")
    press(page.table, Qt.Key.Key_Space)
    assert words(page.write_button) == "Принять 2 изменения"
    page.write_button.click()
    window.wait(lambda: not page.busy)
    settings: Any = window.window.page
    assert window.notice == "Комплект № 1 от 05.01.2027 принят: новых 0, изменено 2."
    line = settings.panels["dictionaries"].package.told.text().replace("\u00a0", " ")
    assert line == "№ 1 от 05.01.2027, Комитет, принят 08.01.2027"
    assert desk_of(window).read(setup.settings).due_day == 12
    window.window.undo()
    assert desk_of(window).read(in_force) is None
    assert desk_of(window).read(setup.settings).due_day == 10
    assert "ещё не принимали" in settings.panels["dictionaries"].package.told.text()


def test_the_same_one_again_has_nothing_to_write(window: Window, tmp_path: Path) -> None:
    path = package_file(window, tmp_path)
    page = dropped(window, path)
    assert words(page.write_button) == "Принять без изменений"
    page.write_button.click()
    window.wait(lambda: not page.busy)
    page = dropped(window, path)
    assert not page.write_button.isEnabled()
    assert page.note.text().startswith("Этот комплект уже принят, менять нечего.")


def test_a_form_of_the_future_is_shown_as_wrong(window: Window, tmp_path: Path) -> None:
    page = dropped(window, package_file(window, tmp_path, forms=(FormTerm("2031.7", date(2031, 1, 1)),)))
    page.next_finding(1)
    page.tabs[next(o for o in page.tabs if o is not None and o.value == "rejected")].click()
    row = page.model.row(0)
    assert "обновите программу до 01.01.2031" in row.note
    assert page.model.index(0, 4).data() == row.note


def test_the_button_in_settings_leads_to_it_and_esc_back(window: Window) -> None:
    settings: Any = window.window.open("settings", tab="dictionaries")
    settings.panels["dictionaries"].package.load.click()
    page: Any = window.window.page
    assert page.header.title.text() == "Комплект региона"
    assert page.empty.primary.isVisible()
    page.step_back()
    assert window.window.page is settings


def test_a_spoilt_package_is_told_and_changes_nothing(window: Window, tmp_path: Path) -> None:
    path = package_file(window, tmp_path)
    path.write_bytes(path.read_bytes().replace("Комитет".encode(), "Комитёт".encode()))
    assert drop(window, path)
    window.wait(lambda: bool(window.window.errors.told))
    assert window.dialog.title.text() == "Файл комплекта испорчен при пересылке."
    window.dialog.close_dialog(done=False)
    assert desk_of(window).read(in_force) is None


def test_a_dropped_receipt_goes_to_its_return(window: Window, tmp_path: Path) -> None:
    desk = desk_of(window)
    known = desk.read(return_life.life, Q3)
    on = date(2026, 10, 8)
    answer = Answer(Step.ACCEPTED, known.oktmo, Q3, 0, known.sha256, on, "118")
    path = tmp_path / answer.file_name
    path.write_bytes(write_answer(answer))
    assert drop(window, path)
    assert window.notice == "Отчёт за III квартал 2026 г. принят областью."


def test_a_dropped_list_goes_to_the_register_that_is_open_or_asks(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "НКО.csv"
    path.write_text("Наименование;ОГРН\nАНО «Светлый берег»;1037739010891\n", encoding="utf-8")
    window.window.open("ngo")
    assert drop(window, path)
    page: Any = window.window.page
    window.wait(lambda: not page.busy and page.preview is not None)
    assert (page.register, page.preview.path) == ("ngo", path)
    window.window.open("summary")
    assert drop(window, path)
    dialog = window.dialog
    assert dialog.title.text() == "Что в списке «НКО.csv»?"
    assert not [w for w in dialog.findChildren(type(dialog.primary)) if w.isVisible() and not w.text()]
    button = next(b for b in dialog.findChildren(type(dialog.primary)) if words(b) == "Потребности")
    button.click()
    assert window.window.page.register == "need"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["скан.pdf"], "Файл «скан.pdf» программа не принимает."),
        (["район.db"], "«район.db» — файл учёта."),
        (["а.csv", "б.csv"], "Перетащено файлов: 2."),
        (["папка"], "«папка» — папка."),
        (["чужой.json"], "«чужой.json» — не комплект региона и не ответ области"),
    ],
)
def test_what_the_window_does_not_take_is_told(window: Window, tmp_path: Path, names: list[str], sentence: str) -> None:
    folder = tmp_path / "стол"
    folder.mkdir()
    for name in names:
        (folder / name).write_text("{}", encoding="utf-8") if "." in name else (folder / name).mkdir()
    assert drop(window, *(folder / name for name in names))
    assert window.dialog.title.text().startswith(sentence)
    assert window.dialog.text.text()


def test_text_dragged_over_the_window_is_left_alone(window: Window) -> None:
    data = QMimeData()
    data.setText("слова")
    event = QDragEnterEvent(
        QPointF(600, 300).toPoint(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    event.ignore()
    QApplication.sendEvent(window.window, event)
    assert not event.isAccepted()


def test_nothing_is_taken_in_behind_an_open_question(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "НКО.csv"
    path.write_text("Наименование\n", encoding="utf-8")
    window.window.open("summary")
    drop(window, path)
    drop(window, path)
    assert window.window.page is window.window.pages["summary"]
    assert str(window.window.errors.told[-1]).startswith("Сначала ответьте на вопрос в окне.")


# --- texts of the last quarter


def note_dialog(window: Window, cell: str, typed: str = "") -> Any:
    report = window.return_page(Q4)
    report.page.deeds.type_into(cell, typed)
    return window.dialog


def text_of(dialog: Any) -> Any:
    return dialog.rows["text"].editor.box


def test_the_text_of_the_last_quarter_is_offered_and_kept_only_when_written(window: Window) -> None:
    desk = desk_of(window)
    typed = {Quarter(2026, 2): "Совет создан", Q3: "Совет при главе, 12 человек", Q4.next: "Совет распущен"}
    for quarter, text in typed.items():
        desk.write("return", "Текст", return_texts.set_text, quarter, "704.note", text)
    dialog = note_dialog(window, "704.note")
    assert text_of(dialog).toPlainText() == "Совет при главе, 12 человек"
    assert "Взято из отчёта за III квартал 2026 г.: сохранится, только если записать." in dialog.text.text().replace(
        "\u00a0", " "
    )
    dialog.leave.click()
    assert desk.read(return_texts.texts, Q4) == {}
    dialog = note_dialog(window, "704.note")
    dialog.primary.click()
    assert desk.read(return_texts.texts, Q4) == {"704.note": "Совет при главе, 12 человек"}
    dialog = note_dialog(window, "704.note")
    assert "Взято" not in dialog.text.text()
    dialog.leave.click()


def test_her_own_word_takes_the_place_of_what_was_offered(window: Window) -> None:
    desk = desk_of(window)
    desk.write("return", "Текст", return_texts.set_text, Q3, "203.note", "Оплата перенесена")
    dialog = note_dialog(window, "203.note")
    type_text(text_of(dialog), "Оплачено")
    dialog.primary.click()
    assert desk.read(return_texts.texts, Q4) == {"203.note": "Оплачено"}
    dialog = note_dialog(window, "210.note", "П")
    assert text_of(dialog).toPlainText() == "П"
    dialog.leave.click()
    desk.write("return", "Текст", return_texts.set_text, Q3, "211.3.note", "Грант")
    dialog = note_dialog(window, "211.3.note", "П")
    assert text_of(dialog).toPlainText() == "П"
    assert "стояло: «Грант»" in dialog.text.text()
    dialog.leave.click()
