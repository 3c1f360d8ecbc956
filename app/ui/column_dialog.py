"""Columns to be ticked and put in order: of a table (F7) and of what is exported (Ctrl+E)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.core.fields import Field
from app.ui.dialogs import Dialog
from app.ui.tick_rows import TickRows
from app.ui.widgets import Button, label, row

STEP = 16  # px of one key
SHOWN, ROW = 11, 28
AROUND = 262  # px of the dialog beside its list
ALT = Qt.KeyboardModifier.AltModifier


class FieldTicks(QListWidget):
    """Fields with ticks, ticked ones first in their order.  Space ticks, Alt+arrows move.

    sized: Alt with an arrow to a side: the current column is wanted so many px wider.
    """

    changed = Signal()
    sized = Signal(int)

    def __init__(self, offered: Sequence[Field], chosen: Sequence[str], shown: int = SHOWN) -> None:
        super().__init__()
        self.setProperty("boxed", "true")
        self.setAccessibleName("Столбцы")
        self.setObjectName("columns")
        self.setItemDelegate(TickRows(self))
        self._offered = {field.key: field for field in offered}
        self.show_rows(shown)
        self.show_chosen(chosen)
        self.itemChanged.connect(lambda _item: self.changed.emit())

    def show_rows(self, shown: int) -> None:
        """How many fields are seen at once."""
        self.setFixedHeight(shown * ROW + 8)

    def show_chosen(self, chosen: Sequence[str]) -> None:
        """Tick these, in this order, and no others."""
        wanted = [key for key in chosen if key in self._offered]
        self.blockSignals(True)
        self.clear()
        for key in (*wanted, *(key for key in self._offered if key not in wanted)):
            field = self._offered[key]
            item = QListWidgetItem(field.title + (" — персональные данные" if field.personal else ""))
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setSizeHint(QSize(10, ROW))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if key in wanted else Qt.CheckState.Unchecked)
            self.addItem(item)
        self.setCurrentRow(0)
        self.blockSignals(False)
        self.changed.emit()

    @property
    def chosen(self) -> tuple[str, ...]:
        items = (self.item(place) for place in range(self.count()))
        ticked = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        return tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in ticked)

    @property
    def current(self) -> str:
        place = self.currentRow()
        return str(self.item(place).data(Qt.ItemDataRole.UserRole)) if place >= 0 else ""

    def tick(self, key: str, *, on: bool = True) -> None:
        for place in range(self.count()):
            if self.item(place).data(Qt.ItemDataRole.UserRole) == key:
                self.item(place).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def move_current(self, step: int) -> None:
        """One place up or down."""
        place = self.currentRow()
        if not 0 <= place + step < self.count():
            return
        self.blockSignals(True)
        self.insertItem(place + step, self.takeItem(place))
        self.setCurrentRow(place + step)
        self.blockSignals(False)
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        sides = {Qt.Key.Key_Left: -STEP, Qt.Key.Key_Right: STEP}
        if event.modifiers() & ALT and event.key() in steps:
            self.move_current(steps[Qt.Key(event.key())])
        elif event.modifiers() & ALT and event.key() in sides:
            self.sized.emit(sides[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # of the dialog
        else:
            super().keyPressEvent(event)
            if event.key() == Qt.Key.Key_Space:
                self.keyboardSearch("")  # what is typed next begins another word


class ColumnDialog(Dialog):
    """F7.  take(keys from left to right, px of those that were sized); reset: the usual ones."""

    manual = "tables.md"

    def __init__(
        self, offered: Sequence[Field], chosen: Sequence[str], usual: Sequence[str], widths: dict[str, int],
        take: Callable[[tuple[str, ...], dict[str, int]], object], reset: Callable[[], object],
    ) -> None:  # fmt: skip
        super().__init__("Столбцы таблицы", deed="Показать", act=self._do)
        self._take, self._reset, self._usual = take, reset, tuple(usual)
        self._shown, self._widths = dict(widths), dict[str, int]()
        self._back_to_usual = False
        self.list = FieldTicks(offered, chosen)
        self.body.addWidget(self.list)
        self.up = Button("Выше", "arrow-up", act=lambda: self._move(-1))
        self.down = Button("Ниже", "arrow-down", act=lambda: self._move(1))
        self.narrower = Button("Уже", "caret-left", act=lambda: self._size(-STEP))
        self.wider = Button("Шире", "caret-right", act=lambda: self._size(STEP))
        self.as_usual = Button("Как обычно", "arrow-counter-clockwise", kind="link", act=self._show_usual)
        self.body.addLayout(row(self.up, self.down, self.narrower, self.wider, None, self.as_usual))
        self.told = label("", 13, tone="muted")
        self.body.addWidget(self.told)
        self.list.currentRowChanged.connect(lambda _row: self._tell())
        self.list.changed.connect(self._tell)
        self.list.sized.connect(self._size)
        self._tell()

    def open_over(self, window: QWidget, first: QWidget | None = None) -> Dialog:
        self.list.show_rows(max(4, min(SHOWN, (window.height() - AROUND) // ROW)))
        return super().open_over(window, first)

    def _tell(self) -> None:
        key = self.list.current
        px = self._widths.get(key) or self._shown.get(key)
        width = f" · ширина {px}" if px else ""
        self.told.setText(f"Пробел — показать · Alt+стрелки — подвинуть, сузить, расширить{width}")

    def _move(self, step: int) -> None:
        self._back_to_usual = False
        self.list.move_current(step)

    def _size(self, step: int) -> None:
        key = self.list.current
        self._back_to_usual = False
        self._widths[key] = max(48, (self._widths.get(key) or self._shown.get(key, 120)) + step)
        self._tell()

    def _show_usual(self) -> None:
        self.list.show_chosen(self._usual)
        self._back_to_usual = True
        self.list.setFocus()

    def _do(self) -> bool:
        chosen = self.list.chosen
        if not chosen:
            self.refuse("Отметьте хотя бы один столбец.")
            return False
        if self._back_to_usual and chosen == self._usual:
            self._reset()
        else:
            self._take(chosen, self._widths)
        return True
