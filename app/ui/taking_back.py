"""What was written in this run, and how Ctrl+Z and Ctrl+Shift+Z walk through it."""

from __future__ import annotations

from collections.abc import Callable

from app.ui.undo_bar import UndoBar


class TakingBack:
    """One for the window; what was written before this run is taken back in the history."""

    def __init__(
        self, bar: UndoBar, notify: Callable[[str], object], tell: Callable[[BaseException], object]
    ) -> None:
        self._bar, self._notify, self._tell = bar, notify, tell
        self._undo: Callable[[int], object] | None = None
        self._written: list[int] = []
        self._taken_back: list[int] = []

    def begin(self, undo: Callable[[int], object] | None) -> None:
        """Another file: nothing was written in it yet.  undo: takes a batch back, gives the batch that did."""
        self._undo = undo
        self._written.clear()
        self._taken_back.clear()
        self._bar.hide()

    def wrote(self, title: str, batch: int) -> None:
        self._written.append(batch)
        self._taken_back.clear()
        self._bar.say(title)

    def undo(self) -> None:
        self._walk(self._written, self._taken_back, "Отменено")

    def redo(self) -> None:
        self._walk(self._taken_back, self._written, "Возвращено")

    def take_back(self, batch: int) -> bool:
        """Undo one write of this run whatever came after it; False if it was undone already."""
        if batch not in self._written:
            return False
        self._written.remove(batch)
        self._written.append(batch)
        self.undo()
        return True

    def _walk(self, batches: list[int], others: list[int], word: str) -> None:
        if not batches or self._undo is None:
            self._notify("Отменять нечего: остальное в «Истории изменений», её находит Ctrl+K.")
            return
        try:
            made = self._undo(batches.pop())
        except Exception as error:
            self._tell(error)
            return
        if isinstance(made, int):
            others.append(made)
        self._bar.hide()
        self._notify(f"{word}.")
