"""Settings: dictionaries, the work calendar, copies of the file, the look."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog

from app.core.fields import Field, Kind
from app.core.russian import day, weekday
from app.ui.ask import ask_values
from app.ui.choice_editors import Combo
from app.ui.desk import Desk
from app.ui.page import Window
from app.ui.pages.plain_table import PlainTable
from app.ui.theme import apply_theme, is_dark
from app.ui.widgets import Button, Card, label, row, wrapped
from app.usecases import backup, setup
from app.usecases.dictionary_entries import ADDED, EDITED, MORE, calendar_days, entries, save_entry
from app.usecases.dictionary_links import replace_territory


class DictionariesPanel(Card):
    """One dictionary at a time; an entry is edited in a dialog, its days bound when it may be chosen."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(margin=16)
        self._desk, self._window = desk, window
        self.chooser = Combo()
        self.chooser.setFixedWidth(320)
        self.chooser.setAccessibleName("Справочник")
        for key, title in EDITED.items():
            self.chooser.addItem(title, key)
        self.add = Button("Добавить", "plus", act=lambda: self._open(None))
        self.replace = Button("Территория сменилась", "arrows-clockwise", act=self._replace)
        self.rows.addLayout(row(self.chooser, None, self.replace, self.add))
        self.table = PlainTable((("Код", 110), ("Название", 420), ("Действует с", 110), ("По", 110)), fill=1)
        self.rows.addWidget(self.table, 1)
        self.chooser.currentIndexChanged.connect(lambda _i: self.fill())
        self.table.opened.connect(self._open)

    def fill(self) -> None:
        key = self.chooser.currentData()
        self.entries = self._desk.read(entries, key)
        self.table.show_rows([(e.code, e.title, day(e.valid_from), day(e.valid_to)) for e in self.entries])
        self.add.setVisible(key in ADDED)
        self.replace.setVisible(key == "territory")

    def _open(self, line: int | None) -> None:
        key = self.chooser.currentData()
        entry = self.entries[line] if line is not None else None
        fields = [Field("title", "Название", Kind.TEXT, required=True, width=60), Field("valid_from", "С", Kind.DATE),
                  Field("valid_to", "Последний день", Kind.DATE)]  # fmt: skip
        fields[1:1] = MORE.get(key, ())
        if entry is None:
            fields.insert(0, Field("code", "Код", Kind.TEXT, required=True, width=10))

        def keep(values) -> None:
            code = entry.code if entry else values["code"]
            self._desk.write(
                "settings", f"Справочник «{EDITED[key]}»: {code}", save_entry, key, code, values["title"] or "",
                values["valid_from"], values["valid_to"], {spec.key: values[spec.key] for spec in MORE.get(key, ())},
                changed={"settings"},
            )  # fmt: skip
            self.fill()

        given = dict(ADDED.get(key, {}))
        if entry:
            given = {"title": entry.title, "valid_from": entry.valid_from, "valid_to": entry.valid_to, **entry.more}
        title = f"{EDITED[key]}: {entry.code}" if entry else f"{EDITED[key]}: новый код"
        text = "Уже записанное остаётся как есть; новое выбирают только в дни действия."
        ask_values(self._window, self._desk, title, text, fields, "Записать", keep, given=given)


    def _replace(self) -> None:
        """The own district became an okrug, or was joined to another: the file goes on under the new code."""
        former = self._desk.read(setup.territory_on, self._desk.clock.today())
        fields = [Field("code", "Новый код ОКТМО", Kind.TEXT, required=True, width=10),
                  Field("name", "Название", Kind.TEXT, required=True, width=60), *MORE["territory"],
                  Field("since", "С какого дня", Kind.DATE, required=True)]  # fmt: skip

        def keep(values) -> None:
            self._desk.write(
                "settings", f"Территория {former.code} сменилась",
                lambda session: replace_territory(session, former.code, **values), changed={"*"}, undoable=False,
            )  # fmt: skip
            self.fill()

        text = f"{former.name} ({former.code}) останется в прежних отчётах; учёт продолжится под новым кодом."
        ask_values(self._window, self._desk, "Территория сменилась", text, fields, "Записать", keep, undoable=False)


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
        self.add = Button("Изменить день", "calendar-blank", act=self._open)
        self.rows.addLayout(row(self.year, None, self.add))
        columns = (("День", 110), ("День недели", 150), ("Какой", 150), ("Почему", 300))
        self.table = PlainTable(columns, fill=3)
        self.rows.addWidget(self.table, 1)
        self.year.currentIndexChanged.connect(lambda _i: self.fill())

    def fill(self) -> None:
        rows = self._desk.read(calendar_days, self.year.currentData())
        self.table.show_rows(
            [(day(when), weekday(when), "рабочий" if working else "выходной", note) for when, working, note in rows]
        )

    def _open(self) -> None:
        fields = [Field("day", "День", Kind.DATE, required=True), Field("working", "Рабочий день", Kind.FLAG),
                  Field("note", "Почему", Kind.TEXT, width=40)]  # fmt: skip

        def keep(values) -> None:
            self._desk.write(
                "settings", f"Календарь: {day(values['day'])}", setup.save_calendar_day, values["day"],
                values["working"], values["note"] or "", changed={"settings"},
            )  # fmt: skip
            self.fill()

        ask_values(self._window, self._desk, "Рабочий или выходной", "По календарю считаются сроки реестра и отчёта.",
                   fields, "Записать", keep)  # fmt: skip


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
        self.rows.addStretch(1)

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
    """Light or dark."""

    def __init__(self, window: Window) -> None:
        super().__init__(margin=16, spacing=12)
        self.rows.addWidget(label("Тема", 15, bold=True))
        self.light = Button("Светлая", "sun", kind="pill", act=lambda: self.choose(dark=False))
        self.dark = Button("Тёмная", "moon", kind="pill", act=lambda: self.choose(dark=True))
        self.rows.addLayout(row(self.light, self.dark, None))
        self.rows.addStretch(1)
        self._show()

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

