"""A table of a register in the curator's words: filters, columns, views, what goes out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.usecases import registers
from tests.pages import Window, type_text

NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier,
)  # fmt: skip


class Tables:
    """The page of a register, driven by the keyboard; every key is counted."""

    def __init__(self, window: Window, register: str = "ngo") -> None:
        self.window = window
        self.page: Any = window.window.open(register)
        self.keys = 0

    def key(self, name: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> Tables:
        QTest.keyClick(QApplication.focusWidget(), name, modifiers)
        self.keys += 1
        return self

    def type(self, text: str) -> Tables:
        """A value; its letters are not counted."""
        type_text(QApplication.focusWidget(), text)
        return self

    def filter(self, *words: str) -> Tables:
        """F4 and what is typed, each taken by Enter."""
        self.key(Qt.Key.Key_F4)
        for text in words:
            self.type(text).key(Qt.Key.Key_Return)
        return self

    @property
    def offered(self) -> list[str]:
        """What the panel of filters offers."""
        return [text.replace("\u00a0", " ") for text in self.page.filters.panel.shown]

    @property
    def pills(self) -> list[str]:
        """Filters in force, as their pills say."""
        found = (pill for pill in self.page.filters.pills.values() if pill.code is not None)
        return [pill.word.replace("\u00a0", " ") for pill in found if not pill.isHidden()]

    @property
    def names(self) -> list[str]:
        """What the first column says."""
        model = self.page.model
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    @property
    def heads(self) -> list[str]:
        """The columns as they are seen from left to right."""
        head, model = self.page.table.horizontalHeader(), self.page.model
        order = [head.logicalIndex(place) for place in range(model.columnCount())]
        return [str(model.headerData(place, Qt.Orientation.Horizontal)) for place in order]

    def mark(self, *rows: int) -> Tables:
        """Ins on those rows."""
        for row in rows:
            self.page.table.setFocus()
            self.page.table.choose(row)
            self.key(Qt.Key.Key_Insert)
        return self

    def card(self, id: int) -> dict[str, Any]:
        return dict(self.page.desk.read(registers.card, self.page.register, id).values)

    def idle(self) -> Tables:
        self.window.wait(lambda: self.page.desk.jobs.idle)
        return self

    @property
    def hint(self) -> str:
        return str(self.page.hint).replace("\u00a0", " ")


def saving_to(monkeypatch: Any, path: Path) -> list[str]:
    """The dialog of the system answers with a file; returns the names it was offered."""
    offered: list[str] = []

    def answer(_parent: Any, _title: str, name: str, *_: Any, **__: Any) -> tuple[str, str]:
        offered.append(Path(name).name)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return offered
