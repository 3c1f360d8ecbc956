"""Going back to a copy: today's state is put aside first, then the copy takes the place of the file in one step.

Everything is made ready under another name (the copy brought to this program's schema, erasures repeated, a note in
its journal), so that a crash at any moment leaves one whole file or the other under the name, and today's state aside.
"""

from __future__ import annotations

import glob
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.errors import AppError, Deed, reason_of
from app.core.progress import SILENT, Progress
from app.core.roles import Right
from app.models import FrozenReturn, JournalEntry, Setting, sqlite_only
from app.models.backup import look_at_copy, root_of, write_backup
from app.models.copy_names import CANDIDATE, CopyName, Why
from app.models.copying import copy_checked, flush_to_disk, put_in_place, remove_database
from app.models.database import Database, system_account
from app.models.file_lock import FileLock
from app.models.journal import chain_root, holds_entry
from app.usecases.copy_list import CopyRow, first_place, note_check
from app.usecases.erasing import KIND, erasures_of_file, repeat_erasures

NOTE = "restored"
"""The setting that says from what the file was restored last: its change is what the journal keeps of it."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What a restore would take out of the file: writes since the copy, and approved returns among them."""

    writes: int
    returns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """Made ready beside the file.  aside: the copy of today's state."""

    candidate: Path
    aside: Path
    at: datetime


def loss_of(session: Session, row: CopyRow) -> Loss | None:
    """What is in the open file and not in the copy; None where the copy is not of this line of the journal."""
    if not holds_entry(session, row.head):
        return None
    last = session.scalar(select(JournalEntry.id).where(JournalEntry.hash == row.head)) or 0
    batches = select(func.count(JournalEntry.batch_id.distinct())).where(JournalEntry.id > last)
    e, f = JournalEntry, FrozenReturn
    later = select(e.record_id).where(e.id > last, e.table_name == f.__tablename__, e.op == "insert")
    keys = [int(key) for key in session.scalars(later)]
    frozen = session.execute(select(f.quarter, f.correction).where(f.id.in_(keys)).order_by(f.id)).all()
    titles = tuple(q.title + (f", уточнённый №\u00a0{n}" if n else "") for q, n in frozen)
    return Loss(session.scalar(batches) or 0, titles)


def make_ready(database: Database, copy: Path, at: datetime, *, progress: Progress = SILENT) -> Ready:
    """Put today's state aside and make a file of the copy ready to take the place; nothing is changed yet.

    at: when the copy was made, for the note.  AppError for a damaged copy, one of another district, no room.
    """
    path, clock = database.path, database.clock
    database.require(Right.RESTORE)
    _refuse_unsound(copy)
    with database.read() as session:
        _refuse_foreign(copy, chain_root(session))
    folder = first_place(path)
    folder.mkdir(exist_ok=True)
    aside = CopyName(clock.local_now(), Why.RESTORING).free(path, folder).beside(path, folder)
    made = write_backup(path, aside, database.actor, progress)
    note_check(made, clock.local_now())
    candidate = _candidate(path, copy, at, aside, clock, database.actor, database.account)
    return Ready(candidate, aside, at)


def moment_of(copy: Path) -> datetime:
    """When a copy that lies anywhere was written, by its file; AppError if it is not there."""
    try:
        return datetime.fromtimestamp(copy.stat().st_mtime).replace(microsecond=0)
    except OSError as fault:
        raise AppError(f"Копия «{copy.name}» не читается: {reason_of(fault)}.", "Проверьте, на месте ли диск.",
                       Deed.COPIES) from fault  # fmt: skip


def clear_leftovers(path: Path) -> None:
    """What a restore that was killed half way had made ready; the file itself is whole either way."""
    remove_database(path.with_name(f"{path.stem}{CANDIDATE}{path.suffix}"))


def put_back(database: Database, ready: Ready) -> Path:
    """Close the file and let the candidate take its place; returns the path, to be opened again."""
    database.give_place_to(ready.candidate)
    return database.path


def restore(database: Database, copy: Path, at: datetime, *, progress: Progress = SILENT) -> Ready:
    """Both steps; the database is closed afterwards."""
    ready = make_ready(database, copy, at, progress=progress)
    put_back(database, ready)
    return ready


