"""The history of changes: the latest of the district, or every field of one record before and after."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.fields import Kind
from app.core.russian import day
from app.core.values import parse
from app.records import LINES, REGISTERS
from app.ui.desk import Desk
from app.ui.field_text import NOTHING
from app.ui.page import Page, Window
from app.ui.pages.changes import ChangeRow, local
from app.ui.widgets import Card, ElidingLabel, clear, label, row, scrolled, separator, wrapped
from app.usecases import history, registers
from app.usecases.history import Change
from app.usecases.titles import titles

SHOWN = 200
OPS = {"insert": "добавлено", "update": "изменено", "delete": "убрано"}
HIDDEN = frozenset({"uuid", "called", "folded", "folded_name", "account"})


class HistoryPage(Page):
    """where: register and record show one record; without them, the district's journal."""

    registers = frozenset({*REGISTERS, "return", "settings"})

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("История изменений", desk, window)
        self._record: tuple[str, int] | None = None
        self._name = ""
        self.header.back.show()
        card = Card(margin=0, spacing=0)
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 8, 0, 8)
        self._list.setSpacing(0)
        self.area = scrolled(inner)
        card.rows.addWidget(self.area)
        self.body.addWidget(card, 1)
        self.changes: list[ChangeRow] = []

    def enter(self, **where: object) -> None:
        register, record = where.get("register"), where.get("record")
        self._record = (register, record) if isinstance(register, str) and isinstance(record, int) else None
        self._name = str(where.get("name", ""))
        self.refresh()
        self.header.back.setFocus()

    def refresh(self) -> None:
        clear(self._list)
        self.changes = []
        if self._record is None:
            self.header.title.setText("История изменений")
            self.header.fact.setText("весь район, новые сверху")
            self._show_batches()
        else:
            self.header.title.setText("История записи")
            self.header.fact.setText(self._name)
            self._show_fields(*self._record)
        self._list.addStretch(1)
        self.say_hint("Esc — назад. Отмена возвращает всё, что было записано за один раз")

    def _show_batches(self) -> None:
        for batch in self.desk.read(history.recent_changes, SHOWN):
            line = ChangeRow(batch, self.desk, self.window_, wide=True)
            self.changes.append(line)
            self._list.addWidget(line)
            self._list.addWidget(separator())

    def _show_fields(self, register: str, record: int) -> None:
        entry = None
        for change in self.desk.read(history.record_history, register, record)[: SHOWN * 4]:
            field = self._field(register, change)
            if field is None or (not change.before and not change.after and not change.erased):
                continue
            if entry != change.entry_id:
                entry = change.entry_id
                head = f"{local(change.at):%d.%m.%Y %H:%M}   {change.actor}   {OPS.get(change.op, change.op)}"
                told = row(label(head, 13, bold=True), ElidingLabel(change.batch_title, 13, tone="muted"),
                           margins=(16, 10, 16, 2))  # fmt: skip
                told.setStretch(1, 1)
                self._list.addWidget(separator())
                self._list.addLayout(told)
            name = label(field.title, 13, tone="muted")
            name.setFixedWidth(200)
            before, after = (self._value(field, text) for text in (change.before, change.after))
            text = after if change.op == "insert" else f"{before} — стало {after}"
            if change.erased:
                text = "стёрто по 152-ФЗ"
            line = row(name, wrapped(text, 800, 13), None, margins=(32, 2, 16, 2))
            self._list.addLayout(line)

    @staticmethod
    def _field(register: str, change: Change):
        """The declared field of a change; None for what a person never sees."""
        if change.field in HIDDEN or change.field.endswith("_account"):
            return None
        declared = REGISTERS[register].fields if change.table == register else next(
            (line.fields for line in LINES[register] if line.key == change.table), ()
        )  # fmt: skip
        return next((f for f in declared if f.key == change.field), None)

    def _value(self, field, text: str | None) -> str:
        """A kept text as a person reads it."""
        if text is None or text == "":
            return NOTHING
        if field.kind is Kind.CHOICE:
            return next((c.title for c in self.desk.read(registers.choices, field.dictionary) if c.code == text), text)
        if field.kind is Kind.LINK and text.isdigit():
            return self.desk.read(titles, field.register, [int(text)]).get(int(text), text)
        if field.kind is Kind.FLAG:
            return "да" if text in ("1", "true", "True") else "нет"
        if field.kind is Kind.DATE:
            found = parse(Kind.DATE, text)
            return day(found.value) if found.value else text
        return text

    def step_back(self) -> bool:
        if self._record is not None:
            self.window_.open(self._record[0], record=self._record[1])
        else:
            self.window_.open("summary")
        return True
