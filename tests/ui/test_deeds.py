"""Deeds beside saving: the archive, the register, needs, a body that registers, two cards that are one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.core.periods import Quarter
from app.usecases import registers
from tests.factories import District
from tests.pages import RegisterPage, Window, fill, open_window, press, type_text
from tests.reports.reading import page_texts


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-07-01") as district:
        svet = district.ngo("АНО «Светлый берег»", sonko=True)
        district.ngo("АНО «Светлый берег», второй список", ogrn=None, inn=None)
        district.body("Инициативная группа «Двор»")
        district.support(svet, "50 000")
        district.need(svet)
        path = district.path
    opened = open_window(qtbot, path, today="2026-07-06")
    yield opened
    opened.close()


def do(page: RegisterPage, word: str) -> None:
    """A deed of the card's menu «Ещё»."""
    deeds = {name: act for name, _, act in page.page.card._deeds}
    assert word in deeds, sorted(deeds)
    deeds[word]()


def answer(window: Window, **values: str) -> None:
    """Fill the fields of the open dialog and do its deed."""
    dialog = window.dialog
    for key, text in values.items():
        fill(dialog.rows[key].editor, text)
    dialog.primary.click()


def test_a_registered_decision_is_refused_the_archive_before_a_reason_is_asked(window: Window) -> None:
    page = window.register("support")
    page.choose(0)
    do(page, "Внести в реестр")
    window.dialog.primary.click()
    do(page, "В архив")
    assert "из реестра записи не убирают" in window.dialog.title.text()
    assert window.dialog.primary.text().startswith("Прекратить поддержку")
    window.dialog.primary.click()
    window.wait(lambda: window.dialog is not None and "decision_on" in getattr(window.dialog, "rows", {}))
    assert window.dialog.title.text() == "Поддержка прекращается"
    window.dialog.leave.click()
    assert page.count == 1


def test_a_card_that_others_name_is_refused_the_archive_at_once(window: Window) -> None:
    page = window.register("ngo").search("Светлый берег")
    page.page.table.choose(next(n for n, row in enumerate(page.rows) if row[0] == "АНО «Светлый берег»"))
    do(page, "В архив")
    assert window.dialog.title.text().startswith("На запись ссылаются")
    window.dialog.leave.click()


def test_a_record_leaves_for_the_archive_with_a_reason_and_comes_back(window: Window) -> None:
    page = window.register("need")
    assert page.count == 1
    do(page, "В архив")
    window.dialog.primary.click()
    assert window.dialog.row.fault == "Заполните поле."
    type_text(window.dialog.line, "записана дважды")
    window.dialog.primary.click()
    assert page.count == 0
    assert window.window.undo_bar.isVisible()
    window.window.undo()
    assert page.count == 1


