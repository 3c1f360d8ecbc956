"""Rows to write in tests of the file itself, below the use cases that check them."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.core.periods import Quarter
from app.core.text import fold, fold_name
from app.models import Ngo, NgoInterval

FIRST = Quarter(2026, 1)


def ngo(name: str = "АНО «Свет»", **values: Any) -> Ngo:
    return Ngo(name=name, folded=fold(name), folded_name=fold_name(name), **values)


def interval(ngo_id: int, **values: Any) -> NgoInterval:
    return NgoInterval(ngo_id=ngo_id, taken_on=date(2026, 1, 12), taken_account=FIRST, **values)
