"""`consolidate` over files that districts sent: planted figures, missing, intervals, former territories, order."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.core.clock import Clock
from app.core.periods import Quarter
from app.models import Territory as KeptTerritory
from app.models.database import Database
from app.region.consolidate import consolidate
from app.region.results import chain_of
from app.region.seal import seal
from app.returns.records import Territory
from app.usecases.region_returns import loaded, standing_sources
from app.usecases.region_whole import comparison, districts_of, looked_at, whole
from tests.region.made import HAND, NORTH, Q2, Q3, Q4, SOUTH, made_of, words, workbook_of
from tests.region.region import Region, Sent, typed_into

Sends = Callable[..., Sent]


def first(sent: Sends) -> bytes:
    """The southern district's return, as the region of these tests took it in."""
    return workbook_of(kept := sent(NORTH).kept, made_of(kept, oktmo=SOUTH, own="b"))


def corrected(sent: Sends) -> bytes:
    """Its correction: seven meetings with NGOs."""
    return workbook_of(kept := sent(NORTH).kept, made_of(kept, oktmo=SOUTH, own="b", correction=1, rows={"706": 7}))


def test_planted_figures_on_all_three_papers(two: Region) -> None:
    """Each district has an NGO of one ОГРН, a body of its own, 50 000 ₽ and a consultation for both of them."""
    told = two.json("consolidate", "2026-Q3", "--out", str(two.folder / "свод"))
    rows = told["rows"]
    assert {code: rows[code]["quarter"] for code in ("101", "106", "211.2", "211.3", "301", "302", "303")} == {
        "101": "4", "106": "2", "211.2": "2", "211.3": "100000.00", "301": "2", "302": "3", "303": "2",
    }  # fmt: skip
    assert rows["210"] == {"quarter": "1", "year": "1"}, "one ОГРН in both districts is one recipient"
    assert len(told["missing"]) == 16
    assert not {NORTH, SOUTH} & set(told["missing"])
    names = [Path(file).name for file in told["files"]]
    assert names == [f"НКО-47-кв_свод_2026-Q3.{ext}" for ext in ("pdf", "xlsx", "html")]
    pdf, xlsx, html = (Path(file) for file in told["files"])
    said = words(pdf)
    assert "Предварительный: не утверждён" in said
    assert "Отчитались 2 из 18 районов." in said
    assert "не проверялось: планов центров на 2026 год" in said
    book = load_workbook(io.BytesIO(xlsx.read_bytes()))
    values = {row[0].value: row[3].value for row in book["Раздел 2"].iter_rows() if row[0].value}
    assert Decimal(str(values["211.3"])) == 100000
    page = html.read_text("utf-8")
    assert "http://" not in page, "one file, nothing else"
    assert "<script" not in page


def test_a_figure_opens_to_districts_and_their_annex_rows(two: Region) -> None:
    told = two.json("consolidate", "2026-Q3", "--out", str(two.folder / "свод"))
    page = Path(told["files"][2]).read_text("utf-8").replace("\u00a0", " ")
    row = page[page.index('id="r211.3"'):page.index('id="r211.4"')]
    assert row.count("50 000,00</span>") == 2, "each district's own cell"
    places = re.findall(r'<a href="#(l\d+)">те же, что в ячейке 210.quarter</a>', row)
    assert len(set(places)) == 2, "the decision stands on the page once, and each cell leads to it"
    for place in places:
        listed = page[page.index(f'<ul id="{place}">'):]
        assert "АНО «Светлый берег»: финансовая, 50 000,00 ₽" in listed[:listed.index("</ul>")]


