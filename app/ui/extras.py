"""What lies over every page: find everything, the list of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from app.core.russian import integer
from app.records import REGISTERS
from app.ui.dialogs import Dialog
from app.ui.found_rows import FOUND, Found, FoundRows
from app.ui.widgets import label, row
from app.usecases import registers

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

SOUGHT = ("ngo", "support", "service", "need", "partner", "agreement", "practice", "centre", "event")
A_REGISTER = 4
KEYS = (
    ("Ctrl+K", "Найти всё"), ("Ctrl+F", "Искать в списке"), ("Ctrl+1…9", "Страницы слева"),
    ("Ctrl+N", "Добавить"), ("F2", "Изменить"), ("Ctrl+S", "Сохранить"),
    ("Ctrl+Enter", "Сохранить и ещё одну; при загрузке списка — записать"), ("Esc", "Шаг назад"),
    ("Ctrl+D", "Как в прошлой записи, в строках — как выше"), ("Пробел", "Сегодня в пустой дате"),
    ("F5", "Пересчитать отчёт"), ("Ctrl+P", "Печатный вид"), ("F8, Shift+F8", "Следующее, предыдущее замечание"),
    ("Alt+1…8", "Разделы отчёта"), ("F6, Shift+F6", "Следующая, предыдущая часть окна"),
    ("Ctrl+M", "Похожие карточки НКО; отмеченные две — рядом"), ("Ctrl+V", "Вставить блок из Excel в список"),
    ("Ctrl+I", "Загрузить список"), ("Ctrl+O", "Выбрать файл со списком"), ("Ctrl+E", "Выгрузить в Excel"),
    ("Ins, Shift+стрелки", "Отметить строки"), ("Delete", "В архив"),
    ("Ctrl+Z, Ctrl+Shift+Z", "Отменить, вернуть запись"), ("F9", "Свернуть страницы слева"),
    ("F1", "Справка об этой странице"),
)  # fmt: skip


def show(key: str, window: MainWindow) -> None:
    """find or keys."""
    if key == "find":
        FindEverything(window).open_over(window)
    else:
        _keys_dialog().open_over(window)


def _keys_dialog() -> Dialog:
    dialog = Dialog("Клавиши", leave="Закрыть")
    for key, what in KEYS:
        name = label(key, 13, bold=True)
        name.setFixedWidth(170)
        dialog.body.addLayout(row(name, label(what, 13), None))
    dialog.body.setSpacing(3)
    return dialog


class FindEverything(Dialog):
    """Records of every register by what is typed; Enter opens.  What is not found may be added."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__("Найти всё", leave="Закрыть", width=640)
        self._window = window
        self.line = QLineEdit()
        self.line.setPlaceholderText("Название, номер, ИНН, адрес")
        self.list = QListWidget()
        self.list.setFixedHeight(336)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(FoundRows(self.line))
        self.body.addWidget(self.line)
        self.body.addWidget(self.list)
        self.body.addWidget(label("Enter — открыть · стрелки — выбрать · Esc — закрыть", 13, tone="muted"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(120)
        self._timer.timeout.connect(self.ask)
        self.line.textChanged.connect(lambda _text: self._timer.start())
        self.line.installEventFilter(self)
        self.list.itemActivated.connect(lambda _item: self._go())

    def ask(self) -> None:
        """Ask each register for what is typed."""
        self.list.clear()
        text = self.line.text().strip()
        desk = self._window.desk
        if not text or desk is None:
            return
        for key in SOUGHT:
            count = len(desk.read(registers.find, key, search=text))
            if not count:
                continue
            self._add(Found(REGISTERS[key].title, integer(count), head=True))
            for choice in desk.read(registers.suggest, key, text, A_REGISTER):
                self._add(Found(choice.title, choice.hint, icon=REGISTERS[key].icon), (key, int(choice.code)))
        if not self.list.count():
            self._add(Found(f"Ничего не найдено по «{text}»", "", head=True))
        self._add(Found("Действия", "", head=True))
        self._add(Found(f"Добавить НКО «{text}»", "новая карточка", icon="plus"), ("ngo", text))
        self.list.setCurrentRow(-1)
        self._move(1)

    def _add(self, found: Found, target: tuple[str, int | str] | None = None) -> None:
        item = QListWidgetItem()
        item.setData(Qt.ItemDataRole.DisplayRole, " ".join(filter(None, (found.title, found.hint))))
        item.setData(FOUND, found)
        item.setData(Qt.ItemDataRole.UserRole, target)
        if target is None:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)

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
        while 0 <= place < self.list.count() and self.list.item(place).data(Qt.ItemDataRole.UserRole) is None:
            place += step
        if 0 <= place < self.list.count():
            self.list.setCurrentRow(place)

    def _go(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self.ask()
        item = self.list.currentItem()
        target = item.data(Qt.ItemDataRole.UserRole) if self.list.count() else None
        if target is None:
            return
        self.close_dialog(done=True)
        if isinstance(target[1], int):
            self._window.open(target[0], record=target[1])
        else:
            self._window.open(target[0], new={"name": target[1]})
