"""The pages «Комплект», «Планы центров» and «Вопросы районам», as the committee's clerk uses them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.cli import run
from app.returns.package_codec import read_package
from app.returns.question import ColumnKind, QuestionColumn
from app.ui.dialogs import Dialog
from app.ui.region.question_dialog import QuestionDialog
from app.usecases import region_plans
from tests.pages import PATIENCE, Window, fill, open_window, press, type_text
from tests.region.region import Sent
from tests.region_down.tables import GAMES, INSTITUTE, SECOND, typed
from tests.ui.test_every_widget import controls, passed_by, said_twice, without_a_name

TODAY = "2026-10-25"


def command(db: Path, *words: str, today: str = "20.10.2026") -> None:
    assert run(["--db", str(db), "--today", today, *words]) in (0, 1)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A region's file with three plans and one question."""
    from tests.region_down.tables import HEAD

    folder = tmp_path_factory.mktemp("область")
    db, table = folder / "область.db", folder / "планы.csv"
    rows = [tuple(row) + ("",) * (len(HEAD) - len(row)) for row in (HEAD, INSTITUTE, SECOND, GAMES)]
    table.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8-sig")
    command(db, "init", "--region")
    command(db, "plans", "--take", str(table))
    command(db, "question", "--title", "Залы для НКО", "--due", "20.11.2026", "--column", "Помещение*", "--column",
            "Мест:number", "--out", str(folder / "вопрос"))  # fmt: skip
    return folder


@pytest.fixture
def window(qtbot: Any, tmp_path: Path, made: Path) -> Iterator[Window]:
    path = tmp_path / "область.db"
    shutil.copy(made / "область.db", path)
    opened = open_window(qtbot, path, today=TODAY)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


