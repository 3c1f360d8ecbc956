"""What became of one typed or imported value: the value itself, what was repaired, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Parsed:
    """value: of the kind's Python type, None when empty or not readable.

    repairs: Russian words for each thing that was put right («убраны пробелы»); lists show them.
    fault: a Russian sentence that says why there is no value, or None.
    readings: what an ambiguous value may mean; then there is no value, and the fault asks.
    """

    value: Any = None
    repairs: tuple[str, ...] = ()
    fault: str | None = None
    readings: tuple[Any, ...] = ()


EMPTY = Parsed()


def faulty(fault: str, readings: tuple[Any, ...] = ()) -> Parsed:
    """No value, and why."""
    return Parsed(fault=fault, readings=readings)
