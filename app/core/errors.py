"""What can go wrong for a person, said in her language.

Everything a user may meet (a locked file, a wrong list, a forbidden step) is an `AppError`:
a Russian sentence that says what is wrong and one that says what to do.  Anything else that
is raised is a fault of the program and is reported as such.
"""

from __future__ import annotations

from collections.abc import Mapping


class AppError(Exception):
    """A refusal that a person can act on.

    message: what is wrong, with the figures.  hint: what to do about it.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InvalidRecord(AppError):
    """A record that cannot be saved.  faults: field key -> Russian sentence."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()), "Исправьте отмеченные поля.")
        self.faults = dict(faults)


class Cancelled(Exception):
    """A person pressed «Прервать»; nothing of the interrupted work is kept."""
