"""Ctrl+E: which columns, in what form, under which heading; the last answer is remembered for this register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.core.fields import Field
from app.ui.column_dialog import ROW, FieldTicks
from app.ui.dialogs import Dialog
from app.ui.widgets import Button, label, row, wrapped
from app.usecases.exporting import CALLED

FORMS = {"xlsx": ("Excel", "file-xls"), "docx": ("Word", "file-text"), "pdf": ("PDF", "file-pdf"),
         "copy": ("Буфер обмена", "copy")}  # fmt: skip
PERSONAL = (
    "Отмечены персональные данные. Выйдут только лица, у которых есть основание и не истёк срок хранения; кто отозвал"
    " согласие, не выйдет. В журнале останется, кто, когда, что и о скольких людях выгрузил."
)
KEYS = "Стрелки — чем выгрузить · Пробел — отметить столбец · Alt+стрелки — подвинуть"
AROUND = 376  # px of the dialog beside its list, the warning with it
DEEDS = {"copy": "Скопировать"}


class ExportDialog(Dialog):
    """take(form, keys, heading)."""

    manual = "tables.md"

    def __init__(
        self, title: str, offered: Sequence[Field], chosen: Sequence[str], table: Sequence[str], form: str,
        heading: str, take: Callable[[str, tuple[str, ...], str], Any],
    ) -> None:  # fmt: skip
        super().__init__(title, deed="Выгрузить", act=self._do)
        self._take, self._table = take, tuple(table)
        self._personal_in_order = tuple(field.key for field in offered if field.personal)
        self._personal = set(self._personal_in_order)
        self._all = tuple(field.key for field in offered if not field.personal and field is not CALLED)
        self.form = form if form in FORMS else "xlsx"
        self.forms: dict[str, Button] = {}
        for key, (word, icon) in FORMS.items():
            button = Button(word, icon, kind="pill", act=lambda key=key: self.choose(key))  # type: ignore[misc]
            button.setObjectName(f"form_{key}")
            button.installEventFilter(self)
            self.forms[key] = button
        self.body.addLayout(row(*self.forms.values(), None))
        self.heading = QLineEdit(heading)
        self.heading.setAccessibleName("Заголовок")
        self.heading.setObjectName("heading")
        self.heading.setPlaceholderText("Заголовок")
        self.body.addLayout(row(label("Заголовок", 13, tone="text2"), self.heading))
        self.ticks = FieldTicks(offered, chosen, shown=9)
        self.body.addWidget(self.ticks)
        as_table = Button("Как в таблице", "table", kind="link", act=lambda: self.ticks.show_chosen(self._table))
        every = Button("Все поля", "list", kind="link", act=lambda: self.ticks.show_chosen(self._all))
        self.people = Button("Контактные лица", "users", kind="link", act=self._add_people)
        self.people.setObjectName("add_people")
        self.body.addLayout(row(as_table, every, self.people, None))
        if not self._personal:
            self.people.hide()
        self.body.addWidget(label(KEYS, 13, tone="muted"))
        self.warning = wrapped(PERSONAL, self.card.width() - 50, 13, tone="warn")
        self.body.addWidget(self.warning)
        self.ticks.changed.connect(self._tell)
        self.choose(self.form)

    def open_over(self, window: QWidget, first: QWidget | None = None) -> Dialog:
        self.ticks.show_rows(max(3, min(9, (window.height() - AROUND) // ROW)))
        return super().open_over(window, first)

    def say(self, text: str) -> None:
        """A line of its own under the fields."""
        self.body.addWidget(wrapped(text, self.card.width() - 50, 13, tone="text2"))

    def first(self) -> QWidget:
        """What gets the focus: arrows choose the form, Enter writes."""
        return self.forms[self.form]

    def choose(self, form: str) -> None:
        """The form in which it leaves."""
        self.form = form
        for key, button in self.forms.items():
            button.set_kind("pill-on" if key == form else "pill")
            button.setAccessibleName(f"{FORMS[key][0]}: {'выбрано' if key == form else 'не выбрано'}")
        self.primary.say(DEEDS.get(form, "Выгрузить"))
        self._tell()

    def _add_people(self) -> None:
        """Tick the contact persons and bring them into sight; once more, take them off."""
        chosen = [key for key in self.ticks.chosen if key not in self._personal]
        if self._personal & set(self.ticks.chosen):
            self.ticks.show_chosen(chosen)
            return
        self.ticks.show_chosen([*chosen, *self._personal_in_order])
        self.ticks.setCurrentRow(len(chosen))

    def _tell(self) -> None:
        self.warning.setVisible(bool(self._personal & set(self.ticks.chosen)))

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if watched in self.forms.values() and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
            if event.key() in steps:
                keys = list(FORMS)
                self.choose(keys[(keys.index(self.form) + steps[Qt.Key(event.key())]) % len(keys)])
                self.forms[self.form].setFocus()
                return True
            if event.key() == Qt.Key.Key_Down:
                self.ticks.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _do(self) -> bool:
        keys = self.ticks.chosen
        if not keys:
            self.refuse("Отметьте хотя бы один столбец.")
            return False
        self._take(self.form, keys, self.heading.text().strip())
        return True
