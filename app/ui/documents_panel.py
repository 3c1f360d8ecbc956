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
    """Six documents and the others on demand, with what is told of each; `open_document(id)` shows one."""

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

    def show_documents(self, found: Sequence[DocumentRow], *, all_of_them: bool = False) -> None:
        shown = found if all_of_them else found[:SHOWN]
        clear(self._list)
        self.buttons = []
        self.count.setText(str(len(found)) if found else "")
        for document in shown:
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
        if len(found) > len(shown):
            rest = plural(len(found) - len(shown), "документ", "документа", "документов")
            more = Button(f"Показать ещё {rest}", "caret-down", kind="link",
                          act=lambda: self._show_rest(found))  # fmt: skip
            more.setObjectName("documents.more")
            self._list.addLayout(row(more, None))
        lay_now(self)

    def _show_rest(self, found: Sequence[DocumentRow]) -> None:
        """The list whole; the focus goes to the first that was not seen."""
        self.show_documents(found, all_of_them=True)
        self.buttons[SHOWN].setFocus(Qt.FocusReason.OtherFocusReason)
