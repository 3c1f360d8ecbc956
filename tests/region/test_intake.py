"""Returns of districts taken in: one result per file, whatever it came in and however often."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.core.periods import Quarter
from app.usecases import quarter_returns
from app.usecases.setup import save_unit
from tests.factories import District
from tests.hand.typing_over import packed, parts_of, row_taken_out, sheet_parts, typed_over
from tests.region.made import workbook_of
from tests.region.region import Region, Sent, letter, zipped
from tests.returns.test_freezing import SIGNERS

Sends = Callable[..., Sent]


def test_a_folder_of_returns_is_taken_in_and_again_is_the_same(region: Region, sent: Sends) -> None:
    for oktmo in ("41606000", "41612000"):
        region.came(f"{sent(oktmo).name}.xlsx", sent(oktmo).xlsx)
    told = region.intake()
    assert [(one["result"], one["oktmo"], one["period"], one["correction"]) for one in told["files"]] == [
        ("accepted", "41606000", "2026-Q3", 0), ("accepted", "41612000", "2026-Q3", 0),
    ]  # fmt: skip
    kept = rows(region)
    assert set(region.results().values()) == {"same"}
    assert rows(region) == kept
    assert region("intake", str(region.incoming))[0] == 0
    assert region("check")[:2] == (0, "База, журнал и утверждённые отчёты в порядке.\n")


def rows(region: Region) -> list[Any]:
    """All that the file holds of what came, and its journal."""
    with sqlite3.connect(region.db) as file:
        found = [file.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
                 for table in ("received_return", "received_file", "region_answer", "journal")]  # fmt: skip
    file.close()
    return found


def test_the_same_data_saved_by_another_program_are_the_same(region: Region, sent: Sends) -> None:
    region.intake(region.came("а.xlsx", sent().xlsx))
    assert region.results(region.came("б.xlsx", packed(parts_of(sent().xlsx)))) == {"б.xlsx": "same"}


def test_a_correction_stands_whenever_it_came(region: Region, sent: Sends) -> None:
    first, second = (region.came(f"{sent('41612000', n).name}.xlsx", sent("41612000", n).xlsx) for n in (0, 1))
    assert region.results(second) == {second.name: "corrected"}
    assert region.results(first) == {first.name: "accepted"}, "it is kept, and does not stand"
    assert region.place("41612000")["correction"] == 1
    assert region.results(first, second) == {first.name: "same", second.name: "same"}
    assert region.place("41612000")["correction"] == 1


def test_a_cell_typed_over_after_export_is_named(region: Region, sent: Sends) -> None:
    xlsx = typed_over(sent().xlsx, {"1 Состав сектора!E7": 999})
    told = region.intake(region.came(f"{sent().name}.xlsx", xlsx))["files"]
    assert [(one["result"], one["oktmo"]) for one in told] == [("changed", "41612000")]
    assert [(fault["cell"], fault["place"]) for fault in told[0]["faults"]] == [("102.quarter", "1 Состав сектора!E7")]
    assert "999" in told[0]["faults"][0]["text"]
    code, out, _ = region("intake", str(region.incoming))
    assert code == 1, "also the second time"
    assert "изменён после утверждения" in out
    assert "1 Состав сектора!E7" in out
    assert region.place("41612000")["set_aside"] == 1


def test_data_changed_behind_the_hash_and_rows_taken_out_are_edits_too(region: Region, sent: Sends) -> None:
    parts = parts_of(sent().xlsx)
    hidden = sheet_parts(parts)["_data"]
    parts[hidden] = parts[hidden].replace(b'"form_version":"2026.1"', b'"form_version":"2026.1" ', 1)
    assert parts[hidden] != parts_of(sent().xlsx)[hidden]
    region.came("данные.xlsx", packed(parts))
    region.came("строка.xlsx", row_taken_out(sent().xlsx, "5 Партнёрства", 8))
    assert region.results() == {"данные.xlsx": "changed", "строка.xlsx": "changed"}


def test_another_return_under_the_same_number_is_not_taken_for_it(
    region: Region, sent: Sends, by_hand: Callable[..., bytes]
) -> None:
    region.intake(region.came("программа.xlsx", sent("41606000").xlsx))
    hand = by_hand("41606000", {"117.quarter": 7, "117.year": 7})
    (told,) = region.intake(region.came("рукой.xlsx", hand))["files"]
    assert told["result"] == "changed"
    assert "117.quarter" in [fault["cell"] for fault in told["faults"]]
    assert "программа.xlsx" in told["reason"]


def test_a_form_filled_by_hand_is_taken_in_and_its_faults_are_told_by_cell(
    region: Region, by_hand: Callable[..., bytes]
) -> None:
    good = region.came("заполнена.xlsx", by_hand("41606000"))
    bad = region.came("с ошибкой.xlsx", by_hand("41609000", {"102.quarter": "много"}))
    told = {one["file"]: one for one in region.intake(good, bad)["files"]}
    assert (told["заполнена.xlsx"]["result"], told["заполнена.xlsx"]["hand_filled"]) == ("accepted", True)
    assert told["с ошибкой.xlsx"]["result"] == "faults"
    assert "102.quarter" in [fault["cell"] for fault in told["с ошибкой.xlsx"]["faults"]]
    assert told["с ошибкой.xlsx"]["reason"].startswith("Ячейка «1 Состав сектора!E7»: здесь нужно число")


def test_a_quarter_that_still_runs_is_a_wrong_period(region: Region, sent: Sends) -> None:
    told = region.intake(region.came("рано.xlsx", sent().xlsx), today="15.09.2026")["files"]
    assert [one["result"] for one in told] == ["period"]
    assert "ещё не кончился" in told[0]["reason"]
    assert region.results(region.incoming / "рано.xlsx") == {"рано.xlsx": "accepted"}, "when it is over it is taken"


def test_a_name_of_another_quarter_is_a_wrong_period(region: Region, sent: Sends) -> None:
    assert region.results(region.came("НКО-47-кв_41612000_2026-Q2_0.xlsx", sent().xlsx)) == {
        "НКО-47-кв_41612000_2026-Q2_0.xlsx": "period"
    }


@pytest.mark.parametrize(
    ("code", "said"), [("41618000", "Отчёт составляется с кодом 41518000"), ("45000000", "45000000")]
)
def test_a_code_that_is_expired_or_unknown_is_a_wrong_territory(
    region: Region, by_hand: Callable[..., bytes], code: str, said: str
) -> None:
    (told,) = region.intake(region.came("форма.xlsx", by_hand("41606000", {"head.oktmo": code})))["files"]
    assert told["result"] == "territory"
    assert said in told["reason"].replace("\u00a0", " ")


def test_what_came_in_an_archive_or_a_letter_is_taken_file_by_file(region: Region, sent: Sends) -> None:
    first, second = sent("41606000"), sent("41612000")
    region.came("отчёты.zip", zipped({f"папка/{first.name}.xlsx": first.xlsx, f"папка/{first.name}.pdf": first.pdf}))
    region.came("письмо.eml", letter({"скан.zip": zipped({f"{second.name}.xlsx": second.xlsx}), "прочти.txt": b"!"}))
    told = region.intake()
    assert {one["file"]: (one["result"], one["inside"]) for one in told["files"]} == {
        f"{first.name}.xlsx": ("accepted", "отчёты.zip"),
        f"{second.name}.xlsx": ("accepted", "скан.zip"),
        "прочти.txt": ("not_a_return", "письмо.eml"),
    }
    assert told["beside"] == [
        {"file": f"{first.name}.pdf", "inside": "отчёты.zip", "oktmo": "41606000", "period": "2026-Q3", "correction": 0}
    ]


def test_a_person_reads_a_line_a_file_and_the_sum(region: Region, sent: Sends) -> None:
    region.came(f"{sent().name}.xlsx", sent().xlsx)
    region.came("заметки.txt", "не отчёт".encode())
    code, out, err = region("intake", str(region.incoming))
    assert (code, err) == (1, "")
    assert f"{sent().name}.xlsx: принят (41612000, III квартал 2026 г.)" in out
    assert "заметки.txt: не отчёт" in out
    assert out.endswith("Всего 2 файла: принят — 1, не отчёт — 1.\n")


def test_a_path_that_is_not_there_writes_nothing(region: Region, tmp_path: Path) -> None:
    before = rows(region)
    code, out, err = region("intake", str(tmp_path / "нет"))
    assert (code, out) == (2, "")
    assert "не найдено" in err
    assert rows(region) == before


@pytest.mark.parametrize("table", ["received_return", "received_file", "region_answer"])
def test_what_came_and_went_is_never_changed(region: Region, sent: Sends, table: str) -> None:
    """Any program that opens the file is refused, not this one alone."""
    region.came("а.xlsx", sent().xlsx)
    region.came("б.txt", b"?")
    region.intake()
    region("receipt", "41612000", "2026-Q3", "--out", str(region.folder / "к.json"))
    other = sqlite3.connect(region.db)
    try:
        replaced = f"REPLACE INTO {table} SELECT * FROM {table}"
        for statement in (f"UPDATE {table} SET id = 9", f"DELETE FROM {table}", replaced):
            with pytest.raises(sqlite3.IntegrityError, match=r"never (changed|deleted|replaced)"):
                other.execute(statement)
    finally:
        other.close()


def test_a_district_that_began_its_journal_anew_is_named(region: Region, sent: Sends, tmp_path: Path) -> None:
    """It lost its file after III квартал and approved IV квартал in a new one."""
    (tmp_path / "заново").mkdir()
    with District(tmp_path / "заново", today="2026-10-01") as district:
        district.write(save_unit, SIGNERS)
        district.ngo("АНО «Светлый берег»", address="г. Мурино, Лесная ул., д. 1")
        kept = district.at("2027-01-12").write(quarter_returns.freeze, Quarter(2026, 4), kind="return")
    first, later = region.came("3.xlsx", sent().xlsx), region.came("4.xlsx", kept.xlsx)
    assert region.intake(first)["warnings"] == []
    told = region.intake(later, today="15.01.2027")
    assert [one["result"] for one in told["files"]] == ["accepted"], "it is told, and the return is taken in"
    assert [one["oktmo"] for one in told["warnings"]] == ["41612000"]
    assert "журнал начат заново" in told["warnings"][0]["text"]
    named = "41612000 Всеволожский муниципальный район: Отчёт за IV квартал 2026 г."
    assert named in region("intake", str(later), today="15.01.2027")[1]


def test_a_correction_of_the_same_journal_is_no_warning(region: Region, sent: Sends) -> None:
    paths = [region.came(f"{n}.xlsx", sent("41612000", n).xlsx) for n in (1, 0)]
    assert region.intake(*paths)["warnings"] == []


@pytest.mark.parametrize("figure", [Decimal("0.005"), Decimal(10) ** 17])
def test_a_figure_that_no_digest_holds_sets_the_file_aside(region: Region, sent: Sends, figure: Decimal) -> None:
    """Three places, or beyond 64 bits: it would stand in the region's figures as another one."""
    kept = sent("41606000").kept
    row = replace(kept.ret.rows["706"], quarter=figure, year=figure)
    ret = replace(kept.ret, rows={**kept.ret.rows, "706": row})
    region.came("цифра.xlsx", workbook_of(kept, ret))
    region.came("другой.xlsx", sent("41612000").xlsx)
    told = {one["file"]: one for one in region.intake()["files"]}
    aside = told["цифра.xlsx"]
    assert (aside["result"], "какой в отчёте не бывает" in aside["reason"]) == ("faults", True), aside
    assert told["другой.xlsx"]["result"] == "accepted"
    assert region.place("41606000")["correction"] is None
    assert region("check")[0] == 0
