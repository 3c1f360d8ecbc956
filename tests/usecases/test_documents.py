"""Documents of records: hash, limit, safe names, one copy of equal files, backups, the journal without their bytes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.core.clock import Clock
from app.core.errors import AppError, InvalidRecord
from app.models.database import Database
from app.usecases.backup import backup, check_database
from app.usecases.document_names import LONGEST, kind_by_name, safe_name, size_in_words, starts_a_program
from app.usecases.documents import (
    NewFile,
    attach,
    content_of,
    describe,
    detach,
    document,
    documents_of,
    erase_content,
    file_of,
    put_back,
    totals,
)
from app.usecases.history import recent_changes
from app.usecases.setup import save_settings
from app.usecases.undoing import undo_batch
from tests.factories import District

SCAN = NewFile("Согласие Сомова.pdf", b"%PDF-1.4 consent")


def test_a_file_hangs_on_its_record_with_day_note_and_hash(district: District) -> None:
    ngo = district.ngo()
    (id,) = district.write(attach, "ngo", ngo, [SCAN], dated_on=date(2026, 6, 1), note=" скан ")
    (row,) = district.read(documents_of, "ngo", [ngo])
    assert (row.id, row.kind, row.name, row.size, row.note) == (id, "consent", "Согласие Сомова.pdf", 16, "скан")
    assert (row.dated_on, row.attached_on, row.attached_by) == (date(2026, 6, 1), date(2026, 7, 1), "Куратор")
    assert row.told == "согласие от 01.06.2026 · 16\u00a0Б · скан"
    assert district.read(content_of, id) == SCAN.content
    assert district.read(documents_of, "support", [ngo]) == ()


def test_any_record_of_any_register_takes_one_and_no_other(district: District) -> None:
    ngo = district.ngo()
    records = {"support": district.support(ngo), "need": district.need(ngo), "centre": district.centre()}
    for register, id in records.items():
        district.write(attach, register, id, [SCAN])
        assert len(district.read(documents_of, register, [id])) == 1
    with pytest.raises(AppError, match="записи №\u00a0999 нет"):
        district.write(attach, "ngo", 999, [SCAN])


def test_equal_files_are_kept_once_and_not_twice_on_a_record(district: District) -> None:
    ngo, other = district.ngo(), district.ngo()
    district.write(attach, "ngo", ngo, [SCAN])
    district.write(attach, "ngo", other, [NewFile("копия.pdf", SCAN.content)])
    assert district.read(totals).told == "2\u00a0документа, 16\u00a0Б"
    with pytest.raises(AppError, match=r"уже прикреплён к этой записи 01\.07\.2026 под именем «копия\.pdf»"):
        district.write(attach, "ngo", other, [SCAN])


def test_over_the_limit_and_empty_are_refused_and_the_limit_is_a_setting(district: District, tmp_path: Path) -> None:
    ngo = district.ngo()
    district.write(save_settings, {"document_limit": 1})
    large = tmp_path / "скан.pdf"
    large.write_bytes(b"%PDF" + bytes(1024 * 1024))
    with pytest.raises(AppError, match=r"«скан.pdf» — 1,0.МБ, а предел 1,0.МБ"):
        file_of(large, 1024 * 1024)
    with pytest.raises(AppError, match="а предел"):
        district.write(attach, "ngo", ngo, [NewFile("скан.pdf", large.read_bytes())])
    with pytest.raises(AppError, match="пустой"):
        district.write(attach, "ngo", ngo, [NewFile("скан.pdf", b"")])
    with pytest.raises(AppError, match="папка"):
        file_of(tmp_path, 1)
    with pytest.raises(AppError, match="не читается"):
        file_of(tmp_path / "нет", 1)
    with pytest.raises(InvalidRecord, match="от 1 до 100"):
        district.write(save_settings, {"document_limit": 0})
    assert district.read(totals).documents == 0
    district.write(save_settings, {"document_limit": 2})
    district.write(attach, "ngo", ngo, [file_of(large, 2 * 1024 * 1024)])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\Windows\\win.ini", "C__Windows_win.ini"),
        ("отчёт\n\t\x00.pdf", "отчёт.pdf"),
        ("договор\u202efdp.exe", "договорfdp.exe"),
        ("", "документ"),
        (" . . ", "документ"),
        ("NUL.txt", "_NUL.txt"),
        ("скан.pdf. ", "скан.pdf"),
        ("Устав (ред. 2).docx", "Устав (ред. 2).docx"),
    ],
)
def test_hostile_names_are_made_safe(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    made = safe_name("я" * 300 + ".pdf")
    assert (len(made), made[-5:]) == (LONGEST, "я.pdf")
    assert len(safe_name("x" * 300)) == LONGEST
    assert len(safe_name("a." + "b" * 300)) == LONGEST


def test_words_of_names() -> None:
    assert [kind_by_name(n) for n in ("Согласие.pdf", "Распоряжение 14-р.pdf", "Договор.doc", "снимок.JPG", "x")] == [
        "consent", "decision", "agreement", "photo", "other",
    ]  # fmt: skip
    assert starts_a_program("счёт.pdf.EXE")
    assert not starts_a_program("счёт.pdf")
    assert [size_in_words(n) for n in (812, 34 * 1024, 2_500_000)] == ["812\u00a0Б", "34\u00a0КБ", "2,4\u00a0МБ"]


def test_taken_off_put_back_described_and_undone(district: District) -> None:
    ngo = district.ngo()
    (id,) = district.write(attach, "ngo", ngo, [SCAN])
    attached = district.read(recent_changes, 1)[0].id
    district.write(describe, id, "letter", None, "не то")
    with pytest.raises(InvalidRecord, match="ещё не наступила"):
        district.write(describe, id, "letter", date(2027, 1, 1), "")
    described = district.read(recent_changes, 1)[0].id
    district.write(undo_batch, described, kind="undo")
    assert district.read(document, id).kind == "consent"
    district.write(detach, id)
    assert district.read(documents_of, "ngo", [ngo]) == ()
    assert district.read(documents_of, "ngo", [ngo], archived=True)[0].archived_on == date(2026, 7, 1)
    assert district.read(content_of, id) == SCAN.content
    district.write(attach, "ngo", ngo, [SCAN])
    with pytest.raises(AppError, match="уже прикреплён"):
        district.write(put_back, id)
    again = district.read(recent_changes, 1)[0].id
    district.write(undo_batch, again, kind="undo")
    district.write(put_back, id)
    assert [row.id for row in district.read(documents_of, "ngo", [ngo])] == [id]
    with pytest.raises(AppError, match="меняли и позже"):
        district.write(undo_batch, attached, kind="undo")
    assert check_database(district.database).faults == ()


def test_the_journal_holds_the_hash_and_not_the_bytes(district: District) -> None:
    district.write(attach, "ngo", district.ngo(), [NewFile("скан.bin", b"\x01 secret bytes \x02")])
    with sqlite3.connect(district.path) as raw:
        texts = [str(v) for row in raw.execute("SELECT before, after FROM journal_value") for v in row]
    raw.close()
    assert not [text for text in texts if "secret" in text]
    assert [text for text in texts if len(text) == 64 and set(text) <= set("0123456789abcdef")]


def test_the_file_itself_refuses_another_content(district: District) -> None:
    district.write(attach, "ngo", district.ngo(), [SCAN])
    with closing(sqlite3.connect(district.path)) as raw:
        for statement in (
            "UPDATE document_blob SET content = x'00'",
            "DELETE FROM document_blob",
            "INSERT OR REPLACE INTO document_blob SELECT * FROM document_blob",
            "UPDATE document SET name = 'другое.pdf'",
            "UPDATE document SET record_id = 7",
            "DELETE FROM document",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                raw.execute(statement)
    raw.close()


def spoil(path: Path) -> None:
    """Another program changes a byte past the triggers."""
    with sqlite3.connect(path) as raw:
        (trigger,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'document_blob_no_update'").fetchone()
        raw.execute("DROP TRIGGER document_blob_no_update")
        raw.execute("UPDATE document_blob SET content = x'255044462d'")
        raw.execute(trigger)
    raw.close()


def test_a_spoilt_file_is_told_on_opening_and_by_check(district: District) -> None:
    (id,) = district.write(attach, "ngo", district.ngo(), [SCAN])
    assert check_database(district.database).sound
    spoil(district.path)
    with pytest.raises(AppError, match="испорчен"):
        district.read(content_of, id)
    assert check_database(district.database).faults == (
        "Документ «Согласие Сомова.pdf» испорчен: его содержимое не сходится с хешем.",
    )


def test_documents_go_with_a_backup(district: District, tmp_path: Path) -> None:
    ngo = district.ngo()
    big = NewFile("фото.png", bytes(range(256)) * 4096)
    ids = district.write(attach, "ngo", ngo, [SCAN, big])
    copy = backup(district.database, tmp_path / "копия.db")
    with Database.open(copy.path, clock=Clock.fixed(date(2026, 7, 2)), actor="Куратор", account="x") as kept:
        with kept.read() as session:
            assert [content_of(session, id) for id in ids] == [SCAN.content, big.content]
            assert {row.name for row in documents_of(session, "ngo", [ngo])} == {"Согласие Сомова.pdf", "фото.png"}
        assert check_database(kept).sound


def test_bytes_are_erased_for_good_and_the_mark_stays(district: District) -> None:
    ngo, other = district.ngo(), district.ngo()
    (id,) = district.write(attach, "ngo", ngo, [SCAN])
    (twin,) = district.write(attach, "ngo", other, [SCAN])
    with pytest.raises(AppError, match="прикреплён и к другим записям"):
        district.write(erase_content, id)
    district.write(detach, twin)
    district.write(erase_content, id)
    with pytest.raises(AppError, match="стёрто"):
        district.read(content_of, id)
    assert district.read(document, id).erased
    assert "содержимое стёрто" in district.read(document, id).told
    assert check_database(district.database).sound
    third = district.ngo()
    district.write(attach, "ngo", third, [SCAN])
    assert district.read(content_of, id) == SCAN.content, "the same file is one file"


def test_erased_bytes_are_not_left_lying_in_the_file(tmp_path: Path) -> None:
    with District(tmp_path) as district:
        (id,) = district.write(attach, "ngo", district.ngo(), [SCAN])
        district.write(erase_content, id)
        path = district.path
    assert SCAN.content not in b"".join(part.read_bytes() for part in path.parent.glob(f"{path.name}*"))
