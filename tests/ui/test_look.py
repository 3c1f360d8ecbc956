"""The look: contrast of every pair of tokens, icons that exist, Russian Qt, both themes, no stray windows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel, QScrollArea, QWidget

from app.bootstrap import make_application
from app.records import LINES, REGISTERS
from app.ui import icons
from app.ui.rail import BELOW, FIND, PLACES
from app.ui.theme import apply_theme, tokens
from app.ui.tokens import DARK, LIGHT, Tokens, contrast
from app.ui.widgets import TONES
from tests.factories import District
from tests.pages import Window, open_window

# (text, ground, least contrast): the pairs of LOOK, light and dark alike; 4.5 is what small text needs.
PAIRS = [
    ("text", "surface", 7), ("text", "alt", 7), ("text", "select", 7), ("text", "edit", 7), ("text", "raised", 7),
    ("text2", "ground", 4.5), ("text2", "surface", 4.5), ("text2", "select", 4.5), ("text2", "raised", 4.5),
    ("muted", "ground", 4.5), ("muted", "surface", 4.5), ("muted", "raised", 4.5),
    ("accent_text", "surface", 4.5), ("accent_text", "soft", 4.5), ("on_accent", "accent", 4.5),
    ("err", "surface", 4.5), ("err", "err_soft", 4.5), ("warn", "warn_soft", 4.5), ("ok", "ok_soft", 4.5),
    ("rail_text", "rail", 7), ("rail_text", "rail_on", 4.5), ("rail_muted", "rail", 4.5), ("on_badge", "badge", 4.5),
    ("accent", "ground", 3), ("field", "surface", 3.3), ("err_line", "surface", 3), ("warn_line", "surface", 3),
]  # fmt: skip


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_contrast(theme: Tokens, ink: str, ground: str, least: float) -> None:
    found = contrast(getattr(theme, ink), getattr(theme, ground))
    assert found >= least, f"{ink} on {ground}: {found:.1f}"


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def named_icons(repo: Path) -> set[str]:
    """Every text in the source of the window that stands where an icon is named."""
    takes = {"icon": 0, "pixmap": 0, "Icon": 0, "Button": 1, "show_icon": 0, "Place": 2}
    found: set[str] = set()
    for path in (repo / "app" / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = takes.get(name)
            if place is not None and place < len(node.args):
                texts = (n.value for n in ast.walk(node.args[place]) if isinstance(n, ast.Constant))
                found |= {text for text in texts if isinstance(text, str) and text}
    return found - set(TONES)


def test_every_icon_that_is_named_exists(repo: Path) -> None:
    named = named_icons(repo)
    assert len(named) > 20
    named |= {place.icon for place in (*PLACES, *BELOW, FIND)}
    named |= {record_type.icon for record_type in REGISTERS.values()}
    assert not sorted(name for name in named if not icons.exists(name))


def test_qt_speaks_russian(qapp: QApplication) -> None:
    make_application(["kurator"])
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Save)
    words = {button.text().replace("&", "") for button in box.buttons()}
    assert words == {"Отмена", "Сохранить"}
    assert QLocale().name() == "ru_RU"
    dialog = QFileDialog(None, "Сохранить отчёт", "")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    told = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert not re.search("[a-z]{3}", told), told


def test_the_font_has_russian_letters(qapp: QApplication) -> None:
    make_application(["kurator"])
    assert QFontInfo(QFont("PT Sans")).family() == "PT Sans"
    metrics = QFontMetrics(QApplication.font())
    assert not [sign for sign in "Ёё«»—–№₽²×−\u00a0" if not metrics.inFontUcs4(ord(sign))]
    assert {metrics.horizontalAdvance(figure) for figure in "0123456789"} == {metrics.horizontalAdvance("0")}


FORM = 780  # px inside a form at 1366, scroll bar and padding aside


class _Strays(QObject):
    """Windows that are shown beside the one window; pop-ups are none."""

    def __init__(self) -> None:
        super().__init__()
        self.own: QWidget | None = None
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Show or not isinstance(watched, QWidget) or watched is self.own:
            return False
        if watched.windowType() == Qt.WindowType.Window or (watched.isWindow() and watched.parent() is None):
            self.found.append(type(watched).__name__)
        return False


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path) as district:
        svet = district.ngo("АНО «Светлый берег»", sonko=True)
        district.support(svet, "50 000")
        path = district.path
    opened = open_window(qtbot, path)
    yield opened
    opened.close()


def test_a_switch_of_theme_reaches_every_page(window: Window, qapp: QApplication) -> None:
    page = window.window.open("ngo")
    light = window.window.grab().toImage().pixelColor(700, 20)
    apply_theme(qapp, dark=True)
    try:
        assert tokens() is DARK
        dark = window.window.grab().toImage().pixelColor(700, 20)
        assert light.name().upper() == LIGHT.ground
        assert dark.name().upper() == DARK.ground
        assert page.grab().toImage().pixelColor(300, 300).lightness() < 100
    finally:
        apply_theme(qapp, dark=False)


def test_no_page_or_form_flashes_a_window_of_its_own(window: Window, qapp: QApplication) -> None:
    strays = _Strays()
    strays.own = window.window
    qapp.installEventFilter(strays)
    try:
        for key in (*REGISTERS, "summary", "returns", "settings", "history", "import"):
            page: Any = window.window.open(key)
            if key in REGISTERS:
                page.editing.new()
                for line_type in LINES[key]:
                    if line_type.key in page.editing.form.tables:
                        page.editing.form.tables[line_type.key].add()
                page.editing.close()
    finally:
        qapp.removeEventFilter(strays)
    assert strays.found == []


def test_nothing_of_a_form_lies_beyond_its_edge(window: Window) -> None:
    for key in REGISTERS:
        page: Any = window.window.open(key)
        page.editing.new()
        for table in page.editing.form.tables.values():
            table.add()
        inner = page.editing.form.card.findChild(QScrollArea).widget()
        assert inner.minimumSizeHint().width() <= FORM, (key, inner.minimumSizeHint().width())
        page.editing.close()


def test_forms_and_dialogs_fit_the_screen(window: Window) -> None:
    for key in REGISTERS:
        page: Any = window.window.open(key)
        page.editing.new()
        wanted = page.minimumSizeHint()
        assert (wanted.width() <= 1366 - window.window.rail.width(), wanted.height() <= 696) == (True, True), key
        page.editing.close()
    for key in ("import", "return", "returns", "recipients", "differences", "history"):
        page = window.window.open(key)
        room = 1366 - window.window.rail.width()
        assert page.minimumSizeHint().width() <= room, (key, page.minimumSizeHint().width())
        assert page.minimumSizeHint().height() <= 696, key