@pytest.fixture
def saving(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Whatever is saved is saved into this folder under the name that is offered."""

    def chosen(_above: QWidget, _title: str, start: str, *_: Any) -> tuple[str, str]:
        return str(tmp_path / Path(start).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    return tmp_path


def page(window: Window, qtbot: Any, key: str) -> Any:
    found: Any = window.window.open(key)
    idle(window, qtbot)
    return found


def idle(window: Window, qtbot: Any) -> None:
    desk = window.window.desk
    assert desk is not None
    qtbot.waitUntil(lambda: desk.jobs.idle, timeout=PATIENCE)


def dialog(window: Window) -> Any:
    return next(one for one in window.window.findChildren(Dialog) if one.isVisible())


def rows(table: Any) -> list[tuple[str, ...]]:
    model = table.model()
    return [tuple(model.index(line, column).data() for column in range(model.columnCount()))
            for line in range(model.rowCount())]  # fmt: skip


# --- the комплект


def test_the_first_package_is_seen_written_and_told(window: Window, qtbot: Any, saving: Path) -> None:
    down = page(window, qtbot, "down")
    assert "Первый комплект №\u00a01 от 25.10.2026" in down.told.text()
    assert ("Планы центров", "3", "", "", "") in rows(down.tables["parts"])
    assert QApplication.focusWidget() is down.tables["parts"]
    down.issue_button.click()
    idle(window, qtbot)
    package = read_package((saving / "НКО-47_комплект_1_2026-10-25.json").read_bytes())
    assert (package.number, len(package.plans)) == (1, 3)
    assert "ничего не изменилось" in down.told.text()
    assert not down.issue_button.isEnabled()
    assert rows(down.tables["log"])[0][0] == "№\u00a01 от 25.10.2026"
    history: Any = window.window.open("history")
    (issued,) = [line for line in history.changes if line.batch.kind == "package"]
    assert not issued.undo_button.isVisibleTo(history), "it is with the districts: the next one follows it"


def test_what_changed_since_is_listed_and_the_former_can_be_saved_again(
    window: Window, qtbot: Any, saving: Path
) -> None:
    down = page(window, qtbot, "down")
    down.issue_button.click()
    idle(window, qtbot)
    plans = page(window, qtbot, "plans")
    plans.tables["plans"].choose(0)
    press(plans.tables["plans"], Qt.Key.Key_Delete)
    down = page(window, qtbot, "down")
    assert "от №\u00a01 от 25.10.2026 1\u00a0запись отличается" in down.told.text()
    assert rows(down.tables["differences"]) == [
        ("Планы центров", "больше нет", "41612000 · К4 · 2026", "АНО «Институт»", "40", "")
    ]
    (saving / "НКО-47_комплект_1_2026-10-25.json").unlink()
    down.show_tab("log")
    press(down.tables["log"], Qt.Key.Key_Return)
    assert read_package((saving / "НКО-47_комплект_1_2026-10-25.json").read_bytes()).number == 1


def test_the_page_names_who_works_with_an_old_one(
    qtbot: Any, tmp_path: Path, made: Path, sent: Callable[..., Sent]
) -> None:
    path = tmp_path / "область.db"
    shutil.copy(made / "область.db", path)
    command(path, "package", "--out", str(tmp_path / "к.json"), today="12.10.2026")
    (tmp_path / "отчёт.xlsx").write_bytes(sent("41612000", 1).xlsx)
    command(path, "intake", str(tmp_path / "отчёт.xlsx"))
    window = open_window(qtbot, path, today=TODAY)
    down = page(window, qtbot, "down")
    assert down.tabs["places"].word == "Со старым комплектом\u00a01"
    assert rows(down.tables["places"])[0] == (
        "Всеволожский", "со старым", "без комплекта, а выпущен №\u00a01", "III\u00a0квартал 2026\u00a0г.",
        "20.10.2026",
    )  # fmt: skip
    window.close()


# --- plans


def test_plans_and_centres_are_told_with_their_money(window: Window, qtbot: Any) -> None:
    plans = page(window, qtbot, "plans")
    assert rows(plans.tables["plans"])[0] == (
        "АНО «Институт»", "Всеволожский", "К4", "Консультация по грантам и проектированию", "40", "конс.",
        "120\u00a0000,50", "3\u00a0000,01",
    )  # fmt: skip
    assert "210\u00a0000,50\u00a0₽" in plans.header.fact.text()
    plans.show_tab("centres")
    assert rows(plans.tables["centres"])[1][3:6] == ("300\u00a0000,00", "0,00", "300\u00a0000,00")
    plans.show_tab("plans")
    plans.district.choose("41633000")
    assert [row[0] for row in rows(plans.tables["plans"])] == ["МОО «Чистые игры»"]
    assert plans.sum.text() == "Показано: 1\u00a0план, 0,00\u00a0₽."


def test_a_plan_is_changed_added_and_taken_away_by_keys(window: Window, qtbot: Any) -> None:
    plans = page(window, qtbot, "plans")
    table = plans.tables["plans"]
    table.choose(0)
    press(table, Qt.Key.Key_Return)
    asked = dialog(window)
    fill(asked.rows["volume"].editor, "44")
    press(asked.rows["volume"].editor.box, Qt.Key.Key_Return)
    assert rows(table)[0][4] == "44"
    plans.add()
    asked = dialog(window)
    fill(asked.rows["centre_id"].editor, "МОО")
    fill(asked.rows["territory_code"].editor, "Лужский")
    fill(asked.rows["service_code"].editor, "О1")
    fill(asked.rows["volume"].editor, "3")
    asked.primary.click()
    assert asked.faults == {"service_code": "Такой план уже есть: исправьте его объём."}
    fill(asked.rows["service_code"].editor, "К2")
    asked.primary.click()
    assert len(rows(table)) == 4
    press(table, Qt.Key.Key_Delete)
    assert len(rows(table)) == 3
    window.window.undo_bar.undo.click()
    assert len(rows(table)) == 4


def test_a_table_is_seen_then_taken_then_undone(window: Window, qtbot: Any, saving: Path) -> None:
    plans = page(window, qtbot, "plans")
    plans.blank_button.click()
    window.wait(lambda: window.window.desk.jobs.idle)
    table = saving / "Планы_центров_2026.xlsx"
    assert table.is_file()
    table.write_bytes(typed(table.read_bytes(), "Планы центров", {"F2": 77, "C3": "Псков"}))
    plans.read_table(table)
    idle(window, qtbot)
    assert plans.stack.currentWidget() is plans.preview
    assert [row[:2] for row in rows(plans.preview.table)] == [
        ("3", "ошибка"), ("2", "изменена"), ("4", "без изменений"),
    ]  # fmt: skip
    assert plans.preview.words.text() == "Территории «Псков» нет в области."
    assert rows(plans.tables["plans"])[0][4] == "40", "nothing is written before the deed"
    plans.preview.write_button.click()
    idle(window, qtbot)
    assert plans.stack.currentIndex() == 1
    assert rows(plans.tables["plans"])[0][4] == "77"
    window.window.undo_bar.undo.click()
    assert rows(plans.tables["plans"])[0][4] == "40"


def test_a_centre_and_its_agreement_are_entered_by_hand(window: Window, qtbot: Any) -> None:
    plans = page(window, qtbot, "plans")
    plans.show_tab("centres")
    plans.add()
    asked = dialog(window)
    for key, text in (("name", "АНО «Свет»"), ("number", "9"), ("starts_on", "01.01.2026")):
        fill(asked.rows[key].editor, text)
    asked.primary.click()
    assert asked.faults == {"ends_on": "Укажите последний день: о соглашении есть другие сведения."}
    fill(asked.rows["ends_on"].editor, "31.12.2026")
    fill(asked.rows["subsidy"].editor, "500000")
    asked.primary.click()
    held = window.window.desk.read(region_plans.centres, 2026)
    assert [(one.name, one.subsidy) for one in held][1:2] == [("АНО «Свет»", 500000)]
    plans.edit()
    fill(dialog(window).rows["ends_on"].editor, "30.09.2026")
    dialog(window).primary.click()
    agreements = {row[0]: row[2].replace("\u00a0", " ") for row in rows(plans.tables["centres"])}
    assert "закончилось 30.09.2026" in " ".join(agreements.values())


def test_packages_stand_beside_the_plans_and_say_what_does_not_add_up(
    window: Window, qtbot: Any, saving: Path
) -> None:
    plans = page(window, qtbot, "plans")
    plans.save_blank(saving / "планы.xlsx")
    idle(window, qtbot)
    place = "Всеволожский муниципальный район"
    book = typed((saving / "планы.xlsx").read_bytes(), "Комплексы", {
        "A2": "Старт", "B2": "К4", "C2": place, "D2": 2026, "E2": 44,
        "A3": "Гранты", "B3": "к4", "C3": place, "D3": 2026, "E3": 0,
    })  # fmt: skip
    (saving / "планы.xlsx").write_bytes(book)
    plans.read_table(saving / "планы.xlsx")
    idle(window, qtbot)
    plans.preview.write_button.click()
    idle(window, qtbot)
    plans.show_tab("packages")
    assert plans.tabs["packages"].word == "Комплексы\u00a02"
    assert rows(plans.tables["packages"]) == [
        ("Гранты", "К4", "Всеволожский", "0", "К4: 40, больше на 40"),
        ("Старт", "К4", "Всеволожский", "44", "К4: 40, не хватает 4"),
    ]
    plans.tables["packages"].choose(0)
    press(plans.tables["packages"], Qt.Key.Key_Delete)
    assert [row[0] for row in rows(plans.tables["packages"])] == ["Старт"]
    assert not plans.add_button.isVisible(), "they come by the table"


def test_a_file_without_plans_says_how_to_begin(qtbot: Any, tmp_path: Path) -> None:
    path = tmp_path / "область.db"
    command(path, "init", "--region")
    window = open_window(qtbot, path, today=TODAY)
    assert page(window, qtbot, "plans").empty.title.text() == "Планов на 2026 год ещё нет"
    assert page(window, qtbot, "questions").empty.title.text() == "Вопросов районам ещё нет"
    window.close()


# --- questions


def test_a_question_is_made_written_answered_and_joined(
    window: Window, qtbot: Any, saving: Path
) -> None:
    questions = page(window, qtbot, "questions")
    questions.new_button.click()
    asked = dialog(window)
    assert isinstance(asked, QuestionDialog)
    fill(asked.fields["title"].editor, "Совет НКО")
    fill(asked.fields["due_on"].editor, "20.11.2026")
    asked.add_line()
    first, second, third = asked.lines
    type_text(first.title, "Есть совет")
    first.kind.setCurrentIndex(first.kind.findData("choice"))
    type_text(first.choices, "да; нет")
    type_text(second.title, "Членов")
    second.kind.setCurrentIndex(second.kind.findData("number"))
    third.away.click()
    asked.primary.click()
    assert [row[1] for row in rows(questions.list)] == ["Совет НКО", "Залы для НКО"]
    questions.write_blanks(saving)
    idle(window, qtbot)
    table = saving / "Вопрос_2_41612000.xlsx"
    table.write_bytes(typed(table.read_bytes(), "Вопрос", {"A6": "да", "B6": 7}))
    wrong = saving / "Вопрос_2_41606000.xlsx"
    wrong.write_bytes(typed(wrong.read_bytes(), "Вопрос", {"A6": "не знаю", "B6": 7}))
    questions.take([table, wrong])
    idle(window, qtbot)
    assert rows(questions.answers) == [("Всеволожский район", "да", "7")]
    questions.show_tab("missing")
    missing = dict(rows(questions.missing))
    assert missing["Волосовский район"] == "Файл «Вопрос_2_41606000.xlsx»: 1\u00a0ошибка."
    questions.missing.choose(list(missing).index("Волосовский район"))
    assert questions.sum.text().startswith("Вопрос!A6: «не знаю» нет в списке этой ячейки")
    questions.show_tab("answers")
    assert questions.sum.text() == "Итого: Членов — 7."
    questions.join_button.click()
    assert load_workbook(saving / "Вопрос_2_ответы.xlsx").sheetnames == ["Ответы", "Сводка", "Не ответили"]


def test_a_question_is_withdrawn_and_taken_back_by_undo(window: Window, qtbot: Any) -> None:
    questions = page(window, qtbot, "questions")
    columns = [QuestionColumn("Есть зал", ColumnKind.CHOICE, ("да", "нет"))]
    questions.ask_question("Залы", "", date(2026, 11, 20), columns)
    assert questions.withdraw_button.text() == "Отозвать вопрос"
    questions.withdraw_button.click()
    assert rows(questions.list)[0][3] == "отозван 25.10.2026"
    assert questions.withdraw_button.text() == "Вернуть вопрос"
    assert not questions.blanks_button.isEnabled()
    assert "ответов больше не ждём" in questions.sum.text()
    assert questions.sheets.currentWidget() is questions.nobody
    assert questions.nobody.text() == "Ответов не было."
    assert questions.tabs["missing"].text().endswith("0")
    assert "отозван" in window.window.undo_bar.text.text().lower()
    window.window.undo()
    idle(window, qtbot)
    assert rows(questions.list)[0][3] == "20.11.2026"
    assert questions.blanks_button.isEnabled()
    questions.withdraw_button.click()
    questions.withdraw_button.click()
    assert rows(questions.list)[0][3] == "20.11.2026"


def test_a_faulty_question_is_refused_in_the_dialog(window: Window, qtbot: Any) -> None:
    questions = page(window, qtbot, "questions")
    questions.ask_new()
    asked = dialog(window)
    asked.primary.click()
    assert asked.fields["title"].fault
    assert asked.fields["due_on"].fault
    fill(asked.fields["title"].editor, "Совет")
    fill(asked.fields["due_on"].editor, "20.11.2026")
    asked.primary.click()
    assert "Граф в вопросе 0" in asked.notice.text()
    type_text(asked.lines[0].title, "А")
    fill(asked.fields["due_on"].editor, "20.10.2026")
    asked.primary.click()
    assert "Срок ответа" in asked.notice.text()
    assert len(rows(questions.list)) == 1


@pytest.mark.parametrize(("key", "section"), [
    ("down", "Комплект"), ("plans", "Планы центров"), ("questions", "Вопросы районам"),
])  # fmt: skip
def test_f1_opens_the_section_of_the_page(window: Window, qtbot: Any, key: str, section: str) -> None:
    shown = page(window, qtbot, key)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    manual: Any = window.window.page
    assert manual.section == section
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.window.page is shown


@pytest.mark.parametrize("key", ["down", "plans", "questions"])
def test_every_control_has_a_name_a_key_of_its_own_and_tab_comes_to_it(
    window: Window, qtbot: Any, qapp: Any, key: str
) -> None:
    shown = page(window, qtbot, key)
    qapp.processEvents()
    assert controls(shown)
    assert not without_a_name(shown)
    assert not passed_by(shown, qapp)
    assert not said_twice(shown)
    for tab in (button for name, button in shown.tabs.items() if button.isVisible() and name != shown.tab):
        tab.click()
        qapp.processEvents()
        assert not passed_by(shown, qapp)


def test_every_control_of_a_new_question_has_a_name(window: Window, qtbot: Any) -> None:
    page(window, qtbot, "questions").ask_new()
    asked = dialog(window)
    asked.lines[0].kind.setCurrentIndex(asked.lines[0].kind.findData("choice"))
    assert not without_a_name(asked)
    names = [one.accessibleName() for one in controls(asked)]
    assert "Вид графы 1" in names
    assert "Значения графы 1 через точку с запятой" in names
