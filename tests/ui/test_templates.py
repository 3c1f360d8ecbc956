"""Forms of the committee in the window: added, pointed at, mended, filled, opened; without the mouse too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit

from app.ui.pages.mark_chooser import MarkChooser
from app.ui.pages.template_deeds import FillDialog
from tests.factories import District
from tests.pages import Window, open_window, press, type_text

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-07-06") as district:
        svet = district.ngo("АНО «Светлый берег»", sonko=True)
        district.at("2026-08-12").support(svet, "50 000")
        path = district.path
    opened = open_window(qtbot, path)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """What the committee sent: no marks in it yet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Форма 7"
    sheet.merge_cells("A1:C1")
    sheet["A1"], sheet["A2"], sheet["A3"] = "Сведения за", "Выдано, тыс. руб.", "Итого"
    sheet["B2"].number_format = "#,##0.0,"
    sheet["B3"] = "=SUM(B2:B2)"
    sheet["A5"] = "Потребности"
    path = tmp_path / "Форма 7.xlsx"
    book.save(path)
    return path


def templates_page(window: Window) -> Any:
    """From the list of returns, by its button."""
    returns: Any = window.window.open("returns")
    returns.header.deeds["templates"].click()
    return window.window.page


def chooses(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """She picks that file in the dialogs of the system."""
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))


def point(window: Window, page: Any, row: int, column: int, words: str) -> None:
    """Enter on a cell, a few words, Enter on the first mark found."""
    page.grid.choose_cell(row, column)
    press(page.grid, Qt.Key.Key_Return)
    chooser = window.dialog
    assert isinstance(chooser, MarkChooser)
    assert QApplication.focusWidget() is chooser.line
    type_text(chooser.line, words)
    press(chooser.line, Qt.Key.Key_Return)


def text_at(page: Any, row: int, column: int) -> str:
    page.grid.choose_cell(row, column)
    return str(page.grid.cell.text)


