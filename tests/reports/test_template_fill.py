"""A form of somebody else, filled: every cell, every format, formulas, names and pictures where they belong."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.worksheet.worksheet import Worksheet

from app.core.russian import day
from app.reports.template_fill import TemplateFaults, fill_template
from app.reports.template_scan import template_faults
from app.returns.mark_values import Paper
from app.returns.snapshot import QuarterReturn
from tests.reports.foreign_form import RECIPIENTS, SUMMARY, foreign_form
from tests.reports.reading import sheets
from tests.reports.template_lexicon import ENVELOPE, RET, sample_lexicon, sample_paper

MARKS = sample_lexicon()
FORM = foreign_form()
ENTRIES, NEEDS = len(RET.annex_a), len(RET.annex_b)
ADDED = ENTRIES - 1  # rows put in above the needs
LAST = 5 + ADDED  # the last recipient
FIRST_NEED = 10 + ADDED
LAST_NEED = FIRST_NEED + NEEDS - 1


def filled(ret: QuarterReturn = RET, form: bytes = FORM, *, draft: bool = False) -> bytes:
    return fill_template(form, MARKS, Paper(ret, ENVELOPE, draft), "Форма 1")


def opened(content: bytes) -> Any:
    return load_workbook(BytesIO(content), rich_text=True)


@pytest.fixture(scope="module")
def before() -> Any:
    return opened(FORM)


@pytest.fixture(scope="module")
def after() -> Any:
    return opened(filled())


def values(sheet: Worksheet) -> dict[str, Any]:
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}


def test_every_cell_of_the_first_sheet(after: Any) -> None:
    year, tax = RET["211.3"], RET["212.6"]
    found = values(after[SUMMARY])
    rich = found.pop("A10")
    assert isinstance(rich, CellRichText)
    assert str(rich) == "Составил: Л.\u00a0В.\u00a0Ермакова, тел. 8 (81370) 40-000, доб. 12"
    assert rich[1].font.b, "the name keeps its bold type"
    assert found.pop("A12").replace("\u00a0", " ") == (
        f"СОНКО по виду 1: {RET.activities['1']} из {RET['102'].quarter}; поддержано на 1 234,50 руб."
    )
    money = {
        "B5": year.quarter, "C5": year.year, "D5": year.percent, "B6": tax.quarter, "C6": tax.year, "D6": tax.percent,
        "B7": RET["210"].quarter, "D7": RET["210"].percent,
    }  # fmt: skip
    for address, figure in money.items():
        got = found.pop(address, None)
        assert (got is None) == (figure is None), address
        if figure is not None:
            assert got == pytest.approx(float(figure) / (100 if address[0] == "D" else 1)), address
    line = next(one for one in RET.services if one.code == "К4")
    assert found == {
        "A1": "Сведения о поддержке НКО за III\u00a0квартал 2026\u00a0г., Заречный муниципальный район",
        "A3": "Показатель", "B3": 2026, "B4": "квартал", "C4": "год", "D4": "% плана",
        "A5": "Финансовая поддержка, тыс. руб.", "A6": "Имущественная: льгота, тыс. руб.", "A7": "Получатели",
        "C7": "от 12 до 15", "A8": "Итого, тыс. руб.", "B8": "=SUM(B5:B6)", "C8": "=SUM(C5:C6)",
        "A9": "Записей на втором листе", "B9": f"=COUNTA('{RECIPIENTS}'!B5:B{LAST})",
        "A11": datetime(2026, 10, 12),
        "A13": next(one for one in RET.needs if one.category == "legal").quarter.end,
        "A14": line.year.records, "A15": RET["222"].note,
    }  # fmt: skip


def test_every_cell_of_the_repeated_rows(after: Any) -> None:
    sheet = after[RECIPIENTS]
    names = {entity.uuid: entity.name for entity in RET.entities}
    expected: dict[str, Any] = {
        "A1": "Кому оказана поддержка", "A3": "№", "B3": "Получатель", "D3": "Решение", "E3": "Сумма, руб.",
        "F3": "Доля", f"A{LAST + 1}": "Всего", f"E{LAST + 1}": f"=SUM(E5:E{LAST})",
        f"F{LAST + 1}": f"=SUM(F4:F{LAST})", f"A{LAST + 2}": "Среднее",
        f"E{LAST + 2}": f"=E{LAST + 1}/COUNT(E5:E{LAST})", f"A{9 + ADDED}": "Нужды",
        f"A{LAST_NEED + 1}": "Всего нужд", f"D{LAST_NEED + 1}": f"=COUNTA(B{FIRST_NEED}:B{LAST_NEED})",
        f"A{LAST_NEED + 2}": "Смотри сводку",
    }  # fmt: skip
    for place, entry in enumerate(RET.annex_a):
        row = 5 + place
        expected |= {
            f"A{row}": place + 1, f"B{row}": entry.short_name or entry.name,
            f"D{row}": f"от {day(entry.decision_on)}\n№ {entry.decision_no}", f"E{row}": float(entry.amount),
            f"F{row}": f"=E{row}/SUM(E$5:E${LAST})",
        }  # fmt: skip
    for place, need in enumerate(RET.annex_b):
        row = FIRST_NEED + place
        expected |= {f"B{row}": names[need.ngo], f"E{row}": {"high": "высокий", "normal": "обычный"}[need.priority]}
        assert sheet[f"D{row}"].value.date() == need.opened_on
        assert sheet[f"D{row}"].is_date
    found = {place: value for place, value in values(sheet).items() if not (place[0] == "D" and hasattr(value, "date"))}
    assert found == expected


def test_every_cell_keeps_its_format(before: Any, after: Any) -> None:
    for name in (SUMMARY, RECIPIENTS):
        old, new = before[name], after[name]
        for row in old.iter_rows():
            for cell in row:
                for target in rows_from(name, cell.row):
                    twin = new.cell(target, cell.column)
                    for part in ("font", "fill", "border", "alignment", "number_format", "protection"):
                        assert repr(getattr(twin, part)) == repr(getattr(cell, part)), (name, cell.coordinate, part)


def rows_from(name: str, row: int) -> range:
    """Rows of the filled form that come from a row of the template."""
    if name == SUMMARY or row < 5:
        return range(row, row + 1)
    if row == 5:
        return range(5, LAST + 1)
    if row < 10:
        return range(row + ADDED, row + ADDED + 1)
    if row == 10:
        return range(FIRST_NEED, LAST_NEED + 1)
    return range(row + ADDED + NEEDS - 1, row + ADDED + NEEDS)


def test_the_rest_of_the_book_goes_with_its_rows(before: Any, after: Any) -> None:
    old, new = before[SUMMARY], after[SUMMARY]
    assert {str(area) for area in new.merged_cells.ranges} == {str(area) for area in old.merged_cells.ranges}
    assert new.column_dimensions["A"].width == 46
    assert (new.page_setup.orientation, new.page_setup.paperSize, new.freeze_panes) == ("landscape", 9, "B5")
    assert new.oddHeader.left.text == "Форма 3"
    (rule,) = new.conditional_formatting
    assert str(rule.sqref) == "D5:D7"

    sheet = after[RECIPIENTS]
    assert {str(area) for area in sheet.merged_cells.ranges} == {
        "A1:F1", "B3:C3", f"A{LAST_NEED + 1}:C{LAST_NEED + 1}", *(f"B{row}:C{row}" for row in range(5, LAST + 1)),
    }  # fmt: skip
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.print_area == f"'{RECIPIENTS}'!$A$1:$F${LAST_NEED + 2}"
    assert [one.id for one in sheet.row_breaks.brk] == [LAST, 8 + ADDED]
    assert sheet.sheet_properties.tabColor.rgb == "001D5FA7"
    rules = {str(area.sqref): area.rules[0].formula for area in sheet.conditional_formatting}
    below = LAST_NEED + 1
    assert rules == {f"A5:F{LAST}": ["$E5=0"], f"D{below}": [f"D{below}>AVERAGE($E$5:$E${LAST})"]}
    (check,) = sheet.data_validations.dataValidation
    assert str(check.sqref) == f"E{LAST_NEED + 2}"
    assert check.formula1 == f"$A${LAST_NEED + 1}:$A${LAST_NEED + 2}"
    assert check.prompt == "Выберите\nиз списка"
    assert sheet[f"E{LAST + 2}"].comment.text == "Без прекращений"
    assert sheet[f"A{LAST_NEED + 2}"].hyperlink.location == f"'{RECIPIENTS}'!A{LAST_NEED + 1}"
    assert after.defined_names["Всего"].attr_text == f"'{RECIPIENTS}'!$E$5:$E${LAST}"
    (picture,) = sheet._images
    assert picture.anchor._from.row == FIRST_NEED - 1
    (chart,) = sheet._charts
    assert chart.series[0].val.numRef.f == f"'{RECIPIENTS}'!$E$5:$E${LAST}"


def test_an_empty_list_leaves_one_empty_row_and_right_sums() -> None:
    sheet = opened(filled(replace(RET, annex_a=(), annex_b=())))[RECIPIENTS]
    assert [sheet[f"{column}5"].value for column in "ABDEF"] == [None] * 5
    assert sheet["E6"].value == "=SUM(E5:E5)"
    assert sheet["E5"].number_format == "#,##0.00"


def test_texts_are_never_formulas() -> None:
    hostile = replace(RET.annex_a[0], short_name='=HYPERLINK("http://x")', decision_no="+1", address="@x")
    content = filled(replace(RET, annex_a=(hostile,)))
    cell = opened(content)[RECIPIENTS]["B5"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ('=HYPERLINK("http://x")', "s", True)
    assert sheets(content)[RECIPIENTS][4][1] == '=HYPERLINK("http://x")', "calamine reads it as text too"


def test_a_value_with_marks_in_it_is_left_as_it_is() -> None:
    named = replace(RET.annex_a[0], short_name="АНО «{{211.3.quarter}}»")
    assert opened(filled(replace(RET, annex_a=(named,))))[RECIPIENTS]["B5"].value == "АНО «{{211.3.quarter}}»"


def test_the_same_return_gives_the_same_bytes_and_no_mark_stays() -> None:
    content = filled()
    assert content == filled()
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if b"{{" in archive.read(name)]
        assert b'fullCalcOnLoad="1"' in archive.read("xl/workbook.xml")


def test_a_draft_says_so_on_every_page() -> None:
    book = opened(filled(draft=True))
    for sheet in book:
        assert "ЧЕРНОВИК" in sheet.oddHeader.center.text
    assert "ЧЕРНОВИК" not in str(opened(filled())[RECIPIENTS].oddHeader.center.text)


def test_faults_are_named_by_sheet_and_cell(before: Any) -> None:
    book = load_workbook(BytesIO(FORM))
    summary, recipients = book[SUMMARY], book[RECIPIENTS]
    summary["B5"] = "{{211.3.quartr}}"
    summary["A13"] = "всего {{ogrn}}"
    summary["A14"] = "{{211.3.quarter}"
    recipients["B5"] = "{{shortname}}"
    recipients["G6"] = "=E5*2"
    recipients["G10"] = "=E11+1"
    recipients["G12"] = '=INDIRECT("E5")'
    recipients.merge_cells("H10:H11")
    recipients["A20"] = "{{rows: registr}}"
    kept = BytesIO()
    book.save(kept)
    found = {fault.place: fault.text for fault in template_faults(kept.getvalue(), MARKS)}
    assert found[f"{SUMMARY}!B5"] == "Метки {{211.3.quartr}} нет. Ближайшая — {{211.3.quarter}}."
    assert "ставят в строку с меткой {{rows: …}}" in found[f"{SUMMARY}!A13"]
    assert "не закрыты" in found[f"{SUMMARY}!A14"]
    assert found[f"{RECIPIENTS}!B5"] == "Метки {{shortname}} нет. Ближайшая — {{short_name}}."
    assert "СУММ(E5:E5)" in found[f"{RECIPIENTS}!G6"]
    assert "знаком $" in found[f"{RECIPIENTS}!G10"]
    assert "ДВССЫЛ" in found[f"{RECIPIENTS}!G12"]
    assert "разделите" in found[f"{RECIPIENTS}!H10:H11"]
    assert "Списка «registr» нет" in found[f"{RECIPIENTS}!A20"]
    assert len(found) == 9
    with pytest.raises(TemplateFaults) as refused:
        fill_template(kept.getvalue(), MARKS, sample_paper(), "Форма 1")
    assert "В шаблоне «Форма 1» 9\u00a0ошибок" in refused.value.message
