"""The data of a return as canonical JSON, its hash, and back.

Canonical: keys sorted, no spaces, UTF-8, figures as decimal strings, quarters as `2026-Q3`, days as
ISO.  The hash is SHA-256 over these bytes and over nothing else; the envelope stands beside them.
"""

from __future__ import annotations

import hashlib
import json
import types
import typing
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache, partial
from typing import Any

from app.core.errors import AppError, Deed
from app.core.periods import Quarter
from app.core.text import natural
from app.returns.form import FORMS
from app.returns.snapshot import Envelope, QuarterReturn


def canonical(ret: QuarterReturn) -> str:
    """The data of a return, the same text for the same figures."""
    return json.dumps(_plain(ret), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(data: str) -> str:
    """SHA-256 of the data, 64 hexadecimal digits."""
    return hashlib.sha256(data.encode("utf-8")).hexdigest()


@lru_cache(maxsize=64)
def read_return(data: str) -> QuarterReturn:
    """A return from its data, kept for the next who asks.  AppError as of `parsed_return`."""
    return parsed_return(data)


def parsed_return(data: str, without: Collection[str] = ()) -> QuarterReturn:
    """A return from its data.  AppError when it is no return or its form version is unknown.

    without: parts that nobody will look at, left empty: of thousands of returns a few parts are read in half the time.
    """
    try:
        plain = json.loads(data)
        plain |= {part: type(plain[part])() for part in without}
        ret: QuarterReturn = _read(QuarterReturn, plain)
    except (ValueError, TypeError, KeyError, AttributeError, InvalidOperation) as fault:
        raise AppError(
            "Данные отчёта не читаются: они повреждены или составлены не этой программой.",
            "Возьмите файл отчёта ещё раз у отправителя или восстановите базу из копии.", Deed.COPIES,
        ) from fault
    form = FORMS.get(ret.head.form_version)
    if form is None:
        raise AppError(
            f"Версия формы {ret.head.form_version} этой программе неизвестна.", "Обновите программу и повторите."
        )
    order = [spec.measure for spec in form.rows if spec.measure in ret.rows]
    return replace(
        ret,
        rows={code: ret.rows[code] for code in order},
        activities={code: ret.activities[code] for code in sorted(ret.activities, key=natural)},
        activity_titles={code: ret.activity_titles[code] for code in sorted(ret.activity_titles, key=natural)},
    )


def write_envelope(envelope: Envelope) -> str:
    """The envelope as JSON."""
    return json.dumps(_plain(envelope), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_envelope(text: str) -> Envelope:
    """The envelope from its JSON."""
    found: Envelope = _read(Envelope, json.loads(text))
    return found


def anchor_of(envelope: str) -> str:
    """The head of the journal at freezing, '' when the JSON of the envelope does not say."""
    try:
        return str(json.loads(envelope).get("journal_head", ""))
    except (ValueError, AttributeError):
        return ""


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return format(value, "f")
        case Quarter():
            return str(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case tuple() | list():
            return [_plain(item) for item in value]
        case _ if is_dataclass(value):
            return {spec.name: _plain(getattr(value, spec.name)) for spec in fields(value)}
    raise TypeError(type(value))


_READERS: dict[Any, Callable[[str], Any]] = {
    Decimal: Decimal,
    Quarter: Quarter.parse,
    date: date.fromisoformat,
}


def _read(kind: Any, value: Any) -> Any:
    """The value of a declared type from plain JSON; the declarations of `snapshot` are the schema."""
    return _reader(kind)(value)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """What reads values of a declared type, made once: a return holds tens of thousands of them."""
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        held = _reader(next(a for a in typing.get_args(kind) if a is not type(None)))
        return lambda value: None if value is None else held(value)
    if origin is tuple:
        arguments = typing.get_args(kind)
        if arguments[-1] is Ellipsis:
            each = _reader(arguments[0])
            return lambda value: tuple(map(each, value))
        members = tuple(map(_reader, arguments))
        return lambda value: tuple(read(item) for read, item in zip(members, value, strict=True))
    if origin is not None and issubclass(origin, Mapping):
        item_of = _reader(typing.get_args(kind)[1])
        return lambda value: {key: item_of(item) for key, item in value.items()}
    if is_dataclass(kind) and isinstance(kind, type) and kind is not Quarter:
        readers = {name: _reader(hint) for name, hint in typing.get_type_hints(kind).items()}
        return lambda value: kind(**{name: readers[name](item) for name, item in value.items()})
    if kind in _READERS:
        return _READERS[kind]
    return partial(_plainly, kind)


def _plainly(kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{kind} expected")
    return value
