"""A folder beside a file of accounts in which a copy of it is worked on, and which is gone afterwards.

Beside it, for no other place is known to be fit for one.  A copy holds all that the file holds of people: what a
program that was killed has left is removed by the next one that opens the file.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

PURPOSES = ("проба обновления", "рабочая копия")


@contextmanager
def side_room(database: Path, purpose: str) -> Iterator[Path]:
    """A new folder, nobody else's to look into, for as long as the context lasts.  OSError if it cannot be made."""
    with tempfile.TemporaryDirectory(prefix=_begins(database, purpose), dir=database.parent) as folder:
        yield Path(folder)


def clear_side_rooms(database: Path) -> None:
    """Remove those of this file that nobody works in: for who holds its lock.  What cannot be removed stays."""
    for purpose in PURPOSES:
        for room in database.parent.glob(f"{_begins(database, purpose)}*"):
            shutil.rmtree(room, ignore_errors=True)


def _begins(database: Path, purpose: str) -> str:
    assert purpose in PURPOSES, purpose
    return f".{purpose} {crc32(database.name.encode()):08x} "  # whose it is; a name may be too long to be repeated