def test_a_form_is_added_pointed_at_filled_and_opened(
    window: Window, form: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = templates_page(window)
    assert page.empty.title.text() == "Шаблонов пока нет"
    assert QApplication.focusWidget() is page.empty.primary
    chooses(monkeypatch, form)
    press(page.empty.primary, Qt.Key.Key_Space)
    assert [one.name for one in page.rows] == ["Форма 7"]
    assert page.state.text() == "меток нет"
    assert QApplication.focusWidget() is page.grid

    point(window, page, 1, 2, "период III")  # within the merged head
    assert text_at(page, 1, 1) == "Сведения за {{head.period}}"
    point(window, page, 2, 2, "211.3 квартал")
    assert text_at(page, 2, 2) == "{{211.3.quarter}}"
    assert page.told.text().startswith("B2: размер, ₽: за квартал")
    point(window, page, 6, 1, "повторять потребности открытые")
    point(window, page, 6, 1, "НКО или объединение")
    assert text_at(page, 6, 1) == "{{rows: needs}} {{ngo}}"
    assert "строка повторяется: Потребности" in page.told.text()
    assert page.state.text() == "4\u00a0метки"

    page.header.deeds["fill"].click()
    dialog = window.dialog
    assert isinstance(dialog, FillDialog)
    combo = dialog.choice.combo
    combo.setCurrentIndex(combo.findText("III\u00a0квартал 2026\u00a0г. — черновик"))
    out = tmp_path / "заполнено.xlsx"
    chooses(monkeypatch, out)
    press(combo, Qt.Key.Key_Escape) if combo.view().isVisible() else None
    dialog.primary.click()
    window.wait(lambda: not page.deeds.filling)
    assert window.notice == "Шаблон заполнен: заполнено.xlsx"
    sheet = load_workbook(out)["Форма 7"]
    assert sheet["A1"].value == "Сведения за III\u00a0квартал 2026\u00a0г."
    assert (sheet["B2"].value, sheet["B2"].number_format) == (50000, "#,##0.0,")
    assert sheet["B3"].value == "=SUM(B2:B2)"
    assert "ЧЕРНОВИК" in sheet.oddHeader.center.text


def test_an_unknown_mark_is_red_with_its_reason_and_stops_the_filling(window: Window, form: Path) -> None:
    page = templates_page(window)
    page.deeds.add_from(form)
    page.grid.choose_cell(5, 2)
    press(page.grid, Qt.Key.Key_F2)
    box = next(box for box in window.dialog.findChildren(QPlainTextEdit))
    type_text(box, "всего {{101.quartr}}")
    window.dialog.primary.click()
    assert page.state.text() == "1\u00a0ошибка"
    page.grid.choose_cell(1, 1)
    page.header.deeds["fill"].click()
    assert page.grid.cell.address == "B5", "the first fault is shown in place of the dialog"
    assert page.told.text() == "B5: Метки {{101.quartr}} нет. Ближайшая — {{101.quarter}}."
    assert page.told.property("tone") == "err"
    press(page.grid, Qt.Key.Key_Delete)
    assert page.grid.cell.text == "всего"
    window.window.undo()
    assert text_at(page, 5, 2) == "всего {{101.quartr}}"
    window.window.redo()
    assert page.state.text() == "меток нет"


def test_formulas_of_the_form_are_left_alone(window: Window, form: Path) -> None:
    page = templates_page(window)
    page.deeds.add_from(form)
    page.grid.choose_cell(3, 2)
    press(page.grid, Qt.Key.Key_Return)
    assert window.notice == "В ячейке формула: выберите другую."
    press(page.grid, Qt.Key.Key_Delete)
    assert text_at(page, 3, 2) == "=SUM(B2:B2)"


def test_templates_are_named_archived_and_exchanged(
    qtbot: Any, window: Window, form: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = templates_page(window)
    page.deeds.add_from(form)
    page.deeds.add_from(form)
    assert [one.name for one in page.rows] == ["Форма 7", "Форма 7 (2)"]
    assert page.row.name == "Форма 7 (2)"
    page.deeds.rename()
    dialog = window.dialog
    type_text(dialog.rows["name"].editor.box, "форма 7")
    dialog.primary.click()
    assert "уже есть" in dialog.notice.text()
    type_text(dialog.rows["name"].editor.box, "Форма 8")
    type_text(dialog.rows["note"].editor.box, "письмо комитета")
    dialog.primary.click()
    assert page.row.name == "Форма 8"
    assert page.note.text() == "письмо комитета"
    point(window, page, 2, 2, "101 квартал")
    chooses(monkeypatch, tmp_path / "для соседей.xlsx")
    page.header.deeds["save"].click()
    assert load_workbook(tmp_path / "для соседей.xlsx")["Форма 7"]["B2"].value == "{{101.quarter}}"
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert [one.name for one in page.rows] == ["Форма 7"]
    assert page.row.name == "Форма 7"
    window.window.undo()
    assert len(page.rows) == 2


def test_the_example_comes_with_the_program_and_has_no_fault(window: Window) -> None:
    page = templates_page(window)
    page.empty.second.click()
    assert page.row.name == "Мониторинг НКО"
    assert page.view.faults == ()
    assert [sheet.name for sheet in page.view.sheets] == ["Мониторинг", "Получатели"]


def test_the_keyboard_reaches_everything(window: Window, qtbot: Any) -> None:
    page = templates_page(window)
    page.empty.second.click()
    press_at = lambda name, keys=Qt.KeyboardModifier.NoModifier: qtbot.keyClick(  # noqa: E731
        QApplication.focusWidget(), name, keys
    )
    press_at(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert page.sheet_name == "Получатели"
    press_at(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is window.window.rail.items["find"]
    press_at(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is page.list
    press_at(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.grid
    press_at(Qt.Key.Key_Return, CTRL)
    assert isinstance(window.dialog, FillDialog)
    press(window.dialog, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is page.grid
    press_at(Qt.Key.Key_Escape)
    assert window.window.page is window.window.pages["returns"]


def test_the_page_fits_the_screen(window: Window) -> None:
    page = templates_page(window)
    page.empty.second.click()
    wanted = page.minimumSizeHint()
    assert (wanted.width() <= 1000 - 56, wanted.height() <= 600) == (True, True), (wanted.width(), wanted.height())


def test_a_file_that_is_no_workbook_is_told(window: Window, tmp_path: Path) -> None:
    page = templates_page(window)
    (tmp_path / "письмо.xlsx").write_bytes(b"%PDF-1.7")
    page.window_.guarded(page.deeds.add_from)(tmp_path / "письмо.xlsx")
    assert "не книга Excel" in window.dialog.title.text()
    assert page.rows == ()
