"""Marked rows of a register: Ins and Shift+arrows mark them, Delete and «Выгрузить» then mean all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from app.core.russian import plural

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Marking(QObject):
    """The marks of a page by record; they go with the search that hid their rows."""

    def __init__(self, page: RegisterPage) -> None:
        super().__init__(page)
        self._page = page
        page.table.installEventFilter(self)

    @property
    def ids(self) -> list[int]:
        """Marked records in the order of the table."""
        marked = self._page.model.marked
        if not marked:
            return []  # of a broad answer the ids are not all at hand
        return [id for id in self._page.model.ids if id in marked]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key, table = event.key(), self._page.table
        if key == Qt.Key.Key_Insert:
            self._mark(table.row, on=not self._is_marked(table.row))
            table.choose(table.row + 1)
            self._tell()
            return True
        if key in _STEPS and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._mark(table.row, on=True)
            table.choose(table.row + _STEPS[Qt.Key(key)])
            self._mark(table.row, on=True)
            self._tell()
            return True
        return False

    def _is_marked(self, row: int) -> bool:
        ids = self._page.model.ids
        return 0 <= row < len(ids) and ids[row] in self._page.model.marked

    def _mark(self, row: int, *, on: bool) -> None:
        ids, marked = self._page.model.ids, self._page.model.marked
        if 0 <= row < len(ids):
            (marked.add if on else marked.discard)(ids[row])

    def clear(self) -> bool:
        """Take off the marks; False if there were none."""
        had = bool(self.ids)
        self._page.model.marked.clear()
        if had:
            self._tell()
        return had

    def hint(self) -> str:
        """What the status line says while rows are marked, or ''."""
        count = len(self.ids)
        if not count:
            return ""
        words = plural(count, "строка", "строки", "строк")
        return f"Отмечено: {words} · Ins — отметить · Delete — в архив · Ctrl+E — выгрузить · Esc — снять отметки"

    def _tell(self) -> None:
        self._page.table.viewport().update()
        self._page.say_hint(self._page.hint_now())
