"""Editors of values: a kind of field has its editor, with one way to read, fill and mark it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QDate, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.core.fields import Field, Kind
from app.core.russian import day
from app.core.values import parse, show
from app.ui import icons
from app.ui.field_text import NUMBERS
from app.ui.theme import colour
from app.ui.widgets import Button, set_tone

Reading = tuple[Any, str | None]
"""A value and what is wrong with it."""


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
        if event.type() == QEvent.Type.FocusOut and watched is self.box:
            self.left.emit()
        return False

    def read(self) -> Reading:
        raise NotImplementedError

    def fill(self, value: Any, title: str = "") -> None:
        raise NotImplementedError

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


class DateEditor(LineEditor):
    """A date may be empty: a line with a calendar at its end; the space bar writes today."""

    def __init__(self, field: Field, today) -> None:
        super().__init__(field)
        self._today = today
        self.line.setPlaceholderText("ДД.ММ.ГГГГ")
        self._sheet_action = self.line.addAction(
            icons.icon("calendar-blank"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._sheet_action.setToolTip("Календарь")
        self._sheet_action.triggered.connect(self._open)

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


class FlagEditor(Editor):
    """A tick with the field's own name beside it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.tick = QCheckBox(title)
        self.tick.setFixedHeight(32)
        self.tick.toggled.connect(lambda _on: self.edited.emit())
        self.hold(self.tick)

    def read(self) -> Reading:
        return self.tick.isChecked(), None

    def fill(self, value: Any, title: str = "") -> None:
        self.tick.setChecked(bool(value))


class Combo(QComboBox):
    """A combo box that paints itself: a QSS border would take its arrow away."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(32)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(14)

    def sizeHint(self) -> QSize:
        return QSize(160, 32)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 32)

    def wheelEvent(self, event) -> None:
        event.ignore()  # a page that scrolls must not change a choice on its way

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = str(self.property("tone") or "")
        strong = self.hasFocus() or tone
        name = {"err": "err_line", "warn": "warn_line"}.get(tone, "accent" if self.hasFocus() else "field")
        pen = painter.pen()
        pen.setColor(colour(name))
        pen.setWidth(2 if strong else 1)
        painter.setPen(pen)
        painter.setBrush(colour("surface" if self.isEnabled() else "raised"))
        inset = 1 if strong else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)
        painter.drawPixmap(self.width() - 28, 8, icons.pixmap("caret-down", "text2", 16))
        text = self.currentText() or self.placeholderText()
        painter.setPen(colour("text" if self.currentText() else "muted"))
        box = self.rect().adjusted(11, 0, -32, 0)
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()


class ChoiceEditor(Editor):
    """One code of a dictionary, chosen by its title.  choices: code -> title."""

    def __init__(self, choices: dict[str, str], *, required: bool = False) -> None:
        super().__init__()
        self.combo = Combo()
        self.combo.setPlaceholderText("Выберите")
        if not required:
            self.combo.addItem("", None)
        for code, title in choices.items():
            self.combo.addItem(title, code)
        self.combo.setCurrentIndex(-1)
        self.combo.currentIndexChanged.connect(lambda _i: self.edited.emit())
        self.hold(self.combo)

    def read(self) -> Reading:
        return self.combo.currentData(), None

    def fill(self, value: Any, title: str = "") -> None:
        place = self.combo.findData(value) if value is not None else -1
        if place < 0 and value is not None:  # hidden or expired since: kept as it is
            self.combo.addItem(title or str(value), value)
            place = self.combo.count() - 1
        self.combo.setCurrentIndex(place)


class ChoicesEditor(Editor):
    """Several codes of a dictionary: a list with ticks."""

    def __init__(self, choices: dict[str, str]) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setFixedHeight(min(8, max(2, len(choices))) * 26 + 6)
        self.list.setProperty("boxed", "true")
        for code, title in choices.items():
            self._add(code, title)
        self.list.itemChanged.connect(lambda _item: self.edited.emit())
        self.hold(self.list)

    def _add(self, code: str, title: str) -> QListWidgetItem:
        item = QListWidgetItem(title)
        item.setData(Qt.ItemDataRole.UserRole, code)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(Qt.CheckState.Unchecked)
        item.setToolTip(title)
        item.setSizeHint(QSize(10, 26))
        self.list.addItem(item)
        return item

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(i) for i in range(self.list.count())]

    def read(self) -> Reading:
        chosen = (item for item in self._items() if item.checkState() == Qt.CheckState.Checked)
        return tuple(item.data(Qt.ItemDataRole.UserRole) for item in chosen), None

    def fill(self, value: Any, title: str = "") -> None:
        wanted = set(value or ())
        known = {item.data(Qt.ItemDataRole.UserRole): item for item in self._items()}
        for code in wanted - set(known):
            known[code] = self._add(code, code)
        for code, item in known.items():
            item.setCheckState(Qt.CheckState.Checked if code in wanted else Qt.CheckState.Unchecked)


class LinksEditor(Editor):
    """Several records of another register: a field that adds, and the chosen ones below."""

    def __init__(self, adder: Editor, name_of: Callable[[int], str]) -> None:
        super().__init__()
        self._chosen: dict[int, str] = {}
        self._name_of = name_of
        self.adder = adder
        self.box = adder.box
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        self._rows.addWidget(adder)
        self.setFocusProxy(adder)
        adder.edited.connect(self._take)
        adder.left.connect(self.left)

    def _take(self) -> None:
        value, fault = self.adder.read()
        if value is not None and fault is None:
            self._chosen[value] = self.adder.box.text()
            self.adder.fill(None)
            self._show()
        self.edited.emit()

    def _show(self) -> None:
        while self._rows.count() > 1:
            item = self._rows.takeAt(1)
            item.widget().deleteLater()
        for key, title in self._chosen.items():
            button = Button(title, "x", kind="pill-on", act=partial(self._drop, key))
            button.setToolTip("Убрать")
            self._rows.addWidget(button)

    def _drop(self, key: int) -> None:
        self._chosen.pop(key, None)
        self._show()
        self.edited.emit()

    def read(self) -> Reading:
        return tuple(self._chosen), None

    def fill(self, value: Any, title: str = "") -> None:
        self._chosen = {key: self._name_of(key) for key in value or ()}
        self._show()

    def mark(self, tone: str) -> None:
        set_tone(self.adder.box, tone)


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
