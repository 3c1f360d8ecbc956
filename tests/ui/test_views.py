"""Named views: search, filters, columns and order under a name, for everybody who opens the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.core.roles import Role
from app.usecases import people
from tests.factories import District
from tests.pages import Window, fill, open_window
from tests.ui.pages_tables import ALT, CTRL, SHIFT, Tables


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with District(tmp_path, today="2026-07-01") as district:
        district.ngo("АНО «Свет»", address="г. Мурино", phone="8 (813) 702-54-11")
        district.ngo("Фонд «Ёлка»", address="г. Мурино, ул. Новая", status="inactive")
        district.ngo("АНО «Причал»")
        return district.path


@pytest.fixture
def window(qtbot: Any, path: Path) -> Iterator[Window]:
    opened = open_window(qtbot, path, today="2026-10-05")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


def saved(tables: Tables, name: str) -> None:
    tables.page.table.setFocus()
    tables.key(Qt.Key.Key_S, CTRL | SHIFT)
    fill(tables.window.dialog.row.editor, name)
    tables.key(Qt.Key.Key_Return)


def made(window: Window) -> Tables:
    """Мурино, with telephones, the last names first."""
    tables = Tables(window)
    tables.filter("адрес мурино")
    tables.page.columns.show(("name", "phone", "address"))
    tables.page._sort_by(0)
    tables.page._sort_by(0)
    saved(tables, "Мурино: телефоны")
    return tables


def test_a_view_brings_all_of_it_back(window: Window) -> None:
    tables = made(window)
    assert tables.names == ["Фонд «Ёлка»", "АНО «Свет»"]
    tables.page.views.show_all()
    assert (len(tables.names), tables.pills, len(tables.heads) > 3) == (3, [], True)
    tables.page.table.setFocus()
    tables.key(Qt.Key.Key_1, ALT)
    assert tables.names == ["Фонд «Ёлка»", "АНО «Свет»"]
    assert tables.pills == ["Адрес: содержит «мурино»"]
    assert tables.heads == ["Наименование", "Служебный телефон", "Адрес"]
    assert tables.page.views.button.word == "Вид: Мурино: телефоны"


def test_what_was_changed_since_is_marked_and_saved_again(window: Window) -> None:
    tables = made(window)
    tables.filter("статус действует")
    assert tables.page.views.button.word.endswith(" *")
    assert tables.page.views.heading == ""
    saved(tables, "Мурино: телефоны")
    assert not tables.page.views.button.word.endswith(" *")
    assert len(tables.page.views.rows) == 1


def test_whoever_keeps_records_may_keep_views_too(qtbot: Any, path: Path) -> None:
    """A view is no setting of the district: an operator saves it and takes it away; who only looks reads why not."""
    opened = open_window(qtbot, path, today="2026-10-05")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    assert opened.window.desk is not None
    database = opened.window.desk.database
    ids = {}
    for role in (Role.ADMINISTRATOR, Role.OPERATOR, Role.VIEWER):
        with database.write("people", "Люди") as session:
            ids[role] = people.add_person(session, f"{role} А. А.", role=role)
        people.sign_in(database, ids[Role.ADMINISTRATOR])
    people.sign_in(database, ids[Role.OPERATOR])
    tables = made(opened)
    assert [row.name for row in tables.page.views.rows] == ["Мурино: телефоны"]
    tables.page.views.remove()
    assert tables.page.views.current is None
    people.sign_in(database, ids[Role.VIEWER])
    tables.page.table.setFocus()
    tables.key(Qt.Key.Key_S, CTRL | SHIFT)
    assert "просмотр" in " ".join(label.text() for label in opened.dialog.findChildren(QLabel))
    opened.close()


def test_the_other_clerk_of_the_file_finds_it(qtbot: Any, path: Path) -> None:
    first = open_window(qtbot, path, today="2026-10-05")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is first.window)
    made(first)
    first.close()
    opened = open_window(qtbot, path, today="2026-10-06")
    assert opened.window.desk is not None
    opened.window.desk.database.actor = "Петрова И. С."
    tables = Tables(opened)
    menu = [action.text().partition("\t")[0] for action in tables.page.views.menu().actions()]
    assert menu[0] == "Мурино: телефоны"
    tables.page.views.show_number(1)
    assert tables.names == ["Фонд «Ёлка»", "АНО «Свет»"]
    opened.close()


def test_a_view_is_undone_and_put_away(window: Window) -> None:
    tables = made(window)
    window.window.undo()
    assert tables.page.views.rows == ()
    assert tables.page.views.button.word == "Вид"
    window.window.redo()
    assert [row.name for row in tables.page.views.rows] == ["Мурино: телефоны"]
    tables.page.views.show_number(1)
    tables.page.views.remove()
    assert tables.page.views.rows == ()
    tables.page.views.show_number(1)
    assert "Такого вида нет" in window.notice


def test_a_name_must_be_given(window: Window) -> None:
    tables = Tables(window)
    saved(tables, " ")
    assert window.dialog.row.fault
    window.dialog.close_dialog(done=False)
    assert tables.page.views.rows == ()


def test_an_export_is_headed_by_the_view(window: Window) -> None:
    tables = made(window)
    tables.page.export()
    assert window.dialog.heading.text() == "Мурино: телефоны"
    assert window.dialog.ticks.chosen == ("called", "phone", "address")
    window.dialog.close_dialog(done=False)
