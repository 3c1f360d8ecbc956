"""How a page adds and changes a record: form, drafts, saving, and what the form keeps for the next one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.core.errors import InvalidRecord
from app.core.fields import Kind, Values
from app.core.roles import Right
from app.core.russian import ended, in_sentence, plural
from app.ui import form_rules, recipient_facts
from app.ui.drafting import Drafting
from app.ui.likeness import Likeness
from app.ui.link_editor import LinkEditor
from app.ui.looking_over import LookingOver
from app.ui.record_form import RecordForm
from app.ui.repeating import Repeating
from app.ui.short_words import quoted, short_name
from app.usecases import duplicates, records, registers, services, support
from app.usecases.drafts import Draft

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage


class RecordEditing:
    """The form of a page, made when first opened."""

    def __init__(self, page: RegisterPage) -> None:
        self._page = page
        self._form: RecordForm | None = None
        self._before: dict[str, Any] = {}
        self._lacking = ""  # the register without a record that stood in the way of saving
        self.likeness: Likeness | None = None
        self._looking: LookingOver | None = None
        self.drafting = Drafting(page)
        self.again_as = Repeating(page)

    @property
    def form(self) -> RecordForm:
        if self._form is None:
            page = self._page
            self._form = RecordForm(page.record_type, page.desk, page.words, form_rules.EXTRA.get(page.register, ()))
            self._form.asked_to_save.connect(lambda again: page.window_.guarded(self.save)(again))
            self._form.left.connect(self.leave)
            form_rules.watch(self._form)
            recipient_facts.watch(self._form, page.desk)
            self._looking = LookingOver(page, self._form)
            if page.register == "ngo":
                self.likeness = Likeness(page, self._form)
            page.stack.addWidget(self._form)
        return self._form

    @property
    def open(self) -> bool:
        return self._form is not None and self._page.stack.currentWidget() is self._form

    def new(self, values: Values | None = None) -> None:
        """An empty form, or the draft that was left; values: what is known already."""
        if values is None and self.open and self._lacking:
            self._add_lacking()
        if self.open or self._refused():
            return
        draft = self.drafting.of_record(None) if values is None else None
        self._show_new({**self._defaults(), **(values or {})}, draft)

    def open_draft(self, draft: Draft) -> None:
        """Go on with a new record that was left."""
        if not self.open and not self._refused():
            self._show_new(self._defaults(), draft)

    def _defaults(self) -> dict[str, Any]:
        page = self._page
        given = form_rules.defaults(page.register, page.desk.clock.today())
        if page.register == "service" and (only := page.desk.read(services.only_centre)) is not None:
            given |= {"centre_id": only[0], "centre_id_title": only[1]}
        return given

    def _show_new(self, values: dict[str, Any], draft: Draft | None) -> None:
        self._show(values, {}, None, draft)
        self._page.header.title.setText(f"{self._page.record_type.title_one}: новая запись")

    def edit(self) -> None:
        """The chosen record in the form, with the draft that was left of it."""
        page = self._page
        record_id = page.chosen_id
        if self.open or record_id is None or self._refused():
            return
        card = page.desk.read(registers.card, page.register, record_id)
        if card.archived_on is not None:
            page.window_.notify("Запись в архиве: сначала верните её из архива.")
            return
        self._show(dict(card.values), dict(card.lines), record_id, self.drafting.of_record(record_id))
        own = str(card.values.get("short_name") or "") if page.register == "ngo" else ""
        page.header.title.setText(own or short_name(page.name_of(card)))

    def _refused(self) -> bool:
        """Whoever only looks is told so before she has filled in a form."""
        return self._page.refused(Right.WORK)

    def _show(
        self, values: dict[str, Any], lines: dict[str, Any], record_id: int | None, draft: Draft | None = None
    ) -> None:
        page = self._page
        self._before = dict(values) if record_id is not None else {}
        self._lacking = ""
        self.form.fill(values, lines, record_id)
        self.drafting.begin(self.form, record_id, draft)
        if self.likeness is not None:
            self.likeness.begin()
        form_rules.apply(self.form)
        recipient_facts.show(self.form, page.desk)
        page.stack.setCurrentWidget(self.form)
        if self._looking is not None:
            self._looking.look()
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
            self._offer_lacking(faults)
            unseen = [text for key, text in faults.items() if key.partition(".")[0] not in (*form.rows, *form.tables)]
            if unseen:
                page.window_.notify(" ".join(unseen))
            return
        self.drafting.saved()
        self.again_as.saved(form)
        if again and form.record_id is None:
            self._show({key: values[key] for key in form_rules.KEPT.get(page.register, ())}, {}, None)
            return
        self.close()
        page.choose(saved)
        page.table.setFocus()

    def _offer_lacking(self, faults: Mapping[str, str]) -> None:
        """Ctrl+N adds the first record of a register that a link asks for; what is typed here stays."""
        rows = (row for key, row in self.form.rows.items() if key in faults)
        links = ((row.field.register, row.editor.absent()) for row in rows if isinstance(row.editor, LinkEditor))
        self._lacking, told = next(((register, told) for register, told in links if told), ("", ""))
        if told:
            brief = told.partition(":")[0]
            self._page.window_.remark(brief, "Добавить", "Ctrl+N", self._add_lacking)

    def _add_lacking(self) -> None:
        lacking, self._lacking = self._lacking, ""
        if lacking:
            self.drafting.write()
            self._page.window_.open(lacking, new={}, back=(self._page.register, {}))

    def _write(self, values: Values, given: Values, lines: dict[str, Any], others: tuple[int, ...]) -> int:
        """One record, or with other recipients one for each (DOMAIN §4); returns the (first) one."""
        page = self._page
        if self.form.apart:
            return page.desk.write(
                "edit", self._title(), duplicates.save_apart, given, sorted(self.form.apart), id=self.form.record_id,
                lines=lines, changed={page.register},
            )  # fmt: skip
        if not others:
            return page.desk.write(
                "edit", self._title(), records.save, page.register, given, id=self.form.record_id,
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

    def _title(self) -> str:
        """The sentence of the journal and of the undo bar."""
        deed = "добавлена запись" if self.form.record_id is None else "изменена запись"
        return f"{self._page.record_type.title_one}: {deed} {self.title_typed()}".rstrip()

    def title_typed(self) -> str:
        """How the record in the form is called as far as it is typed: its name, else whom it is about; or ''."""
        record_type = self._page.record_type
        field = record_type[record_type.title_field]
        name = self.form.rows[field.key].editor.state() if field.kind in (Kind.TEXT, Kind.NOTE) else ""
        brief = self.form.rows.get("short_name")  # full names of NGOs all begin alike, and are cut before they differ
        name = (brief.editor.state() if brief is not None else "") or short_name(str(name or ""))
        link = self.form.rows.get("ngo_id")
        shown = str(name or (link.editor.state()[1] if link is not None else "")).strip()
        short = shown if len(shown) <= 60 else f"{shown[:59].rstrip()}…"
        return quoted(short) if short else ""

    def leave(self) -> None:
        """Esc: with changes a draft is kept, and the undo bar says so with the way back to it."""
        if not self.open:
            return
        whose = self.drafting.left_with
        if self.form.changed and whose:
            self._page.window_.notify(ended(f"Не записано: черновик остался у того, кто начал: {whose}"))
        elif self.form.changed:
            self.drafting.write()
            new = self.form.record_id is None
            key, act = ("Ctrl+N", self.new) if new else ("F2", self.edit)
            self._page.window_.remark("Не записано: черновик сохранён", "Продолжить", key, act)
        self.close()
        self._page.table.setFocus()

    def close(self) -> None:
        page = self._page
        page.stack.setCurrentIndex(0)
        page.header.back.hide()
        page.header.title.setText(page.record_type.title)
        page.header.show_only("export", "add", *(("import",) if page.import_allowed else ()))
        page.refresh()
        self.drafting.offer()

    def repeat_last(self) -> None:
        """Ctrl+D: as in the last record, in lines as in the one above."""
        if self.open:
            self.again_as.fill_focused(self.form)
