"""Editors of values: a kind of field has its editor, with one way to read, fill and mark it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QDate, QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from app.core.fields import Field, Kind
from app.core.russian import day
from app.core.values import parse, show
from app.ui import icons
from app.ui.field_text import NUMBERS
from app.ui.line_buttons import put_inside
from app.ui.tick import Tick
from app.ui.widgets import set_tone

Reading = tuple[Any, str | None]
"""A value and what is wrong with it."""


_BRIEFLY = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class Editor(QWidget):
    """edited: at each change.  left: the focus went elsewhere.  `box` is what takes the focus."""

    edited = Signal()
    left = Signal()
    box: QWidget

    def hold(self, box: QWidget, *beside: QWidget) -> None:
        """Lay out the widget that takes the focus, and watch it."""
        self.box = box
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(box, 1)
        for widget in beside:
            line.addWidget(widget)
        self.setFocusProxy(box)
        box.installEventFilter(self)

    def eventFilter(self, watched, event: QEvent) -> bool:
        # The list under a field, its menu, another window: she has not left the field yet.
        lost = isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _BRIEFLY
        if lost and watched is self.box:
            self.left.emit()
        return False

    def read(self) -> Reading:
        raise NotImplementedError

    def fill(self, value: Any, title: str = "") -> None:
        raise NotImplementedError

    def state(self) -> Any:
        """What stands in the editor as it was typed, sound or not: plain JSON, for a draft."""
        return self.read()[0]

    def restore(self, state: Any) -> None:
        """Show again what `state` told; what cannot be a state of this editor is passed over."""
        self.fill(state)

    def mark(self, tone: str) -> None:
        set_tone(self.box, tone)


class LineEditor(Editor):
    """One line of text, a number or an identifier: the kind parses and shows it."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._field = field
        self.line = QLineEdit()
        if field.kind in NUMBERS:
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.hold(self.line)

    def read(self) -> Reading:
        found = parse(self._field.kind, self.line.text())
        return found.value, found.fault

    def fill(self, value: Any, title: str = "") -> None:
        self.line.setText(show(self._field.kind, value))
        self.line.setCursorPosition(0)

    def state(self) -> str:
        return self.line.text()

    def restore(self, state: Any) -> None:
        self.line.setText(state if isinstance(state, str) else "")


class DateEditor(LineEditor):
    """A date may be empty: a line with a calendar at its end; the space bar writes today."""

    def __init__(self, field: Field, today) -> None:
        super().__init__(field)
        self._today = today
        self.line.setPlaceholderText("ДД.ММ.ГГГГ")
        self._sheet_action = put_inside(self.line, "calendar-blank", "Календарь", self._open, at_end=True)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_sheet_action"):
            self._sheet_action.setIcon(icons.icon("calendar-blank"))

    def eventFilter(self, watched, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
            and not self.line.text()
        ):
            self.line.setText(day(self._today()))
            self.edited.emit()
            return True
        return super().eventFilter(watched, event)

    def _open(self) -> None:
        sheet = QCalendarWidget(self)
        sheet.setWindowFlag(Qt.WindowType.Popup)
        sheet.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        value = self.read()[0] or self._today()
        sheet.setSelectedDate(QDate(value.year, value.month, value.day))
        sheet.clicked.connect(lambda chosen: self._take(sheet, chosen))
        sheet.activated.connect(lambda chosen: self._take(sheet, chosen))
        sheet.move(self.mapToGlobal(self.rect().bottomLeft()))
        sheet.show()

    def _take(self, sheet: QCalendarWidget, chosen: QDate) -> None:
        self.line.setText(chosen.toString("dd.MM.yyyy"))
        sheet.close()
        sheet.deleteLater()
        self.edited.emit()


class NoteEditor(Editor):
    """Several lines; Tab goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(76)
        self.text.textChanged.connect(self.edited)
        self.hold(self.text)

    def read(self) -> Reading:
        return self.text.toPlainText().strip() or None, None

    def fill(self, value: Any, title: str = "") -> None:
        self.text.setPlainText(value or "")

    def state(self) -> str:
        return self.text.toPlainText()

    def restore(self, state: Any) -> None:
        self.text.setPlainText(state if isinstance(state, str) else "")


class FlagEditor(Editor):
    """A tick with the field's own name beside it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.tick = Tick(title)
        self.tick.setFixedHeight(32)
        self.tick.toggled.connect(lambda _on: self.edited.emit())
        self.hold(self.tick)

    def read(self) -> Reading:
        return self.tick.isChecked(), None

    def fill(self, value: Any, title: str = "") -> None:
        self.tick.setChecked(bool(value))


WIDTHS: dict[Kind, int] = {
    Kind.DATE: 160, Kind.MONEY: 168, Kind.AMOUNT: 136, Kind.COUNT: 112, Kind.YEAR: 96, Kind.QUARTER: 176,
    Kind.OGRN: 176, Kind.INN: 152, Kind.KPP: 128, Kind.MINJUST: 152, Kind.PHONE: 200, Kind.EMAIL: 232,
    Kind.URL: 264, Kind.CHOICE: 232, Kind.FLAG: 232, Kind.LINK: 360, Kind.LINKS: 360, Kind.CHOICES: 740,
    Kind.NOTE: 740,
}  # fmt: skip
FILLING = frozenset({Kind.TEXT, Kind.NOTE, Kind.LINK, Kind.LINKS, Kind.CHOICES})


def width_of(field: Field) -> int:
    """Px by what the content usually takes."""
    if field.kind is Kind.TEXT:
        return min(740, max(136, field.width * 9 + 24))
    return WIDTHS[field.kind]
