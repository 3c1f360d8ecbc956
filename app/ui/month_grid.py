"""The grid of a month: weeks as rows, in each day what is on it; arrows walk the days."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from app.core.russian import day_in_words, plural, weekday
from app.ui import icons
from app.ui.russian_qt import font
from app.ui.theme import colour
from app.usecases.calendar_days import Item, Month

DAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
DAY = Qt.ItemDataRole.UserRole
LINE = 18
ICONS = {
    "contest": "star", "council": "users", "event": "handshake", "term": "clock", "other": "bookmark-simple",
    "return": "file-text", "appeal": "envelope", "reminder": "bell", "agreement": "handshake", "mark": "seal-check",
    "grant": "hand-coins",
}  # fmt: skip
"""The icon of each kind of `calendar_days.KINDS`."""
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


def tone(item: Item) -> str:
    """Of the icon and words: overdue, done, the rest."""
    return "err" if item.late else "muted" if item.done else "text"


class _DayCell(QStyledItemDelegate):
    """The day, then a line for each thing on it, «ещё 2» where there is no room."""

    def __init__(self, grid: MonthGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        month, when = self._grid.month, index.data(DAY)
        if month is None or when is None:
            return
        box: QRect = option.rect
        painter.save()
        chosen, own = when == self._grid.day, month.holds(when)
        ground = "select" if chosen else "raised" if when in month.off else "surface"
        painter.fillRect(box, colour(ground))
        painter.setPen(colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomRight())
        today = when == month.today
        if today:
            painter.fillRect(box.left(), box.top(), 3, box.height() - 1, colour("accent"))
        painter.setFont(font(13, bold=today or chosen))
        ink = "accent_text" if today else "text" if own else "text2" if chosen else "muted"
        painter.setPen(colour(ink))
        told = f"{when.day}" if own else f"{when:%d.%m}"
        head = box.adjusted(8, 4, -6, 0)
        painter.drawText(head, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), told)
        self._things(painter, box, month.of_day(when), chosen=chosen)
        if chosen and self._grid.hasFocus():
            pen = painter.pen()
            pen.setColor(colour("accent"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.restore()

    def _things(self, painter: QPainter, box: QRect, items: tuple[Item, ...], *, chosen: bool) -> None:
        top = box.top() + 24
        room = max(0, (box.bottom() - top) // LINE)
        shown = items if len(items) <= room else items[: max(0, room - 1)]
        painter.setFont(font(12))
        for item in shown:
            ink = tone(item)
            ink = "text2" if ink == "muted" and chosen else ink
            painter.drawPixmap(box.left() + 8, top + 2, icons.pixmap(ICONS[item.kind], ink, 14))
            painter.setPen(colour(ink))
            line = QRect(box.left() + 26, top, box.width() - 32, LINE)
            title = item.brief or item.title
            text = f"{item.at.partition('–')[0]} {title}".strip()
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), text)
            top += LINE
        left = len(items) - len(shown)
        if left:
            painter.setPen(colour("text2"))
            words = f"ещё {left}" if shown else plural(left, "запись", "записи", "записей")
            if not room:  # a very low window: beside the number of the day
                spot = box.adjusted(0, 4, -8, 0)
                painter.drawText(spot, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), words)
            else:
                painter.drawText(QRect(box.left() + 8, top, box.width() - 14, LINE),
                                 int(Qt.AlignmentFlag.AlignVCenter), words)  # fmt: skip


class MonthGrid(QTableWidget):
    """chosen(day), opened(day): Enter or a double click; turned(day): a day of another month is wanted."""

    chosen = Signal(object)
    opened = Signal(object)
    turned = Signal(object)

    def __init__(self) -> None:
        super().__init__(6, 7)
        self.month: Month | None = None
        self.day = date.min
        self.setItemDelegate(_DayCell(self))
        for head in (self.horizontalHeader(), self.verticalHeader()):
            head.hide()  # the days of the week stand above, in the look of other heads
        for head in (self.horizontalHeader(), self.verticalHeader()):
            head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            head.setMinimumSectionSize(24)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setMinimumSize(320, 180)
        self.setObjectName("month")
        self.currentCellChanged.connect(lambda row, column, *_: self._moved(row, column))
        self.cellDoubleClicked.connect(lambda row, column: self.opened.emit(self.day))

    def show_month(self, month: Month, day: date) -> None:
        """The weeks of the month, and the chosen day."""
        self.month, self.day = month, day
        self.blockSignals(True)
        weeks = ((month.last - month.first).days + 1) // 7
        self.setRowCount(weeks)
        for number in range(weeks * 7):
            when = month.first + timedelta(days=number)
            cell = QTableWidgetItem()
            cell.setData(DAY, when)
            cell.setData(Qt.ItemDataRole.AccessibleTextRole, told(month, when))
            cell.setToolTip("\n".join(item.title for item in month.of_day(when)))
            self.setItem(number // 7, number % 7, cell)
        place = (day - month.first).days
        self.setCurrentCell(place // 7, place % 7)
        self.blockSignals(False)
        self.viewport().update()

    def _moved(self, row: int, column: int) -> None:
        cell = self.item(row, column)
        if cell is not None and cell.data(DAY) != self.day:
            self.day = cell.data(DAY)
            self.viewport().update()
            self.chosen.emit(self.day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.day)
        elif key in _STEPS:
            self.turned.emit(self.day + timedelta(days=_STEPS[key]))
        else:
            super().keyPressEvent(event)


def told(month: Month, when: date) -> str:
    """A day as it is read out: «пятница, 27 ноября 2026 г., нерабочий: Сдать отчёт…»."""
    words = f"{weekday(when)}, {day_in_words(when)}" + (", нерабочий" if when in month.off else "")
    things = "; ".join(item.title for item in month.of_day(when))
    return f"{words}: {things or 'ничего нет'}"
