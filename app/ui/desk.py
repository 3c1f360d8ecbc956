"""The seam between the window and the use cases: reads, writes, and who has to ask again.

A page never sees a session: it hands over a use case with its arguments.  A write names the
registers it changed; pages that show them ask again (`changed`), whoever made the write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from app.core.clock import Clock
from app.core.errors import AppError
from app.core.progress import Progress
from app.core.roles import Right, Rights
from app.ui.jobs import Job, Jobs

P = ParamSpec("P")
T = TypeVar("T")


class Database(Protocol):
    """What the window needs of a database; `app.models.database.Database` is one."""

    actor: str
    person_id: int | None

    @property
    def path(self) -> Path: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def account(self) -> str: ...
    def read(self) -> AbstractContextManager[Any]: ...
    def write(self, kind: str, title: str) -> AbstractContextManager[Any]: ...
    def rehearse(self, kind: str, title: str) -> AbstractContextManager[Any]: ...
    def rights(self) -> Rights: ...
    def close(self) -> None: ...


class Desk(QObject):
    """Reads and writes of one open database.

    changed: frozenset of registers.  wrote: (title, batch id or None) of a write that can be undone.
    """

    changed = Signal(object)
    wrote = Signal(str, object)

    def __init__(self, database: Database, jobs: Jobs | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.database = database
        self.jobs = jobs or Jobs(self)

    @property
    def clock(self) -> Clock:
        return self.database.clock

    def why_not(self, right: Right) -> AppError | None:
        """Why the person at work may not do it, in her words; None if she may."""
        return self.database.rights().why_not(right)

    def read(self, ask: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of a use case over one consistent read."""
        with self.database.read() as session:
            return ask(session, *args, **kwargs)

    def write(
        self,
        kind: str,
        title: str,
        act: Callable[..., T],
        *args: Any,
        changed: Iterable[str] = (),
        undoable: bool = True,
        **kwargs: Any,
    ) -> T:
        """Run a use case in one transaction; commits, then tells who shows the changed registers."""
        result, batch = self._write(kind, title, act, args, kwargs)
        self._tell(title, batch if undoable else None, changed)
        return result

    def write_later(
        self,
        kind: str,
        title: str,
        act: Callable[..., T],
        *args: Any,
        changed: Iterable[str],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
        undoable: bool = True,
    ) -> Job:
        """The same in the database's thread; the use case gets `progress` too."""

        def work(progress: Progress) -> tuple[T, int | None]:
            return self._write(kind, title, act, args, {"progress": progress})

        def finish(answer: tuple[T, int | None]) -> None:
            self._tell(title, answer[1] if undoable else None, changed)
            done(answer[0])

        return self.jobs.run(title, work, finish, failed, writes=True)

    def read_later(
        self,
        title: str,
        ask: Callable[..., T],
        *args: Any,
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
        with_progress: bool = False,
        **kwargs: Any,
    ) -> Job:
        """A long read in the database's thread."""

        def work(progress: Progress) -> T:
            more = {"progress": progress} if with_progress else {}
            with self.database.read() as session:
                return ask(session, *args, **kwargs, **more)

        return self.jobs.run(title, work, done, failed)

    def rehearse_later(
        self,
        kind: str,
        title: str,
        act: Callable[..., T],
        *,
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> Job:
        """What a write would do, in the database's thread; nothing of it is kept.  The use case gets `progress`."""

        def work(progress: Progress) -> T:
            with self.database.rehearse(kind, title) as session:
                return act(session, progress=progress)

        return self.jobs.run(title, work, done, failed)

    def _write(
        self, kind: str, title: str, act: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[T, int | None]:
        with self.database.write(kind, title) as session:
            result = act(session, *args, **kwargs)
            session.flush()
            batch = session.info.get("batch")
            number = getattr(batch, "id", batch)
        return result, number if isinstance(number, int) else None

    def _tell(self, title: str, batch: int | None, changed: Iterable[str]) -> None:
        self.changed.emit(frozenset(changed))
        if batch is not None:
            self.wrote.emit(title, batch)

    def close(self) -> None:
        self.jobs.close()
        self.database.close()
