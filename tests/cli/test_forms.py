"""`form`: the blank form, blank lists and the check of a filled file, with no database anywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.hand.typing_over import typed_over


def run(folder: Path, *command: str) -> tuple[int, str, str]:
    """The command as a person starts it, in a folder where no database lies."""
    done = subprocess.run(
        [sys.executable, "-m", "app", "form", *command],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONUTF8": "1", "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout.replace("\u00a0", " "), done.stderr.replace("\u00a0", " ")


def told(folder: Path, file: Path) -> tuple[int, dict[str, Any]]:
    code, out, err = run(folder, "--check", str(file), "--json")
    assert not err
    found: dict[str, Any] = json.loads(out)
    return code, found


@pytest.mark.parametrize(
    ("what", "said"),
    [(("--version", "2026.1"), "Пустая форма версии 2026.1"), (("--list", "services"), "Пустой список"),
     (("--list", "needs"), "Пустой список"), (("--list", "ngos"), "Пустой список")],
    ids=["version", "services", "needs", "ngos"],
)  # fmt: skip
def test_forms_are_written(what: tuple[str, str], said: str, tmp_path: Path) -> None:
    file = tmp_path / "папка" / "пустая.xlsx"
    code, out, err = run(tmp_path, *what, "--out", str(file))
    assert (code, err) == (0, "")
    assert out.strip() == f"{said}: {file}"
    assert file.read_bytes().startswith(b"PK")


def test_a_clean_file_a_changed_one_and_no_return(demo_folder: Path, tmp_path: Path) -> None:
    exported = demo_folder / "НКО-47-кв_41612000_2026-Q3_0.xlsx"
    code, found = told(tmp_path, exported)
    assert (code, found["clean"], found["hand_filled"], found["quarter"]) == (0, True, False, "2026-Q3")

    changed = tmp_path / "правленый.xlsx"
    changed.write_bytes(typed_over(exported.read_bytes(), {"1 Состав сектора!E7": 999}))
    code, found = told(tmp_path, changed)
    assert code == 1
    assert [(one["cell"], one["place"], one["now"]) for one in found["changed"]] == [
        ("102.quarter", "1 Состав сектора!E7", "999")
    ]
    code, out, _ = run(tmp_path, "--check", str(changed))
    assert code == 1
    assert "1 Состав сектора!E7: утверждено «" in out

    code, out, err = run(tmp_path, "--check", str(demo_folder / "НКО.xlsx"))
    assert (code, out) == (2, "")
    assert err.startswith("В файле «НКО.xlsx» нет отчёта")
    assert err.count("\n") == 1


def test_an_empty_form_is_told_cell_by_cell(tmp_path: Path) -> None:
    file = tmp_path / "пустая.xlsx"
    run(tmp_path, "--version", "2026.1", "--out", str(file))
    code, out, _ = run(tmp_path, "--check", str(file))
    assert code == 1
    assert out.startswith("Заполненная форма: замечаний ")
    assert "1 Состав сектора!E13: Не заполнено. Если показателя нет, впишите 0." in out
    title = [int(line.partition(":")[0].removeprefix("Титул!B")) for line in out.splitlines() if "Титул!" in line]
    assert title == sorted(title), "as somebody reads the sheet"
    assert len(title) > 5


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("--version", "2031.1", "--out", "x.xlsx"), "Версии формы 2031.1 нет. Известны версии: 2026.1."),
        (("--list", "partners", "--out", "x.xlsx"), "Списка «partners» нет. Есть: services, needs, ngos."),
        (("--version", "2026.1"), "Не указано, куда записать. Добавьте --out ФАЙЛ.xlsx."),
        ((), "Укажите одно из этого: --version --list --check."),
        (("--check", "нет такого.xlsx"), "Файла «нет такого.xlsx» нет."),
    ],
)
def test_bad_input_is_one_line_and_writes_nothing(command: tuple[str, ...], said: str, tmp_path: Path) -> None:
    code, out, err = run(tmp_path, *command)
    assert (code, out) == (2, "")
    assert err.startswith(said)
    assert err.count("\n") == 1
