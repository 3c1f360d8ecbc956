"""The found rows of a register as an Excel file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from app.core.russian import plural
from app.usecases import exporting
from app.usecases.places import write_file

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage


class Exporting:
    """«Выгрузить» of a page."""

    def __init__(self, page: RegisterPage) -> None:
        self._page = page

    def ask(self) -> None:
        """Ask where, then write."""
        title = self._page.record_type.title
        path, _ = QFileDialog.getSaveFileName(
            self._page, "Выгрузить в Excel", str(Path.home() / f"{title}.xlsx"), "Excel (*.xlsx)"
        )
        if path:
            self.write(Path(path))

    def write(self, path: Path) -> None:
        """Write what the table shows, or what is marked in it, in the database's thread."""
        page = self._page
        ids = page.marking.ids or page.model.ids

        def done(content: bytes) -> None:
            write_file(path, content)
            page.window_.notify(f"Записано в «{path.name}»: {plural(len(ids), *page.record_type.nouns)}.")

        page.desk.read_later(
            "Выгрузка",
            exporting.register_xlsx,
            page.register,
            ids,
            with_progress=True,
            done=page.window_.guarded(done),
            failed=page.window_.tell,
        )
