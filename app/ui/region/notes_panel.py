"""The panel beside a picture: a verdict, and notes in groups, each a stop of Tab that opens what it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.russian import integer
from app.ui.naming import name_widgets
from app.ui.theme import colour
from app.ui.widgets import Card, Icon, clear, label, lay_now, row, scrolled, set_tone, wrapped

WIDTH = 320
ICONS = {"err": "warning-circle", "warn": "warning", "ok": "check-circle", "": "info"}


@dataclass(frozen=True)
class Note:
    """title in bold, beside it at the right, text under them.  act: what Enter does; None for words alone."""

    title: str
    text: str = ""
    beside: str = ""
    tone: str = ""
    act: Callable[[], object] | None = None


@dataclass(frozen=True)
class Group:
    """A band with its count, and its notes."""

    title: str
    beside: str
    notes: tuple[Note, ...]
    tone: str = ""


class NoteView(QWidget):
    """One note."""

    def __init__(self, note: Note, width: int) -> None:
        super().__init__()
        self.note = note
        self.setAccessibleName(". ".join(filter(None, (note.title, note.beside, note.text))))
        if note.act is not None:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 8)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        beside = label(note.beside, 13, tone="muted")
        room = width - 54 - 24 - (beside.sizeHint().width() + 8 if note.beside else 0)
        if note.tone:
            head.addWidget(Icon(ICONS[note.tone], note.tone), 0, Qt.AlignmentFlag.AlignTop)
        else:
            room += 24
        head.addWidget(wrapped(note.title, room, bold=True), 0, Qt.AlignmentFlag.AlignTop)
        head.addStretch(1)
        head.addWidget(beside, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        if note.text:
            column.addWidget(wrapped(note.text, width - 54, 13, tone="text2"))

    def mousePressEvent(self, event) -> None:
        self._do()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._do()
        else:
            super().keyPressEvent(event)

    def _do(self) -> None:
        if self.note.act is not None:
            self.note.act()

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setPen(colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        if self.hasFocus():
            pen = painter.pen()
            pen.setColor(colour("accent"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -2))
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)


MOST = 100
"""Notes of a group that are shown; nobody reads more in a panel."""


def shown(group: Group) -> Sequence[Note]:
    """The notes of a group, of very many the first and how many there are more."""
    more = len(group.notes) - MOST
    return group.notes if more <= 0 else (*group.notes[:MOST], Note(f"…и ещё {integer(more)}", ""))


class NotesPanel(Card):
    """A verdict at the top and groups of notes that scroll."""

    def __init__(self, width: int = WIDTH) -> None:
        super().__init__(margin=1, spacing=0)
        self.setFixedWidth(width)
        self._width = width
        self.verdict = QWidget()
        self.verdict.setObjectName("verdict")
        self.verdict.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.verdict.setFixedHeight(64)
        self.icon = Icon("check-circle", "ok", 32)
        self.title = label("", 20, bold=True)
        self.counts = label("", 13)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.counts)
        line = QHBoxLayout(self.verdict)
        line.setContentsMargins(16, 6, 12, 6)
        line.setSpacing(12)
        line.addWidget(self.icon)
        line.addLayout(words, 1)
        self.rows.addWidget(self.verdict)
        self._inner = QWidget()
        self._list = QVBoxLayout(self._inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self.area = scrolled(self._inner)
        self.rows.addWidget(self.area, 1)
        self.views: list[NoteView] = []

    def say(self, tone: str, title: str, counts: str) -> None:
        """The verdict."""
        self.icon.show_icon(ICONS[tone], tone or "text2")
        set_tone(self.verdict, tone)
        for words, text in ((self.title, title), (self.counts, counts)):
            words.setText(text)
            set_tone(words, tone)

    def show_groups(self, groups: Sequence[Group]) -> None:
        clear(self._list)
        self.views = []
        for group in groups:
            band = QWidget()
            band.setObjectName("band")
            band.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            band.setFixedHeight(30)
            words = (label(group.title, 13, bold=True, tone=group.tone), label(group.beside, 13, tone="text2"))
            band.setLayout(row(*words, None, margins=(16, 0, 12, 0)))
            self._list.addWidget(band)
            for note in shown(group):
                view = NoteView(note, self._width)
                self.views.append(view)
                self._list.addWidget(view)
        self._list.addStretch(1)
        name_widgets(self, "notes")
        lay_now(self._inner)

    def walk(self, step: int) -> None:
        """F8: the next note that opens something, round and round."""
        stops = [view for view in self.views if view.note.act is not None]
        if not stops:
            return
        here = next((place for place, view in enumerate(stops) if view.hasFocus()), -1 if step > 0 else 0)
        chosen = stops[(here + step) % len(stops)]
        chosen.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(chosen)
