"""How a value of each kind is read and shown: one place for forms, lists, tables and exports.

`parse` in a form takes what a person types; `tolerant=True` is for lists, where what can be put
right without doubt is put right and told.  What cannot (a wrong check digit, a date that may be
read in two ways) is a fault and never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.core import russian
from app.core.fields import Kind
from app.core.identifiers import inn_fault, kpp_fault, minjust_fault, ogrn_fault
from app.core.parsed import EMPTY, Parsed, faulty
from app.core.periods import Quarter
from app.core.value_dates import date_of, quarter_of, year_of
from app.core.value_numbers import LOST_DIGITS, count, hundredths
from app.core.value_text import cleaned, is_nothing

__all__ = ["Parsed", "parse", "show"]

_TRUE = frozenset({"да", "1", "+", "true", "истина", "x", "х", "v", "✓", "✔", "есть", "yes"})
_FALSE = frozenset({"нет", "0", "-", "–", "—", "false", "ложь", "no"})
_EMAIL = re.compile(r"[^\s@;,]+@[^\s@;,]+\.[^\s@;,.]+")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MAIL_LABEL = re.compile(r"\b(?:e-?mail|эл(?:ектронная|\.)?\s*почта|почта)\s*:?", re.IGNORECASE)
_URL = re.compile(r"(?:https?://)?[^\s/@]+\.[^\s/@.]{2,}(?:[/?#:]\S*)?", re.IGNORECASE)
_LABEL = re.compile(r"^(?:огрнип|огрн|инн|кпп|уч[её]тный номер|№)\s*[:№]?\s*", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eEеЕ]\+?\d+")
_FLOAT_TAIL = re.compile(r"(?<=\d)[.,]0+$")
_GAPS = re.compile(r"[\s\u00a0]+")
_SEPARATORS = re.compile(r"[;,\n]")


def parse(kind: Kind, raw: object, *, tolerant: bool = False) -> Parsed:
    """The value of the kind that raw stands for; None without a fault when raw is empty.

    raw: what a form or a cell holds (text, number, date, None).  Empty CHOICES and LINKS are ().
    tolerant: repair as lists need, and tell each repair.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()) or (isinstance(raw, float) and raw != raw):
        return Parsed(()) if kind in (Kind.CHOICES, Kind.LINKS) else EMPTY
    if kind is not Kind.FLAG and tolerant and isinstance(raw, str) and is_nothing(raw.strip()):
        return Parsed(()) if kind in (Kind.CHOICES, Kind.LINKS) else EMPTY
    return _READERS[kind](raw, tolerant)


def show(kind: Kind, value: Any) -> str:
    """The value as tables and forms show it, in Russian; '' for None.

    Money has no sign of the currency (its heading has), CHOICE and LINK show code and id: their
    titles are known to the caller alone.  `parse(kind, show(kind, v)).value == v`.
    """
    if value is None:
        return ""
    return _WRITERS.get(kind, str)(value)


