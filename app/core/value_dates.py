"""Dates as people and spreadsheets write them; one that can be read in two ways is asked about."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from app.core.parsed import EMPTY, Parsed, faulty
from app.core.periods import Quarter
from app.core.russian import day

FIRST_YEAR, LAST_YEAR = 1900, 2100
_EXCEL_ZERO = date(1899, 12, 30)
# Serial numbers of 1927…2118: anything smaller is more likely a year or a count.
_SERIALS = range(10_000, 80_000)
_MONTHS = {
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "май": 5, "мая": 5, "июн": 6, "июл": 7, "авг": 8, "сен": 9,
    "окт": 10, "ноя": 11, "дек": 12,
}  # fmt: skip
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_COMPACT = re.compile(r"(19|20)(\d{2})(0[1-9]|1[0-2])(\d{2})")
_TIME = re.compile(r"[ tT]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$")
_WORDS = re.compile(r"[«\"]?(\d{1,2})[»\"]?\s*([а-я]{3,8})\.?,?\s*(\d{4})")
_TAIL = re.compile(r"\s*(?:года|г)?\.?$", re.IGNORECASE)
_BEFORE = re.compile(r"^(?:от|до|по|с|со|не позднее)\s+(?=[«\"]?\d)", re.IGNORECASE)
_YEAR = re.compile(r"(\d{4})(?:\.0)?\s*(?:г\.?|год|года)?", re.IGNORECASE)
_QUARTER = re.compile(r"(I{1,3}|IV|[1-4])(?:-?й)?\s*(?:квартал|кв\.?)\s*(\d{4})\s*(?:г\.?|год|года)?", re.IGNORECASE)

NOT_A_DATE = "Здесь нужна дата вида ДД.ММ.ГГГГ."
NO_SUCH_DAY = "Такого дня нет в календаре: проверьте дату."


def date_of(raw: object, *, tolerant: bool) -> Parsed:
    """A date from a date, a text or (tolerant) a serial number of a spreadsheet."""
    if isinstance(raw, datetime):
        return _within(raw.date())
    if isinstance(raw, date):
        return _within(raw)
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        return faulty(NOT_A_DATE)
    if isinstance(raw, (int, float)):
        return _serial(raw) if tolerant else faulty(NOT_A_DATE)
    text = raw.replace("\u00a0", " ").strip()
    if not text:
        return EMPTY
    bare = _BEFORE.sub("", text) if tolerant else text
    read = _text(_TIME.sub("", _TAIL.sub("", bare)).strip(), text, tolerant=tolerant)
    if read.value is not None and bare != text and not text.lower().startswith("от "):
        return Parsed(read.value, (*read.repairs, f"из «{text}» взята дата {day(read.value)}"))
    return read


def _text(text: str, shown: str, *, tolerant: bool) -> Parsed:
    if found := _DOTTED.fullmatch(text):
        return _day(int(found[3]), int(found[2]), int(found[1]), tolerant and len(found[3]) == 2)
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _SLASHED.fullmatch(text):
        return _either_way(int(found[4]), int(found[1]), int(found[3]), text)
    if (found := _WORDS.fullmatch(text.lower())) and found[2][:3] in _MONTHS:
        return _day(int(found[3]), _MONTHS[found[2][:3]], int(found[1]))
    if _YEAR.fullmatch(text):
        return faulty(f"Указан только год ({text[:4]}): нужна дата вида ДД.ММ.ГГГГ.")
    if tolerant and (found := _COMPACT.fullmatch(text)):
        read = _day(int(found[1] + found[2]), int(found[3]), int(found[4]))
        return Parsed(read.value, (f"«{shown}» прочитано как {day(read.value)}",), read.fault)
    if tolerant and re.fullmatch(r"\d{5}(?:[.,]\d+)?", text):
        return _serial(float(text.replace(",", ".")))
    return faulty(NOT_A_DATE)


def _either_way(year: int, first: int, second: int, shown: str) -> Parsed:
    """Slashes and dashes: 03/04 is 3 April or 4 March."""
    if first <= 12 and second <= 12 and first != second:
        readings = (_day(year, second, first).value, _day(year, first, second).value)
        if all(readings):
            ways = f"{day(readings[0])} или {day(readings[1])}"
            return faulty(f"Дату «{shown}» можно прочитать двояко: {ways}. Укажите её вида ДД.ММ.ГГГГ.", readings)
    if first > 12:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else _day(year, second, first)


def _day(year: int, month: int, number: int, tell_year: bool = False) -> Parsed:
    full = year if year >= 100 else year + (2000 if year < 50 else 1900)
    try:
        found = _within(date(full, month, number))
    except ValueError:
        return faulty(NO_SUCH_DAY)
    if tell_year and found.value:
        return Parsed(found.value, (f"год {year:02} прочитан как {full}",))
    return found


def _within(value: date) -> Parsed:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        return faulty(f"Год {value.year} вне пределов {FIRST_YEAR}–{LAST_YEAR}: проверьте дату.")
    return Parsed(value)


def _serial(value: float) -> Parsed:
    if value != value or abs(value) > 10**9:
        return faulty(NOT_A_DATE)
    whole = int(value)
    if whole not in _SERIALS:
        if FIRST_YEAR <= value <= LAST_YEAR and whole == value:
            return faulty(f"Указан только год ({whole}): нужна дата вида ДД.ММ.ГГГГ.")
        return faulty(NOT_A_DATE)
    found = _EXCEL_ZERO + timedelta(days=whole)
    return Parsed(found, (f"число {whole} прочитано как дата {day(found)}",))


def year_of(raw: object, *, tolerant: bool) -> Parsed:
    """A calendar year as int."""
    if isinstance(raw, date) and tolerant:
        return Parsed(raw.year, (f"из даты {day(raw)} взят год",))
    if isinstance(raw, bool):
        return faulty("Здесь нужен год из четырёх цифр.")
    text = f"{raw:.0f}" if isinstance(raw, float) and raw.is_integer() else str(raw)
    found = _YEAR.fullmatch(text.replace("\u00a0", " ").strip())
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return faulty("Здесь нужен год из четырёх цифр.")
    return Parsed(int(found[1]))


def quarter_of(raw: object) -> Parsed:
    """A quarter from its code (2026-Q3) or its title (III квартал 2026 г.)."""
    if isinstance(raw, Quarter):
        return Parsed(raw)
    text = str(raw).replace("\u00a0", " ").strip()
    try:
        return Parsed(Quarter.parse(text))
    except ValueError:
        found = _QUARTER.fullmatch(text)
    if not found:
        return faulty("Здесь нужен квартал, например III квартал 2026 г.")
    number = {"I": 1, "II": 2, "III": 3, "IV": 4}.get(found[1].upper()) or int(found[1])
    return Parsed(Quarter(int(found[2]), number))
