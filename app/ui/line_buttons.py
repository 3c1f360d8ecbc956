"""Buttons inside a line edit: the magnifier, the cross that clears it, the calendar.  Each has a name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QToolButton

from app.ui import icons


def put_inside(line: QLineEdit, icon: str, word: str, act: Callable[[], object], *, at_end: bool = False) -> QAction:
    """A button at the beginning of a line, or at its end; word: its tooltip, and its name for who does not see it."""
    position = QLineEdit.ActionPosition
    action = line.addAction(icons.icon(icon), position.TrailingPosition if at_end else position.LeadingPosition)
    action.triggered.connect(lambda *_: act())
    name_action(line, action, word)
    return action


def put_glass(line: QLineEdit) -> QAction:
    """The magnifier of a search, which leads into it, and the cross that clears it."""
    glass = put_inside(line, "magnifying-glass", "Искать", line.setFocus)
    line.setClearButtonEnabled(True)
    for button in line.findChildren(QToolButton):
        if button.defaultAction() is not glass:
            name_action(line, button.defaultAction(), "Очистить")
    return glass


def name_action(line: QLineEdit, action: QAction, word: str) -> None:
    """Qt draws such a button by its icon alone and tells a screen reader no name of it."""
    action.setText(word)
    action.setToolTip(word)
    for button in line.findChildren(QToolButton):
        if button.defaultAction() is action:
            button.setAccessibleName(word)
