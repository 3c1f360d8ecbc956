"""Lines of a record as a small table in its form: intervals, marks, recipients, violations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.fields import Kind, Values
from app.core.text import fold
from app.records import LineType
from app.ui.desk import Desk
from app.ui.editor_of import editor_of
from app.ui.editors import FILLING, Editor, width_of
from app.ui.field_text import FieldText
from app.ui.form_row import MessageLine
from app.ui.link_editor import LinkEditor
from app.ui.mnemonics import give_mnemonic
from app.ui.naming import name_widgets
from app.ui.widgets import Button, label, row
from app.usecases.pasted import named_by_list

LINE_LETTERS = "дв"
"""Letters of the buttons of lines; they mean the table that has the focus."""
WIDEST, LONGEST_NAME, ROOM, TICK = 220, 420, 700, 64


def _widths(line_type: LineType) -> list[int]:
    """Px of each field; where there is room, the first words or link get it."""
    widths = [TICK if f.kind is Kind.FLAG else min(WIDEST, width_of(f)) for f in line_type.typed]
    spare = ROOM - sum(widths) - 8 * len(widths)
    for place, field in enumerate(line_type.typed):
        if spare > 0 and field.kind in FILLING:
            widths[place] += min(spare, LONGEST_NAME - widths[place])
            break
    return widths


def _places(widths: list[int]) -> list[tuple[int, int]]:
    """(row, column) of each field in the room of a form."""
    found: list[tuple[int, int]] = []
    row_, column, used = 0, 0, 0
    for width in widths:
        if used and used + width > ROOM:
            row_, column, used = row_ + 1, 0, 0
        found.append((row_, column))
        column, used = column + 1, used + width + 8
    return found


def _labelled(name: str, editor: Editor) -> QVBoxLayout:
    made = QVBoxLayout()
    made.setSpacing(2)
    made.addWidget(label(name, 13, tone="text2"))
    made.addWidget(editor)
    return made


class _Line:
    """One line: its id, if kept already, and the editors of its fields."""

    def __init__(
        self, line_id: int | None, editors: dict[str, Editor], drop: Button, block: QWidget | None = None
    ) -> None:
        self.id = line_id
        self.block = block
        self.editors = editors
        self.drop = drop

    def values(self) -> dict[str, Any]:
        found: dict[str, Any] = {key: editor.read()[0] for key, editor in self.editors.items()}
        if self.id is not None:
            found["id"] = self.id
        return found

    @property
    def empty(self) -> bool:
        if any(isinstance(editor, LinkEditor) and editor.said_nothing for editor in self.editors.values()):
            return False
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
        self.faulty: list[Editor] = []  # the editors whose faults are told, in their order
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
        self.paste_button = Button("Вставить список", "list", kind="link", act=self.paste)
        self.paste_button.setToolTip("Названия, ИНН или ОГРН из буфера обмена, по одному в строке")
        self.paste_button.setAccessibleName(f"Вставить список: {line_type.title}")
        self._link = next((f for f in line_type.typed if f.kind is Kind.LINK and f.register == "ngo"), None)
        for button, letter in zip((self.add_button, self.paste_button), LINE_LETTERS, strict=True):
            give_mnemonic(self, button, letter)
        column.addLayout(row(self.add_button, self.paste_button, None))
        if self._link is None:
            self.paste_button.hide()
        column.addWidget(self.message)
        self._widths = _widths(line_type)
        self._places = _places(self._widths)
        self._wrapped = max((row for row, _ in self._places), default=0) > 0
        self._heads = [] if self._wrapped else [label(self._head(f), 13, tone="text2") for f in line_type.typed]
        for place, head in enumerate(self._heads):
            self.grid.addWidget(head, 0, place)
        self.grid.setColumnStretch(len(line_type.typed) + 1, 1)
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
        block = QWidget() if self._wrapped else None
        rows: list[QHBoxLayout] = []
        for field, width, (row_, column) in zip(self.line_type.typed, self._widths, self._places, strict=True):
            editor = editor_of(field, self._desk, self._words, self.line_type.key)
            editor.setFixedWidth(width)
            if field.kind is Kind.FLAG:
                editor.box.setText("")
            editor.box.setAccessibleName(f"{self.line_type.title}: {field.title}")
            if values is not None:
                editor.fill(values.get(field.key), values.get(f"{field.key}_title", ""))
            if isinstance(editor, LinkEditor) and field is self._link:
                editor.takes_lists = True
                editor.pasted.connect(self.take_list)
                if values is not None and values.get("id") is not None and values.get(field.key) is None:
                    editor.say_nothing()
            editor.edited.connect(self._edited)
            editors[field.key] = editor
            if block is None:
                self.grid.addWidget(editor, place, column)
                continue
            if row_ == len(rows):
                rows.append(row(spacing=8))
            rows[row_].addLayout(_labelled(self._head(field), editor))
        drop = Button("", "x", kind="bare")
        drop.setToolTip("Убрать строку")
        drop.setAccessibleName("Убрать строку")
        if block is None:
            self.grid.addWidget(drop, place, len(editors))
        else:
            self._lay_block(block, rows, drop, place)
        line = _Line(values.get("id") if values is not None else None, editors, drop, block)
        drop.clicked.connect(lambda: self._drop(line))
        self.lines.append(line)
        self._show_heads()
        name_widgets(self, self.line_type.key)
        if values is None:
            next(iter(editors.values())).setFocus()
            self.edited.emit()
        return line

    def paste(self) -> None:
        """Take the list that lies in the clipboard."""
        text = QApplication.clipboard().text()
        if text.strip():
            self.take_list(text)
        else:
            told = "Скопируйте названия, ИНН или ОГРН, по одному в строке, и нажмите ещё раз."
            self.message.say(told, "warn")

    def take_list(self, text: str) -> None:
        """A line for each that a list names and that is not there yet; what names no record has its fault."""
        if self._link is None:
            return
        found = self._desk.read(named_by_list, self._link.register, text)
        for line in [line for line in self.lines if line.empty and line.id is None]:
            self._remove(line)
        key = self._link.key
        links = [line.editors[key] for line in self.lines]
        there = {link.read()[0] for link in links} - {None}
        shown = {fold(link.line.text()) for link in links if isinstance(link, LinkEditor)}
        unknown: list[Editor] = []
        for named in found:
            code = int(named.choice.code) if named.choice else None
            if code in there or (code is None and fold(named.text) in shown):
                continue
            made = self.add({key: code, f"{key}_title": named.choice.title if named.choice else ""}).editors[key]
            assert isinstance(made, LinkEditor)
            if code is None and (named.fault or not self._link.nothing):
                made.say_unknown(named.text, f"{named.told}: выберите запись из списка под полем или уберите строку.")
                unknown.append(made)
            elif code is None:
                made.say_nothing()
        self._edited()
        self._show_some([*self.faulty, *unknown])
        self.edited.emit()  # now that the faults stand there: the panel beside tells them
        (self.faulty[0] if self.faulty else self.add_button).setFocus()

    def _lay_block(self, block: QWidget, rows: list[QHBoxLayout], drop: Button, place: int) -> None:
        """A line of many fields takes several rows, each under its own name; the button comes after the last."""
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        rows[-1].addWidget(drop, 0, Qt.AlignmentFlag.AlignBottom)
        for line in rows:
            line.addStretch(1)
            column.addLayout(line)
        self.grid.addWidget(block, place, 0, 1, len(self.line_type.typed) + 1)

    def _drop(self, line: _Line) -> None:
        self._remove(line)
        self._edited()

    def _remove(self, line: _Line) -> None:
        self.lines.remove(line)
        self.faulty = [editor for editor in self.faulty if editor not in line.editors.values()]
        for widget in (*line.editors.values(), line.drop, *([line.block] if line.block else [])):
            self.grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._show_heads()

    def _edited(self) -> None:
        self._show_some(self.faulty)
        self.edited.emit()

    def _show_some(self, editors: Sequence[Editor]) -> None:
        """Mark those of the editors that are wrong still; what was not told yet waits for saving."""
        told = self.read()[1]
        at = {id(editor): name for name, editor in self._named()}
        self.show_faults({at[id(e)]: told[at[id(e)]] for e in editors if at.get(id(e)) in told})

    def _named(self) -> list[tuple[str, Editor]]:
        """(`key.index.field`, editor) of the lines that are not empty."""
        kept = [line for line in self.lines if not line.empty or line.id is not None]
        return [
            (f"{self.line_type.key}.{number}.{key}", editor)
            for number, line in enumerate(kept)
            for key, editor in line.editors.items()
        ]

    def fill(self, lines: Sequence[Values]) -> None:
        for line in list(self.lines):
            self._remove(line)
        for values in lines:
            self.add(values)

    def state(self) -> list[dict[str, Any]]:
        """Every line as it was typed, with the id of a kept one."""
        return [
            {"id": line.id, "values": {key: editor.state() for key, editor in line.editors.items()}}
            for line in self.lines
        ]

    def restore(self, lines: Any) -> None:
        """The lines of a draft; one that was dropped from the record meanwhile is a new line now."""
        kept = {line.id for line in self.lines if line.id is not None}
        self.fill(())
        for told in lines if isinstance(lines, list) else ():
            values = told.get("values", {})
            made = self.add({"id": told.get("id")} if told.get("id") in kept else {})
            for key in values.keys() & made.editors.keys():
                made.editors[key].restore(values[key])

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

    @property
    def required(self) -> tuple[int, int]:
        """Of the required fields of the lines that are not empty: how many are right, how many there are."""
        wanted = {field.key for field in self.line_type.typed if field.required}
        asked = [editor for name, editor in self._named() if name.rpartition(".")[2] in wanted]
        answers = [editor.read() for editor in asked]
        return sum(fault is None and value not in (None, ()) for value, fault in answers), len(asked)

    def show_faults(self, faults: dict[str, str]) -> None:
        """Mark the cells named `key.index.field` and tell the first fault below the table."""
        self.faulty = [editor for name, editor in self._named() if name in faults]
        names = {id(editor): name for name, editor in self._named()}
        for line in self.lines:
            for editor in line.editors.values():
                fault = faults.get(names.get(id(editor), ""), "")
                editor.mark("err" if fault else "")
                editor.box.setToolTip(fault)
                editor.box.setAccessibleDescription(fault)
        told = list(faults.values())
        self.message.say(told[0] if told else "")
        self.message.setToolTip("\n".join(told))
