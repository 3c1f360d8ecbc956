"""Which record the card beside a table tells, and when: while one types, a moment after the table is painted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from app.ui import card_events, deeds
from app.ui.naming import name_widgets
from app.ui.record_card import RecordCard
from app.usecases import registers

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage

FRAME = 20  # ms in which the table is painted


class TellingCard:
    """Half of what a key costs is the card, and who types looks at the table; who asks for the card has it at once."""

    def __init__(self, page: RegisterPage) -> None:
        self._page = page
        self.card = RecordCard(page.record_type, page.words)
        self._waits = False
        self._due: int | None = None  # the row that is not told yet

    def settled(self) -> RecordCard:
        """The card, telling the chosen record by now."""
        due, self._due = self._due, None
        if due is not None:
            self._tell(due)
        return self.card

    @contextmanager
    def after_table(self, waits: bool) -> Iterator[None]:
        """What is chosen within is told after the table is painted."""
        self._waits = waits
        try:
            yield
        finally:
            self._waits = False

    def tell(self, row: int) -> None:
        """The record of this row was chosen."""
        if not self._waits:
            self._due = None
            self._tell(row)
            return
        if self._due is None:
            QTimer.singleShot(FRAME, self._page, self._page.window_.guarded(self.settled))
        self._due = row

    def _tell(self, row: int) -> None:
        page = self._page
        if not 0 <= row < len(page.model.ids):
            self.card.show_nothing()
            return
        card = page.desk.read(registers.card, page.register, page.model.ids[row])
        told = deeds.of_card(page, card), card_events.of(page.desk, page.register, card)
        self.card.show_card(card, page.name_of(card), *told)
        name_widgets(self.card, f"{page.register}.card")
