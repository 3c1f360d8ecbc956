"""Former states of one record: the list of them, what each changed, the whole record as it stood, and the way back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.russian import plural
from app.records import REGISTERS
from app.ui.desk import Desk
from app.ui.field_text import NOTHING
from app.ui.page import Page, Window
from app.ui.pages.changes import local
from app.ui.russian_qt import font
from app.ui.short_words import quoted
from app.ui.widgets import Button, Card, clear, label, lay_now, row, scrolled, separator, shortcut, wrapped
from app.usecases import states
from app.usecases.states import ERASED, FieldChange, State, StateCard

LIST = 300
NAME = 172
MOST_CHANGES = 60


class StateList(QListWidget):
    """Enter on a state goes to it; arrows choose."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFont(font(14))
        self.setWordWrap(True)
        self.setStyleSheet("QListWidget::item { padding: 6px 10px; }")
        self.setAccessibleName("Состояния записи, новые сверху")
        self.setObjectName("states")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class StatesPage(Page):
    """where: register and record; batch chooses a state; back is (page, where) of the Esc."""

    registers = frozenset(REGISTERS)

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Прежние состояния", desk, window)
        self.register, self.record = "", 0
        self.back: tuple[str, dict[str, Any]] = ("summary", {})
        self.states: tuple[State, ...] = ()
        self.state_card: StateCard | None = None
        self.header.back.show()
        self.restore_button = self.header.add(
            "restore", Button("Вернуть это состояние", "arrow-counter-clockwise", kind="primary", key="Ctrl+Enter",
                              act=window.guarded(self.restore)),
        )  # fmt: skip
        self.restore_button.setObjectName("restoreState")
        self.list = StateList()
        self.list.setFixedWidth(LIST)
        left = Card(margin=1, spacing=0)
        left.setFixedWidth(LIST + 4)
        left.rows.addWidget(self.list)
        right = Card(margin=0, spacing=0)
        inner = self._inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(4)
        self.area = scrolled(inner)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName("Запись, какой она была")
        right.rows.addWidget(self.area)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(left)
        line.addWidget(right, 1)
        self.body.addLayout(line, 1)
        self.list.currentRowChanged.connect(lambda _row: self._show_state())
        self.list.opened.connect(self.area.setFocus)
        shortcut(self, "Ctrl+Return", window.guarded(self.restore))

    def enter(self, **where: Any) -> None:
        self.back = where.get("back", self.back)
        if isinstance(where.get("register"), str) and isinstance(where.get("record"), int):
            self.register, self.record = where["register"], where["record"]
        self.refresh()
        wanted = where.get("batch")
        place = next((i for i, state in enumerate(self.states) if state.batch_id == wanted), 0)
        self.list.setCurrentRow(place)
        self.list.setFocus()

    def refresh(self) -> None:
        if not self.register:
            return
        kept = self.state.batch_id if self.state is not None else None
        self.states = self.desk.read(states.states_of, self.register, self.record)
        self.list.blockSignals(True)
        self.list.clear()
        for state in self.states:
            mark = " · сейчас" if state.latest else ""
            item = QListWidgetItem(f"{local(state.at):%d.%m.%Y %H:%M}{mark}\n{state.actor}\n{state.title}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, item.text().replace("\n", ", "))
            self.list.addItem(item)
        place = next((i for i, state in enumerate(self.states) if state.batch_id == kept), 0)
        self.list.setCurrentRow(place)
        self.list.blockSignals(False)
        self._show_state()

    @property
    def state(self) -> State | None:
        place = self.list.currentRow()
        return self.states[place] if 0 <= place < len(self.states) else None

    def _show_state(self) -> None:
        state = self.state
        clear(self._column)
        self.state_card = None
        self.restore_button.setVisible(state is not None and not state.latest)
        if state is None:
            self._column.addWidget(label("Журнал не помнит ни одного состояния этой записи.", tone="muted"))
            self._column.addStretch(1)
            return
        card = self.state_card = self.desk.read(states.state_card, self.register, self.record, state.batch_id)
        count = plural(len(self.states), "состояние", "состояния", "состояний")
        self.header.fact.setText(f"{count} · {card.name or REGISTERS[self.register].title_one}")
        width = max(300, self.area.viewport().width() - 48)
        head = "Что записано этим изменением" if state.changes else "Это изменение полей не меняло"
        self._section(head, width)
        for change in state.changes[:MOST_CHANGES]:
            self._pair(change.title, _told(change), width)
        self._section("Запись целиком" + (", какой она стала" if not state.latest else ", как сейчас"), width)
        if card.erased:
            sentence = "Обезличенные данные стёрты навсегда: вернуть их нельзя."
            self._column.addWidget(wrapped(sentence, width, 13, tone="warn"))
        for name, text in card.facts:
            self._pair(name, text, width)
        for name, lines in card.lines:
            self._column.addWidget(wrapped(f"{name}: {len(lines)}", width, 13, bold=True, tone="text2"))
            for text in lines:
                self._column.addWidget(wrapped(text, width, 13))
        self._column.addStretch(1)
        lay_now(self._inner)
        self.area.verticalScrollBar().setValue(0)
        self.say_hint("↑↓ — состояние · Enter — читать · Ctrl+Enter — вернуть это состояние · Esc — назад")

    def _section(self, title: str, width: int) -> None:
        if self._column.count():
            self._column.addSpacing(8)
            self._column.addWidget(separator())
            self._column.addSpacing(4)
        self._column.addWidget(wrapped(title, width, 15, bold=True))

    def _pair(self, name: str, text: str, width: int) -> None:
        title, value = wrapped(name, NAME, 13, tone="muted"), wrapped(text, width - NAME - 8)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = row(title, value, None)
        line.setAlignment(title, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(line)

    def restore(self) -> None:
        """Write the chosen state back; the refusal is told whole."""
        state, card = self.state, self.state_card
        if state is None or card is None or state.latest:
            raise AppError("Это и есть нынешнее состояние.", "Выберите в списке прежнее.")
        record_type = REGISTERS[self.register]
        title = f"{record_type.title_one}: возвращено состояние {local(state.at):%d.%m.%Y}, {quoted(card.name[:60])}"
        self.desk.write(
            "edit", title, states.restore_state, self.register, self.record, state.batch_id, changed={self.register}
        )
        self.list.setCurrentRow(0)
        self.window_.notify("Состояние возвращено новой правкой; её можно отменить (Ctrl+Z).")

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if self.state is not None:
            self._show_state()

    def step_back(self) -> bool:
        if self.area.hasFocus():
            self.list.setFocus()
            return True
        key, where = self.back
        page: Any = self.window_.open(key, **where)
        if hasattr(page, "table"):
            page.table.setFocus()
        return True

    def panes(self) -> list[QWidget]:
        return [self.list, self.area]


def _told(change: FieldChange) -> str:
    """«было — стало»; what was empty is not told."""
    if change.after == ERASED or change.before == ERASED:
        return f"{change.before or NOTHING} — стало {change.after or NOTHING}"
    if not change.before:
        return change.after or NOTHING
    return f"{change.before} — стало {change.after or NOTHING}"
