"""The card of one row of a list: field by field what changes, what was repaired, what is wrong, the decision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.fields import Kind
from app.core.values import show
from app.ui.pages.import_rows import WORDS, PlannedModel, asked_alike
from app.ui.widgets import Button, Card, Chip, clear, label, row, scrolled, wrapped
from app.usecases.importing import Fault, Outcome

WIDTH = 296
INNER = WIDTH - 42


class PlannedCard(Card):
    """decided(place, accept): what a person answers to a doubtful row.

    answered(place, field, way, all): which reading of an ambiguous cell is meant, in this row or in all alike.
    asked_again(place): an answer is taken back.
    """

    decided = Signal(int, bool)
    answered = Signal(int, str, int, bool)
    asked_again = Signal(int)

    def __init__(self) -> None:
        super().__init__(spacing=8)
        self.setFixedWidth(WIDTH)
        self.number = label("", 13, tone="muted")
        self.chip = Chip()
        self.rows.addLayout(row(self.number, None, self.chip))
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.rows.addWidget(scrolled(inner), 1)
        self.question = label("Записать эту строку?", 13, bold=True)
        self.accept = Button("Записать", "check", kind="pill", act=lambda: self.decided.emit(self._place, True))
        self.skip = Button("Пропустить", kind="pill", act=lambda: self.decided.emit(self._place, False))
        self.rows.addWidget(self.question)
        self.rows.addLayout(row(self.accept, self.skip, None))
        self._place = 0
        self.readings: list[Button] = []
        self.everywhere: Button | None = None
        self.again: Button | None = None
        self.telling = False  # of what is not taken, in place of a row
        self.show_nothing()

    def _clear(self) -> None:
        clear(self._column)
        self.readings, self.everywhere, self.again, self.telling = [], None, None, False

    def show_nothing(self) -> None:
        self._clear()
        self.number.setText("")
        self.chip.hide()
        for widget in (self.question, self.accept, self.skip):
            widget.hide()

    def show_row(self, model: PlannedModel, place: int, *, accepted: bool, answered: bool = False) -> None:
        assert model.preview is not None
        planned = model.preview.rows[place]
        self._place = place
        word, tone, icon = WORDS[planned.outcome]
        sheet = f", лист «{planned.sheet}»" if planned.sheet and len(model.preview.tables) > 1 else ""
        self.number.setText(f"Строка {planned.number}{sheet}")
        self.chip.say(word, tone, icon)
        self.chip.show()
        self._clear()
        self._say(planned.title or "без названия", 16, bold=True)
        for fault in planned.faults:
            self._say(fault.title or "Строка", 13, tone="muted")
            self._say(fault.text, 13, tone="err")
            if fault.readings:
                self._ask(fault, len(asked_alike(model.preview, planned, fault.field)) - 1)
        for doubt in planned.doubts:
            self._say(doubt, 13, tone="warn")
        for change in planned.changes:
            self._say(change.title, 13, tone="muted")
            self._say(f"{change.old or 'пусто'} — стало {change.new or 'пусто'}", 14)
        if planned.repairs:
            self._say("Исправлено при чтении", 13, bold=True)
            for repair in planned.repairs:
                self._say(repair, 13, tone="accent")
        if answered:
            self.again = Button("Прочитать иначе", "pencil-simple", kind="pill",
                                act=lambda: self.asked_again.emit(place))  # fmt: skip
            self._column.addLayout(row(self.again, None))
        if planned.notes:
            self._say("К сведению", 13, bold=True)
            for note in planned.notes:
                self._say(note, 13, tone="text2")
        self._column.addStretch(1)
        doubtful = planned.outcome is Outcome.DOUBTFUL
        for widget in (self.question, self.accept, self.skip):
            widget.setVisible(doubtful)
        self.accept.set_kind("pill-on" if accepted else "pill")
        self.skip.set_kind("pill" if accepted else "pill-on")

    def show_left_out(self, told: Iterable[tuple[str, str]]) -> None:
        """All that is not taken from the file, with the reasons."""
        self.show_nothing()
        self.telling = True
        self._say("Не взято из файла", 16, bold=True)
        for what, why in told:
            self._say(what, 13, bold=True)
            self._say(why, 13, tone="text2")
        self._column.addStretch(1)

    def _ask(self, fault: Fault, others: int) -> None:
        """The readings as buttons; where the column is ambiguous in other rows too, the answer may be for all."""
        place, everywhere = self._place, Button(f"И в других строках ({others})", "check", kind="pill")
        everywhere.setCheckable(True)
        everywhere.toggled.connect(lambda on: everywhere.set_kind("pill-on" if on else "pill"))
        buttons: list[Button] = []
        for way, value in enumerate(fault.readings):
            def answer(way: int = way) -> None:
                self.answered.emit(place, fault.field, way, everywhere.isChecked())

            buttons.append(Button(reading(value), kind="pill", act=answer))
            buttons[-1].setAccessibleName(f"{fault.title}: прочитать как {reading(value)}")
        self.readings = buttons
        self.everywhere = everywhere
        self._column.addLayout(row(*buttons, None))
        if others:
            self._column.addLayout(row(everywhere, None))

    def _say(self, text: str, size: int, *, bold: bool = False, tone: str = "") -> None:
        self._column.addWidget(wrapped(text, INNER, size, bold=bold, tone=tone))


def reading(value: Any) -> str:
    return show(Kind.DATE, value) if hasattr(value, "strftime") else str(value)
