"""Marks of a template: what is understood, what each gives, and what is said of one nobody knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.returns.form import RowSpec
from app.returns.mark_head import HEAD_MARKS
from app.returns.mark_lists import names_of
from app.returns.mark_values import Paper, Shown
from app.returns.marks import Lexicon
from app.returns.snapshot import Members
from tests.reports.template_lexicon import ENVELOPE, RET, sample_lexicon, sample_paper

MARKS = sample_lexicon()
CENTRE = RET.services[0]


def shown(code: str, paper: Paper | None = None, marks: Lexicon = MARKS) -> Shown:
    known = marks.read(code)
    assert known is not None, code
    return marks.shown(known, paper or sample_paper())


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("211.3.quarter", "211.3.quarter"),
        (" 211.3.Квартал ", "211.3.quarter"),
        ("211.3.год", "211.3.year"),
        ("211.3.%", "211.3.percent"),
        ("203.год назад", "203.before"),
        ("701", "701.note"),
        ("701.примечание", "701.note"),
        ("1a.5", "1а.5"),  # typed with an English letter
        ("4.Юридическая.end.quarter", "4.legal.end.quarter"),
        ("4.legal.открыто на конец.квартал", "4.legal.end.quarter"),
        ("3.2.К4.cases.year", "3.2.К4.cases.year"),
        ("3.2.K4.Случаев.год", "3.2.К4.cases.year"),
        (f"3.{CENTRE.centre_name.upper()}.К1.план года", "3.1.К1.plan"),
        ("head.executor.phone", "head.executor.phone"),
        ("HEAD.Period", "head.period"),
    ],
)
def test_a_mark_may_be_typed_in_several_ways(typed: str, known: str) -> None:
    assert MARKS.read(typed) == known


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("211.3.quartr", "211.3.quarter"),
        ("211.33.quarter", "211.3.quarter"),
        ("211.3", "211.3.quarter"),
        ("head.executer", "head.executor"),
        ("4.legal.end", "4.legal.end.quarter"),
        ("1а.99", "1а.9"),
    ],
)
def test_a_mark_nobody_knows_names_the_nearest(wrong: str, near: str) -> None:
    assert MARKS.read(wrong) is None
    assert MARKS.nearest(wrong) == near


@pytest.mark.parametrize(
    "wrong", ["701.quarter", "3.9.К4.cases.year", "3.1.К4.plan.year", "3.1.К4.cases", "rows", "", "."]
)
def test_what_the_form_does_not_have_is_not_known(wrong: str) -> None:
    assert MARKS.read(wrong) is None


def test_every_mark_that_is_offered_is_known_and_gives_something() -> None:
    assert len(MARKS.marks) > 900
    for mark in MARKS.marks:
        assert MARKS.read(mark.code) == mark.code
        assert isinstance(shown(mark.code).words, str)


def test_figures_are_numbers_and_read_in_russian() -> None:
    row = RET["211.3"]
    assert row.quarter is not None
    assert shown("211.3.quarter").value == row.quarter
    rows = {**RET.rows, "211.3": replace(row, quarter=Decimal("1234.5"))}
    said = shown("211.3.quarter", Paper(replace(RET, rows=rows), ENVELOPE))
    assert said.words == "1\u00a0234,50"
    assert shown("head.year").words == "2026", "a year has no groups"
    assert shown("head.year").value == 2026


def test_nothing_is_an_empty_cell_and_a_dash_in_a_text() -> None:
    rows = {**RET.rows, "203": replace(RET["203"], plan=None)}
    assert shown("203.plan", Paper(replace(RET, rows=rows), ENVELOPE)) == Shown(None, "—")


def test_an_interval_is_no_figure() -> None:
    rows = {**RET.rows, "210": replace(RET["210"], year=Decimal(12), year_upper=Decimal(15))}
    found = shown("210.year", Paper(replace(RET, rows=rows), ENVELOPE))
    assert (found.value, found.words) == ("от 12 до 15", "от 12 до 15")


def test_an_interval_of_a_table_is_none_either() -> None:
    known = tuple(entity.uuid for entity in RET.entities[:2])
    paper = Paper(replace(RET, members={"4.legal.ngos": Members(year=known, bare_year=3)}), ENVELOPE)
    line = next(line for line in RET.needs if line.category == "legal")
    said = f"от {line.year.ngos} до 5"  # three «без состава», two known
    assert shown("4.legal.ngos.year", paper).value == said
    spec = MARKS.lists["table4"]
    row = next(row for row in spec.records(paper.ret) if row.line.category == "legal")
    assert spec.shown("ngos.year", row, 1, {}).value == said
    assert spec.shown("ngos.quarter", row, 1, {}).value == line.quarter.ngos


def test_a_row_that_a_later_form_prints_under_another_code_is_named_as_it_is_printed() -> None:
    def renamed(spec: RowSpec) -> RowSpec:
        return replace(spec, code="299", same_as="211.3") if spec.code == "211.3" else spec

    form = replace(
        MARKS.form,
        sections=tuple(
            replace(s, groups=tuple(replace(g, rows=tuple(map(renamed, g.rows))) for g in s.groups))
            for s in MARKS.form.sections
        ),
    )
    later = replace(MARKS, form=form)
    assert later.read("211.3.quarter") is None
    assert shown("299.quarter", marks=later).value == RET["211.3"].quarter


def test_a_centre_that_did_nothing_has_noughts_and_no_plan() -> None:
    idle = replace(RET, services=tuple(line for line in RET.services if line.code != "К4"))
    paper = Paper(idle, ENVELOPE)
    assert shown("3.1.К4.cases.year", paper).value == 0
    assert shown("3.1.К4.wait.year", paper).value is None
    assert shown("3.1.К4.plan", paper).value is None


def test_a_draft_has_no_hash_and_says_what_it_is() -> None:
    draft = sample_paper(draft=True)
    assert shown("head.sha256", draft).words == ""
    assert shown("head.draft", draft).words == "ЧЕРНОВИК"
    assert shown("head.sha256").words == ENVELOPE.sha256
    assert shown("head.date").value == date(2026, 10, 12)


def test_lists_and_their_columns_have_two_names_each() -> None:
    assert MARKS.list_named("Реестр") is MARKS.lists["register"]
    for spec in MARKS.lists.values():
        assert MARKS.list_named(spec.key) is spec
        assert MARKS.list_named(spec.alias) is spec
        assert spec.read("№") == "№"
        for column in spec.columns:
            assert spec.read(column.key) == column.key
            assert spec.read(column.alias) == column.key


def test_every_column_of_every_list_gives_something_for_every_record() -> None:
    names = names_of(RET)
    for spec in MARKS.lists.values():
        records = spec.records(RET)
        assert records, spec.key
        for place, record in enumerate(records, 1):
            for column in spec.columns:
                assert isinstance(spec.shown(column.key, record, place, names).words, str)


def test_the_manual_names_every_mark_of_the_head_and_every_column(repo: Path) -> None:
    manual = (repo / "docs" / "manual" / "templates.md").read_text(encoding="utf-8")
    lines = {key: next(line for line in manual.splitlines() if f"| `{key}`" in line) for key in MARKS.lists}
    for code in HEAD_MARKS:
        assert f"`{code}`" in manual, code
    for column in (*MARKS.form.service_columns, *MARKS.form.need_columns):
        assert f"`{column.key}`" in manual, column.key
    for key, spec in MARKS.lists.items():
        for column in spec.columns if key != "pending" else ():
            if "." not in column.key:
                assert f"`{column.key}` {column.alias}" in lines[key], (key, column.key)
