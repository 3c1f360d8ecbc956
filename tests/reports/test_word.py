"""A table as a Word document, opened again and compared by cells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from app.core.errors import Cancelled
from app.core.fields import Field, Kind
from app.core.progress import Progress
from app.reports.clipboard import table_copied
from app.reports.told_table import TablePaper
from app.reports.word import table_docx

NAME = Field("name", "Полное наименование", Kind.TEXT, width=48)
PHONE = Field("phone", "Служебный телефон", Kind.PHONE, width=18)
TABLE = TablePaper(
    "Ветеранские организации", "Администрация района", ("поиск «ветеран»",), "2 организации", date(2026, 10, 5),
    (NAME, Field("director", "Руководитель", Kind.TEXT, width=28), PHONE),
    (
        ("Совет ветеранов", "Ёжикова Анна Петровна", "8 (81370) 25-411"),
        ("Союз «Десант»", None, ""),
    ),
)  # fmt: skip
WIDE = replace(
    TABLE,
    fields=(
        NAME, Field("inn", "ИНН", Kind.INN), Field("ogrn", "ОГРН", Kind.OGRN),
        Field("taken_on", "На учёте с", Kind.DATE), Field("amount", "Сумма", Kind.MONEY),
        Field("hours", "Часы", Kind.AMOUNT), Field("people", "Человек", Kind.COUNT),
        Field("address", "Адрес", Kind.TEXT, width=40),
    ),
    rows=(
        ("=СУММ(А1)", "0470315021", "1037739010891", date(2026, 7, 1), Decimal("1250000.50"), Decimal(0), 12,
         "188660, Ленинградская обл., г. Мурино, ул. Новая, д. 5"),
    ),
    sums=(None, None, None, None, Decimal("1250000.50"), None, None, None),
)  # fmt: skip


def opened(content: bytes) -> Any:
    return Document(BytesIO(content))


def cells(document: Any) -> list[list[str]]:
    (table,) = document.tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_heading_filters_day_and_every_cell() -> None:
    document = opened(table_docx(TABLE))
    assert [paragraph.text.replace("\u00a0", " ") for paragraph in document.paragraphs] == [
        "Администрация района", "Ветеранские организации", "Отобрано: поиск «ветеран».",
        "2 организации; сведения на 5 октября 2026 г.",
    ]  # fmt: skip
    assert document.paragraphs[1].style.name == "Heading 1", "the contents of a larger document find it"
    assert cells(document) == [
        ["Полное наименование", "Руководитель", "Служебный телефон"],
        ["Совет ветеранов", "Ёжикова Анна Петровна", "8 (81370) 25-411"],
        ["Союз «Десант»", "", ""],
    ]


def test_figures_days_and_the_total() -> None:
    rows = cells(opened(table_docx(WIDE)))
    plain = [[text.replace("\u00a0", " ") for text in row] for row in rows]
    assert plain[1][:7] == ["=СУММ(А1)", "0470315021", "1037739010891", "01.07.2026", "1 250 000,50", "", "12"]
    assert plain[2] == ["Итого", "", "", "", "1 250 000,50", "", "", ""]


def test_a_wide_table_lies_and_a_narrow_one_stands() -> None:
    for table, sides in ((TABLE, (210, 297)), (WIDE, (297, 210))):
        section = opened(table_docx(table)).sections[0]
        assert (round(section.page_width.mm), round(section.page_height.mm)) == sides
        (grid,) = opened(table_docx(table)).tables
        room = section.page_width - section.left_margin - section.right_margin
        assert sum(cell.width for cell in grid.rows[0].cells) <= room + 12700


def test_the_head_stands_on_each_page_no_row_is_parted_and_pages_are_numbered() -> None:
    document = opened(table_docx(TABLE))
    (table,) = document.tables
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert "PAGE" in document.sections[0].header.paragraphs[0]._p.xml
    assert document.core_properties.title == "Ветеранские организации"


def test_the_same_table_gives_the_same_bytes_and_can_be_given_up() -> None:
    assert table_docx(TABLE) == table_docx(TABLE)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        table_docx(TABLE, progress)


def test_what_xml_cannot_hold_is_left_out() -> None:
    rows = cells(opened(table_docx(replace(TABLE, rows=(("Совет\x0b\x00 «А»", "а\nб", ""),)))))
    assert rows[1] == ["Совет «А»", "а\nб", ""]


def test_nothing_found_is_said() -> None:
    document = opened(table_docx(replace(TABLE, rows=())))
    assert document.paragraphs[-1].text == "Записей нет."


def test_the_clipboard_has_tabs_for_a_sheet_and_a_table_for_a_letter() -> None:
    copied = table_copied(WIDE)
    head, row = copied.text.splitlines()
    assert head.split("\t")[:3] == ["Полное наименование", "ИНН", "ОГРН"]
    assert row.split("\t")[:7] == ["'=СУММ(А1)", "0470315021", "1037739010891", "01.07.2026", "1250000,50", "", "12"]
    assert "<th>ОГРН</th>" in copied.html
    assert "mso-number-format:'\\@'\">1037739010891</td>" in copied.html, "a sheet keeps it as a text"
    assert '<td align="right">1250000,50</td>' in copied.html
    assert "&lt;b&gt;" in table_copied(replace(TABLE, rows=(("<b>", "", ""),))).html
