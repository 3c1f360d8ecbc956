"""The panel «Перед сохранением» as a record is typed: its faults, what the return would warn of, what is in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.widgets import ElidingLabel, Icon, clear, row
from app.usecases.record_warnings import Checked, look_over

if TYPE_CHECKING:
    from app.ui.record_form import RecordForm
    from app.ui.register_page import RegisterPage

PAUSE = 200  # ms after a key
SHOWN_BELOW = 2


class LookingOver(QObject):
    """Looks over the form of a page after each pause of the hands."""

    def __init__(self, page: RegisterPage, form: RecordForm) -> None:
        super().__init__(form)
        self._page, self._form = page, form
        self.checks: tuple[Checked, ...] = ()
        self._below = QWidget()
        self._warnings = QVBoxLayout(self._below)
        self._warnings.setContentsMargins(0, 0, 0, 8)
        self._warnings.setSpacing(4)
        self._below.hide()
        form.below.addWidget(self._below)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.look)
        form.edited.connect(self._timer.start)
        for field in form.rows.values():
            field.editor.left.connect(self._timer.start)
        form.panel.installEventFilter(self)

    @property
    def waiting(self) -> bool:
        return self._timer.isActive()

    def look(self) -> None:
        """Ask now, and show."""
        self._timer.stop()
        form, page = self._form, self._page
        values, lines, faults = form.read()
        sound = {key: value for key, value in values.items() if key not in faults}
        self.checks = page.desk.read(look_over, page.register, sound, lines, form.record_id)
        form.panel.show_checks(form.told_faults, self.checks)
        self._show_below()

    def _show_below(self) -> None:
        """Where the panel has no room its first warnings stand below the fields."""
        clear(self._warnings)
        warnings = [checked.text for checked in self.checks if not checked.passed]
        shown = bool(warnings) and not self._form.panel.isVisibleTo(self._form)
        self._below.setVisible(shown)
        for number, text in enumerate(warnings[:SHOWN_BELOW] if shown else ()):
            more = len(warnings) - SHOWN_BELOW if number == SHOWN_BELOW - 1 else 0
            told = ElidingLabel(f"{text} И ещё {more}." if more > 0 else text, 13, tone="warn")
            line = row(Icon("warning", "warn"), told)
            line.setStretch(1, 1)
            self._warnings.addLayout(line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._timer.start()  # the panel came or went
        return False
