"""What the checks say of a return: findings, rules not run, the verdict, and lines of annex Г."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.periods import Quarter
from app.core.russian import integer
from app.returns.records import Records
from app.returns.snapshot import ProtocolRow, Source


class Severity(StrEnum):
    """An error blocks freezing; a warning asks for an explanation and never blocks."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule tells, before it is known by which check and how grave it is.

    cell: as snapshot.py names cells; what is no figure lies under `head` (`head.oktmo`, `head.executor`).
    records: those that the sentence speaks of.
    """

    cell: str
    text: str
    records: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not add up.  explanation is what the clerk gave for it in this quarter."""

    check: str
    severity: Severity
    cell: str
    text: str
    records: tuple[Source, ...] = ()
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A rule, or a part of it, that could not be run, and why: never passed over in silence."""

    check: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, by number of the check, errors of a check first.  ran: how many rules were run."""

    findings: tuple[Finding, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    ran: int = 0

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity is Severity.WARNING)

    @property
    def unexplained(self) -> tuple[Finding, ...]:
        """Warnings that still ask for a reason in column 10."""
        return tuple(f for f in self.warnings if not f.explanation)

    @property
    def verdict(self) -> str:
        """«Готов», or how many errors and warnings there are, explained warnings among them."""
        if not self.findings:
            return "Готов"
        return f"Ошибок: {integer(len(self.errors))}, предупреждений: {integer(len(self.warnings))}"


def protocol_rows(report: Report, records: Records, quarter: Quarter) -> tuple[ProtocolRow, ...]:
    """Findings and rules not run as lines of annex Г; records that came late are put there by `build`.

    Explanations are those of the quarter as they stand in `records`.
    """
    found = tuple(
        ProtocolRow(
            kind=str(f.severity),
            check=f.check,
            cell=f.cell,
            text=f.text,
            explanation=records.explanations.get((quarter, f.check, f.cell), ""),
        )
        for f in report.findings
    )
    return found + tuple(ProtocolRow("unchecked", rule.check, "", rule.text) for rule in report.unchecked)
