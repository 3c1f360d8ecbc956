"""The blank form itself: the sheets and names of the program's own file, what may be typed, what is locked."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from app.returns.cell_names import cell_name
from app.returns.hand_form import HandForm
from app.returns.hand_lists import LISTS
from app.usecases.blank_forms import blank_form
from app.usecases.quarter_returns import KeptReturn
from tests.hand.conftest import Honest
from tests.hand.office import needs_office, saved_again
from tests.hand.test_planted import Check, told
from tests.reports.reading import sheets

OF_THE_FORM_ALONE = ["Списки", "Как заполнять", "_choices", "_data"]


@pytest.fixture(scope="module")
def work(blank: bytes) -> Workbook:
    return load_workbook(BytesIO(blank))


def test_the_same_sheets_in_the_same_order_as_the_exported_file(work: Workbook, frozen: KeptReturn) -> None:
    exported = [name for name in load_workbook(BytesIO(frozen.xlsx)).sheetnames if name != "_data"]
    assert work.sheetnames == [*exported, *OF_THE_FORM_ALONE]


def test_the_same_names_of_cells_as_the_exported_file(work: Workbook, frozen: KeptReturn) -> None:
    """Every named cell of the program's file is in the form, but for centres, which nobody knows yet."""
    exported = {name for name in load_workbook(BytesIO(frozen.xlsx)).defined_names if not name.startswith("r_3_")}
    assert len(exported) > 400
    assert exported <= set(work.defined_names)


def _ref(work: Workbook, name: str) -> str:
    return str(work.defined_names[name].attr_text)


def test_cells_to_fill_are_open_and_all_else_is_locked_without_a_password(work: Workbook, form: HandForm) -> None:
    open_cells = set()
    for cell, entry in form.entries.items():
        sheet, _, ref = _ref(work, cell_name(cell)).rpartition("!")
        target = work[sheet.strip("'")][ref.replace("$", "")]
        assert target.protection.locked is entry.formula, cell
        assert (isinstance(target.value, str) and target.value.startswith("=")) is entry.formula, cell
        if not entry.formula:
            open_cells.add((target.parent.title, target.coordinate))
    for sheet in work.worksheets:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        if sheet.title in ("1 Состав сектора", "2 Поддержка", "3 за квартал", "4 за квартал", "7 Организация"):
            cells = (cell for row in sheet.iter_rows() for cell in row)
            unlocked = {(sheet.title, cell.coordinate) for cell in cells if not cell.protection.locked}
            assert unlocked == {place for place in open_cells if place[0] == sheet.title}


def test_every_choice_has_its_drop_down(work: Workbook, form: HandForm) -> None:
    lists = {
        (sheet.title, cell)
        for sheet in work.worksheets
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
        for area in rule.sqref.ranges
        for cell in (f"{area.min_col},{row}" for row in range(area.min_row, area.max_row + 1))
    }
    for cell, entry in form.entries.items():
        if entry.choices:
            assert _column_and_row(work, cell) in lists, cell
    for one in LISTS.values():
        title, first = _column_and_row(work, one.anchor)
        column, row = map(int, first.split(","))
        for number, spec in enumerate(one.columns):
            if spec.choices:
                assert (title, f"{column + number},{row + one.lines - 1}") in lists, (one.key, spec.key)


def _column_and_row(work: Workbook, cell: str) -> tuple[str, str]:
    sheet, _, ref = _ref(work, cell_name(cell)).rpartition("!")
    target = work[sheet.strip("'")][ref.replace("$", "")]
    return target.parent.title, f"{target.column},{target.row}"


def test_figures_are_checked_as_they_are_typed(work: Workbook) -> None:
    """Whole and not negative for pieces, two decimals for money, negative only in rows 203–207."""
    sheet = work["2 Поддержка"]
    found = {}
    for rule in sheet.data_validations.dataValidation:
        for area in rule.sqref.ranges:
            for row in range(area.min_row, area.max_row + 1):
                found[area.min_col, row] = rule
    of = {name: _column_and_row(work, name)[1] for name in ("204.quarter", "211.2.quarter", "211.4.quarter")}
    rules = {name: found[tuple(map(int, at.split(",")))] for name, at in of.items()}
    assert (rules["211.2.quarter"].type, rules["211.2.quarter"].formula1) == ("whole", "0")
    assert ">=0" in rules["211.4.quarter"].formula1
    assert "ROUND(" in rules["204.quarter"].formula1
    assert ">=0" not in rules["204.quarter"].formula1


