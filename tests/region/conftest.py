"""Districts that freeze real returns, and a region's desk that takes their files in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from app.core.clock import Clock
from app.core.periods import Quarter
from app.usecases import quarter_returns
from app.usecases.intake import take_in
from app.usecases.region_setup import create_region
from app.usecases.setup import save_unit
from tests.factories import District
from tests.region.made import NORTH, SOUTH, made_of, workbook_of
from tests.region.planted import copy, oblast, picture, recount
from tests.region.region import Region, Sent, typed_into
from tests.returns.test_freezing import SIGNERS, a_quarter_of_work

__all__ = ["copy", "oblast", "picture", "recount"]
Q3 = Quarter(2026, 3)
_FILES = TemporaryDirectory(prefix="returns-")


@cache
def _district(oktmo: str) -> Path:
    """A district's file in which the third quarter of 2026 is approved, and its correction, made once a process."""
    folder = Path(_FILES.name) / oktmo
    folder.mkdir()
    with District(folder, oktmo=oktmo, today="2026-07-01") as district:
        district.write(save_unit, SIGNERS)
        a_quarter_of_work(district)
        district.at("2026-10-05").write(quarter_returns.freeze, Q3, kind="return")
        district.at("2026-10-20").ngo("АНО «Второй берег»", taken_on="2026-08-03", address="г. Мурино, д. 2")
        district.write(quarter_returns.freeze, Q3, reason="Нашли ещё одну НКО", kind="return")
        return district.path


@pytest.fixture(scope="session")
def sent() -> Callable[..., Sent]:
    """`sent("41612000", 1)`: the file that a district sent, by its code and version."""

    @cache
    def of(oktmo: str = "41612000", correction: int = 0) -> Sent:
        folder = Path(_FILES.name) / f"{oktmo}-{correction}"
        folder.mkdir(exist_ok=True)
        with District.copied(_district(oktmo), folder, today="2026-10-21") as district:
            kept = district.read(quarter_returns.kept, Q3, correction)
        return Sent(f"НКО-47-кв_{oktmo}_2026-Q3_{correction}", kept)

    return of


@pytest.fixture
def district_of(tmp_path: Path) -> Callable[[str], District]:
    """A copy of the file of the district that sent those returns."""

    def of(oktmo: str) -> District:
        folder = tmp_path / f"район {oktmo}"
        folder.mkdir()
        return District.copied(_district(oktmo), folder, today="2026-10-25")

    return of


@pytest.fixture
def region(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Region:
    found = Region(tmp_path, capsys.readouterr)
    assert found("init", "--region")[0] == 0
    return found


@pytest.fixture(scope="session")
def by_hand(sent: Callable[..., Sent]) -> Callable[..., bytes]:
    """`by_hand("41606000", {"102.quarter": 99})`: a blank form filled with a district's figures, some typed over."""

    def of(oktmo: str, over: dict[str, Any] | None = None) -> bytes:
        return typed_into(sent(oktmo).kept, over or {})

    return of


@pytest.fixture(scope="session")
def taken_in(sent: Callable[..., Sent], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A region's file that took in the first versions of two districts: one NGO in both, other bodies and centres."""
    folder = tmp_path_factory.mktemp("область")
    kept = sent(NORTH).kept
    south = workbook_of(kept, made_of(kept, oktmo=SOUTH, own="b"))
    with create_region(folder / "область.db", clock=Clock.fixed(date(2026, 10, 12))) as database:
        for name, content in (("север", sent(NORTH).xlsx), ("юг", south)):
            (folder / f"{name}.xlsx").write_bytes(content)
            take_in(database, [folder / f"{name}.xlsx"])
        return database.path


@pytest.fixture
def two(taken_in: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Region:
    """A copy of that file."""
    found = Region(tmp_path, capsys.readouterr)
    shutil.copy(taken_in, found.db)
    return found
