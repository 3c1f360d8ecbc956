"""«Приём»: files dropped or chosen are taken in, each with what became of it and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QStackedWidget, QWidget

from app.core.fields import Field, Kind
from app.core.periods import Quarter
from app.core.russian import day, integer, plural
from app.region.results import CellFault
from app.ui.ask import ask_values
from app.ui.card_place import CardPlace
from app.ui.desk import Desk
from app.ui.empty_state import EmptyState
from app.ui.page import Page, Window
from app.ui.pages.plain_table import PlainTable
from app.ui.region.answering import Answering
from app.ui.region.intake_card import IntakeCard, listed
from app.ui.region.intake_filters import IntakeFilters
from app.ui.region.intake_rows import AT, LEAST, WIDTHS, CameModel, CameTable
from app.ui.region.intake_words import district, is_calm, stopped, told, whose, wrong
from app.ui.region.remarks_dialog import ask_own_remarks
from app.ui.widgets import Button, Card, row, shortcut, wrapped
from app.usecases import region_came
from app.usecases.intake import Stopped, take_in
from app.usecases.received import journal_warnings, territories
from app.usecases.region_answers import answered
from app.usecases.region_came import CameRow

FILES = "Отчёты, архивы и письма (*.xlsx *.ods *.pdf *.zip *.eml *.sig);;Все файлы (*)"
LAST, CAME, JOURNALS = "last", "came", "journals"
SHOWN = 500
TAKEN = "Принимаются файлы"


class IntakePage(Page):
    """where: paths are taken in at once; ask is `files` or `folder`; tab is one of LAST, CAME, JOURNALS."""

    registers = frozenset({"received"})

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Приём отчётов", desk, window)
        self.busy = False
        self._said = ""
        self.last: tuple[CameRow, ...] = ()
        self.warnings: tuple[tuple[str, str], ...] = ()
        self.tab = LAST
        self.count = ""
        self.faults: tuple[CellFault, ...] = ()
        self.answering = Answering(self, desk, window)
        folder = Button("Принять папку", "folder-open", key="Ctrl+Shift+O", act=window.guarded(self.ask_folder))
        files = Button("Принять файлы", "tray", kind="primary", key="Ctrl+O", act=window.guarded(self.ask_files))
        self.came_on: date | None = None  # None: today
        came = Button("Пришли сегодня", "calendar-blank", act=window.guarded(self.ask_day))
        self.came_button = self.header.add("came", came)
        self.folder_button = self.header.add("folder", folder)
        self.files_button = self.header.add("files", files)
        self._make_tabs()
        self.model = CameModel(desk.clock.today())
        self.table = CameTable(self.model)
        self.table.lay_columns(WIDTHS, len(WIDTHS) - 1, LEAST)
        self.card = IntakeCard()
        self._connect()
        self._lay_out()
        self._keys()

    # --- how it is built

    def _make_tabs(self) -> None:
        self.tabs = {
            LAST: Button("Последний приём", kind="tab", act=lambda: self.show_tab(LAST)),
            CAME: Button("Всё", kind="tab", act=lambda: self.show_tab(CAME)),
            JOURNALS: Button("Журналы районов", kind="tab", act=lambda: self.show_tab(JOURNALS)),
        }
        for button in self.tabs.values():
            button.setCheckable(True)
        self.filters = IntakeFilters(self.desk, lambda: self.last if self.tab == LAST and self.last else None)
        for pill in self.filters.pills:
            pill.chosen.connect(self._filter)

    def _connect(self) -> None:
        guarded, card = self.window_.guarded, self.card
        self.table.chosen.connect(self._show_row)
        self.table.opened.connect(lambda _line: self._open_row())
        card.receipt.clicked.connect(lambda *_: guarded(self.give_receipt)())
        card.remarks.clicked.connect(lambda *_: guarded(self.give_remarks)())
        card.say.clicked.connect(lambda *_: guarded(self.say_remarks)())
        card.copy.clicked.connect(lambda *_: self.copy_faults())
        card.open.clicked.connect(lambda *_: guarded(self._over_file)(self.answering.open_file))
        card.save.clicked.connect(lambda *_: guarded(self._over_file)(self.answering.ask_file))

    def _lay_out(self) -> None:
        self.empty = EmptyState()
        self.empty.primary.clicked.connect(lambda *_: self.ask_files())
        self.empty.second.clicked.connect(lambda *_: self.ask_folder())
        self.empty.manual.clicked.connect(lambda *_: self.window_.open("help", page="intake"))
        sheet = Card(margin=1, spacing=0)
        sheet.rows.addWidget(self.table)
        beside = QHBoxLayout()
        beside.setSpacing(16)
        beside.addWidget(sheet, 1)
        beside.addWidget(self.card)
        browse = QWidget()
        browse.setLayout(beside)
        beside.setContentsMargins(0, 0, 0, 0)
        self.place = CardPlace(self.card, sheet, beside, browse)
        journals = Card()
        self.journals_told = wrapped(
            "Утверждённый отчёт называет запись журнала, на которой он утверждён. Если в следующих отчётах района этой "
            "записи нет или она другая, журнал района переписан или обрезан: спросите район, не восстанавливал ли он "
            "файл из старой копии.", 740, 13, tone="text2",
        )  # fmt: skip
        self.journals = PlainTable((("Район", 170), ("Что не сходится", 500)), fill=1)
        self.journals.setAccessibleName("Журналы районов, которые не сходятся")
        journals.rows.addWidget(self.journals_told)
        journals.rows.addWidget(self.journals, 1)
        self.stack = QStackedWidget()
        for part in (self.empty, browse, journals):
            self.stack.addWidget(part)
        strip = row(*self.tabs.values(), None, *self.filters.pills, spacing=8)
        self.body.setSpacing(8)
        self.body.addLayout(strip)
        self.body.addWidget(self.stack, 1)

    def _keys(self) -> None:
        shortcut(self, "Ctrl+O", self.window_.guarded(self.ask_files))
        shortcut(self, "Ctrl+Shift+O", self.window_.guarded(self.ask_folder))
        shortcut(self, "Ctrl+F", self.table.setFocus)

    # --- taking in

    def enter(self, **where: object) -> None:
        paths, ask, tab = where.get("paths"), where.get("ask"), where.get("tab")
        if isinstance(tab, str):
            self.show_tab(tab)
        if isinstance(paths, tuple) and paths:
            self.take(paths)
        elif isinstance(ask, str):
            (self.ask_folder if ask == "folder" else self.ask_files)()
        self._focus()
        self._say_taken()

    def ask_files(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(self, "Принять файлы", str(self.answering.folder), FILES)
        if paths:
            self.take([Path(path) for path in paths])

    def ask_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, "Принять папку", str(self.answering.folder))
        if path:
            self.take([Path(path)])

    def ask_day(self) -> None:
        """The day that files on a stick or in plain mail came: in time or late is told by it."""
        today = self.desk.clock.today()

        def choose(values: dict[str, Any]) -> None:
            self.show_day(None if values["came"] >= today else values["came"])

        ask_values(
            self.window_, self.desk, "Когда пришли файлы",
            "По этому дню видно, в срок ли сдан отчёт. Он для ближайшего приёма; у писем .eml берётся день письма.",
            (Field("came", "Пришли", Kind.DATE, required=True),), "Запомнить день", choose,
            given={"came": self.came_on or today}, undoable=False, right=None,
        )  # fmt: skip

    def show_day(self, came_on: date | None) -> None:
        self.came_on = came_on
        self.came_button.say("Пришли сегодня" if came_on is None else f"Пришли {day(came_on)}")

    def take(self, paths: Sequence[Path]) -> None:
        """Take in as a job that can be stopped: what was taken in by then stays."""
        if self.busy:
            self.window_.notify("Файлы ещё принимаются: дождитесь конца или прервите приём внизу окна.")
            return
        self.busy = True
        self._offer()
        database: Any = self.desk.database
        came_on = self.came_on

        def work(progress: Any) -> tuple[tuple[CameRow, ...], str]:
            try:
                taken = take_in(database, list(paths), came_on=came_on, progress=progress)
                said = told(taken)
            except Stopped as stop:  # she stopped it: what is here stays, and is told
                taken, said = stop.intake, stopped(stop)
            with database.read() as session:
                return region_came.told(session, taken), said

        self.desk.jobs.run(TAKEN, work, self.window_.guarded(self._taken), self._failed, writes=True)

    def _taken(self, answer: tuple[tuple[CameRow, ...], str]) -> None:
        came, said = answer
        self.filters.clear()
        self.last = tuple(sorted(came, key=is_calm))  # what needs work stands first
        self.busy = False
        self.show_day(None)
        self.desk.changed.emit(frozenset({"received"}))
        self.ask_again()
        self.show_tab(LAST)
        aside = next((n for n, one in enumerate(self.last) if not is_calm(one)), 0)
        self.table.choose(aside)
        self._focus()
        self._said = said
        self._say_taken()

    def _say_taken(self) -> None:
        """What became of the files is said on this page; who is on another finds it when she comes back."""
        if self._said and self.isVisible():
            self.window_.notify(self._said, instead=True)
            self._said = ""

    def _failed(self, error: BaseException) -> None:
        self.busy = False
        self.desk.changed.emit(frozenset({"received"}))
        self.ask_again()
        self.show_tab(self.tab)
        self.window_.tell(error)

    # --- what is shown

    def refresh(self) -> None:
        self._tell_journals()
        self.desk.read_later("Сверяются журналы районов", journal_warnings, done=self.window_.guarded(self._looked),
                             failed=self.window_.tell)  # fmt: skip
        self.show_tab(self.tab)

    def _looked(self, warnings: tuple[tuple[str, str], ...]) -> None:
        """What the journals of the districts tell: of all returns that are here, so that it takes its time."""
        if warnings != self.warnings:
            self.warnings = warnings
            self._tell_journals()
            self.show_tab(self.tab)

    def _tell_journals(self) -> None:
        names = {one.code: one.name for one in self.desk.read(territories)}
        self.journals.show_rows([(district(names.get(oktmo, oktmo)), text) for oktmo, text in self.warnings])
        if self.warnings:
            self.journals.choose(0)
        self.tabs[LAST].setVisible(bool(self.last))
        self.tabs[LAST].say(f"Последний приём\u00a0{integer(len(self.last))}")
        self.tabs[JOURNALS].say(
            f"Журналы районов\u00a0{integer(len(self.warnings))}", "warning" if self.warnings else ""
        )
        self.tabs[JOURNALS].setVisible(bool(self.warnings))
        if (self.tab == LAST and not self.last) or (self.tab == JOURNALS and not self.warnings):
            self.tab = CAME

    def show_tab(self, tab: str) -> None:
        if tab != self.tab:
            self.filters.clear()  # what is sought there is not sought here
        self.tab = tab
        for key, button in self.tabs.items():
            button.setChecked(key == tab)
        self.table.setColumnHidden(AT, tab == LAST)
        if tab == CAME:
            self._show_came()
        elif tab == LAST:
            self._show_rows(self.filters.of_last())
        else:
            self.stack.setCurrentIndex(2)
        self._offer()
        self.say_hint("Файлы, папку, архив или письмо можно перетащить в окно · Enter — карточка файла · "
                      "F8 — следующий отложенный")  # fmt: skip

    def _filter(self) -> None:
        self._show_came() if self.tab == CAME else self._show_rows(self.filters.of_last())
        self._offer()

    def _show_came(self) -> None:
        found, count = self.desk.read(
            region_came.came, result=str(self.filters.result.code or ""), limit=SHOWN,
            chain=str(self.filters.district.code or ""), quarter=cast(Quarter | None, self.filters.quarter.code),
        )  # fmt: skip
        more = f", показаны последние {SHOWN}" if count > SHOWN else ""
        self.count = f"{plural(count, 'файл', 'файла', 'файлов')}{more}"
        self._show_rows(found)
        self._offer()

    def _show_rows(self, rows: Sequence[CameRow]) -> None:
        former = self.model.rows[self.table.row].kept if 0 <= self.table.row < len(self.model.rows) else None
        self.model.show_rows(rows)
        self.place.want(shown=bool(rows))
        if rows:
            self.stack.setCurrentIndex(1)
            self.table.choose(next((n for n, one in enumerate(rows) if former and one.kept == former), 0))
            self._show_row(self.table.row)
            return
        self.card.show_nothing()
        self.stack.setCurrentIndex(0)
        if self.filters.on:
            self.empty.say("magnifying-glass", "Таких файлов нет", "Снимите фильтры или примите файлы.")
            return
        self.empty.say(
            "tray", "Отчёты районов ещё не приходили",
            "Перетащите сюда файлы, папку, архив .zip или письмо .eml. О каждом файле будет сказано, что с ним; "
            "плохой отложится, остальные примутся.", "Принять файлы", "Принять папку",
        )  # fmt: skip
        for button, key in ((self.empty.primary, "Ctrl+O"), (self.empty.second, "Ctrl+Shift+O")):
            button.key = key
            button.say(button.word)

    def _offer(self) -> None:
        empty = self.stack.currentIndex() == 0 and not self.busy
        for button in (self.folder_button, self.files_button):
            button.setVisible(not empty or self.filters.on)
            button.setEnabled(not self.busy)
        said = self.count if self.tab == CAME and not empty else ""
        self.header.fact.setText("принимаются файлы" if self.busy else said)
        for pill in self.filters.pills:
            pill.setVisible(pill in self.filters.shown and self.tab != JOURNALS and (not empty or self.filters.on))

    @property
    def chosen(self) -> CameRow | None:
        return self.model.rows[self.table.row] if 0 <= self.table.row < len(self.model.rows) else None

    def _show_row(self, _line: int) -> None:
        came = self.chosen
        if came is None:
            self.card.show_nothing()
            return
        self.faults = self.desk.read(region_came.faults_of, came.kept) if came.kept is not None else came.faults
        said = self.desk.read(answered, came.oktmo, came.quarter, came.correction) if came.is_taken else ""
        self.card.show_row(came, self.faults, said, self.desk.clock.today())

    def _open_row(self) -> None:
        """Enter: the card, at what is wrong or at the deed."""
        self.place.open()
        first = next((part for part in (self.card.cells, *self.card.buttons) if part.isVisible()), self.card)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- deeds over a file

    def _over_file(self, act: Any) -> None:
        if self.chosen is not None and self.chosen.kept is not None:
            act(self.chosen.kept)

    def give_receipt(self) -> None:
        came = self.chosen
        if came is not None and came.quarter is not None:
            self.answering.ask_receipt(came.oktmo, came.quarter)

    def give_remarks(self) -> None:
        came = self.chosen
        if came is not None and came.quarter is not None:
            self.answering.ask_remarks(came.oktmo, came.quarter)

    def say_remarks(self) -> None:
        came = self.chosen
        if came is not None and came.quarter is not None:
            ask_own_remarks(self.answering, self.desk, self.window_, came.oktmo, came.quarter)

    def copy_faults(self) -> None:
        came = self.chosen
        if came is None:
            return
        told_of = " · ".join(filter(None, (came.file, whose(came), came.quarter.title if came.quarter else "")))
        QApplication.clipboard().setText(f"{told_of}\n{listed(self.faults) or wrong(came)}")
        self.window_.notify("Скопировано: вставьте в письмо району.")

    # --- keys

    def step_back(self) -> bool:
        if self.place.close():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if self.card.isAncestorOf(QApplication.focusWidget() or self):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return self.filters.clear()

    def next_finding(self, step: int) -> None:
        """F8: the next file that was set aside."""
        lines = [n for n, one in enumerate(self.model.rows) if not is_calm(one)]
        if lines and self.stack.currentIndex() == 1:
            later = [n for n in lines if (n > self.table.row if step > 0 else n < self.table.row)]
            self.table.choose((later or lines)[0 if step > 0 else -1])
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> list[QWidget]:
        first: QWidget = (self.empty.primary, self.table, self.journals)[self.stack.currentIndex()]
        return [first, next((part for part in (self.card.cells, *self.card.buttons) if part.isVisible()), first)]

    def _focus(self) -> None:
        self.panes()[0].setFocus(Qt.FocusReason.OtherFocusReason)
