"""What lies behind a figure, step by step: Enter goes deeper, Esc comes back; copied by Ctrl+C, to Excel by Ctrl+E."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.core.russian import plural
from app.ui.desk import Desk
from app.ui.naming import name_widgets
from app.ui.page import Window
from app.ui.pages.plain_table import PlainTable
from app.ui.region.opened import Opened
from app.ui.region.opened_rows import Table
from app.ui.register_export import file_name, named
from app.ui.russian_qt import font
from app.ui.table_view import HEAD, LEAST, ROW, Cells
from app.ui.theme import colour
from app.ui.widgets import Button, Card, ElidingLabel, clear, label, lay_now, row, scrolled, separator, shortcut
from app.usecases.places import write_file

PERCENT = 64  # px that a bar leaves to its figure
MEASURED = 200  # rows whose words a column is fitted to
NARROW = 72
LOW = 96  # px under which a table says nothing
BAR = 12  # px of a bar that scrolls sideways: with room for it none is needed downwards
WHOLE_ROWS = 4  # of several tables each shows so many rows at least


class BarCells(Cells):
    """Percents of one column with a bar at their left, against the largest of them."""

    def __init__(self, table: PlainTable, column: int) -> None:
        super().__init__(table)
        self._column = column
        model = table.model()
        told = [_percent(model.index(row, column).data()) for row in range(model.rowCount())]
        self._most = max(told, default=0.0) or 1.0

    def paint_text(self, painter: QPainter, rect: QRect, index: QModelIndex, chosen: bool) -> None:
        share = _percent(index.data()) if index.column() == self._column else 0.0
        room = rect.width() - PERCENT - 8
        if share > 0 and room > 8:
            width = max(2, int(room * share / self._most))
            painter.fillRect(QRect(rect.left() + 8, rect.center().y() - 4, width, 9), colour("bar"))
        super().paint_text(painter, rect, index, chosen)


def _percent(text: object) -> float:
    """«11,1 %» as a number; «—» is 0."""
    plain = str(text or "").replace("\u00a0", "").removesuffix("%").replace(",", ".").strip()
    return float(plain) if plain.replace(".", "", 1).isdigit() else 0.0


class OpenedView(Card):
    """A pile of steps over the page that opened it.  closed: the last one was left."""

    closed = Signal()

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(margin=1, spacing=0)
        self.desk, self.window_ = desk, window
        self.steps: list[tuple[Opened, int]] = []  # with the row that was current in it
        self.tables: list[PlainTable] = []
        self.back = Button("", "arrow-left", kind="bare", act=self.step_back)
        self.back.setToolTip("Назад (Esc)")
        self.back.setAccessibleName("Назад")
        self.title = ElidingLabel("", 16, bold=True)
        self.copy_ = Button("Скопировать", "copy", key="Ctrl+C", act=self.copy)
        self.excel = Button("Excel", "file-xls", key="Ctrl+E", act=window.guarded(self.save))
        head = row(self.back, self.title, self.copy_, self.excel, margins=(8, 8, 12, 0))
        head.setStretch(1, 1)
        self.rows.addLayout(head)
        self.told = label("", 13, tone="text2", wrap=True)
        self.told.setContentsMargins(44, 2, 16, 8)
        self.rows.addWidget(self.told)
        self.rows.addWidget(separator())
        self.held = QWidget()
        self._inner = QVBoxLayout(self.held)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._inner.setSpacing(0)
        self.area = scrolled(self.held)  # several tables are higher than a small window
        self.rows.addWidget(self.area, 1)
        shortcut(self, "Ctrl+C", self.copy)
        shortcut(self, "Ctrl+E", window.guarded(self.save))

    @property
    def now(self) -> Opened | None:
        """The step that is shown."""
        return self.steps[-1][0] if self.steps else None

    def show_first(self, opened: Opened) -> None:
        """Begin anew at a figure of the page."""
        self.steps = [(opened, 0)]
        self._show()

    def go_deeper(self, place: int) -> None:
        """Enter on a row of the first table."""
        now = self.now
        if now is None or place not in now.deeper:
            if now is not None:
                self.window_.notify("Дальше открывать нечего: это последняя ступень.")
            return
        self.steps[-1] = now, place
        self.steps.append((now.deeper[place](), 0))
        self._show()

    def step_back(self) -> bool:
        """Esc: one step up; the last one is left and the page shows itself again."""
        if not self.steps:
            return False
        self.steps.pop()
        if self.steps:
            self._show()
        else:
            self.closed.emit()
        return True

    def _show(self) -> None:
        opened, at = self.steps[-1]
        self.title.setText(opened.title)
        self.told.setText(opened.told)
        self.setAccessibleName(opened.title)
        clear(self._inner)
        self.tables = []
        for place, table in enumerate(opened.tables):
            if len(opened.tables) > 1:
                count = plural(len(table.rows), "строка", "строки", "строк")
                words = row(label(table.title, 14, bold=True), label(count, 13, tone="muted"), None,
                            margins=(16, 8, 16, 4))  # fmt: skip
                held = QWidget()
                held.setLayout(words)
                self._inner.addWidget(held)
            if not table.rows:
                empty = label(table.empty, tone="text2", wrap=True)
                empty.setContentsMargins(16, 12, 16, 12)
                empty.setAlignment(Qt.AlignmentFlag.AlignTop)
                self._inner.addWidget(empty, 0 if len(opened.tables) > 1 else 1)
                continue
            made = self._table(table)
            if len(opened.tables) > 1:
                high = HEAD + ROW * min(len(table.rows), WHOLE_ROWS) + BAR
                made.setMinimumHeight(high) if len(table.rows) > WHOLE_ROWS else made.setFixedHeight(high)
            if place == 0:
                made.opened.connect(self.go_deeper)
            self.tables.append(made)
            self._inner.addWidget(made, max(1, min(len(table.rows), 12)))
        if len(opened.tables) > 1 and all(len(table.rows) <= WHOLE_ROWS for table in opened.tables):
            self._inner.addStretch(1)
        name_widgets(self, "opened")
        lay_now(self)  # what is not shown yet takes no focus
        lay_now(self.held)
        self.say_hint()
        self.take_focus(at)

    def say_hint(self) -> None:
        deeper = "Enter — открыть · " if self.now is not None and self.now.deeper else ""
        self.window_.say_hint(f"{deeper}Esc — назад · Ctrl+C — скопировать · Ctrl+E — в Excel")

    def _table(self, table: Table) -> PlainTable:
        made = PlainTable(table.columns, table.fill, table.right)
        widths, least = fitted(table)
        made.lay_columns(widths, table.fill, least)
        made.setAccessibleName(table.title)
        made.setMinimumHeight(LOW)
        made.show_rows(table.rows)
        if table.bar >= 0:
            made.setItemDelegate(BarCells(made, table.bar))
        return made

    def take_focus(self, at: int = 0) -> None:
        if self.tables:
            self.tables[0].choose(at)
            self.tables[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- taken along

    def copy(self) -> None:
        """All that is shown, as text with tabs."""
        if self.now is not None:
            QGuiApplication.clipboard().setText(self.now.text)
            self.window_.notify("Скопировано: вставьте в Excel или Word.")

    def save(self) -> None:
        if self.now is not None:
            ask_to_save(self, self.desk, self.window_, self.now)

    def save_to(self, path: Path) -> None:
        """Write what is shown as a workbook."""
        if self.now is not None:
            save_tables(self.desk, self.window_, self.now, path)


def fitted(table: Table) -> tuple[list[int], list[int]]:
    """Px of each column and the least of it: as its words need, no wider than was told; figures are never cut."""
    words, heads = QFontMetrics(font(14)), QFontMetrics(font(13, bold=True))
    widths, least = [], []
    for place, (head, told) in enumerate(table.columns):
        own = max(LEAST, heads.horizontalAdvance(head) + 18)
        texts = (row[place] for row in table.rows[:MEASURED])
        needed = max([own, *(words.horizontalAdvance(text) + 18 for text in texts)])
        wide = told if place == table.bar else needed
        widths.append(wide if place in table.right else min(told, needed))
        least.append(needed if place in table.right else min(widths[-1], max(own, NARROW)))
    return widths, least


def ask_to_save(page: QWidget, desk: Desk, window: Window, opened: Opened) -> None:
    """Ask where, then write a workbook."""
    name = file_name(opened.title, "xlsx")
    path, _ = QFileDialog.getSaveFileName(page, "Сохранить таблицу", str(Path.home() / name), "Excel (*.xlsx)")
    if path:
        save_tables(desk, window, opened, named(Path(path), "xlsx"))


def save_tables(desk: Desk, window: Window, opened: Opened, path: Path) -> None:
    """A step as a workbook, made in a thread: the library takes its time to be imported."""
    made_on = desk.clock.today()

    def make(_progress: object) -> bytes:
        from app.reports import plain_tables as p

        tables = [p.PlainTable(one.title, one.columns, one.rows, one.right) for one in opened.tables]
        return p.plain_xlsx(opened.title, opened.told, tables, made_on=made_on)

    done: Callable[[bytes], None] = partial(_write, window, path)
    desk.jobs.run("Выгрузка", make, window.guarded(done), window.tell, pool="pure")


def _write(window: Window, path: Path, content: bytes) -> None:
    write_file(path, content)
    window.notify(f"Записано в «{path.name}».")
