"""Pages of the region in the words of who works with them."""

from __future__ import annotations

from typing import Any

from tests.pages import Window


class Intake:
    """«Приём»."""

    def __init__(self, window: Window) -> None:
        self._window, self.page = window, window.window.page
        self.wait()

    def wait(self) -> Intake:
        self._window.wait(lambda: not self.page.busy and self._window.window.desk.jobs.idle)
        return self

    @property
    def results(self) -> dict[str, str]:
        """File -> what became of it, as the table says it."""
        model = self.page.model
        return {model.index(line, 0).data(): model.index(line, 1).data() for line in range(model.rowCount())}

    def choose(self, file: str) -> Any:
        """The card of a file."""
        line = next(n for n, row in enumerate(self.page.model.rows) if row.file == file)
        self.page.table.choose(line)
        return self.page.card

    @property
    def card(self) -> str:
        """All that the card of the chosen file says."""
        return said_in(self.page.card)


class Board:
    """«Доска»."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.page: Any = window.window.open("board")
        self.wait()

    def wait(self) -> Board:
        self._window.wait(lambda: self._window.window.desk.jobs.idle)
        return self

    def line(self, name: str) -> int:
        return next(n for n in range(self.page.model.rowCount()) if self.page.model.index(n, 0).data() == name)

    def cell(self, name: str, head: str) -> str:
        """What stands for a district under a head."""
        model = self.page.model
        heads = [model.headerData(n, self._horizontal).replace("\u00a0", " ") for n in range(model.columnCount())]
        return str(model.index(self.line(name), heads.index(head)).data()).replace("\u00a0", " ")

    @property
    def _horizontal(self) -> Any:
        from PySide6.QtCore import Qt

        return Qt.Orientation.Horizontal

    def go(self, name: str, column: int = 1) -> Any:
        """To a district; its card."""
        self.page.table.choose_cell(self.line(name), column)
        return self.page.card

    @property
    def card(self) -> str:
        return said_in(self.page.card)

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(told.replace("\u00a0", " ") for told in self.page.facts.told)


def said_in(card: Any) -> str:
    """Every text of a card that is seen, in order."""
    from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

    from app.ui.widgets import Chip

    found = []
    for kind in (QLabel, Chip, QPlainTextEdit, QPushButton):
        for part in card.findChildren(kind):
            if part.isVisible():
                found.append(part.toPlainText() if isinstance(part, QPlainTextEdit) else part.text())
    return " | ".join(found).replace("\u00a0", " ")
