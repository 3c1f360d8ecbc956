"""The columns of a file as small cards: letter and heading, the field it became, how it was known."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QWidget

from app.core.fields import RecordType
from app.exchange.matching import BY_CONTENT, BY_HAND, ColumnMap, importable
from app.ui.menus import open_below
from app.ui.widgets import Button, Card, ElidingLabel, Icon, clear, row
from app.usecases.importing import PlannedTable

WIDTH = 214


def letter(at: int) -> str:
    """Column 0 is A, 26 is AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


class ColumnCards(QScrollArea):
    """corrected(sheet, ColumnMap): a person put a column to another field."""

    corrected = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFixedHeight(74)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("clear", "true")
        self._line = QHBoxLayout(inner)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self.cards: list[Button] = []

    def show_table(self, table: PlannedTable, record_type: RecordType) -> None:
        clear(self._line)
        self.cards = []
        fields = {field.key: field for field in importable(record_type)}
        keys = {at: key for key, at in table.column_map.columns.items()}
        for at, heading in enumerate(table.headings):
            key = keys.get(at, "")
            how = table.column_map.how.get(key, "")
            card = Card(margin=8, spacing=2)
            card.setFixedWidth(WIDTH)
            card.rows.addWidget(ElidingLabel(f"{letter(at)}  «{heading}»", 13, tone="muted"))
            title = fields[key].title if key in fields else "не загружается"
            known = Icon("check", "ok") if key and how != BY_CONTENT else Icon("warning" if key else "minus-circle",
                                                                              "warn" if key else "muted")  # fmt: skip
            name = ElidingLabel(title, 13, bold=bool(key), tone="" if key else "muted")
            known.setToolTip(how)
            change = Button("", "pencil-simple", kind="bare")
            change.setToolTip("Указать другое поле")
            change.setAccessibleName(f"Столбец {letter(at)}: указать другое поле")
            change.clicked.connect(lambda _on=False, at=at, button=change: self._open(table, at, button, record_type))
            line = row(known, name, change, spacing=6)
            line.setStretch(1, 1)
            card.rows.addLayout(line)
            self.cards.append(change)
            self._line.addWidget(card)
        self._line.addStretch(1)

    def _open(self, table: PlannedTable, at: int, button: Button, record_type: RecordType) -> None:
        menu = QMenu(self)
        menu.addAction("Не загружать", lambda: self.put(table, at, None))
        menu.addSeparator()
        for field in importable(record_type):
            menu.addAction(field.title, lambda key=field.key: self.put(table, at, key))  # type: ignore[misc]
        open_below(menu, button)

    def put(self, table: PlannedTable, at: int, key: str | None) -> None:
        """Take a column as a field, or leave it out."""
        known: ColumnMap = table.column_map
        columns = {k: place for k, place in known.columns.items() if place != at and k != key}
        how = {k: words for k, words in known.how.items() if k in columns}
        if key is not None:
            columns[key], how[key] = at, BY_HAND
        self.corrected.emit(table.sheet, replace(known, columns=columns, how=how))
