"""ОГРН, ИНН, КПП and ОКТМО: shape and check digits (DOMAIN §3; python-stdnum for ИНН and ОГРН)."""

from __future__ import annotations

import re

from stdnum.ru import inn as _inn
from stdnum.ru import ogrn as _ogrn

_KPP = re.compile(r"\d{4}[\dA-Z]{2}\d{3}")


def ogrn_fault(value: str, *, entrepreneur: bool = False) -> str | None:
    """Why the ОГРН (13 digits; ОГРНИП, 15, for an entrepreneur) is wrong, or None."""
    lengths = (13, 15) if entrepreneur else (13,)
    if not value.isascii() or not value.isdigit() or len(value) not in lengths:
        return f"В ОГРН {' или '.join(map(str, lengths))} цифр, указано: {len(value)}."
    if not _ogrn.is_valid(value):
        return "Контрольная цифра ОГРН не сходится: сверьте с выпиской из ЕГРЮЛ."
    return None


def inn_fault(value: str, *, entrepreneur: bool = False) -> str | None:
    """Why the ИНН (10 digits; 12 for an entrepreneur) is wrong, or None."""
    lengths = (10, 12) if entrepreneur else (10,)
    if not value.isascii() or not value.isdigit() or len(value) not in lengths:
        return f"В ИНН {' или '.join(map(str, lengths))} цифр, указано: {len(value)}."
    if not _inn.is_valid(value):
        return "Контрольная цифра ИНН не сходится: сверьте с выпиской из ЕГРЮЛ."
    return None


def kpp_fault(value: str) -> str | None:
    """Why the КПП (9 characters, no check digit) is wrong, or None."""
    return None if _KPP.fullmatch(value) else "В КПП 9 знаков: цифры, на 5-м и 6-м месте бывают буквы."


def minjust_fault(value: str) -> str | None:
    """Why the учётный номер Минюста (10 digits) is wrong, or None."""
    if value.isascii() and value.isdigit() and len(value) == 10:
        return None
    return "В учётном номере Минюста 10 цифр."


def ogrn_with_check_digit(first_twelve: str) -> str:
    """The ОГРН whose first 12 digits are given: for the demo set and the tests."""
    return first_twelve + str(int(first_twelve) % 11 % 10)


def inn_with_check_digit(first_nine: str) -> str:
    """The ИНН of a legal entity whose first 9 digits are given."""
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    return first_nine + str(sum(w * int(d) for w, d in zip(weights, first_nine, strict=True)) % 11 % 10)
