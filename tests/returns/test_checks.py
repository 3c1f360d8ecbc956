"""Every rule is silent on the sound district and tells of its own fault, in its words and at its cell."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.returns.checks import CHECKS, Finding, Rule, Severity
from app.returns.checks.case import Case
from app.returns.checks.report import Fault
from app.returns.checks.rules import RULES
from app.returns.records import Records
from tests.returns.examples import Sample, sound_records
from tests.returns.sound_records import SOUND_RECORDS
from tests.returns.spoiled_figures import FIGURES, SOUND_FIGURES, Sound, Spoiled
from tests.returns.spoiled_records import RECORDS

SPOILED = (*FIGURES, *RECORDS)
SOUND = (*SOUND_FIGURES, *SOUND_RECORDS)


@pytest.fixture(scope="module")
def records() -> Records:
    return sound_records()


@pytest.fixture
def sample(records: Records) -> Sample:
    return Sample(records)


def told(rule: Rule, sample: Sample) -> list[Fault]:
    """What one rule alone says."""
    case = Case(sample.built(), sample.records, sample.rebuilt())
    if rule.needs_previous and case.previous is None:
        return []
    return [fault for fault in rule.body(case) if isinstance(fault, Fault)]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_sound_district_is_ready(sample: Sample) -> None:
    report = sample.report()
    assert (report.verdict, report.findings, report.unchecked) == ("Готов", (), ())
    assert report.ran == len(CHECKS)


@pytest.mark.parametrize("spoiled", SPOILED, ids=str)
def test_a_fault_is_told_by_its_rule(spoiled: Spoiled, sample: Sample) -> None:
    found = told(RULES[spoiled.rule], spoiled.change(sample))
    said = [(fault.cell, plain(fault.text)) for fault in found]
    assert any(cell == spoiled.cell and re.search(spoiled.text, text) for cell, text in said), said


@pytest.mark.parametrize("spoiled", SPOILED, ids=str)
def test_it_reaches_the_report_under_its_number(spoiled: Spoiled, sample: Sample) -> None:
    rule, cell = RULES[spoiled.rule], spoiled.cell
    report = spoiled.change(sample).report()
    said = [plain(f.text) for f in report.findings if (f.check, f.severity, f.cell) == (rule.code, rule.severity, cell)]
    assert any(re.search(spoiled.text, text) for text in said)
    assert report.verdict != "Готов"
    assert bool(report.errors) >= (rule.severity is Severity.ERROR)


@pytest.mark.parametrize("sound", SOUND, ids=str)
def test_what_is_right_is_left_in_peace(sound: Sound, sample: Sample) -> None:
    assert told(RULES[sound.rule], sound.change(sample)) == []


def test_every_rule_has_an_example_of_its_fault() -> None:
    assert {spoiled.rule for spoiled in SPOILED} == set(RULES)


def test_every_check_of_the_district_is_there() -> None:
    assert {int(rule.code) for rule in CHECKS} == {*range(1, 43), 47}
    assert list(CHECKS) == sorted(CHECKS, key=lambda rule: int(rule.code))
    assert len({rule.title for rule in CHECKS}) == len(CHECKS)
    assert all(rule.title and rule.basis for rule in CHECKS)


def test_every_rule_has_its_line_in_the_manual(repo: Path) -> None:
    manual = (repo / "docs" / "manual" / "checks.md").read_text(encoding="utf-8")
    lines = [line.split(" | ") for line in manual.splitlines() if line.startswith("| ") and line[2].isdigit()]
    said = {(cells[0].strip("| "), cells[1]): cells for cells in lines}
    words = {Severity.ERROR: "ошибка", Severity.WARNING: "предупреждение"}
    for rule in CHECKS:
        cells = said.pop((rule.code, rule.title))
        assert cells[3] == words[rule.severity], rule.title
        assert cells[4] == rule.basis.replace("№ ", "№\u00a0"), rule.title
        assert len(cells[2]) > 10, rule.title
        assert len(cells[5]) > 10, rule.title
    assert not said, "the manual tells of rules that are not there"


@pytest.mark.parametrize("spoiled", SPOILED, ids=str)
def test_a_finding_is_a_russian_sentence_with_its_figures(spoiled: Spoiled, sample: Sample) -> None:
    for fault in told(RULES[spoiled.rule], spoiled.change(sample)):
        assert fault.text[0].isupper() or fault.text[0].isdigit() or fault.text[0] == "«"
        assert fault.text.endswith(".")
        assert re.search(r"\d", fault.text)
        assert "None" not in fault.text
        assert "Decimal" not in fault.text
        assert "centre-" not in fault.text, "a key is nothing to a person"
        assert ".." not in fault.text
        assert all(source.ids for source in fault.records)


def test_one_warning_a_cell_of_a_check(sample: Sample) -> None:
    for spoiled in SPOILED:
        warnings: list[Finding] = list(spoiled.change(sample).report().warnings)
        assert len({(f.check, f.cell) for f in warnings}) == len(warnings)
