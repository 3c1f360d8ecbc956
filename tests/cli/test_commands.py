"""The commands: a district made, lists taken in, a return frozen, and every refusal in one clear line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import run
from app.models.database import Database
from app.reports.return_cover import in_fours
from tests.cli.desk import INN, LIST, TODAY, Desk
from tests.reports.reading import page_texts


def test_a_new_district_is_made_once(desk: Desk) -> None:
    code, out, err = desk("init", "--oktmo", "41612000")
    assert (code, out) == (2, "")
    assert "уже есть" in err
    assert err.count("\n") == 1


def test_a_list_is_taken_in_and_the_same_list_changes_nothing(desk: Desk) -> None:
    file, rejects = desk.file("нко.csv", LIST), desk.folder / "ошибки.xlsx"
    code, out, _ = desk("import", "ngos", file, "--rejects", str(rejects))
    assert code == 1, "a wrong check digit is a finding"
    assert "новых 2" in out
    assert "с ошибками 1" in out
    assert rejects.is_file()
    told = desk.json("import", "ngos", file)
    assert (told["new"], told["same"], told["rejected"]) == (0, 2, 1)
    assert sum(told[key] for key in ("new", "changed", "same", "doubtful", "rejected")) == 3


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    file = desk.file("нко.csv", LIST)
    assert desk.json("import", "ngos", file, "--dry-run")["new"] == 2
    assert desk.json("import", "ngos", file)["new"] == 2


def test_wrong_rows_that_cannot_be_kept_stop_the_whole_list(desk: Desk) -> None:
    """Exit 2 means that nothing is written, neither into the base nor over the list itself."""
    file = desk.file("нко.csv", LIST)
    busy = desk.folder / "папка"
    busy.mkdir()
    for target in (busy, desk.folder / "нко.csv", desk.db):
        code, out, err = desk("import", "ngos", file, "--rejects", str(target))
        assert (code, out, err.count("\n")) == (2, "", 1)
    assert (desk.folder / "нко.csv").read_text(encoding="utf-8") == LIST
    assert desk.json("import", "ngos", file)["new"] == 2


def test_a_centre_is_named_once_for_all_its_services(desk: Desk) -> None:
    desk("import", "ngos", desk.file("нко.csv", LIST))
    journal = desk.file("журнал.csv", f"Дата;Услуга;Часов;ИНН\n10.09.2026;К4;1;{INN}\n")
    assert desk.json("import", "services", journal)["rejected"] == 1
    said = ("--set", "Центр=АНО «Опора»", "--accept-doubtful", "all")
    assert desk.json("import", "services", journal, *said)["new"] == 1
    assert desk.json("import", "services", journal, *said)["same"] == 1


def test_what_a_list_lacks_is_said_once_for_all_its_rows(desk: Desk) -> None:
    winners = desk.file("гранты.csv", f"Получатель;ИНН;Сумма\nАНО «Светлый берег»;{INN};50 000\n")
    desk("import", "ngos", desk.file("нко.csv", LIST))
    assert desk.json("import", "support", winners)["rejected"] == 1
    said = ("--set", "Дата решения=12.08.2026", "--set", "№ решения=214", "--set", "Форма поддержки=финансовая")
    assert desk.json("import", "support", winners, *said)["new"] == 1
    assert desk.json("import", "support", winners, *said)["same"] == 1
    code, _, err = desk("import", "support", winners, "--set", "Цвет=синий")
    assert (code, "Цвет" in err) == (2, True)


def test_errors_stop_the_return_and_leave_its_protocol(desk: Desk) -> None:
    out = desk.folder / "out"
    code, text, err = desk("return", "2026-Q3", "--out", str(out))
    assert (code, err) == (1, "")
    assert "Отчёт не утверждён" in text
    assert [file.name for file in out.iterdir()] == ["НКО-47-кв_41612000_2026-Q3_0_протокол.pdf"]


def test_the_return_is_frozen_and_its_papers_are_kept(desk: Desk) -> None:
    desk("import", "ngos", desk.file("нко.csv", LIST))
    desk.signed()
    first, second = desk.folder / "раз", desk.folder / "два"
    told = desk.json("return", "2026-Q3", "--out", str(first))
    assert (told["errors"], told["frozen"], told["correction"]) == (0, True, 0)
    names = sorted(file.name for file in first.iterdir())
    assert names == ["НКО-47-кв_41612000_2026-Q3_0.pdf", "НКО-47-кв_41612000_2026-Q3_0.xlsx"]
    again = desk.json("return", "2026-Q3", "--out", str(second))
    assert again["sha256"] == told["sha256"]
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)
    assert desk("check")[0] == 0


def test_a_correction_is_a_new_version_with_its_reason(desk: Desk) -> None:
    desk.signed()
    out = str(desk.folder / "out")
    desk("return", "2026-Q3", "--out", out)
    told = desk.json("return", "2026-Q3", "--out", out, "--correction", "Не были учтены две организации")
    assert told["correction"] == 1
    assert (desk.folder / "out" / "НКО-47-кв_41612000_2026-Q3_1.pdf").is_file()


def test_a_draft_is_written_whatever_the_checks_say(desk: Desk) -> None:
    out = desk.folder / "out"
    told = desk.json("return", "2026-Q4", "--out", str(out), "--draft")
    assert told["errors"] > 0
    assert not told["frozen"]
    assert sorted(file.suffix for file in out.iterdir()) == [".pdf", ".xlsx"]


def test_annexes_d_and_e_are_printed_on_request(desk: Desk) -> None:
    desk.signed()
    out = desk.folder / "out"
    told = desk.json("return", "2026-Q3", "--out", str(out), "--annexes")
    plain, whole = (out / f"НКО-47-кв_41612000_2026-Q3_0{end}.pdf" for end in ("", "_с_приложениями"))
    assert told["files"][-1] == str(whole)
    pages = page_texts(whole.read_bytes())
    assert any("Приложение Д." in page for page in pages)
    assert any("Приложение Е." in page for page in pages)
    kept = page_texts(plain.read_bytes())
    assert not any("Приложение Д." in page for page in kept)
    assert in_fours(told["sha256"]) in pages[0], "the same data have the same hash"
    drawn = desk.json("return", "2026-Q4", "--out", str(out), "--draft", "--annexes")
    assert drawn["files"][-1].endswith("_2026-Q4_0_с_приложениями_черновик.pdf")


def test_an_explanation_goes_into_the_return(desk: Desk) -> None:
    desk.signed()
    late = ("--today", "15.12.2026")
    explained = desk.file("пояснения.json", '[{"check": "41", "cell": "head.date", "text": "Болезнь исполнителя"}]')
    code, _, err = desk("return", "2026-Q3", "--out", str(desk.folder), "--explain", explained, today=late)
    assert (code, err) == (0, "")
    database = Database.open(desk.db)
    try:
        from app.core.periods import Quarter
        from app.usecases.quarter_returns import kept

        with database.read() as session:
            found = kept(session, Quarter(2026, 3))
    finally:
        database.close()
    assert found is not None
    assert [row.explanation for row in found.ret.annex_g if row.check == "41"] == ["Болезнь исполнителя"]


def test_a_copy_opens_as_a_database(desk: Desk) -> None:
    copy = desk.folder / "копия.db"
    assert desk("backup", "--out", str(copy))[0] == 0
    Database.open(copy).close()


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("return", "2026-Q9", "--out", "out"), "2026-Q9"),
        (("return", "2026-Q3"), "--out"),
        (("import", "ngos", "нет-такого.xlsx"), "нет-такого.xlsx"),
        (("import", "people", "список.xlsx"), "people"),
        (("return", "2027-Q4", "--out", "out"), "ещё не начался"),
        (("return", "2027-Q1", "--out", "out", "--draft"), "ещё не начался"),
        (("return", "2026-Q4", "--out", "новая/папка"), "ещё идёт"),
        (("return", "1999-Q4", "--out", "out", "--draft"), "Отчёты составляются, начиная с 2024-Q1"),
        (("return", "0000-Q1", "--out", "out"), "0000-Q1"),
        (("return", "9999-Q4", "--out", "out"), "9999-Q4"),
        (("return", "2026-Q3", "--out", "район.db"), "а нужна папка"),
        (("return", "2026-Q3", "--out", "район.db/out"), "в пути не папка, а файл"),
        (("return", "2026-Q3", "--out", "out", "--correction", "Ошибка"), "ещё не утверждён"),
        (("--today", "", "check"), "Дата «» не понята"),
        (("improt", "ngos", "нет.xlsx"), "Команды «improt» нет"),
        (("--json",), "Не указано: КОМАНДА"),
        (("import", "ngos", "нет.xlsx", "--accept-doubtful", "some"), "some"),
        (("demo", "--out", "out", "--seed", "много"), "--seed: «много» — не целое число"),
        (("import", "ngos"), "Не указано"),
        (("check", "--much"), "--much"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_bad_input_is_one_clear_line_and_writes_nothing(
    desk: Desk, command: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.folder)
    before = sorted(path.name for path in desk.folder.iterdir())
    code, out, err = desk(*command)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert sorted(path.name for path in desk.folder.iterdir()) == before


def test_a_missing_database_and_a_wrong_day_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--db", str(tmp_path / "нет.db"), "check"]) == 2
    assert "нет.db" in capsys.readouterr().err
    assert run(["--db", str(tmp_path / "нет.db"), "--today", "завтра", "check"]) == 2
    assert "завтра" in capsys.readouterr().err


def test_the_commands_work_where_there_is_no_qt(tmp_path: Path, repo: Path) -> None:
    block = (
        "import sys\n"
        "class NoQt:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in ('PySide6', 'shiboken6'):\n"
        "            raise ImportError('Qt is not here')\n"
        "sys.meta_path.insert(0, NoQt())\n"
        "from app.__main__ import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )

    def command(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", block, "--db", str(tmp_path / "район.db"), *TODAY, *words],
            cwd=repo,
            env={**os.environ, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    assert command("init", "--oktmo", "41612000").returncode == 0
    (tmp_path / "нко.csv").write_text(LIST, encoding="utf-8")
    assert command("import", "ngos", str(tmp_path / "нко.csv")).returncode == 1
    done = command("return", "2026-Q3", "--out", str(tmp_path / "out"), "--draft")
    assert done.returncode == 0, done.stderr
    assert command("check").returncode == 0


def test_a_clock_that_was_set_back_is_told_and_the_command_is_done(desk: Desk) -> None:
    ahead = ("--today", "01.02.2099")  # the computer shows an earlier day
    desk("import", "ngos", desk.file("список.csv", LIST), today=ahead)
    code, out, err = desk("check", today=())
    assert (code, out) == (0, "База, журнал и утверждённые отчёты в порядке.\n")
    assert "а последняя запись в базе сделана 01.02.2099: проверьте дату." in err
    assert desk("check") == (0, out, "")  # a day that is named is no fault of the clock
