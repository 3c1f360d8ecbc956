"""«Итоги года»: figures are those of the approved returns, what is missing is said, what came back is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.core.clock import Clock
from app.core.errors import AppError
from app.core.periods import Quarter
from app.models.database import Database
from app.reports.year_paper import year_pdf, year_xlsx
from app.returns.life import Remark
from app.returns.year import KeptQuarter, YearOfReturns
from app.usecases import quarter_returns as returns
from app.usecases import return_life as life
from app.usecases.setup import save_unit
from app.usecases.year_summary import summary_files, year_summary, years_with_returns
from tests.factories import District
from tests.reports.reading import page_sizes, page_texts, sheets
from tests.reports.sample import sample_envelope, sample_return
from tests.returns.test_freezing import SIGNERS

Q = {f"{year}-{number}": Quarter(year, number) for year in (2025, 2026) for number in range(1, 5)}


def freeze(district: District, quarter: str, on: str, reason: str = "") -> None:
    district.at(on).write(returns.freeze, Q[quarter], reason=reason, kind="return", title="Утверждён отчёт")


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    """Approved: IV квартал 2025, I and II квартал 2026; it is 8 October 2026."""
    with District(tmp_path, today="2025-10-01") as found:
        found.write(save_unit, SIGNERS)
        svet = found.ngo("АНО «Свет»", sonko=True, activities=("9",), address="г. Мурино")
        found.support(svet, "40 000")
        freeze(found, "2025-4", "2026-01-12")
        lad = found.at("2026-02-02").ngo("Союз «Лад»", address="п. Токсово")
        found.support(svet, "10 000")
        found.support(lad, "20 000")
        freeze(found, "2026-1", "2026-04-06")
        found.at("2026-05-05").support(svet, "5 000")
        opora = found.centre("АНО «Опора»")
        found.service(opora, "К4", [svet])
        found.service(opora, "К2", [svet])
        found.service(opora, "О1", [svet, lad], people=2)
        found.need(lad, "finance")
        freeze(found, "2026-2", "2026-07-06")
        found.at("2026-10-08")
        yield found


def row(book: dict[str, list[list[Any]]], sheet: str, code: str) -> list[Any]:
    """Figures of a row: four quarters, the year, the year before, the growth; '' for an empty cell."""
    return next(line[3:10] for line in book[sheet] if str(line[0]) == code)


def book_of(district: District, year: int = 2026) -> dict[str, list[list[Any]]]:
    return sheets(year_xlsx(district.read(year_summary, year)))


def text_of(found: YearOfReturns) -> str:
    return " ".join(page_texts(year_pdf(found)))


def test_quarters_stand_side_by_side_and_the_year_is_column_6_of_the_last(district: District) -> None:
    book = book_of(district)
    assert row(book, "Показатели", "101") == [2.0, 2.0, "", "", 2.0, "", ""]
    assert row(book, "Показатели", "210") == [2.0, 1.0, "", "", 2.0, "", ""], "Свет twice, counted once in the year"
    assert row(book, "Поддержка", "211.3") == [30000.0, 5000.0, "", "", 35000.0, "", ""]
    assert row(book, "Показатели", "301") == [0.0, 3.0, "", "", 3.0, "", ""]
    needs = {line[1]: line[3:8] for line in book["Показатели"] if str(line[0]).startswith("табл.")}
    assert needs["выявлено"] == [0.0, 1.0, "", "", 1.0]
    assert needs["открыто на конец"] == [0.0, 1.0, "", "", 1.0]


def test_what_is_missing_is_said_and_is_no_nought(district: District) -> None:
    found = district.read(year_summary, 2026)
    assert found.title == "6\u00a0мес. 2026\u00a0г."
    text = text_of(found)
    assert "Отчёта за III квартал нет: он не утверждён." in text
    assert "Отчёта за IV квартал нет: квартал не окончен." in text
    assert "Итоги неполные: с начала года по 30.06.2026" in text
    assert "Сравнить не с чем: отчёта за II квартал 2025 г. нет." in text
    assert "III квартал —" in text, "in a chart too"


def test_the_year_before_stands_beside_once_both_years_have_the_same_quarter(district: District) -> None:
    freeze(district, "2026-3", "2026-10-08")
    district.at("2026-11-02").support(1, "15 000")
    freeze(district, "2026-4", "2027-01-11")
    found = district.read(year_summary, 2026)
    assert found.title == "2026\u00a0год"
    assert not found.missing
    book = book_of(district)
    assert row(book, "Поддержка", "211.3") == [30000.0, 5000.0, 0.0, 15000.0, 50000.0, 40000.0, 25.0]
    assert row(book, "Показатели", "101") == [2.0, 2.0, 2.0, 2.0, 2.0, 1.0, 100.0]
    assert "Сравнить не с чем" not in text_of(found)
    assert district.read(years_with_returns) == (2026, 2025)


def test_a_return_sent_back_is_not_counted_until_it_is_corrected(district: District) -> None:
    district.write(life.send, Q["2026-2"], "почтой", on=date(2026, 7, 7), kind="return")
    district.write(life.send_back, Q["2026-2"], remarks=(Remark("211.3.quarter", "не та сумма"),), kind="return")
    found = district.read(year_summary, 2026)
    assert [kept.quarter.number for kept in found.quarters] == [1]
    assert "Отчёта за II квартал нет: он возвращён с замечаниями, исправленного ещё нет." in text_of(found)
    freeze(district, "2026-2", "2026-10-08", reason="сумма исправлена")
    found = district.read(year_summary, 2026)
    assert [kept.ret.head.correction for kept in found.quarters] == [0, 1]
    assert "уточнённый 1" in text_of(found)


def test_a_year_without_an_approved_return_has_no_summary(district: District) -> None:
    with pytest.raises(AppError, match=r"За 2024.год нет ни одного утверждённого отчёта"):
        district.read(year_summary, 2024)


def test_a_centre_counts_an_ngo_of_several_services_once(district: District) -> None:
    (line,) = (line for line in book_of(district)["Центры"] if line[0] == "АНО «Опора»")
    assert line[1:6] == [3.0, 3.0, "", 4.0, 2.0]


def test_the_same_returns_give_the_same_bytes_whenever_they_are_asked_for(district: District) -> None:
    first = summary_files(district.read(year_summary, 2026))
    assert sorted(first) == ["Итоги года_41612000_2026.pdf", "Итоги года_41612000_2026.xlsx"]
    assert summary_files(district.at("2026-10-20").read(year_summary, 2026)) == first


def test_every_figure_is_one_of_the_returns(demo_copy: Path) -> None:
    """On the demo district: no figure of the tables is computed anew, and centres add up to row 301."""
    database = Database.open(demo_copy, clock=Clock.fixed(date(2026, 11, 10)))
    with database.read() as session:
        found = year_summary(session, 2026)
    database.close()
    book = sheets(year_xlsx(found))
    known = {spec.code: spec for spec in found.form.rows}
    seen = 0
    for line in (*book["Показатели"], *book["Поддержка"]):
        code = str(line[0])
        if code in known:
            seen += 1
            rows = [kept.ret[known[code].measure] for kept in found.quarters]
            told = [float(cell) for cell in line[3 : 3 + len(rows)]]
            assert told == [float(one.quarter or 0) for one in rows], code
            assert float(line[7]) == float(rows[-1].year or 0), code
    assert seen > 60
    records = sum(float(line[2]) for line in book["Центры"] if isinstance(line[1], float))
    assert records == float(found.last.ret["301"].year or 0)


def test_an_interval_stays_one_and_has_neither_growth_nor_bar() -> None:
    ret = sample_return()
    before = replace(ret, head=replace(ret.head, quarter=ret.head.quarter.year_before))
    year = YearOfReturns(2026, (KeptQuarter(ret, sample_envelope(), "утверждён"),), (), before)
    line = next(line for line in sheets(year_xlsx(year))["Показатели"] if str(line[0]) == "210")
    assert line[7] == "от 12 до 15"
    assert line[9] == ""
    assert page_sizes(year_pdf(year))[:2] == [(210, 297), (210, 297)]