def test_a_form_filled_by_hand_makes_an_interval_that_names_it(two: Region, sent: Sends) -> None:
    kept = sent(NORTH).kept
    bare = replace(made_of(kept, oktmo=HAND), members={})
    moved = replace(kept, ret=bare)
    two.intake(two.came("от руки.xlsx", typed_into(moved, {})))
    told = two.json("consolidate", "2026-Q3", "--out", str(two.folder / "свод"))
    assert told["rows"]["301"]["quarter"] == "3", "what adds up is sure"
    assert isinstance(told["rows"]["210"]["quarter"], dict), told["rows"]["210"]
    assert told["rows"]["210"]["quarter"] == {"from": "1", "to": "2"}
    [finding] = [one for one in told["findings"] if "Строка 210" in one["text"]]
    assert (finding["check"], finding["severity"], finding["districts"]) == ("43", "warning", [HAND])
    assert "210 " in words(Path(told["files"][0]))
    assert "от 1 до 2" in words(Path(told["files"][0]))


def test_a_correction_that_comes_later_changes_the_whole(two: Region, sent: Sends) -> None:
    out = str(two.folder / "свод")
    before = two.json("consolidate", "2026-Q3", "--out", out)
    two.intake(two.came("уточнённый.xlsx", corrected(sent)))
    after = two.json("consolidate", "2026-Q3", "--out", out)
    assert (before["rows"]["706"]["quarter"], after["rows"]["706"]["quarter"]) == ("0", "7")
    assert before["sha256"] != after["sha256"]
    assert [code for code in before["sources"] if before["sources"][code] != after["sources"][code]] == [SOUTH]


