"""Writes the example of a committee's form (resources/templates) and docs/pictures/template.png, the form filled.

`python docs/template_picture.py [FOLDER [OUT]]`: FOLDER holds a demo made before (without it, one is made and
thrown away), OUT is where the picture is written to.  The picture is drawn by LibreOffice; where there
is none, the one kept in the repository stays.  The form is fictional: no committee has published one.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet
from paper_pictures import EDGE, OUT, keep, office_pdf, page_picture

from app.core.clock import Clock
from app.core.periods import Quarter
from app.models.database import Database
from app.reports.xlsx_cells import settled
from app.usecases.demo import build_demo
from app.usecases.demo.build import TODAY
from app.usecases.form_templates import fill_template

FORM = Path(__file__).resolve().parents[1] / "resources" / "templates" / "Мониторинг НКО.xlsx"
MADE_ON = date(2026, 9, 1)
SERIF = "Times New Roman"
THIN, THICK = Side(style="thin", color="FF6B7280"), Side(style="medium", color="FF1F3A5F")
BOX = Border(THIN, THIN, THIN, THIN)
HEAD, TOTAL = PatternFill("solid", fgColor="FFDCE6F1"), PatternFill("solid", fgColor="FFF2F2F2")
GROWN = PatternFill("solid", bgColor="FFFCE4D6")
MONEY, SHARE, COUNT = "#,##0.0,_)", "0.0%_)", "#,##0_)"  # a bracket of room at the right
KINDS = (("Финансовая", "211.1", "211.3"), ("Имущественная (льгота)", "212.1", "212.6"),
         ("Налоговые льготы", "216.1", "216.2"), ("Закупки у НКО", "217.1", "217.3"))  # fmt: skip


def example_form() -> bytes:
    """The form with its marks, the same bytes each time."""
    book = Workbook()
    summary = book.active
    assert isinstance(summary, Worksheet)
    _summary(summary)
    _recipients(book.create_sheet("Получатели"))
    book.properties.creator = "Комитет (вымышленный пример)"
    book.properties.created = datetime(2026, 9, 1)
    kept = BytesIO()
    book.save(kept)
    return settled(kept.getvalue(), MADE_ON)


def _put(sheet: Worksheet, address: str, words: str, *, bold: bool = False, size: float = 11, align: str = "left",
         number: str = "", fill: PatternFill | None = None, boxed: bool = False, to: str = "") -> None:  # fmt: skip
    """A text or a mark with its look; to: the last cell of a merged area."""
    cell = sheet[address]
    cell.value = words or None
    for line in sheet[f"{address}:{to or address}"]:
        for one in line:
            one.font = Font(name=SERIF, size=size, bold=bold)
            indent = int(boxed and align == "left")
            one.alignment = Alignment(horizontal=align, vertical="center", wrap_text=not number, indent=indent)
            if boxed:
                one.border = BOX
            if fill is not None:
                one.fill = fill
            if number:
                one.number_format = number
    if to:
        sheet.merge_cells(f"{address}:{to}")


def _summary(sheet: Worksheet) -> None:
    sheet.title = "Мониторинг"
    for column, width in zip("ABCDEFGH", (5, 40, 13, 13, 15, 15, 12, 18), strict=True):
        sheet.column_dimensions[column].width = width
    _put(sheet, "F1", "{{head.addressee}}", size=10, align="right", to="H1")
    _put(sheet, "A2", "МОНИТОРИНГ РАБОТЫ С НЕКОММЕРЧЕСКИМИ ОРГАНИЗАЦИЯМИ", bold=True, size=14, align="center", to="H2")
    _put(sheet, "A3", "{{head.territory}}, ОКТМО {{head.oktmo}}, {{head.period}}", size=12, align="center", to="H3")
    line = "На учёте {{101.quarter}} НКО и объединений, из них СОНКО {{102.quarter}}; с начала года поставлено "
    line += "{{109.year}}, снято {{110.year}}. По муниципальной программе исполнено {{203.year}} ₽ из {{202.year}} ₽."
    _put(sheet, "A4", line, to="H4")
    sheet.row_dimensions[4].height = 32
    _put(sheet, "A6", "1. Поддержка", bold=True, size=12, to="H6")
    for address, words, end in (
        ("A7", "№", "A8"), ("B7", "Вид поддержки", "B8"), ("C7", "Получатели", "D7"), ("C8", "квартал", ""),
        ("D8", "год", ""), ("E7", "Размер, тыс. ₽", "F7"), ("E8", "квартал", ""), ("F8", "год", ""),
        ("G7", "Доля за год", "G8"), ("H7", "Год назад, тыс. ₽", "H8"),
    ):  # fmt: skip
        _put(sheet, address, words, align="center", fill=HEAD, boxed=True, to=end)
    for number, (title, recipients, size) in enumerate(KINDS, 1):
        row = 8 + number
        _put(sheet, f"A{row}", str(number), align="center", boxed=True)
        _put(sheet, f"B{row}", title, boxed=True)
        for column, mark, look in (
            ("C", f"{{{{{recipients}.quarter}}}}", COUNT), ("D", f"{{{{{recipients}.year}}}}", COUNT),
            ("E", f"{{{{{size}.quarter}}}}", MONEY), ("F", f"{{{{{size}.year}}}}", MONEY),
            ("G", f"=IF(F$13=0,0,F{row}/F$13)", SHARE), ("H", f"{{{{{size}.before}}}}", MONEY),
        ):  # fmt: skip
            _put(sheet, f"{column}{row}", mark, align="right", number=look, boxed=True)
    _put(sheet, "A13", "Всего (получатели поддержки всех видов)", bold=True, fill=TOTAL, boxed=True, to="B13")
    for column, mark, look in (
        ("C", "{{210.quarter}}", COUNT), ("D", "{{210.year}}", COUNT), ("E", "=SUM(E9:E12)", MONEY),
        ("F", "=SUM(F9:F12)", MONEY), ("G", "=SUM(G9:G12)", SHARE), ("H", "=SUM(H9:H12)", MONEY),
    ):  # fmt: skip
        _put(sheet, f"{column}13", mark, bold=True, align="right", number=look, fill=TOTAL, boxed=True)
    title = "2. Потребности за квартал (выделены категории, где их стало больше)"
    _put(sheet, "A15", title, bold=True, size=12, to="H15")
    for column, words in zip("ABCDEFGH", ("№", "Категория", "На начало", "Выявлено", "Закрыто центрами",
                                          "Закрыто иначе", "Снято", "На конец"), strict=True):  # fmt: skip
        _put(sheet, f"{column}16", words, align="center", fill=HEAD, boxed=True)
    _put(sheet, "A17", "{{rows: table4}}{{№}}", align="center", boxed=True)
    _put(sheet, "B17", "{{category}}", boxed=True)
    _put(sheet, "A18", "Всего", bold=True, fill=TOTAL, boxed=True, to="B18")
    keys = ("start", "opened", "closed_centre", "closed_other", "withdrawn", "end")
    for column, key in zip("CDEFGH", keys, strict=True):
        _put(sheet, f"{column}17", f"{{{{{key}.quarter}}}}", align="right", number=COUNT, boxed=True)
        total = f"=SUM({column}17:{column}17)"
        _put(sheet, f"{column}18", total, bold=True, align="right", number=COUNT, fill=TOTAL, boxed=True)
    sheet.conditional_formatting.add("A17:H17", FormulaRule(formula=["$H17>$C17"], fill=GROWN))
    for row in (*range(7, 14), *range(16, 19)):
        sheet.row_dimensions[row].height = 18
    sheet.row_dimensions[20].height = 24
    _put(sheet, "A20", "{{head.signer.post}}", to="D20")
    _put(sheet, "E20", "", to="F20")
    sheet["E20"].border = sheet["F20"].border = Border(bottom=THIN)
    _put(sheet, "G20", "{{head.signer}}", to="H20")
    _put(sheet, "A21", "Исполнитель: {{head.executor}}, {{head.executor.phone}}", size=10, to="D21")
    _put(sheet, "G21", "{{head.date}}", size=10, number="DD.MM.YYYY", to="H21")
    _print(sheet, "landscape")
    sheet.oddFooter.left.text = "НКО-47-кв, {{head.kind}}, {{head.sha256}}"
    sheet.oddFooter.left.size = 7


def _recipients(sheet: Worksheet) -> None:
    for column, width in zip("ABCDEF", (6, 52, 17, 24, 22, 16), strict=True):
        sheet.column_dimensions[column].width = width
    _put(sheet, "A1", "3. Получатели поддержки за {{head.period}}", bold=True, size=12, to="F1")
    for column, words in zip("ABCDEF", ("№", "Организация", "ОГРН", "Форма", "Решение", "Сумма, ₽"), strict=True):
        _put(sheet, f"{column}3", words, align="center", fill=HEAD, boxed=True)
    for column, mark in zip("ABCDEF", ("{{rows: register}}{{number}}", "{{name}}", "{{ogrn}}", "{{form}}",
                                       "{{decision}}", "{{amount}}"), strict=True):  # fmt: skip
        money = column == "F"
        _put(sheet, f"{column}4", mark, size=10, align="right" if money else "left", boxed=True,
             number="#,##0.00_);-#,##0.00_);—_)" if money else "")  # fmt: skip
    _put(sheet, "A5", "Всего", bold=True, fill=TOTAL, boxed=True, to="E5")
    _put(sheet, "F5", "=SUM(F4:F4)", bold=True, align="right", number="#,##0.00_)", fill=TOTAL, boxed=True)
    _print(sheet, "portrait")
    sheet.print_title_rows = "3:3"


def _print(sheet: Worksheet, orientation: str) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = orientation, 9  # type: ignore[assignment]
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    assert sheet.sheet_properties.pageSetUpPr is not None
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.6
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.print_options.horizontalCentered = True


def main(argv: list[str]) -> int:
    out = Path(argv[2]) if len(argv) > 2 else OUT
    FORM.parent.mkdir(exist_ok=True)
    FORM.write_bytes(example_form())
    with tempfile.TemporaryDirectory() as temporary:
        spare = Path(temporary)
        folder = Path(argv[1]) if len(argv) > 1 else spare / "demo"
        if len(argv) < 2:
            build_demo(folder)
        shutil.copy(folder / "demo.db", spare / "copy.db")
        database = Database.open(spare / "copy.db", clock=Clock.fixed(TODAY))
        with database.read() as session:
            filled = fill_template(session, FORM.read_bytes(), Quarter.of(TODAY).previous, name=FORM.stem)
        database.close()
        (spare / "form.xlsx").write_bytes(filled)
        pdf = office_pdf(spare / "form.xlsx", spare)
        if pdf is None:
            print("LibreOffice не найден: template.png остаётся прежним")
            return 0
        page = page_picture(pdf, 0, 1000, grey=False)
        inked = page.convert("L").point(lambda shade: 255 if shade < 250 else 0).getbbox()
        box = inked or (0, 0, page.width, page.height)
        keep(page.crop((box[0] - EDGE, box[1] - EDGE, box[2] + EDGE, box[3] + EDGE)), out / "template.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
