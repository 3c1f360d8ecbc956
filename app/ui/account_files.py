"""The system's dialogs for the program's own file: one filter for both endings, an ending for whoever typed none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.account_file import ENDINGS, with_ending

FILE = f"Файл Куратора НКО ({' '.join(f'*{ending}' for ending in ENDINGS)})"
FILES = f"{FILE};;Все файлы (*)"


def ask_open(parent: QWidget, title: str, folder: Path) -> Path | None:
    """The file that was chosen; any other name may be chosen too, for a copy may be called anything."""
    text, _ = QFileDialog.getOpenFileName(parent, title, str(folder), FILES)
    return Path(text) if text else None


def ask_save(parent: QWidget, title: str, suggested: Path) -> Path | None:
    """Where to write; always with an ending of ours."""
    while True:
        text, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), FILE)
        if not text:
            return None
        typed, whole = Path(text), with_ending(Path(text))
        if whole == typed or not whole.exists():
            return whole
        suggested = whole  # the dialog asks about writing over only by the name it sees: once more, by the whole one
