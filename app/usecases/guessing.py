"""Wrong passwords are slowed down: after three of them each further try waits twice as long."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import ceil

from app.core.errors import AppError
from app.core.russian import ended, plural

FREE = 3  # wrong passwords in a row without a pause
LONGEST_PAUSE = 60.0  # seconds


class Guesses:
    """Of one run of the program: name -> wrong passwords in a row, and until when the next one waits.

    now: seconds of a clock that is never set back.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._wrong: dict[str, int] = {}
        self._until: dict[str, float] = {}

    def refuse_hurry(self, name: str) -> None:
        """AppError with the seconds that are left of the pause."""
        left = ceil(self._until.get(name, 0.0) - self._now())
        if left > 0:
            told = plural(left, "секунду", "секунды", "секунд")
            raise AppError(ended(f"Несколько неверных паролей подряд: {name}"), f"Следующая попытка — через {told}.")

    def wrong(self, name: str) -> str:
        """One more wrong password; the sentence about the pause that begins now, or ''."""
        tried = self._wrong[name] = self._wrong.get(name, 0) + 1
        if tried < FREE:
            return ""
        pause = min(2.0 ** (tried - FREE + 1), LONGEST_PAUSE)
        self._until[name] = self._now() + pause
        return f"Следующая попытка — через {plural(int(pause), 'секунду', 'секунды', 'секунд')}. "

    def right(self, name: str) -> None:
        """The password was right: what was wrong before is forgotten."""
        self._wrong.pop(name, None)
        self._until.pop(name, None)
