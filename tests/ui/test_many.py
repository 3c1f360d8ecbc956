"""Many at once: one decision for several NGOs, recipients pasted as a list, a service for citizens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from app.usecases import registers
from tests.factories import District
from tests.pages import Window, fill, open_window, press

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    """Twenty-two NGOs, two of which are called alike, and a centre."""
    with District(tmp_path, today="2026-07-01") as district:
        for number in range(1, 21):
            district.ngo(f"АНО «Сосна-{number:02d}»", sonko=True)
        district.ngo("Фонд «Ёлочка»")
        district.body("Инициативная группа «Двор»")
        district.centre()
        path = district.path
    opened = open_window(qtbot, path, today="2026-07-06")
    yield opened
    opened.close()


def copied(*lines: str) -> None:
    QApplication.clipboard().setText("\n".join(lines))


def test_one_decision_for_several_makes_a_record_for_each(window: Window) -> None:
    page = window.register("support")
    form = page.add().type("form", "консультационная").type("ngo_id", "Сосна-01")
    form.type("decision_on", "06.07.2026").type("consultations", "1").type("hours", "2")
    fill(page.page.editing.form.rows["others"].editor, "елочка")
    copied("1. АНО «Сосна-02»", "2. Сосна-03", "АНО «Которой нет»")
    press(page.page.editing.form.rows["others"].editor.box, Qt.Key.Key_V, CTRL)
    form.save()
    told = "Найдите и выберите сами или уберите: АНО «Которой нет» — не найдена."
    assert form.faults == {"others": told}
    others = page.page.editing.form.rows["others"].editor
    fill(others, "Двор")
    form.save()
    assert form.faults == {"others": told}, "choosing another does not make the line vanish"
    others.restore(others.state())
    form.save()
    assert form.faults == {"others": told}, "nor does a draft forget it"
    drop = next(b for b in others.findChildren(QPushButton) if b.accessibleName().startswith("Убрать из списка"))
    press(drop, Qt.Key.Key_Space)
    form.save()
    assert not form.open, form.faults
    assert page.count == 5
    assert {row[0] for row in page.rows} >= {"АНО «Сосна-03»", "Фонд «Ёлочка»"}
    window.window.undo()
    assert page.count == 0, "one write, undone whole"


def test_a_change_of_a_record_asks_for_no_other_recipients(window: Window) -> None:
    page = window.register("support")
    form = page.add().type("form", "иная").type("ngo_id", "Сосна-01").type("decision_on", "06.07.2026")
    form.type("cases", "1").save()
    assert not form.open, form.faults
    page.edit()
    assert not page.page.editing.form.rows["others"].isVisible()


def test_twenty_recipients_are_pasted(window: Window) -> None:
    page = window.register("service")
    form = page.add().type("provided_on", "06.07.2026").type("centre_id", "Опора").type("service_code", "О1")
    form.type("quantity", "1").type("hours", "2").type("people", "25")
    table = page.page.editing.form.tables["service_recipient"]
    copied(*(f"АНО «Сосна-{number:02d}»" for number in range(1, 21)), "Сосна-05", "граждане", "Неведомая")
    table.paste_button.click()
    assert len(table.lines) == 22
    assert "Неведомая — не найдена" in table.message.fault
    form.save()
    assert form.open, "a line that names nobody does not vanish"
    link = table.lines[-1].editors["ngo_id"]
    assert link.box.text() == "Неведомая"
    assert QApplication.focusWidget() is link.box, "she is led to the line that is in the way"
    table.lines[-1].drop.click()
    form.save()
    assert not form.open, form.faults
    card = page.page.card.card
    assert card.values["recipients_count"] == 21
    assert sum(line["ngo_id"] is None for line in card.lines["service_recipient"]) == 1
    page.edit()
    assert "граждане" in {line.editors["ngo_id"].box.text() for line in table.lines}
    form.save()
    assert page.card["recipients_count"] == 21, "saved again, the citizens are still there"


def test_lines_that_name_nobody_wait_one_after_the_other(window: Window) -> None:
    form = window.register("service").add()
    table = form._form.tables["service_recipient"]
    copied("Сосна-01", "Сосна", "Неведомая", "Сосна")
    table.take_list(QApplication.clipboard().text())
    table.take_list(QApplication.clipboard().text())
    links = [line.editors["ngo_id"] for line in table.lines]
    assert [link.box.text() for link in links] == ["АНО «Сосна-01»", "Сосна", "Неведомая"], "pasted twice, there once"
    assert "подходят несколько" in table.message.fault
    assert "Неведомая — не найдена" in links[2].box.toolTip(), "below the table stands the first fault alone"
    window.wait(lambda: QApplication.activeWindow() is window.window)
    press(links[1].box, Qt.Key.Key_F8)
    assert QApplication.focusWidget() is links[2].box, "F8 goes from one to the next"
    fill(links[1], "Сосна-02")
    assert "Неведомая — не найдена" in table.message.fault, "the other is in the way still"
    fill(links[2], "Сосна-03")
    assert not table.message.fault
    assert [link.box.toolTip() for link in links] == ["", "", ""]
    assert [link.read()[1] for link in links] == [None] * 3


def test_all_that_name_nobody_are_dropped_at_once(window: Window) -> None:
    page = window.register("agreement")
    page.add()
    editor = page.page.editing.form.rows["parties"].editor
    copied("Сосна-07", "Неведомая", "Никакая", "граждане")
    press(editor.box, Qt.Key.Key_V, CTRL)
    assert "граждане — здесь не указывают" in editor.read()[1]
    drop = next(b for b in editor.findChildren(QPushButton) if b.text().startswith("Убрать ненайденные"))
    press(drop, Qt.Key.Key_Space)
    assert editor.read()[1] is None
    assert len(editor.read()[0]) == 1


def test_citizens_alone_may_be_served(window: Window) -> None:
    form = window.register("service").add()
    form.type("provided_on", "06.07.2026").type("centre_id", "Опора").type("service_code", "О1")
    form.type("quantity", "1").type("hours", "2").type("people", "9")
    table = form._form.tables["service_recipient"]
    table.add_button.click()
    table.lines[0].editors["ngo_id"].box.setText("граждане")
    form.save()
    assert not form.open, form.faults


def test_numbers_are_pasted_as_well_as_names(window: Window) -> None:
    desk = window.window.desk
    assert desk is not None
    first = desk.read(registers.suggest, "ngo", "АНО «Сосна-07»")[0]
    inn = desk.read(registers.card, "ngo", int(first.code)).values["inn"]
    page = window.register("agreement")
    page.add()
    editor = page.page.editing.form.rows["parties"].editor
    copied(f"7\tСосна-07\t{inn}", "Фонд «Ёлочка»\t\t")
    press(editor.box, Qt.Key.Key_V, CTRL)
    assert len(editor.read()[0]) == 2


def test_what_was_typed_but_not_chosen_is_a_fault(window: Window) -> None:
    page = window.register("agreement")
    form = page.add().type("number", "1")
    editor = page.page.editing.form.rows["parties"].editor
    editor.box.setText("АНО «Сосна")
    form.save()
    assert "Выберите запись из списка" in form.faults["parties"]


def test_a_field_that_holds_something_stays_in_sight(window: Window) -> None:
    form = window.register("support").add().type("form", "финансовая").type("amount", "100")
    form.type("form", "информационная")
    assert form._form.rows["amount"].isVisible(), "it would be saved unseen"
    assert not form._form.rows["local"].isVisible()


def test_the_panel_tells_who_the_recipient_is(window: Window) -> None:
    form = window.register("support").add().type("form", "иная").type("ngo_id", "Сосна-01")
    form.type("decision_on", "06.07.2026").type("cases", "1").save()
    form = window.register("support").add().type("ngo_id", "Сосна-01")
    told = form.panel.replace("\u00a0", " ")
    assert "АНО «Сосна-01»" in told
    assert "1 решение" in told
    assert "Нарушения" in told
    form.type("ngo_id", "Двор")
    assert "без юридического лица" in form.panel
    form._form.rows["ngo_id"].editor.box.clear()
    form._form.rows["ngo_id"].editor.fill(None)
    form._form.rows["ngo_id"].edited.emit()
    assert "без юридического лица" not in " ".join(
        form._form.panel.facts.itemAt(i).widget().text() for i in range(form._form.panel.facts.count())
    )
