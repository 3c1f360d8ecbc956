"""Charts: bars as long as their figures, from nought, told apart in grey; on a sheet beside its figures."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from openpyxl import load_workbook

from app.reports.blocks import Bars, Book, Paper, Sheet, Text
from app.reports.pdf import write_pdf
from app.reports.xlsx import write_book
from tests.reports.reading import page_texts, picture, sheets

MONEY = Bars(
    "Исполнено на поддержку", "₽, по кварталам",
    (("I квартал", Decimal("100000.50")), ("II квартал", Decimal(200001)), ("III квартал", None),
     ("IV квартал", Decimal(400002))),
    highlighted=3,
)  # fmt: skip
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def lengths(pdf: bytes, page: int = 0) -> list[float]:
    """Of the bars on a page, in points, from the top: filled shapes as tall as a bar."""
    document = pdfium.PdfDocument(pdf)
    try:
        found = [one.get_bounds() for one in document[page].get_objects([raw.FPDF_PAGEOBJ_PATH])]
        bars = [(left, right, top) for left, bottom, right, top in found if 6 < top - bottom < 30]
        return [round(right - left, 1) for left, right, top in sorted(bars, key=lambda bar: -bar[2])]
    finally:
        document.close()


def test_a_note_is_said_with_the_figure_or_for_it_and_a_part_is_hatched() -> None:
    held = replace(MONEY, notes={1: "по II квартал", 2: "отчёта нет"}, part=frozenset({1}))
    told = " ".join(page_texts(paper(held))[0].split())
    assert "200 001 (по II квартал)" in told
    assert "III квартал отчёта нет" in told
    strokes = [picture(paper(one), 0).convert("L").histogram()[255] for one in (held, replace(held, part=frozenset()))]
    assert strokes[0] > strokes[1], "white strokes over the bar"
    book = write_book(Book("Книга", (Sheet("Диаграмма", (held,)),), made_on=date(2026, 10, 1)))
    with zipfile.ZipFile(BytesIO(book)) as parts:
        drawn = parts.read("xl/charts/chart1.xml").decode()
    assert drawn.count("wdUpDiag") == 1
    assert load_workbook(BytesIO(book)).worksheets[0].cell(3, 1).value == "II квартал (по II квартал)"


def paper(*bars: Bars) -> bytes:
    return write_pdf(Paper("Проба", bars))


def book(*bars: Bars) -> bytes:
    return write_book(Book("Проба", (Sheet("Лист", bars),), date(2026, 12, 31)))


def chart(xlsx: bytes) -> ElementTree.Element:
    with zipfile.ZipFile(BytesIO(xlsx)) as packed:
        return ElementTree.fromstring(packed.read("xl/charts/chart1.xml"))


def test_bars_are_as_long_as_their_figures_and_begin_at_nought() -> None:
    first, second, fourth = (length for length in lengths(paper(MONEY)) if length > 1)
    assert abs(second - 2 * first) < 0.5
    assert abs(fourth - 4 * first) < 0.5


def test_words_copy_in_order_each_figure_after_its_label() -> None:
    (text,) = page_texts(paper(MONEY))
    assert text == (
        "Исполнено на поддержку ₽, по кварталам I квартал 100 000 II квартал 200 001 III квартал — IV квартал 400 002"
    )


def test_the_highlighted_bar_is_told_in_grey() -> None:
    page = picture(paper(MONEY), 0)
    greys = {grey for count, grey in sorted(page.getcolors(256), reverse=True)[:4]}
    assert {194, 107} <= greys


def test_only_the_fonts_of_the_house_enter_and_the_bytes_are_the_same() -> None:
    content = paper(MONEY)
    assert b"Helvetica" not in content
    assert b"Times" not in content
    assert content == paper(MONEY)
    assert book(MONEY) == book(MONEY)


def test_a_figure_below_nought_goes_the_other_way_and_nothing_has_no_bar() -> None:
    returned = Bars("Исполнено", "₽", (("I", 100), ("II", -50), ("III", 0)))
    found = [length for length in lengths(paper(returned)) if length > 1]
    assert abs(found[0] - 2 * found[1]) < 0.5
    assert len(found) == 2
    assert "−50" in page_texts(paper(returned))[0]
    nothing = Bars("Исполнено", "₽", (("I", 0), ("II", None)))
    assert not [length for length in lengths(paper(nothing)) if length > 1]


def test_many_bars_go_on_over_pages_at_one_scale() -> None:
    many = Bars("Записей по центрам", "ед.", tuple((f"Центр {n}", n) for n in range(1, 101)))
    content = write_pdf(Paper("Проба", (Text("до"), many)))
    pages = page_texts(content)
    assert all(f"Центр {n} {n} " in " ".join(pages) + " " for n in range(1, 101))
    assert len(pages) == 3
    on_first = max(n for n in range(1, 101) if f"Центр {n} {n} " in f"{pages[0]} ")
    assert on_first >= 40
    assert abs(max(lengths(content, 2)) / max(lengths(content, 0)) - 100 / on_first) < 0.1


def test_a_sheet_has_the_figures_and_a_chart_that_reads_them() -> None:
    content = book(MONEY)
    rows = sheets(content)["Лист"]
    assert [row[:2] for row in rows[:5]] == [
        ["Исполнено на поддержку, ₽, по кварталам", ""],
        ["I квартал", 100000.5],
        ["II квартал", 200001.0],
        ["III квартал", ""],
        ["IV квартал", 400002.0],
    ]
    drawn = chart(content)
    assert [one.get("val") for one in drawn.iter(f"{DRAWING}delete")] == ["0", "0"]
    assert [one.text for one in drawn.iter(f"{DRAWING}f")] == ["'Лист'!$A$2:$A$5", "'Лист'!$B$2:$B$5"]
    assert not list(drawn.iter(f"{DRAWING}legend"))
    assert not list(drawn.iter(f"{DRAWING}majorGridlines"))
    assert [one.get("val") for one in drawn.iter(f"{DRAWING}min")] == ["0"]


def test_charts_of_a_sheet_do_not_lie_over_each_other() -> None:
    work = load_workbook(BytesIO(book(MONEY, MONEY)))
    first, second = ((one.anchor._from.row, one.anchor.ext.height / 360_000) for one in work["Лист"]._charts)
    assert second[0] - first[0] > first[1] / 0.53
