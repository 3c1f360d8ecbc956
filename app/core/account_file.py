"""What the program's own file is called: its ending of today, and the one that is known from before."""

from __future__ import annotations

from pathlib import Path

ENDING = ".kurator"
"""Of new files: no other program claims it, so that a double click opens the file on any system."""
ENDINGS = (ENDING, ".db")
"""Both are the same file; nothing but a double click looks at the ending."""


def has_ending(name: str | Path) -> bool:
    return str(name).lower().endswith(ENDINGS)


def with_ending(path: Path) -> Path:
    """The path as a new file is called: «Район №1.2» is given an ending, «район.db» keeps its own."""
    return path if has_ending(path) else path.with_name(path.name + ENDING)
