"""The page of the copies, the copies at closing and by time, and the way back, as the curator meets them."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QPushButton

from app.models import copying
from app.models.copy_names import Why
from app.models.database import Database
from app.ui import remedies
from app.ui.closing import COPYING, FAILED, WRITING
from app.usecases import copies
from app.usecases.copy_list import copies_of, first_place
from app.usecases.moving import NOTE
from tests.factories import District
from tests.pages import Window, fill, open_window, press


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with District(tmp_path, today="2026-07-01") as district:
        district.ngo("АНО «Светлый берег»", sonko=True)
    return district.path.rename(district.path.with_suffix(".kurator"))  # as files are called today; others keep .db


@pytest.fixture
def window(qtbot: Any, path: Path) -> Iterator[Window]:
    opened = open_window(qtbot, path, today="2026-07-06", keeps_copies=True)
    opened.wait(lambda: opened.window.desk is not None and opened.window.desk.jobs.idle and opened.state != "")
    yield opened
    if opened.window.desk is not None:
        opened.window.keeper._let_go = True
    opened.close()


def page(window: Window) -> Any:
    found: Any = window.window.open("settings", tab="copies")
    return found.panels["copies"]


def whys(path: Path) -> list[Why]:
    return [row.why for row in copies_of(path)]


def add(window: Window, name: str) -> None:
    window.register("ngo").add().type("name", name).save()


def test_opening_a_file_makes_the_copy_that_it_lacks(window: Window, path: Path) -> None:
    assert whys(path) == [Why.OPENING]
    assert window.state.startswith("Копии только рядом с файлом")
    assert window.window.status.right.property("tone") == "warn"
    window.window.status.right.click()
    assert page(window).table.isVisible()


def test_half_an_hour_of_change_makes_a_copy(window: Window, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = window.window.keeper
    assert keeper is not None
    keeper.look()
    add(window, "АНО «Новая»")
    keeper.look()
    desk = window.window.desk
    assert desk is not None
    later = desk.clock.now() + timedelta(minutes=29)
    monkeypatch.setattr(desk.clock, "now", lambda: later)
    keeper.look()
    window.wait(lambda: desk.jobs.idle)
    assert Why.CHANGES not in whys(path), "not yet"
    later += timedelta(minutes=2)
    keeper.look()
    window.wait(lambda: desk.jobs.idle)
    assert Why.CHANGES in whys(path)
    keeper.look()
    assert desk.jobs.idle


def test_closing_makes_a_copy_of_what_was_changed(window: Window, path: Path) -> None:
    add(window, "АНО «Новая»")
    window.window.close()
    assert window.dialog.title.text() == COPYING
    window.wait(lambda: window.window.desk is None)
    assert window.window.isHidden()
    assert whys(path) == [Why.CLOSING, Why.OPENING] or set(whys(path)) == {Why.CLOSING, Why.OPENING}
    assert copies_of(path)[0].sound


def test_nothing_changed_closes_at_once(window: Window, path: Path) -> None:
    window.window.close()
    assert window.window.desk is None
    assert whys(path) == [Why.OPENING]


def test_a_copy_that_fails_is_told_once_and_the_window_closes(
    window: Window, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(window, "АНО «Новая»")
    monkeypatch.setattr(copying, "_SPARE", 1 << 60)
    window.window.close()
    window.wait(lambda: window.dialog.title.text() == FAILED)
    assert "не хватает места" in window.dialog.text.text()
    press(window.dialog, Qt.Key.Key_Escape)
    window.wait(lambda: window.window.desk is None)
    with Database.open(path):  # it is free, and nothing in it is lost
        pass


def test_a_second_press_on_the_cross_closes_at_once(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    add(window, "АНО «Новая»")
    monkeypatch.setattr(copying, "_SPARE", 1 << 60)
    window.window.close()
    window.window.close()
    assert window.window.desk is None


def test_closing_waits_for_what_is_being_written(window: Window, path: Path, tmp_path: Path) -> None:
    """An import in the middle of its writing: the window stays until it is written, then a copy, then it closes."""
    desk = window.window.desk
    assert desk is not None
    go_on, begun = threading.Event(), threading.Event()

    def write(session: Any, progress: Any) -> None:
        from tests.db.rows import ngo

        session.add(ngo("АНО «Из списка»"))
        begun.set()
        go_on.wait(30)

    desk.write_later("import", "Загружен список", write, changed={"ngo"}, done=lambda _r: None,
                     failed=lambda error: pytest.fail(str(error)))  # fmt: skip
    assert begun.wait(30)
    window.window.close()
    assert window.dialog.title.text() == WRITING
    press(window.dialog, Qt.Key.Key_Escape)
    assert window.window.desk is desk, "she may stay"
    window.window.close()
    go_on.set()
    window.wait(lambda: window.window.desk is None)
    newest = copies_of(path)[0]
    assert newest.why is Why.CLOSING
    with Database.open(newest.path) as copy, copy.read() as session:
        from sqlalchemy import select

        from app.models import Ngo

        assert "АНО «Из списка»" in set(session.scalars(select(Ngo.name)))


def test_a_stick_is_named_and_gets_its_copy(window: Window, path: Path, tmp_path: Path) -> None:
    panel = page(window)
    stick = tmp_path / "флешка"
    panel.keep_second(stick)
    window.wait(lambda: "в двух местах" in panel.result.text())
    assert {row.second for row in copies_of(path)} == {True, False}
    assert panel.amber.text().startswith("Второе место на том же диске")
    shutil.rmtree(stick)
    panel.copy.click()
    window.wait(lambda: "Второго места" in panel.result.text())
    assert panel.amber.text().startswith("Диск со вторыми копиями не подключён")
    panel.drop_second.click()
    assert panel.amber.text().startswith("Копии только рядом")


def test_the_page_tells_date_size_check_and_why(window: Window) -> None:
    panel = page(window)
    panel.point.click()
    fill(window.dialog.row.editor, "Перед сверкой")
    window.dialog.primary.click()
    window.wait(lambda: len(panel.listed) == 2)
    panel.point.click()
    fill(window.dialog.row.editor, "перед сверкой")
    window.dialog.primary.click()
    assert "уже есть" in window.dialog.notice.text(), "told at the field"
    window.dialog.close_dialog(done=False)
    cells = [[panel.table.model().index(r, c).data().replace("\u00a0", " ") for c in range(5)] for r in range(2)]
    (point,) = [line for line in cells if line[3] == "точка «Перед сверкой»"]
    assert point[0].startswith("06.07.2026 ")
    assert point[1].endswith(" МБ")
    assert point[2].startswith("цела, 06.07.2026")
    assert point[4] == "рядом с файлом"


def test_all_of_it_is_done_by_keys(window: Window, path: Path, qtbot: Any) -> None:
    panel = page(window)
    panel.make()
    window.wait(lambda: len(panel.listed) == 2)
    panel.table.setFocus()
    press(panel.table, Qt.Key.Key_Return)
    assert window.dialog.title.text().startswith("Вернуть файл к")
    press(window.dialog, Qt.Key.Key_Escape)
    qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    assert window.dialog.title.text().startswith("Удалить копию")
    window.dialog.primary.click()
    assert len(panel.listed) == 1
    for button in panel.findChildren(QPushButton):
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus, button.text()


def test_a_spoiled_copy_says_so(window: Window) -> None:
    panel = page(window)
    copy = panel.listed[0]
    content = bytearray(copy.path.read_bytes())
    content[4096 * 3 : 4096 * 40] = b"\xa5" * (4096 * 37)
    copy.path.write_bytes(content)
    os.utime(copy.path, (0, 0))
    panel.fill()
    assert panel.table.model().index(0, 2).data() == "не проверялась"
    panel.check.click()
    window.wait(lambda: panel.table.model().index(0, 2).data().startswith("не годится"))
    panel.restore.click()
    window.dialog.primary.click()
    window.wait(lambda: "не годится" in window.window.errors.told[-1].message if window.window.errors.told else False)


def test_the_way_back_and_what_is_told_before(window: Window, path: Path) -> None:
    add(window, "АНО «Потом»")
    panel = page(window)
    panel.table.setFocus()
    press(panel.table, Qt.Key.Key_Return)
    assert "внесено после копии: 1 изменение" in window.dialog.text.text().replace("\u00a0", " ")
    window.dialog.primary.click()
    window.wait(lambda: window.notice.startswith("Файл восстановлен из копии"))
    assert window.register("ngo").count == 1
    assert Why.RESTORING in whys(path)
    assert window.window.open("history").isVisible()
    window.wait(lambda: window.window.desk is not None and window.window.desk.jobs.idle)
    aside = next(row for row in copies_of(path) if row.why is Why.RESTORING)
    panel = page(window)
    panel.table.choose(panel.listed.index(aside))
    panel.restore.click()
    window.dialog.primary.click()
    window.wait(lambda: window.window.desk is not None and window.register("ngo").count == 2)


# --- at the start -------------------------------------------------------------------------------


def button_of(window: Window) -> str:
    return str(window.dialog.primary.text()).partition("   ")[0]


def damage(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"\xa5" * 60_000)


def test_a_damaged_file_is_told_with_the_way_to_its_last_sound_copy(qtbot: Any, path: Path) -> None:
    with Database.open(path) as database:
        copies.make_copy(database, Why.CLOSING)
    damage(path)
    window = open_window(qtbot, path, today="2026-07-06")
    assert "повреждён" in window.dialog.title.text()
    assert button_of(window).startswith("Восстановить из копии от ")
    window.dialog.primary.click()
    window.wait(lambda: window.window.desk is not None)
    assert window.register("ngo").count == 1
    assert Why.DAMAGED in whys(path)
    window.close()


def test_a_file_damaged_inside_is_found_after_it_is_shown(qtbot: Any, path: Path) -> None:
    with Database.open(path) as database:
        copies.make_copy(database, Why.CLOSING)
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(path)) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (place,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'template_file'").fetchone()
    content = bytearray(path.read_bytes())
    content[(place - 1) * size : place * size] = b"\xa5" * size
    path.write_bytes(content)
    window = open_window(qtbot, path, today="2026-07-06", keeps_copies=True)
    assert window.window.desk is not None, "it is shown before it is looked through"
    window.wait(lambda: bool(window.window.errors.told))
    assert button_of(window).startswith("Восстановить из копии от ")
    window.dialog.primary.click()
    window.wait(lambda: window.notice.startswith("Файл восстановлен"))
    window.window.keeper._let_go = True
    window.close()


def test_a_file_in_a_cloud_folder_is_moved_by_one_button(qtbot: Any, path: Path, tmp_path: Path) -> None:
    cloud = tmp_path / "OneDrive"
    cloud.mkdir()
    source = cloud / "район.db"
    shutil.move(path, source)
    window = open_window(qtbot, source, today="2026-07-06")
    assert button_of(window) == "Перенести на этот компьютер"
    window.dialog.primary.click()
    window.wait(lambda: window.window.desk is not None)
    assert window.window.desk is not None
    assert window.register("ngo").count == 1
    assert Path(str(window.program.settings.value("database"))) == window.window.desk.database.path
    assert (cloud / NOTE).is_file()
    assert not source.exists()
    window.close()


def test_a_file_that_is_open_elsewhere_is_tried_again(qtbot: Any, path: Path) -> None:
    import socket

    held = Database.open(path, actor="Петрова П. П.")
    window = open_window(qtbot, path, today="2026-07-06")
    told = window.dialog.title.text()
    assert "Петрова П. П." in told
    assert socket.gethostname() in told
    assert button_of(window) == "Повторить"
    held.close()
    window.dialog.primary.click()
    window.wait(lambda: window.window.desk is not None)
    window.close()


def test_the_folder_of_a_full_disk_is_opened(
    window: Window, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    assert remedies.QDesktopServices is QDesktopServices
    monkeypatch.setattr(copying, "_SPARE", 1 << 60)
    page(window).copy.click()
    window.wait(lambda: bool(window.window.errors.told))
    assert button_of(window) == "Открыть папку"
    window.dialog.primary.click()
    window.wait(lambda: opened == [str(first_place(path))])
    assert QApplication.activeWindow() is not None
