"""A file whose name speaks of another return than it holds: told at the place that the name speaks of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.core.periods import Quarter
from app.usecases.intake_names import spoken_of
from tests.region.made import NORTH, Q2, SOUTH, made_of, workbook_of
from tests.region.region import Region, Sent

Sends = Callable[..., Sent]


@pytest.mark.parametrize(("name", "oktmo", "quarter"), [
    ("НКО-47-кв_41606000_2026-Q3_0.xlsx", "41606000", (2026, 3)),
    ("нко-47-кв_41606000_2026-q3_12.XLSX", "41606000", (2026, 3)),
    ("Отчёт за III квартал 2026.xlsx", "", (2026, 3)),
    ("отчет 41606000 4 кв. 2025 года.xlsx", "41606000", (2025, 4)),
    ("НКО-47-кв 2026.xlsx", "", None),
    ("письмо от 12.10.2026.xlsx", "", None),
    ("1234567890.xlsx", "", None),
])  # fmt: skip
def test_what_a_name_speaks_of(name: str, oktmo: str, quarter: tuple[int, int] | None) -> None:
    assert spoken_of(name) == (oktmo, Quarter(*quarter) if quarter else None)


def test_another_quarter_is_told_where_the_name_s_quarter_is_missing(region: Region, sent: Sends) -> None:
    """The return of the second quarter came in time; the district sends it again under the name of the third."""
    kept = sent(NORTH).kept
    second = workbook_of(kept, made_of(kept, quarter=Q2))
    first = region.came(f"НКО-47-кв_{NORTH}_2026-Q2_0.xlsx", second)
    assert region.results(first, today="10.07.2026") == {first.name: "accepted"}
    again = region.came(f"НКО-47-кв_{NORTH}_2026-Q3_0.xlsx", second)
    told = "файл с названием за III квартал 2026 г. содержит отчёт за II квартал 2026 г."
    (one,) = region.intake(again)["files"]
    assert (one["result"], one["misnamed"].replace("\u00a0", " ")) == ("period", told)
    place = region.place(NORTH)
    assert place["misnamed"].replace("\u00a0", " ") == f"{told} («{again.name}»)"
    assert (place["correction"], place["set_aside"]) == (None, 0)
    assert told in region("board", "2026-Q3")[1]
    assert region("check")[0] == 0
    region.intake(again)
    assert region("check")[0] == 0
    third = region.came(f"НКО-47-кв_{NORTH}_2026-Q3_0 верный.xlsx", sent(NORTH).xlsx)
    assert region.results(third) == {third.name: "accepted"}
    assert region.place(NORTH)["correction"] == 0


def test_another_and_an_unknown_territory_are_told(region: Region, sent: Sends) -> None:
    other = region.came(f"НКО-47-кв_{SOUTH}_2026-Q3_0.xlsx", sent(NORTH).xlsx)
    assert region.results(other) == {other.name: "territory"}
    told = region.place(SOUTH)["misnamed"].replace("\u00a0", " ")
    assert told.startswith(f"файл с кодом {SOUTH} (Всеволожский")
    assert f"содержит отчёт с кодом {NORTH} (Волосовский" in told
    assert region.place(NORTH)["misnamed"] is None
    unknown = region.came("НКО-47-кв_41999000_2026-Q3_0.xlsx", sent(NORTH).xlsx)
    assert region.results(unknown) == {unknown.name: "territory"}
    assert "41999000, которого нет среди территорий" in region.place(NORTH)["misnamed"]
    kept = sent(NORTH).kept
    inside = region.came("НКО-47-кв_41609000_2026-Q3_0.xlsx", workbook_of(kept, made_of(kept, oktmo="41999000")))
    assert region.results(inside) == {inside.name: "territory"}
    told = region.place("41609000")["misnamed"].replace("\u00a0", " ")
    assert "содержит отчёт с кодом 41999000, которого нет" in told


def test_a_file_named_as_it_is_tells_nothing(region: Region, sent: Sends) -> None:
    named = region.came(f"{sent(NORTH).name}.xlsx", sent(NORTH).xlsx)
    plain = region.came("отчёт района.xlsx", sent(SOUTH).xlsx)
    assert {one["misnamed"] for one in region.intake(named, plain)["files"]} == {None}


def test_a_name_in_other_words_is_taken_in_and_told_all_the_same(region: Region, sent: Sends) -> None:
    came = region.came("Отчёт за IV квартал 2026.xlsx", sent(NORTH).xlsx)
    (one,) = region.intake(came)["files"]
    assert one["result"] == "accepted"
    assert "названием за IV квартал 2026 г. содержит отчёт за III квартал" in one["misnamed"].replace("\u00a0", " ")
