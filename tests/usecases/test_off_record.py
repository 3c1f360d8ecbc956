"""Of an NGO that has left the register nothing waits any more; cards that became one count and are found as one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.usecases import calendar_days, ngos, records, registers, reminders
from app.usecases.off_record import left_by
from app.usecases.overview import overview
from app.usecases.tasks import badge, tasks
from tests.factories import District, on


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path, today="2026-07-01") as found:
        yield found


def with_iopu(district: District, name: str, **more: Any) -> int:
    """An NGO whose mark ИОПУ ends in the month."""
    mark = {"mark": "iopu", "since": on("2024-07-20"), "valid_to": on("2026-07-20")}
    sonko = {"mark": "sonko", "since": on("2024-07-20")}
    return district.ngo(name, taken_on="2026-06-01", sonko=True, lines={"ngo_mark": [mark, sonko]}, **more)


def waiting(district: District, word: str) -> tuple[int, ...]:
    return next((task.ids for task in district.read(tasks) if word in task.words[0]), ())


def july(district: District, kind: str) -> list[str]:
    found = district.read(calendar_days.items, on("2026-07-01"), on("2026-07-31"))
    return [item.brief or item.title for item in found if item.kind == kind]


def test_a_mark_of_an_ngo_that_was_removed_ends_for_nobody(district: District) -> None:
    stays, goes, back = (with_iopu(district, name) for name in ("АНО «Свет»", "Фонд «Заря»", "АНО «Берег»"))
    assert waiting(district, "ИОПУ") == (stays, goes, back)
    for id in (goes, back):
        district.write(ngos.remove_from_record, id, on("2026-06-20"), "liquidated")
    district.write(ngos.take_on_record, back, on("2026-06-25"), status="active")
    assert waiting(district, "ИОПУ") == (stays, back)
    assert sorted(july(district, "mark")) == ["АНО «Берег»", "АНО «Свет»"]


def test_reminders_of_an_ngo_that_was_removed_wait_no_more(district: District) -> None:
    goes, stays = district.ngo("Фонд «Заря»"), district.ngo("АНО «Свет»")
    district.write(reminders.remind, "позвонить", on("2026-07-01"), register="ngo", about=goes)
    district.write(reminders.remind, "написать", on("2026-07-01"), register="ngo", about=stays)
    district.write(reminders.remind, "сдать план", on("2026-07-01"))
    assert district.read(badge) == 3
    district.at("2026-07-02").write(ngos.remove_from_record, goes, on("2026-07-02"), "liquidated")
    assert [one.text for one in district.read(reminders.due)] == ["написать", "сдать план"]
    assert district.read(badge) == 2
    assert july(district, "reminder") == ["написать", "сдать план"]
    assert [one.text for one in district.read(reminders.reminders_of, "ngo", goes)] == ["позвонить"], "the card"
    district.at("2026-07-03").write(reminders.remind, "забрать печать", on("2026-07-03"), register="ngo", about=goes)
    assert [one.text for one in district.read(reminders.due)][-1] == "забрать печать", "meant so after it had left"


def test_an_archived_card_waits_no_more_and_a_merged_one_stands_as_the_other(district: District) -> None:
    kept, lost, away = district.ngo("АНО «Свет»"), district.ngo("АНО Свет", ogrn=None, inn=None), district.ngo("Заря")
    for id in (lost, away):
        district.write(reminders.remind, f"карточка {id}", on("2026-07-01"), register="ngo", about=id)
    district.write(ngos.merge, lost, kept)
    district.write(records.archive, "ngo", away, "ошибка", kind="archive")
    assert [one.about for one in district.at("2026-07-02").read(reminders.due)] == [lost]
    assert set(district.read(left_by, [kept, lost, away], on("2026-07-02"))) == {away}
    district.write(ngos.remove_from_record, kept, on("2026-07-02"), "liquidated")
    assert district.read(reminders.due) == ()


def test_cards_that_became_one_are_neither_taken_nor_removed_on_the_first_page(district: District) -> None:
    kept = district.ngo("АНО «Свет»", taken_on="2026-07-01")
    lost = district.ngo("АНО Свет", ogrn=None, inn=None, taken_on="2026-07-01")
    gone = district.ngo("Фонд «Заря»", taken_on="2026-02-01")
    district.write(ngos.merge, lost, kept)
    district.write(ngos.remove_from_record, gone, on("2026-07-01"), "liquidated")
    found = district.read(overview)
    assert (found.on_record, found.taken, found.removed) == (1, 1, 1)


def test_records_of_a_merged_card_are_found_by_the_one_that_stayed(district: District) -> None:
    kept, lost, other = district.ngo("АНО «Свет»"), district.ngo("АНО Свет", ogrn=None, inn=None), district.ngo("Заря")
    need, its = district.need(lost), district.need(kept)
    service = district.service(district.centre(), recipients=[lost, other])
    district.need(other)
    district.write(ngos.merge, lost, kept)

    def found(register: str, **filters: Any) -> set[int]:
        return set(district.read(registers.find, register, filters=filters))

    assert found("need", ngo_id=kept) == found("need", ngo_id=[kept]) == {need, its}
    assert found("need", ngo_id=lost) == {need}, "what stood on the card that went is asked of it too"
    assert found("service", recipients=[kept]) == {service}
