"""The program's own file by either ending: in every dialog, the wizard, by a double click, dropped, as the last one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from app.__main__ import opens_window
from app.core.account_file import ENDINGS, with_ending
from app.core.errors import AppError
from app.ui import account_files
from app.ui.dropped import take_files
from app.usecases.places import default_database
from tests.factories import District
from tests.pages import open_window

APP = Path(__file__).resolve().parents[2] / "app"


class Asked:
    """What the system's dialog was given, and what it answers, one after the other."""

    def __init__(self, *answers: Path | str) -> None:
        self.answers, self.given = list(answers), list[tuple[str, ...]]()

    def __call__(self, _parent: object, *given: str) -> tuple[str, str]:
        self.given.append(given)
        return str(self.answers.pop(0)), ""


@pytest.mark.parametrize(("typed", "called"), [
    ("район", "район.kurator"), ("Район №1.2", "Район №1.2.kurator"), ("район.db", "район.db"),
    ("РАЙОН.KURATOR", "РАЙОН.KURATOR"),
])  # fmt: skip
def test_a_new_file_has_an_ending_that_opens_it(typed: str, called: str) -> None:
    assert with_ending(Path("/папка") / typed) == Path("/папка") / called
    assert opens_window([called])


def test_every_dialog_shows_both_endings() -> None:
    """No dialog has a filter of its own for this file: a literal of an ending stands in one module."""
    assert account_files.FILE == "Файл Куратора НКО (*.kurator *.db)"
    told = {path.name for path in APP.rglob("*.py") if re.search(r"\(\*\.(db|kurator)\b", path.read_text("utf-8"))}
    assert told == set()


def test_a_name_without_ending_does_not_write_over_a_file_unasked(
    qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "район.kurator").touch()
    asked = Asked(tmp_path / "район", tmp_path / "район 2")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)
    window = open_window(qtbot)
    found = account_files.ask_save(window.window, "Куда", tmp_path / "x.kurator")
    assert found == tmp_path / "район 2.kurator"
    assert asked.given[1] == ("Куда", str(tmp_path / "район.kurator"), account_files.FILE)
    window.close()


def test_the_wizard_offers_a_file_that_a_double_click_opens(
    qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(qtbot)
    wizard: Any = window.window.page
    assert wizard.path == default_database()
    assert wizard.path.name == "учёт.kurator"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", Asked(tmp_path / "Наш район"))
    wizard.choose_place()
    assert wizard.path == tmp_path / "Наш район.kurator"
    window.close()


def test_a_file_of_before_is_found_where_it_lay() -> None:
    before = default_database().with_name("kurator.db")
    before.parent.mkdir(parents=True)
    before.touch()
    assert default_database() == before
    before.with_name("учёт.kurator").touch()
    assert default_database().name == "учёт.kurator"


@pytest.mark.parametrize("ending", ENDINGS)
def test_either_file_is_opened_again_and_offered_when_dropped(qtbot: Any, tmp_path: Path, ending: str) -> None:
    with District(tmp_path) as district:
        district.ngo("АНО «Светлый берег»")
    path = district.path.rename(tmp_path / f"Наш район{ending}")
    open_window(qtbot, path).close()
    window = open_window(qtbot)  # the last one, as by the icon
    assert window.window.desk is not None
    assert window.window.desk.database.path == path
    with pytest.raises(AppError, match="файл учёта") as refused:
        take_files(window.window, [path])
    assert window.window.remedies.of(refused.value)[0] == "Открыть этот файл"
    window.close()
