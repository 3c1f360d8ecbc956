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
    """Dark, bottom centre, above the status line; stays longer under the pointer or with the focus.

    It belongs to the page that stands there once the deed is done, and goes when another page comes.
    """

    def __init__(self, parent: QWidget, undo: Callable[[], None], page: Callable[[], QWidget | None]) -> None:
        """page: the one that is shown; its `foot` are the px at its foot that the bar must not cover."""
        super().__init__(parent)
        self._page = page
        self._belongs: QWidget | None = None
        self.setFixedHeight(HEIGHT)
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
        self._belongs = None  # a deed may yet lead to another page, as an import does
        QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        self._belongs = self._page()

    def moved(self) -> None:
        """Another page may have come: what was done on the one before is not said on this one."""
        if self._belongs is not None and self._belongs is not self._page():
            self.hide()
        self.place()

    def _do_other(self) -> None:
        act = self._other
        self.hide()
        if act is not None:
            act()

    def place(self) -> None:
        parent = self.parentWidget()
        self.setFixedWidth(min(WIDTH, parent.width() - 48))
        self.move((parent.width() + 176 - self.width()) // 2, parent.height() - 28 - 16 - HEIGHT - self._foot)

    @property
    def _foot(self) -> int:
        return int(getattr(self._page(), "foot", 0))

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
