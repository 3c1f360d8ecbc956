"""The printed return, read back page by page: what the form asks for stands in it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from app.reports.cell_words import cell_words
from app.reports.file_names import protocol_file_name, return_file_name
from app.reports.protocol_paper import protocol_pdf
from app.reports.return_cover import in_fours, payload
from app.reports.return_paper import return_paper, return_pdf
from app.returns.form import FORM_2026_1
from app.returns.snapshot import ProtocolRow, Signer
from tests.reports.reading import page_sizes, page_texts
from tests.reports.sample import QUARTER, sample_envelope, sample_return


@pytest.fixture(scope="module")
def pages() -> list[str]:
    return page_texts(return_pdf(sample_return(), sample_envelope()))


def test_the_cover_says_who_whom_what_and_when(pages: list[str]) -> None:
    cover, envelope = pages[0], sample_envelope()
    for words in (
        "Администрация Заречного",
        "Комитет общественных коммуникаций",
        "12.10.2026 № 01-14/2317",
        "Форма НКО-47-кв",
        "версия 2026.1",
        "ОТЧЁТ",
        "за III квартал 2026 года (нарастающим итогом с начала года)",
        "0 — первичный",
        "Заречный муниципальный район, ОКТМО 41699000",
        "01.07.2026 – 30.09.2026",
        "Услуг центров 1 212",
        "203 Исполнено на поддержку ₽ 3 874 200,50 3 512 000,00 +10,3",
        "210 Получателей поддержки ед. от 12 до 15 54 —",
        in_fours(envelope.sha256),
        in_fours(envelope.journal_head),
    ):
        assert words in cover, words


def test_every_row_of_the_form_is_printed_with_its_figures(pages: list[str]) -> None:
    text = " ".join(pages[1:])
    missing = [spec.code for spec in FORM_2026_1.rows if f" {spec.code} {spec.title} " not in text]
    assert not missing
    assert "211.3 размер ₽ 383 1 234,50 1 234 567 890,50" in text
    assert "210 Получатели поддержки ед. 642 27 от 12 до 15 — — 54" in text
    assert re.search(r"201 Муниципальная программа поддержки — × × × × × «Поддержка СОНКО", text)
    assert "За 9 мес. 2025 г." in text


def test_tables_3_and_4_are_printed_twice_and_annexes_follow(pages: list[str]) -> None:
    text = " ".join(pages)
    order = [
        "Таблица 1а. СОНКО по видам деятельности",
        "Таблица 3. Услуги по центрам и кодам, за квартал",
        "Таблица 3. Услуги по центрам и кодам, с начала года",
        "Таблица 4. Потребности по категориям, за квартал",
        "Таблица 4. Потребности по категориям, с начала года",
        "Раздел 7. Организация работы",
        "Приложение А. Выписка из реестра получателей поддержки",
        "Решения этого периода, ещё не внесённые в реестр",
        "Приложение Б. Открытые потребности",
        "Приложение В. Практики",
        "Приложение Г. Протокол проверок",
    ]
    places = [text.find(words) for words in order]
    assert -1 not in places
    assert places == sorted(places)
    assert "Приложение Д" not in text


def test_the_contents_name_the_pages_where_sections_begin(pages: list[str]) -> None:
    for number, title in ((1, "Состав сектора"), (2, "Муниципальная поддержка"), (4, "Потребности")):
        (found,) = (n for n, page in enumerate(pages, 1) if f"Раздел {number}. {title}" in page)
        assert re.search(rf"{number} {title} {found}\b", pages[0])
    (first,) = (n for n, page in enumerate(pages, 1) if "Приложение А. " in page)
    assert f"протокол {first}–{len(pages)}" in pages[0]


def test_the_last_page_is_signed_beside_the_protocol(pages: list[str]) -> None:
    last = pages[-1]
    for words in (
        "Приложение Г. Протокол проверок",
        "не пояснено",
        "222, графа 6",
        "Заместитель главы администрации (уполномоченное лицо)",
        "В. А. Сомов",
        "М.П.",
        "Исполнитель: главный специалист",
        "Служебный телефон: 8 (81370) 40-000, доб. 12",
        "НКО-47-кв_41699000_2026-Q3_0.xlsx",
        in_fours(sample_envelope().sha256),
    ):
        assert words in last, words


def test_the_foot_names_the_return_and_its_hash(pages: list[str]) -> None:
    short = in_fours(sample_envelope().sha256[:16])
    for page in pages[1:]:
        assert f"НКО-47-кв · ОКТМО 41699000 · III квартал 2026 г. · первичный · {short}" in page


def test_sections_lie_and_the_cover_stands(pages: list[str]) -> None:
    sizes = page_sizes(return_pdf(sample_return(), sample_envelope()))
    assert sizes[0] == sizes[-1] == (210, 297)
    assert sizes[1] == (297, 210)
    assert len(sizes) == len(pages)


@pytest.mark.parametrize("entries", range(17, 30))
def test_nothing_of_annex_a_is_lost_at_the_edge_of_a_page(entries: int) -> None:
    text = " ".join(page_texts(return_pdf(sample_return(entries=entries), sample_envelope())))
    assert [int(n) for n in re.findall(r"№ (2\d\d) \d\d\.\d\d\.2026", text)] == list(range(201, 201 + entries))


def test_journal_and_list_are_printed_on_request() -> None:
    text = " ".join(page_texts(return_pdf(sample_return(), sample_envelope(), annexes=("Д", "Е"))))
    assert "Приложение Д. Журнал услуг" in text
    assert "АНО «Заречный свет»; граждане" in text
    assert "Приложение Е. Список НКО на учёте" in text


def test_a_correction_gives_its_reason() -> None:
    pages = page_texts(return_pdf(sample_return(correction=2), sample_envelope()))
    assert "2 — уточнённый" in pages[0]
    assert "Причина уточнения Уточнено число получателей имущественной поддержки" in pages[0]
    assert "уточнённый 2 ·" in pages[1]


def test_a_reason_of_a_thousand_signs_leaves_the_code_on_the_cover() -> None:
    ret = sample_return(correction=1)
    reason = ("Уточнено число получателей имущественной поддержки после сверки с договорами. " * 14)[:1_000].strip()
    pages = page_texts(return_pdf(replace(ret, head=replace(ret.head, reason=reason)), sample_envelope()))
    assert in_fours(sample_envelope().sha256) in pages[0]
    assert f"Причина уточнения {reason}" in pages[0]


def test_needs_stand_in_the_order_of_table_4() -> None:
    ret = sample_return()
    text = " ".join(page_texts(return_pdf(ret, sample_envelope())))
    listed = text[text.index("Приложение Б.") : text.index("Приложение В.")]
    places = [listed.index(line.title) for line in ret.needs]
    assert places == sorted(places)
    assert [listed.count(f" {line.title} 1") for line in ret.needs] == [1] * len(ret.needs)


def test_a_term_of_one_day_is_one_day() -> None:
    ret = sample_return(entries=1)
    (row,) = ret.annex_a
    day_row = replace(row, starts_on=date(2026, 9, 10), ends_on=date(2026, 9, 10))
    text = " ".join(page_texts(return_pdf(replace(ret, annex_a=(day_row,), annex_a_pending=()), sample_envelope())))
    assert "10.09.2026 нет" in text
    assert "10.09.2026–" not in text


def test_a_long_violation_does_not_make_a_row_as_tall_as_the_page() -> None:
    ret = sample_return(entries=2)
    words = "средства направлены на оплату аренды автомобиля, не предусмотренной сметой проекта, " * 3
    rows = tuple(replace(row, violations=words.strip()) for row in ret.annex_a)
    pages = page_texts(return_pdf(replace(ret, annex_a=rows), sample_envelope()))
    (page,) = (page for page in pages if "Приложение А." in page)
    assert page.count("№ 20") == 2


def test_a_draft_has_neither_code_nor_hash() -> None:
    envelope = sample_envelope()
    paper = return_paper(sample_return(), envelope, draft=True)
    assert not [block for block in paper.blocks if getattr(block, "payload", "")]
    pages = page_texts(return_pdf(sample_return(), envelope, draft=True))
    assert all("ЧЕРНОВИК" in page for page in pages)
    assert in_fours(envelope.sha256[:16]) not in " ".join(pages)


def test_what_the_code_says() -> None:
    envelope = sample_envelope()
    said = payload(sample_return().head, envelope)
    assert said == f"NKO-47-KV:41699000:2026-Q3:0:{envelope.sha256.upper()}"
    assert said.isascii()


def test_a_cover_of_long_names_still_fits_its_page() -> None:
    ret = sample_return(correction=1)
    head = replace(
        ret.head,
        administration="Администрация муниципального образования «Заречно-Каменногорский муниципальный округ имени "
        "героев-первопроходцев» Ленинградской области",
        unit="Сектор по взаимодействию с социально ориентированными некоммерческими организациями и общественными "
        "объединениями отдела внутренней политики",
        addressee="Комитет по местному самоуправлению, межнациональным и межконфессиональным отношениям, "
        "общественным коммуникациям Ленинградской области",
        reason="Уточнено число получателей имущественной поддержки и площадь помещений после сверки с договорами",
        package="№ 12 от 01.06.2026",
    )
    pages = page_texts(return_pdf(replace(ret, head=head), sample_envelope()))
    assert in_fours(sample_envelope().sha256) in pages[0]
    assert "Состав отчёта" in pages[0]
    assert "Раздел 1." in pages[1]


def test_unsigned_and_unnumbered_leaves_room_for_the_hand() -> None:
    blank = replace(sample_envelope(), registration_no="", head=Signer("", ""), executor=Signer("", ""))
    pages = page_texts(return_pdf(sample_return(), blank))
    assert "____________ № ____________" in pages[0]
    assert "Руководитель (уполномоченное лицо)" in pages[-1]


def test_an_empty_district_has_a_whole_return() -> None:
    empty = replace(
        sample_return(), rows={}, activities={}, activity_titles={}, services=(), needs=(), entities=(), annex_a=(),
        annex_a_pending=(), annex_b=(), annex_v=(), annex_g=(), annex_d=(), annex_e=(),
    )  # fmt: skip
    pages = page_texts(return_pdf(empty, sample_envelope(), annexes=("Д", "Е")))
    shared = (("Раздел 7.", "Приложение А."), ("Приложение А.", "Приложение Б."), ("Приложение В.", "Приложение Г."))
    for first, second in shared:
        assert any(first in page and second in page for page in pages[1:])
    text = " ".join(pages)
    for words in ("Услуг не оказано.", "Практик нет.", "Замечаний нет: все проверки пройдены.", "М.П."):
        assert words in text


def test_the_protocol_has_verdict_and_findings_errors_first() -> None:
    rows = (
        ProtocolRow("warning", "17", "222.year", "55,0 % годового плана вместо 75 %."),
        ProtocolRow("error", "9", "203.quarter", "Указано 10,00, а сумма источников 9,00."),
        ProtocolRow("error", "24", "4.legal.end.quarter", "Конец не сходится."),
    )
    verdict = "Ошибок: 2, предупреждений: 1"
    titles = {"legal": "Юридическая"}
    pages = page_texts(
        protocol_pdf(sample_return().head, rows, verdict=verdict, today=date(2026, 10, 5), titles=titles)
    )
    text = " ".join(pages)
    assert "ПРОТОКОЛ ПРОВЕРОК" in pages[0]
    assert verdict in pages[0]
    assert text.index("сумма источников") < text.index("годового плана")
    assert "9 203, графа 5 Указано 10,00" in text
    assert "табл. 4, Юридическая, Открыто на конец, за квартал" in text


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("211.3.quarter", "211.3, графа\u00a05"),
        ("203.note", "203, графа\u00a010"),
        ("1а.5", "табл.\u00a01а, 5"),
        ("4.legal.over_90.year", "табл.\u00a04, Юридическая, Из них > 90 дней, с начала года"),
        ("3.key-1.К4.records.quarter", "табл.\u00a03, Центр, К4, Записей, за квартал"),
        ("head.executor", "подписи, исполнитель"),
        ("", ""),
        ("А.17", "А.17"),
    ],
)
def test_cells_in_words(cell: str, words: str) -> None:
    assert cell_words(cell, titles={"legal": "Юридическая", "key-1": "Центр"}) == words


def test_file_names() -> None:
    assert return_file_name("41612000", QUARTER, 0, "pdf") == "НКО-47-кв_41612000_2026-Q3_0.pdf"
    assert protocol_file_name("41612000", QUARTER, 1) == "НКО-47-кв_41612000_2026-Q3_1_протокол.pdf"
