"""The paper as an object: fonts, pages, what stands together, what survives."""

from __future__ import annotations

import re
from datetime import date

import pypdfium2 as pdfium
import pytest

from app.core.errors import Cancelled
from app.core.progress import Progress
from app.reports.blocks import (
    Column,
    Contents,
    ContentsLine,
    Fact,
    Facts,
    Grid,
    GroupRow,
    Heading,
    Line,
    PageBreak,
    Paper,
    Seal,
    Signature,
    Signatures,
    Text,
    Turn,
)
from app.reports.pages import A4, Frame, mm, pieces
from app.reports.pdf import lay_out, write_pdf
from app.reports.pdf_parts import code_matrix
from app.reports.return_paper import return_paper
from app.reports.typeface import longest_word, printable, width, wrap
from tests.reports.reading import page_sizes, page_texts, picture
from tests.reports.sample import sample_envelope, sample_return

COLUMNS = (Column("№ строки", 24, "right"), Column("Наимено\u00adвание", 0), Column("Сумма, ₽", 30, "right"))
SIGNED = Signatures((Signature("Глава\n(уполномоченное лицо)", "В. А. Сомов"), Signature("Исполнитель", "")), 2026)


def grid(rows: int) -> Grid:
    return Grid(COLUMNS, tuple(Line((number, f"строка-{number}-конец", "1\u00a0234,50")) for number in range(rows)))


def fonts(pdf: bytes) -> set[str]:
    return set(re.findall(r"/BaseFont /([\w+-]+)", pdf.decode("latin-1")))


def test_russian_signs_are_drawn_with_embedded_pt_serif_alone() -> None:
    signs = "Ёж № 5 «ёлочки» — 100 ₽, 86,4 м², −5 ≥ ×"
    pdf = write_pdf(Paper("Знаки", (Heading(signs), Text(signs, bold=True), grid(2), SIGNED)))
    assert signs.replace(" —", "\u00a0—").replace("\u00a0", " ") in page_texts(pdf)[0]
    assert fonts(pdf)
    assert all("PTSerif" in font or "PT_Serif" in font for font in fonts(pdf)), fonts(pdf)
    assert pdf.count(b"/FontFile2") >= 2


@pytest.mark.parametrize("rows", range(34, 48))
def test_a_compact_paper_has_no_last_page_with_next_to_nothing(rows: int) -> None:
    """Tables are set tighter, or the chapter before comes along; never more pages."""
    blocks = (Heading("Первая", 2), grid(rows - 14), Heading("Вторая", 2), grid(14), Heading("Третья", 2), grid(1))
    plain, compact = (lay_out(Paper("Справка", blocks, compact=compact)) for compact in (False, True))
    assert len(compact) <= len(plain)
    assert len(compact) == 1 or compact[-1].used > 0.4 * compact[-1].frame.height
    texts = page_texts(write_pdf(Paper("Справка", blocks, compact=True)))
    assert sum(text.count("-конец") for text in texts) == rows + 1


def test_no_row_of_a_long_table_is_lost_and_heads_repeat() -> None:
    pages = page_texts(write_pdf(Paper("Длинная", (grid(2_500),))))
    text = " ".join(pages)
    assert [int(n) for n in re.findall(r"строка-(\d+)-конец", text)] == list(range(2_500))
    assert len(pages) > 40
    assert all("Сумма, ₽ 1 2 3" in page for page in pages)


def test_pages_are_numbered_from_the_second_and_have_a_foot() -> None:
    pages = page_texts(write_pdf(Paper("Длинная", (grid(120),), foot="НКО-47-кв · ОКТМО 41699000")))
    assert "ОКТМО" not in pages[0]
    for number, page in enumerate(pages[1:], 2):
        assert page.startswith(f"{number} ")
        assert "НКО-47-кв · ОКТМО 41699000" in page


def test_a_head_never_stands_alone_wherever_the_page_ends() -> None:
    for before in range(30, 56):
        lines = tuple(Text(f"абзац {number}", size=10, gap=0) for number in range(before))
        pages = page_texts(write_pdf(Paper("", (*lines, Heading("Заголовок таблицы"), grid(6)))))
        for page in pages:
            assert ("Заголовок таблицы" in page) == ("строка-0-конец" in page)
            assert ("Сумма, ₽" in page) == ("конец" in page)


def test_a_small_table_is_not_parted() -> None:
    for before in range(5, 56):
        lines = tuple(Text(f"абзац {number}", size=10, gap=0) for number in range(before))
        pages = page_texts(write_pdf(Paper("", (*lines, grid(20)))))
        assert [len(re.findall("конец", page)) for page in pages if "конец" in page] == [20]


