"""The composition root of the window: paths, log, database, pages.  The only place that knows all.

The window is painted before SQLAlchemy is imported, and what prints (reportlab, openpyxl) is imported
by the deed that prints: the start costs what a bare Qt window costs (docs/adr).
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.core.clock import Clock
from app.core.command_line import Parser, day_argument
from app.core.errors import AppError, reason_of
from app.ui.icons import pixmap
from app.ui.main_window import MainWindow
from app.ui.russian_qt import speak_russian
from app.ui.theme import apply_theme

if TYPE_CHECKING:
    from app.ui.pages.start_page import StartPage

NAME = "kurator-nko"
_log = logging.getLogger("app")


class Program:
    """One run of the program: its window and the database that is open in it."""

    def __init__(self, database: Path | None = None, clock: Clock | None = None) -> None:
        self._wanted = database
        self._clock = clock or Clock()
        self.settings = own_settings()
        self.window = MainWindow()
        self.window.open_file, self.window.create_file = self.open, self.create
        self.window.setWindowIcon(QIcon(pixmap("buildings", "accent", 32)))

    def start(self) -> None:
        """Open the database that was named or was open last; without one, the page of the first start."""
        from app.usecases.places import default_database

        last = str(self.settings.value("database", ""))
        path = self._wanted or (Path(last) if last else default_database())
        if path.is_file() or self._wanted is not None:
            self.open(path)
            return
        page = self.show_start()
        if last and page is not None:  # a stick that is not plugged in, a folder that was renamed
            page.refuse(f"Файла «{path}», с которым работали в прошлый раз, нет на месте. Верните его или откройте "
                        "другой; новый файл будет пустым.")  # fmt: skip

    def _person(self) -> str | None:
        """Who works here, as the page «Вид» was told; None leaves the name of the system account."""
        return str(self.settings.value("person", "")).strip() or None

    def open(self, path: Path) -> None:
        """Open a file in the place of the one that is open; that stays if the new one is refused."""
        from app.models.database import Database

        held = self.window.desk
        if held is not None and path.exists() and path.samefile(held.database.path):
            self.window.notify(f"«{path.name}» уже открыт.")
            return
        try:
            database = Database.open(path, clock=self._clock, actor=self._person())
        except AppError as error:
            self._refused(error)
            return
        self._take(database)

    def create(self, path: Path, oktmo: str) -> None:
        from app.usecases.setup import create_district

        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            database = create_district(path, oktmo, clock=self._clock, actor=self._person())
        except OSError as error:
            self._refused(AppError(f"Папка «{path.parent}» не создана: {reason_of(error)}.", "Выберите другое место."))
            return
        except AppError as error:
            self._refused(error)
            return
        self._take(database)

    def _take(self, database) -> None:
        from app.ui.desk import Desk
        from app.ui.places import make_page, undo_with
        from app.usecases.setup import territory_on

        self.settings.setValue("database", str(database.path))
        desk = Desk(database)
        try:
            territory = desk.read(territory_on, self._clock.today()).name
        except AppError as error:
            territory = ""
            self.window.tell(error)
        self.window.take(desk, territory, make_page, undo_with(desk))
        for warning in getattr(database, "warnings", ()):
            self.window.notify(warning)
        self._look_after(desk)

    def _look_after(self, desk) -> None:
        """What a file asks for once it is open: words to find by, dictionaries of this version, the copy of the day."""
        from app.usecases.backup import daily_backup
        from app.usecases.dictionaries import refresh_dictionaries
        from app.usecases.search_index import keep_up

        def work(_progress):
            keep_up(desk.database)
            with desk.database.write("settings", "Справочники этой версии программы") as session:
                refresh_dictionaries(session)
            return daily_backup(desk.database)

        desk.jobs.run("Копия дня", work, self._copied, self._not_copied, quiet=True)

    def _copied(self, copy) -> None:
        self.window.status.right.setText("Копия файла: сегодня" + (", проверена" if copy is not None else ""))

    def _not_copied(self, error: BaseException) -> None:
        """A copy that fails stops nothing: the line says so, and «Файл и копии» makes another."""
        _log.warning("no daily copy: %s", type(error).__name__)
        self.window.status.right.setText("Копия дня не сделана: «Настройки», «Файл и копии»")

    def _refused(self, error: AppError) -> None:
        if self.window.desk is None:
            self.show_start()
        self.window.tell(error)

    def show_start(self) -> StartPage | None:
        """The page of the first start; None if it is there already."""
        from app.ui.pages.start_page import StartPage
        from app.usecases.dictionaries import shipped
        from app.usecases.places import default_database

        if self.window.pages.get("start") is not None:
            return None
        today = self._clock.today().isoformat()
        held = [row for row in shipped("territories") if not row["valid_to"] or row["valid_to"] >= today]
        territories = sorted(((row["code"], row["name"]) for row in held), key=lambda pair: pair[1])
        page = StartPage(territories, default_database(), self.create, self.open)
        self.window.show_start(page)
        return page


def own_settings() -> QSettings:
    """Where the window remembers the last file and the theme: a file of this person's own."""
    from platformdirs import user_config_path

    folder = user_config_path(NAME, appauthor=False)
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)


def make_application(argv: Sequence[str]) -> QApplication:
    """Qt in Russian with the look of the program; the one that runs already, if there is one."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(list(argv))
    app.setApplicationName(NAME)
    app.setApplicationDisplayName("Куратор НКО")
    speak_russian(app)
    own = own_settings()
    app.setProperty("own_settings", own)  # the page «Вид» keeps the theme in it
    apply_theme(app, dark=own.value("theme", "light") == "dark")
    return app


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window; returns the exit code of Qt's loop."""
    given = list(sys.argv[1:] if argv is None else argv)
    parser = Parser(prog="curator", description="Куратор НКО: окно программы")
    parser.add_argument("--db", type=Path, metavar="ФАЙЛ", help="база района; без него открывается последняя")
    parser.add_argument("--today", metavar="ДАТА", help="считать сегодняшним этот день")
    try:
        options = parser.parse_args(given)
        clock = Clock() if options.today is None else Clock.on(day_argument(options.today))
    except AppError as refusal:
        print(" ".join(str(refusal).split()), file=sys.stderr)
        return 2
    if not _has_screen():
        print("Окно показать негде: нет графического экрана. Команды работают и без него: python -m app --help.",
              file=sys.stderr)  # fmt: skip
        return 2
    os.environ.setdefault("QT_ENABLE_HIGHDPI_SCALING", "1")
    app = make_application(sys.argv[:1])
    from app.usecases.places import keep_log

    keep_log()
    program = Program(options.db, clock)
    sys.excepthook = program.window.errors.hook
    program.window.show()
    # The first paint comes before the imports that a database needs.
    QTimer.singleShot(0, program.window.guarded(program.start))
    return app.exec()


def _has_screen() -> bool:
    """Qt aborts the process where it finds no screen, with no word to the user: it is asked before."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
