"""The demo's return stays what it was: its figures, the text of its paper, the cells of its sheet, its bytes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from app.core.periods import Quarter
from app.models.database import Database
from app.reports.return_paper import return_pdf
from app.reports.return_sheet import return_xlsx
from app.returns.codec import canonical, fingerprint
from app.usecases.quarter_returns import KeptReturn, frozen_quarters, kept
from tests.golden.golden import HERE, KINDS, SECOND, of_demo, of_second_form

HEAD = re.compile(r"Голова журнала: (?:[0-9a-f]{4} ?){16}")


@pytest.fixture(scope="module")
def frozen(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[KeptReturn]:
    """Every frozen return of the demo."""
    copy = shutil.copy(demo_folder / "demo.db", tmp_path_factory.mktemp("golden") / "demo.db")
    database = Database.open(Path(copy))
    try:
        with database.read() as session:
            found = [kept(session, quarter) for quarter in frozen_quarters(session)]
    finally:
        database.close()
    return [one for one in found if one is not None]


def without_head(lines: list[str]) -> list[str]:
    """The head of the journal hangs on the bytes of papers, and these on the Python that packs them."""
    assert any(HEAD.search(line) for line in lines) or not any("Голова журнала" in line for line in lines)
    return [HEAD.sub("Голова журнала", line) for line in lines]


@pytest.mark.parametrize("kind", KINDS)
def test_the_return_of_the_demo_is_the_one_that_was_looked_at(demo_folder: Path, tmp_path: Path, kind: str) -> None:
    shutil.copy(demo_folder / "demo.db", tmp_path / "demo.db")
    found = of_demo(tmp_path)[kind].splitlines()
    assert without_head(found) == without_head((HERE / kind).read_text(encoding="utf-8").splitlines())


def test_the_second_version_of_the_form_is_the_one_that_was_looked_at(demo_folder: Path, tmp_path: Path) -> None:
    shutil.copy(demo_folder / "demo.db", tmp_path / "demo.db")
    found = of_second_form(tmp_path)
    for kind in SECOND:
        assert found[kind].splitlines() == (HERE / kind).read_text(encoding="utf-8").splitlines(), kind


def test_the_papers_of_every_frozen_return_come_out_of_its_data_again(frozen: list[KeptReturn]) -> None:
    assert [one.quarter for one in frozen] == [Quarter(2025, 4), *(Quarter(2026, n) for n in (1, 2, 3))]
    for one in frozen:
        data = canonical(one.ret)
        assert fingerprint(data) == one.sha256
        assert return_pdf(one.ret, one.envelope) == one.pdf
        assert return_xlsx(one.ret, one.envelope, data=data) == one.xlsx


def test_the_demo_folder_holds_the_kept_papers(demo_folder: Path, frozen: list[KeptReturn]) -> None:
    name = "НКО-47-кв_41612000_2026-Q3_0"
    assert (demo_folder / f"{name}.pdf").read_bytes() == frozen[-1].pdf
    assert (demo_folder / f"{name}.xlsx").read_bytes() == frozen[-1].xlsx
