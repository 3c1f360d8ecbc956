"""A file on its way in, as lists, packets and комплекты are shown: tabs of outcomes, rows, the card of one row.

Nothing is written before the primary button at the foot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.russian import integer
from app.ui.desk import Desk
from app.ui.empty_state import EmptyState
from app.ui.page import Page, Window
from app.ui.table_view import Table
from app.ui.widgets import Button, Card, row, shortcut
from app.usecases.import_plan import Outcome

Tabs = Iterable[tuple[Outcome | None, str]]
ASKED = (Outcome.REJECTED, Outcome.DOUBTFUL)
FOOT = 56


class ActionBar(QFrame):
    """The foot: a note at the left, buttons at the right, the primary outermost."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("actionBar")
        self.setFixedHeight(FOOT)

    def fill(self, note: QWidget, *buttons: QWidget) -> None:
        line = row(note, *buttons, margins=(24, 0, 24, 0))
        line.setStretch(0, 1)
        self.setLayout(line)


class PreviewPage(Page):
    """What a page sets before `lay_out`: model, table, card, bar.  choose, write and _toggle are its own."""

    model: Any
    table: Table
    card: Any
    bar: QWidget
    write_button: Button

    def __init__(self, title: str, desk: Desk, window: Window) -> None:
        super().__init__(title, desk, window)
        self.busy = False
        self.header.back.show()
        self.choose_button = self.header.add("choose", Button("Выбрать другой файл", "folder-open", act=self.choose))
        self.empty = EmptyState()
        self.empty.primary.clicked.connect(self.choose)
        self.tabs: dict[Outcome | None, Button] = {}

    def make_tabs(self, tabs: Tabs, icons: Mapping[Outcome | None, str] | None = None) -> None:
        """One for each outcome, the first for all of them."""
        for outcome, word in tabs:
            icon = (icons or {}).get(outcome, "")
            button = Button(word, icon, kind="tab", act=lambda outcome=outcome: self.show_outcome(outcome))  # type: ignore[misc]
            button.setCheckable(True)
            self.tabs[outcome] = button

    def lay_out(self, *above: QWidget | QLayout) -> None:
        """The empty state, and the work: what stands above the tabs, the tabs, the table beside the card."""
        sheet = Card(margin=1, spacing=0)
        sheet.rows.addWidget(self.table)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(sheet, 1)
        both.addWidget(self.card)
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in above:
            (column.addWidget if isinstance(part, QWidget) else column.addLayout)(part)  # type: ignore[arg-type]
        column.addLayout(row(*self.tabs.values(), None, spacing=16))
        column.addLayout(both, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(work)
        self.body.addWidget(self.stack, 1)
        self.column.addWidget(self.bar)
        self.table.chosen.connect(self._show_row)
        shortcut(self, "Ctrl+Return", self.window_.guarded(self.write))
        shortcut(self, "Ctrl+O", self.window_.guarded(self.choose))
        shortcut(self.table, "Space", self._toggle)

    # --- what is shown

    def show_nothing_read(self) -> None:
        """No file yet: the empty state, no foot."""
        self.header.show_only()
        self.bar.hide()
        self.foot = 0
        self.stack.setCurrentIndex(0)

    def show_work(self) -> None:
        self.header.show_only("choose")
        self.stack.setCurrentIndex(1)
        self.bar.show()
        self.foot = self.bar.height()

    def tell_tabs(self, counts: Any, words: Tabs) -> None:
        """counts: has `rows` and a number under the value of each outcome."""
        for outcome, word in words:
            number = counts.rows if outcome is None else int(getattr(counts, outcome.value))
            self.tabs[outcome].say(f"{word}\u00a0{integer(number)}")

    def show_outcome(self, outcome: Outcome | None) -> None:
        for key, button in self.tabs.items():
            button.setChecked(key is outcome)
        self.model.show_outcome(outcome)
        self.table.choose(0)
        if not self.model.rowCount():
            self.card.show_nothing()

    def next_finding(self, step: int) -> None:
        """F8: the next row that waits for a decision or is wrong."""
        asked = [line for line in range(self.model.rowCount()) if self.is_asked(line)]
        if asked:
            later = [line for line in asked if (line > self.table.row if step > 0 else line < self.table.row)]
            self.table.choose((later or asked)[0 if step > 0 else -1])
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_asked(self, line: int) -> bool:
        return self.model.row(line).outcome in ASKED

    # --- what a page does itself

    def choose(self) -> None:
        """Ask for the file."""
        raise NotImplementedError

    def write(self) -> None:
        """Take what is shown."""
        raise NotImplementedError

    def _show_row(self, line: int) -> None:
        raise NotImplementedError

    def _toggle(self) -> None:
        """Space on a row."""
        raise NotImplementedError
