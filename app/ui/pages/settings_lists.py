"""Settings: the work calendar, the name, the look and the program."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.core.fields import Field, Kind
from app.core.roles import Right
from app.core.russian import day, weekday
from app.ui.ask import ask_values
from app.ui.choice_editors import Combo
from app.ui.desk import Desk
from app.ui.page import Window
from app.ui.pages.plain_table import PlainTable
from app.ui.pages.settings_program import ProgramSection
from app.ui.theme import apply_theme, is_dark
from app.ui.widgets import Button, Card, label, row, scrolled, separator, wrapped
from app.usecases import setup
from app.usecases.dictionary_entries import calendar_days


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
                   fields, "Записать", keep, given={"day": when, "working": working, "note": note},
                   right=Right.SETTLE)  # fmt: skip


class LookPanel(Card):
    """Who works here, light or dark, and the program: of this person on this computer, not of the file."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(margin=16, spacing=12)
        self._desk, self._window = desk, window
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 12, 0)
        rows.setSpacing(12)
        rows.addWidget(label("Кто работает", 15, bold=True))
        words = "Этим именем подписываются изменения в журнале; учётная запись компьютера записывается рядом."
        rows.addWidget(wrapped(words, 740, tone="text2"))
        self.person = QLineEdit(desk.database.actor)
        self.person.setFixedWidth(320)
        self.person.setPlaceholderText("Фамилия И. О.")
        self.person.setAccessibleName("Фамилия и инициалы")
        self.keep = Button("Запомнить имя", act=window.guarded(self.save))
        rows.addLayout(row(self.person, self.keep, None))
        self.listed = wrapped("Имя берётся из «Людей» этого файла; другой человек входит кнопкой «Сменить» внизу окна.",
                              740, 13, tone="text2")  # fmt: skip
        rows.addWidget(self.listed)
        rows.addWidget(separator())
        rows.addWidget(label("Тема", 15, bold=True))
        self.light = Button("Светлая", "sun", kind="pill", act=lambda: self.choose(dark=False))
        self.dark = Button("Тёмная", "moon", kind="pill", act=lambda: self.choose(dark=True))
        rows.addLayout(row(self.light, self.dark, None))
        rows.addWidget(separator())
        self.program = ProgramSection(desk, window)
        rows.addWidget(self.program)
        rows.addStretch(1)
        self.rows.addWidget(scrolled(inner))
        self._show()

    def fill(self) -> None:
        """Where the file has people, the name is that of whoever was chosen."""
        asked = self._desk.database.rights().asked
        self.hint = "Тема меняется сразу" if asked else "Ctrl+S — запомнить имя · тема меняется сразу"
        self.person.setEnabled(not asked)
        self.keep.setEnabled(not asked)
        self.listed.setVisible(asked)
        self.program.fill()
        if asked:
            self.person.setText(self._desk.database.actor)

    def save(self) -> None:
        """From now on changes bear this name; an empty one is the system account's again."""
        if not self.keep.isEnabled():  # Ctrl+S, where the name is that of whoever was chosen
            return
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

