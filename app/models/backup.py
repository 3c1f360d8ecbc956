"""A backup of an open file: a checked copy that the program itself can open."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.core.errors import AppError, Deed, reason_of
from app.core.progress import SILENT, Progress
from app.models import sqlite_only
from app.models.copying import copy_checked
from app.models.file_lock import FileLock
from app.models.journal import chain_head, chain_root, holds_entry, verify


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup that was written.

    size: bytes.  journal_head: hash of the last entry in it; journal_root: of the first, the same in all
    copies of one file.  faults: what does not fit; of a new copy it is the same in the original, and it is
    kept all the same.
    """

    path: Path
    size: int
    journal_head: str
    faults: tuple[str, ...]
    journal_root: str = ""


def look_at_copy(path: Path, progress: Progress = SILENT) -> Copy:
    """Open a copy without writing to it and look: the structure of the file, its journal.

    A damaged one is a `Copy` with faults; AppError if it is not there or is no file of this program.
    """
    try:
        if not path.is_file() or sqlite_only.schema_revision(path) is None:
            raise AppError(f"«{path.name}» — не копия файла учёта.", "Выберите другую копию.")
        progress.step(0, 2, "Проверено шагов")
        size = path.stat().st_size
        if sqlite_only.quick_check(path, read_only=True):
            return Copy(path, size, "", ("Файл копии повреждён.",))
        progress.step(1, 2, "Проверено шагов")
        head, root, faults = _journal_of(path)
    except (sqlite_only.FAULT, DatabaseError):
        return Copy(path, path.stat().st_size, "", ("Файл копии повреждён.",))
    except OSError as fault:
        raise AppError(f"Копия «{path.name}» не читается: {reason_of(fault)}.",
                       "Проверьте, на месте ли диск, и повторите.", Deed.AGAIN) from fault  # fmt: skip
    return Copy(path, size, head, faults, root)


def root_of(path: Path) -> str:
    """The hash of the first entry in the journal of a closed file; '' if it is no readable file of ours."""
    try:
        if not path.is_file() or sqlite_only.schema_revision(path, read_only=True) is None:
            return ""
        engine = sqlite_only.read_engine_of(path)
        try:
            with Session(engine) as session:
                return chain_root(session)
        finally:
            engine.dispose()
    except (sqlite_only.FAULT, DatabaseError, OSError):
        return ""


def write_backup(source: Path, target: Path, actor: str, progress: Progress = SILENT) -> Copy:
    """Copy the open database to the target.  An older copy of it there is replaced, nothing else is.

    AppError: no room, no such folder, a foreign file or another district's in the way, a damaged original.
    """
    if not target.parent.is_dir():
        raise AppError(f"Папки «{target.parent}» нет.", "Создайте её или выберите другую.", Deed.COPIES)
    lock = None
    if target.exists():
        if target.samefile(source):
            raise AppError("Копия не может заменить саму базу.", "Выберите для копии другое имя.")
        if not target.is_file() or sqlite_only.schema_revision(target) is None:
            raise AppError(f"«{target.name}» уже есть, и это не копия базы.", "Выберите для копии другое имя.")
        lock = FileLock.take(target, actor)
        if not _is_older_copy(source, target):
            lock.release()
            raise AppError(
                f"«{target.name}» уже есть, и это не копия этой базы: в ней есть записи, которых здесь нет.",
                "Выберите для копии другое имя.",
            )
    seen: list[tuple[str, str, tuple[str, ...]]] = []

    def examine(copy: Path) -> None:
        progress.step(1, 3, "Копия, шаг")
        seen.append(_journal_of(copy))
        if not _holds(source, seen[-1][0]):
            raise sqlite_only.damaged(source)
        progress.step(2, 3, "Копия, шаг")

    try:
        progress.step(0, 3, "Копия, шаг")
        copy_checked(source, target, examine)
    finally:
        if lock is not None:
            lock.release()
    ((head, root, faults),) = seen
    return Copy(target, target.stat().st_size, head, faults, root)


def _is_older_copy(source: Path, target: Path) -> bool:
    """The last entry of the target's journal is one of the source's: whatever it holds is here too."""
    head = ""
    engine = sqlite_only.read_engine_of(target)
    try:
        with Session(engine) as session:
            head = chain_head(session)
    finally:
        engine.dispose()
    return _holds(source, head)


def _holds(source: Path, head: str) -> bool:
    engine = sqlite_only.engine_of(source)
    try:
        with Session(engine) as session:
            return holds_entry(session, head)
    finally:
        engine.dispose()


def _journal_of(path: Path) -> tuple[str, str, tuple[str, ...]]:
    """Head, root and faults.  It streams the journal: what the machine holds does not bound it."""
    engine = sqlite_only.read_engine_of(path)
    try:
        with Session(engine) as session:
            return chain_head(session), chain_root(session), tuple(verify(session))
    finally:
        engine.dispose()


def look_at_structure(path: Path) -> AppError | None:
    """A quick look at the open file: the refusal to tell when its structure is damaged, else None."""
    try:
        return sqlite_only.damaged(path) if sqlite_only.quick_check(path) else None
    except sqlite_only.FAULT as fault:
        return sqlite_only.refusal(fault, path) or sqlite_only.damaged(path)
