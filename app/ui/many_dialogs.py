"""One deed for all marked records: a field, a check, the archive; who cannot take it is named first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.fields import Field, Kind
from app.core.roles import Right
from app.core.russian import integer, plural
from app.ui.ask import TextDialog
from app.ui.choice_editors import ChoiceEditor
from app.ui.dialogs import Dialog
from app.ui.editor_of import editor_of
from app.ui.form_row import FormRow
from app.ui.short_words import quoted
from app.ui.widgets import scrolled, wrapped
from app.usecases import many
from app.usecases.many import Done, ManyRefused, Refused

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage

CHANGED = {"ngo": {"ngo", "need", "support", "service"}}
FIELD = Field("field", "Поле", Kind.CHOICE, required=True)
SHOWN = 6


class Many:
    """Deeds of a page over its marked records."""

    def __init__(self, page: RegisterPage) -> None:
        self._page = page

    @property
    def ids(self) -> list[int]:
        return self._page.marking.ids

    @property
    def told(self) -> str:
        """«3 организации»."""
        return plural(len(self.ids), *self._page.record_type.nouns)

    def ask_field(self) -> None:
        """Shift+F2: which field, and what all of them get in it."""
        if not self.ids:
            self._page.window_.notify("Сначала отметьте строки: Ins, Shift+стрелки, все — Ctrl+A.")
        elif self._page.filters.archived.isChecked():
            self._page.window_.notify("Записи в архиве не меняют: сначала верните их.")
        else:
            dialog = FieldDialog(self._page, self.told, self.set_field)
            self._page.window_.ask(dialog, dialog.choice.box)

    def set_field(self, field: Field, value: Any, words: str) -> None:
        title = f"{self._page.record_type.title}: {quoted(field.title)} — {words or 'пусто'}, {self.told}"
        self._write("edit", title, many.set_field, self._page.register, self.ids, field.key, value)

    def verify(self) -> None:
        self._write("edit", f"НКО: проверены сведения, {self.told}", many.verify, self.ids)

    def ask_archive(self) -> None:
        """One reason for all."""
        if not self.ids:
            return
        dialog = TextDialog(
            f"Отмечено: {self.told} — в архив",
            "Записи не войдут в списки и отчёты, журнал их сохранит. Вернуть можно в любой день.",
            "Почему", "Перенести в архив", self.archive,
        )  # fmt: skip
        self._page.window_.ask(dialog, dialog.line)

    def archive(self, reason: str) -> None:
        self._write("archive", f"В архив: {self.told}", many.archive, self._page.register, self.ids, reason)

    def _write(self, kind: str, title: str, act: Callable[..., Done], *args: Any, rest: bool = False) -> None:
        """In the database's thread: each record is checked as in its form."""
        page = self._page
        asked = len(self.ids)

        def done(made: Done) -> None:
            told = f"Записано: {plural(made.done, *page.record_type.nouns)}"
            left = f", без {len(made.refused)}" if made.refused else ""
            page.window_.notify(f"{told}{left}. Ctrl+Z — отменить.")
            page.table.setFocus()

        def failed(fault: BaseException) -> None:
            if isinstance(fault, ManyRefused):
                again = page.window_.guarded(lambda: self._write(kind, title, act, *args, rest=True))
                page.window_.ask(RefusedDialog(fault.refused, asked, again))
            else:
                page.window_.tell(fault)

        def work(session: Any, *given: Any, progress: Any) -> Done:
            made = act(session, *given, rest=rest, progress=progress)
            if made.refused:
                session.info["title"] = f"{title} (записано {made.done} из {asked})"
            return made

        page.desk.write_later(
            kind, title, work, *args, changed=CHANGED.get(page.register, {page.register}),
            done=page.window_.guarded(done), failed=failed,
        )  # fmt: skip


class FieldDialog(Dialog):
    """A field and its value.  take(field, value, its words)."""

    manual = "tables.md"
    right = Right.WORK

    def __init__(self, page: RegisterPage, told: str, take: Callable[[Field, Any, str], object]) -> None:
        super().__init__(
            f"Одно поле у всех: {told}",
            "Прежние значения заменяются. Пустое значение очищает поле. Всё вернётся по Ctrl+Z.",
            deed="Записать", act=self._do,
        )  # fmt: skip
        self._page, self._take = page, take
        self._fields = {field.key: field for field in many.settable(page.register)}
        self.choice = ChoiceEditor({key: field.title for key, field in self._fields.items()}, required=True)
        self.body.addWidget(FormRow(FIELD, self.choice))
        self.row: FormRow | None = None
        self.choice.edited.connect(self._show_value)

    def choose(self, key: str) -> None:
        """Name the field."""
        self.choice.fill(key)

    def _show_value(self) -> None:
        field = self._fields.get(self.choice.read()[0] or "")
        if self.row is not None:
            self.body.removeWidget(self.row)
            self.row.hide()
            self.row.deleteLater()
            self.row = None
        if field is None:
            return
        self.row = FormRow(field, editor_of(field, self._page.desk, self._page.words))
        self.body.addWidget(self.row)
        self._place()

    def _do(self) -> bool:
        key = self.choice.read()[0]
        if not key or self.row is None:
            self.refuse("Выберите поле.")
            self.choice.setFocus()
            return False
        field = self._fields[key]
        value, fault = self.row.read()
        self.row.show_fault(fault or "")
        if fault:
            self.row.editor.setFocus()
            return False
        empty = value is None or value == ""
        words = "" if empty else self._page.words.text(field, {key: value, f"{key}_title": _shown(self.row)})
        self._take(field, value, words[:60])
        return True


def _shown(row: FormRow) -> str:
    """The words of a linked record in its editor."""
    text = getattr(row.editor.box, "text", None)
    return str(text()) if callable(text) and row.field.kind is Kind.LINK else ""


class RefusedDialog(Dialog):
    """Nothing was written: who stands in the way and why; the rest may be written without them."""

    def __init__(self, refused: Sequence[Refused], asked: int, again: Callable[[], object]) -> None:
        left = asked - len(refused)
        deed = f"Записать остальные: {integer(left)}" if left else ""
        words = f"Не годится: {len(refused)} из {asked}." + (" Остальные можно записать без них." if left else "")
        super().__init__("Не записано ничего", words, deed=deed, act=lambda: again() is not False, leave="Закрыть")
        inner = QWidget()
        self.lines: list[str] = []
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for one in refused:
            self.lines.append(f"{one.name} — {one.why}")
            column.addWidget(wrapped(one.name, 480, 13, bold=True))
            column.addWidget(wrapped(one.why, 480, 13, tone="err"))
        column.addStretch(1)
        area = scrolled(inner)
        area.setFixedHeight(min(SHOWN, len(refused)) * 42 + 8)
        self.body.addWidget(area)
