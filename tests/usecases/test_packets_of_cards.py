"""What a packet says of cards as such: merged with all their people, told apart; and that it takes no needless time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from app.usecases import duplicates, merging, registers, saved_views
from app.usecases.import_plan import Outcome
from app.usecases.packet_making import views_left
from app.usecases.packet_taking import KIND, take
from tests.factories import District
from tests.usecases.colleagues import copy_for, packet


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path, today="2026-10-01") as found:
        yield found


def taken(district: District, brought: Any) -> Any:
    return district.write(take, brought, kind=KIND)


def people(district: District, id: int) -> list[str]:
    return sorted(line["name"] for line in district.card("ngo", id).lines["contact"])


def person(name: str) -> dict[str, Any]:
    return {"name": name, "basis": "полномочия"}


def test_a_person_who_came_to_the_card_that_went_comes_along(district: District) -> None:
    stays = district.ngo("АНО «Свет»", lines={"contact": [person("Ильина О. В.")]})
    goes = district.ngo("АНО «Свет» (дубль)", ogrn=None, inn=None, lines={"contact": [person("Громов П. П.")]})
    copy = copy_for(district)
    copy.write(merging.merge_cards, goes, stays, kind="merge")
    known = district.card("ngo", goes).lines["contact"]
    district.save("ngo", {}, id=goes, lines={"contact": [*known, person("Белова А. А.")]})
    taken(district, packet(copy))
    assert people(district, goes) == []
    assert people(district, stays) == ["Белова А. А.", "Громов П. П.", "Ильина О. В."]
    assert {row.outcome for row in taken(district, packet(copy)).rows} <= {Outcome.SAME}
    assert people(district, stays) == ["Белова А. А.", "Громов П. П.", "Ильина О. В."]


def test_cards_told_apart_in_the_copy_are_told_apart_here(district: District) -> None:
    one, other = district.ngo("АНО «Светлый берег»"), district.ngo("АНО «Светлый берег» (Кириши)", ogrn=None, inn=None)
    copy = copy_for(district)
    new = copy.ngo("Фонд «Светлый берег»", ogrn=None, inn=None)
    copy.write(duplicates.tell_apart, one, (other, new))
    copy.close()
    copy = reopened(copy, district)
    made = taken(district, packet(copy))
    told = [one.hers for row in made.rows for one in row.fields if one.title == "Похожая карточка"]
    assert len(told) == 2
    assert any("другая организация" in words for words in told)
    assert not any(one in (pair.left, pair.right) for pair in district.read(duplicates.pairs))
    again = taken(district, packet(copy))
    assert (again.written, {row.outcome for row in again.rows}) == (0, {Outcome.SAME})


def reopened(copy: District, like: District) -> District:
    from tests.usecases.colleagues import opened

    return opened(copy.path, like, seed=9)


def test_views_that_stay_in_the_copy_are_counted(district: District) -> None:
    district.write(saved_views.save_view, "ngo", "Все", saved_views.View())
    copy = copy_for(district)
    assert copy.read(views_left) == 0
    copy.write(saved_views.save_view, "ngo", "Мой", saved_views.View(search="свет"))
    assert copy.read(views_left) == 1


def test_words_to_find_by_are_made_once_for_a_packet_and_not_for_each_record(district: District) -> None:
    copy = copy_for(district)
    for number in range(30):
        copy.ngo(f"Фонд «Номер {number}»")
    brought = packet(copy)
    told: list[str] = []
    engine = district.database._readers

    def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        told.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        taken(district, brought)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert sum("INSERT INTO search_state" in one for one in told) <= 2
    assert len(district.read(registers.find, "ngo", search="номер 17")) == 1
