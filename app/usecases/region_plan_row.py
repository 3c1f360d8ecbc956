"""A row of the table of plans beside what the file holds, and how its cells are read and said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from app.core.fields import Values
from app.core.russian import amount, day, decimal
from app.core.text import fold
from app.usecases.import_plan import Change, Outcome
from app.usecases.import_words import in_cyrillic


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of the table beside what the file holds.  note: why it is wrong, or what more it does.

    centre_id: None for a centre that it brings; key: by which rows mean the same centre.  package: the name of a
    комплекс, where the row is one; then codes are what is in it.
    """

    sheet: str
    number: int
    centre: str
    outcome: Outcome
    key: str = ""
    centre_id: int | None = None
    ogrn: str = ""
    territory: str = ""
    territory_name: str = ""
    service: str = ""
    year: int | None = None
    volume: Decimal | None = None
    money: Decimal | None = None
    agreement: Values = field(default_factory=dict)
    package: str = ""
    codes: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    note: str = ""

    @property
    def place(self) -> tuple[str, str, str, int | None]:
        return (self.key, self.territory, self.service, self.year)


def code_of(text: str, known: Mapping[str, Any]) -> str:
    """«К4 · консультация…», «к4» and «K4» in Latin are К4, «P1» is П1; a title is its code."""
    code = text.partition("·")[0].strip()
    for candidate in (code, in_cyrillic(code)):
        if candidate in known:
            return candidate
    return next((one.code for one in known.values() if fold(one.title) == fold(text)), "")


def shown(value: Any, key: str = "") -> str:
    if value in (None, ""):
        return "—"
    if isinstance(value, Decimal):
        return decimal(value) if key in ("money", "subsidy") else amount(value)
    return day(value) if hasattr(value, "isoformat") else str(value)


def rejected(row: PlanRow, why: str) -> PlanRow:
    return replace(row, outcome=Outcome.REJECTED, note=why, changes=(), agreement={})
