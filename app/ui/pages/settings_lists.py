"""Settings: the work calendar, copies of the file, the look."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from app.core.fields import Field, Kind
from app.core.russian import day, weekday
from app.ui.ask import ask_values
from app.ui.choice_editors import Combo
from app.ui.desk import Desk
from app.ui.page import Window
from app.ui.pages.plain_table import PlainTable
from app.ui.theme import apply_theme, is_dark
from app.ui.widgets import Button, Card, label, row, separator, wrapped
from app.usecases import backup, setup
from app.usecases.dictionary_entries import calendar_days

FILES = "Файл учёта (*.db);;Все файлы (*)"


class CalendarPanel(Card):
    """Days whose kind differs from their weekday: the terms of the register and of the return go by them."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(margin=16)
        self._desk, self._window = desk, window
        self.year = Combo()
        self.year.setFixedWidth(120)
        self.year.setAccessibleName("Год")
        today = desk.clock.today()
        for year in range(today.year + 1, today.year - 4, -1):
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(1)
        self.add = Button("Изменить день", "calendar-blank", act=lambda: self._open(None))
        self.rows.addLayout(row(self.year, None, self.add))
        columns = (("День", 110), ("День недели", 150), ("Какой", 150), ("Почему", 300))
        self.table = PlainTable(columns, fill=3)
        self.table.setAccessibleName("Особые дни")
        self.rows.addWidget(self.table, 1)
        self.year.currentIndexChanged.connect(lambda _i: self.fill())
        self.table.opened.connect(self._open)

    def fill(self) -> None:
        self.days = self._desk.read(calendar_days, self.year.currentData())
        kinds = {True: "рабочий", False: "выходной"}
        self.table.show_rows([(day(when), weekday(when), kinds[works], note) for when, works, note in self.days])

    def _open(self, line: int | None) -> None:
        when, working, note = self.days[line] if line is not None else (None, False, "")
        fields = [Field("day", "День", Kind.DATE, required=True), Field("working", "Рабочий день", Kind.FLAG),
                  Field("note", "Почему", Kind.TEXT, width=40)]  # fmt: skip

        def keep(values) -> None:
            self._desk.write(
                "settings", f"Календарь: {day(values['day'])}", setup.save_calendar_day, values["day"],
                values["working"], values["note"] or "", changed={"settings"},
            )  # fmt: skip
            self.fill()

        ask_values(self._window, self._desk, "Рабочий или выходной", "По календарю считаются сроки реестра и отчёта.",
                   fields, "Записать", keep, given={"day": when, "working": working, "note": note})  # fmt: skip