def test_a_table_longer_than_a_page_leaves_at_least_three_rows_for_the_last_one() -> None:
    for rows in range(38, 90):
        pages = page_texts(write_pdf(Paper("", (Heading("Таблица"), grid(rows)))))
        counts = [len(re.findall("конец", page)) for page in pages]
        assert sum(counts) == rows
        assert min(counts) >= 3


def test_a_table_is_set_tighter_rather_than_leave_a_few_rows_alone() -> None:
    counts = [len(page_texts(write_pdf(Paper("", (Heading("Раздел"), grid(rows)))))) for rows in range(30, 70)]
    assert counts == sorted(counts)
    assert counts[40 - 30] == 1  # 38 rows of usual height fill a page
    assert counts[60 - 30] == 2
    few, tight, many = (lay_out(Paper("", (grid(rows),)))[0].placed[0].strip.height for rows in (30, 42, 60))
    assert few == many > tight  # where no page is saved, nothing is tightened


def test_a_table_before_signatures_is_not_set_tighter_in_vain() -> None:
    usual, signed = (lay_out(Paper("", (grid(42), *last))) for last in ((), (SIGNED,)))
    assert usual[0].placed[0].strip.height < signed[0].placed[0].strip.height
    assert len(usual) == 1
    assert len(signed) == 2


def test_an_inner_heading_is_repeated_where_its_rows_go_on() -> None:
    rows = [GroupRow("Первый"), *(Line((n, f"строка-{n}-конец", "1")) for n in range(60)), GroupRow("Второй"),
            *(Line((n, f"строка-{n}-конец", "1")) for n in range(60, 100))]  # fmt: skip
    pages = page_texts(write_pdf(Paper("", (Grid(COLUMNS, tuple(rows)),))))
    assert [("Первый" in page, "Второй" in page) for page in pages] == [(True, False), (True, True), (False, True)]
    assert "Первый (продолжение)" in pages[1]
    assert "Второй (продолжение)" in pages[2]
    assert " ".join(pages).count("Первый") == 2


def test_an_inner_heading_stays_with_its_first_row() -> None:
    for before in range(30, 48):
        rows = (*(Line((n, f"строка-{n}-конец", "1")) for n in range(before)), GroupRow("Внутренний заголовок"),
                Line((99, "строка-99-конец", "1")), *(Line((n, f"ещё-{n}", "1")) for n in range(9)))  # fmt: skip
        for page in page_texts(write_pdf(Paper("", (Grid(COLUMNS, rows),)))):
            assert ("Внутренний заголовок 99" in page) == ("строка-99-конец" in page)
            assert ("Внутренний заголовок (продолжение)" in page) == ("ещё" in page and "строка-99-конец" not in page)


def test_signatures_are_never_alone_on_a_page_and_never_parted() -> None:
    for rows in range(10, 60):
        pages = page_texts(write_pdf(Paper("", (grid(rows), SIGNED, Seal(("хеш",), "NKO")))))
        (signed,) = [page for page in pages if "М.П." in page]
        assert len(re.findall("конец", signed)) >= 3
        assert "Исполнитель" in signed
        assert "хеш" in signed
        assert len(pages) <= 2 + rows // 45


def test_a_row_taller_than_a_page_is_continued_and_nothing_of_it_is_lost() -> None:
    words = " ".join(f"слово{number}" for number in range(4_000))
    endless = "ж" * 40_000
    pages = page_texts(write_pdf(Paper("", (Grid(COLUMNS, (Line((1, words, "5")), Line((2, endless, "6")))),))))
    text = "".join(pages).replace(" ", "")
    assert all(f"слово{number}" in text for number in range(0, 4_000, 97))
    assert text.count("ж") == 40_000


def test_nothing_lies_over_anything_else_or_outside_the_margins() -> None:
    paper = return_paper(sample_return(), sample_envelope(), annexes=("Д", "Е"))
    for page in lay_out(paper):
        under = 0.0
        for strip, top, first, last in pieces(page):
            assert top >= under - 0.01
            grid = strip.grid
            height = strip.height
            if grid is not None:
                rows = [placed.strip for placed in page.placed if placed.strip.grid is grid]
                assert [row.row for row in rows] == list(range(first, last + 1))
                height = grid.head_height + strip.lead + sum(row.height for row in rows)
            under = top + height
        assert under <= page.frame.height + 0.01


