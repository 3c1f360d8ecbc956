"""A file that is opened by a double click, and settings that stay on the stick."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.__main__ import opens_window
from app.bootstrap import own_settings


@pytest.mark.parametrize("name", ["район.db", "/media/флешка/Учёт.KURATOR"])
def test_a_double_click_gives_the_name_alone(name: str) -> None:
    assert opens_window([name])
    assert opens_window(["--today", "05.10.2026", name])
    assert not opens_window([name, name])


def test_a_mistyped_command_opens_no_window() -> None:
    assert not opens_window(["обзор"])
    assert not opens_window(["import", "ngos", "нко.db"])


def test_settings_lie_with_the_program_on_a_stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    assert tmp_path not in Path(own_settings().fileName()).parents
    monkeypatch.setenv("KURATOR_PROGRAM_FOLDER", str(tmp_path))
    assert Path(own_settings().fileName()) == tmp_path / "data" / "window.ini"
