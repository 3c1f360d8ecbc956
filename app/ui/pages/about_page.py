"""«О программе»: versions and licences, readable without a network, and one button that copies the versions."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPlainTextEdit, QWidget

from app import __version__
from app.ui.desk import Desk
from app.ui.page import Page, Window
from app.ui.pages.plain_table import PlainTable
from app.ui.widgets import Button, Card, label
from app.usecases.components import Component, components

COLUMNS = (("Из чего состоит", 190), ("Версия", 92), ("Лицензия", 190))


class AboutPage(Page):
    """A table of parts; beside it the licence of the chosen one."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("О программе", desk, window)
        self.parts: tuple[Component, ...] = ()
        self.header.back.show()
        self.header.fact.setText(f"Куратор НКО {__version__}")
        self.copy = Button("Скопировать", "copy", act=self.copy_versions)
        self.copy.setObjectName("copyVersions")
        self.copy.setAccessibleName("Скопировать версии")
        self.header.add("copy", self.copy)
        self.table = PlainTable(COLUMNS, fill=2, least=(144, 76, 120))
        self.table.setObjectName("components")
        self.table.setAccessibleName("Из чего состоит программа")
        self.name = label("", 15, bold=True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setObjectName("licence")
        self.text.setAccessibleName("Текст лицензии")
        left, right = Card(margin=1, spacing=0), Card(margin=16)
        left.rows.addWidget(self.table)
        right.rows.addWidget(self.name)
        right.rows.addWidget(self.text, 1)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(left, 1)
        line.addWidget(right, 1)
        self.body.addLayout(line, 1)
        self.table.chosen.connect(self._show)

    def enter(self, **where: object) -> None:
        if not self.parts:
            self.parts = components()
            self.table.show_rows([(part.name, part.version, part.licence) for part in self.parts])
            self.table.choose(0)
        self.say_hint("Esc — назад к руководству")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, line: int) -> None:
        if 0 <= line < len(self.parts):
            part = self.parts[line]
            self.name.setText(f"{part.name} {part.version}: {part.licence}")
            self.text.setPlainText(part.text)

    @property
    def versions(self) -> str:
        """What «Скопировать» takes: no folder, no name of a person or a computer."""
        system = f"{platform.system()} {platform.release()}, Qt {qVersion()}"
        return "\n".join((system, *(f"{part.name} {part.version}" for part in self.parts)))

    def copy_versions(self) -> None:
        QApplication.clipboard().setText(self.versions)
        self.window_.notify("Версии скопированы.")

    def step_back(self) -> bool:
        self.window_.open("help")
        return True

    def panes(self) -> list[QWidget]:
        return [self.table, self.text]
