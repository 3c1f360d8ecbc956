"""The page of any register: table with search and filters, card beside it, form in its place."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.core.fields import RecordType
from app.core.russian import integer, plural
from app.records import REGISTERS
from app.ui import deeds, ngo_deeds
from app.ui.desk import Desk
from app.ui.empty_state import CLEAR_SEARCH, DROP_FILTERS, EmptyState
from app.ui.field_text import FieldText
from app.ui.filters import FilterStrip
from app.ui.finding import Finding, Question
from app.ui.found_ids import FoundIds
from app.ui.many_dialogs import Many
from app.ui.marking import Marking
from app.ui.page import Page, Window
from app.ui.pasting import Pasting
from app.ui.record_card import RecordCard
from app.ui.record_editing import RecordEditing
from app.ui.register_export import Exporting
from app.ui.register_layout import lay_browse
from app.ui.register_menu import RegisterMenu
from app.ui.register_model import RegisterModel
from app.ui.register_views import Views
from app.ui.short_words import quoted
from app.ui.table_columns import TableColumns
from app.ui.table_view import Table
from app.ui.telling_card import TellingCard
from app.ui.totals_line import TotalsLine
from app.ui.widgets import Button, shortcut
from app.usecases import ngos, registers
from app.usecases.record_search import CALLED
from app.usecases.saved_views import View
from app.usecases.titles import titles

FOOT = 56
IMPORTED = ("ngo", "support", "service", "need")


class RegisterPage(Page):
    """Driven by a `RecordType`; what a register has beside it comes from `deeds`."""

    def __init__(self, register: str, desk: Desk, window: Window) -> None:
        self.record_type: RecordType = REGISTERS[register]
        super().__init__(self.record_type.title, desk, window)
        self.register = register
        self.registers = frozenset(
            {register, *(f.register for f in self.record_type.fields if f.register), "settings", "saved_view"}
        )
        self.words = FieldText(desk)
        self.filters = FilterStrip(self.record_type, self.words, desk)
        self.model = RegisterModel(desk, self.record_type, self.words)
        self.table = Table(head_height=44)
        self.table.setAccessibleName(self.record_type.title)
        self.order: tuple[str | None, bool] = (None, False)
        self.telling = TellingCard(self)
        self.empty = EmptyState()
        self.stack = QStackedWidget()
        self.editing = RecordEditing(self)
        self.exporting = Exporting(self)
        self.marking = Marking(self)
        self.many = Many(self)
        self.views = Views(self)
        self.menu = RegisterMenu(self)
        self.finding = Finding(desk, self, self._show_rest, window.tell)
        self._only: array | None = None
        self._merged: bool | None = None  # are there cards that went into another?  Asked when something was written
        self._whole = 0
        self._build()
        self._keys()

    # --- how it is built

    def _build(self) -> None:
        self.body.setContentsMargins(0, 0, 0, 0)
        self.export_button = self.header.add("export", Button("Выгрузить", "download-simple", act=self.export))
        self.import_button = self.header.add(
            "import", Button("Загрузить список", "upload-simple", act=self.open_import)
        )
        self.import_button.setVisible(self.register in IMPORTED)
        self.add_button = self.header.add(
            "add", Button("Добавить", "plus", kind="primary", key="Ctrl+N", act=lambda: self.editing.new())
        )
        self.table.setModel(self.model)
        head = self.table.horizontalHeader()
        head.setSortIndicatorShown(False)
        head.sectionClicked.connect(self._sort_by)
        self.columns = TableColumns(self)
        self.columns.start()
        self.totals = TotalsLine(self.table)
        self.filters.put_beside(self.views.button, self.menu.button)
        self.sheets, self.card_place, browse = lay_browse(self)
        self.stack.addWidget(browse)
        self.body.addWidget(self.stack)
        self.filters.changed.connect(self.search)
        self.filters.went_down.connect(self.table.setFocus)
        self.table.chosen.connect(self.telling.tell)
        self.table.opened.connect(lambda _row: None if deeds.open_story(self) else self.open_card())
        self.table.stepped_out.connect(self.filters.search.setFocus)
        self.telling.card.edit.clicked.connect(lambda: self.editing.edit())
        self.empty.primary.clicked.connect(self._empty_primary)
        self.empty.second.clicked.connect(lambda: self.editing.new())
        self.empty.manual.clicked.connect(lambda: self.window_.open("help", page=self.register))
        self.telling.card.show_nothing()

    def _keys(self) -> None:
        for keys, act in {
            "Ctrl+F": self.filters.search.setFocus,
            "Ctrl+N": self.editing.new,
            "F2": self.editing.edit,
            "Ctrl+S": self.editing.save,
            "Ctrl+Return": self.editing.save_and_another,
            "Ctrl+D": self.editing.repeat_last,
            "Ctrl+E": self.export,
            "Ctrl+I": self.open_import,
            "Ctrl+O": self.open_list,
        }.items():
            shortcut(self, keys, self.window_.guarded(act))  # type: ignore[arg-type]
        self.menu.keys()
        if self.register == "ngo":
            shortcut(self, "Ctrl+U", self.window_.guarded(lambda: ngo_deeds.record_service_of_chosen(self)))
        shortcut(self.table, "Shift+Return", self.open_card)
        shortcut(self.table, "Alt+Return", self.window_.guarded(lambda: self.card.press_at_hand()))
        shortcut(self.table, "Delete", self.window_.guarded(lambda: deeds.archive(self)))
        self.pasting = Pasting(self)
        down = shortcut(self.filters.search, "Down", self.table.setFocus)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)

    # --- what is shown

    def refresh(self) -> None:
        self._merged = None
        self.words.forget()
        self.views.recheck()
        self.search(keep=self.chosen_id)

    def enter(self, **where: object) -> None:
        """where: record (id to choose), ids (only these), new (values of a new record), edit (id), draft (its key)."""
        if "ids" in where:
            self.show_only(array("q", cast(Sequence[int], where["ids"])))
        elif self._only is not None:
            self.show_only(None)
        if isinstance(where.get("record"), int):
            self.choose(cast(int, where["record"]))
            self.card_place.open()  # she asked for this record: its card, also where it has no place of its own
        if isinstance(where.get("draft"), str):
            self.editing.drafting.open(str(where["draft"]))
        elif "new" in where:
            self.editing.new(cast(dict[str, Any], where["new"]))
        elif where.get("edit"):
            self.editing.edit()
        elif self.editing.open:
            self.editing.form.focus_first()
        else:
            self.filters.search.setFocus()

    @property
    def narrowed(self) -> bool:
        """Are only the records behind a figure shown?"""
        return self._only is not None

    def show_only(self, ids: array | None) -> None:
        """Narrow the table to records that stand behind a figure; None shows the register again."""
        self._only = ids
        self.search()

    def search(self, keep: int | None = None) -> None:
        """Ask for the ids of the search; the chosen record stays chosen, else the first one is."""
        order, descending = self.order
        if self.register == "ngo" and order in (None, "name"):
            order = CALLED  # the table shows short names
        filters = dict(self.filters.filters)
        if self._some_merged() and not self.filters.archived.isChecked():
            filters["merged_into_id"] = None  # a card that went into another is told by that one
        asked = Question(
            self.register, self.filters.search.text(), filters, order, descending, self.filters.archived.isChecked()
        )
        self.finding.ask(asked, lambda found: self._show_found(asked, found, keep))

    def _some_merged(self) -> bool:
        if self._merged is None:
            self._merged = self.register == "ngo" and self.desk.read(ngos.any_merged)
        return self._merged

    def _show_found(self, asked: Question, found: FoundIds, keep: int | None) -> None:
        if self._only is not None:
            only = set(self._only)
            kept = array("q", (i for i in found if i in only))
            found = FoundIds(kept, len(kept), lambda: kept)
        sifted = bool(asked.search or self.filters.filters or self._only is not None)
        if not sifted:
            self._whole = len(found)
        elif not self._whole:
            self._whole = self.desk.read(registers.count, self.register)
        typing, keep = keep is None, keep if keep is not None else self.chosen_id
        typed, self.table.cells.sought = asked.search != self.table.cells.sought, asked.search
        self.model.show_ids(found)
        self._show_totals(found, sifted=sifted)
        self.filters.show_count(len(found), max(self._whole, len(found)))
        if not self.editing.open:
            self.header.fact.setText(plural(self._whole, *self.record_type.nouns))
        self._show_emptiness(len(found), sifted)
        self.views.tell()
        row_ = self.model.row_of(keep, at_hand=typing) if keep is not None else -1
        before = self.table.row
        with self.telling.after_table(typed and self.isVisible()):
            self.table.choose(max(row_, 0))
            if not len(found):
                self.card.show_nothing("")
            elif self.table.row == before:  # the same row, perhaps of another record
                self.telling.tell(before)
        if not self.editing.open:
            self.say_hint(self.hint_now())

    def _show_rest(self) -> None:
        """All that is found is known now: it can be added up."""
        if isinstance(self.model.ids, FoundIds):
            self._show_totals(self.model.ids, sifted=bool(self.filters.search.text() or self.filters.filters))

    def _show_totals(self, found: FoundIds, *, sifted: bool) -> None:
        summed = self.columns.summed
        self.totals.setVisible(bool(summed and len(found) and found.whole))
        if not summed or not len(found) or not found.whole:
            return
        sums = self.desk.read(registers.totals, self.register, [field.key for field in summed.values()], found.all)
        shown = {place: self.words.text(field, sums, short=True) or "0" for place, field in summed.items()}
        words = f"Итого по {integer(len(found))} найденным" if sifted else f"Итого по {integer(len(found))}"
        self.totals.show_totals(words, shown)

    def hint_now(self) -> str:
        """What the status line says of the keys that fit."""
        if self.marking.ids:
            return self.marking.hint()
        if self._only is not None:
            return "Показаны записи за цифрой отчёта. Esc — снова весь список"
        where = "открыть" if self.register == "ngo" else "к карточке"
        return f"Enter — {where} · F2 — изменить · Ctrl+F — искать · Ins — отметить · Delete — в архив"

    def _show_emptiness(self, found: int, sifted: bool) -> None:
        archived = self.filters.archived.isChecked()
        nothing = found == 0 and (sifted or archived or self._whole == 0)
        self.sheets.setCurrentIndex(int(nothing))
        self.card_place.want(shown=not nothing)
        self.add_button.set_kind("" if nothing else "primary")  # one primary on a page
        if nothing and (sifted or archived):
            chosen = bool(self.filters.filters) or archived or self._only is not None
            self.empty.say_not_found(self.filters.search.text().strip(), sifted=chosen)
        elif nothing:
            self.empty.say_no_records(self.record_type, listed=self.import_allowed)

    def _empty_primary(self) -> None:
        if self.empty.primary.word in (DROP_FILTERS, CLEAR_SEARCH):
            self._only = None
            self.filters.clear()
        else:
            self.open_import()

    def _sort_by(self, section: int) -> None:
        key = self.model.columns[section].key
        descending = self.order[0] == key and not self.order[1]
        self.order = (key, descending)
        self.show_order(section, descending)
        self.search()

    def show_order(self, section: int, descending: bool) -> None:
        """The arrow of the order, or none (-1)."""
        head = self.table.horizontalHeader()
        head.setSortIndicatorShown(section >= 0)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        if section >= 0:
            head.setSortIndicator(section, order)

    def look(self, view: View) -> None:
        """Look at the register as a view says."""
        self._only = None
        self.order = view.order
        self.columns.show(view.columns)
        self.filters.show_filters(view.search, view.filters, archived=view.archived)

    # --- the chosen record

    @property
    def chosen_id(self) -> int | None:
        row_ = self.table.row
        return self.model.ids[row_] if 0 <= row_ < len(self.model.ids) else None

    def choose(self, record_id: int) -> None:
        """Choose a record; filters that hide it are taken off."""
        if self.model.row_of(record_id) < 0:
            self._only = None
            self.filters.clear()
            self.search()
        self.table.choose(self.model.row_of(record_id))

    @property
    def card(self) -> RecordCard:
        """The card of the chosen record, told of it by now."""
        return self.telling.settled()

    def open_card(self) -> None:
        """Enter on a row: its card, over the table where the window is narrow."""
        self.card_place.open()
        (self.card.edit if self.card.edit.isVisible() else self.card.more).setFocus()

    def name_of(self, card) -> str:
        """How a person calls a record: its own name, else its kind with number, day or subject."""
        field = self.record_type[self.record_type.title_field]
        if field.key in ("name", "title", "text", "project"):
            return self.words.text(field, card.values) or f"{self.record_type.title_one} без названия"
        told = self.desk.read(titles, self.register, [card.id]).get(card.id, "")
        return f"{self.record_type.title_one} {told}" if told[:1] in "№б" else told

    def named(self, card) -> str:
        """«Потребность «нужна учёба»»: the kind of the record with its name, for titles and the journal."""
        name = self.name_of(card)
        return name if name.startswith(self.record_type.title_one) else f"{self.record_type.title_one} {quoted(name)}"

    # --- deeds of the page

    def export(self) -> None:
        self.exporting.ask()

    @property
    def import_allowed(self) -> bool:
        return self.register in IMPORTED

    def open_import(self) -> None:
        if self.import_allowed:
            self.window_.open("import", register=self.register)
        else:
            self.window_.notify("Списком загружают НКО, поддержку, услуги и потребности.")

    def open_list(self) -> None:
        """Ctrl+O: choose the file at once."""
        if self.import_allowed:
            cast(Any, self.window_.open("import", register=self.register)).choose()
        else:
            self.open_import()

    # --- keys of the window

    @property
    def foot(self) -> int:  # type: ignore[override]
        return FOOT if self.editing.open or self.telling.card.isVisible() else 0

    def step_back(self) -> bool:
        if self.editing.open:
            self.editing.leave()
            return True
        if self.filters.panel.isVisible():
            self.filters.panel.close_panel()
            return True
        if self.card_place.close() or self.card.edit.hasFocus() or self.card.more.hasFocus():
            self.table.setFocus()
            return True
        if self.marking.clear():
            return True
        if self._only is not None:
            self.show_only(None)
            return True
        if self.filters.search.text() or self.filters.filters:
            self.filters.clear()
            self.filters.search.setFocus()
            return True
        return False

    def panes(self) -> list[QWidget]:
        if self.editing.open:
            return [next(iter(self.editing.form.rows.values())).editor, self.editing.form.bar.save]
        return [self.filters.search, self.table, self.card.edit]

    def next_finding(self, step: int) -> None:
        if self.editing.open:
            self.editing.form.next_fault(step)
