"""What people type and lists bring is read as meant, told when repaired, and never guessed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.fields import Kind
from app.core.identifiers import inn_with_check_digit, ogrn_with_check_digit
from app.core.money import LARGEST
from app.core.periods import Quarter
from app.core.values import parse, show

LISTED: list[tuple[Kind, object, Any]] = [
    (Kind.OGRN, "1037739010891", "1037739010891"),
    (Kind.OGRN, 1037739010891.0, "1037739010891"),
    (Kind.INN, 7707083893, "7707083893"),
    (Kind.INN, "7707083893/470501001", "7707083893"),
    (Kind.KPP, "7707083893 / 470501001", "470501001"),
    (Kind.MONEY, "1 234,50", Decimal("1234.50")),
    (Kind.MONEY, 157100.0, Decimal("157100.00")),
    (Kind.MONEY, 0.1 + 0.2, Decimal("0.30")),
    (Kind.MONEY, "1,234,567.50", Decimal("1234567.50")),
    (Kind.MONEY, "1.234.567", Decimal("1234567.00")),
    (Kind.MONEY, "-5", Decimal("-5.00")),
    (Kind.AMOUNT, "12,5", Decimal("12.50")),
    (Kind.COUNT, "1 200", 1200),
    (Kind.COUNT, 7.0, 7),
    (Kind.DATE, "12.03.2026", date(2026, 3, 12)),
    (Kind.DATE, "2.3.2026", date(2026, 3, 2)),
    (Kind.DATE, "2026-03-12", date(2026, 3, 12)),
    (Kind.DATE, "2020-08-18 05:55:03", date(2020, 8, 18)),
    (Kind.DATE, "12 марта 2024 г.", date(2024, 3, 12)),
    (Kind.DATE, "«12» марта 2024 года", date(2024, 3, 12)),
    (Kind.DATE, "13/04/2024", date(2024, 4, 13)),
    (Kind.DATE, "04/13/2024", date(2024, 4, 13)),
    (Kind.DATE, "04/04/2024", date(2024, 4, 4)),
    (Kind.DATE, datetime(2024, 3, 12, 10, 5), date(2024, 3, 12)),
    (Kind.YEAR, 2009.0, 2009),
    (Kind.YEAR, "2009 г.", 2009),
    (Kind.QUARTER, "III кв. 2026 г.", Quarter(2026, 3)),
    (Kind.FLAG, "Да", True),
    (Kind.FLAG, "-", False),
    (Kind.CHOICES, "К1; К2, К1", ("К1", "К2")),
    (Kind.TEXT, 1234.0, "1234"),
    (Kind.TEXT, "НКО", "НКО"),
    (Kind.NOTE, "строка\r\nвторая ", "строка\nвторая"),
    (Kind.URL, "avers-tosno.ru", "avers-tosno.ru"),
    (Kind.URL, "https://свет.рф/о-нас", "https://свет.рф/о-нас"),
    (Kind.EMAIL, "a@b.ru; c@d.ru", "a@b.ru; c@d.ru"),
    (Kind.PHONE, 88130000000.0, "88130000000"),
]


@pytest.mark.parametrize(("kind", "raw", "value"), LISTED)
def test_a_list_is_read_as_it_stands(kind: Kind, raw: object, value: Any) -> None:
    assert parse(kind, raw, tolerant=True).value == value
    assert parse(kind, raw, tolerant=True).fault is None


REPAIRED: list[tuple[Kind, object, Any, str]] = [
    (Kind.OGRN, "1127800004914.0", "1127800004914", "убрано «.0»"),
    (Kind.OGRN, "1 127 800\u00a0004 914", "1127800004914", "пробелы"),
    (Kind.INN, "7707083893.", "7707083893", "посторонние знаки"),
    (Kind.INN, "ИНН: 7707083893", "7707083893", "посторонние знаки"),
    (Kind.INN, inn_with_check_digit("047000123")[1:], inn_with_check_digit("047000123"), "ведущий ноль"),
    (Kind.INN, int(inn_with_check_digit("047000123")), inn_with_check_digit("047000123"), "ведущий ноль"),
    (Kind.KPP, "47160100", "047160100", "ведущий ноль"),
    (Kind.KPP, 47160100.0, "047160100", "ведущий ноль"),
    (Kind.CHOICE, "75500.0", "75500", "убрано «.0»"),
    (Kind.MONEY, "2   000 000,0═", Decimal("2000000.00"), "посторонний знак"),
    (Kind.MONEY, "650 тыс.", Decimal("650000.00"), "650\u00a0000"),
    (Kind.MONEY, "300 тыс. руб.", Decimal("300000.00"), "300\u00a0000"),
    (Kind.MONEY, "1 350 000р.", Decimal("1350000.00"), "1\u00a0350\u00a0000"),
    (Kind.MONEY, "1,2 млн", Decimal("1200000.00"), "1\u00a0200\u00a0000"),
    (Kind.MONEY, "250 000 (двести пятьдесят тысяч) рублей 50 копеек", Decimal("250000.50"), "250\u00a0000,50"),
    (Kind.DATE, 45363.0, date(2024, 3, 12), "12.03.2024"),
    (Kind.DATE, "45363", date(2024, 3, 12), "12.03.2024"),
    (Kind.DATE, "12.03.24", date(2024, 3, 12), "2024"),
    (Kind.DATE, "20240312", date(2024, 3, 12), "12.03.2024"),
    (Kind.TEXT, "АНО ╚Свет╩", "АНО «Свет»", "кавычками"),
    (Kind.TEXT, "\u00a0АНО   «Свет»", "АНО «Свет»", "пробелы"),
]


@pytest.mark.parametrize(("kind", "raw", "value", "words"), REPAIRED)
def test_a_repair_is_made_in_lists_and_told(kind: Kind, raw: object, value: Any, words: str) -> None:
    read = parse(kind, raw, tolerant=True)
    assert read.value == value
    assert read.fault is None
    assert words in "; ".join(read.repairs)


@pytest.mark.parametrize(
    ("written", "read"),
    [("cp1251", "latin-1"), ("cp1251", "cp1252"), ("utf-8", "cp1251"), ("utf-8", "latin-1"), ("koi8-r", "cp1251")],
)
def test_text_read_in_a_wrong_encoding_is_read_again(written: str, read: str) -> None:
    meant = "общественная организация ветеранов войны и труда"
    spoilt = meant.encode(written).decode(read, errors="replace" if read == "cp1252" else "strict")
    if written == "koi8-r":
        meant = "Общественная организация ветеранов Войны и труда"
        spoilt = meant.encode(written).decode(read)
    found = parse(Kind.TEXT, spoilt, tolerant=True)
    assert found.value == meant
    assert "в верной кодировке" in found.repairs[0]


@pytest.mark.parametrize(
    "text",
    [
        "ООО «Müller»", "Café «Noël»", "МБОУ ДОД «ДЮСШ»", "Фонд «Ўзбек»", "ЪУЪ", "Ёж", "НП «ЭкоДом»", "ФК «Спартак-2»",
        "Центр «ВитаМед» (г. Сосновый Бор)", "iРегион", "еКАТЕРИНБУРГ", "№ 5–7 §", "Qırım", "Україна", "ʼ",
    ],
)  # fmt: skip
def test_what_only_looks_odd_is_left_alone(text: str) -> None:
    assert parse(Kind.TEXT, text, tolerant=True).value == text


FAULTY: list[tuple[Kind, object, str]] = [
    (Kind.INN, "1655494611", "Контрольная цифра ИНН"),
    (Kind.INN, "7325040378", "Контрольная цифра ИНН"),
    (Kind.OGRN, "1231600019706", "Контрольная цифра ОГРН"),
    (Kind.OGRN, "1,1278E+12", "цифры потеряны"),
    (Kind.INN, "165549461", "10"),
    (Kind.KPP, "12", "9 знаков"),
    (Kind.MONEY, "1 000,555", "Больше двух знаков"),
    (Kind.MONEY, "1,234", "Больше двух знаков"),
    (Kind.MONEY, "уточняется", "нужно число"),
    (Kind.MONEY, "10 000 и 20 000", "нужно число"),
    (Kind.MONEY, "9" * 5000, "нужно число"),
    (Kind.MONEY, 1e300, "слишком велико"),
    (Kind.MONEY, True, "нужно число"),
    (Kind.COUNT, "-1", "отрицательным"),
    (Kind.COUNT, "1,5", "целое"),
    (Kind.DATE, "31.02.2024", "Такого дня нет"),
    (Kind.DATE, "2009", "только год"),
    (Kind.DATE, 2009.0, "только год"),
    (Kind.DATE, "март 2024", "нужна дата"),
    (Kind.DATE, "12.03.1024", "вне пределов"),
    (Kind.YEAR, "24", "год из четырёх цифр"),
    (Kind.QUARTER, "V кв. 2026", "нужен квартал"),
    (Kind.FLAG, "может быть", "«да» или «нет»"),
    (Kind.PHONE, "звонить", "пяти цифр"),
    (Kind.EMAIL, "почта", "name@example.ru"),
    (Kind.URL, "нет сайта", "example.ru"),
    (Kind.LINK, "АНО «Свет»", "из списка"),
]


@pytest.mark.parametrize("tolerant", [True, False])
@pytest.mark.parametrize(("kind", "raw", "words"), FAULTY)
def test_what_cannot_be_repaired_is_a_fault(kind: Kind, raw: object, words: str, tolerant: bool) -> None:
    read = parse(kind, raw, tolerant=tolerant)
    assert read.value is None
    assert words in (read.fault or "") or not tolerant
    assert read.fault


@pytest.mark.parametrize("tolerant", [True, False])
def test_an_ambiguous_date_is_asked(tolerant: bool) -> None:
    read = parse(Kind.DATE, "03/04/2024", tolerant=tolerant)
    assert read.value is None
    assert read.readings == (date(2024, 4, 3), date(2024, 3, 4))
    assert "03.04.2024 или 04.03.2024" in (read.fault or "")


@pytest.mark.parametrize("raw", [None, "", "  ", "\u00a0", float("nan")])
@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_is_no_value_and_no_fault(kind: Kind, raw: object) -> None:
    read = parse(kind, raw, tolerant=True)
    assert not read.value
    assert read.fault is None


@pytest.mark.parametrize("raw", ["-", "—", "нет", "не установлен", "н/д"])
@pytest.mark.parametrize("kind", [Kind.OGRN, Kind.MONEY, Kind.DATE, Kind.TEXT])
def test_lists_say_nothing_in_words(kind: Kind, raw: str) -> None:
    read = parse(kind, raw, tolerant=True)
    assert (read.value, read.fault) == (None, None)


def test_a_form_takes_what_people_type_but_guesses_nothing() -> None:
    assert parse(Kind.MONEY, "1 234,50").value == Decimal("1234.50")
    assert parse(Kind.MONEY, "1\u00a0234,5 ₽").value == Decimal("1234.50")
    assert parse(Kind.DATE, "12.3.2026").value == date(2026, 3, 12)
    assert parse(Kind.OGRN, "1037 7390 10891").value == "1037739010891"
    assert parse(Kind.MONEY, "650 тыс.").fault
    assert parse(Kind.DATE, "45363").fault
    assert parse(Kind.INN, inn_with_check_digit("047000123")[1:]).fault


def _words(**limits: Any) -> st.SearchStrategy[str]:
    return st.text("абвгдежзАБВ «»—№0123456789.", min_size=1, **limits).map(lambda s: " ".join(s.split())).filter(bool)


VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: _words(),
    Kind.NOTE: st.lists(_words(), min_size=1).map("\n".join),
    Kind.DATE: st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    Kind.MONEY: st.decimals(-LARGEST, LARGEST, places=2),
    Kind.AMOUNT: st.decimals(0, LARGEST, places=2),
    Kind.COUNT: st.integers(0, 10**12),
    Kind.YEAR: st.integers(1900, 2100),
    Kind.QUARTER: st.builds(Quarter, st.integers(2000, 2100), st.integers(1, 4)),
    Kind.FLAG: st.booleans(),
    Kind.CHOICE: st.from_regex(r"[а-яА-Яa-z0-9]{1,8}", fullmatch=True),
    Kind.CHOICES: st.lists(st.from_regex(r"[КСО][0-9]", fullmatch=True), unique=True).map(tuple),
    Kind.LINK: st.integers(1, 10**9),
    Kind.LINKS: st.lists(st.integers(1, 10**9)).map(tuple),
    Kind.OGRN: st.integers(10**11, 10**12 - 1).map(lambda n: ogrn_with_check_digit(str(n))),
    Kind.INN: st.integers(0, 10**9 - 1).map(lambda n: inn_with_check_digit(f"{n:09}")),
    Kind.KPP: st.from_regex(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}", fullmatch=True),
    Kind.MINJUST: st.from_regex(r"[0-9]{10}", fullmatch=True),
    Kind.PHONE: st.from_regex(r"8 \(81[0-9]{3}\) [0-9]{5}", fullmatch=True),
    Kind.EMAIL: st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.ru", fullmatch=True),
    Kind.URL: st.from_regex(r"(https://)?[a-z]{1,8}\.ru(/[a-z]{0,5})?", fullmatch=True),
}


def test_every_kind_is_tried() -> None:
    assert set(VALUES) == set(Kind)


@pytest.mark.parametrize("kind", list(Kind))
@given(data=st.data())
def test_what_is_shown_is_read_again_the_same(kind: Kind, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    for tolerant in (False, True):
        if tolerant and isinstance(value, str) and kind in (Kind.TEXT, Kind.NOTE, Kind.CHOICE):
            continue  # «—» alone is nothing in a list
        read = parse(kind, show(kind, value), tolerant=tolerant)
        assert read.fault is None
        assert read.value == value


@given(st.text(), st.sampled_from(list(Kind)), st.booleans())
def test_no_text_brings_it_down(text: str, kind: Kind, tolerant: bool) -> None:
    read = parse(kind, text, tolerant=tolerant)
    assert not read.fault or read.fault.endswith(".")


CELLS = st.one_of(st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes(), st.times())


@given(CELLS, st.sampled_from(list(Kind)))
def test_no_cell_brings_it_down(cell: object, kind: Kind) -> None:
    parse(kind, cell, tolerant=True)
