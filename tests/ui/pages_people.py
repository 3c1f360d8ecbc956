"""Who works, the people of the file and packets, in the curator's words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from tests.pages import Window, fill, press, type_text


def words(button: Any) -> str:
    """What a button says, without its key."""
    return str(button.text()).partition("   ")[0].replace("\u00a0", " ")


class WhoPage:
    """Who works: at the start, or when another takes over."""

    def __init__(self, window: Window) -> None:
        self._window, self.page = window, window.window.page
        self.card: Any = self.page.card  # type: ignore[attr-defined]

    @property
    def people(self) -> list[str]:
        return [self.card.list.item(n).text() for n in range(self.card.list.count())]

    @property
    def preselected(self) -> str:
        return str(self.card.person.name)

    @property
    def asks_password(self) -> bool:
        return bool(self.card.password.isVisible())

    @property
    def notice(self) -> str:
        return str(self.card.notice.text()).replace("\u00a0", " ")

    def choose(self, name: str) -> WhoPage:
        self.card.list.setCurrentRow(next(n for n, text in enumerate(self.people) if text.startswith(name)))
        return self

    def enter(self, password: str = "") -> None:
        """Enter, with a password typed before it."""
        if password:
            type_text(self.card.password, password)
            press(self.card.password, Qt.Key.Key_Return)
        else:
            press(self.card.list, Qt.Key.Key_Return)
        self._window.wait(lambda: not self.card.busy)


class PeoplePage:
    """«Настройки», «Люди»."""

    def __init__(self, window: Window) -> None:
        self._window = window
        page: Any = window.window.open("settings", tab="people")
        self.panel: Any = page.panels["people"]

    @property
    def rows(self) -> list[list[str]]:
        model = self.panel.table.model()
        return [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(model.rowCount())]

    @property
    def told(self) -> str:
        return str(self.panel.told.text())

    def choose(self, name: str) -> PeoplePage:
        self.panel.table.choose(next(n for n, row in enumerate(self.rows) if row[0] == name))
        return self

    def answer(self, **typed: str) -> PeoplePage:
        dialog = self._window.dialog
        for key, text in typed.items():
            fill(dialog.rows[key].editor, text)
        dialog.primary.click()
        return self

    def add(self, name: str, **more: str) -> PeoplePage:
        self.panel.add.click()
        return self.answer(name=name, **more)


class PacketPage:
    """A packet on its way in."""

    def __init__(self, window: Window, path: Path | None = None) -> None:
        """path: opened by the page; None if the page is on its way already."""
        self._window = window
        self.page: Any = window.window.page if path is None else window.window.open("packet", path=path)
        window.wait(lambda: self.page.preview is not None)

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Name and fate of each record that is shown."""
        model = self.page.model
        return [(model.index(n, 2).data(), model.index(n, 1).data()) for n in range(model.rowCount())]

    @property
    def tabs(self) -> list[str]:
        return [words(tab) for tab in self.page.tabs.values()]

    @property
    def button(self) -> str:
        return words(self.page.write_button)

    def choose(self, name: str) -> PacketPage:
        self.page.table.choose(next(n for n, (title, _) in enumerate(self.rows) if title == name))
        return self

    def decide(self, place: int, *, second: bool) -> PacketPage:
        """The pills of the card from top to bottom: the first of a pair keeps mine."""
        list(self.page.card.pills.values())[place][second].click()
        return self.wait()

    def space(self) -> PacketPage:
        press(self.page.table, Qt.Key.Key_Space)
        return self.wait()

    def wait(self) -> PacketPage:
        self._window.wait(lambda: not self.page.weighing)
        return self

    def write(self) -> None:
        self.page.write_button.click()
        self._window.wait(lambda: not self.page.busy)
