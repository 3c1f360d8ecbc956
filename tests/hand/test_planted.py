"""Hand-filled forms: an honest one says nothing, each planted fault is named by its cell, none is invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.returns.compare import figures
from app.returns.hand_filled import Known
from app.usecases.return_files import FileReport
from tests.hand.conftest import Honest
from tests.hand.plants import LISTED, READING, Plant, plants
from tests.hand.typing_over import typed_over

Check = Callable[..., FileReport]
ALL = tuple(plants())


def told(report: FileReport) -> list[tuple[str, str]]:
    """Code or number of the check, and place, of everything that the report says."""
    return [
        *((fault.code, fault.place) for fault in report.faults),
        *((finding.check, finding.place) for finding in report.findings),
    ]


def test_there_are_more_than_fifty_plants() -> None:
    assert len(ALL) >= 50
    assert len({plant.what for plant in ALL}) == len(ALL)


def test_an_honest_form_has_no_fault(honest: Honest, checked: Check) -> None:
    report = checked(honest.xlsx)
    assert report.hand
    assert told(report) == []
    assert report.bare == ()


def test_an_honest_form_says_what_the_program_said(honest: Honest, checked: Check) -> None:
    """Every counted figure, each set and list as in the return from which the form was filled."""
    ret = honest.kept.ret
    found = checked(honest.xlsx, known=Known(entities=ret.entities)).ret
    assert found is not None
    waits = {cell for cell, _ in figures(ret) if ".wait." in cell}  # a form has the mean alone
    assert {c: v for c, v in figures(found) if c not in waits} == {c: v for c, v in figures(ret) if c not in waits}
    for code, row in ret.rows.items():
        assert replace(found.rows[code], note="") == replace(row, note=""), code
    assert (found.head.oktmo, found.head.quarter, found.head.correction) == (
        ret.head.oktmo,
        ret.head.quarter,
        ret.head.correction,
    )
    assert [row.number for row in found.annex_a] == [row.number for row in ret.annex_a]
    assert [(row.name, row.amount, row.ends_on) for row in found.annex_a_pending] == [
        (row.name, row.amount, row.ends_on) for row in ret.annex_a_pending
    ]
    assert [replace(need, ngo="") for need in found.annex_b] == [replace(need, ngo="") for need in ret.annex_b]
    assert [row.centre for row in found.annex_d] == [row.centre for row in ret.annex_d]
    assert {row.name: set(row.marks) for row in found.annex_e} == {row.name: set(row.marks) for row in ret.annex_e}


@pytest.mark.parametrize("plant", ALL, ids=str)
def test_a_planted_fault_is_named_by_its_cell(plant: Plant, honest: Honest, checked: Check) -> None:
    report = checked(typed_over(honest.xlsx, plant.typed(honest)))
    said = told(report)
    assert plant.by in {by for by, _ in said}, said
    assert {place for _, place in said} == plant.found(honest), [f.text for f in (*report.faults, *report.findings)]


def test_many_faults_in_one_form_are_all_found(honest: Honest, checked: Check) -> None:
    """Left out is what another hides by its nature: without a period nothing is checked, without parts no sum."""
    typed: dict[str, object] = {}
    wanted: set[str] = set()
    for plant in (*READING, *LISTED):
        cells = plant.typed(honest)
        head = any(place.startswith("Титул") for place in cells)
        if plant.by in ("list", "period", "typed_over") or head or typed.keys() & cells.keys():
            continue
        if any(place.rpartition("!")[0] == "3 за квартал" for place in cells):
            continue  # they share one free line
        typed |= cells
        wanted |= plant.found(honest)
    report = checked(typed_over(honest.xlsx, typed))
    places = {place for _, place in told(report)}
    assert len(wanted) >= 25
    assert wanted <= places, wanted - places
    assert places == wanted, places - wanted
