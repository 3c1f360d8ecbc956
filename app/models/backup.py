"""A backup of an open file: a checked copy that the program itself can open."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.models import sqlite_only
from app.models.copying import copy_checked
from app.models.file_lock import FileLock
from app.models.journal import chain_head, holds_entry, verify


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup that was written.

    size: bytes.  journal_head: hash of the last entry in it.  faults: what does not fit in its
    journal; it is the same in the original, and a copy is kept all the same.
    """

    path: Path
    size: int
    journal_head: str
    faults: tuple[str, ...]


def write_backup(source: Path, target: Path, actor: str) -> Copy:
    """Copy the open database to the target.  An older copy of it there is replaced, nothing else is.

    AppError: no room, no such folder, a foreign file or another district's in the way, a damaged original.
    """
    if not target.parent.is_dir():
        raise AppError(f"Папки «{target.parent}» нет.", "Создайте её или выберите другую.")
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
    seen: list[tuple[str, tuple[str, ...]]] = []
    try:
        copy_checked(source, target, lambda copy: seen.append(_journal_of(copy)))
    finally:
        if lock is not None:
            lock.release()
    ((head, faults),) = seen
    return Copy(target, target.stat().st_size, head, faults)


def _is_older_copy(source: Path, target: Path) -> bool:
    """The last entry of the target's journal is one of the source's: whatever it holds is here too."""
    head = ""
    engine = sqlite_only.read_engine_of(target)
    try:
        with Session(engine) as session:
            head = chain_head(session)
    finally:
        engine.dispose()
    engine = sqlite_only.engine_of(source)
    try:
        with Session(engine) as session:
            return holds_entry(session, head)
    finally:
        engine.dispose()


def _journal_of(path: Path) -> tuple[str, tuple[str, ...]]:
    engine = sqlite_only.read_engine_of(path)
    try:
        with Session(engine) as session:
            return chain_head(session), tuple(verify(session))
    finally:
        engine.dispose()
