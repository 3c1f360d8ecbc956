"""What can go wrong for a person, said in her language.

Everything a user may meet (a locked file, a wrong list, a forbidden step) is an `AppError`:
a Russian sentence that says what is wrong and one that says what to do.  Anything else that
is raised is a fault of the program and is reported as such.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from enum import Enum
from pathlib import Path


class Deed(Enum):
    """What the window offers as one button beside a refusal; `AppError.about` says over which file or folder."""

    AGAIN = "again"  # do the same once more
    FOLDER = "folder"  # open the folder
    CHOOSE = "choose"  # open another file
    RESTORE = "restore"  # put the last sound copy in the place of the file
    MOVE = "move"  # move the file to this computer
    OPEN = "open"  # open this very file
    COPIES = "copies"  # the page «Файл и копии»
    UNIT = "unit"  # the page «Подразделение»
    TERMS = "terms"  # the page «Сроки и пороги»
    DICTIONARIES = "dictionaries"
    RETURNS = "returns"
    HISTORY = "history"  # the page of the latest changes
    TEMPLATES = "templates"
    PEOPLE = "people"  # the page «Люди»
    SWITCH = "switch"  # another person takes over
    REGIONAL = "regional"  # the page of the region's комплект


class AppError(Exception):
    """A refusal that a person can act on.

    message: what is wrong, with the figures.  hint: what to do about it.  deed: what does it, where one
    button can; about: the file or folder it is done over.
    """

    def __init__(self, message: str, hint: str = "", deed: Deed | None = None, *, about: Path | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.deed = deed
        self.about = about

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InvalidRecord(AppError):
    """A record that cannot be saved.  faults: field key -> Russian sentence."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()), "Исправьте отмеченные поля.")
        self.faults = dict(faults)


class Cancelled(Exception):
    """A person pressed «Прервать»; nothing of the interrupted work is kept."""


_REASONS = {
    errno.EACCES: "нет прав на запись",
    errno.EPERM: "нет прав",
    errno.EROFS: "диск только для чтения",
    errno.ENOSPC: "на диске нет места",
    errno.EDQUOT: "исчерпано место, отведённое вам на диске",
    errno.EFBIG: "файл слишком велик для этого диска",
    errno.ENOENT: "такого места нет",
    errno.ENOTDIR: "в пути не папка, а файл",
    errno.EISDIR: "здесь папка, а не файл",
    errno.EEXIST: "такой файл уже есть",
    errno.ENAMETOOLONG: "слишком длинное имя",
    errno.EINVAL: "недопустимое имя",
    errno.EBUSY: "занято другой программой",
    errno.EIO: "диск не отвечает или повреждён",
    errno.EPIPE: "принимающая программа закрыта",
}


def reason_of(fault: OSError) -> str:
    """Why the system refused, in Russian and without a full stop; its own words where we know none."""
    return _REASONS.get(fault.errno or 0) or fault.strerror or str(fault)
