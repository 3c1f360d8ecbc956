"""Named views of a register in its strip: chosen by Alt and a figure, saved by Ctrl+Shift+S, shared with the file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from app.ui import icons
from app.ui.ask import ask_text
from app.ui.filter_words import cut
from app.ui.menus import open_below
from app.ui.short_words import quoted
from app.ui.widgets import Button
from app.usecases.saved_views import View, ViewRow, remove_view, save_view, views

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage

BY_KEY, LONGEST = 9, 24
ALL = "Все записи, обычные столбцы"
CHANGED = frozenset({"saved_view"})


class Views:
    """«Вид» of a page."""

    def __init__(self, page: RegisterPage) -> None:
        self._page = page
        self.button = Button("Вид", "bookmark-simple", kind="pill", act=self.open_menu)
        self.button.setObjectName("views")
        self.button.setToolTip("Сохранённые виды: Alt+1…9, сохранить — Ctrl+Shift+S")
        self.button.setAccessibleName("Вид")
        self.current: ViewRow | None = None

    @property
    def rows(self) -> tuple[ViewRow, ...]:
        return self._page.desk.read(views, self._page.register)

    @property
    def now(self) -> View:
        """How the register is looked at."""
        page = self._page
        columns = page.columns.chosen
        return View(
            search=page.filters.search.text().strip(),
            filters=page.filters.filters,
            columns=() if columns == page.columns.usual else columns,
            order=page.order,
            archived=page.filters.archived.isChecked(),
        )

    @property
    def heading(self) -> str:
        """The name of the view that is shown as it was saved, '' for none."""
        return self.current.name if self.current is not None and self.now == self.current.view else ""

    def open_menu(self) -> None:
        open_below(self.menu(), self.button)

    def menu(self) -> QMenu:
        """The views, then what can be done with them."""
        menu = QMenu(self.button)
        rows = self.rows
        for number, row in enumerate(rows, 1):
            key = f"\tAlt+{number}" if number <= BY_KEY else ""
            mark = icons.icon("check") if self.current is not None and row.id == self.current.id else icons.icon("eye")
            menu.addAction(mark, f"{row.name}{key}", partial(self.show, row))
        if rows:
            menu.addSeparator()
        menu.addAction(icons.icon("list"), ALL, self.show_all)
        menu.addAction(icons.icon("floppy-disk"), "Сохранить вид…\tCtrl+Shift+S", self.ask_name)
        if self.current is not None:
            menu.addAction(
                icons.icon("archive"), f"Убрать вид {quoted(self.current.name)}",
                self._page.window_.guarded(self.remove),
            )  # fmt: skip
        return menu

    def show_number(self, number: int) -> None:
        """Alt and a figure."""
        rows = self.rows
        if number <= len(rows):
            self.show(rows[number - 1])
        else:
            self._page.window_.notify("Такого вида нет: виды сохраняют клавишами Ctrl+Shift+S.")

    def show(self, row: ViewRow) -> None:
        """Look at the register as it was saved."""
        self.current = row
        self._page.look(row.view)
        self.tell()

    def show_all(self) -> None:
        """No view, no filter."""
        self.current = None
        self._page.look(View())
        self.tell()

    def ask_name(self) -> None:
        """Save what is seen under a name; the same name changes the view."""
        dialog = ask_text(
            self._page.window_, "Сохранить вид",
            "Поиск, фильтры, столбцы и порядок. Вид увидят все, кто открывает этот файл.",
            "Название вида", "Сохранить", self._save,
        )  # fmt: skip
        if self.current is not None:
            dialog.row.editor.fill(self.current.name)
            dialog.line.selectAll()

    def _save(self, name: str) -> None:
        page = self._page
        told = " ".join(name.split())
        id = page.desk.write(
            "edit", f"{page.record_type.title}: сохранён вид {quoted(told)}", save_view, page.register, told,
            self.now, changed=CHANGED,
        )  # fmt: skip
        self.current = next((row for row in self.rows if row.id == id), None)
        self.tell()

    def remove(self) -> None:
        page, row = self._page, self.current
        if row is None:
            return
        title = f"{page.record_type.title}: убран вид {quoted(row.name)}"
        page.desk.write("edit", title, remove_view, row.id, changed=CHANGED)
        self.current = None
        self.tell()

    def recheck(self) -> None:
        """The view may have been changed or put away since."""
        if self.current is not None:
            id = self.current.id
            self.current = next((row for row in self.rows if row.id == id), None)

    def tell(self) -> None:
        """The button names the view that is shown; changed since, it says so."""
        if self.current is None:
            self.button.say("Вид")
            self.button.set_kind("pill")
        else:
            changed = "" if self.heading else " *"
            self.button.say(cut(f"Вид: {self.current.name}", LONGEST) + changed)
            self.button.set_kind("pill-on")
            self.button.setToolTip(f"{self.current.name}: сохранил(а) {self.current.made_by}")
        name = self.current.name if self.current is not None else ""
        self.button.setAccessibleName(f"Вид: {name}" if name else "Вид")
        self._page.filters.fit()
