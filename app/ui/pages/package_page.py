"""The region's комплект on its way in: seen entry by entry, then taken in one step that can be undone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.russian import integer, plural
from app.ui.desk import Desk
from app.ui.dropped import content_of
from app.ui.empty_state import EmptyState
from app.ui.page import Page, Window
from app.ui.pages.import_page import TABS
from app.ui.pages.package_rows import LEAST, WIDTHS, PackageCard, PackageCells, PackageModel
from app.ui.table_view import Table
from app.ui.widgets import Button, Card, clear, label, row, shortcut, wrapped
from app.usecases import region_package
from app.usecases.import_plan import Outcome
from app.usecases.region_package import PackagePreview

FILES = "Комплект региона (*.json);;Все файлы (*)"
CHANGED = frozenset({"settings", "return", "service", "need", "ngo", "centre"})
"""Registers whose choices or figures a комплект may change."""


class PackagePage(Page):
    """One комплект.  Nothing is written before the primary button."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Комплект региона", desk, window)
        self.preview: PackagePreview | None = None
        self.busy = False
        self._content = b""
        self._name = ""
        self.header.back.show()
        self.choose_button = self.header.add("choose", Button("Выбрать другой файл", "folder-open", act=self.choose))
        self.empty = EmptyState()
        self.empty.primary.clicked.connect(self.choose)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(4)
        self.tabs: dict[Outcome | None, Button] = {}
        for outcome, word in TABS:
            button = Button(word, kind="tab", act=lambda outcome=outcome: self.show_outcome(outcome))  # type: ignore[misc]
            button.setCheckable(True)
            self.tabs[outcome] = button
        self.model = PackageModel()
        self.table = Table()
        self.table.setAccessibleName("Что в комплекте")
        self.table.setItemDelegate(PackageCells(self.table))
        self.table.setModel(self.model)
        self.table.lay_columns(WIDTHS, 4, LEAST)
        self.card = PackageCard()
        self.card.decided.connect(self._decide)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self._work())
        self.body.addWidget(self.stack, 1)
        self.column.addWidget(self._action_bar())
        self.table.chosen.connect(self._show_row)
        self.table.opened.connect(lambda _line: self._toggle())
        shortcut(self, "Ctrl+Return", self.window_.guarded(self.write))
        shortcut(self, "Ctrl+O", self.window_.guarded(self.choose))
        shortcut(self.table, "Space", self._toggle)

    def _work(self) -> QWidget:
        sheet = Card(margin=1, spacing=0)
        sheet.rows.addWidget(self.table)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(sheet, 1)
        both.addWidget(self.card)
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._notes)
        column.addLayout(row(*self.tabs.values(), None, spacing=16))
        column.addLayout(both, 1)
        return work

    def _action_bar(self) -> QFrame:
        self.bar = QFrame()
        self.bar.setObjectName("actionBar")
        self.bar.setFixedHeight(56)
        self.note = label("", 13, tone="text2")
        self.leave_button = Button("Отменить", key="Esc", act=self.step_back)
        self.write_button = Button("Принять", kind="primary", key="Ctrl+Enter", act=self.window_.guarded(self.write))
        self.bar.setLayout(row(self.note, None, self.leave_button, self.write_button, margins=(24, 0, 24, 0)))
        return self.bar

    # --- the file

    def enter(self, **where: object) -> None:
        path = where.get("path")
        if isinstance(path, Path):
            self.window_.guarded(self.read)(path)
        elif self.preview is None:
            self._begin()

    def _begin(self) -> None:
        self.preview = None
        self.model.show_preview(None)
        self.card.show_nothing()
        former = self.desk.read(region_package.in_force)
        self.header.fact.setText(f"действует {former.title}" if former else "ещё не принимали")
        self.header.show_only()
        self.bar.hide()
        self.foot = 0
        self.stack.setCurrentIndex(0)
        self.empty.say(
            "upload-simple",
            "Выберите комплект, присланный областью",
            "Справочники, каталог услуг, карта потребностей, сроки, планы и территории одним файлом. "
            "Программа покажет, что изменится, и ничего не запишет без вас.",
            "Выбрать файл",
        )
        self.say_hint("Ctrl+O — выбрать файл · файл можно перетащить в окно · Esc — назад")
        self.empty.primary.setFocus()

    def choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Выберите комплект", str(Path.home()), FILES)
        if path:
            self.window_.guarded(self.read)(Path(path))

    def read(self, path: Path) -> None:
        """Read a file and lay it over what is held, in the database's thread."""
        self._begin()
        self._content, self._name, self.busy = content_of(path), path.name, True

        def failed(error: BaseException) -> None:
            self.busy = False
            self.window_.tell(error)

        self.desk.read_later(
            f"Сравнивается «{path.name}»", region_package.preview, self._content, with_progress=True,
            done=self.window_.guarded(self._read), failed=failed,
        )  # fmt: skip

    def _read(self, preview: PackagePreview) -> None:
        self.busy = False
        self.preview = preview
        self.model.show_preview(preview)
        issuer = f", {preview.package.by}" if preview.package.by else ""
        self.header.fact.setText(f"{preview.package.title}{issuer}")
        self.header.show_only("choose")
        clear(self._notes)
        for text in preview.notes:
            self._notes.addWidget(wrapped(text, 1100, 13, tone="warn"))
        if preview.elsewhere:
            text = f"Планы других районов здесь не нужны и не записываются: {integer(preview.elsewhere)}."
            self._notes.addWidget(wrapped(text, 1100, 13, tone="text2"))
        self.stack.setCurrentIndex(1)
        self.bar.show()
        self.foot = self.bar.height()
        counts = preview.counts
        for outcome, word in TABS:
            number = counts.rows if outcome is None else int(getattr(counts, outcome.value))
            self.tabs[outcome].say(f"{word}\u00a0{integer(number)}")
        self.show_outcome(None)
        self._tell()
        self.say_hint("Пробел — взять из комплекта или оставить своё · Ctrl+Enter — принять · Esc — отменить")
        asked = counts.doubtful + counts.rejected
        (self.table if asked or not self.write_button.isEnabled() else self.write_button).setFocus()

    # --- the entries

    def show_outcome(self, outcome: Outcome | None) -> None:
        for key, button in self.tabs.items():
            button.setChecked(key is outcome)
        self.model.show_outcome(outcome)
        self.table.choose(0)
        if not self.model.rowCount():
            self.card.show_nothing()

    def _show_row(self, line: int) -> None:
        if 0 <= line < self.model.rowCount():
            place = self.model.places[line]
            self.card.show_row(self.model.row(line), place, accepted=place in self.model.accepted)

    def _toggle(self) -> None:
        line = self.table.row
        if line >= 0 and self.model.row(line).outcome is Outcome.DOUBTFUL:
            place = self.model.places[line]
            self._decide(place, place not in self.model.accepted)

    def _decide(self, place: int, accept: bool) -> None:
        self.model.decide(place, accept=accept)
        self._show_row(self.table.row)
        self._tell()

    def _tell(self) -> None:
        assert self.preview is not None
        counts, accepted = self.preview.counts, len(self.model.accepted)
        changes = counts.new + counts.changed + accepted
        left = []
        if counts.doubtful - accepted:
            left.append(f" Останется, как было: {integer(counts.doubtful - accepted)}.")
        if counts.rejected:
            left.append(f" Не запишется: {integer(counts.rejected)}.")
        rest = "".join(left)
        if not changes and not self.preview.renewed:
            self.note.setText(f"Этот комплект уже принят, менять нечего.{rest}")
        else:
            self.note.setText(f"Пишется и отменяется целиком.{rest}")
        told = plural(changes, "изменение", "изменения", "изменений")
        self.write_button.say(f"Принять {told}" if changes else "Принять без изменений")
        self.write_button.setEnabled(bool(changes) or self.preview.renewed)

    # --- the deed

    def write(self) -> None:
        """Take the комплект in as one batch."""
        preview = self.preview
        if preview is None or self.busy or not self.write_button.isEnabled():
            return
        self.busy = True
        content, accepted = self._content, {preview.rows[place].place for place in self.model.accepted}

        def work(session, progress):
            return region_package.take(session, content, accept_doubtful=accepted, progress=progress)

        def done(made: PackagePreview) -> None:
            self.busy = False
            self._begin()
            self.window_.open("settings", tab="dictionaries")
            left = made.counts.doubtful + made.counts.rejected
            rest = f" Не записано: {integer(left)}." if left else ""
            told = f"новых {integer(made.counts.new)}, изменено {integer(made.counts.changed)}"
            self.window_.notify(f"Комплект {made.package.title} принят: {told}.{rest}")

        def failed(error: BaseException) -> None:
            self.busy = False
            self.window_.tell(error)

        self.desk.write_later(
            region_package.KIND, f"Принят комплект региона {preview.package.title}", work,
            changed=CHANGED, done=self.window_.guarded(done), failed=failed,
        )  # fmt: skip

    def step_back(self) -> bool:
        if self.preview is not None:
            self._begin()
        else:
            self.window_.open("settings", tab="dictionaries")
        return True

    def next_finding(self, step: int) -> None:
        """F8: the next entry that is wrong or was edited by hand."""
        asked = [i for i in range(self.model.rowCount())
                 if self.model.row(i).outcome in (Outcome.REJECTED, Outcome.DOUBTFUL)]  # fmt: skip
        if asked:
            later = [i for i in asked if (i > self.table.row if step > 0 else i < self.table.row)]
            self.table.choose((later or asked)[0 if step > 0 else -1])
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> list[QWidget]:
        return [self.table, self.write_button] if self.preview else [self.empty.primary]
