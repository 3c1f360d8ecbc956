"""«Найти всё» (Ctrl+K): records, people, pages and commands by what is typed, over every page, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.core.russian import integer
from app.records import REGISTERS
from app.ui import commands
from app.ui.commands import Command
from app.ui.dialogs import Dialog
from app.ui.found_rows import FOUND, HEAD, ROW, Found, FoundRows
from app.ui.line_buttons import put_inside
from app.ui.widgets import label
from app.usecases import everything
from app.usecases.everything import PEOPLE, Hit

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

OF_EACH, PAGES, DEEDS = 4, 4, 5
HIGHEST = 420  # px of the list
WIDTH, TOP = 640, 72
_PAGE = 5  # rows that PgUp and PgDn go

Act = Callable[[], object]


class FindEverything(Dialog):
    """Enter opens what is chosen; the first row is.  What is not found may be added."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__("Найти всё", leave="Закрыть", width=WIDTH)
        self._window = window
        self.title.hide()
        self.leave.hide()
        self.card.layout().setContentsMargins(1, 12, 1, 8)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.line = QLineEdit()
        self.line.setObjectName("findLine")
        self.line.setAccessibleName("Найти всё")
        self.line.setPlaceholderText(
            "Район, страница или что сделать" if window.plan.region
            else "Название, человек, номер, телефон, поселение или что сделать"
        )
        put_inside(self.line, "magnifying-glass", "Искать", self.line.setFocus)
        self.list = QListWidget()
        self.list.setObjectName("findList")
        self.list.setAccessibleName("Найденное")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(FoundRows(self.line))
        self.keys = label("стрелки — выбрать · Enter — открыть · Esc — закрыть · F1 — как искать", 13, tone="muted")
        self.body.addWidget(_beside(self.line, 12))
        self.body.addWidget(self.list)
        self.body.addWidget(_beside(self.keys, 16))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)  # letters that came together are sought once
        self._timer.timeout.connect(window.guarded(self.ask))
        self.line.textChanged.connect(lambda _text: self._timer.start())
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(lambda _item: self._go())
        self.ask()

    def ask(self) -> None:
        """Ask for what is typed; an empty line offers what may be done."""
        self.list.clear()
        desk = self._window.desk
        if desk is None:
            return
        text = self.line.text().strip()
        known = True
        if self._window.plan.region:
            known = self._show_region(text)
        elif text:
            self._show_records(desk.read(everything.everything, text, OF_EACH))
            shown = self.list.count()
            self._show_commands("Страницы", commands.matching(commands.pages(self._window), text)[:PAGES])
            deeds = commands.matching(commands.deeds(self._window), text)[:DEEDS]
            known = bool(shown or self.list.count() or deeds)
            if not known:
                self._head(f"Ничего не найдено по «{text}»", "")
            new = Command(f"Добавить НКО «{text}»", "новая карточка", "plus",
                          partial(self._window.open, "ngo", new={"name": text}))  # fmt: skip
            self._show_commands("Действия", [*deeds, new])
        else:
            self._show_commands("Действия", commands.deeds(self._window))
            self._show_commands("Страницы", commands.pages(self._window))
        self._fit()
        self.list.setCurrentRow(-1)
        if known:  # else a new card is all there is, and nobody's first choice
            self._move(1)
        self.list.scrollToTop()

    def _show_region(self, text: str) -> bool:
        """Districts, pages and deeds of a region's file; whether there is any.  It has no records of its own."""
        from app.ui.region import commands as region

        pages, acts = commands.pages(self._window), region.deeds(self._window)
        if text:
            self._show_commands("Районы", commands.matching(region.districts(self._window), text)[:OF_EACH])
            pages, acts = commands.matching(pages, text)[:PAGES], commands.matching(acts, text)[:DEEDS]
        if text or acts:
            self._show_commands(*(("Страницы", pages) if text else ("Действия", acts)))
            self._show_commands(*(("Действия", acts) if text else ("Страницы", pages)))
        if not self.list.count():
            self._head(f"Ничего не найдено по «{text}»", "")
            return False
        return True

    def _show_records(self, groups: Sequence[everything.Group]) -> None:
        for group in groups:
            counted = integer(group.count) + (f" из {integer(group.whole)}" if group.whole else "")
            title = "Люди" if group.key == PEOPLE else REGISTERS[group.key].title
            self._head(title, counted)
            icon = "user" if group.key == PEOPLE else REGISTERS[group.key].icon
            for hit in group.hits:
                self._row(Found(hit.title, hit.hint, icon=icon), partial(self._open, hit))

    def _show_commands(self, title: str, found: Sequence[Command]) -> None:
        if found:
            self._head(title, "")
        for command in found:
            self._row(Found(command.title, command.hint, icon=command.icon, key=command.key), command.act)

    def _open(self, hit: Hit) -> None:
        self._window.open(hit.register, record=hit.id)

    def _head(self, title: str, count: str) -> None:
        self._row(Found(title, count, head=True), None)

    def _row(self, found: Found, act: Act | None) -> None:
        item = QListWidgetItem()
        item.setData(Qt.ItemDataRole.DisplayRole, " ".join(filter(None, (found.title, found.hint, found.key))))
        item.setData(FOUND, found)
        item.setData(Qt.ItemDataRole.UserRole, act)
        if act is None:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)

    def _place(self) -> None:
        """It grows downwards: the line in which one types does not move."""
        super()._place()
        self.card.move(self.card.x(), min(TOP, max(16, self.height() - self.card.height() - 16)))

    def _fit(self) -> None:
        wanted = sum(HEAD if self.list.item(i).data(FOUND).head else ROW for i in range(self.list.count()))
        room = max(140, self._window.height() - 150)
        self.list.setFixedHeight(min(wanted, HIGHEST, room))

    def eventFilter(self, watched, event) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == event.Type.KeyPress:
            steps = {
                Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _PAGE, Qt.Key.Key_PageUp: -_PAGE,
                Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1,
            }  # fmt: skip
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                self._ask_now()
                for _ in range(abs(step)):
                    self._move(1 if step > 0 else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go()
                return True
            if event.key() == Qt.Key.Key_F1:
                self.close_dialog(done=True)
                self._window.open("help", page="find")
                return True
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> None:
        place = self.list.currentRow() + step
        while 0 <= place < self.list.count() and self.list.item(place).data(Qt.ItemDataRole.UserRole) is None:
            place += step
        if 0 <= place < self.list.count():
            self.list.setCurrentRow(place)
            self.line.setAccessibleDescription(self.list.item(place).text())

    def _ask_now(self) -> None:
        """A key that came with the last letters is about what they find."""
        if self._timer.isActive():
            self._timer.stop()
            self.ask()

    def _go(self) -> None:
        self._ask_now()
        act = None
        if self.list.currentRow() >= 0:
            act = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
        if act is None:
            return
        self.close_dialog(done=True)
        self._window.guarded(act)()


def _beside(part: QWidget, side: int) -> QWidget:
    """The part with room at both sides of it."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(side, 0, side, 0)
    line.addWidget(part)
    return holder
