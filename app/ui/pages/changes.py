"""One change of the journal as a line: when, who, what, and its undo."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget

from app.core.roles import PROGRAM
from app.ui.desk import Desk
from app.ui.page import Window
from app.ui.widgets import Button, ElidingLabel, label, row
from app.usecases.history import BatchRow, written_by
from app.usecases.undoing import undo_batch

CREATION = 1
"""The batch that made the file: nothing is left to undo it in."""
FINAL = frozenset({"undo", "return", "demo", "export", "erase", "restore", "intake", PROGRAM})
"""Kinds that this line does not offer to undo."""
FINAL_IN_REGION = FINAL | {"package", "consolidate"}
"""What the region issued and approved is with others: it is followed by the next one, never taken back."""


def local(moment: datetime) -> datetime:
    """A moment of the journal (UTC) by the clock of this computer."""
    return moment.replace(tzinfo=UTC).astimezone()


def when(moment: datetime, today) -> str:
    """«10:42» today, «05.10» this year, else the whole date."""
    here = local(moment)
    if here.date() == today:
        return f"{here:%H:%M}"
    return f"{here:%d.%m}" if here.year == today.year else f"{here:%d.%m.%Y}"


class ChangeRow(QWidget):
    """A batch; «Отменить» takes it back whole."""

    def __init__(self, batch: BatchRow, desk: Desk, window: Window, *, wide: bool = False) -> None:
        super().__init__()
        self.batch = batch
        self._desk, self._window = desk, window
        self.setFixedHeight(36 if wide else 30)
        moment = label(when(batch.at, desk.clock.today()), 13, tone="muted")
        moment.setFixedWidth(76 if wide else 52)
        actor = ElidingLabel(batch.actor, 13, tone="text2")
        actor.setFixedWidth(180 if wide else 96)
        title = ElidingLabel(batch.title, 13)
        rows = batch.inserted + batch.updated + batch.deleted
        count = label(f"строк: {rows}" if wide and rows > 1 else "", 13, tone="muted")
        self.undo_button = Button("Отменить", kind="link", act=window.guarded(self.undo))
        self.undo_button.setAccessibleName(f"Отменить: {batch.title}")
        state = label("отменено" if batch.undone_by is not None else "", 13, tone="muted")
        self.open_button = Button("Открыть", kind="link", act=window.guarded(self.open))
        self.open_button.setAccessibleName(f"Открыть: {batch.title}")
        self.open_button.setObjectName(f"change.{batch.id}.open")
        self.undo_button.setObjectName(f"change.{batch.id}.undo")
        line = row(moment, actor, title, count, state, self.open_button, self.undo_button, margins=(16, 0, 8, 0))
        line.setStretch(2, 1)
        self.setLayout(line)
        final = FINAL_IN_REGION if window.plan.region else FINAL
        self.undo_button.setVisible(batch.undone_by is None and batch.kind not in final and batch.id != CREATION)
        opens = wide and not window.plan.region  # the region has no pages of records
        self.open_button.setVisible(opens and batch.kind not in final and batch.id != CREATION)

    def open(self) -> None:
        """The record that was written; of several registers, the one with most of them."""
        found = self._desk.read(written_by, self.batch.id)
        if not found:
            self._window.notify("Это изменение не касается записей: открывать нечего.")
            return
        register, ids = max(found.items(), key=lambda pair: len(pair[1]))
        if len(ids) == 1:
            self._window.open(register, record=ids[0])
        else:
            self._window.open(register, ids=ids)

    def undo(self) -> None:
        title = f"Отменено: {self.batch.title}"
        self._desk.write("undo", title, undo_batch, self.batch.id, changed={"*"}, undoable=False)
        self._window.notify(title)
