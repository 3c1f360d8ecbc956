"""Single rows of the return, each as the curator would count it by hand."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from app.core.periods import Quarter
from app.returns.snapshot import QuarterReturn
from app.usecases import needs, ngos, support
from app.usecases import quarter_returns as returns
from app.usecases.setup import save_unit
from tests.factories import District, on

Q3, Q4 = Quarter(2026, 3), Quarter(2026, 4)
SIGNERS = {"head_post": "Заместитель главы", "head_name": "Ермакова Л. В.", "executor_post": "Главный специалист",
           "executor_name": "Тихонова А. С.", "executor_phone": "8 (81370) 00-000"}  # fmt: skip
ADDRESS = "г. Мурино, Лесная ул., д. 1"


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path, today="2026-07-06") as found:
        found.write(save_unit, SIGNERS)
        yield found


def freeze_the_third(district: District) -> QuarterReturn:
    return district.at("2026-10-05").write(returns.freeze, Q3, kind="return", title="Утверждён отчёт").ret


def draft(district: District, quarter: Quarter) -> QuarterReturn:
    return district.read(returns.draft, quarter).ret


def errors(district: District, quarter: Quarter) -> list[str]:
    return [finding.text for finding in district.read(returns.draft, quarter).report.errors]


def test_233_takes_an_entry_whose_term_still_runs_and_keeps_it(district: District) -> None:
    svet = district.ngo("АНО «Светлый берег»", address=ADDRESS)
    overdue = district.at("2026-09-01").support(svet, form="214")
    district.at("2026-09-20").write(
        support.enter_in_register, overdue, entered_on=on("2026-09-02"), published_on=on("2026-09-18")
    )
    fresh = district.at("2026-09-30").support(svet, form="214")
    district.write(support.enter_in_register, fresh)
    sent = freeze_the_third(district)  # the third working day after 30.09
    assert (sent["232"].quarter, sent["233"].quarter) == (2, 1)
    district.at("2026-10-20").write(support.publish, fresh, on("2026-10-19"))
    assert district.read(returns.to_be_corrected) == ()
    assert draft(district.at("2027-01-11"), Q4)["233"].year == 1


def test_annex_a_holds_entries_terminations_and_what_waits_for_an_entry(district: District) -> None:
    svet, group = district.ngo("АНО «Светлый берег»", address=ADDRESS), district.body()
    district.support(group, form="214")
    district.support(svet, form="216")
    waiting, entered = district.support(svet, form="214"), district.support(svet)
    district.at("2026-07-08").write(support.enter_in_register, entered)
    district.at("2026-10-02").write(support.enter_in_register, waiting)
    third = draft(district, Q3)
    assert [row.form for row in third.annex_a] == ["211"]
    assert [row.form for row in third.annex_a_pending] == ["214"]
    district.at("2026-10-05").write(support.terminate, entered, decision_no="12-р", decision_on=on("2026-10-03"))
    fourth = draft(district, Q4)
    assert [(row.form, row.termination) for row in fourth.annex_a] == [("214", False), ("211", True)]
    assert (fourth["232"].quarter, fourth["211.2"].quarter, fourth["214.2"].quarter) == (2, 0, 0)


def test_a_seminar_whose_records_lie_in_two_quarters_is_one_event_of_the_first(district: District) -> None:
    svet, luch = district.ngo("АНО «Светлый берег»", address=ADDRESS), district.ngo("АНО «Луч»", address=ADDRESS)
    school = {"kind": "training", "title": "Школа НКО", "held_on": on("2026-07-06"), "hours": Decimal(6)}
    event = district.save("event", school)
    district.support(svet, form="215", event_id=event)
    freeze_the_third(district)
    district.support(luch, form="215", day="2026-09-01", event_id=event)
    made = draft(district, Q4)
    assert (made["215.2"].quarter, made["215.2"].year, made["215.5"].year) == (0, 1, 6)
    assert (made["215.3"].quarter, made["215.1"].year) == (1, 2)
    assert district.read(returns.to_be_corrected) == ()
    assert errors(district, Q4) == []


def test_a_need_withdrawn_late_is_open_in_the_return_sent_and_leaves_in_the_next(district: District) -> None:
    need = district.need(district.ngo("АНО «Светлый берег»", address=ADDRESS))
    freeze_the_third(district)
    district.write(needs.withdraw_need, need, on("2026-09-20"), "помещение нашли сами")
    assert [row.status for row in draft(district, Q3).annex_b] == ["open"]
    made = draft(district, Q4)
    assert [row.status for row in made.annex_b] == ["withdrawn"]
    line = next(line for line in made.needs if line.category == "finance")
    assert (line.quarter.start, line.quarter.withdrawn, line.quarter.end) == (1, 1, 0)
    assert (line.year.start, line.year.opened, line.year.ngos) == (0, 1, 1)
    assert errors(district, Q4) == []


def test_a_body_that_registered_late_is_a_legal_entity_from_the_open_quarter(district: District) -> None:
    group = district.body(address=ADDRESS)
    district.service(district.centre(), "К1", [group], result="registering")
    sent = freeze_the_third(district)
    assert (sent["106"].quarter, sent["305"].quarter) == (1, 1)
    extract = {"ogrn": district.ogrn(), "inn": district.inn(), "okopf": "71400", "registered_on": on("2026-09-20")}
    district.write(ngos.register_body, group, extract)
    assert district.read(returns.to_be_corrected) == ()
    made = draft(district, Q4)
    assert (made["101"].quarter, made["106"].quarter, made["113"].quarter, made["305"].quarter) == (1, 0, 1, 0)
    assert errors(district, Q4) == []


def test_a_head_and_its_branch_are_two_on_record_and_one_recipient(district: District) -> None:
    head = district.ngo("АНО «Светлый берег»", address=ADDRESS)
    numbers = {key: district.card("ngo", head).values[key] for key in ("ogrn", "inn")}
    branch = district.ngo("Филиал", address=ADDRESS, kpp="470301001", is_branch=True, head_id=head, **numbers)
    for ngo in (head, branch):
        district.support(ngo, form="214")
    made = draft(district, Q3)
    assert (made["101"].quarter, made["210"].quarter, made["214.1"].year, made["214.2"].quarter) == (2, 1, 1, 2)
