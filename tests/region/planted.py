"""The demo oblast as the tests have it: its files, what is planted, and the region's file that took them in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.core.clock import Clock
from app.core.periods import Quarter
from app.models.database import Database
from app.usecases.intake import take_in
from app.usecases.region_setup import create_region
from app.usecases.region_whole import Whole, whole
from tests.region_pure.recount import Recount

NOW = Quarter(2026, 3)
TODAY = date(2026, 10, 26)


@dataclass(frozen=True)
class Oblast:
    """The files of the demo, and the region's file into which they were taken in one call."""

    folder: Path
    region: Path
    planted: dict[str, Any]
    told: dict[str, Any]

    @property
    def incoming(self) -> Path:
        return self.folder / "in"

    def district(self, oktmo: str) -> Path:
        return self.folder / "districts" / f"{oktmo}.db"

    @property
    def reported(self) -> list[str]:
        return sorted(one.stem for one in (self.folder / "districts").glob("*.db")
                      if one.stem not in self.planted["missing"] and one.stem != "41618000")  # fmt: skip


@pytest.fixture(scope="session")
def oblast(oblast_folder: Path, built_once: Callable[[str, Callable[[Path], object]], Path]) -> Oblast:
    def build(folder: Path) -> None:
        folder.mkdir()
        with create_region(folder / "область.db", clock=Clock.fixed(TODAY)) as database:
            found = take_in(database, [oblast_folder / "in"])
        told = {
            "results": [(one.file, one.result.value) for one in found.files],
            "beside": [one.file for one in found.beside], "warnings": found.warnings,
        }  # fmt: skip
        (folder / "принято.json").write_text(json.dumps(told), encoding="utf-8")

    taken = built_once("oblast-taken", build)
    planted = json.loads((oblast_folder / "planted.json").read_text(encoding="utf-8"))
    told = json.loads((taken / "принято.json").read_text(encoding="utf-8"))
    return Oblast(oblast_folder, taken / "область.db", planted, told)


@pytest.fixture
def copy(oblast: Oblast, tmp_path: Path) -> Path:
    """A copy of the region's file, to be written into."""
    return Path(shutil.copy(oblast.region, tmp_path / "область.db"))


@pytest.fixture
def recount(oblast: Oblast) -> Iterator[Recount]:
    found = Recount([oblast.district(oktmo) for oktmo in oblast.reported], NOW, NOW)
    yield found
    found.close()


@pytest.fixture
def picture(copy: Path) -> Whole:
    return pictured(copy)


def pictured(path: Path, quarter: Quarter = NOW) -> Whole:
    with Database.open(path, clock=Clock.fixed(TODAY)) as database, database.read() as session:
        return whole(session, quarter)
