"""The file in which a district is kept: made, opened, read and written in transactions."""

from __future__ import annotations

import getpass
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.errors import AppError, Deed
from app.core.roles import Right, Rights
from app.models import sqlite_only
from app.models.admission import admit, rights_of, settle_people
from app.models.base import Base
from app.models.copying import flush_to_disk, put_in_place, remove_database
from app.models.file_lock import FileLock
from app.models.journal import JournalledSession, last_entry_at, settle_title
from app.models.location import placement_refusal
from app.models.schema import HEAD, REVISIONS
from app.models.side_room import clear_side_rooms

ROOM = 16 * 2**20  # bytes that must be free before anything is written


class Database:
    """An open file.  One process at a time has it; its sessions may be opened from any thread.

    path: the file.  clock: what time it is.  actor: the person at work; account: of the operating
    system.  person_id: who of the people of the file she is, None until she has chosen herself.
    warnings: sentences to show once after opening.
    """

    def __init__(self, path: Path, *, clock: Clock, actor: str, account: str, lock: FileLock) -> None:
        self.path = path
        self.clock = clock
        self.actor = actor
        self.account = account
        self.person_id: int | None = None
        self.unasked = False  # a file that is being made ready by the program: its roles are not asked
        self._lock = lock
        self._readers = sqlite_only.engine_of(path)
        self._writers = self._readers.execution_options(immediate=True)
        self.warnings: tuple[str, ...] = ()

    @classmethod
    def create(
        cls,
        path: Path | str,
        *,
        clock: Clock | None = None,
        actor: str | None = None,
        account: str | None = None,
        fill: Callable[[Session], None] | None = None,
    ) -> Database:
        """A new file with the schema of this program, and with what `fill` writes in its first transaction.

        It appears whole or not at all: it is built under another name and renamed.  AppError if
        there is such a file already or it cannot be written.
        """
        path = Path(os.path.abspath(path))
        if path.exists():
            raise AppError(
                f"Файл «{path.name}» уже есть.",
                "Откройте его или назовите новый файл иначе: существующий не заменяется.", Deed.OPEN, about=path,
            )
        refused = placement_refusal(path)
        if refused:
            raise refused
        if not path.parent.is_dir():
            raise AppError(f"Папки «{path.parent}» нет.", "Создайте её или выберите другую.")
        part = path.with_name(path.name + ".part")
        lock = FileLock.take(part, actor or system_account())
        try:
            remove_database(part)
            _look_for_room(part)
            try:
                sqlite_only.build(part, Base.metadata, HEAD)
            except DBAPIError as fault:
                raise (fault.orig and sqlite_only.refusal(fault.orig, path)) or fault from fault
            if fill is not None:
                draft = cls(part, clock=clock or Clock(), actor=actor or system_account(),
                            account=account or system_account(), lock=lock)  # fmt: skip
                try:
                    with draft.write("settings", "Создан файл учёта") as session:
                        fill(session)
                finally:
                    draft._readers.dispose()
            flush_to_disk(part)
            os.rename(part, path)
            flush_to_disk(path.parent)
        finally:
            remove_database(part)
            lock.release()
        return cls.open(path, clock=clock, actor=actor, account=account)

    @classmethod
    def open(
        cls, path: Path | str, *, clock: Clock | None = None, actor: str | None = None, account: str | None = None
    ) -> Database:
        """An existing file, brought to the schema of this program (a copy is kept before that).

        AppError with what to do if it is missing, is no database of this program, was written by a
        newer one, is damaged or read-only, is open elsewhere, or lies on a share or in a cloud folder.
        """
        path = Path(os.path.abspath(path))
        if not path.is_file():
            raise AppError(f"Файла «{path}» нет.", "Проверьте путь или создайте новую базу.", Deed.CHOOSE, about=path)
        refused = placement_refusal(path)
        if refused:
            raise refused
        lock = FileLock.take(path, actor or system_account())
        try:
            _look_whether_writable(path)
            if lock.unclean:
                clear_side_rooms(path)
            _bring_to_head(path)
            if lock.unclean and sqlite_only.quick_check(path):
                raise sqlite_only.damaged(path)
            database = cls(path, clock=clock or Clock(), actor=actor or system_account(),
                           account=account or system_account(), lock=lock)  # fmt: skip
            try:
                database._look_at_the_clock()
            except BaseException:
                sqlite_only.let_go(database._readers)  # a refused file can be replaced by its copy
                raise
        except sqlite3.DatabaseError as fault:
            lock.release()
            raise sqlite_only.refusal(fault, path) or sqlite_only.damaged(path) from fault
        except BaseException:
            lock.release()
            raise
        return database

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session in one read transaction: all it sees is one state of the file; it cannot write."""
        about = {**self._about("", ""), "writable": False}
        with self._translated(), JournalledSession(self._readers, info=about, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self, kind: str, title: str) -> Iterator[Session]:
        """A session in one write transaction: kept whole at the end, or not at all if anything is raised.

        What it writes is journalled under one batch.  kind: edit, import, archive, merge, undo, demo,
        settings, return, region (a комплект), export (of personal data), erase (152-ФЗ), restore, people,
        packet (of a working copy), program (what the program writes by itself).  title: for the page of recent
        changes; `session.info["title"]` may be set anew within, when the counts are known.  AppError when the
        role of the person at work does not allow it.
        """
        with self._writing(kind, title) as session:
            yield session
            session.flush()
            settle_people(session)
            settle_title(session)
            session.commit()
            erased = "erased" in session.info
        if erased:
            self.sweep()

    @contextmanager
    def rehearse(self, kind: str, title: str) -> Iterator[Session]:
        """The same, but nothing of it is kept: what a write would do, seen before it is done."""
        with self._writing(kind, title) as session:
            try:
                yield session
            finally:
                session.rollback()

    @contextmanager
    def _writing(self, kind: str, title: str) -> Iterator[Session]:
        _look_for_room(self.path)
        about = self._about(kind, title)
        with self._translated(), JournalledSession(self._writers, info=about, expire_on_commit=False) as session:
            session.connection()  # takes the write lock before anything is read
            if not self.unasked:
                admit(session, kind)
            yield session

    def sweep(self) -> None:
        """Leave nothing in the file of what was erased; `write` does it after a write that erased (152-ФЗ).

        Needs room for the file once more.  AppError when that lacks: what was erased stays erased, and the next
        erasing, or this again, sweeps it.
        """
        with self._translated():
            sqlite_only.sweep(self._readers)

    def require(self, right: Right) -> None:
        """AppError when the person at work may not do it: for what writes no rows, as restoring a copy."""
        if refused := self.rights().why_not(right):
            raise refused

    def rights(self) -> Rights:
        """What the person at work may do."""
        with self.read() as session:
            return rights_of(session, self.person_id)

    def close(self) -> None:
        """Fold the write-ahead log into the file and let others open it."""
        sqlite_only.let_go(self._readers)
        self._lock.release()

    def give_place_to(self, candidate: Path) -> None:
        """Close, and let a finished file take the place and the name of this one in one step.

        Whatever moment the power goes at, one of the two whole files bears the name: the log of the present
        one is folded into it before, since SQLite would play a log that is left lying into the other file.
        AppError if something still reads the file; it is closed then, and as it was.
        """
        try:
            sqlite_only.let_go(self._readers)
            sqlite_only.fold_log(self.path)
            put_in_place(candidate, self.path)
        except sqlite3.Error as fault:
            raise sqlite_only.refusal(fault, self.path) or sqlite_only.damaged(self.path) from fault
        finally:
            self._lock.release()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _about(self, kind: str, title: str) -> dict[object, object]:
        return {
            "clock": self.clock,
            "actor": self.actor,
            "account": self.account,
            "person_id": self.person_id,
            "kind": kind,
            "title": title,
            "batch": None,
            "writable": True,
        }

    def _look_at_the_clock(self) -> None:
        """A clock that was set back would date new entries before the kept ones: say so, refuse nothing."""
        with self.read() as session:
            last = last_entry_at(session)
        now = self.clock.now()
        if last is not None and now.date() < last.date():
            sentence = (
                f"Часы компьютера показывают {now:%d.%m.%Y}, а последняя запись в базе сделана {last:%d.%m.%Y}:"
                " проверьте дату. Записи целы; новые получат дату по часам."
            )
            self.warnings = (*self.warnings, sentence)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Errors of SQLite that a person can act on, in her words."""
        try:
            yield
        except DBAPIError as fault:
            known = fault.orig and sqlite_only.refusal(fault.orig, self.path)
            if known:
                raise known from fault
            raise


def system_account() -> str:
    """The account of the operating system under which the program runs."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "неизвестно"


def _look_for_room(path: Path) -> None:
    if shutil.disk_usage(path.parent).free < ROOM:
        raise sqlite_only.no_room(path)


def _look_whether_writable(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_RDWR))
    except OSError as fault:
        raise sqlite_only.read_only(path) from fault


def _bring_to_head(path: Path) -> None:
    revision = sqlite_only.schema_revision(path)
    if revision is None:
        raise AppError(
            f"Файл «{path.name}» — не база «Куратора НКО».",
            "Выберите файл базы (окончание .kurator или .db). Списки Excel загружаются кнопкой «Загрузить список».",
            Deed.CHOOSE,
            about=path,
        )
    if revision not in REVISIONS:
        raise AppError(
            f"Файл «{path.name}» записан более новой программой.",
            "Обновите программу на этом компьютере и откройте файл снова. Файл не изменён.",
            Deed.CHOOSE,
            about=path,
        )
    if revision != HEAD:
        from app.models.migrations import upgrade  # Alembic is imported on a mismatch alone: cold start

        upgrade(path, revision, HEAD)
