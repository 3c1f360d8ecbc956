"""Settings of the unit with their defaults: terms, limits, and the thresholds of the checks.

The table `setting` keeps only what differs (key, text); `Settings.of` reads them.  Thresholds are
those of DOMAIN §6; money is in ₽.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of a district.  Days are calendar ones unless the name says otherwise."""

    due_day: int = 10  # the day of the month after the quarter on which the return is due
    register_days: int = 3  # working days: entry and publication of a decision in the register (art. 31.2)
    need_days: int = 90  # the window reminds of an open need older than this; the form has a column of its own
    appeal_days: int = 30  # to answer an appeal (59-ФЗ), from the day it came
    verify_days: int = 365  # an NGO that nobody verified for longer is to be called
    duplication_days: int = 30  # the same code to the same NGO from two centres within so many days
    copy_minutes: int = 30  # a copy is made after so many minutes of change
    copy_days: int = 14  # one copy a day is kept for so many days,
    copy_weeks: int = 9  # one a week for so many weeks,
    copy_months: int = 24  # one a month for so many months
    binding_margin: bool = False  # left margin 30 mm for papers kept long
    grant_limit: Decimal = Decimal("250000.00")  # of one grant of the municipal stage
    contest_limit: Decimal = Decimal("1000000.00")  # of the district's contest
    plan_deviation: int = 30  # %, check 17
    noise_units: int = 5  # deviations up to so many pieces, people, hours, m² are silent
    noise_money: Decimal = Decimal("50000.00")  # … and up to so many ₽
    stock_change: int = 20  # %, check 42, against the last quarter
    year_change: int = 50  # %, check 42, column 6 against column 9
    watched_rows: str = "101 102 106 203 210 211.2 211.3 212.5 301 302 501"  # check 42
    unevidenced_share: int = 10  # %, check 23
    unevidenced_count: int = 3
    consultation_hours: int = 8  # check 20: longer ones are asked about
    document_limit: int = 10  # MB of one attached document
    outlier_times: int = 10  # check 47: so many times the largest of the last two years

    @classmethod
    def of(cls, changed: Mapping[str, str]) -> Settings:
        """Defaults with the changed ones (texts as kept).  An unreadable or unknown one is left out."""
        found: dict[str, object] = {}
        for spec in fields(cls):
            text = changed.get(spec.name)
            if text is None:
                continue
            try:
                found[spec.name] = _READERS[str(spec.type)](text)
            except (ValueError, InvalidOperation):
                continue
        return cls(**found)  # type: ignore[arg-type]

    def text(self, key: str) -> str:
        """The value of a setting as the table keeps it."""
        value = getattr(self, key)
        return ("1" if value else "0") if isinstance(value, bool) else str(value)


_READERS: dict[str, Callable[[str], object]] = {
    "int": int,
    "bool": lambda text: text == "1",
    "Decimal": Decimal,
    "str": str,
}
