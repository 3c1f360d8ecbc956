"""The panel «Перед сохранением» as a record is typed: its faults, what the return would warn of, what is in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.widgets import Icon, clear, row, wrapped
from app.usecases.record_warnings import Checked, look_over

if TYPE_CHECKING:
    from app.ui.record_form import RecordForm
    from app.ui.register_page import RegisterPage

PAUSE = 200  # ms after a key


class LookingOver(QObject):
    """Looks over the form of a page after each pause of the hands."""

    def __init__(self, page: RegisterPage, form: RecordForm) -> None:
        super().__init__(form)
        self._page, self._form = page, form
        self.checks: tuple[Checked, ...] = ()
        self._above = QWidget()
        self._warnings = QVBoxLayout(self._above)
        self._warnings.setContentsMargins(0, 0, 0, 4)
        self._warnings.setSpacing(4)
        self._above.hide()
        form.above.addWidget(self._above)
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
        self._show_above()

    def _show_above(self) -> None:
        """Where the panel has no room its warnings stand above the fields."""
        clear(self._warnings)
        warnings = [checked for checked in self.checks if not checked.passed]
        shown = bool(warnings) and not self._form.panel.isVisibleTo(self._form)
        self._above.setVisible(shown)
        for checked in warnings if shown else ():
            told = wrapped(checked.text, max(240, self._form.card.width() - 100), 13, tone="warn")
            self._warnings.addLayout(row(Icon("warning", "warn"), told, None))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._timer.start()  # the panel came or went
        return False
