"""How the page of a register lies: tabs, strip, table with totals, and the card beside it or over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.card_place import CardPlace
from app.ui.rail import HOME, TABS
from app.ui.widgets import Button, Card, row

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage


def lay_browse(page: RegisterPage) -> tuple[QStackedWidget, CardPlace, QWidget]:
    """The stack of the table and the empty state, the place of the card, and the widget that holds it all."""
    sheet = Card(margin=1, spacing=0)
    sheet.rows.addWidget(page.table)
    sheet.rows.addWidget(page.totals)
    browse = QWidget()
    column = QVBoxLayout(browse)
    column.setContentsMargins(24, 0, 24, 16)
    column.setSpacing(12)
    tabs = TABS.get(HOME.get(page.register, page.register), ())
    if tabs:
        column.addLayout(row(*(_tab(page, key, word) for key, word in tabs), None, spacing=16))
    column.addWidget(page.filters)
    column.addWidget(page.editing.drafting.line)
    sheets = QStackedWidget()
    sheets.addWidget(sheet)
    sheets.addWidget(page.empty)
    beside = QHBoxLayout()
    beside.setSpacing(16)
    beside.addWidget(sheets, 1)
    beside.addWidget(page.card)
    column.addLayout(beside, 1)
    return sheets, CardPlace(page.card, sheets, beside, browse), browse


def _tab(page: RegisterPage, key: str, word: str) -> Button:
    button = Button(word, kind="tab", act=lambda: page.window_.open(key))
    button.setCheckable(True)
    button.setChecked(key == page.register)
    button.clicked.connect(lambda: button.setChecked(key == page.register))
    return button
