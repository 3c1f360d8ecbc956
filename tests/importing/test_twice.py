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
ROW = st.tuples(
    st.sampled_from(["АНО «Свет»", "Фонд «Заря»", "АНО «Светлый берег»", "Союз «Лад»", "", "НП «СВЕТ»"]),
    st.one_of(st.just(""), NUMBERS.map(lambda n: ogrn_with_check_digit(f"12347000000{n}")), st.just("123")),
    st.one_of(st.just(""), NUMBERS.map(lambda n: inn_with_check_digit(f"47030000{n}"))),
    st.sampled_from(["", "470301001", "470302001"]),
    st.sampled_from(["", "г. Всеволожск", "г. Санкт-Петербург", "п. Бугры"]),
    st.sampled_from(["", "8 81370 00-001", "8 81370 00-002"]),
    st.sampled_from(["", "1", "5; 9"]),
).map(list)


@given(st.lists(ROW, min_size=1, max_size=8), st.sampled_from(["none", "all"]))
def test_the_second_time_changes_nothing(rows: list[list[Any]], accept: Any) -> None:
    rows = [row for row in rows if any(row)] or [["АНО «Свет»", "", "", "", "", "", ""]]
    with tempfile.TemporaryDirectory() as folder, Desk(Path(folder)) as desk:
        table = [HEAD, *rows]
        once = desk.taken("ngo", table, accept=accept)
        assert sum(told(once)) == len(rows)
        kept = desk.all("ngo")
        twice = desk.taken("ngo", table)
        assert (twice.new, twice.changed) == (0, 0)
        assert desk.all("ngo") == kept
