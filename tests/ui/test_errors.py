"""What went wrong, what to do, and one button that does it; a fault as a report without a person in it."""

from __future__ import annotations

import ast
import getpass
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton

from app import __version__
from app.core.errors import AppError, Deed
from app.core.identifiers import ogrn_with_check_digit
from app.core.periods import Quarter
from app.models.database import Database
from app.ui import account_files
from app.usecases import backup
from tests.factories import District
from tests.pages import Window, open_window, press


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path) as district:
        district.ngo("АНО «Светлый берег»", sonko=True)
        path = district.path
    opened = open_window(qtbot, path)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    opened.wait(lambda: opened.window.desk is not None and opened.window.desk.jobs.idle)
    yield opened
    opened.close()


def button_of(window: Window) -> str:
    return str(window.dialog.primary.text()).partition("   ")[0] if window.dialog.primary.isVisible() else ""


PAGES = {
    Deed.COPIES: "settings", Deed.UNIT: "settings", Deed.TERMS: "settings", Deed.DICTIONARIES: "settings",
    Deed.RETURNS: "returns", Deed.HISTORY: "history", Deed.TEMPLATES: "templates", Deed.REGIONAL: "regional",
    Deed.PEOPLE: "settings",
}  # fmt: skip


@pytest.mark.parametrize("deed", PAGES)
def test_a_refusal_leads_to_its_page_by_enter(window: Window, deed: Deed) -> None:
    window.window.tell(AppError("Так нельзя.", "Сделайте иначе.", deed))
    assert button_of(window)
    press(window.dialog, Qt.Key.Key_Return)
    window.wait(lambda: window.window.page is window.window.pages.get(PAGES[deed]))


def test_every_deed_has_its_button(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    about = tmp_path / "район.db"
    done: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: done.append(url.toLocalFile()))
    monkeypatch.setattr(account_files.QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "другой.db"), ""))
    window.window.open_file = lambda path: done.append(f"open {path.name}")
    window.window.remedies.move = lambda path: done.append(f"move {path.name}")
    monkeypatch.setattr(window.window, "switch", lambda: done.append("switch"))
    window.window.remedies.restore = lambda path: ("Восстановить из копии", lambda: done.append(f"back {path.name}"))
    wanted = {
        Deed.AGAIN: "again", Deed.FOLDER: str(about), Deed.OPEN: "open район.db", Deed.CHOOSE: "open другой.db",
        Deed.RESTORE: "back район.db", Deed.MOVE: "move район.db", Deed.SWITCH: "switch",
    }  # fmt: skip
    assert {*wanted, *PAGES} == set(Deed)
    for deed, words in wanted.items():
        window.window.errors.tell(AppError("Так нельзя.", "", deed, about=about), lambda: done.append("again"))
        assert button_of(window), deed
        window.dialog.primary.click()
        window.wait(lambda words=words: done[-1:] == [words])


def test_what_was_refused_is_done_again(window: Window) -> None:
    tries: list[int] = []

    def act() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise AppError("Файл занят другой программой.", "Закройте её и повторите.", Deed.AGAIN)

    window.window.guarded(act)()
    assert button_of(window) == "Повторить"
    for number in (2, 3):
        window.dialog.primary.click()
        window.wait(lambda number=number: len(tries) == number)
    with pytest.raises(AssertionError, match="0 dialogs"):
        _ = window.dialog


def test_a_refusal_without_a_deed_has_one_button(window: Window) -> None:
    window.window.tell(AppError("Дата ещё не наступила.", "Укажите другую."))
    assert button_of(window) == ""
    assert window.dialog.leave.word == "Закрыть"


def fall_over(name: str, phone: str) -> None:
    try:
        {}[name]
    except KeyError as cause:
        raise ValueError(f"{name}, {phone}") from cause


def test_the_report_has_places_and_no_person(window: Window, tmp_path: Path) -> None:
    name, phone = "Громова Вера Ильинична", "+7 921 555-01-02"
    window.window.open("need")
    window.window.guarded(lambda: fall_over(name, phone))()
    report = window.dialog.findChild(QPlainTextEdit).toPlainText()
    assert f"kurator-nko {__version__}" in report
    assert "Страница: need" in report
    assert "fall_over" in report
    assert re.search(r"Python 3\.\d+\.\d+, Qt 6", report)
    assert not [word for word in (name, "Громова", "921", str(tmp_path), getpass.getuser() + "/") if word in report]
    copy = next(b for b in window.dialog.findChildren(QPushButton) if b.text() == "Скопировать отчёт")
    copy.click()
    assert QApplication.clipboard().text() == report


