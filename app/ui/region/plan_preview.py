"""A filled table of plans before it is taken: what becomes of each row, one deed at the foot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.russian import in_sentence, integer, plural
from app.ui.desk import Desk
from app.ui.page import Window
from app.ui.pages.import_rows import WORDS
from app.ui.pages.package_rows import becomes
from app.ui.pages.plain_table import PlainTable
from app.ui.pages.preview_page import ActionBar
from app.ui.point_offer import PointOffer
from app.ui.region.plan_dialogs import CHANGED
from app.ui.short_words import short_place
from app.ui.widgets import Button, Card, label, row
from app.usecases.import_plan import Outcome
from app.usecases.region_plan_row import PlanRow
from app.usecases.region_plan_table import PlanPreview, preview_plans, take_plans
from app.usecases.region_plans import KIND

_ASKED_FIRST = (Outcome.REJECTED, Outcome.CHANGED, Outcome.NEW, Outcome.SAME)
_TABS = ((None, "Все"), (Outcome.NEW, "Новые"), (Outcome.CHANGED, "Изменятся"), (Outcome.SAME, "Без изменений"),
         (Outcome.REJECTED, "С ошибками"))  # fmt: skip


class PlanPreviewPanel(QWidget):
    """leave: called when it is over, with what was taken or None."""

    def __init__(self, desk: Desk, window: Window, leave: Callable[[PlanPreview | None], None]) -> None:
        super().__init__()
        self._desk, self._window, self._leave = desk, window, leave
        self.preview: PlanPreview | None = None
        self.path = Path()
        self.busy = False
        self.rows: list[tuple[str, ...]] = []
        self.tabs: dict[Outcome | None, Button] = {}
        for outcome, word in _TABS:
            button = Button(word, kind="tab", act=lambda outcome=outcome: self.show_outcome(outcome))  # type: ignore[misc]
            button.setCheckable(True)
            self.tabs[outcome] = button
        self.table = PlainTable((("Строка", 70), ("Что с ней", 130), ("Центр", 264), ("Район", 160), ("Услуга", 70),
                                 ("Год", 60), ("Что изменится", 356)), fill=6, right=(0, 5))  # fmt: skip
        self.table.setAccessibleName("Строки таблицы планов")
        self.table.lay_columns([70, 130, 264, 160, 70, 60, 356], 6, [60, 112, 110, 110, 60, 50, 160])
        sheet = Card(margin=1, spacing=0)
        sheet.rows.addWidget(self.table)
        self.words = label("", 13, tone="text2", wrap=True)  # all of what the chosen row says
        self.words.setMinimumHeight(20)
        self.table.chosen.connect(self._say_row)
        self.note = label("", 13, tone="text2")
        self.point = PointOffer("Перед планами центров")
        self.leave_button = Button("Отменить", key="Esc", act=lambda: self._leave(None))
        self.write_button = Button("Принять", kind="primary", key="Ctrl+Enter", act=window.guarded(self.write))
        self.bar = ActionBar()
        self.bar.fill(self.note, self.point, self.leave_button, self.write_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row(*self.tabs.values(), None, spacing=16))
        column.addWidget(sheet, 1)
        column.addWidget(self.words)
        column.addWidget(self.bar)

    def read(self, path: Path, shown: Callable[[], None]) -> None:
        """Lay the table over the file, in the database's thread; shown: called once it is."""
        self.busy, self.path = True, path

        def done(found: PlanPreview) -> None:
            self.busy = False
            self._show(found)
            shown()

        def failed(error: BaseException) -> None:
            self.busy = False
            self._window.tell(error)

        self._desk.read_later(
            f"Сравнивается «{path.name}»", preview_plans, path, with_progress=True, done=done, failed=failed
        )

    def _show(self, found: PlanPreview) -> None:
        self.preview = found
        counts = {None: len(found.rows), Outcome.NEW: found.counts.new, Outcome.CHANGED: found.counts.changed,
                  Outcome.SAME: found.counts.same, Outcome.REJECTED: found.counts.rejected}  # fmt: skip
        for outcome, word in _TABS:
            self.tabs[outcome].say(f"{word}\u00a0{integer(counts[outcome])}")
            self.tabs[outcome].setVisible(outcome is None or bool(counts[outcome]))
        changes = found.counts.new + found.counts.changed
        rest = f" Не запишется: {integer(found.counts.rejected)}." if found.counts.rejected else ""
        left = f" Планы этих центров, которых в таблице нет, останутся: {integer(found.left)}." if found.left else ""
        empty = f" Строк без вписанного плана: {integer(found.unwritten)}." if found.unwritten else ""
        start = "Пишется и отменяется целиком." if changes else "Нового здесь нет."
        self.note.setText(f"{start}{rest}{empty}{left}")
        self.write_button.say(f"Принять {plural(changes, 'строку', 'строки', 'строк')}" if changes else "Принять")
        self.write_button.setEnabled(bool(changes))
        self.point.offer_for(changes)
        self.show_outcome(None)

    def show_outcome(self, outcome: Outcome | None) -> None:
        assert self.preview is not None
        for key, button in self.tabs.items():
            button.setChecked(key is outcome)
        rows = [one for one in self.preview.rows if outcome is None or one.outcome is outcome]
        rows.sort(key=lambda one: (_ASKED_FIRST.index(one.outcome), not one.note))  # of those alike, with a word first
        self.rows = [_told(one) for one in rows]
        self.table.show_rows(self.rows)
        self.table.choose(0)
        self._say_row(self.table.row)

    def _say_row(self, line: int) -> None:
        self.words.setText(self.rows[line][-1] if 0 <= line < len(self.rows) else "")

    def write(self) -> None:
        """Take the rows in as one batch."""
        if self.preview is None or self.busy or not self.write_button.isEnabled():
            return
        self.busy = True
        path = self.path

        def work(session: Any, progress: Any) -> PlanPreview:
            return take_plans(session, path, progress=progress)

        def done(made: PlanPreview) -> None:
            self.busy = False
            self._leave(made)

        def failed(error: BaseException) -> None:
            self.busy = False
            self._window.tell(error)

        self._desk.write_later(
            KIND, f"Планы центров: {path.name}", self.point.before(self._desk, work),
            changed=CHANGED, done=self._window.guarded(done), failed=failed,
        )  # fmt: skip

    def focus_first(self) -> None:
        assert self.preview is not None
        asked = self.preview.counts.rejected or not self.write_button.isEnabled()
        (self.table if asked else self.write_button).setFocus(Qt.FocusReason.OtherFocusReason)


def _told(one: PlanRow) -> tuple[str, ...]:
    changes = "; ".join(f"{in_sentence(change.title)}: {becomes(change)}" for change in one.changes)
    said = " ".join(part for part in (one.note, changes) if part)
    return (str(one.number), WORDS[one.outcome][0], one.centre, short_place(one.territory_name), one.service,
            str(one.year or ""), said)  # fmt: skip
