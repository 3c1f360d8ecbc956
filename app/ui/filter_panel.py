"""The panel where a filter is made: one line, and below it what fits, taken by Enter; several by Ins."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.core.fields import Field, Kind
from app.ui.filter_offers import LINKED, Offer, Offers
from app.ui.filter_words import name_of
from app.ui.tick_rows import TickRows
from app.ui.widgets import label
from app.usecases.record_filters import SPANNED

WIDTH, ROWS, ROW, TICK = 400, 9, 30, 28
AROUND = 128  # px of the panel besides its rows, and of what stays free below it
_DATES = "Этот квартал, 2025, с 01.10, 01.10 – 15.10"
HINTS = {
    Kind.DATE: _DATES, Kind.QUARTER: "Этот квартал, III кв 2026, 2025", Kind.YEAR: "2026",
    Kind.MONEY: "От 50 000, 700 – 1 000", Kind.AMOUNT: "От 10, 2 – 8", Kind.COUNT: "От 10, 2 – 8",
}  # fmt: skip
ANY = "Поле или значение: поселение, мурино, прошлый квартал"
KEYS = "Enter — выбрать · Esc — закрыть"
KEYS_OF_CHOICES = "Enter — выбрать · Ins — отметить несколько · Esc — закрыть"


class FilterPanel(QFrame):
    """Lies over the page.  made(field, wanted): a filter was chosen; wanted None takes it off.

    Asked for a field it offers its values; asked for none, fields and values of all of them.
    """

    made = Signal(object, object)
    closed = Signal()

    def __init__(self, offers: Offers) -> None:
        super().__init__()
        self.setObjectName("dialogCard")
        self.setFixedWidth(WIDTH)
        self._offers = offers
        self._field: Field | None = None
        self._ticked: list[Any] = []
        self._chosen: Any = None
        self._back: QWidget | None = None
        self._room = ROWS
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        self.title = label("", 14, bold=True)
        self.line = QLineEdit()
        self.list = QListWidget()
        self.list.setAccessibleName("Варианты отбора")
        self.list.setObjectName("filter_offers")
        self.line.setObjectName("filter_line")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(TickRows(self.list))
        self.keys = label("", 13, tone="muted")
        for widget in (self.title, self.line, self.list, self.keys):
            column.addWidget(widget)
        self.line.textChanged.connect(lambda _text: self._ask())
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(self._clicked)
        self.hide()

    # --- opening and closing

    def open_at(self, place: QWidget, field: Field | None, wanted: Any = None) -> None:
        """Under a widget of the page: for a field with what it is filtered by now, or for any field."""
        page = place.window()
        now = QApplication.focusWidget()
        self._back = None if now is not None and self.isAncestorOf(now) else now
        self.setParent(page)
        spot = place.mapTo(page, QPoint(0, place.height() + 4))
        self._room = max(3, (page.height() - spot.y() - AROUND) // ROW)
        self._show_field(field, wanted)
        self.move(max(8, min(spot.x(), page.width() - WIDTH - 8)), spot.y())
        self.show()
        self.raise_()
        self.line.setFocus()

    def close_panel(self) -> None:
        if self.isHidden():
            return
        self.hide()
        if self._back is not None and self._back.isVisible():
            self._back.setFocus()
        self.closed.emit()

    def _show_field(self, field: Field | None, wanted: Any = None) -> None:
        self._field = field
        self._chosen = wanted
        self._ticked = list(wanted) if isinstance(wanted, tuple) else []
        self.title.setText(name_of(field) if field is not None else "Отбор")
        chosen = field is not None and field.kind in (Kind.CHOICE, Kind.CHOICES)
        self.keys.setText(KEYS_OF_CHOICES if chosen else KEYS)
        hint = ANY
        if field is not None:
            hint = HINTS.get(field.kind, "Начните вводить" if chosen or field.kind in LINKED else "Что содержит")
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(f"Отбор: {field.title}" if field is not None else "Отбор: поле или значение")
        self.line.clear()
        self._ask()

    # --- what is offered

    @property
    def shown(self) -> list[str]:
        """The lines that are offered."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    def _ask(self) -> None:
        text = self.line.text()
        found = self._offers.any_field(text) if self._field is None else self._offers.of_field(self._field, text)
        self.list.clear()
        if self._chosen is not None and not text and self._field is not None:
            self._add(Offer(self._field, "Снять фильтр"), remove=True)
        for offer in found:
            self._add(offer)
        start = 1 if self._chosen is not None and not text and self.list.count() > 1 else 0
        self.list.setCurrentRow(start if self.list.count() else -1)
        rows = max(1, min(ROWS, self._room, self.list.count()))
        self.list.setFixedHeight(rows * ROW + 4)
        self.list.setVisible(bool(self.list.count()))
        if not self.list.count():
            wrong = self._field is not None and self._field.kind in SPANNED
            self.keys.setText("Не прочитано: посмотрите образец в строке" if wrong else "Ничего не подходит")
        elif self.keys.text().startswith("Н"):
            self.keys.setText(KEYS)
        self.adjustSize()

    def _add(self, offer: Offer, *, remove: bool = False) -> None:
        item = QListWidgetItem(offer.title)
        item.setData(Qt.ItemDataRole.UserRole, (offer, remove))
        item.setToolTip(offer.title)
        if offer.code is not None and self._field is not None and offer.field.kind is not Kind.FLAG:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            ticked = offer.code in self._ticked
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.list.addItem(item)

    # --- taking

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if watched is not self.line or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
            return True
        if key == Qt.Key.Key_Insert:
            self._tick(self.list.currentItem())
            return True
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape):
            self.close_panel()
            return True
        return False

    def _clicked(self, item: QListWidgetItem) -> None:
        """A click on the tick ticks, a click on the words takes."""
        spot = self.list.viewport().mapFromGlobal(self.cursor().pos())
        if item.data(Qt.ItemDataRole.CheckStateRole) is not None and spot.x() < TICK:
            self._tick(item)
        else:
            self.take()

    def _tick(self, item: QListWidgetItem | None) -> None:
        if item is None or item.data(Qt.ItemDataRole.CheckStateRole) is None:
            return
        offer: Offer = item.data(Qt.ItemDataRole.UserRole)[0]
        if offer.code in self._ticked:
            self._ticked.remove(offer.code)
        else:
            self._ticked.append(offer.code)
        on = offer.code in self._ticked
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(min(self.list.row(item) + 1, self.list.count() - 1))

    def take(self) -> None:
        """The current line: a field opens its values, a value makes the filter; ticked ones go together."""
        item = self.list.currentItem()
        if item is None:
            return
        offer, remove = item.data(Qt.ItemDataRole.UserRole)
        if self._field is None and offer.wanted is None:
            self._show_field(offer.field)
            return
        wanted = offer.wanted
        if offer.code is not None and self._ticked:
            wanted = tuple(self._ticked) if len(self._ticked) > 1 else self._ticked[0]
        self.made.emit(offer.field, None if remove else wanted)
        self.close_panel()
