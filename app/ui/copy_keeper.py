"""Looks after the open file: a check and a copy after opening, one after half an hour of change, one at closing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.core.errors import AppError, Cancelled
from app.ui.closing import ClosingDialog
from app.ui.desk import Desk
from app.ui.jobs import Job
from app.usecases import copies, setup
from app.usecases.copies import CopiesState, CopyWatch, Made, Why

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

LOOKS_EVERY = 60_000  # ms
_log = logging.getLogger("app")


class CopyKeeper(QObject):
    """One open file.

    A copy that fails stops nothing: the line below says so, and the next look makes another.
    """

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self._copying: Job | None = None
        self._closing: ClosingDialog | None = None
        self._let_go = False
        self.watch = CopyWatch()
        self.state = CopiesState(None, "")
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKS_EVERY)
        self._timer.timeout.connect(self.look)
        desk.jobs.finished.connect(self._ended)

    @property
    def database(self) -> Any:
        return self._desk.database

    # --- after opening, and while she works

    def begin(self) -> None:
        """Away from the first paint: is the file whole, is there a copy of all that is in it."""
        self._desk.jobs.run("Проверяется файл", lambda _p: copies.look_at_structure(self.database.path), self._looked,
                            self._window.tell)  # fmt: skip
        self._desk.jobs.run("Копии файла", lambda _p: copies.copy_is_due(self.database), self._begin_copies,
                            self._not_copied, quiet=True)  # fmt: skip

    def _looked(self, fault: AppError | None) -> None:
        if fault is not None:
            self._window.tell(fault)

    def _begin_copies(self, due: bool) -> None:
        if due:
            self.copy(Why.OPENING)
        else:
            self.watch.copied(copies.head_of(self.database))
            self.tell_state()
        self._timer.start()

    def look(self) -> None:
        """Once a minute: have changes waited long enough for a copy?"""
        if self._copying is not None or self._closing is not None:
            return
        minutes = self._desk.read(setup.settings).copy_minutes
        if self.watch.is_due(copies.head_of(self.database), self._desk.clock.now(), minutes):
            self.copy(Why.CHANGES)

    def copy(self, why: Why, done: Callable[[Made], object] | None = None) -> Job:
        """Make a copy in the database's thread."""

        def work(progress):
            return copies.make_copy(self.database, why, progress=progress)

        def finish(made: Made) -> None:
            self.made(made)
            if done is not None:
                done(made)

        self._copying = self._desk.jobs.run("Пишется копия файла", work, finish, self._not_copied)
        return self._copying

    def _ended(self, job: Job) -> None:
        if job is self._copying:
            self._copying = None

    def made(self, made: Made) -> None:
        """A copy is there: whoever made it, the counting begins anew."""
        self.watch.copied(made.first.head)
        self.tell_state(made.trouble)

    def tell_state(self, trouble: AppError | None = None) -> None:
        """Say below how the copies stand; asked in the other thread, since a share may not answer."""
        self._desk.jobs.run("Копии файла", lambda _p: copies.state(self.database),
                            lambda state: self._show_state(state, trouble), self._not_copied, quiet=True)  # fmt: skip

    def _show_state(self, state: CopiesState, trouble: AppError | None) -> None:
        self.state = state
        newest = self.state.newest
        words = self.state.reminder or (trouble.message if trouble is not None else "")
        if not words and newest is not None:
            today = newest.at.date() == self._desk.clock.local_now().date()
            when = f"{newest.at:%H:%M}" if today else f"{newest.at:%d.%m.%Y}"
            words = f"Копия файла: {when}, проверена"
        self._window.status.show_copies(words, amber=bool(self.state.reminder or trouble))

    def _not_copied(self, error: BaseException) -> None:
        _log.warning("no copy: %s", type(error).__name__)
        told = error.message if isinstance(error, AppError) else "Копия файла не сделана"
        self._window.status.show_copies(told, amber=True)

    # --- at closing

    def holds_closing(self) -> bool:
        """Called when the window is to close; True: it will be closed later, once all is done."""
        if self._let_go or self._session_ends():
            return False
        if self._closing is not None:  # pressed again: at once
            self._let_go = True
            return False
        busy = self._copying is not None or any(job.writes for job in self._desk.jobs.running)
        if not busy and not self._changed():
            return False
        self._closing = ClosingDialog()
        self._closing.closed.connect(self._left)
        self._closing.open_over(self._window, self._closing.leave)
        self._desk.jobs.finished.connect(self._go_on_closing)
        if not busy:
            self._copy_and_close()
        elif self._copying is not None:
            self._closing.say_copying()
        return True

    def _changed(self) -> bool:
        try:
            return copies.copy_is_due(self.database)
        except AppError:  # a stick with the file itself was pulled out: nothing can be copied
            return False

    def _go_on_closing(self, _job: Job) -> None:
        if self._closing is None or any(job.writes for job in self._desk.jobs.running) or self._copying is not None:
            return
        self._copy_and_close()

    def _copy_and_close(self) -> None:
        assert self._closing is not None
        self._desk.jobs.finished.disconnect(self._go_on_closing)
        if not self._changed():
            self._close()
            return
        self._closing.say_copying()

        def work(progress):
            return copies.make_copy(self.database, Why.CLOSING, progress=progress)

        self._copying = self._desk.jobs.run("Копия при закрытии", work, lambda _made: self._close(), self._failed,
                                            quiet=True)  # fmt: skip

    def _failed(self, error: BaseException) -> None:
        _log.warning("no copy at closing: %s", type(error).__name__)
        if self._closing is not None and not isinstance(error, Cancelled):
            self._closing.say_failed(error)

    def _left(self, _done: bool) -> None:
        """She pressed the button of the dialog, or Esc: stay while something is written, else close as it is."""
        dialog, self._closing = self._closing, None
        if dialog is None:
            return
        if self._copying is None and any(job.writes for job in self._desk.jobs.running):
            self._desk.jobs.finished.disconnect(self._go_on_closing)
            return
        if self._copying is not None:
            self._copying.cancel()
        self._close()

    def _close(self) -> None:
        self._let_go = True
        self._closing = None
        QTimer.singleShot(0, self._window.close)

    @staticmethod
    def _session_ends() -> bool:
        app = QApplication.instance()
        return isinstance(app, QApplication) and app.isSavingSession()

    def stop(self) -> None:
        """The file is about to be closed: no more looks."""
        self._timer.stop()