def restore_closed(path: Path, rows: Sequence[CopyRow], *, clock: Clock | None = None, actor: str | None = None,
                   progress: Progress = SILENT) -> Ready:  # fmt: skip
    """Put the first sound copy in the place of a file that cannot be opened; that one is kept aside byte by byte."""
    clock, actor = clock or Clock(), actor or system_account()
    progress.step(0, 3, "Восстановление, шаг")
    row = _first_sound(path, rows)
    progress.step(1, 3, "Восстановление, шаг")
    lock = FileLock.take(path, actor)
    try:
        folder = first_place(path)
        folder.mkdir(exist_ok=True)
        aside = CopyName(clock.local_now(), Why.DAMAGED).free(path, folder).beside(path, folder)
        with _told(path):
            for ending in ("", "-wal"):
                part = path.with_name(path.name + ending)
                if part.exists():
                    kept = aside.with_name(aside.name + ending)
                    shutil.copyfile(part, kept)
                    flush_to_disk(kept)
        candidate = _candidate(path, row.path, row.at, aside, clock, actor, system_account())
        progress.step(2, 3, "Восстановление, шаг")
        with _told(path):
            path.with_name(path.name + "-wal").unlink(missing_ok=True)  # it is aside, with the file it belongs to
        put_in_place(candidate, path)
    finally:
        lock.release()
    return Ready(candidate, aside, row.at)


def _candidate(path: Path, copy: Path, at: datetime, aside: Path, clock: Clock, actor: str, account: str) -> Path:
    """The copy as it will stand in the place of the file, closed: this program's schema, erasures, the note."""
    candidate = path.with_name(f"{path.stem}{CANDIDATE}{path.suffix}")
    remove_database(candidate)
    try:
        copy_checked(copy, candidate)
        with Database.open(candidate, clock=clock, actor=actor, account=account) as draft:
            draft.unasked = True  # whether she may was asked of the file that gives its place
            after_restore(aside, draft)
            with draft.write("restore", f"Файл восстановлен из копии от {at:%d.%m.%Y %H:%M}") as session:
                text = f"из копии от {at:%d.%m.%Y %H:%M}; прежнее состояние: «{aside.name}»"
                kept = session.get(Setting, NOTE)
                if kept is None:
                    session.add(Setting(key=NOTE, value=text))
                else:
                    kept.value = text
        sqlite_only.fold_log(candidate)
    except BaseException:
        remove_database(candidate)
        raise
    finally:
        for spare in first_place(path).glob(f"{glob.escape(candidate.stem)} *"):  # kept before an upgrade of the draft
            spare.unlink(missing_ok=True)
    return candidate


def after_restore(old: Path, database: Database) -> None:
    """What the state that was put aside had erased under 152-ФЗ is erased in the restored file too.

    old: the copy of that state; it may be damaged, then nothing can be read of it.
    """
    known = erasures_of_file(old)
    if known:
        with database.write(KIND, "Обезличивание повторено") as session:
            repeat_erasures(session, known)


def _first_sound(path: Path, rows: Sequence[CopyRow]) -> CopyRow:
    for row in rows:
        try:
            _refuse_unsound(row.path)
        except AppError:
            continue
        return row
    raise AppError(f"Целой копии файла «{path.name}» нет.", "Найдите копию на другом диске и откройте её как файл.",
                   Deed.CHOOSE)  # fmt: skip


def _refuse_unsound(copy: Path) -> None:
    found = look_at_copy(copy)
    if not found.readable:
        raise AppError(f"Копия «{copy.name}» не годится: {found.faults[0]}", "Выберите другую копию.", Deed.COPIES)


def _refuse_foreign(copy: Path, root: str) -> None:
    if root and root_of(copy) != root:
        raise AppError(f"«{copy.name}» — копия другого файла учёта.",
                       "Открыть её можно отдельно: «Другой файл», «Открыть другой файл».", Deed.COPIES)  # fmt: skip


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise AppError(f"«{path.name}» не отложен в сторону: {reason_of(fault)}.",
                       "Освободите место и повторите. Файл не изменён.", Deed.FOLDER,
                       about=path.parent) from fault  # fmt: skip
