"""Which approved returns the records no longer give: asked beside the window, for rebuilding them takes a second."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.core.periods import Quarter
from app.ui.desk import Desk
from app.ui.jobs import Job
from app.ui.page import Window


def _to_be_corrected(session: Any) -> tuple[Quarter, ...]:
    from app.usecases import quarter_returns  # not before the first page is painted

    return quarter_returns.to_be_corrected(session)


class StaleReturns:
    """`known` is the latest answer; told(): there is another one."""

    def __init__(self, desk: Desk, window: Window, told: Callable[[], object]) -> None:
        self._desk, self._window, self._told = desk, window, told
        self.known: tuple[Quarter, ...] = ()
        self._job: Job | None = None
        self._again = False

    def ask(self) -> None:
        """Ask anew; while an answer is under way, once more after it."""
        if self._job is not None and self._job in self._desk.jobs.running:
            self._again = True
            return
        self._again = False
        self._job = self._desk.read_later(
            "Сверка отчётов с записями", _to_be_corrected,
            done=self._window.guarded(self._answered), failed=self._window.tell,
        )  # fmt: skip

    def _answered(self, found: tuple[Quarter, ...]) -> None:
        if self._again:
            self.ask()
            return
        if found != self.known:
            self.known = found
            self._told()
