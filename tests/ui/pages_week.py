"""Page objects of the clerk's week: the first page, calls, the calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.pages import FormPage, Window

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def key(name: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key where the focus is."""
    QTest.keyClick(QApplication.focusWidget(), name, modifiers)


def active(window: Window) -> Window:
    """Wait until the window takes keys."""
    window.wait(lambda: QApplication.activeWindow() is window.window)
    return window


class Summary:
    """The first page."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.page: Any = window.window.open("summary")

    @property
    def tasks(self) -> list[str]:
        """What needs attention, from above: «Открыть: 1 обращение без ответа в срок»."""
        return [button.accessibleName().replace("\u00a0", " ") for button in self.page.task_buttons]

    def open_task(self, words: str) -> Any:
        button = next(b for b in self.page.task_buttons if words in b.accessibleName().replace("\u00a0", " "))
        button.click()
        return self._window.window.page

    def bars(self, chart: str) -> list[tuple[str, str]]:
        """(label, what is read out) of a chart's bars."""
        buttons = self.page.charts[chart].chart.buttons
        return [(button.bar.label, button.accessibleName().replace("\u00a0", " ")) for button in buttons]

    def drawn(self, chart: str) -> Any:
        """The chart, once the library has drawn it."""
        found = self.page.charts[chart].chart
        self._window.wait(lambda: found._picture is not None and found._key == found._wanted())
        return found


class Calling:
    """The walk over NGOs to call."""

    def __init__(self, window: Window, **where: Any) -> None:
        self._window = window
        self.page: Any = window.window.open("calling", **where)

    @property
    def name(self) -> str:
        return str(self.page.shown.name) if self.page.shown is not None else ""

    @property
    def progress(self) -> str:
        return str(self.page.progress.text())

    @property
    def words(self) -> str:
        """Everything the card says."""
        return " ".join(label.text() for label in self.page._inner.findChildren(_labels()) if label.isVisible())

    def press(self, name: Qt.Key) -> Calling:
        key(name)
        return self


class Calendar:
    """The month."""

    def __init__(self, window: Window, **where: Any) -> None:
        self._window = window
        self.page: Any = window.window.open("calendar", **where)

    @property
    def day(self) -> date:
        found: date = self.page.grid.day
        return found

    @property
    def listed(self) -> list[tuple[str, str]]:
        return [(row[0], row[1].replace("\u00a0", " ")) for row in self.page.list._texts.rows]

    def read_out(self) -> str:
        """The chosen day as a screen reader hears it."""
        found = self.page.grid.currentItem().data(Qt.ItemDataRole.AccessibleTextRole)
        return str(found).replace("\u00a0", " ")


def form_of(window: Window) -> FormPage:
    """The form that is open."""
    return FormPage(window, window.window.page)


def _labels() -> Any:
    from PySide6.QtWidgets import QLabel

    return QLabel
