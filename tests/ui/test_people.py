"""Who works with the file: entered in the settings, chosen at the start, changed without a restart."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from app.core.periods import Quarter
from app.core.roles import Role
from app.ui.editors import LineEditor
from app.usecases import drafts, people
from app.usecases.history import recent_changes
from tests.factories import District
from tests.pages import Window, open_window, press
from tests.ui.pages_people import PeoplePage, WhoPage, words

ERMAKOVA, TIKHONOVA, GUEST = "Ермакова Л. В.", "Тихонова А. С.", "Гость Г. Г."


@pytest.fixture
def bare(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    """A file in which nobody is entered."""
    with District(tmp_path, today="2026-10-01") as district:
        district.ngo("АНО «Светлый берег»")
        path = district.path
    opened = open_window(qtbot, path)
    yield opened
    opened.close()


@pytest.fixture
def peopled(tmp_path: Path) -> Path:
    """A file with an administrator, an operator with a password, and one who only looks."""
    with District(tmp_path, today="2026-10-01") as district:
        district.ngo("АНО «Светлый берег»")
        first = district.write(people.add_person, ERMAKOVA, post="заместитель главы", kind="people")
        people.sign_in(district.database, first)
        second = district.write(people.add_person, TIKHONOVA, kind="people")
        district.write(people.set_password, second, "Ёлка-1932", kind="people")
        district.write(people.add_person, GUEST, role=Role.VIEWER, kind="people")
        return district.path


@pytest.fixture
def window(qtbot: Any, peopled: Path) -> Iterator[Window]:
    opened = open_window(qtbot, peopled)
    yield opened
    opened.close()


def who_line(window: Window) -> str:
    line = window.window.status.who
    return words(line) if line.isVisible() else ""


def last_actor(window: Window) -> str:
    assert window.window.desk is not None
    return window.window.desk.read(recent_changes, 1)[0].actor


# --- the first person


def test_a_file_without_people_opens_at_once_and_names_nobody(bare: Window) -> None:
    assert bare.window.page is bare.window.pages["summary"]
    assert who_line(bare) == ""
    page = PeoplePage(bare)
    assert page.told.startswith("Пока никто не записан: работает всякий, кто откроет файл, и разрешено всё.")
    assert not page.panel.table.isVisible()


def test_where_nobody_is_recorded_the_page_of_who_works_leads_to_the_people(bare: Window) -> None:
    bare.window.open("who")
    page: Any = bare.window.page
    bare.wait(lambda: QApplication.focusWidget() is page.record)
    assert bare.window.status.left.text() == "Esc — вернуться", "there is nobody to choose"
    press(page.record, Qt.Key.Key_Space)
    assert bare.window.page is bare.window.pages["settings"]
    assert bare.window.page.tab == "people"  # type: ignore[attr-defined]
    PeoplePage(bare).add(ERMAKOVA)
    bare.window.open("who")
    assert not page.record.isVisible()


def test_the_first_one_entered_is_at_work_as_administrator(bare: Window) -> None:
    page = PeoplePage(bare)
    page.panel.add.click()
    assert "role" not in bare.dialog.rows
    assert "Первый человек — администратор" in bare.dialog.text.text()
    page.answer(name=ERMAKOVA, post="заместитель главы")
    assert page.rows == [[ERMAKOVA, "заместитель главы", "администратор", "нет", "сейчас работает"]]
    assert who_line(bare) == f"{ERMAKOVA}, администратор · Сменить"
    page.add(TIKHONOVA, role="оператор")
    assert last_actor(bare) == ERMAKOVA
    page.add(TIKHONOVA)
    assert bare.dialog.faults == {"name": f"«{TIKHONOVA}» уже есть среди людей."}
    bare.dialog.leave.click()
    bare.window.undo()
    assert [row[0] for row in page.rows if row[4] == "действует"] == []


# --- at the start


def test_the_start_asks_who_works_and_shows_nothing_before(window: Window) -> None:
    page = WhoPage(window)
    assert page.people == [
        f"{GUEST} — просмотр", f"{ERMAKOVA} — заместитель главы, администратор", f"{TIKHONOVA} — оператор",
    ]  # fmt: skip
    assert window.window.desk is None
    assert not window.window.rail.isVisible()
    for keys in (Qt.Key.Key_F1, Qt.Key.Key_F9):
        press(window.window, keys)
    window.window._chosen("ngo")
    assert window.window.page is page.page
    page.choose(ERMAKOVA).enter()
    assert window.window.page is window.window.pages["summary"]
    assert who_line(window) == f"{ERMAKOVA}, администратор · Сменить"


def test_whoever_worked_last_is_preselected(qtbot: Any, peopled: Path) -> None:
    first = open_window(qtbot, peopled)
    WhoPage(first).choose(ERMAKOVA).enter()
    first.close()
    second = open_window(qtbot, peopled)
    page = WhoPage(second)
    assert page.preselected == ERMAKOVA
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.card.list)
    press(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert who_line(second) == f"{ERMAKOVA}, администратор · Сменить"
    second.close()


def test_a_password_is_asked_only_of_who_has_one_and_a_wrong_one_told(window: Window) -> None:
    page = WhoPage(window)
    assert not page.choose(ERMAKOVA).asks_password
    assert page.choose(TIKHONOVA).asks_password
    assert page.card.password.echoMode() == QLineEdit.EchoMode.Password
    page.enter()
    assert page.notice == "Введите пароль."
    for _ in range(3):
        page.enter("не тот")
    assert page.notice == (
        f"Пароль не подошёл: {TIKHONOVA} Проверьте раскладку и CapsLock. Следующая попытка — через 2 секунды. "
        f"Забыли — новый задаст администратор: {ERMAKOVA}"
    )
    page.enter("Ёлка-1932")
    assert page.notice.startswith(f"Несколько неверных паролей подряд: {TIKHONOVA} Следующая попытка — через")
    assert window.window.desk is None
    page.choose(ERMAKOVA)
    assert page.notice == ""


def test_the_right_password_opens_and_argon2_came_only_then(window: Window) -> None:
    WhoPage(window).choose(TIKHONOVA).enter("Ёлка-1932")
    assert who_line(window) == f"{TIKHONOVA}, оператор · Сменить"
    assert "argon2" in sys.modules


def test_another_file_may_be_opened_instead_and_the_same_one_is_no_other(
    window: Window, peopled: Path, tmp_path: Path
) -> None:
    window.program.open(peopled)
    assert "уже открыт" in window.notice
    folder = tmp_path / "другой"
    folder.mkdir()
    with District(folder, today="2026-10-01") as other:
        path = other.path
    window.program.open(path)
    assert window.window.page is window.window.pages["summary"]
    assert who_line(window) == ""
    window.program.open(peopled)
    assert WhoPage(window).people, "the file that waited was closed, and may be opened again"


# --- another takes over


def test_another_takes_over_without_a_restart_and_back_where_one_was(window: Window) -> None:
    WhoPage(window).choose(ERMAKOVA).enter()
    register = window.register("ngo")
    form = register.add().type("name", "Клуб «Рассвет»")
    window.window.status.who.click()
    page = WhoPage(window)
    assert page.preselected == ERMAKOVA
    page.choose(TIKHONOVA).enter("Ёлка-1932")
    assert window.notice == f"Работает {TIKHONOVA}, оператор."
    assert window.window.page is register.page
    assert form.open, "what was begun is not lost"
    assert who_line(window) == f"{TIKHONOVA}, оператор · Сменить"
    register.page.editing.leave()
    register.choose(0).edit().type("note", "проверено").save()
    assert last_actor(window) == TIKHONOVA


def test_esc_stays_with_who_was_at_work(window: Window) -> None:
    WhoPage(window).choose(ERMAKOVA).enter()
    window.window.open("need")
    window.window.status.who.click()
    WhoPage(window).choose(GUEST)
    window.window.step_back()
    assert window.window.page is window.window.pages["need"]
    assert who_line(window) == f"{ERMAKOVA}, администратор · Сменить"


# --- roles in the window


def test_who_only_looks_is_told_before_she_fills_in_a_form(window: Window) -> None:
    WhoPage(window).choose(GUEST).enter()
    register = window.register("ngo")
    register.page.add_button.click()
    assert window.dialog.title.text() == "Ваша роль — просмотр: записать ничего нельзя."
    assert ERMAKOVA in window.dialog.text.text()
    assert not register.page.editing.open
    window.dialog.leave.click()
    register.page.card.edit.click()
    assert not register.page.editing.open
    window.dialog.leave.click()


def test_an_operator_reads_who_approves_and_who_settles(window: Window) -> None:
    WhoPage(window).choose(TIKHONOVA).enter("Ёлка-1932")
    report = window.return_page(Quarter(2026, 3))
    assert not report.can_be_approved
    settings: Any = window.window.open("settings")
    assert settings.header.fact.text() == (
        f"Менять настройки и справочники может администратор: {ERMAKOVA} Ваша роль — оператор."
    )
    form = settings.show_tab("terms")
    form.save_button.click()
    assert form.notice.text().startswith("Менять настройки и справочники может администратор")
    page = PeoplePage(window)
    assert not page.panel.add.isEnabled()
    assert page.told == f"Вести список людей может администратор: {ERMAKOVA} Ваша роль — оператор."
    assert not any(button.isEnabled() for button in (page.panel.change, page.panel.password, page.panel.leave))


def test_without_a_head_the_administrator_approves_and_with_one_reads_why_not(
    window: Window,
) -> None:
    WhoPage(window).choose(ERMAKOVA).enter()
    window.settle_unit(
        head_post="Глава", head_name="Ермакова Л. В.", executor_post="Специалист", executor_name="Тихонова А. С.",
        executor_phone="8 (81370) 00-000",
    )  # fmt: skip
    for quarter in (1, 2):
        window.return_page(Quarter(2026, quarter)).approve()
    report = window.return_page(Quarter(2026, 3))
    assert report.can_be_approved
    PeoplePage(window).add("Глава Г. Г.", role="руководитель")
    report = window.return_page(Quarter(2026, 3)).wait()
    window.wait(lambda: not report.page.approve.isEnabled())
    assert report.verdict == ("Готов", "Утверждать отчёт может руководитель: Глава Г. Г.")


# --- the people


def test_people_are_changed_deactivated_and_brought_back(window: Window) -> None:
    WhoPage(window).choose(ERMAKOVA).enter()
    page = PeoplePage(window).choose(TIKHONOVA)
    page.panel.change.click()
    page.answer(post="главный специалист", role="руководитель")
    assert page.rows[2][:4] == [TIKHONOVA, "главный специалист", "руководитель", "задан"]
    page.choose(ERMAKOVA).panel.leave.click()
    assert window.dialog.title.text() == f"{ERMAKOVA} — единственный администратор файла."
    window.dialog.leave.click()
    page.choose(GUEST).panel.leave.click()
    assert page.rows[-1][0::4] == [GUEST, "отключён 05.10.2026"]
    page.choose(GUEST)
    assert words(page.panel.leave) == "Вернуть"
    assert not page.panel.change.isEnabled()
    page.panel.leave.click()
    assert [row[4] for row in page.rows] == ["действует", "сейчас работает", "действует"]


def test_whoever_deactivates_herself_may_still_hand_over(window: Window) -> None:
    WhoPage(window).choose(ERMAKOVA).enter()
    page = PeoplePage(window).choose(TIKHONOVA)
    page.panel.change.click()
    page.answer(role="администратор")
    page.choose(ERMAKOVA).panel.leave.click()
    assert who_line(window) == "Никто не выбран · Сменить"
    register = window.register("ngo")
    register.page.add_button.click()
    assert window.dialog.title.text() == "В этом файле записаны люди: сначала скажите, кто работает."
    window.dialog.leave.click()
    window.window.status.who.click()
    WhoPage(window).choose(TIKHONOVA).enter("Ёлка-1932")
    assert who_line(window) == f"{TIKHONOVA}, администратор · Сменить"


def test_a_password_is_set_and_taken_away(window: Window) -> None:
    WhoPage(window).choose(ERMAKOVA).enter()
    page = PeoplePage(window).choose(ERMAKOVA)
    assert words(page.panel.password) == "Задать пароль"
    page.panel.password.click()
    lines = [row.editor.box for row in window.dialog.rows.values()]
    assert {line.echoMode() for line in lines} == {QLineEdit.EchoMode.Password}
    page.answer(password="Ладога 47", again="Ладога 48")
    assert window.dialog.faults == {"again": "Повтор не совпал с паролем."}
    page.answer(password="Ладога 47", again="Ладога 47")
    assert window.notice == f"Пароль задан: {ERMAKOVA}"
    assert page.rows[1][3] == "задан"
    window.window.status.who.click()
    switch = WhoPage(window)
    switch.enter("Ладога 47")
    assert window.notice == f"Работает {ERMAKOVA}, администратор."
    page = PeoplePage(window).choose(ERMAKOVA)
    page.panel.open.click()
    assert page.rows[1][3] == "нет"


def test_whoever_changes_her_own_name_is_named_by_the_new_one(window: Window) -> None:
    WhoPage(window).choose(ERMAKOVA).enter()
    window.register("ngo").add().type("name", "Половина названия")
    window.window.page.step_back()
    page = PeoplePage(window).choose(ERMAKOVA)
    page.panel.change.click()
    page.answer(name="Ермакова-Лис Л. В.")
    assert window.window.desk is not None
    begun = drafts.drafts(window.window.desk.database.path)
    assert [draft.actor for draft in begun] == ["Ермакова-Лис Л. В."], "what she has begun stays hers"
    assert who_line(window) == "Ермакова-Лис Л. В., администратор · Сменить"
    page.add("Н. Н.", role="оператор")
    assert last_actor(window) == "Ермакова-Лис Л. В."
    look: Any = window.window.open("settings", tab="look")
    panel = look.panels["look"]
    assert (panel.person.text(), panel.person.isEnabled()) == ("Ермакова-Лис Л. В.", False)


def test_a_working_copy_is_for_one_of_the_people(window: Window) -> None:
    WhoPage(window).choose(ERMAKOVA).enter()
    PeoplePage(window).panel.make.click()
    combo = window.dialog.rows["whom"].editor.box
    assert [combo.itemText(n) for n in range(combo.count())] == [ERMAKOVA, TIKHONOVA], "not who only looks"
    window.dialog.primary.click()
    assert window.dialog.faults == {"whom": "Выберите из списка."}
    window.dialog.leave.click()


def test_without_people_the_colleague_is_typed(bare: Window) -> None:
    PeoplePage(bare).panel.make.click()
    assert isinstance(bare.dialog.rows["whom"].editor, LineEditor)
    bare.dialog.leave.click()


def test_f1_tells_of_people_and_esc_leads_back(window: Window) -> None:
    WhoPage(window).choose(ERMAKOVA).enter()
    page = PeoplePage(window)
    window.window.open_manual()
    manual: Any = window.window.page
    assert (manual._file, manual.section) == ("people.md", "Люди")
    window.window.step_back()
    assert window.window.page.tab == "people"  # type: ignore[attr-defined]
    page.panel.ask_packet()
    window.window.open_manual()
    assert manual.section == "Рабочая копия для коллеги"
    manual.go_to("Вход и смена")
    assert manual.section == "Вход и смена"
    window.window.step_back()
    assert window.window.page is window.window.pages["packet"]


@pytest.mark.parametrize("size", [(1366, 696), (910, 460)])
def test_everything_is_reached_by_tab_and_has_a_name(window: Window, size: tuple[int, int]) -> None:
    window.window.resize(*size)
    card = WhoPage(window).card
    for widget in (card.list, card.password, card.begin):
        assert widget.accessibleName() or widget.text()
        assert widget.objectName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    WhoPage(window).choose(ERMAKOVA).enter()
    page: Any = window.window.open("settings", tab="people")
    assert page.minimumSizeHint().width() <= size[0]
    panel = page.panels["people"]
    for button in (panel.add, panel.change, panel.password, panel.open, panel.leave, panel.make, panel.take):
        assert button.objectName()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
