"""The strip of tabs of pages that share a place of the rail and are no registers."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from app.ui.page import Window
from app.ui.widgets import Button, row


def tab_strip(here: str, window: Window) -> QHBoxLayout:
    """Tabs of the place that `here` belongs to; the own one is chosen."""
    tabs = window.plan.tabs.get(window.plan.home.get(here, here), ())
    return row(*(_tab(key, word, here, window) for key, word in tabs), None, spacing=16)


def _tab(key: str, word: str, here: str, window: Window) -> Button:
    button = Button(word, kind="tab", act=lambda: window.open(key))
    button.setObjectName(f"tab:{key}")
    button.setCheckable(True)
    button.setChecked(key == here)
    button.clicked.connect(lambda: button.setChecked(key == here))
    return button
