"""Thresholds of the checks are settings: moved, they silence what they told, or tell what they passed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.core.settings import Settings
from app.returns.checks.case import Case
from app.returns.checks.report import Fault
from app.returns.checks.rules import RULES
from app.returns.records import Records, YearFigures
from tests.returns.examples import HRAM, Q1, Q3, Sample, money, sound_records
from tests.returns.spoiled_figures import planned

Change = Callable[[Sample], Sample]
NO_CHECK = {
    "document_limit", "need_days", "duplication_days", "binding_margin", "grant_limit", "contest_limit", "appeal_days",
    "verify_days", "copy_minutes", "copy_days", "copy_weeks", "copy_months",
}  # fmt: skip
"""What the window reminds of, what the region asks, what paper and copies go by; limits are kept by a contest."""

ENOUGH: tuple[tuple[str, str, Any, Change], ...] = (
    ("close_to_the_plan", "plan_deviation", 95, planned(40)),
    ("close_to_the_plan", "noise_units", 30, planned(40)),
    ("close_to_the_plan", "noise_money", Decimal(500_000), planned(1_000_000, "211.3")),
    ("stocks_against_last_quarter", "stock_change", 200, lambda s: s.both("101", 20)),
    ("stocks_against_last_quarter", "noise_units", 13, lambda s: s.both("101", 20)),
    ("stocks_against_last_quarter", "watched_rows", "102 501", lambda s: s.both("101", 20)),
    ("year_against_year_before", "year_change", 90, lambda s: s.row("301", before=100)),
    ("year_against_year_before", "watched_rows", "302", lambda s: s.row("301", before=100)),
    ("services_have_evidence", "unevidenced_share", 60, lambda s: s.line("services", "centre-1.О1", "unevidenced", 4)),
    ("services_have_evidence", "unevidenced_count", 4, lambda s: s.line("services", "centre-1.О1", "unevidenced", 4)),
    ("consultations_are_short", "consultation_hours", 9, lambda s: s.changed("services", 4, hours=Decimal("8.5"))),
    ("no_outliers", "outlier_times", 11, lambda s: s.changed("supports", 6, **money(3_000_001))),
    ("no_outliers", "noise_money", Decimal(3_000_000), lambda s: s.changed("supports", 6, **money(3_000_001))),
    ("no_outliers", "noise_units", 181, lambda s: s.changed("ngos", HRAM, years=(
        YearFigures(2024, Q1, 4, 20), YearFigures(2025, Q3, 4, 201)))),
    ("entered_in_time", "register_days", 4, lambda s: s.changed("supports", 8, entered_on=date(2026, 8, 18))),
    ("handed_in_on_time", "due_day", 13, lambda s: s.but(today=date(2026, 10, 13))),
)  # fmt: skip


@pytest.fixture(scope="module")
def records() -> Records:
    return sound_records()


def told(rule: str, sample: Sample) -> list[Fault]:
    case = Case(sample.built(), sample.records, sample.rebuilt())
    return [fault for fault in RULES[rule].body(case) if isinstance(fault, Fault)]


@pytest.mark.parametrize(
    ("rule", "setting", "enough", "change"), ENOUGH, ids=lambda value: "" if callable(value) else str(value)[:30]
)
def test_a_wider_threshold_silences_its_rule(
    records: Records, rule: str, setting: str, enough: Any, change: Change
) -> None:
    sample = change(Sample(records))
    assert told(rule, sample)
    assert told(rule, sample.but(settings=replace(records.settings, **{setting: enough}))) == []


def test_a_row_put_under_watch_is_told(records: Records) -> None:
    sample = Sample(records).both("107", 90)
    assert told("stocks_against_last_quarter", sample) == []
    watching = sample.but(settings=replace(records.settings, watched_rows="107"))
    assert [fault.cell for fault in told("stocks_against_last_quarter", watching)] == ["107.quarter"]


def test_every_threshold_has_its_example() -> None:
    assert {setting for _, setting, _, _ in ENOUGH} == {spec.name for spec in fields(Settings)} - NO_CHECK
