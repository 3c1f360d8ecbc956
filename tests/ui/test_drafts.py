"""A half-typed form: kept within two seconds, there after Esc, after a restart, after kill -9."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from app.core.clock import Clock
from app.models.database import Database
from app.usecases.drafts import drafts, folder_of, forget_person
from app.usecases.records import save
from tests.factories import District, on
from tests.pages import FormPage, RegisterPage, Window, fill, open_window, press, type_text

ROOT = Path(__file__).resolve().parents[2]
TYPED = "АНО «Полуслово»"
CHILD = """
import sys
from datetime import date
from pathlib import Path
from app.bootstrap import Program, make_application
from app.core.clock import Clock
from tests.pages import type_text
app = make_application(["kurator"])
program = Program(Path(sys.argv[1]), Clock.on(date(2026, 7, 6)))
program.window.show()
program.start()
page = program.window.open("ngo")
page.editing.new()
form = page.editing.form
type_text(form.rows["name"].editor.box, sys.argv[2])
type_text(form.rows["ogrn"].editor.box, "12347")
form.tables["contact"].add_button.click()
type_text(form.tables["contact"].lines[0].editors["name"].box, "Белова А. П.")
print("typed", flush=True)
app.exec()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with District(tmp_path, today="2026-07-01") as district:
        district.ngo("АНО «Светлый берег»", address="г. Мурино", lines={
            "contact": [{"name": "Белова Анна", "basis": "согласие", "purpose": "связь"}],
        })  # fmt: skip
        return district.path


@pytest.fixture
def window(qtbot: Any, path: Path) -> Iterator[Window]:
    opened = open_window(qtbot, path, today="2026-07-06")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


def continued(page: RegisterPage, window: Window) -> FormPage:
    page.page.editing.new()
    return FormPage(window, page.page)


def line_of(page: RegisterPage) -> Any:
    return page.page.editing.drafting.line


def test_what_is_typed_is_on_the_disk_within_two_seconds(window: Window, path: Path) -> None:
    form = window.register("ngo").add()
    began = time.monotonic()
    type_text(form._form.rows["name"].editor.box, TYPED)
    window.wait(lambda: bool(drafts(path)))
    assert time.monotonic() - began < 2
    (draft,) = drafts(path)
    assert (draft.values["name"], draft.title, draft.record_id) == (TYPED, "«АНО „Полуслово“»", None)
    (file,) = folder_of(path).iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder_of(path).stat().st_mode) == 0o700
    assert form._form.bar.draft.text().startswith("Черновик "), "the bar of the form says when"