def test_figures_are_never_broken_or_cut() -> None:
    wide = "999\u00a0999\u00a0999\u00a0999,99"
    columns = (Column("Показатель", 0), *(Column(f"Графа {n}", 12, "right") for n in range(9)))
    rows = (Line(("Исполнено, всего", *[wide] * 9)),)
    pages = page_texts(write_pdf(Paper("", (Turn(True), Grid(columns, rows)))))
    assert pages[0].count(wide.replace("\u00a0", " ")) == 9


def test_figures_of_many_columns_take_the_room_of_words_before_they_are_broken() -> None:
    figures = ("1\u00a0234\u00a0567\u00a0890\u00a0123,45", *["12\u00a0000\u00a0000\u00a0000"] * 9)
    columns = (Column("Код", 11), Column("Услуга", 0), *(Column(f"Графа {n}", 14, "right") for n in range(10)))
    rows = (Line(("К1", "Консультация по созданию и регистрации НКО, уставу", *figures)),)
    (page,) = page_texts(write_pdf(Paper("", (Turn(True), Grid(columns, rows)))))
    assert " ".join(figures).replace("\u00a0", " ") in page


def test_orientation_turns_within_a_paper() -> None:
    blocks = (Text("а"), Turn(True), Text("б"), Turn(True), Text("в"), PageBreak(), Turn(False), Text("г"))
    pdf = write_pdf(Paper("", blocks))
    assert page_sizes(pdf) == [(210, 297), (297, 210), (210, 297)]


def test_margins_follow_the_standard() -> None:
    upright, lying, bound = Frame(False), Frame(True), Frame(False, binding=True)
    assert (upright.left, upright.page) == (20 * mm, A4)
    assert upright.width == pytest.approx(180 * mm)
    assert upright.height == pytest.approx(257 * mm)
    assert lying.width == pytest.approx(267 * mm)
    assert bound.left == 30 * mm
    assert Frame(True, binding=True).top == 30 * mm
    page = picture(write_pdf(Paper("", (grid(200),), binding=True)), 0)
    ink = page.point(lambda shade: 255 if shade < 200 else 0).getbbox()
    assert ink is not None
    per_mm = page.width / 210
    assert [round(side / per_mm) for side in (ink[0], ink[1])] == [30, 20]
    assert page.width / per_mm - ink[2] / per_mm == pytest.approx(10, abs=0.5)
    assert page.height / per_mm - ink[3] / per_mm >= 19.5


def test_a_draft_says_so_across_the_page_and_in_the_foot() -> None:
    pages = page_texts(write_pdf(Paper("", (grid(80),), foot="форма", draft=True)))
    assert all(page.count("ЧЕРНОВИК") == 2 for page in pages)
    assert "ЧЕРНОВИК" not in " ".join(page_texts(write_pdf(Paper("", (grid(80),), foot="форма"))))


def test_soft_hyphens_are_hyphens_only_where_a_line_breaks() -> None:
    assert wrap("подтверж\u00adдением", 9, width("подтверж-", 9) + 0.1) == ("подтверж-", "дением")
    assert wrap("подтверж\u00adдением", 9, 500) == ("подтверждением",)
    assert longest_word("№ потреб\u00adности", 9) == pytest.approx(width("№ потреб-", 9))
    assert longest_word("1\u00a0консультация, 2\u00a0ч", 9) == pytest.approx(width("1\u00a0консультация,", 9))
    assert longest_word("подтверж\u00adдением", 9) == pytest.approx(width("подтверж-", 9))


def test_a_sign_of_comparison_stays_with_its_figure() -> None:
    for room in range(20, 90, 3):
        assert not [line for line in wrap("Из них > 90 дней", 9, room) if line.endswith(">")]


def test_signs_that_the_font_lacks_are_drawn_as_their_likes() -> None:
    assert printable("Ⅳ квартал → ✓ ● 5‑й, ⅓") == "IV квартал -> + • 5‑й, 1/3"
    assert printable("№ 5 — 86,4 м² 🙂") == "№ 5\u00a0— 86,4 м² 🙂"  # what the font has stays; nothing is like a smile


def test_lines_are_broken_at_spaces_and_never_wider_than_their_room() -> None:
    text = "Администрация Заречного муниципального района № 5 — отдел по работе с НКО, https://example.org/a/b?c=d"
    for room in range(20, 300, 7):
        lines = wrap(text.replace("№ 5", "№\u00a05"), 10, room)
        assert all(width(line, 10) <= room or len(line) == 1 for line in lines)
        assert "".join(lines).replace(" ", "").replace("\u00a0", "") == text.replace(" ", "")
    assert all("№\u00a05" in " ".join(wrap(text.replace("№ 5", "№\u00a05"), 10, room)) for room in range(80, 300, 9))


