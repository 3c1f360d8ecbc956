"""The list of quarters with the state of each return."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.periods import Quarter, last_full_quarter
from app.core.russian import day, plural
from app.records import REGISTERS
from app.ui.desk import Desk
from app.ui.page import Page, Window
from app.ui.pages.stale_returns import StaleReturns
from app.ui.widgets import Button, Card, Chip, clear, label, lay_now, row, scrolled, separator
from app.usecases import accounts, quarter_returns
from app.usecases.quarter_returns import QuarterState

BACK = 11


class ReturnsPage(Page):
    """Newest first; Enter or the button opens a quarter."""

    registers = frozenset({*REGISTERS, "return", "settings"})

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Отчёты", desk, window)
        self.header.add("templates", Button("Формы комитета", "file-xls", act=lambda: window.open("templates")))
        self.stale = StaleReturns(desk, window, self._show)
        card = Card(margin=0, spacing=0)
        inner = self._inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        card.rows.addWidget(scrolled(inner))
        self.body.addWidget(card, 1)
        self.buttons: dict[Quarter, Button] = {}
        self.states: tuple[QuarterState, ...] = ()

    def refresh(self) -> None:
        states = self.desk.read(quarter_returns.quarter_states, back=BACK)
        first = self.desk.read(accounts.first_open)  # nothing is counted in a quarter before it
        self.states = tuple(s for s in states if s.frozen_on is not None or s.quarter >= first)
        self._show()
        self.stale.ask()

    def _show(self) -> None:
        stale = set(self.stale.known)
        due = last_full_quarter(self.desk.clock.today())
        held = next((quarter for quarter, button in self.buttons.items() if button.hasFocus()), None)
        clear(self._list)
        self.buttons = {}
        for state in self.states:
            self._list.addWidget(self._row(state, due, stale))
            self._list.addWidget(separator())
        self._list.addStretch(1)
        lay_now(self._inner)
        if held in self.buttons:
            self.buttons[held].setFocus()
        waiting = sum(1 for s in self.states if s.correction is None and s.quarter == due)
        self.header.fact.setText("НКО-47-кв, ежеквартальный")
        self.window_.show_badge("returns", waiting + len(stale))
        self.say_hint("Enter — открыть отчёт · Ctrl+8 — сюда")

    def _row(self, state: QuarterState, due: Quarter, stale: set[Quarter]) -> QWidget:
        line = QWidget()
        line.setFixedHeight(48)
        quarter = state.quarter
        title = label(quarter.title, 14, bold=quarter == due)
        title.setFixedWidth(180)
        chip = Chip()
        beside = label("", 13, tone="muted")
        today = self.desk.clock.today()
        if quarter in stale:
            chip.say("нужен уточнённый", "warn", "warning")
            beside.setText("записи изменились после утверждения")
        elif state.frozen_on is not None:
            kind = f"уточнённый {state.correction}" if state.correction else "первичный"
            chip.say("утверждён", "ok", "check-circle")
            beside.setText(f"{kind}, {day(state.frozen_on)}")
        elif today <= quarter.last_day:
            chip.say("квартал идёт", "", "clock")
            beside.setText(f"сдать до {day(state.due_on)}")
        elif quarter < due and self._begins_at(due):
            chip.say("не составлялся", "", "minus-circle")
            beside.setText("если за квартал отчитались без программы, составлять не нужно")
        else:
            late = (today - state.due_on).days
            tone = "err" if late > 0 else "warn"
            chip.say("не утверждён", tone, "warning-circle" if late > 0 else "warning")
            days = plural(abs(late), "день", "дня", "дней")
            beside.setText(f"срок был {day(state.due_on)}, прошло {days}" if late > 0
                           else f"сдать до {day(state.due_on)}, осталось {days}")  # fmt: skip
        button = Button("Открыть", kind="primary" if quarter == due and state.correction is None else "link")
        button.clicked.connect(lambda: self.window_.open("return", quarter=quarter))
        button.setAccessibleName(f"Открыть отчёт за {quarter.title}")
        self.buttons[quarter] = button
        holder = QWidget()
        holder.setFixedWidth(190)
        holder.setLayout(row(chip, None))
        line.setLayout(row(title, holder, beside, None, button, margins=(16, 0, 16, 0)))
        return line

    def _begins_at(self, due: Quarter) -> bool:
        """Is nothing approved yet before the due quarter?"""
        return all(state.frozen_on is None for state in self.states if state.quarter < due)

    def enter(self, **where: object) -> None:
        due = last_full_quarter(self.desk.clock.today())
        button = self.buttons.get(due) or next(iter(self.buttons.values()), None)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> list[QWidget]:
        first: list[QWidget] = [*self.buttons.values()]
        return first[:1]
