"""Receipts and remarks between two files: the district returns, the region takes in, the district's state moves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.periods import Quarter
from app.returns.answers import read_answer
from app.returns.life import Remark, State
from app.usecases import quarter_returns, return_life
from app.usecases.return_life import Life
from tests.factories import District
from tests.hand.typing_over import typed_over
from tests.region.region import Region, Sent

Q3 = Quarter(2026, 3)
Sends = Callable[..., Sent]
Districts = Callable[[str], District]


def answered(district: District, file: Path) -> Life:
    """The district takes the region's file in."""
    with district:
        return district.write(return_life.take_answer, file.read_bytes(), file.name, kind="return")


def test_a_receipt_makes_the_district_s_return_accepted(region: Region, sent: Sends, district_of: Districts) -> None:
    region.intake(region.came("отчёт.xlsx", sent("41612000", 1).xlsx))
    file = region.folder / "квитанция.json"
    told = region.json("receipt", "41612000", "2026-Q3", "--out", str(file))
    assert (told["number"], told["on"], told["sha256"]) == ("1/2026", "2026-10-25", sent("41612000", 1).kept.sha256)
    life = answered(district_of("41612000"), file)
    assert (life.state, life.correction, life.standing[-1].number) == (State.ACCEPTED, 1, "1/2026")
    assert region.place("41612000")["accepted_on"] == "2026-10-25"


def test_a_receipt_is_numbered_once(region: Region, sent: Sends) -> None:
    for oktmo in ("41606000", "41612000"):
        region.came(f"{sent(oktmo).name}.xlsx", sent(oktmo).xlsx)
    region.intake()
    first, again, other = (region.folder / f"{name}.json" for name in ("первая", "снова", "другая"))
    region("receipt", "41612000", "2026-Q3", "--out", str(first))
    region("receipt", "41612000", "2026-Q3", "--out", str(again), today="30.10.2026")
    region("receipt", "41606000", "2026-Q3", "--out", str(other))
    assert first.read_bytes() == again.read_bytes()
    assert read_answer(other.read_bytes()).number == "2/2026"


def test_remarks_of_a_person_come_back_to_the_district_at_their_cells(
    region: Region, sent: Sends, district_of: Districts
) -> None:
    region.intake(region.came("отчёт.xlsx", sent("41612000", 1).xlsx))
    file = region.folder / "замечания.json"
    command = ("remarks", "41612000", "2026-Q3", "--out", str(file), "--at", "211.3.quarter=Не сходится с реестром")
    assert region(*command)[0] == 0
    assert region(*command)[0] == 0, "the same remarks again are the same file"
    life = answered(district_of("41612000"), file)
    assert life.state is State.SENT_BACK
    assert life.remarks == (Remark("211.3.quarter", "Не сходится с реестром"),)
    assert region.place("41612000")["sent_back_on"] == "2026-10-25"
    code, _, err = region("receipt", "41612000", "2026-Q3", "--out", str(region.folder / "к.json"))
    assert code == 2
    assert "отправлены замечания" in err


def test_faults_of_a_file_set_aside_are_remarks_without_typing(
    region: Region, sent: Sends, district_of: Districts
) -> None:
    xlsx = typed_over(sent("41612000", 1).xlsx, {"1 Состав сектора!E7": 999})
    region.intake(region.came("отчёт.xlsx", xlsx))
    file = region.folder / "замечания.json"
    told = region.json("remarks", "41612000", "2026-Q3", "--out", str(file))
    assert [one["cell"] for one in told["remarks"]] == ["102.quarter"]
    life = answered(district_of("41612000"), file)
    assert life.state is State.SENT_BACK
    assert [remark.cell for remark in life.remarks] == ["102.quarter"]


def test_a_file_that_came_whole_afterwards_owes_no_remarks(region: Region, sent: Sends) -> None:
    region.intake(region.came("правка.xlsx", typed_over(sent().xlsx, {"1 Состав сектора!E7": 999})))
    region.intake(region.came("отчёт.xlsx", sent().xlsx))
    code, _, err = region("remarks", "41612000", "2026-Q3", "--out", str(region.folder / "з.json"))
    assert code == 2
    assert "файл принят без ошибок" in err
    assert region("receipt", "41612000", "2026-Q3", "--out", str(region.folder / "к.json"))[0] == 0


