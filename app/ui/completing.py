"""A line of text with what was entered before below it: typed piece bold, most used first, keys at its foot.

The list lies in the window and never takes the focus, so that every key of the form works while it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QVBoxLayout

from app.core.fields import Field
from app.ui.editors import LineEditor
from app.ui.link_editor import ROW, ROWS, SuggestedRow, Suggestions
from app.ui.theme import colour
from app.ui.widgets import label
from app.usecases.completion import Entered, is_most_used, matching
from app.usecases.titles import Choice

FOOT = 28
NARROWEST = 320
MOST_USED = "чаще всего"
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class CompletionList(QFrame):
    """Up to six rows under a line, and a foot of keys."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__()
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._line = line
        self.model = Suggestions()
        self.view = QListView()
        self.view.setObjectName("popupRows")
        self.view.setModel(self.model)
        self.view.setItemDelegate(SuggestedRow(line))
        self.view.setUniformItemSizes(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName("Введено раньше")
        self.foot = label("стрелки — выбрать · Enter — взять · Esc — закрыть", 13, tone="muted")
        self.foot.setContentsMargins(10, 0, 10, 0)
        self.foot.setFixedHeight(FOOT)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        column.addWidget(self.view)
        column.addWidget(self.foot)
        self.hide()

    def offer(self, choices: Sequence[Choice]) -> None:
        """Show the choices under the line, above it where the window ends."""
        self.model.show_choices(choices)
        window = self._line.window()
        if not choices or not self._line.isVisible():
            self.hide()
            return
        if self.parent() is not window:
            self.setParent(window)
        height = min(len(choices), ROWS) * ROW
        self.view.setFixedHeight(height)
        self.view.setCurrentIndex(self.model.index(-1, 0))
        box = QRect(self._line.mapTo(window, QPoint(0, self._line.height() + 2)),
                    QSize(max(self._line.width(), NARROWEST), height + FOOT + 4))  # fmt: skip
        if box.bottom() > window.height():
            box.moveBottom(self._line.mapTo(window, QPoint(0, -3)).y())
        if box.right() > window.width() - 8:
            box.moveRight(window.width() - 8)
        self.setGeometry(box)
        self.show()
        self.raise_()

    @property
    def chosen(self) -> Choice | None:
        index = self.view.currentIndex()
        return index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None

    def step(self, by: int) -> None:
        """Down from the line to the first row, up from the first back to the line."""
        count = self.model.rowCount()
        now = self.view.currentIndex().row()
        self.view.setCurrentIndex(self.model.index((now + 1 + by) % (count + 1) - 1, 0))

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("field"))  # filled, not drawn: a pen loses sides where a pixel is a half
        painter.fillRect(self.rect().adjusted(1, 1, -1, -1), colour("surface"))
        painter.fillRect(QRect(1, self.height() - FOOT - 3, self.width() - 2, 1), colour("line"))
        painter.end()


class CompletedEditor(LineEditor):
    """known: asks once a typing for every text that was entered in this field before."""

    def __init__(self, field: Field, known: Callable[[], Sequence[Entered]]) -> None:
        super().__init__(field)
        self._known = known
        self.list = CompletionList(self.line)
        self.list.view.clicked.connect(lambda index: self._take(index.data(Qt.ItemDataRole.UserRole)))
        self.line.textEdited.connect(lambda text: self._offer(text, at_once=False))
        self.destroyed.connect(self.list.deleteLater)

    def _offer(self, text: str, *, at_once: bool) -> None:
        if not text.strip() and not at_once:
            self.list.hide()
            return
        shown = matching(self._known(), text)
        self.list.offer([Choice(one.text, one.text, MOST_USED if is_most_used(shown, one) else "") for one in shown])
        offered = "; ".join(one.text for one in shown)
        self.line.setAccessibleDescription(f"Предложено: {offered}" if offered else self._field.help)

    def _take(self, choice: Any) -> None:
        self.line.setText(choice.title)
        self.list.hide()
        self.edited.emit()

    def eventFilter(self, watched, event: QEvent) -> bool:
        if watched is self.line:
            if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
                self.list.hide()
            elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
                if event.key() == Qt.Key.Key_Escape and self.list.isVisible():
                    event.accept()  # else the window's Esc would leave the form
                    return True
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
                return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        """What the list makes of a key; False leaves it to the line and the form."""
        key = event.key()
        if not self.list.isVisible():
            if key == Qt.Key.Key_Down and not event.modifiers():
                self._offer(self.line.text(), at_once=True)
                return self.list.isVisible()
            return False
        if key in _STEPS:
            self.list.step(_STEPS[Qt.Key(key)])
            return True
        if key == Qt.Key.Key_Escape:
            self.list.hide()
            return True
        chosen = self.list.chosen
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab) and not event.modifiers() and chosen:
            self._take(chosen)
            return key != Qt.Key.Key_Tab  # Tab takes and goes on
        return False

