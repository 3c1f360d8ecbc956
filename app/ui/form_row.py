"""A field in a form: label above, editor, and one reserved line for the fault or the hint."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.fields import Field, Kind
from app.ui import icons
from app.ui.editors import FILLING, Editor, Reading, width_of
from app.ui.link_editor import LinkEditor
from app.ui.russian_qt import font
from app.ui.theme import colour
from app.ui.widgets import label

_NO_ANSWER = {
    Kind.CHOICE: "Выберите из списка.",
    Kind.LINK: "Выберите из списка.",
    Kind.LINKS: "Выберите хотя бы одну запись.",
    Kind.CHOICES: "Отметьте хотя бы одно.",
    Kind.DATE: "Укажите дату.",
    Kind.MONEY: "Укажите сумму.",
    Kind.YEAR: "Нужен год.",
}


class MessageLine(QWidget):
    """16 px for either the fault or the hint; reserved, so that nothing jumps.

    In a `FormLine` the sentence may run on under the neighbours that say nothing.
    """

    def __init__(self, hint: str = "") -> None:
        super().__init__()
        self._hint = hint
        self.fault, self._tone = "", ""
        self.setFixedHeight(18)

    @property
    def text(self) -> str:
        return self.fault or self._hint

    def say(self, fault: str, tone: str = "err") -> None:
        self.fault, self._tone = fault, tone
        self.setToolTip(fault)
        above = self._line()
        (above or self).update()

    def _line(self) -> FormLine | None:
        parent = self.parentWidget()
        above = parent.parentWidget() if parent is not None else None
        return above if isinstance(above, FormLine) else None

    def paintEvent(self, _event) -> None:
        if self._line() is None:
            painter = QPainter(self)
            self.paint_at(painter, self.rect())
            painter.end()

    def paint_at(self, painter: QPainter, box: QRect) -> None:
        painter.setFont(font(13))
        left = box.adjusted(0, 2, 0, 0)
        if self.fault:
            name = "warning-circle" if self._tone == "err" else "warning"
            painter.drawPixmap(left.left(), left.top(), icons.pixmap(name, self._tone, 16))
            left.setLeft(left.left() + 22)
        painter.setPen(colour(self._tone if self.fault else "muted"))
        shown = painter.fontMetrics().elidedText(self.text, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, int(Qt.AlignmentFlag.AlignVCenter), shown)


class FormLine(QWidget):
    """Rows side by side; paints their messages, each as far as the next one that says something."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(16)
        self.rows: list[FormRow] = []

    def add(self, row: FormRow, stretch: int = 0) -> None:
        self.rows.append(row)
        self.line.addWidget(row, stretch, Qt.AlignmentFlag.AlignTop)

    def finish(self) -> FormLine:
        """No more rows: fixed ones stay at the left."""
        self.line.addStretch(1)
        return self

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        shown = [row for row in self.rows if row.isVisibleTo(self)]
        covered = 0  # by a fault: a hint that it reaches gives way
        for place, row in enumerate(shown):
            spot = row.message.mapTo(self, QPoint(0, 0))
            fault = bool(row.message.fault)
            if not row.message.text or (not fault and spot.x() < covered):
                continue
            others = [r for r in shown[place + 1 :] if (r.message.fault if fault else r.message.text)]
            right = others[0].x() - 16 if others else self.width()
            row.message.paint_at(painter, QRect(spot.x(), spot.y(), right - spot.x(), 18))
            if fault:
                painter.setFont(font(13))
                words = painter.fontMetrics().horizontalAdvance(row.message.fault)
                covered = min(right, spot.x() + 22 + words + 16)
        painter.end()


LONG_TITLES = 40
"""Signs of the titles that a choice is declared to have, from which on it fills its line as text does."""


class FormRow(QWidget):
    """One field.  edited: its value changed; fault is what stands under it."""

    edited = Signal()

    def __init__(self, field: Field, editor: Editor) -> None:
        super().__init__()
        self.field = field
        self.editor = editor
        self.fault = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        title = "" if field.kind is Kind.FLAG else field.title + ("\u00a0*" if field.required else "")
        self.label = label(title, 13, tone="text2")
        self.label.setBuddy(editor)
        self.label.setFixedHeight(18)
        self.message = MessageLine(field.help)
        column.addWidget(self.label)
        column.addWidget(editor)
        column.addWidget(self.message)
        if field.kind in FILLING or (field.kind is Kind.CHOICE and field.width >= LONG_TITLES):
            self.setMinimumWidth(min(width_of(field), 200))
        else:
            self.setFixedWidth(max(width_of(field), self.label.sizeHint().width()))
        editor.box.setAccessibleName(field.title)
        editor.box.setAccessibleDescription(field.help)
        editor.edited.connect(self._edited)
        editor.left.connect(self.check)

    def read(self) -> Reading:
        """The value and its fault by the kind and by «required»."""
        value, fault = self.editor.read()
        if fault is None and self.field.required and (value is None or value == ()):
            absent = self.editor.absent() if isinstance(self.editor, LinkEditor) else ""
            fault = absent or _NO_ANSWER.get(self.field.kind, "Заполните поле.")
        return value, fault

    def check(self) -> None:
        """On leaving the field: its own fault; an empty required one waits for saving."""
        value, fault = self.read()
        if fault is None or not (value is None and self.editor.read()[1] is None):
            self.show_fault(fault or "")

    def _edited(self) -> None:
        if self.fault:
            self.show_fault(self.read()[1] or "")
        self.edited.emit()

    def show_fault(self, fault: str) -> None:
        self.fault = fault
        self.message.say(fault)
        self.editor.mark("err" if fault else "")
        self.editor.box.setAccessibleDescription(fault or self.field.help)
