"""«Черновики» on the first page: forms that were left half typed, each a click from going on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout

from app.records import REGISTERS
from app.ui.page import Page
from app.ui.widgets import Button, Card, ElidingLabel, Icon, clear, label, row
from app.usecases.drafts import Draft, drafts

SHOWN = 3


class DraftList(Card):
    """This person's drafts of every register, the latest first; hidden while there are none."""

    def __init__(self, page: Page) -> None:
        super().__init__(margin=8, spacing=0)
        self._page = page
        self.rows_of: list[tuple[str, Button]] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.rows.addLayout(self._list)
        self.hide()
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self.ask()
        return False

    def ask(self) -> None:
        """Read the drafts anew: they are no records, and nobody tells when one is left."""
        clear(self._list)
        self.rows_of = []
        database = self._page.desk.database
        found = drafts(database.path, database.actor)
        self.setVisible(bool(found))
        for number, draft in enumerate(found[:SHOWN]):
            more = f" · и ещё {len(found) - SHOWN}" if number == SHOWN - 1 and len(found) > SHOWN else ""
            self._add(draft, more)

    def _add(self, draft: Draft, more: str) -> None:
        from app.ui.pages.changes import when

        kind = "новая запись" if draft.record_id is None else "изменения"
        told = f"{REGISTERS[draft.register].title_one}, {kind} {draft.title}".strip()
        button = Button("Продолжить", kind="link", act=self._page.window_.guarded(partial(self._go_on, draft)))
        button.setObjectName(f"draft.{draft.key}")
        button.setAccessibleName(f"Продолжить черновик: {told}")
        moment = when(draft.at, self._page.desk.clock.today())
        text = ElidingLabel(f"{told}{more}", 13)
        line = row(Icon("pencil-simple", "accent_text"), label(f"Черновик от {moment}", 13, tone="muted"), text, button,
                   margins=(8, 0, 0, 0))  # fmt: skip
        line.setStretch(2, 1)
        self._list.addLayout(line)
        self.rows_of.append((told, button))

    def _go_on(self, draft: Draft) -> None:
        self._page.window_.open(draft.register, draft=draft.key)
