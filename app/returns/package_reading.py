"""What a sound комплект is: its fields by their declared types, its entries by the rules of the tables they fill."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, NoReturn, TypeVar

from app.core.errors import AppError
from app.returns import package as p

T = TypeVar("T")

MOST_ENTRIES = 20_000  # of one part
_LONGEST = 1000  # characters of a text
_MOST = 10**9  # of a number
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FIGURE = re.compile(r"\d{1,12}\.\d{2}", re.ASCII)
_OKTMO = re.compile(r"[0-9]{8}")
_ORIGINS = ("federal", "oblast", "municipal")
_KINDS = ("district", "municipal_okrug", "urban_okrug")
_ROWS = ("111", "112", "113", "114", "115", "116")

PARTS: dict[str, tuple[type, str]] = {
    "activities": (p.Activity, "виды деятельности"),
    "legal_forms": (p.LegalForm, "правовые формы"),
    "services": (p.Service, "каталог услуг"),
    "categories": (p.Category, "категории потребностей"),
    "forms": (p.FormTerm, "версии формы"),
    "calendar": (p.SpecialDay, "рабочий календарь"),
    "territories": (p.TerritoryTerm, "территории"),
    "plans": (p.PlannedVolume, "планы центров"),
}
"""Parts of a комплект, each a list of entries of a class, with what the part is called in a sentence."""


def package_of(told: Mapping[str, Any]) -> p.Package:
    """The комплект of a parsed file; AppError with the first thing that is wrong and where."""
    found = dict(told)
    for part, (kind, title) in PARTS.items():
        entries = found.get(part)
        if not isinstance(entries, list):
            _wrong(title, "это не список")
        if len(entries) > MOST_ENTRIES:
            _wrong(title, f"строк больше {MOST_ENTRIES}")
        found[part] = tuple(_entry(kind, one, f"{title}, строка {n}") for n, one in enumerate(entries, 1))
    package = _entry(p.Package, found, "начало файла", parts=PARTS)
    _look_at_head(package)
    _look_at_entries(package)
    return package


def _entry(kind: type[T], told: Any, place: str, *, parts: Iterable[str] = ()) -> T:
    if not isinstance(told, Mapping):
        _wrong(place, "здесь не запись")
    declared = {spec.name: str(spec.type) for spec in fields(kind)}  # type: ignore[arg-type]
    unlike = sorted(set(told) ^ set(declared))
    if unlike:
        word = "незнакомое поле" if unlike[0] in told else "нет поля"
        _wrong(place, f"{word} «{unlike[0][:40]}»")
    values = {
        name: told[name] if name in parts else _value(shape, told[name], f"{place}, {name}")
        for name, shape in declared.items()
    }
    return kind(**values)


def _value(shape: str, told: Any, place: str) -> Any:
    bare = shape.removesuffix(" | None")
    if told is None and bare != shape:
        return None
    read: Callable[[Any], Any] | None = _READERS.get(bare)
    assert read is not None, shape
    try:
        return read(told)
    except (TypeError, ValueError):
        _wrong(place, f"не понято «{str(told)[:40]}»")


def _text(told: Any) -> str:
    if not isinstance(told, str) or len(told) > _LONGEST:
        raise TypeError
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Cn", "Co") for sign in told) or told != told.strip():
        raise ValueError
    return told


def _number(told: Any) -> int:
    if type(told) is not int or not 0 <= told <= _MOST:
        raise TypeError
    return told


def _flag(told: Any) -> bool:
    if type(told) is not bool:
        raise TypeError
    return told


def _date(told: Any) -> date:
    if not isinstance(told, str) or not _DAY.fullmatch(told):
        raise TypeError
    found = date.fromisoformat(told)
    if not 1900 <= found.year <= 2999:
        raise ValueError
    return found


def _figure(told: Any) -> Decimal:
    if not isinstance(told, str) or not _FIGURE.fullmatch(told):
        raise TypeError
    return Decimal(told)


def _texts(told: Any) -> tuple[str, ...]:
    if not isinstance(told, list):
        raise TypeError
    found = tuple(_text(one) for one in told)
    if len(set(found)) < len(found):
        raise ValueError
    return found


_READERS: dict[str, Callable[[Any], Any]] = {
    "str": _text, "int": _number, "bool": _flag, "date": _date, "Decimal": _figure, "tuple[str, ...]": _texts,
}  # fmt: skip


def _look_at_head(package: p.Package) -> None:
    if package.number < 1:
        _wrong("начало файла", "№ комплекта меньше 1")
    if package.previous is not None and not 1 <= package.previous < package.number:
        _wrong("начало файла", "прежний № не меньше своего")
    if package.due_day is not None and not 1 <= package.due_day <= 28:
        _wrong("сроки", "день сдачи отчёта — от 1 до 28")


def _look_at_entries(package: p.Package) -> None:
    for part, (_, title) in PARTS.items():
        seen: set[object] = set()
        for number, entry in enumerate(getattr(package, part), 1):
            place = f"{title}, строка {number}"
            key = key_of(entry)
            if key in seen:
                _wrong(place, f"«{' · '.join(map(str, key))}» повторяется")
            seen.add(key)
            fault = _fault_of(entry)
            if fault:
                _wrong(place, fault)
    _look_at_successors({territory.code: territory.successor_code for territory in package.territories})
    terms = sorted(package.forms, key=lambda term: term.valid_from)
    for one, other in pairwise(terms):
        if one.valid_from == other.valid_from:
            _wrong("версии формы", f"{one.version} и {other.version} начинаются в один день")


def _look_at_successors(after: Mapping[str, str]) -> None:
    """Each successor is named, and nobody comes after itself."""
    for code in after:
        walked, now = {code}, after[code]
        while now:
            if now not in after:
                _wrong("территории", f"преемника {now} в комплекте нет")
            if now in walked:
                _wrong("территории", f"{code}: преемники идут по кругу")
            walked.add(now)
            now = after[now]


def key_of(entry: Any) -> tuple[str, ...]:
    """By what an entry is known within its part."""
    match entry:
        case p.FormTerm():
            return (entry.version, entry.valid_from.isoformat())
        case p.SpecialDay():
            return (entry.day.isoformat(),)
        case p.PlannedVolume():
            return (entry.ogrn or entry.centre, entry.territory, entry.service, str(entry.year))
        case _:
            return (entry.code,)


def _fault_of(entry: Any) -> str:
    """Why the entry cannot be kept, or ''."""
    first, last = getattr(entry, "valid_from", None), getattr(entry, "valid_to", None)
    if first and last and last < first:
        return "последний день раньше первого"
    for name in ("code", "title", "unit", "evidence", "name", "name_genitive", "version", "centre"):
        if hasattr(entry, name) and not getattr(entry, name):
            return f"пустое поле «{name}»"
    match entry:
        case p.Activity():
            return _code(entry.code, 8) or ("" if entry.origin in _ORIGINS else f"чей это вид: «{entry.origin[:40]}»")
        case p.LegalForm():
            if not re.fullmatch("[0-9]{5}", entry.code):
                return "код ОКОПФ — 5 цифр"
            return "" if entry.row in _ROWS else f"строки отчёта «{entry.row[:40]}» нет"
        case p.Service():
            return _code(entry.code, 8)
        case p.Category():
            return _code(entry.code, 16)
        case p.TerritoryTerm():
            if not all(_OKTMO.fullmatch(code) for code in (entry.code, entry.successor_code) if code):
                return "код ОКТМО — 8 цифр"
            if entry.successor_code == entry.code:
                return "территория — преемник самой себя"
            return "" if entry.kind in _KINDS else f"вид территории «{entry.kind[:40]}»"
        case p.PlannedVolume():
            if not _OKTMO.fullmatch(entry.territory):
                return "код ОКТМО — 8 цифр"
            return "" if 1900 <= entry.year <= 2100 else f"год {entry.year}"
    return ""


def _code(code: str, most: int) -> str:
    """A code is a word: cells of a return are named by it, and a space or a dot would cut such a name."""
    fits = 1 <= len(code) <= most and not re.search(r"[\s.:/]", code)
    return "" if fits else f"код «{code[:40]}»: от 1 до {most} знаков без пробелов и точек"


def _wrong(place: str, what: str) -> NoReturn:
    raise AppError(f"В комплекте ошибка: {place}: {what}.", "Сообщите области: файл надо выпустить заново.")
