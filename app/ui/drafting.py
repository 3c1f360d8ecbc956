"""Drafts of a page: kept while she types, offered above the table, told in the form that continues one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame

from app.core.errors import AppError
from app.core.roles import Right
from app.core.russian import ended
from app.ui.widgets import Button, ElidingLabel, Icon, row
from app.usecases import drafts
from app.usecases.drafts import Draft

if TYPE_CHECKING:
    from app.ui.record_form import RecordForm
    from app.ui.register_page import RegisterPage

WRITTEN_AFTER = 1_000
"""ms after the first key that no draft holds yet: a draft is never more than that behind her."""

CHANGED = "Запись изменили после того, как начат этот черновик: сверьте поля, прежде чем сохранить."


class DraftLine(QFrame):
    """«Есть черновик от 10:42: …» with what to do about it; one line, hidden where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.setFixedHeight(44)
        self.text = ElidingLabel("", 13)
        self.go_on = Button("Продолжить", kind="link")
        self.drop = Button("Удалить черновик", "trash", kind="link")
        self.back = Button("Вернуть", "arrow-counter-clockwise", kind="link")
        line = row(Icon("pencil-simple", "accent_text"), self.text, self.go_on, self.drop, self.back,
                   margins=(12, 0, 8, 0))  # fmt: skip
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()

    def show_draft(self, text: str, key: str, *, dropped: bool) -> None:
        self.text.setText(text)
        self.go_on.key = key
        self.go_on.say("Продолжить")
        self.go_on.setVisible(not dropped)
        self.drop.setVisible(not dropped)
        self.back.setVisible(dropped)
        for button in (self.go_on, self.drop, self.back):
            button.setAccessibleName(f"{button.word}: {text}")
        self.show()


