"""Forms of the committee: the list of templates, a sheet of the chosen one, marks put by pointing at cells."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.russian import plural
from app.reports.template_view import TemplateView
from app.returns.marks import MARK, Lexicon
from app.ui.desk import Desk
from app.ui.empty_state import EmptyState
from app.ui.page import Page, Window
from app.ui.pages.plain_table import PlainTable
from app.ui.pages.template_deeds import TemplateDeeds
from app.ui.pages.template_grid import TemplateGrid
from app.ui.widgets import Button, Card, Chip, ElidingLabel, clear, label, row, separator, set_tone, shortcut
from app.usecases import form_templates as forms

LIST = 260
NONE = "Комитет прислал свою форму Excel? Добавьте её, укажите, куда что ставить, — и заполняйте из отчёта."


class TemplatesPage(Page):
    """chosen: the id of the template that is shown, 0 for none."""

    registers = frozenset({"template", "centre", "settings"})
    folded_rail = True
    foot = 48  # the strip that tells of the current cell

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Формы комитета", desk, window)
        self.deeds = TemplateDeeds(self)
        self.rows: tuple[forms.TemplateRow, ...] = ()
        self.chosen = 0
        self.view: TemplateView | None = None
        self.lexicon: Lexicon
        self._titles: dict[str, str] = {}
        self._place = 0
        self.grid = TemplateGrid()
        self._build()
        guarded = window.guarded
        for keys, act in {"Ctrl+N": self.deeds.add, "Ctrl+E": self.deeds.save, "Ctrl+Return": self.deeds.fill}.items():
            shortcut(self, keys, guarded(act))
        shortcut(self.list, "F2", guarded(self.deeds.rename))
        shortcut(self.list, "Delete", guarded(self.deeds.archive))
        for number in range(1, 9):
            shortcut(self, f"Alt+{number}", partial(self.show_sheet, number - 1))

    def _build(self) -> None:
        guarded, deeds, head = self.window_.guarded, self.deeds, self.header
        head.back.show()
        head.add("save", Button("Сохранить шаблон", "file-xls", key="Ctrl+E", act=guarded(deeds.save)))
        head.add("add", Button("Добавить шаблон", "plus", key="Ctrl+N", act=guarded(deeds.add)))
        head.add("fill", Button("Заполнить", "download-simple", kind="primary", key="Ctrl+Enter",
                                act=guarded(deeds.fill)))  # fmt: skip
        self.list = PlainTable([("Шаблон", LIST - 2)])
        self.list.setAccessibleName("Шаблоны")
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda _row: self.grid.setFocus())
        left = Card(margin=0, spacing=0)
        left.setFixedWidth(LIST)
        left.rows.addWidget(self.list, 1)
        left.rows.addWidget(separator())
        self.note = label("", 13, tone="muted", wrap=True)
        self.note.setContentsMargins(12, 8, 12, 0)
        left.rows.addWidget(self.note)
        left.rows.addLayout(row(Button("Переименовать", kind="link", act=guarded(deeds.rename)), None,
                                Button("В архив", kind="link", act=guarded(deeds.archive)),
                                margins=(4, 4, 4, 8)))  # fmt: skip
        self.tabs = QHBoxLayout()
        self.tabs.setSpacing(8)
        self.state = Chip()
        line = QHBoxLayout()
        line.addLayout(self.tabs, 1)
        line.addWidget(self.state)
        self.grid.pointed.connect(guarded(deeds.choose_mark))
        self.grid.edited.connect(guarded(deeds.type_text))
        self.grid.cleared.connect(guarded(deeds.clear_marks))
        self.grid.moved.connect(self._tell_cell)
        sheet = Card(margin=1, spacing=0)
        sheet.rows.addWidget(self.grid, 1)
        sheet.rows.addWidget(separator())
        self.told = ElidingLabel("", 13)
        put = Button("Поставить метку", kind="link", key="Enter", act=guarded(deeds.choose_mark))
        edit = Button("Изменить текст", kind="link", key="F2", act=guarded(deeds.type_text))
        foot = row(self.told, put, edit, margins=(10, 4, 4, 4))
        foot.setStretch(0, 1)
        sheet.rows.addLayout(foot)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(line)
        right.addWidget(sheet, 1)
        work = QWidget()
        both = QHBoxLayout(work)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(16)
        both.addWidget(left)
        both.addLayout(right, 1)
        self.empty = EmptyState()
        self.empty.primary.clicked.connect(guarded(lambda *_: deeds.add()))
        self.empty.second.clicked.connect(guarded(lambda *_: deeds.add_example()))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(work)
        self.body.addWidget(self.stack, 1)

    # --- what is shown

    @property
    def row(self) -> forms.TemplateRow | None:
        """The chosen template in the list."""
        return next((one for one in self.rows if one.id == self.chosen), None)

    @property
    def sheet_name(self) -> str:
        return self.grid.model_.sheet.name

    def refresh(self) -> None:
        self.rows = self.desk.read(forms.templates)
        if self.row is None:
            self.chosen = self.rows[0].id if self.rows else 0
        self.header.fact.setText("шаблоны Excel с метками, заполняются из отчёта")
        if not self.rows:
            self.empty.say("file-xls", "Шаблонов пока нет", NONE, "Добавить шаблон", "Взять пример", key="Ctrl+N")
            self.header.show_only("add")
            self.stack.setCurrentIndex(0)
            self.say_hint("Ctrl+N — добавить шаблон · Esc — к отчётам")
            return
        self.lexicon = self.desk.read(forms.lexicon)
        self._titles = {mark.code: mark.title for mark in self.lexicon.marks}
        self.header.show_only("save", "add", "fill")
        self.stack.setCurrentIndex(1)
        self.list.blockSignals(True)
        self.list.show_rows([[one.name] for one in self.rows])
        self.list.blockSignals(False)
        self.show_chosen()
        self.say_hint("Enter — метка · F2 — текст · Delete — убрать метки · F8 — ошибка · Alt+1…8 — лист · "
                      "в списке F2 — название, Delete — в архив")  # fmt: skip

    def show_chosen(self) -> None:
        """Show the sheets of the chosen template, at the sheet and cell where it was left."""
        chosen = self.row
        if chosen is None:
            return
        self.list.blockSignals(True)
        self.list.choose(self.rows.index(chosen))
        self.list.blockSignals(False)
        self.note.setText(chosen.note or f"Добавил {chosen.added_by}, {chosen.added_at:%d.%m.%Y}")
        self.view = self.desk.read(forms.view_template, chosen.id)
        faults = len(self.view.faults)
        if faults:
            self.state.say(plural(faults, "ошибка", "ошибки", "ошибок"), "err", "warning-circle")
        elif self.view.marks:
            self.state.say(plural(self.view.marks, "метка", "метки", "меток"), "ok", "check-circle")
        else:
            self.state.say("меток нет", "warn", "warning")
        self.show_sheet(min(self._place, len(self.view.sheets) - 1), self.grid.cell.address)

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self.rows) and self.rows[place].id != self.chosen:
            self.chosen, self._place = self.rows[place].id, 0
            self.window_.guarded(self.show_chosen)()

    def show_sheet(self, place: int, address: str = "") -> None:
        """Show a sheet by its place; address: the cell to be current."""
        if self.view is None or place >= len(self.view.sheets):
            return
        self._place = place
        clear(self.tabs)
        for number, sheet in enumerate(self.view.sheets):
            button = Button(sheet.name, kind="pill-on" if number == place else "pill")
            button.clicked.connect(partial(self.show_sheet, number))
            self.tabs.addWidget(button)
        self.tabs.addStretch(1)
        self.grid.show_sheet(self.view.sheets[place], address)
        self._tell_cell()

    def _tell_cell(self) -> None:
        """The current cell in words: its fault, or what its marks give."""
        cell = self.grid.cell
        list_key = self.grid.list_key
        parts = [self._words(code, list_key) for code in MARK.findall(cell.text)]
        said = cell.fault or "; ".join(part for part in parts if part) or cell.text
        repeats = f" · строка повторяется: {self.lexicon.lists[list_key].title}" if list_key else ""
        self.told.setText(f"{cell.address}: {said}{repeats}" if said or repeats else f"{cell.address}: пусто")
        set_tone(self.told, "err" if cell.fault else "text2")

    def _words(self, code: str, list_key: str) -> str:
        spec = self.lexicon.lists.get(list_key)
        if spec is not None and (column := spec.read(code)) is not None:
            return next((one.title for one in spec.columns if one.key == column), "номер по порядку")
        return self._titles.get(self.lexicon.read(code) or "", "")

    # --- keys

    def enter(self, **where: object) -> None:
        (self.grid if self.rows else self.empty.primary).setFocus(Qt.FocusReason.OtherFocusReason)

    def next_finding(self, step: int) -> None:
        """The next cell with a fault, on this sheet or another."""
        if self.view is None:
            return
        faulty = [
            (place, row, column)
            for place, sheet in enumerate(self.view.sheets)
            for (row, column), cell in sorted(sheet.cells.items())
            if cell.fault
        ]
        if not faulty:
            rest = "; ".join(map(str, self.view.faults[:2]))
            self.window_.notify(rest or "Ошибок в шаблоне нет.")
            return
        here = (self._place, self.grid.cell.row, self.grid.cell.column)
        later = [one for one in faulty if (one > here if step > 0 else one < here)]
        place, row_, column = (later or faulty)[0 if step > 0 else -1]
        if place != self._place:
            self.show_sheet(place)
        self.grid.choose_cell(row_, column)
        self.grid.setFocus()

    def step_back(self) -> bool:
        self.window_.open("returns")
        return True

    def panes(self) -> list[QWidget]:
        return [self.list, self.grid] if self.rows else [self.empty.primary]
