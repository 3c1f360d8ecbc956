"""The calendar: a month as a grid and as a list, with every term in the file; Enter opens what stands behind."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QWidget

from app.core.russian import day, day_in_words, month_title, plural, weekday
from app.records import REGISTERS
from app.ui.desk import Desk
from app.ui.month_grid import DAYS, MonthGrid
from app.ui.page import Page, Window
from app.ui.pages.plain_table import PlainTable
from app.ui.tabs import tab_strip
from app.ui.widgets import Button, Card, label, row, separator, shortcut
from app.usecases import calendar_days, calendar_files
from app.usecases.calendar_days import KINDS, Item, Month
from app.usecases.places import write_file

LIST = 392


class CalendarPage(Page):
    """where: day, the one to choose."""

    registers = frozenset({*REGISTERS, "return", "settings"})

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Календарь", desk, window)
        self.day = desk.clock.today()
        self.month: Month | None = None
        self.listed: tuple[Item, ...] = ()
        self.folder = Path.home()
        self._build()

    def _build(self) -> None:
        guarded = self.window_.guarded
        self.header.add("ics", Button("Выгрузить .ics", "download-simple", key="Ctrl+E", act=guarded(self.ask_ics)))
        self.header.add("pdf", Button("Сохранить PDF", "file-pdf", key="Ctrl+P", act=guarded(self.ask_pdf)))
        self.header.add("add", Button("Добавить", "plus", kind="primary", key="Ctrl+N", act=guarded(self.add)))
        self.body.setSpacing(12)
        self.body.addLayout(tab_strip("calendar", self.window_))
        before = Button("", "caret-left", kind="bare", act=lambda: self.turn(-1))
        after = Button("", "caret-right", kind="bare", act=lambda: self.turn(1))
        for button, words in ((before, "Прошлый месяц (PageUp)"), (after, "Следующий месяц (PageDown)")):
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.setObjectName(words)
        self.title = label("", 16, bold=True)
        now = Button("Сегодня", kind="pill", key="Home", act=lambda: self.show_day(self.desk.clock.today()))
        own = Button("Все события списком", "list", kind="link", act=lambda: self.window_.open("calendar_entry"))
        self.body.addLayout(row(before, after, self.title, 8, now, None, own))
        self.grid = MonthGrid()
        self.grid.setAccessibleName("Месяц по дням")
        self.grid.chosen.connect(self.show_day)
        self.grid.turned.connect(self.show_day)
        self.grid.opened.connect(guarded(self.open_day))
        sheet = Card(margin=1, spacing=0)
        names = QWidget()
        names.setLayout(row(*(self._weekday(name) for name in DAYS), spacing=0))
        names.setFixedHeight(28)
        sheet.rows.addWidget(names)
        sheet.rows.addWidget(separator())
        sheet.rows.addWidget(self.grid, 1)
        beside = Card(margin=1, spacing=0)
        beside.setFixedWidth(LIST)
        self.told = label("", 15, bold=True)
        self.told.setContentsMargins(12, 10, 12, 8)
        beside.rows.addWidget(self.told)
        self.list = PlainTable((("День", 82), ("Что", 120)), fill=1)
        self.list.setAccessibleName("Месяц списком")
        self.list.opened.connect(guarded(self._open_row))
        self.list.stepped_out.connect(self.grid.setFocus)
        beside.rows.addWidget(self.list, 1)
        self.kind = label("", 13, tone="muted", wrap=True)
        self.kind.setContentsMargins(12, 8, 12, 10)
        self.kind.setFixedHeight(64)
        beside.rows.addWidget(self.kind)
        self.list.chosen.connect(self._tell)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(sheet, 1)
        line.addWidget(beside)
        self._beside = beside
        self.body.addLayout(line, 1)
        for key, act in {
            "PgUp": lambda: self.turn(-1), "PgDown": lambda: self.turn(1),
            "Home": lambda: self.show_day(self.desk.clock.today()), "Ctrl+N": self.add, "Ctrl+E": self.ask_ics,
            "Ctrl+P": self.ask_pdf,
        }.items():  # fmt: skip
            shortcut(self, key, guarded(act))

    def _weekday(self, name: str) -> QWidget:
        words = label(name, 13, bold=True, tone="text2")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return words

    # --- what is shown

    def refresh(self) -> None:
        self._ask()
        self.say_hint("Стрелки — дни · PageUp, PageDown — месяцы · Enter — открыть · Ctrl+R — напомнить")

    def show_day(self, when: date) -> None:
        """Choose a day; a day of another month turns the page."""
        self.day = when
        if self.month is None or not self.month.holds(when):
            self._ask()
        else:
            self._show()

    @property
    def remind_on(self) -> date | None:
        """Ctrl+R means the chosen day, unless it is over."""
        return self.day if self.day >= self.desk.clock.today() else None

    def turn(self, step: int) -> None:
        """The next or former month; the same day of it, or its last one."""
        number = self.day.year * 12 + self.day.month - 1 + step
        year, month = divmod(number, 12)
        last = (date(year, month + 1, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        self.show_day(last.replace(day=min(self.day.day, last.day)))
        self.grid.setFocus()

    def _ask(self) -> None:
        self.month = self.desk.read(calendar_days.month, self.day.year, self.day.month)
        self.title.setText(month_title(self.day.year, self.day.month))
        self.listed = self.month.own
        self.list.show_rows([(_days(item), item.title) for item in self.listed])
        late = sum(item.late for item in self.listed)
        count = plural(len(self.listed), "запись", "записи", "записей") if self.listed else "ничего не назначено"
        self.header.fact.setText(f"{count}, просрочено: {late}" if late else count)
        self._show()

    def _show(self) -> None:
        assert self.month is not None
        self.grid.show_month(self.month, self.day)
        here = self.month.of_day(self.day)
        self.told.setText(f"{weekday(self.day)}, {day_in_words(self.day)}")
        if here and here[0] in self.listed:
            self.list.choose(self.listed.index(here[0]))
        if not here:
            self.kind.setText("В этот день ничего не назначено. Ctrl+N — добавить.")
        else:
            self._tell(self.list.row)

    def _tell(self, place: int) -> None:
        """The whole of the chosen line: a cell may have cut it."""
        if not 0 <= place < len(self.listed):
            return
        item = self.listed[place]
        state = "просрочено" if item.late else "сделано" if item.done else ""
        self.kind.setText(" · ".join(filter(None, (item.at, item.title, KINDS[item.kind], item.place, state))))

    def enter(self, **where: object) -> None:
        if isinstance(where.get("day"), date):
            self.show_day(where["day"])  # type: ignore[arg-type]
        self.grid.setFocus()

    def panes(self) -> list[QWidget]:
        return [self.grid, self.list]

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._beside.setFixedWidth(LIST if self.width() >= 1100 else 272)

    # --- deeds

    def open_day(self, when: date) -> None:
        """What stands behind the day: one thing opens, of several the list asks which."""
        here = self.month.of_day(when) if self.month is not None else ()
        if len(here) == 1:
            self._open(here[0])
        elif here:
            self.list.choose(self.listed.index(here[0]) if here[0] in self.listed else 0)
            self.list.setFocus()
        else:
            self.window_.notify(f"{day(when)} ничего не назначено: Ctrl+N — добавить.")

    def _open_row(self, place: int) -> None:
        if 0 <= place < len(self.listed):
            self._open(self.listed[place])

    def _open(self, item: Item) -> None:
        page, where = calendar_days.behind(item)
        self.window_.open(page, **where)

    def add(self) -> None:
        """A new entry on the chosen day."""
        self.window_.open("calendar_entry", new={"starts_on": self.day})

    def ask_pdf(self) -> None:
        name = f"Календарь {self.day.year}-{self.day.month:02d}.pdf"
        path, _ = QFileDialog.getSaveFileName(self, "Сохранить календарь", str(self.folder / name), "PDF (*.pdf)")
        if path:
            self.save_pdf(Path(path))

    def save_pdf(self, path: Path) -> None:
        """The month as PDF; reportlab is imported for it, so it is made in the database's thread."""

        def done(content: bytes) -> None:
            self._written(path, content)

        self.desk.read_later(
            "Составляется календарь", calendar_files.month_paper, self.day.year, self.day.month,
            done=self.window_.guarded(done), failed=self.window_.tell,
        )  # fmt: skip

    def ask_ics(self) -> None:
        name = f"Календарь с {self.day:%Y-%m-01}.ics"
        path, _ = QFileDialog.getSaveFileName(
            self, "Выгрузить календарь на год вперёд", str(self.folder / name), "iCalendar (*.ics)"
        )
        if path:
            self.save_ics(Path(path))

    def save_ics(self, path: Path) -> None:
        self._written(path, self.desk.read(calendar_files.calendar_file, self.day.replace(day=1)))

    def _written(self, path: Path, content: bytes) -> None:
        write_file(path, content)
        self.folder = path.parent
        self.window_.notify(f"Сохранено: {path.name}")


def _days(item: Item) -> str:
    return f"{item.day:%d.%m}" if item.last == item.day else f"{item.day:%d}–{item.last:%d.%m}"
