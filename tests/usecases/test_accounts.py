"""Periods of account: what is late counts in the first open quarter, and what was counted stays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.core.errors import AppError
from app.core.periods import Quarter
from app.usecases import opening, records
from app.usecases.accounts import account_for, first_open
from tests.factories import District, on

Q1, Q2, Q3 = Quarter(2026, 1), Quarter(2026, 2), Quarter(2026, 3)


def test_a_fact_counts_in_its_quarter_or_in_the_first_open_one(district: District) -> None:
    assert district.read(account_for, date(2026, 2, 3)) == Q1
    district.freeze_plainly(Q1)
    assert district.read(account_for, date(2026, 2, 3)) == Q2
    assert district.read(account_for, date(2025, 2, 3)) == Q2
    assert district.read(account_for, date(2026, 8, 3)) == Q3
    assert district.read(first_open) == Q2


def test_before_anything_is_frozen_the_year_of_the_return_is_open(district: District) -> None:
    assert district.at("2026-01-15").read(first_open) == Quarter(2025, 1)
    assert district.at("2026-04-15").read(first_open) == Q1


def test_quarters_of_the_opening_balances_are_closed(district: District) -> None:
    district.write(opening.save_opening, Q2, {"101.year": Decimal(5)})
    assert district.read(account_for, date(2026, 5, 5)) == Q3
    ngo = district.ngo(activities=("1",), taken_on="2020-01-01", before_records=True)
    card = district.card("ngo", ngo)
    assert card.lines["ngo_interval"][0]["taken_account"] == Quarter(2020, 1)
    assert card.lines["ngo_activity"][0]["account"] == Q3
    assert card.lines["ngo_status"][0]["account"] == Q3
    need = district.need(ngo, day="2026-02-01", before_records=True)
    assert district.card("need", need).values["account"] == Q1


def test_a_date_moves_its_period_while_no_return_counts_it(district: District) -> None:
    id = district.support(district.ngo(), day="2026-06-30")
    district.save("support", {"decision_on": date(2026, 7, 1)}, id=id)
    assert district.card("support", id).values["account"] == Q3
    district.save("support", {"decision_on": date(2026, 6, 29)}, id=id)
    district.freeze_plainly(Q2)
    assert district.read(records.frozen_touched, "support", id) == Q2
    district.save("support", {"decision_on": date(2026, 7, 1)}, id=id)
    assert district.card("support", id).values["account"] == Q3  # Q2 counted what it should not: the check tells of it
    district.save("support", {"decision_on": date(2026, 6, 1)}, id=id)
    assert district.card("support", id).values["account"] == Q3  # Q2 is closed: told late


def test_a_late_record_touches_no_frozen_quarter(district: District) -> None:
    district.freeze_plainly(Q1)
    ngo = district.ngo(taken_on="2026-02-01", activities=("9",), sonko=True)
    id = district.support(ngo, day="2026-02-10")
    assert district.card("support", id).values["account"] == Q2
    for register, record in (("ngo", ngo), ("support", id)):
        assert district.read(records.frozen_touched, register, record) is None


def test_a_late_record_may_be_counted_in_its_own_quarter_by_a_correction(district: District) -> None:
    district.freeze_plainly(Q1)
    id = district.support(district.ngo(), day="2026-02-10")
    assert district.write(records.count_in_former, "support", id) == Q1
    assert district.card("support", id).values["account"] == Q1
    with pytest.raises(AppError, match="Запись и так учтена в своём квартале"):
        district.write(records.count_in_former, "support", id)


def test_an_agreement_ends_the_day_after_its_last_one(district: District) -> None:
    id = district.agreement(district.partner(), [district.ngo()], starts="2026-02-01", ends="2026-06-30")
    assert district.card("agreement", id).values["end_account"] == Q3
    district.save("agreement", {"ends_on": date(2026, 6, 29)}, id=id)
    assert district.card("agreement", id).values["end_account"] == Q2
    district.freeze_plainly(Q2)
    district.save("agreement", {"ends_on": date(2026, 12, 31)}, id=id)
    assert district.card("agreement", id).values["end_account"] == Quarter(2027, 1)  # 510 of Q2 is to be corrected
    late = district.agreement(district.partner(), [district.ngo()], starts="2026-01-01", ends="2026-03-15")
    values = district.card("agreement", late).values
    assert (values["account"], values["end_account"]) == (Q3, Q3)
    open_ended = district.agreement(district.partner(), [district.ngo()], starts="2026-07-01")
    assert district.card("agreement", open_ended).values["end_account"] is None


def test_the_end_of_a_mark_that_became_known_late(district: District) -> None:
    ngo = district.ngo(taken_on="2026-01-10", sonko=True)
    district.freeze_plainly(Q1)
    (mark,) = district.card("ngo", ngo).lines["ngo_mark"]
    assert (mark["account"], mark["end_account"]) == (Q1, None)
    district.save("ngo", {}, id=ngo, lines={"ngo_mark": [{"id": mark["id"], "valid_to": on("2026-03-01")}]})
    (mark,) = district.card("ngo", ngo).lines["ngo_mark"]
    assert (mark["since"], mark["end_account"]) == (date(2026, 1, 10), Q2)


def test_days_waited_count_where_the_link_was_made_in_time(district: District) -> None:
    ngo, centre = district.ngo(taken_on="2026-01-10"), district.centre()
    need = district.need(ngo, day="2026-02-01")
    service = district.service(centre, recipients=(ngo,), day="2026-03-01")
    district.freeze_plainly(Q1)
    district.save("need", {}, id=need, lines={"need_service": [{"service_id": service, "kind": "partly"}]})
    assert district.card("need", need).lines["need_service"][0]["account"] == Q2


def test_the_first_list_holds_ngos_that_were_on_record_before(district: District) -> None:
    """A list brought in October must stand in the return for the third quarter."""
    district.at("2026-10-05")
    old = district.write(records.save, "ngo", {"name": "Союз"}, kind="import")
    young = district.write(records.save, "ngo", {"name": "Фонд", "registered_on": on("2026-03-02")}, kind="import")
    dated = district.write(records.save, "ngo", {"name": "Клуб", "taken_on": on("2026-08-03")}, kind="import")
    found = [district.card("ngo", id).lines["ngo_interval"][0] for id in (old, young, dated)]
    assert [(line["taken_on"], line["before_records"]) for line in found] == [
        (date(2026, 1, 1), True), (date(2026, 3, 2), True), (date(2026, 8, 3), False),
    ]  # fmt: skip
    assert district.card("ngo", old).lines["ngo_status"][0]["account"] == Q1
    district.freeze_plainly(Q3)
    later = district.write(records.save, "ngo", {"name": "Позже"}, kind="import")
    assert district.card("ngo", later).lines["ngo_interval"][0]["taken_on"] == date(2026, 10, 5)
