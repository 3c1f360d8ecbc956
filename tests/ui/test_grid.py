"""The grid of a return: no figure is cut, the found cell is in sight, the strip tells cell, records and quarters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QFontMetrics

from app.core.periods import Quarter
from app.ui.russian_qt import font
from app.usecases import quarter_returns
from app.usecases.setup import save_unit
from tests.factories import District, on
from tests.pages import Window, open_window
from tests.returns.test_freezing import SIGNERS

Q2, Q3 = Quarter(2026, 2), Quarter(2026, 3)


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    """A quarter approved, another with a decision of millions and a need closed by nothing."""
    with District(tmp_path, today="2026-06-01") as district:
        district.write(save_unit, SIGNERS)
        address = "г. Мурино, Лесная ул., д. 1"
        svet = district.ngo("АНО «Светлый берег»", sonko=True, address=address)
        district.support(svet, "50 000")
        district.at("2026-07-05").write(quarter_returns.freeze, Q2, kind="return")
        district.at("2026-07-06").support(svet, "4 617 000")
        centre = district.centre()
        for _ in range(3):
            district.service(centre, "К4", [svet])
        path = district.path
    opened = open_window(qtbot, path, today="2026-10-05")
    opened.window.resize(1366, 696)
    yield opened
    opened.close()


def test_no_figure_is_cut(window: Window) -> None:
    page = window.return_page(Q3).page
    metrics = QFontMetrics(font(14))
    for number in range(1, 8):
        page.show_tab(number)
        for place in range(len(page._sheets)):
            page.show_tab(number, place)
            sheet = page.grid.model_.sheet
            cut = [
                (sheet.title, cell.name, cell.text)
                for line in sheet.lines
                for column, cell in enumerate(line.cells)
                if cell.right and metrics.horizontalAdvance(cell.text) > page.grid.columnWidth(column) - 16
            ]
            assert cut == []


def test_every_sheet_has_its_columns_in_sight(window: Window) -> None:
    page = window.return_page(Q3).page
    for number in range(1, 8):
        page.show_tab(number)
        for place in range(len(page._sheets)):
            page.show_tab(number, place)
            wide = sum(page.grid.columnWidth(c) for c in range(page.grid.model_.columnCount()))
            assert wide <= page.grid.viewport().width(), (number, place, wide)


def test_a_cell_that_is_gone_to_is_wholly_in_sight(window: Window) -> None:
    page = window.return_page(Q3).page
    for cell in ("233.quarter", "211.3.year", "706.quarter", "118.quarter", "4.other.unserved.year"):
        assert page.go_to(cell)
        rect = page.grid.visualRect(page.grid.currentIndex())
        assert page.grid.viewport().rect().contains(rect), cell


def test_the_strip_tells_quarters_before(window: Window) -> None:
    page = window.return_page(Q3).page
    assert page.go_to("211.3.quarter")
    assert page.strip.told.text().replace("\u00a0", " ") == "211.3, за квартал: 4 617 000,00"
    assert page.strip.behind.text().replace("\u00a0", " ") == "1 мера поддержки"
    assert [title for title, _ in page.strip.bars.rows] == [Q2.title, Q3.title]
    assert "50\u00a0000" in page.strip.bars.accessibleDescription()
    assert page.go_to("211.3.plan")
    assert page.strip.bars.isHidden()


def test_a_section_opens_at_its_first_typed_cell(window: Window) -> None:
    page = window.return_page(Q3).page
    page.show_tab(5)
    assert page.grid.cell.name == "501.plan"
    page = window.return_page(Q2).page
    page.show_tab(5)
    assert page.grid.cell.name == "501.quarter", "an approved return is not typed into"
    assert "заполняются вручную" not in window.window.status.left.text()


def test_a_return_opens_at_its_first_error(qtbot: Any, tmp_path: Path) -> None:
    with District(tmp_path, today="2026-07-01") as district:
        svet = district.ngo("АНО «Светлый берег»")
        district.support(svet, "50 000")
        district.at("2026-08-15").save("ngo", {"registered_on": on("2026-08-01")}, id=svet)
    window = open_window(qtbot, district.path, today="2026-10-05")
    page = window.return_page(Q3).page
    first = next(view.finding for view in page.findings.views)
    assert (first.check, page.tab) == ("21", 2)
    assert page.grid.cell.name in (first.cell, f"{first.cell}.quarter")
    page.show_tab(6)
    page.compute()
    window.wait(lambda: not page.computing)
    assert page.tab == 6, "counted anew, she stays where she was"
    window.close()
