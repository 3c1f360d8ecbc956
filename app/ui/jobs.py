"""Work that takes time: one thread for the database, another for pure work, results by signals.

The dispatcher lives in the window's thread and owns the signals; a runnable owns no QObject and
only calls a bound signal.  Reads under 50 ms need none of this: `Desk.read` runs them in place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from app.core.errors import Cancelled
from app.core.progress import Progress


@dataclass(eq=False)
class Job:
    """One piece of work: its token of progress, and who wants the result or the error."""

    title: str
    work: Callable[[Progress], Any]
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    progress: Progress
    quiet: bool = False  # short of what a person waits for: the status line says nothing of it
    writes: bool = False  # it writes into the file: the window waits for it when it is closed
    leave: Callable[[Job], None] = lambda job: None

    def cancel(self) -> None:
        """Ask it to stop.  What only reads is left at once, wherever it is; a write ends where it can be taken back."""
        self.progress.cancel()
        if not self.writes:
            self.leave(self)


class _Runnable(QRunnable):
    def __init__(self, job: Job, finish: Callable[[object, object, object], None]) -> None:
        super().__init__()
        self._job, self._finish = job, finish

    def run(self) -> None:
        try:
            result = self._job.work(self._job.progress)
        except BaseException as error:  # whatever it is, the window's thread tells it
            self._finish(self._job, None, error)
        else:
            self._finish(self._job, result, None)


class Jobs(QObject):
    """Runs jobs; `started`, `advanced` and `finished` drive the progress of the status line."""

    started = Signal(object)
    advanced = Signal(object, int, int, str)
    finished = Signal(object)
    _ended = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools = {"database": self._one_thread(), "pure": self._one_thread()}
        self.running: list[Job] = []
        self._closed = False
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def _one_thread(self) -> QThreadPool:
        pool = QThreadPool(self)
        pool.setMaxThreadCount(1)
        pool.setExpiryTimeout(-1)
        return pool

    def run(
        self,
        title: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
        *,
        pool: str = "database",
        quiet: bool = False,
        writes: bool = False,
    ) -> Job:
        """Queue the work; `done` or `failed` is called in the window's thread.

        A job that was stopped calls `failed` with Cancelled, so that its page is ready for the next deed.
        """
        job = Job(title, work, done, failed, Progress(), quiet, writes, self._leave)
        job.progress = Progress(lambda done_, total, text: self.advanced.emit(job, done_, total, text))
        self.running.append(job)
        self.started.emit(job)
        self._pools[pool].start(_Runnable(job, self._ended.emit))
        return job

    @Slot(object, object, object)
    def _end(self, job: Job, result: object, error: object) -> None:
        if job not in self.running:  # it was left when it was stopped
            return
        self.running.remove(job)
        if self._closed:  # nobody is left to be told
            return
        self.finished.emit(job)
        if error is None:
            job.done(result)
        else:
            job.failed(error)  # type: ignore[arg-type]

    def _leave(self, job: Job) -> None:
        if not self._closed:
            self._end(job, None, Cancelled())

    @property
    def idle(self) -> bool:
        return not self.running

    def wait(self) -> None:
        """Until also what was left when it was stopped has come to its end."""
        for pool in self._pools.values():
            pool.waitForDone()

    def close(self) -> None:
        """Ask running work to stop and wait for it."""
        self._closed = True
        for job in list(self.running):
            job.cancel()
        for pool in self._pools.values():
            pool.waitForDone(10_000)
