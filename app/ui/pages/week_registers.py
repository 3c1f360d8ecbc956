"""Appeals, reminders and entries of the calendar: pages of registers with keys of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.ui import week_deeds
from app.ui.desk import Desk
from app.ui.page import Window
from app.ui.register_page import RegisterPage
from app.ui.widgets import shortcut


class _Keyed(RegisterPage):
    """A register whose deeds have keys: letter -> deed over the chosen card."""

    hint_keys = ""

    def bind(self, keys: Mapping[str, Callable[[RegisterPage, Any], object]]) -> None:
        made = [
            shortcut(self, key, self.window_.guarded(lambda deed=deed: self._do(deed))) for key, deed in keys.items()
        ]

        def rest_in_a_form(_index: int) -> None:
            for one in made:
                one.setEnabled(not self.editing.open)  # the form has letters of its own

        self.stack.currentChanged.connect(rest_in_a_form)

    def _do(self, deed: Callable[[RegisterPage, Any], object]) -> None:
        card = self.card.card
        if self.editing.open or card is None:
            return
        if card.archived_on is not None:
            self.window_.notify("Запись в архиве: сначала верните её из архива.")
            return
        deed(self, card)

    def hint_now(self) -> str:
        plain = not self.marking.ids and not self.narrowed
        return self.hint_keys if plain else super().hint_now()


class AppealPage(_Keyed):
    """Alt with О, П, У, М: answered; becomes a need, a service, support."""

    hint_keys = "Alt+О — отвечено · Alt+П — потребность · Alt+У — услуга · Alt+М — мера поддержки · F2 — изменить"

    def __init__(self, register: str, desk: Desk, window: Window) -> None:
        super().__init__(register, desk, window)
        self.registers = self.registers | {"need", "service", "support"}
        self.bind(
            {
                "Alt+J": week_deeds.answer,  # О of the Russian layout
                "Alt+G": lambda page, card: week_deeds.become(page, card, "need"),  # П
                "Alt+E": lambda page, card: week_deeds.become(page, card, "service"),  # У
                "Alt+V": lambda page, card: week_deeds.become(page, card, "support"),  # М
            }
        )


class ReminderPage(_Keyed):
    """Alt+С: done.  Alt+З: the record it is of."""

    hint_keys = "Alt+С — сделано · Alt+З — открыть запись · Ctrl+R — новое напоминание · F2 — изменить"

    def __init__(self, register: str, desk: Desk, window: Window) -> None:
        super().__init__(register, desk, window)
        self.bind({"Alt+C": week_deeds.done, "Alt+P": week_deeds.open_about})


class EntryPage(RegisterPage):
    """Entries of the calendar; Esc goes back to the month."""

    def __init__(self, register: str, desk: Desk, window: Window) -> None:
        super().__init__(register, desk, window)
        self.header.back.setVisible(True)

    def step_back(self) -> bool:
        if super().step_back():
            return True
        self.window_.open("calendar")
        return True


PAGES: Mapping[str, type[RegisterPage]] = {"appeal": AppealPage, "reminder": ReminderPage, "calendar_entry": EntryPage}
