"""A block copied from a sheet goes through the preview of an import, as a file does, and is undone as one batch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.usecases.pasted_block import block_of, is_list
from tests.factories import District
from tests.pages import ImportPage, Window, open_window

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def numbers(tmp_path: Path) -> dict[str, str]:
    with District(tmp_path, today="2026-07-01") as district:
        kept = district.inn()
        district.ngo("АНО «Свет»", inn=kept, address="г. Мурино")
        return {"kept": kept, "new": district.inn(), "ogrn": district.ogrn()}


@pytest.fixture
def window(qtbot: Any, tmp_path: Path, numbers: dict[str, str]) -> Iterator[Window]:
    opened = open_window(qtbot, tmp_path / "район.db", today="2026-07-06")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    QApplication.clipboard().clear()  # what Python made must not outlive it there
    opened.close()


def paste(window: Window, register: str, text: str, html: str = "", *, searching: bool = False) -> ImportPage:
    """Ctrl+V where the focus is when a register was opened: in its table, or in the search of an empty one."""
    page = window.register(register)
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    QApplication.clipboard().setMimeData(data)
    if not searching:
        page.page.table.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_V, CTRL)
    found = ImportPage(window, window.window.page)
    if window.window.page is window.window.pages.get("import"):
        window.wait(lambda: not found.page.busy)
    return found


def test_a_block_with_headings_is_previewed_written_and_undone(window: Window, numbers: dict[str, str]) -> None:
    ngo = window.register("ngo")
    block = (f"Наименование\tИНН\tТелефон\r\nАНО «Свет»\t{numbers['kept']}\t8 813 111-22-33\r\n"
             f"Фонд «Ладога»\t{numbers['new']}\t\r\n")  # fmt: skip
    found = paste(window, "ngo", block)
    assert found.page.header.fact.text().startswith("«Вставленный блок.tsv», 2\u00a0строки"), "nothing is written yet"
    assert (found.counts["new"], found.counts["changed"]) == (1, 1)
    assert ngo.count == 1
    found.write()
    assert ngo.page.model.rowCount() == 2 or window.register("ngo").count == 2
    window.window.undo()
    assert window.register("ngo").count == 1, "one batch, undone whole"
    assert window.register("ngo").card["phone"] == ""


def test_a_block_without_headings_is_known_by_what_stands_in_it(window: Window, numbers: dict[str, str]) -> None:
    block = f"Фонд «Ладога»\t{numbers['new']}\t{numbers['ogrn']}\nАНО «Свет»\t{numbers['kept']}\t\n"
    found = paste(window, "ngo", block)
    table = found.page.preview.tables[0]
    assert set(table.column_map.columns) >= {"inn", "ogrn", "name"}
    assert (found.counts["new"], found.counts["same"]) == (1, 1)


def test_a_block_of_decisions(window: Window, numbers: dict[str, str]) -> None:
    found = paste(window, "support", "Получатель\tФорма\tДата решения\tСумма\n"
                                     "АНО «Свет»\tфинансовая\t01.07.2026\t50 000,00\n")  # fmt: skip
    assert found.counts["new"] == 1


def test_a_table_of_a_page_is_a_block_too(window: Window, numbers: dict[str, str]) -> None:
    html = (f"<html><table><tr><th>Наименование</th><th>ИНН</th></tr><tr><td>Фонд&nbsp;«Ладога»<br></td>"
            f"<td>{numbers['new']}</td></tr></table></html>")  # fmt: skip
    assert paste(window, "ngo", "Наименование\nИНН", html).counts["new"] == 1


def test_what_is_no_block_is_told(window: Window) -> None:
    paste(window, "ngo", "просто слова")
    assert window.window.page is window.window.pages["ngo"]
    assert "нет таблицы" in window.notice
    window.register("partner").page.empty.second.setFocus()
    paste(window, "partner", "а\tб\nв\tг")
    assert window.notice == "Блоком вставляют НКО, поддержку, услуги и потребности."


def test_rows_pasted_where_the_focus_is_when_a_register_opens_are_a_block(
    window: Window, numbers: dict[str, str]
) -> None:
    page = window.register("ngo").page
    assert QApplication.focusWidget() is page.filters.search
    found = paste(window, "ngo", f"Фонд «Ладога»\t{numbers['new']}\nАНО «Свет»\t{numbers['kept']}", searching=True)
    assert (found.counts["new"], found.counts["same"]) == (1, 1)
    assert page.filters.search.text() == ""


def test_words_are_pasted_into_the_search(window: Window) -> None:
    page = window.register("ngo").page
    QApplication.clipboard().setText("АНО «Свет»")
    page.filters.search.setFocus()
    QTest.keyClick(page.filters.search, Qt.Key.Key_V, CTRL)
    assert window.window.page is page
    assert page.filters.search.text().startswith("АНО")


@pytest.mark.parametrize(("text", "rows"), [
    ('a\t"два\nряда"\nб\tв', [["a", "два ряда"], ["б", "в"]]),
    ('АНО "Свет\t1\nФонд\t2', [['АНО "Свет', "1"], ["Фонд", "2"]]),
    ('"АНО ""Свет"""\t1', [['АНО "Свет"', "1"]]),
    ("одно\nдругое", []),
    ("\t\n\t", []),
])  # fmt: skip
def test_cells_as_office_programs_copy_them(text: str, rows: list[list[str]]) -> None:
    assert block_of(text) == rows


def test_a_heading_alone_is_no_list() -> None:
    assert not is_list("ngo", [["Наименование", "ИНН"]])
    assert is_list("ngo", [["АНО «Свет»", "7707083893"]]), "one row is a list of one"
    assert not is_list("ngo", [])
