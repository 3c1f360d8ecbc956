"""Moving a file from a share or a cloud folder to this computer: copied and checked, then the old one renamed aside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.core.clock import Clock
from app.core.errors import AppError, Deed, reason_of
from app.core.progress import SILENT, Progress
from app.models.copying import copy_checked
from app.models.database import system_account
from app.models.file_lock import FileLock
from app.models.location import placement_refusal
from app.usecases.places import default_database, write_file

NOTE = "ФАЙЛ УЧЁТА ПЕРЕНЕСЁН.txt"


@dataclass(frozen=True, slots=True)
class Moved:
    """path: where the file is now.  former: the old one under its new name; None where it could not be renamed."""

    path: Path
    former: Path | None


def move_here(source: Path, folder: Path | None = None, *, clock: Clock | None = None,
              progress: Progress = SILENT) -> Moved:  # fmt: skip
    """Move a file to a folder of this computer (the person's own by default).

    The copy is checked before the old file is touched; that one is renamed, never deleted, and a note beside it
    says where the work goes on.  AppError when it is open elsewhere, damaged, or there is no room here.
    """
    clock = clock or Clock()
    folder = folder or default_database().parent
    refused = placement_refusal(folder / source.name)
    if refused:
        raise refused
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise AppError(f"Папка «{folder}» не создана: {reason_of(fault)}.", "Освободите место на этом компьютере.",
                       Deed.FOLDER, about=folder.parent) from fault  # fmt: skip
    lock = _lock_where_possible(source)
    try:
        target = _free_name(folder / source.name)
        copy_checked(source, target, lambda copy: progress.step(1, 2, "Перенос, шаг"))
        former = _put_aside(source, target, clock)
    finally:
        if lock is not None:
            lock.release()
    return Moved(target, former)


def _lock_where_possible(source: Path) -> FileLock | None:
    """Nobody may work in the file meanwhile; where nothing can be written beside it, nobody does."""
    try:
        return FileLock.take(source, system_account())
    except AppError as error:
        if error.deed is Deed.AGAIN:  # somebody has it open
            raise
        return None


def _free_name(wanted: Path) -> Path:
    number, found = 2, wanted
    while found.exists():
        found = wanted.with_name(f"{wanted.stem} {number}{wanted.suffix}")
        number += 1
    return found


def _put_aside(source: Path, target: Path, clock: Clock) -> Path | None:
    """The note first: should the renaming fail, it still says where the work goes on."""
    day = clock.local_now()
    former = source.with_name(f"{source.stem} (перенесён {day:%d.%m.%Y}).старый")
    words = (
        f"Файл учёта «{source.name}» перенесён {day:%d.%m.%Y %H:%M} на компьютер сотрудника:\r\n{target}\r\n\r\n"
        f"Прежний файл переименован: «{former.name}». В нём больше не работают.\r\n"
    )
    try:
        write_file(source.with_name(NOTE), words.encode("utf-8-sig"))
        source.replace(former)
    except (AppError, OSError):
        return None
    return former
