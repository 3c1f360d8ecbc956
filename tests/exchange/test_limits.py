"""What is too large, locked, broken or no table says so in words, and is not read further."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from app.core.errors import AppError, Cancelled
from app.core.progress import Progress
from app.exchange import limits, read_tables
from tests.exchange import list_files

HEAD = ("Наименование", "ИНН")


def refusal(path: Path) -> str:
    with pytest.raises(AppError) as refused:
        read_tables(path)
    assert refused.value.hint, "a refusal says what to do"
    return refused.value.message


def test_no_file_and_no_folder(tmp_path: Path) -> None:
    assert "нет" in refusal(tmp_path / "нет.xlsx")
    assert "папка" in refusal(tmp_path)


@pytest.mark.parametrize("content", [b"", b"\r\n \n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0" * 100])
def test_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert "пуст" in refusal(path)


def test_a_workbook_without_rows(tmp_path: Path) -> None:
    assert "нет ни одной строки" in refusal(list_files.xlsx(tmp_path / "a.xlsx", {"Лист1": []}))


def test_more_than_fifty_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(limits.MAX_BYTES + 1)
    assert "больше 50 МБ" in refusal(path)


def test_a_bomb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = list_files.xlsx(tmp_path / "a.xlsx", [HEAD, ("АНО", 1)])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/big.bin", "w") as member:
        for _ in range(limits.MAX_UNPACKED // limits.MEGABYTE + 1):
            member.write(bytes(limits.MEGABYTE))
    assert path.stat().st_size < limits.MAX_BYTES
    assert "в распакованном виде больше 200 МБ" in refusal(path)


def test_too_many_columns(tmp_path: Path) -> None:
    wide = [f"Графа {n}" for n in range(201)]
    assert "больше 200 граф" in refusal(list_files.xlsx(tmp_path / "a.xlsx", [wide, wide]))
    assert "больше 200 граф" in refusal(list_files.text(tmp_path / "a.csv", ";".join(wide)))
    assert "больше 200 граф" in refusal(list_files.xls(tmp_path / "a.xls", [wide, wide]))


def test_too_many_rows(tmp_path: Path) -> None:
    assert "больше 300\u00a0000 строк" in refusal(list_files.text(tmp_path / "a.csv", "АНО;1\n" * 300_002))


@pytest.mark.parametrize(("place", "words"), [("A1048576", "строк"), ("XFD2", "граф"), ("XFD1048576", "строк")])
def test_one_far_cell_is_refused_and_not_given_memory(tmp_path: Path, place: str, words: str) -> None:
    path = list_files.xlsx(tmp_path / "a.xlsx", [HEAD, ("АНО", 1)])
    _with_cell(path, f'<c r="{place}"><v>1</v></c>')
    assert words in refusal(path)


def test_a_far_cell_without_content_does_no_harm(tmp_path: Path) -> None:
    path = list_files.xlsx(tmp_path / "a.xlsx", [HEAD, ("АНО", 1)])
    _with_cell(path, '<c r="A1048576" s="0"/>')
    assert [row.number for row in read_tables(path)[0].rows] == [2]


def _with_cell(path: Path, cell: str) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"].decode()
    number = "".join(filter(str.isdigit, cell.split('"')[1]))
    members["xl/worksheets/sheet1.xml"] = sheet.replace(
        "</sheetData>", f'<row r="{number}">{cell}</row></sheetData>'
    ).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def test_ods_content_repeated_beyond_the_limits(tmp_path: Path) -> None:
    path = list_files.ods(tmp_path / "a.ods", [HEAD, ("АНО", 1)])
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    bomb = members["content.xml"].replace(
        b"<table:table-row>",
        b'<table:table-row table:number-rows-repeated="900000000">', 1,
    )  # fmt: skip
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (members | {"content.xml": bomb}).items():
            archive.writestr(name, data)
    assert "больше 300\u00a0000 строк" in refusal(path)


def test_a_password(tmp_path: Path) -> None:
    assert "закрыт паролем" in refusal(list_files.encrypted_xlsx(tmp_path / "a.xlsx"))


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 broken", b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n....", b"<html><body><table></table></body></html>",
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 3000, bytes(range(256)) * 40, b"{\\rtf1 text}", b"Rar!\x1a\x07",
    ],
)  # fmt: skip
def test_what_is_no_table_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert "«a.xlsx»" in refusal(path)


def test_an_archive_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert "не таблица" in refusal(path)


def test_a_truncated_workbook(tmp_path: Path) -> None:
    path = list_files.xlsx(tmp_path / "a.xlsx", [HEAD, *[("АНО", n) for n in range(500)]])
    path.write_bytes(path.read_bytes()[:-300])
    assert "повреждён" in refusal(path)


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        read_tables(list_files.xlsx(tmp_path / "a.xlsx", [HEAD, ("АНО", 1)]), progress=progress)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (44, 0xFFFFFF),  # sectors of the table
        (48, 0x00FFFFFF),  # first sector of the directory
        (30, 31),  # size of a sector
        (76, 0x00FFFFFF),  # where the table lies
    ],
)
def test_an_old_workbook_that_lies_about_itself(tmp_path: Path, place: int, value: int) -> None:
    path = list_files.xls(tmp_path / "a.xls", [HEAD, ("АНО", 1)])
    data = bytearray(path.read_bytes())
    data[place : place + 4] = value.to_bytes(4, "little")
    path.write_bytes(data)
    assert "повреждён" in refusal(path)


@pytest.mark.parametrize(("row", "column", "words"), [(65_535, 60_000, "повреждён"), (3, 201, "больше 200 граф")])
def test_a_far_cell_of_an_old_workbook(tmp_path: Path, row: int, column: int, words: str) -> None:
    path = list_files.xls(tmp_path / "a.xls", [HEAD, ("АНО", 77)])
    there = bytes.fromhex("0302 0e00 0100 0100")  # the number in row 1, column 1
    data = path.read_bytes()
    assert there in data
    far = bytes.fromhex("0302 0e00") + row.to_bytes(2, "little") + column.to_bytes(2, "little")
    path.write_bytes(data.replace(there, far))
    assert words in refusal(path)
