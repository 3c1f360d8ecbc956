"""A filter with a few choices of its own: off has an arrow down, on has its choice and a cross."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu

from app.ui import icons
from app.ui.menus import open_below
from app.ui.widgets import Button


class ChoicePill(Button):
    """choices: code -> words, asked anew whenever it is opened."""

    chosen = Signal()

    def __init__(self, title: str, choices: Callable[[], Mapping[Any, str]]) -> None:
        super().__init__(f"{title}: все", "caret-down", kind="pill")
        self._title, self.choices = title, choices
        self.code: object = None
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands after the word
        self.clicked.connect(lambda: self.open())

    def open(self) -> None:
        menu = QMenu(self)
        if self.code is not None:
            menu.addAction(icons.icon("x"), "Снять фильтр", partial(self.choose, None))
            menu.addSeparator()
        for code, words in self.choices().items():
            menu.addAction(words, partial(self.choose, code))
        open_below(menu, self)

    def choose(self, code: object) -> None:
        self.code = code
        words = self.choices().get(code, "") if code is not None else ""
        self.say(f"{self._title}: {words or 'все'}", "caret-down" if code is None else "x")
        self.set_kind("pill" if code is None else "pill-on")
        self.chosen.emit()
