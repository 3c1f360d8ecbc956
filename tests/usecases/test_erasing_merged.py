"""«Обезличить» over cards that were made one: a person has a line in the journal for each card she stood on."""

from __future__ import annotations

from app.usecases import contacts, merging
from app.usecases.contacts import Standing
from app.usecases.erasing import look_before
from tests.factories import District
from tests.usecases.test_erasing import NAME, PERSON, erase, found_in, with_person


def test_whom_a_merge_moved_is_erased_on_the_card_that_left_too(district: District) -> None:
    """A merge takes her line off the one card and writes it on the other: one person, two lines in the journal."""
    stays = district.ngo("АНО «Свет»")
    leaves, first = with_person(district)
    twice = district.ngo("АНО Свет", ogrn=None, inn=None, lines={"contact": [PERSON | {"name": NAME}]})
    district.save("ngo", {}, id=leaves, lines={"contact": []})
    district.write(merging.merge_cards, twice, stays, kind="merge")
    (live,) = (row for row in district.read(contacts.contacts) if row.standing is not Standing.DROPPED)
    assert len(district.read(look_before, [live.id]).persons) == 3
    assert {one.contact_no for one in erase(district, live.id).persons} >= {first, live.id}
    district.close()
    assert found_in(district.path) == []
