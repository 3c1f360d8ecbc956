"""The composition root of the window: paths, log, database, pages.  The only place that knows all.

The window is painted before SQLAlchemy is imported, and what prints (reportlab, openpyxl) is imported
by the deed that prints: the start costs what a bare Qt window costs (docs/adr).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.core.clock import Clock
from app.core.collecting import spare_what_is_here
from app.core.command_line import CALLED, Parser, day_argument
from app.core.errors import AppError, reason_of
from app.core.roles import PROGRAM
from app.ui.at_work import AtWork
from app.ui.icons import pixmap
from app.ui.main_window import MainWindow
from app.ui.russian_qt import speak_russian
from app.ui.screen_place import remember, show_where_it_was
from app.ui.successor import Successor
from app.ui.theme import apply_theme
from app.usecases.portable import remembered, to_remember

if TYPE_CHECKING:
    from app.ui.pages.start_page import Beginning, StartPage
    from app.usecases.copy_list import CopyRow

NAME = "kurator-nko"


class Program:
    """One run of the program: its window and the database that is open in it.

    keeps_copies: copies of the open file are made; what only takes pictures of the window does without.
    """

    def __init__(self, database: Path | None = None, clock: Clock | None = None, *, keeps_copies: bool = True) -> None:
        self._wanted = database
        self._keeps_copies = keeps_copies
        self._clock = clock or Clock()
        self.settings = own_settings()
        self.window = MainWindow()
        self.window.open_file, self.window.create_file = self.open, self.create
        self.window.remedies.restore, self.window.remedies.move = self._restoring, self.move_here
        self.at_work = AtWork(self.window, self.settings)
        self.window.open_main = self.at_work.open_main
        self.successor = Successor(self.window)
        self._by_itself = False  # the file that opens was not named by anybody: it was the last one
        self.window.setWindowIcon(QIcon(pixmap("buildings", "accent", 32)))

    def start(self) -> None:
        """Open the database that was named or was open last; without one, the page of the first start."""
        from app.usecases.places import default_database

        last = str(self.settings.value("database", ""))
        path = self._wanted or (remembered(last) if last else default_database())
        if path.is_file() or self._wanted is not None:
            self._by_itself = self._wanted is None
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

        held = self.window.desk or self.window.waiting
        if held is not None and path.exists() and path.samefile(held.database.path):
            self.window.notify(f"«{path.name}» уже открыт.")
            return
        try:
            database = Database.open(path, clock=self._clock, actor=self._person())
        except AppError as error:
            self._refused(error)
            return
        self._take(database)

    def create(
        self, path: Path, oktmo: str, unit: Mapping[str, str] | None = None, then: Callable[[], object] | None = None
    ) -> None:
        """Make a new file and show it.

        oktmo: '' for a file of the region; unit: what is known of the unit by now; then: what follows.
        """
        from app.usecases.places import make_folder
        from app.usecases.region_setup import create_region
        from app.usecases.setup import create_district, save_unit

        def work(_progress):
            try:
                make_folder(path.parent)
            except OSError as error:
                told = f"Папка «{path.parent}» не создана: {reason_of(error)}."
                raise AppError(told, "Выберите другое место.") from error
            if oktmo:
                database = create_district(path, oktmo, clock=self._clock, actor=self._person())
            else:
                database = create_region(path, clock=self._clock, actor=self._person())
            if unit:
                with database.write("settings", "Подразделение и подписи") as session:
                    save_unit(session, unit)
            return database

        def done(database) -> None:
            self._take(database)
            if then is not None:
                then()

        self.window.jobs.run("Создаётся файл учёта", work, self.window.guarded(done), self._refused, writes=True)

    def begin(self, chosen: Beginning) -> None:
        """What the first start asked for: a file, with a list to load or without; or the demo."""
        window = self.window
        if chosen.then == "demo":
            self.show_demo()
        elif chosen.then == "oblast":
            self.show_demo_oblast()
        elif chosen.then == "list":
            where = {"path": chosen.list} if chosen.list is not None else {}
            self.create(chosen.path, chosen.oktmo, chosen.unit,
                        lambda: window.open("import", register="ngo", **where))  # fmt: skip
        elif chosen.then == "returns":
            self.create(chosen.path, "", chosen.unit, lambda: window.open("intake", paths=chosen.returns))
        else:
            self.create(chosen.path, chosen.oktmo, chosen.unit)

    def show_demo(self) -> None:
        """The fictional district in a file of its own, made when it is first asked for."""
        from app.usecases.demo import build_demo
        from app.usecases.places import default_database

        folder = default_database().parent / "Вымышленный район"

        def done(_built) -> None:
            self.open(folder / "demo.db")
            self.window.notify("Это вымышленный район. Свой файл создаётся в «Настройках», «Файл и копии».")

        if (folder / "demo.db").is_file():
            done(None)
            return
        self.window.jobs.run("Создаётся вымышленный район", lambda progress: build_demo(folder, progress=progress),
                             self.window.guarded(done), self._refused)  # fmt: skip

    def show_demo_oblast(self) -> None:
        """The fictional oblast: the file of a region that took in what its districts sent."""
        from app.usecases.places import default_database

        folder = default_database().parent / "Вымышленная область"

        def work(progress) -> Path:
            from app.usecases.demo.oblast import build_region_demo

            return build_region_demo(folder, progress=progress)

        def done(path: Path) -> None:
            self.open(path)
            self.window.notify("Это вымышленная область. Свой файл создаётся в «Настройках», «Файл и копии».")

        if (folder / "region.db").is_file():
            done(folder / "region.db")
            return
        self.window.jobs.run("Создаётся вымышленная область", work, self.window.guarded(done), self._refused)

    def _take(self, database) -> None:
        from app.ui.desk import Desk

        self.settings.setValue("database", to_remember(database.path))
        desk = Desk(database)
        self.at_work.begin(desk, lambda: self._show(desk))

    def _show(self, desk) -> None:
        from app.ui.places import make_page, undo_with
        from app.usecases.drafts import set_aside_damaged

        if desk.database.rights().region:
            from app.ui.region.places import NAME, PLAN, make_region_page

            self.window.take(desk, NAME, make_region_page, undo_with(desk), PLAN)
        else:
            self.window.take(desk, self._territory(desk), make_page, undo_with(desk))
        for warning in (*desk.database.warnings, *set_aside_damaged(desk.database.path)):
            self.window.notify(warning)
        self._look_after(desk)
        if self._by_itself:
            self._by_itself = False
            self.at_work.ask_which_file()

    def _territory(self, desk) -> str:
        """The name of the district today; '' where the dictionary has none, which is told."""
        from app.usecases.setup import territory_on

        try:
            return str(desk.read(territory_on, self._clock.today()).name)
        except AppError as error:
            self.window.tell(error)
            return ""

    def _look_after(self, desk) -> None:
        """What a file asks for once it is open: words to find by, dictionaries of this version, a check, copies."""
        from app.ui.copy_keeper import CopyKeeper
        from app.usecases import region_digests
        from app.usecases.dictionaries import refresh_dictionaries
        from app.usecases.restoring import clear_leftovers
        from app.usecases.search_index import keep_up

        def work(_progress):
            clear_leftovers(desk.database.path)
            keep_up(desk.database)
            region_digests.keep_up(desk.database)
            with desk.database.write(PROGRAM, "Справочники этой версии программы") as session:
                refresh_dictionaries(session)

        desk.jobs.run("Справочники", work, lambda _none: None, self.window.tell, quiet=True, writes=True)
        if self._keeps_copies:
            self.window.keeper = CopyKeeper(self.window, desk)
            self.window.keeper.begin()

    def _restoring(self, path: Path) -> tuple[str, Callable[[], object]] | None:
        """The deed beside «файл повреждён»: the newest copy that is not known to be spoiled; None without one."""
        from app.usecases.copy_list import copies_of

        whole = [row for row in copies_of(path) if row.why.sound_state and (row.head or not row.faults)]
        rows = sorted(whole, key=lambda row: bool(row.faults))  # those whose journal does not fit come last
        if not rows:
            return None
        return f"Восстановить из копии от {rows[0].at:%d.%m.%Y %H:%M}", lambda: self.restore_closed(path, rows)

    def restore_closed(self, path: Path, rows: Sequence[CopyRow]) -> None:
        """Put the newest sound copy in the place of a damaged file, which stays aside, and open it."""
        from app.usecases.restoring import restore_closed

        self.window.drop()

        def done(ready) -> None:
            self.open(path)
            when = f"{ready.at:%d.%m.%Y %H:%M}"
            self.window.notify(f"Файл восстановлен из копии от {when}. Повреждённый лежит среди копий.")

        def failed(error: BaseException) -> None:
            self.show_start()
            self.window.tell(error)

        self.window.jobs.run(
            "Восстанавливается файл",
            lambda progress: restore_closed(path, rows, clock=self._clock, actor=self._person(), progress=progress),
            self.window.guarded(done), failed,
        )  # fmt: skip

    def move_here(self, source: Path) -> None:
        """Move a file from a share or a cloud folder to this computer, and open it here."""
        from app.usecases.moving import move_here

        def done(moved) -> None:
            self.open(moved.path)
            left = "" if moved.former else " Прежний файл переименовать не вышло: уберите его сами."
            self.window.notify(f"Файл теперь на этом компьютере: {moved.path}.{left}")

        self.window.jobs.run(
            "Переносится файл", lambda progress: move_here(source, clock=self._clock, progress=progress),
            self.window.guarded(done), self.window.tell,
        )  # fmt: skip

    def _refused(self, error: BaseException) -> None:
        if self.window.desk is None and self.window.waiting is None:
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
        page = StartPage(territories, default_database(), self.begin, self.open)
        self.window.show_start(page)
        return page


def own_settings() -> QSettings:
    """Where the window remembers the last file and the theme: a file of this person's own, or on the stick."""
    from app.usecases.last_file import settings_file

    return QSettings(str(settings_file()), QSettings.Format.IniFormat)


