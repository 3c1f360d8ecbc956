"""A letter to many: portions of addresses for the hidden copy, who is left out, and labels for envelopes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget

from app.core.fields import Field, Kind
from app.core.roles import Right
from app.core.russian import plural
from app.ui.ask import ask_values
from app.ui.dialogs import Dialog
from app.ui.widgets import Button, ElidingLabel, clear, label, lay_now, row, scrolled, separator
from app.usecases import mailing
from app.usecases.mailing import Mailing, To
from app.usecases.personal_exports import KIND, note_export
from app.usecases.places import write_file

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage

WIDTH, HEIGHT, SHOWN, AROUND = 680, 264, 200, 300
WHOSE = {
    To.SERVICE: "Служебный адрес",
    To.EITHER: "Служебный, нет его — контактного лица",
    To.CONTACT: "Контактные лица",
}
PERSONAL = "Адреса контактных лиц — персональные данные: копирование попадёт в журнал."


def ask_mailing(page: RegisterPage) -> MailingDialog:
    """Open it over what is marked, else over all that is found."""
    dialog = MailingDialog(page, page.exporting.ids)
    page.window_.ask(dialog, dialog.first())
    return dialog


class MailingDialog(Dialog):
    """Each portion has its button; Enter copies the next one that was not copied yet."""

    manual = "tables.md"

    def __init__(self, page: RegisterPage, ids: list[int]) -> None:
        super().__init__(
            f"Рассылка: {plural(len(ids), *page.record_type.nouns)}",
            "Вставьте порцию в поле «Скрытая копия» (Bcc): получатели не увидят адресов друг друга.",
            deed="Скопировать", act=self._copy_next, leave="Закрыть", width=WIDTH,
        )  # fmt: skip
        self._page, self._ids = page, ids
        self.mailing = Mailing((), ())
        self.copied: set[int] = set()
        self.whose: dict[To, Button] = {}
        for to, word in WHOSE.items():
            button = Button(word, kind="pill", act=partial(self.choose, to))
            button.setObjectName(f"to_{to.value}")
            button.installEventFilter(self)
            self.whose[to] = button
        self.body.addLayout(row(*self.whose.values(), None))
        self.told = label("", 14)
        self.body.addWidget(self.told)
        inner = self._lines_of = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 8, 0)
        self._list.setSpacing(4)
        self._scrolled = scrolled(inner)
        self._scrolled.setFixedHeight(HEIGHT)
        self.body.addWidget(self._scrolled)
        self.warning = label(PERSONAL, 13, tone="warn")
        self.body.addWidget(self.warning)
        self.portions: list[Button] = []
        self.left_out: list[str] = []
        self.choose(To.SERVICE)

    def open_over(self, window: QWidget, first: QWidget | None = None) -> Dialog:
        self._scrolled.setFixedHeight(max(96, min(HEIGHT, window.height() - AROUND)))
        return super().open_over(window, first)

    def first(self) -> QWidget:
        return self.whose[self.to]

    def choose(self, to: To) -> None:
        """Whose addresses are used; those of persons leave a note, which not everybody may write."""
        refused = self._page.desk.why_not(Right.WORK) if to is not To.SERVICE else None
        self.refuse(str(refused or ""))
        if refused is not None:
            return
        self.to = to
        for key, button in self.whose.items():
            button.set_kind("pill-on" if key is to else "pill")
            button.setAccessibleName(f"{WHOSE[key]}: {'выбрано' if key is to else 'не выбрано'}")
        page = self._page
        self.mailing = page.desk.read(mailing.mailing, page.register, self._ids, to)
        self.copied.clear()
        self._show()

    def _show(self) -> None:
        made = self.mailing
        count = _addresses(made.addresses)
        portions = plural(len(made.portions), "порция", "порции", "порций")
        left = f", не вошли: {len(made.left_out)}" if made.left_out else ""
        self.told.setText(f"{count}, {portions} по {mailing.PORTION}{left}" if made.addresses else f"Адресов нет{left}")
        self.warning.setVisible(bool(made.people))
        clear(self._list)
        self.portions = []
        for number, portion in enumerate(made.portions):
            button = Button("Скопировать", "copy", act=partial(self.copy, number))
            button.setObjectName(f"copy_{number + 1}")
            button.setAccessibleName(f"Скопировать порцию {number + 1}: {_addresses(len(portion))}")
            told = ElidingLabel(mailing.line_of(portion), 13, tone="muted")
            line = row(label(f"{number + 1}. {_addresses(len(portion))}"), told, button)
            line.setStretch(1, 1)
            self._list.addLayout(line)
            self.portions.append(button)
        self.left_out = [f"{one.who} — {one.why}" for one in made.left_out]
        if self.left_out:
            self._list.addWidget(separator())
            self._list.addWidget(label("Не вошли", 13, bold=True, tone="text2"))
        for text in self.left_out[:SHOWN]:
            self._list.addWidget(ElidingLabel(text, 13))
        if len(self.left_out) > SHOWN:
            self._list.addWidget(label(f"и ещё {len(self.left_out) - SHOWN}", 13, tone="muted"))
        self._list.addStretch(1)
        lay_now(self._lines_of)
        self._name_primary()

    def _name_primary(self) -> None:
        total, next_ = len(self.mailing.portions), self._next
        self.primary.setVisible(bool(total))
        if total and next_ is None:
            self.primary.say("Закрыть")
        elif total:
            self.primary.say("Скопировать" if total == 1 else f"Скопировать порцию {(next_ or 0) + 1} из {total}")

    @property
    def _next(self) -> int | None:
        return next((n for n in range(len(self.mailing.portions)) if n not in self.copied), None)

    def _copy_next(self) -> bool:
        """The next portion; after the last one the dialog closes."""
        number = self._next
        if number is None:
            return True
        self.copy(number)
        return False

    def copy(self, number: int) -> None:
        """One portion into the clipboard; personal addresses are noted in the journal first."""
        page, portion = self._page, self.mailing.portions[number]
        people = sum(bool(address.person) for address in portion)
        if people:
            what = f"Рассылка, порция {number + 1}: адреса контактных лиц"
            page.desk.write(
                KIND, "Рассылка", note_export, what, people, "буфер обмена", changed={"personal_export"},
                undoable=False,
            )  # fmt: skip
        QApplication.clipboard().setText(mailing.line_of(portion))
        self.copied.add(number)
        self.portions[number].say("Скопировано", "check")
        self._name_primary()
        page.window_.notify(f"Скопировано: {_addresses(len(portion))}. Вставьте в «Скрытую копию».")

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if watched in self.whose.values() and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
            if event.key() in steps:
                keys = list(WHOSE)
                self.choose(keys[(keys.index(self.to) + steps[Qt.Key(event.key())]) % len(keys)])
                self.first().setFocus()
                return True
        return super().eventFilter(watched, event)


def _addresses(count: int) -> str:
    return plural(count, "адрес", "адреса", "адресов")


_BEGUN = "1 — с начала листа; 4 — если первый ряд уже использован."
FIRST = Field("first", "Первая наклейка", Kind.COUNT, help=_BEGUN)


def ask_labels(page: RegisterPage) -> None:
    """Labels of the organisations that are marked, else of all that are found."""
    ids = page.exporting.ids
    made, left = page.desk.read(mailing.labels, page.register, ids)
    told = f"Наклеек: {len(made)}."
    if left:
        names = ", ".join(one.who for one in left[:4])
        more = f" и ещё {len(left) - 4}" if len(left) > 4 else ""
        told += f" Без почтового адреса, не вошли: {names}{more}."

    def choose(values: dict[str, Any]) -> None:
        path, _ = QFileDialog.getSaveFileName(
            page, "Наклейки с адресами", str(Path.home() / "Наклейки.pdf"), "PDF (*.pdf)"
        )
        if path:
            save_labels(page, Path(path), ids, values["first"] or 1)

    ask_values(
        page.window_, page.desk, "Наклейки с адресами", f"Лист А4, 24 наклейки 70×37 мм (3×8). {told}", [FIRST],
        "Записать PDF", choose, given={"first": 1}, right=None,
    )  # fmt: skip


def save_labels(page: RegisterPage, path: Path, ids: list[int], first: int = 1) -> None:
    """Draw them in the database's thread and write the file."""

    def done(made: tuple[bytes, int]) -> None:
        content, count = made
        write_file(path, content)
        page.window_.notify(f"Записано в «{path.name}»: {plural(count, 'наклейка', 'наклейки', 'наклеек')}.")

    page.desk.read_later(
        "Наклейки", mailing.labels_pdf, page.register, ids, first=first, done=page.window_.guarded(done),
        failed=page.window_.tell,
    )  # fmt: skip
