"""The region's комплект on its way in: seen entry by entry, then taken in one step that can be undone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.roles import Right
from app.core.russian import integer, plural
from app.ui.desk import Desk
from app.ui.dropped import content_of
from app.ui.page import Window
from app.ui.pages.file_preview import FilePreview
from app.ui.pages.import_page import TABS
from app.ui.pages.package_rows import LEAST, WIDTHS, PackageCard, PackageModel
from app.ui.pages.preview_page import ActionBar
from app.ui.pages.preview_rows import PreviewCells
from app.ui.point_offer import PointOffer
from app.ui.table_view import Table
from app.ui.widgets import Button, clear, label, wrapped
from app.usecases import region_package
from app.usecases.import_plan import Outcome
from app.usecases.region_package import PackagePreview

FILES = "Комплект региона (*.json);;Все файлы (*)"
CHANGED = frozenset({"settings", "return", "service", "need", "ngo", "centre"})
"""Registers whose choices or figures a комплект may change."""


class PackagePage(FilePreview):
    """One комплект.  Nothing is written before the primary button."""

    files, wanted, right = FILES, "Выберите комплект", Right.SETTLE
    invitation = (
        "upload-simple",
        "Выберите комплект, присланный областью",
        ("Справочники, каталог услуг, карта потребностей, сроки, планы и территории одним файлом. "
        "Программа покажет, что изменится, и ничего не запишет без вас."),
    )

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Комплект региона", desk, window)
        self.preview: PackagePreview | None = None
        self._content = b""
        self._name = ""
        self._notes = QVBoxLayout()
        self._notes.setSpacing(4)
        self.make_tabs(TABS)
        self.model = PackageModel()
        self.table = Table(name="Что в комплекте")
        self.table.setItemDelegate(PreviewCells(self.table))
        self.table.setModel(self.model)
        self.table.lay_columns(WIDTHS, 4, LEAST)
        self.card = PackageCard()
        self.card.decided.connect(self._decide)
        self.note = label("", 13, tone="text2")
        self.leave_button = Button("Отменить", key="Esc", act=self.step_back)
        self.write_button = Button("Принять", kind="primary", key="Ctrl+Enter", act=self.window_.guarded(self.write))
        self.point = PointOffer("Перед комплектом региона", least=0)
        self.bar = ActionBar()
        self.bar.fill(self.note, self.point, self.leave_button, self.write_button)
        self.lay_out(self._notes)
        self.table.opened.connect(lambda _line: self._toggle())

    # --- the file

    def fact(self) -> str:
        former = self.desk.read(region_package.in_force)
        return f"действует {former.title}" if former else "ещё не принимали"

    def read(self, path: Path) -> None:
        """Read a file and lay it over what is held, in the database's thread."""
        self._begin()
        self._content, self._name, self.busy = content_of(path), path.name, True

        self.desk.read_later(
            f"Сравнивается «{path.name}»", region_package.preview, self._content, with_progress=True,
            done=self.window_.guarded(self._read), failed=self._failed,
        )  # fmt: skip

    def _read(self, preview: PackagePreview) -> None:
        self.busy = False
        self.preview = preview
        self.model.show_preview(preview)
        issuer = f", {preview.package.by}" if preview.package.by else ""
        self.header.fact.setText(f"{preview.package.title}{issuer}")
        clear(self._notes)
        for text in preview.notes:
            self._notes.addWidget(wrapped(text, 1100, 13, tone="warn"))
        if preview.elsewhere:
            text = f"Планы других районов здесь не нужны и не записываются: {integer(preview.elsewhere)}."
            self._notes.addWidget(wrapped(text, 1100, 13, tone="text2"))
        self.show_work()
        counts = preview.counts
        self.tell_tabs(counts, TABS)
        self.show_outcome(None)
        self._tell()
        self.say_hint("Пробел — взять из комплекта или оставить своё · Ctrl+Enter — принять · Esc — отменить")
        asked = counts.doubtful + counts.rejected
        (self.table if asked or not self.write_button.isEnabled() else self.write_button).setFocus()

    # --- the entries

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
        self.point.offer_for(changes)

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

        first = self.point.before(self.desk, work)
        self.desk.write_later(
            region_package.KIND, f"Принят комплект региона {preview.package.title}", first,
            changed=CHANGED, done=self.window_.guarded(done), failed=self._failed,
        )  # fmt: skip

    def step_back(self) -> bool:
        if self.preview is not None:
            self._begin()
        else:
            self.window_.open("settings", tab="dictionaries")
        return True

    def panes(self) -> list[QWidget]:
        return [self.table, self.write_button] if self.preview else [self.empty.primary]