def test_the_order_of_intake_does_not_matter(
    two: Region, sent: Sends, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two.intake(two.came("уточнённый.xlsx", corrected(sent)))
    folder = tmp_path / "иначе"
    folder.mkdir()
    other = Region(folder, capsys.readouterr)
    other("init", "--region")
    for name, content in (("уточнённый", corrected(sent)), ("север", sent(NORTH).xlsx), ("юг", first(sent))):
        other.intake(other.came(f"{name}.xlsx", content))
    told, again = (one.json("consolidate", "2026-Q3", "--out", str(one.folder / "свод")) for one in (two, other))
    assert told.pop("files") != again.pop("files")
    assert told == again


def test_the_year_of_a_former_territory_goes_on_under_its_successor(two: Region, sent: Sends) -> None:
    """The district is replaced on 01.11.2026: its return for III квартал stands in the year of IV."""
    kept = sent(NORTH).kept
    path = two.came("бывший.xlsx", workbook_of(kept, made_of(kept, oktmo="41618000")))
    with (
        Database.open(two.db, clock=Clock.fixed(date(2026, 11, 25))) as database,
        database.write("region", "Район преобразован позже") as session,
    ):
        session.get_one(KeptTerritory, "41618000").valid_to = date(2026, 10, 31)
        session.get_one(KeptTerritory, "41518000").valid_from = date(2026, 11, 1)
    two.intake(path, today="25.11.2026")
    two.intake(two.came("IV.xlsx", workbook_of(kept, made_of(kept, oktmo=SOUTH, quarter=Q4))), today="25.01.2027")
    with Database.open(two.db, clock=Clock.fixed(date(2027, 1, 25))) as database, database.read() as session:
        found = whole(session, Q4).consolidation
    assert "41518000" in {one.oktmo for one in found.missing}
    assert found.held_over["41518000"] == Q3
    parts = {part.oktmo: part.value for part in found["211.3.year"].parts}
    assert parts == {"41518000": Decimal(50000), NORTH: Decimal(50000), SOUTH: Decimal(50000)}


def test_predecessors_of_a_district_are_those_that_lead_to_it() -> None:
    """Two districts were joined, after one of them had changed its code."""
    def place(code: str, since: int, until: int | None, successor: str = "") -> Territory:
        end = None if until is None else date(until, 12, 31)
        return Territory(code, code, code, date(since, 1, 1), end, successor)

    known = (place("1", 2006, 2019, "2"), place("2", 2020, 2024, "4"), place("3", 2006, 2024, "4"),
             place("4", 2025, None))  # fmt: skip
    assert chain_of(known, "1") == "4"
    assert {one.oktmo: one.before for one in districts_of(known, Quarter(2026, 1))} == {"4": ("2", "3", "1")}
    assert {one.oktmo: one.before for one in districts_of(known, Quarter(2024, 4))} == {"2": ("1",), "3": ()}


def test_changes_compare_the_districts_of_both_quarters(two: Region, sent: Sends) -> None:
    kept = sent(NORTH).kept
    two.intake(two.came("II.xlsx", workbook_of(kept, made_of(kept, quarter=Q2))))
    with Database.open(two.db, clock=Clock.fixed(date(2026, 10, 25))) as database, database.read() as session:
        told = comparison(session, Q3)
    assert told.year_ago is None
    assert told.before is not None
    assert (told.before.compared, len(told.before.left_out)) == ((NORTH,), 17)
    assert told.before.cells["211.3.quarter"].difference == 0
    out = two.json("consolidate", "2026-Q3", "--out", str(two.folder / "свод"))["files"]
    assert "Сравнение с периодом «II квартал 2026 г.»: по 1 району" in words(Path(out[0]))
    page = Path(out[2]).read_text("utf-8").replace("\u00a0", " ")
    assert "По районам" in page
    assert "(0,0 %)" in page


def test_a_second_page_counts_nothing_anew(two: Region, sent: Sends) -> None:
    with Database.open(two.db, clock=Clock.fixed(date(2026, 10, 25))) as database:
        with database.read() as session:
            first = whole(session, Q3)
        with database.read() as session:
            assert whole(session, Q3) is first
        two_later = two.came("уточнённый.xlsx", corrected(sent))
    two.intake(two_later)
    with Database.open(two.db, clock=Clock.fixed(date(2026, 10, 25))) as database, database.read() as session:
        later = whole(session, Q3)
    assert later.sources != first.sources
    assert dict(later.consolidation.returns)[NORTH] is dict(first.consolidation.returns)[NORTH], "parsed once"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("consolidate", "2026-Q2", "--out", "свод"), "Отчётов за II квартал 2026 г. ещё не принято"),
        (("coverage", "2026-Q2", "--out", "свод"), "Отчётов за II квартал 2026 г. ещё не принято"),
        (("consolidate", "осень", "--out", "свод"), "Пишите его как 2026-Q3."),
        (("commission", "2026-Q3", "--district", "41000000", "--out", "с.pdf"), "Района с ОКТМО 41000000"),
        (("commission", "2026-Q3", "--centre", "Нет такого", "--out", "с.pdf"), "Центра «Нет такого»"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_written(
    two: Region, command: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(two.folder)
    before = sorted(two.folder.iterdir())
    code, out, err = two(*command)
    assert (code, out) == (2, "")
    assert said in err
    assert sorted(two.folder.iterdir()) == before


def test_a_file_in_the_place_of_the_folder_is_told(two: Region) -> None:
    (two.folder / "занято").write_text("x")
    code, _, err = two("consolidate", "2026-Q3", "--out", str(two.folder / "занято"))
    assert code == 2
    assert "файл, а нужна папка" in err


def test_the_text_says_who_is_missing_and_what_the_checks_found(two: Region) -> None:
    code, out, _ = two("consolidate", "2026-Q3", "--out", str(two.folder / "свод"))
    assert code == 1, "sixteen districts are missing: an error of check 43"
    assert "III квартал 2026 г.: отчитались 2 из 18 районов." in out
    assert "Выборгский муниципальный район (41615000)" in out
    assert "…и ещё замечаний: " in out
    assert "Свод не утверждён" in out


def test_the_hash_is_that_of_a_count_over_the_returns_alone(two: Region) -> None:
    """Whatever the region keeps beside its returns to be quick."""
    with Database.open(two.db, clock=Clock.fixed(date(2026, 10, 25))) as database, database.read() as session:
        found = whole(session, Q3)
        given = loaded(session, standing_sources(session, looked_at(Q3)))
        counted = consolidate(Q3, given.pop(Q3), found.districts, given)
    assert seal(counted).sha256 == found.seal.sha256
