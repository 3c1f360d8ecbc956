"""How findings are worded: figures with their codes, records by name, three at most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from app.core.periods import Quarter
from app.core.russian import amount, integer, roubles
from app.core.text import NBSP
from app.returns.form import RowSpec
from app.returns.snapshot import Source

NAMED = 3
COLUMNS = ("quarter", "year")
PERIODS = {"quarter": "за квартал", "year": "с начала года"}


def figure(value: Decimal | int, spec: RowSpec | None = None) -> str:
    """A figure in the unit of its row: ₽ with kopecks, whole pieces, hours and m² without idle zeros."""
    if spec is not None and spec.is_money:
        return roubles(Decimal(value))
    value = Decimal(value)
    return integer(int(value)) if value == value.to_integral_value() else amount(value)


def names(found: Iterable[str]) -> str:
    """«Свет», «Луч», «Заря» и ещё 2: different ones in the order they came; quotes only where there are none."""
    different = list(dict.fromkeys(name if "«" in name or name.startswith("№") else f"«{name}»" for name in found))
    shown = ", ".join(different[:NAMED])
    return f"{shown} и{NBSP}ещё{NBSP}{len(different) - NAMED}" if len(different) > NAMED else shown


def source(register: str, ids: Iterable[int]) -> tuple[Source, ...]:
    """Records of one register behind a finding, each once, in order."""
    found = tuple(dict.fromkeys(ids))
    return (Source(register, found),) if found else ()


def titled(quarters: Sequence[Quarter]) -> str:
    return ", ".join(quarter.title for quarter in quarters)
