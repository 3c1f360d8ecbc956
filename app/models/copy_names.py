"""How the copies of a file are called, so that the name alone says when and why: a folder is its own list.

    «район 2026-11-27 14-30-05 закрытие.db», «район 2026-11-27 14-31-00 точка Перед сверкой.db»
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path

FOLDER = "копии"
CANDIDATE = ".восстановление"
"""What a file that is being made of a copy bears at the end of its name until it takes the place."""
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LONGEST = 60


class Why(Enum):
    """Why a copy was made; the value stands in its name."""

    OPENING = "открытие"
    CLOSING = "закрытие"
    CHANGES = "по ходу работы"
    HAND = "по просьбе"
    POINT = "точка"
    UPGRADE = "перед обновлением"
    RESTORING = "до восстановления"
    DAMAGED = "повреждённый"

    @property
    def thinned(self) -> bool:
        """Whether such copies go as they grow old; the others only by hand."""
        return self in (Why.OPENING, Why.CLOSING, Why.CHANGES, Why.HAND)


    @property
    def sound_state(self) -> bool:
        """Whether such a copy was checked when it was written; a damaged file put aside never is."""
        return self is not Why.DAMAGED


@dataclass(frozen=True, slots=True)
class CopyName:
    """at: local time of this computer, to the second.  about: the name of a point, a revision; '' without."""

    at: datetime
    why: Why
    about: str = ""

    def beside(self, database: Path, folder: Path) -> Path:
        """Where such a copy of the database lies."""
        words = f"{self.why.value} {self.about}".strip()
        return folder / f"{database.stem} {self.at:%Y-%m-%d %H-%M-%S} {words}{database.suffix}"

    def free(self, database: Path, folder: Path) -> CopyName:
        """This name, or that of the next second that no copy bears yet."""
        found = self
        while found.beside(database, folder).exists():
            found = CopyName(found.at + timedelta(seconds=1), self.why, self.about)
        return found


def fit_for_name(text: str) -> str:
    """What a person typed, without what a file system refuses: at most 60 characters."""
    return " ".join(_UNFIT.sub(" ", text).split())[:_LONGEST].rstrip(" .")


def read_name(path: Path, database: Path) -> CopyName | None:
    """What the name says; None for a file that is no copy of this database by its name."""
    stem, suffix = database.stem, database.suffix
    if path.suffix != suffix or not path.stem.startswith(f"{stem} "):
        return None
    words = "|".join(why.value for why in Why)
    found = re.fullmatch(rf"(\d{{4}}-\d\d-\d\d \d\d-\d\d-\d\d) ({words})(?: (.+))?", path.stem[len(stem) + 1 :])
    if found is None:
        return None
    try:
        at = datetime.strptime(found[1], "%Y-%m-%d %H-%M-%S")
    except ValueError:
        return None
    return CopyName(at, Why(found[2]), found[3] or "")
