"""Any table on paper: the head on each page, numbers of pages, what was sifted, nothing personal, no idle noughts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.core.errors import AppError
from app.core.fields import Field, Kind
from app.core.progress import Cancelled, Progress
from app.reports.table_paper import TablePaper, table_pdf
from app.usecases import exporting
from tests.factories import District
from tests.reports.reading import page_sizes, page_texts

FIELDS = (
    exporting.CALLED,
    Field("status", "Статус", Kind.CHOICE, width=16),
    Field("taken_on", "На учёте с", Kind.DATE),
    Field("amount", "Сумма", Kind.MONEY),
    Field("sonko", "СОНКО", Kind.FLAG),
)
ROW = ("АНО «Свет»", "действует", date(2026, 7, 1), Decimal("1250000.50"), True)
TABLE = TablePaper(
    "НКО", "Администрация района", ("поиск «свет»", "статус: действует"), "1 организация", date(2026, 10, 5), FIELDS,
    (ROW,), (None, None, None, Decimal("1250000.50"), None),
)  # fmt: skip


def test_title_filters_count_day_and_sum() -> None:
    content = table_pdf(TABLE)
    (text,) = page_texts(content)
    assert text == (
        "Администрация района НКО Отобрано: поиск «свет»; статус: действует. "
        "1 организация; сведения на 5 октября 2026 г. "
        "Наименование Статус На учёте с Сумма, ₽ СОНКО "
        "АНО «Свет» действует 01.07.2026 1 250 000,50 да Итого 1 250 000,50"
    )
    assert page_sizes(content) == [(297, 210)]
    assert content == table_pdf(TABLE)


def test_the_head_and_the_number_stand_on_each_page() -> None:
    pages = page_texts(table_pdf(replace(TABLE, rows=(ROW,) * 120)))
    assert len(pages) > 3
    for number, text in enumerate(pages[1:], 2):
        assert f"{number} Наименование Статус На учёте с" in text or text.startswith(f"{number} ")
        assert "Наименование Статус На учёте с" in text
        assert "поиск «свет» · статус: действует" in text


def test_a_small_table_begins_under_its_title() -> None:
    pages = page_texts(table_pdf(replace(TABLE, rows=(ROW,) * 25)))
    assert pages[0].count("АНО «Свет»") > 10


def test_without_filters_and_rows_it_says_so() -> None:
    (text,) = page_texts(table_pdf(replace(TABLE, told=(), rows=(), sums=())))
    assert "Без отбора: все записи." in text
    assert "Записей нет." in text


def test_noughts_and_gaps_are_dashes_as_in_the_table() -> None:
    empty = ("АНО «Лад»", None, None, Decimal(0), False)
    (text,) = page_texts(table_pdf(replace(TABLE, rows=(empty,), sums=())))
    assert text.endswith("АНО «Лад» — — — нет")


def test_personal_fields_are_left_out_even_where_they_are_asked_for(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = exporting.REGISTERS["ngo"]
    fields = tuple(replace(f, personal=True) if f.key == "phone" else f for f in kept.fields)
    monkeypatch.setitem(exporting.REGISTERS, "ngo", replace(kept, fields=fields))  # type: ignore[arg-type]
    svet = district.ngo("АНО «Свет»", phone="8 (813) 700-00-00")
    (text,) = page_texts(district.read(exporting.register_pdf, "ngo", [svet], fields=["name", "phone"]))
    assert "АНО «Свет»" in text
    assert "700-00-00" not in text


def test_what_is_too_long_for_paper_is_refused_with_a_way_out(district: District) -> None:
    with pytest.raises(AppError, match=r"до 20.000 строк, а найдено 20.001.*Excel"):
        district.read(exporting.register_pdf, "ngo", range(20_001), fields=["name"])


def test_a_long_paper_can_be_given_up(district: District) -> None:
    svet = district.ngo("АНО «Свет»")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        district.read(exporting.register_pdf, "ngo", [svet], fields=["name"], progress=progress)
