"""The program on a stick: its file of accounts, settings and log lie beside it, nothing is left on the computer.

Who wants that puts a file `portable.txt` or a folder `data` beside the program; an installed program has neither.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

MARK = "portable.txt"
FOLDER = "data"
PROGRAM_FOLDER = "KURATOR_PROGRAM_FOLDER"
"""Set by a launcher whose Python is not frozen: where the program lies that a person sees."""


def program_folder() -> Path | None:
    """Where the program lies as an office PC has it; None when it runs from its source or from pip."""
    named = os.environ.get(PROGRAM_FOLDER)
    if named:
        return Path(named).resolve()
    return Path(sys.executable).resolve().parent if getattr(sys, "frozen", False) else None


def portable_folder() -> Path | None:
    """Where a program on a stick keeps everything (it may not be there yet); None for one that is installed."""
    program = program_folder()
    if program is None:
        return None
    return program / FOLDER if (program / MARK).is_file() or (program / FOLDER).is_dir() else None


def to_remember(path: Path) -> str:
    """The path as settings keep it: on a stick from its folder on, for the stick is another place tomorrow."""
    folder = portable_folder()
    if folder is not None and path.resolve().is_relative_to(folder):
        return path.resolve().relative_to(folder).as_posix()
    return str(path)


def remembered(text: str) -> Path:
    """What to_remember has told."""
    folder = portable_folder()
    return folder / text if folder is not None else Path(text)
