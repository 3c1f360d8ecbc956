"""«Доска»: who is missing and who is late is seen, and the district is reached from it."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core.periods import Quarter
from app.usecases.region_calls import calls
from tests.pages import Window, fill, type_text
from tests.region_ui.pages_region import Board

Q3 = Quarter(2026, 3)


def test_missing_late_and_corrected_are_seen_without_colour(window: Window) -> None:
    board = Board(window)
    assert board.cell("Всеволожский", "III кв. 26") == "15.10"
    assert board.cell("Волосовский", "III кв. 26") == "отложен"
    assert board.cell("Лужский", "III кв. 26") == "не сдан"
    said = {board.page.model.look_at(board.line(name), 1).said.replace("\u00a0", " ")
            for name in ("Всеволожский", "Выборгский", "Лужский", "Волосовский")}  # fmt: skip
    assert said == {
        (
            "Всеволожский, III квартал 2026 г.: получен 15.10.2026 с опозданием на 3 дня, действует уточнённый № 1, "
            "квитанции нет"
        ),
        "Выборгский, III квартал 2026 г.: получен 15.10.2026 с опозданием на 3 дня, квитанции нет",
        "Лужский, III квартал 2026 г.: не сдан, опоздание 13 дней",
        "Волосовский, III квартал 2026 г.: не сдан, опоздание 13 дней, отложено файлов: 1",
    }


def test_figures_above_count_the_quarter_and_never_pass_a_hundred(window: Window) -> None:
    board = Board(window)
    assert board.facts == (
        "2 из 18 получено (11,1 %)", "0 в срок", "2 с опозданием", "0 принято", "1 уточнённых", "16 не сдали",
    )  # fmt: skip
    board.page.show_mode("years")
    assert board.facts[0] == "2 из 18 получено (11,1 %)"
    assert board.cell("Всеволожский", "2026 год") == "1 из 1"
    assert board.cell("Лужский", "2026 год") == "0 из 1"


def test_fullness_is_counted_from_content(window: Window) -> None:
    board = Board(window)
    assert board.cell("Всеволожский", "Заполнено") == "100,0 %"
    assert board.cell("Лужский", "Заполнено") == ""


def test_arrows_walk_and_enter_opens_the_card(qtbot: Any, window: Window) -> None:
    board = Board(window)
    board.go("Всеволожский")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert "Выборгский" in board.card
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is board.page.card.receipt
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is board.page.table
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F8)
    assert board.page.chosen.correction is None


def test_the_card_tells_versions_papers_files_and_whom_to_write_to(window: Window) -> None:
    board = Board(window)
    board.go("Всеволожский")
    assert "уточн. 1, 15.10.2026" in board.card
    assert "первичный, 15.10.2026" in board.card
    assert "Заместитель главы" in board.card
    board.go("Выборгский")
    assert "НКО-47-кв_41615000_2026-Q3_0.pdf" in board.card
    board.go("Волосовский")
    assert "от руки.xlsx" in board.card
    assert "ошибки в ячейках" in board.card
    assert not board.page.card.receipt.isVisible()


def test_a_call_is_written_down_shown_and_taken_back(window: Window) -> None:
    board = Board(window)
    board.go("Лужский").call.click()
    dialog = window.dialog
    dialog.primary.click()
    assert set(dialog.faults) == {"whom", "said"}
    fill(dialog.rows["whom"].editor, "Петрова М. И.")
    fill(dialog.rows["said"].editor, "Пришлют в понедельник")
    fill(dialog.rows["on"].editor, "26.10.2026")
    dialog.primary.click()
    assert dialog.faults == {"on": "Дата ещё не наступила."}
    fill(dialog.rows["on"].editor, "24.10.2026")
    dialog.primary.click()
    board.wait()
    assert board.cell("Лужский", "Звонок") == "24.10"
    assert "24.10.2026, Петрова М. И." in board.card
    assert "Пришлют в понедельник" in board.card
    (call,) = window.window.desk.read(calls, ["41633000"], Q3)
    assert (call.on, call.whom) == (date(2026, 10, 24), "Петрова М. И.")
    window.window.undo()
    board.wait()
    assert board.cell("Лужский", "Звонок") == ""
    assert "Петрова" not in board.card
    window.window.redo()
    board.wait()
    assert board.cell("Лужский", "Звонок") == "24.10"


def test_a_letter_tells_the_term_and_the_days_and_may_be_changed(window: Window, tmp_path: Path) -> None:
    board = Board(window)
    board.go("Лужский").remind.click()
    dialog = window.dialog
    text = dialog.edit.toPlainText().replace("\u00a0", " ")
    assert "Администрация Лужского муниципального района" in text
    assert "истёк 12 октября 2026 г., опоздание — 13 дней." in text
    assert "Отчёт не поступил." in text
    dialog.save_word(tmp_path / "письмо.docx")
    with zipfile.ZipFile(io.BytesIO((tmp_path / "письмо.docx").read_bytes())) as book:
        assert "опоздание — 13 дней" in book.read("word/document.xml").decode().replace("\u00a0", " ")
    type_text(dialog.edit, "Ждём отчёт до пятницы.")
    dialog.copy.click()
    assert QApplication.clipboard().text() == "Ждём отчёт до пятницы."
    dialog.save_text(tmp_path / "письмо.txt")
    assert (tmp_path / "письмо.txt").read_text(encoding="utf-8-sig") == "Ждём отчёт до пятницы."
    dialog.save_word(tmp_path / "письмо.docx")
    with zipfile.ZipFile(tmp_path / "письмо.docx") as book:
        assert "Ждём отчёт до пятницы." in book.read("word/document.xml").decode()


def test_a_letter_about_a_file_that_was_set_aside_says_why(window: Window) -> None:
    board = Board(window)
    board.go("Волосовский").remind.click()
    text = window.dialog.edit.toPlainText().replace("\u00a0", " ")
    assert "Файл «от руки.xlsx» от 15 октября 2026 г. не принят" in text


def test_letters_to_all_who_are_missing_come_at_once(window: Window, tmp_path: Path) -> None:
    board = Board(window)
    assert board.page.letters.word.replace("\u00a0", " ") == "Написать 16 районам"
    board.page.save_letters(tmp_path / "письма")
    board.wait()
    assert len(list((tmp_path / "письма").glob("*.docx"))) == 16
    assert window.notice == "16 писем в папке «письма»."


def test_only_those_that_are_wanted_are_shown(window: Window) -> None:
    board = Board(window)
    board.page.show_only.choose("late")
    assert [row.code for row in board.page.model.rows] == ["41612000", "41615000"]
    assert board.page.count.text().replace("\u00a0", " ") == "2 из 18"
    board.page.step_back()
    assert board.page.model.rowCount() == 18


def test_a_receipt_from_the_board_shows_there(window: Window, tmp_path: Path) -> None:
    board = Board(window)
    board.go("Выборгский")
    board.page.answering.save_receipt("41615000", Q3, tmp_path / "квитанция.json")
    board.wait()
    assert board.facts[3] == "1 принято"
    assert "квитанция № 1/2026" in board.card


def test_the_day_of_handing_in_moves_the_board(window: Window) -> None:
    board = Board(window)
    settings: Any = window.window.open("settings", tab="terms")
    settings.panels["terms"].rows["due_day"].editor.box.setText("20")
    settings.panels["terms"].save_button.click()
    board = Board(window)
    assert "срок 20.10.2026" in board.page.header.fact.text().replace("\u00a0", " ")
    assert board.facts[1] == "2 в срок"


def test_find_everything_leads_to_the_district(window: Window) -> None:
    from app.ui.region.commands import districts

    command = next(one for one in districts(window.window) if "Тосненск" in one.title)
    command.act()
    board = Board(window)
    assert "Тосненский" in board.card
