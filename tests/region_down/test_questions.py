"""A question to all districts: eighteen tables out, answers in through the intake, joined; who is missing is told."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.core.errors import AppError
from app.returns.question import ColumnKind, QuestionColumn, column_of, refuse_faulty
from tests.hand.typing_over import packed, parts_of
from tests.region.region import Region, Sent, letter, zipped
from tests.region_down.tables import typed

COLUMNS = ("Помещение*", "Чьё:муниципальное|частное", "Мест:number", "Содержание за год:money", "Доступно с:date")
HALL = {"A6": "Дом культуры", "B6": "муниципальное", "C6": 120, "D6": 150000.5, "E6": date(2026, 1, 1)}


@pytest.fixture
def asked(region: Region) -> Callable[[str], Path]:
    """A question is asked; `asked("41612000")`: the table that the district was sent."""
    options = [part for column in COLUMNS for part in ("--column", column)]
    told = region.json("question", "--title", "Залы для НКО", "--due", "20.11.2026", *options, "--out",
                       str(region.folder / "вопрос"))  # fmt: skip
    assert (told["number"], told["columns"], len(told["files"])) == (1, 5, 18)
    return lambda oktmo: region.folder / "вопрос" / f"Вопрос_1_{oktmo}.xlsx"


def answered(region: Region, file: Path, cells: dict[str, Any], name: str = "") -> dict[str, Any]:
    """The table filled and taken in: what is told of it."""
    path = region.came(name or file.name, typed(file.read_bytes(), "Вопрос", cells))
    (told,) = region.intake(path)["answers"]
    found: dict[str, Any] = told
    return found


def test_a_table_has_its_checks_and_is_protected_but_for_its_cells(asked: Callable[[str], Path]) -> None:
    work = load_workbook(asked("41612000"))
    sheet = work["Вопрос"]
    assert sheet["A1"].value == "Залы для НКО"
    assert sheet["A2"].value == "Всеволожский муниципальный район, ОКТМО 41612000"
    assert "до 20.11.2026" in sheet["A3"].value
    heads = ["Помещение\u00a0*", "Чьё", "Мест", "Содержание за год, ₽", "Доступно с"]
    assert [cell.value for cell in sheet[5]] == heads
    assert sheet.protection.sheet
    assert sheet["A1"].protection.locked
    assert not any(cell.protection.locked for row in sheet["A6:E105"] for cell in row)
    rules = {str(rule.sqref)[0]: rule.type for rule in sheet.data_validations.dataValidation}
    assert rules == {"B": "list", "C": "whole", "D": "custom", "E": "date"}
    assert [work[name].sheet_state for name in ("_question", "_choices")] == ["hidden", "hidden"]


def test_answers_come_through_the_intake_apart_from_returns(
    region: Region, asked: Callable[[str], Path], sent: Callable[..., Sent]
) -> None:
    region.came("отчёт.xlsx", sent("41606000").xlsx)
    table = typed(asked("41612000").read_bytes(), "Вопрос", HALL)
    region.came("письмо.eml", letter({"Залы.xlsx": table}))
    told = region.intake()
    assert [(one["file"], one["result"]) for one in told["files"]] == [("отчёт.xlsx", "accepted")]
    assert told["answers"] == [
        {"file": "Залы.xlsx", "inside": "письмо.eml", "result": "accepted", "question": 1, "oktmo": "41612000",
         "rows": 1, "reason": "", "faults": []}
    ]  # fmt: skip
    assert region.intake()["answers"][0]["result"] == "same"


def test_answers_are_joined_with_sums_and_who_is_missing(region: Region, asked: Callable[[str], Path]) -> None:
    second = {"A7": "Зал", "B7": "частное", "C7": "30"}
    answered(region, asked("41612000"), HALL | second)
    answered(region, asked("41606000"), {"A6": "Библиотека", "C6": 15, "D6": "1 000,25"})
    file = region.folder / "свод.xlsx"
    code, out, _ = region("question", "1", "--join", str(file))
    assert code == 1
    assert "ответили 2 из 18" in out
    told = region.json("question", "1")
    assert told["sums"] == {"Мест": "165", "Содержание за год": "151000.75"}
    assert len(told["missing"]) == 16
    assert [row["oktmo"] for row in told["rows"]] == ["41606000", "41612000", "41612000"]
    assert told["rows"][1]["values"] == ["Дом культуры", "муниципальное", "120", "150000.50", "2026-01-01"]
    work = load_workbook(file)
    assert work.sheetnames == ["Ответы", "Сводка", "Не ответили"]
    lines = [[cell.value for cell in row] for row in work["Ответы"].iter_rows(min_row=4)]
    assert lines[0] == ["Район", "Помещение", "Чьё", "Мест", "Содержание за год, ₽", "Доступно с", "Получен"]
    assert lines[1][:5] == ["Волосовский муниципальный район", "Библиотека", None, 15, 1000.25]
    assert lines[-1][:5] == ["Итого", None, None, 165, 151000.75]
    assert [[cell.value for cell in row] for row in work["Сводка"].iter_rows(min_row=4)] == [
        ["Чьё", "муниципальное", 1, 1], ["Чьё", "частное", 1, 1],
    ]  # fmt: skip
    assert work["Не ответили"].max_row == 3 + 16


def test_wrong_cells_are_told_and_nothing_of_the_table_counts(region: Region, asked: Callable[[str], Path]) -> None:
    wrong = {"B6": "ничьё", "C6": "много", "D6": -5, "E6": "31.02.2026"}
    told = answered(region, asked("41612000"), wrong)
    assert told["result"] == "faults"
    assert [(one["place"], one["text"][:22]) for one in told["faults"]] == [
        ("Вопрос!A6", "«Помещение» не заполне"), ("Вопрос!B6", "«ничьё» нет в списке э"),
        ("Вопрос!C6", "Здесь нужно число, а с"), ("Вопрос!D6", "Здесь не бывает отрица"),
        ("Вопрос!E6", "Здесь нужна дата вида "),
    ]  # fmt: skip
    assert len(region.json("question", "1")["missing"]) == 18
    assert region("intake", str(region.incoming))[0] == 1
    assert region("intake", str(region.incoming))[0] == 1, "also the second time"
    assert answered(region, asked("41612000"), HALL, "исправлено.xlsx")["result"] == "accepted"
    assert len(region.json("question", "1")["missing"]) == 17


def test_the_latest_sound_answer_counts(region: Region, asked: Callable[[str], Path]) -> None:
    answered(region, asked("41612000"), HALL, "1.xlsx")
    assert answered(region, asked("41612000"), HALL | {"C6": 80}, "2.xlsx")["result"] == "renewed"
    assert answered(region, asked("41612000"), HALL | {"C6": "?"}, "3.xlsx")["result"] == "faults"
    assert region.json("question", "1")["sums"]["Мест"] == "80"


def test_an_empty_table_and_one_with_another_head_are_no_answers(
    region: Region, asked: Callable[[str], Path]
) -> None:
    assert "Таблица пуста" in answered(region, asked("41612000"), {})["reason"]
    assert "Шапка таблицы изменена" in answered(region, asked("41606000"), {"B5": "Чей", **HALL})["reason"]


def test_a_table_of_nobody_or_of_no_question_is_set_aside(region: Region, asked: Callable[[str], Path]) -> None:
    table = asked("41612000").read_bytes()
    for name, place, value, why in (
        ("а.xlsx", "B2", "45000000", "нет среди районов"),
        ("б.xlsx", "B1", "0" * 36, "Такого вопроса в этом файле нет"),
        ("в.xlsx", "B1", "не ключ", "не узнать, на какой вопрос"),
    ):
        region.came(name, typed(typed(table, "Вопрос", HALL), "_question", {place: value}))
        (told,) = region.intake(region.incoming / name)["answers"]
        assert (told["result"], why in told["reason"]) == ("unknown", True)


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/connections.xml"])
def test_a_table_that_means_harm_is_set_aside_and_the_others_go_on(
    region: Region, asked: Callable[[str], Path], part: str
) -> None:
    good = typed(asked("41606000").read_bytes(), "Вопрос", HALL)
    region.came("ответы.zip", zipped({"а.xlsx": packed(parts_of(good) | {part: b"x"}), "б.xlsx": good}))
    told = region.intake()["answers"]
    assert [(one["file"], one["result"]) for one in told] == [("а.xlsx", "unknown"), ("б.xlsx", "accepted")]


def test_a_spoilt_table_never_breaks_the_intake(region: Region, asked: Callable[[str], Path]) -> None:
    """Each byte region of the archive spoilt in turn: set aside, or read the same."""
    good = typed(asked("41606000").read_bytes(), "Вопрос", HALL)
    for number, at in enumerate(range(100, len(good), len(good) // 12)):
        region.came(f"{number}.xlsx", good[:at] + bytes(40) + good[at + 40 :])
    told = region.intake()
    assert len(told["files"]) + len(told["answers"]) == len(list(region.incoming.iterdir()))
    assert {row["values"][0] for row in region.json("question", "1")["rows"]} <= {"Дом культуры"}
    assert region("check")[0] == 0


def test_a_question_comes_from_a_file_too(region: Region) -> None:
    path = region.folder / "вопрос.json"
    columns = [{"title": "Есть совет", "choices": ["да", "нет"], "required": True}, "Членов:number"]
    told = {"title": "Совет НКО", "explanation": "Для сводки к заседанию.", "due": "01.11.2026", "columns": columns}
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    assert region.json("question", "--new", str(path))["number"] == 1
    code, out, _ = region("question")
    assert (code, out) == (0, "№ 1 «Совет НКО», до 01.11.2026: ответили 0 из 18\n")
    files = region.json("question", "1", "--out", str(region.folder / "т"))["files"]
    sheet = load_workbook(files[0])["Вопрос"]
    assert [sheet.cell(row, 1).value for row in (2, 6)] == ["Для сводки к заседанию.", "Есть совет\u00a0*"]


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ((), "Граф в вопросе 0"),
        ((QuestionColumn("А"), QuestionColumn("а")), "уже есть"),
        ((QuestionColumn("А", ColumnKind.CHOICE, ("да",)),), "от 2 до"),
        ((QuestionColumn("А", ColumnKind.CHOICE, ("да", "Да")),), "повторяются"),
        ((QuestionColumn("А", ColumnKind.TEXT, ("да", "нет")),), "только у вида"),
        ((QuestionColumn("А" * 151),), "до 150 знаков"),
    ],
)
def test_a_faulty_question_is_refused_in_words(columns: tuple[QuestionColumn, ...], why: str) -> None:
    with pytest.raises(AppError, match=why):
        refuse_faulty("Вопрос", "", columns)


def test_a_column_is_described_in_one_line() -> None:
    assert column_of("Сколько залов*:number") == QuestionColumn("Сколько залов", ColumnKind.NUMBER, (), True)
    assert column_of("Есть зал:да|нет").choices == ("да", "нет")
    assert column_of("Примечание") == QuestionColumn("Примечание")
    with pytest.raises(AppError, match="не понята"):
        column_of("А:вид")


def test_a_term_that_has_passed_is_refused(region: Region) -> None:
    code, _, err = region("question", "--title", "А", "--column", "Б", "--due", "01.10.2026")
    assert (code, "Срок ответа" in err) == (2, True)
    assert region("question", "7")[0] == 2


def test_an_answer_of_a_former_territory_is_its_successor_s(region: Region, asked: Callable[[str], Path]) -> None:
    """Гатчинский округ replaced the district."""
    table = typed(asked("41518000").read_bytes(), "Вопрос", HALL)
    region.came("а.xlsx", typed(table, "_question", {"B2": "41618000"}))
    assert region.intake()["answers"][0]["result"] == "accepted"
    assert "41518000" not in region.json("question", "1")["missing"]


def test_what_a_district_wrote_is_text_in_the_joined_table(region: Region, asked: Callable[[str], Path]) -> None:
    formula = '=HYPERLINK("http://example.org","x")'
    work = load_workbook(asked("41612000"))
    cell: Any = work["Вопрос"]["A6"]
    cell.value, cell.data_type = formula, "s"
    work.save(region.incoming / "а.xlsx")
    region.intake()
    file = region.folder / "свод.xlsx"
    region("question", "1", "--join", str(file))
    found: Any = load_workbook(file)["Ответы"]["B5"]
    assert (found.value, found.data_type) == (formula, "s")


def test_the_bytes_of_an_answer_are_looked_over(region: Region, asked: Callable[[str], Path]) -> None:
    answered(region, asked("41612000"), HALL)
    connection = sqlite3.connect(region.db)
    with pytest.raises(sqlite3.IntegrityError, match="an answer that came is never changed"):
        connection.execute("UPDATE question_answer SET oktmo = '41606000'")
    connection.execute("DROP TRIGGER question_answer_no_update")
    connection.execute("UPDATE question_answer SET file = x'00'")
    connection.commit()
    connection.close()
    assert "Ответ 41612000 на вопрос № 1 не сходится" in region("check")[1]


def test_a_question_that_is_withdrawn_is_asked_of_nobody(region: Region, asked: Callable[[str], Path]) -> None:
    """What came stays; what comes late is kept, and told as an answer to a withdrawn question."""
    answered(region, asked("41612000"), HALL, "в срок.xlsx")
    late = typed(asked("41606000").read_bytes(), "Вопрос", HALL)
    code, out, _ = region("question", "1", "--withdraw", today="01.11.2026")
    assert code == 0, "nobody owes an answer"
    assert "Отозван 01.11.2026" in out
    assert "№ 1 «Залы для НКО», до 20.11.2026: ответили 1 из 18, отозван 01.11.2026" in region("question")[1]
    told = region.json("question", "1")
    assert (told["withdrawn_on"], told["answered"], told["missing"], len(told["rows"])) == ("2026-11-01", 1, [], 1)
    assert region("question", "1", "--withdraw")[0] == 2
    code, _, err = region("question", "1", "--out", str(region.folder / "ещё"))
    assert (code, "отозван 01.11.2026" in err) == (2, True)
    region.came("поздно.xlsx", late)
    (one,) = region.intake(region.incoming / "поздно.xlsx", today="05.11.2026")["answers"]
    assert (one["result"], one["reason"].replace("\u00a0", " ")) == (
        "withdrawn", "Вопрос № 1 отозван 01.11.2026: ответ сохранён, но его уже не ждали."
    )  # fmt: skip
    code, out, _ = region("intake", str(region.incoming / "поздно.xlsx"))
    assert (code, "ответ на отозванный вопрос" in out, "его уже не ждали" in out) == (0, True, True)
    assert region.json("question", "1", "--again")["answered"] == 2
    assert region("question", "1", "--again")[0] == 2
    assert len(region.json("question", "1")["missing"]) == 16
    assert region("check")[0] == 0
    with sqlite3.connect(region.db) as raw:
        journal = raw.execute("SELECT count(*) FROM journal WHERE table_name = 'question_withdrawal'").fetchone()[0]
    raw.close()
    assert journal == 2
