"""Who is at work: asked when a file with people is opened, told in the status line, changed without a restart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

from app.core.roles import ROLE_TITLES
from app.core.russian import ended
from app.ui.copy_banner import MAIN, ask_which, main_file
from app.ui.desk import Desk
from app.usecases.portable import to_remember

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.usecases.people import PersonRow

LAST = "last_person"
"""Under this name the settings of the computer keep the uuid of whoever worked last."""


class AtWork:
    """One for the program; settings: where who worked last is remembered."""

    def __init__(self, window: MainWindow, settings: QSettings) -> None:
        self._window, self._settings = window, settings
        self._desk: Desk | None = None
        window.status.who.clicked.connect(lambda *_: window.guarded(window.switch)())

    def begin(self, desk: Desk, then: Callable[[], object]) -> None:
        """Ask who works if the file has people, then go on; `then` opens the pages of the file."""
        from app.ui.pages.who_page import WhoPage
        from app.usecases.guessing import Guesses
        from app.usecases.people import people
        from app.usecases.working_copy import mark_of

        def go_on(person: PersonRow | None = None) -> None:
            if person is not None:
                self._settings.setValue(LAST, person.uuid)
            self._desk = desk
            desk.changed.connect(self._changed)
            then()
            self.tell()

        found = desk.read(people)
        if not found:
            go_on()
            return
        mark = desk.read(mark_of)
        preselected = str(self._settings.value(LAST, ""))
        about = f"Файл «{desk.database.path.name}». Выбранным именем подписываются записи в журнале."
        if mark is not None:
            about = f"{ended(f'Рабочая копия: {mark.whom}')} Выбранным именем подписываются записи в журнале."
            preselected = next((person.uuid for person in found if person.name == mark.whom), preselected)
        page = WhoPage(desk, go_on, self._window.open_file, Guesses(), preselected, about)
        self._window.ask_who(page, desk)

    def ask_which_file(self) -> None:
        """After a file opened by itself: a working copy is not taken for the main file without a word."""
        from app.usecases.working_copy import mark_of

        desk = self._window.desk
        mark = desk.read(mark_of) if desk is not None else None
        if desk is None or mark is None:
            return
        main = main_file(self._settings, desk.database.path)
        if main is not None:
            ask_which(self._window, mark, main)

    def open_main(self) -> None:
        """The main file in the place of the working copy."""
        desk = self._window.desk
        main = main_file(self._settings, desk.database.path) if desk is not None else None
        if main is not None:
            self._window.open_file(main)

    def _changed(self, changed: frozenset[str]) -> None:
        if "people" in changed or "*" in changed:
            self.tell()

    def tell(self) -> None:
        """The status line names who is at work and that the file is a working copy."""
        desk = self._desk
        if desk is None or desk is not self._window.desk:
            return
        from app.usecases.people import person_of
        from app.usecases.working_copy import mark_of

        mark = desk.read(mark_of)
        person = desk.read(person_of, desk.database.person_id)
        if person is not None:
            desk.database.actor = person.name
            self._settings.setValue(LAST, person.uuid)
        nobody = "Никто не выбран" if desk.database.rights().asked else ""  # she was deactivated while at work
        self._window.status.say_who(
            f"{person.name}, {ROLE_TITLES[person.role]}" if person is not None else nobody,
            f"Рабочая копия: {mark.whom}" if mark is not None else "",
        )
        path = desk.database.path
        if mark is None:
            self._settings.setValue(MAIN, to_remember(path))
        self._window.banner.tell(mark, main_file(self._settings, path))
