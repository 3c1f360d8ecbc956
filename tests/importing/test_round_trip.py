"""What the program wrote to Excel it takes in again: all the same here, whole in another file."""

from __future__ import annotations

from pathlib import Path

from app.usecases import exporting, registers
from tests.importing.conftest import Desk, told


def exported(desk: Desk) -> Path:
    with desk.database.read() as session:
        content = exporting.register_xlsx(session, "ngo", registers.find(session, "ngo"))
    path = desk.folder / "выгрузка.xlsx"
    path.write_bytes(content)
    return path


def test_an_exported_register_comes_back_with_its_activities(desk: Desk, tmp_path: Path) -> None:
    """Titles of the law hold commas themselves: «образование, просвещение, наука, культура…»."""
    desk.ngo("АНО «Светлый берег»", sonko=True, activities=["9", "5", "1"], taken_on="2026-02-02")
    desk.ngo("Фонд «Заря»", sonko=True, activities=["9"], okopf="70400", taken_on="2026-02-02")
    file = exported(desk)
    seen = desk.seen("ngo", file)
    assert told(seen.counts) == (0, 0, 2, 0, 0)
    assert not [note for row in seen.rows for note in row.notes]
    (tmp_path / "другой").mkdir()
    with Desk(tmp_path / "другой") as other:
        assert told(other.taken("ngo", file)) == (2, 0, 0, 0, 0)
        kept = {row["name"]: set(row["activities"]) for row in other.all("ngo")}
    assert kept == {"АНО «Светлый берег»": {"1", "5", "9"}, "Фонд «Заря»": {"9"}}
