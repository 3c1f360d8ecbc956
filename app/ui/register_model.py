"""The rows of a register for Qt: ids of the whole search in an array, pages of rows in a small cache."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.core.fields import Field, Kind, RecordType
from app.ui.column_widths import shown_fields
from app.ui.desk import Desk
from app.ui.field_text import FieldText, alignment
from app.ui.found_ids import FoundIds
from app.ui.short_words import MARKS
from app.ui.table_view import MARKED
from app.usecases import registers

PAGE = 100
KEPT_PAGES = 32
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class RegisterModel(QAbstractTableModel):
    """What `registers.find` found, in its order; a row is read when it comes into view."""

    def __init__(self, desk: Desk, record_type: RecordType, words: FieldText) -> None:
        super().__init__()
        self._desk = desk
        self.record_type = record_type
        self.words = words
        self.columns: tuple[Field, ...] = shown_fields(record_type)
        self.ids: array[int] | FoundIds = array("q")
        self.marked: set[int] = set()
        self._pages: OrderedDict[int, list[Any]] = OrderedDict()

    def show_ids(self, ids: array[int] | FoundIds) -> None:
        """Another answer of the search, or the same one with other rows: rows come and go at the end alone."""
        if self.marked:
            self.marked &= set(ids)
        before, after = len(self.ids), len(ids)
        self._pages.clear()
        if after > before:
            self.beginInsertRows(NOWHERE, before, after - 1)
            self.ids = ids
            self.endInsertRows()
        elif after < before:
            self.beginRemoveRows(NOWHERE, after, before - 1)
            self.ids = ids
            self.endRemoveRows()
        else:
            self.ids = ids
        if after:
            self.dataChanged.emit(self.index(0, 0), self.index(after - 1, len(self.columns) - 1))

    def show_columns(self, columns: tuple[Field, ...]) -> None:
        """Other columns, or the same ones in another order."""
        self.beginResetModel()
        self.columns = columns
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def values(self, row: int) -> Mapping[str, Any]:
        """Field values of a row."""
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            wanted = self.ids[number * PAGE : min((number + 1) * PAGE, len(self.ids))]
            page = self._desk.read(registers.rows, self.record_type.key, wanted)
            self._pages[number] = page
            while len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[place].values if place < len(page) else {}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        field = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            values = self.values(index.row())
            own = values.get("short_name") if field.key == "name" else ""  # full names all begin alike
            return own or self.words.text(field, values, short=True)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.words.text(field, self.values(index.row()))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(field)
        if role == MARKED:
            return bool(self.marked) and self.ids[index.row()] in self.marked
        if role == Qt.ItemDataRole.UserRole and field.dictionary == "mark":
            return [MARKS.get(code, code) for code in self.values(index.row()).get(field.key) or ()]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        field = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            if field.key == "name":
                return "Наименование"  # the short one is shown
            return f"{field.title}, ₽" if field.kind is Kind.MONEY and "₽" not in field.title else field.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(field)
        return None

    def row_of(self, record_id: int, *, at_hand: bool = False) -> int:
        """Where a record stands, or -1.  at_hand: look no further than the rows that came at once."""
        ids = self.ids.at_hand if at_hand and isinstance(self.ids, FoundIds) else self.ids
        try:
            return ids.index(record_id)
        except ValueError:
            return -1
