"""The file of accounts that was open last, for a command that works without Qt: the settings of the window, read here.

They are Qt's INI: UTF-8, `\\` doubled, quoted where a value has a comma or a semicolon.
"""

from __future__ import annotations

import re
from pathlib import Path

from platformdirs import user_config_path

from app.usecases.places import NAME, default_database
from app.usecases.portable import portable_folder, remembered

SETTINGS = "window.ini"
_ROW = re.compile(r"^database=(.*)$", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]+)|(.))", re.DOTALL)
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def settings_file() -> Path:
    """Where the window keeps what it remembers."""
    return (portable_folder() or user_config_path(NAME, appauthor=False)) / SETTINGS


def last_database() -> Path | None:
    """What the window would open if it were started now; None where nothing is there yet."""
    try:
        text = settings_file().read_text(encoding="utf-8")
    except (OSError, ValueError):
        text = ""
    row = _ROW.search(text.partition("\n[")[0])
    told = _plain(row[1].strip()) if row else ""
    path = remembered(told) if told else default_database()
    return path if path.is_file() else None


def _plain(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        value = value[1:-1]
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else _SIGNS.get(found[2], found[2]), value)
