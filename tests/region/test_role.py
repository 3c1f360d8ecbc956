"""One program, two roles: a region's file takes returns in and keeps no records; a district's does the opposite."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from app.core.clock import Clock
from app.core.errors import AppError
from app.models import Batch
from app.models.database import Database
from app.usecases.intake import take_in
from app.usecases.records import save
from app.usecases.undoing import undo_batch
from tests.factories import District
from tests.region.region import Region, Sent


def test_the_region_keeps_no_records_of_its_own(region: Region) -> None:
    database = Database.open(region.db, clock=Clock.fixed(date(2026, 10, 25)))
    with database, pytest.raises(AppError, match="записи и отчёт ведут районы"), database.write("edit", "А") as session:
        save(session, "partner", {"kind": "company", "name": "ООО «Берег»"})


def test_commands_of_a_district_are_refused_in_words(region: Region) -> None:
    for command in (("return", "2026-Q3", "--out", str(region.folder)), ("returns",), ("import", "ngos", "а.csv")):
        code, out, err = region(*command)
        assert (code, out) == (2, "")
        assert "файл области" in err


def test_commands_of_the_region_are_refused_in_a_district(region: Region, tmp_path: Path) -> None:
    with District(tmp_path) as district:
        path = district.path
        with pytest.raises(AppError, match="Это файл района"):
            take_in(district.database, [tmp_path])
    region.db = path
    code, out, err = region("intake", str(tmp_path))
    assert (code, out) == (2, "")
    assert "init --region" in err


def test_a_file_is_of_one_role(region: Region) -> None:
    region.db = region.folder / "ещё.db"
    assert region("init")[0] == 2
    assert region("init", "--region", "--oktmo", "41612000")[0] == 2
    assert not region.db.exists()


def test_what_was_taken_in_is_not_undone(region: Region, sent: Callable[..., Sent]) -> None:
    region.intake(region.came("отчёт.xlsx", sent().xlsx))
    with Database.open(region.db, clock=Clock.fixed(date(2026, 10, 25))) as database:
        with database.read() as session:
            batch = session.scalars(select(Batch.id).where(Batch.kind == "intake")).one()
        with pytest.raises(AppError, match="не отменяются"), database.write("undo", "Отмена") as session:
            undo_batch(session, batch)
