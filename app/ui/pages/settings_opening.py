"""Settings: opening balances, what was true at the end of the last quarter without the program."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from app.core.errors import AppError, InvalidRecord
from app.core.fields import Field, Kind
from app.core.periods import Quarter
from app.core.roles import Right
from app.core.values import parse, show
from app.returns.form import FORM_2026_1, RowKind
from app.ui.ask import ask_values
from app.ui.choice_editors import Combo
from app.ui.desk import Desk
from app.ui.field_text import FieldText
from app.ui.page import Window
from app.ui.pages.opening_services import OpeningServices
from app.ui.widgets import Button, Card, ElidingLabel, label, row, scrolled, set_tone, wrapped
from app.usecases import opening, registers

NEED_CELLS = (
    ("start", "На начало года"), ("opened", "Выявлено"), ("closed_centre", "Закрыто РЦ"),
    ("closed_other", "Закрыто иначе"), ("withdrawn", "Снято"), ("end", "На конец"), ("ngos", "НКО"),
)  # fmt: skip
BACK = 9
FIGURE, LIST, NEED = 140, 96, 76
TWO_COLUMNS = 960  # px of the panel from which rows stand in two columns


class OpeningPanel(Card):
    """Year-to-date figures by row; unique ones as a list of cards, or as a bare number «без состава»."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(margin=16)
        self._desk, self._window = desk, window
        self.rows.addWidget(
            wrapped(
                "Нужны, если район начал работать в программе не с начала учёта: итоги с начала года на конец "
                "последнего квартала без программы. Пустая ячейка — не вводится. Получателей и другие уникальные "
                "лучше назвать списком карточек: одно число считается «без состава». После первого утверждённого "
                "отчёта остатки не меняются.",
                740,
                13,
                tone="text2",
            )
        )
        self.quarter = Combo()
        self.quarter.setFixedWidth(220)
        self.quarter.setAccessibleName("На конец квартала")
        now = Quarter.of(desk.clock.today())
        for _ in range(BACK):
            now = now.previous
            self.quarter.addItem(now.title, str(now))
        self.quarter.setCurrentIndex(0)
        self.save_button = Button("Сохранить", kind="primary", key="Ctrl+S", act=window.guarded(self.save))
        self.rows.addLayout(row(label("На конец", 13, tone="text2"), self.quarter, None, self.save_button))
        self.lines: dict[str, QLineEdit] = {}
        self.lists: dict[str, Button] = {}
        self.keys: dict[str, tuple[str, ...]] = {}
        self._unseen: dict[str, Decimal] = {}  # figures that came otherwise and stand in no field here
        self._grids: list[tuple[QGridLayout, list[list[tuple[QWidget, int]]]]] = []
        self._beside: bool | None = None
        self._unique: set[str] = set()
        self._money: set[str] = set()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(6)
        for section in FORM_2026_1.sections:
            rows_ = [spec for spec in section.rows if spec.kind is not RowKind.TEXT]
            if rows_:
                column.addWidget(label(f"{section.number}. {section.title}", 15, bold=True))
                column.addLayout(self._rows_of(rows_))
        self.services = OpeningServices(desk, FieldText(desk))
        column.addWidget(label("3. Услуги центров по видам", 15, bold=True))
        column.addWidget(self.services)
        column.addWidget(label("4. Потребности", 15, bold=True))
        column.addLayout(self._needs())
        column.addStretch(1)
        self.rows.addWidget(scrolled(inner), 1)

    def _rows_of(self, specs: Sequence[Any]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        lines: list[list[tuple[QWidget, int]]] = []
        for spec in specs:
            cell = f"{spec.measure}.year"
            if spec.places:
                self._money.add(cell)
            code = label(spec.code, 13, tone="muted")
            code.setFixedWidth(44)
            line: list[tuple[QWidget, int]] = [(code, 0), (ElidingLabel(spec.title, 13), 1)]
            if spec.kind is RowKind.UNIQUE:
                self._unique.add(cell)
                self.lists[cell] = button = Button("Список", kind="link", act=partial(self._ask_list, cell, spec.title))
                button.setFixedWidth(LIST)
                button.setAccessibleName(f"Список: {spec.code} {spec.title}")
                line.append((button, 2))
            line.append((self._line(cell, f"{spec.code} {spec.title}"), 3))
            lines.append(line)
        self._grids.append((grid, lines))
        _lay(grid, lines, beside=True)
        return grid

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= TWO_COLUMNS
        if beside != self._beside:
            self._beside = beside
            for grid, lines in self._grids:
                _lay(grid, lines, beside=beside)

    def _needs(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for place, (_, title) in enumerate(NEED_CELLS, 1):
            grid.addWidget(wrapped(title, NEED, 13, tone="muted"), 0, place)
        for line, category in enumerate(self._desk.read(registers.choices, "need_category"), 1):
            grid.addWidget(ElidingLabel(category.title, 13), line, 0)
            for place, (key, title) in enumerate(NEED_CELLS, 1):
                cell = f"4.{category.code}.{key}.year"
                if key == "ngos":
                    self._unique.add(cell)
                width = LIST if key == "ngos" else NEED
                grid.addWidget(self._line(cell, f"{category.title}: {title}", width), line, place)
        grid.setColumnStretch(0, 1)
        return grid

    def _line(self, cell: str, name: str, width: int = FIGURE) -> QLineEdit:
        line = QLineEdit()
        line.setFixedWidth(width)
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.setAccessibleName(name)
        self.lines[cell] = line
        return line

    # --- lists of cards

    def _ask_list(self, cell: str, title: str) -> None:
        """Choose or paste the cards that a unique figure counts."""
        register = opening.register_of(cell)
        given = self._desk.read(opening.ids_of, register, self.keys.get(cell, ()))

        def keep(values: dict[str, Any]) -> None:
            self.keys[cell] = self._desk.read(opening.keys_of, register, values["members"])
            self._show_list(cell)

        field = Field("members", "Карточки", Kind.LINKS, register=register, help="Список можно вставить: Ctrl+V.")
        ask_values(
            self._window, self._desk, f"{cell.removesuffix('.year')} «{title}»: с начала года",
            "Каждая карточка считается один раз, и дальше программа не сосчитает её снова.",
            [field], "Взять список", keep, given={"members": given}, right=Right.SETTLE,
        )  # fmt: skip

    def _show_list(self, cell: str) -> None:
        """With a list the number is that of its cards."""
        count = len(self.keys.get(cell, ()))
        line = self.lines[cell]
        line.setReadOnly(bool(count))
        line.setPlaceholderText(f"{count} в списке" if count else "")
        if count:
            line.clear()
        if cell in self.lists:
            self.lists[cell].say("Изменить" if count else "Список")

    # --- values

    def fill(self) -> None:
        known = self._desk.read(opening.opening)
        self.services.fill(known)
        if known is None:
            return
        self.keys = dict(known.keys)
        self._unseen = {c: v for c, v in known.figures.items() if c not in self.lines and not c.startswith("3.")}
        self.quarter.setCurrentIndex(max(0, self.quarter.findData(str(known.quarter))))
        for cell, value in known.figures.items():
            if cell in self.lines:
                money = cell in self._money
                self.lines[cell].setText(show(Kind.AMOUNT, value) if money else show(Kind.COUNT, int(value)))
        for cell in self._unique:
            self._show_list(cell)

    def save(self) -> bool:
        """Keep the typed figures and lists in the place of those before."""
        figures: dict[str, Decimal] = {}
        wrong: dict[str, str] = {}
        for cell, line in self.lines.items():
            found = parse(Kind.AMOUNT if cell in self._money else Kind.COUNT, line.text())
            set_tone(line, "err" if found.fault else "")
            if found.fault:
                wrong[cell] = found.fault
            elif found.value is not None:
                figures[cell] = Decimal(found.value)
        if wrong:
            cell, fault = next(iter(wrong.items()))
            self.lines[cell].setFocus()
            self._window.notify(f"{self.lines[cell].accessibleName()}: {fault}")
            return False
        served = self.services.read()
        if served is None:
            return False
        quarter = Quarter.parse(self.quarter.currentData())
        bare = (self._unique & set(figures)) | served.bare
        keys = {c: k for c, k in (self.keys | served.keys).items() if k and c not in bare}
        keys = {c: k for c, k in keys.items() if not c.startswith("3.") or c in served.keys}
        try:
            self._desk.write(
                "settings", f"Начальные остатки на конец {quarter.title}", opening.save_opening, quarter,
                self._unseen | figures | served.figures, bare=bare, keys=keys, changed={"settings", "return"},
            )  # fmt: skip
        except InvalidRecord as invalid:
            for cell in invalid.faults:
                if cell in self.lines:
                    set_tone(self.lines[cell], "err")
            self._window.notify(" ".join(invalid.faults.values()))
            return False
        except AppError as error:
            self._window.tell(error)
            return False
        self._window.notify("Начальные остатки сохранены.")
        return True


def _lay(grid: QGridLayout, lines: list[list[tuple[QWidget, int]]], *, beside: bool) -> None:
    """Rows one under another, or the second half beside the first.  A line is its widgets and their columns."""
    half = (len(lines) + 1) // 2 if beside else len(lines)
    for place, line in enumerate(lines):
        for widget, column in line:
            grid.addWidget(widget, place % half, column + 4 * (place // half))
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(5, 1 if beside else 0)