def test_a_dialog_keeps_keys_from_the_page_below(window: Window) -> None:
    page = window.register("need")
    do(page, "Снять")
    press(window.dialog, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.window.page is page.page
    press(window.dialog, Qt.Key.Key_Escape)
    assert page.page.card.card.values["status"] == "open"


def test_a_decision_is_entered_in_the_register_and_published(window: Window) -> None:
    page = window.register("support")
    do(page, "Внести в реестр")
    answer(window)
    card = page.page.card.card
    assert (card.values["entry_no"], str(card.values["entered_on"])) == (1, "2026-07-06")
    do(page, "Отметить публикацию")
    answer(window)
    assert str(page.page.card.card.values["published_on"]) == "2026-07-06"


def test_a_need_is_closed_otherwise_and_opened_anew(window: Window) -> None:
    page = window.register("need")
    do(page, "Закрыта иначе")
    answer(window, closed_by="администрация нашла помещение")
    assert page.page.card.card.values["status"] == "closed_other"
    do(page, "Возобновить")
    assert page.count == 2
    assert page.page.card.card.values["status"] == "open"


def test_a_body_that_registers_keeps_its_card(window: Window) -> None:
    page = window.register("ngo").search("двор").choose(0)
    before = page.page.chosen_id
    do(page, "Объединение зарегистрировано")
    answer(window, ogrn="1037739010891", inn="7707083894", okopf="Автономная", registered_on="01.07.2026")
    assert "Контрольная цифра" in window.dialog.faults["inn"]
    answer(window, inn="7707083893")
    card = page.page.card.card
    assert (page.page.chosen_id, card.values["kind"], card.values["ogrn"]) == (before, "legal", "1037739010891")


def test_two_cards_become_one(window: Window) -> None:
    page = window.register("ngo").search("второй").choose(0)
    loser = page.page.chosen_id
    do(page, "Объединить с другой карточкой")
    answer(window, other="АНО «Светлый берег»")
    window.window.page.merge.click()
    assert window.window.page is page.page
    assert page.page.chosen_id != loser
    card = window.window.desk.read(registers.card, "ngo", loser)
    assert card.values["merged_into_id"] == page.page.chosen_id


def test_removed_from_record_and_taken_again(window: Window) -> None:
    page = window.register("ngo").search("второй").choose(0)
    do(page, "Снять с учёта")
    answer(window, removal="переехала")
    assert page.page.card.card.values["on_record"] is False
    do(page, "Поставить на учёт")
    answer(window, on="06.07.2026")
    assert page.page.card.card.values["on_record"] is True


def test_the_history_of_a_record_tells_before_and_after(window: Window) -> None:
    page = window.register("ngo").search("второй").choose(0)
    page.edit().type("address", "г. Мурино, Лесная ул., д. 1").save()
    do(page, "Прежние состояния")
    words = " ".join(label.text() for label in window.window.page.findChildren(QLabel))
    assert "г. Мурино, Лесная ул., д. 1" in words
    assert "Адрес" in words


def test_what_the_table_shows_goes_out_as_excel(window: Window, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    page = window.register("ngo").search("светлый")
    page.page.exporting.write(tmp_path / "выгрузка.xlsx")
    window.wait(lambda: window.window.desk.jobs.idle and (tmp_path / "выгрузка.xlsx").is_file())
    sheet = load_workbook(tmp_path / "выгрузка.xlsx").active
    cells = [[cell.value for cell in line] for line in sheet.iter_rows()]
    names = [value for line in cells for value in line if isinstance(value, str) and "Светлый берег" in value]
    assert sorted(names) == ["АНО «Светлый берег»", "АНО «Светлый берег», второй список"]
    assert "выгрузка.xlsx" in window.notice


def test_a_draft_is_printed_with_annexes_on_request(window: Window, tmp_path: Path) -> None:
    report = window.return_page(Quarter(2026, 2))
    seen = report.print_whole(tmp_path)
    plain, whole = (f"НКО-47-кв_41612000_2026-Q2_0{end}_черновик.pdf" for end in ("", "_с_приложениями"))
    assert list(seen) == [plain, whole]
    assert "Приложение Д." not in " ".join(page_texts(seen[plain]))
    pages = page_texts(seen[whole])
    assert all("ЧЕРНОВИК" in page for page in pages)
    assert "Приложение Д." in " ".join(pages)


def test_a_note_and_a_plan_are_typed_into_the_return(window: Window) -> None:
    report = window.return_page(Quarter(2026, 2))
    report.page.go_to("203.note")
    press(report.page.grid, Qt.Key.Key_Return)
    answer(window, text="перенос на осень")
    report.wait()
    assert report.figure("203.note") == "перенос на осень"
    report.page.go_to("211.2.plan")
    press(report.page.grid, Qt.Key.Key_Return)
    answer(window, value="10")
    assert set(window.dialog.faults) == {"act_no", "act_on"}, "a plan changes only by an act"
    answer(window, act_no="14", act_on="12.01.2026")
    report.wait()
    assert report.figure("211.2.plan") == "10"


def test_a_code_of_the_catalogue_is_added_with_its_unit_and_chosen(window: Window) -> None:
    settings: Any = window.window.open("settings")
    panel = settings.show_tab("dictionaries")
    panel.chooser.setCurrentIndex(panel.chooser.findData("service_code"))
    panel.add.click()
    window.dialog.rows["unit"].editor.box.clear()
    answer(window, code="К5", title="Консультация по охране труда", evidence="журнал")
    assert window.dialog.faults == {"unit": "Заполните поле."}
    answer(window, unit="конс.")
    assert ("К5", "Консультация по охране труда") in [(e.code, e.title) for e in panel.entries]
    page = window.register("service")
    page.add().type("service_code", "К5\u00a0· Консультация по охране труда")


def test_the_map_of_needs_is_edited(window: Window) -> None:
    settings: Any = window.window.open("settings")
    panel = settings.show_tab("dictionaries")
    panel.chooser.setCurrentIndex(panel.chooser.findData("need_category"))
    panel._open([entry.code for entry in panel.entries].index("legal"))
    ticks = window.dialog.rows["services"].editor
    assert ticks.read()[0] == ("К2", "С2")
    ticks.fill(("К1", "К2"))
    window.dialog.primary.click()
    (legal,) = (entry for entry in panel.entries if entry.code == "legal")
    assert set(legal.more["services"]) == {"К1", "К2"}


def test_a_district_becomes_an_okrug(window: Window) -> None:
    settings: Any = window.window.open("settings")
    panel = settings.show_tab("dictionaries")
    panel.chooser.setCurrentIndex(panel.chooser.findData("territory"))
    panel.add.click()
    name, genitive = "Всеволожский муниципальный округ", "Всеволожского муниципального округа"
    answer(window, code="41512000", name=name, name_genitive=genitive, kind="муниципальный округ", since="01.07.2026")
    assert "41512000" in [entry.code for entry in panel.entries]
    (former,) = (entry for entry in panel.entries if entry.code == "41612000")
    assert former.valid_to is not None
    assert f"{former.valid_to:%d.%m.%Y}" == "30.06.2026"
    # An okrug without settlements does not ask for one.
    assert window.program.window.desk.read(registers.choices, "settlement") == ()


def test_what_came_late_may_be_counted_in_its_own_quarter(qtbot: Any, tmp_path: Path) -> None:
    with District(tmp_path, today="2026-07-01") as district:
        ngo = district.ngo()
        district.freeze_plainly(Quarter(2026, 2))
        late = district.support(ngo, form="214", day="2026-06-15")
        district.support(ngo, form="214", day="2026-07-01")
        path = district.path
        assert district.card("support", late).values["account"] == Quarter(2026, 3)
    window = open_window(qtbot, path, today="2026-07-06")
    page = window.register("support")
    assert "Учесть в своём квартале" not in [word for word, _, _ in page.page.card._deeds]  # the newest is no late one
    page.choose(1)
    do(page, "Учесть в своём квартале")
    window.dialog.primary.click()
    assert page.card["account"] == Quarter(2026, 2)
    assert "Учесть в своём квартале" not in [word for word, _, _ in page.page.card._deeds]
    window.close()
