"""Importing twice equals importing once, whatever the list says."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.core.identifiers import inn_with_check_digit, ogrn_with_check_digit
from tests.importing.conftest import Desk, told

HEAD = ["Наименование", "ОГРН", "ИНН", "КПП", "Адрес", "Телефон", "Виды деятельности"]
NUMBERS = st.integers(1, 4)
OGRNS = [ogrn_with_check_digit(f"12347000000{n}") for n in range(5)]
INNS = [inn_with_check_digit(f"47030000{n}") for n in range(5)]
NAMES = ["АНО «Свет»", "Фонд «Заря»", "АНО «Светлый берег»", "Союз «Лад»", "НП «СВЕТ»"]
REST = (
    st.sampled_from(["", "470301001", "470302001"]),
    st.sampled_from(["", "г. Всеволожск", "г. Санкт-Петербург", "п. Бугры"]),
    st.sampled_from(["", "8 81370 00-001", "8 81370 00-002"]),
    st.sampled_from(["", "1", "5; 9"]),
)
# Anything under anything: one ОГРН with the ИНН of another, rows without names.
WILD = st.tuples(
    st.sampled_from([*NAMES, ""]),
    st.one_of(st.just(""), NUMBERS.map(OGRNS.__getitem__), st.just("123")),
    st.one_of(st.just(""), NUMBERS.map(INNS.__getitem__)),
    *REST,
).map(list)


@st.composite
def honest(draw: st.DrawFn) -> list[Any]:
    """A row about one of four organisations, each with name, numbers and place of its own, told or not."""
    n = draw(st.integers(0, 3))
    own = [OGRNS[n], INNS[n], ["", "470301001", "", "470302001"][n], ["г. Всеволожск", "", "п. Бугры", "г. Волхов"][n]]
    told_of = [value if draw(st.booleans()) else "" for value in own]
    return [NAMES[n], *told_of, draw(REST[2]), draw(REST[3])]


def twice(rows: list[list[Any]], accept: Any) -> None:
    rows = [row for row in rows if any(row)] or [["АНО «Свет»", "", "", "", "", "", ""]]
    with tempfile.TemporaryDirectory() as folder, Desk(Path(folder)) as desk:
        table = [HEAD, *rows]
        once = desk.taken("ngo", table, accept=accept)
        assert sum(told(once)) == len(rows)
        kept = desk.all("ngo")
        again = desk.taken("ngo", table)
        assert (again.new, again.changed) == (0, 0)
        assert desk.all("ngo") == kept


@given(st.lists(WILD, min_size=1, max_size=6))
def test_the_second_time_changes_nothing_whatever_the_list_says(rows: list[list[Any]]) -> None:
    twice(rows, "none")


@given(st.lists(honest(), min_size=1, max_size=6))
def test_the_second_time_changes_nothing_with_all_accepted(rows: list[list[Any]]) -> None:
    twice(rows, "all")
