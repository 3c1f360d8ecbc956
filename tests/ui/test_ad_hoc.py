"""«К 15:00 список ветеранских организаций с руководителями и телефонами»: two steps, in any form, and noted."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.usecases import history
from app.usecases.personal_exports import exports
from tests.factories import District, on
from tests.pages import Window, open_window
from tests.reports.reading import page_texts, sheets
from tests.ui.pages_tables import CTRL, Tables, saving_to


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    consent = {"basis": "согласие", "consent": "7", "consent_on": on("2026-01-10")}
    with District(tmp_path, today="2026-07-01") as district:
        people = [
            {"name": "Сомов Виктор", "phone": "8 (921) 555-44-33", "post": "секретарь", **consent},
            {"name": "Ушедшая Инна", "phone": "8 (921) 555-00-00", "withdrawn_on": on("2026-06-01"), **consent},
            {"name": "Давняя Анна", "phone": "8 (921) 555-00-01", "keep_until": on("2026-06-01"), **consent},
        ]
        district.ngo("Совет ветеранов «Память»", director="Ёжикова А. П.", phone="8 (81370) 25-411",
                     lines={"contact": people})  # fmt: skip
        district.ngo("Союз ветеранов «Десант»", director="Орлов П. П.")
        district.ngo("АНО «Свет»")
        path = district.path
    opened = open_window(qtbot, path, today="2026-10-05")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


@pytest.fixture
def tables(window: Window) -> Tables:
    """Veterans are sought."""
    tables = Tables(window)
    tables.page.filters.search.setText("ветеран")
    tables.page.search()
    return tables


def asked(tables: Tables, *keys: str, form: str = "copy", heading: str = "") -> Any:
    """Ctrl+E with those columns ticked."""
    tables.key(Qt.Key.Key_E, CTRL)
    dialog = tables.window.dialog
    if keys:
        dialog.ticks.show_chosen(keys)
    dialog.choose(form)
    if heading:
        dialog.heading.setText(heading)
    return dialog


def test_two_steps_to_the_clipboard(tables: Tables) -> None:
    asked(tables, "called", "director", "phone")
    tables.key(Qt.Key.Key_Return).idle()
    data = QApplication.clipboard().mimeData()
    assert data.text().splitlines() == [
        "Наименование\tРуководитель\tСлужебный телефон",
        "Совет ветеранов «Память»\tЁжикова А. П.\t8 (81370) 25-411",
        "Союз ветеранов «Десант»\tОрлов П. П.\t",
    ]
    assert "<table" in data.html()
    assert tables.window.notice.startswith("Скопировано: 2 организации")
    assert tables.page.desk.read(exports) == (), "the public head and the service telephone are no personal data"


def test_the_last_set_and_form_come_again(tables: Tables) -> None:
    asked(tables, "director", "called")
    tables.key(Qt.Key.Key_Return).idle()
    tables.keys = 0
    tables.page.table.setFocus()
    tables.key(Qt.Key.Key_E, CTRL)
    dialog = tables.window.dialog
    assert (dialog.ticks.chosen, dialog.form) == (("director", "called"), "copy")
    tables.key(Qt.Key.Key_Return).idle()
    assert QApplication.clipboard().text().startswith("Руководитель\tНаименование")
    assert tables.keys == 2


def test_arrows_choose_the_form(tables: Tables) -> None:
    asked(tables, form="xlsx")
    tables.window.dialog.first().setFocus()
    tables.key(Qt.Key.Key_Right)
    assert tables.window.dialog.form == "docx"
    tables.key(Qt.Key.Key_Left).key(Qt.Key.Key_Left)
    assert (tables.window.dialog.form, tables.window.dialog.primary.word) == ("copy", "Скопировать")
    tables.key(Qt.Key.Key_Escape)


def test_to_word(tables: Tables, tmp_path: Path, monkeypatch: Any) -> None:
    path = tmp_path / "к совещанию.docx"
    offered = saving_to(monkeypatch, path)
    asked(tables, "name", "director", "phone", form="docx", heading="Ветеранские организации")
    tables.key(Qt.Key.Key_Return).idle()
    assert offered == ["Ветеранские организации.docx"]
    document = Document(BytesIO(path.read_bytes()))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert "Ветеранские организации" in words
    assert "Отобрано: поиск «ветеран»." in words
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[1] == ["Совет ветеранов «Память»", "Ёжикова А. П.", "8 (81370) 25-411"]
    assert tables.window.notice == "Записано в «к совещанию.docx»: 2 организации."


@pytest.mark.parametrize("form", ["xlsx", "pdf"])
def test_to_excel_and_to_paper(tables: Tables, tmp_path: Path, monkeypatch: Any, form: str) -> None:
    saving_to(monkeypatch, tmp_path / "список")  # the ending is added
    asked(tables, "name", "director", form=form, heading="Ветераны")
    tables.key(Qt.Key.Key_Return).idle()
    content = (tmp_path / f"список.{form}").read_bytes()
    if form == "xlsx":
        (rows,) = sheets(content).values()
        assert [row[:2] for row in rows] == [
            ["Полное наименование", "Руководитель"], ["Совет ветеранов «Память»", "Ёжикова А. П."],
            ["Союз ветеранов «Десант»", "Орлов П. П."],
        ]  # fmt: skip
    else:
        text = " ".join(page_texts(content))
        assert "Ветераны Отобрано: поиск «ветеран»" in text
        assert "Ёжикова А. П." in text


def test_contact_persons_are_warned_of_and_noted(tables: Tables, tmp_path: Path, monkeypatch: Any) -> None:
    path = tmp_path / "лица.docx"
    saving_to(monkeypatch, path)
    dialog = asked(tables, "name", form="docx", heading="Ветераны")
    assert not dialog.warning.isVisibleTo(dialog)
    dialog.people.click()
    assert dialog.warning.isVisibleTo(dialog)
    tables.key(Qt.Key.Key_Return).idle()
    (row, _) = [[cell.text for cell in row.cells] for row in Document(BytesIO(path.read_bytes())).tables[0].rows][1:]
    assert row == ["Совет ветеранов «Память»", "Сомов Виктор", "секретарь", "8 (921) 555-44-33", ""]
    (noted,) = tables.page.desk.read(exports)
    assert (noted.what, noted.people) == ("Ветераны: контактные лица", 1)
    assert noted.where == "Word, файл „лица.docx“"
    batch = tables.page.desk.read(history.recent_changes)[0]
    assert batch.title == "Выгрузка: Ветераны: контактные лица — 1\u00a0человек, Word, файл „лица.docx“"
    page: Any = tables.window.window.open("history")
    line = page.changes[0]
    assert line.batch.kind == "export"
    assert not line.undo_button.isVisibleTo(page), "what went out is not taken back"


def test_marked_rows_alone(tables: Tables) -> None:
    tables.mark(1)
    dialog = asked(tables, "name")
    assert dialog.title.text() == "Выгрузить: отмечено: 1\u00a0организация"
    tables.key(Qt.Key.Key_Return).idle()
    assert QApplication.clipboard().text().splitlines()[1:] == ["Союз ветеранов «Десант»"]


def test_nothing_ticked_and_nothing_found(tables: Tables) -> None:
    dialog = asked(tables)
    dialog.ticks.show_chosen(())
    tables.key(Qt.Key.Key_Return)
    assert "хотя бы один" in dialog.notice.text()
    tables.key(Qt.Key.Key_Escape)
    tables.page.filters.search.setText("пусто")
    tables.page.search()
    tables.page.export()
    assert "Выгружать нечего" in tables.window.notice


def test_a_file_that_cannot_be_written_is_told(tables: Tables, tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "занято").write_text("")
    saving_to(monkeypatch, tmp_path / "занято" / "список.xlsx")
    asked(tables, "name", form="xlsx")
    tables.key(Qt.Key.Key_Return).idle()
    dialog = tables.window.dialog
    assert "не записан" in dialog.title.text() + dialog.text.text()
    dialog.close_dialog(done=False)
