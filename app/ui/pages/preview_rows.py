"""Rows of a file on its way in, as packets and комплекты are shown: the model, the chip, the card of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.pages.import_card import INNER, WIDTH
from app.ui.pages.import_rows import PlannedCells
from app.ui.table_view import Cells
from app.ui.widgets import Card, Chip, row, scrolled, wrapped
from app.usecases.import_plan import Outcome

NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
CHIP = 1  # the column of what becomes of a row


class PreviewModel(QAbstractTableModel):
    """Rows of a preview with one outcome or all, those that are asked first at the top.

    places: of the shown rows in the preview.
    """

    heads: tuple[str, ...] = ()
    asked_first: tuple[Outcome, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self.preview: Any = None
        self.places: list[int] = []
        self.forget()

    def forget(self) -> None:
        """Nothing is decided yet."""

    def cells(self, row: Any) -> Sequence[str]:
        """The words of a row, by column."""
        raise NotImplementedError

    def show_preview(self, preview: Any) -> None:
        self.beginResetModel()
        self.preview = preview
        self.forget()
        self.places = self._places(None)
        self.endResetModel()

    def show_outcome(self, outcome: Outcome | None) -> None:
        self.beginResetModel()
        self.places = self._places(outcome)
        self.endResetModel()

    def _places(self, outcome: Outcome | None) -> list[int]:
        rows = self.preview.rows if self.preview else ()
        shown = (place for place, row in enumerate(rows) if outcome is None or row.outcome is outcome)
        return sorted(shown, key=lambda place: self.asked_first.index(rows[place].outcome))

    def row(self, line: int) -> Any:
        assert self.preview is not None
        return self.preview.rows[self.places[line]]

    def redraw(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(max(0, self.rowCount() - 1), self.columnCount() - 1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.places)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return self.cells(self.row(index.row()))[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        return None


class PreviewCells(PlannedCells):
    """The outcome as a chip, all else as text."""

    def paint_text(self, painter: QPainter, rect: QRect, index: Any, chosen: bool) -> None:
        if index.column() == CHIP:
            self._chip(painter, rect, index.model(), index.row())
        else:
            Cells.paint_text(self, painter, rect, index, chosen)


class PreviewCard(Card):
    """One row: the chip of its outcome, and sentences one under another."""

    def __init__(self) -> None:
        super().__init__(spacing=8)
        self.setFixedWidth(WIDTH)
        self.chip = Chip()
        self.rows.addLayout(row(self.chip, None))
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.rows.addWidget(scrolled(self._inner), 1)

    def _say(self, text: str, size: int, *, bold: bool = False, tone: str = "") -> None:
        self._column.addWidget(wrapped(text, INNER, size, bold=bold, tone=tone))
