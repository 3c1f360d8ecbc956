"""A regional check as a decorated generator with number, title, severity and basis."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from app.region.checks.case import RegionCase
from app.returns.checks.report import Severity

FORM = "НКО-47-кв, контрольные соотношения области"


@dataclass(frozen=True, slots=True)
class RegionFault:
    """What a rule tells.  districts: ОКТМО it speaks of.  cell: of the consolidated return, or `head.…`.

    records: (ОКТМО, key of the annex row) behind it.
    """

    districts: tuple[str, ...]
    cell: str
    text: str
    records: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RegionFinding:
    """One thing that does not add up over the districts."""

    check: str
    rule: str
    severity: Severity
    districts: tuple[str, ...]
    cell: str
    text: str
    records: tuple[tuple[str, str], ...] = ()


Body = Callable[[RegionCase], Iterator[RegionFault]]


@dataclass(frozen=True, slots=True)
class RegionRule:
    """One rule.  name is unique; code is the number of its check."""

    code: str
    name: str
    title: str
    severity: Severity
    basis: str
    body: Body = field(repr=False)


CHECKS: list[RegionRule] = []
"""Every rule in the order in which it is written."""


def check(
    code: str, title: str, *, severity: Severity = Severity.WARNING, basis: str = FORM
) -> Callable[[Body], Body]:
    """Enter a generator among the region's rules."""

    def enter(body: Body) -> Body:
        if any(rule.name == body.__name__ for rule in CHECKS):
            raise ValueError(f"two rules are named {body.__name__}")
        CHECKS.append(RegionRule(code, body.__name__, title, severity, basis, body))
        return body

    return enter


def run_region_checks(case: RegionCase) -> tuple[RegionFinding, ...]:
    """What all rules find, by number of the check, errors first."""
    ordered = sorted(CHECKS, key=lambda rule: (int(rule.code), rule.severity is Severity.WARNING))
    return tuple(
        RegionFinding(rule.code, rule.name, rule.severity, told.districts, told.cell, told.text, told.records)
        for rule in ordered
        for told in rule.body(case)
    )
