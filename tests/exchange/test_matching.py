"""Columns are known by their headings, by what they hold, by hand and from memory; and say how."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.core.identifiers import inn_with_check_digit, ogrn_with_check_digit
from app.exchange import match_columns, read_rows, read_tables
from app.records import REGISTERS
from tests.exchange import list_files

NGO, SUPPORT, SERVICE = REGISTERS["ngo"], REGISTERS["support"], REGISTERS["service"]
INNS = [inn_with_check_digit(f"47030000{n}") for n in range(9)]
OGRNS = [ogrn_with_check_digit(f"12347000000{n}") for n in range(9)]


def matched(path: Path, rows: list[Any], record_type: Any = NGO) -> dict[str, str]:
    (table,) = read_tables(list_files.xlsx(path / "a.xlsx", rows), record_type=record_type)
    found = match_columns(table, record_type)
    return {key: table.column_title(at) for key, at in found.columns.items()}


def test_by_headings_as_they_are_written_in_life(tmp_path: Path) -> None:
    heads = ["№ п/п", "Полное наименование НКО", "ОГРН организации", "И Н Н", "Юридический адрес", "Контактный телефон",
             "Выделяемаясумма(руб,)"]  # fmt: skip
    found = matched(tmp_path, [heads, [1, "АНО «Тихий берег»", OGRNS[0], INNS[0], "г. Всеволожск", "8 813 00 000", 5]])
    assert found["name"] == "Полное наименование НКО"
    assert found["ogrn"] == "ОГРН организации"
    assert found["inn"] == "И Н Н"
    assert found["address"] == "Юридический адрес"
    assert found["phone"] == "Контактный телефон"


def test_by_content_where_there_is_no_heading(tmp_path: Path) -> None:
    rows = [[n + 1, f"Фонд «Ключ {n}»", INNS[n], OGRNS[n], f"{n + 1}.02.2020"] for n in range(8)]
    (table,) = read_tables(list_files.xlsx(tmp_path / "a.xlsx", rows), record_type=NGO)
    found = match_columns(table, NGO)
    assert found.columns == {"name": 1, "inn": 2, "ogrn": 3, "registered_on": 4}
    assert set(found.how.values()) == {"по содержанию"}


@pytest.mark.parametrize("count", [1, 2, 3, 9])
def test_a_short_list_without_heading_keeps_its_wrong_ogrn(tmp_path: Path, count: int) -> None:
    """A number with a wrong check digit is told, never lost with its column."""
    wrong = OGRNS[0][:-1] + str((int(OGRNS[0][-1]) + 1) % 10)
    numbers = [wrong, *OGRNS[1:count]]
    rows = [[f"Фонд «Ключ {n}»", number, INNS[n], "9211234567"] for n, number in enumerate(numbers)]
    (table,) = read_tables(list_files.xlsx(tmp_path / "a.xlsx", rows), record_type=NGO)
    found = match_columns(table, NGO)
    assert {key: found.columns[key] for key in ("name", "ogrn", "inn")} == {"name": 0, "ogrn": 1, "inn": 2}
    first, *others = read_rows(table, found, NGO)
    assert "Контрольная" in first.faults["ogrn"]
    assert [row.values["ogrn"] for row in others] == OGRNS[1:count]


def test_a_short_list_without_heading_keeps_its_wrong_inn(tmp_path: Path) -> None:
    rows = [["Фонд «Ключ»", "7325040378", "8137012345"], ["Союз «Лад»", INNS[1], "8137012346"]]
    (table,) = read_tables(list_files.xlsx(tmp_path / "a.xlsx", rows), record_type=NGO)
    found = match_columns(table, NGO)
    assert found.columns["inn"] == 1
    assert "Контрольная" in next(iter(read_rows(table, found, NGO))).faults["inn"]


@pytest.mark.parametrize("asked", [1, 4])
def test_days_of_a_list_without_heading_are_asked(tmp_path: Path, asked: int) -> None:
    days = ["03/04/2012"] * asked + ["25.12.2011", "2012-05-17", "31.01.2012"]
    rows = [[f"Фонд «Ключ {n}»", OGRNS[n], told] for n, told in enumerate(days)]
    (table,) = read_tables(list_files.xlsx(tmp_path / "a.xlsx", rows), record_type=NGO)
    read = list(read_rows(table, match_columns(table, NGO), NGO))
    assert [row.readings["registered_on"] for row in read[:asked]] == [(date(2012, 4, 3), date(2012, 3, 4))] * asked
    told = [row.values["registered_on"] for row in read[asked:]]
    assert told == [date(2011, 12, 25), date(2012, 5, 17), date(2012, 1, 31)]


def test_a_heading_over_other_content_is_not_believed(tmp_path: Path) -> None:
    rows: list[Any] = [["Наименование", "ИНН", "Код"], *[["Фонд", f"отдел {n}", INNS[n]] for n in range(8)]]
    assert matched(tmp_path, rows)["inn"] == "Код"


def test_a_heading_that_stands_twice_is_taken_once(tmp_path: Path) -> None:
    rows = [["Получатель", "Сумма", "Сумма", "Дата", "Дата"], ["Фонд", 100, 200, date(2026, 1, 1), date(2026, 2, 2)]]
    found = matched(tmp_path, rows, SUPPORT)
    assert (found["ngo_id"], found["amount"], found["decision_on"]) == ("Получатель", "Сумма", "Дата")
    (table,) = read_tables(tmp_path / "a.xlsx", record_type=SUPPORT)
    assert match_columns(table, SUPPORT).columns["amount"] == 1


def test_recipient_by_name_and_numbers_at_once(tmp_path: Path) -> None:
    heads = ["Наименование получателя", "ИНН", "ОГРН", "Форма поддержки", "Размер", "Дата решения", "№ решения"]
    found = matched(tmp_path, [heads, ["Фонд", INNS[0], OGRNS[0], "субсидия", 10, date(2026, 1, 1), "5-р"]], SUPPORT)
    assert found["ngo_id"] == "Наименование получателя"
    assert (found["ngo_id.inn"], found["ngo_id.ogrn"]) == ("ИНН", "ОГРН")


def test_inn_and_kpp_in_one_column(tmp_path: Path) -> None:
    path = list_files.xlsx(tmp_path / "a.xlsx", [["Наименование", "ИНН/КПП"], ["Фонд «Ключ»", f"{INNS[0]}/470301001"]])
    (table,) = read_tables(path, record_type=NGO)
    (row,) = read_rows(table, match_columns(table, NGO), NGO)
    assert (row.values["inn"], row.values["kpp"]) == (INNS[0], "470301001")


def test_sums_in_thousands(tmp_path: Path) -> None:
    heads = ["Получатель", "Сумма субсидии, тыс. руб."]
    sums = [["Фонд", 650], ["Союз", "1,5"], ["АНО", "2 млн"], ["НП", "нет"]]
    path = list_files.xlsx(tmp_path / "a.xlsx", [heads, *sums])
    (table,) = read_tables(path, record_type=SUPPORT)
    rows = list(read_rows(table, match_columns(table, SUPPORT), SUPPORT))
    assert [row.values.get("amount") for row in rows] == [Decimal(650_000), Decimal(1_500), Decimal(2_000_000), None]
    assert "650\u00a0000" in rows[0].repairs["amount"][0]


def test_by_hand_and_from_memory(tmp_path: Path) -> None:
    path = list_files.xlsx(tmp_path / "a.xlsx", [["Кто", "Что", "Номер"], ["Фонд «Ключ»", "текст", INNS[0]]])
    (table,) = read_tables(path, record_type=NGO)
    found = match_columns(table, NGO).corrected({"name": 0, "note": 1, "inn": None}, table, NGO)
    assert (found.columns["name"], found.columns["note"]) == (0, 1)
    assert "inn" not in found.columns
    assert found.how["name"] == "указано вручную"
    again = match_columns(table, NGO, remembered=found.columns)
    assert again.columns == found.columns
    assert again.how["name"] == "как в прошлый раз"
    assert again.signature == found.signature


def test_a_row_has_its_values_repairs_faults_and_readings(tmp_path: Path) -> None:
    heads = ["Наименование", "ОГРН", "ИНН", "Дата регистрации"]
    rows = [heads, ["АНО ╚Свет╩", f"{OGRNS[0]}.0", "7325040378", "03/04/2024"]]
    (table,) = read_tables(list_files.xlsx(tmp_path / "a.xlsx", rows), record_type=NGO)
    (row,) = read_rows(table, match_columns(table, NGO), NGO)
    assert row.number == 2
    assert row.values == {"name": "АНО «Свет»", "ogrn": OGRNS[0]}
    assert set(row.repairs) == {"name", "ogrn"}
    assert set(row.faults) == {"inn", "registered_on"}
    assert row.readings["registered_on"] == (date(2024, 4, 3), date(2024, 3, 4))
    assert row.cells[2] == "7325040378"


def test_recipients_in_one_cell(tmp_path: Path) -> None:
    heads = ["Дата", "Ресурсный центр", "Код услуги", "Получатели"]
    rows = [heads, [date(2026, 5, 5), "АНО «Опора»", "К4", "Фонд «А»; Союз «Б»\nТОС «В, Г»;"]]
    (table,) = read_tables(list_files.xlsx(tmp_path / "a.xlsx", rows), record_type=SERVICE)
    (row,) = read_rows(table, match_columns(table, SERVICE), SERVICE)
    assert row.values["recipients"] == ("Фонд «А»", "Союз «Б»", "ТОС «В, Г»")


def test_the_rest_of_a_wrapped_cell_is_marked(tmp_path: Path) -> None:
    heads = ["№", "Наименование НКО", "Проект", "Сумма"]
    rows = [heads, [1, "Фонд", "Лето", 100_000], [None, "«Ключ»", None, None]]
    (table,) = read_tables(list_files.xlsx(tmp_path / "a.xlsx", rows), record_type=SUPPORT)
    assert [row.fragment for row in read_rows(table, match_columns(table, SUPPORT), SUPPORT)] == [False, True]


def test_a_heading_wider_than_its_rows(tmp_path: Path) -> None:
    path = list_files.text(tmp_path / "a.csv", f"Наименование;ИНН;Адрес\nФонд «Ключ»;{INNS[0]}\n")
    (table,) = read_tables(path, record_type=NGO)
    assert match_columns(table, NGO).columns == {"name": 0, "inn": 1, "address": 2}
