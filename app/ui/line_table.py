"""Lines of a record as a small table in its form: intervals, marks, recipients, violations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.core.fields import Kind, Values
from app.records import LineType
from app.ui.desk import Desk
from app.ui.editor_of import editor_of
from app.ui.editors import Editor, width_of
from app.ui.field_text import FieldText
from app.ui.form_row import MessageLine
from app.ui.widgets import Button, label

WIDEST = 220


class _Line:
    """One line: its id, if kept already, and the editors of its fields."""

    def __init__(self, line_id: int | None, editors: dict[str, Editor], drop: Button) -> None:
        self.id = line_id
        self.editors = editors
        self.drop = drop

    def values(self) -> dict[str, Any]:
        found: dict[str, Any] = {key: editor.read()[0] for key, editor in self.editors.items()}
        if self.id is not None:
            found["id"] = self.id
        return found

    @property
    def empty(self) -> bool:
        answers = (editor.read() for editor in self.editors.values())
        return all(value in (None, (), False) and fault is None for value, fault in answers)


class LineTable(QWidget):
    """The lines of one kind, added and dropped in place."""

    edited = Signal()

    def __init__(self, line_type: LineType, desk: Desk, words: FieldText) -> None:
        super().__init__()
        self.line_type = line_type
        self._desk, self._words = desk, words
        self.lines: list[_Line] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(4)
        column.addLayout(self.grid)
        self.add_button = Button("Добавить строку", "plus", kind="link", act=self.add)
        self.add_button.setAccessibleName(f"Добавить строку: {line_type.title}")
        self.message = MessageLine()
        column.addWidget(self.add_button)
        column.addWidget(self.message)
        self._heads = [label(self._head(f), 13, tone="text2") for f in line_type.typed]
        for place, head in enumerate(self._heads):
            self.grid.addWidget(head, 0, place)
        self.grid.setColumnStretch(len(self._heads) + 1, 1)
        self._show_heads()

    @staticmethod
    def _head(field) -> str:
        return field.title + ("\u00a0*" if field.required else "")

    def _show_heads(self) -> None:
        for head in self._heads:
            head.setVisible(bool(self.lines))

    def add(self, values: Values | None = None) -> _Line:
        """A new line, with the focus in its first field unless it is filled by the program."""
        editors: dict[str, Editor] = {}
        place = self.grid.rowCount()
        for column, field in enumerate(self.line_type.typed):
            editor = editor_of(field, self._desk, self._words)
            editor.setFixedWidth(min(WIDEST, width_of(field)))
            if field.kind is Kind.FLAG:
                editor.box.setText("")
            editor.box.setAccessibleName(f"{self.line_type.title}: {field.title}")
            if values is not None:
                editor.fill(values.get(field.key), values.get(f"{field.key}_title", ""))
            editor.edited.connect(self._edited)
            editors[field.key] = editor
            self.grid.addWidget(editor, place, column)
        drop = Button("", "x", kind="bare")
        drop.setToolTip("Убрать строку")
        drop.setAccessibleName("Убрать строку")
        self.grid.addWidget(drop, place, len(editors))
        line = _Line(values.get("id") if values is not None else None, editors, drop)
        drop.clicked.connect(lambda: self._drop(line))
        self.lines.append(line)
        self._show_heads()
        if values is None:
            next(iter(editors.values())).setFocus()
            self.edited.emit()
        return line

    def _drop(self, line: _Line) -> None:
        self._remove(line)
        self._edited()

    def _remove(self, line: _Line) -> None:
        self.lines.remove(line)
        for widget in (*line.editors.values(), line.drop):
            self.grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._show_heads()

    def _edited(self) -> None:
        self.show_faults({})
        self.edited.emit()

    def fill(self, lines: Sequence[Values]) -> None:
        for line in list(self.lines):
            self._remove(line)
        for values in lines:
            self.add(values)

    def read(self) -> tuple[list[dict[str, Any]], dict[str, str]]:
        """Values of the lines that are not empty, and faults by `key.index.field`."""
        found: list[dict[str, Any]] = []
        faults: dict[str, str] = {}
        for line in self.lines:
            if line.empty and line.id is None:
                continue
            for field in self.line_type.typed:
                value, fault = line.editors[field.key].read()
                if fault is None and field.required and value in (None, ()):
                    fault = f"Заполните «{field.title}»."
                if fault:
                    faults[f"{self.line_type.key}.{len(found)}.{field.key}"] = fault
            found.append(line.values())
        return found, faults

    def show_faults(self, faults: dict[str, str]) -> None:
        """Mark the cells named `key.index.field` and tell the first fault below the table."""
        kept = [line for line in self.lines if not line.empty or line.id is not None]
        for number, line in enumerate(kept):
            for key, editor in line.editors.items():
                editor.mark("err" if f"{self.line_type.key}.{number}.{key}" in faults else "")
        told = list(faults.values())
        self.message.say(told[0] if told else "")
        self.message.setToolTip("\n".join(told))
