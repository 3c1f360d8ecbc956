"""Entries of a комплект before they are written: what becomes of each, and the card of one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.russian import in_sentence
from app.ui.field_text import NOTHING
from app.ui.pages.import_card import INNER, WIDTH
from app.ui.pages.import_rows import WORDS, PlannedCells
from app.ui.table_view import Cells
from app.ui.widgets import Button, Card, Chip, clear, lay_now, row, scrolled, wrapped
from app.usecases.import_plan import Change, Outcome
from app.usecases.region_package import PARTS, PackagePreview, PackageRow

NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
HEADS = ("Раздел", "Что с ней", "Код", "Название", "Что изменится")
ASKED_FIRST = (Outcome.REJECTED, Outcome.DOUBTFUL, Outcome.CHANGED, Outcome.NEW, Outcome.SAME)
"""Order of the rows: most of a комплект says what the file holds already, and that comes last."""
WIDTHS, LEAST = [150, 148, 100, 260, 240], [120, 140, 76, 200, 160]


class PackageModel(QAbstractTableModel):
    """Rows of a preview with one outcome or all.  places: of the shown rows in the preview; accepted: among them."""

    def __init__(self) -> None:
        super().__init__()
        self.preview: PackagePreview | None = None
        self.places: list[int] = []
        self.accepted: set[int] = set()

    def show_preview(self, preview: PackagePreview | None) -> None:
        self.beginResetModel()
        self.preview = preview
        self.accepted = set()
        self.places = self._places(None)
        self.endResetModel()

    def show_outcome(self, outcome: Outcome | None) -> None:
        self.beginResetModel()
        self.places = self._places(outcome)
        self.endResetModel()

    def _places(self, outcome: Outcome | None) -> list[int]:
        rows = self.preview.rows if self.preview else ()
        shown = (place for place, row in enumerate(rows) if outcome is None or row.outcome is outcome)
        return sorted(shown, key=lambda place: ASKED_FIRST.index(rows[place].outcome))

    def row(self, line: int) -> PackageRow:
        assert self.preview is not None
        return self.preview.rows[self.places[line]]

    def decide(self, place: int, *, accept: bool) -> None:
        (self.accepted.add if accept else self.accepted.discard)(place)
        last = self.index(max(0, self.rowCount() - 1), self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.places)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row(index.row())
        return (PARTS[row.part], WORDS[row.outcome][0], row.code, row.title, told(row))[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        return None


def told(row: PackageRow) -> str:
    """What an entry changes, in one line; of a wrong one, why."""
    if row.outcome is Outcome.REJECTED:
        return row.note
    return "; ".join(f"{in_sentence(change.title)}: {becomes(change)}" for change in row.changes)


def becomes(change: Change) -> str:
    """«10 → 12»; of what was empty only what it will be."""
    if change.old == NOTHING:
        return change.new
    return f"{change.old} → {'пусто' if change.new == NOTHING else change.new}"


class PackageCells(PlannedCells):
    """The outcome as a chip, all else as text."""

    def paint_text(self, painter: QPainter, rect: QRect, index, chosen: bool) -> None:
        if index.column() == 1:
            self._chip(painter, rect, index.model(), index.row())
        else:
            Cells.paint_text(self, painter, rect, index, chosen)


class PackageCard(Card):
    """decided(place, accept): what a person answers to an entry that was edited by hand."""

    decided = Signal(int, bool)

    def __init__(self) -> None:
        super().__init__(spacing=8)
        self.setFixedWidth(WIDTH)
        self._place = 0
        self.chip = Chip()
        self.rows.addLayout(row(self.chip, None))
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.rows.addWidget(scrolled(self._inner), 1)
        self.accept = Button("Взять из комплекта", "check", kind="pill")
        self.accept.clicked.connect(lambda *_: self.decided.emit(self._place, True))
        self.skip = Button("Оставить", kind="pill", act=lambda: self.decided.emit(self._place, False))
        self.rows.addLayout(row(self.accept, self.skip, None))
        self.show_nothing()

    def show_nothing(self) -> None:
        clear(self._column)
        for widget in (self.chip, self.accept, self.skip):
            widget.hide()

    def show_row(self, entry: PackageRow, place: int, *, accepted: bool) -> None:
        self._place = place
        self.chip.say(*WORDS[entry.outcome])
        self.chip.show()
        clear(self._column)
        self._say(PARTS[entry.part], 13, tone="muted")
        self._say(" ".join(filter(None, (entry.code, entry.title if entry.title != entry.code else ""))), 16, bold=True)
        if entry.note:
            self._say(entry.note, 13, tone={"doubtful": "warn", "rejected": "err"}.get(entry.outcome.value, "text2"))
        for change in entry.changes:
            self._column.addSpacing(4)
            self._say(change.title, 13, tone="muted")
            self._say(becomes(change), 14)
        self._column.addStretch(1)
        lay_now(self._inner)
        for widget in (self.accept, self.skip):
            widget.setVisible(entry.outcome is Outcome.DOUBTFUL)
        self.accept.set_kind("pill-on" if accepted else "pill")
        self.skip.set_kind("pill" if accepted else "pill-on")

    def _say(self, text: str, size: int, *, bold: bool = False, tone: str = "") -> None:
        self._column.addWidget(wrapped(text, INNER, size, bold=bold, tone=tone))
