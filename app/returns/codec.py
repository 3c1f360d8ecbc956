"""The data of a return as canonical JSON, its hash, and back.

Canonical: keys sorted, no spaces, UTF-8, figures as decimal strings, quarters as `2026-Q3`, days as
ISO.  The hash is SHA-256 over these bytes and over nothing else; the envelope stands beside them.
"""

from __future__ import annotations

import hashlib
import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
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
    """A return from its data.  AppError when it is no return or its form version is unknown."""
    try:
        ret: QuarterReturn = _read(QuarterReturn, json.loads(data))
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


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _read(kind: Any, value: Any) -> Any:
    """The value of a declared type from plain JSON; the declarations of `snapshot` are the schema."""
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        return None if value is None else _read(next(a for a in typing.get_args(kind) if a is not type(None)), value)
    if origin is tuple:
        arguments = typing.get_args(kind)
        if arguments[-1] is Ellipsis:
            return tuple(_read(arguments[0], item) for item in value)
        return tuple(_read(one, item) for one, item in zip(arguments, value, strict=True))
    if origin is not None and issubclass(origin, Mapping):
        return {key: _read(typing.get_args(kind)[1], item) for key, item in value.items()}
    if is_dataclass(kind) and isinstance(kind, type) and kind is not Quarter:
        hints = _hints(kind)
        return kind(**{name: _read(hints[name], item) for name, item in value.items()})
    if kind in _READERS:
        return _READERS[kind](value)
    if not isinstance(value, kind):
        raise TypeError(f"{kind} expected")
    return value
