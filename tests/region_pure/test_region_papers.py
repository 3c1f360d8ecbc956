"""The consolidated return and coverage on paper, on sheets and as a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO

import pypdfium2
import pytest
from openpyxl import load_workbook

from app.region.checks import RegionCase, run_region_checks
from app.region.consolidate import consolidate
from app.region.coverage import coverage
from app.region.duplicates import Justification
from app.region.expected import District
from app.region.measures import changes
from app.region.seal import seal
from app.reports.blocks import Line
from app.reports.consolidated_page import consolidated_html
from app.reports.consolidated_paper import (
    ConsolidatedReport,
    consolidated_file_name,
    consolidated_pdf,
    consolidated_xlsx,
)
from app.reports.coverage_paper import coverage_file_name, coverage_pdf, coverage_xlsx, matrix_grid
from app.reports.region_districts import MAIN, bars_by_district, district_grid
from app.returns.build import build
from app.returns.snapshot import QuarterReturn
from tests.region_pictures.oblast import NAMES
from tests.region_pictures.oblast import returned as oblast_returned
from tests.region_pictures.oblast import returns as oblast_returns
from tests.region_pure.districts import EAST, EXPECTED, MAP, NORTH, Q2, Q3, SOUTH, placed, sound, without_sets
from tests.reports.reading import page_texts
from tests.returns import examples

MADE = date(2026, 11, 2)
REASON = "Сетевой проект"


def given() -> dict[str, QuarterReturn]:
    """North in full, South by hand without the set of row 302, East missing."""
    records = replace(examples.sound_records(), frozen={})
    twice = examples.service(90, examples.Y, "К4", date(2026, 7, 20), examples.SVET, evidence_no="К4-90")
    north = build(placed(replace(records, services=(*records.services, twice)), NORTH), Q3).ret
    return {NORTH: north, SOUTH: without_sets(sound(SOUTH, "юг"), ["302"])}


def reported() -> ConsolidatedReport:
    returns = given()
    before = {NORTH: build(placed(replace(examples.sound_records(), frozen={}), NORTH), Q2).ret}
    whole = consolidate(Q3, returns, EXPECTED, {Q2: before})
    return ConsolidatedReport(
        whole, made_on=MADE, region="Ленинградская область", committee="Комитет общественных коммуникаций",
        findings=run_region_checks(RegionCase(whole, returns)),
        before=changes(Q3, Q2, {Q2: before, Q3: returns}, EXPECTED),
    )  # fmt: skip


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        told = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    return " ".join(told.replace("\u00ad", "").replace("\ufffe", "").split())


def test_the_paper_says_who_reported_and_never_prints_an_interval_as_a_count() -> None:
    report = reported()
    told = words(consolidated_pdf(report))
    assert "Отчитались 2 из 3 районов." in told
    assert "Восточный район 41609000 отчёта нет" in told
    figure = report.consolidation["302.quarter"]
    assert f"302 НКО и объединений получили услуги ед. от {figure.value} до {figure.upper} от 5 до 10 2 —" in told
    assert f"301 Записей об услугах ед. {report.consolidation['301.quarter'].value} " in told
    assert "Сравнение с периодом «II квартал 2026 г.»: по 1 району" in told


def test_the_districts_stand_side_by_side() -> None:
    report = reported()
    told = words(consolidated_pdf(report))
    assert "По районам" in told
    north, south = (report.consolidation.returns[place][1]["301"].quarter for place in (0, 1))
    assert (north, south) == (8, 7)
    assert "53,3 1 000,0" in told, "8 of 15 services, 8 for 8 NGOs"
    assert "Услуги ресурсных центров записей, III квартал 2026 г." in told
    assert "Таких нет." in told


def test_the_years_of_the_districts_add_up_to_the_year_of_the_oblast() -> None:
    """Of a district without a return of the quarter the earlier one tells the year, there as in the sum."""
    whole = consolidate(Q3, given(), EXPECTED, {Q2: {EAST: build(placed(examples.sound_records(), EAST), Q2).ret}})
    lines = [row for row in district_grid(whole).rows if isinstance(row, Line)]
    told = [[getattr(cell, "value", cell) for cell in line.cells] for line in lines]
    east = next(row for row in told if str(row[0]).startswith("Восточный район"))
    assert east[0] == "Восточный район (по\u00a0II\u00a0квартал)"
    assert east[1] == "—", "a stock of the quarter is not known"
    money = [title for _, title, _ in MAIN].index("Исполнено с\u00a0начала года, ₽") + 1
    assert sum(row[money] for row in told[:-1]) == told[-1][money] == whole["203.year"].value


def test_charts_say_how_many_districts_stand_behind_them_and_who_is_missing() -> None:
    """East told its second quarter: its bar of the year is hatched, of the quarter it has none."""
    returns = given()
    whole = consolidate(Q3, returns, EXPECTED, {Q2: {EAST: build(placed(examples.sound_records(), EAST), Q2).ret}})
    money, records = (next(one for one in bars_by_district(whole) if one.title == title)
                      for title in ("Исполнено на поддержку", "Услуги ресурсных центров"))  # fmt: skip
    east = [name for name, _ in records.bars].index("Восточный район")
    assert len(records.bars) == 3
    assert (records.told(east), records.part) == ("отчёта нет", frozenset())
    assert money.part == {east}
    assert money.told(east).endswith("(по\u00a0II\u00a0квартал)")
    assert records.unit.endswith("2\u00a0из\u00a03\u00a0районов")
    page = consolidated_html(ConsolidatedReport(whole, made_on=MADE)).decode()
    assert page.count('class="bar part"') == 1
    assert "записей, III\u00a0квартал 2026\u00a0г.; 2\u00a0из\u00a03\u00a0районов" in page


def test_the_charts_of_an_oblast_stand_two_on_a_page() -> None:
    expected = tuple(District(code, f"{name} муниципальный район") for code, name in NAMES.items())
    whole = consolidate(Q3, oblast_returns(Q3), expected, {Q2: oblast_returns(Q2)})
    told = page_texts(consolidated_pdf(ConsolidatedReport(whole, made_on=MADE)))
    titles = ("НКО на учёте ед.", "Исполнено на поддержку тыс.", "Услуги ресурсных центров записей",
              "Открытые потребности на")  # fmt: skip
    plain = [" ".join(text.split()) for text in told]
    pages = [next(place for place, text in enumerate(plain) if title in text) for title in titles]
    assert pages == [pages[0], pages[0], pages[0] + 1, pages[0] + 1]


def test_the_matrix_of_an_oblast_stands_on_the_first_page() -> None:
    expected = tuple(District(code, f"{name} муниципальный район") for code, name in NAMES.items())
    given = {code: oblast_returned(code, Q3) for code in NAMES}
    whole = consolidate(Q3, given, expected)
    first, second, *_ = page_texts(coverage_pdf(coverage(whole, answers=MAP), whole, made_on=MADE))
    assert all(name in first for name in (*NAMES.values(), "Вся область"))
    assert "Незакрытые потребности" in second


def test_a_single_number_without_its_set_is_no_count_either() -> None:
    whole = consolidate(Q3, {NORTH: without_sets(sound(NORTH), ["302"])}, EXPECTED[:1])
    report = ConsolidatedReport(whole, made_on=MADE)
    assert sound(NORTH)["302"].quarter == 5
    assert "302 НКО и объединений получили услуги ед. 5, без состава " in words(consolidated_pdf(report))
    assert "5, без состава" in consolidated_html(report).decode()


def test_the_same_figures_give_the_same_bytes() -> None:
    assert consolidated_pdf(reported()) == consolidated_pdf(reported())
    assert consolidated_html(reported()) == consolidated_html(reported())


def test_the_workbook_has_a_sheet_a_section_and_carries_what_was_hashed() -> None:
    report = reported()
    book = load_workbook(BytesIO(consolidated_xlsx(report)))
    assert book.sheetnames[:3] == ["Свод", "Районы", "Раздел 1"]
    cells = {str(cell.value) for row in book["Раздел 3"].iter_rows() for cell in row}
    assert str(report.consolidation["301.quarter"].value) in cells
    hidden = " ".join(str(cell.value) for row in book["_data"].iter_rows() for cell in row)
    assert report.seal.sha256 in hidden


def test_the_seal_changes_with_any_return_and_not_with_their_order() -> None:
    returns = given()
    backwards = dict(reversed(returns.items()))
    first, second = (seal(consolidate(Q3, some, EXPECTED)) for some in (returns, backwards))
    assert first == second
    assert set(first.sources) == {NORTH, SOUTH}
    other = replace(returns[NORTH], head=replace(returns[NORTH].head, unit="Другой отдел"))
    assert seal(consolidate(Q3, {**returns, NORTH: other}, EXPECTED)).sha256 != first.sha256


class Page(HTMLParser):
    """Counts tags left open and gathers addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.tags: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_page_stands_alone_and_opens_each_figure_to_its_rows() -> None:
    report = reported()
    found = coverage(report.consolidation, answers=MAP)
    page = Page()
    page.feed(consolidated_html(report, found).decode())
    assert page.open == []
    assert all(address.startswith("#") for address in page.addresses)
    assert not page.tags & {"script", "img", "link", "iframe", "object"}
    told = "".join(page.text)
    assert "Ячейка 211.2.quarter. Приложение А" in told
    assert "Южный район" in told
    assert report.seal.sha256 in told
    assert "Центр «Икс»" in told


