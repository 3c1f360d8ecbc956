"""«Обосновано»: the dialog that takes the reason, and the writes; both can be undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit

from app.core.russian import ended
from app.region.duplicates import Duplicate
from app.ui.desk import Desk
from app.ui.dialogs import Dialog
from app.ui.page import Window
from app.ui.widgets import Button, label, row
from app.usecases import region_justified as use

CHANGED = {"duplicate_reason"}


class ReasonDialog(Dialog):
    """The reason in words; three are offered."""

    manual = "region_pictures.md"

    def __init__(self, one: Duplicate, author: str, take: Callable[[str], object]) -> None:
        super().__init__("Обосновать дублирование", one.text, deed="Обосновать", act=self._do)
        self._take = take
        self.line = QLineEdit(one.reason)
        self.line.setAccessibleName("Причина")
        self.line.setPlaceholderText("Почему оно оправдано")
        offered = [Button(reason, kind="pill", act=partial(self._offer, reason)) for reason in use.REASONS]
        for place, button in enumerate(offered, 1):
            button.setObjectName(f"reason_{place}")
        self.body.addWidget(label("Причина *", 13, tone="text2"))
        self.body.addWidget(self.line)
        self.body.addLayout(row(*offered, None))
        self.body.addWidget(label(f"{ended(f'Подпишет: {author}')} Это можно отменить.", 13, tone="muted"))

    def _offer(self, reason: str) -> None:
        self.line.setText(reason)
        self.line.setFocus()

    def _do(self) -> bool:
        reason = self.line.text().strip()
        if not reason:
            self.refuse("Причина не указана: выберите одну из предложенных или напишите свою.")
            return False
        self._take(reason)
        return True


def ask_reason(desk: Desk, window: Window, one: Duplicate) -> Dialog:
    """Ask why the duplicate is not inefficient, and write it."""

    def take(reason: str) -> None:
        desk.write(use.KIND, f"Обосновано дублирование {one.code}", use.justify, one.key, reason, changed=CHANGED)

    dialog = ReasonDialog(one, desk.database.actor, window.guarded(take))
    return window.ask(dialog, dialog.line)


def take_back(desk: Desk, one: Duplicate) -> None:
    """It is inefficient again."""
    desk.write(use.KIND, f"Снято обоснование дублирования {one.code}", use.take_back, one.key, changed=CHANGED)
