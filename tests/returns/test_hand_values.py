"""One cell of a hand-filled form: read when there is no doubt, else told; and keys of those it names."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.returns.hand_form import EntryKind as K
from app.returns.hand_input import FilledCell
from app.returns.hand_keys import Keys
from app.returns.hand_values import read_cell
from app.returns.snapshot import Entity

CODES = {"К4": "К4", "О1": "О1"}


@pytest.mark.parametrize(
    ("kind", "value", "wanted"),
    [
        (K.WHOLE, 12.0, Decimal(12)),
        (K.WHOLE, " 1 234 ", Decimal(1234)),
        (K.AMOUNT, 0.1 + 0.2, Decimal("0.30")),
        (K.AMOUNT, "1 234,5", Decimal("1234.50")),
        (K.SIGNED, "−5,25", Decimal("-5.25")),
        (K.DAYS, 12.5, Decimal("12.5")),
        (K.DAY, "06.10.2026", date(2026, 10, 6)),
        (K.DAY, date(2026, 10, 6), date(2026, 10, 6)),
        (K.CHOICE, "k4", "К4"),
        (K.CHOICE, "К4", "К4"),
        (K.OGRN, 1037739010891.0, "1037739010891"),
        (K.INN, "7707 083 893", "7707083893"),
        (K.NUMBER, "1655494610", "1655494610"),
        (K.YES_NO, "Да", True),
        (K.WHOLE, "", None),
        (K.TEXT, "  два  слова ", "два слова"),
    ],
)  # fmt: skip
def test_what_is_read(kind: K, value: Any, wanted: Any) -> None:
    found = read_cell(FilledCell(value), kind, CODES)
    assert (found.fault, found.value) == (None, wanted)


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (K.WHOLE, "двенадцать", "Здесь нужно число, а стоит «двенадцать»."),
        (K.WHOLE, 2.5, "Здесь считают целыми, а стоит 2,5."),
        (K.WHOLE, -1, "Здесь не бывает отрицательных чисел, а стоит −1."),
        (K.AMOUNT, 1.005, "После запятой не больше двух знаков, а стоит 1,005."),
        (K.DAYS, 1.25, "После запятой не больше одного знака, а стоит 1,25."),
        (K.FLAG, 3, "Здесь ставят 1 (да) или 0 (нет), а стоит 3."),
        (K.DAY, "осенью", "Здесь нужна дата вида ДД.ММ.ГГГГ, а стоит «осенью»."),
        (K.CHOICE, "Ж9", "«Ж9» нет в списке этой ячейки: выберите из раскрывающегося списка."),
        (K.NUMBER, "12345", "В ОГРН 13 цифр, в ИНН 10 или 12, а стоит «12345»."),
        (K.YES_NO, "наверное", "Здесь пишут «да» или «нет», а стоит «наверное»."),
        (K.AMOUNT, float("inf"), "Здесь нужно число, а стоит «inf»."),
    ],
)
def test_what_is_told(kind: K, value: Any, said: str) -> None:
    found = read_cell(FilledCell(value), kind, CODES)
    assert (found.value, found.fault) == (None, said)


def test_check_digits_are_told_with_the_number() -> None:
    fault = read_cell(FilledCell("1231600019706"), K.OGRN).fault
    assert fault is not None
    assert fault.startswith("1231600019706: контрольная цифра ОГРН не сходится")


def test_a_formula_that_keeps_no_value_is_told() -> None:
    fault = read_cell(FilledCell("", formula=True), K.WHOLE).fault
    assert fault is not None
    assert fault.startswith("Вписана формула, значения её в файле нет")
    assert read_cell(FilledCell(7.0, formula=True), K.WHOLE).value == 7


# --- keys -------------------------------------------------------------------------------------


def test_the_same_number_or_name_is_the_same_key_in_every_quarter() -> None:
    first, second = Keys(), Keys()
    assert first.of("ngo", "1037739010891", "АНО «Свет»") == second.of("ngo", "1037739010891", "Свет, АНО")
    assert first.of("ngo", None, "ТОС «Двор»") == second.of("ngo", None, "тос Двор")
    assert first.of("centre", "1037739010891", "АНО «Свет»") != first.of("ngo", "1037739010891", "АНО «Свет»")


def test_a_name_without_a_number_means_the_one_that_has_it() -> None:
    keys = Keys()
    key = keys.of("ngo", "1037739010891", "АНО «Свет»")
    assert keys.recipient("АНО «Свет»") == key
    assert keys.recipient("Свет (ОГРН 1037739010891)") == key
    assert keys.of("ngo", "1231600019705", "АНО «Свет»") != key
    assert keys.recipient("граждане") == ""


def test_whoever_is_known_keeps_his_key() -> None:
    known = Entity("0a", "ngo", "1037739010891", "АНО «Свет»")
    keys = Keys([known])
    assert keys.of("ngo", "1037739010891", "что угодно") == "0a"
    assert keys.recipient("свет") == "0a"
    assert keys.entities["0a"].number == "1037739010891"
