"""Whatever the shape of a list, its rows come out once each, with heading and places."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.fields import Field, Kind, RecordType
from app.exchange import RawTable, read_tables
from app.exchange.delimited import delimited_rows
from app.exchange.tables import cell_ref
from tests.exchange import list_files

NGO = RecordType(
    key="ngo",
    title="НКО",
    title_one="НКО",
    nouns=("организация", "организации", "организаций"),
    title_field="name",
    fields=(
        Field("name", "Полное наименование", Kind.TEXT, required=True, aliases=("наименование", "название")),
        Field("ogrn", "ОГРН", Kind.OGRN),
        Field("inn", "ИНН", Kind.INN),
        Field("registered_on", "Дата регистрации", Kind.DATE),
    ),
)
HEAD = ("Наименование", "ОГРН", "ИНН", "Дата регистрации")
ROWS: tuple[tuple[Any, ...], ...] = (
    ("АНО «Тихий берег»", 1037739010891, 7707083893, date(2003, 1, 31)),
    ("Фонд «Северный ключ»", 1231600019705, 1655494610, date(2023, 3, 2)),
)
TEXT_ROWS = "Наименование;ОГРН;ИНН\nАНО «Тихий берег»;1037739010891;7707083893\nФонд «Ёлка»;1231600019705;1655494610\n"


def only(path: Path) -> RawTable:
    (table,) = read_tables(path, record_type=NGO)
    return table


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_a_workbook_of_any_format(tmp_path: Path, suffix: str) -> None:
    rows = [HEAD[:3], *(row[:3] for row in ROWS)]
    table = only(getattr(list_files, suffix)(tmp_path / f"список.{suffix}", rows))
    assert table.heading[:3] == HEAD[:3]
    assert [row.number for row in table.rows] == [2, 3]
    assert [row.cells[0] for row in table.rows] == ["АНО «Тихий берег»", "Фонд «Северный ключ»"]
    assert [row.cells[1] for row in table.rows] == [1037739010891, 1231600019705]


def test_what_a_file_is_shows_in_its_bytes_not_its_name(tmp_path: Path) -> None:
    made = list_files.xlsx(tmp_path / "a.xlsx", [HEAD, *ROWS])
    wrong = made.rename(tmp_path / "a.csv")
    assert len(only(wrong).rows) == 2
    assert len(only(list_files.text(tmp_path / "b.xls", TEXT_ROWS)).rows) == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1251", "mac-cyrillic", "utf-16", "utf-16-le", "utf-16-be", "koi8-r", "cp866"]
)
def test_any_encoding_and_any_end_of_line(tmp_path: Path, encoding: str, end: str) -> None:
    content = TEXT_ROWS.replace("\n", end)
    if encoding in ("koi8-r", "cp866"):
        content = content.replace("«", '"').replace("»", '"').replace(';"', ";").replace('"', "'")
    table = only(list_files.text(tmp_path / "список.csv", content, encoding))
    assert table.heading == HEAD[:3]
    assert table.rows[1].cells[0] in ("Фонд «Ёлка»", "Фонд 'Ёлка'")


@pytest.mark.parametrize(
    ("written", "read"),
    [("utf-8", "cp1251"), ("cp1251", "latin-1"), ("utf-8", "latin-1"), ("koi8-r", "cp1251"), ("cp866", "cp1251")],
)
def test_headings_that_were_read_in_a_wrong_encoding_are_put_right(tmp_path: Path, written: str, read: str) -> None:
    """A list that some program has spoilt before: every letter of it, its headings too."""
    lines = TEXT_ROWS.replace("«", "'").replace("»", "'").splitlines()
    content = "\n".join((lines[0], lines[1], lines[0], lines[2])).encode(written)
    # What the page leaves undefined stays the number it was.
    spoilt = "".join(bytes([byte]).decode(read, errors="ignore") or chr(byte) for byte in content)
    table = only(list_files.text(tmp_path / "список.csv", spoilt))
    assert table.heading == HEAD[:3]
    assert table.reread
    assert [row.number for row in table.rows] == [2, 4]
    assert table.skipped == ((3, "повтор шапки"),)


def test_the_letter_that_a_code_page_lacks_is_put_right_too(tmp_path: Path) -> None:
    """Half of «И» in UTF-8 is no sign of cp1251: programs leave � for it."""
    table = only(list_files.text(tmp_path / "список.csv", TEXT_ROWS.encode().decode("cp1251", errors="replace")))
    assert table.heading == HEAD[:3]


def test_one_heading_that_cannot_be_put_right_leaves_the_others(tmp_path: Path) -> None:
    spoilt = [text.encode().decode("cp1251") for text in ("Полное наименование", "ОГРН")]
    table = only(list_files.xlsx(tmp_path / "a.xlsx", [[*spoilt, "При┼ меч ☺"], ["АНО «Свет»", 1037739010891, 5]]))
    assert table.heading[:2] == ("Полное наименование", "ОГРН")


def test_a_spoilt_heading_of_two_lines_in_a_cell_is_put_right(tmp_path: Path) -> None:
    spoilt = [text.encode().decode("cp1251") for text in ("Полное\nнаименование", "ОГРН")]
    table = only(list_files.xlsx(tmp_path / "a.xlsx", [spoilt, ["АНО «Свет»", 1037739010891]]))
    assert table.heading == ("Полное наименование", "ОГРН")


def test_headings_that_are_sound_are_left_alone(tmp_path: Path) -> None:
    table = only(list_files.text(tmp_path / "список.csv", "Наименование;ОКТМО;Ъ\nАНО ÀÍÎ;41612101;ы\n"))
    assert table.heading == ("Наименование", "ОКТМО", "Ъ")
    assert not table.reread


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_any_delimiter_with_quoted_ends_of_lines(tmp_path: Path, delimiter: str) -> None:
    lines = [
        ("Наименование", "ИНН", "Примечание"),
        ('"АНО ""Свет"""', "7707083893", f'"первая{delimiter}\nвторая"'),
        ("Фонд Ёлка", "1655494610", ""),
    ]
    path = list_files.text(tmp_path / "список.csv", "\n".join(delimiter.join(line) for line in lines))
    table = only(path)
    assert [row.cells[0] for row in table.rows] == ['АНО "Свет"', "Фонд Ёлка"]
    assert table.rows[0].cells[2] == f"первая{delimiter}\nвторая"


