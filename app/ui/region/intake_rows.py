"""The files of an intake in a table: what became of each, whose it is, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from app.reports.file_names import FORM_NAME
from app.ui import icons
from app.ui.pages.changes import when
from app.ui.region.intake_words import WORDS, short_quarter, whose, wrong
from app.ui.russian_qt import font
from app.ui.table_view import CENTRE, LINE, PADDING, ROW, Cells, Table, in_lines
from app.ui.theme import colour
from app.ui.widgets import TONES
from app.usecases.region_came import CameRow

NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
HEADS = ("Файл", "Что с ним", "Район", "Период", "Пришёл", "Что не так")
CHIP, AT, WRONG = 1, 4, 5
WIDTHS, LEAST = [200, 172, 134, 84, 66, 250], [196, 160, 128, 78, 62, 152]
"""Which version it is the card says, and «Что с ним» that it is another one: the room is for what is wrong."""


class CameModel(QAbstractTableModel):
    """Rows of one call or of the journal; `today` tells how much of a date is worth saying."""

    def __init__(self, today: Any) -> None:
        super().__init__()
        self._today = today
        self.rows: Sequence[CameRow] = ()

    def show_rows(self, rows: Sequence[CameRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.rows[index.row()]
        return (
            row.file,
            WORDS[row.result][0],
            whose(row),
            short_quarter(row.quarter),
            when(row.at, self._today) if row.at is not None else "",
            wrong(row),
        )[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        return None


def shown_name(name: str, metrics: QFontMetrics, room: int) -> str:
    """Names of returns begin alike, with the form, which goes first; others are known by both ends."""
    if metrics.horizontalAdvance(name) <= room or not name.startswith(FORM_NAME):
        return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)
    rest = name.removeprefix(FORM_NAME).lstrip("_ ")
    whole = next((one for one in (f"…{rest}", rest) if metrics.horizontalAdvance(one) <= room), rest)
    return metrics.elidedText(whole, Qt.TextElideMode.ElideLeft, room)


class CameCells(Cells):
    """The result as a chip with its icon, all else as text."""

    def paint_text(self, painter: QPainter, rect: QRect, index: Any, chosen: bool) -> None:
        if index.column() == 0:
            painter.setFont(font(14))
            painter.setPen(colour("text"))
            box = rect.adjusted(PADDING, 0, -PADDING, 0)
            painter.drawText(box, CENTRE, shown_name(str(index.data() or ""), painter.fontMetrics(), box.width()))
            return
        if index.column() == WRONG and rect.height() > ROW:
            painter.setFont(font(14))
            painter.setPen(colour("text" if chosen else "text2"))
            box = rect.adjusted(PADDING, 0, -PADDING, 0)
            painter.drawText(box, CENTRE, "\n".join(in_lines(index.data(), painter.fontMetrics(), box.width())))
            return
        if index.column() != CHIP:
            super().paint_text(painter, rect, index, chosen)
            return
        word, tone, icon = WORDS[index.model().rows[index.row()].result]
        ground, ink = TONES[tone]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(13))
        room = rect.width() - 2 * PADDING + 4
        shown = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, room - 34)
        width = painter.fontMetrics().horizontalAdvance(shown) + 34
        left, top = rect.left() + PADDING - 2, rect.center().y() - 9
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(ground))
        painter.drawRoundedRect(QRectF(left, top, width, 20), 4, 4)
        painter.drawPixmap(left + 6, top + 2, icons.pixmap(icon, ink, 16))
        painter.setPen(colour(ink))
        painter.drawText(QRect(left + 27, rect.top(), width, rect.height()), CENTRE, shown)


class CameTable(Table):
    """What is wrong has a second line where one of its column does not hold it."""

    def __init__(self, model: CameModel) -> None:
        super().__init__(name="Файлы, которые пришли")
        self.cells = CameCells(self)
        self.setItemDelegate(self.cells)
        self.came = model
        self.setModel(model)
        model.modelReset.connect(self._fit_rows)

    def _spread(self) -> None:
        super()._spread()
        if self._widths:
            self._fit_rows()

    def _fit_rows(self) -> None:
        metrics, room = QFontMetrics(font(14)), self.columnWidth(WRONG) - 2 * PADDING
        for place, row in enumerate(self.came.rows):
            height = ROW + (LINE if metrics.horizontalAdvance(wrong(row)) > room else 0)
            if self.rowHeight(place) != height:
                self.setRowHeight(place, height)
