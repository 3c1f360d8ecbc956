"""What the pages of the region's pictures have in common: quarter, tabs, empty states, and the way down to records."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.core.periods import Quarter
from app.core.russian import integer, plural
from app.ui.desk import Desk
from app.ui.dialogs import Dialog
from app.ui.empty_state import EmptyState
from app.ui.menus import open_below
from app.ui.page import Page, Window
from app.ui.region.opened import Opened
from app.ui.region.opened_view import OpenedView
from app.ui.region.picture import Picture
from app.ui.region.pictures import pictures_of
from app.ui.region.places import PLAN
from app.ui.region.taking_keys import take_files_by_key, take_folder_by_key
from app.ui.widgets import Button, shortcut


class QuarterChooser(Button):
    """The quarter at hand; opened it lists those of which returns came.  Alt+← and Alt+→ go to the next one."""

    def __init__(self, page: PicturePage) -> None:
        super().__init__("Квартал", "caret-down", kind="pill")
        self._page = page
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands after the word
        self.setToolTip("Другой квартал (Alt+←, Alt+→)")
        self.clicked.connect(lambda: self.open())

    def show_quarter(self, quarter: Quarter) -> None:
        self.say(quarter.title)
        self.setAccessibleName(f"Квартал: {quarter.title}")

    def menu_of(self) -> QMenu:
        menu = QMenu(self)
        for quarter in self._page.quarters:
            menu.addAction(QIcon(), quarter.title, partial(self._page.choose_quarter, quarter))
        return menu

    def open(self) -> None:
        open_below(self.menu_of(), self)


NARROW = 1000
"""Px of a page under which pills say less."""


class PicturePage(Page):
    """A page over the picture of a quarter.  key: of the rail or its tab."""

    key = ""
    registers = frozenset({"*"})
    folded_rail = True
    empty_icon = "map-trifold"
    lists = False
    """Whether it shows nothing but what all returns have to be read for."""

    def __init__(self, title: str, desk: Desk, window: Window) -> None:
        super().__init__(title, desk, window)
        self.pictures = pictures_of(desk)
        self.shown: Picture | None = None  # what stands on the page
        self._asked = ""  # a deed to be done when the picture is there
        self.quarters_chosen = QuarterChooser(self)
        self.top = QHBoxLayout()
        self.top.setSpacing(12)
        self.tabs: dict[str, Button] = {}
        for key, word in PLAN.tabs.get(PLAN.home.get(self.key, ""), ()):
            self.tabs[key] = self._tab(key, word)
            self.top.addWidget(self.tabs[key])
        self.top.addStretch(1)
        self.controls = QHBoxLayout()
        self.controls.setSpacing(8)
        self.top.addLayout(self.controls)
        self.top.addWidget(self.quarters_chosen)
        self.body.setSpacing(8)
        self.body.addLayout(self.top)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.work = QWidget()
        self.lines = QVBoxLayout(self.work)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(8)
        self.stack.addWidget(self.work)
        self.empty = EmptyState()
        self.empty.primary.clicked.connect(lambda: self._primary())
        self.empty.second.clicked.connect(lambda: self._second())
        self.stack.addWidget(self.empty)
        self.opened = OpenedView(desk, window)
        self.opened.closed.connect(self._closed)
        self.stack.addWidget(self.opened)
        self.pictures.changed.connect(window.guarded(self._changed))
        self.pictures.told.connect(lambda error: self.window_.tell(error) if self.isVisible() else None)
        shortcut(self, "Ctrl+F", self.come_back)
        take_files_by_key(self, window)
        take_folder_by_key(self, window)
        shortcut(self, "Alt+Left", lambda: self.step_quarter(-1))
        shortcut(self, "Alt+Right", lambda: self.step_quarter(1))

    def _tab(self, key: str, word: str) -> Button:
        button = Button(word, kind="tab", act=lambda: self.window_.open(key))
        button.setObjectName(f"tab:{key}")
        button.setCheckable(True)
        button.setChecked(key == self.key)
        button.clicked.connect(lambda: button.setChecked(key == self.key))
        return button

    # --- the picture

    def _someone_wrote(self, changed: frozenset[str]) -> None:
        self.pictures.forget()  # a page may be told before it
        super()._someone_wrote(frozenset({"*"}))  # whatever it was: asking again costs little

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        picture = self.pictures.picture
        return picture.quarters if picture is not None else ()

    def choose_quarter(self, quarter: Quarter) -> None:
        self.pictures.show_quarter(quarter)

    def step_quarter(self, step: int) -> None:
        """Alt+← an older quarter, Alt+→ a newer one."""
        held = sorted({*self.quarters, *([self.pictures.quarter] if self.pictures.quarter else [])})
        if self.pictures.quarter in held:
            place = held.index(self.pictures.quarter) + step
            if 0 <= place < len(held):
                self.choose_quarter(held[place])

    def refresh(self) -> None:
        self.pictures.ask()
        self._changed()

    def _changed(self) -> None:
        if not self.isVisible():
            self._stale = True
            return
        picture = self.pictures.picture
        if picture is not None:
            self.quarters_chosen.show_quarter(picture.quarter)
        self.quarters_chosen.setVisible(bool(self.quarters))
        if picture is None:
            self._say_none()
        elif picture.is_empty:
            self.shown = picture
            self.header.fact.setText(f"{picture.quarter.title}, отчётов нет")
            self._say_empty(picture)
            self.no_picture()
        elif self.lists and not picture.is_found:
            self.shown = None
            self._say_reading()
        elif picture is not self.shown:
            self._show(picture)
        elif self.stack.currentWidget() is self.empty:
            self.stack.setCurrentWidget(self.work)

    def _show(self, picture: Picture) -> None:
        same = self.shown is not None and self.shown.whole is picture.whole  # only its past or its reasons are new
        self.shown = picture
        self.header.fact.setText(reported_words(picture))
        if not same and self.opened.steps:
            self.opened.steps.clear()
        waited = self.stack.currentWidget() is self.empty
        if not self.opened.steps:
            self.stack.setCurrentWidget(self.work)
        self.show_picture(picture)
        if waited and not _asked_something():
            self.come_back()
        self._do_asked()
        if self.opened.steps:
            self.opened.say_hint()

    def _say_none(self) -> None:
        self.header.fact.setText("")
        if self.pictures.failed:
            self.empty.say("warning", "Свод не собран", "Причина — в сообщении.", "Собрать ещё раз")
        else:
            self.empty.say("clock", "Собирается свод", "Отчёты районов читаются и складываются.")
        self.stack.setCurrentWidget(self.empty)
        self.no_picture()

    def _say_reading(self) -> None:
        """The figures are here, the list is not yet."""
        self.header.fact.setText("")
        if self.pictures.failed:
            self.empty.say("warning", "Список не собран", "Причина — в сообщении.", "Собрать ещё раз")
        else:
            self.empty.say("clock", "Собирается список", "Отчёты просматриваются один за другим; потом он хранится.")
        self.stack.setCurrentWidget(self.empty)
        self.no_picture()

    def _say_empty(self, picture: Picture) -> None:
        others = [one for one in picture.quarters if one != picture.quarter]
        told = "Отчёты районов приходят файлами: примите их, и здесь появится картина области."
        second = ""
        if others:
            told = (
                "Примите файлы районов за этот квартал или посмотрите другой: "
                f"последний с отчётами — {others[0].title}."
            )
            second = f"Показать {others[0].title}"
        self.empty.say(self.empty_icon, f"За {picture.quarter.title} отчётов нет", told, "Принять файлы", second)
        self.empty.second.key = ""
        self.empty.second.say(second)
        self.empty.manual.hide()
        self.stack.setCurrentWidget(self.empty)

    def _primary(self) -> None:
        if self.pictures.failed:
            self.pictures.ask()
        else:
            self.window_.open("intake")

    def _second(self) -> None:
        picture = self.pictures.picture
        if picture is not None:
            others = [one for one in picture.quarters if one != picture.quarter]
            if others:
                self.choose_quarter(others[0])

    # --- the way down

    def open_down(self, opened: Opened) -> None:
        """Show what lies behind; Esc comes back to where the focus was."""
        self.stack.setCurrentWidget(self.opened)
        self.opened.show_first(opened)

    def _closed(self) -> None:
        self.stack.setCurrentWidget(self.work)
        self.come_back()
        self.window_.say_hint(self.hint)

    def step_back(self) -> bool:
        return self.stack.currentWidget() is self.opened and self.opened.step_back()

    def enter(self, **where: object) -> None:
        if isinstance(quarter := where.get("quarter"), Quarter) and quarter != self.pictures.quarter:
            self.choose_quarter(quarter)
        self._asked = str(where.get("ask", ""))
        self.refresh()
        self.come_back()
        if self.shown is self.pictures.picture:
            self._do_asked()

    def _do_asked(self) -> None:
        """What «Найти всё» asked for, once there is something to do it with."""
        asked, self._asked = self._asked, ""
        button = self.header.deeds.get(asked)
        if button is not None and not button.isHidden():
            button.click()

    # What a page overrides.

    def show_picture(self, picture: Picture) -> None:
        """Fill the page with a picture that is not empty."""

    def no_picture(self) -> None:
        """There is nothing to show: what the header offers is put away."""

    def focus_work(self) -> None:
        """Put the focus into what the page shows of the picture."""

    def come_back(self) -> None:
        """Put the focus where it was: into the work, what is opened of it, or the deed of an empty page."""
        now = self.stack.currentWidget()
        if now is self.work:
            self.focus_work()
        elif now is self.opened:
            self.opened.take_focus()
        else:
            self.empty.primary.setFocus(Qt.FocusReason.OtherFocusReason)


def _asked_something() -> bool:
    """Is a dialog open, which keeps the focus?"""
    now = QApplication.focusWidget()
    while now is not None:
        if isinstance(now, Dialog):
            return True
        now = now.parentWidget()
    return False


def reported_words(picture: Picture) -> str:
    """«III квартал 2026 г., отчёты 16 районов из 18»."""
    expected, missing = len(picture.districts), len(picture.whole.missing)
    count = plural(expected - missing, "района", "районов", "районов")
    return f"{picture.quarter.title}, отчёты {count} из {integer(expected)}"
