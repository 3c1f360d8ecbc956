"""Where the program keeps what it keeps: with each person apart, or on a stick beside the program."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.models.database import Database
from app.usecases.places import default_database, keep_log, log_file
from app.usecases.portable import remembered, to_remember
from app.usecases.received import territories
from app.usecases.region_setup import create_region

ROOT = Path(__file__).resolve().parents[2]
OKTMO = "41612000"


def run(*arguments: str, home: Path, **environment: str) -> None:
    """One command of the program in a process of its own, as a person with this home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    subprocess.run([sys.executable, "-m", "app", *arguments], cwd=ROOT, check=True, capture_output=True,
                   env={**kept, "HOME": str(home), **environment})  # fmt: skip


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program on a stick, as its launcher tells it."""
    program = tmp_path / "флешка" / "kurator-nko"
    program.mkdir(parents=True)
    (program / "portable.txt").touch()
    monkeypatch.setenv("KURATOR_PROGRAM_FOLDER", str(program))
    return program


def test_two_people_of_one_computer_do_not_meet(tmp_path: Path) -> None:
    first, second = tmp_path / "anna", tmp_path / "boris"
    for home in (first, second):
        home.mkdir()
        run("init", "--oktmo", OKTMO, home=home)
    for home in (first, second):
        (made,) = [path for path in home.rglob("*.kurator") if path.name == "учёт.kurator"]
        assert made.parent.stat().st_mode & 0o077 == 0, "the folder of her file is nobody else's to look into"


def test_a_program_on_a_stick_leaves_nothing_on_the_computer(stick: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    run("init", "--oktmo", OKTMO, home=home, KURATOR_PROGRAM_FOLDER=str(stick))
    assert (stick / "data" / "учёт.kurator").is_file()
    assert files_of(home) == set()


def test_a_folder_of_data_beside_the_program_is_enough(stick: Path) -> None:
    (stick / "portable.txt").unlink()
    assert default_database().parent != stick / "data"
    (stick / "data").mkdir()
    assert default_database() == stick / "data" / "учёт.kurator"
    assert log_file().is_relative_to(stick / "data")


def test_an_installed_program_keeps_its_data_with_the_person(stick: Path) -> None:
    (stick / "portable.txt").unlink()
    assert Path(os.environ["HOME"]) in default_database().parents


def test_the_last_file_is_found_where_the_stick_is_plugged_in_next(
    stick: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "Документы" / "район.db"
    kept = to_remember(stick / "data" / "учёт.kurator"), to_remember(elsewhere)
    moved = tmp_path / "другой компьютер" / "kurator-nko"
    moved.parent.mkdir()
    stick.rename(moved)
    monkeypatch.setenv("KURATOR_PROGRAM_FOLDER", str(moved))
    assert [remembered(text) for text in kept] == [moved / "data" / "учёт.kurator", elsewhere]


@contextmanager
def logged() -> Iterator[logging.Logger]:
    log = logging.getLogger("app")
    keep_log()
    try:
        yield log
    finally:
        for handler in list(log.handlers):
            log.removeHandler(handler)
            handler.close()


def test_a_day_without_a_fault_leaves_no_log(tmp_path: Path) -> None:
    """It is a log of faults: what a library tells of itself is none."""
    with logged():
        create_region(tmp_path / "область.kurator").close()
        with Database.open(tmp_path / "область.kurator") as database, database.read() as session:
            assert territories(session)
    assert not log_file().exists()


def test_the_log_takes_two_megabytes_at_most() -> None:
    with logged() as log:
        for number in range(40_000):
            log.error("IntegrityError in places.py:%d write < desk.py:120 write < pages.py:77 save", number)
    kept = sorted(log_file().parent.iterdir())
    assert [path.name for path in kept] == ["kurator.log", "kurator.log.1"]
    assert all(path.stat().st_size <= 2**20 for path in kept)
