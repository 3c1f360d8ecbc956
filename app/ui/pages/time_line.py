"""The time line of an NGO as a table, with heads of years or sections; words are read as they come into view."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from app.core.russian import day, plural, roubles
from app.ui import icons
from app.ui.desk import Desk
from app.ui.russian_qt import font
from app.ui.table_view import CENTRE, PADDING, Cells, Table
from app.ui.theme import colour
from app.usecases import ngo_story
from app.usecases.ngo_story import SECTIONS, Moment, Story, Told

PORTION = 100
NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
HEADS = ("Дата", "Что", "Подробности", "Сумма")
HEAD_ROW = int(Qt.ItemDataRole.UserRole) + 2
ICON = int(Qt.ItemDataRole.UserRole) + 3
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
NARROW = 620  # px under which the details go into the tooltip


class TimeLineModel(QAbstractTableModel):
    """Lines are moments or heads (texts); the words of a portion of moments are asked at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.lines: list[Moment | str] = []
        self._portions: dict[int, dict[Moment, Told]] = {}

    def show_story(self, story: Story, sections: frozenset[str], *, by_section: bool) -> None:
        self.beginResetModel()
        self._portions.clear()
        self.lines = list(_by_section(story, sections) if by_section else _by_year(story, sections))
        self.endResetModel()

    def told(self, row: int) -> Told | None:
        """The words of a line; None for a head, or for a record that is no more."""
        moment = self.lines[row]
        if isinstance(moment, str):
            return None
        number = row // PORTION
        if number not in self._portions:
            some = self.lines[number * PORTION : (number + 1) * PORTION]
            wanted = [one for one in some if isinstance(one, Moment)]
            found = self._desk.read(ngo_story.told, wanted)
            self._portions[number] = {one.moment: one for one in found}
        return self._portions[number].get(moment)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads are passed over by the arrows."""
        if index.isValid() and isinstance(self.lines[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if isinstance(line, str):
            words = line if index.column() == 0 else ""
            return words if role in (Qt.ItemDataRole.DisplayRole, HEAD_ROW) else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if index.column() == 3 else LEFT
        if role == ICON:
            return SECTIONS[line.section][1] if index.column() == 1 else None
        told = self.told(index.row())
        if role == Qt.ItemDataRole.ToolTipRole and told is not None and index.column() == 1:
            return " · ".join(filter(None, (told.text, told.beside)))
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0 and told is not None:
            return ", ".join(filter(None, (day(line.on), SECTIONS[line.section][0], told.text, told.beside)))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._cell(line, told, index.column())
        return None

    @staticmethod
    def _cell(moment: Moment, told: Told | None, column: int) -> str:
        if column == 0:
            return day(moment.on)
        if told is None:
            return "запись отменена" if column == 1 else ""
        if column == 3:
            return roubles(told.money, 0) if told.money else " "  # a blank: nothing is missing there
        return (told.text if column == 1 else told.beside) or " "

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if section == 3 else LEFT
        return None


def _by_year(story: Story, sections: frozenset[str]) -> list[Moment | str]:
    sums = {one.year: one for one in story.years}
    lines: list[Moment | str] = []
    for year, group in groupby(story.within(sections), lambda moment: moment.on.year if moment.on else None):
        head = str(year) if year else "Без даты"
        known = sums.get(year or 0)
        if known is not None and known.support and (not sections or "support" in sections):
            money = f" на {roubles(known.money, 0)}" if known.money else ""
            head += f"   поддержка: {plural(known.support, 'мера', 'меры', 'мер')}{money}"
        if known is not None and known.services and (not sections or "service" in sections):
            head += f"   услуг центров: {known.services}"
        lines += [head, *group]
    return lines


def _by_section(story: Story, sections: frozenset[str]) -> list[Moment | str]:
    lines: list[Moment | str] = []
    for key, group in groupby(story.by_section(sections), lambda moment: moment.section):
        head = f"{SECTIONS[key][0]}   {story.counts.get(key, 0)}"
        if key == "support" and (money := sum(one.money for one in story.years)):
            head += f"   финансовой на {roubles(money, 0)}"
        if key == "need" and story.open_needs:
            head += f"   открыто: {story.open_needs}"
        lines += [head, *group]
    return lines


class _Cells(Cells):
    """Heads across the table; the icon of the section before the words."""

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        head = index.data(HEAD_ROW)
        if head is None:
            super().paint(painter, option, index)
            return
        painter.save()
        painter.fillRect(option.rect, colour("raised"))
        painter.setFont(font(13, bold=True))
        painter.setPen(colour("text2"))
        box = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        painter.drawText(box, CENTRE, painter.fontMetrics().elidedText(head, Qt.TextElideMode.ElideRight, box.width()))
        painter.restore()

    def paint_text(self, painter: QPainter, rect: QRect, index: Any, chosen: bool) -> None:
        icon = index.data(ICON)
        if icon:
            painter.drawPixmap(rect.left() + PADDING, rect.center().y() - 7, icons.pixmap(icon, "text2", 16))
            rect = rect.adjusted(24, 0, 0, 0)
        super().paint_text(painter, rect, index, chosen)


class TimeLine(Table):
    """The table; where it is narrow the details stand in the tooltip."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.story_model = TimeLineModel(desk)
        self.cells = _Cells(self)
        self.setItemDelegate(self.cells)
        self.setModel(self.story_model)
        self.setObjectName("timeLine")
        self.setAccessibleName("Лента времени")
        self.lay_columns([90, 200, 216, 96], 1, [90, 160, 120, 96])

    def show_story(self, story: Story, sections: frozenset[str], *, by_section: bool) -> None:
        self.clearSpans()
        self.story_model.show_story(story, sections, by_section=by_section)
        for row, line in enumerate(self.story_model.lines):
            if isinstance(line, str):
                self.setSpan(row, 0, 1, len(HEADS))

    def moment(self, row: int) -> Moment | None:
        line = self.story_model.lines[row] if 0 <= row < len(self.story_model.lines) else None
        return line if isinstance(line, Moment) else None

    def choose_moment(self, moment: Moment | None) -> None:
        """The line of a moment, else the first one."""
        lines: Sequence[Moment | str] = self.story_model.lines
        place = next((row for row, line in enumerate(lines) if line == moment), None)
        if place is None:
            place = next((row for row, line in enumerate(lines) if isinstance(line, Moment)), -1)
        self.choose(place)
        if place == 1:
            self.scrollToTop()  # its year too

    def keyPressEvent(self, event: QKeyEvent) -> None:
        above = self.story_model.lines[: max(self.row, 0)]
        if event.key() == Qt.Key.Key_Up and not any(isinstance(line, Moment) for line in above):
            self.stepped_out.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self.setColumnHidden(2, self.viewport().width() < NARROW)
