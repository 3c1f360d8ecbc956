"""Packets over random work of two clerks: what only one touched survives, «hers» wins where told, undo restores."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.usecases.history import recent_changes
from app.usecases.import_plan import Outcome
from app.usecases.undoing import undo_batch
from app.usecases.working_copy import make_working_copy
from tests.factories import District
from tests.usecases.colleagues import COLLEAGUE, opened, packet, state, taken

FIELDS = ("phone", "email", "address", "note", "director", "site")
TEXTS = {
    "phone": ("8 (81370) 00-001", "8 (81370) 00-002", ""), "email": ("a@example.ru", "b@example.ru", ""),
    "address": ("ул. Новая, 1", "ул. Старая, 2", ""), "note": ("да", "нет", ""),
    "director": ("Сидорова О. П.", "Петрова И. И.", ""), "site": ("a.example.ru", "b.example.ru", ""),
}  # fmt: skip
YEARS = (2023, 2024, 2025)
NGOS = 3

edits = st.lists(
    st.tuples(
        st.integers(0, NGOS - 1),
        st.one_of(
            st.sampled_from(FIELDS).flatmap(lambda key: st.tuples(st.just(key), st.sampled_from(TEXTS[key]))),
            st.tuples(st.just("activities"), st.sets(st.sampled_from(("1", "2", "3", "4"))).map(tuple)),
            st.tuples(st.just("ngo_year"), st.dictionaries(st.sampled_from(YEARS), st.integers(0, 5))),
        ),
    ),
    max_size=8,
)


@pytest.fixture(scope="module")
def begun() -> Iterator[tuple[Path, Path]]:
    """A closed district with three NGOs, and a closed working copy of it."""
    with tempfile.TemporaryDirectory() as folder:
        with District(Path(folder)) as district:
            for number in range(NGOS):
                lines = {"ngo_year": [{"year": 2024, "staff": number}]}
                district.ngo(f"АНО «{number}»", phone=TEXTS["phone"][0], activities=("1",), lines=lines)
            copy = make_working_copy(district.database, Path(folder) / "копия.db", COLLEAGUE)
        yield Path(folder) / "район.db", copy


def edit(district: District, done: list[tuple[int, tuple[str, Any]]]) -> None:
    for ngo, (key, value) in done:
        if key == "ngo_year":
            kept = {line["year"]: line["id"] for line in district.card("ngo", ngo + 1).lines[key]}
            lines = [{"year": year, "staff": staff, **({"id": kept[year]} if year in kept else {})}
                     for year, staff in sorted(value.items())]  # fmt: skip
            district.save("ngo", {}, id=ngo + 1, lines={key: lines})
        else:
            district.save("ngo", {key: value}, id=ngo + 1)


def fields(district: District, ngo: int) -> dict[str, Any]:
    """What may be edited of an NGO, lines by what makes them one."""
    card = district.card("ngo", ngo + 1)
    found: dict[str, Any] = {key: card.values[key] or "" for key in FIELDS}
    found |= {f"activity {code}": True for code in card.values["activities"]}
    return found | {f"year {line['year']}": line["staff"] for line in card.lines["ngo_year"]}


def whole(district: District) -> dict[tuple[int, str], Any]:
    return {(ngo, key): value for ngo in range(NGOS) for key, value in fields(district, ngo).items()}


@settings(max_examples=25, phases=(Phase.generate,))
@given(hers=edits, mine=edits)
def test_what_one_alone_touched_survives_and_undo_gives_all_back(
    begun: tuple[Path, Path], hers: list[Any], mine: list[Any]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file, copied = begun
        shutil.copy(copied, Path(folder) / "копия.db")
        with District.copied(file, Path(folder), today="2026-07-01") as district:
            base = whole(district)
            copy = opened(Path(folder) / "копия.db", district, seed=7)
            edit(copy, hers)
            edit(district, mine)
            left, right = whole(copy), whole(district)
            brought = packet(copy)
            copy.database.close()
            before = state(district)
            made = taken(district, brought)
            now = whole(district)
            for key in {*base, *left, *right}:
                touched = (left.get(key) != base.get(key), right.get(key) != base.get(key))
                wanted = {(True, False): left, (False, True): right, (False, False): base, (True, True): right}[touched]
                if touched == (True, True) and key not in right:
                    continue  # I took the line away, she changed it: it stays away, or comes as a line of hers
                if touched == (True, True):  # mine, unless it is a value that she had in between
                    assert now.get(key) in (right.get(key), left.get(key)), (key, made.rows)
                    continue
                assert now.get(key) == wanted.get(key), (key, made.rows)
            if made.written:
                district.write(undo_batch, district.read(recent_changes, 1)[0].id, kind="undo")
            assert whole(district) == right
            assert state(district)["ngo"] == before["ngo"]


@settings(max_examples=25, phases=(Phase.generate,))
@given(hers=edits, mine=edits)
def test_with_hers_chosen_everywhere_what_she_touched_is_hers(
    begun: tuple[Path, Path], hers: list[Any], mine: list[Any]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file, copied = begun
        shutil.copy(copied, Path(folder) / "копия.db")
        with District.copied(file, Path(folder), today="2026-07-01") as district:
            base = whole(district)
            copy = opened(Path(folder) / "копия.db", district, seed=7)
            edit(copy, hers)
            edit(district, mine)
            left, brought = whole(copy), packet(copy)
            right = whole(district)
            copy.database.close()
            taken(district, brought, hers="hers")
            now = whole(district)
            for key in {*base, *left}:
                gone_here = key in base and key not in right  # what I took away does not come back by a change of it
                if left.get(key) != base.get(key) and not gone_here:
                    assert now.get(key) == left.get(key), key
            again = taken(district, brought, hers="hers")
            assert (again.written, {row.outcome for row in again.rows} <= {Outcome.SAME}) == (0, True), again.rows