@pytest.mark.parametrize(
    "text", ["<b>&amp;</i>", "=cmd", "a\x00b\x07c", "\u202eзадом наперёд", "\ud800", "🙂 и 漢字", "", "\n\n"]
)
def test_hostile_words_are_words(text: str) -> None:
    blocks = (Heading(text), Text(text), Facts((Fact(text, text),)), Grid(COLUMNS, (Line((1, text + "конец", 2)),)))
    pages = page_texts(write_pdf(Paper(text, blocks, foot=text, author=text)))
    assert "конец" in pages[0]
    if text.startswith("<"):
        assert text in pages[0]


def test_the_code_is_drawn_module_by_module_at_the_lower_right() -> None:
    payload = "NKO-47-KV:41699000:2026-Q3:0:" + "0123456789ABCDEF" * 4
    matrix = code_matrix(payload)
    scale = 6.0
    page = picture(write_pdf(Paper("", (Text("Текст"), Seal(("хеш",), payload)))), 0, scale)
    per_mm = page.width / 210
    module = 25 * per_mm / len(matrix)
    left, top = page.width - 35 * per_mm, page.height - 45 * per_mm
    drawn = tuple(
        tuple(
            page.getpixel((int(left + (x + 0.5) * module), int(top + (y + 0.5) * module))) < 128
            for x in range(len(matrix))
        )
        for y in range(len(matrix))
    )
    assert drawn == matrix


def test_contents_and_outline_know_their_pages() -> None:
    lines = (ContentsLine("1", "Первый", "one"), ContentsLine("2", "Второй", "two", to_end=True))
    first, second_heading = Heading("Первый", anchor="one"), Heading("Второй", anchor="two")
    blocks = (Contents(lines), PageBreak(), first, grid(90), second_heading, grid(90))
    pages = page_texts(write_pdf(Paper("", blocks)))
    second = next(number for number, page in enumerate(pages, 1) if " Второй" in page and number > 1)
    assert pages[0].startswith(f"1 Первый 2 2 Второй {second}–{len(pages)}")


def test_pages_of_the_contents_never_run_into_their_titles() -> None:
    title = "Приложения: выписка из реестра, потребности, практики, протокол"
    blocks = (Contents((ContentsLine("А–Г", title, "annex", to_end=True),)), *[PageBreak(), Text("текст")] * 113,
              PageBreak(), Heading("Приложения", anchor="annex"), grid(200))  # fmt: skip
    pages = page_texts(write_pdf(Paper("", blocks)))
    assert pages[0] == f"А–Г {title} 115–{len(pages)}"


@pytest.mark.parametrize("signs", [200, 1_000, 9_000])
def test_a_seal_of_the_first_page_stays_there_whatever_runs_over(signs: int) -> None:
    reason = " ".join(f"слово-{number}" for number in range(signs // 10))
    facts = Facts((Fact("Вид документа", "1 — уточнённый"), Fact("Причина уточнения", reason, wide=True)))
    seal = Seal(("SHA-256 данных отчёта",), "NKO-47-KV:41699000", first=True)
    paper = Paper("", (Heading("Титул"), facts, grid(20), seal, PageBreak(), Text("Раздел")), foot="форма")
    pages = page_texts(write_pdf(paper))
    assert "SHA-256" in pages[0]
    assert "SHA-256" not in " ".join(pages[1:])
    assert [int(n) for n in re.findall(r"слово-(\d+)", " ".join(pages))] == list(range(signs // 10))
    for page in lay_out(paper):
        assert page.used <= page.frame.height + 0.01
        assert all(one.y + one.strip.height <= page.frame.height + 0.01 for one in page.placed)


def test_the_properties_of_a_file_say_what_it_is_and_when_it_was_made() -> None:
    paper = Paper("Имя", (Text("а"),), author="Администрация", subject="Отчёт", made_on=date(2026, 10, 12))
    document = pdfium.PdfDocument(write_pdf(paper))
    told = document.get_metadata_dict()
    document.close()
    assert (told["Title"], told["Author"], told["Subject"]) == ("Имя", "Администрация", "Отчёт")
    assert told["CreationDate"] == told["ModDate"] == "D:20261012000000Z"


def test_printing_can_be_stopped() -> None:
    seen: list[int] = []

    def watch(done: int, total: int, text: str) -> None:
        seen.append(done)
        if done == 3:
            progress.cancel()

    progress = Progress(watch)
    with pytest.raises(Cancelled):
        write_pdf(Paper("", (grid(2_000),)), progress)
    assert seen == [0, 1, 2, 3]
