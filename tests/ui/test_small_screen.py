"""A screen of 1366×768 at 150 %: 911×464 of the window's own pixels.  What does not fit scrolls, nothing is covered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QScrollArea, QWidget

from app.core.periods import Quarter
from app.records import REGISTERS
from app.ui.form_row import FormLine
from app.ui.main_window import LEAST
from app.ui.russian_qt import font
from app.ui.widgets import ElidingLabel
from tests.factories import District
from tests.pages import Window, open_window

SMALL = (911, 464)


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path) as district:
        svet = district.ngo("АНО «Светлый берег»", sonko=True)
        district.support(svet, "50 000")
        district.need(svet)
        path = district.path
    opened = open_window(qtbot, path)
    opened.window.resize(*SMALL)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


def cut_buttons(page: QWidget) -> list[str]:
    """Words of visible buttons that are narrower than their text or stand beyond the page, scrolled ones aside."""
    found = []
    for button in page.findChildren(QPushButton):
        scrolled = any(isinstance(p, QScrollArea) for p in _parents(button, page))
        if not button.isVisible() or scrolled:
            continue
        spot = QRect(button.mapTo(page, QPoint(0, 0)), button.size())
        if button.width() < button.sizeHint().width() or not page.rect().contains(spot):
            found.append(button.text())
    return found


def cut_words(page: QWidget) -> list[str]:
    """Labels that are narrower than their words and do not say so with «…»; areas that hide their right side."""
    found = [label.text() for label in page.findChildren(QLabel)
             if label.isVisible() and not label.wordWrap() and not isinstance(label, ElidingLabel)
             and label.fontMetrics().horizontalAdvance(label.text()) > label.contentsRect().width() + 1]  # fmt: skip
    never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    for area in page.findChildren(QScrollArea):
        inside = area.widget()
        if area.isVisible() and inside is not None and area.horizontalScrollBarPolicy() == never:
            wanted, room = inside.minimumSizeHint().width(), area.viewport().width()
            found += [f"{inside.objectName()}: {wanted} px in {room}"] if wanted > room else []
    return found


def cut_hints(page: QWidget) -> list[str]:
    """Hints and faults under fields that end in «…»."""
    found, metrics = [], QFontMetrics(font(13))
    for line in page.findChildren(FormLine):
        shown = [row for row in line.rows if row.isVisibleTo(line)]
        for place, row in enumerate(shown) if line.isVisible() else ():
            said = [other.x() - 16 for other in shown[place + 1 :] if other.message.text]
            room = (said[0] if said else line.width()) - row.x() - (22 if row.message.fault else 0)
            if metrics.horizontalAdvance(row.message.text) > room:
                found.append(row.message.text)
    return found


def _parents(widget: QWidget, top: QWidget) -> Iterator[QWidget]:
    above = widget.parentWidget()
    while above is not None and above is not top:
        yield above
        above = above.parentWidget()


def test_the_window_fits_the_screen() -> None:
    assert LEAST <= SMALL


def test_no_button_is_cut_on_a_page_or_a_form(window: Window, qapp: Any) -> None:
    for key in (*REGISTERS, "summary", "returns", "settings", "history", "import", "help"):
        page: Any = window.window.open(key)
        qapp.processEvents()
        assert cut_buttons(page) + cut_words(page) == [], key
        if key in REGISTERS:
            page.editing.new()
            qapp.processEvents()
            assert cut_buttons(page) + cut_words(page) + cut_hints(page) == [], f"form of {key}"
            page.editing.save()
            assert cut_hints(page) == [], f"faults of {key}"
            page.editing.close()


def test_no_word_is_cut_in_the_settings_and_in_a_return(window: Window, qapp: Any) -> None:
    settings: Any = window.window.open("settings")
    for tab in settings.makers:
        window.window.open("settings", tab=tab)
        qapp.processEvents()
        assert cut_buttons(settings) + cut_words(settings) == [], tab
    report = window.return_page(Quarter(2026, 3)).page
    for tab in range(1, 9):
        report.show_tab(tab)
        qapp.processEvents()
        assert cut_buttons(report) + cut_words(report) == [], tab
    report.go_to("211.2.quarter")
    qapp.processEvents()
    assert report.strip.told.width() > 120, "the cell and its value are read first"
    assert cut_words(report.strip) == []


def test_the_list_of_filters_ends_within_the_window(window: Window, qapp: Any) -> None:
    page: Any = window.window.open("ngo")
    page.filters.ask()
    qapp.processEvents()
    panel = page.filters.panel
    assert panel.isVisible()
    assert panel.geometry().bottom() < window.window.height()


def test_a_long_sentence_of_a_dialog_leaves_its_fields_their_room(window: Window, qapp: Any) -> None:
    window.window.tell(ValueError())
    qapp.processEvents()
    dialog = window.dialog
    report = dialog.findChild(QPlainTextEdit)
    foot = report.mapTo(dialog, QPoint(0, report.visibleRegion().boundingRect().bottom())).y()
    assert foot < dialog.leave.mapTo(dialog, QPoint(0, 0)).y()


def test_a_high_dialog_scrolls_and_keeps_its_buttons(window: Window, qapp: Any) -> None:
    page: Any = window.window.open("settings", tab="dictionaries")
    panel = page.panels["dictionaries"]
    panel.show_dictionary("need_category")
    panel.add.click()
    qapp.processEvents()
    dialog = window.dialog
    assert dialog.card.height() <= SMALL[1] - 32
    primary = QRect(dialog.primary.mapTo(dialog, QPoint(0, 0)), dialog.primary.size())
    assert dialog.card.geometry().contains(primary)
    dialog.primary.setFocus()
    dialog.focusNextPrevChild(False)  # to «Отменить»
    dialog.focusNextPrevChild(False)
    last = dialog.rows["valid_to"].editor.box
    seen = QRect(last.mapTo(dialog._area.viewport(), QPoint(0, 0)), last.size())
    assert dialog._area.viewport().rect().contains(seen), "Tab brings the field in sight"
