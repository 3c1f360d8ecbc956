"""A dialog inside the window: 560 px, the page dimmed, the primary last and named by the deed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from app.core.roles import Right
from app.ui.mnemonics import give_mnemonics
from app.ui.naming import name_widgets
from app.ui.widgets import Button, label, row, scrolled

WIDTH = 560


class Dialog(QWidget):
    """Covers the window it is opened over; the focus stays within and comes back when it closes.

    Fill `body`, then `open_over`.  closed(bool): True when the primary deed was done.
    manual: the file of the manual that F1 opens, '' for none.
    right: what its deed asks for: the window refuses before it is filled in.  None: it writes nothing.
    """

    enter_is_own = True
    right: Right | None = None

    manual = ""

    closed = Signal(bool)

    def __init__(
        self,
        title: str,
        text: str = "",
        *,
        deed: str = "",
        act: Callable[[], bool | None] | None = None,
        leave: str = "Отменить",
        undoable: bool = True,
        width: int = WIDTH,
    ) -> None:
        super().__init__()
        self._act = act
        self._undoable = undoable
        self._back: QWidget | None = None
        self._placing = False
        self.card = QFrame(self)
        self.card.setObjectName("dialogCard")
        self.card.setFixedWidth(width)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        self.title = label(title, 20, bold=True, wrap=True)
        self.title.setFixedWidth(width - 50)
        column.addWidget(self.title)
        self.text = label(text, tone="text2", wrap=True)
        self.text.setFixedWidth(width - 50)
        column.addWidget(self.text)
        self.text.setVisible(bool(text))
        self._inner = QWidget()
        self.body = QVBoxLayout(self._inner)
        self.body.setContentsMargins(0, 8, 0, 8)
        self.body.setSpacing(8)
        self._area = scrolled(self._inner)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._area)
        self.notice = label("", 13, tone="err", wrap=True)
        self.notice.setFixedWidth(width - 50)
        self.notice.hide()
        column.addWidget(self.notice)
        self.leave = Button(leave, key="Esc", act=lambda: self.close_dialog(done=False))
        self.primary = Button(deed, kind="primary", key="Enter" if undoable else "", act=self.do)
        self.buttons = row(None, self.leave, self.primary)
        column.addLayout(self.buttons)
        self.primary.setVisible(bool(deed))  # only now has it a parent: a window of its own would flash

    def open_over(self, window: QWidget, first: QWidget | None = None) -> Dialog:
        """Show over the window; first: what gets the focus, else the first field, else the safe button."""
        self._back = QApplication.focusWidget()
        self.setParent(window)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self._inner.installEventFilter(self)
        name_widgets(self, "dialog")
        self.show()
        self.raise_()
        self._place()
        others = [b for b in self.card.findChildren(Button) if b not in (self.primary, self.leave) and b.isVisible()]
        give_mnemonics(self, (self.primary, self.leave, *others))
        fields = [w for w in self._stops() if w not in (self.leave, self.primary)]
        # By Tab: what stands in the first field is chosen, and what is typed takes its place.
        (first or (fields[0] if fields else self.leave)).setFocus(Qt.FocusReason.TabFocusReason)
        return self

    def refuse(self, message: str) -> None:
        """Say why the deed was not done; the dialog stays."""
        self.notice.setText(message)
        self.notice.setVisible(bool(message))
        self._place()

    def do(self) -> None:
        self.refuse("")
        if self._act is None or self._act() is not False:
            self.close_dialog(done=True)

    def close_dialog(self, *, done: bool) -> None:
        if self.isHidden() and self.parent() is None:
            return
        window = self.parentWidget()
        if window is not None:
            window.removeEventFilter(self)
        self.hide()
        self.setParent(None)
        if self._back is not None and self._back.isVisible():
            self._back.setFocus()
        self.closed.emit(done)
        self.deleteLater()

    def _stops(self) -> list[QWidget]:
        """What Tab walks: the fields from top to bottom, then the buttons."""
        found = [
            child
            for child in self.card.findChildren(QWidget)
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(self) and child.isEnabled()
        ]
        inner = [child for child in found if not any(o is not child and o.isAncestorOf(child) for o in found)]

        def spot(widget: QWidget) -> tuple[bool, int, int]:
            within = self._inner.isAncestorOf(widget)  # what is scrolled away still comes before the buttons
            point = widget.mapTo(self._inner if within else self, widget.rect().topLeft())
            return not within, point.y(), point.x()

        return sorted(inner, key=spot)

    def focusNextPrevChild(self, forward: bool) -> bool:
        stops = self._stops()
        if not stops:
            return True
        now = QApplication.focusWidget()
        place = next((i for i, w in enumerate(stops) if w is now or (now and w.isAncestorOf(now))), -1)
        target = stops[(place + (1 if forward else -1)) % len(stops)]
        target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        if self._inner.isAncestorOf(target):
            self._area.ensureWidgetVisible(target)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_dialog(done=False)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._undoable and self.primary.isVisible():
            self.primary.click()
        elif event.key() == Qt.Key.Key_F1 and self.manual:
            self._open_manual()
        event.accept()  # nothing reaches the page below

    def _open_manual(self) -> None:
        window = self.parentWidget()
        self.close_dialog(done=False)
        open_page = getattr(window, "open", None)
        if open_page is not None:
            open_page("help", page=getattr(getattr(window, "page", None), "register", "summary"), file=self.manual)

    def eventFilter(self, watched, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self.setGeometry(watched.rect())
            self._place()
        if event.type() == QEvent.Type.LayoutRequest and watched is self._inner and not self._placing:
            self._placing = True  # a field grew, as when a list was pasted into it
            self._place()
            self._placing = False
        return False

    def _place(self) -> None:
        """Title and buttons always stand; where the window is low, what is between them scrolls."""
        wanted = self.body.sizeHint().height() if self.body.count() else 0
        self._area.setFixedHeight(wanted)
        over = self._whole() - (self.height() - 32)
        self._area.setFixedHeight(max(0, wanted - max(0, over)))
        policy = Qt.ScrollBarPolicy
        self._area.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if over > 0 else policy.ScrollBarAlwaysOff
        )
        self._area.setVisible(wanted > 0)
        self.card.adjustSize()
        height = min(self._whole(), self.height() - 32)
        self.card.resize(self.card.width(), height)
        self.card.move((self.width() - self.card.width()) // 2, max(16, (self.height() - height) // 2 - 20))

    def _whole(self) -> int:
        """Px that the card takes in its width: its hint alone guesses how often a long sentence breaks."""
        layout = self.card.layout()
        layout.activate()
        known = layout.hasHeightForWidth()
        return layout.totalHeightForWidth(self.card.width()) if known else layout.sizeHint().height()

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(16, 24, 32, 115))
        painter.end()
