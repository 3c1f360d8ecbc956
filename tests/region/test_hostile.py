"""Files that are no returns, or mean harm: set aside quickly, in words, and the good ones beside them are taken in."""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.hand.typing_over import packed, parts_of
from tests.region.region import Region, Sent, letter, zipped

Sends = Callable[..., Sent]
SECONDS = 5.0


@cache
def bomb(members: int = 5) -> bytes:
    """250 MB of zeros in a quarter of one."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(members):
            with archive.open(f"{number}.xlsx", "w", force_zip64=True) as stream:
                for _ in range(50):
                    stream.write(b"\0" * 1_048_576)
    return buffer.getvalue()


def lying_bomb() -> bytes:
    """A bomb whose headers say that its members are small."""
    return bomb().replace((50 * 1_048_576).to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def xlsx_with(good: bytes, part: str, content: bytes = b"x") -> bytes:
    return packed(parts_of(good) | {part: content})


def with_entity(good: bytes) -> bytes:
    parts = parts_of(good)
    book = parts["xl/workbook.xml"]
    start = book.index(b"<workbook")
    return packed(parts | {"xl/workbook.xml": book[:start] + b'<!DOCTYPE a [<!ENTITY b "c">]>' + book[start:]})


def far(good: bytes, place: str = "GR40000") -> bytes:
    """A cell that would take memory for 8 million empty ones."""
    parts = parts_of(good)
    sheet = "xl/worksheets/sheet2.xml"
    row = f'<row r="{place[2:]}"><c r="{place}"><v>1</v></c></row></sheetData>'.encode()
    return packed(parts | {sheet: parts[sheet].replace(b"</sheetData>", row)})


def deep(good: bytes) -> bytes:
    return zipped({"1.zip": zipped({"2.zip": zipped({"отчёт.xlsx": good})})})


HOSTILE: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "a bomb": ("бомба.zip", lambda _: bomb(), "в распакованном виде больше 200 МБ"),
    "bombs that are small each": (
        "бомбы.zip", lambda _: zipped({"1.zip": bomb(3), "2.zip": bomb(3)}), "в распакованном виде больше 200 МБ",
    ),
    "a bomb that lies": ("бомба.zip", lambda _: lying_bomb(), "бомба.zip"),
    "macros": ("м.xlsx", lambda good: xlsx_with(good, "xl/vbaProject.bin"), "макросы"),
    "links": ("с.xlsx", lambda good: xlsx_with(good, "xl/externalLinks/externalLink1.xml"), "связи с другими файлами"),
    "an entity": ("э.xlsx", with_entity, "сущностей"),
    "a cell far right": (
        "д.xlsx", far, "правее AZ или ниже",
    ),
    "a cell far down": ("д.xlsx", lambda good: far(good, "AA60000"), "правее AZ или ниже"),
    "nothing": ("пустой.xlsx", lambda _: b"", "пуст"),
    "a program": ("отчёт.xlsx", lambda _: b"MZ" + b"\0" * 5000, "программа"),
    "60 MB": ("большой.xlsx", lambda _: b"PK\x03\x04" + b"\1" * 60 * 1_048_576, "больше 50 МБ"),
    "half a file": ("половина.xlsx", lambda good: good[: len(good) // 2], "повреждён"),
    "another workbook": ("чужая.xlsx", lambda good: packed({**parts_of(good), "xl/workbook.xml": b"<a/>"}), "чужая"),
    "too deep": ("глубоко.zip", deep, "так глубоко"),
    "an empty archive": ("пустой.zip", lambda _: zipped({}), "файлов внутри нет"),
    "a letter of nothing": ("п.eml", lambda _: letter({}), "файлов внутри нет"),
    "a letter of a thousand parts": (
        "п.eml", lambda _: b"From: a\n" + b"Content-Type: multipart/mixed; boundary=b\n" * 1000, "слишком много частей",
    ),
    "a picture": ("скан.xlsx", lambda _: b"\x89PNG\r\n\x1a\n" + b"\0" * 999, "не книга Excel"),
    "a text named as a PDF": ("отчёт.pdf", lambda _: b"plain text", "не книга Excel"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_bad_file_is_set_aside_quickly_and_the_good_one_goes_on(region: Region, sent: Sends, what: str) -> None:
    name, made, said = HOSTILE[what]
    region.came(name, made(sent().xlsx))
    region.came(f"{sent().name}.xlsx", sent().xlsx)
    began = time.monotonic()
    told = region.intake()
    assert time.monotonic() - began < SECONDS * 2, "both files"
    results = {one["file"]: one for one in told["files"]}
    assert results.pop(f"{sent().name}.xlsx")["result"] == "accepted"
    assert {one["result"] for one in results.values()} == {"not_a_return"}
    assert any(said in one["reason"] for one in results.values()), results
    assert region("intake", str(region.incoming / name))[0] == 1, "also the second time"
    assert region("check")[0] == 0


def test_names_that_lead_out_of_the_folder_lead_nowhere(region: Region, sent: Sends, tmp_path: Path) -> None:
    names = ("../../../../tmp/вне.xlsx", "/etc/вне.xlsx", "..\\..\\вне.xlsx", "a/../../вне.xlsx")
    region.came("пути.zip", zipped({name: sent().xlsx for name in names}))
    before = set(tmp_path.rglob("*"))
    told = region.intake()["files"]
    assert [one["result"] for one in told] == ["accepted", "same", "same", "same"]
    assert {one["file"] for one in told} == {"вне.xlsx"}
    assert not Path("/tmp/вне.xlsx").exists()
    assert {path for path in tmp_path.rglob("*") if path.suffix == ".xlsx"} <= before


def test_an_archive_of_windows_keeps_its_russian_names(region: Region, sent: Sends) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("aaaaa.xlsx", sent().xlsx)
    content = buffer.getvalue().replace(b"aaaaa.xlsx", "отчёт.xlsx".encode("cp866"))
    assert region.results(region.came("а.zip", content)) == {"отчёт.xlsx": "accepted"}


def test_a_stick_written_without_unicode_keeps_its_russian_names(region: Region, sent: Sends) -> None:
    """Its names are bytes, which can be neither kept nor printed as they are; and some hold what is not seen."""
    (region.incoming / os.fsdecode("отчёт Тосно.xlsx".encode("cp1251"))).write_bytes(sent("41606000").xlsx)
    (region.incoming / os.fsdecode("отчёт Луги.xlsx".encode("cp866"))).write_bytes(sent("41612000").xlsx)
    (region.incoming / "а\nб\x1b[31m\u202exslx.txt").write_bytes(b"?")
    assert region.results() == {
        "отчёт Тосно.xlsx": "accepted", "отчёт Луги.xlsx": "accepted", "а_б_[31m_xslx.txt": "not_a_return",
    }  # fmt: skip
    assert region("intake", str(region.incoming))[0] == 1, "printed too"


def test_a_locked_archive_is_said_to_be_locked(region: Region, sent: Sends) -> None:
    content = bytearray(zipped({"отчёт.xlsx": sent().xlsx}))
    content[6] |= 1
    central = content.rindex(b"PK\x01\x02")
    content[central + 8] |= 1
    (told,) = region.intake(region.came("закрыт.zip", bytes(content)))["files"]
    assert "закрыт паролем" in told["reason"]


def test_links_in_a_folder_are_not_followed_round(region: Region, sent: Sends) -> None:
    region.came("отчёт.xlsx", sent().xlsx)
    (region.incoming / "круг").symlink_to(region.incoming, target_is_directory=True)
    assert region.results() == {"отчёт.xlsx": "accepted"}


def test_a_form_filled_by_hand_whose_sheet_is_cut_is_not_read_up_to_the_cut(
    region: Region, by_hand: Callable[..., bytes]
) -> None:
    whole = by_hand("41606000")
    name = "xl/worksheets/sheet1.xml"
    parts = dict(parts_of(whole))
    at = parts[name].index(b"<c ", len(parts[name]) // 2)
    region.came("цел.xlsx", whole)
    region.came("испорчен.xlsx", packed(parts | {name: parts[name][:at] + b"<c " + parts[name][at:]}))
    found = {one["file"]: one for one in region.intake()["files"]}
    assert found["цел.xlsx"]["result"] == "accepted"
    assert found["испорчен.xlsx"]["result"] == "not_a_return"
    assert "повреждён" in found["испорчен.xlsx"]["reason"]


def test_a_form_by_hand_that_excel_would_not_open_is_not_read(region: Region, by_hand: Callable[..., bytes]) -> None:
    parts = dict(parts_of(by_hand("41606000")))
    del parts["[Content_Types].xml"]
    region.came("без списка.xlsx", packed(parts))
    (told,) = region.intake()["files"]
    assert told["result"] == "not_a_return"
    assert "нет части «[Content_Types].xml»" in told["reason"]
