"""The strip above a table: search, count, and a pill for each dictionary to filter by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from app.core.fields import Field, Kind, RecordType
from app.core.russian import integer
from app.ui import icons
from app.ui.field_text import FieldText
from app.ui.widgets import Button, label

PILLS, GAP = 3, 8
LEAST = 560  # px: the search, its count, «Фильтр» and «В архиве»
SIFTED = (Kind.CHOICE, Kind.CHOICES, Kind.FLAG)
LATER = 0  # ms after the last key: letters that came together are sought once, and an answer takes a few ms


def _choices_of(field: Field, words: FieldText) -> Mapping[Any, str]:
    return {True: "да", False: "нет"} if field.kind is Kind.FLAG else words.choices(field.dictionary)


class Pill(Button):
    """A filter by one field: off has an arrow down, on has its choice and a cross."""

    chosen = Signal()

    def __init__(self, field: Field, choices: Callable[[], Mapping[Any, str]]) -> None:
        super().__init__(f"{field.title}: все", "caret-down", kind="pill")
        self.field = field
        self._choices = choices
        self.code: object = None
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands after the word
        self.clicked.connect(lambda: self.open_at(self))

    def open_at(self, place: QWidget) -> None:
        """Its choices, under itself or under «Фильтр»."""
        menu = QMenu(self)
        if self.code is not None:
            menu.addAction(icons.icon("x"), "Снять фильтр", lambda: self.choose(None))
            menu.addSeparator()
        for code, title in self._choices().items():
            menu.addAction(title, lambda code=code: self.choose(code))  # type: ignore[misc]
        menu.popup(place.mapToGlobal(place.rect().bottomLeft()))

    def choose(self, code: object) -> None:
        self.code = code
        if code is None:
            self.say(f"{self.field.title}: все", "caret-down")
        else:
            title = self._choices().get(code, str(code))
            self.say(f"{self.field.title}: {title}", "x")
        self.set_kind("pill" if code is None else "pill-on")
        self.chosen.emit()


class FilterStrip(QWidget):
    """changed: the search text or a filter is other than before."""

    changed = Signal()
    went_down = Signal()

    def __init__(self, record_type: RecordType, words: FieldText) -> None:
        super().__init__()
        self._words = words
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.search = QLineEdit()
        self.search.setFixedWidth(256)
        self.search.setPlaceholderText("Найти: название, номер")
        self.search.setAccessibleName("Найти")
        self._glass = QAction(icons.icon("magnifying-glass"), "", self.search)
        self.search.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.search.setClearButtonEnabled(True)
        self.count = label("", 14, tone="muted")
        line.addWidget(self.search)
        line.addWidget(self.count)
        self.pills: dict[str, Pill] = {}
        fields = [f for f in record_type.fields if f.kind in SIFTED]
        fields.sort(key=lambda f: (f.kind is Kind.FLAG, not f.listed))
        for field in fields:
            pill = Pill(field, partial(_choices_of, field, words))
            pill.chosen.connect(self.changed)
            pill.chosen.connect(self._show_pills)
            self.pills[field.key] = pill
            line.addWidget(pill)
        self.archived = Button("В архиве", "archive", kind="pill")
        self.archived.setCheckable(True)
        self.archived.toggled.connect(self._archived_toggled)
        self.add = Button("Фильтр", "plus", kind="pill", act=self._open_more)
        self._named: set[str] = {f.key for f in fields[:PILLS] if f.kind is not Kind.FLAG}
        line.addWidget(self.add)
        line.addWidget(self.archived)
        line.addStretch(1)
        self._show_pills()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LATER)
        self._timer.timeout.connect(self.changed)
        self.search.textChanged.connect(lambda _text: self._timer.start())
        self.search.returnPressed.connect(self.went_down)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_glass"):
            self._glass.setIcon(icons.icon("magnifying-glass"))

    def _archived_toggled(self, on: bool) -> None:
        self.archived.set_kind("pill-on" if on else "pill")
        self.changed.emit()

    def _open_more(self) -> None:
        menu = QMenu(self)
        for key, pill in self.pills.items():
            if pill.isHidden():
                menu.addAction(pill.field.title, lambda key=key: self.pills[key].open_at(self.add))  # type: ignore[misc]
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _show_pills(self) -> None:
        """Filters in force always, named ones as far as there is room, the rest under «Фильтр»."""
        beside = (self.search.width(), self.count.sizeHint().width(), self.archived.sizeHint().width())
        room = self.width() - sum(beside) - self.add.sizeHint().width() - 4 * GAP
        room -= sum(pill.sizeHint().width() + GAP for pill in self.pills.values() if pill.code is not None)
        for key, pill in self.pills.items():
            if pill.code is None and key in self._named:
                room -= pill.sizeHint().width() + GAP
            pill.setVisible(pill.code is not None or (key in self._named and room >= 0))
        self.add.setVisible(any(pill.isHidden() for pill in self.pills.values()))

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_pills()

    @property
    def filters(self) -> dict[str, object]:
        return {key: pill.code for key, pill in self.pills.items() if pill.code is not None}

    def show_count(self, found: int, whole: int) -> None:
        self.count.setText(integer(whole) if found == whole else f"{integer(found)} из {integer(whole)}")

    def clear(self) -> None:
        """Take off the search and every filter."""
        for pill in self.pills.values():
            if pill.code is not None:
                pill.blockSignals(True)
                pill.choose(None)
                pill.blockSignals(False)
        self._show_pills()
        self.archived.setChecked(False)
        self.search.clear()
        self.changed.emit()
