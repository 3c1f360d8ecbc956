"""Documents of a record as its card shows them: one a line, the button that attaches, drop and Ctrl+V."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.russian import plural
from app.ui.widgets import Button, ElidingLabel, clear, label, lay_now, row
from app.usecases.documents import DocumentRow

SHOWN = 6


class DocumentsPanel(QWidget):
    """Up to six documents with what is told of them; `open_document(id)` shows one."""

    def __init__(self, width: int, open_document: Callable[[int], object], attach: Callable[[], object]) -> None:
        super().__init__()
        self._width, self._open = width, open_document
        self.buttons: list[Button] = []
        self.title = label("Документы", 13, bold=True, tone="text2")
        self.count = label("", 13, tone="muted")
        self.attach = Button("Прикрепить", "upload-simple", kind="link", act=attach)
        self.attach.setObjectName("attach")
        self.attach.setAccessibleName("Прикрепить документ")
        self.attach.setToolTip("Ещё можно перетащить файл на карточку или нажать Ctrl+V")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row(self.title, self.count, None, self.attach))
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column.addLayout(self._list)

    def show_documents(self, found: Sequence[DocumentRow]) -> None:
        clear(self._list)
        self.buttons = []
        self.count.setText(str(len(found)) if found else "")
        for document in found[:SHOWN]:
            button = Button(document.name, "file-text", kind="link", act=partial(self._open, document.id))
            room = self._width - 60
            button.setText(button.fontMetrics().elidedText(document.name, Qt.TextElideMode.ElideMiddle, room))
            button.setToolTip(document.name)
            button.setObjectName(f"document.{document.id}")
            button.setAccessibleName(f"Открыть документ {document.name}, {document.told}")
            self.buttons.append(button)
            told = ElidingLabel(document.told, 13, tone="muted")
            told.setContentsMargins(32, 0, 0, 0)
            self._list.addLayout(row(button, None))
            self._list.addWidget(told)
        if len(found) > SHOWN:
            more = plural(len(found) - SHOWN, "документ", "документа", "документов")
            self._list.addWidget(label(f"ещё {more} — на странице записи", 13, tone="muted"))
        lay_now(self)
