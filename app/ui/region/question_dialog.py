"""A new question to the districts: its words, its term, and its columns one below the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.fields import Field, Kind
from app.returns.question import KIND_TITLES, MOST_COLUMNS, ColumnKind, QuestionColumn
from app.ui.choice_editors import Combo
from app.ui.desk import Desk
from app.ui.dialogs import Dialog
from app.ui.editor_of import editor_of
from app.ui.field_text import FieldText
from app.ui.form_row import FormLine, FormRow
from app.ui.naming import name_widgets
from app.ui.tick import Tick
from app.ui.widgets import Button, label, row

WIDTH = 760
_FIELDS = (
    Field("title", "О чём спрашиваем", Kind.TEXT, required=True, width=60),
    Field("explanation", "Пояснение (не обязательно)", Kind.TEXT, width=60),
    Field("due_on", "Ответить до", Kind.DATE, required=True, width=14),
)
_CHOICES = "Значения через «;»: да; нет"
Act = Callable[[str, str, date, tuple[QuestionColumn, ...]], object]


class ColumnLine(QWidget):
    """One column: its title, kind, list of values, whether it must be filled, and away with it."""

    def __init__(self, drop: Callable[[ColumnLine], None]) -> None:
        super().__init__()
        self.title = QLineEdit()
        self.title.setPlaceholderText("Название графы")
        self.title.setFixedWidth(230)
        self.kind = Combo()
        for kind, words in KIND_TITLES.items():
            self.kind.addItem(words, kind.value)
        self.kind.setFixedWidth(150)
        self.choices = QLineEdit()
        self.choices.setPlaceholderText(_CHOICES)
        self.required = Tick("обязательна")
        self.away = Button("", "x", kind="bare", act=lambda: drop(self))
        self.setLayout(row(self.title, self.kind, self.choices, self.required, self.away))
        self.kind.currentIndexChanged.connect(lambda _index: self._settle())
        self._settle()

    def _settle(self) -> None:
        """The list of values stands only where the kind has one."""
        policy = self.choices.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.choices.setSizePolicy(policy)
        self.choices.setVisible(ColumnKind(self.kind.currentData()) is ColumnKind.CHOICE)

    def number(self, at: int) -> None:
        self.title.setAccessibleName(f"Название графы {at}")
        self.kind.setAccessibleName(f"Вид графы {at}")
        self.choices.setAccessibleName(f"Значения графы {at} через точку с запятой")
        self.required.setAccessibleName(f"Графа {at} обязательна")
        self.away.setAccessibleName(f"Убрать графу {at}")
        self.away.setToolTip("Убрать графу")

    @property
    def is_empty(self) -> bool:
        return not self.title.text().strip() and not self.choices.text().strip()

    def read(self) -> QuestionColumn:
        kind = ColumnKind(self.kind.currentData())
        listed = self.choices.text().split(";") if kind is ColumnKind.CHOICE else ()
        choices = tuple(words for one in listed if (words := " ".join(one.split())))
        return QuestionColumn(" ".join(self.title.text().split()), kind, choices, self.required.isChecked())


class QuestionDialog(Dialog):
    """act: asked with title, explanation, term and columns; its refusal is shown here."""

    manual = "region_down.md"

    def __init__(self, desk: Desk, act: Act) -> None:
        super().__init__(
            "Новый вопрос районам",
            "Каждый район получит свою таблицу: в ней списки и проверки чисел, остальное закрыто.",
            deed="Задать вопрос", act=self._do, undoable=False, width=WIDTH,
        )  # fmt: skip
        self._ask = act
        words = FieldText(desk)
        self.fields = {field.key: FormRow(field, editor_of(field, desk, words)) for field in _FIELDS}
        for made in self.fields.values():
            line = FormLine()
            line.add(made, int(made.minimumWidth() != made.maximumWidth()) * 500)
            self.body.addWidget(line.finish())
        self.body.addWidget(label("Графы таблицы", 14, bold=True))
        self._columns = QVBoxLayout()
        self._columns.setSpacing(4)
        self.body.addLayout(self._columns)
        self.lines: list[ColumnLine] = []
        self.more = Button("Добавить графу", "plus", kind="link", act=self.add_line)
        self.body.addLayout(row(self.more, None))
        for _ in range(2):
            self.add_line()

    def add_line(self) -> None:
        made = ColumnLine(self._drop)
        self.lines.append(made)
        self._columns.addWidget(made)
        self._settle()
        if self.isVisible():
            made.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self, line: ColumnLine) -> None:
        if len(self.lines) == 1:
            return
        at = self.lines.index(line)
        self.lines.remove(line)
        line.hide()
        line.deleteLater()
        self._settle()
        self.lines[min(at, len(self.lines) - 1)].title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settle(self) -> None:
        for at, line in enumerate(self.lines, 1):
            line.number(at)
        self.more.setVisible(len(self.lines) < MOST_COLUMNS)
        name_widgets(self, "question")
        if self.parentWidget() is not None:
            self._place()

    def _do(self) -> bool:
        values: dict[str, Any] = {}
        for key, made in self.fields.items():
            values[key], fault = made.read()
            made.show_fault(fault or "")
        wrong = next((made for made in self.fields.values() if made.fault), None)
        if wrong is not None:
            wrong.editor.setFocus()
            return False
        columns = tuple(line.read() for line in self.lines if not line.is_empty)
        try:
            self._ask(values["title"], values["explanation"] or "", values["due_on"], columns)
        except AppError as error:
            self.refuse(f"{error.message} {error.hint}".strip())
            return False
        return True
