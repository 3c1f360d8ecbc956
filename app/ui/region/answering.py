"""What goes back to a district, from any page of the region: a receipt, remarks; and opening a file that came."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.errors import AppError
from app.core.periods import Quarter
from app.core.russian import day, plural
from app.returns.answers import Answer
from app.returns.life import Remark
from app.ui.desk import Desk
from app.ui.page import Window
from app.usecases import region_answers
from app.usecases.places import with_file, write_file
from app.usecases.region_came import Kept, file_of

ANSWER = "Ответ области (*.json);;Все файлы (*)"
CHANGED = frozenset({"received"})
_OPENED: list[tempfile.TemporaryDirectory[str]] = []
"""Copies that were opened outside: thrown away with the program."""
_OPENS = (".xlsx", ".xls", ".ods", ".pdf", ".csv")
"""What the system may open; anything else could be a program."""


class Answering:
    """Deeds over the return of a district for a quarter; above: the widget over which a file is asked for."""

    def __init__(self, above: QWidget, desk: Desk, window: Window) -> None:
        self._above, self._desk, self._window = above, desk, window
        self.folder = Path.home()

    # --- a receipt

    def ask_receipt(self, oktmo: str, quarter: Quarter) -> None:
        """Where to save it; it is made once, and the same file is saved again."""
        name = f"НКО-47-кв_{oktmo}_{quarter}_квитанция.json"
        path, _ = QFileDialog.getSaveFileName(self._above, "Сохранить квитанцию", str(self.folder / name), ANSWER)
        if path:
            self.save_receipt(oktmo, quarter, Path(path))

    def save_receipt(self, oktmo: str, quarter: Quarter, path: Path) -> None:
        answer = self._answer(f"Квитанция: {oktmo}, {quarter.title}", region_answers.receipt, oktmo, quarter, path)
        told = f"Квитанция №\u00a0{answer.number} от {day(answer.on)} сохранена: {path.name}."
        self._window.notify(f"{told} Отправьте её району.")

    # --- remarks

    def ask_remarks(
        self, oktmo: str, quarter: Quarter, given: Sequence[Remark] = (), text: str = ""
    ) -> None:
        """Where to save them; without any given they are the cells of the latest file that was set aside."""
        name = f"НКО-47-кв_{oktmo}_{quarter}_замечания.json"
        path, _ = QFileDialog.getSaveFileName(self._above, "Сохранить замечания", str(self.folder / name), ANSWER)
        if path:
            self.save_remarks(oktmo, quarter, Path(path), given, text)

    def save_remarks(
        self, oktmo: str, quarter: Quarter, path: Path, given: Sequence[Remark] = (), text: str = ""
    ) -> None:
        answer = self._answer(
            f"Замечания: {oktmo}, {quarter.title}", region_answers.remarks, oktmo, quarter, path, given, text
        )
        count = plural(len(answer.remarks), "замечание", "замечания", "замечаний")
        told = count if answer.remarks else "Замечание ко всему отчёту"
        self._window.notify(f"{told} сохранено: {path.name}. Отправьте файл району: он откроется у ячеек.")

    def _answer(
        self, title: str, act: Any, oktmo: str, quarter: Quarter, path: Path, *args: Any
    ) -> Answer:
        answer: Answer = self._desk.write(
            region_answers.KIND, title, with_file, act, path, oktmo, quarter, *args, changed=CHANGED, undoable=False
        )
        self.folder = path.parent
        return answer

    # --- the file that came

    def open_file(self, kept: Kept) -> None:
        """A read-only copy goes to the program that opens such files; the received one stays as it is."""
        name, content = self._desk.read(file_of, kept)
        if not name.lower().endswith(_OPENS):
            raise AppError(f"«{name}» — не таблица и не PDF: отсюда такие файлы не открываются.",
                           "Сохраните его кнопкой «Сохранить файл» и проверьте антивирусом.")  # fmt: skip
        folder = tempfile.TemporaryDirectory(prefix="kurator-", ignore_cleanup_errors=True)
        _OPENED.append(folder)
        path = Path(folder.name) / name
        path.write_bytes(content)
        os.chmod(path, 0o400)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            raise AppError(f"На этом компьютере нечем открыть «{name}».", "Сохраните файл и откройте его на другом.")
        self._window.notify("Открыта копия для чтения: принятый файл правки не изменят.")

    def ask_file(self, kept: Kept) -> None:
        """A copy of the file that came, wherever she says."""
        name, content = self._desk.read(file_of, kept)
        path, _ = QFileDialog.getSaveFileName(self._above, "Сохранить файл", str(self.folder / name), "Все файлы (*)")
        if path:
            write_file(Path(path), content)
            self.folder = Path(path).parent
            self._window.notify(f"Сохранено: {Path(path).name}")
