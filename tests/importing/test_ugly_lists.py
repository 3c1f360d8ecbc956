"""Lists as clerks keep them: headings of parts, several things in one cell, spellings of every kind."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import AppError
from app.core.identifiers import inn_with_check_digit, ogrn_with_check_digit
from app.usecases import importing
from app.usecases.history import recent_changes
from app.usecases.importing import Outcome, PlannedRow, rejects_xlsx
from app.usecases.undoing import undo_batch
from tests.exchange import list_files
from tests.importing.conftest import Desk, told

OGRN = [ogrn_with_check_digit(f"12347000{n:04}") for n in range(9)]
INN = [inn_with_check_digit(f"4703{n:05}") for n in range(9)]


@pytest.fixture
def three(desk: Desk) -> tuple[int, int, int]:
    """АНО «Свет», Фонд «Заря» and Союз «Лад» have cards."""
    names = ("АНО «Свет»", "Фонд «Заря»", "Союз «Лад»")
    svet, zarya, lad = (desk.ngo(name, ogrn=OGRN[n], inn=INN[n]) for n, name in enumerate(names))
    return svet, zarya, lad


def only(desk: Desk, register: str, rows: Any) -> PlannedRow:
    (row,) = desk.seen(register, rows).rows
    return row


def test_headings_of_parts_are_no_organisations(desk: Desk) -> None:
    rows = [
        ["№", "Наименование", "ОГРН", "Адрес"],
        ["Заневское городское поселение"], [1, "АНО «Свет»", OGRN[0], "Кудрово"],
        ["Бугровское сельское поселение"], [2, "Фонд «Заря»", OGRN[1], "Бугры"],
    ]  # fmt: skip
    merged = list_files.xlsx(desk.folder / "разделы.xlsx", rows, merges=["A2:D2", "A4:D4"])
    assert desk.seen("ngo", merged).tables[0].skipped == ((2, "заголовок раздела"), (4, "заголовок раздела"))
    assert told(desk.taken("ngo", merged)) == (2, 0, 0, 0, 0)
    plain = desk.seen("ngo", rows)
    assert told(plain.counts) == (0, 0, 2, 0, 2)
    assert "Заголовок раздела уберите" in plain.rows[0].faults[0].text


def test_the_rest_of_a_merged_cell_is_no_organisation(desk: Desk) -> None:
    """However it begins, and though the name alone is taken over: its other cells are merged with the row above."""
    rows = [["№", "Проект", "Наименование"], [1, "Сад", "РОО «Надежда»"], ["", "", "Форма: общественная организация"]]
    path = list_files.xlsx(desk.folder / "разрыв.xlsx", rows, merges=["A2:A3", "B2:B3"])
    first, rest = desk.seen("ngo", path).rows
    assert (first.outcome, rest.outcome) == (Outcome.DOUBTFUL, Outcome.REJECTED)
    assert "продолжение ячейки строки 2" in rest.faults[0].text


def test_a_sum_under_merged_cells_is_a_record(desk: Desk, three: tuple[int, ...]) -> None:
    rows = [
        ["Получатель", "Форма поддержки", "Дата решения", "Сумма"],
        ["АНО «Свет»", "субсидия", "03.04.2026", "1 000"], ["", "", "", "2 000"],
    ]  # fmt: skip
    path = list_files.xlsx(desk.folder / "две.xlsx", rows, merges=["A2:A3", "B2:B3", "C2:C3"])
    assert told(desk.taken("support", path)) == (2, 0, 0, 0, 0)


def test_a_card_of_one_organisation_is_no_list(desk: Desk) -> None:
    card = [["Полное наименование", "Движение «Берег»"], ["Официальный сайт", "bereg.ru"], ["Руководитель (май)", "Я"]]
    with pytest.raises(AppError, match="сведения об одной организации"):
        desk.seen("ngo", card)


def test_telephone_and_mail_in_one_cell(desk: Desk) -> None:
    rows = [
        ["Наименование", "ИНН", "Контакты (телефон, e-mail)"],
        ["АНО «Свет»", INN[0], "8 (81370) 12-345, эл. почта: svet@mail.ru"],
        ["Фонд «Заря»", INN[1], "zarya@ya.ru; office@zarya.ru"],
        ["Союз «Лад»", INN[2], "+7 921 000-00-00"],
    ]
    assert told(desk.taken("ngo", rows)) == (3, 0, 0, 0, 0)
    cards = {card["name"]: (card["phone"], card["email"]) for card in desk.all("ngo")}
    assert cards["АНО «Свет»"] == ("8 (81370) 12-345", "svet@mail.ru")
    assert cards["Фонд «Заря»"] == ("", "zarya@ya.ru; office@zarya.ru")
    assert cards["Союз «Лад»"] == ("+7 921 000-00-00", "")


@pytest.mark.parametrize(
    "spelling", ['ано "свет"', "АНО “Свет”", "АНО СВЕТ", "АНО  «Свет».", "АНО Свет"]
)
def test_quotes_and_capitals_of_a_list_spoil_no_card(desk: Desk, spelling: str) -> None:
    desk.taken("ngo", [["Наименование", "ОГРН"], ["АНО «Свет»", OGRN[0]]])
    assert told(desk.taken("ngo", [["Наименование", "ОГРН"], [spelling, OGRN[0]]])) == (0, 0, 1, 0, 0)
    assert desk.one("ngo")["name"] == "АНО «Свет»"


@pytest.mark.parametrize("better", ["АНО «Ёлочка»", 'АНО "Ёлочка"', "АНО Елочка"])
def test_a_list_that_spells_better_changes_the_card(desk: Desk, better: str) -> None:
    desk.taken("ngo", [["Наименование", "ОГРН"], ["АНО ЕЛОЧКА", OGRN[0]]])
    rows = [["Наименование", "ОГРН"], [better, OGRN[0]], ["АНО ЕЛОЧКА", OGRN[0]]]
    assert told(desk.taken("ngo", rows)) == (0, 1, 1, 0, 0)
    assert told(desk.taken("ngo", rows)) == (0, 0, 2, 0, 0)
    assert desk.one("ngo")["name"] == better


def test_contradictions_accepted_twice_change_nothing(desk: Desk) -> None:
    head = ["Наименование", "ОГРН", "Телефон", "Виды деятельности"]
    rows = [head, *(["АНО «Свет»", OGRN[0], f"8 81370 0000{n}", str(n)] for n in (1, 2, 1, 3))]
    assert told(desk.taken("ngo", rows, accept="all")) == (1, 3, 0, 0, 0)
    kept = desk.one("ngo")
    assert kept["phone"] == "8 81370 00003"
    assert set(kept["activities"]) == {"1", "2", "3"}
    assert told(desk.taken("ngo", rows, accept="all")) == (0, 0, 4, 0, 0)
    assert desk.one("ngo") == kept


def test_a_contradiction_names_its_sheet(desk: Desk) -> None:
    head = ["Наименование", "ОГРН", "Телефон"]
    sheets = {"2024": [head, ["АНО «Свет»", OGRN[0], "81370"]], "2025": [head, ["АНО «Свет»", OGRN[0], "81371"]]}
    path = list_files.xlsx(desk.folder / "листы.xlsx", sheets)
    assert "(строка 2 листа «2024»)" in desk.seen("ngo", path).rows[1].doubts[0]


def test_a_repeated_row_says_what_it_repeats(desk: Desk, three: tuple[int, ...]) -> None:
    grant = ["АНО «Свет»", "субсидия", "03.04.2026", "1 000"]
    rows = [["Получатель", "Форма поддержки", "Дата решения", "Сумма"], grant, grant]
    again = desk.seen("support", rows).rows[1]
    assert again.outcome is Outcome.SAME
    assert again.notes == ("Повторяет то, что уже есть в списке (строка 2).",)


@pytest.mark.parametrize("cell", ["АНО «Свет»; Фонд «Заря»", "АНО «Свет»\nФонд «Заря»", "АНО «Свет», Фонд «Новый»"])
def test_a_decision_for_several_is_not_divided(desk: Desk, three: tuple[int, ...], cell: str) -> None:
    row = only(desk, "support", [["Получатели", "Форма", "Дата", "Сумма"], [cell, "субсидия", "03.04.2026", "1 000"]])
    assert row.outcome is Outcome.REJECTED
    assert row.faults[0].text == "В ячейке названо несколько организаций (2): запишите каждую отдельной строкой."


@pytest.mark.parametrize(
    "name", ["Фонд поддержки семьи, общественных инициатив", "Союз ветеранов войны,\nобщественных организаций и труда"]
)
def test_a_name_with_commas_is_one_name(desk: Desk, name: str) -> None:
    row = only(desk, "need", [["НКО", "Категория", "Дата"], [name, "помещение", "03.04.2026"]])
    assert row.outcome is Outcome.DOUBTFUL
    assert row.unknown[0].values["name"] == " ".join(name.split())


def test_a_known_name_with_its_address(desk: Desk, three: tuple[int, ...]) -> None:
    row = only(desk, "need", [["НКО", "Категория", "Дата"], ["2. Фонд «Заря», г. Всеволожск", "зал", "03.04.2026"]])
    assert (row.outcome, row.values["ngo_id"]) == (Outcome.NEW, three[1])


@pytest.mark.parametrize(
    "cell", ["АНО «Свет», Фонд «Заря», жители", "1. АНО «Свет»\n2. Фонд «Заря»\n3. жители", "- Свет; - Заря; граждане"]
)
def test_recipients_are_pasted_as_a_list_of_any_kind(desk: Desk, three: tuple[int, ...], cell: str) -> None:
    desk.centre("АНО «Опора»")
    rows = [
        ["Дата", "Центр", "Вид услуги", "Кол-во", "Получатели", "Подтверждение"],
        ["10.09.2026", "АНО «Опора»", "бухгалтерская консультация", "1,5 ч.", cell, "журнал № 7"],
    ]
    assert told(desk.taken("service", rows)) == (1, 0, 0, 0, 0)
    card = desk.card("service", desk.one("service")["id"])
    assert {line["ngo_id"] for line in card.lines["service_recipient"]} == {three[0], three[1], None}
    values = card.values
    assert (values["service_code"], values["quantity"], values["hours"]) == ("К3", 1, 1.5)
    assert (values["evidence_kind"], values["evidence_no"]) == ("журнал", "журнал № 7")


def test_recipients_under_a_merged_service(desk: Desk, three: tuple[int, ...]) -> None:
    """Nobody can tell three services from one for three: the list is to say so."""
    desk.centre("АНО «Опора»")
    rows = [["Дата", "Центр", "Услуга", "Часов", "Получатель"], ["10.09.2026", "АНО «Опора»", "О1", 4, "АНО «Свет»"],
            ["", "", "", "", "Фонд «Заря»"]]  # fmt: skip
    path = list_files.xlsx(desk.folder / "семинар.xlsx", rows, merges=["A2:A3", "B2:B3", "C2:C3", "D2:D3"])
    first, second = desk.seen("service", path).rows
    assert (first.outcome, second.outcome) == (Outcome.DOUBTFUL, Outcome.REJECTED)
    assert "в одной ячейке через точку с запятой" in second.faults[0].text


@pytest.mark.parametrize(
    ("term", "starts", "ends"),
    [
        ("до 31.12.2026", None, date(2026, 12, 31)), ("2026 год", None, date(2026, 12, 31)),
        ("с 03.04.2026 по 30.09.2026 г.", date(2026, 4, 3), date(2026, 9, 30)),
        ("03.04.2026-30.09.2026", date(2026, 4, 3), date(2026, 9, 30)), ("бессрочно", None, None),
    ],
)  # fmt: skip
def test_a_term_as_it_is_written(
    desk: Desk, three: tuple[int, ...], term: str, starts: date | None, ends: date | None
) -> None:
    head = ["Получатель", "Вид поддержки", "Адрес помещения", "Площадь, кв. м", "Дата договора", "Срок договора"]
    row = only(desk, "support", [head, ["АНО «Свет»", "аренда", "ул. Мира, 1", "45,6", "03.04.2026", term]])
    assert row.outcome is Outcome.NEW
    assert (row.values.get("starts_on"), row.values.get("ends_on")) == (starts, ends)
    assert row.values["object_name"] == "ул. Мира, 1"
    assert any("Срок по" in text for text in row.repairs)


def test_the_number_in_the_register_is_no_number_of_the_decision(desk: Desk, three: tuple[int, ...]) -> None:
    head = ["Номер реестровой записи и дата включения", "Дата решения", "Получатель", "Форма поддержки", "Размер"]
    row = only(desk, "support", [head, ["1 от 05.04.2026", "03.04.2026", "АНО «Свет»", "финансовая", "500 000"]])
    assert "decision_no" not in row.values


def test_a_grant_is_told_by_its_project_in_a_list_without_heading(desk: Desk, three: tuple[int, ...]) -> None:
    about = "Создание ═ школы √ мастерской для подростков"
    rows = [[n, name, INN[n], f"{about} {n}", "500 000,0═"] for n, name in enumerate(["АНО «Свет»", "Фонд «Заря»"])]
    row = desk.seen("support", rows, constants={"form": "211", "decision_on": date(2026, 4, 3)}).rows[0]
    assert row.values["purpose"] == "Создание школы – мастерской для подростков 0"
    assert any("═" in text for text in row.repairs)


@pytest.mark.parametrize("region", ["г. Москва", "Санкт-Петербург", "Псковская область"])
def test_a_region_says_where_an_organisation_is_at_home(desk: Desk, region: str) -> None:
    desk.taken("ngo", [["Наименование", "Субъект РФ"], ["АНО «Свет»", region]])
    assert not desk.one("ngo")["primary_here"]


@pytest.mark.parametrize(("yes", "is_sonko"), [("+", True), ("да", True), ("нет", False), ("-", False)])
def test_a_column_of_yes_and_no(desk: Desk, yes: str, is_sonko: bool) -> None:
    desk.taken("ngo", [["Наименование", "ОГРН", "СОНКО (да/нет)"], ["АНО «Свет»", OGRN[0], yes]])
    assert ("sonko" in desk.one("ngo")["marks"]) is is_sonko


def test_the_form_of_support_is_no_legal_form(desk: Desk) -> None:
    rows = [["Получатель", "ИНН", "Форма поддержки"], ["АНО «Свет»", INN[0], "финансовая"]]
    assert "okopf" not in desk.seen("ngo", rows).tables[0].column_map.columns


def test_a_page_of_the_web_saved_as_a_workbook(desk: Desk) -> None:
    path = desk.folder / "выгрузка.xls"
    path.write_text('<meta http-equiv="content-type"><table><tr><td>ИНН</td></tr></table>', encoding="utf-8")
    with pytest.raises(AppError, match="страница или документ") as refused:
        desk.seen("ngo", path)
    assert "сохраните как .xlsx" in refused.value.hint


def test_rows_refused_at_writing_come_back_with_their_cells(desk: Desk, tmp_path: Path) -> None:
    rows = [["Получатель", "ИНН", "Сумма гранта", "Дата решения"], ["Фонд «Новый»", INN[5], "5 000", "03.04.2026"]]
    with desk.database.write("import", "Импорт") as session:
        seen = importing.preview(session, "support", desk.file(rows))
        assert importing.write(session, seen, accept_doubtful="all").rejected == 1
    path = tmp_path / "ошибки.xlsx"
    path.write_bytes(rejects_xlsx(seen))
    (row,) = desk.seen("support", path).rows
    assert row.cells[3:7] == ("Фонд «Новый»", INN[5], "5 000", "03.04.2026")
    assert "не заполнен ОГРН" in str(row.cells[2])


def test_wrong_rows_of_several_sheets_stand_under_their_headings(desk: Desk, tmp_path: Path) -> None:
    bad = "1231600019706"
    sheets = {
        "Фонды": [["Наименование", "ОГРН"], ["Фонд «Заря»", bad]],
        "АНО": [["ОГРН", "Наименование"], [bad, "АНО «Свет»"]],
    }
    path = tmp_path / "ошибки.xlsx"
    path.write_bytes(rejects_xlsx(desk.seen("ngo", list_files.xlsx(tmp_path / "листы.xlsx", sheets))))
    again = desk.seen("ngo", path)
    assert [row.cells[3:] for row in again.rows] == [("Фонд «Заря»", bad), ("АНО «Свет»", bad)]
    assert told(again.counts) == (0, 0, 0, 0, 2)


def test_what_was_created_beside_the_rows_goes_with_their_batch(desk: Desk) -> None:
    rows = [
        ["Дата", "Центр", "Услуга", "Часов", "Получатели"],
        ["10.09.2026", "АНО «Опора»", "К4", 1, f"Фонд «Новый» (ИНН {INN[5]}); Союз «Лад»"],
        ["11.09.2026", "АНО «Опора»", "К4", 2, "Союз «Лад»"],
    ]
    assert told(desk.taken("service", rows, accept="all")) == (2, 0, 0, 0, 0)
    assert (len(desk.all("ngo")), len(desk.all("centre"))) == (2, 1)
    desk.write(undo_batch, desk.read(recent_changes)[0].id, kind="undo")
    assert desk.all("service") == desk.all("ngo") == desk.all("centre") == []
    assert told(desk.taken("service", rows, accept="all")) == (2, 0, 0, 0, 0)
