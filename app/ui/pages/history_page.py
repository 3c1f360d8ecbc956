"""The history of changes of the district: by person, register, day and words of the title; each opened or undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.core.fields import Field, Kind
from app.core.russian import plural
from app.records import REGISTERS
from app.ui.choice_editors import Combo
from app.ui.desk import Desk
from app.ui.editors import DateEditor
from app.ui.page import Page, Window
from app.ui.pages.changes import ChangeRow
from app.ui.widgets import Button, Card, clear, label, lay_now, row, scrolled, separator, shortcut
from app.usecases import history

SHOWN = 200
LATER = 150  # ms between the last key and the search


def moment_of(day: date) -> datetime:
    """The first moment of a day by the clock of this computer, as the journal keeps it (UTC, naive)."""
    return datetime.combine(day, time()).astimezone().astimezone(UTC).replace(tzinfo=None)


class HistoryPage(Page):
    """where: register chooses one in the filter; the history of one record is on the page of its states."""

    registers = frozenset({*REGISTERS, "return", "settings", "document", "personal_export", "saved_view"})

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("История изменений", desk, window)
        self.header.back.show()
        self.shown = SHOWN
        self.search = QLineEdit()
        self.search.setMinimumWidth(140)
        self.search.setMaximumWidth(256)
        self.search.setPlaceholderText("Найти в названии изменения")
        self.search.setAccessibleName("Найти в истории")
        self.search.setObjectName("historySearch")
        self.person = _combo("Кто", "historyPerson")
        self.kind = _combo("Что меняли", "historyRegister")
        self.kind.addItem("Все записи", "")
        for key, kind in REGISTERS.items():
            self.kind.addItem(kind.title, key)
        if window.plan.region:
            self.kind.hide()  # the region keeps no registers
        self.day = DateEditor(Field("on", "День", Kind.DATE), desk.clock.today)
        self.day.setFixedWidth(150)
        self.day.box.setPlaceholderText("День: любой")
        self.day.box.setAccessibleName("День")
        self.day.box.setObjectName("historyDay")
        self.drop = Button("Снять фильтры", "x", kind="link", act=self.clear_filters)
        strip = row(self.search, self.person, self.kind, self.day, self.drop, None)
        strip.setStretch(0, 1)
        self.body.addLayout(strip)
        self.body.setSpacing(12)
        card = Card(margin=0, spacing=0)
        inner = self._inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 8, 0, 8)
        self._list.setSpacing(0)
        self.area = scrolled(inner)
        card.rows.addWidget(self.area)
        self.body.addWidget(card, 1)
        self.more = Button(f"Показать ещё {SHOWN}", "arrow-down", kind="link", act=self.show_more)
        self.body.addLayout(row(None, self.more, None))
        self.changes: list[ChangeRow] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LATER)
        self._timer.timeout.connect(self._sought)
        self.search.textChanged.connect(lambda _text: self._timer.start())
        self.day.edited.connect(self._timer.start)
        for box in (self.person, self.kind):
            box.currentIndexChanged.connect(lambda _index: self._timer.start())
        shortcut(self, "Ctrl+F", self.search.setFocus)

    def enter(self, **where: object) -> None:
        if isinstance(where.get("register"), str):
            self.kind.setCurrentIndex(max(0, self.kind.findData(where["register"])))
        self.refresh()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def filtered(self) -> bool:
        return bool(
            self.search.text().strip() or self.person.currentData() or self.kind.currentData() or self.day.box.text()
        )

    def clear_filters(self) -> None:
        self.search.clear()
        self.person.setCurrentIndex(0)
        self.kind.setCurrentIndex(0)
        self.day.fill(None)
        self._sought()

    def _sought(self) -> None:
        self.shown = SHOWN
        self.refresh()

    def show_more(self) -> None:
        self.shown += SHOWN
        self.refresh()

    def refresh(self) -> None:
        self._timer.stop()
        self._fill_people()
        wanted: dict[str, Any] = {
            "actor": self.person.currentData() or "", "register": self.kind.currentData() or "",
            "text": self.search.text(),
        }  # fmt: skip
        day, fault = self.day.read()
        self.day.mark("err" if fault else "")
        if isinstance(day, date):
            wanted |= {"first": moment_of(day), "last": moment_of(day + timedelta(days=1))}
        found = self.desk.read(history.changes, limit=self.shown + 1, **wanted)
        at, held = self.area.verticalScrollBar().value(), self._inner.isAncestorOf(QApplication.focusWidget() or self)
        clear(self._list)
        self.changes = []
        for batch in found[: self.shown]:
            line = ChangeRow(batch, self.desk, self.window_, wide=True)
            self.changes.append(line)
            self._list.addWidget(line)
            self._list.addWidget(separator())
        if not found:
            nothing = label("Таких изменений нет. Снимите фильтры или измените слова.", tone="muted")
            nothing.setContentsMargins(16, 12, 16, 12)
            self._list.addWidget(nothing)
        self._list.addStretch(1)
        lay_now(self._inner)
        QTimer.singleShot(0, self, lambda: self._stay(at, held=held))  # once the lines are shown
        self.more.setVisible(len(found) > self.shown)
        self.drop.setVisible(self.filtered)
        count = plural(len(found), "изменение", "изменения", "изменений")
        self.header.fact.setText(f"последние {self.shown}" if len(found) > self.shown else f"{count}, новые сверху")
        self.say_hint("Ctrl+F — искать · Esc — назад. Отмена возвращает всё, что было записано за один раз")

    def _stay(self, at: int, *, held: bool) -> None:
        """Where she was: her button went with its line, and Qt would go on to the last one."""
        if held:
            shown = (line.open_button for line in self.changes if line.open_button.isVisible())
            next(shown, self.search).setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.verticalScrollBar().setValue(at)

    def _fill_people(self) -> None:
        """Those who ever wrote; the chosen one stays chosen."""
        people = list(self.desk.read(history.actors))
        if [self.person.itemData(i) for i in range(1, self.person.count())] == people:
            return
        chosen = self.person.currentData()
        self.person.blockSignals(True)
        self.person.clear()
        self.person.addItem("Все люди", "")
        for name in people:
            self.person.addItem(name, name)
        self.person.setCurrentIndex(max(0, self.person.findData(chosen)))
        self.person.blockSignals(False)

    def step_back(self) -> bool:
        if self.filtered:
            self.clear_filters()
            self.search.setFocus()
        else:
            here = self.window_.plan.home["history"]  # where its link stands
            self.window_.open(here)
        return True

    def panes(self) -> list[QWidget]:
        first: Callable[[], QWidget] = lambda: self.changes[0].open_button if self.changes else self.search  # noqa: E731
        return [self.search, first()]


def _combo(name: str, key: str) -> Combo:
    box = Combo()
    box.setFixedWidth(166)
    box.setAccessibleName(name)
    box.setObjectName(key)
    return box
