"""The table of two cards: a field in each row, the side that is kept marked, ← → and the space bar choose."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter

from app.core.russian import plural
from app.records import REGISTERS
from app.ui import icons
from app.ui.short_words import short_name
from app.ui.table_view import PADDING, Cells, Table
from app.ui.theme import colour
from app.usecases.merging import LEFT, RIGHT, Comparison

NOWHERE = QModelIndex()
CHOSEN = int(Qt.ItemDataRole.UserRole) + 11
DIFFERS = int(Qt.ItemDataRole.UserRole) + 12
SIDES = (LEFT, RIGHT)


class MergeModel(QAbstractTableModel):
    """Fields of both cards, then what is united, then what hangs on each.  taken: field -> chosen side."""

    def __init__(self) -> None:
        super().__init__()
        self.comparison: Comparison | None = None
        self.taken: dict[str, str] = {}
        self._rows: list[tuple[str, str, str, str]] = []  # key of a field or '', title, left, right

    def show_comparison(self, comparison: Comparison, taken: dict[str, str] | None = None) -> None:
        """taken: choices that stand from before, of fields that may be chosen."""
        self.beginResetModel()
        self.comparison = comparison
        self.taken = {field.key: field.chosen for field in comparison.fields}
        free = {field.key for field in comparison.fields if not field.fixed}
        self.taken |= {key: side for key, side in (taken or {}).items() if key in free}
        self._rows = [(field.key, field.title, field.left, field.right) for field in comparison.fields]
        self._rows += [("", f"{title}: вместе", words, "") for title, words in comparison.united]
        left, right = self._sides()
        self._rows.append(("", "Числится за карточкой", _hanging(left.hanging), _hanging(right.hanging)))
        self.endResetModel()

    def _sides(self) -> tuple[Any, Any]:
        assert self.comparison is not None
        return self.comparison.left, self.comparison.right

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == 0 or self.comparison is None:
            return "Поле"
        side = SIDES[section - 1]
        fate = "Останется" if side == self.comparison.stays else "Уйдёт с учёта"
        return f"{fate}: {short_name(self._sides()[section - 1].name)}"

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        key, *shown = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kept = ", останется" if self._is_chosen(key, index.column()) else ""
            return f"{shown[index.column()] or 'пусто'}{kept}"
        if role == CHOSEN:
            return self._is_chosen(key, index.column())
        if role == DIFFERS:
            return self.differs(index.row())
        return None

    def _is_chosen(self, key: str, column: int) -> bool:
        return column > 0 and bool(key) and self.taken.get(key) == SIDES[column - 1]

    def differs(self, row: int) -> bool:
        fields = self.comparison.fields if self.comparison else ()
        return row < len(fields) and fields[row].differs

    def is_wide(self, row: int) -> bool:
        """Do both cards share what stands in the row?"""
        fields = self.comparison.fields if self.comparison else ()
        return len(fields) <= row < len(self._rows) - 1

    def choose(self, row: int, side: str | None) -> bool:
        """Keep a side of a field, None the other one; False where nothing is to be chosen."""
        fields = self.comparison.fields if self.comparison else ()
        if not 0 <= row < len(fields) or fields[row].fixed:
            return False
        key = fields[row].key
        self.taken[key] = side or (RIGHT if self.taken[key] == LEFT else LEFT)
        self.dataChanged.emit(self.index(row, 0), self.index(row, 2))
        return True


def _hanging(hanging: Any) -> str:
    """«поддержка: 5 записей; услуги центров: 12 записей»."""
    told = (
        f"{REGISTERS[key].title.lower()}: {plural(count, 'запись', 'записи', 'записей')}"
        for key, count in hanging.items()
    )
    return "; ".join(told) or "ничего"


class MergeCells(Cells):
    """The kept side has a tick and a tint, what differs is amber."""

    def paint_ground(self, painter: QPainter, rect: QRect, index, chosen: bool) -> None:
        super().paint_ground(painter, rect, index, chosen)
        if index.column() and index.data(CHOSEN):
            if not chosen:
                painter.fillRect(rect, colour("ok_soft"))
            painter.drawPixmap(rect.left() + 8, rect.center().y() - 7, icons.pixmap("check", "ok", 16))
        elif index.column() and index.data(DIFFERS) and not chosen:
            painter.fillRect(rect, colour("warn_soft"))

    def paint_text(self, painter: QPainter, rect: QRect, index, chosen: bool) -> None:
        super().paint_text(painter, rect.adjusted(16 + PADDING if index.column() else 0, 0, 0, 0), index, chosen)


class MergeTable(Table):
    """Rows of fields.  picked(row, side or None): ←, →, the space bar or a click chose a side."""

    picked = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(MergeCells(self))
        self.setAccessibleName("Поля двух карточек")
        self.clicked.connect(self._clicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sides = {Qt.Key.Key_Left: LEFT, Qt.Key.Key_Right: RIGHT, Qt.Key.Key_Space: None}
        if event.key() in sides and not event.modifiers():
            self.picked.emit(self.row, sides[Qt.Key(event.key())])
            event.accept()
            return
        super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() > 0:
            self.picked.emit(index.row(), SIDES[index.column() - 1])
