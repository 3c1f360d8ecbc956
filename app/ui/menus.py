"""Menus that everybody meets: they open below their button, at their first item, and a screen reader finds them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton


def open_below(menu: QMenu, button: QPushButton) -> None:
    """The menu of a button, called by its word."""
    word = str(getattr(button, "word", "")) or button.text()
    open_menu(menu, button.mapToGlobal(button.rect().bottomLeft()), word.partition(":")[0])


def open_menu(menu: QMenu, spot: QPoint, name: str) -> None:
    """Show the menu at a place of the screen; name: what it is called for who does not see it.

    The first item is chosen at once: it is told without a key, and Enter does it.
    """
    menu.setAccessibleName(name)
    _show_to_readers(menu)
    menu.popup(spot)
    first = next((one for one in menu.actions() if one.isEnabled() and not one.isSeparator()), None)
    if first is not None:
        menu.setActiveAction(first)


def _show_to_readers(menu: QMenu) -> None:
    """AT-SPI is told of an application's windows but for those of the type Popup, hence of no item of a menu.

    The X server treats a tool tip as it treats a pop-up (no frame, no focus of its own), and Qt goes on
    holding the keys and the mouse for the menu, for which it asks the widget, not its window.
    """
    if QGuiApplication.platformName() == "xcb":
        menu.winId()  # makes the window
        menu.windowHandle().setFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
