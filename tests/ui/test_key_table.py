"""Each key of the list that Shift+F1 shows does its deed, under the Latin and under the Russian layout."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.core.periods import Quarter
from app.ui.find_everything import FindEverything
from app.usecases import registers
from tests.factories import District
from tests.pages import Window, fill, open_window

CTRL, SHIFT, ALT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)
RUSSIAN = dict(zip("KFNSDEIOPZ", "ЛАТЫВУШЩЗЯ", strict=True))
Press = Callable[..., None]
# QTest cannot turn a Cyrillic key into a character and says so; the shortcut is asked by the key alone.
either_layout = pytest.mark.qt_log_ignore("keyToAscii Unhandled key code", extend=True)


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-07-01") as district:
        svet = district.ngo("АНО «Светлый берег»", sonko=True)
        for name in ("Фонд «Ёлочка»", "АНО «Ель»", "АНО «Причал»"):
            district.ngo(name)
        district.support(svet, "50 000")
        path = district.path
    opened = open_window(qtbot, path, today="2026-10-05")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


@pytest.fixture(params=["latin", "russian"])
def letter(request: Any) -> Press:
    """Press a letter with Ctrl where the focus is, as the layout gives it."""

    def press(name: str, modifiers: Qt.KeyboardModifier = CTRL) -> None:
        code = ord(RUSSIAN[name] if request.param == "russian" else name)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key(code), modifiers)

    return press


def key(name: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(QApplication.focusWidget(), name, modifiers)


@either_layout
def test_letters_of_a_register(window: Window, letter: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (asked.append(a[1]), ("", ""))[1])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a, **k: (asked.append(a[1]), ("", ""))[1])
    page = window.register("ngo").page
    key(Qt.Key.Key_Down)
    letter("F")
    assert QApplication.focusWidget() is page.filters.search
    letter("E")
    assert window.dialog.title.text() == "Выгрузить: 4\u00a0организации"
    key(Qt.Key.Key_Return)
    window.wait(lambda: asked == ["Выгрузить таблицу"])
    letter("K")
    assert isinstance(window.dialog, FindEverything)
    key(Qt.Key.Key_Escape)
    letter("I")
    assert window.window.page is window.window.pages["import"]
    letter("O")
    assert asked[1:] == ["Выберите список"]
    window.register("support")
    letter("O")
    assert asked[2:] == ["Выберите список"]
    assert window.window.page is window.window.pages["import"]


@either_layout
def test_letters_of_a_form_and_undo(window: Window, letter: Press) -> None:
    page = window.register("ngo")
    letter("N")
    assert page.page.editing.open
    rows = page.page.editing.form.rows
    fill(rows["name"].editor, "АНО «Первая»")
    fill(rows["address"].editor, "г. Мурино")
    letter("S")
    assert not page.page.editing.open
    letter("N")
    fill(rows["name"].editor, "АНО «Вторая»")
    rows["address"].editor.box.setFocus()
    letter("D")
    assert rows["address"].editor.box.text() == "г. Мурино"
    key(Qt.Key.Key_Return, CTRL)
    assert page.page.editing.open, "saved, and another one is asked for"
    assert rows["name"].editor.box.text() == ""
    key(Qt.Key.Key_Escape)
    assert page.count == 6
    letter("Z")
    assert page.count == 5
    letter("Z", CTRL | SHIFT)
    assert page.count == 6


@either_layout
def test_letters_and_keys_of_a_return(window: Window, letter: Press) -> None:
    report = window.return_page(Quarter(2026, 3))
    key(Qt.Key.Key_2, ALT)
    assert report.page.tab == 2
    key(Qt.Key.Key_8, ALT)
    assert report.page.tab == 8
    key(Qt.Key.Key_F8)
    assert report.page.findings.views[0].chosen or report.page.findings.views[1].chosen
    key(Qt.Key.Key_F5)
    assert report.page.computing
    report.wait()
    letter("P")
    window.wait(lambda: report.page.stack.currentIndex() == 1)
    key(Qt.Key.Key_Escape)
    assert report.page.stack.currentIndex() == 0
    key(Qt.Key.Key_Escape)
    assert window.window.page is window.window.pages["returns"]


def test_marked_rows_are_one_deed(window: Window, tmp_path: Path) -> None:
    page = window.register("ngo")
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Insert)
    key(Qt.Key.Key_Down, SHIFT)
    assert len(page.page.marking.ids) == 3
    assert window.notice.startswith("Отмечено: 3 строки"), window.notice
    key(Qt.Key.Key_Escape)
    assert page.page.marking.ids == []
    page.choose(0)
    key(Qt.Key.Key_Insert)
    key(Qt.Key.Key_Insert)
    page.page.exporting.write(tmp_path / "два.xlsx")
    window.wait(lambda: "2 организации" in window.notice)
    key(Qt.Key.Key_Delete)
    fill(window.dialog.row.editor, "записаны дважды")
    key(Qt.Key.Key_Return)
    window.wait(lambda: page.count == 2)
    window.window.undo()
    assert page.count == 4, "one write, undone whole"


def test_keys_of_a_form(window: Window) -> None:
    page = window.register("support")
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_F2)
    assert page.page.editing.open
    form = page.page.editing.form
    form.rows["decision_on"].editor.box.setFocus()
    form.rows["decision_on"].editor.box.clear()
    key(Qt.Key.Key_Space)
    assert form.rows["decision_on"].editor.box.text() == "05.10.2026"
    key(Qt.Key.Key_Return)
    assert page.page.editing.open, "Enter goes on and never saves"
    key(Qt.Key.Key_Escape)
    assert "черновик" in window.window.undo_bar.text.text()
    assert window.window.desk is not None
    (kept,) = window.window.desk.read(registers.find, "support")
    assert str(window.window.desk.read(registers.card, "support", kept).values["decision_on"]) == "2026-07-01"


def test_the_list_of_keys_is_shown(window: Window) -> None:
    window.register("ngo")
    key(Qt.Key.Key_F1, SHIFT)
    assert window.dialog.title.text() == "Клавиши"
    key(Qt.Key.Key_Escape)
    assert window.window.page is window.window.pages["ngo"]
