"""Numbers and money as people and spreadsheets write them: «1 234,50», «650 тыс.», «1 350 000р.»."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from app.core.money import KOPECK, LARGEST
from app.core.parsed import EMPTY, Parsed, faulty
from app.core.russian import decimal, integer

_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-"})
_SPACE = re.compile(r"[\s\u00a0'’`_]+")
_IN_WORDS = re.compile(r"\([^)\d]*\)")
_KOPECKS = re.compile(r"(?<=\d)(?:рублей|рубля|рубль|руб\.?|р\.?|₽),?(\d{1,2})(?:копеек|копейки|копейка|коп\.?|к\.?)$")
_ROUBLES = re.compile(r"(?:рублей|рубля|рубль|руб|р|rub|₽)\.?$")
_MULTIPLIERS = (
    (re.compile(r"(?:тысяч[аи]?|тыс\.?|т\.?)$"), 1_000),
    (re.compile(r"(?:миллион(?:ов|а)?|млн\.?)$"), 1_000_000),
    (re.compile(r"(?:миллиард(?:ов|а)?|млрд\.?)$"), 1_000_000_000),
)
_MEASURES = re.compile(r"(?:часов|часа|час|ч|кв\.?м|м²|м2|чел|человек|шт|ед)\.?$")
_SCIENTIFIC = re.compile(r"-?\d+(?:[.,]\d+)?[eEеЕ]\+?\d+")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+")
_MIXED = (re.compile(r"(\d{1,3}(?:,\d{3})+)\.(\d+)"), re.compile(r"(\d{1,3}(?:\.\d{3})+),(\d+)"))
_PLAIN = re.compile(r"(\d+)(?:[.,](\d+))?|[.,](\d+)")
_WRONG_SIGN = re.compile(r"[═=]+$")

NOT_A_NUMBER = "Здесь нужно число, например 1 234,50."
TOO_FINE = "Больше двух знаков после запятой: уточните сумму до копеек."
TOO_LARGE = "Число слишком велико: проверьте, нет ли лишних знаков."
LOST_DIGITS = "Число записано в виде {}: цифры потеряны, возьмите его из исходного списка."


def number(raw: object, *, tolerant: bool) -> Parsed:
    """A Decimal of any scale from a number or a text; tolerant also reads «тыс.», «руб.» and stray signs."""
    if isinstance(raw, bool):
        return faulty(NOT_A_NUMBER)
    if isinstance(raw, int):
        return Parsed(Decimal(raw))
    if isinstance(raw, Decimal):
        return Parsed(raw) if raw.is_finite() else faulty(NOT_A_NUMBER)
    if isinstance(raw, float):
        # A spreadsheet shows 15 digits; what a double holds behind them is noise.
        value = Decimal(f"{raw:.15g}")
        return Parsed(value) if value.is_finite() else faulty(NOT_A_NUMBER)
    if not isinstance(raw, str):
        return faulty(NOT_A_NUMBER)
    text = raw.translate(_SIGNS).strip()
    if not text:
        return EMPTY
    return _tolerant(text) if tolerant else _strict(text)


def _strict(text: str) -> Parsed:
    bare = _ROUBLES.sub("", _SPACE.sub("", text))
    value = _digits(bare)
    return faulty(NOT_A_NUMBER) if value is None else Parsed(value)


def _tolerant(text: str) -> Parsed:
    repairs = []
    bare = _WRONG_SIGN.sub("", _SPACE.sub("", _IN_WORDS.sub("", text)).lower())
    if _WRONG_SIGN.search(text):
        repairs.append("убран посторонний знак на конце")
    if _SCIENTIFIC.fullmatch(bare):
        return faulty(LOST_DIGITS.format(text))
    kopecks = _KOPECKS.search(bare)
    tail = ""
    if kopecks:
        tail, bare = f",{int(kopecks[1]):02}", bare[: kopecks.start()]
    else:
        bare = _ROUBLES.sub("", bare) or bare
    times = 1
    for pattern, factor in _MULTIPLIERS:
        shorter = pattern.sub("", bare)
        if shorter != bare and shorter:
            bare, times = shorter, factor
            break
    bare = _MEASURES.sub("", bare)
    negative = bare.startswith("(") and bare.endswith(")")
    if negative:
        bare = bare[1:-1]
    value = _digits(bare.removesuffix(".").removesuffix(",") + tail)
    if value is None:
        return faulty(NOT_A_NUMBER)
    value = -value * times if negative else value * times
    if times != 1:
        repairs.append(f"«{text}» прочитано как {_shown(value)}")
    elif bare + tail != _SPACE.sub("", text).lower() and not repairs:
        repairs.append(f"из «{text}» взято число {_shown(value)}")
    return Parsed(value, tuple(repairs))


def _digits(text: str) -> Decimal | None:
    """A Decimal from digits with a decimal comma or point, with or without groups of three."""
    sign, body = (-1, text[1:]) if text.startswith("-") else (1, text.removeprefix("+"))
    if _GROUPED.fullmatch(body):
        body = body.replace(",", "").replace(".", "")
    for pattern in _MIXED:
        found = pattern.fullmatch(body)
        if found:
            body = found[1].replace(",", "").replace(".", "") + "." + found[2]
            break
    # A thousand and one digits are no number, and Decimal would take its time over them.
    if len(body) > 40 or not body.isascii() or not _PLAIN.fullmatch(body):
        return None
    try:
        return sign * Decimal(body.replace(",", "."))
    except InvalidOperation:
        return None


def _shown(value: Decimal) -> str:
    return integer(int(value)) if value == value.to_integral_value() else decimal(value)


def hundredths(raw: object, *, tolerant: bool) -> Parsed:
    """Money or a measured amount: a Decimal with exactly two places; finer ones are faults."""
    found = number(raw, tolerant=tolerant)
    if found.value is None:
        return found
    if abs(found.value) > LARGEST:
        return faulty(TOO_LARGE)
    exact = found.value.quantize(KOPECK)
    if exact != found.value:
        return faulty(TOO_FINE)
    return Parsed(exact + 0 if exact else abs(exact), found.repairs)


def count(raw: object, *, tolerant: bool) -> Parsed:
    """A whole number, not negative, as int."""
    found = number(raw, tolerant=tolerant)
    if found.value is None:
        return found
    if found.value != found.value.to_integral_value():
        return faulty("Здесь нужно целое число.")
    if found.value < 0:
        return faulty("Число не может быть отрицательным.")
    if found.value > 10**12:
        return faulty(TOO_LARGE)
    return Parsed(int(found.value), found.repairs)
