"""The pictures over a file into which the intake took what districts really froze and sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from app.core.clock import Clock
from app.usecases.intake import take_in
from app.usecases.region_setup import create_region
from tests.region.conftest import sent  # noqa: F401 - a fixture
from tests.region.region import Sent
from tests.region_pictures.pages import Pictures, plain


def test_a_figure_goes_to_the_records_that_the_district_sent(
    sent: Callable[..., Sent], open_oblast: Callable[[Path], Pictures], tmp_path: Path  # noqa: F811
) -> None:
    file = sent("41612000", 1)
    (tmp_path / f"{file.name}.xlsx").write_bytes(file.xlsx)
    kept = file.kept.ret
    with create_region(tmp_path / "начало.db", clock=Clock.fixed(date(2026, 10, 20)), actor="Комитет") as database:
        take_in(database, [tmp_path / f"{file.name}.xlsx"])
    oblast = open_oblast(tmp_path / "начало.db")

    page = oblast.open("whole")
    assert plain(page.header.fact.text()) == "III квартал 2026 г., отчёты 1 района из 18"
    for code in ("101", "301", "302"):
        assert page.go_to(f"{code}.quarter")
        assert page.grid.cell.text == str(kept.rows[code].quarter)
    page.open_cell("301.quarter")
    place = next(place for place, row in enumerate(oblast.down().rows()) if row[0] == "Всеволожский район")
    page.opened.go_deeper(place)
    assert len(oblast.down().rows()) == len(kept.annex_d) > 0

    tiles = oblast.open("tiles")
    told = [plain(tile.accessibleName()) for tile in tiles.map.tiles.values()]
    assert sum("нет отчёта" in one for one in told) == 17
    tiles.open_district("41612000")
    assert oblast.down().title == "Всеволожский район"
