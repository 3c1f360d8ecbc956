"""SHA256SUMS: what `sha256sum` writes, read without trusting it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from app.core.errors import AppError, reason_of

LARGEST = 4 * 2**20
"""Bytes of a list: twenty thousand files have two million."""
PIECE = 2**20
AGAIN = "Скопируйте пакет ещё раз оттуда, где его взяли. Ничего не изменено."
_ROW = re.compile(r"([0-9a-f]{64}) [ *](.+)")


def readable(name: str) -> str:
    """A name out of a foreign file as a sentence can bear it."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in name)
    return plain if len(plain) <= 120 else f"{plain[:60]}…{plain[-50:]}"


def safe_name(name: str) -> bool:
    """Whether it leads to a place below the folder it is told for, and nowhere else."""
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts and not set(name) & set("\\\0\n\r") \
        and str(path) == name  # fmt: skip


def hashes_of(content: bytes) -> Mapping[str, str]:
    """Name -> SHA-256 in hex.  AppError for a list that is damaged, empty, or leads out of its folder."""
    found: dict[str, str] = {}
    try:
        rows = content.decode("utf-8").split("\n") if len(content) <= LARGEST else []
    except UnicodeDecodeError:
        rows = []
    for text in filter(None, rows):
        row = _ROW.fullmatch(text)
        if row is None or not safe_name(row[2]) or row[2] in found:
            raise AppError(f"Список контрольных сумм испорчен: строка «{readable(text)}».", AGAIN)
        found[row[2]] = row[1]
    if not found:
        raise AppError("Список контрольных сумм испорчен: в нём ничего не прочитано.", AGAIN)
    return found


def read_small(path: Path) -> bytes | None:
    """The file whole, or None if there is none.  AppError if it cannot be read or is no list by its size."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as fault:
        raise AppError(f"Файл «{path.name}» не читается: {reason_of(fault)}.", AGAIN) from fault
    if len(content) > LARGEST:
        raise AppError(f"Файл «{path.name}» не похож на список контрольных сумм: он слишком велик.", AGAIN)
    return content


def digest_of(path: Path) -> str:
    """SHA-256 of a file in hex.  OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
