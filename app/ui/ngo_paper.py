"""Papers of a card: «Паспорт НКО», looked at before it is printed, and «Что сделано для НКО», saved where she says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from app.ui.desk import Desk
from app.ui.page import Window
from app.ui.short_words import quoted
from app.usecases.document_names import safe_name
from app.usecases.places import write_file

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage

_UNFIT = str.maketrans(dict.fromkeys('<>:"/\\|?*«»„“', ""))


def show_passport(window: Window, desk: Desk, card: int, name: str, *, back: tuple[str, dict[str, Any]]) -> None:
    """The passport on the screen; from there it is saved or opened to be printed.  back: the page of Esc."""
    from app.usecases import ngo_passport

    def done(content: bytes) -> None:
        window.open("document", content=content, name=safe_name(f"Паспорт_{_plain(name)}.pdf"), back=back)

    desk.read_later(
        "Составляется паспорт", ngo_passport.passport_paper, card, done=window.guarded(done), failed=window.tell
    )


def ask_history(page: RegisterPage, card: Any, name: str) -> None:
    """Ask where, then write."""
    called = _plain(str(card.values.get("short_name") or name))
    path, _ = QFileDialog.getSaveFileName(
        page, "Что сделано для НКО", str(Path.home() / f"Что сделано_{called}.pdf"), "PDF (*.pdf)"
    )
    if path:
        save_history(page, card.id, name, Path(path))


def _plain(name: str) -> str:
    return " ".join(name.translate(_UNFIT).split())[:80]


def save_history(page: RegisterPage, card: int, name: str, path: Path) -> None:
    """The whole file of records is read for it, so it is made in the database's thread."""
    from app.usecases import ngo_history

    def done(content: bytes) -> None:
        write_file(path, content)
        page.window_.notify(f"Что сделано для {quoted(name)}: записано в «{path.name}».")

    page.desk.read_later(
        "Составляется бумага", ngo_history.history_paper, card=card, done=page.window_.guarded(done),
        failed=page.window_.tell,
    )  # fmt: skip
