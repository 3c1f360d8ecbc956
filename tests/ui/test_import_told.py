"""A list on its way in: what is not taken is told, what is ambiguous is asked, what writing refuses stays in sight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PySide6.QtWidgets import QApplication, QLabel

from app.usecases import records
from app.usecases.importing import Outcome
from tests.factories import District
from tests.pages import ImportPage, Window, open_window

HEAD = ("Получатель", "ИНН", "Форма поддержки", "Дата решения", "Сумма")


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-07-01") as district:
        district.ngo("АНО «Светлый берег»", sonko=True, ogrn="1037739010891", inn="7707083893")
        path = district.path
    opened = open_window(qtbot, path, today="2026-07-06")
    yield opened
    opened.close()


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def on_card(page: ImportPage) -> str:
    QApplication.processEvents()  # what is laid into a shown card is itself shown by an event
    return " | ".join(label.text() for label in page.page.card.findChildren(QLabel) if not label.isHidden())


def settled(window: Window, page: ImportPage) -> None:
    window.wait(lambda: not page.page.busy)


def dates(page: ImportPage) -> list[str]:
    return [str(row.values.get("decision_on", "")) for row in page.page.preview.rows]


def test_a_list_that_is_not_known_is_told_by_hand_what_its_columns_hold(window: Window, tmp_path: Path) -> None:
    rows = [("Слово", "Дело", "Ещё"), ("Тихая заводь", "1", "а"), ("Дальний свет", "2", "б")]
    path = workbook(tmp_path / "свой.xlsx", {"Лист1": rows})
    page = ImportPage(window, window.window.open("import", register="ngo")).read(path)
    assert page.page.model.rowCount() == 0
    assert "Список не узнан" in window.notice
    assert QApplication.focusWidget() is page.page.columns.cards[0]
    assert not page.page.write_button.isEnabled()
    page.page.columns.put(page.page.preview.tables[0], 0, "name")
    settled(window, page)
    assert {row.values["name"] for row in page.page.preview.rows} >= {"Тихая заводь", "Дальний свет"}


def years(folder: Path) -> Path:
    """A list of two years in another order each, with totals, a remark column and a sheet that is no list."""
    grant = ("АНО «Светлый берег»", "7707083893", "финансовая")
    return workbook(folder / "гранты.xlsx", {
        "2025": [HEAD, (*grant, "02.07.2025", 1000), (*grant, "03.07.2025", 2000), ("Итого", "", "", "", 3000)],
        "2026": [("№ п/п", "Сумма", *HEAD[3:4], *HEAD[:3]), (1, 1500, "02.07.2026", *grant)],
        "справка": [("Показатель", "Значение"), ("Подано заявок", 12), ("Отказано", 3)],
    })  # fmt: skip


def test_what_is_not_taken_from_a_file_is_told_above_its_rows_and_in_full_on_the_card(
    window: Window, tmp_path: Path
) -> None:
    page = window.import_page("support").read(years(tmp_path))
    strip = page.page.left_out
    assert not strip.isHidden()
    assert strip.text.text() == (
        "Не взято: лист «справка»; строка 4 листа «2025» (строка итогов); столбец «№ п/п»"
    )
    strip.more.click()
    told = on_card(page)
    assert "Лист «справка»" in told
    assert "с названием, ОГРН или ИНН организации. |" in told, "the reason, without the file it stands in"
    assert "Строка 4 листа «2025» | Строка итогов." in told
    assert "Столбец листа «2026»: «№ п/п»" in told
    strip.more.click()
    assert "Строка 2, лист «2025»" in on_card(page), "back to the row"
    assert strip.more.word == "Подробно"


def test_a_file_taken_whole_says_nothing_of_what_is_not_taken(window: Window, tmp_path: Path) -> None:
    listed = workbook(tmp_path / "нко.xlsx", {"НКО": [("Название", "ИНН"), ("АНО «Верная»", "1655494610")]})
    page = window.import_page("ngo").read(listed)
    assert page.page.left_out.isHidden()


def test_columns_left_out_of_a_list_without_headings_are_named_by_letters(window: Window, tmp_path: Path) -> None:
    rows = [("Фонд «Ёлочка»", "1655494610", "раз"), ("АНО «Светлый берег»", "7707083893", "два")]
    page = window.import_page("ngo").read(workbook(tmp_path / "нко.xlsx", {"НКО": rows}))
    assert page.page.left_out.text.text() == "Не взято: столбец C"


def test_the_columns_are_those_of_the_sheet_the_chosen_row_stands_on(window: Window, tmp_path: Path) -> None:
    page = window.import_page("support").read(years(tmp_path))
    page.page.show_outcome(None)
    assert "лист «2025»: столбцов 5 из 5" in page.page.header.fact.text()
    assert len(page.page.columns.cards) == 5
    page.page.table.choose(2)
    assert "лист «2026»: столбцов 5 из 6" in page.page.header.fact.text()
    assert len(page.page.columns.cards) == 6
    second = next(t for t in page.page.preview.tables if t.sheet == "2026")
    page.page.columns.put(second, second.column_map.columns["amount"], None)
    settled(window, page)
    by = {t.sheet: t.column_map.columns for t in page.page.preview.tables}
    assert "amount" in by["2025"]
    assert "amount" not in by["2026"]


def asked(folder: Path) -> Path:
    grant = ("АНО «Светлый берег»", "7707083893", "финансовая")
    return workbook(folder / "гранты.xlsx", {"2026": [
        HEAD, (*grant, "03/04/2026", 1000), (*grant, "05/06/2026", 2000), (*grant, "1 июня 2026", 3000),
    ]})  # fmt: skip


def test_a_date_of_two_readings_is_asked_with_two_buttons(window: Window, tmp_path: Path) -> None:
    page = window.import_page("support").read(asked(tmp_path))
    assert page.counts["rejected"] == 2
    page.page.show_outcome(Outcome.REJECTED)
    assert [button.word for button in page.page.card.readings] == ["03.04.2026", "04.03.2026"]
    page.page.card.readings[1].click()
    settled(window, page)
    assert dates(page) == ["2026-03-04", "", "2026-06-01"]
    assert (page.counts["new"], page.counts["rejected"]) == (2, 1)
    assert page.page.model.row(page.page.table.row).number == 3, "the next one that is asked"
    page.page.card.readings[0].click()
    settled(window, page)
    page.write()
    shown = " ".join(" ".join(row) for row in window.register("support").rows)
    assert all(day in shown for day in ("04.03.2026", "05.06.2026", "01.06.2026"))


def test_one_answer_may_stand_for_the_whole_column(window: Window, tmp_path: Path) -> None:
    page = window.import_page("support").read(asked(tmp_path))
    page.page.show_outcome(Outcome.REJECTED)
    card = page.page.card
    assert card.everywhere.word == "И в других строках (1)"
    card.everywhere.click()
    card.readings[0].click()
    settled(window, page)
    assert dates(page) == ["2026-04-03", "2026-06-05", "2026-06-01"]
    assert page.counts["rejected"] == 0
    row = page.page.preview.rows[0]
    assert "прочитано как 03.04.2026 по вашему выбору" in " ".join(row.repairs)
    underlined = [field.key for field in page.page.model.fields if page.page.model.repaired(row, field)]
    assert underlined == ["decision_on"], "a sum only shown with its kopecks was not put right"


def test_a_wrong_answer_can_be_taken_back(window: Window, tmp_path: Path) -> None:
    page = window.import_page("support").read(asked(tmp_path))
    page.page.card.readings[0].click()
    settled(window, page)
    assert dates(page) == ["2026-04-03", "", "2026-06-01"]
    page.page.table.choose(0)
    page.page.card.again.click()
    settled(window, page)
    assert dates(page) == ["", "", "2026-06-01"]
    page.page.card.readings[1].click()
    settled(window, page)
    assert dates(page)[0] == "2026-03-04"
    page.page.table.choose(2)
    assert page.page.card.again is None, "nothing was asked of this row"


def test_an_answer_leaves_standing_what_was_decided_before(window: Window, tmp_path: Path) -> None:
    """A grant of an NGO that is not kept waits for her; she took it, then answered for another row."""
    grant = ("АНО «Светлый берег»", "7707083893", "финансовая")
    other = ("АНО «Иной берег»", "1655494610", "финансовая")
    listed = workbook(tmp_path / "гранты.xlsx", {"2026": [
        HEAD, (*other, "02.06.2026", 500), (*grant, "03/04/2026", 1000),
    ]})  # fmt: skip
    page = window.import_page("support").read(listed)
    assert page.counts["doubtful"] == 1
    page.page._decide(0, True)
    page.page.show_outcome(Outcome.REJECTED)
    page.page.card.readings[0].click()
    settled(window, page)
    assert page.page.model.accepted == {0}
    assert page.button == "Записать 2\u00a0строки"


def test_rows_that_writing_refuses_stay_on_the_page_with_the_reason(window: Window, tmp_path: Path) -> None:
    """Another person wrote an organisation of the same ОГРН after the list was read."""
    rows = [("Название", "ОГРН"), ("АНО «Иной берег»", "1231600019705"), ("Фонд «Ёлочка»", "1024700556187")]
    page = window.import_page("ngo").read(workbook(tmp_path / "нко.xlsx", {"НКО": rows}))
    assert page.counts["new"] == 2
    values = {"name": "АНО «Перехват»", "ogrn": "1231600019705", "status": "active"}
    page.page.desk.write("edit", "НКО", records.save, "ngo", values)
    page.write()
    settled(window, page)
    assert window.window.page is page.page, "the page stays"
    assert "Не записано: 1 строка" in window.notice
    assert page.page.tabs[Outcome.REJECTED].isChecked()
    assert page.counts["rejected"] == 1
    assert "1231600019705 уже у записи" in on_card(page)
    assert not page.page.rejects_button.isHidden()
    page.page.save_rejects_to(tmp_path / "ошибки.xlsx")
    assert page.button == "Записать 0\u00a0строк", "what was written is not written again"


def test_a_list_that_went_away_while_it_was_written_is_not_offered_a_second_time(
    window: Window, tmp_path: Path
) -> None:
    rows = [("Название", "ОГРН"), ("АНО «Иной берег»", "1231600019705"), ("Фонд «Ёлочка»", "")]
    listed = workbook(tmp_path / "нко.xlsx", {"НКО": rows})
    page = window.import_page("ngo").read(listed)
    values = {"name": "АНО «Перехват»", "ogrn": "1231600019705", "status": "active"}
    page.page.desk.write("edit", "НКО", records.save, "ngo", values)
    listed.unlink()
    page.write()
    settled(window, page)
    assert page.page.preview is None
    page.page.write()
    assert window.register("ngo").count == 3, "two that were there and «Ёлочка», once"


def test_a_remark_about_what_is_taken_is_not_headed_as_left_out(window: Window, tmp_path: Path) -> None:
    rows = [("Получатель", "ИНН", "Дата решения", "Сумма гранта"),
            ("АНО «Светлый берег»", "7707083893", "02.06.2026", 500)]  # fmt: skip
    page = window.import_page("support").read(workbook(tmp_path / "Гранты.xlsx", {"Гранты": rows}))
    assert "потому что список — о грантах" in " ".join(page.page.preview.rows[0].notes)
    page.page.table.choose(0)
    assert "К сведению" in on_card(page)
    assert "Не загружено" not in on_card(page)
