"""Words over several lines: a telephone is not parted, and is copied as it was typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.ui.widgets import label, wrapped

PHONE = "8 (81300) 1-23-45"


def test_a_telephone_stays_in_one_line_and_is_copied_with_ordinary_spaces(qtbot: Any) -> None:
    for made in (wrapped(f"Черничкина, {PHONE}", 200), label(f"Черничкина, {PHONE}", wrap=True)):
        qtbot.addWidget(made)
        assert made.text() == "Черничкина, 8\u00a0(81300)\u00a01-23-45"
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.show()
        made.setSelection(0, len(made.text()))
        qtbot.keyClick(made, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QApplication.clipboard().text() == f"Черничкина, {PHONE}"
