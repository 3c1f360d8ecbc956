"""«Рабочая копия»: what is made for a colleague, for whom, and where it may lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.errors import AppError
from app.core.periods import Quarter
from app.core.roles import Role
from app.models.database import Database
from app.models.journal import chain_head
from app.usecases import people, records, return_texts, setup, support
from app.usecases.backup import check_database
from app.usecases.working_copy import make_working_copy, mark_of
from tests.factories import District
from tests.usecases.colleagues import COLLEAGUE, copy_for, packet


def test_a_working_copy_knows_whose_it_is_and_where_it_left(district: District, svet: int) -> None:
    head = district.read(chain_head)
    copy = copy_for(district)
    mark = copy.read(mark_of)
    assert mark is not None
    assert (mark.whom, mark.base, mark.made_by) == (COLLEAGUE, head, "Куратор")
    assert district.read(mark_of) is None
    assert district.read(chain_head) == head, "the file itself is not written"
    assert check_database(copy.database).sound
    assert copy.card("ngo", svet).values["name"] == "АНО «Свет»"
    assert [path.name for path in district.path.parent.iterdir() if path.name.startswith(".")] == []


def test_what_a_working_copy_refuses(district: District, svet: int, tmp_path: Path) -> None:
    money = district.support(svet)
    copy = copy_for(district)
    refused = [
        lambda: copy.write(setup.save_settings, {"due_day": 12}, kind="settings"),
        lambda: copy.freeze_plainly(Quarter(2026, 2)),
        lambda: copy.write(support.enter_in_register, money),
        lambda: copy.write(return_texts.set_text, Quarter(2026, 2), "704.note", "Совет", kind="return"),
        lambda: copy.write(people.add_person, "Н. Н.", kind="people"),
        lambda: copy.write(records.count_in_former, "support", money),
    ]
    for act in refused:
        with pytest.raises(AppError, match="Это рабочая копия"):
            act()
    with pytest.raises(AppError, match="сам рабочая копия"):
        make_working_copy(copy.database, tmp_path / "ещё.db", "Н. Н.")
    with pytest.raises(AppError, match="не рабочая копия"):
        packet(district)


def test_a_copy_takes_no_place_of_another_and_names_somebody(district: District, tmp_path: Path) -> None:
    there = tmp_path / "есть.db"
    there.write_text("важное", encoding="utf-8")
    for out, whom, sentence in (
        (there, "Н. Н.", "уже есть"),
        (tmp_path / "нет" / "x.db", "Н. Н.", "Папки"),
        (tmp_path / "x.db", " ", "для кого"),
    ):  # fmt: skip
        with pytest.raises(AppError, match=sentence):
            make_working_copy(district.database, out, whom)
    assert there.read_text(encoding="utf-8") == "важное"
    assert not (tmp_path / "x.db").exists()


def test_where_there_are_people_the_copy_is_for_one_of_them_who_may_write(district: District, tmp_path: Path) -> None:
    first = district.write(people.add_person, "Ермакова Л. В.", kind="people")
    people.sign_in(district.database, first)
    district.write(people.add_person, COLLEAGUE, kind="people")
    district.write(people.add_person, "Гость", role=Role.VIEWER, kind="people")
    for whom, sentence in (("Сидорова", "в файле нет"), ("гость", "просмотр")):
        with pytest.raises(AppError, match=sentence):
            make_working_copy(district.database, tmp_path / "x.db", whom)
    made = make_working_copy(district.database, tmp_path / "x.db", "тихонова а.с.")
    with Database.open(made) as copy, copy.read() as session:
        mark = mark_of(session)
        assert mark is not None
        assert mark.whom == COLLEAGUE


# --- both work
