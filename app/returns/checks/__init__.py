"""The control checks of a return: 1–42 and 47 of DOMAIN §6, each number with all its parts.

`run_checks` runs them over a return just built and the records it was built from.  A rule is a
decorated generator in the module of its subject; errors block freezing, warnings ask for a reason.
"""

from __future__ import annotations

# Importing a module of a subject enters its rules.
from app.returns.checks import (
    dates,
    dynamics,
    identity,
    lifecycle,
    needs,
    partnerships,
    quality,
    register,
    sector,
    services,
    support,
)
from app.returns.checks.report import Finding, Report, Severity, Unchecked, protocol_rows
from app.returns.checks.rules import Rule, in_order
from app.returns.checks.run import run_checks

SUBJECTS = (
    sector,
    support,
    register,
    services,
    needs,
    partnerships,
    dynamics,
    dates,
    identity,
    lifecycle,
    quality,
)

CHECKS: tuple[Rule, ...] = in_order()
"""Every rule by number: code, title, severity, basis."""

__all__ = [
    "CHECKS",
    "SUBJECTS",
    "Finding",
    "Report",
    "Rule",
    "Severity",
    "Unchecked",
    "protocol_rows",
    "run_checks",
]
