"""Settings, «Имя и вид», «Программа»: which version this is, and a newer one from a file, a folder or a stick."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.ui.desk import Desk
from app.ui.page import Window
from app.ui.update_dialogs import found_dialog
from app.ui.widgets import Button, ElidingLabel, label, row

FILES = "Пакет программы (*.tar.xz *.deb *.rpm *.exe);;Все файлы (*)"


class ProgramSection(QWidget):
    """The version, and «Проверить обновление»."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__()
        self._desk, self._window = desk, window
        self.about = ElidingLabel("", tone="text2")
        self.file = Button("Проверить обновление из файла", "download-simple", act=self.choose_file)
        self.folder = Button("Найти в папке или на носителе", "folder-open", act=self.choose_folder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(label("Программа", 15, bold=True))
        column.addWidget(self.about)
        column.addLayout(row(self.file, self.folder, None))

    def fill(self) -> None:
        from app.usecases.installation import installation
        from app.usecases.update_words import told_of

        self.about.setText(told_of(installation()))

    def choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Пакет новой версии", str(Path.home()), FILES)
        if path:
            self.look(Path(path))

    def choose_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, "Папка или носитель с новой версией", str(Path.home()))
        if path:
            self.look(Path(path))

    def look(self, place: Path) -> None:
        """Read what lies there, whole; nothing is written."""
        from app.usecases.updating import look

        self._run("Проверяется пакет новой версии", lambda progress: look(place, progress), self._found, pool="pure")

    def _found(self, found: Any) -> None:
        self._window.ask(found_dialog(self._window, found, lambda: self.install(found)))

    def install(self, found: Any) -> None:
        """Copy the file, unpack, let the new program try the copy; then the program closes."""
        from app.usecases.updating import make_ready

        self._run(
            "Готовится обновление",
            lambda progress: make_ready(found, self._database, progress, window=True),
            lambda ready: self._window.hand_over(ready), writes=True,
        )  # fmt: skip

    @property
    def _database(self) -> Any:
        return self._desk.database

    def _run(self, title: str, work: Any, done: Any, **how: Any) -> None:
        self._desk.jobs.run(title, work, self._window.guarded(done), self._window.tell, **how)
