"""Files that go from one program to another: JSON in UTF-8 with `kind`, `version` and `check`.

`check` is SHA-256 over the canonical JSON of the rest: it shows a file cut or spoilt on its way and proves nothing
about its author.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.errors import AppError
from app.core.text import NBSP


@dataclass(frozen=True, slots=True)
class Shell:
    """What a file of one kind says of itself, and the refusals of those that do not.  largest: bytes."""

    kind: str
    version: int
    largest: int
    large: tuple[str, str]
    """«… слишком велик для комплекта», and whose file to choose."""
    foreign: tuple[str, str]
    newer: tuple[str, str]
    spoilt: tuple[str, str]


def check_of(told: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON, in hexadecimal.  ValueError for what JSON has no text for."""
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def read_sealed(content: bytes, shell: Shell) -> dict[str, Any]:
    """What a file tells, without its check.  AppError when it is too large, another's, newer or spoilt."""
    if len(content) > shell.largest:
        what, hint = shell.large
        raise AppError(f"{what}: больше {shell.largest // 1_000_000}{NBSP}МБ.", hint)
    try:
        told = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise AppError(*shell.foreign) from fault
    if not isinstance(told, dict) or told.get("kind") != shell.kind:
        raise AppError(*shell.foreign)
    if told.get("version") != shell.version:
        raise AppError(*shell.newer)
    check = told.pop("check", None)
    try:
        sound = check == check_of(told)
    except (ValueError, RecursionError):  # half a surrogate pair has no bytes
        sound = False
    if not sound:
        raise AppError(*shell.spoilt)
    return told


def _no_number(name: str) -> None:
    raise ValueError(name)
