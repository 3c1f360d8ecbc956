"""The report as a whole: first returns, explanations, annex Г, the worked example, and how long it takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.core.periods import Quarter
from app.returns.build import build
from app.returns.checks import Severity, protocol_rows, run_checks
from app.returns.records import Frozen, Need, NeedLink, Opening, Recipient
from tests.returns.examples import (
    LUCH,
    Q1,
    Q2,
    Q3,
    Q4,
    SVET,
    Sample,
    X,
    Y,
    body,
    large,
    ngo,
    number,
    service,
    sound_records,
)


def test_the_first_return_tells_what_could_not_be_checked() -> None:
    sample = Sample().but(frozen={})
    report = sample.report()
    assert {rule.check for rule in report.unchecked} == {"4", "14", "15", "24", "28", "42", "47"}
    assert all("не проверялось: первый отчёт." in rule.text for rule in report.unchecked if rule.check != "42")
    assert all(not rule.text.endswith("..") for rule in report.unchecked)
    assert not report.errors


def test_a_missing_quarter_is_named() -> None:
    sample = Sample()
    frozen = {q: v for q, v in sample.records.frozen.items() if q != Q2}
    report = sample.but(frozen=frozen).report()
    missing = "нет утверждённого отчёта за\u00a0II\u00a0квартал 2026\u00a0г."
    assert any(missing in rule.text for rule in report.unchecked)


def test_a_returned_version_is_not_what_went_before() -> None:
    sample = Sample()
    (kept,) = sample.records.frozen[Q2]
    rows = {**kept.ret.rows, "101": replace(kept.ret["101"], year=Decimal(1))}
    wrong = replace(kept, ret=replace(kept.ret, rows=rows))
    returned = {**sample.records.frozen, Q2: (kept, replace(wrong, sent_back=True))}
    assert not any(f.check == "4" for f in sample.but(frozen=returned).report().findings)
    corrected = {**sample.records.frozen, Q2: (kept, wrong)}
    assert any(f.check == "4" for f in sample.but(frozen=corrected).report().errors)


def test_opening_balances_stand_for_the_previous_return() -> None:
    sample = Sample()
    kept = sample.records.frozen[Q2][0].ret
    figures = {f"{code}.year": row.year for code, row in kept.rows.items() if row.year is not None}
    for need_line in kept.needs:
        figures[f"{need_line.key}.start.year"] = Decimal(need_line.year.start)
        figures[f"{need_line.key}.end.year"] = Decimal(need_line.year.end)
        for column in ("opened", "closed_centre", "closed_other", "withdrawn"):
            figures[f"{need_line.key}.{column}.year"] = Decimal(getattr(need_line.year, column))
    for line in kept.services:
        for column in ("records", "cases", "volume", "hours", "people", "evidenced", "unevidenced"):
            figures[f"{line.key}.{column}.year"] = Decimal(getattr(line.year, column))
    keys = {f"{code}.year": members.year for code, members in kept.members.items()}
    opening = Opening(Q2, figures, keys=keys)
    report = sample.but(frozen={}, opening=opening).report()
    assert not report.errors, report.errors
    assert {rule.check for rule in report.unchecked} == {"42"}
    assert "III\u00a0квартал 2025" in report.unchecked[0].text
    fewer = replace(opening, figures={**figures, "101.year": Decimal(3)})
    assert [f.check for f in sample.but(frozen={}, opening=fewer).report().errors] == ["4"]


def test_an_opening_without_a_row_is_told() -> None:
    report = Sample().but(frozen={}, opening=Opening(Q2)).report()
    assert {"4", "24", "28", "47"} <= {rule.check for rule in report.unchecked}
    assert any("в начальных остатках нет строки 101" in rule.text for rule in report.unchecked)


def test_an_explained_warning_stays_one_and_carries_its_reason() -> None:
    sample = Sample().changed("services", 7, people=2)
    cell = "3.centre-1.О1.people.quarter"
    explained = sample.but(explanations={(Q3, "20", cell): "двое были представителями обеих НКО"})
    (warning,) = explained.report().warnings
    assert (warning.check, warning.cell, warning.severity) == ("20", cell, Severity.WARNING)
    assert warning.explanation == "двое были представителями обеих НКО"
    assert explained.report().unexplained == ()
    assert sample.report().unexplained == sample.report().warnings
    assert explained.report().verdict == "Ошибок: 0, предупреждений: 1"
    (row,) = protocol_rows(explained.report(), explained.records, Q3)
    assert (row.kind, row.check, row.cell, row.explanation) == ("warning", "20", cell, warning.explanation)
    other = sample.but(explanations={(Q2, "20", cell): "другой квартал"})
    assert other.report().unexplained


def test_annex_g_lists_errors_warnings_and_what_was_not_checked() -> None:
    sample = Sample().but(frozen={}, today=date(2026, 12, 1)).row("101", quarter=90)
    report = sample.report()
    rows = protocol_rows(report, sample.records, Q3)
    kinds = [row.kind for row in rows]
    assert set(kinds) == {"error", "warning", "unchecked"}
    assert kinds.count("unchecked") == len(report.unchecked)
    assert kinds.index("unchecked") == len(report.findings)
    assert report.verdict == f"Ошибок: {len(report.errors)}, предупреждений: {len(report.warnings)}"


def test_without_frozen_quarters_built_anew_it_says_so() -> None:
    sample = Sample()
    report = run_checks(sample.built(), sample.records)
    assert [(rule.check, "I\u00a0квартал 2026" in rule.text) for rule in report.unchecked] == [("40", True)]


def test_a_late_edit_wants_corrections_in_order_and_then_none() -> None:
    """An edit of what I квартал counted: I and II are told in order; corrected in order, they hold again."""
    sample = Sample().changed("supports", 2, amount=Decimal(210000), local=Decimal(210000))
    wanted = [f for f in sample.report().errors if f.check == "40"]
    assert [f.text.partition(" нужен")[0].replace("\u00a0", " ") for f in wanted] == [
        "За I квартал 2026 г.",
        "За II квартал 2026 г.",
    ]
    records = sample.records
    for quarter in (Q1, Q2):
        report = Sample(records, quarter, correction=1, reason="сумма решения № 2").report()
        assert not report.errors, report.errors
        ret = build(records, quarter, correction=1, reason="сумма решения № 2").ret
        versions = (*records.frozen[quarter], Frozen(ret, date(2026, 10, 5), "1" * 64))
        records = replace(records, frozen={**records.frozen, quarter: versions})
    assert not Sample(records).report().errors


def test_the_next_quarter_follows_from_the_last() -> None:
    sample = Sample()
    frozen = {**sample.records.frozen, Q3: (Frozen(sample.built().ret, date(2026, 10, 6), "2" * 64),)}
    after = sample.but(frozen=frozen, quarter=Q4, today=date(2027, 1, 11))
    report = after.report()
    assert not report.errors, report.errors
    assert {f.check for f in report.warnings} <= {"10", "20", "42"}
    first = {**frozen, Q4: (Frozen(after.built().ret, date(2027, 1, 12), "3" * 64),)}
    report = after.but(frozen=first, quarter=Quarter(2027, 1), today=date(2027, 4, 5)).report()
    assert not report.errors, report.errors


def test_the_worked_example_has_no_errors() -> None:
    """DOMAIN §6: one seminar for А, Б and body В; consultations; need 7 is closed by one of them."""
    a, b, c = ngo(1, "НКО «А»"), ngo(2, "НКО «Б»"), body(3, "Группа «В»")
    services = (
        service(1, X, "О1", date(2026, 9, 10), 1, 2, 3),
        service(2, X, "К4", date(2026, 9, 12), 1),
        service(3, X, "К4", date(2026, 9, 15), 1),
        service(4, Y, "К4", date(2026, 9, 20), 1),
    )
    need_7 = Need(
        7, "need-7", 1, "finance", date(2026, 8, 11), Q3, status="closed_centre", closed_on=date(2026, 9, 15),
        closed_account=Q3, codes=("К4",), links=(NeedLink(3, "closes", Q3),),
    )  # fmt: skip
    others = ("supports", "events", "executions", "contests", "applications", "partnerships", "practices")
    empty = dict.fromkeys(others, ())
    sample = Sample().but(ngos=(a, b, c), services=services, needs=(need_7,), frozen={}, plans=(), **empty)
    report = sample.report()
    assert report.findings == ()
    assert (sample.built().ret["301"].quarter, sample.built().ret["302"].quarter) == (4, 3)


def test_a_large_sound_district_has_no_errors() -> None:
    """Its speed is measured in benchmarks/check_return.py."""
    records = large(sound_records())
    report = run_checks(build(records, Q3), records)
    assert not report.errors, report.errors


def test_first_times_of_merged_cards_are_not_told_again() -> None:
    twice = (
        service(90, X, "К2", date(2026, 7, 1), recipients=(Recipient(SVET, True),), people=1),
        service(91, X, "К2", date(2026, 7, 2), recipients=(Recipient(90, True),), people=1),
    )
    sample = Sample().added("ngos", ngo(90, "Дубль", merged_into_id=LUCH, **number(90)))
    sample = sample.changed("services", 1, recipients=(Recipient(SVET),)).added("services", *twice)
    assert not [f for f in sample.report().findings if f.check == "47" and ".first." in f.cell]