def test_markup_in_a_name_stays_words() -> None:
    ret = sound(NORTH)
    spoiled = replace(ret, annex_e=(replace(ret.annex_e[0], name="<script>alert(1)</script>"), *ret.annex_e[1:]))
    whole = consolidate(Q3, {NORTH: spoiled}, (District(NORTH, "<b>Район</b>"),))
    page = consolidated_html(ConsolidatedReport(whole, made_on=MADE)).decode()
    assert "<script>" not in page
    assert "<b>" not in page


def test_holes_and_duplicates_stand_on_paper_with_their_records_and_reasons() -> None:
    whole = consolidate(Q3, given(), EXPECTED)
    key = coverage(whole, answers=MAP).duplicates[0].key
    found = coverage(whole, answers=MAP, justified={key: Justification(REASON)})
    told = words(coverage_pdf(found, whole, made_on=MADE))
    assert found.holes
    for hole in found.holes:
        assert f" {hole.weight} " in told
    assert REASON in told
    book = load_workbook(BytesIO(coverage_xlsx(found, whole, made_on=MADE)))
    assert book.sheetnames[:5] == ["Покрытие", "По кодам услуг", "Дыры", "Дублирование", "Обещано и сделано"]


def test_the_matrix_ends_with_the_whole_region_by_the_sums_of_the_page() -> None:
    """On paper and on both sheets; what was sent without sets makes an interval and is told."""
    bare = without_sets(sound(SOUTH, "юг"), ["4.finance.ngos"])
    whole = consolidate(Q3, {NORTH: sound(NORTH), SOUTH: bare}, EXPECTED)
    found = coverage(whole, answers=MAP)
    grid = matrix_grid(found, whole, "category")
    last = grid.rows[-1]
    assert isinstance(last, Line)
    assert last.bold
    told = dict(zip((head for head, _ in found.categories), last.cells[1:], strict=True))
    assert last.cells[0] == "Вся область"
    for code, _ in found.categories:
        spots = [spot for one in (NORTH, SOUTH) if (spot := found.spot(one, "category", code)) is not None]
        known = [spot for spot in spots if spot.covered is not None and spot.demand.value]
        told_bare = [spot for spot in spots if spot.covered is None and spot.demand.value != 0]
        covered, demand = sum(spot.covered or 0 for spot in known), sum(int(spot.demand.value or 0) for spot in known)
        text = str(told[code]).replace("\u00a0", " ")
        if not known:
            assert text == ("без состава" if told_bare else "—"), code
            continue
        assert text.startswith(f"{covered} из {demand}\n"), code
        more = sum(int(spot.demand.value or 0) for spot in told_bare)
        shares = [Decimal(100 * part) / (demand + more) for part in (covered, covered + more)]
        ends = [f"{share:.1f}".replace(".", ",") for share in shares]
        assert text.split("\n")[1] == f"{'–'.join(dict.fromkeys(ends))} %", code
    assert any("–" in str(text) for text in told.values())
    assert grid.note.endswith(f"Без состава: {whole.name(SOUTH)}.")
    assert "Вся область" in words(coverage_pdf(found, whole, made_on=MADE))
    book = load_workbook(BytesIO(coverage_xlsx(found, whole, made_on=MADE)))
    for name in ("Покрытие", "По кодам услуг"):
        assert "Вся область" in [row[0].value for row in book[name].iter_rows()], name


