"""Every page of the pictures: it fits the screens, its controls have names, and Tab comes to them."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from app.ui.main_window import LEAST
from app.ui.region.shown_figures import STEPS, step_of, whole_percent
from app.ui.theme import apply_theme
from app.ui.tokens import DARK, LIGHT, contrast
from tests.region_pictures.pages import Pictures
from tests.ui.test_every_widget import controls, passed_by, said_twice, without_a_name
from tests.ui.test_small_screen import cut_buttons

PAGES = ("whole", "tiles", "matrix", "holes", "duplicates")
SCREENS = ((1366, 696), (911, 464), LEAST)


def beyond(page: QWidget) -> list[str]:
    """Visible parts of the page, scrolled ones aside, that stand beyond it."""
    found = []
    for part in page.findChildren(QWidget):
        above, scrolled = part.parentWidget(), False
        while above is not None and above is not page:
            scrolled = scrolled or isinstance(above, QScrollArea) or hasattr(above, "viewport")
            above = above.parentWidget()
        spot = QRect(part.mapTo(page, QPoint(0, 0)), part.size())
        if part.isVisible() and not scrolled and not page.rect().contains(spot) and part.width() and part.height():
            found.append(f"{type(part).__name__} {part.objectName()} {spot}")
    return found


def test_pages_fit_the_screens(oblast: Pictures) -> None:
    for size in SCREENS:
        oblast.window.resize(*size)
        _fits(oblast, size)


def _fits(oblast: Pictures, size: tuple[int, int]) -> None:
    for key in PAGES:
        page = oblast.open(key)
        least = page.minimumSizeHint()
        assert least.width() <= page.width(), (key, least)
        assert least.height() <= page.height(), (key, least)
        assert oblast.window.size().toTuple() == size, key
        assert cut_buttons(page) == [], key
        assert beyond(page) == [], key
    page = oblast.open("whole")
    page.show_section(8)
    oblast.settle()
    assert beyond(page) == []
    page.open_cell("301.quarter")
    oblast.settle()
    assert beyond(page) == []
    page = oblast.open("duplicates")
    for view in page.views:
        page.show_view(view)
        oblast.settle()
        assert cut_buttons(page) == [], view
        assert beyond(page) == [], view


def test_controls_have_names_and_tab_comes_to_them(oblast: Pictures, qapp: Any) -> None:
    for key in PAGES:
        page = oblast.open(key)
        assert controls(page), key
        assert not without_a_name(page), key
        assert not passed_by(page, qapp), key
        assert not said_twice(page), key
        if key == "whole":
            page.open_cell("301.quarter")
        elif key == "tiles":
            page.open_district("41615000")
        else:
            page._open(*((0, 0) if key == "matrix" else (0,)))
        oblast.settle()
        assert not without_a_name(page), key
        assert not passed_by(page, qapp), key


def test_panes_are_walked_and_the_manual_opens_at_the_page(oblast: Pictures) -> None:
    for key in PAGES:
        oblast.open(key)
        walked = set()
        for _ in range(8):
            oblast.window._walk_panes(1)
            walked.add(QApplication.focusWidget())
        assert len(walked) >= 3, key
        oblast.window.open_manual()
        manual: Any = oblast.window.page
        assert manual.objectName() == "help"
        assert manual._file == "region_pictures.md"
        oblast.window.step_back()


def test_pages_paint_themselves_in_both_themes(oblast: Pictures, qapp: Any) -> None:
    grounds = {}
    try:
        for dark in (True, False):
            apply_theme(qapp, dark=dark)
            for key in PAGES:
                page = oblast.open(key)
                grounds[key, dark] = page.grab().toImage().pixelColor(4, page.height() - 4).name().upper()
    finally:
        apply_theme(qapp, dark=False)
    assert grounds == {(key, dark): (DARK if dark else LIGHT).ground for key in PAGES for dark in (True, False)}


def test_all_districts_and_their_sum_stand_on_an_office_screen(oblast: Pictures) -> None:
    oblast.window.resize(1366, 696)
    page = oblast.open("matrix")
    assert page.grid.verticalScrollBar().maximum() == 0
    assert page.grid.horizontalScrollBar().maximum() == 0
    last = page.grid.model_.index(18, 0)
    assert page.grid.viewport().rect().contains(page.grid.visualRect(last))


def test_ink_is_read_on_every_step_of_the_ramp() -> None:
    for theme in (LIGHT, DARK):
        for place, ground in enumerate(theme.ramp, 1):
            assert contrast("#FFFFFF" if place == 5 else "#101820", ground) >= 5.5
    assert contrast("#7F5200", "#FFFFFF") >= 4.5


@pytest.mark.parametrize(
    ("percent", "told", "step"),
    [("0", 0, 1), ("0.4", 1, 1), ("19.9", 20, 1), ("20", 20, 2), ("59.5", 60, 3), ("80", 80, 5), ("99.7", 99, 5),
     ("100", 100, 5)],
)  # fmt: skip
def test_the_ends_are_kept_for_nothing_and_the_whole(percent: str, told: int, step: int) -> None:
    from decimal import Decimal

    assert whole_percent(Decimal(percent)) == told
    assert step_of(Decimal(percent)) == step
    assert STEPS == (20, 40, 60, 80)

