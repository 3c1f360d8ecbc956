"""The workbook as the region and office programs read it: values, names, nothing that runs."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.cell import coordinate_from_string, get_column_letter
from openpyxl.utils.exceptions import CellCoordinatesException

from app.core.fields import Kind
from app.reports.cell_words import cell_name
from app.reports.return_sheet import return_xlsx
from app.reports.table_sheet import Column, table_xlsx
from app.reports.xlsx import in_pieces
from app.reports.xlsx_cells import CUT, LONGEST, kept_text, units
from app.reports.xlsx_place import lines_needed
from app.returns.codec import canonical, read_return
from app.returns.form import FORM_2026_1
from app.returns.snapshot import QuarterReturn
from tests.reports.reading import sheets
from tests.reports.sample import sample_envelope, sample_return

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+7 (813) 40-000",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "#N/A",
    "_x0041_ и _x000D_",
    "a\x00b\x07c",
    "строка\r\nвторая\rтретья",
    "\u202eзадом наперёд\u202c",
    "\ud800 половина знака",
    "🙂" * 40_000,
    "ж" * 40_000,
    "  с краями  ",
    "<b>&amp;</b>",
]


@pytest.fixture(scope="module")
def ret() -> QuarterReturn:
    return sample_return()


@pytest.fixture(scope="module")
def xlsx(ret: QuarterReturn) -> bytes:
    return return_xlsx(ret, sample_envelope())


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def hidden(data: bytes) -> dict[str, str]:
    return {str(row[0]): str(row[1]) for row in sheets(data)["_data"]}


def test_there_is_a_sheet_for_every_section_and_annex(xlsx: bytes) -> None:
    assert list(sheets(xlsx)) == [
        "Титул", "1 Состав сектора", "1а Виды деятельности", "2 Поддержка", "3 Услуги", "3 за квартал",
        "3 с начала года", "4 за квартал", "4 с начала года", "5 Партнёрства", "6 Практики", "7 Организация",
        "А Реестр", "Б Потребности", "В Практики", "Г Протокол", "Д Журнал услуг", "Е Список НКО", "_data",
    ]  # fmt: skip


def test_nothing_in_it_is_a_formula_or_a_macro(xlsx: bytes) -> None:
    found = parts(xlsx)
    assert not [name for name in found if "vba" in name.lower() or name.endswith(".bin")]
    for name, content in found.items():
        if name.startswith("xl/worksheets/"):
            assert b"<f>" not in content
            assert b"<f " not in content


def test_every_figure_has_a_name_that_leads_to_it(ret: QuarterReturn, xlsx: bytes) -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx))

    def value(cell: str) -> Any:
        ((sheet, address),) = book.defined_names[cell_name(cell)].destinations
        return book[sheet][address.replace("$", "")].value

    for spec in FORM_2026_1.rows:
        row = ret[spec.code]
        if spec.okei and row.year_upper is None:
            for column in ("quarter", "year", "plan", "percent", "before"):
                figure = getattr(row, column)
                assert value(f"{spec.code}.{column}") == (None if figure is None else pytest.approx(float(figure)))
        elif not spec.okei:
            assert value(f"{spec.code}.quarter") == "×"
        assert (value(f"{spec.code}.note") or "") == row.note
    assert value("210.year") == "от 12 до 15"
    for line in ret.services:
        assert value(f"{line.key}.cases.year") == line.year.cases
        assert value(f"{line.key}.wait.quarter") == pytest.approx(float(line.quarter.wait.value or 0))
    for need in ret.needs:
        assert value(f"{need.key}.over_90.quarter") == need.quarter.over_90
    assert value("1а.9") == ret.activities["9"]


def test_names_are_what_office_programs_take() -> None:
    assert cell_name("211.3.quarter") == "r_211_3_quarter"
    centre = "5d0c7d1e-0000-4000-8000-000000000001"
    assert cell_name(f"3.{centre}.К4.records.year") == "r_3_5d0c7d1e000040008000000000000001_К4_records_year"
    assert cell_name("1а.2025-1") == "r_1а_2025_1"
    assert cell_name("4.a b+c.end.year") == "r_4_a_b_c_end_year"
    with pytest.raises(CellCoordinatesException):
        coordinate_from_string(cell_name("101.year"))


def test_figures_are_numbers_with_formats_and_days_are_dates(xlsx: bytes) -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx))
    rows = {row[0].value: row for row in book["2 Поддержка"].iter_rows(min_row=4)}
    money, pieces = rows["203"][4], rows["211.1"][4]
    assert (money.data_type, money.number_format) == ("n", "#,##0.00")
    assert (pieces.data_type, pieces.number_format) == ("n", "#,##0")
    opened = book["Б Потребности"]["E5"]
    assert opened.is_date
    ogrn = next(row[4] for row in book["А Реестр"].iter_rows(min_row=6) if row[4].value)
    assert (ogrn.data_type, len(ogrn.value)) == ("s", 13)


def test_sheets_are_ready_to_read_and_to_print(xlsx: bytes) -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx))
    sheet = book["2 Поддержка"]
    assert sheet.freeze_panes == "C5"
    assert sheet.print_title_rows == "$3:$4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert book["_data"].sheet_state == "veryHidden"
    assert book.active.title == "Титул"
    wide = max(len(f"{row[5].value:,.2f}") for row in sheet.iter_rows(min_row=5) if isinstance(row[5].value, float))
    assert sheet.column_dimensions["F"].width >= wide
    assert book["А Реестр"].column_dimensions["E"].width > 13
    growth = next(row[5] for row in book["Титул"].iter_rows() if row[0].value == "203")
    assert (growth.value, growth.number_format) == (10.3, "+#,##0.0;-#,##0.0;#,##0.0")


def test_rows_are_as_tall_as_their_words_and_heads_are_not_cut(xlsx: bytes) -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx))
    assert book["2 Поддержка"].row_dimensions[3].height > 2 * 12
    tall = 0
    for sheet in book.worksheets[:-1]:
        joined = {span.coord.split(":")[0]: span for span in sheet.merged_cells.ranges}
        for row in sheet.iter_rows():
            for cell in row:
                if not isinstance(cell.value, str) or not cell.alignment.wrap_text:
                    continue
                span = joined.get(cell.coordinate)
                columns = range(span.min_col, span.max_col + 1) if span else [cell.column]
                room = sum(sheet.column_dimensions[get_column_letter(column)].width for column in columns)
                rows = range(span.min_row, span.max_row + 1) if span else [cell.row]
                height = sum(sheet.row_dimensions[number].height or 15 for number in rows)
                least = max(len(cell.value) * 0.75 // room, cell.value.count("\n") + 1)
                assert height >= min(least * 12, 409), (sheet.title, cell.coordinate)
                tall += height > 24
    assert tall > 100


def test_inner_headings_stand_over_all_columns(xlsx: bytes) -> None:
    sheet = openpyxl.load_workbook(BytesIO(xlsx))["1 Состав сектора"]
    assert sheet["A5"].value == "Всего на учёте и по отметкам"
    assert "A5:J5" in [span.coord for span in sheet.merged_cells.ranges]


def test_the_cover_leads_to_every_sheet(xlsx: bytes) -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx))
    links = [cell.hyperlink for row in book["Титул"].iter_rows() for cell in row if cell.hyperlink]
    assert [link.location for link in links] == [f"'{name}'!A1" for name in book.sheetnames[1:-1]]
    assert not any(link.target for link in links)  # nothing leads out of the file


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 10, 1),
        ("коротко", 10, 1),
        ("одно слово и другое", 10, 2),
        ("одно слово и другое", 9, 3),
        ("а\nб\nв", 10, 3),
        ("ж" * 100, 10, 15),
        ("Код строки", 8, 2),
        ("Без сведений за год: 8\u00a0НКО", 24.9, 1),
        ("https://nko.demo-rayon.example/, обновлён 01.10.2025", 24.9, 3),
    ],
)
def test_lines_of_a_text_in_a_column(text: str, room: float, lines: int) -> None:
    assert lines_needed(text, room) == lines


def test_the_data_come_back_whole(ret: QuarterReturn, xlsx: bytes) -> None:
    kept = hidden(xlsx)
    pieces = [kept[f"data.{n}"] for n in range(1, len(kept) + 1) if f"data.{n}" in kept]
    assert len(pieces) > 1
    assert all(units(piece) < 32_000 for piece in pieces)
    assert "".join(pieces) == canonical(ret)
    assert read_return("".join(pieces)) == ret
    assert kept["form_version"] == "2026.1"
    assert kept["sha256"] == sample_envelope().sha256


@pytest.mark.parametrize("text", ["🙂" * 50_000, "_x0041_" * 20_000, "x" * 100_000, ' "' * 40_000])
def test_long_data_of_any_signs_are_cut_into_pieces(ret: QuarterReturn, text: str) -> None:
    kept = hidden(return_xlsx(ret, sample_envelope(), data=text))
    assert "".join(kept[f"data.{n}"] for n in range(1, 1 + len(in_pieces(text)))) == text
    assert all(units(value) < LONGEST for value in kept.values())


def test_a_draft_carries_no_data(ret: QuarterReturn) -> None:
    draft = return_xlsx(ret, sample_envelope(), draft=True)
    assert hidden(draft) == {"form": "НКО-47-кв", "form_version": "2026.1", "draft": "1"}
    assert all("ЧЕРНОВИК" in str(rows[0]) for name, rows in sheets(draft).items() if name != "_data")


def test_the_register_in_the_file_says_sums_and_periods(xlsx: bytes) -> None:
    rows = sheets(xlsx)["А Реестр"]
    assert rows[2][11:14] == ["Сумма, ₽", "Период учёта", "Опубликовано"]
    assert [row[12] for row in rows[5:] if row[12]] == ["III\u00a0квартал 2026\u00a0г."] * 27


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_text(text: str) -> None:
    data = table_xlsx("Отказы", [Column("Имя", Kind.TEXT), Column("Сумма", Kind.MONEY)], [(text, text)])
    assert b"<f>" not in parts(data)["xl/worksheets/sheet1.xml"]
    (_, (name, wrong)) = sheets(data)["Отказы"]
    expected = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").replace("\x07", "")
    expected = expected.replace("\ud800", "\ufffd")
    if units(expected) > LONGEST:
        assert name.endswith(CUT)
        assert expected.startswith(name.removesuffix(CUT))
        assert units(name) <= LONGEST
    else:
        assert name == expected
    assert wrong == name


def test_a_text_under_the_limit_is_not_touched() -> None:
    whole = "ж" * LONGEST
    assert kept_text(whole) == whole
    assert kept_text(whole + "ж").endswith(CUT)


def test_a_plain_table_has_kinds_marks_and_a_filter() -> None:
    columns = [Column("ОГРН", Kind.OGRN, 15), Column("Сумма", Kind.MONEY), Column("Людей", Kind.COUNT)]
    rows = [("1231600019705", Decimal("1234.50"), 12), ("1231600019706", "12 руб?", None)]
    data = table_xlsx("НКО: отказы [2026]", columns, rows, marks={(1, 0): "Контрольная цифра не сходится."})
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    assert sheet.title == "НКО отказы 2026"
    assert [cell.value for cell in sheet[2]] == ["1231600019705", 1234.5, 12]
    assert [cell.value for cell in sheet[3]] == ["1231600019706", "12 руб?", None]
    assert sheet["A3"].comment.text == "Контрольная цифра не сходится."
    assert sheet["A3"].fill.fgColor.rgb != sheet["A2"].fill.fgColor.rgb
    assert sheet["B2"].number_format == "#,##0.00"
    assert sheet.auto_filter.ref == "A1:C3"
    assert sheet.row_dimensions[2].height is None
    tall = table_xlsx("НКО", columns[:1], [("долгие слова " * 20,), ("слово " * 9_000,)])
    dimensions = openpyxl.load_workbook(BytesIO(tall)).active.row_dimensions
    assert 200 > dimensions[3].height >= dimensions[2].height > 100
    assert sheet.freeze_panes == "A2"
