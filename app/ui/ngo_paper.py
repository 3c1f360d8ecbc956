"""«Что сделано для НКО»: the paper of a card, saved where the person says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from app.ui.short_words import quoted
from app.usecases import ngo_history
from app.usecases.places import write_file

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage

_UNFIT = str.maketrans(dict.fromkeys('<>:"/\\|?*«»„“', ""))


def ask_history(page: RegisterPage, card: Any, name: str) -> None:
    """Ask where, then write."""
    called = " ".join(str(card.values.get("short_name") or name).translate(_UNFIT).split())[:80]
    path, _ = QFileDialog.getSaveFileName(
        page, "Что сделано для НКО", str(Path.home() / f"Что сделано_{called}.pdf"), "PDF (*.pdf)"
    )
    if path:
        save_history(page, card.id, name, Path(path))


def save_history(page: RegisterPage, card: int, name: str, path: Path) -> None:
    """The whole file of records is read for it, so it is made in the database's thread."""

    def done(content: bytes) -> None:
        write_file(path, content)
        page.window_.notify(f"Что сделано для {quoted(name)}: записано в «{path.name}».")

    page.desk.read_later(
        "Составляется бумага", ngo_history.history_paper, card=card, done=page.window_.guarded(done),
        failed=page.window_.tell,
    )  # fmt: skip
