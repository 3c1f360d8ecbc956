"""Every block goes through every writer, and figures are shown as Russian papers show them."""

from __future__ import annotations

import typing
from datetime import date
from decimal import Decimal

import pytest

from app.reports import blocks
from app.reports.blocks import Block, Book, Cell, Column, ContentsLine, Fact, GroupRow, Line, Paper, Sheet, shown
from app.reports.pdf import write_pdf
from app.reports.xlsx import write_book
from tests.reports.reading import page_texts, sheets

WORD = "Ёжик-образец"
EXAMPLES: dict[type[object], Block] = {
    blocks.Heading: blocks.Heading(WORD),
    blocks.Text: blocks.Text(WORD),
    blocks.Space: blocks.Space(4),
    blocks.Letterhead: blocks.Letterhead((WORD,), "Отдел", "12.10.2026 №\u00a01", "Комитет", ("Форма",)),
    blocks.Facts: blocks.Facts((Fact(WORD, "12"), Fact("Срок", "10.10.2026"), Fact("Причина", "длинная", wide=True))),
    blocks.Grid: blocks.Grid(
        (Column("Код", 20), Column("Показатель"), Column("Всего", 20, "right")),
        (GroupRow("Итоги"), Line(("1", WORD, Cell(Decimal("1234.5"), 2)))),
    ),
    blocks.Bars: blocks.Bars(WORD, "ед.", (("I квартал", 12), ("II квартал", None)), highlighted=0),
    blocks.Contents: blocks.Contents((ContentsLine("1", WORD, "nowhere"),)),
    blocks.Signatures: blocks.Signatures((blocks.Signature(WORD, "В. А. Сомов", "8 (81370) 40-000"),), 2026),
    blocks.Seal: blocks.Seal((WORD,), "NKO-47-KV:1"),
    blocks.PageBreak: blocks.PageBreak(),
    blocks.Turn: blocks.Turn(True),
}
SILENT = (blocks.Space, blocks.PageBreak, blocks.Turn)


def test_the_examples_are_all_the_blocks_there_are() -> None:
    assert set(EXAMPLES) == set(typing.get_args(Block))


@pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.__name__)
def test_a_block_is_printed(kind: type[object]) -> None:
    after = blocks.Text("после")
    text = " ".join(page_texts(write_pdf(Paper("Проба", (blocks.Text("до"), EXAMPLES[kind], after)))))
    assert "до" in text
    assert "после" in text
    assert kind in SILENT or WORD in text


@pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.__name__)
def test_a_block_is_written_on_a_sheet(kind: type[object]) -> None:
    page = Sheet("Лист", (blocks.Text("до"), EXAMPLES[kind], blocks.Text("после")))
    rows = sheets(write_book(Book("Проба", (page,), date(2026, 10, 12))))["Лист"]
    text = " ".join(str(value) for row in rows for value in row)
    assert "до" in text
    assert "после" in text
    assert kind in SILENT or WORD in text


def test_an_unknown_block_is_refused() -> None:
    unknown: typing.Any = 5
    with pytest.raises(TypeError, match="int"):
        write_pdf(Paper("", (unknown,)))
    with pytest.raises(TypeError, match="int"):
        write_book(Book("", (Sheet("Лист", (unknown,)),), date(2026, 1, 1)))


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Cell(Decimal("1234.5"), 2), "1\u00a0234,50"),
        (Cell(Decimal("-0.5"), 1), "−0,5"),
        (Cell(Decimal(12), upper=Decimal(15)), "от 12 до 15"),
        (Cell(Decimal("4.7"), 1, signed=True), "+4,7"),
        (Cell(Decimal("-9.8"), 1, signed=True), "−9,8"),
        (Cell(Decimal(0), 1, signed=True), "0,0"),
        (1234567, "1\u00a0234\u00a0567"),
        (date(2026, 9, 30), "30.09.2026"),
        (None, "—"),
        (Cell(None, 2), "—"),
        (0, "0"),
        ("×", "×"),
    ],
)
def test_how_values_are_shown(cell: blocks.Content, words: str) -> None:
    assert shown(cell) == words
