"""Settings: dictionaries with what hangs on them, calendar, territories, files."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.core.settings import Settings
from app.ui.pages.settings_page import TERMS
from app.usecases import history, opening, registers, setup
from app.usecases.dictionary_links import need_map
from tests.factories import District
from tests.pages import Window, fill, open_window


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-07-01") as district:
        district.ngo("АНО «Светлый берег»", sonko=True)
        path = district.path
    opened = open_window(qtbot, path, today="2026-07-06")
    yield opened
    opened.close()


def tab(window: Window, key: str) -> Any:
    page: Any = window.window.open("settings", tab=key)
    return page.panels[key]


def answer(window: Window, **values: Any) -> None:
    dialog = window.dialog
    for key, value in values.items():
        if isinstance(value, tuple):
            dialog.rows[key].editor.fill(value)
        else:
            fill(dialog.rows[key].editor, value)
    dialog.primary.click()


def open_line(panel: Any, code: str) -> None:
    panel.table.opened.emit(next(i for i, e in enumerate(panel.entries) if e.code == code))


def test_a_service_is_added_to_the_catalogue_and_answers_a_need(window: Window) -> None:
    panel = tab(window, "dictionaries")
    panel.show_dictionary("service_code")
    panel.add.click()
    answer(window, code="О9", title="Слёт", unit="чел.", evidence="рег. списки")
    assert next(
        (e.more["unit"], e.more["evidence"]) for e in panel.entries if e.code == "О9"
    ) == ("чел.", "рег. списки")
    panel.show_dictionary("need_category")
    open_line(panel, "training")
    assert window.dialog.rows["services"].editor.read()[0] == ("О1", "О2")
    answer(window, services=("О1", "О9"))
    assert window.window.desk is not None
    assert window.window.desk.read(need_map)["training"] == ("О1", "О9")
    panel.add.click()
    assert "code" not in window.dialog.rows, "the code of a category is nobody's to choose"
    answer(window, title="Переезд", services=("П1",))
    assert window.window.desk.read(need_map)["own1"] == ("П1",)
    assert "О1, О9" in [panel.table.model().index(r, 2).data() for r in range(panel.table.model().rowCount())]


def test_a_district_becomes_an_okrug(window: Window) -> None:
    panel = tab(window, "dictionaries")
    panel.show_dictionary("territory")
    panel.add.click()
    answer(window, code="4150", name="Всеволожский муниципальный округ",
           name_genitive="Всеволожского муниципального округа", since="01.01.2027")  # fmt: skip
    assert window.dialog.faults == {"code": "Код ОКТМО — 8 цифр."}
    answer(window, code="41512000")
    assert window.window.desk is not None
    assert [t.code for t in window.window.desk.read(setup.chain)] == ["41612000", "41512000"]
    assert {e.code for e in panel.entries[:2]} == {"41612000", "41512000"}, "this file's own stand first"


def test_a_settlement_of_the_district_is_added(window: Window) -> None:
    panel = tab(window, "dictionaries")
    panel.show_dictionary("settlement")
    panel.add.click()
    answer(window, code="41612199", title="Новинское сельское поселение")
    assert "Новинское сельское поселение" in {e.title for e in panel.entries}


def test_every_setting_stands_on_the_page_once(window: Window) -> None:
    keys = [key for _, items in TERMS for key, _ in items]
    assert sorted(keys) == sorted(spec.name for spec in dataclasses.fields(Settings))
    form = tab(window, "terms")
    assert set(form.rows) == set(keys)


def test_copies_are_never_turned_off(window: Window) -> None:
    form = tab(window, "terms")
    fill(form.rows["copy_minutes"].editor, "1")
    fill(form.rows["copy_months"].editor, "0")
    assert not form.save()
    assert (form.rows["copy_minutes"].fault, form.rows["copy_months"].fault) == ("Не меньше 5.", "Не меньше 1.")
    fill(form.rows["copy_minutes"].editor, "15")
    fill(form.rows["copy_months"].editor, "60")
    assert form.save()
    assert window.window.desk is not None
    assert window.window.desk.read(setup.settings).copy_minutes == 15


def test_a_moved_day_is_opened_from_its_row(window: Window) -> None:
    panel = tab(window, "calendar")
    row = next(i for i, (when, *_) in enumerate(panel.days) if when == date(2026, 1, 1))
    panel.table.opened.emit(row)
    assert window.dialog.rows["day"].editor.read()[0] == date(2026, 1, 1)
    window.dialog.close_dialog(done=False)


def test_another_file_is_opened_and_the_wrong_one_refused(window: Window, tmp_path: Path) -> None:
    panel = tab(window, "copies")
    panel.copy_to(tmp_path / "копия.db")
    window.wait(lambda: "Копия записана" in panel.result.text())
    window.register("ngo").add().type("name", "АНО «После копии»").save()
    assert window.register("ngo").count == 2

    (tmp_path / "письмо.db").write_text("не база", encoding="utf-8")
    window.window.open_file(tmp_path / "письмо.db")
    window.dialog.close_dialog(done=False)
    assert window.register("ngo").count == 2, "the present file stays"
    window.window.open_file(tmp_path / "район.db")
    assert window.notice == "«район.db» уже открыт."

    tab(window, "copies").return_to(tmp_path / "копия.db")
    window.wait(lambda: window.notice.startswith("Файл восстановлен"))
    assert window.register("ngo").count == 1
    window.window.undo()
    assert window.notice.startswith("Отменять нечего"), "what was written in the other file is not undone in this one"
    assert (tmp_path / "копия.db").is_file()


def test_a_file_of_another_district_is_begun(window: Window, tmp_path: Path) -> None:
    window.window.create_file(tmp_path / "другой.db", "41609000")
    window.wait(lambda: window.window.jobs.idle)
    assert window.window.windowTitle() == "Волховский муниципальный район — Куратор НКО"
    assert window.register("ngo").count == 0


def test_opening_balances_keep_lists_and_services(window: Window) -> None:
    """Figures, a list of cards, a bare number and a line of table 3, all there again after saving twice."""
    desk: Any = window.window.desk
    page = window.register("centre")
    page.add().type("name", "АНО «Опора»").save()
    panel = tab(window, "opening")
    panel.lines["101.year"].setText("1")
    panel.lines["211.3.year"].setText("1 000,50")
    panel.lines["302.year"].setText("7")
    panel.lists["211.1.year"].click()
    fill(window.dialog.rows["members"].editor, "Светлый берег")
    window.dialog.primary.click()
    assert panel.lines["211.1.year"].placeholderText() == "1 в списке"
    line = panel.services.table.add()
    for key, text in {"centre_id": "Опора", "service_code": "К4", "records": "5", "cases": "6", "ngos": "4",
                      "evidenced": "3"}.items():  # fmt: skip
        fill(line.editors[key], text)
    assert panel.save()
    (ngo,) = desk.read(opening.keys_of, "ngo", list(desk.read(registers.find, "ngo")))
    (centre,) = desk.read(opening.keys_of, "centre", list(desk.read(registers.find, "centre")))
    kept = desk.read(opening.opening)
    assert kept.keys == {"211.1.year": (ngo,)}
    assert kept.bare == {"302.year", f"3.{centre}.К4.ngos.year"}
    assert kept.figures["211.3.year"] == Decimal("1000.50")
    assert kept.figures[f"3.{centre}.К4.unevidenced.year"] == 2
    window.register("ngo")
    panel = tab(window, "opening")
    assert panel.save()
    assert desk.read(opening.opening) == kept, "saving what is shown changes nothing"


def test_a_line_of_services_that_contradicts_itself_is_refused(window: Window) -> None:
    window.register("centre").add().type("name", "АНО «Опора»").save()
    panel = tab(window, "opening")
    line = panel.services.table.add()
    for key, text in {"centre_id": "Опора", "service_code": "К4", "records": "2", "evidenced": "3"}.items():
        fill(line.editors[key], text)
    assert not panel.save()
    assert panel.services.table.message.fault == "С подтверждением больше, чем записей."


def test_a_file_that_is_not_in_its_place_is_told_at_the_start(qtbot: Any, tmp_path: Path) -> None:
    """A stick that is not plugged in: the start page says so instead of offering an empty file in silence."""
    with District(tmp_path) as district:
        path = district.path
    opened = open_window(qtbot, path)
    opened.close()
    path.rename(tmp_path / "уехал.db")
    again = open_window(qtbot)
    page: Any = again.window.page
    assert "район.db" in page.notice.text()
    assert "нет на месте" in page.notice.text()
    again.close()


def test_changes_bear_the_name_of_who_works(qtbot: Any, tmp_path: Path) -> None:
    """The name is this person's on this computer: it is there again when the program is opened again."""
    with District(tmp_path) as district:
        path = district.path
    window = open_window(qtbot, path, today="2026-07-06")
    panel = tab(window, "look")
    panel.person.setText("  Ермакова  Л. В. ")
    panel.keep.click()
    assert "Ермакова Л. В." in window.notice
    window.register("ngo").add().type("name", "АНО «Вторая»").save()
    desk: Any = window.window.desk
    assert desk.read(history.recent_changes, 1)[0].actor == "Ермакова Л. В."
    window.close()
    again = open_window(qtbot, path, today="2026-07-07")
    again.register("ngo").add().type("name", "АНО «Третья»").save()
    reopened: Any = again.window.desk
    assert reopened.read(history.recent_changes, 1)[0].actor == "Ермакова Л. В."
    tab(again, "look").person.setText("")
    tab(again, "look").keep.click()
    assert reopened.database.actor == reopened.database.account
    again.close()


def test_the_status_line_names_the_keys_that_the_tab_has(window: Window) -> None:
    page: Any = window.window.open("settings")
    said = {}
    for key in page.makers:
        page.show_tab(key)
        said[key] = window.window.status.left.text().partition(" · ")[0]
        assert ("Ctrl+S" in said[key]) == hasattr(page.panels[key], "save"), key
    assert said["unit"] == said["opening"] == "Ctrl+S — сохранить"
    assert said["look"] == "Ctrl+S — запомнить имя"
    assert said["calendar"] == "Enter — изменить"
