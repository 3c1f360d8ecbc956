"""Rows, sheets and names that are gone or moved; files that are no return at all."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.errors import AppError
from app.core.periods import Quarter
from app.returns.hand_filled import Known
from app.usecases.return_files import FileReport, check_return_file
from tests.exchange import list_files
from tests.hand.conftest import Honest
from tests.hand.test_planted import told
from tests.hand.typing_over import (
    nameless,
    packed,
    parts_of,
    renamed_sheet,
    row_put_in,
    row_taken_out,
    sheet_parts,
    typed_over,
    without_name,
    without_sheet,
)

Check = Callable[..., FileReport]
NO_RETURN = "нет отчёта: ни его листов, ни имён его ячеек"


def row_of(honest: Honest, cell: str) -> tuple[str, int]:
    sheet, ref = honest.filler.where(cell)
    return sheet.title, int("".join(sign for sign in ref if sign.isdigit()))


def test_a_row_taken_out_is_named_and_the_rest_is_read(honest: Honest, checked: Check) -> None:
    report = checked(row_taken_out(honest.xlsx, *row_of(honest, "217.2.quarter")))
    assert [(fault.code, fault.cell) for fault in report.faults] == [("row", "217.2.quarter")]
    assert "Строки 217.2 на листе «2 Поддержка» нет" in report.faults[0].text
    assert report.ret is not None
    assert report.ret.rows["217.3"] == honest.kept.ret.rows["217.3"]
    assert report.findings == ()


def test_a_row_put_in_is_told_once_and_all_is_read(honest: Honest, checked: Check) -> None:
    sheet, row = row_of(honest, "213.1.quarter")
    report = checked(row_put_in(honest.xlsx, sheet, row))
    assert [(fault.code, fault.place) for fault in report.faults] == [("moved", f"{sheet}!A{row + 1}")]
    assert report.ret is not None
    assert report.ret.rows["218.2"] == honest.kept.ret.rows["218.2"]
    assert report.findings == ()


def test_cells_deleted_in_an_office_program_are_named(honest: Honest, checked: Check) -> None:
    names = [f"r_222_{column}" for column in ("quarter", "year", "plan", "percent", "before", "note")]
    report = checked(without_name(honest.xlsx, *names))
    assert [(fault.code, fault.cell) for fault in report.faults] == [("row", "222.quarter")]


def test_a_form_without_names_is_read_by_its_places(honest: Honest, checked: Check) -> None:
    report = checked(nameless(honest.xlsx))
    assert told(report) == []
    assert report.ret is not None
    assert report.ret.rows["203"] == honest.kept.ret.rows["203"]


def test_a_renamed_sheet_is_followed(honest: Honest, checked: Check) -> None:
    assert told(checked(renamed_sheet(honest.xlsx, "2 Поддержка", "Поддержка"))) == []


@pytest.mark.parametrize("sheet", ["1 Состав сектора", "4 за квартал", "Списки", "А Реестр"])
def test_a_sheet_taken_out_is_named(honest: Honest, checked: Check, sheet: str) -> None:
    report = checked(without_sheet(honest.xlsx, sheet))
    assert ("sheet", sheet) in told(report)
    assert [fault.code for fault in report.faults].count("sheet") == 1


def test_the_name_of_the_file_must_agree(honest: Honest, checked: Check) -> None:
    assert told(checked(honest.xlsx, "НКО-47-кв_41612000_2026-Q3_0.xlsx")) == []
    report = checked(honest.xlsx, "НКО-47-кв_41609000_2026-Q2_1.xlsx")
    assert [fault.cell for fault in report.faults] == ["head.oktmo", "head.quarter", "head.correction"]
    assert report.faults[0].text == "ОКТМО отчёта — 41612000, а в имени файла 41609000."


def test_another_district_or_quarter_was_expected(honest: Honest, checked: Check) -> None:
    report = checked(honest.xlsx, oktmo="41609000", quarter=Quarter(2026, 2))
    assert [fault.cell for fault in report.faults] == ["head.oktmo", "head.quarter"]


def test_a_figure_without_a_list_is_bare_and_no_fault(honest: Honest, checked: Check) -> None:
    sheet, ref = honest.filler.where("list.members")
    first = sheet[ref]
    lines = sum(cell.value is not None for cell in sheet[first.column_letter][first.row - 1 :])
    columns = ("row", "period", "number", "name")
    empty = {honest.filler.line_place("members", n, column): None for n in range(lines) for column in columns}
    report = checked(typed_over(honest.xlsx, empty))
    assert told(report) == []
    assert {"210", "211.1", "503", "504"} <= set(report.bare)
    assert report.ret is not None
    assert "211.1" not in report.ret.members


def test_the_quarter_before_is_asked_for_when_it_is_there(honest: Honest, checked: Check) -> None:
    """Rows 101 and 301 against a return of the second quarter that says something else."""
    ret = honest.kept.ret
    before = replace(ret, head=replace(ret.head, quarter=Quarter(2026, 2)))
    report = checked(honest.xlsx, known=Known(previous=[before]))
    found = {(finding.check, finding.place) for finding in report.findings}
    assert ("14", honest.place("301.year")) in found
    assert ("4", honest.place("101.quarter")) in found
    assert not any("предыдущий отчёт не приложен" in text for text in report.unchecked)


# --- no return at all -------------------------------------------------------------------------


def refused(path: Path) -> str:
    with pytest.raises(AppError) as refusal:
        check_return_file(path)
    assert refusal.value.hint
    assert "\n" not in str(refusal.value)
    return refusal.value.message


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "отчёт.xlsx"
    path.write_bytes(b"")
    assert refused(path) == "Файл «отчёт.xlsx» пуст."


def test_no_zip(tmp_path: Path) -> None:
    path = tmp_path / "отчёт.xlsx"
    path.write_bytes(b"%PDF-1.7 nothing else")
    assert "не книга Excel" in refused(path)


def test_a_cut_zip(tmp_path: Path, honest: Honest) -> None:
    path = tmp_path / "отчёт.xlsx"
    path.write_bytes(honest.xlsx[: len(honest.xlsx) // 2])
    assert "повреждён или это не таблица" in refused(path)


def test_a_bomb(tmp_path: Path) -> None:
    path = tmp_path / "отчёт.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as member:
            for _ in range(210):
                member.write(b" " * 1024 * 1024)
    assert "в распакованном виде больше 200 МБ" in refused(path)


def test_another_workbook(tmp_path: Path) -> None:
    assert NO_RETURN in refused(list_files.xlsx(tmp_path / "склад.xlsx", [["Товар", "Цена"], ["Стол", 5]]))


def test_sheets_of_the_same_names_with_nothing_in_them(tmp_path: Path) -> None:
    """A workbook that only looks like the form is read, and each of its rows is missing."""
    path = list_files.xlsx(tmp_path / "похож.xlsx", {"Титул": [["ОТЧЁТ"]], "2 Поддержка": [["Код строки"]]})
    report = check_return_file(path)
    assert report.ret is None
    assert "Листа «1 Состав сектора» в файле нет: верните его из пустой формы." in [f.text for f in report.faults]


def test_a_zip_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "отчёт.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("письмо.txt", "Добрый день")
    assert "архив или документ, а не таблица" in refused(path)


def test_spoilt_parts_of_a_workbook(tmp_path: Path, honest: Honest) -> None:

    path = tmp_path / "отчёт.xlsx"
    path.write_bytes(packed(parts_of(honest.xlsx) | {"xl/workbook.xml": b"<workbook"}))
    assert "повреждён" in refused(path)


def test_entities_that_unfold_without_end(tmp_path: Path, honest: Honest) -> None:
    """A part of the archive that would grow to gigabytes when its entities are put in."""
    lines = ['<!DOCTYPE w [<!ENTITY a0 "aaaaaaaaaa">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    bomb = "".join([*lines, "]><workbook>&a9;</workbook>"]).encode()
    path = tmp_path / "отчёт.xlsx"
    path.write_bytes(packed(parts_of(honest.xlsx) | {"xl/workbook.xml": bomb}))
    assert "повреждён" in refused(path)


def test_an_unknown_version(tmp_path: Path, honest: Honest) -> None:
    """A form of a later program."""

    parts = parts_of(honest.xlsx)
    hidden = sheet_parts(parts)["_data"]
    parts[hidden] = parts[hidden].replace(b"2026.1", b"2031.1")
    path = tmp_path / "отчёт.xlsx"
    path.write_bytes(packed(parts))
    assert refused(path) == "Версии формы 2031.1 нет."