def _as_text(raw: object) -> str:
    """A cell as text: 1127800004914.0 as a number is its digits, a date is ДД.ММ.ГГГГ."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "да" if raw else "нет"
    if isinstance(raw, float):
        return f"{raw:.0f}" if raw.is_integer() and abs(raw) < 1e16 else f"{raw:.15g}".replace(".", ",")
    if isinstance(raw, (date, datetime)):
        return russian.day(raw.date() if isinstance(raw, datetime) else raw)
    return str(raw)


def _line(raw: object, tolerant: bool) -> Parsed:
    return _cleaned_text(raw, tolerant, lines=False)


def _note(raw: object, tolerant: bool) -> Parsed:
    return _cleaned_text(raw, tolerant, lines=True)


def _cleaned_text(raw: object, tolerant: bool, lines: bool) -> Parsed:
    text, repairs = cleaned(_as_text(raw), lines=lines)
    return Parsed(text or None, repairs if tolerant else ())


def _identifier(name: str, fault: Callable[[str], str | None], full: tuple[int, ...]) -> Callable[..., Parsed]:
    """A reader of numbers with a fixed count of digits.  full: lengths that may have lost a zero."""

    def read(raw: object, tolerant: bool) -> Parsed:
        whole = _as_text(raw)
        if len(whole) in full and not fault(whole):
            return Parsed(whole)
        text = _GAPS.sub("", whole)
        if not tolerant:
            wrong = fault(text)
            return faulty(wrong) if wrong else Parsed(text)
        if _SCIENTIFIC.fullmatch(text):
            return faulty(LOST_DIGITS.format(text))
        repairs = [] if text == whole else [f"{name}: убраны пробелы"]
        bare = _FLOAT_TAIL.sub("", text)
        if bare != text:
            repairs.append(f"{name}: убрано «{text[len(bare) :]}» на конце")
        text, bare = bare, _LABEL.sub("", bare).strip("'\"`’").rstrip(".,;").upper()
        if bare != text.upper():
            repairs.append(f"{name}: убраны посторонние знаки")
        if not bare:
            return faulty(fault(text) or f"{name} не указан.")
        parts = [part for part in re.split(r"[/\\|]", bare) if part]
        if len(parts) > 1:
            fitting = [part for part in parts if len(part) in full and not fault(part)]
            if len(fitting) == 1:
                return Parsed(fitting[0], (*repairs, f"{name}: взят из «{bare}»"))
        if len(bare) + 1 in full and bare.isascii() and bare.isdigit() and not fault("0" + bare):
            return Parsed("0" + bare, (*repairs, f"{name}: возвращён ведущий ноль"))
        wrong = fault(bare)
        return faulty(wrong) if wrong else Parsed(bare, tuple(repairs))

    return read


def _flag(raw: object, tolerant: bool) -> Parsed:
    text = ("да" if raw else "нет") if isinstance(raw, bool) else _as_text(raw).strip().lower()
    if text in _TRUE:
        return Parsed(True)
    return Parsed(False) if text in _FALSE else faulty("Здесь нужно «да» или «нет».")


def _code(raw: object, tolerant: bool) -> Parsed:
    text, repairs = cleaned(_as_text(raw))
    bare = _FLOAT_TAIL.sub("", text) if tolerant and re.fullmatch(r"\d+[.,]0+", text) else text
    if bare != text:
        repairs = (*repairs, f"убрано «{text[len(bare) :]}» на конце")
    return Parsed(bare or None, repairs if tolerant else ())


def _codes(raw: object, tolerant: bool) -> Parsed:
    if isinstance(raw, (tuple, list, set, frozenset)):
        return Parsed(tuple(str(code) for code in raw))
    parts = [cleaned(part)[0] for part in _SEPARATORS.split(_as_text(raw))]
    return Parsed(tuple(dict.fromkeys(part for part in parts if part)))


def _link(raw: object, tolerant: bool) -> Parsed:
    text = _as_text(raw).strip()
    return Parsed(int(text)) if re.fullmatch(r"[0-9]{1,18}", text) else faulty("Выберите запись из списка.")


def _links(raw: object, tolerant: bool) -> Parsed:
    parts = raw if isinstance(raw, (tuple, list)) else [p for p in _SEPARATORS.split(_as_text(raw)) if p.strip()]
    found = [_link(part, tolerant) for part in parts]
    wrong = next((one.fault for one in found if one.fault), None)
    return faulty(wrong) if wrong else Parsed(tuple(one.value for one in found))


def _phone(raw: object, tolerant: bool) -> Parsed:
    found = _line(raw, tolerant)
    if tolerant and "@" in (found.value or ""):  # telephone and mail in one cell
        bare = _MAIL_LABEL.sub(" ", _MAIL.sub(" ", found.value))
        found = Parsed(" ".join(bare.split()).strip(" ,;/"), (*found.repairs, f"взят из «{found.value}»"))
    if len(re.sub(r"\D", "", found.value or "")) < 5:
        return faulty("В номере телефона не меньше пяти цифр.")
    return found


def _email(raw: object, tolerant: bool) -> Parsed:
    found = _line(raw, tolerant)
    parts = [part for part in re.split(r"[;,\s]+", found.value or "") if part]
    if not parts or not all(_EMAIL.fullmatch(part) for part in parts):
        within = _MAIL.findall(found.value or "") if tolerant else []
        if within:
            return Parsed(", ".join(within), (*found.repairs, f"взята из «{found.value}»"))
        return faulty("Адрес электронной почты пишется так: name@example.ru.")
    return found


def _url(raw: object, tolerant: bool) -> Parsed:
    found = _line(raw, tolerant)
    parts = [part for part in re.split(r"[;,\s]+", found.value or "") if part]
    if not parts or not all(_URL.fullmatch(part) for part in parts):
        return faulty("Адрес сайта пишется так: example.ru или https://example.ru/page.")
    return found


_READERS: dict[Kind, Callable[[object, bool], Parsed]] = {
    Kind.TEXT: _line,
    Kind.NOTE: _note,
    Kind.DATE: lambda raw, tolerant: date_of(raw, tolerant=tolerant),
    Kind.MONEY: lambda raw, tolerant: hundredths(raw, tolerant=tolerant),
    Kind.AMOUNT: lambda raw, tolerant: hundredths(raw, tolerant=tolerant),
    Kind.COUNT: lambda raw, tolerant: count(raw, tolerant=tolerant),
    Kind.YEAR: lambda raw, tolerant: year_of(raw, tolerant=tolerant),
    Kind.QUARTER: lambda raw, tolerant: quarter_of(raw),
    Kind.FLAG: _flag,
    Kind.CHOICE: _code,
    Kind.CHOICES: _codes,
    Kind.LINK: _link,
    Kind.LINKS: _links,
    Kind.OGRN: _identifier("ОГРН", lambda text: ogrn_fault(text, entrepreneur=len(text) == 15), (13, 15)),
    Kind.INN: _identifier("ИНН", lambda text: inn_fault(text, entrepreneur=len(text) > 10), (10, 12)),
    Kind.KPP: _identifier("КПП", kpp_fault, (9,)),
    Kind.MINJUST: _identifier("Учётный номер", minjust_fault, (10,)),
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
    Kind.URL: _url,
}


def _number(value: Decimal) -> str:
    return russian.decimal(value)


def _quarter(value: Quarter) -> str:
    return value.title


_WRITERS: dict[Kind, Callable[[Any], str]] = {
    Kind.DATE: russian.day,
    Kind.MONEY: _number,
    Kind.AMOUNT: russian.amount,
    Kind.COUNT: russian.integer,
    Kind.QUARTER: _quarter,
    Kind.FLAG: lambda value: "да" if value else "нет",
    Kind.CHOICES: "; ".join,
    Kind.LINKS: lambda value: "; ".join(map(str, value)),
}
