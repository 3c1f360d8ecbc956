"""Which cards are alike, what tells them apart, and that a pair told apart is asked about nowhere again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.usecases import importing, registers
from app.usecases.duplicates import Duplicates, address_key, pairs, save_apart, tell_apart
from app.usecases.importing import Outcome
from app.usecases.undoing import undo_batch
from tests.factories import District


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path) as made:
        yield made


def found(district: District) -> list[tuple[int, int]]:
    return [(pair.left, pair.right) for pair in district.read(pairs)]


@pytest.mark.parametrize(("one", "other", "same"), [
    ("188661, Ленинградская область, г. Мурино, Лесная ул., д. 1", "Мурино, ул. Лесная 1", True),
    ("г. Мурино, Лесная ул., д. 1", "г. Мурино, Лесная ул., д. 11", False),
    ("г. Мурино, Лесная ул., д. 1", "г. Сертолово, Лесная ул., д. 1", False),
])  # fmt: skip
def test_addresses_are_compared_by_their_own_words(one: str, other: str, same: bool) -> None:
    assert (address_key(one) == address_key(other)) is same
    assert address_key(one)


def test_an_address_without_a_house_says_nothing() -> None:
    assert address_key("Ленинградская область, г. Мурино") == ""


def test_numbers_tell_apart_what_names_would_join(district: District) -> None:
    district.ngo("АНО «Светлый берег»")
    district.ngo("Фонд «Светлый берег»")
    assert found(district) == [], "two ОГРН are two organisations"
    district.ngo("Союз «Светлый берег»", ogrn=None, inn=None)
    assert found(district) == [(1, 3), (2, 3)]


def test_one_address_alone_is_no_pair(district: District) -> None:
    for name in ("АНО «Причал»", "Фонд «Ладога»"):
        district.ngo(name, ogrn=None, inn=None, address="г. Мурино, Лесная ул., д. 1")
    assert found(district) == []
    index = district.read(Duplicates)
    (alike,) = index.alike({"name": "Совсем другое имя", "address": "Мурино, Лесная 1"}, but=2)
    assert (alike.id, alike.why) == (1, ("тот же адрес",)), "while typing it is told"


def test_a_branch_is_not_a_duplicate_of_its_head(district: District) -> None:
    ogrn, inn = district.ogrn(), district.inn()
    head = district.ngo("РОО «Маяк»", ogrn=ogrn, inn=inn)
    district.ngo("РОО «Маяк», отделение", ogrn=ogrn, inn=inn, kpp="470301001", is_branch=True, head_id=head)
    assert found(district) == []


def test_councils_of_two_settlements_are_two(district: District) -> None:
    for place in district.read(registers.choices, "settlement")[:2]:
        district.body("Совет ветеранов", settlement=place.code)
    assert found(district) == []


def test_a_pair_told_apart_is_gone_until_that_is_undone(district: District) -> None:
    one = district.ngo("АНО «Озёрный круг»")
    other = district.ngo("АНО «Озерный круг»", ogrn=None, inn=None)
    assert found(district) == [(one, other)]
    with district.database.write("edit", "разные организации") as session:
        tell_apart(session, other, [one])
        tell_apart(session, one, [other])
        session.flush()
        batch = session.info["batch"].id
    assert found(district) == []
    assert district.read(Duplicates).alike({"name": "АНО «Озёрный круг»"}, but=other) == ()
    district.write(undo_batch, batch, kind="undo")
    assert found(district) == [(one, other)]


def test_a_new_card_and_what_it_is_not_are_one_write(district: District) -> None:
    one = district.ngo("АНО «Озёрный круг»")
    made = district.write(save_apart, {"name": "Фонд «Озёрный круг»", "kind": "legal"}, [one])
    assert found(district) == []
    assert district.card("ngo", made).values["name"] == "Фонд «Озёрный круг»"


def test_an_accepted_row_of_a_list_is_another_organisation(district: District, tmp_path: Path) -> None:
    district.ngo("АНО «Северный цветок радости»", ogrn=None, inn=None)
    listed = tmp_path / "список.csv"
    listed.write_text("Наименование;Адрес\nАНО «Северный цветок радость»;г. Мурино\n", encoding="utf-8")
    preview = district.read(importing.preview, "ngo", listed)
    (row,) = preview.rows
    assert row.outcome is Outcome.DOUBTFUL
    assert row.doubts[0].startswith("Похожа на АНО «Северный цветок радости»")
    district.write(importing.write, preview, accept_doubtful="all", kind="import")
    assert found(district) == [], "she said that it is another one"
    (again,) = district.read(importing.preview, "ngo", listed).rows
    assert again.outcome is Outcome.SAME, "and the list asks no more"
