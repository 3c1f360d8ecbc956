"""What stands in a cell of a workbook, as words: the same whoever wrote the file and whoever reads it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.core.russian import day


def cell_text(value: Any) -> str:
    """Figures without idle zeros, days as ДД.ММ.ГГГГ, text without outer spaces; '' for an empty cell."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float):
        exact = Decimal(f"{value:.15g}")
        return f"{exact:f}".replace(".", ",") if exact != exact.to_integral_value() else f"{exact:.0f}"
    return str(value).strip()


def seal_of(rows: Iterable[Sequence[Any]]) -> str:
    """SHA-256 over the words of a sheet; empty cells at the ends of rows and empty rows below do not count."""
    told: list[str] = []
    for row in rows:
        words = [cell_text(value) for value in row]
        while words and not words[-1]:
            words.pop()
        told.append("\x1f".join(words))
    while told and not told[-1]:
        told.pop()
    return hashlib.sha256("\x1e".join(told).encode("utf-8", "surrogatepass")).hexdigest()
