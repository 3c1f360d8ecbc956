"""Sums of the form: declared once, and computed from their parts alone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.returns.form import FORM_2026_1, RowKind
from app.returns.sums import Sum, percent_of, sums_of


@pytest.fixture(scope="module")
def sums() -> dict[str, Sum]:
    return {one.total: one for one in sums_of(FORM_2026_1, ("legal",), ("3.line1.", "3.line2."))}


def test_the_sums_that_the_form_asks_for(sums: dict[str, Sum]) -> None:
    assert sums["203.year"].plus == ("204.year", "205.year", "206.year", "207.year")
    assert sums["211.3.quarter"].plus == ("211.4.quarter", "211.5.quarter", "211.6.quarter", "211.7.quarter")
    assert sums["101.quarter"].plus == ("107.quarter", "108.quarter", "119.quarter")
    assert sums["301.year"].plus == ("3.line1..records.year", "3.line2..records.year")
    left = sums["4.legal.end.quarter"]
    assert left.plus == ("4.legal.start.quarter", "4.legal.opened.quarter")
    assert left.minus == tuple(f"4.legal.{part}.quarter" for part in ("closed_centre", "closed_other", "withdrawn"))


def test_every_state_repeats_itself_in_the_year(sums: dict[str, Sum]) -> None:
    for spec in FORM_2026_1.rows:
        if spec.kind is RowKind.STOCK:
            assert sums[f"{spec.code}.year"].plus == (f"{spec.code}.quarter",)


def test_parts_come_before_totals() -> None:
    made: set[str] = set()
    all_sums = sums_of(FORM_2026_1, ("legal",), ("3.line1.",))
    totals = {one.total for one in all_sums}
    for one in all_sums:
        assert not (totals - made).intersection((*one.plus, *one.minus)), one.total
        made.add(one.total)


def test_a_sum_of_nothing_is_nothing_and_of_something_is_exact() -> None:
    total = Sum("x", ("a", "b"), ("c",))
    assert total.of({}) is None
    assert total.of({"a": Decimal("0.10"), "b": Decimal("0.20")}) == Decimal("0.30")
    assert total.of({"c": Decimal(2)}) == -2


def test_a_form_without_a_part_has_no_such_sum() -> None:
    """A later version may retire a row: then its sum is not asked for."""
    section = FORM_2026_1.sections[1]
    groups = tuple(
        replace(group, rows=tuple(row for row in group.rows if row.code != "207")) for group in section.groups
    )
    sections = tuple(replace(section, groups=groups) if one is section else one for one in FORM_2026_1.sections)
    totals = {one.total for one in sums_of(replace(FORM_2026_1, sections=sections), (), ())}
    assert "203.quarter" not in totals
    assert "211.3.quarter" in totals


@pytest.mark.parametrize(("year", "plan", "wanted"), [("5", "8", "62.5"), ("1", "3", "33.3"), ("0", "4", "0.0")])
def test_percents(year: str, plan: str, wanted: str) -> None:
    assert percent_of("101", {"101.year": Decimal(year), "101.plan": Decimal(plan)}) == Decimal(wanted)
    assert percent_of("101", {"101.year": Decimal(year)}) is None
