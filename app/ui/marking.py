"""Marked rows of a register: Ins and Shift+arrows mark them, deeds and exports then mean all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from app.core.fields import Field, Kind
from app.core.russian import amount, integer, plural
from app.ui.totals_line import is_summed
from app.ui.widgets import shortcut
from app.usecases import registers

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_SUMS = 3


class Marking(QObject):
    """The marks of a page by record; they go with the search that hid their rows."""

    def __init__(self, page: RegisterPage) -> None:
        super().__init__(page)
        self._page = page
        page.table.installEventFilter(self)
        if page.register == "ngo":
            shortcut(page.table, "Ctrl+M", page.window_.guarded(self.compare))

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
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.mark_all()
            return True
        return False

    def mark_all(self) -> None:
        """Everything that was found; once more, nothing."""
        page = self._page
        whole = set(page.model.ids)
        if page.model.marked >= whole:
            page.model.marked.clear()
        else:
            page.model.marked |= whole
        self._tell()

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
        """What the status line says while rows are marked: how many, their sums, the keys; or ''."""
        ids = self.ids
        if not ids:
            return ""
        words = plural(len(ids), "строка", "строки", "строк")
        told = " · ".join([f"Отмечено: {words}", *self._sums(ids)])
        if self.is_pair:
            told += " · Ctrl+M — сравнить и объединить"
        return f"{told} · Shift+F2 — поле у всех · Delete — в архив · Ctrl+E — выгрузить · Esc — снять отметки"

    def _sums(self, ids: list[int]) -> list[str]:
        """«Сумма 1 300 700 ₽»: sums of money and amounts that are not 0."""
        page = self._page
        fields = [f for f in page.record_type.fields if is_summed(page.register, f) and not f.computed]
        shown = [f for f in fields if f.key in page.columns.chosen] or [f for f in fields if f.listed]
        if not shown:
            return []
        sums = page.desk.read(registers.totals, page.register, [field.key for field in shown], ids)
        return [_told(field, sums[field.key]) for field in shown if sums[field.key]][:_SUMS]

    @property
    def is_pair(self) -> bool:
        """Are two cards of NGOs marked, that may be one?"""
        return self._page.register == "ngo" and len(self.ids) == 2

    def compare(self) -> None:
        """Ctrl+M: the two marked cards side by side; with nothing marked, all that are alike."""
        if self.is_pair:
            self._page.window_.open("merge", pair=tuple(self.ids))
        elif not self.ids:
            self._page.window_.open("merge")
        else:
            self._page.window_.notify("Отметьте две карточки: объединяют по две.")

    def _tell(self) -> None:
        self._page.table.viewport().update()
        self._page.say_hint(self._page.hint_now())


def _told(field: Field, total) -> str:
    title = field.title.removesuffix(", ₽")
    if field.kind is Kind.MONEY:
        return f"{title}: {integer(round(total))}\u00a0₽"
    return f"{title}: {amount(total) if field.kind is Kind.AMOUNT else integer(int(total))}"
