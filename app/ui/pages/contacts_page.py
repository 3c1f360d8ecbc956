"""«Контакты»: contact persons under 152-ФЗ, what has run out first; consent, its withdrawal, «обезличить»."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.core.fields import Field, Kind
from app.core.roles import Right
from app.core.russian import day, integer, plural
from app.ui import erasing_deed
from app.ui.ask import ask_values
from app.ui.consent_deed import ask_consent
from app.ui.desk import Desk
from app.ui.empty_state import EmptyState
from app.ui.line_buttons import put_glass
from app.ui.page import Page, Window
from app.ui.pages.choice_pill import ChoicePill
from app.ui.pages.erase_dialog import EraseDialog
from app.ui.pages.erasure_acts import ActsDialog
from app.ui.pages.plain_table import PlainTable
from app.ui.rail import TABS
from app.ui.short_words import quoted, short_name
from app.ui.widgets import Button, Card, ElidingLabel, label, row, separator, shortcut
from app.usecases import contacts, erasing
from app.usecases.contacts import ContactRow, Standing
from app.usecases.erased_traces import texts_of

COLUMNS = (
    ("Контактное лицо", 200), ("НКО", 190), ("Телефон", 136), ("Основание", 98), ("Согласие", 170), ("Хранить до", 92),
    ("Состояние", 250),
)  # fmt: skip
LEAST = (150, 110, 134, 94, 120, 92, 238)
NGO, BASIS, CONSENT = 1, 3, 4
NARROW = 1050  # px of the page
LATER = 120  # ms between the last key and the search
CHANGED = {"ngo", "contacts"}


class ContactsPage(Page):
    """Enter opens the NGO, Delete withdraws the consent, F8 walks those whose time is over."""

    registers = frozenset({"ngo", "contacts", "settings"})

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Контакты", desk, window)
        self.every: tuple[ContactRow, ...] = ()
        self.shown: tuple[ContactRow, ...] = ()
        self.only_due: bool | None = None  # not chosen yet: what has run out, when there is any
        self.busy = False
        self._build()
        shortcut(self, "Ctrl+F", self.search.setFocus)
        shortcut(self, "Ctrl+P", window.guarded(self.ask_form))

    def _build(self) -> None:
        guarded = self.window_.guarded
        self.exports_button = self.header.add(
            "exports", Button("Выгрузки", "upload-simple", act=lambda: self.window_.open("personal_exports"))
        )
        self.acts_button = self.header.add("acts", Button("Акты", "file-text", act=guarded(self.show_acts)))
        self.erase_button = self.header.add(
            "erase", Button("Обезличить", "prohibit", kind="primary", act=guarded(self.ask_erase))
        )
        self.body.setSpacing(12)
        self.body.addLayout(row(*(self._tab(key, word) for key, word in TABS["ngo"]), None, spacing=16))
        self.search = QLineEdit()
        self.search.setFixedWidth(240)
        self.search.setPlaceholderText("Найти: имя, НКО, телефон")
        self.search.setAccessibleName("Найти контакт")
        self.search.setObjectName("contactSearch")
        put_glass(self.search)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LATER)
        self._timer.timeout.connect(self._show)
        self.search.textChanged.connect(lambda _text: self._timer.start())
        self.count = label("", 14, tone="muted")
        self.due_pill = Button("Что истекло", kind="pill", act=self.toggle_due)
        self.standing_pill = ChoicePill("Состояние", self._standings)
        self.standing_pill.chosen.connect(self._standing_chosen)
        self.all_button = Button("", "prohibit", kind="link", act=self.window_.guarded(self.ask_erase_due))
        strip = row(self.search, self.count, self.due_pill, self.standing_pill, None, self.all_button)
        self.body.addLayout(strip)
        self.table = PlainTable(COLUMNS, fill=NGO)
        self.table.lay_columns([width for _, width in COLUMNS], NGO, list(LEAST))
        self.table.setAccessibleName("Контактные лица")
        self.table.setObjectName("contacts")
        self.table.opened.connect(self._open)
        self.table.chosen.connect(lambda _row: self._show_chosen())
        self.table.stepped_out.connect(self.search.setFocus)
        self.search.returnPressed.connect(self.table.setFocus)
        sheet = Card(margin=1, spacing=0)
        sheet.rows.addWidget(self.table, 1)
        sheet.rows.addWidget(separator())
        self.told = ElidingLabel("", 13, tone="text2")
        self.withdraw_button = Button("Согласие отозвано", "minus-circle", key="Del", act=guarded(self.withdraw))
        self.consent_button = Button("Записать согласие", "check", act=guarded(self.ask_consent))
        self.form_button = Button("Бланк согласия", "printer", key="Ctrl+P", act=guarded(self.ask_form))
        foot = row(self.told, self.withdraw_button, self.consent_button, self.form_button, margins=(12, 6, 8, 6))
        foot.setStretch(0, 1)
        sheet.rows.addLayout(foot)
        self.empty = EmptyState()
        self.empty.primary.clicked.connect(self._empty_deed)
        self.stack = QStackedWidget()
        self.stack.addWidget(sheet)
        self.stack.addWidget(self.empty)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.body.addWidget(holder, 1)

    def _tab(self, key: str, word: str) -> Button:
        button = Button(word, kind="tab", act=lambda: self.window_.open(key))
        button.setCheckable(True)
        button.setChecked(key == "contacts")
        button.clicked.connect(lambda: button.setChecked(key == "contacts"))
        return button

    # --- what is shown

    def refresh(self) -> None:
        self.every = self.desk.read(contacts.contacts)
        self._show()

    def _standings(self) -> dict[Any, str]:
        """Those that there are, with their counts."""
        counted = {standing: sum(r.standing is standing for r in self.every) for standing in Standing}
        return {standing: f"{standing.value}: {integer(n)}" for standing, n in counted.items() if n}

    def _show(self) -> None:
        held = self.chosen
        due = sum(one.standing.due for one in self.every)
        if self.only_due and not due:
            self.only_due = None
        only_due = bool(due) if self.only_due is None else self.only_due
        wanted = self.standing_pill.code
        found = self.desk.read(contacts.contacts, self.search.text()) if self.search.text().strip() else self.every
        if isinstance(wanted, Standing):
            found, only_due = tuple(one for one in found if one.standing is wanted), False
        elif only_due and not self.search.text().strip():
            found = tuple(one for one in found if one.standing.due)
        self.shown = found
        self.due_pill.setVisible(bool(due))
        self.due_pill.say(f"Что истекло: {integer(due)}", "x" if only_due else "")
        self.all_button.setVisible(due > 1)
        self.all_button.say(f"Обезличить всех: {integer(due)}")
        self.due_pill.set_kind("pill-on" if only_due else "pill")
        self.count.setText(f"{len(found)} из {len(self.every)}" if len(found) < len(self.every) else "")
        people = plural(len(self.every), "человек", "человека", "человек")
        self.header.fact.setText(f"{people}, пора обезличить: {integer(due)}" if due else people)
        self.table.show_rows([self._cells(one) for one in found])
        self._show_empty(found)
        places = {one.id: place for place, one in enumerate(found)}
        self.table.choose(places.get(held.id, 0) if held else 0)
        self._show_chosen()
        self.say_hint("Enter — карточка НКО · Del — согласие отозвано · F8 — следующий, у кого истекло")

    def _show_empty(self, found: tuple[ContactRow, ...]) -> None:
        if not self.every:
            self.empty.say(
                "users", "Контактных лиц пока нет",
                "Их добавляют в карточке НКО, «Контактные лица»: кто, телефон, на каком основании хранится и до какого"
                " дня. Здесь видно, у кого срок истёк и кого пора обезличить.",
                "К списку НКО",
            )  # fmt: skip
        elif not found:
            self.empty.say_not_found(self.search.text().strip(), sifted=self.standing_pill.code is not None)
        self.stack.setCurrentIndex(int(not found))

    def _empty_deed(self) -> None:
        if self.every:
            self.search.clear()
            self.only_due = False
            self.standing_pill.choose(None)
        else:
            self.window_.open("ngo")

    def _cells(self, one: ContactRow) -> list[str]:
        ngo = f"{short_name(one.ngo)} (в архиве)" if one.ngo_left else short_name(one.ngo)
        return [one.name, ngo, one.phone, one.basis, self._consent(one), day(one.keep_until), self._standing(one)]

    @staticmethod
    def _consent(one: ContactRow) -> str:
        """«№ 7 от 12.01.2026»."""
        number = f"№\u00a0{one.consent}" if one.consent else ""
        return f"{number} от {day(one.consent_on)}" if number and one.consent_on else number or day(one.consent_on)

    def _standing(self, one: ContactRow) -> str:
        """The state, and by when to erase."""
        word, last = one.standing.value, one.erase_by
        if one.standing is Standing.ERASED:
            return f"{word} {day(one.erased_on)}"
        if last is None:
            return word
        if last < self.desk.clock.today():
            return f"{word.removeprefix('согласие ')}, просрочено {day(last)}"
        return f"{word}, до {day(last)}"

    def _show_chosen(self) -> None:
        one = self.chosen
        living = one is not None and one.standing not in (Standing.ERASED, Standing.DROPPED)
        consented = living and one is not None and one.basis == contacts.CONSENT
        self.withdraw_button.setVisible(bool(consented and one and one.withdrawn_on is None))
        self.consent_button.setVisible(bool(living and one and one.standing is not Standing.ACTIVE))
        self.form_button.setVisible(living)
        self.erase_button.setEnabled(one is not None and one.standing is not Standing.ERASED and not self.busy)
        self.told.setText(self._about(one) if one is not None else "")

    def _about(self, one: ContactRow) -> str:
        if one.standing is Standing.ERASED:
            return "Данные стёрты, строка осталась для счёта. Акт — в списке «Акты»."
        if one.standing is Standing.DROPPED:
            return "В карточке человека уже нет, но его имя и телефон хранит журнал."
        consent = f"согласие {self._consent(one)}" if self._consent(one) and self.table.isColumnHidden(CONSENT) else ""
        basis = f"основание: {one.basis}" if self.table.isColumnHidden(BASIS) and not consent else ""
        parts = (one.post, one.email, basis, consent, f"цель: {one.purpose}" if one.purpose else "")
        return " · ".join(part for part in parts if part)

    def resizeEvent(self, event) -> None:
        """Where there is little room, basis and consent stand in the line under the table."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        if narrow != self.table.isColumnHidden(CONSENT):
            for column in (BASIS, CONSENT):
                self.table.setColumnHidden(column, narrow)
            self._show_chosen()

    @property
    def chosen(self) -> ContactRow | None:
        place = self.table.row
        return self.shown[place] if 0 <= place < len(self.shown) else None

    def toggle_due(self) -> None:
        due = any(one.standing.due for one in self.every)
        now = due if self.only_due is None else self.only_due
        self.only_due = not now
        if self.standing_pill.code is not None:
            self.only_due = True
            self.standing_pill.choose(None)
        self._show()

    def _standing_chosen(self) -> None:
        if self.standing_pill.code is None and self.only_due is None:
            self.only_due = False
        self._show()

    # --- keys

    def enter(self, **where: object) -> None:
        record = where.get("record")
        if isinstance(record, int):
            standing = next((one.standing for one in self.every if one.id == record), None)
            self.only_due = bool(standing and standing.due)
            self.standing_pill.choose(None if standing is None or standing.due else standing)
            places = {one.id: place for place, one in enumerate(self.shown)}
            self.table.choose(places.get(record, 0))
        (self.table if self.shown else self.search).setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> list[QWidget]:
        return [self.search, self.table]

    def next_finding(self, step: int) -> None:
        due = [place for place, one in enumerate(self.shown) if one.standing.due]
        if due:
            here = self.table.row
            ahead = [n for n in due if n > here] if step > 0 else [n for n in reversed(due) if n < here]
            self.table.choose(ahead[0] if ahead else due[0 if step > 0 else -1])

    def step_back(self) -> bool:
        if self.search.text():
            self.search.clear()
        else:
            self.window_.open("ngo")
        return True

    def keyPressEvent(self, event) -> None:
        if event.key() == Qt.Key.Key_Delete and not self.withdraw_button.isHidden():
            self.window_.guarded(self.withdraw)()
            return
        super().keyPressEvent(event)

    # --- deeds

    def _open(self, place: int) -> None:
        if 0 <= place < len(self.shown):
            one = self.shown[place]
            self.window_.open("ngo", record=one.ngo_id, ids=(one.ngo_id,))

    def withdraw(self) -> None:
        """One key: today; what follows is told, and Ctrl+Z takes it back."""
        one = self.chosen
        if one is None:
            return
        self.desk.write("edit", f"{quoted(one.ngo)}: согласие контактного лица отозвано", contacts.withdraw, one.id,
                        changed=CHANGED)  # fmt: skip
        self.window_.notify(f"Согласие отозвано. {contacts.what_follows(self.desk.clock.today())}")

    def ask_consent(self) -> None:
        """A signed consent: its number and day."""
        one = self.chosen
        if one is None:
            return
        fields = [
            Field("number", "Согласие, №", Kind.TEXT, required=True, width=16),
            Field("on", "Дата согласия", Kind.DATE, required=True),
            Field("keep_until", "Хранить до", Kind.DATE, help="Последний день; пусто — до отзыва."),
        ]

        def act(values: dict[str, Any]) -> None:
            title = f"{quoted(one.ngo)}: записано согласие контактного лица"
            self.desk.write("edit", title, contacts.record_consent, one.id, values["number"], values["on"],
                            values["keep_until"], changed=CHANGED)  # fmt: skip

        ask_values(
            self.window_, self.desk, f"Согласие: {one.name}",
            "Подписанный бланк хранится у вас; здесь его номер, дата и срок.", fields, "Записать согласие", act,
            given={"on": self.desk.clock.today()},
        )  # fmt: skip

    def ask_form(self) -> None:
        one = self.chosen
        if one is not None and not self.form_button.isHidden():
            ask_consent(self.desk, self.window_, self, one.ngo_id, one.id)

    def ask_erase(self) -> None:
        """The chosen person."""
        if self.chosen is not None:
            self._ask_erase([self.chosen.id])

    def ask_erase_due(self) -> None:
        """All whose time is over, each for its own reason."""
        self._ask_erase([one.id for one in self.every if one.standing.due])

    def _ask_erase(self, ids: list[int]) -> None:
        if self.busy or self.refused(Right.ERASE):
            return
        before = self.desk.read(erasing.look_before, ids)
        self.window_.ask(EraseDialog(before, lambda reason: self.erase(ids, reason)))

    def erase(self, ids: list[int], reason: str) -> None:
        """In the database's thread: the file is written anew."""

        def ended() -> None:
            self.busy = False
            self._show_chosen()

        self.busy = True
        self._show_chosen()
        erasing_deed.erase(
            self.desk, self.window_, self, partial(texts_of, contact_ids=ids),
            lambda session: erasing.erase_contacts(session, ids, reason), ended,
        )  # fmt: skip

    def show_acts(self) -> None:
        self.window_.ask(ActsDialog(self.desk, self.window_, self))
