"""Where the window stands: as it was left, within the screen that is there today."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

FRAME = 40  # px of a title bar


def show_where_it_was(window: QWidget, settings: QSettings) -> None:
    """Show the window as it was left; the first time, and where the screen is smaller than the window, all over it."""
    kept = settings.value("geometry")
    if isinstance(kept, QByteArray) and window.restoreGeometry(kept):  # Qt brings it back onto a screen
        window.show()
        return
    room = QGuiApplication.primaryScreen().availableSize()
    if room.width() < window.width() or room.height() < window.height() + FRAME:
        window.showMaximized()
    else:
        window.show()


def remember(window: QWidget, settings: QSettings) -> None:
    settings.setValue("geometry", window.saveGeometry())
