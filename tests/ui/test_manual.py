"""The manual in the window: F1 opens what it says of the page, links stay within, every section is there."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication

from app.core.periods import Quarter
from app.records import REGISTERS
from app.ui.pages.import_page import STEPS
from app.ui.pages.manual_page import IN_FILE, SECTION_OF, slug
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
    for key, section in (
        ("need", "Потребности"), ("agreement", "Партнёры и практики"), ("settings", "Настройки"), ("calling", "Обзвон"),
    ):  # fmt: skip
        page = window.window.open(key)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
        manual: Any = window.window.page
        assert manual.section == section
        assert manual.text.verticalScrollBar().value() > 0
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        assert window.window.page is page


def test_esc_returns_to_a_return_and_to_a_list_that_is_read(qtbot: Any, window: Window, tmp_path: Path) -> None:
    listed = tmp_path / "НКО.csv"
    listed.write_text("Наименование;ИНН\nАНО «Свет»;4703150216\n", encoding="utf-8")
    brought = window.import_page("ngo").read(listed)
    report = window.return_page(Quarter(2026, 1))
    for page in (report.page, brought.page):
        window.window.open(page.objectName())
        window.window.open_manual()
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        assert window.window.page is page
        assert page.isAncestorOf(QApplication.focusWidget()), "keys work on at once"
    assert brought.page.preview is not None, "the list is still there"
    window.window.open("templates")
    window.window.open_manual()
    assert window.window.page._file == "templates.md"  # type: ignore[attr-defined]


def test_a_page_with_a_file_of_its_own_opens_it(qtbot: Any, window: Window) -> None:
    page = window.window.open("merge")
    window.wait(lambda: window.window.desk is not None and not window.window.desk.jobs.running)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    manual: Any = window.window.page
    assert manual.section == "Похожие карточки"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.window.page is page


def test_every_page_has_its_section(window: Window) -> None:
    told = {key: ("README.md", section) for key, section in SECTION_OF.items()} | IN_FILE
    for key, where in told.items():
        window.window.open("help", page=key)
        manual: Any = window.window.page
        assert (manual._file, manual.section) == where
    assert {*REGISTERS, *(place.key for place in (*PLACES, BELOW[0]))} <= set(told)


def test_f1_on_a_tab_opens_what_is_said_of_the_tab(qtbot: Any, window: Window) -> None:
    page: Any = window.window.open("settings", tab="copies")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    manual: Any = window.window.page
    assert (manual._file, manual.section) == ("copies.md", "Файл и копии")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.window.page is page
    assert page.tab == "copies"


PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")


def pictures_of(repo: Path) -> set[str]:
    """Every picture that the manual names."""
    texts = (path.read_text(encoding="utf-8") for path in (repo / "docs" / "manual").glob("*.md"))
    return {name for text in texts for name in PICTURE.findall(text)}


def made_by_a_script(repo: Path) -> list[re.Pattern[str]]:
    """Names of pictures that «make pictures» writes; what is filled in at run time stands for anything."""
    found = []
    for script in ("pictures.py", "paper_pictures.py", "template_picture.py"):
        for node in ast.walk(ast.parse((repo / "docs" / script).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(re.compile(re.escape(node.value.removesuffix(".png"))))
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(p.value) if isinstance(p, ast.Constant) else r"[\w-]+" for p in node.values]
                found.append(re.compile("".join(parts).removesuffix(r"\.png")))
    return found


def test_every_picture_is_there_and_is_made_by_a_script(repo: Path) -> None:
    named = pictures_of(repo)
    assert len(named) > 8
    scripts = made_by_a_script(repo)
    for name in named:
        assert (repo / "docs" / "manual" / name).resolve().is_file(), name
        stem = Path(name).stem
        assert any(pattern.fullmatch(stem) for pattern in scripts), f"{name} would grow old"


def test_pictures_ship_with_the_manual(repo: Path) -> None:
    project = tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))
    shipped = project["tool"]["setuptools"]["data-files"]
    assert shipped["share/kurator-nko/pictures"] == ["docs/pictures/*.png"]
    assert all(name.startswith("../pictures/") for name in pictures_of(repo))


@pytest.mark.parametrize("width", [1366, 911])
def test_pictures_are_shown_and_fit(window: Window, width: int) -> None:
    window.window.resize(width, 464 if width < 1000 else 696)
    window.window.open("help", page="ngo")
    manual: Any = window.window.page
    QApplication.processEvents()
    shown = list(manual.text.pictures())
    assert len(shown) > 5
    room = manual.text.viewport().width()
    for picture in shown:
        image = manual.text.document().resource(2, QUrl(picture.name()))
        assert not image.isNull(), picture.name()
        assert room // 2 < image.width() / image.devicePixelRatio() <= room
    assert manual.text.horizontalScrollBar().maximum() == 0
    assert manual.text.file_of("../../README.md") is None, "nothing is read from outside of the manual"


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


def test_f1_in_a_dialog_of_a_table_tells_of_tables(qtbot: Any, window: Window) -> None:
    page: Any = window.window.open("ngo")
    page.columns.ask()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    manual: Any = window.window.page
    assert manual.section == "Таблицы: отбор, столбцы, виды, выгрузка, рассылка"
    assert "Столбцы" in [block.text() for block in manual._headings()]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.window.page is page
    words = [action.text() for action in page.menu.menu().actions()]
    assert "Справка о таблицах" in words


def test_every_chapter_is_reached_from_every_other(qtbot: Any, window: Window, repo: Path) -> None:
    window.window.resize(911, 464)
    window.window.open("help", page="appeal")
    manual: Any = window.window.page
    QApplication.processEvents()
    assert manual._file == "week.md"
    contents = manual.contents
    assert QApplication.focusWidget() is contents
    assert contents.horizontalScrollBar().maximum() == 0
    shown = {contents.item(row).text() for row in range(contents.count())}
    titles = {path.read_text(encoding="utf-8").partition("\n")[0][2:] for path in (repo / "docs/manual").glob("*.md")}
    assert titles <= shown
    opened = []
    qtbot.keyClick(contents, Qt.Key.Key_Home)
    for _ in range(200):
        if manual._file not in opened:
            opened.append(manual._file)
        before = manual.section
        qtbot.keyClick(contents, Qt.Key.Key_Down)
        if manual.section == before:
            break
    assert len(opened) == len(titles), "down and down again leads through the whole manual"
    qtbot.keyClick(contents, Qt.Key.Key_Escape)
    assert manual._file == "week.md", "first back to what is said of the page"
