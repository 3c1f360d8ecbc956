"""Ctrl+Shift+V: a copied list of organisations becomes the recipients of the record that is open, or of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app.core.fields import Kind
from app.records import LINES
from app.ui.choice_editors import LinksEditor

if TYPE_CHECKING:
    from app.ui.record_form import RecordForm
    from app.ui.register_page import RegisterPage

NOT_HERE = "Список вставляют в услугу, в решение о поддержке и в соглашение."
EMPTY = "Скопируйте названия, ИНН или ОГРН, по одному в строке, и нажмите ещё раз."


def takes_lists(register: str) -> bool:
    """Does a record of the register name several organisations?"""
    lines = any(f.kind is Kind.LINK and f.register == "ngo" for line in LINES[register] for f in line.fields)
    return lines or register == "support"


def _name_first(form: RecordForm, others: LinksEditor) -> None:
    """Of «ещё получатели» the first is the recipient, where none is named yet."""
    first = form.rows.get("ngo_id")
    chosen = others.read()[0]
    if first is None or first.editor.read()[0] is not None or not chosen:
        return
    first.editor.fill(chosen[0], others.name_of(chosen[0]))
    others.take_out(chosen[0])
    first.edited.emit()


def paste_list(page: RegisterPage) -> None:
    """Open a new record unless one is open, and put the list where its recipients stand."""
    text = QApplication.clipboard().text()
    if not takes_lists(page.register):
        page.window_.notify(NOT_HERE)
        return
    if not text.strip():
        page.window_.notify(EMPTY)
        return
    if not page.editing.open:
        page.editing.new()
    form = page.editing.form
    for table in form.tables.values():
        if not table.paste_button.isHidden():
            table.take_list(text)
            form.focus_first()
            return
    for row in form.rows.values():
        if isinstance(row.editor, LinksEditor) and not row.isHidden():
            row.editor.take_list(text)
            _name_first(form, row.editor)
            form.focus_first()
            return
    page.window_.notify(NOT_HERE)
