"""The file of the region's комплект: JSON in UTF-8, so that it can be read without any program.

`check` is SHA-256 over the canonical JSON of the rest: it shows a file cut or spoilt on its way, is the hash by
which a комплект is known, and proves nothing about its author.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.sealed_json import Shell, check_of, read_sealed
from app.core.text import NBSP
from app.returns.package import Package
from app.returns.package_reading import package_of

KIND = "НКО-47: комплект"
VERSION = 1
LARGEST = 5_000_000  # bytes
SHELL = Shell(
    KIND, VERSION, LARGEST,
    large=("Файл слишком велик для комплекта", "Выберите файл, присланный областью."),
    foreign=("Это не комплект региона.", f"Нужен файл вида «НКО-47_комплект_….json», версия{NBSP}{VERSION}."),
    newer=("Комплект записан более новой программой.", "Обновите программу и откройте файл снова."),
    spoilt=("Файл комплекта испорчен при пересылке.", "Попросите область прислать его ещё раз."),
)  # fmt: skip
_TOLD_BESIDE = ("kind", "version", "check")


def fingerprint(package: Package) -> str:
    """SHA-256 over the canonical JSON of a комплект, in hexadecimal."""
    return check_of(_told(package))


def write_package(package: Package) -> bytes:
    """The file of a комплект, the same bytes for the same one.  AppError for one that could not be read back."""
    told = _told(package)
    content = json.dumps(told | {"check": check_of(told)}, ensure_ascii=False, indent=1).encode("utf-8")
    read_package(content)
    return content


def kind_of(content: bytes) -> str:
    """What a file of the region says it is (`KIND`, or that of an answer), '' for any other.  It may be spoilt."""
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return ""
    kind = told.get("kind") if isinstance(told, dict) else None
    return kind if isinstance(kind, str) else ""


def read_package(content: bytes) -> Package:
    """The комплект in a file.  AppError when it is none, is spoilt or self-contradicting, or of a newer program."""
    told = read_sealed(content, SHELL)
    return package_of({key: value for key, value in told.items() if key not in _TOLD_BESIDE})


def _told(package: Package) -> dict[str, Any]:
    return {"kind": KIND, "version": VERSION, **_plain(package)}


def _plain(value: Any) -> Any:
    """Dataclasses as objects, days as ISO, figures as decimal strings with two places."""
    if hasattr(value, "__dataclass_fields__"):
        return {spec.name: _plain(getattr(value, spec.name)) for spec in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value
