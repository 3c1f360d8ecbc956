"""A list on its way in: columns corrected by hand, one value for all rows, doubtful rows decided, wrong ones saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.factories import District
from tests.pages import ImportPage, Window, fill, open_window


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-07-01") as district:
        district.ngo("АНО «Светлый берег»", sonko=True, ogrn="1037739010891", inn="7707083893")
        path = district.path
    opened = open_window(qtbot, path, today="2026-07-06")
    yield opened
    opened.close()


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8-sig")
    return path


def settled(window: Window, page: ImportPage) -> None:
    window.wait(lambda: not page.page.busy)


def test_one_value_stands_for_what_the_rows_lack(window: Window, tmp_path: Path) -> None:
    listed = written(tmp_path / "победители.csv", "Получатель;ИНН;Сумма\nАНО «Светлый берег»;7707083893;50 000\n")
    page = window.import_page("support").read(listed)
    assert page.counts["rejected"] == 1, "no day of decision"
    assert page.button == "Записать 0\u00a0строк"
    assert not page.page.write_button.isEnabled()
    page.page.fill_button.click()
    dialog = window.dialog
    assert {"decision_on", "form"} >= set(dialog.rows)
    fill(dialog.rows["decision_on"].editor, "02.07.2026")
    if "form" in dialog.rows:
        fill(dialog.rows["form"].editor, "финансовая")
    dialog.primary.click()
    settled(window, page)
    assert (page.counts["new"], page.counts["rejected"]) == (1, 0)
    page.write()
    rows = window.register("support").rows
    assert [("02.07.2026" in row, "50\u00a0000" in row) for row in rows] == [(True, True)]


def test_a_journal_without_a_column_of_centres_takes_the_centre_by_name(window: Window, tmp_path: Path) -> None:
    listed = written(
        tmp_path / "журнал.csv", "Получатель;ИНН;Услуга;Дата;Часы\nАНО «Светлый берег»;7707083893;К4;02.07.2026;1\n"
    )
    page = window.import_page("service").read(listed)
    page.page.fill_button.click()
    fill(window.dialog.rows["centre_id"].editor, "АНО «Опора»")
    window.dialog.primary.click()
    settled(window, page)
    assert page.counts["doubtful"] == 1, "the centre is new: it is created when the row is accepted"
    assert "Опора" in " ".join(page.page.preview.rows[0].doubts)


def test_a_column_is_put_right_by_hand(window: Window, tmp_path: Path) -> None:
    listed = written(tmp_path / "нко.csv", "Название;Прочее\nФонд «Ёлочка»;г. Сертолово, Лесная ул., д. 3\n")
    page = window.import_page("ngo").read(listed)
    table = page.page.preview.tables[0]
    page.page.columns.put(table, 1, "address")
    settled(window, page)
    assert page.page.preview.tables[0].column_map.columns["address"] == 1
    page.write()
    found = window.register("ngo").search("елоч")
    assert found.choose(0).page.card.card.values["address"] == "г. Сертолово, Лесная ул., д. 3"


def test_wrong_rows_come_back_as_a_file_and_nothing_is_written_before(window: Window, tmp_path: Path) -> None:
    listed = written(tmp_path / "нко.csv", "Название;ИНН\nАНО «Верная»;1655494610\nАНО «Кривая»;1655494611\n")
    page = window.import_page("ngo").read(listed)
    assert (page.counts["new"], page.counts["rejected"]) == (1, 1)
    page.page.save_rejects_to(tmp_path / "ошибки.xlsx")
    assert (tmp_path / "ошибки.xlsx").stat().st_size > 1000
    page.page.step_back()
    assert window.register("ngo").count == 1


def test_a_doubtful_row_waits_for_the_space_bar(window: Window, tmp_path: Path, qtbot: Any) -> None:
    listed = written(tmp_path / "нко.csv", "Название;ОГРН;ИНН\nАНО «Иной берег»;1231600019705;7707083893\n")
    page = window.import_page("ngo").read(listed)
    assert page.counts["doubtful"] == 1
    assert page.button == "Записать 0\u00a0строк"
    qtbot.keyClick(page.page.table, Qt.Key.Key_Space)
    assert page.button == "Записать 1\u00a0строку"
    page.write()
    assert window.register("ngo").count == 2
