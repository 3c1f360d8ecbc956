"""The board of a quarter: expected by date, in time or late, complete by content; order of intake does not matter."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.clock import Clock
from app.core.periods import Quarter
from app.models import Territory as KeptTerritory
from app.models.database import Database
from app.region.completeness import completeness
from app.region.journals import Anchor, telling
from app.region.results import chain_of, expected, standing
from app.reports.return_sheet import return_xlsx
from app.returns.codec import canonical, fingerprint
from app.returns.records import Territory
from app.returns.snapshot import Earlier
from app.usecases.intake import take_in
from app.usecases.received import received, standing_return
from app.usecases.region_board import board
from app.usecases.region_setup import create_region
from tests.hand.typing_over import typed_over
from tests.region.region import Region, Sent, letter, zipped

Sends = Callable[..., Sent]
Q2, Q3, Q4 = Quarter(2026, 2), Quarter(2026, 3), Quarter(2026, 4)


def test_expected_are_those_that_exist_on_the_last_day(region: Region) -> None:
    """Гатчинский округ replaced the district on 13.05.2024."""
    before, after = region.json("board", "2024-Q1"), region.json("board", "2024-Q2")
    assert (before["expected"], after["expected"]) == (18, 18)
    assert "41618000" in before["missing_codes"]
    assert "41518000" not in before["missing_codes"]
    assert "41518000" in after["missing_codes"]
    assert "41618000" not in after["missing_codes"]


def test_a_letter_tells_when_its_return_came(region: Region, sent: Sends) -> None:
    """Our own server's mark before the sender's clock; what cannot be is not believed."""
    hop = b"Received: from a by b; Mon, 12 Oct 2026 18:00:00 +0300\nReceived: by c; Thu, 8 Oct 2026 09:00:00 +0300\n"
    heads = {
        "41603000": b"Date: Fri, 9 Oct 2026 10:00:00 +0300\n",
        "41606000": hop + b"Date: Wed, 7 Oct 2026 10:00:00 +0300\n",
        "41609000": b"Date: Fri, 9 Oct 2027 10:00:00 +0300\n",
        "41612000": b"Date: Wed, 30 Sep 2026 10:00:00 +0300\n",
        "41615000": b"Date: soon\n",
    }
    letters = {
        f"{oktmo}.eml": head + letter({f"{sent(oktmo).name}.xlsx": sent(oktmo).xlsx}) for oktmo, head in heads.items()
    }
    region.came("письма.zip", zipped(letters))
    region.came("ящик.xlsx", sent("41621000").xlsx)
    region.intake(today="20.10.2026")
    came = {oktmo: region.place(oktmo)["received_on"] for oktmo in (*heads, "41621000")}
    late = "2026-10-20"
    assert came == {
        "41603000": "2026-10-09", "41606000": "2026-10-12", "41609000": late, "41612000": late, "41615000": late,
        "41621000": late,
    }  # fmt: skip
    assert region.json("board", "2026-Q3")["on_time"] == 2


def test_in_time_late_and_missing(region: Region, sent: Sends) -> None:
    """III квартал was due on Monday 12 October 2026."""
    first = region.came("а.xlsx", sent("41606000").xlsx)
    late = region.came("б.xlsx", sent("41612000").xlsx)
    region.intake(first, today="12.10.2026")
    region.intake(late, today="14.10.2026")
    region.intake(region.came("в.xlsx", sent("41606000", 1).xlsx), today="25.10.2026")
    told = region.json("board", "2026-Q3")
    assert {key: told[key] for key in ("expected", "received", "on_time", "accepted", "corrected", "missing")} == {
        "expected": 18, "received": 2, "on_time": 1, "accepted": 0, "corrected": 1, "missing": 16,
    }  # fmt: skip
    assert (region.place("41606000")["on_time"], region.place("41606000")["correction"]) == (True, 1)
    assert (region.place("41612000")["on_time"], region.place("41612000")["days_late"]) == (False, 2)
    code, out, _ = region("board", "2026-Q3")
    assert code == 1
    assert "получен 14.10.2026, опоздание 2 дня" in out


def test_a_return_of_a_former_territory_stands_in_its_successor_s_chain(region: Region, sent: Sends) -> None:
    """The district is replaced on 01.11.2026: its return for III квартал is asked for by either code."""
    kept = sent("41606000").kept
    ret = replace(kept.ret, head=replace(kept.ret.head, oktmo="41618000"))
    envelope = replace(kept.envelope, sha256=fingerprint(canonical(ret)))
    path = region.came("бывший.xlsx", return_xlsx(ret, envelope))
    with Database.open(region.db, clock=Clock.fixed(date(2026, 11, 25))) as database:
        with database.write("region", "Район преобразован позже") as session:
            session.get_one(KeptTerritory, "41618000").valid_to = date(2026, 10, 31)
            session.get_one(KeptTerritory, "41518000").valid_from = date(2026, 11, 1)
        (found,) = take_in(database, [path]).files
        assert (found.result.value, found.oktmo) == ("accepted", "41618000"), found
        with database.read() as session:
            (one,) = received(session)
            assert (one.oktmo, one.chain) == ("41618000", "41518000")
            assert standing_return(session, "41518000", Q3) == one
            assert standing_return(session, "41618000", Q3) == one
            places = {place.oktmo: place for place in board(session, Q3).places}
    assert places["41618000"].stands == one
    assert "41518000" not in places


def test_completeness_is_counted_from_content(sent: Sends) -> None:
    full = sent("41612000").kept.ret
    row = full.rows["101"]
    bare = replace(full, rows=full.rows | {"101": replace(row, quarter=Decimal(0), year=Decimal(0))}, services=())
    found = completeness({"full": full, "bare": bare})
    assert found["full"].percent == Decimal("100.0")
    assert found["bare"].empty == ("101", "3")
    assert found["bare"].filled == found["full"].filled - 2
    assert completeness({}) == {}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_order_of_intake_does_not_matter(data: st.DataObject, sent: Sends) -> None:
    """Versions of two districts, an edited one, one that is no return, some twice: any order, any split into calls."""
    files = {
        "а0.xlsx": sent("41606000").xlsx,
        "а1.xlsx": sent("41606000", 1).xlsx,
        "б1.xlsx": sent("41612000", 1).xlsx,
        "б0.xlsx": sent("41612000").xlsx,
        "правка.xlsx": typed_over(sent("41612000").xlsx, {"1 Состав сектора!E7": 999}),
        "нет.txt": b"?",
    }
    order = data.draw(st.permutations(list(files)))
    again = data.draw(st.lists(st.sampled_from(list(files)), max_size=2))
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for name, content in files.items():
            (root / name).write_bytes(content)
        database = create_region(root / "область.db", clock=Clock.fixed(date(2026, 10, 25)))
        results: dict[str, str] = {}
        for name in (*order, *again):
            (found,) = take_in(database, [root / name]).files
            results.setdefault(name, found.result.value)
            if name in again and name in order[: order.index(name)]:
                assert found.result.value in ("same", results[name])
        told = _said(database)
        database.close()
    assert results == {
        "а0.xlsx": "accepted", "а1.xlsx": "corrected", "б0.xlsx": "accepted", "б1.xlsx": "corrected",
        "правка.xlsx": "changed", "нет.txt": "not_a_return",
    }  # fmt: skip
    assert told == _SAID.setdefault("first", told), "the same board, whatever the order"


_SAID: dict[str, Any] = {}


def _said(database: Database) -> Any:
    with database.read() as session:
        found = board(session, Q3)
    return found.counts, [
        (p.oktmo, p.stands and (p.stands.correction, p.stands.data_sha256), p.set_aside, p.filled) for p in found.places
    ]


@given(st.permutations([0, 1, 2, 3]))
def test_the_highest_correction_stands(order: list[int]) -> None:
    assert standing((number, f"версия {number}") for number in order) == "версия 3"


def test_chains_end_and_the_expected_have_their_day() -> None:
    old = Territory("1", "Район", "", date(2006, 1, 1), date(2024, 5, 12), "2")
    new = Territory("2", "Округ", "", date(2024, 5, 13), None)
    assert (chain_of((old, new), "1"), chain_of((old, new), "2"), chain_of((), "9")) == ("2", "2", "9")
    assert expected((old, new), Quarter(2024, 1)) == (old,)
    assert expected((old, new), Quarter(2024, 2)) == (new,)
    looped = (replace(old, successor="2"), replace(new, successor="1"))
    assert chain_of(looped, "1") == "2"


# --- journals of districts --------------------------------------------------------------------

HASH = {q: str(q.number) * 64 for q in (Q2, Q3, Q4)}


def anchor(quarter: Quarter, *earlier: Earlier, head: str = "", on: date | None = None) -> Anchor:
    day = on or quarter.next.first_day.replace(day=5)
    return Anchor(quarter, 0, HASH[quarter], head or f"голова {quarter}", day, earlier)


def held(quarter: Quarter, *, held: bool = True, sha256: str = "") -> Earlier:
    return Earlier(quarter, 0, sha256 or HASH[quarter], held)


def test_a_journal_that_only_grew_says_nothing() -> None:
    versions = [anchor(Q2), anchor(Q3, held(Q2)), anchor(Q4, held(Q2), held(Q3))]
    for order in itertools.permutations(versions):
        assert list(telling(order)) == []
    same_day = [anchor(Q2, held(Q3), on=date(2026, 10, 5)), anchor(Q3, on=date(2026, 10, 5))]
    assert list(telling(same_day)) == [], "approved on one day, the later quarter first"


def test_a_journal_that_was_cut_rewritten_or_begun_anew_is_named() -> None:
    told = {
        "начат заново": [anchor(Q2), anchor(Q3)],
        "переписан или урезан": [anchor(Q2), anchor(Q3, held(Q2, held=False))],
        "другой, чем приняла область": [anchor(Q2), anchor(Q3, held(Q2, sha256="f" * 64))],
        "стоит там же": [anchor(Q2, head="одна"), anchor(Q3, held(Q2), head="одна")],
    }
    for said, versions in told.items():
        for order in itertools.permutations(versions):
            (sentence,) = telling(order)
            assert said in sentence
            assert sentence.startswith("Отчёт за III")
