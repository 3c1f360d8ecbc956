"""Who works: one of the people of the file, chosen by herself, with her password if she has one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.roles import ROLE_TITLES
from app.ui.account_files import ask_open
from app.ui.desk import Desk
from app.ui.page import Page, Window
from app.ui.widgets import Button, Card, label, row, separator, wrapped
from app.usecases import people
from app.usecases.guessing import Guesses
from app.usecases.people import PersonRow

WIDTH, INNER = 560, 512
ROW, MOST_ROWS = 32, 6


class WhoCard(Card):
    """The people by name with post and role; a line for the password where one is asked.

    entered: called with whoever is at work from now on.
    """

    def __init__(
        self, desk: Desk, entered: Callable[[PersonRow], object], guesses: Guesses, title: str, about: str
    ) -> None:
        super().__init__(margin=24, spacing=12)
        self._desk, self._entered, self._guesses = desk, entered, guesses
        self.found: tuple[PersonRow, ...] = ()
        self.busy = False
        self.setFixedWidth(WIDTH)
        self.rows.addWidget(label(title, 20, bold=True))
        self.rows.addWidget(wrapped(about, INNER, tone="text2"))
        self.list = QListWidget()
        self.list.setObjectName("people")
        self.list.setAccessibleName("Люди этого файла")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.installEventFilter(self)
        self.list.currentRowChanged.connect(lambda _row: self._chosen())
        self.list.itemDoubleClicked.connect(lambda _item: self.enter())
        self.rows.addWidget(self.list)
        self.word = label("Пароль", 13, tone="text2")
        self.password = QLineEdit()
        self.password.setObjectName("password")
        self.password.setAccessibleName("Пароль")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.returnPressed.connect(self.enter)
        self.rows.addWidget(self.word)
        self.rows.addWidget(self.password)
        self.notice = label("", 13, tone="err", wrap=True)
        self.notice.setFixedWidth(INNER)
        self.notice.setObjectName("notice")
        self.rows.addWidget(self.notice)
        self.begin = Button("Начать работу", kind="primary", key="Enter", act=self.enter)
        self.begin.setObjectName("begin")
        self.setFocusProxy(self.list)

    def show_people(self, found: tuple[PersonRow, ...], preselected: str) -> None:
        """preselected: uuid of who is chosen at first, if she is among them."""
        self.found = found
        self.list.clear()
        for person in found:
            told = ", ".join(filter(None, (person.post, ROLE_TITLES[person.role])))
            item = QListWidgetItem(f"{person.name} — {told}")
            item.setToolTip(item.text())
            item.setSizeHint(QSize(0, ROW))
            self.list.addItem(item)
        self.list.setFixedHeight(min(len(found), MOST_ROWS) * ROW + 4)
        self.list.setCurrentRow(next((n for n, person in enumerate(found) if person.uuid == preselected), 0))

    @property
    def person(self) -> PersonRow | None:
        place = self.list.currentRow()
        return self.found[place] if 0 <= place < len(self.found) else None

    def _chosen(self) -> None:
        asked = self.person is not None and self.person.has_password
        self.password.clear()
        self.word.setVisible(asked)
        self.password.setVisible(asked)
        self.notice.setText("")

    def take_focus(self) -> None:
        """To the password, where one is asked; else to the list."""
        asked = self.person is not None and self.person.has_password
        (self.password if asked else self.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() not in enter:
                return False
            self.enter()
            return True
        return False

    def enter(self) -> None:
        """Begin as the chosen one; a wrong password is told and asked again."""
        person = self.person
        if person is None or self.busy:
            return
        password = self.password.text()
        if person.has_password and not password:
            self.notice.setText("Введите пароль.")
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not person.has_password:
            try:
                self._done(people.sign_in(self._desk.database, person.id))  # type: ignore[arg-type]
            except AppError as error:
                self._failed(error)
            return
        self.busy = True
        self.notice.setText("")

        def work(_progress: object) -> PersonRow:
            return people.sign_in(self._desk.database, person.id, password, self._guesses)  # type: ignore[arg-type]

        self._desk.jobs.run("Проверяется пароль", work, self._done, self._failed)

    def _done(self, person: PersonRow) -> None:
        self.busy = False
        self.password.clear()
        self._entered(person)

    def _failed(self, error: BaseException) -> None:
        self.busy = False
        if not isinstance(error, AppError):
            raise error
        self.notice.setText(str(error))
        self.password.selectAll()
        self.take_focus()


class WhoPage(QWidget):
    """Before the file is shown: who works, or another file."""

    def __init__(
        self, desk: Desk, entered: Callable[[PersonRow], object], open_file: Callable[[Path], object],
        guesses: Guesses, preselected: str, about: str,
    ) -> None:  # fmt: skip
        super().__init__()
        self._desk, self._open = desk, open_file
        self.card = WhoCard(desk, entered, guesses, "Кто работает", about)
        self.card.rows.addLayout(row(self.card.begin, None))
        self.card.rows.addWidget(separator())
        self.other = Button("Открыть другой файл", "folder-open", kind="link", act=self.choose_file)
        self.other.setObjectName("otherFile")
        self.card.rows.addLayout(row(self.other, None))
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.card.show_people(desk.read(people.people), preselected)

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self.card.take_focus()

    def choose_file(self) -> None:
        path = ask_open(self, "Открыть файл учёта", self._desk.database.path.parent)
        if path:
            self._open(path)


class SwitchPage(Page):
    """Another person takes over without a restart: drafts and open pages stay."""

    registers = frozenset({"people"})

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Кто работает", desk, window)
        self.header.back.show()
        self.empty = wrapped(
            "В этом файле люди не записаны: работает всякий, кто его откроет.", INNER, tone="text2",
        )  # fmt: skip
        self.record = Button("Записать людей", "users", kind="primary", act=self._record)
        self.record.setObjectName("recordPeople")
        about = "Файл остаётся открытым, начатое не теряется. Следующие записи подпишутся новым именем."
        self.card = WhoCard(desk, self._entered, Guesses(), "Кто садится за работу", about)
        self.leave = Button("Остаться", key="Esc", act=self.step_back)
        self.leave.setObjectName("stay")
        self.card.rows.addLayout(row(self.card.begin, self.leave, None))
        self.body.addWidget(self.empty)
        self.body.addLayout(row(self.record, None))
        self.body.addWidget(self.card)
        self.body.addStretch(1)
        self._from = window.plan.first

    def enter(self, **where: object) -> None:
        came = where.get("page")
        self._from = came if isinstance(came, str) and came != "who" else self.window_.plan.first
        self.refresh()
        first = self.card.list if self.card.found else self.record  # another is chosen: nobody's password yet
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        found = self.desk.read(people.people)
        now = self.desk.read(people.person_of, self.desk.database.person_id)
        self.card.show_people(found, now.uuid if now is not None else "")
        self.card.setVisible(bool(found))
        for part in (self.empty, self.record):
            part.setVisible(not found)
        self.header.fact.setText(f"сейчас работает {now.name}" if now is not None else "")
        self.say_hint("↓ — выбрать · Enter — начать работу · Esc — остаться" if found else "Esc — вернуться")

    def _record(self) -> None:
        self.window_.open("settings", tab="people")

    def _entered(self, person: PersonRow) -> None:
        self.desk.changed.emit(frozenset({"*"}))
        self.window_.notify(f"Работает {person.name}, {ROLE_TITLES[person.role]}.")
        self.window_.open(self._from)

    def step_back(self) -> bool:
        self.window_.open(self._from)
        return True

    def panes(self) -> list[QWidget]:
        return [self.card.list, self.card.begin] if self.card.found else [self.record]
