"""How a page adds and changes a record: form, drafts, saving, and what the form keeps for the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.core.errors import InvalidRecord
from app.core.fields import Kind, Values
from app.core.roles import Right
from app.core.russian import in_sentence, plural
from app.ui import form_rules, recipient_facts
from app.ui.record_form import RecordForm
from app.ui.short_words import quoted
from app.usecases import records, registers, support

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage


class RecordEditing:
    """The form of a page, made when first opened."""

    def __init__(self, page: RegisterPage) -> None:
        self._page = page
        self._form: RecordForm | None = None
        self._drafts: dict[int | None, tuple[dict[str, Any], dict[str, Any]]] = {}
        self._last: dict[str, Any] = {}
        self._before: dict[str, Any] = {}

    @property
    def form(self) -> RecordForm:
        if self._form is None:
            page = self._page
            self._form = RecordForm(page.record_type, page.desk, page.words, form_rules.EXTRA.get(page.register, ()))
            self._form.asked_to_save.connect(lambda again: page.window_.guarded(self.save)(again))
            self._form.left.connect(self.leave)
            form_rules.watch(self._form)
            recipient_facts.watch(self._form, page.desk)
            page.stack.addWidget(self._form)
        return self._form

    @property
    def open(self) -> bool:
        return self._form is not None and self._page.stack.currentWidget() is self._form

    def new(self, values: Values | None = None) -> None:
        """An empty form, or the draft that was left; values: what is known already."""
        if self.open or self._refused():
            return
        drafted = self._drafts.get(None) if values is None else None
        given = {**form_rules.defaults(self._page.register, self._page.desk.clock.today()), **(values or {})}
        if drafted is not None:
            given = drafted[0]
        self._show(given, drafted[1] if drafted else {}, None)
        self._page.header.title.setText(f"{self._page.record_type.title_one}: новая запись")

    def edit(self) -> None:
        """The chosen record in the form."""
        page = self._page
        record_id = page.chosen_id
        if self.open or record_id is None or self._refused():
            return
        card = page.desk.read(registers.card, page.register, record_id)
        if card.archived_on is not None:
            page.window_.notify("Запись в архиве: сначала верните её из архива.")
            return
        values, lines = self._drafts.get(record_id, (dict(card.values), dict(card.lines)))
        self._show(values, lines, record_id)
        page.header.title.setText(page.name_of(card))

    def _refused(self) -> bool:
        """Whoever only looks is told so before she has filled in a form."""
        refused = self._page.desk.why_not(Right.WORK)
        if refused is not None:
            self._page.window_.tell(refused)
        return refused is not None

    def _show(self, values: dict[str, Any], lines: dict[str, Any], record_id: int | None) -> None:
        page = self._page
        self._before = dict(values) if record_id is not None else {}
        self.form.fill(values, lines, record_id)
        form_rules.apply(self.form)
        recipient_facts.show(self.form, page.desk)
        page.stack.setCurrentWidget(self.form)
        page.header.back.show()
        page.header.show_only()
        page.header.fact.setText("" if record_id is None else in_sentence(page.record_type.title_one))
        self.form.bar.again.setVisible(record_id is None)
        page.say_hint("* — обязательное поле · Enter — следующее поле · F8 — к ошибке · Esc — отменить")
        self.form.focus_first()

    def save(self, again: bool = False) -> None:
        """Save, or show every fault and go to the first."""
        if not self.open:
            return
        page, form = self._page, self.form
        values, lines, faults = form.read()
        if not faults:
            # What was not touched is not given: a rule may then fill in what follows from the rest.
            given = {k: v for k, v in values.items() if form.record_id is None or v != self._before.get(k)}
            others = given.pop(form_rules.OTHERS, ())
            try:
                saved = self._write(values, given, lines, others)
            except InvalidRecord as invalid:
                faults = invalid.faults
        if faults:
            form.show_faults(faults)
            unseen = [text for key, text in faults.items() if key.partition(".")[0] not in (*form.rows, *form.tables)]
            if unseen:
                page.window_.notify(" ".join(unseen))
            return
        self._drafts.pop(form.record_id, None)
        self._last = values
        if again and form.record_id is None:
            self._show({key: values[key] for key in form_rules.KEPT.get(page.register, ())}, {}, None)
            return
        self.close()
        page.choose(saved)
        page.table.setFocus()

    def _write(self, values: Values, given: Values, lines: dict[str, Any], others: tuple[int, ...]) -> int:
        """One record, or with other recipients one for each (DOMAIN §4); returns the (first) one."""
        page = self._page
        if not others:
            return page.desk.write(
                "edit", self._title(values), records.save, page.register, given, id=self.form.record_id,
                lines=lines, changed={page.register},
            )  # fmt: skip
        for table, typed in lines.items():
            if typed:
                raise InvalidRecord({table: "Запишите это позже, в карточке своего получателя."})
        number = len({given["ngo_id"], *others})
        title = f"Поддержка: добавлено {plural(number, 'решение', 'решения', 'решений')}"
        made = page.desk.write(
            "edit", title, support.record_for_many, (given["ngo_id"], *others), given, changed={page.register}
        )
        return int(made[0])

    def save_and_another(self) -> None:
        self.save(again=True)

    def _title(self, values: Values) -> str:
        """The sentence of the journal and of the undo bar."""
        record_type = self._page.record_type
        deed = "добавлена запись" if self.form.record_id is None else "изменена запись"
        field = record_type[record_type.title_field]
        name = values.get(field.key) if field.kind in (Kind.TEXT, Kind.NOTE) else None
        link = self.form.rows.get("ngo_id")
        shown = str(name or (link.editor.box.text() if link is not None else ""))
        short = shown if len(shown) <= 60 else f"{shown[:59].rstrip()}…"
        return f"{record_type.title_one}: {deed}" + (f" {quoted(short)}" if short else "")

    def leave(self) -> None:
        """Esc: with changes a draft is kept, and the status line says so."""
        if not self.open:
            return
        if self.form.changed:
            values, lines, _ = self.form.read()
            titles = {f"{key}_title": getattr(row.editor.box, "text", str)() for key, row in self.form.rows.items()
                      if row.field.kind is Kind.LINK}  # fmt: skip
            self._drafts[self.form.record_id] = ({**values, **titles}, lines)
            key = "Ctrl+N" if self.form.record_id is None else "F2"
            self._page.window_.notify(f"Не записано, черновик сохранён: продолжить — {key}.")
        self.close()
        self._page.table.setFocus()

    def close(self) -> None:
        page = self._page
        page.stack.setCurrentIndex(0)
        page.header.back.hide()
        page.header.title.setText(page.record_type.title)
        page.header.show_only("export", "add", *(("import",) if page.import_allowed else ()))
        page.refresh()

    def repeat_last(self) -> None:
        """Ctrl+D: the field gets what the last saved record had in it."""
        if not self.open:
            return
        for key, row in self.form.rows.items():
            if row.editor.box.hasFocus() and self._last.get(key) is not None:
                row.editor.fill(self._last[key])
                row.editor.edited.emit()
