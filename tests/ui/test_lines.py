"""The first records of an empty file by keyboard: where the focus starts and goes, where a fault leads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.factories import District
from tests.pages import FormPage, Window, fill, open_window, press, type_text


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-07-01") as district:
        path = district.path
    opened = open_window(qtbot, path, today="2026-07-06")
    opened.wait(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


def test_a_contact_person_is_typed_from_field_to_field(window: Window) -> None:
    form = window.register("ngo").add()
    form.type("name", "АНО «Светлый берег»").type("kind", "юридическое лицо").line("contact", name="Белова Анна")
    table = form._form.tables["contact"]
    (line,) = table.lines
    passed = []
    window.wait(lambda: line.block.isVisible() and line.block.height() == line.block.sizeHint().height())  # laid out
    line.editors["name"].box.setFocus()
    while (at := QApplication.focusWidget()) is not line.drop and len(passed) < 20:
        passed.append(at)
        press(at, Qt.Key.Key_Tab)
    assert passed == [editor.box for editor in line.editors.values()], "the cross comes after the last field"


def test_a_required_field_of_a_line_is_counted_and_led_to(window: Window) -> None:
    form = window.register("ngo").add().type("name", "АНО «Светлый берег»")
    counted = form._form.bar.count.text()
    form.line("contact", name="Белова Анна")
    right, count = (int(word) for word in counted.split() if word.isdigit())
    assert form._form.bar.count.text().startswith(f"Верно {right + 1} из {count + 2} ")
    form.save()
    basis = form._form.tables["contact"].lines[0].editors["basis"]
    assert "Основание обработки" in form._form.tables["contact"].message.fault
    while QApplication.focusWidget() is not basis.box and form._form.rows:
        before = QApplication.focusWidget()
        press(before, Qt.Key.Key_F8)
        assert QApplication.focusWidget() is not before, "F8 leads to the field that is in the way"
    fill(basis, "согласие")
    assert form._form.bar.count.text().startswith(f"Верно {right + 2} из {count + 2} ")


def test_a_link_to_a_register_without_records_says_so(window: Window) -> None:
    form = window.register("service").add()
    form.save()
    told = "Центров пока нет: добавьте в «Ресурсные центры»."
    assert form.faults["centre_id"] == told
    box = form._form.rows["centre_id"].editor.box
    type_text(box, "Опора")
    form.save()
    assert form.faults["centre_id"] == told, "there is no list under the field to choose from"
    assert window.window.undo_bar.text.text() == "Центров пока нет"
    form.type("quantity", "7")
    press(box, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    page: Any = window.window.page
    assert page.register == "centre"
    assert page.editing.open, "one key leads to what is lacking"
    FormPage(window, page).type("name", "Опора").save()
    assert not page.editing.open, page.editing.form.faults
    window.register("service")
    assert form.open
    assert form.read("quantity") == "7", "what was typed is kept"
    form.save()
    assert form.faults["centre_id"] == "Выберите запись из списка под полем."


def test_an_appeal_starts_at_who_appealed(window: Window) -> None:
    form = window.register("appeal").add()
    assert QApplication.focusWidget() is form._form.rows["ngo_id"].editor.box, "the first field of the form"
