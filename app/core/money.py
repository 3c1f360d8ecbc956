"""Roubles with kopecks, and other measured amounts, as Decimals of fixed scale."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

KOPECK = Decimal("0.01")
TENTH = Decimal("0.1")
ZERO = Decimal("0.00")
LARGEST = Decimal("999999999999.99")
"""Above any budget of the oblast; what is larger is a slip of the keyboard."""


def kopecks(value: Decimal | int | str) -> Decimal:
    """The amount with exactly two decimals, half up; hours, m² and volumes use the same scale."""
    return Decimal(value).quantize(KOPECK, ROUND_HALF_UP)


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """part / whole in percent with one decimal, half up; None without a whole."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(TENTH, ROUND_HALF_UP)
