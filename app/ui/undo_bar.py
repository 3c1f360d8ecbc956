"""The bar that says what was just written and takes it back: 10 s, one at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui import icons
from app.ui.theme import colour
from app.ui.widgets import Button, ElidingLabel

WIDTH, HEIGHT, STAYS = 640, 48, 10_000


class UndoBar(QWidget):
    """Dark, bottom centre, above the status line; stays longer under the pointer or with the focus."""

    def __init__(self, parent: QWidget, undo: Callable[[], None], foot: Callable[[], int] = lambda: 0) -> None:
        """foot: px at the foot of the page that it must not cover, asked whenever it takes its place."""
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._foot = foot
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS)
        self._timer.timeout.connect(self._leave)
        line = QHBoxLayout(self)
        line.setContentsMargins(48, 8, 8, 8)
        line.setSpacing(8)
        self.text = ElidingLabel()
        self.text.setStyleSheet("color: #FFFFFF;")
        self.undo = Button("Отменить", key="Ctrl+Z", act=undo)
        self.undo.setStyleSheet(
            "QPushButton { background: transparent; color: #DCE8F5; border: 1px solid #9DB3CA; }"
            "QPushButton:hover { background: #2B5482; } QPushButton:focus { border: 2px solid #82B6F2; }"
        )
        self.other = Button("")
        self.other.setStyleSheet(self.undo.styleSheet())
        self.other.clicked.connect(lambda *_: self._do_other())
        self._other: Callable[[], object] | None = None
        self.shut = Button("", "x", kind="bare", tone="#DCE8F5", act=self.hide)
        self.shut.setStyleSheet("QPushButton:hover { background: #2B5482; }")
        self.shut.setToolTip("Закрыть")
        self.shut.setAccessibleName("Закрыть")
        line.addWidget(self.text, 1)
        line.addWidget(self.undo)
        line.addWidget(self.other)
        line.addWidget(self.shut)
        self.hide()

    def say(
        self, text: str, *, undoable: bool = True, word: str = "", key: str = "",
        act: Callable[[], object] | None = None,
    ) -> None:  # fmt: skip
        """Show the sentence in place of the one before.  word, key, act: a deed of its own beside it."""
        self.text.setText(text)
        self.undo.setVisible(undoable)
        self._other = act
        self.other.key = key
        self.other.say(word)
        self.other.setVisible(act is not None)
        self.place()
        self.show()
        self.raise_()
        self._timer.start()

    def _do_other(self) -> None:
        act = self._other
        self.hide()
        if act is not None:
            act()

    def place(self) -> None:
        parent = self.parentWidget()
        self.setFixedWidth(min(WIDTH, parent.width() - 48))
        self.move((parent.width() + 176 - self.width()) // 2, parent.height() - 28 - 16 - HEIGHT - self._foot())

    def _leave(self) -> None:
        if self.underMouse() or self.undo.hasFocus() or self.other.hasFocus() or self.shut.hasFocus():
            self._timer.start()
        else:
            self.hide()

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("bar_ground"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        painter.drawPixmap(18, 14, icons.pixmap("check-circle", "#86D6A0", 20))
        painter.end()
