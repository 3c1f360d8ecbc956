"""Which cells of the form are sums of others: declared once, for the blank form, its reader and its marks.

In a hand-filled form these cells are formulas for the person's eye; the reader computes them from
their parts and believes no other value (DOMAIN §6).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.core.money import percent
from app.returns.form import Form, RowKind

PERIODS = ("quarter", "year")
NEEDS_LEFT = ("start", "opened"), ("closed_centre", "closed_other", "withdrawn")
"""Table 4: what is added and what is taken away to get «открыто на конец»."""


@dataclass(frozen=True, slots=True)
class RowSum:
    """A coded row that is the sum of other rows, in columns 5 and 6 alike."""

    total: str
    parts: tuple[str, ...]


ROW_SUMS = (
    RowSum("101", ("107", "108", "119")),
    RowSum("203", ("204", "205", "206", "207")),
    RowSum("211.3", ("211.4", "211.5", "211.6", "211.7")),
)
SERVICE_RECORDS = "301"
"""The row that sums «Записей» of table 3."""


@dataclass(frozen=True, slots=True)
class Sum:
    """One cell as a sum: plus minus minus, all by their names (`203.quarter`)."""

    total: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()

    def of(self, figures: Mapping[str, Decimal]) -> Decimal | None:
        """The value from its parts; None when every part is empty."""
        parts = [(figures.get(cell), sign) for cells, sign in ((self.plus, 1), (self.minus, -1)) for cell in cells]
        if all(value is None for value, _ in parts):
            return None
        return sum((sign * value for value, sign in parts if value is not None), Decimal(0))


def sums_of(form: Form, categories: Iterable[str], lines: Iterable[str]) -> tuple[Sum, ...]:
    """Every sum of a form, parts before totals.

    categories: codes of table 4; lines: keys of table 3 without their column (`3.line1.`).
    """
    return (*_row_sums(form, tuple(lines)), *_need_sums(tuple(categories)))


def _row_sums(form: Form, lines: tuple[str, ...]) -> Iterator[Sum]:
    rows = {spec.code: spec for spec in form.rows}
    for line in lines:
        yield Sum(f"{line}.plan.year", (f"{line}.plan.quarter",))
    for declared in ROW_SUMS:
        if declared.total in rows and all(code in rows for code in declared.parts):
            # Of a state on a day the first column alone is summed: the second repeats it, below.
            periods = ("quarter",) if rows[declared.total].kind is RowKind.STOCK else PERIODS
            for period in periods:
                yield Sum(f"{declared.total}.{period}", tuple(f"{code}.{period}" for code in declared.parts))
    if SERVICE_RECORDS in rows:
        for period in PERIODS:
            yield Sum(f"{SERVICE_RECORDS}.{period}", tuple(f"{line}.records.{period}" for line in lines))
    for spec in form.rows:
        if spec.kind is RowKind.STOCK:
            yield Sum(f"{spec.code}.year", (f"{spec.code}.quarter",))


def _need_sums(categories: tuple[str, ...]) -> Iterator[Sum]:
    for code in categories:
        for period in PERIODS:
            plus, minus = (tuple(f"4.{code}.{column}.{period}" for column in columns) for columns in NEEDS_LEFT)
            yield Sum(f"4.{code}.end.{period}", plus, minus)
        for column in ("over_90", "high", "unserved"):
            yield Sum(f"4.{code}.{column}.year", (f"4.{code}.{column}.quarter",))


def percent_cells(form: Form) -> tuple[str, ...]:
    """Cells of column 8: column 6 to column 7."""
    return tuple(f"{spec.code}.percent" for spec in form.rows if spec.kind is not RowKind.TEXT)


def percent_of(code: str, figures: Mapping[str, Decimal]) -> Decimal | None:
    """Column 8 of a row by columns 6 and 7, one decimal, half up; None without a plan."""
    year, plan = figures.get(f"{code}.year"), figures.get(f"{code}.plan")
    return None if year is None or plan is None else percent(year, plan)
