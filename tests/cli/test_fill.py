"""`fill`: a form of the committee filled on the command line, and refused by sheet and cell."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.test_life import Desk, desk
from tests.reports.foreign_form import SUMMARY, foreign_form

__all__ = ["desk"]  # the fixture


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "Форма комитета.xlsx"
    path.write_bytes(foreign_form())
    return path


def test_a_form_is_filled_from_the_approved_return(desk: Desk, form: Path) -> None:
    out = desk.folder / "заполнено" / "форма.xlsx"
    code, said, _ = desk("fill", str(form), "2026-Q3", "--out", str(out))
    assert code == 0
    assert said.startswith("Шаблон заполнен из утверждённого отчёта за III квартал 2026 г.")
    sheet = load_workbook(out)[SUMMARY]
    assert sheet["A1"].value.startswith("Сведения о поддержке НКО за III\u00a0квартал 2026\u00a0г., Всеволожский")
    assert isinstance(sheet["B5"].value, int | float)
    first = out.read_bytes()
    assert desk("fill", str(form), "2026-Q3", "--out", str(out))[0] == 0
    assert out.read_bytes() == first, "an approved return gives the same file for ever"


def test_a_draft_fills_what_is_not_approved_yet(desk: Desk, form: Path) -> None:
    out = desk.folder / "форма.xlsx"
    code, _, refusal = desk("fill", str(form), "2026-Q4", "--out", str(out))
    assert (code, out.exists()) == (2, False)
    assert "Отчёт за IV квартал 2026 г. не утверждён." in refusal
    told = desk.json("fill", str(form), "2026-Q4", "--out", str(out), "--draft")
    assert told["draft"] is True
    assert "ЧЕРНОВИК" in load_workbook(out)[SUMMARY].oddHeader.center.text


def test_a_former_version_fills_a_form_too(desk: Desk, form: Path) -> None:
    files = [desk.folder / name for name in ("первичный.xlsx", "уточнённый.xlsx", "последний.xlsx")]
    for code, file in zip(("2025-Q4:0", "2025-Q4:1", "2025-Q4"), files, strict=True):
        assert desk("fill", str(form), code, "--out", str(file))[0] == 0
    first, corrected, latest = (file.read_bytes() for file in files)
    assert corrected == latest != first
    code, _, refusal = desk("fill", str(form), "2025-Q4:7", "--out", str(files[0]))
    assert (code, "уточнённый № 7, не утверждён" in refusal) == (2, True)


def test_marks_nobody_knows_are_named_and_nothing_is_written(desk: Desk, form: Path) -> None:
    book = load_workbook(BytesIO(form.read_bytes()))
    book[SUMMARY]["B5"] = "{{211.9.quarter}}"
    book.save(form)
    out = desk.folder / "форма.xlsx"
    code, said, _ = desk("fill", str(form), "2026-Q3", "--out", str(out))
    assert (code, out.exists()) == (1, False)
    assert f"{SUMMARY}!B5: Метки {{{{211.9.quarter}}}} нет" in said
    assert desk.json("fill", str(form), "2026-Q3", "--out", str(out))["found"] == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("нет.xlsx", None, "Файла «нет.xlsx» нет"),
        ("старая.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "старого вида (.xls)"),
        ("список.xlsx", "№;Название".encode(), "не книга Excel"),
    ],
)
def test_what_is_no_template_is_bad_input(desk: Desk, name: str, content: bytes | None, sentence: str) -> None:
    if content is not None:
        (desk.folder / name).write_bytes(content)
    code, _, refusal = desk("fill", str(desk.folder / name), "2026-Q3", "--out", str(desk.folder / "форма.xlsx"))
    assert code == 2
    assert sentence in refusal


def test_quarters_and_names_of_files_are_checked_first(desk: Desk, form: Path) -> None:
    assert "Отчёт «2026» не понят" in desk("fill", str(form), "2026", "--out", "форма.xlsx")[2]
    assert "не .xlsx" in desk("fill", str(form), "2026-Q3", "--out", "форма.pdf")[2]