def test_a_formula_of_a_rule_begins_at_the_corner_of_its_cells(work: Workbook) -> None:
    """Programs count its references from the first cell or from the upper left corner: let both be one."""
    rules = [rule for sheet in work.worksheets for rule in sheet.data_validations.dataValidation]
    custom = [rule for rule in rules if rule.type == "custom"]
    assert custom
    for rule in custom:
        areas = list(rule.sqref.ranges)
        corner = (min(area.min_row for area in areas), min(area.min_col for area in areas))
        assert any((area.min_row, area.min_col) == corner for area in areas), rule.sqref
        ref = next(area for area in areas if (area.min_row, area.min_col) == corner).coord.partition(":")[0]
        assert f"ISNUMBER({ref})" in rule.formula1


def test_ratios_are_marked_and_the_sheet_says_which(work: Workbook) -> None:
    words = [str(cell.value) for row in work["2 Поддержка"].iter_rows() for cell in row[:1] if cell.value]
    assert "проверка 6: 210 не меньше наибольшей из 211.1…218.1 и не больше их суммы" in words
    assert "проверка 33: 233 не больше 232" in words
    marked = {str(area) for area in work["2 Поддержка"].conditional_formatting for area in [area.sqref]}
    assert {"E14", "F14"} <= marked


def test_no_macro_and_the_same_bytes_twice(blank: bytes) -> None:
    assert b"vbaProject" not in blank
    assert blank_form("2026.1") == blank


def test_an_empty_form_asks_for_what_must_be_filled_and_invents_nothing(blank: bytes, checked: Check) -> None:
    report = checked(blank)
    assert report.ret is None
    assert {fault.code for fault in report.faults} == {"missing"}
    assert {fault.cell for fault in report.faults if fault.cell.startswith("head.")} == {
        "head.oktmo", "head.year", "head.quarter", "head.correction", "head.date", "head.administration",
        "head.signer_post", "head.signer", "head.executor_post", "head.executor",
    }  # fmt: skip


@needs_office
@pytest.mark.timeout(600)
def test_libreoffice_computes_what_the_reader_computes(honest: Honest, tmp_path: Path, checked: Check) -> None:
    """Opened and saved in an office program the form says the same, and its sums are those of the return."""
    again = saved_again(honest.xlsx, tmp_path)
    assert told(checked(again)) == []
    shown = sheets(again)
    ret = honest.kept.ret
    for cell in ("101.quarter", "101.year", "203.quarter", "211.3.year", "301.quarter", "301.year", "501.year"):
        code, _, period = cell.rpartition(".")
        assert _shown(shown, honest.place(cell)) == float(getattr(ret.rows[code], period)), cell
    for need in ret.needs:
        assert _shown(shown, honest.place(f"{need.key}.end.quarter")) == need.quarter.end
    for row in ret.rows.values():
        if row.percent is not None:
            assert _shown(shown, honest.place(f"{row.code}.percent")) == float(row.percent)


@needs_office
@pytest.mark.timeout(600)
def test_a_form_saved_as_opendocument_is_read_too(honest: Honest, tmp_path: Path, checked: Check) -> None:
    assert told(checked(saved_again(honest.xlsx, tmp_path, kind="ods"), "форма.ods")) == []


def _shown(shown: dict[str, list[list[object]]], place: str) -> object:
    sheet, _, ref = place.rpartition("!")
    return shown[sheet][int("".join(c for c in ref if c.isdigit())) - 1][ord(ref[0]) - 65]


def test_codes_of_services_are_explained_in_right_words(work: Workbook) -> None:
    words = " ".join(str(cell.value) for row in work["Как заполнять"].iter_rows() for cell in row if cell.value)
    assert "консультация по созданию и регистрации НКО" in words
