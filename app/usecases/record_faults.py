"""What a register refuses whatever it keeps: missing, unreal and unknown values (Russian sentences by field)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.core.fields import Field, Kind, Values
from app.core.identifiers import inn_fault, kpp_fault, minjust_fault, ogrn_fault
from app.core.money import LARGEST
from app.core.periods import Quarter
from app.core.russian import day
from app.records import LINES, LineType, may_lie_ahead
from app.records.choices import FIXED
from app.usecases.record_entry import Entry
from app.usecases.standing import once
from app.usecases.tables import DICTIONARIES, MODELS
from app.usecases.titles import holds

_TYPES: dict[Kind, type | tuple[type, ...]] = {
    Kind.DATE: date,
    Kind.MONEY: Decimal,
    Kind.AMOUNT: Decimal,
    Kind.COUNT: int,
    Kind.YEAR: int,
    Kind.QUARTER: Quarter,
    Kind.FLAG: bool,
    Kind.LINK: int,
    Kind.CHOICES: tuple,
    Kind.LINKS: tuple,
}
_MOST = 1_000_000_000
_OLDEST = date(1900, 1, 1)


def faults_of(entry: Entry) -> dict[str, str]:
    """Faults of the record and of its lines, by field; a line's as `<lines>.<number>.<field>`."""
    found = dict(_faults(entry, entry.register, entry.type.typed, entry.values, entry.before))
    for line in LINES[entry.register]:
        found |= _line_faults(entry, line)
    for key, sentence in entry.type.validate(entry.whole()).items():
        found.setdefault(key, sentence)
    return found


def _line_faults(entry: Entry, line: LineType) -> dict[str, str]:
    found: dict[str, str] = {}
    seen: set[tuple[Any, ...]] = set()
    for index, one in enumerate(entry.lines[line.key]):
        before = {} if one.is_new else {f.key: getattr(one.row, f.key) for f in line.typed}
        if not one.is_new and all(before[key] == one.values.get(key) for key in before):
            faults: dict[str, str] = {}
        else:
            faults = dict(_faults(entry, line.key, line.typed, one.values, before, line.signed))
            for key, sentence in line.validate(one.values).items():
                faults.setdefault(key, sentence)
        place = tuple(one.values.get(key) for key in line.match)
        if line.match and place in seen:
            faults.setdefault(line.match[0], f"Указано дважды: {line.title_one}.")
        seen.add(place)
        found |= {f"{line.key}.{index}.{key}": sentence for key, sentence in faults.items()}
    return found


def _faults(
    entry: Entry, key: str, fields: tuple[Field, ...], values: Values, before: Values,
    signed: frozenset[str] = frozenset(),
) -> Iterator[tuple[str, str]]:  # fmt: skip
    for field in fields:
        value = values.get(field.key)
        if value in (None, "", ()) and not isinstance(value, bool | int | Decimal):
            if field.required:
                yield field.key, f"Заполните поле «{field.title}»."
            continue
        wanted = _TYPES.get(field.kind, str)
        if not isinstance(value, wanted) or (isinstance(value, bool) and field.kind is not Kind.FLAG):
            raise TypeError(f"{key}.{field.key} is {value!r}, no {field.kind}")
        sentence = _range_fault(field, value, signed)
        if sentence is None and (not before or before.get(field.key) != value):
            sentence = _fresh_fault(entry, key, field, value)
        if sentence:
            yield field.key, sentence


def _range_fault(field: Field, value: Any, signed: frozenset[str]) -> str | None:
    if field.kind in (Kind.MONEY, Kind.AMOUNT, Kind.COUNT):
        if value < 0 and field.key not in signed:
            return "Значение не может быть отрицательным."
        if abs(value) > (LARGEST if isinstance(value, Decimal) else _MOST):
            return "Слишком большое значение: проверьте, нет ли лишних цифр."
    if field.kind is Kind.YEAR and not 1900 <= value <= 2100:
        return "Год указан неверно: нужны четыре цифры, например 2026."
    if field.kind is Kind.DATE and value < _OLDEST:
        return "Слишком ранняя дата: проверьте год."
    return None


def _fresh_fault(entry: Entry, key: str, field: Field, value: Any) -> str | None:
    """What is asked of a value only when it is entered: dictionaries and days move on, records stay."""
    entrepreneur = entry.values.get("kind") == "entrepreneur"
    match field.kind:
        case Kind.DATE if value > entry.today and not may_lie_ahead(key, field.key):
            return "Дата ещё не наступила."
        case Kind.OGRN:
            return ogrn_fault(value, entrepreneur=entrepreneur)
        case Kind.INN:
            return inn_fault(value, entrepreneur=entrepreneur)
        case Kind.KPP:
            return kpp_fault(value)
        case Kind.MINJUST:
            return minjust_fault(value)
        case Kind.CHOICE:
            return _choice_fault(entry, field.dictionary, value)
        case Kind.LINK:
            return _link_fault(entry, field, value)
    return None


_DAYS = {"need": "opened_on", "service": "provided_on"}
"""The day of a record, on which what is chosen for it must hold; today where none stands."""
_BY_DAY = frozenset({"activity", "need_category", "service_code"})
"""Dictionaries bound to the day of the record.  Forms and places of an NGO are older than its record."""


def _choice_fault(entry: Entry, dictionary: str, code: str) -> str | None:
    unknown = f"Значения «{code}» нет в справочнике: выберите из списка."
    if dictionary in FIXED:
        return None if code in FIXED[dictionary] else unknown
    model = DICTIONARIES[dictionary]
    key = model.oktmo if dictionary == "settlement" else model.code
    query = select(model).where(key == code)
    row = once(entry.session, ("known", dictionary, code), lambda: entry.session.scalar(query))
    if row is None:
        return unknown
    when = entry.values.get(_DAYS.get(entry.register, "")) or entry.today
    if dictionary not in _BY_DAY or entry.register == "centre" or holds(row, when):
        return None
    return f"На {day(when)} «{row.title}» не выбирают: проверьте дату или выберите другое."


def _link_fault(entry: Entry, field: Field, id: int) -> str | None:
    linked = entry.session.get(MODELS[field.register], id)
    if linked is None:
        return "Такой записи нет: выберите из списка."
    if linked.archived_on is not None:
        return "Эта запись в архиве: верните её или выберите другую."
    return None
