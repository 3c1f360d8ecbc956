"""Beside and below a form: what stands in the way of saving, the keys, the buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.ui.line_table import LINE_LETTERS
from app.ui.mnemonics import give_mnemonics
from app.ui.widgets import Button, Card, ElidingLabel, Icon, clear, label, lay_now, row, scrolled, separator, wrapped
from app.usecases.record_warnings import Checked

WITH_BAR = 960  # px of a form that has room for the progress bar beside the words
KEYS = (
    ("Следующее поле", "Tab, Enter"),
    ("Как в прошлой записи", "Ctrl+D"),
    ("Сегодня в пустой дате", "Пробел"),
    ("К следующей ошибке", "F8"),
)


class SavePanel(Card):
    """«Перед сохранением»: all faults, warnings and what is in order; and the keys."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(304)
        self.facts = QVBoxLayout()
        self.facts.setSpacing(4)
        self.rows.addLayout(self.facts)
        self.alike = QVBoxLayout()  # likely duplicates of what is typed
        self.rows.addLayout(self.alike)
        self.remark = wrapped("", 268, 13, tone="warn")
        self.remark.hide()
        self.rows.addWidget(self.remark)
        self.rows.addWidget(label("Перед сохранением", bold=True))
        self._checks: Sequence[Checked] = ()
        inner = self._inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(6)
        self._area = scrolled(inner)
        self.rows.addWidget(self._area, 1)
        self.rows.addWidget(separator())
        self.rows.addWidget(label("Клавиши", bold=True))
        for what, key in KEYS:
            self.rows.addLayout(row(label(what, 13, tone="text2"), None, label(key, 13)))
        self.show_faults([])

    def show_facts(self, title: str, facts: Sequence[tuple[str, str, str]]) -> None:
        """Who the chosen record is: (name, value, tone) under its title; nothing without a title."""
        clear(self.facts)
        if not title:
            return
        self.facts.addWidget(wrapped(title, 268, 14, bold=True))
        for name, value, tone in facts:
            line = row(label(name, 13, tone="muted"), ElidingLabel(value, 13, tone=tone or "text"))
            line.setStretch(1, 1)
            words = line.itemAt(1).widget()
            if isinstance(words, ElidingLabel):
                words.setAlignment(Qt.AlignmentFlag.AlignRight)
            self.facts.addLayout(line)
        self.facts.addWidget(separator())

    def show_remark(self, text: str) -> None:
        """What must be known of the whole form, above all else; '' for nothing."""
        self.remark.setText(text)
        self.remark.setFixedHeight(max(self.remark.heightForWidth(268), 16))
        self.remark.setVisible(bool(text))

    def show_faults(self, faults: Sequence[str]) -> None:
        self.show_checks(faults, self._checks)

    def show_checks(self, faults: Sequence[str], checks: Sequence[Checked]) -> None:
        """Every fault, then what the return would warn of, then what was looked at and is in order."""
        self._checks = checks
        clear(self._list)
        for text in faults:
            self._say("warning-circle", "err", text)
        for checked in checks:
            icon, tone = ("check-circle", "ok") if checked.passed else ("warning", "warn")
            self._say(icon, tone, checked.text, f"Проверка {checked.check} отчёта")
        if not faults and not checks:
            self._say("check-circle", "ok", "Замечаний нет. Все проверки — при сохранении.")
        self._list.addStretch(1)
        lay_now(self._inner)

    def _say(self, icon: str, tone: str, text: str, hint: str = "") -> None:
        line = QWidget()
        line.setToolTip(hint)
        inner = QHBoxLayout(line)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(Icon(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
        inner.addWidget(wrapped(text, 236, 13))
        self._list.addWidget(line)


class ActionBar(QFrame):
    """56 px at the foot of a form: how many required fields are right, and the buttons."""

    def __init__(self, form) -> None:
        super().__init__()
        self.setObjectName("actionBar")
        self.setFixedHeight(56)
        self.count = ElidingLabel("", 13, tone="text2")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(120)
        self.draft = ElidingLabel("", 13, tone="muted")
        self.drop_draft = Button("Удалить черновик", kind="link")
        self.leave = Button("Отменить", key="Esc", act=form.left.emit)
        self.again = Button("Сохранить и добавить ещё", key="Ctrl+Enter", act=lambda: form.asked_to_save.emit(True))
        self.save = Button("Сохранить", kind="primary", key="Ctrl+S", act=lambda: form.asked_to_save.emit(False))
        line = row(self.count, self.progress, self.draft, self.drop_draft, None, self.leave, self.again, self.save,
                   margins=(24, 0, 24, 0))  # fmt: skip
        line.setStretch(0, 100)
        self.setLayout(line)
        self.letters = give_mnemonics(form, (self.save, self.leave, self.again, self.drop_draft), LINE_LETTERS)
        self.show_draft("")

    def resizeEvent(self, event) -> None:
        """The bar says the same as the words: where room lacks, the words stay."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        wide = self.width() >= WITH_BAR
        self.progress.setVisible(wide)
        for widget in (self.draft, self.drop_draft):
            widget.setVisible(wide and bool(self.draft.text()))

    def show_draft(self, text: str) -> None:
        """«Черновик 10:42»: when what is typed was last written to the disk; '' while nothing is."""
        self.draft.setText(text)
        self.draft.setFixedWidth(self.draft.fontMetrics().horizontalAdvance(text) + 8)
        self._make_room()

    def show_count(self, right: int, required: int, noun: str) -> None:
        self.count.setText(f"Верно {right} из {required} {noun}")
        self.count.setMaximumWidth(self.count.fontMetrics().horizontalAdvance(self.count.text()) + 8)
        self.progress.setRange(0, max(required, 1))
        self.progress.setValue(right)