class CopiesPanel(Card):
    """Where the file lies, its copies, and its check."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(margin=16, spacing=12)
        self._desk, self._window = desk, window
        self.rows.addWidget(label("Файл учёта", 15, bold=True))
        self.rows.addWidget(wrapped(str(desk.database.path), 860))
        self.rows.addWidget(
            wrapped(
                "Копию держат отдельно от файла: на другом диске или съёмном носителе. Программа проверяет копию "
                "после записи. Копия дня сама кладётся в папку «копии» рядом с файлом.",
                860,
                tone="text2",
            )
        )
        self.copy = Button("Сделать копию", "floppy-disk", kind="primary", act=self.choose)
        self.check = Button("Проверить файл", "shield-check", act=window.guarded(self.verify))
        self.rows.addLayout(row(self.copy, self.check, None))
        self.result = label("", wrap=True)
        self.rows.addWidget(self.result)
        self.rows.addWidget(separator())
        self.rows.addWidget(label("Другой файл", 15, bold=True))
        words = "Этот файл закроется, всё записанное в нём останется. Копию программа откроет под новым именем рядом."
        self.rows.addWidget(wrapped(words, 860, tone="text2"))
        self.other = Button("Открыть другой файл", "folder-open", act=self.choose_other)
        self.former = Button("Вернуться к копии", "arrow-counter-clockwise", act=self.choose_copy)
        self.new = Button("Создать новый файл", "plus", act=self.begin_new)
        self.rows.addLayout(row(self.other, self.former, self.new, None))
        self.rows.addStretch(1)

    def choose_other(self) -> None:
        folder = str(self._desk.database.path.parent)
        path, _ = QFileDialog.getOpenFileName(self, "Открыть файл учёта", folder, FILES)
        if path:
            self._window.guarded(self._window.open_file)(Path(path))

    def choose_copy(self) -> None:
        folder = self._desk.database.path.parent / backup.FOLDER
        path, _ = QFileDialog.getOpenFileName(self, "Вернуться к копии", str(folder), FILES)
        if path:
            self._window.guarded(self.return_to)(Path(path))

    def return_to(self, copy: Path) -> None:
        """Make a working file of a copy beside the present one, and open it."""
        own = self._desk.database.path
        target = own.with_name(f"{copy.stem} из копии.db")
        backup.from_copy(copy, target, self._desk.database.actor)
        self._window.open_file(target)

    def begin_new(self) -> None:
        """A file of another district: its code, then where it lies."""

        def create(values) -> None:
            name = self._desk.database.path.with_name(f"{values['oktmo']}.db")
            path, _ = QFileDialog.getSaveFileName(self, "Где создать файл учёта", str(name), FILES)
            if path:
                self._window.create_file(Path(path), values["oktmo"])

        ask_values(
            self._window, self._desk, "Новый файл учёта", "В нём ещё не будет записей. Этот файл останется как есть.",
            [Field("oktmo", "Район или округ", Kind.CHOICE, required=True, dictionary="territory")], "Создать файл",
            create,
        )  # fmt: skip

    def choose(self) -> None:
        path = self._desk.database.path
        name = f"{path.stem} {self._desk.clock.today():%Y-%m-%d}.db"
        chosen, _ = QFileDialog.getSaveFileName(self, "Сделать копию", str(Path.home() / name), "Файл учёта (*.db)")
        if chosen:
            self.copy_to(Path(chosen))

    def copy_to(self, path: Path) -> None:
        """Write a checked copy in the database's thread."""

        def done(copy) -> None:
            size = f"{copy.size / 2**20:.1f}".replace(".", ",")
            self.result.setText(f"Копия записана и проверена: {copy.path.name}, {size}\u00a0МБ.")

        self._desk.jobs.run(
            "Пишется копия", lambda _progress: backup.backup(self._desk.database, path),  # type: ignore[arg-type]
            self._window.guarded(done), self._window.tell,
        )  # fmt: skip

    def verify(self) -> None:
        def done(found) -> None:
            told = "Файл цел: связи, журнал и отчёты сходятся." if found.sound else " ".join(found.faults)
            self.result.setText(told)

        self._desk.jobs.run(
            "Проверяется файл", lambda _progress: backup.check_database(self._desk.database),  # type: ignore[arg-type]
            self._window.guarded(done), self._window.tell,
        )  # fmt: skip


class LookPanel(Card):
    """Who works here, and light or dark: kept for this person on this computer, not in the file."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(margin=16, spacing=12)
        self._desk, self._window = desk, window
        self.rows.addWidget(label("Кто работает", 15, bold=True))
        words = "Этим именем подписываются изменения в журнале; учётная запись компьютера записывается рядом."
        self.rows.addWidget(wrapped(words, 740, tone="text2"))
        self.person = QLineEdit(desk.database.actor)
        self.person.setFixedWidth(320)
        self.person.setPlaceholderText("Фамилия И. О.")
        self.person.setAccessibleName("Фамилия и инициалы")
        self.keep = Button("Запомнить имя", act=window.guarded(self.save))
        self.rows.addLayout(row(self.person, self.keep, None))
        self.rows.addWidget(separator())
        self.rows.addWidget(label("Тема", 15, bold=True))
        self.light = Button("Светлая", "sun", kind="pill", act=lambda: self.choose(dark=False))
        self.dark = Button("Тёмная", "moon", kind="pill", act=lambda: self.choose(dark=True))
        self.rows.addLayout(row(self.light, self.dark, None))
        self.rows.addStretch(1)
        self._show()

    def save(self) -> None:
        """From now on changes bear this name; an empty one is the system account's again."""
        name = " ".join(self.person.text().split())
        self._desk.database.actor = name or self._desk.database.account
        app = QApplication.instance()
        own = app.property("own_settings") if app is not None else None
        if own is not None:
            own.setValue("person", name)
        self.person.setText(self._desk.database.actor)
        self._window.notify(f"Изменения подписываются так: {self._desk.database.actor}")

    def choose(self, *, dark: bool) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, dark=dark)
        own = app.property("own_settings")
        if own is not None:
            own.setValue("theme", "dark" if dark else "light")
        self._show()

    def _show(self) -> None:
        self.light.set_kind("pill" if is_dark() else "pill-on")
        self.dark.set_kind("pill-on" if is_dark() else "pill")

