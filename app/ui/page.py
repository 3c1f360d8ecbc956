"""What every page is: a header, a body, and its answers to the keys of the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.core.roles import Right
from app.ui.desk import Desk
from app.ui.dialogs import Dialog
from app.ui.menus import open_below
from app.ui.naming import name_widgets
from app.ui.widgets import Button, ElidingLabel, label, row

if TYPE_CHECKING:
    from app.ui.copy_keeper import CopyKeeper
    from app.ui.rail import Plan
    from app.usecases.updating import Ready

SIDE = 24
NARROW = 1000
"""Logical px of the window under which the header keeps one action and «Ещё» (LOOK, «Sizes»)."""


class Window(Protocol):
    """What a page may ask of the window around it."""

    def open(self, key: str, **where: object) -> QWidget: ...
    def notify(self, text: str, *, instead: bool = False) -> None: ...
    def remark(self, text: str, word: str, key: str, act: Callable[[], object]) -> None: ...
    def tell(self, error: BaseException) -> None: ...
    def say_hint(self, text: str) -> None: ...
    def ask(self, dialog: Dialog, first: QWidget | None = None) -> Dialog: ...
    def guarded(self, act: Callable[..., Any]) -> Callable[..., Any]: ...
    def show_badge(self, key: str, number: int) -> None: ...
    def switch(self) -> None: ...
    def take_back(self, batch: int) -> bool: ...
    @property
    def open_file(self) -> Callable[[Path], object]: ...
    @property
    def create_file(self) -> Callable[[Path, str], object]: ...
    @property
    def hand_over(self) -> Callable[[Ready], object]: ...
    @property
    def keeper(self) -> CopyKeeper | None: ...
    @property
    def plan(self) -> Plan: ...


class Header(QWidget):
    """56 px: an arrow where Esc goes back, the title, one muted fact, at most three actions."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setFixedHeight(56)
        line = QHBoxLayout(self)
        line.setContentsMargins(SIDE, 0, SIDE, 0)
        line.setSpacing(8)
        self.back = Button("", "arrow-left", kind="bare")
        self.back.setToolTip("Назад (Esc)")
        self.back.setAccessibleName("Назад")
        self.back.hide()
        self.title = label(title, 20, bold=True)
        self.fact = ElidingLabel("", 14, tone="muted")
        line.addWidget(self.back)
        line.addWidget(self.title)
        line.addSpacing(8)
        line.addWidget(self.fact, 1)
        self.deeds: dict[str, Button] = {}
        self._places: dict[str, QWidget] = {}
        self._other: tuple[Button, Callable[[], QMenu]] | None = None
        self.more = Button("Ещё", "dots-three", act=self._open_more)
        self.more.setObjectName("more")
        self.more.hide()
        self._line = line
        line.addWidget(self.more)

    def add(self, name: str, button: Button) -> Button:
        """An action at the right; the last added is the outermost.

        The page hides and shows its button; what finds no room in a narrow window is in the menu «Ещё».
        """
        place = QWidget()
        place.setLayout(row(button))
        self.deeds[name], self._places[name] = button, place
        button.installEventFilter(self)
        self._line.addWidget(place)
        self._arrange()
        return button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._arrange()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def take_over(self, button: Button, menu: Callable[[], QMenu], *, wanted: bool = True) -> None:
        """Another button «Ещё» of the page: where the header has one of its own, that holds both menus.

        The button stands on the page already: shown without a parent it would be a window of its own.
        """
        self._other = (button, menu) if wanted else None
        button.setVisible(wanted)
        self._arrange()

    def _arrange(self) -> None:
        """Under 1000 px of the window the outermost action stays and the others go under «Ещё»."""
        wanted = [name for name, button in self.deeds.items() if not button.isHidden()]
        put_away = wanted[:-1] if self.window().width() < NARROW and len(wanted) > 1 else []
        for name, place in self._places.items():
            place.setVisible(name in wanted and name not in put_away)
        self.more.setVisible(bool(put_away))
        if self._other is not None and self._other[0].isHidden() != bool(put_away):
            self._other[0].setHidden(bool(put_away))

    def menu(self) -> QMenu:
        """What «Ещё» holds: actions that found no room, then those of another «Ещё»."""
        menu = QMenu(self.more)
        for name, place in self._places.items():
            button = self.deeds[name]
            if place.isHidden() and not button.isHidden():
                word = f"{button.word}\t{button.key}" if button.key else button.word
                menu.addAction(button.icon(), word, button.click).setEnabled(button.isEnabled())
        if self._other is not None and self._other[0].isHidden():
            other = self._other[1]()
            other.setParent(menu, other.windowFlags())  # its items are its own
            held = {_word(action) for action in menu.actions()}
            menu.addSeparator()
            menu.addActions([action for action in other.actions() if action.isSeparator() or _word(action) not in held])
        return menu

    def _open_more(self) -> None:
        open_below(self.menu(), self.more)

    def show_only(self, *names: str) -> None:
        for name, button in self.deeds.items():
            button.setVisible(name in names)


def _word(action: QAction) -> str:
    """What a menu says of an action, without its key."""
    return action.text().partition("\t")[0]


class Page(QWidget):
    """A page of the window.  registers: whose writes make it ask again."""

    registers: frozenset[str] = frozenset()
    folded_rail = False
    foot = 0  # px of an action bar at the foot, which the undo bar must not cover

    def __init__(self, title: str, desk: Desk, window: Window) -> None:
        super().__init__()
        self.desk = desk
        self.window_ = window
        self.hint = ""
        self._stale = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.header = Header(title)
        self.header.back.clicked.connect(lambda: self.step_back())
        column.addWidget(self.header)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(SIDE, 0, SIDE, 16)
        self.body.setSpacing(16)
        column.addLayout(self.body, 1)
        self.column = column
        desk.changed.connect(self._someone_wrote)

    def sizeHint(self) -> QSize:
        return QSize(1190, 696)

    def _someone_wrote(self, changed: frozenset[str]) -> None:
        if "*" not in changed and not (changed & self.registers):
            return
        self._stale = True
        if self.isVisible():
            self.ask_again()

    def ask_again(self) -> None:
        """Ask the use cases anew if something was written since."""
        if self._stale:
            self._stale = False
            self.refresh()
            name_widgets(self, self.objectName() or type(self).__name__)

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self.ask_again()

    def refused(self, right: Right) -> bool:
        """Whoever may not is told so before she has chosen a file or filled anything in."""
        why = self.desk.why_not(right)
        if why is not None:
            self.window_.tell(why)
        return why is not None

    def say_hint(self, text: str) -> None:
        self.hint = text
        if self.isVisible():
            self.window_.say_hint(text)

    # What a page overrides.

    def refresh(self) -> None:
        """Ask again for all that the page shows."""

    def enter(self, **where: object) -> None:
        """The page was opened: choose what `where` names and put the focus."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def step_back(self) -> bool:
        """Esc: close the innermost thing; False if there was none."""
        return False

    def panes(self) -> list[QWidget]:
        """What F6 walks, after the rail."""
        return []

    def next_finding(self, step: int) -> None:
        """F8 and Shift+F8: the next, the previous fault or finding."""
