"""The calendar of returns: each quarter's term, how far its return has come, what was late."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QVBoxLayout, QWidget

from app.core.periods import Quarter, last_full_quarter
from app.core.roles import Right
from app.core.russian import day, plural
from app.records import REGISTERS
from app.returns.life import STATE_TITLES, State
from app.ui import icons
from app.ui.desk import Desk
from app.ui.menus import open_below
from app.ui.page import Page, Window
from app.ui.pages.return_answers import ANSWERS, ANY, take_answer
from app.ui.pages.stale_returns import StaleReturns
from app.ui.pages.year_deeds import ask_year
from app.ui.widgets import Button, Card, Chip, ElidingLabel, clear, label, lay_now, row, scrolled, separator
from app.usecases import return_calendar, return_life
from app.usecases.return_calendar import Due

YEARS = 3
WIDE = 900  # px of the page under which the rows stand closer
TONES = {
    State.FROZEN: ("warn", "paper-plane-tilt"), State.SENT: ("", "paper-plane-tilt"),
    State.ACCEPTED: ("ok", "check-circle"), State.SENT_BACK: ("warn", "warning"),
}  # fmt: skip
"""Tone and icon of an approved return by its state.  One that waits to be sent is amber."""


class ReturnsPage(Page):
    """Newest first; Enter or the button opens a quarter."""

    registers = frozenset({*REGISTERS, "return", "settings"})

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Отчёты", desk, window)
        self.header.add("templates", Button("Формы комитета", "file-xls", act=lambda: window.open("templates")))
        self.stale = StaleReturns(desk, window, self._show)
        self.header.add("answer", Button("Файл области", "tray", act=window.guarded(self.ask_answer)))
        self.more = Button("Ещё", "dots-three", act=lambda: open_below(self.menu(), self.more))
        self.header.layout().addWidget(self.more)
        card = Card(margin=0, spacing=0)
        inner = self._inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        card.rows.addWidget(scrolled(inner))
        self.body.addWidget(card, 1)
        self.buttons: dict[Quarter, Button] = {}
        self.told: dict[Quarter, tuple[str, str]] = {}
        self.states: tuple[Due, ...] = ()
        self._wide = True

    def refresh(self) -> None:
        today = self.desk.clock.today()
        first, last = Quarter(today.year - YEARS + 1, 1), Quarter(today.year, 4)
        found = self.desk.read(return_calendar.returns_due, first, last)
        self.states = tuple(due for due in reversed(found) if not due.outside)
        self._show()
        self.stale.ask()

    def _show(self) -> None:
        stale = set(self.stale.known)
        due = last_full_quarter(self.desk.clock.today())
        held = next((quarter for quarter, button in self.buttons.items() if button.hasFocus()), None)
        clear(self._list)
        self.buttons, self.told = {}, {}
        for state in self.states:
            self._list.addWidget(self._row(state, due, stale))
            self._list.addWidget(separator())
        self._list.addStretch(1)
        lay_now(self._inner)
        if held in self.buttons:
            self.buttons[held].setFocus()
        approved = any(state.life for state in self.states)
        self.header.show_only("templates", *(("answer",) if approved else ()))
        self.header.take_over(self.more, self.menu, wanted=approved)
        waiting = sum(1 for s in self.states if s.waits and s.quarter not in stale and s.quarter == due)
        self.header.fact.setText("НКО-47-кв, ежеквартальный")
        self.window_.show_badge("returns", waiting + len(stale))
        self.say_hint("Enter — открыть отчёт · Ctrl+8 — сюда")

    def _row(self, state: Due, due: Quarter, stale: set[Quarter]) -> QWidget:
        line = QWidget()
        line.setFixedHeight(48)
        quarter = state.quarter
        title = label(quarter.title, 14, bold=quarter == due)
        title.setFixedWidth(180 if self.width() >= WIDE else 132)
        words, tone, icon, beside = self._words(state, due, stale)
        self.told[quarter] = (words, beside)
        chip = Chip()
        chip.say(words, tone, icon)
        about = ElidingLabel(beside, 13, tone="muted")
        late = label(_late(state), 13, tone="err" if state.days_late and state.waits else "muted")
        button = Button("Открыть", kind="primary" if quarter == due and state.life is None else "link")
        button.clicked.connect(lambda: self.window_.open("return", quarter=quarter))
        button.setAccessibleName(f"Открыть отчёт за {quarter.title}")
        begun = Quarter.of(self.desk.clock.today()) >= quarter
        if begun:
            self.buttons[quarter] = button
        holder = QWidget()
        holder.setFixedWidth(232 if self.width() >= WIDE else 172)
        holder.setLayout(row(chip, None))
        inside = row(title, holder, about, late, *((button,) if begun else ()), margins=(16, 0, 16, 0))
        inside.setStretch(2, 1)
        line.setLayout(inside)
        return line

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= WIDE
        if wide != self._wide and self.states:
            self._show()
        self._wide = wide

    def menu(self) -> QMenu:
        """What is done with several returns at once."""
        menu = QMenu(self)
        guarded = self.window_.guarded
        menu.addAction(icons.icon("columns", "text2", 16), "Сравнить отчёты", lambda: self.window_.open("differences"))
        menu.addAction(icons.icon("chart-bar", "text2", 16), "Итоги года…", guarded(lambda: ask_year(self)))
        return menu

    def _words(self, state: Due, due: Quarter, stale: set[Quarter]) -> tuple[str, str, str, str]:
        """Chip, its tone and icon, and what is said beside it."""
        quarter, life = state.quarter, state.life
        if quarter in stale:
            return "нужен уточнённый", "warn", "warning", "записи изменились после утверждения"
        if life is not None:
            kind = f"уточнённый {life.correction}, " if life.correction else ""
            last = return_life.told(life.standing[-1]) if life.standing else f"утверждён {day(life.frozen_on)}"
            told = f"{kind}{last}"
            words = STATE_TITLES[life.state]
            if life.state is State.FROZEN:
                told += ", ещё не отправлен"
            return words, *TONES[life.state], told[0].upper() + told[1:]
        if state.running:
            begun = quarter <= Quarter.of(self.desk.clock.today())
            return ("квартал идёт" if begun else "не наступил"), "", "clock", f"сдать до {day(state.due_on)}"
        if quarter < due and self._begins_at(due):
            hint = "если за квартал отчитались без программы, составлять не нужно"
            return "не составлялся", "", "minus-circle", hint
        if state.days_late:
            return "не утверждён", "err", "warning-circle", f"срок был {day(state.due_on)}"
        days = plural(state.days_left, "день", "дня", "дней")
        return "не утверждён", "warn", "warning", f"сдать до {day(state.due_on)}, осталось {days}"

    def _begins_at(self, due: Quarter) -> bool:
        """Is nothing approved yet before the due quarter?"""
        return all(state.life is None for state in self.states if state.quarter < due)

    def ask_answer(self) -> None:
        """A receipt or remarks of the region: the file itself knows its quarter."""
        if self.refused(Right.WORK):
            return
        path, _ = QFileDialog.getOpenFileName(self, "Ответ области", str(Path.home()), f"{ANSWERS};;{ANY}")
        if path:
            take_answer(self.desk, self.window_, Path(path))

    def enter(self, **where: object) -> None:
        due = last_full_quarter(self.desk.clock.today())
        button = self.buttons.get(due) or next(iter(self.buttons.values()), None)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> list[QWidget]:
        first: list[QWidget] = [*self.buttons.values()]
        return first[:1]


def _late(state: Due) -> str:
    """«позже срока на 2 дня», or the term where the return is in time."""
    if state.days_late:
        words = plural(state.days_late, "день", "дня", "дней")
        return f"просрочен на {words}" if state.waits and state.life is None else f"позже срока на {words}"
    return f"срок {day(state.due_on)}" if state.life is not None else ""
