"""Ctrl+O and Ctrl+Shift+O of pages that take nothing in themselves: they lead to «Приём»."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.page import Window
from app.ui.widgets import shortcut


def take_files_by_key(page: QWidget, window: Window) -> None:
    """Ctrl+O asks for files to be taken in, whatever page is open."""
    shortcut(page, "Ctrl+O", lambda: window.open("intake", ask="files"))


def take_folder_by_key(page: QWidget, window: Window) -> None:
    """Ctrl+Shift+O asks for a folder: also where Ctrl+O takes a table of the page."""
    shortcut(page, "Ctrl+Shift+O", lambda: window.open("intake", ask="folder"))
