"""Figures at their very edges: last days, later states, the earliest of many, what was counted before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from app.core.periods import Quarter
from app.returns.snapshot import QuarterReturn
from app.usecases import contests, needs
from app.usecases import quarter_returns as returns
from app.usecases.opening import save_opening
from tests.factories import District, on
from tests.returns import examples
from tests.returns.examples import Sample

Q2, Q3, Q4, Q1_27, Q2_27 = Quarter(2026, 2), Quarter(2026, 3), Quarter(2026, 4), Quarter(2027, 1), Quarter(2027, 2)


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path, today="2026-07-06") as found:
        yield found


def draft(district: District, quarter: Quarter) -> QuarterReturn:
    return district.read(returns.draft, quarter).ret


def test_partners_of_an_agreement_that_held_one_day_of_the_quarter_count_in_it(district: District) -> None:
    id = district.agreement(district.partner(), [district.ngo()], starts="2026-07-06", ends="2026-10-01")
    made = draft(district.at("2027-01-11"), Q4)
    assert (made["501"].quarter, made["510"].quarter, made["503"].quarter, made["504"].quarter) == (0, 1, 1, 1)
    district.save("agreement", {"ends_on": on("2026-09-30")}, id=id)
    made = draft(district, Q4)
    assert (made["510"].quarter, made["503"].quarter, made["503"].year) == (1, 0, 1)
    assert draft(district, Q3)["501"].quarter == 1, "its last day is the quarter's own"


@pytest.mark.parametrize(("last", "in_use"), [("2026-09-30", 30), ("2026-09-29", 0)])
def test_premises_and_property_are_in_use_on_their_own_last_day(district: District, last: str, in_use: int) -> None:
    svet = district.ngo()
    room = {"given_on": on("2026-07-06"), "kind": "premises", "area": Decimal(30), "ends_on": on(last)}
    district.agreement(district.partner(), [svet], starts="2026-07-06", ends="2026-12-31", contributions=[room])
    district.support(svet, form="212", area=Decimal(30), ends_on=on(last))
    made = draft(district, Q3)
    assert (made["508"].quarter, made["212.5"].quarter) == (in_use, in_use)
    assert made["212.4"].quarter == 30


def test_a_practice_of_a_later_state_reached_the_earlier_ones_too() -> None:
    (known,) = (practice for practice in examples.PRACTICES if practice.id == 2)
    skipped = Sample().changed("practices", 2, states=(replace(known.states[0], state="recommended"),))
    made = skipped.built().ret
    assert [made[code].quarter for code in ("601", "602", "603", "604")] == [2, 2, 2, 0]


def test_a_service_before_its_need_was_told_is_a_wait_of_no_days(district: District) -> None:
    svet, centre = district.ngo(), district.centre()
    early = district.service(centre, "К4", [svet], day="2026-07-06")
    late = district.at("2026-08-01").service(centre, "К4", [svet])
    need = district.need(svet, day="2026-07-22")
    district.write(needs.answer_in_part, need, early)
    district.write(needs.close_need, need, on("2026-08-01"), services=[(late, "closes")])
    (line,) = draft(district, Q3).services
    assert (line.quarter.wait.total, line.quarter.wait.count, line.quarter.wait.value) == (10, 2, 5)


def test_the_latest_consultation_says_whether_a_body_is_being_registered(district: District) -> None:
    group, centre = district.body(), district.centre()
    district.at("2026-09-01").service(centre, "К1", [group], result="registering")
    district.service(centre, "К1", [group], day="2026-07-10")
    assert draft(district, Q3)["305"].quarter == 1
    district.at("2026-09-02").service(centre, "К1", [group])
    assert draft(district, Q3)["305"].quarter == 0


@pytest.mark.parametrize("lacking", ["evidence_kind", "evidence_no"])
def test_evidence_is_its_kind_and_its_number(lacking: str) -> None:
    made = Sample().changed("services", 4, **{lacking: ""}).built().ret
    line = next(line.quarter for line in made.services if line.key == "3.centre-1.К4")
    assert (line.records, line.evidenced, line.unevidenced) == (1, 0, 1)


def test_an_event_counts_in_the_earliest_quarter_of_its_records_whichever_was_typed_first(district: District) -> None:
    svet, luch = district.ngo(), district.ngo()
    school = {"kind": "training", "title": "Школа НКО", "held_on": on("2026-09-28"), "hours": Decimal(6)}
    event = district.at("2026-10-02").save("event", school)
    district.support(luch, form="215", day="2026-10-02", event_id=event)
    district.support(svet, form="215", day="2026-09-28", event_id=event)
    third, fourth = draft(district, Q3), draft(district, Q4)
    assert (third["215.2"].quarter, third["215.5"].quarter) == (1, 6)
    assert (fourth["215.2"].quarter, fourth["215.2"].year, fourth["215.3"].year) == (0, 1, 2)


def test_what_a_grant_gave_counts_by_the_day_of_the_recipients_report(district: District) -> None:
    values = {"contest_id": district.contest(), "ngo_id": district.ngo(), "project": "Двор"}
    id = district.save("grant_application", values | {"applied_on": on("2026-07-06"), "asked": Decimal(90_000)})
    district.at("2026-09-01").write(contests.decide, id, "supported", on("2026-09-01"), granted=Decimal(90_000))
    told = {"reported_on": on("2026-12-01"), "beneficiaries": 120, "events": 4, "publications": 2}
    district.at("2026-12-02").save("grant_application", told, id=id)
    third, fourth = draft(district, Q3), draft(district, Q4)
    assert [third[code].quarter for code in ("220.1", "220.2", "221", "222", "223")] == [1, 1, 0, 0, 0]
    assert [fourth[code].quarter for code in ("220.1", "220.2", "221", "222", "223")] == [0, 0, 120, 4, 2]


def test_those_helped_before_the_program_are_of_the_year_and_counted_once(district: District) -> None:
    svet, luch = (district.ngo(taken_on="2024-01-01", before_records=True) for _ in range(2))
    keys = {"210.year": [district.card("ngo", id).uuid for id in (svet, luch)]}
    district.write(save_opening, Q2, {"210.year": Decimal(2), "211.3.year": Decimal(7)}, keys=keys)
    district.support(svet, form="214")
    third = draft(district, Q3)
    assert (third["210"].quarter, third["210"].year, third["210"].year_upper) == (1, 2, None)
    first = draft(district.at("2027-04-05"), Q1_27)
    assert (first["210"].year, first["211.3"].year) == (0, 0), "another year"


def test_who_had_a_need_when_the_year_began_is_of_the_year(district: District) -> None:
    need = district.need(district.ngo())
    district.at("2027-02-01").write(needs.withdraw_need, need, on("2027-02-01"), "нашли сами")
    line = next(line for line in draft(district.at("2027-07-05"), Q2_27).needs if line.category == "finance")
    assert (line.quarter.ngos, line.year.ngos) == (0, 1)
    assert (line.year.start, line.year.withdrawn, line.year.end) == (1, 1, 0)
