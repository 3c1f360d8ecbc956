"""The page of an NGO, its documents, its states and the history of the district, in the curator's words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.pages import Window, press, type_text


class StoryPage:
    """The page of one NGO."""

    def __init__(self, window: Window, page: Any) -> None:
        self._window, self.page = window, page

    @property
    def lines(self) -> list[str]:
        """«01.07.2026 | что | подробности | сумма», heads of years as they are."""
        model = self.page.line.story_model
        found = []
        for row in range(model.rowCount()):
            cells = [str(model.index(row, column).data() or "").strip() for column in range(model.columnCount())]
            found.append(" | ".join(cell for cell in cells if cell).replace("\u00a0", " "))
        return found

    @property
    def pills(self) -> list[str]:
        return [pill.text() for pill in self.page.flow.pills]

    def choose(self, text: str) -> StoryPage:
        """Stand on the first line that holds these words."""
        self.page.line.choose(next(row for row, line in enumerate(self.lines) if text in line))
        return self

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Any:
        """A key on the line; returns the page that is open then."""
        press(self.page.line, key, modifiers)
        return self._window.window.page


class HistoryPage:
    """The history of the district."""

    def __init__(self, window: Window, page: Any) -> None:
        self._window, self.page = window, page

    @property
    def titles(self) -> list[str]:
        return [line.batch.title for line in self.page.changes]

    def _line(self, title: str) -> Any:
        return next(line for line in self.page.changes if line.batch.title == title)

    def undo(self, title: str) -> None:
        self._line(title).undo_button.click()

    def open(self, title: str) -> Any:
        self._line(title).open_button.click()
        return self._window.window.page

    def undone(self, title: str) -> bool:
        return self._line(title).batch.undone_by is not None

    def sift(self, *, text: str | None = None, person: str = "", kind: str = "", day: str | None = None) -> list[str]:
        if text is not None:
            type_text(self.page.search, text)
        if person:
            self.page.person.setCurrentIndex(self.page.person.findText(person))
        if kind:
            self.page.kind.setCurrentIndex(self.page.kind.findText(kind))
        if day is not None:
            type_text(self.page.day.box, day)
        self._window.wait(lambda: not self.page._timer.isActive())
        return self.titles


def story_of(window: Window, ngo: int) -> StoryPage:
    return StoryPage(window, window.window.open("story", record=ngo))


def history_of_district(window: Window) -> HistoryPage:
    return HistoryPage(window, window.window.open("history"))


def words_of(page: Any) -> str:
    """All that the labels of a page say."""
    texts = (label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))
    return " ".join(texts).replace("\u00a0", " ")
