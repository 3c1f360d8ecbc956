"""What the window can do about a refusal: one button, named by its deed.

Restoring and moving work on a closed file, so that they are the program's (`Program` hands them over).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.core.errors import AppError, Deed
from app.ui.account_files import ask_open

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

Remedy = tuple[str, Callable[[], object]]
"""The words of the button and what it does."""
PLACES: dict[Deed, tuple[str, str, dict[str, object]]] = {
    Deed.COPIES: ("Открыть «Файл и копии»", "settings", {"tab": "copies"}),
    Deed.UNIT: ("Открыть «Подразделение»", "settings", {"tab": "unit"}),
    Deed.TERMS: ("Открыть «Сроки и пороги»", "settings", {"tab": "terms"}),
    Deed.DICTIONARIES: ("Открыть справочники", "settings", {"tab": "dictionaries"}),
    Deed.HISTORY: ("Открыть последние изменения", "history", {}),
    Deed.RETURNS: ("Открыть отчёты", "returns", {}),
    Deed.TEMPLATES: ("Открыть шаблоны", "templates", {}),
    Deed.PEOPLE: ("Открыть «Люди»", "settings", {"tab": "people"}),
    Deed.REGIONAL: ("Открыть комплект региона", "regional", {}),
}
"""Pages that a refusal leads to: words, key, where."""


class Remedies:
    """restore(path) and move(path) are set by the program; without them such refusals have no button."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.restore: Callable[[Path], Remedy | None] = lambda path: None
        self.move: Callable[[Path], object] | None = None

    def of(self, error: AppError, again: Callable[[], object] | None = None) -> Remedy | None:
        """The button for a refusal, or None.  again: does what was refused once more."""
        window, about = self._window, error.about
        match error.deed:
            case Deed.AGAIN if about is not None and window.desk is None:
                return "Повторить", lambda: window.open_file(about)
            case Deed.AGAIN if again is not None:
                return "Повторить", again
            case Deed.FOLDER if about is not None:
                return "Открыть папку", lambda: open_folder(about)
            case Deed.OPEN if about is not None:
                return "Открыть этот файл", lambda: window.open_file(about)
            case Deed.CHOOSE:
                return "Выбрать файл", self.choose
            case Deed.MOVE if about is not None and self.move is not None:
                move = self.move
                return "Перенести на этот компьютер", lambda: move(about)
            case Deed.SWITCH if window.desk is not None:
                return "Сменить", window.switch
            case Deed.RESTORE if about is not None:
                return self.restore(about)
            case deed if deed in PLACES and window.desk is not None and window.plan.has(PLACES[deed][1]):
                words, key, where = PLACES[deed]
                return words, lambda: window.open(key, **where)
        return None

    def choose(self) -> None:
        path = ask_open(self._window, "Открыть файл учёта", Path.home())
        if path:
            self._window.open_file(path)


def open_folder(folder: Path) -> None:
    """Show a folder in the system's own window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
