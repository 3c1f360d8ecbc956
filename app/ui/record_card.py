"""The card beside a table: who it is, facts, lines, what happened; head and foot do not scroll."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.core.fields import Field, Kind, RecordType, Values
from app.core.russian import day, roubles
from app.core.values import show
from app.records import LINES, LineType
from app.ui import icons
from app.ui.card_documents import CardDocuments
from app.ui.field_text import NOTHING, NUMBERS, FieldText
from app.ui.menus import open_menu
from app.ui.widgets import (
    Button,
    Card,
    Chip,
    ElidingLabel,
    clear,
    label,
    lay_now,
    row,
    scrolled,
    separator,
    shortcut,
    wrapped,
)

WIDTH, FACT = 376, 116
TONES = {
    "active": "ok", "inactive": "", "unverified": "warn", "liquidating": "err",
    "open": "warn", "closed_centre": "ok", "closed_other": "ok", "withdrawn": "",
    "supported": "ok", "refused": "", "high": "warn",
    "answered": "ok", "overdue": "err", "due": "warn", "waiting": "", "done": "ok",
}  # fmt: skip
"""The tone of a chip by the code of a status."""
STATUS = ("status", "state", "decision", "form", "kind", "priority")
VERIFIED = ("verified_on", "verified_by")
MOST_LINES = 8
USUAL = {("ngo", "kind"): "legal", ("ngo", "primary_here"): True, ("ngo", "on_record"): True}
"""What goes without saying of most records: the card tells the exceptions."""
TOLD_ABOVE = frozenset({"ngo_interval", "ngo_status"})
"""Lines of which a single one only repeats the facts."""
AT_HAND = {
    "Записать поддержку": "Поддержка",
    "Внести в реестр": "В реестр",
    "Отметить публикацию": "Публикация",
    "Закрыть услугой центра": "Закрыть",
    "Вернуть из архива": "Вернуть",
    "Отметить ответ": "Отвечено",
    "Отметить: сделано": "Сделано",
}
"""Deeds that stand beside «Изменить» as a button, with its word."""
Deed = tuple[str, str, Callable[[], object]]
"""Word, icon and act of a deed in the card's menu."""


