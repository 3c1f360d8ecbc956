"""Ctrl+V on a table: a block from a sheet opens the import with itself as the file."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from app.ui.widgets import shortcut
from app.usecases import importing
from app.usecases.pasted_block import block_of, is_list, keep_block

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage


@cache
def _folder() -> Path:
    """Where the block lies that is being looked at: nobody else's, and gone with the program."""
    made = Path(tempfile.mkdtemp(prefix="kurator-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


class Pasting(QObject):
    """Takes what was copied in a sheet as a list of the page's register; nothing is written before she says so."""

    def __init__(self, page: RegisterPage) -> None:
        super().__init__(page)
        self._page = page
        # Not on the card: there Ctrl+V attaches a document.
        shortcut(page.sheets, "Ctrl+V", page.window_.guarded(self.paste))
        page.filters.search.installEventFilter(self)

    def _rows(self) -> list[list[str]]:
        found = QApplication.clipboard().mimeData()
        return block_of(found.text() if found.hasText() else "", found.html() if found.hasHtml() else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search, where the focus is when a register opens, several rows are a block and no words to seek."""
        pasted = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pasted and event.matches(QKeySequence.StandardKey.Paste) and len(self._rows()) > 1:
            self._page.window_.guarded(self.paste)()
            return True
        return False

    def paste(self) -> None:
        page = self._page
        if page.register not in importing.IMPORTED:
            page.window_.notify("Блоком вставляют НКО, поддержку, услуги и потребности.")
            return
        rows = self._rows()
        if not is_list(page.register, rows):
            page.window_.notify("В буфере обмена нет таблицы: скопируйте строки в Excel или LibreOffice.")
            return
        page.window_.open("import", register=page.register, path=keep_block(_folder(), rows))