def refusals(folder: Path) -> Iterator[tuple[str, str, ast.Call]]:
    """(place, all its words, the call) of every refusal in a room."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "AppError":
                hint = node.args[1] if len(node.args) > 1 else None
                words = "".join(part.value for part in ast.walk(hint) if isinstance(part, ast.Constant)
                                and isinstance(part.value, str)) if hint is not None else ""  # fmt: skip
                yield f"{path.name}:{node.lineno}", words, node


LEADS = re.compile(r"в настройках|«Настройки»|«Истории изменений»|справочник|утвердите его|Освободите место"
                   r"|откройте файл снова\.|и повторите\. Ничего|Перенесите", re.IGNORECASE)  # fmt: skip


@pytest.mark.parametrize("room", ["models", "usecases", "ui", "returns"])
def test_a_hint_that_leads_somewhere_has_a_button(repo: Path, room: str) -> None:
    bare = [place for place, hint, call in refusals(repo / "app" / room)
            if LEADS.search(hint) and len(call.args) < 3 and "программу и откройте" not in hint]  # fmt: skip
    assert not bare, bare


def test_every_refusal_that_needs_a_file_names_it(repo: Path) -> None:
    needed = {"FOLDER", "OPEN", "MOVE", "RESTORE"}
    for room in ("models", "usecases", "ui", "returns"):
        for place, _, call in refusals(repo / "app" / room):
            deed = call.args[2] if len(call.args) > 2 else None
            if isinstance(deed, ast.Attribute) and deed.attr in needed:
                assert any(word.arg == "about" for word in call.keywords), place


# --- what takes long shows how far it is, and stops --------------------------------------------


LONG = {
    # a title of the status line -> where it is run
    "Читается «": "pages/import_page.py", "Загружен список «": "pages/import_page.py",
    "Принят комплект региона ": "pages/package_page.py", "Утверждён отчёт за ": "pages/return_deeds.py",
    "Пишется копия": "pages/settings_copies.py", "Пишется копия файла": "copy_keeper.py",
    "Готовится возврат к копии": "pages/settings_copies.py", "Проверяется файл": "pages/settings_copies.py",
    "Копия при закрытии": "copy_keeper.py", "Восстанавливается файл": "../bootstrap.py",
    "Переносится файл": "../bootstrap.py", "Создаётся вымышленный район": "../bootstrap.py",
    "Создаётся файл учёта": "../bootstrap.py",
}  # fmt: skip

@pytest.mark.parametrize("title", LONG)
def test_a_long_deed_is_a_job(repo: Path, title: str) -> None:
    text = (repo / "app" / "ui" / LONG[title]).read_text(encoding="utf-8")
    assert f'"{title}' in text, "the deed has another title by now"
    assert ".jobs.run(" in text or "_later(" in text or "self._run(" in text


def test_what_reads_or_writes_much_never_runs_in_the_windows_thread(repo: Path) -> None:
    """Heavy use cases are named where a job is given its work, and nowhere else in the window."""
    heavy = {"importing.preview", "importing.write", "copies.make_copy", "copies.make_point", "copies.check_copy",
             "backup.backup", "backup.check_database", "restoring.make_ready", "build_demo", "move_here",
             "region_package.take", "region_package.preview"}  # fmt: skip
    found = []
    for path in [*(repo / "app" / "ui").rglob("*.py"), repo / "app" / "bootstrap.py"]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        within: set[ast.AST] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Lambda) or (
                isinstance(node, ast.FunctionDef) and node.name in ("work", "whole")
            ):
                within |= set(ast.walk(node))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in heavy and node not in within:
                found.append(f"{path.name}:{node.lineno} {ast.unparse(node.func)}")
    assert not found, found


def test_a_return_that_is_being_built_is_stopped_and_built_anew(qtbot: Any, window: Window) -> None:
    page: Any = window.window.open("return", quarter=Quarter(2026, 3))
    desk = window.window.desk
    assert desk is not None
    assert page.computing
    for job in list(desk.jobs.running):
        job.cancel()
    assert desk.jobs.idle
    assert not page.computing
    assert window.notice.startswith("Прервано")
    qtbot.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_F5)
    window.wait(lambda: page.draft is not None and not page.computing)


def test_a_list_that_is_being_read_or_written_is_stopped(window: Window, tmp_path: Path) -> None:
    rows = "".join(f"АНО «Причал {n}»;{ogrn_with_check_digit(f'10347{n:07d}')}\n" for n in range(1, 400))
    (tmp_path / "список.csv").write_text(f"Наименование;ОГРН\n{rows}", encoding="utf-8")
    page: Any = window.window.open("import", register="ngo")
    desk = window.window.desk
    assert desk is not None
    page.read(tmp_path / "список.csv")
    desk.jobs.running[0].cancel()
    assert not page.busy
    assert page.header.fact.text() == ""
    page.read(tmp_path / "список.csv")
    window.wait(lambda: not page.busy)
    assert page.to_write > 300
    page.bar.point.setChecked(False)
    page.write()
    desk.jobs.running[0].cancel()
    window.wait(lambda: not page.busy)
    assert window.register("ngo").count == 1, "nothing of the interrupted list is kept"


def test_a_page_left_by_closing_has_lost_nothing(window: Window) -> None:
    """The window closes while a return is built: the job ends, the file is free and whole."""
    path = window.window.desk.database.path if window.window.desk else Path()
    window.window.open("return", quarter=Quarter(2026, 3))
    window.window.close()
    with Database.open(path) as database:
        assert backup.check_database(database).sound
