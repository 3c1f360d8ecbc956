"""Documents of the record that a card shows: listed, attached, pasted, opened; and the passport of an NGO by Ctrl+P."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QWidget

from app.core.fields import RecordType
from app.ui import ngo_paper
from app.ui.attaching import Attaching
from app.ui.desk import Desk
from app.ui.documents_panel import DocumentsPanel
from app.ui.page import Window
from app.usecases import documents, off_record


class CardDocuments:
    """Of one card; the window is asked for when something is done: until then the card may stand in none."""

    def __init__(self, card: QWidget, record_type: RecordType, desk: Desk, width: int) -> None:
        self._card, self._type, self._desk, self._width = card, record_type, desk, width
        self._shown: tuple[int, str] | None = None

    def panel(self, card: Any, name: str) -> DocumentsPanel:
        """The section of the card, made anew for each record."""
        self._shown = (card.id, name)
        made = DocumentsPanel(self._width, self._open, self._guarded(lambda attaching: attaching.choose()))
        ids = self._desk.read(off_record.one_with, card.id) if self._type.key == "ngo" else [card.id]
        made.show_documents(self._desk.read(documents.documents_of, self._type.key, ids))
        made.attach.setVisible(card.archived_on is None)
        return made

    @property
    def _window(self) -> Window:
        return cast(Window, self._card.window())

    def _guarded(self, act: Callable[[Attaching], object]) -> Callable[[], None]:
        def do() -> None:
            if self._shown is not None:
                id, name = self._shown
                where = (self._type.key, id, name)
                self._window.guarded(lambda: act(Attaching(self._window, self._desk, where)))()

        return do

    def paste(self) -> None:
        self._guarded(lambda attaching: attaching.paste())()

    def take(self, data: QMimeData) -> None:
        """What was dropped on the card."""
        self._guarded(lambda attaching: attaching.take(data))()

    def _open(self, document: int) -> None:
        back = (self._type.key, {"record": self._shown[0]}) if self._shown is not None else (self._type.key, {})
        self._window.guarded(lambda: self._window.open("document", record=document, back=back))()

    def print_passport(self) -> None:
        """Ctrl+P on the card of an NGO; other records have no passport."""
        if self._type.key == "ngo" and self._shown is not None:
            id, name = self._shown
            ngo_paper.show_passport(self._window, self._desk, id, name, back=("ngo", {"record": id}))
