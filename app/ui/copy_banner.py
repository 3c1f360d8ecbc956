"""Over every page of a working copy: that it is one, and how the changes get back into the main file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.russian import day, ended
from app.ui.dialogs import Dialog
from app.ui.widgets import Button, ElidingLabel, Icon
from app.usecases.portable import remembered

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.usecases.working_copy import CopyMark

HEIGHT = 36
MAIN = "main_database"
"""Under this name the settings of the computer keep the last file that was opened and is no working copy."""


class CopyBanner(QWidget):
    """Hidden in a file of its own.  main: the main file on this computer, if one was ever opened here."""

    def __init__(self, send: Callable[[], object], open_main: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("copyBanner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self.text = ElidingLabel("", 13, tone="warn")
        self.send = Button("Вернуть изменения", "upload-simple", kind="link", act=send)
        self.send.setObjectName("sendChanges")
        self.main = Button("Открыть основной файл", "folder-open", kind="link", act=open_main)
        self.main.setObjectName("openMain")
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 0, 16, 0)
        line.setSpacing(8)
        line.addWidget(Icon("warning", "warn"))
        line.addWidget(self.text, 1)
        line.addWidget(self.send)
        line.addWidget(self.main)
        self.hide()

    def tell(self, mark: CopyMark | None, main: Path | None = None) -> None:
        """What the file is; None hides the banner."""
        self.setVisible(mark is not None)
        if mark is None:
            return
        made = f"сделана {day(mark.made_on)}, {mark.made_by}"
        whose = ended(f"Рабочая копия: {mark.whom}")
        self.text.setText(f"{whose} Записанное верните в основной файл ({made})")
        self.main.setVisible(main is not None)
        self.main.setToolTip(str(main or ""))


def send_changes(window: MainWindow) -> None:
    """The deed of the page «Люди», from wherever she is."""
    page: Any = window.open("settings", tab="people")
    page.panels["people"].ask_send()


def main_file(settings: QSettings, but: Path) -> Path | None:
    """The main file that was opened on this computer last, if it is there and is not the file `but`."""
    kept = str(settings.value(MAIN, ""))
    found = remembered(kept) if kept else None
    return found if found is not None and found.is_file() and not found.samefile(but) else None


def ask_which(window: MainWindow, mark: CopyMark, main: Path) -> None:
    """A working copy opened by itself, because it was the last file, where the main one is at hand too."""

    dialog = Dialog(
        f"Открыта рабочая копия: {mark.whom}",
        f"С ней работали последней. Записанное в ней попадёт в основной файл только пакетом: «Вернуть изменения»."
        f" Основной файл на этом компьютере: «{main.name}».",
        deed="Остаться в рабочей копии", leave="Закрыть",
    )  # fmt: skip

    def open_main() -> None:
        dialog.close_dialog(done=True)
        window.open_file(main)

    other = Button("Открыть основной файл", "folder-open", act=open_main)
    other.setObjectName("openMain")
    dialog.buttons.insertWidget(1, other)
    dialog.leave.hide()
    window.ask(dialog, other)
