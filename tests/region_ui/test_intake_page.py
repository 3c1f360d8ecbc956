"""«Приём»: what is dropped is taken in, every file is told of, and what to do about it is one press away."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QFontMetrics
from PySide6.QtWidgets import QApplication

from app.core.errors import AppError
from app.core.periods import Quarter
from app.region.results import RESULT_TITLES, Result
from app.returns.answers import read_answer
from app.returns.life import State
from app.ui.dialogs import Dialog
from app.ui.region.intake_rows import WRONG, shown_name
from app.ui.region.intake_words import WORDS, advice
from app.ui.russian_qt import font
from app.ui.table_view import PADDING, ROW
from app.usecases import quarter_returns, region_calls, return_life
from app.usecases.intake_names import MISNAMED
from app.usecases.region_came import ANSWER, BAD_ANSWER, BESIDE
from app.usecases.setup import save_unit
from tests.factories import District
from tests.pages import Window, fill, open_window
from tests.region.region import Sent
from tests.region_ui.pages_region import Board, Intake
from tests.returns.test_freezing import SIGNERS

Q3 = Quarter(2026, 3)


def drop(window: Window, *paths: Path) -> Intake:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where = QPoint(400, 300).toPointF()
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.window.dropEvent(QDropEvent(where, Qt.DropAction.CopyAction, data, buttons, none))
    return Intake(window)


def taken(window: Window) -> Intake:
    window.window.open("intake")
    return Intake(window)


def test_a_folder_dropped_anywhere_is_taken_in_and_every_file_told_of(empty: Window, incoming: Path) -> None:
    empty.window.open("settings")
    page = drop(empty, incoming)
    assert page.results == {
        "НКО-47-кв_41612000_2026-Q3_0.xlsx": "принят",
        "НКО-47-кв_41612000_2026-Q3_1.xlsx": "принят уточнённый",
        "НКО-47-кв_41615000_2026-Q3_0.xlsx": "принят",
        "НКО-47-кв_41615000_2026-Q3_0.pdf": "сохранён рядом",
        "от руки.xlsx": "ошибки в ячейках",
        "прайс.xlsx": "не отчёт",
    }
    assert empty.notice == "6 файлов: принято 3, отложено 2, бумаг рядом 1."
    assert page.page.chosen.file == "от руки.xlsx", "the first that was set aside is shown"
    assert list(page.results)[:2] == ["от руки.xlsx", "прайс.xlsx"], "what needs work stands first"


def test_files_on_a_stick_came_on_the_day_that_is_told(empty: Window, incoming: Path) -> None:
    page = taken(empty)
    page.page.came_button.click()
    dialog = next(d for d in empty.window.findChildren(Dialog) if d.isVisible())
    fill(dialog.rows["came"].editor, "12.10.2026")
    dialog.primary.click()
    assert page.page.came_button.word == "Пришли 12.10.2026"
    drop(empty, incoming)
    assert page.page.came_button.word == "Пришли сегодня", "the day is of one intake"
    assert Board(empty).facts[:2] == ("2 из 18 получено (11,1 %)", "2 в срок")


def test_the_same_again_changes_nothing_and_says_so(empty: Window, incoming: Path) -> None:
    drop(empty, incoming)
    page = drop(empty, *sorted(incoming.iterdir()))
    assert page.results["НКО-47-кв_41612000_2026-Q3_0.xlsx"] == "уже есть"
    assert page.results["прайс.xlsx"] == "не отчёт"
    page.page.show_tab("came")
    assert page.page.model.rowCount() == 6


def test_every_result_has_a_word_an_icon_and_an_advice(window: Window) -> None:
    assert set(WORDS) == {*Result, BESIDE, ANSWER, BAD_ANSWER, MISNAMED}
    assert len({word for word, _, _ in WORDS.values()}) == len(WORDS), "not by colour alone"
    assert len({icon for _, _, icon in WORDS.values()}) == len(WORDS)
    assert set(RESULT_TITLES) == set(Result)
    page = taken(window)
    page.page.show_tab("came")
    for came in page.page.model.rows:
        page.choose(came.file)
        assert advice(came).replace("\u00a0", " ") in page.card
        assert WORDS[came.result][0] in page.card


def test_what_is_wrong_stands_by_cell_and_is_copied_for_a_letter(window: Window) -> None:
    page = taken(window)
    card = page.choose("от руки.xlsx")
    assert "Что не так" in page.card
    assert "102" in card.cells.toPlainText()
    assert not card.remarks.isVisible(), "nobody's program would open them"
    card.copy.click()
    copied = QApplication.clipboard().text().replace("\u00a0", " ")
    assert copied.startswith("от руки.xlsx · Волосовский · III квартал 2026 г.\n")
    assert card.cells.toPlainText().replace("\u00a0", " ") in copied


def test_a_receipt_moves_the_district_s_return_and_is_made_once(
    window: Window, tmp_path: Path, district_of: Callable[[str], District]
) -> None:
    page = taken(window)
    card = page.choose("НКО-47-кв_41612000_2026-Q3_1.xlsx")
    assert card.receipt.isVisible()
    one, again = tmp_path / "квитанция.json", tmp_path / "ещё раз.json"
    page.page.answering.save_receipt("41612000", Q3, one)
    assert window.notice.startswith("Квитанция № 1/2026 от 25.10.2026 сохранена")
    assert "квитанция № 1/2026 от 25.10.2026" in page.card
    assert not card.say.isVisible(), "no remarks to what has a receipt"
    page.page.answering.save_receipt("41612000", Q3, again)
    assert one.read_bytes() == again.read_bytes()
    with district_of("41612000") as district:
        found = district.write(return_life.take_answer, one.read_bytes(), one.name, kind="return")
    assert (found.correction, found.state) == (1, State.ACCEPTED)


def test_remarks_in_one_s_own_words_go_to_the_cells(window: Window, tmp_path: Path, monkeypatch: Any) -> None:
    page = taken(window)
    page.choose("НКО-47-кв_41615000_2026-Q3_0.xlsx").say.click()
    dialog = window.dialog
    dialog.primary.click()
    assert "Напишите, что поправить" in dialog.faults["text"]
    fill(dialog.rows["rows"].editor, "999 Нет такой")
    dialog.primary.click()
    assert "Строки 999 в отчёте нет" in dialog.faults["rows"]
    path = tmp_path / "замечания.json"
    monkeypatch.setattr("app.ui.region.answering.QFileDialog.getSaveFileName", lambda *args: (str(path), ""))
    dialog.rows["rows"].editor.box.setPlainText("211.3 год Не сходится с реестром\n102 Проверьте")
    fill(dialog.rows["text"].editor, "Нет подписи")
    dialog.primary.click()
    answer = read_answer(path.read_bytes())
    assert [(one.cell, one.text) for one in answer.remarks] == [
        ("211.3.year", "Не сходится с реестром"), ("102.quarter", "Проверьте"),
    ]  # fmt: skip
    assert answer.text == "Нет подписи"
    assert "замечания от 25.10.2026" in page.card
    with pytest.raises(AppError, match="отправлены замечания"):
        page.page.answering.save_receipt("41615000", Q3, path)


def test_remarks_to_a_changed_file_are_its_cells(
    window: Window, sent: Callable[..., Sent], tmp_path: Path
) -> None:
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(sent("41606000").xlsx))
    sheet = book.worksheets[1]
    cell = next(cell for line in sheet.iter_rows(min_row=6) for cell in line if isinstance(cell.value, int))
    cell.value = 777
    path = tmp_path / "правленый.xlsx"
    book.save(path)
    page = drop(window, path)
    assert page.results == {"правленый.xlsx": "изменён вручную"}
    card = page.choose("правленый.xlsx")
    assert card.remarks.isVisible()
    assert "777" in card.cells.toPlainText()
    out = tmp_path / "замечания.json"
    page.page.answering.save_remarks("41606000", Q3, out)
    assert "777" in json.dumps(json.loads(out.read_text(encoding="utf-8")), ensure_ascii=False)


def test_the_last_intake_is_filtered_by_result_with_counts(empty: Window, incoming: Path) -> None:
    empty.window.open("intake")
    page = drop(empty, incoming)
    pill = page.page.filters.result
    assert {words.replace("\u00a0", " ") for words in pill.choices().values()} == {
        "принят · 2", "принят уточнённый · 1", "ошибки в ячейках · 1", "не отчёт · 1", "сохранён рядом · 1",
    }  # fmt: skip
    assert pill.isVisible()
    assert not page.page.filters.quarter.isVisible()
    pill.choose("faults")
    assert list(page.results) == ["от руки.xlsx"]
    assert page.page.step_back()
    assert len(page.results) == 6
    pill.choose("accepted")
    page.page.show_tab("came")
    assert pill.code is None, "what was sought there is not sought here"


def test_what_is_wrong_has_the_room_of_the_table(empty: Window, incoming: Path) -> None:
    page = drop(empty, incoming)
    for size in ((910, 512), (1366, 768)):
        empty.window.resize(*size)
        QApplication.processEvents()
        table, wrong = page.page.table, page.page.model.columnCount() - 1
        assert table.columnWidth(wrong) >= 210, size
        widths = [table.columnWidth(n) for n in range(wrong + 1)]
        assert sum(widths) <= table.viewport().width(), size
    names = [page.page.model.headerData(n, Qt.Orientation.Horizontal) for n in range(wrong + 1)]
    assert "Вид" not in names
    page.choose("НКО-47-кв_41612000_2026-Q3_1.xlsx")
    assert "уточн. 1" in page.card, "the card says which version it is"


def test_the_journal_of_what_came_is_filtered(window: Window) -> None:
    page = taken(window)
    assert page.page.tab == "came", "nothing was taken in in this run"
    assert not page.page.tabs["last"].isVisible()
    assert page.page.model.rowCount() == 6
    page.page.filters.result.choose("not_a_return")
    assert list(page.results) == ["прайс.xlsx"]
    page.page.filters.result.choose(None)
    page.page.filters.district.choose("41612000")
    assert len(page.results) == 2
    page.page.filters.quarter.choose(Q3)
    assert len(page.results) == 2
    page.page.filters.result.choose("faults")
    assert page.page.empty.title.text() == "Таких файлов нет"
    page.page.step_back()
    assert page.page.model.rowCount() == 6


def test_a_file_whose_name_speaks_of_another_return_stands_once_with_both_facts(
    window: Window, sent: Callable[..., Sent], tmp_path: Path
) -> None:
    path = tmp_path / "Отчёт за IV квартал 2026.xlsx"
    path.write_bytes(sent("41606000").xlsx)
    page = drop(window, path)
    told = "Файл с названием за IV квартал 2026 г. содержит отчёт за III квартал 2026 г."
    assert page.results == {path.name: "принят"}
    page.choose(path.name)
    assert told in page.card
    assert "Спросите район, где отчёт" in page.card
    assert "квитанц" in page.card, "what is to be done with the return stands there too"
    page.page.filters.result.choose(MISNAMED)
    assert list(page.results) == [path.name]
    page.page.show_tab("came")
    (row,) = [row for row in page.page.model.rows if row.file == path.name]
    line = page.page.model.rows.index(row)
    assert page.page.model.index(line, 5).data().replace("\u00a0", " ") == told
    assert page.page.header.fact.text().replace("\u00a0", " ") == "7 файлов"
    for pill, code in ((page.page.filters.result, MISNAMED), (page.page.filters.quarter, Q3.next)):
        pill.choose(code)
        assert page.results == {path.name: "принят"}, "it is found by what its name speaks of"
        pill.choose(None)
    again = tmp_path / "Отчёт за I квартал 2026.xlsx"
    again.write_bytes(sent("41606000").xlsx)
    assert drop(window, again).results == {again.name: "уже есть"}
    page.page.show_tab("came")
    assert page.results[again.name] == "назван не так", "nothing was kept under this name but that"


def test_what_is_wrong_is_read_in_two_lines_where_one_has_no_room(empty: Window, incoming: Path) -> None:
    page = drop(empty, incoming)
    table, metrics = page.page.table, QFontMetrics(font(14))
    for size in ((910, 512), (1366, 768)):
        empty.window.resize(*size)
        QApplication.processEvents()
        room = table.columnWidth(WRONG) - 2 * PADDING
        needs = [metrics.horizontalAdvance(page.page.model.index(n, WRONG).data()) > room for n in range(6)]
        assert any(needs), size
        assert [table.rowHeight(n) > ROW for n in range(6)] == needs, size
        for tab in ("last", "came"):
            page.page.show_tab(tab)
            said = shown_name("НКО-47-кв_41612000_2026-Q3_1.xlsx", metrics, table.columnWidth(0) - 2 * PADDING)
            assert "41612000_2026-Q3_1" in said, (size, tab)
        page.page.show_tab("last")
    page.page.filters.result.choose("accepted")
    assert table.rowHeight(0) == ROW, "what needs one line has one"


def test_f8_goes_from_one_set_aside_to_the_next_and_enter_opens_its_cells(qtbot: Any, window: Window) -> None:
    page = taken(window)
    seen = set()
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F8)
        seen.add(page.page.chosen.file)
    assert seen == {"от руки.xlsx", "прайс.xlsx"}
    page.choose("от руки.xlsx")
    qtbot.keyClick(page.page.table, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.page.card.cells
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is page.page.table


def test_a_received_file_is_opened_as_a_copy_and_a_bad_one_is_not_kept(
    window: Window, monkeypatch: pytest.MonkeyPatch, sent: Callable[..., Sent]
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(
        "app.ui.region.answering.QDesktopServices.openUrl", lambda url: opened.append(Path(url.toLocalFile())) or True
    )
    page = taken(window)
    page.choose("НКО-47-кв_41615000_2026-Q3_0.xlsx").open.click()
    assert opened[0].read_bytes() == sent("41615000").xlsx
    assert opened[0].name == "НКО-47-кв_41615000_2026-Q3_0.xlsx"
    card = page.choose("прайс.xlsx")
    assert not card.open.isVisible()
    assert not card.save.isVisible()


def test_the_intake_can_be_stopped_and_what_was_taken_stays(
    empty: Window, incoming: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page: Any = empty.window.open("intake")
    job: list[Any] = []
    empty.window.desk.jobs.started.connect(job.append)

    def stop(_job: Any, done: int, _total: int, _text: str) -> None:
        if done >= 2:
            job[0].cancel()

    empty.window.desk.jobs.advanced.connect(stop, Qt.ConnectionType.DirectConnection)
    page.take([incoming])
    empty.wait(lambda: not page.busy and empty.window.desk.jobs.idle)
    assert page.tab == "last", "what was taken in by then is told file by file"
    looked_at = page.model.rowCount()
    assert 0 < looked_at < 6
    assert empty.notice.startswith(f"Приём прерван: разобрано {looked_at}, осталось")
    page.show_tab("came")
    assert page.model.rowCount() == looked_at
    assert page.files_button.isEnabled()


def test_a_folder_without_a_file_is_said_to_be_empty(empty: Window, tmp_path: Path) -> None:
    folder = tmp_path / "пусто"
    folder.mkdir()
    drop(empty, folder)
    assert empty.notice == "Файлов там нет: принимать нечего."


def test_a_journal_that_was_begun_anew_is_told_on_a_tab_of_its_own(
    qtbot: Any, region_file: Path, tmp_path: Path
) -> None:
    """The district lost its file after III квартал and approved IV квартал in a new one."""
    (tmp_path / "заново").mkdir()
    with District(tmp_path / "заново", today="2026-10-01") as district:
        district.write(save_unit, SIGNERS)
        district.ngo("АНО «Светлый берег»", address="г. Мурино, Лесная ул., д. 1")
        kept = district.at("2027-01-12").write(quarter_returns.freeze, Q3.next, kind="return")
    path = tmp_path / "4 квартал.xlsx"
    path.write_bytes(kept.xlsx)
    window = open_window(qtbot, region_file, today="2027-01-15")
    assert not taken(window).page.tabs["journals"].isVisible()
    page = drop(window, path)
    assert page.results == {"4 квартал.xlsx": "принят"}, "it is told, and the return is taken in"
    assert page.page.tabs["journals"].isVisible()
    page.page.show_tab("journals")
    model = page.page.journals.model()
    assert model.index(0, 0).data() == "Всеволожский"
    assert "журнал начат заново" in model.index(0, 1).data()
    board = Board(window)
    board.go("Всеволожский")
    assert "журнал начат заново" in board.card
    window.close()


def test_what_became_of_the_files_is_said_on_the_page_of_the_intake_alone(
    empty: Window, incoming: Path
) -> None:
    page = drop(empty, incoming)
    assert empty.notice.startswith("6 файлов: принято 3")
    empty.window.open("board")
    assert "принято" not in empty.notice
    assert page.page._said == ""
    empty.window.open("intake")
    assert "принято" not in empty.notice, "it was read"


def test_an_intake_that_ends_while_she_is_elsewhere_waits_for_her(empty: Window, incoming: Path) -> None:
    page = taken(empty)
    page.page.take([incoming])
    board = empty.window.open("board")
    empty.wait(lambda: not page.page.busy)
    assert empty.window.page is board
    assert "принято" not in empty.notice
    empty.window.open("intake")
    assert empty.notice == "6 файлов: принято 3, отложено 2, бумаг рядом 1."


def test_the_bar_of_undo_does_not_speak_of_another_deed_beside_the_intake(empty: Window, incoming: Path) -> None:
    """A call was written down a moment before: «Отменить» beside «принято» would seem to take the files back."""
    page = taken(empty)
    empty.window.desk.write(
        "region", "Записан звонок", region_calls.note_call, "41612000", Q3, date(2026, 10, 1), "Иванова", "обещали",
        changed={"received"},
    )  # fmt: skip
    assert empty.window.undo_bar.isVisible()
    page.page.take([incoming])
    page.wait()
    assert empty.notice.startswith("6 файлов: принято")
    assert not empty.window.undo_bar.isVisible()
