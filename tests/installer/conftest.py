"""What the tests of packages share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.installer.packages import program_of_today


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "флешка"
    folder.mkdir()
    return folder


@pytest.fixture
def program(own_folders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program of today, installed for this person."""
    return program_of_today(own_folders, tmp_path / "было", monkeypatch)
