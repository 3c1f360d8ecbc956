"""Somebody else's form, unlike ours: another order, thousands, merged heads, two sheets, repeated rows.

It is made by openpyxl and has what a committee's office would put in: print set-up, rules of formats
and of entry, a note, a picture, a chart, names, links, a text in two looks.
"""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from PIL import Image as Picture

BOX = Border(*(Side(style="thin"),) * 4)
GREY = PatternFill("solid", fgColor="FFDDDDDD")
THOUSANDS = "#,##0.0,"
SUMMARY, RECIPIENTS = "Сводка", "Получатели и нужды"


def foreign_form() -> bytes:
    """The form with its marks."""
    book = Workbook()
    _summary(book.active)
    _recipients(book.create_sheet(RECIPIENTS))
    book.defined_names["Всего"] = DefinedName("Всего", attr_text=f"'{RECIPIENTS}'!$E$5:$E$5")
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _summary(sheet) -> None:
    sheet.title = SUMMARY
    sheet.merge_cells("A1:E1")
    sheet["A1"] = "Сведения о поддержке НКО за {{head.period}}, {{head.territory}}"
    sheet["A1"].font = Font(name="Times New Roman", size=14, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center", wrap_text=True)
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("B3:C3")
    heads = {"A3": "Показатель", "B3": "{{head.year}}", "B4": "квартал", "C4": "год", "D4": "% плана"}
    for address, words in heads.items():
        sheet[address] = words
        sheet[address].fill, sheet[address].border = GREY, BOX
    rows = (
        ("Финансовая поддержка, тыс. руб.", "{{211.3.quarter}}", "{{ 211.3.год }}", "{{211.3.percent}}"),
        ("Имущественная: льгота, тыс. руб.", "{{212.6.quarter}}", "{{212.6.year}}", "{{212.6.percent}}"),
        ("Получатели", "{{210.quarter}}", "{{210.year}}", "{{210.percent}}"),
    )
    for number, cells in enumerate(rows, 5):
        for column, words in zip("ABCD", cells, strict=True):
            cell = sheet[f"{column}{number}"]
            cell.value, cell.border = words, BOX
            cell.number_format = {"B": THOUSANDS, "C": THOUSANDS, "D": "0.0%"}.get(column, "General")
        if number == 7:
            sheet["B7"].number_format = sheet["C7"].number_format = "0"
    sheet["A8"] = "Итого, тыс. руб."
    sheet["B8"], sheet["C8"] = "=SUM(B5:B6)", "=SUM(C5:C6)"
    sheet["B8"].number_format = sheet["C8"].number_format = THOUSANDS
    sheet["A9"] = "Записей на втором листе"
    sheet["B9"] = f"=COUNTA('{RECIPIENTS}'!B5:B5)"
    sheet["A10"] = CellRichText(
        "Составил: ", TextBlock(InlineFont(b=True), "{{head.executor}}"), ", тел. {{head.executor.phone}}"
    )
    sheet["A11"] = "{{head.date}}"
    sheet["A11"].number_format = "DD.MM.YYYY"
    sheet["A12"] = "СОНКО по виду 1: {{1а.1}} из {{102.quarter}}; поддержано на {{211.3.quarter}} руб."
    sheet["A13"] = "{{4.Юридическая.end.quarter}}"
    sheet["A14"] = "{{3.1.K4.записей.year}}"
    sheet["A15"] = "{{222.note}}"
    sheet.column_dimensions["A"].width = 46
    sheet.row_dimensions[1].height = 40
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.oddHeader.left.text = "Форма {{head.quarter_number}}"
    sheet.freeze_panes = "B5"
    sheet.conditional_formatting.add("D5:D7", CellIsRule(operator="lessThan", formula=["0.5"], fill=GREY))


def _recipients(sheet) -> None:
    sheet.merge_cells("A1:F1")
    sheet["A1"] = "Кому оказана поддержка"
    sheet.merge_cells("B3:C3")
    for column, words in zip("ABDEF", ("№", "Получатель", "Решение", "Сумма, руб.", "Доля"), strict=True):
        sheet[f"{column}3"] = words
        sheet[f"{column}3"].fill = GREY
    sheet.merge_cells("B5:C5")
    for column, words in {
        "A": "{{rows: register}}{{№}}", "B": "{{short_name}}", "D": "от {{decision_on}}\n№ {{decision_no}}",
        "E": "{{amount}}", "F": "=E5/SUM(E$5:E$5)",
    }.items():  # fmt: skip
        sheet[f"{column}5"] = words
        sheet[f"{column}5"].border = BOX
    sheet["E5"].number_format, sheet["F5"].number_format = "#,##0.00", "0%"
    sheet["E5"].font = Font(bold=True, color="FF1D5FA7")
    sheet["D5"].alignment = Alignment(wrap_text=True)
    sheet["A6"], sheet["E6"] = "Всего", "=SUM(E5:E5)"
    sheet["F6"] = "=SUM(F4:F5)"
    sheet["A7"], sheet["E7"] = "Среднее", "=E6/COUNT(E5:E5)"
    sheet["E7"].comment = Comment("Без прекращений", "Комитет")
    sheet["A9"] = "Нужды"
    needs = {"A": "{{rows: потребности}}", "B": "{{нко}}", "D": "{{заявлена}}", "E": "{{приоритет}}"}
    for column, words in needs.items():
        sheet[f"{column}10"] = words
    sheet["D10"].number_format = "DD.MM.YYYY"
    sheet.merge_cells("A11:C11")
    sheet["A11"], sheet["D11"] = "Всего нужд", "=COUNTA(B10:B10)"
    sheet["A12"] = "Смотри сводку"
    sheet["A12"].hyperlink = Hyperlink(ref="A12", location=f"'{RECIPIENTS}'!A11")
    check = DataValidation(type="list", formula1="$A$11:$A$12", prompt="Выберите\nиз списка", showInputMessage=True)
    check.add("E12")
    sheet.add_data_validation(check)
    sheet.conditional_formatting.add("A5:F5", FormulaRule(formula=["$E5=0"], font=Font(color="FF999999")))
    sheet.conditional_formatting.add("D11:D11", FormulaRule(formula=["D11>AVERAGE($E$5:$E$5)"], fill=GREY))
    sheet.print_title_rows, sheet.print_area = "3:4", "A1:F12"
    sheet.row_breaks.append(Break(id=5))
    sheet.row_breaks.append(Break(id=8))
    picture = BytesIO()
    Picture.new("RGB", (8, 8), "navy").save(picture, "png")
    sheet.add_image(Image(picture), "H10")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=5, min_row=5, max_row=5))
    sheet.add_chart(chart, "H14")
    sheet.sheet_properties.tabColor = "1D5FA7"
