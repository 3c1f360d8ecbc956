"""The strip above a table: search, count, a pill for each filter in force and for the usual ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, cast

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.core.fields import Field, Kind, RecordType
from app.core.russian import integer
from app.ui import icons
from app.ui.desk import Desk
from app.ui.field_text import FieldText
from app.ui.filter_offers import CHOSEN, Offers, sifted_fields, told
from app.ui.filter_panel import FilterPanel
from app.ui.filter_words import cut, name_of, wanted_words
from app.ui.line_buttons import put_glass
from app.ui.widgets import Button, label, row
from app.usecases import registers
from app.usecases.titles import titles

PILLS, GAP = 3, 8
SEARCH, NARROW_SEARCH = 256, 150  # px
LEAST = 700  # px: the search, its count, «Фильтр», «В архиве» and what the page puts at the end
LATER = 0  # ms after the last key: letters that came together are sought once, and an answer takes a few ms
AT_ONCE = 8  # records of a link that are offered


class Pill(Button):
    """A filter by one field: off has an arrow down, on has its words and a cross."""

    chosen = Signal()

    def __init__(self, field: Field, strip: FilterStrip) -> None:
        super().__init__(f"{name_of(field)}: все", "caret-down", kind="pill")
        self.field = field
        self._strip = strip
        self.code: Any = None
        self.setObjectName(f"filter_{field.key}")
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands after the word
        self.clicked.connect(lambda: self.open_at(self))

    def open_at(self, place: QWidget) -> None:
        """Its values, under itself or under «Фильтр»."""
        self._strip.panel.open_at(place, self.field, self.code)

    def choose(self, wanted: Any) -> None:
        """A value, several, a Span, Contains or Filled; None takes the filter off."""
        self.code = wanted
        words = self.words or "все"
        self.say(cut(f"{name_of(self.field)}: {words}"), "caret-down" if wanted is None else "x")
        self.setToolTip(f"{name_of(self.field)}: {words}")
        self.setAccessibleName(f"Фильтр {name_of(self.field)}: {words}")
        self.set_kind("pill" if wanted is None else "pill-on")
        self.chosen.emit()

    @property
    def words(self) -> str:
        """What it wants, '' while it is off."""
        return self._strip.words_of(self.field, self.code) if self.code is not None else ""

    @property
    def told(self) -> str:
        """The filter within a sentence: «статус: действует»."""
        return told(self.field, self.words)


class FilterStrip(QWidget):
    """changed: the search text or a filter is other than before."""

    changed = Signal()
    went_down = Signal()

    def __init__(self, record_type: RecordType, words: FieldText, desk: Desk) -> None:
        super().__init__()
        self._words, self._desk = words, desk
        self._fields = {field.key: field for field in sifted_fields(record_type)}
        self.panel = FilterPanel(Offers(record_type, words, self._suggest, desk.clock.today))
        self.panel.made.connect(lambda field, wanted: self.pill_of(field.key).choose(wanted))
        self.panel.setParent(self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        self._line = row(spacing=GAP)
        self._rows = rows
        self._below: list[QWidget] = []  # lines of filters in force that found no room beside the search
        rows.addLayout(self._line)
        self.search = QLineEdit()
        self.search.setFixedWidth(SEARCH)
        self.search.setPlaceholderText("Найти: название, номер")
        self.search.setAccessibleName("Найти")
        self._glass = put_glass(self.search)
        self.count = label("", 14, tone="muted")
        self._line.addWidget(self.search)
        self._line.addWidget(self.count)
        self.pills: dict[str, Pill] = {}
        usual = sorted(
            (f for f in record_type.fields if f.kind in CHOSEN and f.key in self._fields),
            key=lambda f: (f.kind is Kind.FLAG, not f.listed),
        )
        self._named: set[str] = {f.key for f in usual[:PILLS] if f.kind is not Kind.FLAG}
        self.add = Button("Фильтр", "plus", kind="pill", key="F4", act=self.ask)
        self.add.setObjectName("filter_add")
        self.archived = Button("В архиве", "archive", kind="pill")
        self.archived.setObjectName("filter_archived")
        self.archived.setCheckable(True)
        self.archived.toggled.connect(self._archived_toggled)
        self._line.addWidget(self.add)
        self._line.addWidget(self.archived)
        self._line.addStretch(1)
        self._beside: list[QWidget] = []
        for field in usual:
            self.pill_of(field.key)
        self.fit()
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

    def put_beside(self, *buttons: QWidget) -> None:
        """What the page has at the end of the strip."""
        for button in buttons:
            self._line.addWidget(button)
            self._beside.append(button)
        self._order_tabs()
        self.fit()

    # --- filters

    def pill_of(self, key: str) -> Pill:
        """The pill of a field, made when it is first asked for."""
        if key not in self.pills:
            pill = Pill(self._fields[key], self)
            pill.chosen.connect(self.changed)
            pill.chosen.connect(self.fit)
            pill.hide()
            self._line.insertWidget(self._line.indexOf(self.add), pill)
            self.pills[key] = pill
            self._order_tabs()
        return self.pills[key]

    def _order_tabs(self) -> None:
        """Tab walks as one reads, whenever a pill was made."""
        walk = [self.search, *self.pills.values(), self.add, self.archived, *self._beside]
        for one, following in pairwise(walk):
            QWidget.setTabOrder(one, following)

    def ask(self, field: str = "") -> None:
        """Open the panel for any field, or for one."""
        if field:
            pill = self.pill_of(field)
            pill.open_at(pill if pill.isVisible() else self._anchor)
        else:
            self.panel.open_at(self._anchor, None)

    @property
    def _anchor(self) -> QWidget:
        return self.add if self.add.isVisible() else self.search

    def words_of(self, field: Field, wanted: Any) -> str:
        """What a filter wants, in words."""
        return wanted_words(field, wanted, self._words, self._title_of, self._desk.clock.today())

    def _title_of(self, field: Field, id: int) -> str:
        return self._desk.read(titles, field.register, [id]).get(id, str(id))

    def _suggest(self, field: Field, text: str) -> Any:
        return self._desk.read(registers.suggest, field.register, text, AT_ONCE)

    @property
    def filters(self) -> dict[str, object]:
        return {key: pill.code for key, pill in self.pills.items() if pill.code is not None}

    @property
    def told(self) -> Iterator[str]:
        """The search and every filter in words, as papers say them."""
        sought = self.search.text().strip()
        if sought:
            yield f"поиск «{sought}»"
        yield from (pill.told for pill in self.pills.values() if pill.code is not None)
        if self.archived.isChecked():
            yield "в архиве"

    def show_filters(self, search: str, filters: Mapping[str, Any], *, archived: bool) -> None:
        """Look at the register so, and say so once."""
        for widget in (self.search, self.archived):
            widget.blockSignals(True)
        self.search.setText(search)
        self.archived.setChecked(archived)
        self.archived.set_kind("pill-on" if archived else "pill")
        for widget in (self.search, self.archived):
            widget.blockSignals(False)
        for key in (*self.pills, *filters):
            pill = self.pill_of(key)
            wanted = filters.get(key)
            if pill.code != wanted:
                pill.blockSignals(True)
                pill.choose(wanted)
                pill.blockSignals(False)
        self._timer.stop()
        self.fit()
        self.changed.emit()

    def clear(self) -> None:
        """Take off the search and every filter."""
        self.show_filters("", {}, archived=False)

    def _archived_toggled(self, on: bool) -> None:
        self.archived.set_kind("pill-on" if on else "pill")
        self.changed.emit()

    # --- what is seen

    def show_count(self, found: int, whole: int) -> None:
        self.count.setText(integer(whole) if found == whole else f"{integer(found)} из {integer(whole)}")
        self.fit()

    def fit(self) -> None:
        """Filters in force always, in further lines at need; named ones as far as there is room."""
        beside = (self.count, self.archived, self.add, *self._beside)
        room = self.width() - sum(widget.sizeHint().width() + GAP for widget in beside) - GAP
        self.search.setFixedWidth(max(NARROW_SEARCH, min(SEARCH, room)))
        room -= self.search.width()
        line = 0
        for pill in self.pills.values():
            if pill.code is None:
                continue
            width = pill.sizeHint().width() + GAP
            if room < width:
                line, room = line + 1, self.width()
            room -= width
            self._lay(pill, line)
        room = -1 if line else room
        for key, pill in self.pills.items():
            if pill.code is None and key in self._named:
                room -= pill.sizeHint().width() + GAP
                self._lay(pill, 0)
            pill.setVisible(pill.code is not None or (key in self._named and room >= 0))
        for number, below in enumerate(self._below, 1):
            below.setVisible(number <= line)

    def _lay(self, pill: Pill, line: int) -> None:
        """Put a pill into a line of the strip, made at need."""
        while line > len(self._below):
            below = QWidget()
            below.setLayout(row(None, spacing=GAP))
            self._below.append(below)
            self._rows.addWidget(below)
        layouts = [self._line, *(below.layout() for below in self._below)]
        there = cast(QHBoxLayout, layouts[line])
        if there.indexOf(pill) >= 0:
            return
        for layout in layouts:
            if layout is not None:
                layout.removeWidget(pill)
        there.insertWidget(there.count() - 1 if line else self._line.indexOf(self.add), pill)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
