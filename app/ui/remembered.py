"""What the window remembers for this person at this computer: columns, formats; in window.ini, not in the file."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app.ui.desk import Desk


def _settings() -> QSettings | None:
    app = QApplication.instance()
    found = app.property("own_settings") if app is not None else None
    return found if isinstance(found, QSettings) else None


def _key(desk: Desk, *parts: str) -> str:
    """Two clerks of one computer have each their own."""
    person = "".join(sign if sign.isalnum() else "_" for sign in desk.database.actor) or "_"
    return "/".join((parts[0], person, *parts[1:]))


def recall(desk: Desk, *parts: str) -> Any:
    """What was kept under those names, None where nothing was or it cannot be read."""
    own = _settings()
    text = own.value(_key(desk, *parts)) if own is not None else None
    if not isinstance(text, str):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def keep(desk: Desk, value: Any, *parts: str) -> None:
    """Keep a value of plain lists, texts and numbers; None forgets it."""
    own = _settings()
    if own is None:
        return
    if value is None:
        own.remove(_key(desk, *parts))
    else:
        own.setValue(_key(desk, *parts), json.dumps(value, ensure_ascii=False))
