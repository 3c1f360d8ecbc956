"""The line at the bottom: keys and notices at the left, state of the file and progress at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.core.russian import integer
from app.ui.jobs import Job, Jobs
from app.ui.russian_qt import font
from app.ui.widgets import Button, ElidingLabel, label, set_tone

SHOWN_AFTER = 300  # ms: shorter work shows nothing
NOTICE_STAYS = 8_000
COPIES_WIDTH = 470  # px


class StatusLine(QWidget):
    """`hint` of the page, a notice that replaces it for a while, and running work with «Прервать».

    At the right how the copies of the file stand; `copies_asked` when she wants to know more.
    """

    copies_asked = Signal()

    def __init__(self, page: Callable[[], QWidget | None] = lambda: None) -> None:
        """page: tells the one that is shown, to which a notice belongs."""
        super().__init__()
        self._page = page
        self._belongs: QWidget | None = None
        self.setObjectName("statusLine")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(28)
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 0, 24, 0)
        line.setSpacing(12)
        self.left = ElidingLabel("", 13, tone="text2")
        self.work = label("", 13, tone="text2")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(120)
        self.stop = Button("Прервать", kind="link", act=self._cancel)
        self.right = Button("", kind="link", act=lambda: self.copies_asked.emit())
        self.right.setObjectName("copiesState")
        self.right.setFont(font(13))
        self.right.hide()
        self.copy = label("", 13, bold=True, tone="warn")  # that the file is a working copy
        self.who = Button("", "user", kind="link")
        self.who.setObjectName("who")
        self.who.setFont(font(13))
        self.copy.hide()
        self.who.hide()
        line.addWidget(self.left, 1)
        for widget in (self.work, self.bar, self.stop, self.right, self.copy, self.who):
            line.addWidget(widget)
        self._hint = ""
        self._job: Job | None = None
        self._quiet = self._single(NOTICE_STAYS, self._calm)
        self._late = self._single(SHOWN_AFTER, lambda: self._show_work(True))
        self._show_work(False)

    def _single(self, interval: int, act) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(act)
        return timer

    def show_copies(self, words: str, *, amber: bool) -> None:
        """How the copies stand; amber: something is to be seen to, said with an icon too."""
        shown = self.right.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, COPIES_WIDTH)
        self.right.tone_icon("warning" if amber else "", "warn")
        self.right.say(shown)
        self.right.setToolTip(words if shown != words else "")
        self.right.setAccessibleName(words)
        set_tone(self.right, "warn" if amber else "")
        self.right.setVisible(bool(words) and self.bar.isHidden())

    def say_who(self, person: str, copy: str) -> None:
        """person: who is at work, '' where nobody is asked; copy: whose working copy the file is, '' if none."""
        self.who.say(f"{person} · Сменить" if person else "")
        self.who.setAccessibleName(f"Работает {person}. Сменить" if person else "")
        self.who.setVisible(bool(person))
        self.copy.setText(copy)
        self.copy.setVisible(bool(copy))

    def say_hint(self, text: str) -> None:
        self._hint = text
        if not self._quiet.isActive():
            self.left.setText(text)

    def notify(self, text: str) -> None:
        """A notice that steals no focus, and leaves by itself or with the page it was said on."""
        self.left.setText(text)
        self._quiet.start()
        self._belongs = None  # a deed may yet lead to another page, as an import does
        QTimer.singleShot(0, self, self._settle)
        self.right.hide()  # what was just done comes before how the copies stand

    def _settle(self) -> None:
        self._belongs = self._page()

    def moved(self) -> None:
        """Another page may have come: what was said on the one before is not said on this one."""
        if self._quiet.isActive() and self._belongs is not None and self._belongs is not self._page():
            self._quiet.stop()
            self._calm()

    def _calm(self) -> None:
        self.left.setText(self._hint)
        self.right.setVisible(bool(self.right.word) and self.bar.isHidden())

    def watch(self, jobs: Jobs) -> None:
        jobs.started.connect(self._started)
        jobs.advanced.connect(self._advanced)
        jobs.finished.connect(self._finished)

    def _started(self, job: Job) -> None:
        if job.quiet:
            return
        self._job = job
        self.work.setText(job.title)
        self.bar.setRange(0, 0)
        self._late.start()

    def _advanced(self, job: Job, done: int, total: int, text: str) -> None:
        if job is self._job:
            self.bar.setRange(0, max(total, 1))
            self.bar.setValue(done)
            if text and total:
                self.work.setText(f"{text}: {integer(done)} из {integer(total)}")

    def _finished(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._late.stop()
            self._show_work(False)

    def _show_work(self, shown: bool) -> None:
        for widget in (self.work, self.bar, self.stop):
            widget.setVisible(shown)
        self.right.setVisible(not shown and bool(self.right.word))  # there is no room for both on a small screen

    def _cancel(self) -> None:
        if self._job is not None:
            self.work.setText("Прерывается")
            self._job.cancel()