def test_a_killed_program_gives_back_what_was_typed(qtbot: Any, path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-X", "utf8", "-c", CHILD, str(path), TYPED], cwd=ROOT,
                             stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUTF8": "1"})  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "typed\n"
    until = time.monotonic() + 2
    while not drafts(path) and time.monotonic() < until:
        QCoreApplication.processEvents()
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    opened = open_window(qtbot, path, today="2026-07-06")
    page = opened.register("ngo")
    assert page.count == 1, "a draft is no record"
    assert "Есть черновик от" in line_of(page).text.text()
    assert TYPED.replace("«", "„").replace("»", "“") in line_of(page).text.text()
    form = continued(page, opened)
    assert form.read("name") == TYPED
    assert form.read("ogrn") == "12347", "what is not sound yet is kept too"
    assert form._form.tables["contact"].lines[0].editors["name"].box.text() == "Белова А. П."
    form.type("ogrn", "")
    fill(form._form.tables["contact"].lines[0].editors["basis"], "согласие")
    form.save()
    assert not form.open, form.faults
    assert page.count == 2
    assert drafts(path) == (), "what is saved is no draft"
    assert not folder_of(path).exists()
    opened.close()


def test_esc_keeps_the_draft_and_the_bar_says_so(window: Window, path: Path) -> None:
    page = window.register("ngo")
    form = page.edit().type("address", "г. Мурино, Лесная ул., д. 1")
    press(form._form.rows["address"].editor.box, Qt.Key.Key_Escape)
    page.page.step_back()
    bar = window.window.undo_bar
    assert bar.isVisible()
    assert bar.text.text() == "Не записано: черновик сохранён"
    assert bar.other.text() == "Продолжить   F2"
    assert not bar.undo.isVisible(), "nothing was written that could be undone"
    bar.other.click()
    assert form.open
    assert form.read("address") == "г. Мурино, Лесная ул., д. 1"
    form.save()
    assert page.card["address"] == "г. Мурино, Лесная ул., д. 1", "a continued draft is saved with what it changed"
    assert drafts(path) == ()


def test_a_form_left_as_it_was_leaves_no_draft(window: Window, path: Path) -> None:
    page = window.register("ngo")
    page.edit()
    page.page.step_back()
    assert not page.page.editing.open
    assert drafts(path) == ()
    assert not window.window.undo_bar.isVisible()


def test_the_line_of_a_draft_continues_deletes_and_gives_back(window: Window, path: Path) -> None:
    page = window.register("ngo")
    page.add().type("name", TYPED)
    page.page.step_back()
    line = line_of(page)
    assert line.isVisible()
    assert line.go_on.text() == "Продолжить   Ctrl+N"
    line.drop.click()
    assert drafts(path) == ()
    assert line.text.text().startswith("Черновик удалён")
    line.back.click()
    assert [draft.values["name"] for draft in drafts(path)] == [TYPED]
    line.go_on.click()
    assert FormPage(window, page.page).read("name") == TYPED
    page.page.editing.form.bar.drop_draft.click()
    assert not page.page.editing.open
    assert drafts(path) == ()


def test_a_new_record_from_elsewhere_leaves_an_older_draft_alone(window: Window, path: Path) -> None:
    page = window.register("ngo")
    page.add().type("name", TYPED)
    page.page.step_back()
    window.window.open("ngo", new={"name": "АНО «Другая»"})
    form = FormPage(window, page.page)
    assert form.read("name") == "АНО «Другая»"
    form.type("address", "п. Романовка")
    page.page.step_back()
    assert {draft.values["name"] for draft in drafts(path)} == {TYPED, "АНО «Другая»"}
    assert "и ещё 1" in line_of(page).text.text()


def test_the_first_page_lists_drafts_and_opens_them(window: Window) -> None:
    ngo = window.register("ngo")
    ngo.add().type("name", TYPED)
    ngo.page.step_back()
    ngo.edit().type("phone", "8 813 000-00-00")
    ngo.page.step_back()
    summary: Any = window.window.open("summary")
    assert summary.drafts.isVisible()
    assert [told for told, _ in summary.drafts.rows_of] == [
        "НКО, изменения «АНО „Светлый берег“»", "НКО, новая запись «АНО „Полуслово“»",
    ]  # fmt: skip
    summary.drafts.rows_of[1][1].click()
    form = FormPage(window, ngo.page)
    assert window.window.page is ngo.page
    assert form.read("name") == TYPED
    form.save()
    window.window.open("summary")
    summary.drafts.rows_of[0][1].click()
    assert form.read("phone") == "8 813 000-00-00"
    form.save()
    window.window.open("summary")
    assert not summary.drafts.isVisible()


def test_a_draft_of_a_record_that_changed_meanwhile_says_so(qtbot: Any, path: Path) -> None:
    first = open_window(qtbot, path, today="2026-07-06")
    page = first.register("ngo")
    page.edit().type("phone", "8 813 000-00-00")
    page.page.step_back()
    first.close()
    other = Database.open(path, clock=Clock.fixed(on("2026-07-05")), actor="Другой", account="other")
    with other, other.write("edit", "НКО: изменена запись") as session:
        save(session, "ngo", {"address": "г. Сертолово"}, id=1)
    again = open_window(qtbot, path, today="2026-07-06")
    form = again.register("ngo").edit()
    assert "изменили после того" in form._form.panel.remark.text()
    assert form._form.panel.remark.isVisible()
    form.save()
    assert not form.open, form.faults
    card = again.register("ngo").card
    assert card["phone"] == "8 813 000-00-00"
    assert card["address"] == "г. Сертолово", "what she had not touched follows the record"
    again.close()


def test_a_damaged_draft_is_told_and_set_aside(qtbot: Any, path: Path) -> None:
    folder = folder_of(path)
    folder.mkdir()
    (folder / "ngo-new-1.json").write_bytes(b'{"register": "ngo", "val')
    opened = open_window(qtbot, path, today="2026-07-06")
    assert "Черновик (раздел «НКО») повреждён" in opened.notice
    assert (folder / "ngo-new-1.damaged").exists()
    page = opened.register("ngo")
    assert not line_of(page).isVisible()
    assert continued(page, opened).read("name") == ""
    opened.close()


def test_a_draft_that_cannot_be_written_is_told_and_stops_nothing(window: Window, path: Path) -> None:
    folder_of(path).write_text("в этом месте лежит файл")
    page = window.register("ngo")
    form = page.add()
    type_text(form._form.rows["name"].editor.box, TYPED)
    window.wait(lambda: "Черновик не записан" in window.notice)
    form.save()
    assert page.count == 2


def test_an_erased_person_leaves_the_drafts_too(window: Window, path: Path) -> None:
    page = window.register("ngo")
    form = page.edit().line("contact", name="Громов Пётр", basis="согласие")
    form.type("note", "Звонить: Белова Анна")
    page.page.step_back()
    assert forget_person(path, "Белова Анна", contact_id=1) == 1
    (draft,) = drafts(path)
    assert [line["values"]["name"] for line in draft.lines["contact"]] == ["Громов Пётр"]
    assert draft.values["note"] == "Звонить: [обезличено]"
    assert "Белова" not in (folder_of(path) / f"{draft.key}.json").read_text(encoding="utf-8")
