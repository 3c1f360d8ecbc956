"""The pages of the region's pictures in the words of the person who reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.ui.pages.plain_table import PlainTable
from tests.pages import Window, press


def plain(text: str) -> str:
    """As it is typed: spaces for non-breaking ones."""
    return text.replace("\u00a0", " ")


class Pictures:
    """The window over a region's file."""

    def __init__(self, opened: Window) -> None:
        self._opened = opened
        self.window = opened.window

    @property
    def desk(self) -> Any:
        return self.window.desk

    @property
    def dialog(self) -> Any:
        return self._opened.dialog

    @property
    def notice(self) -> str:
        return self._opened.notice

    def open(self, key: str, **where: object) -> Any:
        """A page, when all that it reads is read."""
        page = self.window.open(key, **where)
        self.settle()
        return page

    def settle(self) -> None:
        self._opened.wait(lambda: self.desk.jobs.idle)
        QApplication.sendPostedEvents()
        QApplication.processEvents()

    def until(self, seen: Callable[[], bool]) -> None:
        self._opened.wait(seen)

    def key(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """A key where the focus is."""
        held = Qt.KeyboardModifier.NoModifier
        for one in modifiers:
            held |= one
        focused = QApplication.focusWidget()
        assert focused is not None
        press(focused, key, held)

    def down(self) -> Down:
        """What was opened last."""
        page: Any = self.window.page
        assert page.stack.currentWidget() is page.opened, "nothing is opened"
        return Down(page.opened)

    def close(self) -> None:
        self._opened.close()


class Down:
    """One step of the way down."""

    def __init__(self, view: Any) -> None:
        self.view = view

    @property
    def title(self) -> str:
        return plain(self.view.title.text())

    @property
    def told(self) -> str:
        return plain(self.view.told.text())

    def rows(self, table: int = 0) -> list[list[str]]:
        made: PlainTable = self.view.tables[table]
        return table_rows(made)


def table_rows(table: PlainTable) -> list[list[str]]:
    """What stands in a table."""
    model = table.model()
    return [
        [plain(str(model.index(row, column).data() or "")) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
