"""A control check as a decorated generator with number, title, severity and basis (DOMAIN §6).

A number may have several rules: its parts, errors and warnings apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.returns.checks.report import Fault, Severity, Unchecked

if TYPE_CHECKING:
    from app.returns.checks.case import Case

Told = Iterator[Fault | Unchecked]
Body = Callable[["Case"], Told]

FORM = "НКО-47-кв, контрольные соотношения"
LAW_SONKO = "ст. 31.1 Федерального закона № 7-ФЗ"
LAW_REGISTER = "ст. 31.2 Федерального закона № 7-ФЗ, приказ от 17.05.2011 № 223"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.  name is unique among all rules; code is the number of its check."""

    code: str
    name: str
    title: str
    severity: Severity
    basis: str
    body: Body
    needs_previous: bool = False


RULES: dict[str, Rule] = {}


def check(
    code: str,
    title: str,
    *,
    severity: Severity = Severity.ERROR,
    basis: str = FORM,
    needs_previous: bool = False,
) -> Callable[[Body], Body]:
    """Enter a generator among the rules.  needs_previous: told as «не проверялось» without a previous return."""

    def enter(body: Body) -> Body:
        if body.__name__ in RULES:
            raise ValueError(f"two rules are named {body.__name__}")
        RULES[body.__name__] = Rule(code, body.__name__, title, severity, basis, body, needs_previous)
        return body

    return enter


def in_order() -> tuple[Rule, ...]:
    """All rules by number, errors first, then as they are written."""
    return tuple(sorted(RULES.values(), key=lambda rule: (int(rule.code), rule.severity is Severity.WARNING)))
