"""A restore point is offered before a long list and a комплект of the region, and is there before the first row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from app.core.identifiers import ogrn_with_check_digit
from app.models import Ngo
from app.models.copy_names import Why
from app.models.database import Database
from app.usecases.copy_list import copies_of
from tests.factories import District
from tests.pages import Window, open_window


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path) as district:
        path = district.path
    opened = open_window(qtbot, path)
    yield opened
    opened.close()


def a_list(folder: Path, rows: int) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Наименование", "ОГРН", "Адрес"])
    for number in range(rows):
        ogrn = ogrn_with_check_digit(f"10347{number:07d}")
        sheet.append([f"АНО «Светлый берег {number}»", ogrn, f"г. Мурино, Лесная ул., д. {number + 1}"])
    path = folder / "список.xlsx"
    book.save(path)
    return path


def points(window: Window) -> list[Any]:
    assert window.window.desk is not None
    return [row for row in copies_of(window.window.desk.database.path) if row.why is Why.POINT]


def test_a_long_list_is_written_after_a_point(window: Window, tmp_path: Path) -> None:
    page = window.import_page("ngo").read(a_list(tmp_path, 120))
    bar = page.page.bar
    assert page.page.to_write > 100
    assert bar.point.isVisible()
    assert bar.point.isChecked()
    page.write()
    assert window.register("ngo").count == 120
    (point,) = points(window)
    assert point.about == "Перед загрузкой списка"
    with Database.open(point.path) as copy, copy.read() as session:
        assert session.scalar(select(func.count()).select_from(Ngo)) == 0


def test_without_the_tick_there_is_no_point(window: Window, tmp_path: Path) -> None:
    page = window.import_page("ngo").read(a_list(tmp_path, 120))
    page.page.bar.point.setChecked(False)
    page.write()
    assert window.register("ngo").count == 120
    assert points(window) == []


def test_a_short_list_asks_nothing(window: Window, tmp_path: Path) -> None:
    page = window.import_page("ngo").read(a_list(tmp_path, 5))
    assert not page.page.bar.point.isVisible()
    page.write()
    assert points(window) == []


def test_a_point_that_cannot_be_made_writes_nothing(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.models import copying

    page = window.import_page("ngo").read(a_list(tmp_path, 120))
    monkeypatch.setattr(copying, "_SPARE", 1 << 60)
    page.write()
    assert "не хватает места" in window.dialog.title.text()
    window.dialog.close_dialog(done=False)
    assert window.register("ngo").count == 0
