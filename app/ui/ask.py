"""Dialogs that ask for a reason or a few values before a deed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import AppError, InvalidRecord
from app.core.fields import Field, Kind
from app.core.roles import Right
from app.ui.desk import Desk
from app.ui.dialogs import Dialog
from app.ui.editor_of import editor_of
from app.ui.editors import LineEditor
from app.ui.field_text import FieldText
from app.ui.form_row import FormLine, FormRow
from app.ui.page import Window

_TALL = 5  # plain fields one below the other that a window of 768 px holds
_WIDE = 40  # characters of a field that wants a line of its own


def _lines(fields: Sequence[Field]) -> list[list[Field]]:
    """One field a line; of many fields, short neighbours share one."""
    lines: list[list[Field]] = []
    height = sum(3 if field.kind in (Kind.NOTE, Kind.CHOICES) else 1 for field in fields)
    for field in fields:
        alone = height <= _TALL or field.kind in (Kind.NOTE, Kind.CHOICES) or field.width >= _WIDE
        last = lines[-1] if lines else []
        if not alone and len(last) == 1 and last[0].width < _WIDE and last[0].kind not in (Kind.NOTE, Kind.CHOICES):
            last.append(field)
        else:
            lines.append([field])
    return lines


class ValuesDialog(Dialog):
    """A few fields and a deed over their values; each fault stands at its field."""

    def __init__(
        self,
        title: str,
        text: str,
        fields: Sequence[Field],
        deed: str,
        act: Callable[[dict[str, Any]], object],
        *,
        desk: Desk,
        words: FieldText | None = None,
        given: Mapping[str, Any] | None = None,
        undoable: bool = True,
        right: Right | None = Right.WORK,
    ) -> None:
        super().__init__(title, text, deed=deed, act=self._do, undoable=undoable)
        self._deed, self.right = act, right
        self.rows: dict[str, FormRow] = {}
        words = words or FieldText(desk)
        for field in fields:
            row = FormRow(field, editor_of(field, desk, words))
            if given and field.key in given:
                row.editor.fill(given[field.key], str(given.get(f"{field.key}_title", "")))
            self.rows[field.key] = row
        for line_fields in _lines(fields):
            line = FormLine()
            for field in line_fields:
                row = self.rows[field.key]
                line.add(row, int(row.minimumWidth() != row.maximumWidth()) * 500)
            self.body.addWidget(line.finish())

    def open_over(self, window: QWidget, first: QWidget | None = None) -> Dialog:
        start = next(iter(self.rows.values())).editor if self.rows else None
        return super().open_over(window, first or start)

    def _do(self) -> bool:
        values: dict[str, Any] = {}
        for key, row in self.rows.items():
            values[key], fault = row.read()
            row.show_fault(fault or "")
        faulty = [row for row in self.rows.values() if row.fault]
        if faulty:
            faulty[0].editor.setFocus()
            return False
        try:
            self._deed(values)
        except InvalidRecord as invalid:
            unseen = []
            for key, fault in invalid.faults.items():
                if key in self.rows:
                    self.rows[key].show_fault(fault)
                else:
                    unseen.append(fault)
            self.refuse(" ".join(unseen))
            return False
        except AppError as error:
            self.refuse(f"{error.message} {error.hint}".strip())
            return False
        return True

    @property
    def faults(self) -> dict[str, str]:
        return {key: row.fault for key, row in self.rows.items() if row.fault}


def ask_values(
    window: Window,
    desk: Desk,
    title: str,
    text: str,
    fields: Sequence[Field],
    deed: str,
    act: Callable[[dict[str, Any]], object],
    *,
    words: FieldText | None = None,
    given: Mapping[str, Any] | None = None,
    undoable: bool = True,
    right: Right | None = Right.WORK,
) -> ValuesDialog:
    """Open a dialog with a few fields over the window.

    words: the choices, where they are no dictionary's.  right: what the deed asks for, None where it writes nothing.
    """
    dialog = ValuesDialog(
        title, text, fields, deed, act, desk=desk, words=words, given=given, undoable=undoable, right=right
    )
    window.ask(dialog)
    return dialog


class TextDialog(Dialog):
    """One line that must be given: a reason."""

    right = Right.WORK

    def __init__(self, title: str, text: str, what: str, deed: str, act: Callable[[str], object]) -> None:
        super().__init__(title, text, deed=deed, act=self._do)
        self._deed = act
        field = Field("text", what, Kind.TEXT, required=True, width=60)
        self.row = FormRow(field, LineEditor(field))
        self.line = self.row.editor.box
        line = FormLine()
        line.add(self.row, 500)
        self.body.addWidget(line.finish())

    def _do(self) -> bool:
        value, fault = self.row.read()
        self.row.show_fault(fault or "")
        if fault:
            self.row.editor.setFocus()
            return False
        try:
            self._deed(value)
        except InvalidRecord as invalid:
            self.refuse(" ".join(invalid.faults.values()))
            return False
        except AppError as error:
            self.refuse(f"{error.message} {error.hint}".strip())
            return False
        return True


def ask_text(
    window: Window, title: str, text: str, what: str, deed: str, act: Callable[[str], object]
) -> TextDialog:
    """Ask for a reason; the deed gets it."""
    dialog = TextDialog(title, text, what, deed, act)
    window.ask(dialog, dialog.line)
    return dialog
