"""A district's file for each test, on a disk, with a clock that stands still."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.core.clock import Clock, FixedClock
from app.models.database import Database
from app.usecases.setup import create_district

DAY = date(2026, 10, 6)
CLERK, ACCOUNT = "Иванова И. И.", "ivanova"


@pytest.fixture
def clock() -> FixedClock:
    return Clock.fixed(DAY)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file lies; the name has a space, Cyrillic and signs that mean something in an address."""
    return tmp_path / "район 1? №2%20.db"


@pytest.fixture(scope="session")
def new_district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed file of a new district, made once: each test works on a copy."""
    path = tmp_path_factory.mktemp("новый") / "район.db"
    create_district(path, "41609000", clock=Clock.fixed(DAY), actor=CLERK, account=ACCOUNT).close()
    return path


@pytest.fixture
def database(new_district: Path, path: Path, clock: FixedClock) -> Iterator[Database]:
    """A new district, closed at the end."""
    shutil.copy(new_district, path)
    opened = Database.open(path, clock=clock, actor=CLERK, account=ACCOUNT)
    yield opened
    opened.close()
