"""What can be done with a table: «Действия» in its strip, the context menu of a row, and the keys of the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from app.core.russian import plural
from app.ui import icons
from app.ui.deeds import of_card
from app.ui.mailing_dialog import ask_labels, ask_mailing
from app.ui.menus import open_below, open_menu
from app.ui.pasted_list import paste_list, takes_lists
from app.ui.register_views import BY_KEY
from app.ui.week_deeds import call_list
from app.ui.widgets import Button, shortcut
from app.usecases.mailing import reaches_organisations

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage

MANUAL = "tables.md"


class RegisterMenu:
    """Deeds of a page over its rows."""

    def __init__(self, page: RegisterPage) -> None:
        self._page = page
        self.button = Button("Действия", "dots-three", kind="pill", act=self.open)
        self.button.setObjectName("deeds")
        self.button.setToolTip("Выгрузка, рассылка, наклейки, столбцы, одно поле у многих")

    def open(self) -> None:
        open_below(self.menu(), self.button)

    def open_at_row(self, spot: QPoint) -> None:
        """The context menu key or the right button: deeds of the record, then of the table."""
        table = self._page.table
        if table.row >= 0 and spot.isNull():
            spot = table.visualRect(table.currentIndex()).bottomLeft()
        open_menu(self.menu(of_row=True), table.viewport().mapToGlobal(spot), "Действия")

    def menu(self, *, of_row: bool = False) -> QMenu:
        """of_row: with the deeds of the chosen record before those of the table."""
        page = self._page
        menu = QMenu(page)
        marked = len(page.marking.ids)

        def add(icon: str, word: str, act: Callable[[], object], key: str = "") -> None:
            menu.addAction(icons.icon(icon), f"{word}\t{key}" if key else word, page.window_.guarded(act))

        if of_row and not marked and page.card.card is not None:
            if page.card.card.archived_on is None:
                add("pencil-simple", "Изменить", page.editing.edit, "F2")
            for word, icon, act in of_card(page, page.card.card):
                menu.addAction(icons.icon(icon), word, act)
            menu.addSeparator()
        if marked:
            menu.addAction(f"Отмечено: {plural(marked, *page.record_type.nouns)}").setEnabled(False)
        if not page.filters.archived.isChecked():
            if marked or not of_row:
                add("note-pencil", "Одно поле у отмеченных…", page.many.ask_field, "Shift+F2")
            if marked:
                if page.register == "ngo":
                    add("seal-check", "Отметить проверку сегодня", page.many.verify)
                add("archive", "В архив…", page.many.ask_archive, "Delete")
        if marked:
            add("x", "Снять отметки", page.marking.clear, "Esc")
        else:
            add("check", "Отметить все найденные", page.marking.mark_all, "Ctrl+A")
        menu.addSeparator()
        add("download-simple", "Выгрузить…", page.export, "Ctrl+E")
        if page.register == "ngo":
            add("phone", "Обзвонить отмеченных" if marked else "Обзвонить список", lambda: call_list(page))
        if reaches_organisations(page.register):
            add("envelope", "Рассылка…", lambda: ask_mailing(page))
            add("tray", "Наклейки с адресами…", lambda: ask_labels(page))
        if takes_lists(page.register):
            add("list", "Новая запись по списку из буфера", lambda: paste_list(page), "Ctrl+Shift+V")
        menu.addSeparator()
        add("funnel", "Фильтр…", page.filters.ask, "F4")
        add("columns", "Столбцы…", page.columns.ask, "F7")
        add("floppy-disk", "Сохранить вид…", page.views.ask_name, "Ctrl+Shift+S")
        menu.addSeparator()
        add("question", "Справка о таблицах", lambda: page.window_.open("help", page=page.register, file=MANUAL))
        return menu

    def keys(self) -> None:
        """Keys of the table; in an open form they rest."""
        page = self._page

        def browsing(act: Callable[[], object]) -> Callable[[], object]:
            return page.window_.guarded(lambda: None if page.editing.open else act())

        for keys, act in {
            "F4": page.filters.ask,
            "F7": page.columns.ask,
            "Shift+F2": page.many.ask_field,
            "Ctrl+Shift+S": page.views.ask_name,
        }.items():
            shortcut(page, keys, browsing(act))
        shortcut(page, "Ctrl+Shift+V", page.window_.guarded(lambda: paste_list(page)))
        for number in range(1, BY_KEY + 1):
            shortcut(page, f"Alt+{number}", browsing(partial(page.views.show_number, number)))
        page.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        page.table.customContextMenuRequested.connect(self.open_at_row)
