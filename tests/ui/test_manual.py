"""The manual in the window: F1 opens what it says of the page, links stay within, every section is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication

from app.records import REGISTERS
from app.ui.pages.import_page import STEPS
from app.ui.pages.manual_page import FILE_OF, SECTION_OF, slug
from app.ui.rail import BELOW, PLACES
from tests.factories import District
from tests.pages import Window, open_window


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path) as district:
        path = district.path
    opened = open_window(qtbot, path)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


def test_f1_opens_the_section_of_the_page_and_esc_returns(qtbot: Any, window: Window) -> None:
    for key, section in (("need", "Потребности"), ("agreement", "Партнёры и практики"), ("settings", "Настройки")):
        page = window.window.open(key)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
        manual: Any = window.window.page
        assert manual.section == section
        assert manual.text.verticalScrollBar().value() > 0
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        assert window.window.page is page


def test_every_page_has_its_section(window: Window) -> None:
    for key, section in SECTION_OF.items():
        window.window.open("help", page=key)
        manual: Any = window.window.page
        assert (manual._file, manual.section) == (FILE_OF.get(key, "README.md"), section)
    assert {*REGISTERS, *(place.key for place in (*PLACES, BELOW[0]))} <= set(SECTION_OF)


def test_the_section_on_lists_speaks_the_words_of_the_window(window: Window, repo: Path) -> None:
    page: Any = window.window.open("import", register="ngo")
    text = (repo / "docs" / "manual" / "README.md").read_text(encoding="utf-8")
    section = text.partition(f"## {SECTION_OF['import']}\n")[2].partition("\n## ")[0]
    assert SECTION_OF["import"].startswith("Загрузка спис")
    assert page.header.title.text().startswith("Загрузка спис")
    assert all(f"**{step.capitalize()}.**" in section for step in STEPS[1:])
    assert "«Загрузить список»" in section
    foreign = [word for word in ("граф", "приём", "прими") if word in section.lower()]
    assert not foreign, "the window says «столбец» and «загрузить»"


def test_links_of_the_contents_lead_to_their_sections(window: Window, repo: Path) -> None:
    window.window.open("help", page="ngo")
    manual: Any = window.window.page
    for block in manual._headings()[1:]:
        manual._follow(QUrl(f"#{slug(block.text())}"))
        assert manual.section == block.text()
    manual._follow(QUrl("checks.md"))
    assert manual._file == "checks.md"
    manual._follow(QUrl("https://example.org/x.md"))
    assert manual._file == "checks.md", "nothing leads out of the manual"
    manual.step_back()
    assert manual._file == "README.md"
