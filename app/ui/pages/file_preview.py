"""A page that takes a file in: asked for, seen, then written; what pages of packets and комплекты have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from app.core.roles import Right
from app.ui.pages.preview_page import PreviewPage


class FilePreview(PreviewPage):
    """files: the filter of the dialog; invitation: icon, title and text while no file was chosen."""

    files = ""
    wanted = ""  # the title of the dialog
    invitation = ("", "", "")

    preview: Any = None
    busy = False
    right: Right | None = None  # what it takes to choose a file; None asks at the end alone

    def read(self, path: Path) -> None:
        """Read the file and lay it over what is held, in the database's thread."""
        raise NotImplementedError

    def fact(self) -> str:
        """What stands beside the title while no file was chosen."""
        return ""

    def enter(self, **where: object) -> None:
        path = where.get("path")
        if isinstance(path, Path):
            self.window_.guarded(self.read)(path)
        elif self.preview is None:
            self._begin()

    def _begin(self) -> None:
        """No file yet: what it is for, and the button that asks for it."""
        self.preview = None
        self.model.show_preview(None)
        self.card.show_nothing()
        self.header.fact.setText(self.fact())
        self.show_nothing_read()
        self.empty.say(*self.invitation, "Выбрать файл", key="Ctrl+O")
        self.say_hint("Ctrl+O — выбрать файл · файл можно перетащить в окно · Esc — назад")
        self.empty.primary.setFocus()

    def choose(self) -> None:
        if self.right is not None and self.refused(self.right):
            return
        path, _ = QFileDialog.getOpenFileName(self, self.wanted, str(Path.home()), self.files)
        if path:
            self.window_.guarded(self.read)(Path(path))

    def _failed(self, error: BaseException) -> None:
        """A job over the file was stopped or refused: the page is ready again."""
        self.busy = False
        self.window_.tell(error)
