"""Before a new version is installed the old one copies the file that was open last, without a window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from app.cli import run
from app.usecases.copy_list import copies_of
from app.usecases.last_file import last_database, settings_file
from app.usecases.places import default_database

NAMES = ("учёт.db", "С пробелом, запятой; и = знаком.db", "в \"кавычках\" 100 %.db", "обратная\\черта.db", "tab\tы.db")


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program on a stick: what it remembers lies here and nowhere in the home of who runs the tests."""
    monkeypatch.setenv("KURATOR_PROGRAM_FOLDER", str(tmp_path))
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def remember(path: str) -> None:
    """As the window does."""
    settings = QSettings(str(settings_file()), QSettings.Format.IniFormat)
    settings.setValue("theme", "dark")
    settings.setValue("columns/ngo", [1, 2, 3])
    settings.setValue("columns/database", "не та")
    settings.setValue("database", path)
    settings.sync()


@pytest.mark.parametrize("name", NAMES)
def test_what_the_window_remembered_is_read_without_qt(stick: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.touch()
    remember(str(file))
    assert last_database() == file


def test_the_copy_lies_with_the_copies_of_that_file(stick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = stick / "другой.db"
    assert run(["--db", str(other), "init", "--oktmo", "41612000"]) == 0
    remember(other.name)
    assert run(["backup", "--before-update"]) == 0
    (copy,) = copies_of(other)
    assert copy.sound
    assert copy.why_text.startswith("перед обновлением с ")
    assert str(copy.path) in capsys.readouterr().out


def test_where_there_is_no_file_yet_nothing_is_wrong(stick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert last_database() is None
    assert run(["backup", "--before-update"]) == 0
    assert "копировать нечего" in capsys.readouterr().out
    remember("нет такого.db")
    assert run(["backup", "--before-update"]) == 0


def test_an_open_file_is_said_to_be_open(stick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from app.models.database import Database

    assert run(["init", "--oktmo", "41612000"]) == 0
    with Database.open(default_database()):
        assert run(["backup", "--before-update"]) == 2
    assert "уже открыт" in capsys.readouterr().err
    assert copies_of(default_database()) == ()
