"""What a list brought and what it did not is said on the screen and in --json: nothing is lost without a word."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.desk import INN, LIST, OGRN, Desk
from tests.exchange import list_files

HEAD = ["Полное наименование", "ОГРН", "Цвет"]
SHEETS = {
    "2026": [["Перечень НКО"], HEAD, ["АНО «Светлый берег»", OGRN, "синий"], HEAD, ["Итого", 1, None]],
    "сводка": [["Показатель", "Сумма"], ["Всего грантов", 5], ["Всего заявок", 7], ["Средний грант", 4]],
}


def test_sheets_rows_and_columns_that_are_not_taken_are_told(desk: Desk) -> None:
    file = str(list_files.xlsx(desk.folder / "нко.xlsx", SHEETS))
    code, out, err = desk("import", "ngos", file)
    assert (code, err) == (0, "")
    assert "новых 1" in out
    assert "Лист «сводка» не взят: Нет графы с названием, ОГРН или ИНН организации." in out
    assert "Лист «2026». Строки не взяты (заголовок над таблицей): 1." in out
    assert "Лист «2026». Строки не взяты (повтор шапки): 4." in out
    assert "Лист «2026». Строки не взяты (строка итогов): 5." in out
    assert "Лист «2026». Столбцы не взяты: «Цвет»." in out
    told = desk.json("import", "ngos", file)["not_taken"]
    assert [one["sheet"] for one in told["sheets"]] == ["сводка"]
    assert [(one["row"], one["reason"]) for one in told["rows"]] == [
        (1, "заголовок над таблицей"), (4, "повтор шапки"), (5, "строка итогов"),
    ]  # fmt: skip
    assert told["columns"] == [{"sheet": "2026", "column": "Цвет"}]


def test_a_list_that_is_taken_whole_is_told_in_one_line(desk: Desk) -> None:
    code, out, _ = desk("import", "ngos", desk.file("нко.csv", f"Полное наименование;ОГРН\nАНО «Берег»;{OGRN}\n"))
    assert (code, out.count("\n")) == (0, 1)


def test_a_column_without_a_heading_is_told_by_its_letter(desk: Desk) -> None:
    lines = "\n".join(f"Фонд «Ключ {n}»;{number};синий" for n, number in enumerate((OGRN, "1037739010891")))
    out = desk("import", "ngos", desk.file("нко.csv", lines), "--dry-run")[1]
    assert "Столбцы не взяты: «графа C»." in out


def test_both_readings_of_a_day_are_named(desk: Desk) -> None:
    file = desk.file("нко.csv", f"Полное наименование;ОГРН;Дата регистрации\nАНО «Берег»;{OGRN};03/04/2024\n")
    code, out, _ = desk("import", "ngos", file)
    assert code == 1
    assert "строка 2 (АНО «Берег»)" in out
    assert "03.04.2024 или 04.03.2024" in out
    (row,) = desk.json("import", "ngos", file)["rejected_rows"]
    (reason,) = row["reasons"]
    assert (reason["cell"], reason["readings"]) == ("C2", ["2024-04-03", "2024-03-04"])


def test_doubtful_rows_say_why_until_they_are_accepted(desk: Desk) -> None:
    head = "Получатель;ИНН;ОГРН;Форма поддержки;Сумма;Дата решения\n"
    file = desk.file("меры.csv", f"{head}Фонд «Заря»;{INN};{OGRN};субсидия;50 000;12.08.2026\n")
    code, out, _ = desk("import", "support", file)
    assert (code, "Сомнительные строки ждут решения:" in out, "нет в базе" in out) == (1, True, True)
    (row,) = desk.json("import", "support", file)["doubtful_rows"]
    assert (row["row"], row["title"]) == (2, "Фонд «Заря»")
    code, out, _ = desk("import", "support", file, "--accept-doubtful", "all")
    assert (code, "новых 1" in out) == (0, True)
    assert "заведено карточек 1" in out
    assert "Сомнительные строки" not in out


def test_what_is_refused_in_writing_is_told_and_leaves_no_card(desk: Desk) -> None:
    head = "Получатель;ИНН;Форма поддержки;Сумма;Дата решения\n"
    file = desk.file("меры.csv", f"{head}Фонд «Заря»;{INN};субсидия;50 000;12.08.2026\n")
    told = desk.json("import", "support", file, "--accept-doubtful", "all")
    assert (told["rejected"], told["doubtful"], told["created"]) == (1, 0, 0)
    assert "ОГРН" in told["rejected_rows"][0]["reasons"][0]["reason"]
    assert desk.json("import", "ngos", desk.file("нко.csv", f"Название;ИНН\nФонд «Заря»;{INN}\n"))["new"] == 1


def test_many_rows_of_one_reason_are_one_line(desk: Desk) -> None:
    rows = [["Получатель", "Сумма гранта"], *([f"Фонд «Ключ {n}»", "5 000"] for n in range(300))]
    out = desk("import", "support", str(list_files.xlsx(desk.folder / "гранты.xlsx", rows)))[1]
    assert "строки 2–301: Дата решения: В списке нет графы" in out
    assert out.count("\n") < 6


def test_wrong_rows_of_an_earlier_list_do_not_stay_as_if_they_were_of_this_one(desk: Desk) -> None:
    rejects = desk.folder / "ошибки.xlsx"
    told = desk.json("import", "ngos", desk.file("нко.csv", LIST), "--rejects", str(rejects))
    assert (told["rejects"], rejects.exists()) == (str(rejects), True)
    sound = desk.file("верный.csv", f"Полное наименование;ОГРН\nАНО «Светлый берег»;{OGRN}\n")
    code, out, _ = desk("import", "ngos", sound, "--rejects", str(rejects))
    assert (code, rejects.exists()) == (0, False)
    assert "прежний файл «ошибки.xlsx» удалён" in out
    assert desk.json("import", "ngos", sound, "--rejects", str(rejects))["rejects"] is None


def test_a_file_that_holds_no_wrong_rows_is_not_removed(desk: Desk) -> None:
    other = list_files.xlsx(desk.folder / "бюджет.xlsx", [["Статья", "Сумма"], ["связь", 100]])
    before = other.read_bytes()
    sound = desk.file("верный.csv", f"Полное наименование;ОГРН\nАНО «Светлый берег»;{OGRN}\n")
    code, out, _ = desk("import", "ngos", sound, "--rejects", str(other))
    assert (code, other.read_bytes()) == (0, before)
    assert "«бюджет.xlsx» остался прежним" in out


def _without_hidden_sheet(path: Path) -> str:
    """As a program leaves it that knows no hidden sheets."""
    book: Workbook = load_workbook(path)
    del book["_data"]
    book.save(path)
    return str(path)


@pytest.mark.parametrize("what", ["ngos", "support", "services", "needs"])
def test_a_return_is_no_list(desk: Desk, what: str) -> None:
    desk("import", "ngos", desk.file("нко.csv", LIST))
    assert desk("return", "2026-Q3", "--draft", "--out", str(desk.folder / "out"))[0] == 0
    (made,) = (desk.folder / "out").glob("*.xlsx")
    for file in (str(made), _without_hidden_sheet(made)):
        code, out, err = desk("import", what, file)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "это отчёт, а не список" in err


def test_a_list_spoilt_in_all_its_letters_is_taken_and_told(desk: Desk) -> None:
    clean = "Полное наименование;ОГРН;Адрес\nАНО «Светлый берег»;" + OGRN + ";Кудрово\n"
    code, out, _ = desk("import", "ngos", desk.file("нко.csv", clean.encode("cp1251").decode("latin-1")))
    assert (code, "новых 1" in out) == (0, True)
    assert "Заголовки столбцов прочитаны в верной кодировке." in out


def test_the_sheets_of_a_real_workbook_that_are_no_lists_are_named(desk: Desk, shared_data: Path) -> None:
    file = str(shared_data / "grants_messy_2009_2012.xlsx")
    out = desk("import", "support", file, "--dry-run", "--set", "Дата решения=12.08.2026")[1]
    assert "Лист «справка» не взят: " in out
    assert "Лист «сводка» не взят: " in out
    told = desk.json("import", "support", file, "--dry-run", "--set", "Дата решения=12.08.2026")
    assert {one["sheet"] for one in told["not_taken"]["sheets"]} == {"справка", "сводка"}
    assert (len(told["doubtful_rows"]), len(told["rejected_rows"])) == (told["doubtful"], told["rejected"]) == (309, 8)