def test_a_correction_after_remarks_is_taken_and_receives_its_receipt(
    region: Region, sent: Sends, district_of: Districts
) -> None:
    """The whole way round: returned, remarked, corrected, taken in, accepted."""
    region.intake(region.came("отчёт.xlsx", sent("41612000", 1).xlsx))
    file = region.folder / "ответ.json"
    region("remarks", "41612000", "2026-Q3", "--out", str(file), "--text", "Проверьте раздел 1")
    with district_of("41612000") as district:
        district.write(return_life.take_answer, file.read_bytes(), kind="return")
        kept = district.write(quarter_returns.freeze, Q3, reason="По замечаниям области", kind="return")
        assert region.results(region.came("уточнённый.xlsx", kept.xlsx)) == {"уточнённый.xlsx": "corrected"}
        assert region("receipt", "41612000", "2026-Q3", "--out", str(file))[0] == 0
        life = district.write(return_life.take_answer, file.read_bytes(), kind="return")
    assert (life.correction, life.state) == (2, State.ACCEPTED)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("receipt", "41606000", "2026-Q3"), "нет. Сначала примите"),
        (("receipt", "45000000", "2026-Q3"), "нет среди районов"),
        (("receipt", "41612000", "третий"), "не понят"),
        (("remarks", "41612000", "2026-Q3"), "Замечаний к отчёту"),
        (("remarks", "41612000", "2026-Q3", "--at", "101.quarter"), "не понято"),
        (("remarks", "41612000", "2026-Q3", "--at", "999.9.quarter=Нет"), "Ячейки «999.9.quarter» в отчёте нет"),
        (("remarks", "41612000", "2026-Q3", "--at", "211.3.quater=Опечатка"), "Ячейки «211.3.quater» в отчёте нет"),
        (("remarks", "41606000", "2026-Q3", "--text", "Где отчёт?"), "Сначала примите"),
    ],
)
def test_an_answer_that_cannot_be_given_is_one_clear_line(
    region: Region, sent: Sends, command: tuple[str, ...], said: str
) -> None:
    region.intake(region.came("отчёт.xlsx", sent("41612000", 1).xlsx))
    code, out, err = region(*command, "--out", str(region.folder / "ответ.json"))
    assert (code, out) == (2, "")
    assert said in err
    assert not (region.folder / "ответ.json").exists()


def test_an_answer_whose_file_cannot_be_written_was_not_given(region: Region, sent: Sends) -> None:
    """Else the region would hold remarks as sent that nobody has seen, and give no receipt any more."""
    region.intake(region.came("отчёт.xlsx", sent("41612000", 1).xlsx))
    (region.folder / "файл").write_bytes(b"")
    nowhere = str(region.folder / "файл" / "ответ.json")
    given = ("41612000", "2026-Q3", "--out", nowhere)
    for command in (("remarks", *given, "--text", "Проверьте"), ("receipt", *given), ("package", "--out", nowhere),
                    ("question", "--title", "О чём", "--due", "01.12.2026", "--column", "Число:number", "--out",
                     str(region.folder / "файл"))):  # fmt: skip
        assert region(*command)[0] == 2, command
    assert region.json("question")["questions"] == []
    assert region.json("package", "--out", str(region.folder))["new"]
    told = region.json("receipt", "41612000", "2026-Q3", "--out", str(region.folder))
    assert told["number"] == "1/2026"
    assert told["file"].endswith("НКО-47-кв_41612000_2026-Q3_1_квитанция.json"), "into a folder under its own name"


def test_remarks_after_a_receipt_are_refused(region: Region, sent: Sends) -> None:
    region.intake(region.came("отчёт.xlsx", sent().xlsx))
    region("receipt", "41612000", "2026-Q3", "--out", str(region.folder / "к.json"))
    code, _, err = region("remarks", "41612000", "2026-Q3", "--out", str(region.folder / "з.json"), "--text", "Поздно")
    assert code == 2
    assert "выдана квитанция № 1/2026" in err
