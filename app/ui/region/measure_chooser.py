"""The pill that says what a map shows; opened it offers coverage of a category or of a code, and other figures."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu

from app.ui.menus import open_below
from app.ui.region.picture import Picture
from app.ui.region.shown_figures import offered
from app.ui.widgets import Button


class MeasureChooser(Button):
    """chosen: another measure was taken."""

    chosen = Signal()

    def __init__(self, key: str = "category:") -> None:
        super().__init__("Что показать", "caret-down", kind="pill")
        self.measure = key
        self.picture: Picture | None = None
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands after the word
        self.clicked.connect(lambda: self.open())

    def show_title(self, title: str) -> None:
        self.say(title if len(title) <= 44 else f"{title[:42]}…")
        self.setAccessibleName(f"Показано: {title}")

    def menu_of(self) -> QMenu:
        menu = QMenu(self)
        groups = offered(self.picture) if self.picture is not None else []
        for title, keys in groups:
            into = menu.addMenu(title) if title in ("Категории", "Коды услуг") else menu
            if into is menu and title != "Покрытие":
                menu.addSeparator()
            for key, words in keys:
                action = into.addAction(QIcon(), words, partial(self.choose, key))
                action.setCheckable(True)
                action.setChecked(key == self.measure)
        return menu

    def open(self) -> None:
        open_below(self.menu_of(), self)

    def choose(self, key: str) -> None:
        self.measure = key
        self.chosen.emit()
