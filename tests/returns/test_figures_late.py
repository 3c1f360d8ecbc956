"""Figures of facts that came late, were dated anew or were told before the program: where they count."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from app.core.periods import Quarter
from app.returns.snapshot import QuarterReturn
from app.usecases import contests, needs, ngos, partnerships
from app.usecases import quarter_returns as returns
from app.usecases.dictionary_links import save_answers
from app.usecases.opening import save_opening
from app.usecases.records import archive, restore
from app.usecases.setup import save_unit
from app.usecases.undoing import undo_batch
from tests.factories import District, on

Q2, Q3, Q4, Q1_27 = Quarter(2026, 2), Quarter(2026, 3), Quarter(2026, 4), Quarter(2027, 1)
SIGNERS = {"head_post": "Заместитель главы", "head_name": "Ермакова Л. В.", "executor_post": "Главный специалист",
           "executor_name": "Тихонова А. С.", "executor_phone": "8 (81370) 00-000"}  # fmt: skip
ADDRESS = "г. Мурино, Лесная ул., д. 1"


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path, today="2026-07-01") as found:
        found.write(save_unit, SIGNERS)
        yield found


def freeze(district: District, quarter: Quarter, reason: str = "") -> QuarterReturn:
    return district.write(returns.freeze, quarter, reason=reason, kind="return", title="Утверждён отчёт").ret


def draft(district: District, quarter: Quarter) -> QuarterReturn:
    return district.read(returns.draft, quarter).ret


def an_ngo(district: District, name: str = "АНО «Светлый берег»", **values: object) -> int:
    return district.at("2026-07-06").ngo(name, address=ADDRESS, **values)  # type: ignore[arg-type]


def a_mark_that_ended(district: District, last: str) -> tuple[int, int]:
    """A СОНКО in force since July until a day of the third quarter: the NGO and the mark."""
    svet = an_ngo(district, sonko=True, activities=["1"])
    mark = district.card("ngo", svet).lines["ngo_mark"][0]["id"]
    district.at("2026-09-20").save("ngo", {}, id=svet, lines={"ngo_mark": [{"id": mark, "valid_to": on(last)}]})
    return svet, mark


def test_a_mark_whose_end_was_counted_does_not_come_back_when_its_last_day_is_corrected(district: District) -> None:
    svet, mark = a_mark_that_ended(district, "2026-08-01")
    assert freeze(district.at("2026-10-05"), Q3)["102"].quarter == 0
    district.save("ngo", {}, id=svet, lines={"ngo_mark": [{"id": mark, "valid_to": on("2026-07-20")}]})
    assert district.read(returns.to_be_corrected) == ()
    assert draft(district, Q4)["102"].quarter == 0


def test_a_mark_prolonged_after_its_end_was_counted_asks_for_a_correction(district: District) -> None:
    svet, mark = a_mark_that_ended(district, "2026-08-01")
    freeze(district.at("2026-10-05"), Q3)
    district.save("ngo", {}, id=svet, lines={"ngo_mark": [{"id": mark, "valid_to": on("2027-08-01")}]})
    assert district.read(returns.to_be_corrected) == (Q3,)
    assert draft(district, Q4)["102"].quarter == 1


def test_a_mark_given_again_after_it_ended_counts(district: District) -> None:
    svet, _ = a_mark_that_ended(district, "2026-08-01")
    district.at("2026-09-25").save("ngo", {"marks": ("sonko",)}, id=svet)
    assert [line["since"] for line in district.card("ngo", svet).lines["ngo_mark"]] == [
        on("2026-07-06"), on("2026-09-25"),
    ]  # fmt: skip
    assert draft(district, Q3)["102"].quarter == 1


def test_a_status_told_twice_on_one_day_is_the_last_one(district: District) -> None:
    svet = an_ngo(district, status="unverified")
    district.save("ngo", {"status": "inactive"}, id=svet)
    made = draft(district, Q3)
    assert (made["108"].quarter, made["119"].quarter) == (1, 0)


def test_a_decision_that_proves_to_be_of_the_next_quarter_moves_there(district: District) -> None:
    svet = an_ngo(district)
    told = district.at("2026-10-02").support(svet, form="214", day="2026-09-30")
    freeze(district.at("2026-10-05"), Q3)
    district.save("support", {"decision_on": on("2026-10-01")}, id=told)
    assert district.read(returns.to_be_corrected) == (Q3,)
    assert draft(district, Q3)["214.2"].quarter == 0
    assert draft(district, Q4)["214.2"].quarter == 1


def test_a_counted_decision_dated_back_stays_in_its_return(district: District) -> None:
    told = an_ngo(district)
    told = district.at("2026-09-30").support(told, form="214")
    freeze(district.at("2026-10-05"), Q3)
    district.save("support", {"decision_on": on("2026-07-06")}, id=told)
    assert district.read(returns.to_be_corrected) == ()


def test_an_agreement_prolonged_after_its_end_was_counted_is_in_force_again(district: District) -> None:
    svet = an_ngo(district)
    partner = district.partner()
    id = district.agreement(partner, [svet], starts="2026-07-06", ends="2026-09-10")
    sent = freeze(district.at("2026-10-05"), Q3)
    assert (sent["501"].quarter, sent["510"].quarter) == (0, 1)
    district.save("agreement", {"ends_on": on("2026-12-31")}, id=id)
    assert district.read(returns.to_be_corrected) == (Q3,)
    corrected = freeze(district, Q3, "Соглашение продлено")
    assert (corrected["501"].quarter, corrected["510"].quarter) == (1, 0)
    later = draft(district, Q4)
    assert (later["501"].quarter, later["510"].quarter, later["503"].quarter) == (1, 0, 1)


def test_days_waited_are_counted_where_the_link_is_made_over_the_new_year(district: District) -> None:
    svet = an_ngo(district)
    centre = district.at("2026-10-06").centre()
    need = district.need(svet)
    given = district.at("2026-12-15").service(centre, "К4", [svet])
    freeze(district.at("2027-01-11"), Q4)
    district.at("2027-01-20").write(needs.close_need, need, on("2027-01-20"), services=[(given, "closes")])
    assert district.read(returns.to_be_corrected) == ()
    (line,) = draft(district.at("2027-04-05"), Q1_27).services
    assert (line.quarter.records, line.quarter.wait.total, line.quarter.wait.count) == (0, 70, 1)


def test_another_map_of_needs_and_services_corrects_nothing_sent(district: District) -> None:
    svet, centre = an_ngo(district), district.centre()
    district.need(svet, "finance")
    district.service(centre, "К4", [svet])
    freeze(district.at("2026-10-05"), Q3)
    district.write(save_answers, "finance", ["С3"])
    assert district.read(returns.to_be_corrected) == ()
    assert {line.category: line.quarter.unserved for line in draft(district, Q3).needs}["finance"] == 1


def test_what_an_agreement_gave_before_the_program_stands_in_the_opening_balances_alone(district: District) -> None:
    district.write(save_opening, Q2, {"501.year": Decimal(1), "505.1.year": Decimal(100)})
    svet = an_ngo(district, taken_on="2024-01-01", before_records=True)
    given = {"kind": "money", "amount": Decimal(100)}
    id = district.agreement(district.partner(), [svet], starts="2025-01-01", ends="2026-12-31", before_records=True,
                            contributions=[given | {"given_on": on("2026-03-01")}])  # fmt: skip
    district.write(partnerships.contribute, id, given | {"given_on": on("2026-07-03")})
    made = draft(district, Q3)
    assert (made["505.1"].quarter, made["505.1"].year) == (100, 200)
    assert [row for row in made.annex_g if row.kind == "late"] == []


def test_an_ngo_on_record_and_removed_before_the_program_is_no_removal_of_a_quarter(district: District) -> None:
    district.write(save_opening, Q2, {"101.year": Decimal(1)})
    here = an_ngo(district, taken_on="2024-01-01", before_records=True)
    gone = {"taken_on": on("2020-01-01"), "before_records": True, "removed_on": on("2024-01-01"), "removal": "moved"}
    an_ngo(district, "АНО «Уехавшая»", lines={"ngo_interval": [gone]})
    made = draft(district, Q3)
    assert (made["101"].quarter, made["109"].quarter, made["110"].quarter) == (1, 0, 0)
    district.write(ngos.remove_from_record, here, on("2026-06-10"), "moved")
    made = draft(district, Q3)
    assert (made["101"].quarter, made["110"].quarter) == (0, 1), "it stood in the opening balance: told late"


def test_a_decision_marked_before_records_by_mistake_counts_once_the_mark_is_gone(district: District) -> None:
    district.write(save_opening, Q2, {"212.2.year": Decimal(0)})
    id = district.support(an_ngo(district), form="212", day="2026-05-05", before_records=True)
    assert draft(district, Q3)["212.2"].quarter == 0
    district.save("support", {"before_records": False}, id=id)
    assert draft(district, Q3)["212.2"].quarter == 1


def test_the_grant_follows_the_day_and_the_recipient_of_its_application(district: District) -> None:
    svet, luch = an_ngo(district), an_ngo(district, "АНО «Луч»")
    values = {"contest_id": district.contest(), "ngo_id": luch, "project": "Двор", "applied_on": on("2026-07-06")}
    id = district.save("grant_application", values | {"asked": Decimal(90_000)})
    district.at("2026-10-02").write(contests.decide, id, "supported", on("2026-09-30"), granted=Decimal(90_000))
    district.save("grant_application", {"decision_on": on("2026-10-01"), "ngo_id": svet}, id=id)
    third, fourth = draft(district, Q3), draft(district, Q4)
    assert (third["220.2"].quarter, third["211.2"].quarter) == (0, 0)
    assert (fourth["220.2"].quarter, fourth["211.2"].quarter) == (1, 1)
    assert fourth.members["211.1"].quarter == (district.card("ngo", svet).uuid,)


def test_one_body_on_two_cards_is_registered_once(district: District) -> None:
    centre = district.at("2026-07-06").centre()
    first, second = district.body("Группа «Двор»"), district.body("Инициативная группа «Двор»")
    district.service(centre, "К1", [first], result="registered")
    freeze(district.at("2026-10-05"), Q3)
    district.at("2026-10-06").service(centre, "К1", [second], result="registered")
    assert draft(district, Q4)["304"].year == 2
    district.write(ngos.merge, first, second)
    assert district.read(returns.to_be_corrected) == ()
    assert (draft(district, Q4)["304"].quarter, draft(district, Q4)["304"].year) == (0, 1)


def test_a_year_that_tells_of_staff_alone_keeps_the_volunteers_known_before(district: District) -> None:
    an_ngo(district, lines={"ngo_year": [{"year": 2025, "staff": 3, "volunteers": 20}, {"year": 2026, "staff": 4}]})
    an_ngo(district, "АНО «Луч»", lines={"ngo_year": [{"year": 2026, "volunteers": 5}]})
    made = draft(district, Q3)
    assert (made["117"].quarter, made["118"].quarter) == (4, 25)
    assert made["117"].note == "Без сведений за год: 1\u00a0НКО"
    assert made["118"].note == ""


def test_what_came_late_is_told_under_the_row_that_counts_it(district: District) -> None:
    svet, partner = an_ngo(district), district.partner()
    id = district.agreement(partner, [svet], starts="2026-07-06", ends="2026-12-31")
    freeze(district.at("2026-10-05"), Q3)
    pro_bono = {"given_on": on("2026-09-01"), "kind": "pro_bono", "hours": Decimal(3)}
    district.write(partnerships.contribute, id, pro_bono)
    district.write(partnerships.end_early, id, on("2026-09-10"), "Спор сторон")
    school = {"kind": "training", "title": "Школа НКО", "held_on": on("2026-09-02"), "hours": Decimal(6)}
    district.save("event", school)
    event = district.save("event", school | {"title": "Школа грантов"})
    district.support(svet, form="215", day="2026-09-02", event_id=event)
    practice = district.practice(svet, presented="2026-09-03")
    district.write(partnerships.advance_practice, practice, on("2026-09-04"))
    late = [row for row in draft(district, Q4).annex_g if row.kind == "late"]
    assert [row.cell.removesuffix(".quarter") for row in late] == ["215.3", "506", "510", "601", "602"]
    assert "Окончание соглашения" in late[2].text
    assert "от 11.09.2026" in late[2].text, "the day after the last one in force"


def test_what_lay_in_the_archive_while_its_quarter_was_frozen_is_told_late(district: District) -> None:
    svet = an_ngo(district)
    told = district.support(svet, form="214")
    district.write(archive, "support", told, "внесена дважды")
    freeze(district.at("2026-10-05"), Q3)
    district.at("2026-10-07").write(restore, "support", told)
    assert district.read(returns.to_be_corrected) == ()
    assert draft(district, Q4)["214.2"].quarter == 1


def test_what_was_archived_after_its_quarter_was_frozen_comes_back_into_it(district: District) -> None:
    told = district.support(an_ngo(district), form="214")
    freeze(district.at("2026-10-05"), Q3)
    district.at("2026-10-07").write(archive, "support", told, "внесена дважды")
    assert district.read(returns.to_be_corrected) == (Q3,)
    district.at("2026-10-08").write(restore, "support", told)
    assert district.read(returns.to_be_corrected) == ()


def test_an_archiving_undone_after_the_freezing_is_told_late_too(district: District) -> None:
    told = district.support(an_ngo(district), form="214")
    district.write(archive, "support", told, "внесена дважды")
    batch = district.read(lambda s: s.scalar(text("SELECT max(id) FROM batch")))
    freeze(district.at("2026-10-05"), Q3)
    district.at("2026-10-07").write(undo_batch, batch, kind="undo")
    assert district.read(returns.to_be_corrected) == ()
    assert draft(district, Q4)["214.2"].quarter == 1
