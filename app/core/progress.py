"""How long work tells how far it is, and learns that it should stop."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from app.core.errors import Cancelled


class Progress:
    """A token passed into long work.

    `step` reports and raises `Cancelled` once `cancel` was called from any thread.
    """

    def __init__(self, report: Callable[[int, int, str], None] | None = None) -> None:
        self._report = report
        self._cancelled = Event()

    def step(self, done: int, total: int, text: str = "") -> None:
        """done of total units are finished; text says of what («Проверено строк»)."""
        if self._cancelled.is_set():
            raise Cancelled
        if self._report is not None:
            self._report(done, total, text)

    def cancel(self) -> None:
        self._cancelled.set()


SILENT = Progress()
"""For callers that neither show progress nor cancel."""
