"""Official Russian on screens and papers: numbers, dates, plurals (Babel holds the rules)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from app.core.text import NBSP

if TYPE_CHECKING:
    from babel import Locale


@cache
def _russian() -> Locale:
    """Babel is imported by the first word that needs it: the first window has none."""
    from babel import Locale

    return Locale("ru")


def plural(n: int, one: str, few: str, many: str) -> str:
    """«21 отчёт», «2 отчёта», «5 отчётов»: the number with its noun, non-breaking."""
    return f"{integer(n)}{NBSP}{plural_word(n, one, few, many)}"


def plural_word(n: int, one: str, few: str, many: str) -> str:
    """The form of the noun for n, without the number."""
    return {"one": one, "few": few}.get(_russian().plural_form(abs(n)), many)


def in_sentence(title: str) -> str:
    """«Мера поддержки» -> «мера поддержки», but «НКО» stays."""
    return title if title.split()[0].isupper() else f"{title[0].lower()}{title[1:]}"


def integer(n: int) -> str:
    """1 234 567 with U+00A0 between groups; a minus is «−»."""
    return f"{n:,}".replace(",", NBSP).replace("-", "−")


def decimal(value: Decimal, places: int = 2) -> str:
    """1 234,50; a minus is «−»."""
    return f"{value:,.{places}f}".replace(",", NBSP).replace(".", ",").replace("-", "−")


def amount(value: Decimal) -> str:
    """A measured amount without idle zeros: 12, 12,5, 12,25."""
    text = decimal(value)
    return text.rstrip("0").rstrip(",") if "," in text else text


def roubles(value: Decimal, places: int = 2) -> str:
    """1 234,50 ₽ (U+00A0 before the sign)."""
    return f"{decimal(value, places)}{NBSP}₽"


def percents(value: Decimal) -> str:
    """62,5 %."""
    return f"{decimal(value, 1)}{NBSP}%"


def day(value: date | None) -> str:
    """ДД.ММ.ГГГГ, or an empty string."""
    return value.strftime("%d.%m.%Y") if value else ""


def day_in_words(value: date) -> str:
    """6 октября 2026 г."""
    words = _date(value, "d MMMM y").replace(" ", NBSP)
    return f"{words}{NBSP}г."


def month_title(year: int, number: int) -> str:
    """«Октябрь 2026 г.»."""
    words = _date(date(year, number, 1), "LLLL y")
    return f"{words[0].upper()}{words[1:]}{NBSP}г.".replace(f" {year}", f"{NBSP}{year}")


def weekday(value: date) -> str:
    """«вторник»."""
    return _date(value, "EEEE")


def ended(text: str) -> str:
    """The text with one full stop at its end: «Ермакова Л. В.» has it already."""
    return text if text.endswith(".") else f"{text}."


def okei_unit(code: str) -> str:
    """The short name of a unit by its ОКЕИ code, as the return prints it."""
    return {"642": "ед.", "792": "чел.", "383": "₽", "356": "ч", "055": "м²"}.get(code, "")


def _date(value: date, pattern: str) -> str:
    from babel.dates import format_date

    return format_date(value, pattern, locale=_russian())
