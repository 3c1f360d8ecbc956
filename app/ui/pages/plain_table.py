"""A table of texts that is shown whole: dictionaries, calendar, annexes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.ui.table_view import Table

NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Texts(QAbstractTableModel):
    def __init__(self, heads: list[str], right: Collection[int]) -> None:
        super().__init__()
        self.heads, self._right = heads, right
        self.rows: Sequence[Sequence[str]] = ()

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.rows[index.row()][index.column()]
        return self._side(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        return RIGHT if column in self._right else LEFT

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None


class PlainTable(Table):
    """columns: (head, width).  right: columns of figures.  least: widths in a narrow window, else the same."""

    def __init__(
        self, columns: Sequence[tuple[str, int]], fill: int = 0, right: Collection[int] = (),
        least: Sequence[int] | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._texts = _Texts([head for head, _ in columns], right)
        self.setModel(self._texts)
        self.lay_columns([width for _, width in columns], fill, list(least) if least is not None else None)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        self._texts.show_rows(rows)

    def retitle(self, column: int, head: str) -> None:
        self._texts.heads[column] = head
