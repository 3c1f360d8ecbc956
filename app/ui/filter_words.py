"""A filter as words: «статус: действует, не проверена», «дата решения: прошлый квартал», «адрес: пусто»."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.fields import Field, Kind
from app.core.periods import Quarter
from app.core.russian import amount, day, integer
from app.core.text import NBSP
from app.ui.field_text import FieldText
from app.ui.short_words import short_centre, short_name, short_place
from app.usecases.record_filters import Contains, Filled, periods
from app.usecases.registers import Span

LONGEST = 44
"""Signs of a pill; the whole stands in its tooltip."""
TitleOf = Callable[[Field, int], str]
"""How a record that a link names is called."""


def name_of(field: Field) -> str:
    """How a field is called in a sentence."""
    return field.title.removesuffix(", ₽")


def wanted_words(field: Field, wanted: Any, words: FieldText, title_of: TitleOf, today: date) -> str:
    """What a filter wants of its field, without the field's name."""
    match wanted:
        case Contains(text):
            return f"содержит «{text}»"
        case Filled(yes):
            return "заполнено" if yes else "пусто"
        case Span(first, last):
            return span_words(field, first, last, today)
        case tuple() | list():
            return ", ".join(one_word(field, value, words, title_of) for value in wanted)
    return one_word(field, wanted, words, title_of)


def one_word(field: Field, value: Any, words: FieldText, title_of: TitleOf) -> str:
    """A single value."""
    if field.kind is Kind.FLAG:
        return "да" if value else "нет"
    if field.kind in (Kind.CHOICE, Kind.CHOICES):
        return short_place(short_name(words.title(field.dictionary, str(value))))
    if field.kind in (Kind.LINK, Kind.LINKS):
        return short_centre(title_of(field, value)) if field.register == "centre" else title_of(field, value)
    return value_words(field, value)


def span_words(field: Field, first: Any, last: Any, today: date) -> str:
    """«прошлый квартал», «с 01.10.2026», «от 700 до 1 000»."""
    if field.kind is Kind.DATE:
        named = next((p.title for p in periods(today) if (p.first, p.last) == (first, last)), "")
        if named:
            return named
        quarter = Quarter.of(first) if first else None
        if quarter is not None and (quarter.first_day, quarter.last_day) == (first, last):
            return quarter.title
        if first and last and (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
            return f"{first.year}\u00a0год"
    if first == last:
        return value_words(field, first)
    if field.kind is Kind.QUARTER:
        return _quarters(first, last)
    low, high = ("с", "по") if field.kind in (Kind.DATE, Kind.YEAR) else ("от", "до")
    parts = ((low, first), (high, last))
    return " ".join(f"{word}\u00a0{value_words(field, value)}" for word, value in parts if value is not None)


def _quarters(first: Quarter | None, last: Quarter | None) -> str:
    """«2026 год», «с I квартала 2026 г. по III квартал 2026 г.»."""
    if first and last and (first.year, first.number, last.number) == (last.year, 1, 4):
        return f"{first.year}\u00a0год"
    since = "с\u00a0" + first.title.replace("квартал", "квартала") if first else ""
    return f"{since} {f'по{NBSP}{last.title}' if last else ''}".strip()


def value_words(field: Field, value: Any) -> str:
    """A day, a quarter, a sum as it stands in a sentence."""
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Quarter):
        return value.title
    if isinstance(value, Decimal):
        return amount(value)
    if isinstance(value, int) and field.kind is not Kind.YEAR:
        return integer(value)
    return str(value)


def cut(text: str, longest: int = LONGEST) -> str:
    """As much of the text as a pill shows."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
