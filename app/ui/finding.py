"""How a page asks for what it finds: the beginning at once, the rest a moment later, a slow order in the background."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, QTimer

from app.core.progress import Progress
from app.ui.desk import Desk
from app.ui.found_ids import FoundIds
from app.usecases import registers

LATER = 250  # ms without another question, after which the rest of a broad answer is read
Show = Callable[[FoundIds], None]


@dataclass(frozen=True)
class Question:
    """What a page looks for."""

    register: str
    search: str = ""
    filters: Mapping[str, object] = field(default_factory=dict)
    order: str | None = None
    descending: bool = False
    archived: bool = False

    @property
    def words(self) -> dict[str, Any]:
        return {
            "search": self.search, "filters": self.filters, "order": self.order, "descending": self.descending,
            "archived": self.archived,
        }  # fmt: skip


class Finding(QObject):
    """The questions of one page; only the last one is answered."""

    def __init__(self, desk: Desk, parent: QObject, completed: Callable[[], None], failed: Any) -> None:
        super().__init__(parent)
        self._desk, self._completed, self._failed = desk, completed, failed
        self._found: FoundIds | None = None
        self._asked: Question | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LATER)
        self._timer.timeout.connect(self._read_rest)

    def ask(self, question: Question, show: Show) -> None:
        """Answer by `show`: at once, or when the records are sorted, where that takes longer than one can wait."""
        self._asked, self._found = question, None
        self._timer.stop()
        look = self._desk.read(registers.look, question.register, **question.words)
        if look is None:
            self._run("Отбираются записи", question, lambda ids: self._show(FoundIds(ids, len(ids), lambda: ids), show))
            return
        self._show(FoundIds(look.ids, look.count, lambda: self._all(question)), show)
        if not look.whole:
            self._timer.start()

    def _show(self, found: FoundIds, show: Show) -> None:
        self._found = found
        show(found)

    def _all(self, question: Question) -> array[int]:
        return self._desk.read(registers.find, question.register, **question.words)

    def _read_rest(self) -> None:
        if self._found is None or self._asked is None:
            return
        if self._found.whole:  # a table looked past its beginning
            self._completed()
        else:
            self._run("Читаются записи", self._asked, self._take_rest, quiet=True)

    def _take_rest(self, ids: array[int]) -> None:
        if self._found is not None:
            self._found.take(ids)
            self._completed()

    def _run(self, title: str, question: Question, done: Callable[[array[int]], None], *, quiet: bool = False) -> None:
        def work(_progress: Progress) -> array[int]:
            with self._desk.database.read() as session:
                return registers.find(session, question.register, **question.words)

        def answer(ids: array[int]) -> None:
            if question is self._asked:
                done(ids)

        self._desk.jobs.run(title, work, answer, self._failed, quiet=quiet)
