"""The register of recipients (art. 31.2): numbers without holes, terms, extracts, the page for the site."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

import pytest

from app.core.errors import AppError
from app.core.periods import Quarter
from app.returns.recipients import RecipientsRegister, holes
from app.usecases import quarter_returns as returns
from app.usecases import recipients
from app.usecases.ngos import register_body
from app.usecases.return_records import read_records
from app.usecases.setup import save_unit
from app.usecases.support import add_violation, enter_in_register, not_entered, publish, terminate
from tests.factories import District
from tests.reports.reading import page_texts, sheets
from tests.returns.test_freezing import SIGNERS


def register(district: District, **days: date) -> RecipientsRegister:
    return district.read(recipients.register_of_recipients, **days).register


def files(district: District, **days: date) -> dict[str, bytes]:
    found = recipients.register_files(district.read(recipients.register_of_recipients, **days))
    return {name.rpartition(".")[2]: content for name, content in found.items()}


def test_numbers_are_given_in_turn_and_have_no_holes(district: District) -> None:
    svet, lad = district.ngo("АНО «Свет»"), district.ngo("Союз «Лад»")
    decisions = [district.support(svet), district.support(lad), district.support(svet, form="213")]
    for decision in reversed(decisions):
        district.write(enter_in_register, decision)
    assert [entry.row.number for entry in register(district).entries] == [1, 2, 3]
    assert not holes(district.read(read_records))


def test_what_is_late_says_so(district: District) -> None:
    """1 July 2026 is a Wednesday: the term of three working days ends on Monday the 6th."""
    svet = district.ngo("АНО «Свет»", taken_on="2026-06-01")
    in_time, late, waits = (district.support(svet, day="2026-07-01") for _ in range(3))
    district.at("2026-07-06")
    district.write(enter_in_register, in_time, published_on=date(2026, 7, 6))
    assert not register(district).overdue
    district.at("2026-07-09")
    district.write(enter_in_register, late)
    found = register(district)
    assert [(e.due_on, e.days_late, e.days_unpublished) for e in found.entries] == [
        (date(2026, 7, 6), 0, 0),
        (date(2026, 7, 6), 3, 3),
    ]
    assert [e.row.decision_no for e in found.overdue] == [district.card("support", waits).values["decision_no"]]
    text = " ".join(page_texts(files(district)["pdf"]))
    assert "позже срока на 3 дня" in text
    assert "срок истёк 06.07.2026" in text
    district.write(publish, late, date(2026, 7, 9))
    assert register(district).entries[1].days_unpublished == 3


def test_what_needs_no_entry_does_not_wait_for_one(district: District) -> None:
    body = district.body("Инициативная группа «Двор»")
    district.support(body, form="214")
    district.support(district.ngo("АНО «Свет»"), form="217")
    assert not register(district).pending


def test_what_a_body_got_before_it_registered_does_not_wait(district: District) -> None:
    body = district.body("Инициативная группа «Двор»")
    district.support(body, form="214")
    district.write(save_unit, SIGNERS)
    district.at("2026-10-05").write(returns.freeze, Quarter(2026, 3), kind="return")
    numbers = {"ogrn": district.ogrn(), "inn": district.inn(), "okopf": "71400"}
    district.write(register_body, body, {**numbers, "registered_on": date(2026, 10, 1), "name": "АНО «Двор»"})
    later = district.support(body, form="214")
    assert [entry.support for entry in register(district).pending] == [later]
    assert [waiting.id for waiting in district.read(not_entered)] == [later]


def test_an_extract_for_a_period_holds_its_days_inclusive(district: District) -> None:
    svet = district.ngo("АНО «Свет»", taken_on="2026-01-10")
    for day in ("2026-07-01", "2026-07-15", "2026-07-31", "2026-08-03"):
        district.at(day)
        district.write(enter_in_register, district.support(svet))
    found = register(district, first=date(2026, 7, 15), last=date(2026, 7, 31))
    assert [entry.row.number for entry in found.entries] == [2, 3]
    assert "записи с 15.07.2026 по 31.07.2026" in page_texts(
        files(district, first=date(2026, 7, 15), last=date(2026, 7, 31))["pdf"]
    )[0]
    with pytest.raises(AppError, match="Начало периода позже его конца"):
        register(district, first=date(2026, 8, 1), last=date(2026, 7, 1))


def test_a_termination_and_a_violation_stand_in_their_columns(district: District) -> None:
    svet = district.ngo("АНО «Свет»")
    grant = district.support(svet, "100 000")
    district.write(enter_in_register, grant)
    district.write(add_violation, grant, date(2026, 7, 1), "нецелевой расход")
    district.write(terminate, grant, decision_no="12-р", decision_on=date(2026, 7, 1))
    rows = sheets(files(district)["xlsx"])["Реестр"]
    told = [[str(value).replace("\u00a0", " ").replace("\u00ad", "") for value in row] for row in rows]
    first = next(row for row in told if row[0].startswith("№ 1"))
    second = next(row for row in told if row[0].startswith("№ 2"))
    assert first[10] == "нецелевой расход"
    assert first[8] == "100 000,00 ₽"
    assert second[1].startswith("прекращение: 01.07.2026")
    assert second[11] == "0.0"


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.links: list[str] = []
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [f"{name}={value}" for name, value in attrs if name in ("src", "href", "action", "srcset")]
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = self._in_cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1][-1] += data


def test_the_page_for_the_site_has_eleven_columns_and_fetches_nothing(district: District) -> None:
    svet = district.ngo("АНО <b>«Свет & Ко»</b>", address="г. Мурино", taken_on="2026-06-01")
    late, _waits = district.support(svet, day="2026-06-15"), district.support(svet, day="2026-06-15")
    district.write(enter_in_register, late)
    html = files(district)["html"].decode("utf-8")
    page = _Page()
    page.feed(html)
    assert page.links == []
    assert not re.search(r"url\(|@import|https?:", html)
    assert [len(row) for row in page.rows] == [11, 11]
    assert page.rows[1][2] == "АНО <b>«Свет & Ко»</b>"
    assert "позже срока" not in html  # what was late is for the administration itself
    assert "не внесено" not in html


def test_the_extract_names_every_entry_of_the_ngo_and_of_nobody_else(district: District) -> None:
    ogrn = district.ogrn()
    head = district.ngo("АНО «Свет»", ogrn=ogrn, kpp="470301001")
    branch = district.ngo("Филиал АНО «Свет»", ogrn=ogrn, kpp="470302001", is_branch=True, head_id=head)
    other = district.ngo("Союз «Лад»")
    for ngo, amount in ((head, "11 000"), (branch, "22 000"), (other, "33 000")):
        district.write(enter_in_register, district.support(ngo, amount))
    district.write(save_unit, {"head_post": "глава", "head_name": "Ермакова Л. В."})
    (page,) = page_texts(district.read(recipients.extract, ogrn))
    assert "СПРАВКА о нахождении сведений в реестре" in page
    assert "По состоянию на 1 июля 2026 г." in page
    assert "содержатся сведения об организации (2 записи)" in page
    assert "11 000,00 ₽" in page
    assert "22 000,00 ₽" in page
    assert "33 000" not in page
    assert "Ермакова Л. В." in page


def test_an_extract_is_given_also_where_the_register_knows_nothing(district: District) -> None:
    ogrn = district.ogrn()
    district.ngo("АНО «Свет»", ogrn=ogrn)
    (page,) = page_texts(district.read(recipients.extract, ogrn))
    assert "сведений об организации нет" in page


def test_an_extract_needs_a_right_ogrn_of_a_known_ngo(district: District) -> None:
    with pytest.raises(AppError, match="не принят"):
        district.read(recipients.extract, "1231600019706")
    with pytest.raises(AppError, match="в программе нет"):
        district.read(recipients.extract, "1231600019705")


def test_the_federal_layout_has_its_thirteen_columns_and_identifiers_as_text(district: District) -> None:
    svet = district.ngo("АНО «Свет»", short_name="Свет", sonko=True, okved="94.99", address="г. Мурино")
    decision = district.support(svet)
    district.write(enter_in_register, decision)
    district.write(terminate, decision, decision_no="12-р", decision_on=date(2026, 7, 1))
    name, content = district.read(recipients.federal_file)
    assert name == "Реестр СОНКО_41612000_2026-07-01.xlsx"
    (title, *_), heads, row = sheets(content)["Реестр СОНКО"]
    assert str(title).startswith("Реестр социально ориентированных некоммерческих организаций")
    assert heads == [
        "ИНН", "Наименование организации", "Наименование организации", "Адрес регистрации", "ОГРН",
        "Организационно-правовая форма", "Основной ОКВЭД", "Статус СОНКО", "Статус некоммерческой организации",
        "Критерий включения в реестр", "Наименование органа власти", "Дата принятия решения",
        "Дата включения в реестр",
    ]  # fmt: skip
    values = district.card("ngo", svet).values
    assert row[:5] == [values["inn"], "АНО «Свет»", "Свет", "г. Мурино", values["ogrn"]]
    assert row[6:10] == ["94.99", "да", "действует", "получатель поддержки: финансовая"]
    assert row[11:] == [date(2026, 7, 1), date(2026, 7, 1)]