@pytest.mark.parametrize("returns", [{}, None])
def test_nothing_received_is_a_paper_too(returns: dict[str, QuarterReturn] | None) -> None:
    whole = consolidate(Q3, {} if returns is None else returns, () if returns is None else EXPECTED)
    report = ConsolidatedReport(whole, made_on=MADE)
    assert consolidated_pdf(report).startswith(b"%PDF")
    assert consolidated_xlsx(report)
    assert consolidated_html(report, coverage(whole))
    assert coverage_pdf(coverage(whole), whole, made_on=MADE).startswith(b"%PDF")


def test_files_are_called_by_form_and_quarter() -> None:
    whole = consolidate(Q3, {}, EXPECTED)
    assert consolidated_file_name(Q3, "pdf") == "НКО-47-кв_свод_2026-Q3.pdf"
    assert consolidated_file_name(Q3, "pdf", 2) == "НКО-47-кв_свод_2026-Q3_2.pdf"
    assert coverage_file_name(coverage(whole), "xlsx") == "НКО-47-кв_покрытие_2026-Q3.xlsx"
    assert whole.name(EAST) == "Восточный район"


def test_equal_figures_are_sealed_alike() -> None:
    """A digest counts hours as 0, a return as 0.00."""
    whole = reported().consolidation
    cells = {cell: replace(one, value=None if one.value is None else one.value.quantize(Decimal("0.001")))
             for cell, one in whole.cells.items()}  # fmt: skip
    assert seal(replace(whole, cells=cells)).sha256 == seal(whole).sha256
