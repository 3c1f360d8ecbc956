"""The file that the program exports: as it is, typed over afterwards, and through an office program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.core.cell_text import cell_text as said
from app.core.errors import AppError
from app.reports.return_sheet import return_xlsx
from app.usecases.quarter_returns import KeptReturn
from app.usecases.return_files import FileReport, check_return_file
from tests.hand.office import needs_office, saved_again
from tests.hand.typing_over import packed, parts_of, row_put_in, row_taken_out, sheet_parts, typed_over, without_sheet
from tests.reports.reading import sheets

Check = Callable[..., FileReport]

TYPED: dict[str, tuple[Any, str, str]] = {
    # place -> (value, cell, how it is told)
    "1 Состав сектора!E7": (999, "102.quarter", "999"),
    "2 Поддержка!F8": (1.5, "203.year", "1,5"),
    "2 Поддержка!J7": ("уточнено по телефону", "202.note", "уточнено по телефону"),
    "4 за квартал!B5": (77, "4.finance.start.quarter", "77"),
}


@pytest.fixture(scope="module")
def exported(frozen: KeptReturn) -> bytes:
    return frozen.xlsx


def test_as_it_is_nothing_is_told(exported: bytes, frozen: KeptReturn, checked: Check) -> None:
    report = checked(exported, "НКО-47-кв_41612000_2026-Q3_0.xlsx")
    assert report.is_clean
    assert not report.hand
    assert report.sha256 == frozen.sha256
    assert report.ret == frozen.ret


@pytest.mark.parametrize("place", TYPED, ids=str)
def test_a_cell_typed_over_is_named_with_both_values(place: str, exported: bytes, checked: Check) -> None:
    value, cell, now = TYPED[place]
    report = checked(typed_over(exported, {place: value}))
    sheet, _, ref = place.rpartition("!")
    was = said(_at(sheets(exported)[sheet], ref))
    assert [(c.cell, c.place, c.was, c.now) for c in report.changed] == [(cell, place, was, now)]
    assert report.faults == ()


def _at(rows: list[list[Any]], ref: str) -> Any:
    return rows[int(ref[1:]) - 1][ord(ref[0]) - 65]


def test_words_of_lists_and_of_the_title_are_compared_too(exported: bytes, checked: Check) -> None:
    places = {"А Реестр!C6": "ООО «Чужое»", "Е Список НКО!D5": "Другая", "Титул!A2": "Иная администрация"}
    report = checked(typed_over(exported, places))
    assert {one.place: one.now for one in report.changed} == places


def test_a_cell_typed_where_nothing_stood(exported: bytes, checked: Check) -> None:
    report = checked(typed_over(exported, {"6 Практики!M20": "приписка"}))
    assert [(one.place, one.was, one.now) for one in report.changed] == [("6 Практики!M20", "", "приписка")]


def test_the_data_changed_behind_the_hash(exported: bytes, checked: Check) -> None:
    parts = parts_of(exported)
    hidden = sheet_parts(parts)["_data"]
    parts[hidden] = parts[hidden].replace(b'"correction":0', b'"correction":1', 1)
    report = checked(packed(parts))
    assert "hash" in [fault.code for fault in report.faults]
    assert "SHA-256 данных не равен записанному" in report.faults[0].text


def test_rows_and_sheets_taken_out_or_put_in(exported: bytes, checked: Check) -> None:
    report = checked(row_taken_out(exported, "5 Партнёрства", 8))
    assert [(fault.code, fault.place) for fault in report.faults] == [("row", "5 Партнёрства!A8")]
    assert report.changed == ()
    report = checked(row_put_in(exported, "5 Партнёрства", 8))
    assert [(fault.code, fault.place) for fault in report.faults] == [("row", "5 Партнёрства!A8")]
    report = checked(without_sheet(exported, "В Практики"))
    assert [fault.text for fault in report.faults] == ["Листа «В Практики» в файле нет."]


def test_a_draft_is_no_return(exported: bytes, tmp_path: Path) -> None:
    parts = parts_of(exported)
    hidden = sheet_parts(parts)["_data"]
    parts[hidden] = parts[hidden].replace(b">sha256<", b">draft<")
    path = tmp_path / "черновик.xlsx"
    path.write_bytes(packed(parts))
    with pytest.raises(AppError, match="черновик, а не отчёт"):
        check_return_file(path)


def test_a_file_of_another_version_of_the_program_is_judged_by_its_own_seals(
    frozen: KeptReturn, checked: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A heading that a later program words otherwise is no change; a figure typed over still is."""
    with monkeypatch.context() as older:
        older.setattr("app.reports.return_tables.NOT_FILLED_NOTE", "× — не заполняется.")
        older.setattr("app.reports.return_annexes.REGISTER_NOTE", "Графы реестра.")
        file = return_xlsx(frozen.ret, frozen.envelope)
    assert file != frozen.xlsx
    assert checked(file).is_clean
    report = checked(typed_over(file, {"2 Поддержка!F8": 1.5}))
    assert [fault.text for fault in report.faults] == ["Лист «2 Поддержка» изменён после утверждения."]
    assert [(one.cell, one.now) for one in report.changed] == [("203.year", "1,5")]


# --- LibreOffice ------------------------------------------------------------------------------


@needs_office
@pytest.mark.timeout(600)
def test_libreoffice_shows_the_same_text_in_every_cell(exported: bytes, tmp_path: Path) -> None:
    ours, theirs = sheets(exported), sheets(saved_again(exported, tmp_path))
    assert list(ours) == list(theirs)
    differing = [
        (name, row, column, was, now)
        for name, rows in ours.items()
        for row, line in enumerate(rows)
        for column, was in enumerate(line)
        if said(was) != said(now := _value(theirs[name], row, column))
    ]
    assert differing == []


def _value(rows: list[list[Any]], row: int, column: int) -> Any:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


@needs_office
@pytest.mark.timeout(600)
def test_what_was_typed_over_is_found_after_libreoffice(exported: bytes, tmp_path: Path, checked: Check) -> None:
    again = saved_again(typed_over(exported, {place: value for place, (value, *_) in TYPED.items()}), tmp_path)
    report = checked(again)
    assert {one.place: (one.cell, one.now) for one in report.changed} == {
        place: (cell, now) for place, (_, cell, now) in TYPED.items()
    }
    assert report.faults == ()
