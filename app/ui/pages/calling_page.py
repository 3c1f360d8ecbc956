"""Обзвон: one NGO at a time, large; one key says what came of the call, and the next one stands there."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.russian import day, plural
from app.ui.ask import ask_text
from app.ui.desk import Desk
from app.ui.empty_state import EmptyState
from app.ui.page import Page, Window
from app.ui.short_words import quoted
from app.ui.tabs import tab_strip
from app.ui.widgets import Button, Card, Chip, clear, label, lay_now, row, scrolled, separator, shortcut, wrapped
from app.usecases import calls
from app.usecases.calls import Called

OUTCOMES: dict[str, tuple[str, str, str, str, Callable[..., None]]] = {
    "verified": ("1", "Проверено сегодня", "seal-check", "Обзвон: проверена", calls.verified),
    "not_reached": ("2", "Не дозвонились", "phone", "Обзвон: не дозвонились,", calls.not_reached),
    "closed": ("3", "Не ведёт деятельность", "prohibit", "Обзвон: не ведёт деятельность,", calls.closed),
}
"""Outcome -> key, words of the button, icon, words of the write, use case."""
SHOWN_CALLS = 5
CHANGED = {"ngo"}


class CallingPage(Page):
    """where: ids, the NGOs to call; without them the walk that was begun, else those not verified for a year.

    A walk is remembered per person and file (`window.ini`): its NGOs, its first day, the one in sight.  What came of a
    call is read from the file, so that an undo brings the NGO back into the walk.
    """

    registers = frozenset({"ngo", "need", "settings"})
    foot = 72  # the three buttons stay in sight under the undo bar

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Обзвон", desk, window)
        self.ids: tuple[int, ...] = ()
        self.since: date = desk.clock.today()
        self.current: int | None = None
        self._found: Mapping[int, tuple[str, date]] = {}
        self.shown: Called | None = None
        self._pressed: list[tuple[int, int | None]] = []  # (NGO, batch of the write)
        self._last_batch: int | None = None
        desk.wrote.connect(self._wrote)
        self._build()
        self._keys()
        self._recall()

    def _build(self) -> None:
        self.anew = self.header.add(
            "anew", Button("Начать заново", "arrow-clockwise", act=self.window_.guarded(self.begin_anew))
        )
        self.open_card = self.header.add("card", Button("Карточка", "buildings", key="F2", act=self._open_card))
        self.body.setSpacing(12)
        self.body.addLayout(tab_strip("calling", self.window_))
        self.progress = label("", 14, bold=True)
        self.tried = label("", 13, tone="muted")
        self.note = Button("Заметка", "note-pencil", kind="link", key="Enter", act=self.window_.guarded(self.ask_note))
        self.back = Button("Назад", "arrow-left", kind="link", key="Backspace", act=self.window_.guarded(self.step_up))
        self.body.addLayout(row(self.progress, self.tried, None, self.note, self.back))
        sheet = Card(margin=0, spacing=0)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(24, 20, 24, 16)
        self._column.setSpacing(8)
        self._inner = inner
        sheet.rows.addWidget(scrolled(inner), 1)
        sheet.rows.addWidget(separator())
        self.buttons: dict[str, Button] = {}
        for outcome, (key, word, icon, _, _) in OUTCOMES.items():
            kind = "primary" if outcome == "verified" else ""
            press = self.window_.guarded(partial(self.press, outcome))
            self.buttons[outcome] = Button(word, icon, kind=kind, key=key, act=press)
            self.buttons[outcome].setObjectName(f"call:{outcome}")
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 10)
        foot.setSpacing(8)
        for button in self.buttons.values():
            foot.addWidget(button)
        foot.addStretch(1)
        sheet.rows.addLayout(foot)
        self.empty = EmptyState()
        self.empty.primary.clicked.connect(self.window_.guarded(self._from_nothing))
        self.stack = QStackedWidget()
        self.stack.addWidget(sheet)
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.stack, 1)

    def _keys(self) -> None:
        for outcome, (key, *_) in OUTCOMES.items():
            shortcut(self, key, self.window_.guarded(partial(self.press, outcome)))
        keys: dict[str, Callable[[], object]] = {
            "Return": self._entered, "Enter": self._entered, "Backspace": self.step_up, "F2": self._open_card,
            "Right": partial(self.walk, 1), "Left": partial(self.walk, -1),
        }  # fmt: skip
        for key, act in keys.items():
            shortcut(self, key, self.window_.guarded(act))

    # --- the walk

    @property
    def left(self) -> tuple[int, ...]:
        """Whom to call yet, in order."""
        return calls.in_order(self.ids, self._found, self.desk.clock.today())

    def begin(self, ids: tuple[int, ...]) -> None:
        """A new walk over these NGOs."""
        self.ids, self.since = tuple(dict.fromkeys(ids)), self.desk.clock.today()
        self.current = None
        self._pressed.clear()
        self.refresh()

    def begin_anew(self) -> None:
        """Over those who are not verified for a year, as they are now."""
        self.begin(self.desk.read(calls.unverified))

    def refresh(self) -> None:
        present = self.desk.read(calls.present, self.ids)
        self.ids = tuple(id for id in self.ids if id in present)
        self._found = self.desk.read(calls.outcomes, self.ids, self.since)
        while self._pressed and self._pressed[-1][0] in self.ids and self._pressed[-1][0] not in self._found:
            self.current, _ = self._pressed.pop()  # Ctrl+Z took its press back
        left = self.left
        if self.current not in left:
            self.current = left[0] if left else None
        self._show(left)
        self._remember()

    def enter(self, **where: object) -> None:
        ids = where.get("ids")
        if isinstance(ids, (tuple, list)) and ids and set(ids) != set(self.ids):
            self.begin(tuple(int(id) for id in ids))
        elif not self.ids or not self.left:
            self.begin_anew()
        self._focus()

    def press(self, outcome: str) -> None:
        """What came of the call: one write; then the next NGO."""
        if self.current is None or self.shown is None:
            return
        _, _, _, words, act = OUTCOMES[outcome]
        left, here = self.left, self.current
        place = left.index(here)
        after = (*left[place + 1 :], *left[:place])
        self.current = after[0] if after else None
        title = f"{words} {quoted(self.shown.name)}"
        try:
            self.desk.write("edit", title, act, here, changed=CHANGED)  # refreshes this page too
        except Exception:
            self.current = here
            raise
        self._pressed.append((here, self._last_batch))
        self.back.show()
        self._focus()

    def step_up(self) -> None:
        """Back to the one before; what was pressed for it is undone."""
        if not self._pressed:
            self.window_.notify("Это первая НКО этого обзвона.")
            return
        self.current, batch = self._pressed.pop()
        if batch is None or not self.window_.take_back(batch):
            self.window_.notify("Эта отметка уже отменена.")
        self.refresh()
        self._focus()

    def walk(self, step: int) -> None:
        """The next or former NGO that is to be called, nothing written."""
        left = self.left
        if self.current in left:
            self.current = left[(left.index(self.current) + step) % len(left)]
            self._show(left)
            self._remember()
            self._focus()

    def _entered(self) -> None:
        """Enter: a note; on a button that is none of the three it presses that."""
        focus = QApplication.focusWidget()
        if isinstance(focus, QAbstractButton) and focus not in self.buttons.values():
            focus.click()
        else:
            self.ask_note()

    def ask_note(self) -> None:
        if self.current is None or self.shown is None:
            return
        here, name = self.current, quoted(self.shown.name)
        ask_text(
            self.window_, f"Заметка о разговоре: {self.shown.name}", "Останется на карточке НКО с сегодняшним днём.",
            "Что сказали", "Записать", lambda text: self.desk.write(
                "edit", f"Обзвон: заметка, {name}", calls.note, here, text, changed=CHANGED),
        )  # fmt: skip

    def reminded(self) -> tuple[str, int, str] | None:
        """Ctrl+R is about the NGO in sight."""
        return ("ngo", self.shown.id, f"НКО {quoted(self.shown.name)}") if self.shown is not None else None

    def _wrote(self, _title: str, batch: object) -> None:
        self._last_batch = batch if isinstance(batch, int) else None

    def _open_card(self) -> None:
        if self.current is not None:
            self.window_.open("ngo", record=self.current)

    # --- what is shown

    def _show(self, left: tuple[int, ...]) -> None:
        done, whole = len(self.ids) - len(left), len(self.ids)
        for button in (self.open_card, self.note):
            button.setVisible(self.current is not None)
        self.back.setVisible(bool(self._pressed))
        self.stack.setCurrentIndex(int(self.current is None))
        self.header.fact.setText(plural(whole, "организация", "организации", "организаций") if whole else "")
        if self.current is None:
            self.shown = None
            self._show_nothing()
            return
        self.shown = found = self.desk.read(calls.called, self.current)
        missed = sum(found_[0] == "not_reached" for id, found_ in self._found.items() if id in left)
        self.progress.setText(f"{done + 1} из {whole}")
        self.tried.setText(f"осталось {len(left)}" + (f", не дозвонились: {missed}" if missed else ""))
        clear(self._column)
        self._fill(found)
        self._column.addStretch(1)
        lay_now(self._inner)
        self.say_hint("1, 2, 3 — чем кончился звонок · Enter — заметка · Backspace — назад · Ctrl+R — напомнить")

    def _show_nothing(self) -> None:
        self.progress.setText("")
        self.tried.setText("")
        if self.ids:
            told = plural(len(self.ids), "организация", "организации", "организаций")
            self.empty.say("check-circle", "Обзвон закончен", f"Обзвонили всех: {told}.", "К списку НКО")
        else:
            self.empty.say(
                "phone", "Обзванивать некого",
                "Все НКО проверялись за последний год. Список можно взять и свой: отберите НКО и выберите «Действия», "
                "«Обзвонить список».", "К списку НКО",
            )  # fmt: skip
        self.say_hint("«Начать заново» — взять тех, кто не проверялся больше года")

    def _from_nothing(self) -> None:
        self.window_.open("ngo")

    def _fill(self, found: Called) -> None:
        width = max(420, min(880, self.width() - 160))
        add = self._column.addWidget
        add(wrapped(found.name, width, 20, bold=True))
        if found.full != found.name:
            add(wrapped(found.full, width, 13, tone="text2"))
        chips = [Chip(found.status, {"действует": "ok", "не проверена": "warn"}.get(found.status, ""))]
        chips += [Chip(mark) for mark in found.marks.split(", ") if mark]
        self._column.addLayout(row(*chips, None))
        self._column.addSpacing(8)
        for number, (whose, phone) in enumerate(found.phones or (("", "телефона нет"),)):
            words = label(phone, 24 if number == 0 else 16, bold=bool(found.phones))
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setAccessibleName(f"Телефон: {whose}, {phone}")
            self._column.addLayout(row(words, label(whose, 13, tone="muted"), None, spacing=12))
        seen = f"{day(found.verified_on)}, {found.verified_by}".rstrip(", ") if found.verified_on else "не проверялась"
        for title, text in (
            ("Руководитель", found.director), ("Почта", found.email), ("Адрес", found.address), ("Проверена", seen),
            ("Примечание", found.note),
        ):  # fmt: skip
            if text:
                self._fact(title, wrapped(text, width - 140))
        for number, (_, text) in enumerate(found.open_needs[:SHOWN_CALLS]):
            self._fact("Открытые потребности" if number == 0 else "", wrapped(text, width - 140))
        for number, call in enumerate(found.calls[:SHOWN_CALLS]):
            text = f"{day(call.on)} — {calls.told(call)}"
            self._fact("Прежние звонки" if number == 0 else "", wrapped(text, width - 140))

    def _fact(self, title: str, value: QWidget) -> None:
        name = wrapped(title, 128, 13, tone="muted") if title else label("", 13)
        name.setFixedWidth(128)
        line = row(name, value, None, spacing=12)
        line.setAlignment(name, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(line)

    def _focus(self) -> None:
        target = self.buttons["verified"] if self.current is not None else self.empty.primary
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.shown is not None and event.size().width() != event.oldSize().width():
            self._show(self.left)

    def panes(self) -> list[QWidget]:
        return [self.buttons["verified"]] if self.current is not None else [self.empty.primary]

    def step_back(self) -> bool:
        self.window_.open("ngo")
        return True

    # --- the place is remembered

    def _key(self) -> str:
        return f"calling/{self.desk.database.path.absolute().as_posix().replace('/', '|')}"

    def _remember(self) -> None:
        own = QApplication.instance().property("own_settings")
        if own is not None:
            kept = {"ids": list(self.ids), "since": self.since.isoformat(), "current": self.current}
            own.setValue(self._key(), json.dumps(kept))

    def _recall(self) -> None:
        own = QApplication.instance().property("own_settings")
        text = str(own.value(self._key(), "")) if own is not None else ""
        try:
            kept = json.loads(text) if text else {}
            self.ids = tuple(int(id) for id in kept.get("ids", ()))
            self.since = date.fromisoformat(kept.get("since", self.since.isoformat()))
            current = kept.get("current")
            self.current = int(current) if current is not None else None
        except (ValueError, TypeError, AttributeError):
            self.ids = ()  # a file edited by hand: a new walk
