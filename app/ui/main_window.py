"""The window: rail, pages, status line, undo bar, and the keys that work everywhere.

It knows no use case: pages come from `app.ui.places` once a database is open, so that the window
is painted before SQLAlchemy is imported.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.roles import Right
from app.ui.copy_banner import CopyBanner, send_changes
from app.ui.desk import Desk
from app.ui.dialogs import Dialog
from app.ui.errors import ErrorTeller
from app.ui.jobs import Jobs
from app.ui.naming import name_widgets
from app.ui.page import Page
from app.ui.rail import DISTRICT, Plan, Rail
from app.ui.remedies import Remedies
from app.ui.status_line import StatusLine
from app.ui.taking_back import TakingBack
from app.ui.undo_bar import UndoBar
from app.ui.widgets import shortcut

if TYPE_CHECKING:
    from app.ui.copy_keeper import CopyKeeper

WRITES = {"import": Right.WORK, "packet": Right.WORK}
"""Pages that are filled in for one write at their end: who may not write is told so before."""
MakePage = Callable[[str, Desk, "MainWindow"], QWidget]
FOLDS_UNDER = 1280
LEAST = (900, 460)  # a screen of 1366×768 at 150 %, less its bars


class MainWindow(QWidget):
    """The one window of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Куратор НКО")
        self.setMinimumSize(*LEAST)
        self.resize(1366, 696)
        self.setAcceptDrops(True)
        self.desk: Desk | None = None
        self.waiting: Desk | None = None  # a file whose people are asked who works
        self.pages: dict[str, QWidget] = {}
        self.open_file: Callable[[Path], object] = lambda path: None  # both are the program's:
        self.create_file: Callable[[Path, str], object] = lambda path, oktmo: None  # it knows databases
        self.hand_over: Callable[[Any], object] = lambda ready: None  # to a newer program
        self._make: MakePage | None = None
        self.plan = DISTRICT
        self._folded_by_hand: bool | None = None
        self._came_from: dict[str, object] = {}  # page -> where Esc leads when nothing is left to close in it
        self.content = QWidget(self)
        self.content.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.rail = Rail()
        self.stack = QStackedWidget()
        self.status = StatusLine(lambda: self.page)
        self.open_main: Callable[[], object] = lambda: None  # the program's too
        self.errors = ErrorTeller(self)
        self.status.copies_asked.connect(self.guarded(lambda *_: self.open("settings", tab="copies")))
        self.remedies = Remedies(self)
        self.errors.remedy = self.remedies.of
        self.errors.stopped = lambda: self.notify("Прервано. Записанное раньше цело.")
        self.errors.page = lambda: next((key for key, page in self.pages.items() if page is self.page), "")
        self.banner = CopyBanner(self.guarded(lambda: send_changes(self)), self.guarded(lambda: self.open_main()))
        self.keeper: CopyKeeper | None = None
        self.jobs = Jobs(self)  # work over a file that is not open: moving, restoring, making the demo
        self.status.watch(self.jobs)
        side = QVBoxLayout()
        side.setSpacing(0)
        side.addWidget(self.banner)
        side.addWidget(self.stack, 1)
        side.addWidget(self.status)
        line = QHBoxLayout(self.content)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.rail)
        line.addLayout(side, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.content)
        self.undo_bar = UndoBar(self.content, self.undo, lambda: self.page)
        self.taking_back = TakingBack(self.undo_bar, self.notify, self.tell)
        self.rail.chosen.connect(self._chosen)
        QApplication.instance().focusChanged.connect(self._focus_changed)
        self._keys()

    def _keys(self) -> None:
        for number in range(1, 10):
            shortcut(self.content, f"Ctrl+{number}", partial(self._chosen_by, number))
        for keys, act in {
            "F9": lambda: self.fold_by_hand(not self.rail.folded),
            "F1": lambda: self._chosen("help"),
            "Shift+F1": lambda: self._extra("keys"),
            "Ctrl+K": lambda: self._chosen("find"),
            "Ctrl+R": self.remind,
            "Ctrl+Z": self.undo,
            "Ctrl+Shift+Z": self.redo,
            "Esc": self.step_back,
            "F6": lambda: self._walk_panes(1),
            "Shift+F6": lambda: self._walk_panes(-1),
            "F8": lambda: self._next_finding(1),
            "Shift+F8": lambda: self._next_finding(-1),
        }.items():
            shortcut(self.content, keys, self.guarded(act))

    # --- what is open

    def take(
        self, desk: Desk, territory: str, make: MakePage, undo: Callable[[int], object] | None, plan: Plan = DISTRICT
    ) -> None:
        """Show the pages of a database; undo: takes a batch back; plan: the pages of its role."""
        if self.waiting is desk:
            self.waiting = None
        self.drop()
        self.taking_back.begin(undo)
        self.rail.show()
        self.desk, self._make, self.plan = desk, make, plan
        self.rail.show_plan(plan)
        desk.wrote.connect(self.taking_back.wrote)
        self.status.watch(desk.jobs)
        self.rail.show_territory(territory)
        # With the name of the program at its end: Qt would add it to a title that has it elsewhere.
        self.setWindowTitle(f"{territory} — Куратор НКО" if territory else "Куратор НКО")
        self.open(plan.first)

    def drop(self) -> None:
        """Close the database, if one is open, with its pages."""
        for page in self.pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self.pages.clear()
        self.status.show_copies("", amber=False)
        if self.keeper is not None:
            self.keeper.stop()
            self.keeper = None
        self._came_from.clear()
        self._close_files()
        self.status.say_who("", "")
        self.banner.tell(None)

    def _close_files(self) -> None:
        for held in (self.desk, self.waiting):
            if held is not None:
                held.close()
        self.desk = self.waiting = None

    def ask_who(self, page: QWidget, desk: Desk) -> None:
        """The page of the people of a file, before any other of it; the file that was open is closed."""
        self.drop()
        self.waiting = desk
        self.show_start(page)

    def show_start(self, page: QWidget) -> None:
        """The page of a program that has no database yet, or of one that waits to be told who works."""
        self.pages["start"] = page
        self.rail.hide()
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)

    def open(self, key: str, **where: object) -> QWidget:
        """Show the page, made when first asked for; where: what it should choose."""
        if self._make is None or self.desk is None:
            return self.page
        if key in WRITES and (refused := self.desk.why_not(WRITES[key])):
            self.tell(refused)
            return self.page
        if key not in self.pages:
            self.pages[key] = self._make(key, self.desk, self)
            self.pages[key].setObjectName(key)
            inner = getattr(self.pages[key], "stack", None)
            if isinstance(inner, QStackedWidget):
                inner.currentChanged.connect(lambda _place: self.undo_bar.place())
            self.stack.addWidget(self.pages[key])
        page = self.pages[key]
        self._came_from[key] = where.get("back")
        self.stack.setCurrentWidget(page)
        self.undo_bar.moved()
        self.status.moved()
        # A list of needs is loaded under «Потребности», not under «НКО».
        register = where.get("register") or getattr(page, "register", key)
        self.rail.show_current(str(register) if key in ("import", "states") else key)
        self._fold_as_fits()
        if isinstance(page, Page):
            page.ask_again()
            self.status.say_hint(page.hint)
            page.enter(**where)
        name_widgets(page, key)
        return page

    @property
    def page(self) -> QWidget:
        return self.stack.currentWidget() or self

    def _chosen_by(self, number: int) -> None:
        """Ctrl+1…9: the place of the rail with this number, if there is one."""
        key = next((place.key for place_number, place in self.plan.numbered if place_number == number), "")
        if key:
            self._chosen(key)

    def _chosen(self, key: str) -> None:
        if self.desk is None:
            if key == "help":  # no page yet, but the first start has a section of its own
                self._extra("first start")
            return
        if key in ("find", "keys"):
            self._extra(key)
        elif key == "help":
            self.guarded(self.open_manual)()
        else:
            self.guarded(lambda: self.open(self.plan.opened_by(key)))()

    def open_manual(self) -> None:
        """F1: the manual, at what it says of this page; where there is none, the keys."""
        from app.ui.pages.manual_page import IN_FILE, manual_folder

        if manual_folder() is None:
            self._extra("keys")
            return
        here = next((key for key, page in self.pages.items() if page is self.page), self.plan.first)
        tab = f"{here}.{getattr(self.page, 'tab', '')}"
        self.open("help", page=tab if tab in IN_FILE else here)

    def switch(self) -> None:
        """The page on which another takes over; from it one comes back to the page one was on."""
        here = next((key for key, page in self.pages.items() if page is self.page), self.plan.first)
        self.open("who", page=here)

    def remind(self) -> None:
        """Ctrl+R: a reminder of the record that is shown, or of none."""
        from app.ui import reminding

        if self.plan.region:
            self.notify("Напоминания ведут в файле района. Звонки районам записываются на «Доске».")
        elif self.desk is not None:
            reminding.ask_of_page(self)

    def _extra(self, key: str) -> None:
        from app.ui import extras

        self.guarded(lambda: extras.show(key, self))()

    # --- what pages ask

    def notify(self, text: str, *, instead: bool = False) -> None:
        """instead: the bar of undo would speak beside it of something that was done before."""
        self.undo_bar.setVisible(self.undo_bar.isVisible() and not instead)
        self.status.notify(text)

    def remark(self, text: str, word: str, key: str, act: Callable[[], object]) -> None:
        """The bar of undo says what was left undone, with the deed that goes on with it."""
        self.undo_bar.say(text, undoable=False, word=word, key=key, act=self.guarded(act))

    def tell(self, error: BaseException) -> None:
        self.errors.tell(error)

    def say_hint(self, text: str) -> None:
        self.status.say_hint(text)

    def ask(self, dialog: Dialog, first: QWidget | None = None) -> Dialog:
        """Show a dialog; one that leads to a write is refused before it is filled in (`Dialog.right`)."""
        if self.desk is not None and dialog.right is not None and (refused := self.desk.why_not(dialog.right)):
            self.tell(refused)
            return dialog
        return dialog.open_over(self, first)

    def guarded(self, act: Callable[..., Any]) -> Callable[..., Any]:
        return self.errors.guard(act)

    def show_badge(self, key: str, number: int) -> None:
        self.rail.show_badge(key, number)

    # --- files dropped on it

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.desk is not None and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        from app.ui import dropped

        event.acceptProposedAction()
        self.guarded(dropped.take_files)(self, dropped.paths_of(event.mimeData()))

    # --- undo

    def undo(self) -> None:
        self.taking_back.undo()

    def redo(self) -> None:
        self.taking_back.redo()

    def take_back(self, batch: int) -> bool:
        """Undo one write of this run whatever came after it; False if it was undone already."""
        return self.taking_back.take_back(batch)

    # --- keys

    def step_back(self) -> None:
        page = self.page
        back = getattr(page, "step_back", None)  # of a page, or of the first start
        if back is None or back() or not isinstance(page, Page):
            return
        here = next((key for key, one in self.pages.items() if one is page), "")
        came_from = self._came_from.pop(here, None)
        if isinstance(came_from, tuple):
            self.open(came_from[0], **came_from[1])

    def _next_finding(self, step: int) -> None:
        if isinstance(self.page, Page):
            self.page.next_finding(step)

    def _focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """A button that a card or a dialog took away takes the focus along, and no key would reach the window."""
        if now is None and self.isActiveWindow():
            QTimer.singleShot(0, self, self._hold_focus)

    def _hold_focus(self) -> None:
        if QApplication.focusWidget() is not None or not self.isActiveWindow() or not self.isVisible():
            return
        if QApplication.activePopupWidget() is not None:
            return
        panes = self.page.panes() if isinstance(self.page, Page) else []
        seen = [pane for pane in (getattr(self.page, "table", None), *panes) if pane is not None and pane.isVisible()]
        (seen[0] if seen else self.content).setFocus(Qt.FocusReason.OtherFocusReason)

    def _walk_panes(self, step: int) -> None:
        panes: list[QWidget] = [self.rail.items["find"]]
        if isinstance(self.page, Page):
            panes += [pane for pane in self.page.panes() if pane.isVisible()]
        now = QApplication.focusWidget()
        here = next(
            (i for i, pane in enumerate(panes) if now is not None and (pane is now or pane.isAncestorOf(now))), 0
        )
        if now is not None and self.rail.isAncestorOf(now):
            here = 0
        panes[(here + step) % len(panes)].setFocus(Qt.FocusReason.OtherFocusReason)

    # --- sizes

    def fold_by_hand(self, folded: bool) -> None:
        """F9."""
        self._folded_by_hand = folded
        self.rail.fold(folded)

    def _fold_as_fits(self) -> None:
        wanted = getattr(self.page, "folded_rail", False) or bool(self._folded_by_hand)
        self.rail.fold(self.width() < FOLDS_UNDER or wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_as_fits()
        self.undo_bar.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.keeper is not None and self.keeper.holds_closing():
            event.ignore()
            return
        self.jobs.close()
        self._close_files()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
