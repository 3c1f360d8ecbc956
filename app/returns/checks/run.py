"""Runs every rule over a return and its records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.core.periods import Quarter
from app.returns.checks.case import Case, RowAbsent
from app.returns.checks.report import Fault, Finding, Report, Severity, Unchecked
from app.returns.checks.rules import Rule, in_order
from app.returns.records import Records
from app.returns.snapshot import Built, QuarterReturn, Source


def run_checks(
    built: Built,
    records: Records,
    *,
    rebuilt: Mapping[Quarter, QuarterReturn] | None = None,
    without: Mapping[str, str] | None = None,
) -> Report:
    """The report on a return just built from `records`.

    rebuilt: frozen quarters before this one, each built anew from the same records (check 40); without
    it that check is told as not run where there is anything to compare.  without: names of rules that
    cannot be judged here, and why: they are told as not run.
    """
    case = Case(built, records, rebuilt)
    findings: list[Finding] = []
    unchecked: list[Unchecked] = []
    ran = 0
    for rule in in_order():
        if without and rule.name in without:
            unchecked.append(Unchecked(rule.code, _sentence(rule, without[rule.name])))
            continue
        told, missed = _run(rule, case)
        findings += told
        unchecked += missed
        ran += not missed or bool(told)
    explained = (
        replace(f, explanation=records.explanations.get((case.quarter, f.check, f.cell), ""))
        for f in _one_warning_a_cell(findings)
    )
    return Report(tuple(explained), tuple(dict.fromkeys(unchecked)), ran)


def _run(rule: Rule, case: Case) -> tuple[list[Finding], list[Unchecked]]:
    if rule.needs_previous and case.previous is None:
        return [], [Unchecked(rule.code, _sentence(rule, case.why_no_previous))]
    findings: list[Finding] = []
    unchecked: list[Unchecked] = []
    try:
        for told in rule.body(case):
            if isinstance(told, Fault):
                findings.append(Finding(rule.code, rule.severity, told.cell, told.text, told.records))
            else:
                unchecked.append(Unchecked(rule.code, _sentence(rule, told.text)))
    except RowAbsent as absent:
        why = f"не проверялось: в форме {case.form.version} нет строки {absent}"
        unchecked.append(Unchecked(rule.code, _sentence(rule, why)))
    return findings, unchecked


def _sentence(rule: Rule, why: str) -> str:
    return f"«{rule.title}» {why.removesuffix('.')}."


def _one_warning_a_cell(findings: list[Finding]) -> list[Finding]:
    """Warnings of one check on one cell become one, for an explanation is kept by both."""
    kept: dict[tuple[str, Severity, str, str], Finding] = {}
    for f in findings:
        key = (f.check, f.severity, f.cell, "" if f.severity is Severity.WARNING else f.text)
        known = kept.get(key)
        if known is None:
            kept[key] = f
        elif f.text != known.text:
            kept[key] = replace(known, text=f"{known.text} {f.text}", records=_joined(known.records, f.records))
    return list(kept.values())


def _joined(left: tuple[Source, ...], right: tuple[Source, ...]) -> tuple[Source, ...]:
    ids: dict[str, dict[int, None]] = {}
    for source in (*left, *right):
        ids.setdefault(source.register, {}).update(dict.fromkeys(source.ids))
    return tuple(Source(register, tuple(found)) for register, found in ids.items())
