"""«Доска»: who reported for which quarter, in time or late, and who did not; beside it the card of one place."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.core.periods import Quarter
from app.core.russian import day, percents, plural
from app.region.completeness import Completeness
from app.ui.card_place import CardPlace
from app.ui.desk import Desk
from app.ui.page import Page, Window
from app.ui.pages.choice_pill import ChoicePill
from app.ui.region.answering import Answering
from app.ui.region.board_facts import FactStrip, legend
from app.ui.region.board_table import LOW_ROW, ROW, BoardModel, BoardTable, BoardTotals, Column
from app.ui.region.board_words import FILTERS, matches, standing
from app.ui.region.intake_words import district
from app.ui.region.place_panel import PlacePanel
from app.ui.region.reaching import Reaching
from app.ui.region.remarks_dialog import ask_own_remarks
from app.ui.region.taking_keys import take_files_by_key, take_folder_by_key
from app.ui.widgets import Button, Card, label, row, shortcut
from app.usecases import region_grid
from app.usecases.region_came import Kept
from app.usecases.region_grid import Counts, Grid, GridPlace, GridRow
from app.usecases.region_place import place_card

SHOWN, FEWER = 5, 3
LOW = 760  # px of the page under which 18 districts want lower rows
LOWER = 560  # … and the figures above them lower cards
WIDE = 1120  # px that the legend wants beside tabs and filter
NARROW = 1000
QUARTERS, YEARS = "quarters", "years"


class BoardPage(Page):
    """where: oktmo chooses a district, quarter a quarter."""

    registers = frozenset({"received", "settings"})

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Доска", desk, window)
        self.grid = Grid((), {}, (), {})
        self.mode = QUARTERS
        self.last: int = 0  # place of the last quarter shown among those of the grid, from its end
        self.filled: dict[Quarter, dict[str, Completeness]] = {}
        guarded = window.guarded
        self.answering, self.reaching = Answering(self, desk, window), Reaching(self, desk, window)
        self.letters = self.header.add("letters", Button("Написать", "envelope", act=guarded(self.write_to_missing)))
        self.letters.setObjectName("writeToMissing")
        self.take = self.header.add("take", Button("Принять файлы", "tray", kind="primary", key="Ctrl+O",
                                                   act=lambda: window.open("intake", ask="files")))  # fmt: skip
        self.take.setObjectName("takeFiles")
        self._strip()
        self.model = BoardModel()
        self.table = BoardTable()
        self.table.setModel(self.model)
        self.totals = BoardTotals(self.table)
        self.card = PlacePanel(guarded(self.open_file), guarded(self.give_remarks))
        self._lay_out()
        self._connect()

    # --- how it is built

    def _strip(self) -> None:
        self.tabs = {
            QUARTERS: Button("Кварталы", kind="tab", act=lambda: self.show_mode(QUARTERS)),
            YEARS: Button("Годы", kind="tab", act=lambda: self.show_mode(YEARS)),
        }
        for button in self.tabs.values():
            button.setCheckable(True)
        self.earlier = Button("", "caret-left", kind="bare", act=lambda: self.turn(1))
        self.later = Button("", "caret-right", kind="bare", act=lambda: self.turn(-1))
        for button, name in ((self.earlier, "Раньше"), (self.later, "Позже")):
            button.setAccessibleName(name)
            button.setToolTip(f"{name} (Ctrl+{'влево' if name == 'Раньше' else 'вправо'})")
        self.show_only = ChoicePill("Показать", lambda: FILTERS)
        self.show_only.chosen.connect(self._filtered)
        self.count = label("", 13, tone="muted")
        self.body.setSpacing(8)
        self.legend = legend()
        self.body.addLayout(
            row(*self.tabs.values(), 8, self.earlier, self.later, None, self.legend, self.count, self.show_only)
        )

    def _lay_out(self) -> None:
        self.facts = FactStrip()
        self.body.addWidget(self.facts)
        sheet = Card(margin=1, spacing=0)
        sheet.rows.addWidget(self.table, 1)
        sheet.rows.addWidget(self.totals)
        browse = QWidget()
        beside = QHBoxLayout(browse)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(16)
        beside.addWidget(sheet, 1)
        beside.addWidget(self.card)
        self.place = CardPlace(self.card, sheet, beside, browse)
        whole = QVBoxLayout()
        whole.addWidget(browse, 1)
        self.body.addLayout(whole, 1)

    def _connect(self) -> None:
        guarded = self.window_.guarded
        self.table.moved.connect(self._moved)
        self.table.opened.connect(lambda _line: self.open_place())
        self.card.receipt.clicked.connect(lambda *_: guarded(self.give_receipt)())
        self.card.say.clicked.connect(lambda *_: guarded(self.say_remarks)())
        self.card.remind.clicked.connect(lambda *_: guarded(self.remind)())
        self.card.call.clicked.connect(lambda *_: guarded(self.note_call)())
        take_files_by_key(self, self.window_)
        take_folder_by_key(self, self.window_)
        shortcut(self, "Ctrl+F", self.table.setFocus)
        shortcut(self.table, "Ctrl+Left", lambda: self.turn(1))
        shortcut(self.table, "Ctrl+Right", lambda: self.turn(-1))

    # --- what is shown

    def refresh(self) -> None:
        self.grid = self.desk.read(lambda session: region_grid.grid(session, region_grid.quarters_told(session)))
        self.filled.clear()
        self._show()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The quarters, or the years, that are shown."""
        if self.mode == YEARS:
            return tuple(sorted({quarter.year for quarter in self.grid.quarters}))[-SHOWN:]
        number = FEWER if self.window().width() < NARROW else SHOWN
        end = len(self.grid.quarters) - self.last
        return self.grid.quarters[max(0, end - number) : end]

    @property
    def quarter(self) -> Quarter | None:
        """The quarter the current cell stands in, else the latest that is shown."""
        which = self.model.column_at(self.table.currentIndex().column())
        if isinstance(which, Quarter):
            return which
        shown = [one for one in self.columns if isinstance(one, Quarter)]
        return shown[-1] if shown else None

    @property
    def chosen(self) -> GridPlace | None:
        return self.model.place_at(self.table.currentIndex().row(), self.quarter)

    def _rows(self, quarter: Quarter | None) -> Sequence[GridRow]:
        wanted = self.show_only.code
        if wanted is None or quarter is None or self.mode == YEARS:
            return self.grid.rows
        return [one for one in self.grid.rows
                if any(place.quarter == quarter and matches(place, wanted) for place in one.places)]  # fmt: skip

    def _show(self, oktmo: str = "", quarter: Quarter | None = None) -> None:
        """Fill the board; stay at the district and the quarter she was at, or go to those that are named."""
        former = self.chosen
        oktmo, wanted = oktmo or (former.oktmo if former else ""), quarter or self.quarter
        columns = self.columns
        shown = [one for one in columns if isinstance(one, Quarter)]
        rows = self._rows(wanted if wanted in shown else shown[-1] if shown else None)
        blocked = self.table.selectionModel().blockSignals(True)
        self.model.show(rows, columns, self.grid.calls)
        self.table.lay(len(columns), len(columns))
        for column in range(self.model.columnCount()):  # how full a return is and calls are of a quarter
            self.table.setColumnHidden(column, self.mode == YEARS and column > len(columns))
        self.show_only.setVisible(self.mode == QUARTERS)
        line = next((n for n, one in enumerate(rows) if any(p.oktmo == oktmo for p in one.places)), 0)
        self.table.choose_cell(line, columns.index(wanted) + 1 if wanted in columns else len(columns))
        self.table.selectionModel().blockSignals(blocked)
        self.earlier.setVisible(self.mode == QUARTERS and len(self.grid.quarters) > len(columns))
        self.later.setVisible(self.earlier.isVisibleTo(self))
        self.earlier.setEnabled(self.mode == QUARTERS and columns[:1] != self.grid.quarters[:1])
        self.later.setEnabled(self.last > 0)
        for key, button in self.tabs.items():
            button.setChecked(key == self.mode)
        self.count.setText(f"{len(rows)} из {len(self.grid.rows)}" if len(rows) != len(self.grid.rows) else "")
        self.place.want(shown=True)
        self._moved()

    def _moved(self) -> None:
        """Another cell: its quarter is told above and below, its place on the card."""
        quarter = self.quarter
        self._ask_filled(quarter)
        self.facts.show_counts(self.counts, low=self.height() < LOWER)
        self._tell_totals()
        self._show_card()
        due = self.grid.due.get(quarter) if quarter is not None else None
        self.header.fact.setText(f"{quarter.title}, срок {day(due)}" if quarter and due else "")
        places = self.grid.awaited(quarter) if quarter is not None and self.mode == QUARTERS else ()
        self.letters.setVisible(bool(places))
        self.letters.say(f"Написать {plural(len(places), 'району', 'районам', 'районам')}")
        found = self.model.look_at(self.table.currentIndex().row(), self.table.currentIndex().column())
        keys = "Enter — карточка · Ctrl+влево, Ctrl+вправо — кварталы"
        self.say_hint(f"{found.said} · {keys}" if found is not None and found.said else keys)

    def _ask_filled(self, quarter: Quarter | None) -> None:
        """How full the returns are: asked once a quarter, and again when something came."""
        if quarter is None or self.mode == YEARS:
            self.model.show_filled(quarter, {})
            return
        if quarter in self.filled:
            self.model.show_filled(quarter, self.filled[quarter])
            return
        self.filled[quarter] = dict(self.desk.read(region_grid.filled_of, quarter))
        self.model.show_filled(quarter, self.filled[quarter])

    @property
    def counts(self) -> Counts:
        """Of the quarter, or the year, in which the current cell stands."""
        which = self.model.column_at(self.table.currentIndex().column())
        if isinstance(which, int) or self.mode == YEARS:
            year = which if isinstance(which, int) else int(str(self.columns[-1])) if self.columns else 0
            return self.grid.counts(quarter for quarter in self.grid.quarters if quarter.year == year)
        return self.grid.counts([self.quarter] if self.quarter is not None else [])

    def _tell_totals(self) -> None:
        """Under each quarter how many came in time; under the fullness its mean."""
        told: dict[int, str] = {}
        for column, which in enumerate(self.model.columns, 1):
            span = [q for q in self.grid.quarters if q == which or q.year == which]
            counts = self.grid.counts(span)
            told[column] = f"{counts.on_time} из {counts.expected}"
        shares = [one.percent for one in self.model.filled.values() if one.percent is not None]
        told[len(self.model.columns) + 1] = percents(sum(shares, Decimal(0)) / len(shares)) if shares else ""
        self.totals.show_totals("В срок", told)

    def _show_card(self) -> None:
        index, place = self.table.currentIndex(), self.chosen
        name = district(self.model.rows[index.row()].name) if 0 <= index.row() < len(self.model.rows) else ""
        if self.mode == YEARS:
            year = self.model.column_at(index.column())
            places = self.model.rows[index.row()].places if name else ()
            lines = [f"{place.quarter.title}: {standing(place)}." for place in places if place.quarter.year == year]
            self.card.show_nothing("\n".join(lines) or "Выберите район и год.", name)
        elif place is None or not place.oktmo:
            self.card.show_nothing("Отчёта не ждали: такого района в последний день квартала не было.", name)
        else:
            full = self.filled.get(place.quarter, {}).get(place.oktmo)
            self.card.show_card(self.desk.read(place_card, place.oktmo, place.quarter), full)

    def show_mode(self, mode: str) -> None:
        self.mode = mode
        self._show()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def turn(self, step: int) -> None:
        """Earlier or later quarters; the current cell stays in its column."""
        if self.mode == YEARS:
            return
        column = self.table.currentIndex().column()
        most = max(0, len(self.grid.quarters) - len(self.columns))
        self.last = max(0, min(most, self.last + step))
        shown = self.columns[column - 1] if 1 <= column <= len(self.columns) else None
        self._show(quarter=shown if isinstance(shown, Quarter) else None)

    def _filtered(self) -> None:
        self._show()

    # --- deeds

    def open_place(self) -> None:
        """Enter: the card, at its first deed."""
        self.place.open()
        first = next((button for button in self.card.buttons if button.isVisible()), None)
        (first or self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def open_file(self, kept: Kept) -> None:
        self.answering.open_file(kept)

    def give_receipt(self) -> None:
        if self.card.card is not None:
            self.answering.ask_receipt(self.card.card.oktmo, self.card.card.quarter)

    def give_remarks(self) -> None:
        if self.card.card is not None:
            self.answering.ask_remarks(self.card.card.oktmo, self.card.card.quarter)

    def say_remarks(self) -> None:
        if self.card.card is not None:
            ask_own_remarks(self.answering, self.desk, self.window_, self.card.card.oktmo, self.card.card.quarter)

    def remind(self) -> None:
        if self.card.card is not None:
            self.reaching.show_letter(self.card.card)

    def note_call(self) -> None:
        if self.card.card is not None:
            self.reaching.ask_call(self.card.card)

    def write_to_missing(self) -> None:
        if self.quarter is not None:
            self.reaching.ask_letters(self.grid.awaited(self.quarter))

    def save_letters(self, folder: Path) -> None:
        """The same into a folder that is known."""
        if self.quarter is not None:
            self.reaching.save_letters(self.grid.awaited(self.quarter), folder)

    # --- keys and sizes

    def enter(self, **where: object) -> None:
        oktmo, quarter = where.get("oktmo"), where.get("quarter")
        if isinstance(oktmo, str) or isinstance(quarter, Quarter):
            self.mode, self.last = QUARTERS, 0
            self.show_only.choose(None)
            self._show(oktmo if isinstance(oktmo, str) else "", quarter if isinstance(quarter, Quarter) else None)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def step_back(self) -> bool:
        if self.place.close() or self.card.isAncestorOf(QApplication.focusWidget() or self):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if self.show_only.code is not None:
            self.show_only.choose(None)
            return True
        return False

    def next_finding(self, step: int) -> None:
        """F8: the next district that has not handed in, or whose return was sent back."""
        quarter = self.quarter
        lines = [n for n, one in enumerate(self.model.rows) if any(
            place.quarter == quarter and (matches(place, "missing") or matches(place, "sent_back"))
            for place in one.places)]  # fmt: skip
        now = self.table.currentIndex()
        if lines:
            later = [n for n in lines if (n > now.row() if step > 0 else n < now.row())]
            self.table.choose_cell((later or lines)[0 if step > 0 else -1], now.column())
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> list[QWidget]:
        first = next((button for button in self.card.buttons if button.isVisible()), None)
        return [self.table, first] if first is not None else [self.table]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.set_row_height(LOW_ROW if self.height() < LOW else ROW)
        if self.grid.rows:
            self.facts.show_counts(self.counts, low=self.height() < LOWER)
        self.legend.setVisible(self.width() >= WIDE)
        if self.grid.rows and len(self.columns) != len(self.model.columns):
            self._show()
