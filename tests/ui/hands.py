"""The hands of a person at the window: every key and every click is counted, and nothing happens without them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tests.pages import Window


class Hands:
    """keys: pressed so far, a chord being one and each letter being one.  clicks: of the mouse."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.keys = 0
        self.clicks = 0

    def press(self, *chords: str) -> Hands:
        """Keys as they are written on the screen: Ctrl+N, Enter, Alt+П."""
        for chord in chords:
            self.keys += 1
            combination = QKeySequence(chord.replace("Enter", "Return").replace("Пробел", "Space"))[0]
            QTest.keyClick(self._target(), combination.key(), combination.keyboardModifiers())
            self.settle()
        return self

    def type(self, text: str) -> Hands:
        """Letters and digits, one key each."""
        for letter in text:
            self.keys += 1
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self._target(), QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
        self.settle()
        return self

    def click(self, button: QAbstractButton) -> Hands:
        self.clicks += 1
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()
        return self

    def settle(self) -> None:
        """Until the window has answered."""
        desk = self.window.window.desk
        QApplication.processEvents()
        self.window.wait(lambda: desk is None or desk.jobs.idle)
        QApplication.processEvents()

    def _target(self) -> Any:
        popup = QApplication.activePopupWidget()
        if popup is not None and popup.focusWidget() is not None:
            return popup.focusWidget()
        return popup or QApplication.focusWidget() or self.window.window

    @property
    def at(self) -> QWidget | None:
        return QApplication.focusWidget()