def make_application(argv: Sequence[str]) -> QApplication:
    """Qt in Russian with the look of the program; the one that runs already, if there is one."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(list(argv))
    app.setApplicationName(NAME)
    app.setApplicationDisplayName("Куратор НКО")
    speak_russian(app)
    own = own_settings()
    own.setParent(app)  # a property holds no reference: without a parent it would point to nothing
    app.setProperty("own_settings", own)  # the page «Вид» keeps the theme in it, tables their columns
    apply_theme(app, dark=own.value("theme", "light") == "dark")
    return app


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window; returns the exit code of Qt's loop."""
    given = list(sys.argv[1:] if argv is None else argv)
    parser = Parser(prog="curator", description="Куратор НКО: окно программы")
    parser.add_argument("--db", type=Path, metavar="ФАЙЛ", help="база района; без него открывается последняя")
    parser.add_argument("file", type=Path, nargs="?", metavar="ФАЙЛ", help="то же, двойным щелчком по файлу")
    parser.add_argument("--today", metavar="ДАТА", help="считать сегодняшним этот день")
    try:
        options = parser.parse_args(given)
        clock = Clock() if options.today is None else Clock.on(day_argument(options.today))
    except AppError as refusal:
        print(" ".join(str(refusal).split()), file=sys.stderr)
        return 2
    if not _has_screen():
        print(f"Окно показать негде: нет графического экрана. Команды работают и без него: {CALLED} --help.",
              file=sys.stderr)  # fmt: skip
        return 2
    os.environ.setdefault("QT_ENABLE_HIGHDPI_SCALING", "1")
    app = make_application(sys.argv[:1])
    from app.usecases.places import keep_log

    keep_log()
    program = Program(options.db or options.file, clock)
    sys.excepthook = program.window.errors.hook
    show_where_it_was(program.window, program.settings)
    app.aboutToQuit.connect(lambda: remember(program.window, program.settings))
    # The first paint comes before the imports that a database needs.
    QTimer.singleShot(0, program.window.guarded(program.start))
    QTimer.singleShot(0, program.window.guarded(program.successor.tell))
    QTimer.singleShot(0, spare_what_is_here)
    code = app.exec()
    program.successor.go()
    return code


def _has_screen() -> bool:
    """Qt aborts the process where it finds no screen, with no word to the user: it is asked before."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