def test_commas_of_addresses_do_not_split_a_list_of_semicolons(tmp_path: Path) -> None:
    address = "188640, Ленинградская область, г. Всеволожск, ул. Лесная, д."
    rows = [f"АНО «Дом {n}»;7707083893;{address} {n}" for n in range(300)]
    table = only(list_files.text(tmp_path / "список.csv", "\n".join(["Наименование;ИНН;Адрес", *rows])))
    assert table.heading == ("Наименование", "ИНН", "Адрес")
    assert table.rows[7].cells == ("АНО «Дом 7»", "7707083893", f"{address} 7")


def test_an_open_quote_does_not_swallow_the_rest(tmp_path: Path) -> None:
    content = 'Наименование;ИНН\nАНО "Свет;7707083893\nФонд Ёлка;1655494610\n'
    assert len(only(list_files.text(tmp_path / "a.csv", content)).rows) == 2


@pytest.mark.parametrize("above", [0, 1, 7, 28])
def test_the_heading_is_anywhere_in_the_first_thirty_rows(tmp_path: Path, above: int) -> None:
    titles = [(f"Сведения о работе, лист {n}",) for n in range(above)]
    table = only(list_files.xlsx(tmp_path / "a.xlsx", [*titles, HEAD, *ROWS]))
    assert table.heading_row == above + 1
    assert len(table.rows) == 2
    assert len(table.skipped) == above


def test_a_list_without_a_heading(tmp_path: Path) -> None:
    table = only(list_files.xlsx(tmp_path / "a.xlsx", ROWS))
    assert table.heading_row is None
    assert len(table.rows) == 2


def test_headings_in_two_lines_are_joined_and_numbers_of_columns_left_out(tmp_path: Path) -> None:
    rows = [
        ("Наименование", "Регистрация", None, "ИНН"),
        (None, "ОГРН", "Дата регистрации", None),
        (1, 2, 3, 4),
        ("АНО «Тихий берег»", 1037739010891, date(2003, 1, 31), 7707083893),
    ]
    table = only(list_files.xlsx(tmp_path / "a.xlsx", rows, merges=("A1:A2", "B1:C1", "D1:D2")))
    assert table.heading == ("Наименование", "Регистрация ОГРН", "Регистрация Дата регистрации", "ИНН")
    assert [row.number for row in table.rows] == [4]
    assert table.skipped == ((3, "номера граф"),)


def test_a_repeated_heading_blank_rows_and_totals_are_no_records(tmp_path: Path) -> None:
    rows = [HEAD, ROWS[0], (None,), HEAD, ROWS[1], ("Итого:", 2)]
    table = only(list_files.xlsx(tmp_path / "a.xlsx", rows))
    assert [row.number for row in table.rows] == [2, 5]
    assert table.skipped == ((4, "повтор шапки"), (6, "строка итогов"))


def test_cells_merged_downwards_belong_to_each_row(tmp_path: Path) -> None:
    rows = [
        ("Наименование", "ИНН", "Проект", "Сумма"),
        ("АНО «Тихий берег»", "7707083893", "Лето", 100_000),
        (None, None, "Зима", 50_000),
        ("Фонд «Ёлка»", "1655494610", "Весна: начало", 70_000),
        (None, None, "и продолжение", None),
    ]
    table = only(list_files.xlsx(tmp_path / "a.xlsx", rows, merges=("A2:A3", "B2:B3", "A4:A5", "B4:B5", "D4:D5")))
    assert [row.cells[0] for row in table.rows] == ["АНО «Тихий берег»", "АНО «Тихий берег»", "Фонд «Ёлка»", ""]
    assert table.rows[3].cells[3] == "", "the rest of a wrapped cell is no second grant"


def test_every_sheet_is_a_table(tmp_path: Path) -> None:
    path = list_files.xlsx(tmp_path / "a.xlsx", {"2025": [HEAD, ROWS[0]], "2026": [HEAD, ROWS[1]], "пустой": []})
    assert [(t.sheet, len(t.rows)) for t in read_tables(path, record_type=NGO)] == [("2025", 1), ("2026", 1)]


def test_a_place_is_named_as_spreadsheets_do() -> None:
    assert [cell_ref(5, 0), cell_ref(1, 25), cell_ref(12, 26), cell_ref(3, 701)] == ["A5", "Z1", "AA12", "ZZ3"]


CELL = st.text("абвя;,\t|\"'\n АБ«»0123456789.", max_size=12).map(lambda s: s.strip())


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=20), st.sampled_from(";,\t|"))
def test_what_was_written_as_csv_is_read_the_same(rows: list[list[str]], delimiter: str) -> None:
    import csv
    import io

    # A heading of words alone shows the delimiter; what a list holds may be anything.
    table = [["Наименование", "Адрес", "Примечание"]] * 3 + rows
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(table)
    assert list(delimited_rows(stream.getvalue(), "a.csv")) == table
