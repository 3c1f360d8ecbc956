"""The line under a table: «Итого по 16 найденным» in bold, each sum under its column."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.fields import Field, Kind
from app.ui.russian_qt import font
from app.ui.table_view import PADDING, Table
from app.ui.theme import colour

HEIGHT = 36
SUMMED = frozenset({("service", "hours"), ("service", "people"), ("event", "participants")})
"""Listed figures beside money that mean something when added up."""


def is_summed(register: str, field: Field) -> bool:
    return (field.kind is Kind.MONEY and not field.key.endswith("_limit")) or (register, field.key) in SUMMED


class TotalsLine(QWidget):
    """Painted under the columns of its table, as they stand."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._table = table
        self._words, self._sums = "", dict[int, str]()
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        table.horizontalHeader().sectionResized.connect(lambda *_: self.update())

    def show_totals(self, words: str, sums: Mapping[int, str]) -> None:
        """sums: column -> what stands under it."""
        self._words, self._sums = words, dict(sums)
        self.setAccessibleName(" ".join((words, *self._sums.values())))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, colour("line"))
        painter.setFont(font(14, bold=True))
        painter.setPen(colour("text"))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        room = self.width()
        for column, text in self._sums.items():
            left, width = self._table.columnViewportPosition(column), self._table.columnWidth(column)
            need = painter.fontMetrics().horizontalAdvance(text) + 2 * PADDING
            box = QRect(left + width - max(width, need), 0, max(width, need) - PADDING, self.height())
            painter.drawText(box, middle | int(Qt.AlignmentFlag.AlignRight), text)
            room = min(room, box.left())
        shown = painter.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room - 2 * PADDING)
        painter.drawText(QRect(PADDING, 0, room, self.height()), middle, shown)
        painter.end()
