"""The list of marks over the page: typed words narrow it, Enter puts the chosen one into the cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate

from app.core.roles import Right
from app.core.russian import integer
from app.core.text import fold
from app.reports.template_view import CellView
from app.returns.marks import Lexicon, Mark
from app.ui.dialogs import Dialog
from app.ui.russian_qt import font
from app.ui.theme import colour
from app.ui.widgets import label

SHOWN = 150  # marks at once: nobody reads further, they type on
ROW = 28
_CODE = Qt.ItemDataRole.UserRole


@lru_cache(maxsize=30_000)
def _sought(mark: Mark) -> str:
    return fold(f"{mark.group} {mark.title} {mark.code}")


def marks_for(lexicon: Lexicon, list_key: str) -> Iterator[Mark]:
    """What may stand in a cell: columns of its row's list first, then all marks, then the lists to repeat over."""
    if list_key:
        spec = lexicon.lists[list_key]
        yield Mark("№", "Номер по порядку", spec.title)
        yield from (Mark(column.key, column.title, spec.title) for column in spec.columns)
    yield from lexicon.marks
    if not list_key:
        for spec in lexicon.lists.values():
            yield Mark(f"rows: {spec.key}", f"Повторять строку: {spec.title}", "Списки")


def shortened(text: str, length: int) -> str:
    """The beginning of a text, with «…» where it is cut."""
    words = " ".join(text.split())
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"


class _Lines(QStyledItemDelegate):
    """Words of a mark left, its code right."""

    def sizeHint(self, option, index) -> QSize:
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option, index) -> None:
        code = str(index.data(_CODE) or "")
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(option.rect, colour("select" if chosen else "surface" if code else "raised"))
        box = option.rect.adjusted(10, 0, -10, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(13))
        painter.setPen(colour("text2" if chosen else "accent_text"))
        painter.drawText(box, int(middle | Qt.AlignmentFlag.AlignRight), code)
        taken = painter.fontMetrics().horizontalAdvance(code) + 16 if code else 0
        painter.setFont(font(14 if code else 13, bold=not code))
        painter.setPen(colour("text" if code else "text2"))
        words = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, box.width() - taken)
        painter.drawText(box, int(middle | Qt.AlignmentFlag.AlignLeft), words)
        painter.restore()


class MarkChooser(Dialog):
    """act gets the code of the chosen mark, without braces."""

    right = Right.WORK

    def __init__(self, cell: CellView, lexicon: Lexicon, list_key: str, act: Callable[[str], object]) -> None:
        said = f"Добавится к тексту «{shortened(cell.text, 120)}»." if cell.text else ""
        super().__init__(f"Метка в ячейке {cell.address}", said, leave="Закрыть", width=760)
        self._deed = act
        self._marks = tuple(marks_for(lexicon, list_key))
        self.line = QLineEdit()
        self.line.setPlaceholderText("Номер строки, слово, список: «211.3», «исполнитель», «реестр»")
        self.line.setAccessibleName("Поиск метки")
        self.list = QListWidget()
        self.list.setItemDelegate(_Lines(self.list))
        self.list.setFixedHeight(ROW * 13)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Метки")
        self.body.addWidget(self.line)
        self.body.addWidget(self.list)
        self.count = label("", 13, tone="muted")
        self.body.addWidget(self.count)
        self.line.textChanged.connect(lambda _text: self.ask())
        self.line.installEventFilter(self)
        self.list.itemActivated.connect(lambda _item: self._go())
        self.ask()

    def ask(self) -> None:
        """Show the marks that have every typed word."""
        words = fold(self.line.text()).split()
        found = [mark for mark in self._marks if all(word in _sought(mark) for word in words)]
        self.list.clear()
        group = ""
        for mark in found[:SHOWN]:
            if mark.group != group:
                group = mark.group
                head = QListWidgetItem(group)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                self.list.addItem(head)
            item = QListWidgetItem(mark.title)
            item.setData(_CODE, mark.code)
            item.setToolTip(f"{mark.title}: {mark.braced}")
            self.list.addItem(item)
        if found:
            self.list.setCurrentRow(1)
        shown = f"Показаны первые {SHOWN} из {integer(len(found))}" if len(found) > SHOWN else f"Меток: {len(found)}"
        self.count.setText(f"{shown} · Enter — поставить · стрелки — выбрать · Esc — закрыть" if found
                           else f"Ничего не найдено по «{self.line.text().strip()}»")  # fmt: skip

    @property
    def chosen(self) -> str:
        item = self.list.currentItem() if self.list.count() else None
        return str(item.data(_CODE) or "") if item is not None else ""

    def eventFilter(self, watched, event) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == event.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._move(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go()
                return True
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> None:
        place = self.list.currentRow() + step
        while 0 <= place < self.list.count() and not self.list.item(place).data(_CODE):
            place += step
        if 0 <= place < self.list.count():
            self.list.setCurrentRow(place)

    def _go(self) -> None:
        code = self.chosen
        if code:
            self.close_dialog(done=True)
            self._deed(code)
