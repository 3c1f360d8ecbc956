"""Recipients of support in the 13 columns of the federal register of СОНКО (ПП 1290), as a workbook.

The layout is that of its public file: the title in row 1, heads in row 2 («Наименование организации»
stands twice, full and short), every identifier as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from app.core.russian import day
from app.reports.xlsx_cells import FONT, Looks, put_text, put_value, settled

TITLE = "Реестр социально ориентированных некоммерческих организаций"
HEADS = (
    ("ИНН", 13),
    ("Наименование организации", 60),
    ("Наименование организации", 36),
    ("Адрес регистрации", 48),
    ("ОГРН", 16),
    ("Организационно-правовая форма", 30),
    ("Основной ОКВЭД", 24),
    ("Статус СОНКО", 14),
    ("Статус некоммерческой организации", 22),
    ("Критерий включения в реестр", 36),
    ("Наименование органа власти", 44),
    ("Дата принятия решения", 14),
    ("Дата включения в реестр", 14),
)

Row = tuple[str | date | None, ...]
"""13 values in the order of the heads; days as dates, all else as text."""


def federal_xlsx(rows: Sequence[Row], made_on: date) -> bytes:
    """The workbook, the same bytes for the same rows."""
    work = Workbook()
    sheet: Any = work.active
    sheet.title = "Реестр СОНКО"
    looks = Looks()
    title = sheet.cell(1, 1)
    put_text(title, f"{TITLE}: получатели поддержки на {day(made_on)}")
    title.font = Font(name=FONT, size=12, bold=True)
    for number, (head, width) in enumerate(HEADS, 1):
        cell = sheet.cell(2, number)
        put_text(cell, head)
        looks.head(cell)
        sheet.column_dimensions[get_column_letter(number)].width = width
    for place, row in enumerate(rows, 3):
        for number, value in enumerate(row, 1):
            cell = sheet.cell(place, number)
            put_value(cell, value)
            looks.body(cell, "left")
    sheet.freeze_panes = "C3"
    sheet.print_title_rows = "1:2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(HEADS))}{max(len(rows) + 2, 2)}"
    work.properties.title, work.properties.language = TITLE, "ru-RU"
    work.properties.created = work.properties.modified = datetime(made_on.year, made_on.month, made_on.day)
    buffer = BytesIO()
    work.save(buffer)
    return settled(buffer.getvalue(), made_on)
