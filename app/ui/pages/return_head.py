"""Above a return: its states from left to right, the term or the last step, and the menu «Ещё»."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu

from app.core.russian import day, in_sentence, plural
from app.returns.life import State
from app.ui import icons
from app.ui.menus import open_below
from app.ui.pages.return_answers import STEPS, ReturnAnswers
from app.ui.pages.state_line import StateLine
from app.ui.widgets import Button, ElidingLabel, row, set_tone
from app.usecases.return_compare import Version

if TYPE_CHECKING:
    from app.ui.pages.return_page import ReturnPage

SOON = 14  # days before the term that are told in amber


class ReturnHead:
    """The line of states and what stands beside it."""

    def __init__(self, page: ReturnPage) -> None:
        self._page = page
        self.answers = ReturnAnswers(page)
        self.steps = StateLine(STEPS)
        self.due = ElidingLabel("", 14, bold=True, tone="warn")
        self.due.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.more = Button("Ещё", "dots-three", kind="link", act=lambda: open_below(self.menu(), self.more))
        self.more.setToolTip("Версии, сравнение, печатный вид, отметки")

    def line(self) -> QHBoxLayout:
        line = row(self.steps, self.due, self.more)
        line.setStretch(1, 1)
        return line

    def show_draft(self) -> None:
        """The states of a draft: «проверен» once no error is left."""
        draft = self._page.draft
        assert draft is not None
        self.steps.show_steps(STEPS, 1 if not draft.report.errors else 0)
        if self._page.correcting:  # the term is of the first one, and that one was in time or late already
            self._say(f"Прежний {in_sentence(self.answers.story[0])}", "text2")
            return
        records = draft.records
        due = records.calendar.return_due(draft.ret.head.quarter, records.settings.due_day)
        left = (due - records.today).days
        if left < 0:
            self._say(f"Срок был {day(due)}, просрочено на {plural(-left, 'день', 'дня', 'дней')}", "err")
        elif left:
            tone = "warn" if left <= SOON else "text2"
            self._say(f"До {day(due)} осталось {plural(left, 'день', 'дня', 'дней')}", tone)
        else:
            self._say("Сдать сегодня", "warn")

    def show_approved(self, *, former: bool) -> None:
        """The states of an approved version.  former: another one has replaced it."""
        steps, done = self.answers.step
        self.steps.show_steps(steps, done, warned=self.state is State.SENT_BACK)
        words, tone = self.answers.story
        self._say(f"{words}; заменён уточнённым" if former else words, "text2" if former else tone)

    @property
    def state(self) -> State:
        life = self.answers.life
        return life.state if life is not None else State.DRAFT

    def _say(self, words: str, tone: str) -> None:
        self.due.setText(words)
        set_tone(self.due, tone)

    def menu(self) -> QMenu:
        """Versions of the quarter, papers, and what else may be done with the one that is shown."""
        page = self._page
        menu = QMenu(page)
        draft = page.draft
        if draft is None:
            return menu
        last = draft.frozen_versions - 1
        for number in range(last, -1, -1) if last > 0 else ():
            chosen = None if number == last else number
            word = f"Уточнённый {number}" if number else "Первичный"
            action = menu.addAction(word, partial(page.show_version, chosen))
            action.setCheckable(True)
            action.setChecked(page.frozen and page.version == chosen)
        if last > 0:
            menu.addSeparator()
        guarded = page.window_.guarded
        menu.addAction(icons.icon("printer", "text2", 16), "Печатный вид\tCtrl+P", guarded(page.deeds.printed))
        if page.frozen and page.version is None:
            menu.addAction(icons.icon("note-pencil", "text2", 16), "Составить уточнённый…", page.start_correction)
        if not page.frozen and last >= 0:
            menu.addAction(
                icons.icon("equals", "text2", 16), "Чем отличается от утверждённого", guarded(self._compare_draft)
            )
        if draft.records.frozen:
            act = guarded(partial(page.window_.open, "differences"))
            menu.addAction(icons.icon("columns", "text2", 16), "Сравнить отчёты", act)
        if page.frozen:
            self.answers.add_to_menu(menu)
        return menu

    def _compare_draft(self) -> None:
        """What the correction would change, before it is approved."""
        page = self._page
        quarter, last = page.draft.ret.head.quarter, page.draft.frozen_versions - 1
        page.window_.open("differences", before=Version(quarter, last), after=Version(quarter, draft=True))
