"""Completion of texts from what was entered before, «as the one above», letters of buttons, Tab in reading order."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.core.clock import Clock
from app.core.fields import Kind
from app.models.database import Database
from app.records import LINES, REGISTERS
from app.ui.link_editor import typed_span
from app.ui.widgets import Button, to_latin
from app.usecases.completion import entered, is_completed, matching
from tests.factories import District, on
from tests.pages import FormPage, Window, fill, open_window, type_text

ALT, CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with District(tmp_path, today="2026-07-01") as district:
        svet = district.ngo("АНО «Свет»", address="г. Мурино, Лесная ул., д. 1", lines={
            "contact": [{"name": "Белова Анна", "post": "директор", "basis": "согласие", "purpose": "связь с НКО"}],
            "ngo_year": [{"year": 2025, "staff": 3, "source": "отчёт в Минюст"}],
        })  # fmt: skip
        district.ngo("Фонд «Причал»", lines={
            "contact": [{"name": "Громов Пётр", "post": "председатель правления", "basis": "договор"}],
        })  # fmt: skip
        for _ in range(3):
            district.support(svet, purpose="Ремонт мастерской")
        district.support(svet, purpose="Развитие ремёсел")
        district.support(svet, purpose="Лагерь «Ремесло и Ёлка»")
        district.support(svet, purpose="Обучение волонтёров", decision_no="317-р")
        return district.path


@pytest.fixture
def window(qtbot: Any, path: Path) -> Iterator[Window]:
    opened = open_window(qtbot, path, today="2026-07-06")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


def key(name: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(QApplication.focusWidget(), name, modifiers)


def offered(editor: Any) -> list[tuple[str, str]]:
    if not editor.list.isVisible():
        return []
    return [(choice.title, choice.hint) for choice in editor.list.model.choices]


def typed(window: Window, register: str, field: str, text: str) -> tuple[FormPage, Any]:
    form = window.register(register).add()
    editor = form._form.rows[field].editor
    editor.box.setFocus()
    type_text(editor.box, text)
    return form, editor


def test_the_most_used_stands_first_and_says_so(window: Window) -> None:
    _, editor = typed(window, "support", "purpose", "рем")
    assert offered(editor) == [
        ("Ремонт мастерской", "чаще всего"), ("Лагерь «Ремесло и Ёлка»", ""), ("Развитие ремёсел", ""),
    ]  # fmt: skip
    type_text(editor.box, "елка")
    assert offered(editor) == [("Лагерь «Ремесло и Ёлка»", "")], "any word, case and ё aside"
    type_text(editor.box, "монт")
    assert offered(editor) == [], "the middle of a word is no match"
    assert editor.list.foot.text() == "стрелки — выбрать · Enter — взять · Esc — закрыть"


def test_the_typed_piece_is_bold_where_it_begins_a_word() -> None:
    assert typed_span("Ленинградская область, городское поселение", "г") == (23, 1)
    assert typed_span("Лагерь «Ёлка»", "елк") == (8, 3)
    assert typed_span("Ладога", "дог") is None


def test_taken_by_keys_and_the_form_goes_on(window: Window) -> None:
    form, editor = typed(window, "support", "purpose", "рем")
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    assert form.read("purpose") == "Ремонт мастерской"
    assert QApplication.focusWidget() is editor.box, "taken, and one may still add to it"
    assert not editor.list.isVisible()
    type_text(editor.box, "раз")
    assert offered(editor)
    key(Qt.Key.Key_Escape)
    assert not editor.list.isVisible()
    assert form.open, "Esc closes the innermost thing"
    type_text(editor.box, "разное")
    key(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is not editor.box, "with nothing chosen Enter goes on at once"
    assert form.read("purpose") == "разное"
    editor.box.setFocus()
    type_text(editor.box, "рем")
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Tab)
    assert form.read("purpose") == "Ремонт мастерской"
    assert QApplication.focusWidget() is not editor.box, "Tab takes and goes on"


def test_an_empty_field_offers_the_most_used_on_a_down_arrow(window: Window) -> None:
    _, editor = typed(window, "support", "purpose", "")
    key(Qt.Key.Key_Down)
    assert offered(editor)[0] == ("Ремонт мастерской", "чаще всего")
    assert len(offered(editor)) == 4


def test_numbers_of_acts_addresses_and_lines_are_completed(window: Window) -> None:
    _, editor = typed(window, "support", "decision_no", "317")
    assert [title for title, _ in offered(editor)] == ["317-р"]
    form, editor = typed(window, "ngo", "address", "лесная")
    assert [title for title, _ in offered(editor)] == ["г. Мурино, Лесная ул., д. 1"]
    form._form.tables["ngo_year"].add_button.click()
    QApplication.processEvents()
    source = form._form.tables["ngo_year"].lines[0].editors["source"]
    source.box.setFocus()
    type_text(source.box, "отч")
    assert [title for title, _ in offered(source)] == ["отчёт в Минюст"]


def test_persons_and_names_are_never_offered(path: Path) -> None:
    personal = [
        (line.key, field)
        for lines in LINES.values()
        for line in lines
        for field in line.typed
        if field.personal and field.key != "post"
    ]
    assert personal
    assert not any(is_completed(key, field) for key, field in personal)
    for name in ("name", "short_name", "director"):
        assert not is_completed("ngo", REGISTERS["ngo"][name])
    with _at(path) as at:
        assert at.read(entered, "contact", "post") == (), "a post that one person has tells of that person"
        at.ngo("АНО «Ель»", lines={"contact": [{"name": "Ким", "post": "директор", "basis": "согласие"}]})
        assert [one.text for one in at.read(entered, "contact", "post")] == ["директор"]


def _at(path: Path) -> District:
    district = District.__new__(District)
    district.path, district.clock, district._numbers = path, Clock.fixed(on("2026-07-06"), seed=7), 900
    district.database = Database.open(path, clock=district.clock, actor="Куратор", account="curator")
    return district


def test_what_is_archived_is_not_offered(path: Path) -> None:
    from app.usecases.records import archive

    with _at(path) as district:
        (one,) = [row for row in district.read(entered, "support", "purpose") if row.text.startswith("Разв")]
        district.write(archive, "support", one.last, "записана дважды")
        assert not [row for row in district.read(entered, "support", "purpose") if row.text.startswith("Разв")]
        assert matching(district.read(entered, "support", "purpose"), "Ремонт мастерской") == (), "typed whole already"


# --- as the one above


def test_ctrl_d_repeats_the_last_record_after_a_restart(window: Window) -> None:
    form = window.register("support").add()
    for field, wanted in (("purpose", "Обучение волонтёров"), ("decision_no", "317-р"), ("ngo_id", "АНО «Свет»")):
        form._form.rows[field].editor.box.setFocus()
        key(Qt.Key.Key_D, CTRL)
        assert form.read(field) == wanted
    assert form._form.rows["ngo_id"].read() == (1, None), "a link with its record, not its words alone"


def test_ctrl_d_in_a_line_repeats_the_one_above(window: Window) -> None:
    form = window.register("ngo").add()
    table = form._form.tables["ngo_year"]
    table.add_button.click()
    table.lines[0].editors["source"].box.setFocus()
    key(Qt.Key.Key_D, CTRL)
    assert table.lines[0].editors["source"].box.text() == "", "the last record has no such line"
    fill(table.lines[0].editors["source"], "письмо НКО")
    fill(table.lines[0].editors["year"], "2024")
    table.add_button.click()
    for name in ("source", "year"):
        table.lines[1].editors[name].box.setFocus()
        key(Qt.Key.Key_D, CTRL)
        assert table.lines[1].editors[name].box.text() == table.lines[0].editors[name].box.text() != ""


# --- letters and Tab


def _letter(button: Button) -> Qt.Key:
    assert button.mnemonic, button.word
    assert f"&{button.mnemonic}".lower() in super(Button, button).text().lower()
    return Qt.Key(ord(to_latin(button.mnemonic)))


@pytest.mark.parametrize("russian", [False, True])
@pytest.mark.qt_log_ignore("keyToAscii Unhandled key code", extend=True)
def test_alt_with_a_letter_presses_a_button_of_a_form(window: Window, russian: bool) -> None:
    form = window.register("ngo").add()
    type_text(form._form.rows["name"].editor.box, "АНО «Новая»")
    button = form._form.bar.save
    key(Qt.Key(ord(button.mnemonic.upper())) if russian else _letter(button), ALT)
    assert not form.open
    assert window.register("ngo").count == 3


def test_letters_do_not_clash_with_each_other_nor_with_figures(window: Window) -> None:
    for register in REGISTERS:
        form = window.register(register).add()
        letters = [button.mnemonic.lower() for button in form._form.findChildren(Button)
                   if button.mnemonic and button.isVisible() and button not in _line_buttons(form)]  # fmt: skip
        assert len(letters) >= 3
        assert len(set(letters)) == len(letters), (register, letters)
        assert not any(letter.isdigit() for letter in letters)
        form._page.editing.close()


def _line_buttons(form: FormPage) -> list[Any]:
    return [button for table in form._form.tables.values() for button in (table.add_button, table.paste_button)]


def test_a_dialog_has_its_letters_too(window: Window) -> None:
    page = window.register("ngo").choose(1)
    page.page.table.setFocus()
    key(Qt.Key.Key_Delete)
    dialog = window.dialog
    fill(dialog.row.editor, "записана дважды")
    QTest.keyClick(dialog.line, _letter(dialog.primary), ALT)
    assert page.count == 1


@pytest.mark.parametrize("register", REGISTERS)
def test_tab_walks_a_form_as_it_is_read(window: Window, register: str) -> None:
    form = window.register(register).add()
    for table in form._form.tables.values():
        table.add_button.click()
    inner = form._form.card.findChild(QWidget, "formFields")
    lines = [line for table in form._form.tables.values() for line in table.lines]
    blocks = [line.block for line in lines if line.block is not None]
    window.wait(lambda: all(e.box.isVisible() for line in lines for e in line.editors.values()))
    window.wait(lambda: inner.height() >= inner.minimumSizeHint().height() and all(
        block.height() >= block.sizeHint().height() for block in blocks))  # laid out
    form._form.focus_first()
    first = next(iter(form._form.rows.values())).editor
    first.setFocus()
    seen: list[QWidget] = []
    while (now := QApplication.focusWidget()) not in seen:
        seen.append(now)
        key(Qt.Key.Key_Tab)
    spots = [widget.mapTo(inner, QPoint(0, 0)) for widget in seen if inner.isAncestorOf(widget)]
    for before, after in itertools.pairwise(spots):
        assert after.y() >= before.y() + 8 or (abs(after.y() - before.y()) < 8 and after.x() > before.x()), register
    boxes = {row.editor.box for row in form._form.rows.values() if row.isVisible()}
    boxes |= {e.box for table in form._form.tables.values() for line in table.lines for e in line.editors.values()}
    assert boxes <= set(seen), "every field is reached"
    assert seen[-1] is form._form.bar.save or form._form.bar.save in seen
    key(Qt.Key.Key_Tab, SHIFT)
    assert QApplication.focusWidget() in seen


def test_enter_never_saves_in_any_form(window: Window) -> None:
    for register in REGISTERS:
        form = window.register(register).add()
        for row in form._form.rows.values():
            if row.isVisible() and row.field.kind is not Kind.NOTE:
                row.editor.box.setFocus()
                key(Qt.Key.Key_Return)
                assert form.open, (register, row.field.key)
        form._page.editing.close()
