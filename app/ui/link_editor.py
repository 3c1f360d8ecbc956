"""The editor of a link: typed piece, completion below with the records that match."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit, QListView, QStyle, QStyledItemDelegate

from app.core.text import fold
from app.ui.editors import Editor, Reading
from app.ui.field_text import found_span
from app.ui.russian_qt import font
from app.ui.theme import colour

ROWS, ROW = 6, 32
NOWHERE = QModelIndex()
Suggest = Callable[[str], Sequence[Any]]


class Suggestions(QAbstractListModel):
    """Choices (code, title, hint) of the last question."""

    def __init__(self) -> None:
        super().__init__()
        self.choices: Sequence[Any] = ()

    def show_choices(self, choices: Sequence[Any]) -> None:
        self.beginResetModel()
        self.choices = choices
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.choices)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        choice = self.choices[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return choice.title
        return choice if role == Qt.ItemDataRole.UserRole else None


def typed_span(shown: str, typed: str) -> tuple[int, int] | None:
    """Where a typed word begins a word of the text, else where it stands within one: (start, length)."""
    lowered = shown.lower().replace("ё", "е")
    for word in fold(typed).split():
        found = re.search(rf"(?<!\w){re.escape(word)}", lowered)
        if found:
            return found.start(), len(word)
    return found_span(shown, typed)


class SuggestedRow(QStyledItemDelegate):
    """A suggestion: the typed piece in bold, its hint muted at the right."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line

    def sizeHint(self, option, index) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option, index) -> None:
        painter.save()
        chosen = option.state & QStyle.StateFlag.State_Selected
        painter.fillRect(option.rect, colour("select" if chosen else "surface"))
        choice = index.data(Qt.ItemDataRole.UserRole)
        box = option.rect.adjusted(10, 0, -10, 0)
        centre = int(Qt.AlignmentFlag.AlignVCenter)
        if choice.hint:
            painter.setFont(font(13))
            painter.setPen(colour("text2" if chosen else "muted"))
            hint = painter.fontMetrics().elidedText(choice.hint, Qt.TextElideMode.ElideRight, box.width() // 2)
            width = painter.fontMetrics().horizontalAdvance(hint)
            painter.drawText(box, centre | int(Qt.AlignmentFlag.AlignRight), hint)
            box.setRight(box.right() - width - 12)
        painter.setPen(colour("text"))
        self._title(painter, box, choice.title, centre)
        painter.restore()

    def _title(self, painter: QPainter, box: QRect, title: str, centre: int) -> None:
        painter.setFont(font(14))
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, box.width())
        span = typed_span(shown, self._line.text())
        start, length = span or (0, 0)
        end = start + length
        for piece, bold in ((shown[:start], False), (shown[start:end], True), (shown[end:], False)):
            painter.setFont(font(14, bold=bold))
            painter.drawText(box, centre, piece)
            box.setLeft(box.left() + painter.fontMetrics().horizontalAdvance(piece))


class LinkEditor(Editor):
    """Names a record of another register.  Text that names none is a fault.

    nothing: the word that names no record and is an answer all the same («граждане»).
    absent: says that there is no record to choose yet and what to do, or ''.
    pasted: a text of several lines came from the clipboard; only an editor that `takes_lists` says so.
    """

    pasted = Signal(str)
    takes_lists = False

    def __init__(self, suggest: Suggest, nothing: str = "", absent: Callable[[], str] = str) -> None:
        super().__init__()
        self.absent = absent
        self._suggest, self._nothing = suggest, nothing
        self._value: int | None = None
        self._title = ""
        self._why = ""  # what is wrong with a text that a list brought
        self.line = QLineEdit()
        self.line.setPlaceholderText(f"Начните вводить или «{nothing}»" if nothing else "Начните вводить")
        self._model = Suggestions()
        self.completer = QCompleter(self._model, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setMaxVisibleItems(ROWS)
        popup = QListView()
        popup.setObjectName("popup")
        self.completer.setPopup(popup)
        popup.setItemDelegate(SuggestedRow(self.line))
        popup.setUniformItemSizes(True)
        self.completer.setWidget(self.line)
        self.completer.activated[QModelIndex].connect(self._take_index)  # type: ignore[index]
        self.line.textEdited.connect(self._typed)
        self.hold(self.line)

    def _typed(self, text: str) -> None:
        self._value, self._why = None, ""
        self._model.show_choices(self._suggest(text) if text.strip() else ())
        if self._model.choices:
            self.completer.complete(QRect(0, self.line.height() + 2, max(self.line.width(), 320), 1))
            self.completer.popup().setCurrentIndex(self.completer.completionModel().index(0, 0))
            told = (f"{choice.title}, {choice.hint}" for choice in self._model.choices[:ROWS])
            self.line.setAccessibleDescription(f"Предложено: {'; '.join(told)}")
        else:
            self.line.setAccessibleDescription("")
            self.completer.popup().hide()
        self.edited.emit()

    def _take_index(self, index: QModelIndex) -> None:
        self._take(index.data(Qt.ItemDataRole.UserRole))

    def _take(self, choice: Any) -> None:
        self.fill(int(choice.code), choice.title)
        self.edited.emit()

    def eventFilter(self, watched, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and watched is self.line and not self.completer.popup().isVisible():
            self.settle()
        if (
            self.takes_lists
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Paste)
            and "\n" in (text := QApplication.clipboard().text()).strip()
        ):
            self.pasted.emit(text)
            return True
        return super().eventFilter(watched, event)

    def settle(self) -> None:
        """Take the one record that the typed text names."""
        text = self.line.text().strip()
        if self._value is None and text and not self.said_nothing:
            found = self._suggest(text)
            same = [choice for choice in found if choice.title.strip().lower() == text.lower()]
            if len(found) == 1 or len(same) == 1:
                self._take((same or list(found))[0])

    @property
    def said_nothing(self) -> bool:
        """Was the word typed that names no record?"""
        return bool(self._nothing) and self.line.text().strip().lower() == self._nothing

    def read(self) -> Reading:
        text = self.line.text().strip()
        if not text or self.said_nothing:
            return None, None
        if self._value is None:
            return None, self._why or self.absent() or "Выберите запись из списка под полем."
        return self._value, None

    def say_nothing(self) -> None:
        """Answer with the word that names no record."""
        self.fill(None, self._nothing)

    def say_unknown(self, text: str, why: str) -> None:
        """Show a text that names no record, for her to choose by.  why: the fault it has until then."""
        self.fill(None, text)
        self._why = why

    def fill(self, value: Any, title: str = "") -> None:
        self._value, self._why = value, ""
        self._title = str(title or (value if value is not None else ""))
        self.line.setText(self._title)
        self.line.setCursorPosition(0)

    def state(self) -> list[Any]:
        return [self._value, self.line.text()]

    def restore(self, state: Any) -> None:
        """The record with its words; what was typed and names none stands as it was typed."""
        value, text = state if isinstance(state, list) and len(state) == 2 else (None, "")
        self.fill(value if isinstance(value, int) else None, text if isinstance(text, str) else "")