class RecordCard(Card):
    """Shows one record; `deeds` fill its menu «Ещё»."""

    def __init__(self, record_type: RecordType, words: FieldText) -> None:
        super().__init__(margin=0, spacing=0)
        self.setFixedWidth(WIDTH)
        self.setAcceptDrops(True)
        self._type, self._words = record_type, words
        self.hung = CardDocuments(self, record_type, words.desk, WIDTH - 42)
        self.card: Any = None
        head = QVBoxLayout()
        head.setContentsMargins(16, 16, 16, 8)
        head.setSpacing(8)
        self.title = label("", 16, bold=True, wrap=True)
        self.title.setFixedWidth(WIDTH - 34)
        self.chip = Chip()
        self.beside = ElidingLabel("", 13, tone="muted")
        self._chips = row(self.chip, self.beside)
        self._chips.setStretch(1, 1)
        head.addWidget(self.title)
        head.addLayout(self._chips)
        self.rows.addLayout(head)
        inner = self._inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(16, 0, 10, 8)
        self._column.setSpacing(4)
        self._area = scrolled(inner)
        self.rows.addWidget(self._area, 1)
        self.rows.addWidget(separator())
        self.edit = Button("Изменить", "pencil-simple", key="F2")
        self.more = Button("Ещё", "dots-three", kind="link")
        self.menu = QMenu(self)
        self.more.clicked.connect(self._open_menu)
        self.beside_edit = QHBoxLayout()
        foot = row(self.edit, margins=(16, 12, 16, 12))
        foot.addLayout(self.beside_edit)
        foot.addStretch(1)
        foot.addWidget(self.more)
        self.rows.addLayout(foot)
        self._deeds: list[Deed] = []
        for keys, act in {"Ctrl+V": self.hung.paste, "Ctrl+P": self.hung.print_passport}.items():
            shortcut(self, keys, act)

    def show_nothing(self, text: str = "Выберите запись в таблице.") -> None:
        self.card = None
        self.title.setText("")
        self.chip.hide()
        self.beside.hide()
        clear(self._column)
        self._column.addWidget(wrapped(text, WIDTH - 50, tone="muted"))
        self._column.addStretch(1)
        lay_now(self._inner)
        clear(self.beside_edit)
        for button in (self.edit, self.more):
            button.hide()

    def show_card(self, card: Any, name: str, deeds: list[Deed], events: list[tuple[str, str, str, str]]) -> None:
        """card: of `registers.card`.  events: (date, icon, text, sum) of what happened."""
        self.card = card
        self._deeds = deeds
        self.edit.setVisible(card.archived_on is None)
        self.more.setVisible(bool(deeds))
        clear(self.beside_edit)
        for word, icon, act in deeds[:1]:
            if word in AT_HAND:
                self.beside_edit.addWidget(Button(AT_HAND[word], icon, act=act))
        self.title.setText(name)
        self.title.setFixedHeight(self.title.heightForWidth(self.title.width()))
        self._show_chip(card)
        self.beside.setVisible(not self.chip.isHidden())
        clear(self._column)
        self._facts(card.values)
        for line_type in LINES.get(self._type.key, ()):
            lines = card.lines.get(line_type.key, ())
            if line_type.key not in TOLD_ABOVE or len(lines) > 1:
                self._lines(line_type, lines)
        self._column.addSpacing(4)
        self._column.addWidget(separator())
        self._column.addWidget(self.hung.panel(card, name))
        self._events(events)
        self._column.addStretch(1)
        lay_now(self._inner)
        self._area.verticalScrollBar().setValue(0)

    def press_at_hand(self) -> None:
        """Alt+Enter: the deed that stands beside «Изменить», if there is one."""
        held = self.beside_edit.itemAt(0)
        button = held.widget() if held is not None else None
        if isinstance(button, Button):
            button.click()

    def _show_chip(self, card: Any) -> None:
        """The state, and who verified it when; the facts below do not say it again."""
        self.beside.setText("")
        self._told: set[str] = set()
        if card.archived_on is not None:
            self.chip.say(f"в архиве с {day(card.archived_on)}", "warn", "archive")
            self.beside.setText(card.archive_reason or "")
            self.chip.show()
            return
        for key in STATUS:
            code = card.values.get(key)
            field = next((f for f in self._type.fields if f.key == key), None)
            if code and field is not None:
                tone = TONES.get(code, "")
                icon = {"ok": "check-circle", "warn": "warning", "err": "warning-circle"}.get(tone, "")
                self.chip.say(self._words.text(field, card.values), tone, icon)
                self.chip.show()
                self._told = {key, *VERIFIED}
                break
        else:
            self.chip.hide()
        checked = card.values.get("verified_on")
        if checked and self._told:
            word = "проверялась" if card.values.get("status") == "unverified" else "проверена"
            self.beside.setText(f"{word} {day(checked)}, {card.values.get('verified_by') or ''}".rstrip(", "))

    def _facts(self, values: Values) -> None:
        gathered = {line.gathered_as for line in LINES.get(self._type.key, ()) if line.gathered_as}
        for field in self._type.fields:
            text = self._words.text(field, values)
            if not text or field.key in self._told or field.key in gathered:
                continue
            if field.key == self._type.title_field and text in self.title.text():
                continue
            if field.kind in (Kind.FLAG, *NUMBERS) and not values.get(field.key):
                continue
            if USUAL.get((self._type.key, field.key), NOTHING) == values.get(field.key):
                continue
            self._column.addLayout(_fact(field.title.removesuffix(", ₽"), text))

    def _lines(self, line_type: LineType, lines: tuple[Values, ...]) -> None:
        if not lines:
            return
        self._section(line_type.title, str(len(lines)))
        for values in lines[:MOST_LINES]:
            texts = (self._cell(f, values) for f in line_type.fields if not f.computed)
            self._column.addWidget(wrapped(" · ".join(filter(None, texts)) or NOTHING, WIDTH - 42, 13))
        if len(lines) > MOST_LINES:
            self._column.addWidget(label(f"ещё {len(lines) - MOST_LINES}", 13, tone="muted"))

    def _cell(self, field: Field, values: Values) -> str:
        value = values.get(field.key)
        if field.kind is Kind.FLAG:
            return field.title.lower() if value else ""
        if not value:
            return ""
        if field.kind in (Kind.LINK, Kind.CHOICE, Kind.CHOICES):
            return self._words.text(field, values)
        if field.kind is Kind.MONEY:
            return f"{field.title.removesuffix(', ₽').lower()} {roubles(value)}"
        text = show(field.kind, value)
        return f"{field.title.lower()} {text}" if field.kind in (Kind.DATE, Kind.COUNT) else text

    def _events(self, events: list[tuple[str, str, str, str]]) -> None:
        if not events:
            return
        self._section("События", str(len(events)))
        for when, icon, text, money in events[:12]:
            line = QHBoxLayout()
            line.setSpacing(8)
            date = label(when, 13, tone="muted")
            date.setFixedWidth(70)
            mark = label()
            mark.setPixmap(icons.pixmap(icon, "text2", 16))
            line.addWidget(date)
            line.addWidget(mark)
            line.addWidget(ElidingLabel(text, 13), 1)
            line.addWidget(label(money, 13, bold=True))
            self._column.addLayout(line)

    def _section(self, title: str, beside: str) -> None:
        self._column.addSpacing(4)
        self._column.addWidget(separator())
        self._column.addSpacing(2)
        self._column.addLayout(row(label(title, 13, bold=True, tone="text2"), None, label(beside, 13, tone="muted")))

    # --- documents dropped on it

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.card is not None and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.hung.take(event.mimeData())

    def _open_menu(self) -> None:
        self.menu.clear()
        for word, icon, act in self._deeds:
            self.menu.addAction(icons.icon(icon), word, act)
        above = self.more.rect().topLeft() - QPoint(0, self.menu.sizeHint().height())
        open_menu(self.menu, self.more.mapToGlobal(above), self.more.word)


def _fact(title: str, text: str) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    name = wrapped(title, FACT, 13, tone="muted")
    value = wrapped(text.replace("№ ", "№\u00a0"), WIDTH - FACT - 50)
    value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(value, 0, Qt.AlignmentFlag.AlignTop)
    line.addStretch(1)
    return line
