"""`import package`: looked at, taken in, refused; what each prints and returns."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.models.database import Database
from app.returns.package import FormTerm, Package
from app.returns.package_codec import fingerprint, write_package
from app.usecases.dictionary_entries import save_entry
from app.usecases.region_package import in_force
from app.usecases.region_package_making import compose
from tests.cli.desk import Desk


def issued(desk: Desk, number: int = 1, **parts: Any) -> Package:
    database = Database.open(desk.db)
    with database.read() as session:
        whole = compose(session, number, date(2026, 9, 20))
    database.close()
    return replace(whole, **parts)


def file_of(desk: Desk, package: Package) -> str:
    path = desk.folder / package.file_name
    path.write_bytes(write_package(package))
    return str(path)


def held(desk: Desk) -> int | None:
    database = Database.open(desk.db)
    with database.read() as session:
        found = in_force(session)
    database.close()
    return found.number if found else None


def test_a_package_is_looked_at_then_taken_then_known(desk: Desk) -> None:
    package = issued(desk, due_day=12)
    path = file_of(desk, package)
    code, out, err = desk("import", "package", path, "--dry-run")
    assert (code, err) == (0, "")
    assert out.startswith("Было бы принято: комплект №\u00a01 от 20.09.2026. Записей: новых 0, изменённых 1, ")
    assert out.endswith("  Сроки, День сдачи отчёта: день месяца: 10 → 12\n")
    assert held(desk) is None
    told = desk.json("import", "package", path)
    assert (told["number"], told["changed"], told["replaced"]) == (1, 1, None)
    assert told["sha256"] == fingerprint(package)
    assert told["rows"] == [
        {"part": "term", "key": "due_day", "title": "День сдачи отчёта", "outcome": "changed", "note": "",
         "changes": [{"field": "due_day", "title": "День месяца", "old": "10", "new": "12"}]}
    ]  # fmt: skip
    assert held(desk) == 1
    code, out, _ = desk("import", "package", path)
    assert code == 0
    assert out.startswith("Уже принят: комплект №\u00a01")
    assert desk("check")[0] == 0


def test_what_waits_for_a_person_gives_exit_1(desk: Desk) -> None:
    base = issued(desk)
    database = Database.open(desk.db)
    with database.write("settings", "Справочник") as session:
        save_entry(session, "service_code", "К4", "Гранты: консультация", None, None)
    database.close()
    package = replace(base, forms=(FormTerm("2031.7", date(2031, 1, 1)),))
    path = file_of(desk, package)
    code, out, _ = desk("import", "package", path)
    assert code == 1
    assert "Каталог услуг, К4 Консультация по грантам и проектированию — Изменено вручную" in out
    assert "Форма отчёта, 2031.7 НКО-47-кв, версия 2031.7, с 01.01.2031 — Этой формы программа не знает" in out
    told = desk.json("import", "package", path, "--accept-doubtful", "all")
    assert (told["doubtful"], told["changed"], told["rejected"]) == (0, 1, 1)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{}", "Это не комплект региона."),
        (b"PK\x03\x04", "Это не комплект региона."),
    ],
)
def test_another_file_is_refused_in_one_line(desk: Desk, content: bytes, sentence: str) -> None:
    path = desk.folder / "файл.json"
    path.write_bytes(content)
    code, out, err = desk("import", "package", str(path))
    assert (code, out) == (2, "")
    assert err.startswith(sentence)
    assert err.count("\n") == 1
    assert desk("import", "package", str(desk.folder / "нет.json"))[0] == 2


def test_an_older_one_is_refused_and_nothing_is_written(desk: Desk) -> None:
    assert desk("import", "package", file_of(desk, issued(desk, 3, previous=2)))[0] == 0
    code, _, err = desk("import", "package", file_of(desk, issued(desk, 2, due_day=20)))
    assert code == 2
    assert "действует более новый: № 3" in err
    assert held(desk) == 3


def test_a_missing_one_is_told(desk: Desk) -> None:
    _, out, _ = desk("import", "package", file_of(desk, issued(desk, 3, previous=2)))
    assert "Перед этим область выпустила №\u00a02" in out
    told = desk.json("import", "package", file_of(desk, issued(desk, 5, previous=4)), "--dry-run")
    assert len(told["notes"]) == 1
    assert json.dumps(told)


def test_options_of_lists_are_refused(desk: Desk) -> None:
    path = file_of(desk, issued(desk))
    for more in (["--rejects", "x.xlsx"], ["--set", "a=b"]):
        code, _, err = desk("import", "package", path, *more)
        assert (code, err.startswith("У комплекта нет строк")) == (2, True)
