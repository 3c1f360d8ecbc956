"""What holds on every page: keys, undo, search, archive, export, and what is not imported before it is needed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.core.periods import Quarter
from app.models.database import Database
from tests.factories import District
from tests.pages import Window, open_window
from tests.returns.test_freezing import SIGNERS


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    """The window over a small district: three NGOs, a decision, a service, a need."""
    with District(tmp_path, today="2026-07-01") as district:
        from app.usecases.setup import save_unit

        district.write(save_unit, SIGNERS)
        svet = district.ngo("АНО «Светлый берег»", sonko=True, address="г. Мурино, Лесная ул., д. 1")
        district.ngo("Фонд «Ёлочка»", address="г. Сертолово")
        district.body("Инициативная группа «Двор»")
        district.support(svet, "50 000")
        district.service(district.centre(), "К4", [svet])
        district.need(svet)
        path = district.path
    opened = open_window(qtbot, path, today="2026-10-05")
    yield opened
    opened.close()


def test_search_knows_neither_case_nor_yo(window: Window) -> None:
    page = window.register("ngo")
    assert page.count == 3
    assert [row[0] for row in page.search("ЕЛОЧ").rows] == ["Фонд «Ёлочка»"]


def test_an_edit_is_undone_and_redone_by_keys(window: Window) -> None:
    page = window.register("ngo").search("елоч").choose(0)
    page.edit().type("address", "г. Всеволожск, Садовая ул., д. 2").save()
    assert page.card["address"].startswith("г. Всеволожск")
    window.window.undo()
    assert page.card["address"] == "г. Сертолово"
    window.window.redo()
    assert page.card["address"].startswith("г. Всеволожск")


def test_every_fault_stands_at_its_field(window: Window) -> None:
    form = window.register("support").add().type("form", "финансовая").save()
    assert {"ngo_id", "decision_on"} <= set(form.faults)
    assert form.open


def test_escape_keeps_what_was_typed(window: Window) -> None:
    page = window.register("ngo")
    page.add().type("name", "АНО «Недописанная»")
    window.window.step_back()
    assert page.add().read("name") == "АНО «Недописанная»"
    assert page.page.editing.open


@pytest.mark.parametrize(
    "key", ["summary", "ngo", "support", "service", "need", "partner", "practice", "returns", "settings", "history"]
)
def test_a_page_fits_the_screen_of_an_office_pc(window: Window, key: str) -> None:
    page = window.window.open(key)
    assert page.minimumSizeHint().width() + window.window.rail.width() <= 1366
    assert page.minimumSizeHint().height() <= 696


def test_a_figure_opens_its_records(window: Window) -> None:
    report = window.return_page(Quarter(2026, 3))
    assert report.records_behind("101.quarter").count == 3
    report = window.return_page(Quarter(2026, 3))
    assert report.records_behind("301.quarter").count == 1


def test_what_was_typed_survives_a_second_program(window: Window, tmp_path: Path) -> None:
    from app.core.errors import AppError

    with pytest.raises(AppError, match="открыт"):
        Database.open(tmp_path / "район.db")


def test_what_prints_is_not_imported_at_the_start(repo: Path, tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from app.bootstrap import Program, make_application\n"
        "app = make_application(['kurator'])\n"
        "program = Program(None)\n"
        "program.window.show()\n"
        "assert 'sqlalchemy' not in sys.modules, 'before the first paint'\n"
        "program.start()\n"
        "heavy = {'reportlab', 'openpyxl', 'alembic', 'python_calamine', 'highspy'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=repo, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
