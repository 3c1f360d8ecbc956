"""Which комплект of the region is in force, and the way to take in another: a line above the dictionaries."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.core.russian import day
from app.ui.desk import Desk
from app.ui.page import Window
from app.ui.widgets import Button, ElidingLabel, label, row
from app.usecases.region_package import in_force


class PackageLine(QWidget):
    """«Комплект региона: № 3 от 12.01.2027, принят 14.01.2027»."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__()
        self._desk = desk
        self.told = ElidingLabel("", tone="text2")
        self.load = Button(
            "Загрузить комплект", "upload-simple", act=window.guarded(lambda: window.open("regional"))
        )
        line = row(label("Комплект региона", bold=True), self.told, self.load)
        line.setStretch(1, 1)
        self.setLayout(line)

    def fill(self) -> None:
        former = self._desk.read(in_force)
        if former is None:
            self.told.setText("ещё не принимали: справочники и сроки свои")
            return
        issuer = f", {former.by}" if former.by else ""
        self.told.setText(f"{former.title}{issuer}, принят {day(former.taken_on)}")