class Drafting(QObject):
    """The drafts of one page, in files beside the database."""

    def __init__(self, page: RegisterPage) -> None:
        super().__init__(page)
        self._page = page
        self._form: RecordForm | None = None
        self._key = ""
        self._whose = ""  # whose draft it is: of her who typed it
        self._former: tuple[str, ...] = ()  # drafts of those who typed into this form before
        self._typist = ""  # who typed last
        self._seen = 0
        self._shown: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
        self._dropped: Draft | None = None
        self._refused = False
        self.line = DraftLine()
        self.line.go_on.clicked.connect(lambda *_: page.window_.guarded(self._go_on)())
        self.line.drop.clicked.connect(lambda *_: page.window_.guarded(self._drop)())
        self.line.back.clicked.connect(lambda *_: page.window_.guarded(self._put_back)())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WRITTEN_AFTER)
        self._timer.timeout.connect(self.write)
        page.installEventFilter(self)

    # --- what there is

    @property
    def _database(self) -> Any:
        return self._page.desk.database

    def all(self) -> tuple[Draft, ...]:
        """This person's drafts of this register, the latest first."""
        return drafts.drafts(self._database.path, self._database.actor, self._page.register)

    def of_record(self, record_id: int | None) -> Draft | None:
        """The draft of a record; for None the latest of a new one."""
        return next((draft for draft in self.all() if draft.record_id == record_id), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._dropped = None
            self._lay_aside()
            self.offer()
        return False

    def _lay_aside(self) -> None:
        """Another has taken over.  Who may not write finds no form: it stays with her who began it."""
        editing = self._page.editing
        if editing.open and self._handed and self._page.desk.why_not(Right.WORK) is not None:
            told = ended(f"Начатая запись закрыта, черновик остался: {self._whose}")
            editing.close()
            self._page.window_.notify(told)

    @property
    def _handed(self) -> bool:
        """Was what stands in the form typed by somebody else than who is at work?"""
        now = self._database.actor
        if now in (self._whose, self._typist) or not self._whose:
            return False
        kept = next((d for d in drafts.drafts(self._database.path) if d.key == self._key), None)
        return kept is None or kept.actor != now  # hers under another name: she changed it meanwhile

    @property
    def left_with(self) -> str:
        """Whose draft the form stays when it is left now; '' when it is hers who is at work."""
        return self._whose if self._handed else ""

    def offer(self) -> None:
        """Show the latest draft above the table, or nothing."""
        there = self.all()
        draft = self._dropped or next(iter(there), None)
        if draft is None:
            self.line.hide()
            return
        if self._dropped is not None:
            self.line.show_draft(f"Черновик удалён: {self._told(draft)}", "", dropped=True)
            return
        others = len(there) - 1
        more = f" (и ещё {others})" if others else ""
        key = "Ctrl+N" if draft.record_id is None else "F2" if draft.record_id == self._page.chosen_id else ""
        self.line.show_draft(f"Есть черновик от {self.clock(draft.at)}: {self._told(draft)}{more}", key, dropped=False)

    def _told(self, draft: Draft) -> str:
        kind = "новая запись" if draft.record_id is None else "изменения в записи"
        return f"{kind} {draft.title}".strip()

    def clock(self, moment: datetime) -> str:
        """«10:42» today, «05.10 10:42» on another day."""
        from app.ui.pages.changes import local, when

        day = when(moment, self._page.desk.clock.today())
        return day if ":" in day else f"{day} {local(moment):%H:%M}"

    # --- the form

    def begin(self, form: RecordForm, record_id: int | None, draft: Draft | None) -> None:
        """A form shows a record as it is kept; draft: what is laid over that."""
        if self._form is None:
            self._form = form
            form.edited.connect(self._touched)
            form.installEventFilter(_Leaving(self, form))
            form.bar.drop_draft.clicked.connect(lambda *_: self._page.window_.guarded(self._start_anew)())
        database = self._database
        self._whose, self._former, self._typist = database.actor, (), ""
        self._refused = False
        self._timer.stop()
        self._shown = form.state() if record_id is not None else ({}, {})
        if draft is not None:
            self._key = draft.key
            form.restore(draft.values, draft.lines)
        else:
            self._key = drafts.key_of(self._page.register, record_id, database.actor, uuid4().hex)
        self._seen = 0
        if record_id is not None:
            self._seen = self._page.desk.read(drafts.last_change, self._page.register, record_id)
        changed = draft is not None and record_id is not None and draft.seen != self._seen
        form.panel.show_remark(CHANGED if changed else "")
        self._say(draft.at if draft is not None else None)

    def _touched(self) -> None:
        if self._page.editing.open:
            self._typist = self._database.actor
            if not self._timer.isActive():
                self._timer.start()

    def write(self) -> None:
        """Write what is typed by now, if anything is."""
        self._timer.stop()
        form = self._form
        if form is None or not form.changed or not self._page.editing.open:
            return
        if self._handed:
            return  # as it stands it is on the disk already, in the draft of her who typed it
        if self._whose != self._database.actor:
            self._take_over(form.record_id)
        # Only what she touched: the rest follows the record, should somebody change it meanwhile.
        values, lines = (
            {key: told for key, told in typed.items() if told != shown.get(key)}
            for typed, shown in zip(form.state(), self._shown, strict=True)
        )
        now = self._page.desk.clock.now()
        draft = Draft(
            self._key, self._page.register, form.record_id, self._page.editing.title_typed(), now,
            self._database.actor, self._seen, values, lines,
        )  # fmt: skip
        try:
            drafts.keep(self._database.path, draft)
        except AppError as error:
            if not self._refused:
                self._page.window_.notify(f"{error.message} {error.hint}")
            self._refused = True
            return
        self._refused = False
        self._say(now)

    def _take_over(self, record_id: int | None) -> None:
        """She who is at work types on: a draft of her own, and that of the other stays until the record is saved."""
        self._former = (*self._former, self._key)
        self._whose = self._database.actor
        self._key = drafts.key_of(self._page.register, record_id, self._whose, uuid4().hex)

    def _say(self, moment: datetime | None) -> None:
        if self._form is not None:
            self._form.bar.show_draft(f"Черновик {self.clock(moment)}" if moment is not None else "")

    def done(self) -> None:
        """The draft goes."""
        self._timer.stop()
        drafts.discard(self._database.path, self._key)
        self._say(None)

    def saved(self) -> None:
        """The record holds what everybody typed into this form."""
        for key in self._former:
            drafts.discard(self._database.path, key)
        self.done()

    def _start_anew(self) -> None:
        """What was typed goes and the form with it; the line above the table can bring it back."""
        form, editing = self._form, self._page.editing
        if form is None:
            return
        if self._handed:
            editing.leave()  # it is not hers to throw away
            return
        self.write()
        self._dropped = next((draft for draft in self.all() if draft.key == self._key), None)
        self.done()
        editing.close()
        self._page.table.setFocus()
        self.offer()

    # --- the line above the table

    def _go_on(self) -> None:
        self.open(next((draft.key for draft in self.all()), ""))

    def open(self, key: str) -> None:
        """Go on with a draft, in its form."""
        draft = next((draft for draft in self.all() if draft.key == key), None)
        if draft is None:
            self.offer()
        elif draft.record_id is None:
            self._page.editing.open_draft(draft)
        elif self._page.desk.read(drafts.is_editable, self._page.register, draft.record_id):
            self._page.choose(draft.record_id)
            self._page.editing.edit()
        else:
            self._page.window_.notify("Запись этого черновика в архиве: верните её оттуда или удалите черновик.")

    def _drop(self) -> None:
        self._dropped = next(iter(self.all()), None)
        if self._dropped is not None:
            drafts.discard(self._database.path, self._dropped.key)
        self.offer()
        self.line.back.setFocus()

    def _put_back(self) -> None:
        if self._dropped is not None:
            drafts.keep(self._database.path, self._dropped)
        self._dropped = None
        self.offer()
        self.line.go_on.setFocus()


class _Leaving(QObject):
    """A form that is hidden with the window, or by another page, leaves nothing unwritten."""

    def __init__(self, drafting: Drafting, form: RecordForm) -> None:
        super().__init__(form)
        self._drafting = drafting

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide and self._drafting._timer.isActive():
            self._drafting.write()
        return False
