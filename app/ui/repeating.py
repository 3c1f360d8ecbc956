"""Ctrl+D: a field gets what the last record has in it; in lines, what the line above has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.ui.editors import Editor
from app.ui.line_table import LineTable
from app.usecases import registers

if TYPE_CHECKING:
    from app.ui.record_form import RecordForm
    from app.ui.register_page import RegisterPage


class Repeating:
    """What the last saved record of a page has; before anything is saved, the last one that is kept."""

    def __init__(self, page: RegisterPage) -> None:
        self._page = page
        self._fields: dict[str, Any] = {}
        self._lines: dict[str, dict[str, Any]] = {}

    def saved(self, form: RecordForm) -> None:
        """Remember the record that the form has just written: its fields, and the last line of each kind."""
        values, lines = form.state()
        self._fields = values
        self._lines = {key: dict(told[-1]["values"]) for key, told in lines.items() if told}

    def fill_focused(self, form: RecordForm) -> None:
        """The field with the focus as in the last record; the field of a line as in the line above."""
        for key, row in form.rows.items():
            if row.editor.box.hasFocus():
                self._as_last(form, key, row.editor)
                return
        for key, table in form.tables.items():
            for number, line in enumerate(table.lines):
                for name, editor in line.editors.items():
                    if editor.box.hasFocus():
                        self._as_above(key, table, number, name, editor)
                        return

    def _as_last(self, form: RecordForm, key: str, editor: Editor) -> None:
        if key in self._fields:
            _repeat(editor, self._fields[key])
            return
        last = self._last_kept(form.record_id)
        if last is not None and last.values.get(key) not in (None, "", ()):
            editor.fill(last.values[key], str(last.values.get(f"{key}_title") or ""))
            editor.edited.emit()

    def _as_above(self, key: str, table: LineTable, number: int, name: str, editor: Editor) -> None:
        if number > 0:
            _repeat(editor, table.lines[number - 1].editors[name].state())
            return
        if table.line_type[name].personal:
            return  # a person is never carried over from another record
        if name in self._lines.get(key, {}):
            _repeat(editor, self._lines[key][name])
            return
        last = self._last_kept(None)
        kept = last.lines[key] if last is not None else ()
        if kept and kept[-1].get(name) not in (None, "", ()):
            editor.fill(kept[-1][name], str(kept[-1].get(f"{name}_title") or ""))
            editor.edited.emit()

    def _last_kept(self, but: int | None) -> registers.Card | None:
        """The record entered last, whoever entered it, but for the one that is being changed."""
        desk, register = self._page.desk, self._page.register
        ids = [id for id in desk.read(registers.find, register) if id != but]
        return desk.read(registers.card, register, max(ids)) if ids else None


def _repeat(editor: Editor, state: Any) -> None:
    if state in (None, "", [], [None, ""], False):
        return
    editor.restore(state)
    editor.edited.emit()
