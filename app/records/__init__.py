"""One declaration per register: it drives the table, the form, the checks at entry, import and export.

`REGISTERS` holds them by key (the name of the table), `LINES` what hangs on each line by line.
"""

from __future__ import annotations

from app.core.fields import RecordType
from app.records.business import AGREEMENT, AGREEMENT_LINES, OFFER, PARTNER, REQUEST
from app.records.centre import CENTRE, CENTRE_LINES, PACKAGE, PACKAGE_LINES, SERVICE, SERVICE_LINES
from app.records.lines import LineType
from app.records.need import NEED, NEED_LINES
from app.records.ngo import NGO, NGO_LINES
from app.records.practice import PRACTICE, PRACTICE_LINES
from app.records.programme import APPLICATION, CONTEST, EVENT, PROGRAMME, PROGRAMME_LINES
from app.records.support import SUPPORT, SUPPORT_LINES
from app.records.week import APPEAL, CALENDAR_ENTRY, REMINDER

__all__ = ["ACCOUNTS", "LATER", "LINES", "ORDER", "REGISTERS", "LineType", "line_type"]

REGISTERS: dict[str, RecordType] = {
    record_type.key: record_type
    for record_type in (
        NGO, SUPPORT, SERVICE, NEED, PARTNER, AGREEMENT, OFFER, REQUEST, PRACTICE, CENTRE, PACKAGE, EVENT,
        PROGRAMME, CONTEST, APPLICATION, APPEAL, REMINDER, CALENDAR_ENTRY,
    )
}  # fmt: skip

LINES: dict[str, tuple[LineType, ...]] = dict.fromkeys(REGISTERS, ()) | {
    "ngo": NGO_LINES,
    "support": SUPPORT_LINES,
    "service": SERVICE_LINES,
    "need": NEED_LINES,
    "agreement": AGREEMENT_LINES,
    "practice": PRACTICE_LINES,
    "centre": CENTRE_LINES,
    "package": PACKAGE_LINES,
    "programme": PROGRAMME_LINES,
}

ACCOUNTS: dict[str, tuple[tuple[str, str], ...]] = {
    "support": (("decision_on", "account"), ("entered_on", "entry_account")),
    "service": (("provided_on", "account"),),
    "need": (("opened_on", "account"), ("closed_on", "closed_account")),
    "agreement": (("starts_on", "account"),),
    "event": (("held_on", "account"),),
    "grant_application": (
        ("applied_on", "account"),
        ("decision_on", "decision_account"),
        ("reported_on", "report_account"),
    ),
}
"""(date field, field of the period of account that it decides) of each counted register."""

ORDER: dict[str, tuple[str, bool]] = {
    "support": ("decision_on", True),
    "service": ("provided_on", True),
    "need": ("opened_on", True),
    "agreement": ("starts_on", True),
    "offer": ("offered_on", True),
    "request": ("asked_on", True),
    "event": ("held_on", True),
    "programme": ("starts_on", True),
    "grant_contest": ("year", True),
    "grant_application": ("applied_on", True),
    "appeal": ("received_on", True),
    "reminder": ("due_on", True),
    "calendar_entry": ("starts_on", True),
}
"""Order in which a register is first shown: (field, newest first); by its title where none stands."""

_TERMS = frozenset({"starts_on", "ends_on", "valid_to", "keep_until"})
LATER: dict[str, frozenset[str]] = {
    "agreement": _TERMS - {"starts_on"},
    "appeal": frozenset({"due_on"}),
    "reminder": frozenset({"due_on"}),
}
"""Days that may lie ahead; `_TERMS` where a register or a line has no entry of its own."""


def may_lie_ahead(key: str, field: str) -> bool:
    """May the date field of a register or line be after today?  A term may; a day on which something was, never."""
    return field in LATER.get(key, _TERMS)


def line_type(register: str, key: str) -> LineType:
    """The lines of that key of the register; KeyError if it has none such."""
    for found in LINES[register]:
        if found.key == key:
            return found
    raise KeyError(key)
